/// An array of doubles with any number of axes, stored row by row.
///
/// A tensor is an object, as in PyTorch: two names can stand for the same one, and
/// `x.requiresGradient = true` works on a `let`. The operations leave their operands alone and give new tensors.
public final class Tensor {
    /// How long it is along each axis.
    public let shape: Shape

    /// Row-major: the last axis varies fastest.
    public internal(set) var values: [Double]

    /// Whether a subscript gave this tensor: a copy, in which an assignment would be lost on the whole.
    var isPart = false

    /// Where the gradient gathers; nil where none is asked for.
    var slot: GradientSlot?

    /// `Tensor(shape: [2, 2], values: [1, 2, 3, 4])`
    ///
    /// Ends the program if there are not as many values as `shape` has places.
    public init(shape: Shape, values: [Double]) {
        require(
            values.count == shape.elementCount,
            "Tensor(shape: \(shape), values:)", "needs \(shape.elementCount) values", got: "\(values.count)"
        )
        self.shape = shape
        self.values = values
    }

    /// The value of a tensor of one element, whatever its shape.
    public var item: Double {
        require(values.count == 1, "Tensor.item", "the tensor must have one value", got: "shape \(shape)")
        return values[0]
    }

    /// A tensor of the same values that takes no part in differentiation.
    public func detached() -> Tensor {
        Tensor(shape: shape, values: values)
    }

    /// A tensor of the same values, to be changed apart from this one; gradients flow back through it.
    public func clone() -> Tensor {
        Tensor(shape: shape, values: values, from: self) { g in g }
    }

    /// ``detached()`` under PyTorch's name.
    public func detach() -> Tensor { detached() }

    /// Whether both have the same shape and no two values differ by more than `tolerance`.
    ///
    /// NaN is close to nothing; an infinity only to itself.
    public func isClose(to other: Tensor, within tolerance: Double = 1e-9) -> Bool {
        shape == other.shape && zip(values, other.values).allSatisfy { $0 == $1 || ($0 - $1).magnitude <= tolerance }
    }
}

// MARK: - From nested arrays

extension Tensor {
    /// One value, of shape `()`.
    public convenience init(_ value: Double) {
        self.init(shape: [], values: [value])
    }

    /// A vector: `Tensor([1, 2, 3])`.
    public convenience init(_ vector: [Double]) {
        self.init(shape: [vector.count], values: vector)
    }

    /// A matrix, row by row. All rows must be of one length.
    public convenience init(_ rows: [[Double]]) {
        self.init(stacking: rows.map { Tensor($0) })
    }

    /// Three axes, for instance (L, N, features). All parts must be of one shape.
    public convenience init(_ parts: [[[Double]]]) {
        self.init(stacking: parts.map { Tensor($0) })
    }

    /// Four axes. All parts must be of one shape.
    public convenience init(_ parts: [[[[Double]]]]) {
        self.init(stacking: parts.map { Tensor($0) })
    }

    /// `Tensor(count)`
    @_disfavoredOverload
    public convenience init(_ value: Int) { self.init(Double(value)) }

    /// One value, of shape `()`.
    @_disfavoredOverload
    public convenience init(_ value: Float) { self.init(Double(value)) }

    /// Whole numbers, and arrays of any depth: `Tensor(labels)`. All parts must be of one shape.
    @_disfavoredOverload
    public convenience init<Part: TensorPart>(_ parts: [Part]) {
        self.init(stacking: parts.map { $0.asTensor })
    }

    fileprivate convenience init(stacking parts: [Tensor]) {
        let partShape = parts.first?.shape ?? []
        for (index, part) in parts.enumerated() {
            require(
                part.shape == partShape,
                "Tensor(…)", "part \(index) must have the shape of part 0, \(partShape)", got: "\(part.shape)"
            )
        }
        self.init(shape: partShape.inserting(parts.count, at: 0), values: parts.flatMap { $0.values })
    }
}

/// A number, or an array of what a tensor can be made of.
public protocol TensorPart {
    /// What it is of the whole.
    var asTensor: Tensor { get }
}

extension Double: TensorPart {
    public var asTensor: Tensor { Tensor(self) }
}

extension Float: TensorPart {
    public var asTensor: Tensor { Tensor(self) }
}

extension Int: TensorPart {
    public var asTensor: Tensor { Tensor(self) }
}

extension Array: TensorPart where Element: TensorPart {
    public var asTensor: Tensor { Tensor(stacking: map { $0.asTensor }) }
}

// MARK: - Filled

extension Tensor {
    /// 0 at every place: `Tensor.zeros(2, 3)`.
    public static func zeros(_ lengths: Int...) -> Tensor { zeros(Shape(lengths)) }
    /// 0 at every place.
    public static func zeros(_ shape: Shape) -> Tensor { filled(shape, with: 0) }

    /// 1 at every place: `Tensor.ones(2, 3)`.
    public static func ones(_ lengths: Int...) -> Tensor { ones(Shape(lengths)) }
    /// 1 at every place.
    public static func ones(_ shape: Shape) -> Tensor { filled(shape, with: 1) }

    /// `value` at every place; lessons call it `full`.
    public static func filled(_ shape: Shape, with value: Double) -> Tensor {
        Tensor(shape: shape, values: [Double](repeating: value, count: shape.elementCount))
    }

    /// Uniform draws from [0, 1) by the default generator: after `manualSeed(s)`, those of `torch.rand`.
    public static func rand(_ lengths: Int...) -> Tensor { rand(Shape(lengths)) }
    /// Uniform draws from [0, 1), as many as the shape has places.
    public static func rand(_ shape: Shape) -> Tensor {
        Tensor(shape: shape, values: Generator.default.uniform(count: shape.elementCount))
    }

    /// Standard normal draws by the default generator: after `manualSeed(s)`, those of `torch.randn`.
    public static func randn(_ lengths: Int...) -> Tensor { randn(Shape(lengths)) }
    /// Standard normal draws, as many as the shape has places.
    public static func randn(_ shape: Shape) -> Tensor {
        Tensor(shape: shape, values: Generator.default.normal(count: shape.elementCount))
    }
}

// MARK: - Equality

extension Tensor: Equatable {
    /// The same shape and the same values; gradients are not compared, and NaN equals nothing.
    public static func == (a: Tensor, b: Tensor) -> Bool { a.shape == b.shape && a.values == b.values }
}
