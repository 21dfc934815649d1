/// The tint behind a number: its size in nine steps, its sign in two colours of which one is lighter and has a notch, so
/// that both can be told in grey too.
struct Heat {
    /// The size that gets the full tint.
    let scale: Double

    static let levels = 8

    /// As strong as the largest of these, or as the least scale if that is larger.
    init(_ values: some Sequence<Double>, leastScale: Double = 0) {
        let greatest = values.reduce(leastScale) { $1.isFinite ? max($0, $1.magnitude) : $0 }
        scale = greatest == 0 ? 1 : greatest
    }

    /// `heat-p5`, `heat-n2`; nil for what is almost zero or no number.
    func className(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        // A gate that lies beyond its own bounds is not stronger than the strongest.
        let level = Int((min(value.magnitude / scale, 1) * Double(Self.levels)).nearestInteger)
        return Self.className(level: value < 0 ? -level : level)
    }

    /// - Parameter level: From −8 to 8.
    static func className(level: Int) -> String? {
        level == 0 ? nil : "heat-\(level < 0 ? "n" : "p")\(level.magnitude)"
    }
}

extension HTML {
    /// A cell of a picture with its tint; a notch in its corner says that the value is below zero.
    static func heatCell(
        at corner: Point, width: Double, height: Double, _ value: Double, _ heat: Heat, title: String? = nil
    ) -> HTML {
        let tint = heat.className(value)
        let cell = HTML(
            .rect, .class("cell", tint), .attribute("x", corner.x.coordinate), .attribute("y", corner.y.coordinate),
            .attribute("width", width.coordinate), .attribute("height", height.coordinate)
        ) {
            if let title { HTML(.title) { title } }
        }
        guard tint != nil, value < 0 else { return cell }
        let side = min(5, width / 2, height / 2)
        let foot = Point(x: corner.x, y: corner.y + height)
        let corners = [Point(x: foot.x, y: foot.y - side), foot, Point(x: foot.x + side, y: foot.y)]
        return HTML {
            cell
            HTML.path(corners.pathCommands + "Z", class: "notch")
        }
    }
}
