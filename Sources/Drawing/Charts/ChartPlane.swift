import Exhibits

/// The field of a chart whose points have an x and a y: its axes, and what of the data lies on it.
struct ChartPlane {
    typealias Values = (x: Double, y: Double)

    let size: (width: Double, height: Double)
    let axes: Axes<ValueAxis, ValueAxis>
    private let (x, y): (ChartAxis, ChartAxis)
    private let words: PictureVocabulary

    static let top = 30.0
    /// Below the x axis there is room for its numbers and its label.
    static let foot = 44.0
    /// What the stylesheet sets at most, so that text has the room that it is given.
    static let fontSize = 13.0
    /// Of a name at the right, in ems.
    static let nameLimit = 10.0

    /// - Parameters:
    ///   - points: All for which there may be a place.
    ///   - spread: More values for which the y axis has to have room.
    ///   - names: What is written at the right.
    ///   - leader: The room between the points and the names that is needed to lead from ones to others.
    init(
        x: ChartAxis, y: ChartAxis, points: [Values], spread: [Double] = [], names: [String], leader: Double = 0,
        size: ChartSize, _ words: PictureVocabulary
    ) {
        (self.x, self.y, self.words) = (x, y, words)
        self.size = size.units
        let shown = points.filter { x.hasPlace($0.x) && y.hasPlace($0.y) }
        let places = shown.map { $0.x }
        let xScale = ChartScale(places, on: x, isTight: true, isWhole: places.allSatisfy { $0.rounded(.towardZero) == $0 })
        let yScale = ChartScale(shown.map { $0.y } + spread, on: y)
        let tickWidth = yScale.ticks.map { $0.label.widthInEms }.max() ?? 1
        let nameWidth = names.map { min($0.widthInEms, Self.nameLimit) }.max() ?? 0
        let start = 14 + tickWidth * Self.fontSize
        axes = Axes(
            x: ValueAxis(
                scale: xScale, start: start, end: max(start + 60, self.size.width - 14 - leader - nameWidth * Self.fontSize),
                label: x.named(words)),
            y: ValueAxis(scale: yScale, start: self.size.height - Self.foot, end: Self.top, label: y.named(words)))
    }

    var bottom: Double { axes.y.start }

    func hasPlace(_ values: Values) -> Bool { x.hasPlace(values.x) && y.hasPlace(values.y) }

    /// Where the values are in the picture, beyond its edges too; nil for what is on no axis.
    func point(_ values: Values) -> Point? {
        guard x.isOnScale(values.x), y.isOnScale(values.y) else { return nil }
        return Point(x: axes.x.boundedPlace(of: values.x), y: axes.y.boundedPlace(of: values.y))
    }

    /// The part of the picture in which points are.
    var field: Field { Field(left: axes.x.start, right: axes.x.end, top: axes.y.end, bottom: axes.y.start) }

    /// Around the points: the axes, or these and a word where there is no point.
    func frame(isEmpty: Bool) -> [HTML] {
        let middle = Point(x: (axes.x.start + axes.x.end) / 2, y: (axes.y.start + axes.y.end) / 2)
        return axes.html(width: size.width, fontSize: Self.fontSize)
            + (isEmpty ? [.text(words.noValues, at: middle, .middle, class: "quiet")] : [])
    }

    /// Tells each axis from its lower to its upper end.
    var ends: [String] {
        [(x, "x", axes.x), (y, "y", axes.y)].map { axis, letter, drawn in
            words.axis(
                axis.label.isEmpty ? letter : drawn.label, drawn.scale.lower.briefly, drawn.scale.upper.briefly)
        }
    }

    /// Names the values without a place in the chart.
    func undrawn(_ name: String, _ values: [Values]) -> String? {
        words.undrawn(name, values.filter { !hasPlace($0) }.map { "(\($0.x.briefly), \($0.y.briefly))" })
    }
}

extension ChartAxis {
    /// What it tells, and that it is logarithmic.
    fileprivate func named(_ words: PictureVocabulary) -> String {
        guard scale == .logarithmic else { return label }
        return label.isEmpty ? words.logarithmic : words.logarithmicAxis(label)
    }
}

extension ValueAxis {
    /// Where a value is, however far it lies beyond the ends: so far out, what is cut off at the edge is the same.
    fileprivate func boundedPlace(of value: Double) -> Double { min(1e6, max(-1e6, place(of: value))) }
}

extension PictureVocabulary {
    /// Names values that could not be drawn, the first of many; nil where there are none.
    func undrawn(_ name: String, _ values: [String]) -> String? {
        let most = 6
        guard !values.isEmpty else { return nil }
        return notDrawn(name, values.count, values.prefix(most).joined(separator: comma) + (values.count > most ? " …" : ""))
    }
}

extension Double {
    /// As a sentence shows it.
    var briefly: String { NumberFormat.brief.format(self).plainText }
}

// MARK: - Sizes

extension ChartSize {
    /// Width and height in the picture's units.
    var units: (width: Double, height: Double) {
        switch self {
        case .regular: (Picture.phoneWidth, 270)
        case .wide: (600, 270)
        case .tall: (Picture.phoneWidth, 400)
        }
    }
}

extension Picture {
    func html(chart size: ChartSize) -> HTML { html(size == .wide ? "chart wide" : "chart") }
}
