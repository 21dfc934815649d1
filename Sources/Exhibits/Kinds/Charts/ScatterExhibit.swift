import Recurrent

/// Points of one or more series: `show(scatter: ["A": points, "B": points], x: "height", y: "weight")`.
package struct ScatterExhibit: Codable, Hashable, Sendable {
    package struct Series: Codable, Hashable, Sendable {
        package var name: String
        package var x: [Double]
        /// As many as `x`.
        package var y: [Double]

        package init(name: String, x: [Double], y: [Double]) {
            self.name = name
            self.x = x
            self.y = y
        }
    }

    package var title: String
    package var size: ChartSize
    package var series: [Series]
    package var x: ChartAxis
    package var y: ChartAxis

    package init(series: [Series], x: ChartAxis, y: ChartAxis, title: String = "", size: ChartSize = .regular) {
        self.title = title
        self.size = size
        self.series = series
        self.x = x
        self.y = y
    }
}

extension ScatterExhibit: ExhibitContent {
    package static var kind: String { "scatter" }

    /// For the terminal: one series a line.
    package var terminalText: String {
        series.map { "\($0.name): " + zip($0.x, $0.y).map { "(\($0), \($1))" }.joined(separator: " ") }.titled(title)
    }
}

// MARK: - Showing

/// Shows points, those of each name with a mark of their own: `show(scatter: ["A": [(1, 0.7), (10, 0.2)]])`, or
/// `zip(heights, weights)`.
///
/// - Parameters:
///   - x: what the x axis tells.
///   - y: what the y axis tells.
///   - xRange: where the x axis begins and ends: `0...10`, `0...`; where the points do, if left out.
///   - yRange: where the y axis begins and ends.
///   - title: what the chart is called.
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    scatter series: KeyValuePairs<String, Points>,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) where Points.Element == (X, Y) {
    record(
        series.map { .init(name: $0.key, x: $0.value.map { $0.0.lineNumber }, y: $0.value.map { $0.1.lineNumber }) },
        scatterAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows points whose coordinates are named.
@_disfavoredOverload
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    scatter series: KeyValuePairs<String, Points>,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) where Points.Element == (x: X, y: Y) {
    record(
        series.map { .init(name: $0.key, x: $0.value.map { $0.x.lineNumber }, y: $0.value.map { $0.y.lineNumber }) },
        scatterAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

/// Shows the rows of tensors (n, 2) as points.
public func show(
    scatter series: KeyValuePairs<String, Tensor>,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    let points = series.map { name, tensor in
        guard tensor.shape.count == 2, tensor.shape[1] == 2 else {
            fatalError("show(scatter:): the points \"\(name)\" must have shape (n, 2); got \(tensor.shape)")
        }
        let rows = tensor.matrixRows
        return ScatterExhibit.Series(name: name, x: rows.map { $0[0] }, y: rows.map { $0[1] })
    }
    record(points, scatterAxes(x, y, xScale, yScale, xRange, yRange), title, size)
}

#if !hasFeature(Embedded)
/// For the compiler's message: without this, points that are none make it speak of a fault of its own.
@available(
    *, unavailable,
    message: """
        points are (x, y) pairs of Double, Float, Int or one-element tensors, or a tensor of shape (n, 2): \
        show(scatter: ["A": zip(heights, weights)])
        """
)
@_disfavoredOverload
public func show(
    scatter series: KeyValuePairs<String, Any>,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear,
    xRange: AnyAxisRange? = nil, yRange: AnyAxisRange? = nil, title: String = "", size: ChartSize = .regular
) {
    fatalError()
}
#endif

private func scatterAxes(
    _ x: String, _ y: String, _ xScale: AxisScale, _ yScale: AxisScale, _ xRange: AnyAxisRange?, _ yRange: AnyAxisRange?
) -> ChartAxes {
    ChartAxes(of: "show(scatter:)", x: x, y: y, xScale: xScale, yScale: yScale, xRange: xRange, yRange: yRange)
}

private func record(_ series: [ScatterExhibit.Series], _ axes: ChartAxes, _ title: String, _ size: ChartSize) {
    Recorder.current.show(ScatterExhibit(series: series, x: axes.x, y: axes.y, title: title, size: size))
}
