/// Layer normalisation (Ba, Kiros & Hinton 2016): each example brought to mean 0 and variance 1 over its last axes.
///
///     y = (x − x̄) / √(s² + ε) ⊙ weight + bias        s² = Σ (xᵢ − x̄)² / n
///
/// x and y are (…, shape); `weight` (ones at first) and `bias` (zeros) have the given shape.
///
///     LayerNorm(8)(x)             // over the last axis, of length 8
///     LayerNorm([4, 8])(x)        // over the last two
public final class LayerNorm: TensorLayer {
    /// How long the axes are over which an example is normalised, its last: PyTorch's `normalized_shape`.
    public let shape: Shape
    /// ε, by which an example whose values are all equal is not divided by zero.
    public let epsilon: Double
    private let weight: Tensor?
    private let bias: Tensor?

    /// Not `elementwiseAffine`, the layer has no parameters.
    public init(_ shape: Shape, epsilon: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true) {
        require(!shape.isEmpty && shape.elementCount > 0, "LayerNorm", "needs a shape with an axis and a place", got: "\(shape)")
        require(epsilon >= 0 && epsilon.isFinite, "LayerNorm", "epsilon must be a finite number, 0 or more", got: "\(epsilon)")
        self.shape = shape
        self.epsilon = epsilon
        weight = elementwiseAffine ? .ones(shape) : nil
        self.bias = elementwiseAffine && bias ? .zeros(shape) : nil
        weight?.requiresGradient = true
        self.bias?.requiresGradient = true
    }

    /// Over the last axis, of length `size`.
    public convenience init(_ size: Int, epsilon: Double = 1e-5, elementwiseAffine: Bool = true, bias: Bool = true) {
        self.init([size], epsilon: epsilon, elementwiseAffine: elementwiseAffine, bias: bias)
    }

    public var parameters: Parameters {
        Parameters((weight.map { [("weight", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? []))
    }

    /// Ends the program unless the last axes of x are the layer's shape.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        require(
            x.shape.count >= shape.count && x.shape.suffix(shape.count).elementsEqual(shape), description,
            "the last axes of the input must be \(shape)", got: "\(x.shape)"
        )
        let normalised = normalised(x)
        let scaled = weight.map { normalised * $0 } ?? normalised
        return bias.map { scaled + $0 } ?? scaled
    }

    /// x̂ = (x − x̄) / √(s² + ε)
    private func normalised(_ x: Tensor) -> Tensor {
        let count = shape.elementCount
        var (normal, scales) = (x.values, [Double]())
        for start in stride(from: 0, to: normal.count, by: count) {
            let places = start..<start + count
            let mean = places.reduce(0) { $0 + x.values[$1] } / Double(count)
            let variance = places.reduce(0) { $0 + (x.values[$1] - mean) * (x.values[$1] - mean) } / Double(count)
            let scale = 1 / Elementary.sqrt(variance + epsilon)
            for place in places { normal[place] = (x.values[place] - mean) * scale }
            scales.append(scale)
        }
        let result = normal
        let factors = scales
        return Tensor(shape: x.shape, values: result, from: x) { g in  // ∂ℒ/∂xᵢ = (gᵢ − ḡ − x̂ᵢ · mean(g ⊙ x̂)) / √(s² + ε)
            var gradient = g
            for (example, factor) in factors.enumerated() {
                let places = example * count..<(example + 1) * count
                let mean = places.reduce(0) { $0 + g[$1] } / Double(count)
                let projection = places.reduce(0) { $0 + g[$1] * result[$1] } / Double(count)
                for place in places { gradient[place] = (g[place] - mean - result[place] * projection) * factor }
            }
            return gradient
        }
    }
}

extension LayerNorm: CustomStringConvertible {
    /// As PyTorch prints it.
    public var description: String {
        let lengths = shape.count == 1 ? "(\(shape[0]),)" : "\(shape)"
        let (affine, shift) = (weight == nil ? "False" : "True", bias == nil ? "False" : "True")
        return "LayerNorm(\(lengths), eps=\(epsilon), elementwise_affine=\(affine), bias=\(shift))"
    }
}
