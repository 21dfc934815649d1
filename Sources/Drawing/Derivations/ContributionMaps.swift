import Exhibits

/// What each step adds to a gradient, and the sum, as small maps in the shape of the parameter: in the order of time, as
/// in the picture above them.
struct ContributionMaps {
    let gradient: DerivationExhibit.Gradient
    /// What counts the steps.
    let letter: String
    /// Steps that are shown in any case, for the title speaks of them.
    let told: [Int]

    private static let stepLimit = 8
    private static let sideLimit = 16

    func html(_ words: ExhibitVocabulary) -> HTML {
        let heat = Heat((gradient.contributions + [gradient.sum]).flatMap { $0.values })
        let steps = Elision.indices(of: gradient.contributions.count, limit: Self.stepLimit, keeping: told)
        return HTML(.span, .class("maps")) {
            zip(0..., steps).flatMap { place, step -> [HTML] in
                let sign = place == 0 ? HTML.empty : HTML(.span, .class("map-sign")) { "+" }
                guard let step = step.index else { return [sign, HTML(.span, .class("map-sign")) { "⋯" }] }
                return [sign, map(gradient.contributions[step], "\(letter) = \(step + 1)", heat)]
            }
            HTML(.span, .class("map-sign")) { "=" }
            map(gradient.sum, "Σ", heat)
        }
    }

    private func map(_ numbers: DerivationExhibit.Numbers, _ name: String, _ heat: Heat) -> HTML {
        let rows = numbers.shape.first ?? 1, columns = numbers.shape.count > 1 ? numbers.shape[1] : 1
        let shownRows = Elision.indices(of: rows, limit: Self.sideLimit)
        let shownColumns = Elision.indices(of: columns, limit: Self.sideLimit)
        let side = max(shownRows.count, shownColumns.count) > 8 ? 7.0 : 12
        let cells = zip(0..., shownRows).flatMap { y, row in
            zip(0..., shownColumns).map { x, column -> HTML in
                let corner = Point(x: Double(x) * side, y: Double(y) * side)
                guard let row = row.index, let column = column.index else {
                    return .circle(at: Point(x: corner.x + side / 2, y: corner.y + side / 2), radius: 0.75, class: "branch")
                }
                let value = numbers.values[row * columns + column]
                return .heatCell(at: corner, width: side, height: side, value, heat)
            }
        }
        return HTML(.span, .class("map")) {
            HTML(
                .svg, .class("picture", "map-picture"), .attribute("aria-hidden", "true"),
                .attribute(
                    "viewBox",
                    "0 0 \((Double(shownColumns.count) * side).coordinate) \((Double(shownRows.count) * side).coordinate)"),
                .attribute("width", (Double(shownColumns.count) * side).coordinate),
                .attribute("height", (Double(shownRows.count) * side).coordinate)
            ) { cells }
            HTML(.span, .class("map-name")) { name }
        }
    }
}
