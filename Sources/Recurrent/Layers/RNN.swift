/// The Elman network (Elman 1990; articles S0, S1, S4).
///
/// For every step t of a layer
///
///     a_t = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh
///     h_t = tanh(a_t)                               (or relu)
///
/// L steps, N sequences, D = `inputSize`, H = `hiddenSize`, S = `numLayers` · directions:
///
///     let rnn = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2)
///     let (output, hn) = rnn(input, h0)
///
/// | tensor   | shape                                   |
/// |----------|-----------------------------------------|
/// | input    | (L, N, D), with `batchFirst` (N, L, D)  |
/// | h0, hn   | (S, N, H)                               |
/// | output   | (L, N, directions · H), with `batchFirst` (N, L, directions · H) |
/// | weight_ih_l0 | (H, D); in layers above (H, directions · H) |
/// | weight_hh_l0 | (H, H)                              |
/// | bias_ih_l0, bias_hh_l0 | (H)                       |
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H).
public final class RNN: Layer {
    /// What makes the hidden state of its preactivation.
    public enum Nonlinearity: Sendable {
        case tanh, relu
    }

    let stack: RecurrentStack<RNNDirection>
    private let nonlinearity: Nonlinearity
    private var isTraining = true

    /// - Parameters:
    ///   - inputSize: D, the number of features of x_t.
    ///   - hiddenSize: H, the number of units.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - nonlinearity: what makes h_t of a_t, tanh or relu.
    ///   - bias: whether there are b_ih and b_hh.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states are not affected.
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
            RNNDirection(
                weights: RecurrentWeights(inputSize: features, hiddenSize: hiddenSize, gates: 1, bias: bias),
                nonlinearity: nonlinearity
            )
        }
    }

    public var parameters: Parameters { stack.parameters }
    package var options: RecurrentOptions { stack.options }
    public func train() { isTraining = true }
    public func eval() { isTraining = false }

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

    /// The same computation with every intermediate value of every layer, direction and step.
    public func trace(_ input: Tensor, _ h0: Tensor? = nil, lengths: [Int]? = nil) -> RNNTrace {
        RNNTrace(run(input, h0, lengths), stack.parameters.snapshot, nonlinearity: nonlinearity)
    }

    private func run(_ input: Tensor, _ h0: Tensor?, _ lengths: [Int]?) -> RecurrentStack<RNNDirection>.Run {
        stack.run(input, states: h0.map { [("h0", $0)] } ?? [], lengths: lengths, isTraining: isTraining)
    }
}

extension RNN: CustomStringConvertible {
    /// As PyTorch prints it: `RNN(100, 20, num_layers=2)`.
    public var description: String { stack.options.description }
}

// MARK: - One layer in one direction

struct RNNDirection: RecurrentDirection {
    static let stateCount = 1

    let weights: RecurrentWeights
    let nonlinearity: RNN.Nonlinearity

    struct Pass: RecurrentPass {
        let x: SequenceBatch
        /// (L, N, H): a_t.
        let preactivations: Steps
        /// h_t.
        let h: StateHistory
        /// As it was in the forward pass.
        let weightIH: Matrix
        let weightHH: Matrix

        var states: [StateHistory] { [h] }
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> Pass {
        let H = weights.hiddenSize
        let h = StateHistory(startingAt: initial[0], of: x, width: H)
        let weightHH = weights.matrixHH
        let recurrent = weightHH.view.transposed.packed

        let a = weights.inputPart(of: x)                                         // W_ih x_t + b_ih
        if let biases = weights.biases { a.matrix.addToRows(biases.hh.values) }  // + b_hh
        for t in x.readingOrder {
            a.view(at: t).add(h.view(before: t), times: recurrent)  // + W_hh h_{t−1}
            for n in 0..<x.batch {
                guard x.hasStep(t, of: n) else {
                    a.clear(t, n)
                    h.carry(n, over: t)
                    continue
                }
                let (a, h) = (a[t, n], h[after: t, n])
                switch nonlinearity {
                case .tanh: h.assignTanh(of: a, count: H)
                case .relu: for j in 0..<H { h[j] = a[j] <= 0 ? 0 : a[j] }
                }
            }
        }
        return Pass(x: x, preactivations: a, h: h, weightIH: weights.matrixIH, weightHH: weightHH)
    }

    func backward(_ pass: Pass, _ gradients: OutputGradients) -> InputGradients {
        let (x, H) = (pass.x, weights.hiddenSize)
        let da = Steps(count: x.count, batch: x.batch, width: H)
        let weightHH = pass.weightHH.view.packed
        let dh = gradients.finalStates[0]
        for t in x.unreadingOrder {
            for n in 0..<x.batch where x.hasStep(t, of: n) {
                let (da, dh, dOutput) = (da[t, n], dh.row(n), gradients.outputs[t, n])
                let h = pass.h[after: t, n]
                for j in 0..<H {
                    dh[j] += dOutput[j]              // h_t is the output and goes on to step t + 1
                    da[j] = dh[j] * slope(at: h[j])  // ∂h/∂a = 1 − h² (tanh); 1 where h > 0, else 0 (relu)
                    dh[j] = 0
                }
            }
            dh.view.add(da.view(at: t), times: weightHH)  // ∂L/∂h_{t−1} = W_hhᵀ ∂L/∂a_t
        }
        return InputGradients(
            x: da.matrix.view.times(pass.weightIH.view),                                   // ∂L/∂x_t = W_ihᵀ ∂L/∂a_t
            initialStates: [dh],
            parameters: [
                da.matrix.view.transposed.times(x.steps.matrix.view).values,      // ∂L/∂W_ih = Σ ∂L/∂a_t x_tᵀ
                da.matrix.view.transposed.times(pass.h.viewBeforeAll).values,     // ∂L/∂W_hh = Σ ∂L/∂a_t h_{t−1}ᵀ
            ] + (weights.biases == nil ? [] : [da.matrix.columnSums, da.matrix.columnSums])  // ∂L/∂b = Σ ∂L/∂a_t
        )
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
public struct RNNTrace {
    /// One step; every tensor has a row for each sequence. Past a sequence's end the preactivation is 0 and the state stays.
    public struct Step {
        /// x_t (N, D)
        public let input: Tensor
        /// h_{t−1} (N, H)
        public let previousHidden: Tensor
        /// a_t (N, H)
        public let preactivation: Tensor
        /// h_t (N, H)
        public let hiddenState: Tensor
    }

    public typealias Track = RecurrentTrack<Step>

    public let tracks: [Track]
    /// What the steps were computed with, under the layer's names.
    public let parameters: Parameters
    public let output: Tensor
    public let hn: Tensor
    /// What h_t = f(a_t) was computed with.
    public let nonlinearity: RNN.Nonlinearity

    /// The steps of the last layer, read forwards.
    public var steps: [Step] { tracks.lastForwardSteps() }

    init(_ run: RecurrentStack<RNNDirection>.Run, _ parameters: Parameters, nonlinearity: RNN.Nonlinearity) {
        self.nonlinearity = nonlinearity
        self.parameters = parameters
        output = run.output
        hn = run.finalStates[0]
        tracks = run.tracks { $0.traceSteps }
    }
}

extension RNNDirection.Pass {
    fileprivate var traceSteps: [RNNTrace.Step] {
        (0..<x.count).map { t in
            RNNTrace.Step(
                input: x.steps.tensor(at: t), previousHidden: h.tensor(before: t),
                preactivation: preactivations.tensor(at: t), hiddenState: h.tensor(after: t)
            )
        }
    }
}
