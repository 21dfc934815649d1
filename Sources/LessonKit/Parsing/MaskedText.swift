/// A passage as cmark gets it: with masks for what it must not touch, and with signs that tell where they stand.
///
/// What is code, raw HTML, an address or a link's definition is cmark's to say, but where it found an
/// inline it does not tell reliably. So each character that may begin something of the lessons' own
/// carries its offset through cmark: those that come back within text, or at the head of code, are signs.
struct MaskedText {
    let passage: Passage
    /// By the offset at which they begin.
    private var masks: [Int: (end: Int, replacement: [UInt8])] = [:]

    init(_ passage: Passage) {
        self.passage = passage
    }

    mutating func put(_ constructs: [Construct], masks register: inout Masks) {
        for construct in constructs {
            for (index, line) in construct.lines.enumerated() {
                let meaning = index == 0 ? construct.meaning : .continuation
                masks[line.lowerBound] = (line.upperBound, register.add(meaning, original: passage.text(line)))
            }
        }
    }

    /// Has each address carry its place, for cmark does not tell that. A mark that is in no address says nothing.
    ///
    /// None is put where it could change what the text is if there is no link: before what emphasis or a tag begins with.
    mutating func markAddresses(masks register: inout Masks) {
        let bytes = passage.bytes
        for bracket in bytes.indices.dropLast() where bytes[bracket] == .rightBracket {
            guard [.leftParenthesis, .colon].contains(bytes[bracket + 1]) else { continue }
            let rest = bytes[(bracket + 2)...].drop(while: \.isSpaceOrTab)
            guard let first = rest.first, ![UInt8(ascii: "_"), UInt8(ascii: "*"), .lessThan, .lineFeed].contains(first) else {
                continue
            }
            let start = rest.startIndex
            masks[start] = (start, register.add(.address(passage.position(at: start)), original: ""))
        }
    }

    /// In a table's cell a pipe is written `\|`, even within code; but in math that is TeX.
    mutating func unescapePipes() {
        let pairs = zip(passage.bytes, passage.bytes.dropFirst())
        for (offset, pair) in pairs.enumerated() where pair == (.backslash, .pipe) { masks[offset] = (offset + 1, []) }
    }

    func isMasked(at offset: Int) -> Bool { masks[offset] != nil }

    /// - Parameter signed: Whether each character that may be a sign is followed by its offset.
    func written(signed: Bool) -> [UInt8] {
        var text = [UInt8]()
        var end = 0
        // Of masks that overlap, the first.
        for (start, mask) in masks.sorted(by: { $0.key < $1.key }) where start >= end {
            write(end..<start, signed: signed, to: &text)
            text += mask.replacement
            end = mask.end
        }
        write(end..<passage.bytes.count, signed: signed, to: &text)
        return text
    }

    private func write(_ range: Range<Int>, signed: Bool, to text: inout [UInt8]) {
        var isEscaped = false
        for offset in range {
            let byte = passage.bytes[offset]
            text.append(byte)
            if signed, byte.isSign, !isEscaped { text += CasedNumber.written(offset) }
            isEscaped = byte == .backslash && !isEscaped
        }
    }

    /// A fragment's lines, so written that they are one paragraph: neither `# 1` nor `- a` in a cell begins a block.
    func writtenAsParagraph(signed: Bool) -> [UInt8] {
        let lines = written(signed: signed).split(separator: .lineFeed, omittingEmptySubsequences: false)
        return Array(Self.paragraphMark.utf8) + lines.joined(separator: Array("\n    ".utf8)) + [.lineFeed, .lineFeed]
    }

    /// A space to cmark's rules of emphasis, but not one that a block begins with.
    private static let paragraphMark = "\u{1680}"
}

extension MaskedText {
    /// The signs among the inlines that cmark read in the signed text, in the order of the text.
    ///
    /// Each is the offset of an unescaped `$`, `@`, `{` or `|` that is text, or of a `{` that code begins with.
    /// nil stands for code, before its brace, and for a mask: math does not reach over them.
    func signs(in nodes: [MarkdownNode], masks: Masks) -> [Int?] {
        nodes.flatMap { node -> [Int?] in
            switch node.kind {
            case .text(let text):
                return masks.runs(in: text).flatMap { run -> [Int?] in
                    switch run {
                    case .text(let text): offsets(in: Array(text.utf8))
                    case .mask(.address, _): []
                    case .mask: [nil]
                    }
                }
            case .inlineCode(let code):
                let text = code.utf8.drop { $0 == .space }
                return [nil, text.first == .leftBrace ? offset(in: text) : nil]
            // An autolink shows its address; no other link carries the same offsets in both.
            case .link(let address, _):
                if node.children.count == 1, case .text(let text) = node.children[0].kind, address.hasSuffix(text) {
                    return []
                }
                fallthrough
            default: return signs(in: node.children, masks: masks)
            }
        }
    }

    private func offsets(in text: [UInt8]) -> [Int] {
        text.indices.compactMap { text[$0].isSign ? offset(in: text[$0...]) : nil }
    }

    /// The offset that the first byte carries.
    private func offset(in bytes: some Collection<UInt8>) -> Int? {
        CasedNumber.read(bytes.dropFirst()).flatMap { offset in
            passage.bytes.indices.contains(offset) && passage.bytes[offset] == bytes.first ? offset : nil
        }
    }
}

extension UInt8 {
    fileprivate var isSign: Bool { self == .dollar || self == .at || self == .leftBrace || self == .pipe }
}
