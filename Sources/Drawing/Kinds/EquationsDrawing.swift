import Exhibits

/// The equations one below the other.
extension EquationsExhibit: Drawable {
    package var formulas: [Formula] { [.aligned(equations: equations)] }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "equations")) {
            HTML(.p, .class("exhibit-title")) { name }
            HTML.scrollable(named: style.words.equation) { style.typesetting.html(.aligned(equations: equations)) }
        }
    }
}
