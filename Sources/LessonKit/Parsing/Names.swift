/// `@fig-gates` and `{#fig-gates}`: what refers to a name, and what gives one.
extension Passage {
    func reference(at start: Int) -> Construct? {
        let isMidWord = bytes[..<start].last.map { $0.isLabelByte || $0 == .at || $0 == UInt8(ascii: "/") } ?? false
        let word = bytes[(start + 1)...].prefix(while: \.isLabelByte)
        guard !isMidWord, let last = word.lastIndex(where: { $0.isASCIILetter || $0.isASCIIDigit }) else { return nil }
        let name = text(start + 1..<last + 1)
        guard let kind = Label.Kind(prefixOf: name) else { return nil }
        return Construct(
            meaning: .reference(Label(kind: kind, name: name, position: position(at: start))),
            lines: [start..<(last + 1)])
    }

    func label(at start: Int) -> Construct? {
        writtenLabel(at: start).map { Construct(meaning: .label($0.written), lines: [start..<$0.end]) }
    }

    /// `{#name}`, whatever the name is: one that is wrong is told later, where it is known what it labels.
    func writtenLabel(at start: Int) -> (written: Masks.Written, end: Int)? {
        let name = bytes[start...].dropFirst(2).prefix { ![.rightBrace, .leftBrace, .backtick, .lineFeed].contains($0) }
        guard bytes[start...].starts(with: "{#".utf8), bytes[name.endIndex...].first == .rightBrace else { return nil }
        return (Masks.Written(name: text(name.indices), position: position(at: name.startIndex)), name.endIndex + 1)
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

extension UInt8 {
    var isLabelByte: Bool {
        isASCIILetter || isASCIIDigit || self == .hyphen || self == UInt8(ascii: "_")
    }
}
