/// The gated recurrent unit (Cho et al. 2014; articles S3, S4).
///
/// For every step t of a layer, as PyTorch computes it:
///
///     r_t = σ(W_ir x_t + b_ir + W_hr h_{t−1} + b_hr)             reset gate
///     z_t = σ(W_iz x_t + b_iz + W_hz h_{t−1} + b_hz)             update gate
///     n_t = tanh(W_in x_t + b_in + r_t ⊙ (W_hn h_{t−1} + b_hn))  candidate
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
/// L steps, N sequences, d = `inputSize`, H = `hiddenSize`, S = `numLayers` · directions:
///
///     let gru = GRU(inputSize: 5, hiddenSize: 6, numLayers: 2)
///     let (output, hn) = gru(input, h0)
///
/// | tensor       | shape                                   |
/// |--------------|-----------------------------------------|
/// | input        | (L, N, d), with `batchFirst` (N, L, d)  |
/// | h0, hn       | (S, N, H)                               |
/// | output       | (L, N, directions · H), with `batchFirst` (N, L, directions · H) |
/// | weight_ih_l0 | (3H, d): W_ir, W_iz, W_in below one another; in layers above (3H, directions · H) |
/// | weight_hh_l0 | (3H, H): W_hr, W_hz, W_hn               |
/// | bias_ih_l0, bias_hh_l0 | (3H)                          |
///
/// One sequence may come without its axis N: input (L, d), states (S, H), output (L, directions · H); `batchFirst`
/// has no effect on it.
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H).
public final class GRU: RecurrentLayer {
    /// Whose share the update gate z_t is.
    public enum UpdateGate: Sendable {
        /// h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}: PyTorch.
        case keepsPrevious
        /// h_t = (1 − z_t) ⊙ h_{t−1} + z_t ⊙ n_t: S3.
        case takesCandidate
    }

    public typealias States = Tensor

    public let stack: RecurrentStack
    private let resetAfter: Bool
    private let updateGate: UpdateGate

    /// - Parameters:
    ///   - inputSize: d, the number of features of x_t.
    ///   - hiddenSize: H, the number of units.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - bias: whether there are b_ih and b_hh.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states and single sequences are not affected.
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
        self.resetAfter = resetAfter
        self.updateGate = updateGate
        stack = RecurrentStack(options) { features in
            GRUDirection(
                inputSize: features, hiddenSize: hiddenSize, bias: bias, resetAfter: resetAfter, updateGate: updateGate
            )
        }
    }

    /// What a cell computes, at every step of a sequence.
    init(repeating step: SingleStep, resetAfter: Bool, updateGate: UpdateGate) {
        self.resetAfter = resetAfter
        self.updateGate = updateGate
        stack = RecurrentStack(step.options) { _ in step.direction }
    }

    public var definition: CellDefinition { GRU.definition(resetAfter: resetAfter, updateGate: updateGate, bias: options.bias) }

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

extension GRU {
    /// The equations of a step, as a layer with these options computes it: `show(equations: GRU.definition())`.
    public static func definition(
        resetAfter: Bool = true, updateGate: UpdateGate = .keepsPrevious, bias: Bool = true
    ) -> CellDefinition {
        func b(_ name: String) -> String { bias ? " + b_{\(name)}" : "" }
        func gate(_ k: String) -> String { "σ(W_{i\(k)} x_t\(b("i" + k)) + W_{h\(k)} h_{t-1}\(b("h" + k)))" }
        let hidden =
            resetAfter
            ? "r_t ⊙ " + (bias ? "(W_{hn} h_{t-1}\(b("hn")))" : "W_{hn} h_{t-1}") : "W_{hn} (r_t ⊙ h_{t-1})\(b("hn"))"
        let (new, old) = updateGate == .keepsPrevious ? ("(1 - z_t) ⊙ n_t", "z_t ⊙ h_{t-1}") : ("z_t ⊙ n_t", "(1 - z_t) ⊙ h_{t-1}")
        return CellDefinition(
            "GRU",
            """
            r_t = \(gate("r"))
            z_t = \(gate("z"))
            n_t = tanh(W_{in} x_t\(b("in")) + \(hidden))
            h_t = \(updateGate == .keepsPrevious ? "\(new) + \(old)" : "\(old) + \(new)")
            """,
            roles: ["r": "resetGate", "z": "updateGate", "n": "candidate", "h": "hiddenState", "previous-h": "previousHidden"],
            variants: [resetAfter ? .resetAfter : .resetBefore] + (updateGate == .takesCandidate ? [.takesCandidate] : [])
                + (bias ? [] : [.withoutBias])
        )
    }
}

// MARK: - One layer in one direction

final class GRUDirection: GatedDirection {
    let weights: RecurrentWeights
    let stateNames = ["h"]
    private let resetAfter: Bool
    private let updateGate: GRU.UpdateGate

    init(inputSize: Int, hiddenSize: Int, bias: Bool, resetAfter: Bool, updateGate: GRU.UpdateGate) {
        weights = RecurrentWeights(inputSize: inputSize, hiddenSize: hiddenSize, gates: ["r", "z", "n"], bias: bias)
        self.resetAfter = resetAfter
        self.updateGate = updateGate
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> any RecurrentPass {
        GRUPass(x, from: initial, weights, resetAfter: resetAfter, updateGate)
    }
}

private final class GRUPass: RecurrentPass {
    let x: SequenceBatch
    /// (L, N, 3H): what stands inside σ and tanh, in the order r, z, n.
    private let a: Steps
    /// (L, N, 3H): r_t, z_t, n_t side by side.
    private let gates: Steps
    /// (L, N, H): W_hn h_{t−1} + b_hn, to which the reset gate is applied (reset after).
    private let hiddenPart: Steps
    /// (L, N, H): r_t ⊙ h_{t−1}, which goes into the product (reset before).
    private let resetHidden: Steps
    private let h: StateHistory
    private let H: Int
    private let resetAfter: Bool
    private let updateGate: GRU.UpdateGate
    /// As they were in the forward pass.
    private let weightIH: Matrix
    private let weightHH: Matrix
    private let hasBias: Bool

    var states: [StateHistory] { [h] }
    var quantities: [(symbol: String, values: MatrixView)] { gates.blocks("r", "z", "n") + [("h", h.viewAfterAll)] }
    var preactivations: [(symbol: String, values: MatrixView)] { a.blocks("r", "z", "n") }

    // MARK: Forward

    init(
        _ x: SequenceBatch, from initial: [[Double]], _ weights: RecurrentWeights, resetAfter: Bool,
        _ updateGate: GRU.UpdateGate
    ) {
        self.x = x
        self.resetAfter = resetAfter
        self.updateGate = updateGate
        H = weights.hiddenSize
        h = StateHistory(startingAt: initial[0], of: x, width: H)
        gates = Steps(count: x.count, batch: x.batch, width: 3 * H)
        hiddenPart = Steps(count: x.count, batch: x.batch, width: H)
        resetHidden = Steps(count: x.count, batch: x.batch, width: H)
        (weightIH, weightHH, hasBias) = (weights.matrixIH, weights.matrixHH, weights.biases != nil)
        let forGates = weightHH.view.rows(0..<2 * H).transposed.packed
        let forCandidate = weightHH.view.rows(2 * H..<3 * H).transposed.packed

        a = weights.inputPart(of: x)  // W_ih x_t + b_ih
        if let bias = weights.biases?.hh.values {
            a.matrix.addToRows(bias[..<(2 * H)] + [Double].zeros(H))  // + b_hr, b_hz
            hiddenPart.matrix.fillRows(with: Array(bias[(2 * H)...]))  // b_hn
        }
        for t in x.readingOrder {
            a.view(at: t).columns(0..<2 * H).add(h.view(before: t), times: forGates)  // + W_hr h_{t−1}, W_hz h_{t−1}
            for n in 0..<x.batch where x.hasStep(t, of: n) { stepGates(t, n) }
            let read = resetAfter ? h.view(before: t) : resetHidden.view(at: t)
            hiddenPart.view(at: t).add(read, times: forCandidate)  // + W_hn h_{t−1}, or W_hn (r_t ⊙ h_{t−1})
            for n in 0..<x.batch {
                if x.hasStep(t, of: n) {
                    stepState(t, n)
                } else {
                    a.clear(t, n)
                    hiddenPart.clear(t, n)
                    h.carry(n, over: t)
                }
            }
        }
    }

    /// From a_t to r_t, z_t and r_t ⊙ h_{t−1}.
    private func stepGates(_ t: Int, _ n: Int) {
        let (a, previousH, resetHidden) = (a[t, n], h[before: t, n], resetHidden[t, n])
        let (r, z, _) = Self.blocks(gates[t, n], H)
        r.assignSigmoid(of: a, count: H)
        z.assignSigmoid(of: a + H, count: H)
        for j in 0..<H { resetHidden[j] = r[j] * previousH[j] }
    }

    /// From the gates to n_t and h_t.
    private func stepState(_ t: Int, _ n: Int) {
        let (a, hiddenPart) = (a[t, n] + 2 * H, hiddenPart[t, n])
        let (previousH, h) = (h[before: t, n], h[after: t, n])
        let (r, z, candidate) = Self.blocks(gates[t, n], H)
        for j in 0..<H { a[j] += resetAfter ? r[j] * hiddenPart[j] : hiddenPart[j] }
        candidate.assignTanh(of: a, count: H)
        for j in 0..<H {
            h[j] =
                switch updateGate {
                case .keepsPrevious: (1 - z[j]) * candidate[j] + z[j] * previousH[j]
                case .takesCandidate: (1 - z[j]) * previousH[j] + z[j] * candidate[j]
                }
        }
    }

    // MARK: Backward

    func backward(_ gradients: OutputGradients) -> InputGradients {
        let d = StepGradients(
            output: gradients.outputs, h: gradients.finalStates[0],
            a: Steps(count: x.count, batch: x.batch, width: 3 * H),
            recurrent: Steps(count: x.count, batch: x.batch, width: 3 * H)
        )
        let dResetHidden = Matrix(rows: x.batch, columns: H)
        let weightGates = weightHH.view.rows(0..<2 * H).packed
        let weightCandidate = weightHH.view.rows(2 * H..<3 * H).packed

        for t in x.unreadingOrder {
            for n in 0..<x.batch where x.hasStep(t, of: n) { stepBack(t, n, d) }
            let dCandidate = d.recurrent.view(at: t).columns(2 * H..<3 * H)
            if resetAfter {
                d.h.view.add(dCandidate, times: weightCandidate)  // + W_hnᵀ (r ⊙ ∂ℒ/∂a_n)
            } else {
                dResetHidden.clear()
                dResetHidden.view.add(dCandidate, times: weightCandidate)  // ∂ℒ/∂(r ⊙ h_{t−1}) = W_hnᵀ ∂ℒ/∂a_n
                for n in 0..<x.batch where x.hasStep(t, of: n) { splitResetProduct(t, n, dResetHidden.row(n), d) }
            }
            for n in 0..<x.batch { d.recurrent[t, n].update(from: d.a[t, n], count: 2 * H) }
            d.h.view.add(d.a.view(at: t).columns(0..<2 * H), times: weightGates)  // + W_hrᵀ ∂ℒ/∂a_r + W_hzᵀ ∂ℒ/∂a_z
        }
        return InputGradients(
            x: d.a.matrix.view.times(weightIH.view),  // ∂ℒ/∂x_t = W_ihᵀ ∂ℒ/∂a_t
            initialStates: [d.h],
            parameters: [
                d.a.matrix.view.transposed.times(x.steps.matrix.view).values,  // ∂ℒ/∂W_ih = Σ ∂ℒ/∂a_t x_tᵀ
                recurrentWeightGradient(d.recurrent),
            ] + (hasBias ? [d.a.matrix.columnSums, d.recurrent.matrix.columnSums] : [])
        )
    }

    /// What a backward pass reads and writes, step by step.
    private struct StepGradients {
        /// (L, N, H): ∂ℒ/∂output_t.
        let output: Steps
        /// (N, H): ∂ℒ/∂h_t, and after the step ∂ℒ/∂h_{t−1}.
        let h: Matrix
        /// (L, N, 3H): ∂ℒ/∂ of what stands inside the functions.
        let a: Steps
        /// (L, N, 3H): ∂ℒ/∂ of the recurrent part W_hh h_{t−1} + b_hh of it. They differ in the candidate's block
        /// where the reset gate stands between the two.
        let recurrent: Steps
    }

    /// From ∂ℒ/∂h_t to ∂ℒ/∂a_z, ∂ℒ/∂a_n and, with the reset gate after the product, ∂ℒ/∂a_r.
    private func stepBack(_ t: Int, _ n: Int, _ d: StepGradients) {
        let (dh, dOutput) = (d.h.row(n), d.output[t, n])
        let (r, z, candidate) = Self.blocks(gates[t, n], H)
        let (dar, daz, dan) = Self.blocks(d.a[t, n], H)
        let dRecurrentN = d.recurrent[t, n] + 2 * H
        let (previousH, hiddenPart) = (h[before: t, n], hiddenPart[t, n])
        for j in 0..<H {
            dh[j] += dOutput[j]  // h_t is the output and goes on to step t + 1
            let dz: Double
            let dn: Double
            switch updateGate {
            case .keepsPrevious:
                dz = dh[j] * (previousH[j] - candidate[j])  // ∂h/∂z = h_{t−1} − n
                dn = dh[j] * (1 - z[j])  // ∂h/∂n = 1 − z
                dh[j] *= z[j]  // ∂h_t/∂h_{t−1} = z, apart from the gates
            case .takesCandidate:
                dz = dh[j] * (candidate[j] - previousH[j])  // ∂h/∂z = n − h_{t−1}
                dn = dh[j] * z[j]  // ∂h/∂n = z
                dh[j] *= 1 - z[j]  // ∂h_t/∂h_{t−1} = 1 − z, apart from the gates
            }
            daz[j] = dz * z[j] * (1 - z[j])  // σ′ = z (1 − z)
            dan[j] = dn * (1 - candidate[j] * candidate[j])  // tanh′ = 1 − n²
            if resetAfter {
                dar[j] = dan[j] * hiddenPart[j] * r[j] * (1 - r[j])  // ∂a_n/∂r = W_hn h_{t−1} + b_hn;  σ′ = r (1 − r)
                dRecurrentN[j] = dan[j] * r[j]  // ∂a_n/∂(W_hn h_{t−1} + b_hn) = r
            } else {
                dRecurrentN[j] = dan[j]
            }
        }
    }

    /// With the reset gate before the product: from ∂ℒ/∂(r ⊙ h_{t−1}), by the product rule, to ∂ℒ/∂a_r and ∂ℒ/∂h_{t−1}.
    private func splitResetProduct(_ t: Int, _ n: Int, _ dResetHidden: UnsafeMutablePointer<Double>, _ d: StepGradients) {
        let (dar, r, previousH, dh) = (d.a[t, n], gates[t, n], h[before: t, n], d.h.row(n))
        for j in 0..<H {
            dar[j] = dResetHidden[j] * previousH[j] * r[j] * (1 - r[j])  // ∂(r h)/∂r = h_{t−1};  σ′ = r (1 − r)
            dh[j] += dResetHidden[j] * r[j]  // ∂(r h)/∂h_{t−1} = r
        }
    }

    /// ∂ℒ/∂W_hh = Σ ∂ℒ/∂(W_hh h_{t−1}) h_{t−1}ᵀ; with the reset gate before the product the
    /// candidate's block reads r_t ⊙ h_{t−1} instead.
    private func recurrentWeightGradient(_ dRecurrent: Steps) -> [Double] {
        let gradient = dRecurrent.matrix.view.columns(0..<2 * H).transposed.times(h.viewBeforeAll).values
        let read = resetAfter ? h.viewBeforeAll : resetHidden.matrix.view
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
public typealias GRUTrace = RecurrentTrace<GRU>

extension RecurrentTrace where Layer == GRU {
    /// (S, N, H): the state after the last step.
    public var hn: Tensor { finalStates[0] }
}

extension RecurrentTrace.Step where Layer == GRU {
    /// h_{t−1} (N, H)
    public var previousHidden: Tensor { previous("h") }
    /// What stands inside r_t = σ(…) (N, H)
    public var resetPreactivation: Tensor { preactivation("r") }
    /// What stands inside z_t = σ(…) (N, H)
    public var updatePreactivation: Tensor { preactivation("z") }
    /// What stands inside n_t = tanh(…) (N, H)
    public var candidatePreactivation: Tensor { preactivation("n") }
    /// r_t (N, H): how much of the previous state the candidate sees.
    public var resetGate: Tensor { self["r"] }
    /// z_t (N, H): how much of the previous state (or, with `.takesCandidate`, of the candidate) is taken.
    public var updateGate: Tensor { self["z"] }
    /// n_t, also ĥ_t (N, H)
    public var candidate: Tensor { self["n"] }
    /// PyTorch's name of the candidate.
    public var newGate: Tensor { candidate }
    /// h_t (N, H)
    public var hiddenState: Tensor { self["h"] }
}
