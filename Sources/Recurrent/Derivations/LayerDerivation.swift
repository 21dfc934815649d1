/// What the derivations of layers have in common.

/// A loss of a layer's output, and what comes from it directly to the output.
struct OutputLoss {
    let value: Double
    /// ∂ℒ/∂output, a row for each step or query.
    let outputGradients: [Tensor]

    /// `output`: (steps, features), with axes of length 1 anywhere before the last.
    /// Ends the program unless the loss is one number.
    init(of output: Tensor, _ who: String, _ loss: (_ output: Tensor) -> Tensor) {
        let output = Parameter(output)
        let result = loss(output)
        require(
            result.values.count == 1, "\(who).derivation", "the loss must be one number", got: "shape \(result.shape)",
            hint: "Take its sum() or mean()"
        )
        value = result.values[0]
        outputGradients = result.gradients(by: [output])[0].reshaped(-1, output.shape[output.shape.count - 1]).unbind()
    }
}

extension Parameters {
    /// Sums under the same names.
    static func + (a: Parameters, b: Parameters) -> Parameters {
        Parameters(zip(a, b).map { ($0.name, $0.tensor + $1.tensor) })
    }
}
