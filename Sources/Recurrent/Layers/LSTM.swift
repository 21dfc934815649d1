/// Long short-term memory (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000;
/// articles S0, S2, S3, S4).
///
/// For every step t of a layer
///
///     i_t = σ(W_ii x_t + b_ii + W_hi h_{t−1} + b_hi)       input gate
///     f_t = σ(W_if x_t + b_if + W_hf h_{t−1} + b_hf)       forget gate
///     g_t = tanh(W_ig x_t + b_ig + W_hg h_{t−1} + b_hg)    cell gate, the candidate
///     o_t = σ(W_io x_t + b_io + W_ho h_{t−1} + b_ho)       output gate
///     c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t                      cell state
///     h_t = o_t ⊙ tanh(c_t)                                hidden state
///
/// With `peepholes` (Gers & Schmidhuber 2000) the gates see the cell state as well:
/// p_i ⊙ c_{t−1} and p_f ⊙ c_{t−1} are added inside i_t and f_t, p_o ⊙ c_t inside o_t.
///
/// With a `projSize` P (Sak et al. 2014) the hidden state is projected to P numbers, which the gates read in its stead:
///
///     h_t = W_hr (o_t ⊙ tanh(c_t))
///
/// L steps, N sequences, d = `inputSize`, H = `hiddenSize`, S = `numLayers` · directions:
///
///     let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
///     let (output, (hn, cn)) = lstm(input, (h0, c0))
///
/// | tensor         | shape                                   |
/// |----------------|-----------------------------------------|
/// | input          | (L, N, d), with `batchFirst` (N, L, d)  |
/// | h0, c0, hn, cn | (S, N, H); h0 and hn (S, N, P) with a projection |
/// | output         | (L, N, directions · H), with `batchFirst` (N, L, directions · H); P for H with a projection |
/// | weight_ih_l0   | (4H, d): W_ii, W_if, W_ig, W_io below one another; in layers above (4H, directions · H) |
/// | weight_hh_l0   | (4H, H): W_hi, W_hf, W_hg, W_ho         |
/// | bias_ih_l0, bias_hh_l0 | (4H)                            |
/// | weight_hr_l0   | (P, H); only with a projection, and then weight_hh_l0 is (4H, P) |
/// | peephole_l0    | (3, H): p_i, p_f, p_o; only with `peepholes` |
///
/// One sequence may come without its axis N: input (L, d), states (S, H), output (L, directions · H); `batchFirst`
/// has no effect on it.
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H).
public final class LSTM: RecurrentLayer {
    /// (h0, c0)
    public typealias States = (Tensor, Tensor)

    public let stack: RecurrentStack
    private let hasPeepholes: Bool

    /// - Parameters:
    ///   - inputSize: d, the number of features of x_t.
    ///   - hiddenSize: H, the number of units.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - bias: whether there are b_ih and b_hh.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states and single sequences are not affected.
    ///   - dropout: the probability with which an output of every layer but the last is set to zero in training.
    ///   - bidirectional: a second set of units reads from the end; the outputs stand side by side.
    ///   - projSize: P, less than H, the size to which h_t is projected; 0 for none.
    ///   - peepholes: the gates see the cell state as well. PyTorch has no such option.
    public init(
        inputSize: Int, hiddenSize: Int, numLayers: Int = 1, bias: Bool = true, batchFirst: Bool = false,
        dropout: Double = 0, bidirectional: Bool = false, projSize: Int = 0, peepholes: Bool = false
    ) {
        let options = RecurrentOptions(
            name: "LSTM", inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: bias,
            batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional, projSize: projSize,
            ownOptions: peepholes ? ["peepholes=True"] : []
        )
        hasPeepholes = peepholes
        stack = RecurrentStack(options) { features in
            LSTMDirection(inputSize: features, hiddenSize: hiddenSize, bias: bias, peepholes: peepholes, projSize: projSize)
        }
    }

    /// What a cell computes, at every step of a sequence.
    init(repeating step: SingleStep, peepholes: Bool) {
        hasPeepholes = peepholes
        stack = RecurrentStack(step.options) { _ in step.direction }
    }

    public static func named(_ states: States) -> [(name: String, tensor: Tensor)] {
        [("h0", states.0), ("c0", states.1)]
    }

    public var definition: CellDefinition {
        LSTM.definition(bias: options.bias, peepholes: hasPeepholes, projection: options.projSize != 0)
    }

    /// P, the size to which the hidden state is projected; 0 if it is not.
    public var projSize: Int { options.projSize }

    /// Runs over all steps. Ends the program if the shapes of input, states or lengths are not those of the table above.
    ///
    /// - Parameters:
    ///   - input: x_1 … x_L of every sequence.
    ///   - states: (h0, c0); zeros if left out.
    ///   - lengths: the number of steps of each sequence, if not all have L. Outputs past the end are zero,
    ///     the final states are the last real step's, and the reverse direction starts at each sequence's own end.
    public func callAsFunction(
        _ input: Tensor, _ states: States? = nil, lengths: [Int]? = nil
    ) -> (output: Tensor, states: (hn: Tensor, cn: Tensor)) {
        let run = run(input, states, lengths)
        return (run.output, (run.finalStates[0], run.finalStates[1]))
    }
}

// MARK: - The equations

extension LSTM {
    /// The equations of a step without peepholes and projection: PyTorch's.
    public static var definition: CellDefinition { definition() }

    /// The equations of a step, as a layer with these options computes it; with a projection h_t = W_hr (o_t ⊙ tanh(c_t)).
    public static func definition(
        bias: Bool = true, peepholes: Bool = false, projection: Bool = false
    ) -> CellDefinition {
        func inner(_ gate: String, seeing cell: String?) -> String {
            let (b_i, b_h) = bias ? (" + b_{i\(gate)}", " + b_{h\(gate)}") : ("", "")
            let peephole = peepholes ? cell.map { " + p_\(gate) ⊙ \($0)" } ?? "" : ""
            return "W_{i\(gate)} x_t\(b_i) + W_{h\(gate)} h_{t-1}\(b_h)\(peephole)"
        }
        let cell = "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t"
        let output = "o_t = σ(\(inner("o", seeing: "c_t")))"
        return CellDefinition(
            "LSTM",
            """
            i_t = σ(\(inner("i", seeing: "c_{t-1}")))
            f_t = σ(\(inner("f", seeing: "c_{t-1}")))
            g_t = tanh(\(inner("g", seeing: nil)))
            \(peepholes ? cell : output)
            \(peepholes ? output : cell)
            h_t = \(projection ? "W_{hr} (o_t ⊙ tanh(c_t))" : "o_t ⊙ tanh(c_t)")
            """,
            roles: [
                "i": "inputGate", "f": "forgetGate", "g": "cellGate", "o": "outputGate", "c": "cellState", "h": "hiddenState",
                "previous-h": "previousHidden", "previous-c": "previousCell",
            ],
            variants: (peepholes ? [.peepholes] : []) + (projection ? [.projection] : []) + (bias ? [] : [.withoutBias])
        )
    }
}

// MARK: - One layer in one direction

final class LSTMDirection: GatedDirection {
    let weights: RecurrentWeights
    let stateNames = ["h", "c"]

    init(inputSize: Int, hiddenSize: Int, bias: Bool, peepholes: Bool, projSize: Int = 0) {
        weights = RecurrentWeights(
            inputSize: inputSize, hiddenSize: hiddenSize, gates: ["i", "f", "g", "o"], bias: bias,
            peepholes: peepholes ? ["i", "f", "o"] : [], projSize: projSize
        )
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> any RecurrentPass {
        LSTMPass(x, from: initial, weights)
    }
}

private final class LSTMPass: RecurrentPass {
    let x: SequenceBatch
    /// (L, N, 4H): what stands inside σ and tanh, in the order i, f, g, o.
    private let a: Steps
    /// (L, N, 4H): i_t, f_t, g_t, o_t side by side.
    private let gates: Steps
    /// (L, N, H): tanh(c_t).
    private let tanhC: Steps
    private let h: StateHistory
    private let c: StateHistory
    /// W_hr (P, H), and o_t ⊙ tanh(c_t) (L, N, H), of which it makes h_t; nil without a projection.
    private let projection: (weight: Matrix, unprojected: Steps)?
    private let H: Int
    /// As they were in the forward pass.
    private let weightIH: Matrix
    private let weightHH: Matrix
    private let hasBias: Bool
    /// (3, H): p_i, p_f, p_o.
    private let peepholes: Matrix?

    var states: [StateHistory] { [h, c] }
    var quantities: [(symbol: String, values: MatrixView)] {
        gates.blocks("i", "f", "g", "o") + [("c", c.viewAfterAll), ("h", h.viewAfterAll)]
    }
    var preactivations: [(symbol: String, values: MatrixView)] { a.blocks("i", "f", "g", "o") }

    // MARK: Forward

    init(_ x: SequenceBatch, from initial: [[Double]], _ weights: RecurrentWeights) {
        self.x = x
        H = weights.hiddenSize
        h = StateHistory(startingAt: initial[0], of: x, width: weights.outputWidth)
        c = StateHistory(startingAt: initial[1], of: x, width: H)
        gates = Steps(count: x.count, batch: x.batch, width: 4 * H)
        tanhC = Steps(count: x.count, batch: x.batch, width: H)
        (weightIH, weightHH, hasBias) = (weights.matrixIH, weights.matrixHH, weights.biases != nil)
        peepholes = weights.peepholes.map { Matrix($0) }
        projection = weights.projection.map { [H] in (Matrix($0), Steps(count: x.count, batch: x.batch, width: H)) }
        let recurrent = weightHH.view.transposed.packed
        let projecting = projection?.weight.view.transposed.packed

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
                    c.carry(n, over: t)
                }
            }
            if let projection, let projecting {
                h.view(after: t).add(projection.unprojected.view(at: t), times: projecting)  // W_hr (o_t ⊙ tanh(c_t))
            }
        }
    }

    /// From a_t and c_{t−1} to i_t, f_t, g_t, o_t, c_t and h_t, or to what a projection makes h_t of.
    private func step(_ t: Int, _ n: Int) {
        let (a, previousC) = (a[t, n], c[before: t, n])
        let (i, f, g, o) = Self.blocks(gates[t, n], H)
        let (h, c, tanhC) = (projection?.unprojected[t, n] ?? h[after: t, n], c[after: t, n], tanhC[t, n])

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

    // MARK: Backward

    func backward(_ gradients: OutputGradients) -> InputGradients {
        // With a projection what the steps give out is what it reads, and nothing of that goes on to the next step.
        let d = StepGradients(
            output: projection.map { Steps(count: x.count, batch: x.batch, width: $0.unprojected.width) } ?? gradients.outputs,
            h: projection.map { Matrix(rows: x.batch, columns: $0.unprojected.width) } ?? gradients.finalStates[0],
            c: gradients.finalStates[1],
            a: Steps(count: x.count, batch: x.batch, width: 4 * H),
            peepholes: peepholes.map { Matrix(rows: 3, columns: $0.columns) }
        )
        let (weightHH, dh) = (weightHH.view.packed, gradients.finalStates[0])
        let dProjected = projection.map { Steps(count: x.count, batch: x.batch, width: $0.weight.rows) }
        let unprojecting = projection?.weight.view.packed
        for t in x.unreadingOrder {
            if let dProjected, let unprojecting {
                for n in 0..<x.batch where x.hasStep(t, of: n) { take(dh.row(n), gradients.outputs[t, n], dProjected[t, n]) }
                d.output.view(at: t).add(dProjected.view(at: t), times: unprojecting)  // ∂ℒ/∂(o ⊙ tanh c) = W_hrᵀ ∂ℒ/∂h_t
            }
            for n in 0..<x.batch where x.hasStep(t, of: n) { stepBack(t, n, d) }
            dh.view.add(d.a.view(at: t), times: weightHH)  // ∂ℒ/∂h_{t−1} = W_hhᵀ ∂ℒ/∂a_t
        }
        return InputGradients(
            x: d.a.matrix.view.times(weightIH.view),  // ∂ℒ/∂x_t = W_ihᵀ ∂ℒ/∂a_t
            initialStates: [dh, d.c],
            parameters: [
                d.a.matrix.view.transposed.times(x.steps.matrix.view).values,  // ∂ℒ/∂W_ih = Σ ∂ℒ/∂a_t x_tᵀ
                d.a.matrix.view.transposed.times(h.viewBeforeAll).values,  // ∂ℒ/∂W_hh = Σ ∂ℒ/∂a_t h_{t−1}ᵀ
            ] + (hasBias ? Array(repeating: d.a.matrix.columnSums, count: 2) : [])  // ∂ℒ/∂b = Σ ∂ℒ/∂a_t
                + projectionGradient(dProjected)
                + (d.peepholes.map { [$0.values] } ?? [])
        )
    }

    /// ∂ℒ/∂W_hr = Σ ∂ℒ/∂h_t (o_t ⊙ tanh(c_t))ᵀ
    private func projectionGradient(_ dProjected: Steps?) -> [[Double]] {
        guard let projection, let dProjected else { return [] }
        return [dProjected.matrix.view.transposed.times(projection.unprojected.matrix.view).values]
    }

    /// Adds what comes to h_t from step t + 1 and from the output, and forgets the former.
    private func take(
        _ dh: UnsafeMutablePointer<Double>, _ dOutput: UnsafeMutablePointer<Double>, _ sum: UnsafeMutablePointer<Double>
    ) {
        for j in 0..<h.width {
            sum[j] = dh[j] + dOutput[j]
            dh[j] = 0
        }
    }

    /// What a backward pass reads and writes, step by step.
    private struct StepGradients {
        /// (L, N, H): ∂ℒ/∂output_t, or of what a projection reads at step t.
        let output: Steps
        /// (N, H): ∂ℒ/∂h_t and ∂ℒ/∂c_t, and after the step ∂ℒ/∂h_{t−1} and ∂ℒ/∂c_{t−1}.
        let h: Matrix
        let c: Matrix
        /// (L, N, 4H): ∂ℒ/∂ of what stands inside the functions.
        let a: Steps
        /// (3, H): ∂ℒ/∂p_i, ∂ℒ/∂p_f, ∂ℒ/∂p_o.
        let peepholes: Matrix?
    }

    /// From ∂ℒ/∂h_t and ∂ℒ/∂c_t to ∂ℒ/∂a_t and, apart from W_hhᵀ ∂ℒ/∂a_t, to ∂ℒ/∂h_{t−1} and ∂ℒ/∂c_{t−1}.
    private func stepBack(_ t: Int, _ n: Int, _ d: StepGradients) {
        let (dh, dc, dOutput) = (d.h.row(n), d.c.row(n), d.output[t, n])
        let (i, f, g, o) = Self.blocks(gates[t, n], H)
        let (dai, daf, dag, dao) = Self.blocks(d.a[t, n], H)
        let (previousC, c, tanhC) = (c[before: t, n], c[after: t, n], tanhC[t, n])

        for j in 0..<H {
            dh[j] += dOutput[j]  // h_t is the output and goes on to step t + 1
            dao[j] = dh[j] * tanhC[j] * o[j] * (1 - o[j])  // h = o tanh c;  σ′ = o (1 − o)
            dc[j] += dh[j] * o[j] * (1 - tanhC[j] * tanhC[j])  // ∂h/∂c = o (1 − tanh² c)
            dh[j] = 0
        }
        if let peepholes, let dPeepholes = d.peepholes {
            let (pO, dpO) = (peepholes.row(2), dPeepholes.row(2))
            for j in 0..<H {
                dc[j] += dao[j] * pO[j]  // o sees p_o c_t
                dpO[j] += dao[j] * c[j]
            }
        }
        for j in 0..<H {
            dai[j] = dc[j] * g[j] * i[j] * (1 - i[j])  // ∂c/∂i = g;  σ′ = i (1 − i)
            daf[j] = dc[j] * previousC[j] * f[j] * (1 - f[j])  // ∂c/∂f = c_{t−1};  σ′ = f (1 − f)
            dag[j] = dc[j] * i[j] * (1 - g[j] * g[j])  // ∂c/∂g = i;  tanh′ = 1 − g²
            dc[j] *= f[j]  // ∂c_t/∂c_{t−1} = f: the highway
        }
        if let peepholes, let dPeepholes = d.peepholes {
            let (pI, pF, dpI, dpF) = (peepholes.row(0), peepholes.row(1), dPeepholes.row(0), dPeepholes.row(1))
            for j in 0..<H {
                dc[j] += dai[j] * pI[j] + daf[j] * pF[j]  // i and f see p c_{t−1}
                dpI[j] += dai[j] * previousC[j]
                dpF[j] += daf[j] * previousC[j]
            }
        }
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
public typealias LSTMTrace = RecurrentTrace<LSTM>

extension RecurrentTrace where Layer == LSTM {
    /// (S, N, H): the hidden state after the last step; (S, N, P) with a projection.
    public var hn: Tensor { finalStates[0] }
    /// (S, N, H): the cell state after the last step.
    public var cn: Tensor { finalStates[1] }
}

extension RecurrentTrace.Step where Layer == LSTM {
    /// h_{t−1} (N, H)
    public var previousHidden: Tensor { previous("h") }
    /// c_{t−1} (N, H)
    public var previousCell: Tensor { previous("c") }
    /// What stands inside i_t = σ(…) (N, H)
    public var inputPreactivation: Tensor { preactivation("i") }
    /// What stands inside f_t = σ(…) (N, H)
    public var forgetPreactivation: Tensor { preactivation("f") }
    /// What stands inside g_t = tanh(…) (N, H)
    public var cellPreactivation: Tensor { preactivation("g") }
    /// What stands inside o_t = σ(…) (N, H)
    public var outputPreactivation: Tensor { preactivation("o") }
    /// i_t (N, H): how much of the candidate is let in.
    public var inputGate: Tensor { self["i"] }
    /// f_t (N, H): how much of the previous cell state is kept.
    public var forgetGate: Tensor { self["f"] }
    /// g_t, also c̃_t (N, H): the candidate.
    public var cellGate: Tensor { self["g"] }
    /// o_t (N, H): how much of the cell state is shown.
    public var outputGate: Tensor { self["o"] }
    /// c_t (N, H)
    public var cellState: Tensor { self["c"] }
    /// h_t (N, H)
    public var hiddenState: Tensor { self["h"] }
}
