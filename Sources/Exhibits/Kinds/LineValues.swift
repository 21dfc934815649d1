import Recurrent

/// A number that a chart has a place for: `Double`, `Float`, `Int`, or a tensor of one element, such as a loss.
public protocol LineNumber {
    /// Where it lies on its axis.
    var lineNumber: Double { get }
}

extension Double: LineNumber {
    public var lineNumber: Double { self }
}

extension Float: LineNumber {
    public var lineNumber: Double { Double(self) }
}

extension Int: LineNumber {
    public var lineNumber: Double { Double(self) }
}

extension Tensor: LineNumber {
    public var lineNumber: Double { item }
}

/// The values of a line: an array, a part of one, a range, or a tensor.
public protocol LineValues {
    /// Where they lie on the y axis, from the left to the right.
    var lineValues: [Double] { get }
}

extension Array: LineValues where Element: LineNumber {
    public var lineValues: [Double] { map { $0.lineNumber } }
}

extension ArraySlice: LineValues where Element: LineNumber {
    public var lineValues: [Double] { map { $0.lineNumber } }
}

extension Range: LineValues where Bound == Int {
    public var lineValues: [Double] { map { $0.lineNumber } }
}

extension ClosedRange: LineValues where Bound == Int {
    public var lineValues: [Double] { map { $0.lineNumber } }
}

extension Tensor: LineValues {
    public var lineValues: [Double] { values }
}

// MARK: - What a line cannot be made of

/// For the compiler's message: without this, a wrong element type makes it speak of a fault of its own.
@available(
    *, unavailable,
    message: """
        a line is an array of Double, Float, Int or one-element tensors, a tensor, or (x, y) pairs of such numbers: \
        show(lines: ["loss": losses])
        """
)
@_disfavoredOverload
public func show(
    lines series: KeyValuePairs<String, Any>, at positions: Any? = nil,
    x: String = "", y: String = "", xScale: AxisScale = .linear, yScale: AxisScale = .linear
) {
    fatalError()
}
