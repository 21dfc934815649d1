/// TeX to be typeset, in a line of text or on a line of its own.
package struct Formula: Hashable, Codable, Sendable {
    package var tex: String
    package var isDisplay: Bool

    package init(_ tex: String, isDisplay: Bool = false) {
        self.tex = tex
        self.isDisplay = isDisplay
    }
}

/// Formulas as elements.
package struct Typesetting: Sendable {
    let mathML: [Formula: String]

    package init(mathML: [Formula: String]) {
        self.mathML = mathML
    }

    /// A formula that was not typeset, as when its TeX is at fault, shows its source.
    package func html(_ formula: Formula) -> HTML {
        mathML[formula].map { .trusted($0) } ?? HTML(.code, .class("tex")) { formula.tex }
    }
}
