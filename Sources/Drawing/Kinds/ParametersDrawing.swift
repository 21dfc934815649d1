import Exhibits

/// A row for each parameter with its shape and count, the formula of the count where its sizes have names, and the total.
extension ParametersExhibit: Drawable {
    private static let rowLimit = 60

    package var flaw: String? {
        Rule.broken(Rule.shapes(rows.map { $0.shape }), Rule.formulas((rows.map { $0.formula } + [formula]).compactMap { $0 }))
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        return HTML(.div, .class("exhibit", "parameters")) {
            HTML(.p, .class("exhibit-title")) { HTML(.code) { layer } }
            if let wayIn = wayIn(words.layers) { HTML.wayIn(wayIn, isChinese: words.wayIn.isChinese) }
            HTML.scrollable(named: words.layers.parameter) { table(style) }
            if !sizes.isEmpty { HTML(.p, .class("sizes")) { sizes.map { $0.html(words.layers) } } }
        }
    }

    /// Where most of the numbers are; nil where there is one parameter, or none.
    private func wayIn(_ words: LayerVocabulary) -> String? {
        let most = rows.map { $0.count }.max() ?? 0, largest = rows.filter { $0.count == most }
        guard rows.count > 1, most > 0 else { return nil }
        return largest.count == 1
            ? words.largestParameter(largest[0].name, most, total) : words.largestParameters(largest.count, most, total)
    }

    private var hasFormulas: Bool { rows.contains { $0.formula != nil } }

    private func table(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let headings = [words.layers.parameter, words.shape, hasFormulas ? words.layers.formula : nil].compactMap { $0 }
        return HTML(.table) {
            HTML(.thead) {
                HTML(.tr) {
                    headings.map { heading in HTML(.th, .scope("col")) { heading } }
                    HTML(.th, .scope("col"), .class("trailing")) { words.layers.count }
                }
            }
            HTML(.tbody) {
                Elision.indices(of: rows.count, limit: Self.rowLimit).map { index in
                    switch index {
                    case .shown(let index): html(rows[index], style)
                    case .leftOut(let count):
                        HTML(.tr) {
                            HTML(.td, .class("left-out"), .span(columns: headings.count + 1)) { "⋮ " + words.leftOut(count) }
                        }
                    }
                }
            }
            HTML(.tbody, .class("total")) {
                HTML(.tr) {
                    HTML(.th, .scope("row"), .span(columns: 2)) { words.layers.total }
                    if hasFormulas { HTML(.td) { formula.map { Formula($0).html } } }
                    HTML(.td, .class("trailing")) { "\(total)" }
                }
            }
        }
    }

    private func html(_ row: Row, _ style: ExhibitStyle) -> HTML {
        HTML(.tr) {
            HTML(.th, .scope("row")) { HTML(.code) { row.name } }
            HTML(.td, .class("shape")) { row.shape.shapeText }
            if hasFormulas { HTML(.td) { row.formula.map { Formula($0).html } } }
            HTML(.td, .class("trailing")) { "\(row.count)" }
        }
    }
}
