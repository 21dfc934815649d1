/// Back-propagation through time of an ``LSTM`` layer as numbers.
///
///     δ_t = ∂L/∂h_t = ∂L/∂output_t + W_hhᵀ ∂L/∂a_{t+1}                  direct part + recurrent part
///     ∂L/∂c_t = o_t ⊙ (1 − tanh² c_t) ⊙ δ_t + f_{t+1} ⊙ ∂L/∂c_{t+1}     from h_t + from c_{t+1}
///
///     gate   acts on   local gradient      ∂L/∂a = ∂L/∂gate ⊙ slope
///     i_t    c_t       ∂c/∂i = g_t         ∂L/∂c_t ⊙ g_t ⊙ i (1 − i)
///     f_t    c_t       ∂c/∂f = c_{t−1}     ∂L/∂c_t ⊙ c_{t−1} ⊙ f (1 − f)
///     g_t    c_t       ∂c/∂g = i_t         ∂L/∂c_t ⊙ i_t ⊙ (1 − g²)
///     o_t    h_t       ∂h/∂o = tanh c_t    δ_t ⊙ tanh c_t ⊙ o (1 − o)
///
///     ∂L/∂W_ih = Σ_t ∂L/∂a_t x_tᵀ     ∂L/∂W_hh = Σ_t ∂L/∂a_t h_{t−1}ᵀ     ∂L/∂b = Σ_t ∂L/∂a_t
///
/// With peepholes o_t sees c_t, which adds p_o ⊙ o (1 − o) ⊙ tanh c_t to ∂h_t/∂c_t, and the next step's i and f
/// see c_t, which adds p_i ⊙ ∂L/∂a_i + p_f ⊙ ∂L/∂a_f to ∂L/∂c_t.
///
/// All tensors are plain numbers that take no part in differentiation; D features, H units.
public struct LSTMDerivation {
    public struct Step {
        /// x_t (D)
        public let x: Tensor
        /// h_{t−1} (H)
        public let previousHidden: Tensor
        /// c_{t−1} (H)
        public let previousCell: Tensor
        public let inputGate: GateDerivation
        public let forgetGate: GateDerivation
        public let cellGate: GateDerivation
        public let outputGate: GateDerivation
        /// c_t (H)
        public let cellState: Tensor
        /// h_t (H)
        public let hiddenState: Tensor

        /// δ_t = ∂L/∂h_t (H): the sum of the next two.
        public let delta: Tensor
        /// ∂L/∂output_t (H): directly from the loss.
        public let deltaFromOutput: Tensor
        /// W_hhᵀ ∂L/∂a_{t+1} (H): through the next step's gates; zero at the last step.
        public let deltaFromNextStep: Tensor

        /// ∂h_t/∂c_t = o_t ⊙ (1 − tanh² c_t) (H)
        public let hiddenByCell: Tensor
        /// ∂L/∂c_t (H): the sum of the next two, and with peepholes of the third.
        public let cellGradient: Tensor
        /// ∂h_t/∂c_t ⊙ δ_t (H)
        public let cellGradientFromHidden: Tensor
        /// f_{t+1} ⊙ ∂L/∂c_{t+1} (H); zero at the last step.
        public let cellGradientFromNextCell: Tensor
        /// p_i ⊙ ∂L/∂a_i + p_f ⊙ ∂L/∂a_f of the next step (H); nil without peepholes.
        public let cellGradientFromPeepholes: Tensor?

        /// The share of ∂L/∂c_t that stays on the cell state until it leaves, at this step or a later one s, through
        /// h_s for the loss (H): Σ_s f_{t+1} ⊙ … ⊙ f_s ⊙ ∂h_s/∂c_s ⊙ ∂L/∂output_s.
        public let cellGradientAlongHighway: Tensor
        /// The rest of ∂L/∂c_t (H): all paths that go through W_hh or a peephole.
        public let cellGradientAlongOtherPaths: Tensor

        /// ∂L/∂x_t (D)
        public let inputGradient: Tensor
        /// ∂L/∂a_t (4H): of i, f, g and o below one another, as in the weights.
        public let preactivationGradient: Tensor
        let hasBias: Bool

        /// What this step adds to the gradient of each parameter.
        public var contribution: Parameters {
            let da = preactivationGradient
            var entries: [Parameters.Element] = [
                ("weight_ih_l0", outerProduct(da, x)), ("weight_hh_l0", outerProduct(da, previousHidden)),
            ]
            if hasBias { entries += [("bias_ih_l0", da), ("bias_hh_l0", da)] }
            if cellGradientFromPeepholes != nil {
                entries.append(("peephole_l0", stacked([
                    inputGate.preactivationGradient * previousCell, forgetGate.preactivationGradient * previousCell,
                    outputGate.preactivationGradient * cellState,
                ])))
            }
            return Parameters(entries)
        }
    }

    /// The layer's parameters as they were.
    public let parameters: Parameters
    /// h_0 and c_0 (H)
    public let h0: Tensor
    public let c0: Tensor
    public let steps: [Step]
    /// L
    public let loss: Double
    /// ∂L/∂ of each parameter: the sums of all steps' contributions.
    public let gradients: Parameters
    /// ∂L/∂h_0 and ∂L/∂c_0 (H)
    public let h0Gradient: Tensor
    public let c0Gradient: Tensor
    private let lossOfOutput: (Tensor) -> Tensor
    private let outputShape: Shape
}

extension LSTM {
    /// The whole of back-propagation through time for one sequence, as numbers.
    ///
    ///     let derivation = lstm.derivation(x) { output in crossEntropy(fc(output[-1]), [1]) }
    ///
    /// - Parameters:
    ///   - input: (L, 1, D), with `batchFirst` (1, L, D); the layer must be a single one, in one direction.
    ///   - states: (h0, c0), (1, 1, H) each; zeros if left out.
    ///   - loss: gives the loss, one number, for the layer's output.
    public func derivation(
        _ input: Tensor, _ states: (h0: Tensor, c0: Tensor)? = nil, loss: @escaping (_ output: Tensor) -> Tensor
    ) -> LSTMDerivation {
        stack.options.requireOneSequence(input)
        let trace = trace(input.detached(), states.map { ($0.h0.detached(), $0.c0.detached()) })
        return LSTMDerivation(trace, parameters.detached, OutputLoss(of: trace.output, description, loss), loss)
    }
}

extension LSTMDerivation {
    fileprivate init(_ trace: LSTMTrace, _ parameters: Parameters, _ loss: OutputLoss, _ lossOfOutput: @escaping (Tensor) -> Tensor) {
        var steps: [Step] = []
        for (trace, outputGradient) in zip(trace.steps, loss.outputGradients).reversed() {
            steps.append(Step(trace, parameters, next: steps.last, deltaFromOutput: outputGradient))
        }
        steps.reverse()
        self.parameters = parameters
        self.steps = steps
        self.loss = loss.value
        h0 = steps[0].previousHidden
        c0 = steps[0].previousCell
        gradients = steps.dropFirst().reduce(steps[0].contribution) { $0 + $1.contribution }
        let first = FromNextStep(steps[0], parameters)
        h0Gradient = first.hidden
        c0Gradient = first.peepholes.map { first.cell + $0 } ?? first.cell
        self.lossOfOutput = lossOfOutput
        outputShape = trace.output.shape
    }

    /// What a step hands back to the hidden state and the cell state before it.
    fileprivate struct FromNextStep {
        let hidden: Tensor
        let cell: Tensor
        let peepholes: Tensor?

        init(_ next: Step, _ parameters: Parameters) {
            hidden = matmul(next.preactivationGradient, parameters["weight_hh_l0"])     // W_hhᵀ ∂L/∂a_{t+1}
            cell = next.forgetGate.value * next.cellGradient                            // ∂c_{t+1}/∂c_t = f_{t+1}
            peepholes = Peepholes(parameters).map {
                $0.i * next.inputGate.preactivationGradient + $0.f * next.forgetGate.preactivationGradient
            }
        }
    }

    /// (H) each.
    fileprivate struct Peepholes {
        let i: Tensor
        let f: Tensor
        let o: Tensor

        /// nil if the layer has none.
        init?(_ parameters: Parameters) {
            guard let all = parameters.tensor(named: "peephole_l0") else { return nil }
            (i, f, o) = (all[0], all[1], all[2])
        }
    }
}

extension LSTMDerivation.Step {
    fileprivate init(_ trace: LSTMTrace.Step, _ parameters: Parameters, next: Self?, deltaFromOutput: Tensor) {
        let fromNext = next.map { LSTMDerivation.FromNextStep($0, parameters) }
        let peepholes = LSTMDerivation.Peepholes(parameters)
        let zeros = Tensor.zeros(deltaFromOutput.shape)
        x = trace.input[0]
        previousHidden = trace.previousHidden[0]
        previousCell = trace.previousCell[0]
        cellState = trace.cellState[0]
        hiddenState = trace.hiddenState[0]

        self.deltaFromOutput = deltaFromOutput
        deltaFromNextStep = fromNext?.hidden ?? zeros
        delta = deltaFromOutput + deltaFromNextStep

        let tanhC = tanh(cellState)
        let o = GateDerivation(.sigmoid, trace.outputPreactivation, trace.outputGate, localGradient: tanhC, incoming: delta)
        let throughTanh = o.value * (1 - tanhC * tanhC)
        outputGate = o
        hiddenByCell = peepholes.map { throughTanh + $0.o * o.slope * tanhC } ?? throughTanh

        cellGradientFromHidden = hiddenByCell * delta
        cellGradientFromNextCell = fromNext?.cell ?? zeros
        cellGradientFromPeepholes = peepholes == nil ? nil : fromNext?.peepholes ?? zeros
        let withoutPeepholes = cellGradientFromHidden + cellGradientFromNextCell
        cellGradient = cellGradientFromPeepholes.map { withoutPeepholes + $0 } ?? withoutPeepholes

        cellGradientAlongHighway = hiddenByCell * deltaFromOutput
            + (next.map { $0.forgetGate.value * $0.cellGradientAlongHighway } ?? zeros)
        let otherPaths = hiddenByCell * deltaFromNextStep
            + (next.map { $0.forgetGate.value * $0.cellGradientAlongOtherPaths } ?? zeros)
        cellGradientAlongOtherPaths = cellGradientFromPeepholes.map { otherPaths + $0 } ?? otherPaths

        let (i, g) = (trace.inputGate[0], trace.cellGate[0])
        inputGate = GateDerivation(.sigmoid, trace.inputPreactivation, i, localGradient: g, incoming: cellGradient)
        forgetGate = GateDerivation(
            .sigmoid, trace.forgetPreactivation, trace.forgetGate, localGradient: previousCell, incoming: cellGradient
        )
        cellGate = GateDerivation(.tanh, trace.cellPreactivation, g, localGradient: i, incoming: cellGradient)

        preactivationGradient = concatenated([inputGate, forgetGate, cellGate, outputGate].map { $0.preactivationGradient })
        inputGradient = matmul(preactivationGradient, parameters["weight_ih_l0"])       // W_ihᵀ ∂L/∂a_t
        hasBias = parameters.names.contains("bias_ih_l0")
    }
}

// MARK: - From step to step

extension LSTMDerivation {
    /// ∂c_t/∂c_k (H, H) over all paths from step k to step t: the highway, f_{k+1} ⊙ … ⊙ f_t, and the other paths apart.
    ///
    /// t and k count as `steps` does. This is S2's claim in numbers: where the highway does not vanish, the sum
    /// does not, unless other paths happen to cancel it.
    public func cellJacobian(of t: Int, by k: Int) -> HighwayJacobian {
        require(
            k >= 0 && k <= t && t < steps.count, "LSTMDerivation.cellJacobian(of: t, by: k)",
            "needs steps 0 ≤ k ≤ t < \(steps.count)", got: "t = \(t), k = \(k)"
        )
        let H = h0.shape[0]
        var highway = Tensor.ones(H)
        var cell = Tensor.zeros(H, H)                            // ∂c_t/∂c_k apart from the highway
        var hidden = diagonal(steps[k].hiddenByCell)             // ∂h_t/∂c_k
        for step in steps[(k + 1)..<(t + 1)] {
            let jacobian = StepJacobian(step, parameters)
            let gates = scaledRows(cell, by: step.forgetGate.value) + matmul(jacobian.cellByHidden, hidden)
            let peephole = jacobian.cellByPeepholes.map { scaledRows(cell + diagonal(highway), by: $0) }
            let next = peephole.map { gates + $0 } ?? gates
            highway *= step.forgetGate.value
            hidden = matmul(jacobian.hiddenByOutputGate, hidden) + scaledRows(next + diagonal(highway), by: step.hiddenByCell)
            cell = next
        }
        return HighwayJacobian(highway: highway, otherPaths: cell)
    }

    /// The derivatives of one step.
    private struct StepJacobian {
        /// (H, H): ∂c_t/∂h_{t−1}
        let cellByHidden: Tensor
        /// (H): the diagonal of ∂c_t/∂c_{t−1} apart from f_t; nil without peepholes.
        let cellByPeepholes: Tensor?
        /// (H, H): ∂h_t/∂h_{t−1} through o_t alone.
        let hiddenByOutputGate: Tensor

        init(_ step: Step, _ parameters: Parameters) {
            let (W, H) = (parameters["weight_hh_l0"] as Tensor, step.hiddenState.shape[0])
            func block(_ gate: GateDerivation, _ index: Int) -> Tensor {
                scaledRows(W[index * H..<(index + 1) * H], by: gate.localGradient * gate.slope)
            }
            cellByHidden = block(step.inputGate, 0) + block(step.forgetGate, 1) + block(step.cellGate, 2)
            hiddenByOutputGate = block(step.outputGate, 3)
            cellByPeepholes = Peepholes(parameters).map {
                $0.i * step.inputGate.localGradient * step.inputGate.slope
                    + $0.f * step.forgetGate.localGradient * step.forgetGate.slope
            }
        }
    }
}

// MARK: - Two other ways

extension LSTMDerivation {
    /// Holds the gradients of the input, the initial states and the parameters against the tape's and against
    /// central differences.
    ///
    /// The loss is computed twice for each of these numbers, so this is for layers that fit on a page.
    public func check() -> GradientCheck {
        let inputs: Parameters = ["input": stacked(steps.map { $0.x }), "h0": h0, "c0": c0]
        let inputGradients: Parameters = [
            "input": stacked(steps.map { $0.inputGradient }), "h0": h0Gradient, "c0": c0Gradient,
        ]
        let names = parameters.names
        return GradientCheck(
            of: Parameters(Array(inputs) + Array(parameters)), Parameters(Array(inputGradients) + Array(gradients))
        ) { tensors in
            let parameters = Parameters(zip(names, tensors.dropFirst(3)).map { ($0, $1) })
            return lossOfOutput(Self.output(tensors[0], tensors[1], tensors[2], parameters).reshaped(outputShape))
        }
    }

    /// The layer composed of tensor operations: x (L, D) gives (L, H).
    private static func output(_ x: Tensor, _ h0: Tensor, _ c0: Tensor, _ parameters: Parameters) -> Tensor {
        let (W_ih, W_hh) = (parameters["weight_ih_l0"] as Tensor, parameters["weight_hh_l0"] as Tensor)
        let (b_ih, b_hh) = (parameters.tensor(named: "bias_ih_l0"), parameters.tensor(named: "bias_hh_l0"))
        let peepholes = Peepholes(parameters)
        let H = h0.shape[0]
        var (h, c, outputs): (Tensor, Tensor, [Tensor]) = (h0, c0, [])
        for x in x.rows {
            var a = matmul(W_ih, x) + matmul(W_hh, h)
            if let b_ih, let b_hh { a += b_ih + b_hh }
            func block(_ index: Int, _ p: Tensor?, _ c: Tensor) -> Tensor {
                let block = a[index * H..<(index + 1) * H]
                return p.map { block + $0 * c } ?? block
            }
            let (i, f) = (sigmoid(block(0, peepholes?.i, c)), sigmoid(block(1, peepholes?.f, c)))
            c = f * c + i * tanh(block(2, nil, c))
            h = sigmoid(block(3, peepholes?.o, c)) * tanh(c)
            outputs.append(h)
        }
        return stacked(outputs)
    }
}
