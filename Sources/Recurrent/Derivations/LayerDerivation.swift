/// What the derivations of layers have in common.

/// A loss of a layer's output, and what comes from it directly to the output.
struct OutputLoss {
    let value: Double
    /// ∂L/∂output, a row for each step or query.
    let outputGradients: [Tensor]

    /// `output`: (steps, features), with axes of length 1 anywhere before the last.
    /// Ends the program unless the loss is one number.
    init(of output: Tensor, _ who: String, _ loss: (_ output: Tensor) -> Tensor) {
        let output = output.variable()
        let result = loss(output)
        require(
            result.values.count == 1, "\(who).derivation", "the loss must be one number", got: "shape \(result.shape)",
            hint: "Take its sum() or mean()"
        )
        value = result.values[0]
        outputGradients = result.gradients(by: [output])[0].reshaped(-1, output.shape[output.shape.count - 1]).rows
    }
}

extension RecurrentOptions {
    /// Ends the program unless one layer reads one sequence in one direction.
    func requireOneSequence(_ input: Tensor) {
        require(
            numLayers == 1 && !bidirectional, "\(description).derivation", "follows one layer in one direction",
            got: "\(numLayers * directions) of them", hint: "Derive each of them with a layer of its own"
        )
        let batch = extent(of: input, lengths: nil).batch
        require(
            batch == 1, "\(description).derivation", "follows one sequence, N = 1", got: "\(batch) in \(input.shape)",
            hint: batchFirst ? "Take one of them: input[0..<1]" : "Take one of them: input[.all, 0..<1]"
        )
    }
}

// MARK: - Vectors and matrices

extension Tensor {
    /// The parts along the first axis.
    var rows: [Tensor] { (0..<shape[0]).map { self[$0] } }
}

/// (H, H) with the values of a vector (H) on its diagonal.
func diagonal(_ vector: Tensor) -> Tensor {
    let size = vector.shape[0]
    var values = [Double].zeros(size * size)
    for i in 0..<size { values[i * size + i] = vector.values[i] }
    return Tensor(shape: [size, size], values: values)
}

extension Parameters {
    /// Sums under the same names.
    static func + (a: Parameters, b: Parameters) -> Parameters {
        Parameters(zip(a, b).map { ($0.name, $0.tensor + $1.tensor) })
    }
}
