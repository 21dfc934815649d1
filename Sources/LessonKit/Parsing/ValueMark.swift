/// The `{swift}` at the head of a code span that computes; a word that is nearly `swift` too, to be told as a mistake.
struct ValueMark: Sendable {
    /// The word in braces: `swift`, or what was meant to be it.
    var language: String
    var position: SourcePosition
    var expressionPosition: SourcePosition
}

extension Passage {
    func value(at start: Int, quoteDepth: Int) -> Construct? {
        let word = bytes[(start + 1)...].prefix { ![.rightBrace, .leftBrace, .lineFeed].contains($0) }
        let language = text(word.indices)
        guard bytes[word.endIndex...].first == .rightBrace, language.allSatisfy(\.isLetter),
            nearestName(to: language, among: ["swift"]) != nil
        else { return nil }
        let end = word.endIndex + 1
        let mark = ValueMark(
            language: language, position: position(at: start),
            expressionPosition: place(after: end, quoteDepth: quoteDepth))
        return Construct(meaning: .value(mark), lines: [start..<end])
    }

    /// Where the first character stands that is no white space, on this line or the next.
    private func place(after offset: Int, quoteDepth: Int) -> SourcePosition {
        let index = lineIndex(at: offset)
        let rest = bytes[offset..<(line(index)?.upperBound ?? offset)].drop(while: \.isSpaceOrTab)
        guard rest.isEmpty, let next = line(index + 1) else { return position(at: rest.startIndex) }
        return position(at: bytes[next].continuation(quoteDepth: quoteDepth).startIndex)
    }
}
