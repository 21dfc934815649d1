/// One query's attention, forward and backward, as numbers.
///
///     s_j = q · k_j / √d                     or, additive, w_v · tanh(W_q q + W_k k_j)
///     α   = softmax(s)
///     context = Σ_j α_j v_j
///
///     ∂ℒ/∂v_j = α_j ∂ℒ/∂context
///     ∂ℒ/∂α_j = v_j · ∂ℒ/∂context
///     ∂ℒ/∂s_j = α_j (∂ℒ/∂α_j − Σ_i α_i ∂ℒ/∂α_i)
///     ∂ℒ/∂q   = Σ_j ∂ℒ/∂s_j k_j / √d         or Σ_j W_qᵀ ∂ℒ/∂a_j, a_j being what stands inside tanh
///     ∂ℒ/∂k_j = ∂ℒ/∂s_j q / √d               or W_kᵀ ∂ℒ/∂a_j
///
/// An encoder's state that is both key and value gets two parts of its δ from here: `valueGradient`, directly
/// through the weighted sum, and `keyGradient`, through its score.
///
/// All tensors are plain numbers that take no part in differentiation.
public struct AttentionDerivation {
    /// One place of the memory.
    public struct Place {
        /// k_j
        public let key: Tensor
        /// v_j
        public let value: Tensor
        /// tanh(W_q q + W_k k_j) (H), for which the local gradient ∂s_j/∂tanh(…) is w_v; nil for the dot product.
        public let hidden: Hidden?
        /// s_j
        public let score: Double
        /// α_j
        public let weight: Double
        /// α_j v_j: what this place adds to the context.
        public let weightedValue: Tensor

        /// ∂ℒ/∂α_j
        public let weightGradient: Double
        /// ∂ℒ/∂s_j
        public let scoreGradient: Double
        /// ∂ℒ/∂k_j
        public let keyGradient: Tensor
        /// ∂ℒ/∂v_j
        public let valueGradient: Tensor
        /// What this place adds to ∂ℒ/∂q.
        public let queryContribution: Tensor
        /// What this place adds to the gradient of each parameter; empty for the dot product.
        public let contribution: Parameters
    }

    /// q
    public let query: Tensor
    /// In the order of the memory.
    public let places: [Place]
    /// Σ_j α_j v_j
    public let context: Tensor
    /// ∂ℒ/∂context, directly from the loss.
    public let contextGradient: Tensor
    /// L
    public let loss: Double
    /// ∂ℒ/∂q: the sum of all places' contributions.
    public let queryGradient: Tensor
    /// The attention's parameters as they were; empty for the dot product.
    public let parameters: Parameters
    /// ∂ℒ/∂ of each parameter: the sums of all places' contributions.
    public let gradients: Parameters
    private let scoring: Scoring
    private let lossOfOutput: (Tensor) -> Tensor

    /// Whether scores are divided by √d.
    package var isScaled: Bool {
        if case .dotProduct(_?) = scoring { true } else { false }
    }

    /// ∂α_i/∂s_j = α_i (1 − α_j) for i = j, −α_i α_j else: (memory, memory).
    public var softmaxJacobian: Tensor {
        let weights = Tensor(places.map { $0.weight })
        return weights.diag() - outer(weights, weights)
    }
}

extension DotProductAttention {
    /// The attention of one query, forward and backward, as numbers.
    ///
    /// - Parameters:
    ///   - q: (1, d)
    ///   - k: (memory, d)
    ///   - v: (memory, size)
    ///   - loss: gives the loss, one number, for the output (1, size).
    public func derivation(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, loss: @escaping (_ output: Tensor) -> Tensor
    ) -> AttentionDerivation {
        let trace = trace(q.detached(), k.detached(), v.detached())
        let scale = isScaled ? 1 / Elementary.sqrt(Double(q.shape[q.shape.count - 1])) : nil
        return AttentionDerivation(trace, q, k, v, Parameters(), .dotProduct(scale: scale), "DotProductAttention", loss)
    }
}

extension AdditiveAttention {
    /// The attention of one query, forward and backward, as numbers.
    ///
    ///     let derivation = attention.derivation(decoderState, encoderStates, encoderStates) { context in … }
    ///
    /// - Parameters:
    ///   - query: (1, `querySize`)
    ///   - keys: (memory, `keySize`)
    ///   - values: (memory, size)
    ///   - loss: gives the loss, one number, for the output (1, size).
    public func derivation(
        _ query: Tensor, _ keys: Tensor, _ values: Tensor, loss: @escaping (_ output: Tensor) -> Tensor
    ) -> AttentionDerivation {
        let trace = trace(query.detached(), keys.detached(), values.detached())
        return AttentionDerivation(trace, query, keys, values, parameters.snapshot, .additive, description, loss)
    }
}

extension AttentionDerivation {
    /// How scores come about.
    fileprivate enum Scoring {
        /// nil where scores are not scaled.
        case dotProduct(scale: Double?)
        case additive
    }

    fileprivate init(
        _ trace: AttentionTrace, _ query: Tensor, _ keys: Tensor, _ values: Tensor, _ parameters: Parameters,
        _ scoring: Scoring, _ who: String, _ lossOfOutput: @escaping (Tensor) -> Tensor
    ) {
        require(
            query.shape.count == 2 && query.shape[0] == 1, "\(who).derivation", "follows one query (1, d)", got: "\(query.shape)",
            hint: "Take one of them: q[0..<1]"
        )
        let loss = OutputLoss(of: trace.output, who, lossOfOutput)
        let contextGradient = loss.outputGradients[0]
        let q = query.detached()[0]
        let (scores, weights) = (trace.scores.values, trace.weights.values)
        let (keys, values) = (keys.detached().unbind(), values.detached().unbind())

        let weightGradients = values.map { ($0 * contextGradient).sum().item }  // ∂ℒ/∂α_j = v_j · ∂ℒ/∂context
        let projection = zipped(weights, weightGradients) { $0 * $1 }.reduce(0, +)  // Σ_i α_i ∂ℒ/∂α_i
        let places = weights.indices.map { j in
            let scoreGradient = weights[j] * (weightGradients[j] - projection)
            let back = ScoreGradients(q, keys[j], scoreGradient, parameters, scoring)
            return Place(
                key: keys[j], value: values[j], hidden: back.hidden, score: scores[j], weight: weights[j],
                weightedValue: weights[j] * values[j], weightGradient: weightGradients[j], scoreGradient: scoreGradient,
                keyGradient: back.key, valueGradient: weights[j] * contextGradient, queryContribution: back.query,
                contribution: back.parameters
            )
        }
        self.query = q
        self.places = places
        self.contextGradient = contextGradient
        self.parameters = parameters
        self.scoring = scoring
        self.lossOfOutput = lossOfOutput
        self.loss = loss.value
        context = trace.output.detached()[0]
        queryGradient = places.dropFirst().reduce(places[0].queryContribution) { $0 + $1.queryContribution }
        gradients = places.dropFirst().reduce(places[0].contribution) { $0 + $1.contribution }
    }

    /// From ∂ℒ/∂s_j to what the score is made of.
    private struct ScoreGradients {
        let query: Tensor
        let key: Tensor
        let hidden: Place.Hidden?
        let parameters: Parameters

        init(_ q: Tensor, _ k: Tensor, _ scoreGradient: Double, _ parameters: Parameters, _ scoring: Scoring) {
            switch scoring {
            case .dotProduct(let scale):
                let scale = scale ?? 1
                query = (scoreGradient * scale) * k
                key = (scoreGradient * scale) * q
                hidden = nil
                self.parameters = Parameters()
            case .additive:
                let (W_q, W_k) = (parameters["W_q.weight"] as Tensor, parameters["W_k.weight"] as Tensor)
                let a = matmul(W_q, q) + matmul(W_k, k)
                let hidden = Place.Hidden(
                    a, localGradient: parameters["w_v.weight"][0], incoming: Tensor(scoreGradient)
                )
                let da = hidden.preactivationGradient
                query = matmul(da, W_q)  // W_qᵀ ∂ℒ/∂a_j
                key = matmul(da, W_k)  // W_kᵀ ∂ℒ/∂a_j
                self.hidden = hidden
                self.parameters = [
                    "W_q.weight": outer(da, q), "W_k.weight": outer(da, k),
                    "w_v.weight": scoreGradient * hidden.value.expandingAxis(0),
                ]
            }
        }
    }
}

// MARK: - Two other ways

extension AttentionDerivation {
    /// Holds the gradients of query, keys, values and parameters against the tape's and against central differences.
    ///
    /// The loss is computed twice for each of these numbers, so this is for attentions that fit on a page.
    public func check() -> GradientCheck {
        let inputs: Parameters = [
            "query": query, "keys": stacked(places.map { $0.key }), "values": stacked(places.map { $0.value }),
        ]
        let inputGradients: Parameters = [
            "query": queryGradient, "keys": stacked(places.map { $0.keyGradient }),
            "values": stacked(places.map { $0.valueGradient }),
        ]
        return GradientCheck(
            of: Parameters(Array(inputs) + Array(parameters)), Parameters(Array(inputGradients) + Array(gradients))
        ) { tensors in
            let weights = softmax(scores(tensors[0], tensors[1], parameters: Array(tensors.dropFirst(3))))
            return lossOfOutput(matmul(weights, tensors[2]).expandingAxis(0))
        }
    }

    /// Composed of tensor operations; `parameters`: W_q, W_k, w_v.
    private func scores(_ q: Tensor, _ k: Tensor, parameters: [Tensor]) -> Tensor {
        switch scoring {
        case .dotProduct(let scale):
            return (scale ?? 1) * matmul(k, q)
        case .additive:
            return matmul(tanh(matmul(k, parameters[1].transposed()) + matmul(parameters[0], q)), parameters[2][0])
        }
    }
}

extension AttentionDerivation.Place {
    /// tanh(a) at one place, and how a gradient goes through it. All are (H).
    public struct Hidden {
        /// a = W_q q + W_k k_j
        public let preactivation: Tensor
        /// tanh(a)
        public let value: Tensor
        /// tanh′ = 1 − tanh²
        public let slope: Tensor
        /// ∂s_j/∂tanh(a) = w_v
        public let localGradient: Tensor
        /// ∂ℒ/∂tanh(a)
        public let gradient: Tensor
        /// ∂ℒ/∂a = ∂ℒ/∂tanh(a) ⊙ slope
        public let preactivationGradient: Tensor

        /// `incoming`: ∂ℒ/∂s_j.
        init(_ preactivation: Tensor, localGradient: Tensor, incoming: Tensor) {
            self.preactivation = preactivation
            value = tanh(preactivation)
            slope = 1 - value * value
            self.localGradient = localGradient
            gradient = incoming * localGradient
            preactivationGradient = gradient * slope
        }
    }
}
