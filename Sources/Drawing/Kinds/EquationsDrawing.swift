import Exhibits

/// The equations one below the other.
extension EquationsExhibit: Drawable {
    package var flaw: String? { Rule.broken(Rule.formulas(equations)) }

    /// Each equation begins with what it defines.
    package var quantities: [QuantitySymbol] {
        [QuantitySymbol("x")]
            + equations.compactMap { equation in
                equation.firstRange(of: "_t").map { QuantitySymbol(String(equation[..<$0.lowerBound])) }
            }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "equations")) {
            HTML(.p, .class("exhibit-title")) { style.words.layers.name(name, variants) }
            if !equations.isEmpty {
                HTML(.p, .class("way-in")) {
                    style.words.layers.readers(
                        equations.count { $0.contains("x_t") }, equations.count { $0.contains("_{t-1}") }, equations.count)
                }
            }
            HTML.scrollable(named: style.words.equation) { Formula.aligned(equations: equations).html }
        }
    }
}
