extension HTML {
    /// The sentence that opens an exhibit, as a string that is put together from names and numbers.
    package static func wayIn(_ sentence: String, isChinese: Bool) -> HTML {
        HTML(.p, .class("way-in")) { isChinese ? sentence.spacedAsChinese : sentence }
    }
}

extension String {
    /// Without spaces between Chinese characters, which names in the middle of a sentence leave there, and with one between
    /// these and Latin letters or digits. A name in quotation marks keeps its own.
    var spacedAsChinese: String {
        var (text, before, isQuoted) = ("", Character?.none, false)
        for (character, next) in zip(self, dropFirst().map(Optional.init) + [nil]) {
            isQuoted = character == "“" || isQuoted && character != "”"
            defer { before = character }
            if character == " ", !isQuoted, let before, let next, before.isWide, next.isWide { continue }
            if let before, !isQuoted, before.isHan && character.isLatin || before.isLatin && character.isHan { text.append(" ") }
            text.append(character)
        }
        return text
    }
}

extension Character {
    /// Whether it is a Chinese character or one of the marks that are as wide.
    fileprivate var isWide: Bool { isIdeographic || self == "“" || self == "”" }
    fileprivate var isHan: Bool { isIdeographic && isLetter }
    fileprivate var isLatin: Bool { !isIdeographic && (isLetter || isNumber) }
}
