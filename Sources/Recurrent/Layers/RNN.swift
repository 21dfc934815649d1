/// The Elman network (Elman 1990; articles S0, S1, S4).
///
/// For every step t of a layer
///
///     a_t = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh
///     h_t = tanh(a_t)                               (or relu)
///
/// L steps, N sequences, d = `inputSize`, H = `hiddenSize`, S = `numLayers` · directions:
///
///     let rnn = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2)
///     let (output, hn) = rnn(input, h0)
///
/// | tensor   | shape                                   |
/// |----------|-----------------------------------------|
/// | input    | (L, N, d), with `batchFirst` (N, L, d)  |
/// | h0, hn   | (S, N, H)                               |
/// | output   | (L, N, directions · H), with `batchFirst` (N, L, directions · H) |
/// | weight_ih_l0 | (H, d); in layers above (H, directions · H) |
/// | weight_hh_l0 | (H, H)                              |
/// | bias_ih_l0, bias_hh_l0 | (H)                       |
///
/// One sequence may come without its axis N: input (L, d), states (S, H), output (L, directions · H); `batchFirst`
/// has no effect on it.
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H).
public final class RNN: RecurrentLayer {
    /// What makes the hidden state of its preactivation.
    public enum Nonlinearity: Sendable {
        /// h_t = tanh(a_t)
        case tanh
        /// h_t = max(a_t, 0)
        case relu
    }

    public typealias States = Tensor

    public let stack: RecurrentStack
    private let nonlinearity: Nonlinearity

    /// - Parameters:
    ///   - inputSize: d, the number of features of x_t.
    ///   - hiddenSize: H, the number of units.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - nonlinearity: what makes h_t of a_t, tanh or relu.
    ///   - bias: whether there are b_ih and b_hh.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states and single sequences are not affected.
    ///   - dropout: the probability with which an output of every layer but the last is set to zero in training.
    ///   - bidirectional: a second set of units reads from the end; the outputs stand side by side.
    public init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, nonlinearity: Nonlinearity = .tanh, bias: Bool = true,
        batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
    ) {
        let options = RecurrentOptions(
            name: "RNN", inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: bias,
            batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional
        )
        self.nonlinearity = nonlinearity
        stack = RecurrentStack(options) { features in
            RNNDirection(inputSize: features, hiddenSize: hiddenSize, bias: bias, nonlinearity: nonlinearity)
        }
    }

    /// What a cell computes, at every step of a sequence.
    init(repeating step: SingleStep, nonlinearity: Nonlinearity) {
        self.nonlinearity = nonlinearity
        stack = RecurrentStack(step.options) { _ in step.direction }
    }

    public var definition: CellDefinition { RNN.definition(nonlinearity: nonlinearity, bias: options.bias) }

    /// Runs over all steps. Ends the program if the shapes of input, states or lengths are not those of the table above.
    ///
    /// - Parameters:
    ///   - input: x_1 … x_L of every sequence.
    ///   - h0: zeros if left out.
    ///   - lengths: the number of steps of each sequence, if not all have L. Outputs past the end are zero,
    ///     the final state is the last real step's, and the reverse direction starts at each sequence's own end.
    public func callAsFunction(_ input: Tensor, _ h0: Tensor? = nil, lengths: [Int]? = nil) -> (output: Tensor, hn: Tensor) {
        let run = run(input, h0, lengths)
        return (run.output, run.finalStates[0])
    }
}

// MARK: - The equations

extension RNN {
    /// h_t = tanh(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh), or relu.
    public static func definition(nonlinearity: Nonlinearity = .tanh, bias: Bool = true) -> CellDefinition {
        let (b_ih, b_hh) = bias ? (" + b_{ih}", " + b_{hh}") : ("", "")
        return CellDefinition(
            "RNN", "h_t = \(nonlinearity == .tanh ? "tanh" : "relu")(W_{ih} x_t\(b_ih) + W_{hh} h_{t-1}\(b_hh))",
            roles: ["h": "hiddenState", "previous-h": "previousHidden"],
            variants: (nonlinearity == .relu ? [.relu] : []) + (bias ? [] : [.withoutBias])
        )
    }
}

// MARK: - One layer in one direction

final class RNNDirection: GatedDirection {
    let weights: RecurrentWeights
    let stateNames = ["h"]
    private let nonlinearity: RNN.Nonlinearity

    init(inputSize: Int, hiddenSize: Int, bias: Bool, nonlinearity: RNN.Nonlinearity) {
        weights = RecurrentWeights(inputSize: inputSize, hiddenSize: hiddenSize, gates: ["h"], bias: bias)
        self.nonlinearity = nonlinearity
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> any RecurrentPass {
        RNNPass(x, from: initial, weights, nonlinearity)
    }
}

private final class RNNPass: RecurrentPass {
    let x: SequenceBatch
    /// (L, N, H): a_t.
    private let a: Steps
    private let h: StateHistory
    private let H: Int
    private let nonlinearity: RNN.Nonlinearity
    /// As they were in the forward pass.
    private let weightIH: Matrix
    private let weightHH: Matrix
    private let hasBias: Bool

    var states: [StateHistory] { [h] }
    var quantities: [(symbol: String, values: MatrixView)] { [("h", h.viewAfterAll)] }
    var preactivations: [(symbol: String, values: MatrixView)] { a.blocks("h") }

    // MARK: Forward

    init(_ x: SequenceBatch, from initial: [[Double]], _ weights: RecurrentWeights, _ nonlinearity: RNN.Nonlinearity) {
        self.x = x
        self.nonlinearity = nonlinearity
        H = weights.hiddenSize
        h = StateHistory(startingAt: initial[0], of: x, width: H)
        (weightIH, weightHH, hasBias) = (weights.matrixIH, weights.matrixHH, weights.biases != nil)
        let recurrent = weightHH.view.transposed.packed

        a = weights.inputPart(of: x)  // W_ih x_t + b_ih
        if let biases = weights.biases { a.matrix.addToRows(biases.hh.values) }  // + b_hh
        for t in x.readingOrder {
            a.view(at: t).add(h.view(before: t), times: recurrent)  // + W_hh h_{t−1}
            for n in 0..<x.batch {
                if x.hasStep(t, of: n) {
                    step(t, n)
                } else {
                    a.clear(t, n)
                    h.carry(n, over: t)
                }
            }
        }
    }

    /// From a_t to h_t.
    private func step(_ t: Int, _ n: Int) {
        let (a, h) = (a[t, n], h[after: t, n])
        switch nonlinearity {
        case .tanh: h.assignTanh(of: a, count: H)
        case .relu: for j in 0..<H { h[j] = a[j] <= 0 ? 0 : a[j] }
        }
    }

    // MARK: Backward

    func backward(_ gradients: OutputGradients) -> InputGradients {
        let (da, dh) = (Steps(count: x.count, batch: x.batch, width: H), gradients.finalStates[0])
        let weightHH = weightHH.view.packed
        for t in x.unreadingOrder {
            for n in 0..<x.batch where x.hasStep(t, of: n) { stepBack(t, n, gradients.outputs, dh, da) }
            dh.view.add(da.view(at: t), times: weightHH)  // ∂ℒ/∂h_{t−1} = W_hhᵀ ∂ℒ/∂a_t
        }
        return InputGradients(
            x: da.matrix.view.times(weightIH.view),  // ∂ℒ/∂x_t = W_ihᵀ ∂ℒ/∂a_t
            initialStates: [dh],
            parameters: [
                da.matrix.view.transposed.times(x.steps.matrix.view).values,  // ∂ℒ/∂W_ih = Σ ∂ℒ/∂a_t x_tᵀ
                da.matrix.view.transposed.times(h.viewBeforeAll).values,  // ∂ℒ/∂W_hh = Σ ∂ℒ/∂a_t h_{t−1}ᵀ
            ] + (hasBias ? Array(repeating: da.matrix.columnSums, count: 2) : [])  // ∂ℒ/∂b = Σ ∂ℒ/∂a_t
        )
    }

    /// From ∂ℒ/∂h_t to ∂ℒ/∂a_t.
    private func stepBack(_ t: Int, _ n: Int, _ dOutput: Steps, _ dh: Matrix, _ da: Steps) {
        let (dOutput, dh, da, h) = (dOutput[t, n], dh.row(n), da[t, n], h[after: t, n])
        for j in 0..<H {
            dh[j] += dOutput[j]  // h_t is the output and goes on to step t + 1
            da[j] = dh[j] * slope(at: h[j])  // ∂h/∂a = 1 − h² (tanh); 1 where h > 0, else 0 (relu)
            dh[j] = 0
        }
    }

    /// ∂h/∂a, from h.
    private func slope(at h: Double) -> Double {
        switch nonlinearity {
        case .tanh: 1 - h * h
        case .relu: h > 0 ? 1 : 0
        }
    }
}

// MARK: - Trace

/// Every intermediate value of an ``RNN``.
public typealias RNNTrace = RecurrentTrace<RNN>

extension RecurrentTrace where Layer == RNN {
    /// (S, N, H): the state after the last step.
    public var hn: Tensor { finalStates[0] }
}

extension RecurrentTrace.Step where Layer == RNN {
    /// h_{t−1} (N, H)
    public var previousHidden: Tensor { previous("h") }
    /// a_t (N, H)
    public var preactivation: Tensor { preactivation("h") }
    /// h_t (N, H)
    public var hiddenState: Tensor { self["h"] }
}
