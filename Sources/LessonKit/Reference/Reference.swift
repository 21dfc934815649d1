import Drawing
import Foundation

/// The reference of the libraries that lessons are built against: its pages, and what lessons' pages say of each symbol.
package struct Reference: Codable, Sendable {
    package var pages: [ReferencePage]
    package var notes: SymbolNotes

    /// That of a toolchain which cannot tell it.
    package static let none = Reference(pages: [], notes: SymbolNotes())

    private init(pages: [ReferencePage], notes: SymbolNotes) {
        (self.pages, self.notes) = (pages, notes)
    }

    /// Of a graph whose formulas are typeset.
    package init(_ graph: SymbolGraph) async throws {
        let index = ReferenceIndex(graph)
        let renderer = ReferenceRenderer(index: index, spellings: OtherSpellings(index))
        let drafts = renderer.pages
        let formulas = try await MathRenderer().render(drafts.flatMap { $0.body.writtenFormulas.map(\.formula) })
        let mathML = formulas.compactMapValues { try? $0.get() }
        self.init(
            pages: drafts.map { draft in
                var page = draft.page
                page.body = draft.body.typeset(mathML, QuantityMarks([])).markup
                return page
            }, notes: renderer.notes)
    }

    /// The modules whose symbols a cell can use.
    package static let modules = ["Recurrent", "Exhibits"]

    /// As it was kept since the libraries, the compiler or `unroll` changed, or made anew.
    static func of(_ toolchain: Toolchain) async throws -> Reference {
        let tools = toolchain.fingerprints
        let key = [tools.compiler, tools.libraries, tools.unroll].joined(separator: "\n").fingerprint
        let kept = CacheFolder.references.made?.appending(path: key + ".json")
        if let kept, let data = try? Data(contentsOf: kept), let reference = try? JSONDecoder().decode(Reference.self, from: data) {
            CacheFolder.use(kept)
            return reference
        }
        var reference = try await Reference(SymbolGraph(SymbolGraph.files(of: modules, toolchain)))
        reference.notes.summaries = try await StandardLibrary.summaries(toolchain)
        if let kept { try? Replacement.write(Array(JSONEncoder().encode(reference)), to: kept.filePath) }
        return reference
    }
}
