/// Attention whose score is the dot product of query and key (Luong et al. 2015; scaled: Vaswani et al. 2017).
///
///     s_ij = q_i · k_j / √d     (unscaled: q_i · k_j)
///     α_i  = softmax(s_i)
///     output_i = Σ_j α_ij v_j
///
/// | tensor  | shape                                               |
/// |---------|-----------------------------------------------------|
/// | q       | (…, queries, d)                                     |
/// | k       | (…, memory, d)                                      |
/// | v       | (…, memory, size)                                   |
/// | mask    | (…, queries, memory) or fewer axes: 1 where a query may look, 0 where not |
/// | output  | (…, queries, size)                                  |
/// | weights | (…, queries, memory)                                |
public struct DotProductAttention: Sendable {
    /// Whether scores are divided by √d, so that softmax does not saturate where d is large.
    public let isScaled: Bool

    /// Scaled as in Vaswani et al. 2017, or not, as in Luong et al. 2015.
    public init(isScaled: Bool = true) {
        self.isScaled = isScaled
    }

    /// Output and weights of every query. Ends the program unless the shapes are those of the table above.
    public func callAsFunction(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil) -> (output: Tensor, weights: Tensor) {
        let trace = trace(q, k, v, mask: mask)
        return (trace.output, trace.weights)
    }

    /// The same computation with every intermediate value.
    public func trace(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil) -> AttentionTrace {
        let sizes = sizes(q, k, v)
        let added = AttentionMask.added(mask, sizes.scoreShape, name)
        let scale = isScaled ? 1 / Elementary.sqrt(Double(sizes.d)) : 1
        let (matrixQ, matrixK, matrixV) = (Matrix(stacking: q), Matrix(stacking: k), Matrix(stacking: v))
        let passes = (0..<sizes.count).map { index in
            DotProductPass(
                q: matrixQ.view(rows: index * sizes.queries..<(index + 1) * sizes.queries),
                k: matrixK.view(rows: index * sizes.memory..<(index + 1) * sizes.memory),
                v: matrixV.view(rows: index * sizes.memory..<(index + 1) * sizes.memory),
                scale: scale, added: added?.block(index, of: sizes.count)
            )
        }
        let output = Tensor(shape: sizes.outputShape, values: passes.flatMap { $0.attention.output.values })
        let weights = Tensor(shape: sizes.scoreShape, values: passes.flatMap { $0.attention.weights.values })
        Tensor.record([output, weights], of: [q, k, v]) { gradients in
            var (dq, dk, dv): ([Double], [Double], [Double]) = ([], [], [])
            for (index, pass) in passes.enumerated() {
                let dOutput = gradients[0].map { Array($0.block(index, of: passes.count)) } ?? .zeros(sizes.queries * sizes.size)
                let dWeights = gradients[1].map { Array($0.block(index, of: passes.count)) }
                let result = pass.backward(
                    Matrix(rows: sizes.queries, columns: sizes.size, values: dOutput).view,
                    dWeights.map { Matrix(rows: sizes.queries, columns: sizes.memory, values: $0).view }
                )
                dq += result.q.values
                dk += result.k.values
                dv += result.v.values
            }
            return [dq, dk, dv]
        }
        let scores = Tensor(shape: sizes.scoreShape, values: passes.flatMap { $0.scores.values })
        return AttentionTrace(scores: scores, weights: weights, values: v.detached(), output: output)
    }

    private var name: String { isScaled ? "scaledDotProductAttention" : "DotProductAttention" }

    /// Ends the program if the shapes do not go together.
    private func sizes(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> AttentionSizes {
        let sizes = AttentionSizes(q, k, v, name)
        let d = k.shape[k.shape.count - 1]
        require(sizes.d == d, name, "queries and keys must have one length", got: "\(sizes.d) in \(q.shape) and \(d) in \(k.shape)")
        return sizes
    }
}

/// softmax(q kᵀ / √d) v, as PyTorch's `scaled_dot_product_attention`; see ``DotProductAttention``.
public func scaledDotProductAttention(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil) -> Tensor {
    DotProductAttention()(q, k, v, mask: mask).output
}

/// The queries of one sequence against one memory.
struct DotProductPass {
    /// (queries, d), (memory, d), (memory, size)
    let q: MatrixView
    let k: MatrixView
    let v: MatrixView
    let scale: Double
    /// (queries, memory)
    let scores: Matrix
    let attention: AttentionWeights

    init(q: MatrixView, k: MatrixView, v: MatrixView, scale: Double, added: ArraySlice<Double>?, dropout: Matrix? = nil) {
        (self.q, self.k, self.v, self.scale) = (q, k, v, scale)
        scores = q.times(k.transposed)  // s = q kᵀ · scale
        scores.multiply(by: scale)
        attention = AttentionWeights(scores: scores, added: added, values: v, dropout: dropout)
    }

    /// From ∂ℒ/∂output and ∂ℒ/∂weights to the gradients of q, k and v.
    func backward(_ dOutput: MatrixView, _ dWeights: MatrixView?) -> (q: Matrix, k: Matrix, v: Matrix) {
        let (dScores, dv) = attention.backward(dOutput, dWeights)
        dScores.multiply(by: scale)
        return (
            dScores.view.times(k),  // ∂ℒ/∂q = ∂ℒ/∂s · k · scale
            dScores.view.transposed.times(q),  // ∂ℒ/∂k = ∂ℒ/∂sᵀ · q · scale
            dv
        )
    }
}

/// The lengths of the axes of queries, keys and values.
struct AttentionSizes {
    let leading: ArraySlice<Int>
    /// How many memories there are.
    let count: Int
    let queries: Int
    let memory: Int
    /// Of a query.
    let d: Int
    /// Of a value.
    let size: Int

    /// Ends the program if the axes before the last do not go together.
    init(_ q: Tensor, _ k: Tensor, _ v: Tensor, _ who: String) {
        for (name, tensor) in [("queries", q), ("keys", k), ("values", v)] {
            require(
                tensor.shape.count >= 2 && tensor.shape.count == q.shape.count, who,
                "\(name) must have at least 2 axes (…, length, features), and as many as the queries", got: "\(tensor.shape)"
            )
        }
        let rank = q.shape.count
        leading = Array(q.shape).dropLast(2)
        require(
            leading == Array(k.shape).dropLast(2) && leading == Array(v.shape).dropLast(2), who,
            "queries, keys and values must have the same leading axes", got: "\(q.shape), \(k.shape) and \(v.shape)"
        )
        require(
            k.shape[rank - 2] == v.shape[rank - 2], who, "there must be a value for each key",
            got: "\(k.shape[rank - 2]) keys and \(v.shape[rank - 2]) values"
        )
        require(k.shape[rank - 2] > 0, who, "the memory must hold at least one key", got: "\(k.shape)")
        require(q.shape[rank - 1] > 0, who, "queries must have at least one feature", got: "\(q.shape)")
        count = leading.reduce(1, *)
        (queries, d) = (q.shape[rank - 2], q.shape[rank - 1])
        (memory, size) = (v.shape[rank - 2], v.shape[rank - 1])
    }

    var scoreShape: Shape { Shape(leading + [queries, memory]) }
    var outputShape: Shape { Shape(leading + [queries, size]) }
}

extension Matrix {
    /// All matrices of a tensor of two or more axes below one another.
    convenience init(stacking tensor: Tensor) {
        self.init(rows: tensor.shape.dropLast().reduce(1, *), columns: tensor.shape[tensor.shape.count - 1], values: tensor.values)
    }
}

extension Array {
    /// Part number `index` of `count` equal parts.
    func block(_ index: Int, of count: Int) -> ArraySlice<Element> {
        let length = self.count / count
        return self[index * length..<(index + 1) * length]
    }
}
