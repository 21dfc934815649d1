/// Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000;
/// articles S0, S2, S3, S4).
///
/// For every step t of a layer
///
///     i_t = σ(W_ii x_t + b_ii + W_hi h_{t−1} + b_hi)       input gate
///     f_t = σ(W_if x_t + b_if + W_hf h_{t−1} + b_hf)       forget gate
///     g_t = tanh(W_ig x_t + b_ig + W_hg h_{t−1} + b_hg)    cell gate: the candidate, c̃_t in S2 and S3
///     o_t = σ(W_io x_t + b_io + W_ho h_{t−1} + b_ho)       output gate
///     c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t                      cell state
///     h_t = o_t ⊙ tanh(c_t)                                hidden state
///
/// With `peepholes` (Gers & Schmidhuber 2000) the gates see the cell state as well:
/// p_i ⊙ c_{t−1} and p_f ⊙ c_{t−1} are added inside i_t and f_t, p_o ⊙ c_t inside o_t.
///
/// L steps, N sequences, D = `inputSize`, H = `hiddenSize`, S = `numLayers` · directions:
///
///     let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
///     let (output, (hn, cn)) = lstm(input, (h0, c0))
///
/// | tensor         | shape                                   |
/// |----------------|-----------------------------------------|
/// | input          | (L, N, D), with `batchFirst` (N, L, D)  |
/// | h0, c0, hn, cn | (S, N, H)                               |
/// | output         | (L, N, directions · H), with `batchFirst` (N, L, directions · H) |
/// | weight_ih_l0   | (4H, D): W_ii, W_if, W_ig, W_io below one another; in layers above (4H, directions · H) |
/// | weight_hh_l0   | (4H, H): W_hi, W_hf, W_hg, W_ho         |
/// | bias_ih_l0, bias_hh_l0 | (4H)                            |
/// | peephole_l0    | (3, H): p_i, p_f, p_o; only with `peepholes` |
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H).
public final class LSTM: Layer {
    let stack: RecurrentStack<LSTMDirection>
    private var isTraining = true

    /// - Parameters:
    ///   - inputSize: D, the number of features of x_t.
    ///   - hiddenSize: H, the number of units.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - bias: whether there are b_ih and b_hh.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states are not affected.
    ///   - dropout: the probability with which an output of every layer but the last is set to zero in training.
    ///   - bidirectional: a second set of units reads from the end; the outputs stand side by side.
    ///   - peepholes: the gates see the cell state as well. PyTorch has no such option.
    public init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, peepholes: Bool = false
    ) {
        let options = RecurrentOptions(
            name: "LSTM", inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: bias,
            batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional,
            ownOptions: peepholes ? ["peepholes=True"] : []
        )
        stack = RecurrentStack(options) { features in
            LSTMDirection(
                weights: RecurrentWeights(
                    inputSize: features, hiddenSize: hiddenSize, gates: 4, bias: bias, peepholes: peepholes ? 3 : 0
                )
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
    ///   - states: (h0, c0); zeros if left out.
    ///   - lengths: the number of steps of each sequence, if not all have L. Outputs past the end are zero,
    ///     the final states are the last real step's, and the reverse direction starts at each sequence's own end.
    public func callAsFunction(
        _ input: Tensor, _ states: (h0: Tensor, c0: Tensor)? = nil, lengths: [Int]? = nil
    ) -> (output: Tensor, states: (hn: Tensor, cn: Tensor)) {
        let run = run(input, states, lengths)
        return (run.output, (run.finalStates[0], run.finalStates[1]))
    }

    /// The same computation with every intermediate value of every layer, direction and step.
    public func trace(_ input: Tensor, _ states: (h0: Tensor, c0: Tensor)? = nil, lengths: [Int]? = nil) -> LSTMTrace {
        LSTMTrace(run(input, states, lengths), stack.parameters.snapshot)
    }

    private func run(
        _ input: Tensor, _ states: (h0: Tensor, c0: Tensor)?, _ lengths: [Int]?
    ) -> RecurrentStack<LSTMDirection>.Run {
        stack.run(
            input, states: states.map { [("h0", $0.h0), ("c0", $0.c0)] } ?? [], lengths: lengths, isTraining: isTraining
        )
    }
}

extension LSTM: CustomStringConvertible {
    /// As PyTorch prints it: `LSTM(5, 6, num_layers=2)`.
    public var description: String { stack.options.description }
}

// MARK: - One layer in one direction

struct LSTMDirection: RecurrentDirection {
    static let stateCount = 2

    let weights: RecurrentWeights

    struct Pass: RecurrentPass {
        let x: SequenceBatch
        /// (L, N, 4H): what stands inside σ and tanh, in the order i, f, g, o.
        let preactivations: Steps
        /// (L, N, 4H): i_t, f_t, g_t, o_t side by side.
        let gates: Steps
        /// (L, N, H): tanh(c_t).
        let tanhC: Steps
        /// h_t and c_t.
        let h: StateHistory
        let c: StateHistory
        /// As they were in the forward pass.
        let weightIH: Matrix
        let weightHH: Matrix
        /// (3, H): p_i, p_f, p_o.
        let peepholes: Matrix?

        var states: [StateHistory] { [h, c] }
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> Pass {
        let H = weights.hiddenSize
        let h = StateHistory(startingAt: initial[0], of: x, width: H)
        let c = StateHistory(startingAt: initial[1], of: x, width: H)
        let gates = Steps(count: x.count, batch: x.batch, width: 4 * H)
        let tanhC = Steps(count: x.count, batch: x.batch, width: H)
        let weightHH = weights.matrixHH
        let recurrent = weightHH.view.transposed.packed
        let peepholes = weights.peepholes.map { Matrix($0) }

        let a = weights.inputPart(of: x)                                         // W_ih x_t + b_ih
        if let biases = weights.biases { a.matrix.addToRows(biases.hh.values) }  // + b_hh
        for t in x.readingOrder {
            a.view(at: t).add(h.view(before: t), times: recurrent)  // + W_hh h_{t−1}
            for n in 0..<x.batch {
                guard x.hasStep(t, of: n) else {
                    a.clear(t, n)
                    h.carry(n, over: t)
                    c.carry(n, over: t)
                    continue
                }
                let (a, previousC) = (a[t, n], c[before: t, n])
                let (i, f, g, o) = Self.blocks(gates[t, n], H)
                let (h, c, tanhC) = (h[after: t, n], c[after: t, n], tanhC[t, n])

                if let peepholes {
                    let (pI, pF) = (peepholes.row(0), peepholes.row(1))
                    for j in 0..<H {
                        a[j] += pI[j] * previousC[j]
                        a[H + j] += pF[j] * previousC[j]
                    }
                }
                i.assignSigmoid(of: a, count: H)
                f.assignSigmoid(of: a + H, count: H)
                g.assignTanh(of: a + 2 * H, count: H)
                for j in 0..<H { c[j] = f[j] * previousC[j] + i[j] * g[j] }
                if let peepholes {
                    let pO = peepholes.row(2)
                    for j in 0..<H { a[3 * H + j] += pO[j] * c[j] }
                }
                o.assignSigmoid(of: a + 3 * H, count: H)
                tanhC.assignTanh(of: c, count: H)
                for j in 0..<H { h[j] = o[j] * tanhC[j] }
            }
        }
        return Pass(
            x: x, preactivations: a, gates: gates, tanhC: tanhC, h: h, c: c,
            weightIH: weights.matrixIH, weightHH: weightHH, peepholes: peepholes
        )
    }

    func backward(_ pass: Pass, _ gradients: OutputGradients) -> InputGradients {
        let (x, H) = (pass.x, weights.hiddenSize)
        let da = Steps(count: x.count, batch: x.batch, width: 4 * H)
        let weightHH = pass.weightHH.view.packed
        let (dh, dc) = (gradients.finalStates[0], gradients.finalStates[1])
        let dPeepholes = pass.peepholes.map { Matrix(rows: 3, columns: $0.columns) }
        for t in x.unreadingOrder {
            for n in 0..<x.batch where x.hasStep(t, of: n) {
                let (dh, dc, dOutput) = (dh.row(n), dc.row(n), gradients.outputs[t, n])
                let (i, f, g, o) = Self.blocks(pass.gates[t, n], H)
                let (dai, daf, dag, dao) = Self.blocks(da[t, n], H)
                let (previousC, c, tanhC) = (pass.c[before: t, n], pass.c[after: t, n], pass.tanhC[t, n])

                for j in 0..<H {
                    dh[j] += dOutput[j]                               // h_t is the output and goes on to step t + 1
                    dao[j] = dh[j] * tanhC[j] * o[j] * (1 - o[j])     // h = o tanh c;  σ′ = o (1 − o)
                    dc[j] += dh[j] * o[j] * (1 - tanhC[j] * tanhC[j]) // ∂h/∂c = o (1 − tanh² c)
                    dh[j] = 0
                }
                if let peepholes = pass.peepholes, let dPeepholes {
                    let (pO, dpO) = (peepholes.row(2), dPeepholes.row(2))
                    for j in 0..<H {
                        dc[j] += dao[j] * pO[j]                       // o sees p_o c_t
                        dpO[j] += dao[j] * c[j]
                    }
                }
                for j in 0..<H {
                    dai[j] = dc[j] * g[j] * i[j] * (1 - i[j])         // ∂c/∂i = g;  σ′ = i (1 − i)
                    daf[j] = dc[j] * previousC[j] * f[j] * (1 - f[j]) // ∂c/∂f = c_{t−1};  σ′ = f (1 − f)
                    dag[j] = dc[j] * i[j] * (1 - g[j] * g[j])         // ∂c/∂g = i;  tanh′ = 1 − g²
                    dc[j] *= f[j]                                     // ∂c_t/∂c_{t−1} = f: the highway
                }
                if let peepholes = pass.peepholes, let dPeepholes {
                    let (pI, pF, dpI, dpF) = (peepholes.row(0), peepholes.row(1), dPeepholes.row(0), dPeepholes.row(1))
                    for j in 0..<H {
                        dc[j] += dai[j] * pI[j] + daf[j] * pF[j]      // i and f see p c_{t−1}
                        dpI[j] += dai[j] * previousC[j]
                        dpF[j] += daf[j] * previousC[j]
                    }
                }
            }
            dh.view.add(da.view(at: t), times: weightHH)  // ∂L/∂h_{t−1} = W_hhᵀ ∂L/∂a_t
        }
        return InputGradients(
            x: da.matrix.view.times(pass.weightIH.view),                                   // ∂L/∂x_t = W_ihᵀ ∂L/∂a_t
            initialStates: [dh, dc],
            parameters: [
                da.matrix.view.transposed.times(x.steps.matrix.view).values,      // ∂L/∂W_ih = Σ ∂L/∂a_t x_tᵀ
                da.matrix.view.transposed.times(pass.h.viewBeforeAll).values,     // ∂L/∂W_hh = Σ ∂L/∂a_t h_{t−1}ᵀ
            ] + (weights.biases == nil ? [] : [da.matrix.columnSums, da.matrix.columnSums])  // ∂L/∂b = Σ ∂L/∂a_t
                + (dPeepholes.map { [$0.values] } ?? [])
        )
    }

    /// A row of 4H values as its four blocks of H, in the order i, f, g, o.
    private static func blocks(_ row: UnsafeMutablePointer<Double>, _ H: Int) -> (
        UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) {
        (row, row + H, row + 2 * H, row + 3 * H)
    }
}

// MARK: - Trace

/// Every intermediate value of an ``LSTM``.
public struct LSTMTrace {
    /// One step; every tensor has a row for each sequence. Past a sequence's end the gates are 0 and the states stay.
    public struct Step {
        /// x_t (N, D)
        public let input: Tensor
        /// h_{t−1} (N, H)
        public let previousHidden: Tensor
        /// c_{t−1} (N, H)
        public let previousCell: Tensor
        /// What stands inside the functions (N, H each): i_t = σ(inputPreactivation), …
        public let inputPreactivation: Tensor
        public let forgetPreactivation: Tensor
        public let cellPreactivation: Tensor
        public let outputPreactivation: Tensor
        /// i_t (N, H): how much of the candidate is let in.
        public let inputGate: Tensor
        /// f_t (N, H): how much of the previous cell state is kept.
        public let forgetGate: Tensor
        /// g_t, also c̃_t (N, H): the candidate.
        public let cellGate: Tensor
        /// o_t (N, H): how much of the cell state is shown.
        public let outputGate: Tensor
        /// c_t (N, H)
        public let cellState: Tensor
        /// h_t (N, H)
        public let hiddenState: Tensor
    }

    public typealias Track = RecurrentTrack<Step>

    public let tracks: [Track]
    /// What the steps were computed with, under the layer's names.
    public let parameters: Parameters
    public let output: Tensor
    public let hn: Tensor
    public let cn: Tensor

    /// The steps of the last layer, read forwards.
    public var steps: [Step] { tracks.lastForwardSteps() }

    init(_ run: RecurrentStack<LSTMDirection>.Run, _ parameters: Parameters) {
        self.parameters = parameters
        output = run.output
        hn = run.finalStates[0]
        cn = run.finalStates[1]
        tracks = run.tracks { $0.traceSteps }
    }
}

extension LSTMDirection.Pass {
    fileprivate var traceSteps: [LSTMTrace.Step] {
        (0..<x.count).map { t in
            let a = preactivations.tensors(at: t, blocks: 4)
            let gates = gates.tensors(at: t, blocks: 4)
            return LSTMTrace.Step(
                input: x.steps.tensor(at: t), previousHidden: h.tensor(before: t), previousCell: c.tensor(before: t),
                inputPreactivation: a[0], forgetPreactivation: a[1], cellPreactivation: a[2], outputPreactivation: a[3],
                inputGate: gates[0], forgetGate: gates[1], cellGate: gates[2], outputGate: gates[3],
                cellState: c.tensor(after: t), hiddenState: h.tensor(after: t)
            )
        }
    }
}
