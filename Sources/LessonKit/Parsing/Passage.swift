/// Text that Markdown reads in one run (a paragraph, a heading, a table cell, a caption): pieces of
/// source lines, joined by line feeds, that remember where each of their bytes stands in the file.
struct Passage: Sendable {
    /// A piece of a source line; both count from 0, `bytes` within the line.
    struct Part: Hashable, Sendable {
        var line: Int
        var bytes: Range<Int>
    }

    let source: SourceText
    let parts: [Part]
    let bytes: [UInt8]
    /// Where each part begins within `bytes`.
    private let starts: [Int]

    /// Where all of it stands, when its bytes are not those of the file.
    private var anchor: SourcePosition?

    /// - Parameter parts: At least one.
    init(_ parts: [Part], of source: SourceText) {
        var bytes = [UInt8]()
        var starts = [Int]()
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(.lineFeed) }
            starts.append(bytes.count)
            bytes += source.lines[part.line][part.bytes]
        }
        (self.source, self.parts, self.bytes, self.starts) = (source, parts, bytes, starts)
    }

    /// Text that was written with escapes: every place in it is told as `position`.
    init(text: String, at position: SourcePosition) {
        let source = SourceText(line: text)
        self.init([Part(line: 0, bytes: 0..<source.lines[0].count)], of: source)
        anchor = position
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Where the byte at `offset` stands in the file.
    func position(at offset: Int) -> SourcePosition {
        if let anchor { return anchor }
        let index = partIndex(at: offset)
        let part = parts[index]
        return source.position(line: part.line, byte: part.bytes.lowerBound + offset - starts[index])
    }

    /// The pieces of source lines that a range of the passage consists of.
    func parts(in range: Range<Int>) -> [Part] {
        (partIndex(at: range.lowerBound)...partIndex(at: range.upperBound)).map { index in
            let part = parts[index]
            let shift = part.bytes.lowerBound - starts[index]
            return Part(
                line: part.line,
                bytes: max(part.bytes.lowerBound, range.lowerBound + shift)
                    ..< min(part.bytes.upperBound, range.upperBound + shift))
        }
    }

    func passage(_ range: Range<Int>) -> Passage {
        var passage = Passage(parts(in: range), of: source)
        passage.anchor = anchor
        return passage
    }

    /// The offsets of the passage's lines.
    func line(_ index: Int) -> Range<Int> {
        starts[index] ..< starts[index] + parts[index].bytes.count
    }

    private func partIndex(at offset: Int) -> Int {
        starts.partitionPoint { $0 > offset } - 1
    }
}

extension SourceText {
    /// The piece of a line that follows up to `quoteDepth` block-quote markers and the white space about them.
    ///
    /// Only for lines that continue a paragraph: no other marker can stand in front of their text.
    func continuation(line: Int, quoteDepth: Int) -> Passage.Part {
        let bytes = lines[line]
        var start = bytes.firstIndex { !$0.isSpaceOrTab } ?? bytes.count
        var markers = 0
        while markers < quoteDepth, start < bytes.count, bytes[start] == .greaterThan {
            markers += 1
            start = bytes[(start + 1)...].firstIndex { !$0.isSpaceOrTab } ?? bytes.count
        }
        return Passage.Part(line: line, bytes: start..<bytes.count)
    }
}
