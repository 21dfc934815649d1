/// How far the reading of a paragraph has come in the source, where cmark does not tell the place of what it found.
struct ReadingPlace {
    /// Where the text begins.
    let start: SourcePosition
    private let lines: Range<Int>
    private var line: Int
    private var byte: Int

    init(_ start: SourcePosition, lineCount: Int) {
        self.start = start
        lines = start.line - 1..<start.line - 1 + lineCount
        // No character is less than a byte.
        (line, byte) = (lines.lowerBound, start.column - 1)
    }

    /// Goes on behind a code span: what reads like HTML in it is none.
    mutating func skip(code: String, in source: SourceText) {
        guard code.utf8.contains(.lessThan), let word = code.split(separator: " ").first else { return }
        _ = found(String(word), in: source)
    }

    /// Where the next text stands that begins so, or as near as is known.
    mutating func found(_ text: String, in source: SourceText) -> SourcePosition {
        let sought = Array(text.utf8.prefix { $0 != .lineFeed })
        for index in line..<max(line, lines.upperBound) {
            let bytes = source.line(index)
            let from = index == line ? min(byte, bytes.count) : 0
            guard let found = bytes[from...].indices.first(where: { bytes[$0...].starts(with: sought) }) else { continue }
            (line, byte) = (index, found + sought.count)
            return source.position(line: index, byte: found)
        }
        return source.position(line: line, byte: byte)
    }
}
