/// The gated recurrent unit (Cho et al. 2014; articles S3, S4).
///
/// For every step t of a layer, as PyTorch computes it:
///
///     r_t = σ(W_ir x_t + b_ir + W_hr h_{t−1} + b_hr)             reset gate
///     z_t = σ(W_iz x_t + b_iz + W_hz h_{t−1} + b_hz)             update gate
///     n_t = tanh(W_in x_t + b_in + r_t ⊙ (W_hn h_{t−1} + b_hn))  candidate, ĥ_t in S3
///     h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}                      hidden state
///
/// With `resetAfter: false` (Cho et al. 2014, S3) the reset gate acts before the product:
///
///     n_t = tanh(W_in x_t + b_in + W_hn (r_t ⊙ h_{t−1}) + b_hn)
///
/// With `updateGate: .takesCandidate` (S3) z_t is the candidate's share, not the previous state's:
///
///     h_t = (1 − z_t) ⊙ h_{t−1} + z_t ⊙ n_t
///
/// L steps, N sequences, D = `inputSize`, H = `hiddenSize`, S = `numLayers` · directions:
///
///     let gru = GRU(inputSize: 5, hiddenSize: 6, numLayers: 2)
///     let (output, hn) = gru(input, h0)
///
/// | tensor       | shape                                   |
/// |--------------|-----------------------------------------|
/// | input        | (L, N, D), with `batchFirst` (N, L, D)  |
/// | h0, hn       | (S, N, H)                               |
/// | output       | (L, N, directions · H), with `batchFirst` (N, L, directions · H) |
/// | weight_ih_l0 | (3H, D): W_ir, W_iz, W_in below one another; in layers above (3H, directions · H) |
/// | weight_hh_l0 | (3H, H): W_hr, W_hz, W_hn               |
/// | bias_ih_l0, bias_hh_l0 | (3H)                          |
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H).
public final class GRU: Layer {
    /// Whose share the update gate z_t is.
    public enum UpdateGate: Sendable {
        /// h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}: PyTorch.
        case keepsPrevious
        /// h_t = (1 − z_t) ⊙ h_{t−1} + z_t ⊙ n_t: S3.
        case takesCandidate
    }

    let stack: RecurrentStack<GRUDirection>
    private var isTraining = true

    /// - Parameters:
    ///   - inputSize: D, the number of features of x_t.
    ///   - hiddenSize: H, the number of units.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - bias: whether there are b_ih and b_hh.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states are not affected.
    ///   - dropout: the probability with which an output of every layer but the last is set to zero in training.
    ///   - bidirectional: a second set of units reads from the end; the outputs stand side by side.
    ///   - resetAfter: the reset gate acts after the product with W_hn (PyTorch); false: before it (Cho et al. 2014).
    ///   - updateGate: whose share z_t is.
    public init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, resetAfter: Bool = true, updateGate: UpdateGate = .keepsPrevious
    ) {
        let options = RecurrentOptions(
            name: "GRU", inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: bias,
            batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional,
            ownOptions: (resetAfter ? [] : ["reset_after=False"])
                + (updateGate == .keepsPrevious ? [] : ["update_gate=takes_candidate"])
        )
        stack = RecurrentStack(options) { features in
            GRUDirection(
                weights: RecurrentWeights(inputSize: features, hiddenSize: hiddenSize, gates: 3, bias: bias),
                resetAfter: resetAfter, updateGate: updateGate
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
    public func trace(_ input: Tensor, _ h0: Tensor? = nil, lengths: [Int]? = nil) -> GRUTrace {
        let direction = stack.directions[0]
        return GRUTrace(run(input, h0, lengths), stack.parameters.snapshot, resetAfter: direction.resetAfter, updateGate: direction.updateGate)
    }

    private func run(_ input: Tensor, _ h0: Tensor?, _ lengths: [Int]?) -> RecurrentStack<GRUDirection>.Run {
        stack.run(input, states: h0.map { [("h0", $0)] } ?? [], lengths: lengths, isTraining: isTraining)
    }
}

extension GRU: CustomStringConvertible {
    /// As PyTorch prints it: `GRU(5, 6, num_layers=2)`.
    public var description: String { stack.options.description }
}

// MARK: - One layer in one direction

struct GRUDirection: RecurrentDirection {
    static let stateCount = 1

    let weights: RecurrentWeights
    let resetAfter: Bool
    let updateGate: GRU.UpdateGate

    struct Pass: RecurrentPass {
        let x: SequenceBatch
        /// (L, N, 3H): what stands inside σ and tanh, in the order r, z, n.
        let preactivations: Steps
        /// (L, N, 3H): r_t, z_t, n_t side by side.
        let gates: Steps
        /// (L, N, H): W_hn h_{t−1} + b_hn, to which the reset gate is applied (reset after).
        let hiddenPart: Steps
        /// (L, N, H): r_t ⊙ h_{t−1}, which goes into the product (reset before).
        let resetHidden: Steps
        /// h_t.
        let h: StateHistory
        /// As they were in the forward pass.
        let weightIH: Matrix
        let weightHH: Matrix

        var states: [StateHistory] { [h] }
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> Pass {
        let H = weights.hiddenSize
        let h = StateHistory(startingAt: initial[0], of: x, width: H)
        let gates = Steps(count: x.count, batch: x.batch, width: 3 * H)
        let hiddenPart = Steps(count: x.count, batch: x.batch, width: H)
        let resetHidden = Steps(count: x.count, batch: x.batch, width: H)
        let weightHH = weights.matrixHH
        let forGates = weightHH.view.rows(0..<2 * H).transposed.packed
        let forCandidate = weightHH.view.rows(2 * H..<3 * H).transposed.packed

        let a = weights.inputPart(of: x)                                 // W_ih x_t + b_ih
        if let bias = weights.biases?.hh.values {
            a.matrix.addToRows(bias[..<(2 * H)] + [Double].zeros(H))              // + b_hr, b_hz
            hiddenPart.matrix.fillRows(with: Array(bias[(2 * H)...]))    // b_hn
        }
        for t in x.readingOrder {
            a.view(at: t).columns(0..<2 * H).add(h.view(before: t), times: forGates)  // + W_hr h, W_hz h
            for n in 0..<x.batch where x.hasStep(t, of: n) {
                let (a, previousH, resetHidden) = (a[t, n], h[before: t, n], resetHidden[t, n])
                let (r, z, _) = Self.blocks(gates[t, n], H)
                r.assignSigmoid(of: a, count: H)
                z.assignSigmoid(of: a + H, count: H)
                for j in 0..<H { resetHidden[j] = r[j] * previousH[j] }
            }
            hiddenPart.view(at: t).add(resetAfter ? h.view(before: t) : resetHidden.view(at: t), times: forCandidate)
            for n in 0..<x.batch {
                guard x.hasStep(t, of: n) else {
                    a.clear(t, n)
                    hiddenPart.clear(t, n)
                    h.carry(n, over: t)
                    continue
                }
                let (a, hiddenPart) = (a[t, n] + 2 * H, hiddenPart[t, n])
                let (previousH, h) = (h[before: t, n], h[after: t, n])
                let (r, z, candidate) = Self.blocks(gates[t, n], H)
                for j in 0..<H { a[j] += resetAfter ? r[j] * hiddenPart[j] : hiddenPart[j] }
                candidate.assignTanh(of: a, count: H)
                for j in 0..<H {
                    h[j] = switch updateGate {
                    case .keepsPrevious: (1 - z[j]) * candidate[j] + z[j] * previousH[j]
                    case .takesCandidate: (1 - z[j]) * previousH[j] + z[j] * candidate[j]
                    }
                }
            }
        }
        return Pass(
            x: x, preactivations: a, gates: gates, hiddenPart: hiddenPart, resetHidden: resetHidden, h: h,
            weightIH: weights.matrixIH, weightHH: weightHH
        )
    }

    func backward(_ pass: Pass, _ gradients: OutputGradients) -> InputGradients {
        let (x, H) = (pass.x, weights.hiddenSize)
        let d = StepGradients(
            a: Steps(count: x.count, batch: x.batch, width: 3 * H),
            recurrent: Steps(count: x.count, batch: x.batch, width: 3 * H), h: gradients.finalStates[0]
        )
        let dResetHidden = Matrix(rows: x.batch, columns: H)
        let weightGates = pass.weightHH.view.rows(0..<2 * H).packed
        let weightCandidate = pass.weightHH.view.rows(2 * H..<3 * H).packed

        for t in x.unreadingOrder {
            stepBack(at: t, pass, gradients.outputs, d)
            let dCandidate = d.recurrent.view(at: t).columns(2 * H..<3 * H)
            if resetAfter {
                d.h.view.add(dCandidate, times: weightCandidate)              // + W_hnᵀ (r ⊙ ∂L/∂a_n)
            } else {
                dResetHidden.clear()
                dResetHidden.view.add(dCandidate, times: weightCandidate)     // ∂L/∂(r ⊙ h_{t−1}) = W_hnᵀ ∂L/∂a_n
                splitResetProduct(at: t, pass, dResetHidden, d)
            }
            for n in 0..<x.batch { d.recurrent[t, n].update(from: d.a[t, n], count: 2 * H) }
            d.h.view.add(d.a.view(at: t).columns(0..<2 * H), times: weightGates)  // + W_hrᵀ ∂L/∂a_r + W_hzᵀ ∂L/∂a_z
        }
        return InputGradients(
            x: d.a.matrix.view.times(pass.weightIH.view),                              // ∂L/∂x_t = W_ihᵀ ∂L/∂a_t
            initialStates: [d.h],
            parameters: [
                d.a.matrix.view.transposed.times(x.steps.matrix.view).values,          // ∂L/∂W_ih = Σ ∂L/∂a_t x_tᵀ
                recurrentWeightGradient(d.recurrent, pass),
            ] + (weights.biases == nil ? [] : [d.a.matrix.columnSums, d.recurrent.matrix.columnSums])
        )
    }

    /// What a backward pass writes, step by step.
    private struct StepGradients {
        /// (L, N, 3H): ∂L/∂ of what stands inside the functions.
        let a: Steps
        /// (L, N, 3H): ∂L/∂ of the recurrent part W_hh h_{t−1} + b_hh of it. They differ in the candidate's block
        /// where the reset gate stands between the two.
        let recurrent: Steps
        /// (N, H): ∂L/∂h_t, and after the step ∂L/∂h_{t−1}.
        let h: Matrix
    }

    /// From ∂L/∂h_t to ∂L/∂a_z, ∂L/∂a_n and, with the reset gate after the product, ∂L/∂a_r.
    private func stepBack(at t: Int, _ pass: Pass, _ outputs: Steps, _ d: StepGradients) {
        let H = weights.hiddenSize
        for n in 0..<pass.x.batch where pass.x.hasStep(t, of: n) {
            let (dh, dOutput) = (d.h.row(n), outputs[t, n])
            let (r, z, candidate) = Self.blocks(pass.gates[t, n], H)
            let (dar, daz, dan) = Self.blocks(d.a[t, n], H)
            let dRecurrentN = d.recurrent[t, n] + 2 * H
            let (previousH, hiddenPart) = (pass.h[before: t, n], pass.hiddenPart[t, n])
            for j in 0..<H {
                dh[j] += dOutput[j]                              // h_t is the output and goes on to step t + 1
                let dz: Double
                let dn: Double
                switch updateGate {
                case .keepsPrevious:
                    dz = dh[j] * (previousH[j] - candidate[j])   // ∂h/∂z = h_{t−1} − n
                    dn = dh[j] * (1 - z[j])                      // ∂h/∂n = 1 − z
                    dh[j] *= z[j]                                // ∂h_t/∂h_{t−1} = z, apart from the gates
                case .takesCandidate:
                    dz = dh[j] * (candidate[j] - previousH[j])   // ∂h/∂z = n − h_{t−1}
                    dn = dh[j] * z[j]                            // ∂h/∂n = z
                    dh[j] *= 1 - z[j]                            // ∂h_t/∂h_{t−1} = 1 − z, apart from the gates
                }
                daz[j] = dz * z[j] * (1 - z[j])                  // σ′ = z (1 − z)
                dan[j] = dn * (1 - candidate[j] * candidate[j])  // tanh′ = 1 − n²
                if resetAfter {
                    dar[j] = dan[j] * hiddenPart[j] * r[j] * (1 - r[j])  // ∂a_n/∂r = W_hn h_{t−1} + b_hn;  σ′ = r (1 − r)
                    dRecurrentN[j] = dan[j] * r[j]                       // ∂a_n/∂(W_hn h_{t−1} + b_hn) = r
                } else {
                    dRecurrentN[j] = dan[j]
                }
            }
        }
    }

    /// With the reset gate before the product: from ∂L/∂(r ⊙ h_{t−1}), by the product rule, to ∂L/∂a_r and ∂L/∂h_{t−1}.
    private func splitResetProduct(at t: Int, _ pass: Pass, _ dResetHidden: Matrix, _ d: StepGradients) {
        for n in 0..<pass.x.batch where pass.x.hasStep(t, of: n) {
            let (dar, r, previousH) = (d.a[t, n], pass.gates[t, n], pass.h[before: t, n])
            let (dh, dResetHidden) = (d.h.row(n), dResetHidden.row(n))
            for j in 0..<weights.hiddenSize {
                dar[j] = dResetHidden[j] * previousH[j] * r[j] * (1 - r[j])  // ∂(r h)/∂r = h_{t−1};  σ′ = r (1 − r)
                dh[j] += dResetHidden[j] * r[j]                              // ∂(r h)/∂h_{t−1} = r
            }
        }
    }

    /// ∂L/∂W_hh = Σ ∂L/∂(W_hh h_{t−1}) h_{t−1}ᵀ; with the reset gate before the product the
    /// candidate's block reads r_t ⊙ h_{t−1} instead.
    private func recurrentWeightGradient(_ dRecurrent: Steps, _ pass: Pass) -> [Double] {
        let H = weights.hiddenSize
        let gradient = dRecurrent.matrix.view.columns(0..<2 * H).transposed.times(pass.h.viewBeforeAll).values
        let read = resetAfter ? pass.h.viewBeforeAll : pass.resetHidden.matrix.view
        return gradient + dRecurrent.matrix.view.columns(2 * H..<3 * H).transposed.times(read).values
    }

    /// A row of 3H values as its three blocks of H, in the order r, z, n.
    private static func blocks(_ row: UnsafeMutablePointer<Double>, _ H: Int) -> (
        UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) {
        (row, row + H, row + 2 * H)
    }
}

// MARK: - Trace

/// Every intermediate value of a ``GRU``.
public struct GRUTrace {
    /// One step; every tensor has a row for each sequence. Past a sequence's end the gates are 0 and the state stays.
    public struct Step {
        /// x_t (N, D)
        public let input: Tensor
        /// h_{t−1} (N, H)
        public let previousHidden: Tensor
        /// What stands inside the functions (N, H each): r_t = σ(resetPreactivation), …
        public let resetPreactivation: Tensor
        public let updatePreactivation: Tensor
        public let candidatePreactivation: Tensor
        /// r_t (N, H): how much of the previous state the candidate sees.
        public let resetGate: Tensor
        /// z_t (N, H): how much of the previous state (or, with `.takesCandidate`, of the candidate) is taken.
        public let updateGate: Tensor
        /// n_t, also ĥ_t (N, H)
        public let candidate: Tensor
        /// h_t (N, H)
        public let hiddenState: Tensor

        /// PyTorch's name of the candidate.
        public var newGate: Tensor { candidate }
    }

    public typealias Track = RecurrentTrack<Step>

    public let tracks: [Track]
    /// What the steps were computed with, under the layer's names.
    public let parameters: Parameters
    public let output: Tensor
    public let hn: Tensor
    /// As the layer was made: which equations the steps follow.
    public let resetAfter: Bool
    public let updateGate: GRU.UpdateGate

    /// The steps of the last layer, read forwards.
    public var steps: [Step] { tracks.lastForwardSteps() }

    init(_ run: RecurrentStack<GRUDirection>.Run, _ parameters: Parameters, resetAfter: Bool, updateGate: GRU.UpdateGate) {
        self.parameters = parameters
        output = run.output
        hn = run.finalStates[0]
        tracks = run.tracks { $0.traceSteps }
        self.resetAfter = resetAfter
        self.updateGate = updateGate
    }
}

extension GRUDirection.Pass {
    fileprivate var traceSteps: [GRUTrace.Step] {
        (0..<x.count).map { t in
            let a = preactivations.tensors(at: t, blocks: 3)
            let gates = gates.tensors(at: t, blocks: 3)
            return GRUTrace.Step(
                input: x.steps.tensor(at: t), previousHidden: h.tensor(before: t),
                resetPreactivation: a[0], updatePreactivation: a[1], candidatePreactivation: a[2],
                resetGate: gates[0], updateGate: gates[1], candidate: gates[2], hiddenState: h.tensor(after: t)
            )
        }
    }
}
