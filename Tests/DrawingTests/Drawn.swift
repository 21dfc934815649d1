import Drawing

/// Exhibits drawn for the tests.
enum Drawn {
    static func html(_ exhibit: some Drawable, words: ExhibitVocabulary = .english) -> HTML {
        exhibit.html(ExhibitStyle(words: words))
    }

    static func markup(_ exhibit: some Drawable, words: ExhibitVocabulary = .english) -> String {
        html(exhibit, words: words).markup
    }
}

extension HTML {
    /// The formulas in it, by the source that each keeps.
    var formulas: [Formula] {
        switch self {
        case .element(.math, let attributes, let content):
            content.flatMap(\.annotations).map { Formula($0, isDisplay: attributes.contains { $0.name == "display" }) }
        case .element(_, _, let content), .fragment(let content): content.flatMap(\.formulas)
        case .text, .trusted, .formula: []
        }
    }

    /// The sources of formulas that are not typeset.
    var untypeset: [String] {
        switch self {
        case .element(.code, [Attribute("class", "tex")], let content): [HTML.fragment(content).markup]
        case .element(_, _, let content), .fragment(let content): content.flatMap(\.untypeset)
        case .text, .trusted, .formula: []
        }
    }

    private var annotations: [String] {
        switch self {
        case .element(.annotation, _, let content):
            [content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()]
        case .element(_, _, let content), .fragment(let content): content.flatMap(\.annotations)
        case .text, .trusted, .formula: []
        }
    }
}
