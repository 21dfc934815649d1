/// An axis of a chart: what it tells, how its values are spaced, and where it ends if that is not left to the values.
package struct ChartAxis: Codable, Hashable, Sendable {
    package var label: String
    package var scale: AxisScale
    /// What lies beyond has no place in the chart; nil for an end that the values make.
    package var lower: Double?
    package var upper: Double?

    package init(label: String, scale: AxisScale = .linear, lower: Double? = nil, upper: Double? = nil) {
        self.label = label
        self.scale = scale
        self.lower = lower
        self.upper = upper
    }

    /// Why no chart can end there; nil where one can.
    package var flaw: String? {
        let ends = [lower, upper].compactMap { $0 }
        // Beyond, there is no room for the other end.
        if !ends.allSatisfy({ $0.magnitude <= 1e300 }) { return "must end at numbers of at most 1e300" }
        if scale == .logarithmic, ends.contains(where: { $0 < 1e-300 }) { return "must lie above zero on a logarithmic axis" }
        guard let lower, let upper else { return nil }
        // Closer ones no tick could tell apart.
        let size = max(lower.magnitude, upper.magnitude)
        return upper / 2 - lower / 2 > max(size * 1e-9, 1e-305) ? nil : "must have its ends apart"
    }
}

/// How the values of an axis are spaced.
public enum AxisScale: String, Codable, Hashable, Sendable {
    /// Equal differences are equally far apart.
    case linear
    /// Equal factors are equally far apart; what is not above zero has no place.
    case logarithmic
}

/// How large a chart is.
public enum ChartSize: String, Codable, Hashable, Sendable {
    /// As most are.
    case regular
    /// As wide as the text; on a telephone it is scrolled.
    case wide
    /// As wide as most and half as high again.
    case tall
}

// MARK: - Ranges

/// Where an axis begins and ends: `0...10`, or one end alone, `0...` or `...1`.
public protocol AxisRange {
    /// Where the axis begins; nil where the values say so.
    var lowerEnd: Double? { get }
    /// Where it ends; nil where the values say so.
    var upperEnd: Double? { get }
}

extension ClosedRange: AxisRange where Bound: LineNumber {
    public var lowerEnd: Double? { lowerBound.lineNumber }
    public var upperEnd: Double? { upperBound.lineNumber }
}

extension PartialRangeFrom: AxisRange where Bound: LineNumber {
    public var lowerEnd: Double? { lowerBound.lineNumber }
    public var upperEnd: Double? { nil }
}

extension PartialRangeThrough: AxisRange where Bound: LineNumber {
    public var lowerEnd: Double? { nil }
    public var upperEnd: Double? { upperBound.lineNumber }
}

#if hasFeature(Embedded)
/// A range whose type is not told: Embedded Swift has none but this.
public typealias AnyAxisRange = ClosedRange<Double>
#else
/// A range of an axis, whatever its type.
public typealias AnyAxisRange = any AxisRange
#endif

/// The axes of a chart as a call of `show` describes them.
struct ChartAxes {
    var x: ChartAxis
    var y: ChartAxis

    /// Ends the program where a range is none.
    init(
        of call: String, x: String, y: String, xScale: AxisScale = .linear, yScale: AxisScale = .linear,
        xRange: AnyAxisRange?, yRange: AnyAxisRange?
    ) {
        self.x = ChartAxis(label: x, scale: xScale, lower: xRange?.lowerEnd, upper: xRange?.upperEnd)
        self.y = ChartAxis(label: y, scale: yScale, lower: yRange?.lowerEnd, upper: yRange?.upperEnd)
        for (name, axis) in [("xRange", self.x), ("yRange", self.y)] {
            guard let flaw = axis.flaw else { continue }
            let ends = [axis.lower, axis.upper].map { $0.map { $0.description } ?? "" }
            fatalError("\(call): \(name) \(flaw); got \(ends[0])...\(ends[1])")
        }
    }
}
