/// `https://…` and `www.…` as they stand in the text: GitHub's extended autolinks.
struct BareLink: Sendable {
    var address: String
    var position: SourcePosition
}

extension Passage {
    /// Whether an address may begin here: before it is the text's begin, white space, `*`, `_`, `~`, `(` or `[`, or what is
    /// not ASCII, for Chinese puts no space before it.
    func beginsBareLink(at offset: Int) -> Bool {
        let isSeparate = bytes[..<offset].last.map { $0.isMarkdownSpace || "*_~([".utf8.contains($0) || $0 >= 0x80 } ?? true
        return isSeparate && ["https://", "http://", "www."].contains { bytes[offset...].startsLowercased(with: $0) }
    }

    func bareLink(at start: Int) -> Construct? {
        let text = bytes[start..<endOfAddress(from: start)].withoutTrailingPunctuation
        let isWeb = text.startsLowercased(with: "www.")
        let host = isWeb ? text : text.drop { $0 != .slash }.dropFirst(2)
        guard host.beginsWithDomain else { return nil }
        let link = BareLink(address: (isWeb ? "http://" : "") + self.text(text.indices), position: position(at: start))
        return Construct(meaning: .bareLink(link), lines: [text.indices])
    }

    /// It ends before what no address has unescaped: white space, brackets, quotation marks, Chinese punctuation.
    private func endOfAddress(from start: Int) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var rest = bytes[start...].makeIterator()
        var end = start
        while case .valid(let encoded) = parser.parseScalar(from: &rest) {
            let scalar = Unicode.UTF8.decode(encoded)
            let isEnd =
                scalar.isASCII
                ? scalar.value <= 0x20 || scalar.value == 0x7F || "<>[]{}|\\^`\"".unicodeScalars.contains(scalar)
                : scalar.properties.isWhitespace || scalar.properties.generalCategory.isPunctuation
            if isEnd { break }
            end += encoded.count
        }
        return end
    }
}

extension ArraySlice<UInt8> {
    fileprivate func startsLowercased(with prefix: String) -> Bool {
        self.prefix(prefix.utf8.count).elementsEqual(prefix.utf8) { $0 == $1 || $1.isASCIILetter && $0 ^ 0x20 == $1 }
    }

    /// GitHub's rule: a sentence's marks, a parenthesis without its opening one and an entity at the end are not the address's.
    fileprivate var withoutTrailingPunctuation: ArraySlice<UInt8> {
        var text = self
        var unopened = text.count { $0 == .rightParenthesis } - text.count { $0 == .leftParenthesis }
        while let last = text.last {
            if last == .rightParenthesis, unopened > 0 {
                unopened -= 1
                text.removeLast()
            } else if "?!.,:*_~'".utf8.contains(last) {
                text.removeLast()
            } else if last == .semicolon {
                let name = text.dropLast().reversed().prefix { $0.isASCIILetter || $0.isASCIIDigit }
                let isEntity = !name.isEmpty && text.dropLast(name.count + 1).last == .ampersand
                text.removeLast(isEntity ? name.count + 2 : 1)
            } else {
                break
            }
        }
        return text
    }

    /// Parts of letters, digits, `-` and `_` with periods between them, and no `_` in the last two.
    fileprivate var beginsWithDomain: Bool {
        let domain = prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 || "-_.".utf8.contains($0) }
        let parts = domain.split(separator: .period, omittingEmptySubsequences: false)
        return parts.count > 1 && !parts.contains(where: \.isEmpty) && !parts.suffix(2).joined().contains(.underscore)
    }
}
