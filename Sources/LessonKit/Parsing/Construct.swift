/// A piece of text in the lessons' own syntax.
///
/// How each is written stands in a file of its own: `Mathematics`, `Names`, `ValueMark`, `PipeTable`.
struct Construct {
    var meaning: Masks.Meaning
    /// Its offsets in the text, line by line, without the markers of quotes.
    var lines: [Range<Int>]

    var isDisplay: Bool {
        if case .display = meaning { true } else { false }
    }
}

/// Finds what a text has in the lessons' own syntax, from left to right: what begins first hides what is in it.
struct ConstructReader {
    let text: Passage
    private(set) var constructs: [Construct] = []
    /// Where a pipe is text.
    private(set) var pipes: [Int] = []
    private(set) var problems: [Problem] = []
    /// Where the last construct ends, which may be after the paragraph that it begins in.
    private(set) var end = 0
    /// How many block quotes the text read last stands in.
    private(set) var quoteDepth = 0

    init(_ text: Passage) {
        self.text = text
    }

    mutating func add(_ construct: Construct) {
        constructs.append(construct)
        end = construct.lines.last?.upperBound ?? end
    }

    /// - Parameters:
    ///   - signs: Of one paragraph, heading or fragment.
    ///   - quoteDepth: How many block quotes it stands in.
    mutating func read(_ signs: [Int?], quoteDepth: Int = 0) {
        self.quoteDepth = quoteDepth
        for (index, sign) in signs.enumerated() {
            guard let offset = sign, offset >= end else { continue }
            switch text.bytes[offset] {
            case .at: text.reference(at: offset).map { add($0) }
            case .leftBrace:
                let mayBeCode = index > 0 && signs[index - 1] == nil
                let value = mayBeCode ? text.value(at: offset, quoteDepth: quoteDepth) : nil
                (value ?? text.label(at: offset)).map { add($0) }
            case .pipe: pipes.append(offset)
            default: math(at: offset, before: signs[(index + 1)...])
            }
        }
    }

    /// The next dollar, before any code that is shown and any other piece of the lessons' syntax.
    ///
    /// A value may stand before it, unless the first dollar ends a word: `US$` is money.
    private func closingDollar(in signs: ArraySlice<Int?>, after offset: Int) -> Int? {
        let isMoney = text.bytes[..<offset].last.map { $0.isASCIILetter || $0.isASCIIDigit } ?? false
        var isCode = false
        for sign in signs {
            guard let sign else {
                if isCode || isMoney { return nil }
                isCode = true
                continue
            }
            if isCode, text.bytes[sign] != .leftBrace || text.value(at: sign, quoteDepth: quoteDepth) == nil { return nil }
            if text.bytes[sign] == .dollar { return sign }
            isCode = false
        }
        return nil
    }

    private mutating func math(at offset: Int, before signs: ArraySlice<Int?>) {
        guard let next = closingDollar(in: signs, after: offset) else { return }
        if next > offset + 1 {
            text.math(from: offset, to: next, quoteDepth: quoteDepth).map { add($0) }
        } else if let display = text.display(at: offset, quoteDepth: quoteDepth) {
            add(display)
        } else {
            end = offset + 2
            problems.append(
                Problem(
                    at: text.position(at: offset),
                    "the display math opened here is not closed before the paragraph ends",
                    hint: "close it with $$ and leave no empty line in it; "
                        + "a dollar that is meant as one is written \\$"))
        }
    }
}
