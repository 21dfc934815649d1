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

    /// The sign over or under a letter. The combining arrow of a vector would stand beside it.
    var accent: HTML {
        guard case .element(.mo, let attributes, _) = self, plainText == "\u{20D7}" else { return self }
        return .element(.mo, attributes + [.init("stretchy", "false")], ["→"])
    }

    /// Whether it is a line, which no font has as wide as what it stands over.
    var isLine: Bool { plainText == "‾" }
}

extension [Attribute] {
    fileprivate func hasValue(_ value: String, _ name: String) -> Bool { contains { $0.name == name && $0.value == value } }
}
