extension HTML {
    /// The text of an element without other elements.
    var plainText: String {
        switch self {
        case .text(let text): text
        case .element(_, _, let content), .fragment(let content): content.map { $0.plainText }.joined()
        case .trusted, .formula: ""
        }
    }

    /// One of the pair that grows with what it encloses.
    var isFence: Bool {
        guard case .element(.mo, let attributes, _) = self else { return false }
        return attributes.hasValue("true", "fence")
    }

    /// Lines that grow with what they enclose: for them KaTeX writes the signs of relations, which do not.
    var stretching: HTML {
        guard case .element(.mo, let attributes, _) = self, isFence || attributes.hasValue("true", "stretchy") else { return self }
        let line =
            switch plainText {
            case "∣": "|"
            case "∥": "‖"
            default: nil as String?
            }
        guard let line else { return self }
        let stretchy = attributes.hasValue("true", "stretchy") ? [] : [Attribute("stretchy", "true")]
        return .element(.mo, attributes + stretchy, [.text(line)])
    }

    /// The sign over or under a letter. The combining arrow of a vector would stand beside it; of a hat and a tilde
    /// fonts have the combining sign alone in several widths.
    var accent: HTML {
        guard case .element(.mo, let attributes, _) = self else { return self }
        let isWide = attributes.hasValue("true", "stretchy")
        return switch plainText {
        case "\u{20D7}": .element(.mo, attributes + [.init("stretchy", "false")], ["→"])
        case "^" where isWide: .element(.mo, attributes, ["\u{302}"])
        case "~" where isWide: .element(.mo, attributes, ["\u{303}"])
        default: self
        }
    }

    /// Whether it is a line, which no font has as wide as what it stands over.
    var isLine: Bool { plainText == "‾" }
}

// MARK: - Primes

extension HTML {
    /// A letter with primes, which fonts have raised already: a superscript would be raised and made small twice.
    /// What else stands above and below the letter stands above and below both.
    var primed: HTML {
        guard case .element(let tag, let attributes, let content) = self, tag == .msup || tag == .msubsup,
            let above = content.last
        else { return self }
        let signs = above.row
        let primes = signs.prefix { $0.plainText == "′" }
        guard !primes.isEmpty else { return self }
        let base = HTML(.mrow) { [content[0]] + primes }
        let rest = signs.dropFirst(primes.count)
        let scripts = (tag == .msubsup ? [content[1]] : []) + (rest.isEmpty ? [] : [HTML(.mrow) { Array(rest) }])
        guard !scripts.isEmpty else { return base }
        let remaining: Tag = scripts.count == 2 ? .msubsup : rest.isEmpty ? .msub : .msup
        return .element(remaining, attributes, [base] + scripts)
    }

    /// What stands side by side: the content of a row, or the element alone.
    private var row: [HTML] {
        if case .element(.mrow, _, let content) = self { content } else { [self] }
    }
}

// MARK: - Arrows

extension HTML {
    /// An arrow with words over or under it, as long as they are. Browsers know nothing of the room that KaTeX adds to the
    /// words, and go astray by the arrow's own when they stretch it: the room of a relation stands around both.
    var reaching: [HTML] {
        guard case .element(let tag, let attributes, let content) = self, [.mover, .munder, .munderover].contains(tag),
            case .element(.mo, let own, let sign)? = content.first, own.hasValue("true", "stretchy"),
            content.contains(where: { $0.roomy != nil })
        else { return [self] }
        let tight = [Attribute("stretchy", "true"), Attribute("lspace", "0em"), Attribute("rspace", "0em")]
        let space = HTML(.mspace, .attribute("width", "0.2778em"))
        let words = content.dropFirst().map { $0.roomy ?? $0 }
        return [space, .element(tag, attributes, [.element(.mo, tight, sign)] + words), space]
    }

    /// Words with the room that KaTeX gives them at both ends; nil for others.
    private var roomy: HTML? {
        guard case .element(.mpadded, let attributes, let content) = self,
            let room = attributes.first(where: { $0.name == "lspace" })?.value
        else { return nil }
        let space = HTML(.mspace, .attribute("width", room))
        return HTML(.mrow) { [space] + content + [space] }
    }
}

extension [Attribute] {
    fileprivate func hasValue(_ value: String, _ name: String) -> Bool { contains { $0.name == name && $0.value == value } }
}
