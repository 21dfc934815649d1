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

/// Numbers that a chart has places for: an array, a part of one, a range, or a tensor.
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

#if hasFeature(Embedded)
/// Values of a line whose type is not told: Embedded Swift has none but these.
public typealias AnyLineValues = [Double]
#else
/// Values of a line, whatever their type.
public typealias AnyLineValues = any LineValues
#endif
