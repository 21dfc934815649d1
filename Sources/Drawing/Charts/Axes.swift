/// The two axes of a chart: where in the picture its values and names lie, and what is written beside them.
struct Axes<X, Y> {
    var x: X
    var y: Y
}

/// An axis of numbers, each at its place.
struct ValueAxis {
    let scale: ChartScale
    /// Where in the picture the scale's lower end is, and its upper one.
    let start: Double
    let end: Double
    var label = ""

    func place(of value: Double) -> Double { start + scale.fraction(of: value) * (end - start) }
}

/// An axis of names, each with a band of the same size.
struct NameAxis {
    let names: [String]
    /// Where in the picture the first band begins.
    let start: Double
    let size: Double
    /// Names after which there is a gap.
    var gaps: Set<Int> = []
    var gap = 0.0

    var indices: Range<Int> { 0..<names.count }
    var end: Double { start(of: names.count) }

    func start(of index: Int) -> Double { start + Double(index) * size + Double(gaps.count { $0 < index }) * gap }
    func middle(of index: Int) -> Double { start(of: index) + size / 2 }
}

// MARK: - Numbers against numbers

extension Axes where X == ValueAxis, Y == ValueAxis {
    func point(_ x: Double, _ y: Double) -> Point { Point(x: self.x.place(of: x), y: self.y.place(of: y)) }

    /// The lines with their ticks; rules across the chart at those of the y axis.
    func html(width: Double, fontSize: Double) -> [HTML] {
        let label = y.label.fitting(ems: (width - 4) / fontSize)
        return rules + marks(width: width, fontSize: fontSize) + [.text(label, at: Point(x: 2, y: 14), class: "axis-label")]
    }

    /// Rules across the chart, with their numbers.
    var rules: [HTML] {
        y.scale.ticks.flatMap { tick -> [HTML] in
            let y = y.place(of: tick.value)
            return [
                .line(from: Point(x: x.start, y: y), to: Point(x: x.end, y: y), class: "grid"),
                .text(tick.label, at: Point(x: x.start - 6, y: y + 4), .end, class: "tick"),
            ]
        }
    }

    /// The x axis with its numbers and what it tells, within a picture of this width.
    func marks(width: Double, fontSize: Double) -> [HTML] {
        let middle = (x.start + x.end) / 2
        let label = x.label.fitting(ems: 2 * min(middle, width - middle) / fontSize)
        return xTicks(fontSize: fontSize).flatMap { tick -> [HTML] in
            let (x, half) = (x.place(of: tick.value), tick.label.widthInEms * fontSize / 2)
            return [
                .line(from: Point(x: x, y: y.start), to: Point(x: x, y: y.start + 5), class: "axis"),
                .text(tick.label, at: Point(x: max(half, min(x, width - half)), y: y.start + 19), .middle, class: "tick"),
            ]
        } + [
            .line(from: Point(x: x.start, y: y.start), to: Point(x: x.end, y: y.start), class: "axis"),
            .text(label, at: Point(x: middle, y: y.start + 38), .middle, class: "axis-label"),
        ]
    }

    /// Those of the x axis, as many as there is room for.
    private func xTicks(fontSize: Double) -> [ChartScale.Tick] {
        let ticks = x.scale.ticks
        let widest = ticks.map { $0.label.widthInEms }.max() ?? 1
        let room = max(1, Int((x.end - x.start) / ((widest + 1) * fontSize)))
        let stride = (ticks.count + room - 1) / room
        return zip(0..., ticks).filter { $0.0 % max(1, stride) == 0 }.map { $0.1 }
    }
}

// MARK: - Names at the left

extension Axes where X == ValueAxis, Y == NameAxis {
    /// The line from which the bars go out.
    var zero: HTML {
        .line(from: Point(x: x.place(of: 0), y: y.start), to: Point(x: x.place(of: 0), y: y.end), class: "axis")
    }
}

// MARK: - Names at the left and above

extension Axes where X == NameAxis, Y == NameAxis {
    func corner(row: Int, column: Int) -> Point { Point(x: x.start(of: column), y: y.start(of: row)) }

    /// Where text stands in the middle of a cell.
    func middle(row: Int, column: Int) -> Point { Point(x: x.middle(of: column), y: y.middle(of: row) + 4) }
}
