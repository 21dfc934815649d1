import Foundation

/// What Swift's own library says of its symbols, which lessons' code names as well.
enum StandardLibrary {
    private struct Graph: Decodable {
        struct Symbol: Decodable {
            struct Identifier: Decodable { var precise: String }
            struct Comment: Decodable {
                struct Line: Decodable { var text: String }
                var lines: [Line]
            }

            var identifier: Identifier
            var docComment: Comment?
        }

        var symbols: [Symbol]
    }

    /// The first sentence of each symbol's documentation, by the compiler's identifiers.
    static func summaries(_ toolchain: Toolchain) async throws -> [String: String] {
        let files = try await SymbolGraph.files(of: ["Swift"], toolchain, options: ["-skip-synthesized-members"])
        let symbols = try files.flatMap { try JSONDecoder().decode(Graph.self, from: $0).symbols }
        let told = symbols.compactMap { symbol -> (String, String)? in
            // A sentence ends within the first paragraph.
            guard let lines = symbol.docComment?.lines.map(\.text).prefix(while: { !$0.allSatisfy(\.isWhitespace) }),
                let summary = try? Documentation(lines.joined(separator: "\n")).firstSentence, !summary.isEmpty
            else { return nil }
            return (symbol.identifier.precise, summary)
        }
        return Dictionary(told) { first, _ in first }
    }
}
