/// What tells a series from the others without its colour: a dash and a marker.
struct SeriesMark {
    let index: Int
    /// How many there are; then they begin again.
    static let count = 8

    init(_ index: Int) { self.index = index }

    /// Dash and colour are the stylesheet's.
    var className: String { "series-\(index % Self.count + 1)" }

    /// A circle, a square, a triangle, a diamond, a cross, a plus, a triangle on its tip, an hourglass; the ninth series has the
    /// first's colour and dash with another marker.
    func outline(at point: Point) -> String {
        func outline(_ corners: (Double, Double)...) -> String {
            corners.map { Point(x: point.x + $0.0, y: point.y + $0.1) }.pathCommands + "Z"
        }
        return switch (index + index / Self.count) % Self.count {
        case 0: "M\(Point(x: point.x - 3, y: point.y).text) a3 3 0 1 0 6 0 a3 3 0 1 0 -6 0Z"
        case 1: outline((-2.8, -2.8), (2.8, -2.8), (2.8, 2.8), (-2.8, 2.8))
        case 2: outline((0, -3.8), (3.6, 2.6), (-3.6, 2.6))
        case 3: outline((0, -4.2), (4.2, 0), (0, 4.2), (-4.2, 0))
        case 4: outline((-4, -3), (-3, -4), (0, -1), (3, -4), (4, -3), (1, 0), (4, 3), (3, 4), (0, 1), (-3, 4), (-4, 3), (-1, 0))
        case 5:
            outline(
                (-1, -4), (1, -4), (1, -1), (4, -1), (4, 1), (1, 1), (1, 4), (-1, 4), (-1, 1), (-4, 1), (-4, -1), (-1, -1))
        case 6: outline((0, 3.8), (3.6, -2.6), (-3.6, -2.6))
        default: outline((-3.6, -3.8), (3.6, -3.8), (0.8, 0), (3.6, 3.8), (-3.6, 3.8), (-0.8, 0))
        }
    }
}

extension HTML {
    /// The name of a series in its colour; the whole of it as a tooltip where it was cut.
    /// Its lines stand on both sides of the point's height.
    static func seriesName(_ name: WrappedName, at point: Point, _ mark: SeriesMark, _ anchor: Anchor = .start) -> HTML {
        let first = point.y - height(ofNameLines: name.lines.count - 1) / 2
        return HTML(
            .text, .class("series-name", mark.className), .attribute("data-quantity", QuantitySymbol.letter(of: name.full)),
            .attribute("x", point.x.coordinate), .attribute("y", first.coordinate),
            anchor == .start ? nil : .attribute("text-anchor", anchor.rawValue)
        ) {
            if name.isCut { HTML(.title) { name.full } }
            for (index, line) in zip(0..., name.lines) {
                if index == 0 {
                    line
                } else {
                    HTML(
                        .tspan, .attribute("x", point.x.coordinate),
                        .attribute("y", (first + height(ofNameLines: index)).coordinate)
                    ) { " " + line }
                }
            }
        }
    }
}
