/// A piece of text in the lessons' own syntax.
///
/// How each is written stands in a file of its own: `Mathematics`, `Names`, `ValueMark`, `PipeTable`, `Span` and so on.
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

    /// What may begin something of the lessons' own, or end it.
    struct Sign {
        var offset: Int
        /// Whether it is a brace to which an image belongs.
        var isBehindImage = false
    }

    mutating func add(_ construct: Construct) {
        constructs.append(construct)
        end = construct.lines.last?.upperBound ?? end
    }

    /// - Parameters:
    ///   - signs: Of one paragraph, heading or fragment.
    ///   - lines: Its lines, where that is not all of the text.
    ///   - quoteDepth: How many block quotes it stands in.
    mutating func read(_ signs: [Sign?], lines: [Range<Int>]? = nil, quoteDepth: Int = 0) {
        self.quoteDepth = quoteDepth
        lazy var brackets = text.brackets(in: lines ?? [text.bytes.indices])
        for (index, sign) in signs.enumerated() {
            guard let sign, sign.offset >= end else { continue }
            let offset = sign.offset
            switch text.bytes[offset] {
            case .at: text.reference(at: offset).map { add($0) }
            case .leftBrace: brace(sign, mayBeCode: index > 0 && signs[index - 1] == nil)
            case .leftBracket: (text.footnoteReference(at: offset) ?? text.citation(at: offset)).map { add($0) }
            case .rightBracket: text.span(closedAt: offset, brackets: brackets).forEach { add($0) }
            case .tilde: text.strike(at: offset).map { add($0) }
            case .pipe: pipes.append(offset)
            case .dollar: math(at: offset, before: signs[(index + 1)...])
            default: text.bareLink(at: offset).map { add($0) }
            }
        }
    }

    private mutating func brace(_ sign: Sign, mayBeCode: Bool) {
        if sign.isBehindImage, let (attributes, end) = text.attributes(at: sign.offset) {
            return add(Construct(meaning: .attributes(attributes), lines: [sign.offset..<end]))
        }
        let value = mayBeCode ? text.value(at: sign.offset, quoteDepth: quoteDepth) : nil
        (value ?? text.label(at: sign.offset)).map { add($0) }
    }

    /// The next dollar, before any code that is shown and any other piece of the lessons' syntax.
    ///
    /// A value may stand before it, unless the first dollar ends a word: `US$` is money.
    private func closingDollar(in signs: ArraySlice<Sign?>, after offset: Int) -> Int? {
        let isMoney = text.bytes[..<offset].last.map { $0.isASCIILetter || $0.isASCIIDigit } ?? false
        var isCode = false
        for sign in signs {
            guard let sign = sign?.offset else {
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

    private mutating func math(at offset: Int, before signs: ArraySlice<Sign?>) {
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
