/// The network of S1 (Elman 1990): a recurrent layer, and a prediction at every step.
///
///     h_t = tanh(U x_t + W h_{t−1} + b)       hidden state
///     o_t = V h_t + c                         output
///     ŷ_t = softmax(o_t)                      prediction: a probability for each class
///     ℒ_t = −log ŷ_t[y_t]                     loss, y_t being the right class
///     ℒ   = Σ_t ℒ_t
///
/// It reads one sequence of L steps; d = `inputSize`, H = `hiddenSize`, K = `outputSize`:
///
///     let network = ElmanNetwork(inputSize: 5, hiddenSize: 6, outputSize: 3)
///     let (o, h) = network(x)
///     let loss = crossEntropy(o, [0, 2, 1], reduction: .sum)
///     let derivation = network.derivation(x, labels: [0, 2, 1])
///
/// | tensor | shape  |
/// |--------|--------|
/// | x      | (L, d) |
/// | h0     | (H)    |
/// | o      | (L, K) |
/// | h      | (L, H) |
/// | U      | (H, d) |
/// | W      | (H, H) |
/// | b      | (H)    |
/// | V      | (K, H) |
/// | c      | (K)    |
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H), in this order.
public final class ElmanNetwork: Layer {
    /// h_t and o_t; softmax and the loss belong to the derivation.
    public static let definition = CellDefinition(
        "ElmanNetwork",
        """
        h_t = tanh(U x_t + W h_{t-1} + b)
        o_t = V h_t + c
        """,
        output: "o", roles: ["h": "hiddenState", "o": "output"]
    )

    /// d, the number of features of x_t.
    public let inputSize: Int
    /// H, the number of units.
    public let hiddenSize: Int
    /// K, the number of classes.
    public let outputSize: Int
    private let direction: CellDirection

    /// Ends the program if a size is below 1.
    public init(inputSize: Int, hiddenSize: Int, outputSize: Int) {
        for (name, size) in [("inputSize", inputSize), ("hiddenSize", hiddenSize), ("outputSize", outputSize)] {
            require(size > 0, "ElmanNetwork", "\(name) must be at least 1", got: "\(size)")
        }
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.outputSize = outputSize
        direction = CellDirection(
            Self.definition, features: inputSize, units: outputSize, sizes: ["h": hiddenSize],
            bound: 1 / Elementary.sqrt(Double(hiddenSize))
        )
    }

    public var parameters: Parameters { direction.parameters }

    /// The outputs o and the hidden states h of all steps; `h0` is zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h0: Tensor? = nil) -> (o: Tensor, h: Tensor) {
        let pass = run(x, h0)
        let (L, h0) = (x.shape[0], h0 ?? .zeros(hiddenSize))
        let o = Tensor(shape: [L, outputSize], values: Matrix(copying: pass.output).values)
        let h = Tensor(shape: [L, hiddenSize], values: Matrix(copying: pass.states[0].viewAfterAll).values)
        Tensor.record([o, h], of: [x, h0] + parameters.tensors) { [hiddenSize, outputSize] gradients in
            func steps(_ gradient: [Double]?, _ width: Int) -> Steps {
                Steps(count: L, batch: 1, width: width, values: gradient ?? .zeros(L * width))
            }
            let result = pass.backward(
                OutputGradients(outputs: steps(gradients[0], outputSize), finalStates: [Matrix(rows: 1, columns: hiddenSize)]),
                also: [(CellName("h"), steps(gradients[1], hiddenSize))]
            )
            return [result.x.values, result.initialStates[0].values] + result.parameters
        }
        return (o, h)
    }

    /// The whole of back-propagation through time for ℒ = Σ_t ℒ_t, as equations and as numbers.
    ///
    /// - Parameters:
    ///   - h0: zeros if left out.
    ///   - labels: y_t, the right class of each step.
    public func derivation(_ x: Tensor, _ h0: Tensor? = nil, labels: [Int]) -> CellDerivation {
        check(x, h0)
        require(
            labels.count == x.shape[0], description, "labels must tell one class for each of the \(x.shape[0]) steps",
            got: "\(labels.count)"
        )
        for (t, label) in labels.enumerated() {
            require(
                label >= 0 && label < outputSize, description, "the label of step \(t) must be a class in 0..<\(outputSize)",
                got: "\(label)"
            )
        }
        let pass = run(x, h0)
        let outputs = Tensor(shape: [labels.count, outputSize], values: Matrix(copying: pass.output).values)
        return CellDerivation(
            Self.definition, CellSequence(pass, direction, Self.definition, suffix: "", description),
            CellOutputLoss(softmaxOf: outputs, labels)
        )
    }

    private func run(_ x: Tensor, _ h0: Tensor?) -> CellPass {
        check(x, h0)
        let steps = Steps(count: x.shape[0], batch: 1, width: inputSize, values: x.values)
        let sequence = SequenceBatch(steps: steps, lengths: nil, isReverse: false)
        return CellPass(sequence, from: [h0?.values ?? .zeros(hiddenSize)], direction)
    }

    /// Ends the program if the shapes do not fit.
    private func check(_ x: Tensor, _ h0: Tensor?) {
        require(
            x.shape.count == 2 && x.shape[1] == inputSize, description, "x must have shape (L, \(inputSize)): one sequence",
            got: "\(x.shape)"
        )
        require(x.shape[0] > 0, description, "x must have at least one time step (L)", got: "an empty sequence \(x.shape)")
        if let h0 {
            require(h0.shape == [hiddenSize], description, "h0 must have shape (\(hiddenSize))", got: "\(h0.shape)")
        }
    }
}

extension ElmanNetwork: CustomStringConvertible {
    public var description: String { "ElmanNetwork(\(inputSize), \(hiddenSize), \(outputSize))" }
}

extension CellOutputLoss {
    /// Σ_t −log softmax(o_t)[y_t] of outputs (L, K).
    fileprivate init(softmaxOf outputs: Tensor, _ labels: [Int]) {
        let (probabilities, logarithms) = (softmax(outputs).unbind(), logSoftmax(outputs))
        predictions = zip(probabilities, labels).enumerated().map { t, step in
            .init(probabilities: step.0.values, label: step.1, loss: -logarithms[t, step.1].item)
        }
        gradients = zip(probabilities, labels).map { probabilities, label in
            var gradient = probabilities.values
            gradient[label] -= 1  // ŷ_t − y_t
            return gradient
        }
        value = predictions.reduce(0) { $0 + $1.loss }
        ofOutputs = { crossEntropy($0, labels, reduction: .sum) }
    }
}
