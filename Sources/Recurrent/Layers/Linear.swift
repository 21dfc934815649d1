/// A fully connected layer: y = x Wᵀ + b.
///
/// x is (…, in), y is (…, out); `weight` is (out, in), `bias` (out). Both are drawn uniformly from
/// (−1/√in, 1/√in), as in PyTorch.
public final class Linear: Layer {
    /// How many features x has: PyTorch's `in_features`.
    public let inputSize: Int
    /// How many features y has: PyTorch's `out_features`.
    public let outputSize: Int
    /// (out, in)
    public let weight: Tensor
    /// (out), or nil without.
    public let bias: Tensor?

    /// Ends the program if a size is below 1.
    public init(_ inputSize: Int, _ outputSize: Int, bias: Bool = true) {
        require(inputSize > 0, "Linear", "inputSize must be at least 1", got: "\(inputSize)")
        require(outputSize > 0, "Linear", "outputSize must be at least 1", got: "\(outputSize)")
        self.inputSize = inputSize
        self.outputSize = outputSize
        let bound = 1 / Elementary.sqrt(Double(inputSize))
        weight = .parameter([outputSize, inputSize], uniformWithin: bound)
        self.bias = bias ? .parameter([outputSize], uniformWithin: bound) : nil
    }

    /// The same with the sizes named.
    public convenience init(inputSize: Int, outputSize: Int, bias: Bool = true) {
        self.init(inputSize, outputSize, bias: bias)
    }

    /// As PyTorch calls them.
    public convenience init(inFeatures: Int, outFeatures: Int, bias: Bool = true) {
        self.init(inFeatures, outFeatures, bias: bias)
    }

    public var parameters: Parameters {
        Parameters([("weight", weight)] + (bias.map { [("bias", $0)] } ?? []))
    }

    /// Ends the program unless the last axis of x has `inputSize` places.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        require(
            x.shape.last == inputSize, description, "input must have \(inputSize) features on its last axis", got: "\(x.shape)"
        )
        let product = matmul(x, weight.transposed())
        return bias.map { product + $0 } ?? product
    }
}

extension Linear: CustomStringConvertible {
    /// As PyTorch prints it.
    public var description: String {
        "Linear(in_features=\(inputSize), out_features=\(outputSize), bias=\(bias == nil ? "False" : "True"))"
    }
}
