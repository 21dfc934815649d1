import Recurrent

/// The edges of a band around a line, at each of the line's places.
public typealias LineBand = (lower: AnyLineValues, upper: AnyLineValues)

/// Shows series as lines.
///
/// - Parameters:
///   - series: the values of each line, from the left to the right, under its name.
///   - positions: where the values lie on the x axis; 0, 1, 2 … if left out.
///   - bands: what lies around a line, under the line's name: `["loss": (lower, upper)]`.
///   - x: what the x axis tells.
///   - y: what the y axis tells.
///   - xRange: where the x axis begins and ends: `0...10`, `0...`; where the values do, if left out.
///   - yRange: where the y axis begins and ends.
///   - title: what the chart is called.
public func show<Values: LineValues>(
    lines series: KeyValuePairs<String, Values>, at positions: AnyLineValues? = nil,
    bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    record(
        series.map { ($0.key, $0.value.lineValues) }, at: positions, bands,
        lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows lines whose values are of different types: whole numbers, `Float`s, tensors, parts of arrays.
@_disfavoredOverload
public func show(
    lines series: KeyValuePairs<String, AnyLineValues>, at positions: AnyLineValues? = nil,
    bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    record(
        series.map { ($0.key, $0.value.lineValues) }, at: positions, bands,
        lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows series as lines, for a program that makes their list.
public func show<Values: LineValues>(
    lines series: [(name: String, values: Values)], at positions: AnyLineValues? = nil,
    bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    record(
        series.map { ($0.name, $0.values.lineValues) }, at: positions, bands,
        lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows a list of lines whose values are of different types.
@_disfavoredOverload
public func show(
    lines series: [(name: String, values: AnyLineValues)], at positions: AnyLineValues? = nil,
    bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    record(
        series.map { ($0.name, $0.values.lineValues) }, at: positions, bands,
        lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

// MARK: - Points

/// Shows lines through points: `show(lines: ["loss": [(1, 0.7), (10, 0.2)]])`, or of `zip(epochs, losses)`.
@_disfavoredOverload
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    lines series: KeyValuePairs<String, Points>, bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) where Points.Element == (X, Y) {
    record(
        series.map { .init(name: $0.key, x: $0.value.map { $0.0.lineNumber }, y: $0.value.map { $0.1.lineNumber }) },
        bands, lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows lines through points whose coordinates are named.
@_disfavoredOverload
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    lines series: KeyValuePairs<String, Points>, bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) where Points.Element == (x: X, y: Y) {
    record(
        series.map { .init(name: $0.key, x: $0.value.map { $0.x.lineNumber }, y: $0.value.map { $0.y.lineNumber }) },
        bands, lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows lines through points, for a program that makes their list.
@_disfavoredOverload
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    lines series: [(name: String, points: Points)], bands: KeyValuePairs<String, LineBand> = [:],
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) where Points.Element == (X, Y) {
    record(
        series.map { .init(name: $0.name, x: $0.points.map { $0.0.lineNumber }, y: $0.points.map { $0.1.lineNumber }) },
        bands, lineAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

// MARK: - Functions

/// Shows functions as lines over an interval: `show(lines: ["σ": sigmoid, "tanh": tanh], from: -4, through: 4)`.
public func show(
    lines functions: KeyValuePairs<String, (Double) -> Double>, from start: some LineNumber, through end: some LineNumber,
    x: String = "x", y: String = "", yScale: AxisScale = .linear, yRange: AnyAxisRange? = nil,
    title: String = "", size: ChartSize = .regular
) {
    let places = places(from: start.lineNumber, through: end.lineNumber)
    record(
        functions.map { .init(name: $0.key, x: places, y: places.map($0.value)) }, [:],
        lineAxes(x, y, .linear, yScale, nil, yRange), title, size)
}

/// Shows functions of `Float` as lines over an interval.
@_disfavoredOverload
public func show(
    lines functions: KeyValuePairs<String, (Float) -> Float>, from start: some LineNumber, through end: some LineNumber,
    x: String = "x", y: String = "", yScale: AxisScale = .linear, yRange: AnyAxisRange? = nil,
    title: String = "", size: ChartSize = .regular
) {
    let places = places(from: start.lineNumber, through: end.lineNumber).map { Double(Float($0)) }
    record(
        functions.map { function in
            .init(name: function.key, x: places, y: places.map { Double(function.value(Float($0))) })
        }, [:], lineAxes(x, y, .linear, yScale, nil, yRange), title, size)
}

/// Where a function is evaluated.
private func places(from start: Double, through end: Double) -> [Double] {
    let intervals = 120
    // Weighted means of the ends, so that both ends are met exactly.
    return (0...intervals).map { step in
        (start * Double(intervals - step) + end * Double(step)) / Double(intervals)
    }
}

// MARK: - Recording

private func lineAxes(
    _ x: String, _ y: String, _ xScale: AxisScale, _ yScale: AxisScale, _ xRange: AnyAxisRange?, _ yRange: AnyAxisRange?
) -> ChartAxes {
    ChartAxes(of: "show(lines:)", x: x, y: y, xScale: xScale, yScale: yScale, xRange: xRange, yRange: yRange)
}

private func record(
    _ series: [(name: String, values: [Double])], at positions: AnyLineValues?, _ bands: KeyValuePairs<String, LineBand>,
    _ axes: ChartAxes, _ title: String, _ size: ChartSize
) {
    let positions = positions?.lineValues
    let lines = series.map { name, values in
        let places = positions ?? values.indices.map { Double($0) }
        guard places.count == values.count else {
            fatalError(
                "show(lines:): the line \"\(name)\" needs a value at each of the \(places.count) positions; "
                    + "got \(values.count) values")
        }
        return LinesExhibit.Series(name: name, x: places, y: values)
    }
    record(lines, bands, axes, title, size)
}

private func record(
    _ series: [LinesExhibit.Series], _ bands: KeyValuePairs<String, LineBand>, _ axes: ChartAxes, _ title: String, _ size: ChartSize
) {
    var series = series
    for (name, edges) in bands {
        let band = LinesExhibit.Band(lower: edges.lower.lineValues, upper: edges.upper.lineValues)
        let lines = series.indices.filter { series[$0].name == name }
        if lines.isEmpty {
            fatalError("show(lines:): bands must name lines, of \(series.map { $0.name }.joined(separator: ", ")); got \"\(name)\"")
        }
        for line in lines {
            if let flaw = band.flaw(count: series[line].x.count) { fatalError("show(lines:): the band of \"\(name)\" \(flaw)") }
            series[line].band = band
        }
    }
    Recorder.current.show(LinesExhibit(series: series, x: axes.x, y: axes.y, title: title, size: size))
}

extension LinesExhibit.Band {
    /// Why it is no band of a line of so many points; nil where it is.
    package func flaw(count: Int) -> String? {
        if lower.count != count || upper.count != count {
            return "needs two edges with a value at each of the line's \(count) points; got \(lower.count) and \(upper.count)"
        }
        return zip(lower, upper).first { $0 > $1 }
            .map { "needs its lower edge first, and nowhere above the upper one; got \($0.0) and \($0.1)" }
    }
}

#if !hasFeature(Embedded)
/// For the compiler's message: without this, a wrong element type makes it speak of a fault of its own.
@available(
    *, unavailable,
    message: """
        a line is an array of Double, Float, Int or one-element tensors, a tensor, or (x, y) pairs of such numbers: \
        show(lines: ["loss": losses]); a band of it is two of them: bands: ["loss": (lower, upper)]
        """
)
@_disfavoredOverload
public func show(
    lines series: KeyValuePairs<String, Any>, at positions: Any? = nil, bands: Any? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    fatalError()
}
#endif
