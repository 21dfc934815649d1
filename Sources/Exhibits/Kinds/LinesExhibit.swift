import Recurrent

/// A line chart of one or more series: `show(lines: ["loss": losses], x: "epoch")`.
package struct LinesExhibit: Codable, Hashable, Sendable {
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

    package struct Axis: Codable, Hashable, Sendable {
        package var label: String
        package var scale: AxisScale

        package init(label: String, scale: AxisScale = .linear) {
            self.label = label
            self.scale = scale
        }
    }

    package var series: [Series]
    package var x: Axis
    package var y: Axis

    package init(series: [Series], x: Axis, y: Axis) {
        self.series = series
        self.x = x
        self.y = y
    }
}

/// How the values of an axis are spaced.
public enum AxisScale: String, Codable, Hashable, Sendable {
    /// Equal differences are equally far apart.
    case linear
    /// Equal factors are equally far apart; what is not above zero has no place.
    case logarithmic
}

extension LinesExhibit: ExhibitContent {
    package static var kind: String { "lines" }

    /// For the terminal: one series a line.
    package var terminalText: String {
        series.map { "\($0.name): " + zip($0.x, $0.y).map { "(\($0), \($1))" }.joined(separator: " ") }
            .joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows series as lines.
///
/// - Parameters:
///   - series: the values of each line, from the left to the right, under its name.
///   - positions: where the values lie on the x axis; 0, 1, 2 … if left out.
///   - x: what the x axis tells.
///   - y: what the y axis tells.
public func show(
    lines series: KeyValuePairs<String, [Double]>, at positions: [Double]? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) {
    show(lines: series.map { ($0.key, $0.value) }, at: positions, x: x, y: y, xScale: xScale, yScale: yScale)
}

/// Shows the values of tensors as lines.
public func show(
    lines series: KeyValuePairs<String, Tensor>, at positions: Tensor? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) {
    show(
        lines: series.map { ($0.key, $0.value.values) }, at: positions?.values,
        x: x, y: y, xScale: xScale, yScale: yScale)
}

/// Shows functions as lines over an interval: `show(lines: ["σ": sigmoid, "tanh": tanh], from: -4, through: 4)`.
public func show(
    lines functions: KeyValuePairs<String, (Double) -> Double>, from start: Double, through end: Double,
    x: String = "x", y: String = "", yScale: AxisScale = .linear
) {
    let intervals = 120
    // Weighted means of the ends, so that both ends are met exactly.
    let positions = (0...intervals).map { step in
        (start * Double(intervals - step) + end * Double(step)) / Double(intervals)
    }
    show(lines: functions.map { ($0.key, positions.map($0.value)) }, at: positions, x: x, y: y, yScale: yScale)
}

#if !hasFeature(Embedded)
/// Shows lines whose values are of different types: whole numbers, `Float`s, tensors, parts of arrays.
@_disfavoredOverload
public func show(
    lines series: KeyValuePairs<String, any LineValues>, at positions: (any LineValues)? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) {
    show(
        lines: series.map { ($0.key, $0.value.lineValues) }, at: positions?.lineValues,
        x: x, y: y, xScale: xScale, yScale: yScale)
}
#endif

/// Shows lines through points: `show(lines: ["loss": [(1, 0.7), (10, 0.2)]])`, or of `zip(epochs, losses)`.
@_disfavoredOverload
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    lines series: KeyValuePairs<String, Points>,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) where Points.Element == (X, Y) {
    record(
        series.map { name, points in
            .init(name: name, x: points.map { $0.0.lineNumber }, y: points.map { $0.1.lineNumber })
        }, x: .init(label: x, scale: xScale), y: .init(label: y, scale: yScale))
}

/// Shows lines through points whose coordinates are named.
@_disfavoredOverload
public func show<Points: Sequence, X: LineNumber, Y: LineNumber>(
    lines series: KeyValuePairs<String, Points>,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) where Points.Element == (x: X, y: Y) {
    record(
        series.map { name, points in
            .init(name: name, x: points.map { $0.x.lineNumber }, y: points.map { $0.y.lineNumber })
        }, x: .init(label: x, scale: xScale), y: .init(label: y, scale: yScale))
}

/// Shows series as lines, for a program that makes their list.
public func show(
    lines series: [(name: String, values: [Double])], at positions: [Double]? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) {
    let lines = series.map { name, values in
        let places = positions ?? values.indices.map(Double.init)
        guard places.count == values.count else {
            fatalError(
                "show(lines:): the line \"\(name)\" needs a value at each of the \(places.count) positions; "
                    + "got \(values.count) values")
        }
        return LinesExhibit.Series(name: name, x: places, y: values)
    }
    record(lines, x: .init(label: x, scale: xScale), y: .init(label: y, scale: yScale))
}

#if !hasFeature(Embedded)
/// Shows series of other numbers as lines, for a program that makes their list.
@_disfavoredOverload
public func show<Values: LineValues>(
    lines series: [(name: String, values: Values)], at positions: (any LineValues)? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) {
    show(
        lines: series.map { ($0.name, $0.values.lineValues) }, at: positions?.lineValues,
        x: x, y: y, xScale: xScale, yScale: yScale)
}
#endif

private func record(_ series: [LinesExhibit.Series], x: LinesExhibit.Axis, y: LinesExhibit.Axis) {
    Recorder.current.show(LinesExhibit(series: series, x: x, y: y))
}
