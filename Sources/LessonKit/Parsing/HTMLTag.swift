/// A tag in raw HTML.
struct HTMLTag {
    struct Attribute {
        /// In lower case.
        var name: String
        /// Where the value stands, without its quotation marks; empty where there is none.
        var value: Range<Int>
    }

    /// In lower case.
    var name: String
    var isEnd: Bool
    /// Whether it ends in `/>`.
    var hasSlash = false
    var attributes: [Attribute] = []
    /// In bytes, from its `<` to behind its `>`.
    var range: Range<Int>
}

/// Reads raw HTML tag by tag, as a browser does: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
struct HTMLReader {
    enum Token {
        case tag(HTMLTag)
        /// What opens here goes on to the end of the text.
        case unclosed(String, at: Int)
    }

    let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// - Parameter isForeign: Whether the text stands in a picture or formula, where there is CDATA.
    mutating func next(isForeign: Bool) -> Token? {
        while let open = bytes[offset...].firstIndex(of: .lessThan) {
            offset = open + 1
            switch byte(at: offset) {
            case let letter? where letter.isASCIILetter: return tag(from: open)
            case UInt8(ascii: "/"):
                if byte(at: offset + 1)?.isASCIILetter == true { return tag(from: open) }
                if byte(at: offset + 1) != nil, !skip(past: ">", from: offset + 1) { return .unclosed("</", at: open) }
            case UInt8(ascii: "!"):
                if starts(with: "!--") {
                    if !skipComment() { return .unclosed("<!--", at: open) }
                } else if isForeign, starts(with: "![CDATA[") {
                    if !skip(past: "]]>", from: offset) { return .unclosed("<![CDATA[", at: open) }
                } else if !skip(past: ">", from: offset) {
                    return .unclosed("<!", at: open)
                }
            case UInt8(ascii: "?"): if !skip(past: ">", from: offset) { return .unclosed("<?", at: open) }
            default: break
            }
        }
        return nil
    }

    /// Goes on at the tag that ends the element, in which other tags are text, and gives that; nil when there is no end.
    mutating func takeText(of name: String) -> String? {
        let start = offset
        var place = offset
        while let end = index(of: "</", from: place) {
            let written = bytes[(end + 2)...].prefix(name.utf8.count)
            let isEnd = byte(at: end + 2 + name.utf8.count).map { $0.isHTMLSpace || $0 == .greaterThan || $0 == .slash } ?? false
            if isEnd, text(written.indices).lowercased() == name {
                offset = end
                return text(start..<end)
            }
            place = end + 2
        }
        offset = bytes.count
        return nil
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    // MARK: Tags

    private mutating func tag(from open: Int) -> Token {
        let isEnd = bytes[offset] == .slash
        if isEnd { offset += 1 }
        let name = take { !$0.isHTMLSpace && $0 != .slash && $0 != .greaterThan }
        var tag = HTMLTag(name: text(name).lowercased(), isEnd: isEnd, range: open..<open)
        while true {
            let gap = take { $0.isHTMLSpace || $0 == .slash }
            guard let byte = byte(at: offset) else { return .unclosed((isEnd ? "</" : "<") + tag.name, at: open) }
            if byte == .greaterThan {
                tag.hasSlash = bytes[gap].last == .slash
                offset += 1
                tag.range = open..<offset
                return .tag(tag)
            }
            tag.attributes.append(attribute())
        }
    }

    private mutating func attribute() -> HTMLTag.Attribute {
        let start = offset
        // A name may begin with an equals sign.
        offset += 1
        _ = take { !$0.isHTMLSpace && $0 != .slash && $0 != .greaterThan && $0 != .equals }
        let name = text(start..<offset).lowercased()
        _ = take(while: \.isHTMLSpace)
        guard byte(at: offset) == .equals else { return HTMLTag.Attribute(name: name, value: offset..<offset) }
        offset += 1
        _ = take(while: \.isHTMLSpace)
        guard let quote = byte(at: offset), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return HTMLTag.Attribute(name: name, value: take { !$0.isHTMLSpace && $0 != .greaterThan })
        }
        offset += 1
        let value = take { $0 != quote }
        offset = min(offset + 1, bytes.count)
        return HTMLTag.Attribute(name: name, value: value)
    }

    // MARK: Bytes

    private func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(while isTaken: (UInt8) -> Bool) -> Range<Int> {
        let start = offset
        offset = bytes[start...].firstIndex { !isTaken($0) } ?? bytes.count
        return start..<offset
    }

    private func starts(with text: String) -> Bool { bytes[offset...].starts(with: text.utf8) }

    private func index(of text: String, from start: Int) -> Int? {
        let first = text.utf8.first
        return bytes[start...].indices.first { bytes[$0] == first && bytes[$0...].starts(with: text.utf8) }
    }

    private mutating func skip(past text: String, from start: Int) -> Bool {
        let end = index(of: text, from: start)
        offset = end.map { $0 + text.utf8.count } ?? bytes.count
        return end != nil
    }

    /// `<!-->` and `<!--->` are whole comments, and `--!>` ends one too.
    private mutating func skipComment() -> Bool {
        let start = offset + 3
        offset = start
        for end in [">", "->"] where starts(with: end) {
            offset += end.utf8.count
            return true
        }
        guard
            let end = bytes[start...].indices.first(where: { place in
                bytes[place] == .hyphen && ["-->", "--!>"].contains { bytes[place...].starts(with: $0.utf8) }
            })
        else {
            offset = bytes.count
            return false
        }
        return skip(past: ">", from: end)
    }
}

extension UInt8 {

    /// White space of HTML, of which carriage returns are no part once lines are split.
    fileprivate var isHTMLSpace: Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(self) }
}
