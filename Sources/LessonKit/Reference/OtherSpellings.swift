import Foundation

/// What PyTorch calls the symbols of the reference, from the library's own declarations of its spellings.
struct OtherSpellings: Sendable {
    /// A line of the table.
    struct Row: Hashable, Sendable {
        var name: String
        var symbol: Symbol.ID?
        /// What it is here where no symbol has that name.
        var renamed: String?
        var message: String?
    }

    /// The folder of a module in which it declares them.
    static let folder = "PyTorch"

    private(set) var rows: [Row] = []

    /// From the sources of the graph's modules, where they are on this machine.
    init(_ index: ReferenceIndex) {
        let files = index.graph.folders.values.sorted().flatMap { module -> [String] in
            let folder = module + Self.folder
            return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { folder + "/" + $0 }
        }
        let sources = files.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
        self.init(sources.flatMap(OtherSpelling.all), in: index)
    }

    init(_ spellings: [OtherSpelling], in index: ReferenceIndex) {
        var seen: Set<String> = []
        for spelling in spellings {
            guard let name = spelling.text, seen.insert(name).inserted else { continue }
            let owner = spelling.owner.map { [$0] } ?? []
            // A message may leave out arguments that have a value already.
            let symbol = spelling.renamed.flatMap { renamed in
                [renamed, renamed.prefix { $0 != "(" }.description].lazy.compactMap { index.symbol(named: $0, within: owner) }.first
            }
            rows.append(
                Row(name: name, symbol: symbol?.id, renamed: symbol == nil ? spelling.renamed : nil, message: spelling.message))
        }
        rows.sort { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }
    }

    func names(of symbol: Symbol.ID) -> [String] { rows.filter { $0.symbol == symbol }.map(\.name) }
}
