/// Text that Markdown reads in one run (a whole lesson, a table's cell, a caption): pieces of source
/// lines, joined by line feeds, that remember where each of their bytes stands in the file.
struct Passage: Sendable {
    /// A piece of a source line; both count from 0, `bytes` within the line.
    struct Part: Hashable, Sendable {
        var line: Int
        var bytes: Range<Int>
    }

    let bytes: [UInt8]
    private let source: SourceText
    private let parts: [Part]
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
            bytes += source.line(part.line)[part.bytes]
        }
        (self.source, self.parts, self.bytes, self.starts) = (source, parts, bytes, starts)
    }

    /// All of a source.
    init(_ source: SourceText) {
        self.init(source.lines.indices.map { Part(line: $0, bytes: source.lines[$0].indices) }, of: source)
    }

    /// Text that was written with escapes: every place in it is told as `position`.
    init(text: String, at position: SourcePosition) {
        self.init(SourceText(line: text))
        anchor = position
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Where the byte at `offset` stands in the file.
    func position(at offset: Int) -> SourcePosition {
        if let anchor { return anchor }
        let index = lineIndex(at: offset)
        return source.position(line: parts[index].line, byte: parts[index].bytes.lowerBound + offset - starts[index])
    }

    func lineIndex(at offset: Int) -> Int {
        starts.partitionPoint { $0 > offset } - 1
    }

    var lineCount: Int { parts.count }

    /// The offsets of one of the passage's lines; nil past the last.
    func line(_ index: Int) -> Range<Int>? {
        parts.indices.contains(index) ? starts[index]..<starts[index] + parts[index].bytes.count : nil
    }

    /// What a range holds of each of its lines: of all but the first, what follows the markers of `quoteDepth` quotes.
    func lines(in range: Range<Int>, quoteDepth: Int) -> [Range<Int>] {
        let first = lineIndex(at: range.lowerBound)
        return (first...lineIndex(at: range.upperBound)).compactMap { line($0) }.enumerated().map { index, line in
            let text = index == 0 ? range : bytes[line].continuation(quoteDepth: quoteDepth).indices
            return text.lowerBound..<min(line.upperBound, range.upperBound)
        }
    }

    func passage(_ range: Range<Int>, quoteDepth: Int = 0) -> Passage {
        let pieces = lines(in: range, quoteDepth: quoteDepth).map { piece in
            let index = lineIndex(at: piece.lowerBound)
            let shift = parts[index].bytes.lowerBound - starts[index]
            return Part(line: parts[index].line, bytes: piece.lowerBound + shift..<piece.upperBound + shift)
        }
        var passage = Passage(pieces, of: source)
        passage.anchor = anchor
        return passage
    }

    /// Without white space at both ends.
    var trimmed: Passage {
        let kept = bytes[...].trimmed
        return passage(kept.startIndex..<kept.endIndex)
    }
}

extension ArraySlice<UInt8> {
    /// Without white space at both ends.
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isMarkdownSpace }),
            let last = lastIndex(where: { !$0.isMarkdownSpace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }

    /// A line without the markers of up to `quoteDepth` block quotes and the white space about them.
    ///
    /// Only for lines that continue a paragraph: no other marker can stand in front of their text.
    func continuation(quoteDepth: Int) -> ArraySlice<UInt8> {
        var text = drop(while: \.isSpaceOrTab)
        for _ in 0..<quoteDepth {
            guard text.first == .greaterThan else { break }
            text = text.dropFirst().drop(while: \.isSpaceOrTab)
        }
        return text
    }
}
