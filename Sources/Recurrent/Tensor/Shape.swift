/// How long a tensor is along each of its axes: `[2, 3]` for two rows of three.
///
/// Its description is `(2, 3)`; a tensor of one value has shape `()`.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, RandomAccessCollection {
    private let lengths: [Int]

    /// Every length must be 0 or more, and the product of all a number that `Int` can hold.
    public init(_ lengths: [Int]) {
        require(
            lengths.allSatisfy { $0 >= 0 },
            "Shape", "every axis must have a length of 0 or more", got: Self.description(of: lengths)
        )
        // Zeros aside, lest they hide what no stride could count.
        var count = (places: 1, isTooLarge: false)
        for length in lengths where length > 1 && !count.isTooLarge {
            (count.places, count.isTooLarge) = count.places.multipliedReportingOverflow(by: length)
        }
        require(
            !count.isTooLarge, "Shape", "a tensor can have at most \(Int.max) places", got: Self.description(of: lengths)
        )
        self.lengths = lengths
    }

    public init(arrayLiteral elements: Int...) {
        self.init(elements)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { lengths.count }

    /// The length along an axis. Ends the program unless the axis is in 0..<`count`.
    public subscript(axis: Int) -> Int {
        require(lengths.indices.contains(axis), "Shape \(self)", "axis must be in 0..<\(lengths.count)", got: "\(axis)")
        return lengths[axis]
    }

    /// The number of values of a tensor of this shape.
    public var elementCount: Int {
        lengths.reduce(1, *)
    }

    /// The axis counted from the start, where negative ones count from the end. Ends the program if there is no such axis.
    func axis(_ axis: Int, _ who: @autoclosure () -> String) -> Int {
        require(!isEmpty, who(), "needs a tensor with an axis", got: "a single value, of shape \(self)")
        require(
            axis >= -count && axis < count, who(), "axis must be in \(-count)..<\(count) for shape \(self)", got: "\(axis)"
        )
        return axis < 0 ? axis + count : axis
    }

    /// For every axis, how far apart neighbours along it lie in row-major order.
    var strides: [Int] {
        var strides = [Int](repeating: 1, count: lengths.count)
        for axis in lengths.indices.dropLast().reversed() {
            strides[axis] = strides[axis + 1] * lengths[axis + 1]
        }
        return strides
    }

    /// All places that one of each axis's offsets lead to, row by row.
    static func places(_ offsets: [[Int]]) -> [Int] {
        offsets.reduce([0]) { places, steps in places.flatMap { start in steps.map { start + $0 } } }
    }

    func replacing(axis: Int, with length: Int) -> Shape {
        var changed = lengths
        changed[axis] = length
        return Shape(changed)
    }

    func removing(axis: Int) -> Shape {
        var changed = lengths
        changed.remove(at: axis)
        return Shape(changed)
    }

    func inserting(_ length: Int, at axis: Int) -> Shape {
        var changed = lengths
        changed.insert(length, at: axis)
        return Shape(changed)
    }

    /// Lengths as a shape prints them, whether or not a tensor could have them.
    static func description(of lengths: [Int]) -> String {
        var text = "("
        for (axis, length) in lengths.enumerated() {
            text += axis == 0 ? "\(length)" : ", \(length)"
        }
        return text + ")"
    }
}

extension Shape: CustomStringConvertible {
    public var description: String { Self.description(of: lengths) }
}
