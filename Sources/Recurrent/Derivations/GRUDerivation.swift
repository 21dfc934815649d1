/// Back-propagation through time of a ``GRU`` layer as numbers.
///
/// With `updateGate: .keepsPrevious`; `.takesCandidate` exchanges z and 1 − z and turns the sign of ∂h/∂z:
///
///     δ_t = ∂L/∂h_t = ∂L/∂output_t + z_{t+1} ⊙ δ_{t+1} + (what comes through the gates of step t + 1)
///
///     gate   acts on   local gradient                ∂L/∂a = ∂L/∂gate ⊙ slope
///     z_t    h_t       ∂h/∂z = h_{t−1} − n_t         δ_t ⊙ (h_{t−1} − n_t) ⊙ z (1 − z)
///     n_t    h_t       ∂h/∂n = 1 − z_t               δ_t ⊙ (1 − z_t) ⊙ (1 − n²)
///
/// and for the reset gate, according to where it stands,
///
///     after the product    r_t acts on a_n      ∂a_n/∂r = W_hn h_{t−1} + b_hn
///     before the product   r_t acts on m_t = r_t ⊙ h_{t−1}, with ∂L/∂m = W_hnᵀ ∂L/∂a_n      ∂m/∂r = h_{t−1}
///
/// `weight_hh_l0` and `bias_hh_l0` stand inside the reset gate where it comes after the product, so their gradients
/// have r_t ⊙ ∂L/∂a_n in the candidate's block.
///
/// All tensors are plain numbers that take no part in differentiation; D features, H units.
public struct GRUDerivation {
    public struct Step {
        /// x_t (D)
        public let x: Tensor
        /// h_{t−1} (H)
        public let previousHidden: Tensor
        public let resetGate: GateDerivation
        public let updateGate: GateDerivation
        /// n_t, also ĥ_t.
        public let candidate: GateDerivation
        /// What r_t is multiplied by (H): W_hn h_{t−1} + b_hn, or h_{t−1} if the reset gate stands before the product.
        public let resetOperand: Tensor
        /// h_t (H)
        public let hiddenState: Tensor

        /// δ_t = ∂L/∂h_t (H): the sum of the next three.
        public let delta: Tensor
        /// ∂L/∂output_t (H): directly from the loss.
        public let deltaFromOutput: Tensor
        /// ∂h_{t+1}/∂h_t apart from the gates, times δ_{t+1} (H): along the state itself; zero at the last step.
        public let deltaAlongState: Tensor
        /// Through the gates and the candidate of the next step (H); zero at the last step.
        public let deltaThroughGates: Tensor
        /// The recurrent part of δ_t (H).
        public var deltaFromNextStep: Tensor { deltaAlongState + deltaThroughGates }

        /// What h_t takes of h_{t−1} (H): z_t, or 1 − z_t with `.takesCandidate`.
        public let keptShare: Tensor
        /// ∂L/∂x_t (D)
        public let inputGradient: Tensor
        /// ∂L/∂(W_ih x_t + b_ih) (3H): of r, z and n below one another, as in the weights.
        public let inputPartGradient: Tensor
        /// ∂L/∂(W_hh h_{t−1} + b_hh) (3H): differs in n's block where the reset gate stands after the product.
        public let hiddenPartGradient: Tensor
        let hasBias: Bool
        let resetAfter: Bool

        /// What this step adds to the gradient of each parameter.
        public var contribution: Parameters {
            let H = hiddenState.shape[0]
            // What W_hn is multiplied by.
            let read = resetAfter ? previousHidden : resetGate.value * previousHidden
            var entries: [Parameters.Element] = [
                ("weight_ih_l0", outerProduct(inputPartGradient, x)),
                ("weight_hh_l0", concatenated([
                    outerProduct(hiddenPartGradient[0..<2 * H], previousHidden),
                    outerProduct(hiddenPartGradient[2 * H..<3 * H], read),
                ])),
            ]
            if hasBias { entries += [("bias_ih_l0", inputPartGradient), ("bias_hh_l0", hiddenPartGradient)] }
            return Parameters(entries)
        }
    }

    /// The layer's parameters as they were.
    public let parameters: Parameters
    /// h_0 (H)
    public let h0: Tensor
    public let steps: [Step]
    /// L
    public let loss: Double
    /// ∂L/∂ of each parameter: the sums of all steps' contributions.
    public let gradients: Parameters
    /// ∂L/∂h_0 (H)
    public let h0Gradient: Tensor
    /// As the layer was made: which equations the steps follow.
    public let resetAfter: Bool
    public let updateGate: GRU.UpdateGate
    private let lossOfOutput: (Tensor) -> Tensor
    private let outputShape: Shape
}

extension GRU {
    /// The whole of back-propagation through time for one sequence, as numbers.
    ///
    ///     let derivation = gru.derivation(x) { output in crossEntropy(fc(output[-1]), [1]) }
    ///
    /// - Parameters:
    ///   - input: (L, 1, D), with `batchFirst` (1, L, D); the layer must be a single one, in one direction.
    ///   - h0: (1, 1, H); zeros if left out.
    ///   - loss: gives the loss, one number, for the layer's output.
    public func derivation(
        _ input: Tensor, _ h0: Tensor? = nil, loss: @escaping (_ output: Tensor) -> Tensor
    ) -> GRUDerivation {
        stack.options.requireOneSequence(input)
        let trace = trace(input.detached(), h0?.detached())
        return GRUDerivation(trace, parameters.detached, OutputLoss(of: trace.output, description, loss), loss)
    }
}

extension GRUDerivation {
    fileprivate init(_ trace: GRUTrace, _ parameters: Parameters, _ loss: OutputLoss, _ lossOfOutput: @escaping (Tensor) -> Tensor) {
        let layer = Convention(parameters: parameters, resetAfter: trace.resetAfter, updateGate: trace.updateGate)
        var steps: [Step] = []
        for (trace, outputGradient) in zip(trace.steps, loss.outputGradients).reversed() {
            steps.append(Step(trace, layer, next: steps.last, deltaFromOutput: outputGradient))
        }
        steps.reverse()
        self.parameters = parameters
        self.steps = steps
        self.loss = loss.value
        h0 = steps[0].previousHidden
        gradients = steps.dropFirst().reduce(steps[0].contribution) { $0 + $1.contribution }
        h0Gradient = steps[0].keptShare * steps[0].delta + layer.throughGates(steps[0])
        resetAfter = trace.resetAfter
        updateGate = trace.updateGate
        self.lossOfOutput = lossOfOutput
        outputShape = trace.output.shape
    }

    /// The parameters and what is to be done with them.
    fileprivate struct Convention {
        let parameters: Parameters
        let resetAfter: Bool
        let updateGate: GRU.UpdateGate

        /// W_hr, W_hz and W_hn below one another (3H, H).
        var weightHH: Tensor { parameters["weight_hh_l0"] }

        /// W_hn h_{t−1} + b_hn (H)
        func candidatePart(_ h: Tensor) -> Tensor {
            let H = h.shape[0]
            let product = matmul(weightHH[2 * H..<3 * H], h)
            return parameters.tensor(named: "bias_hh_l0").map { product + $0[2 * H..<3 * H] } ?? product
        }

        /// What a step hands back to the state before it through r, z and n (H).
        func throughGates(_ step: Step) -> Tensor {
            let H = step.hiddenState.shape[0]
            if resetAfter { return matmul(step.hiddenPartGradient, weightHH) }
            let gates = matmul(step.hiddenPartGradient[0..<2 * H], weightHH[0..<2 * H])
            let product = matmul(step.candidate.preactivationGradient, weightHH[2 * H..<3 * H])  // ∂L/∂m, m = r ⊙ h_{t−1}
            return gates + step.resetGate.value * product
        }
    }
}

extension GRUDerivation.Step {
    fileprivate init(_ trace: GRUTrace.Step, _ layer: GRUDerivation.Convention, next: Self?, deltaFromOutput: Tensor) {
        let zeros = Tensor.zeros(deltaFromOutput.shape)
        let H = deltaFromOutput.shape[0]
        x = trace.input[0]
        previousHidden = trace.previousHidden[0]
        hiddenState = trace.hiddenState[0]

        self.deltaFromOutput = deltaFromOutput
        deltaAlongState = next.map { $0.keptShare * $0.delta } ?? zeros
        deltaThroughGates = next.map { layer.throughGates($0) } ?? zeros
        delta = deltaFromOutput + (deltaAlongState + deltaThroughGates)

        let (r, z, n) = (trace.resetGate[0], trace.updateGate[0], trace.candidate[0])
        let difference = previousHidden - n
        let takesCandidate = layer.updateGate == .takesCandidate
        keptShare = takesCandidate ? 1 - z : z
        updateGate = GateDerivation(
            .sigmoid, trace.updatePreactivation, z, localGradient: takesCandidate ? -difference : difference, incoming: delta
        )
        candidate = GateDerivation(
            .tanh, trace.candidatePreactivation, n, localGradient: takesCandidate ? z : 1 - z, incoming: delta
        )
        let dan = candidate.preactivationGradient
        resetOperand = layer.resetAfter ? layer.candidatePart(previousHidden) : previousHidden
        resetGate = GateDerivation(
            .sigmoid, trace.resetPreactivation, r, localGradient: resetOperand,
            incoming: layer.resetAfter ? dan : matmul(dan, layer.weightHH[2 * H..<3 * H])
        )

        let gates = [resetGate.preactivationGradient, updateGate.preactivationGradient]
        inputPartGradient = concatenated(gates + [dan])
        hiddenPartGradient = layer.resetAfter ? concatenated(gates + [r * dan]) : inputPartGradient
        inputGradient = matmul(inputPartGradient, layer.parameters["weight_ih_l0"])     // W_ihᵀ ∂L/∂a_t
        hasBias = layer.parameters.names.contains("bias_ih_l0")
        resetAfter = layer.resetAfter
    }
}

// MARK: - From step to step

extension GRUDerivation {
    /// ∂h_t/∂h_k (H, H) over all paths from step k to step t: along the state, the product of the kept shares
    /// z_{k+1} ⊙ … ⊙ z_t, and the other paths apart. t and k count as `steps` does.
    public func hiddenJacobian(of t: Int, by k: Int) -> HighwayJacobian {
        require(
            k >= 0 && k <= t && t < steps.count, "GRUDerivation.hiddenJacobian(of: t, by: k)",
            "needs steps 0 ≤ k ≤ t < \(steps.count)", got: "t = \(t), k = \(k)"
        )
        let H = h0.shape[0]
        var (highway, otherPaths) = (Tensor.ones(H), Tensor.zeros(H, H))
        for step in steps[(k + 1)..<(t + 1)] {
            let throughGates = matmul(gateJacobian(step), otherPaths + diagonal(highway))
            otherPaths = scaledRows(otherPaths, by: step.keptShare) + throughGates
            highway *= step.keptShare
        }
        return HighwayJacobian(highway: highway, otherPaths: otherPaths)
    }

    /// ∂h_t/∂h_{t−1} (H, H) through r, z and n.
    private func gateJacobian(_ step: Step) -> Tensor {
        let (W, H) = (parameters["weight_hh_l0"] as Tensor, h0.shape[0])
        let (W_hr, W_hz, W_hn) = (W[0..<H], W[H..<2 * H], W[2 * H..<3 * H])
        let (z, n) = (step.updateGate, step.candidate)
        let resetPart = scaledRows(W_hr, by: step.resetOperand * step.resetGate.slope)  // ∂r/∂h_{t−1} times what r acts on
        let inside = resetAfter
            ? scaledRows(W_hn, by: step.resetGate.value) + resetPart
            : matmul(W_hn, diagonal(step.resetGate.value) + resetPart)
        return scaledRows(W_hz, by: z.localGradient * z.slope) + scaledRows(inside, by: n.localGradient * n.slope)
    }
}

// MARK: - Two other ways

extension GRUDerivation {
    /// Holds the gradients of the input, the initial state and the parameters against the tape's and against
    /// central differences.
    ///
    /// The loss is computed twice for each of these numbers, so this is for layers that fit on a page.
    public func check() -> GradientCheck {
        let inputs: Parameters = ["input": stacked(steps.map { $0.x }), "h0": h0]
        let inputGradients: Parameters = ["input": stacked(steps.map { $0.inputGradient }), "h0": h0Gradient]
        let names = parameters.names
        return GradientCheck(
            of: Parameters(Array(inputs) + Array(parameters)), Parameters(Array(inputGradients) + Array(gradients))
        ) { tensors in
            let parameters = Parameters(zip(names, tensors.dropFirst(2)).map { ($0, $1) })
            let layer = Convention(parameters: parameters, resetAfter: resetAfter, updateGate: updateGate)
            return lossOfOutput(Self.output(tensors[0], tensors[1], layer).reshaped(outputShape))
        }
    }

    /// The layer composed of tensor operations: x (L, D) gives (L, H).
    private static func output(_ x: Tensor, _ h0: Tensor, _ layer: Convention) -> Tensor {
        let W_ih = layer.parameters["weight_ih_l0"] as Tensor
        let (b_ih, b_hh) = (layer.parameters.tensor(named: "bias_ih_l0"), layer.parameters.tensor(named: "bias_hh_l0"))
        let H = h0.shape[0]
        func block(_ tensor: Tensor, _ index: Int) -> Tensor { tensor[index * H..<(index + 1) * H] }
        var (h, outputs): (Tensor, [Tensor]) = (h0, [])
        for x in x.rows {
            var (fromInput, fromHidden) = (matmul(W_ih, x), matmul(layer.weightHH, h))
            if let b_ih, let b_hh {
                fromInput += b_ih
                fromHidden += b_hh
            }
            let r = sigmoid(block(fromInput, 0) + block(fromHidden, 0))
            let z = sigmoid(block(fromInput, 1) + block(fromHidden, 1))
            let hiddenPart = layer.resetAfter ? r * layer.candidatePart(h) : layer.candidatePart(r * h)
            let n = tanh(block(fromInput, 2) + hiddenPart)
            h = layer.updateGate == .keepsPrevious ? (1 - z) * n + z * h : (1 - z) * h + z * n
            outputs.append(h)
        }
        return stacked(outputs)
    }
}
