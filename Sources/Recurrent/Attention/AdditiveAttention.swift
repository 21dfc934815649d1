/// Attention whose score is a small network of query and key (Bahdanau et al. 2015).
///
///     s_ij = w_v · tanh(W_q q_i + W_k k_j)
///     α_i  = softmax(s_i)
///     output_i = Σ_j α_ij v_j
///
/// | tensor  | shape                                               |
/// |---------|-----------------------------------------------------|
/// | queries | (…, queries, `querySize`)                           |
/// | keys    | (…, memory, `keySize`)                              |
/// | values  | (…, memory, size)                                   |
/// | mask    | (…, queries, memory) or fewer axes: 1 where a query may look, 0 where not |
/// | output  | (…, queries, size)                                  |
/// | weights | (…, queries, memory)                                |
/// | W_q.weight, W_k.weight, w_v.weight | (H, `querySize`), (H, `keySize`), (1, H); H = `hiddenSize` |
///
/// Each weight (out, in) is drawn uniformly from (−1/√in, 1/√in), as a ``Linear`` layer's.
public final class AdditiveAttention: Layer {
    /// How many features a query has.
    public let querySize: Int
    /// How many features a key has.
    public let keySize: Int
    /// H, how many numbers stand inside tanh.
    public let hiddenSize: Int
    private let weightQ: Tensor
    private let weightK: Tensor
    private let weightV: Tensor

    /// Ends the program if a size is below 1.
    public init(querySize: Int, keySize: Int, hiddenSize: Int) {
        for (name, size) in [("querySize", querySize), ("keySize", keySize), ("hiddenSize", hiddenSize)] {
            require(size > 0, "AdditiveAttention", "\(name) must be at least 1", got: "\(size)")
        }
        self.querySize = querySize
        self.keySize = keySize
        self.hiddenSize = hiddenSize
        func draw(_ output: Int, _ input: Int) -> Tensor {
            .parameter([output, input], uniformWithin: 1 / Elementary.sqrt(Double(input)))
        }
        weightQ = draw(hiddenSize, querySize)
        weightK = draw(hiddenSize, keySize)
        weightV = draw(1, hiddenSize)
    }

    public var parameters: Parameters {
        ["W_q.weight": weightQ, "W_k.weight": weightK, "w_v.weight": weightV]
    }

    /// Output and weights of every query. Ends the program unless the shapes are those of the table above.
    public func callAsFunction(
        _ queries: Tensor, _ keys: Tensor, _ values: Tensor, mask: Tensor? = nil
    ) -> (output: Tensor, weights: Tensor) {
        let trace = trace(queries, keys, values, mask: mask)
        return (trace.output, trace.weights)
    }

    /// The same computation with every intermediate value.
    public func trace(_ queries: Tensor, _ keys: Tensor, _ values: Tensor, mask: Tensor? = nil) -> AttentionTrace {
        let sizes = sizes(queries, keys, values)
        let added = AttentionMask.added(mask, sizes.scoreShape, description)
        let weights = (q: Matrix(weightQ), k: Matrix(weightK), v: weightV.values)
        let (matrixQ, matrixK, matrixV) = (Matrix(stacking: queries), Matrix(stacking: keys), Matrix(stacking: values))
        let passes = (0..<sizes.count).map { index in
            AdditivePass(
                q: matrixQ.view(rows: index * sizes.queries..<(index + 1) * sizes.queries),
                k: matrixK.view(rows: index * sizes.memory..<(index + 1) * sizes.memory),
                v: matrixV.view(rows: index * sizes.memory..<(index + 1) * sizes.memory),
                weights: weights, added: added?.block(index, of: sizes.count)
            )
        }
        let output = Tensor(shape: sizes.outputShape, values: passes.flatMap { $0.attention.output.values })
        let alphas = Tensor(shape: sizes.scoreShape, values: passes.flatMap { $0.attention.weights.values })
        Tensor.record([output, alphas], of: [queries, keys, values] + parameters.tensors) { gradients in
            var (dq, dk, dv): ([Double], [Double], [Double]) = ([], [], [])
            let dWeights = (
                q: Matrix(rows: weights.q.rows, columns: weights.q.columns),
                k: Matrix(rows: weights.k.rows, columns: weights.k.columns), v: Matrix(rows: 1, columns: weights.v.count)
            )
            for (index, pass) in passes.enumerated() {
                let dOutput = gradients[0].map { Array($0.block(index, of: passes.count)) } ?? .zeros(sizes.queries * sizes.size)
                let dAlphas = gradients[1].map { Array($0.block(index, of: passes.count)) }
                let result = pass.backward(
                    Matrix(rows: sizes.queries, columns: sizes.size, values: dOutput).view,
                    dAlphas.map { Matrix(rows: sizes.queries, columns: sizes.memory, values: $0).view }, addingTo: dWeights
                )
                dq += result.q.values
                dk += result.k.values
                dv += result.v.values
            }
            return [dq, dk, dv, dWeights.q.values, dWeights.k.values, dWeights.v.values]
        }
        let scores = Tensor(shape: sizes.scoreShape, values: passes.flatMap { $0.scores.values })
        return AttentionTrace(scores: scores, weights: alphas, values: values.detached(), output: output)
    }

    /// Ends the program if the shapes do not fit.
    private func sizes(_ queries: Tensor, _ keys: Tensor, _ values: Tensor) -> AttentionSizes {
        let sizes = AttentionSizes(queries, keys, values, description)
        require(sizes.d == querySize, description, "queries must have \(querySize) features", got: "\(queries.shape)")
        require(keys.shape.last == keySize, description, "keys must have \(keySize) features", got: "\(keys.shape)")
        return sizes
    }
}

extension AdditiveAttention: CustomStringConvertible {
    public var description: String { "AdditiveAttention(\(querySize), \(keySize), \(hiddenSize))" }
}

/// The queries of one sequence against one memory.
private struct AdditivePass {
    typealias Weights = (q: Matrix, k: Matrix, v: [Double])

    let q: MatrixView
    let k: MatrixView
    let weights: Weights
    /// (queries · memory, H): row i · memory + j holds tanh(W_q q_i + W_k k_j).
    let hidden: Matrix
    /// (queries, memory)
    let scores: Matrix
    let attention: AttentionWeights

    init(q: MatrixView, k: MatrixView, v: MatrixView, weights: Weights, added: ArraySlice<Double>?) {
        (self.q, self.k, self.weights) = (q, k, weights)
        let (fromQ, fromK) = (q.times(weights.q.view.transposed), k.times(weights.k.view.transposed))
        let H = weights.v.count
        hidden = Matrix(rows: q.rows * k.rows, columns: H)
        scores = Matrix(rows: q.rows, columns: k.rows)
        for i in 0..<q.rows {
            for j in 0..<k.rows {
                let hidden = hidden.row(i * k.rows + j)
                let (fromQ, fromK, score) = (fromQ.row(i), fromK.row(j), scores.row(i))
                for h in 0..<H {
                    hidden[h] = Elementary.tanh(fromQ[h] + fromK[h])  // tanh(W_q q_i + W_k k_j)
                    score[j] += weights.v[h] * hidden[h]  // s_ij = w_v · tanh(…)
                }
            }
        }
        attention = AttentionWeights(scores: scores, added: added, values: v)
    }

    /// From ∂ℒ/∂output and ∂ℒ/∂α to the gradients of q, k and v; those of the weights are added to `dWeights`.
    func backward(
        _ dOutput: MatrixView, _ dAlphas: MatrixView?, addingTo dWeights: (q: Matrix, k: Matrix, v: Matrix)
    ) -> (q: Matrix, k: Matrix, v: Matrix) {
        let (dScores, dv) = attention.backward(dOutput, dAlphas)
        let H = weights.v.count
        let (dFromQ, dFromK) = (Matrix(rows: q.rows, columns: H), Matrix(rows: k.rows, columns: H))
        for i in 0..<q.rows {
            for j in 0..<k.rows {
                let (ds, hidden) = (dScores.row(i)[j], hidden.row(i * k.rows + j))
                let (dFromQ, dFromK, dWeightV) = (dFromQ.row(i), dFromK.row(j), dWeights.v.row(0))
                for h in 0..<H {
                    dWeightV[h] += ds * hidden[h]  // ∂s/∂w_v = tanh(…)
                    let d = ds * weights.v[h] * (1 - hidden[h] * hidden[h])  // tanh′ = 1 − tanh²
                    dFromQ[h] += d
                    dFromK[h] += d
                }
            }
        }
        dWeights.q.add(dFromQ.view.transposed.times(q))  // ∂ℒ/∂W_q = Σ ∂ℒ/∂(W_q q) qᵀ
        dWeights.k.add(dFromK.view.transposed.times(k))  // ∂ℒ/∂W_k = Σ ∂ℒ/∂(W_k k) kᵀ
        return (dFromQ.view.times(weights.q.view), dFromK.view.times(weights.k.view), dv)  // ∂ℒ/∂q = W_qᵀ ∂ℒ/∂(W_q q)
    }
}
