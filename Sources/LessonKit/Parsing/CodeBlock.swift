/// A code block and where each of its lines stands in the source.
struct CodeBlock {
    /// Of the opening fence.
    let position: SourcePosition
    /// The opening fence's backticks or tildes; nil for indented code.
    let fence: String?
    /// Without the last line's end.
    let text: String
    let lines: [Line]
    private let firstLine: Int

    struct Line {
        var text: String
        /// Where its first character stands.
        var position: SourcePosition
        /// The same as a passage, for reading Markdown in it.
        var passage: Passage
    }

    init(_ node: MarkdownNode, info: String, text: String, in source: SourceText) {
        var pieces = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if pieces.last?.isEmpty == true { pieces.removeLast() }
        let opening = source.lines.indices.contains(node.startLine) ? source.lines[node.startLine].dropFirst(node.startByte) : []
        let fence = opening.prefix { $0 == opening.first && ($0 == .backtick || $0 == .tilde) }
        // Indented code may itself read like a fence; a fence's own code cannot begin with a line that closes it.
        let isIndented = fence.count < 3 || (info.isEmpty && pieces.first.map { $0.utf8.elementsEqual(opening) } == true)
        let firstLine = node.startLine + (isIndented ? 0 : 1)
        self.fence = isIndented ? nil : String(decoding: fence, as: UTF8.self)
        self.firstLine = firstLine
        self.text = pieces.joined(separator: "\n")
        position = source.position(line: node.startLine, byte: node.startByte)
        lines = pieces.enumerated().map { index, text in Self.line(text, at: firstLine + index, in: source) }
    }

    /// A line of code ends where its source line ends: what is before it there belongs to quotes and lists.
    private static func line(_ text: String, at line: Int, in source: SourceText) -> Line {
        let whole = source.lines.indices.contains(line) ? source.lines[line] : []
        let start = whole.count - text.utf8.count
        if start >= 0, whole[start...].elementsEqual(text.utf8) {
            return Line(
                text: text, position: source.position(line: line, byte: start),
                passage: Passage([Passage.Part(line: line, bytes: start..<whole.count)], of: source))
        }
        // cmark wrote the rest of a tab that the block's indentation took a part of as spaces.
        let spaces = text.prefix { $0 == " " }.count
        var position = source.position(line: line, byte: max(0, start + spaces))
        position.column = max(1, position.column - spaces)
        return Line(text: text, position: position, passage: Passage(text: text, at: position))
    }

    /// Whether the line after the code closes it, and is not the opening of another block.
    func isClosed(in source: SourceText, otherBlocks starts: Set<Int>) -> Bool {
        let line = firstLine + lines.count
        guard let fence, let mark = fence.utf8.first, source.lines.indices.contains(line), !starts.contains(line) else {
            return false
        }
        let part = source.continuation(line: line, quoteDepth: .max)
        let closing = source.lines[line][part.bytes].trimmed
        return closing.count >= fence.utf8.count && closing.allSatisfy { $0 == mark }
    }
}
