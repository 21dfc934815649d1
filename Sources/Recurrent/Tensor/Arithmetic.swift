/// + − · ÷ between tensors, place by place, and between a tensor and a number.
///
/// Two shapes are aligned at their last axes; an axis that is missing or of length 1 is stretched to the
/// other's length, as in PyTorch: (2, 3) with (3) or (2, 1) gives (2, 3).

extension Tensor {
    /// a + b at every place. Ends the program unless the shapes can be stretched to one: (2, 3) with (3) or (2, 1) gives (2, 3).
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        let pair = Broadcast(a, b, "+")
        return Tensor(shape: pair.shape, values: pair.map { $0 + $1 }, from: a, b) { g in
            pair.gathered(g, to: pair.shapeA)  // ∂(a + b)/∂a = 1
        } and: { g in
            pair.gathered(g, to: pair.shapeB)  // ∂(a + b)/∂b = 1
        }
    }

    /// a − b at every place, of shapes as `+` takes them.
    public static func - (a: Tensor, b: Tensor) -> Tensor {
        let pair = Broadcast(a, b, "-")
        return Tensor(shape: pair.shape, values: pair.map { $0 - $1 }, from: a, b) { g in
            pair.gathered(g, to: pair.shapeA)  // ∂(a − b)/∂a = 1
        } and: { g in
            pair.gathered(g.map { -$0 }, to: pair.shapeB)  // ∂(a − b)/∂b = −1
        }
    }

    /// Place by place (⊙); for the product of matrices see ``matmul(_:_:)``.
    public static func * (a: Tensor, b: Tensor) -> Tensor {
        let pair = Broadcast(a, b, "*")
        return Tensor(shape: pair.shape, values: pair.map { $0 * $1 }, from: a, b) { g in
            pair.gathered(zipped(g, pair.b) { $0 * $1 }, to: pair.shapeA)  // ∂(a b)/∂a = b
        } and: { g in
            pair.gathered(zipped(g, pair.a) { $0 * $1 }, to: pair.shapeB)  // ∂(a b)/∂b = a
        }
    }

    /// a / b at every place, of shapes as `+` takes them; ±∞ or NaN where b is 0.
    public static func / (a: Tensor, b: Tensor) -> Tensor {
        let pair = Broadcast(a, b, "/")
        return Tensor(shape: pair.shape, values: pair.map { $0 / $1 }, from: a, b) { g in
            pair.gathered(zipped(g, pair.b) { $0 / $1 }, to: pair.shapeA)  // ∂(a / b)/∂a = 1 / b
        } and: { g in
            pair.gathered(zipped(zipped(g, pair.a) { -$0 * $1 }, pair.b) { $0 / ($1 * $1) }, to: pair.shapeB)  // −a / b²
        }
    }

    /// −a
    public static prefix func - (a: Tensor) -> Tensor {
        Tensor(shape: a.shape, values: a.values.map { -$0 }, from: a) { g in g.map { -$0 } }  // ∂(−a)/∂a = −1
    }

    /// a + b, with one number for every place.
    public static func + (a: Tensor, b: Double) -> Tensor { a + Tensor(b) }
    /// a + b, with one number for every place.
    public static func + (a: Double, b: Tensor) -> Tensor { Tensor(a) + b }
    /// a − b, with one number for every place.
    public static func - (a: Tensor, b: Double) -> Tensor { a - Tensor(b) }
    /// a − b, with one number for every place.
    public static func - (a: Double, b: Tensor) -> Tensor { Tensor(a) - b }
    /// a · b, with one number for every place.
    public static func * (a: Tensor, b: Double) -> Tensor { a * Tensor(b) }
    /// a · b, with one number for every place.
    public static func * (a: Double, b: Tensor) -> Tensor { Tensor(a) * b }
    /// a / b, with one number for every place.
    public static func / (a: Tensor, b: Double) -> Tensor { a / Tensor(b) }
    /// a / b, with one number for every place.
    public static func / (a: Double, b: Tensor) -> Tensor { Tensor(a) / b }

    // MARK: Counts and single-precision numbers beside a tensor, as Python has them

    /// a + b, with one count for every place.
    @_disfavoredOverload
    public static func + (a: Tensor, b: Int) -> Tensor { a + Tensor(b) }
    /// a + b, with one count for every place.
    @_disfavoredOverload
    public static func + (a: Int, b: Tensor) -> Tensor { Tensor(a) + b }
    /// a − b, with one count for every place.
    @_disfavoredOverload
    public static func - (a: Tensor, b: Int) -> Tensor { a - Tensor(b) }
    /// a − b, with one count for every place.
    @_disfavoredOverload
    public static func - (a: Int, b: Tensor) -> Tensor { Tensor(a) - b }
    /// a · b, with one count for every place.
    @_disfavoredOverload
    public static func * (a: Tensor, b: Int) -> Tensor { a * Tensor(b) }
    /// a · b, with one count for every place.
    @_disfavoredOverload
    public static func * (a: Int, b: Tensor) -> Tensor { Tensor(a) * b }
    /// a / b, with one count for every place.
    @_disfavoredOverload
    public static func / (a: Tensor, b: Int) -> Tensor { a / Tensor(b) }
    /// a / b, with one count for every place.
    @_disfavoredOverload
    public static func / (a: Int, b: Tensor) -> Tensor { Tensor(a) / b }
    /// a + b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func + (a: Tensor, b: Float) -> Tensor { a + Tensor(b) }
    /// a + b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func + (a: Float, b: Tensor) -> Tensor { Tensor(a) + b }
    /// a − b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func - (a: Tensor, b: Float) -> Tensor { a - Tensor(b) }
    /// a − b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func - (a: Float, b: Tensor) -> Tensor { Tensor(a) - b }
    /// a · b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func * (a: Tensor, b: Float) -> Tensor { a * Tensor(b) }
    /// a · b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func * (a: Float, b: Tensor) -> Tensor { Tensor(a) * b }
    /// a / b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func / (a: Tensor, b: Float) -> Tensor { a / Tensor(b) }
    /// a / b, with one number of single precision for every place.
    @_disfavoredOverload
    public static func / (a: Float, b: Tensor) -> Tensor { Tensor(a) / b }

    /// The same values along axes that are missing or of length 1, repeated: PyTorch's `expand`. The shape must allow it.
    func stretched(to target: Shape) -> Tensor {
        if shape == target { return self }
        let pair = Broadcast(self, .zeros(target), "stretched")
        return Tensor(shape: target, values: pair.a, from: self) { g in pair.gathered(g, to: pair.shapeA) }
    }
}

extension Shape {
    /// Whether aligned at the last axes every length is the target's, or 1.
    func isStretchable(to target: Shape) -> Bool {
        count <= target.count && zip(reversed(), target.reversed()).allSatisfy { $0 == $1 || $0 == 1 }
    }
}

/// Two operands stretched to their common shape.
struct Broadcast {
    let shape: Shape
    let a: [Double]
    let b: [Double]
    /// The operands' own shapes.
    let shapeA: Shape
    let shapeB: Shape

    /// Ends the program if the shapes do not go together.
    init(_ a: Tensor, _ b: Tensor, _ operation: String) {
        shape = Self.commonShape(a.shape, b.shape, operation)
        self.a = Self.stretched(a.values, from: a.shape, to: shape)
        self.b = Self.stretched(b.values, from: b.shape, to: shape)
        shapeA = a.shape
        shapeB = b.shape
    }

    func map(_ operation: (Double, Double) -> Double) -> [Double] {
        zipped(a, b, operation)
    }

    /// The gradient of an operand that was stretched: the sum over all places that it was stretched to.
    func gathered(_ gradient: [Double], to operandShape: Shape) -> [Double] {
        if operandShape == shape { return gradient }
        var sums = [Double].zeros(operandShape.elementCount)
        Self.forEachSource(of: shape, in: operandShape) { place, source in sums[source] += gradient[place] }
        return sums
    }

    private static func commonShape(_ a: Shape, _ b: Shape, _ operation: String) -> Shape {
        if a == b { return a }
        let rank = max(a.count, b.count)
        return Shape(
            (0..<rank).map { axis in
                let lengthA = axis < rank - a.count ? 1 : a[axis - rank + a.count]
                let lengthB = axis < rank - b.count ? 1 : b[axis - rank + b.count]
                require(
                    lengthA == lengthB || lengthA == 1 || lengthB == 1, "Tensor \(operation)",
                    "aligned at their last axes, both shapes must have equal lengths or a length of 1", got: "\(a) and \(b)"
                )
                return lengthA == 1 ? lengthB : lengthA
            })
    }

    private static func stretched(_ values: [Double], from source: Shape, to target: Shape) -> [Double] {
        if source == target { return values }
        if values.count == 1 { return [Double](repeating: values[0], count: target.elementCount) }
        var result = [Double].zeros(target.elementCount)
        forEachSource(of: target, in: source) { place, source in result[place] = values[source] }
        return result
    }

    /// Calls `body` with every place of `target`, in row-major order, and the place in `source` that it is stretched from.
    private static func forEachSource(of target: Shape, in source: Shape, _ body: (_ place: Int, _ source: Int) -> Void) {
        let missing = target.count - source.count
        let steps = zip(source, source.strides).map { length, stride in length == 1 ? 0 : stride }
        let strides = [Int](repeating: 0, count: missing) + steps
        var index = [Int](repeating: 0, count: target.count)
        var origin = 0
        for place in 0..<target.elementCount {
            body(place, origin)
            // On to the next place, as an odometer turns.
            var axis = target.count - 1
            while axis >= 0 {
                index[axis] += 1
                origin += strides[axis]
                if index[axis] < target[axis] { break }
                origin -= strides[axis] * target[axis]
                index[axis] = 0
                axis -= 1
            }
        }
    }
}

/// `operation` of the values at equal places.
func zipped(_ a: [Double], _ b: [Double], _ operation: (Double, Double) -> Double) -> [Double] {
    [Double](unsafeUninitializedCapacity: a.count) { result, count in
        for index in a.indices { result.initializeElement(at: index, to: operation(a[index], b[index])) }
        count = a.count
    }
}
