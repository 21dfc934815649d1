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
        let opening = source.line(node.startLine).dropFirst(node.startByte)
        let fence = opening.prefix { $0 == opening.first && ($0 == .backtick || $0 == .tilde) }
        // Indented code may itself read like a fence; a fence's own code cannot begin with a line that closes it.
        let readsLikeFence = info.isEmpty && pieces.first.map { $0.utf8.elementsEqual(opening) } == true
        let isIndented = fence.count < 3 || readsLikeFence
        let firstLine = node.startLine + (isIndented ? 0 : 1)
        self.fence = isIndented ? nil : String(decoding: fence, as: UTF8.self)
        self.firstLine = firstLine
        self.text = pieces.joined(separator: "\n")
        position = source.position(line: node.startLine, byte: node.startByte)
        lines = pieces.enumerated().map { index, text in Self.line(text, at: firstLine + index, in: source) }
    }

    /// A line of code ends where its source line ends: what is before it there belongs to quotes and lists.
    ///
    /// Where they end within a tab, cmark writes the rest of the tab as spaces. The line then begins with
    /// the whole tab, so that its columns are those of the file.
    private static func line(_ text: String, at line: Int, in source: SourceText) -> Line {
        let whole = source.line(line)
        let isWhole = whole.suffix(text.utf8.count).elementsEqual(text.utf8)
        let written = isWhole ? text.utf8.count : min(whole.count, text.utf8.drop { $0 == .space }.count + 1)
        let part = Passage.Part(line: line, bytes: whole.count - written..<whole.count)
        return Line(
            text: String(decoding: whole[part.bytes], as: UTF8.self),
            position: source.position(line: line, byte: part.bytes.lowerBound),
            passage: Passage([part], of: source))
    }

    /// Whether a line of the code reads like the opening of a cell that this one, left open, has swallowed.
    func isOpenedAgain(by line: String) -> Bool {
        guard let fence, let mark = fence.first else { return false }
        let text = line.drop { $0 == " " }
        let run = text.prefix { $0 == mark }
        return run.count >= fence.count && text.dropFirst(run.count).hasPrefix("{swift}")
    }

    /// Whether the line after the code closes it, and is not the opening of another block.
    func isClosed(in source: SourceText, otherBlocks starts: Set<Int>) -> Bool {
        let line = firstLine + lines.count
        guard let fence, let mark = fence.utf8.first, source.lines.indices.contains(line), !starts.contains(line) else {
            return false
        }
        let closing = source.lines[line][...].continuation(quoteDepth: .max).trimmed
        return closing.count >= fence.utf8.count && closing.allSatisfy { $0 == mark }
    }
}
