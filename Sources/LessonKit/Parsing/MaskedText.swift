/// A passage as cmark gets it: with masks for what it must not touch, and with signs that tell where they stand.
///
/// What is code, raw HTML, an address or a link's definition is cmark's to say, but where it found an
/// inline it does not tell reliably. So each character that may begin something of the lessons' own
/// carries its offset through cmark: those that come back within text, or at the head of code, are signs.
struct MaskedText {
    let passage: Passage
    /// By the offset at which they begin.
    private var masks: [Int: (end: Int, replacement: [UInt8])] = [:]
    /// By line, what begins a block that CommonMark does not know.
    private(set) var markers: [Int: BlockMarker] = [:]

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

    /// Has cmark read each marker as that of a list's item.
    mutating func put(_ markers: [Int: BlockMarker]) {
        for marker in self.markers.values { masks[marker.range.lowerBound] = nil }
        self.markers = markers
        let item = BlockMarker.item(passage.unusedBullet)
        for marker in markers.values { masks[marker.range.lowerBound] = (marker.range.upperBound, item) }
    }

    /// What cmark reads, with the places that the source has.
    func tree(signed: Bool) throws(Problem) -> MarkdownNode {
        try MarkdownNode.document(written(signed: signed) + (signed ? [.lineFeed, .lineFeed] : [.lineFeed])).placed(
            by: markers, in: passage)
    }

    /// Has each address carry its place, for cmark does not tell that. A mark that is in no address says nothing.
    ///
    /// None is put where it could change what the text is if there is no link: before what emphasis or a tag begins with.
    mutating func markAddresses(masks register: inout Masks) {
        let bytes = passage.bytes
        // A footnote's text is no address.
        let contents = Set(markers.values.map(\.range.upperBound))
        for bracket in bytes.indices.dropLast() where bytes[bracket] == .rightBracket {
            guard [.leftParenthesis, .colon].contains(bytes[bracket + 1]) else { continue }
            let rest = bytes[(bracket + 2)...].drop(while: \.isSpaceOrTab)
            guard let first = rest.first, ![UInt8(ascii: "_"), UInt8(ascii: "*"), .lessThan, .lineFeed].contains(first) else {
                continue
            }
            let start = rest.startIndex
            guard !contents.contains(start) else { continue }
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
            if signed, !isEscaped, passage.isSign(at: offset) { text += CasedNumber.written(offset) }
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
    /// Each is unescaped and stands in text, or is a `{` that code begins with.
    /// nil stands for code, before its brace, and for a mask: math does not reach over them.
    func signs(in nodes: [MarkdownNode], masks: Masks) -> [ConstructReader.Sign?] {
        zip(nodes.indices, nodes).flatMap { index, node -> [ConstructReader.Sign?] in
            switch node.kind {
            case .text(let text):
                var signs = signs(in: text, masks: masks)
                if index > 0, case .image = nodes[index - 1].kind, case let sign?? = signs.first {
                    signs[0]?.isBehindImage = isDirectlyBehind(text, sign.offset)
                }
                return signs
            case .inlineCode(let code):
                let text = code.utf8.drop { $0 == .space }
                let brace = text.first == .leftBrace ? offset(in: text) : nil
                return [nil, brace.map { ConstructReader.Sign(offset: $0) }]
            case .link(let address, _):
                // An autolink shows its address; no other link carries the same offsets in both.
                if node.children.count == 1, case .text(let text) = node.children[0].kind, address.hasSuffix(text) {
                    return []
                }
                // In a link there are no others.
                return signs(in: node.children, masks: masks).filter { $0.map { !passage.beginsBareLink(at: $0.offset) } ?? true }
            default: return signs(in: node.children, masks: masks)
            }
        }
    }

    private func signs(in text: String, masks: Masks) -> [ConstructReader.Sign?] {
        masks.runs(in: text).flatMap { run -> [ConstructReader.Sign?] in
            switch run {
            case .text(let text):
                let bytes = Array(text.utf8)
                return bytes.indices.compactMap { offset(in: bytes[$0...]) }.map { ConstructReader.Sign(offset: $0) }
            case .mask(.address, _): return []
            case .mask: return [nil]
            }
        }
    }

    /// Whether a sign at the offset is a brace that opens the text; a label may have spaces before it.
    private func isDirectlyBehind(_ text: String, _ offset: Int) -> Bool {
        // Behind a bracket that ends the image stands that bracket's own number.
        let text = CasedNumber.read(text.utf8) == nil ? text[...] : text.dropFirst(CasedNumber.width)
        let rest = passage.bytes[offset...]
        return text.hasPrefix("{") && rest.first == .leftBrace
            || text.drop { $0 == " " }.hasPrefix("{") && rest.starts(with: "{#".utf8)
    }

    /// The offset that the first byte carries.
    private func offset(in bytes: some Collection<UInt8>) -> Int? {
        CasedNumber.read(bytes.dropFirst()).flatMap { offset in
            passage.bytes.indices.contains(offset) && passage.bytes[offset] == bytes.first ? offset : nil
        }
    }
}

extension Passage {
    fileprivate func isSign(at offset: Int) -> Bool {
        switch bytes[offset] {
        case .dollar, .at, .leftBrace, .pipe: true
        case .tilde: beginsStrike(at: offset)
        case .leftBracket: bytes[(offset + 1)...].first.map { $0 == .caret || $0 == .at } ?? false
        case .rightBracket: bytes[(offset + 1)...].first == .leftBrace
        case UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "w"), UInt8(ascii: "W"): beginsBareLink(at: offset)
        default: false
        }
    }
}
