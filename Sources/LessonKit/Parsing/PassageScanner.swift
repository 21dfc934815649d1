/// Finds what cmark must not touch, or must not lose the place of, in a passage's source: math, code
/// spans that compute, cross-references and labels.
///
/// It reads no Markdown of its own beyond what decides where these begin: a backslash takes away a
/// character's meaning, and whatever begins first (a code span, an HTML tag, math) hides what is in it.
struct PassageScanner {
    struct Span: Hashable {
        enum Kind: Hashable {
            /// `` `…` ``; `content` is what stands between the backticks.
            case code(content: Range<Int>)
            /// `$…$`
            case math(content: Range<Int>)
            /// `$$…$$`, with the `{#…}` after it as part of the span.
            case display(content: Range<Int>, label: Range<Int>?)
            /// `$$` without an end in this passage.
            case unclosedDisplay
            /// `@fig-gates`
            case reference
            /// `{#fig-gates}`
            case label
            /// `|`
            case pipe
        }

        var kind: Kind
        var range: Range<Int>
    }

    private let bytes: [UInt8]
    private var offset: Int
    private var spans = [Span]()
    /// Lengths of backtick runs known to have no partner further on, so that a scan stays linear.
    private var unpairedRuns: Set<Int> = []
    /// Likewise for `<!--`.
    private var hasUnclosedComment = false

    private init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        offset = start
    }

    /// The spans of the passage from an offset on, in order.
    static func spans(of passage: Passage, from start: Int = 0) -> [Span] {
        var scanner = PassageScanner(passage.bytes, from: start)
        while scanner.offset < scanner.bytes.count { scanner.step() }
        return scanner.spans
    }

    private mutating func step() {
        switch bytes[offset] {
        case .backslash: offset += byte(at: offset + 1)?.isASCIIPunctuation == true ? 2 : 1
        case .backtick: codeSpan()
        case .lessThan: offset = endOfTag() ?? offset + 1
        case .dollar: byte(at: offset + 1) == .dollar ? display() : inlineMath()
        case .at: reference()
        case .leftBrace: label()
        case .pipe: add(.pipe, to: offset + 1)
        default: offset += 1
        }
    }

    private mutating func add(_ kind: Span.Kind, to end: Int) {
        spans.append(Span(kind: kind, range: offset..<end))
        offset = end
    }

    private func byte(at index: Int) -> UInt8? {
        bytes.indices.contains(index) ? bytes[index] : nil
    }

    // MARK: Code and HTML

    private mutating func codeSpan() {
        let contentStart = endOfRun(of: .backtick, from: offset)
        let length = contentStart - offset
        if let close = endOfCodeSpan(length: length, from: contentStart) {
            add(.code(content: contentStart..<close), to: close + length)
        } else {
            offset = contentStart
        }
    }

    /// Where the run of backticks stands that closes one of the same length.
    private mutating func endOfCodeSpan(length: Int, from start: Int) -> Int? {
        guard !unpairedRuns.contains(length) else { return nil }
        let close = startOfRun(of: .backtick, length: length, from: start)
        if close == nil { unpairedRuns.insert(length) }
        return close
    }

    private func endOfRun(of byte: UInt8, from start: Int) -> Int {
        bytes[start...].firstIndex { $0 != byte } ?? bytes.count
    }

    private func startOfRun(of byte: UInt8, length: Int, from start: Int) -> Int? {
        var start = start
        while let next = bytes[start...].firstIndex(of: byte) {
            let end = endOfRun(of: byte, from: next)
            if end - next == length { return next }
            start = end
        }
        return nil
    }

    /// The end of an HTML tag, comment or autolink that begins here: a `$` or backtick in it is nothing of ours.
    private mutating func endOfTag() -> Int? {
        if bytes[offset...].starts(with: "<!--".utf8) { return endOfComment() }
        guard let first = byte(at: offset + 1), first.isASCIILetter || first == UInt8(ascii: "/") else { return nil }
        var quote: UInt8?
        var isAddress = true
        for index in (offset + 1)..<bytes.count {
            switch (bytes[index], quote) {
            case (let byte, let open?): if byte == open { quote = nil }
            case (.greaterThan, nil): return index + 1
            case (UInt8(ascii: "\""), nil), (UInt8(ascii: "'"), nil): quote = bytes[index]
            case (.lessThan, nil): return nil
            // `a <b and $c > d$` has no tag in it; a dollar in an address is one.
            case (.dollar, nil), (.backtick, nil): if !isAddress { return nil }
            case (let byte, nil): isAddress = isAddress && !byte.isMarkdownSpace
            }
        }
        return nil
    }

    private mutating func endOfComment() -> Int? {
        guard !hasUnclosedComment else { return nil }
        let end = "-->".utf8
        let close = bytes.indices[(offset + 4)...].first { bytes[$0...].starts(with: end) }
        hasUnclosedComment = close == nil
        return close.map { $0 + end.count }
    }

    // MARK: Math

    /// Pandoc's rule: no space after the opening dollar, none before the closing one, and no digit after it.
    ///
    /// A code span that begins in between takes precedence, as it does over all of Markdown: what it computes
    /// must not be lost to two stray dollars.
    private mutating func inlineMath() {
        let start = offset + 1
        guard let first = byte(at: start), !first.isMarkdownSpace,
            let close = closingDollar(from: start), !bytes[close - 1].isMarkdownSpace,
            byte(at: close + 1)?.isASCIIDigit != true, !hasCodeSpan(beginningIn: start..<close)
        else {
            offset = start
            return
        }
        add(.math(content: start..<close), to: close + 1)
    }

    private mutating func hasCodeSpan(beginningIn range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while let tick = bytes[index..<range.upperBound].firstIndex(of: .backtick) {
            let end = endOfRun(of: .backtick, from: tick)
            if endOfCodeSpan(length: end - tick, from: end) != nil { return true }
            index = end
        }
        return false
    }

    private func closingDollar(from start: Int) -> Int? {
        var index = start
        while index < bytes.count, bytes[index] != .dollar {
            index += bytes[index] == .backslash ? 2 : 1
        }
        return index < bytes.count ? index : nil
    }

    private mutating func display() {
        let start = offset + 2
        var close = closingDollar(from: start)
        while let candidate = close, byte(at: candidate + 1) != .dollar {
            close = closingDollar(from: candidate + 1)
        }
        guard let close else { return add(.unclosedDisplay, to: start) }
        let end = close + 2
        let next = bytes[end...].firstIndex { !$0.isSpaceOrTab } ?? bytes.count
        let label = endOfLabel(from: next).map { next..<$0 }
        add(.display(content: start..<close, label: label), to: label?.upperBound ?? end)
    }

    // MARK: Names

    private mutating func reference() {
        let isMidWord = byte(at: offset - 1).map { $0.isLabelByte || $0 == .at || $0 == UInt8(ascii: "/") } ?? false
        let nameEnd = bytes[(offset + 1)...].firstIndex { !$0.isLabelByte } ?? bytes.count
        let end = (bytes[(offset + 1)..<nameEnd].lastIndex { $0.isASCIILetter || $0.isASCIIDigit } ?? offset) + 1
        let name = String(decoding: bytes[(offset + 1)..<end], as: UTF8.self)
        if !isMidWord, Label.Kind(prefixOf: name) != nil {
            add(.reference, to: end)
        } else {
            offset += 1
        }
    }

    private mutating func label() {
        if let end = endOfLabel(from: offset) { add(.label, to: end) } else { offset += 1 }
    }

    /// The end of `{#name}`, whatever the name is: one that is wrong is told later, where it is known what it labels.
    private func endOfLabel(from start: Int) -> Int? {
        guard byte(at: start) == .leftBrace, byte(at: start + 1) == .hash,
            let close = bytes[(start + 1)...].firstIndex(where: { [.rightBrace, .leftBrace, .lineFeed].contains($0) }),
            bytes[close] == .rightBrace
        else { return nil }
        return close + 1
    }
}

extension UInt8 {
    fileprivate var isLabelByte: Bool {
        isASCIILetter || isASCIIDigit || self == .hyphen || self == UInt8(ascii: "_")
    }
}

extension Label.Kind {
    /// The kind that a name such as `fig-gates` belongs to; nil when it is no label's name.
    init?(prefixOf name: String) {
        guard let hyphen = name.firstIndex(of: "-") else { return nil }
        let rest = name[hyphen...].dropFirst()
        guard let first = rest.utf8.first, first.isASCIILetter || first.isASCIIDigit,
            rest.utf8.allSatisfy({ $0.isLabelByte })
        else { return nil }
        self.init(rawValue: String(name[..<hyphen]))
    }
}
