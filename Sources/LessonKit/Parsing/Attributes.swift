/// `{#fig-x width=50%}` behind an image, `{lang=zh}` behind a span: attributes as Pandoc writes them.
struct WrittenAttributes: Sendable {
    enum Part: Sendable {
        /// `#fig-x`
        case id(Masks.Written)
        /// `width=50%`, the value with or without quotation marks.
        case pair(key: Masks.Written, value: Masks.Written)
        case other(Masks.Written)
    }

    var parts: [Part]
    /// Of the opening brace.
    var position: SourcePosition

    /// Whether nothing in the braces is a mere word.
    var isUnmistakable: Bool {
        !parts.isEmpty
            && parts.allSatisfy { part in
                if case .other(let word) = part { word.name.hasPrefix(".") } else { true }
            }
    }
}

extension Passage {
    /// nil where the braces are not closed on their line, or hold others.
    func attributes(at start: Int) -> (attributes: WrittenAttributes, end: Int)? {
        guard bytes[start...].first == .leftBrace else { return nil }
        let inner = bytes[(start + 1)...].prefix { ![.rightBrace, .leftBrace, .backtick, .lineFeed].contains($0) }
        guard bytes[inner.endIndex...].first == .rightBrace else { return nil }
        var parts = [WrittenAttributes.Part]()
        var rest = inner.drop(while: \.isSpaceOrTab)
        while !rest.isEmpty {
            let word = rest.attribute
            parts.append(part(word))
            rest = rest[word.endIndex...].drop(while: \.isSpaceOrTab)
        }
        return (WrittenAttributes(parts: parts, position: position(at: start)), inner.endIndex + 1)
    }

    private func part(_ word: ArraySlice<UInt8>) -> WrittenAttributes.Part {
        if word.first == .hash { return .id(written(word.dropFirst())) }
        guard let sign = word.firstIndex(of: .equals), sign > word.startIndex else { return .other(written(word)) }
        let value = word[(sign + 1)...]
        let isQuoted = value.count > 1 && value.first == .quotationMark && value.last == .quotationMark
        return .pair(key: written(word[..<sign]), value: written(isQuoted ? value.dropFirst().dropLast() : value))
    }

    private func written(_ word: ArraySlice<UInt8>) -> Masks.Written {
        Masks.Written(name: text(word.indices), position: position(at: word.startIndex))
    }
}

extension ArraySlice<UInt8> {
    /// Up to the first white space that is in no quotation marks.
    fileprivate var attribute: ArraySlice<UInt8> {
        var isQuoted = false
        return prefix { byte in
            if byte == .quotationMark { isQuoted.toggle() }
            return isQuoted || !byte.isSpaceOrTab
        }
    }
}
