/// A layer that reads a whole sequence: RNN, LSTM or GRU.
///
/// Each says itself what it is called, what its states are and what a step computes; the rest is said here.
public protocol RecurrentLayer: Layer, CustomStringConvertible, AnyObject {
    /// What a run starts from, (S, N, H) each.
    associatedtype States

    /// The equations of a step.
    var definition: CellDefinition { get }

    /// The layers on top of each other, each in its directions.
    var stack: RecurrentStack { get }

    /// The states under their names, that of the hidden state first: `h0`, …
    static func named(_ states: States) -> [(name: String, tensor: Tensor)]
}

extension RecurrentLayer where States == Tensor {
    /// Where there is one state, it is the hidden one.
    public static func named(_ h0: Tensor) -> [(name: String, tensor: Tensor)] { [("h0", h0)] }
}

extension RecurrentLayer {
    /// d, the number of features of x_t.
    public var inputSize: Int { options.inputSize }
    /// H, the number of units.
    public var hiddenSize: Int { options.hiddenSize }
    /// How many layers stand on top of each other.
    public var numLayers: Int { options.numLayers }
    /// Input and output are (N, L, …) instead of (L, N, …).
    public var batchFirst: Bool { options.batchFirst }
    /// Whether a second set of units reads from the end; its outputs stand beside those of the first.
    public var bidirectional: Bool { options.bidirectional }

    package var options: RecurrentOptions { stack.options }

    public var parameters: Parameters { stack.parameters }
    public func train() { stack.isTraining = true }
    public func eval() { stack.isTraining = false }

    /// As PyTorch prints it: `LSTM(5, 6, num_layers=2)`.
    public var description: String { options.description }

    /// Calls the layer and keeps every intermediate value of every layer, direction and step.
    /// One sequence without an axis N has steps of one row, N = 1.
    public func trace(_ input: Tensor, _ states: States? = nil, lengths: [Int]? = nil) -> RecurrentTrace<Self> {
        RecurrentTrace(self, run(input, named(states), lengths))
    }

    /// The whole of back-propagation through time for one sequence, as equations and as numbers.
    ///
    ///     let derivation = lstm.derivation(x) { output in crossEntropy(fc(output[-1]), [1]) }
    ///
    /// - Parameters:
    ///   - input: (L, d) or (L, 1, d), with `batchFirst` (1, L, d); the layer must be a single one, in one direction.
    ///   - states: (1, H) or (1, 1, H) each, as the input; zeros if left out.
    ///   - loss: gives the loss, one number, for the layer's output.
    public func derivation(
        _ input: Tensor, _ states: States? = nil, loss: @escaping (_ output: Tensor) -> Tensor
    ) -> CellDerivation {
        derivation(input, named(states), loss: loss)
    }

    /// Of states under their names.
    func derivation(
        _ input: Tensor, _ states: [(name: String, tensor: Tensor)], loss: @escaping (_ output: Tensor) -> Tensor
    ) -> CellDerivation {
        options.requireOneSequence(input)
        let run = run(input.detached(), states, nil)
        let outputs = OutputLoss(of: run.output, description, loss)
        let shape = run.output.shape
        return CellDerivation(
            definition, CellSequence(run.tracks[0].pass, stack.directions[0], definition, suffix: stack.suffixes[0], description),
            CellOutputLoss(
                value: outputs.value, gradients: outputs.outputGradients.map { $0.values }, predictions: [],
                ofOutputs: { loss($0.reshaped(shape)) }
            )
        )
    }

    /// What `callAsFunction` and `trace` have in common.
    func run(_ input: Tensor, _ states: States?, _ lengths: [Int]?) -> RecurrentStack.Run {
        run(input, named(states), lengths)
    }

    /// Of states under their names.
    func run(_ input: Tensor, _ states: [(name: String, tensor: Tensor)], _ lengths: [Int]?) -> RecurrentStack.Run {
        stack.run(input, states: states, lengths: lengths)
    }

    private func named(_ states: States?) -> [(name: String, tensor: Tensor)] { states.map { Self.named($0) } ?? [] }
}
