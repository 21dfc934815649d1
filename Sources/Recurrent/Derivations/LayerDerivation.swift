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
        let (_, batch) = stepsAndBatch(of: input, lengths: nil)
        require(
            batch == 1, "\(description).derivation", "follows one sequence, N = 1", got: "\(batch) in \(input.shape)",
            hint: batchFirst ? "Take one of them: input[0..<1]" : "Take one of them: input[.all, .range(0..<1)]"
        )
    }
}

/// A gate, or a candidate, at one step: what it is and how a gradient goes through it. All are (H).
public struct GateDerivation {
    /// a: what stands inside the function.
    public let preactivation: Tensor
    /// σ(a), or tanh(a) for a candidate.
    public let value: Tensor
    /// σ′ = σ (1 − σ), or tanh′ = 1 − tanh².
    public let slope: Tensor
    /// The derivative by the gate of what it acts on.
    public let localGradient: Tensor
    /// ∂L/∂gate: what comes to what it acts on, times the local gradient.
    public let gradient: Tensor
    /// ∂L/∂a = ∂L/∂gate ⊙ slope
    public let preactivationGradient: Tensor

    enum Function {
        case sigmoid, tanh
    }

    /// `incoming`: ∂L/∂ of what the gate acts on. `preactivation` and `value` may have a first axis of length 1.
    init(_ function: Function, _ preactivation: Tensor, _ value: Tensor, localGradient: Tensor, incoming: Tensor) {
        self.preactivation = preactivation.flattened()
        self.value = value.flattened()
        slope = switch function {
        case .sigmoid: self.value * (1 - self.value)
        case .tanh: 1 - self.value * self.value
        }
        self.localGradient = localGradient
        gradient = incoming * localGradient
        preactivationGradient = gradient * slope
    }
}

/// The derivative of a state by an earlier one, (H, H), split by the way that it takes.
public struct HighwayJacobian {
    /// (H), a diagonal matrix: straight along the state, from step to step.
    public let highway: Tensor
    /// (H, H): through the gates and candidates of at least one step.
    public let otherPaths: Tensor

    /// (H, H): the sum over all paths.
    public var total: Tensor { diagonal(highway) + otherPaths }
}

// MARK: - Vectors and matrices

extension Tensor {
    /// The parts along the first axis.
    var rows: [Tensor] { (0..<shape[0]).map { self[$0] } }

    /// (size, size): 1 on the diagonal, else 0.
    static func identity(_ size: Int) -> Tensor { diagonal(.ones(size)) }
}

/// (H, H) with the values of a vector (H) on its diagonal.
func diagonal(_ vector: Tensor) -> Tensor {
    let size = vector.shape[0]
    var values = [Double].zeros(size * size)
    for i in 0..<size { values[i * size + i] = vector.values[i] }
    return Tensor(shape: [size, size], values: values)
}

/// diag(v) · M: each row of a matrix times a value of its own.
func scaledRows(_ matrix: Tensor, by vector: Tensor) -> Tensor {
    vector.expandingAxis(1) * matrix
}

extension Parameters {
    /// Copies that take no part in differentiation.
    var detached: Parameters { Parameters(map { ($0.name, $0.tensor.detached()) }) }

    /// Sums under the same names.
    static func + (a: Parameters, b: Parameters) -> Parameters {
        Parameters(zip(a, b).map { ($0.name, $0.tensor + $1.tensor) })
    }
}
