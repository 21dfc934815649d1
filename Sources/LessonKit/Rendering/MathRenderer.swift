import Drawing
import Foundation

/// Typesets TeX as MathML with KaTeX, in one node process for all formulas of a build.
package struct MathRenderer: Sendable {
    package init() {}

    /// - Returns: For each formula its `<math>` element, or what is wrong with it.
    /// - Throws: `MissingTool` where node or KaTeX is missing.
    package func render(_ formulas: some Sequence<Formula>) async throws -> [Formula: Result<HTML, FormulaError>] {
        let distinct = Set(formulas).sorted { ($0.tex, $0.isDisplay ? 1 : 0) < ($1.tex, $1.isDisplay ? 1 : 0) }
        guard !distinct.isEmpty else { return [:] }
        let answers = try await ask(distinct)
        guard answers.count == distinct.count else {
            throw Problem(.error, "KaTeX answered \(answers.count) of \(distinct.count) formulas")
        }
        return Dictionary(uniqueKeysWithValues: zip(distinct, answers.map(\.result)))
    }

    private static let installation = "install it with `apt-get install nodejs libjs-katex`"
    /// Enough for a hundred thousand formulas; a bound, so that a fault cannot fill the memory.
    private static let outputLimit = 256 << 20
    /// In seconds; that many formulas take a tenth of it.
    private static let processorTime = 600

    private func ask(_ formulas: [Formula]) async throws -> [Answer] {
        let encoder = JSONEncoder()
        let lines = try formulas.map { formula in
            let question = Question(tex: formula.tex, isDisplay: formula.isDisplay)
            return String(decoding: try encoder.encode(question), as: UTF8.self) + "\n"
        }
        let output = try await run(lines.joined())
        let decoder = JSONDecoder()
        return try output.split(separator: "\n").map { try decoder.decode(Answer.self, from: Data($0.utf8)) }
    }

    private func run(_ input: String) async throws -> String {
        guard let node = Tool("node") else {
            throw MissingTool("node, which typesets the formulas,", remedy: Self.installation)
        }
        let result = try await node.run(
            [Resource.katexLines.path], input: input, processorTime: Self.processorTime, outputLimit: Self.outputLimit)
        switch result.status {
        case .exited(0): return result.output
        case .exited(3): throw MissingTool("KaTeX, which typesets the formulas,", remedy: Self.installation)
        case let status:
            throw Problem(.error, "node failed while it typeset the formulas (\(status))", notes: [result.messages])
        }
    }

    /// One line that `katex-lines.cjs` reads.
    private struct Question: Encodable {
        var tex: String
        var isDisplay: Bool
    }

    /// One line that it writes.
    private struct Answer: Decodable {
        var mathML: Element?
        var message: String?
        var offset: Int?

        var result: Result<HTML, FormulaError> {
            mathML.map { .success($0.html.setLikeTeX) } ?? .failure(FormulaError(message: message ?? "no answer", offset: offset))
        }
    }

    /// A part of the formula: its name, its attributes one after the other, its children; or text.
    private struct Element: Decodable {
        let html: HTML

        init(from decoder: any Decoder) throws {
            guard var parts = try? decoder.unkeyedContainer() else {
                html = .text(try decoder.singleValueContainer().decode(String.self))
                return
            }
            let tag = try parts.decode(Tag.self)
            let words = try parts.decode([String].self)
            let attributes = stride(from: 0, to: words.count, by: 2).map { Attribute(words[$0], words[$0 + 1]) }
            var content: [HTML] = []
            while !parts.isAtEnd { content.append(try parts.decode(Element.self).html) }
            html = .element(tag, attributes, content)
        }
    }
}

extension Tag: Decodable {}
