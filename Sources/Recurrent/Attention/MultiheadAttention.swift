/// Several scaled dot-product attentions side by side, each on a projection of its own (Vaswani et al. 2017).
///
///     Q = q W_Qᵀ + b_Q    K = k W_Kᵀ + b_K    V = v W_Vᵀ + b_V
///     head_h = softmax(Q_h K_hᵀ / √(E / heads)) V_h      Q_h: the h-th E / heads columns of Q
///     output = [head_1 … head_heads] W_Oᵀ + b_O
///
/// | tensor  | shape (E = `embedDim`)                              |
/// |---------|-----------------------------------------------------|
/// | q       | (queries, N, E), with `batchFirst` (N, queries, E)  |
/// | k, v    | (memory, N, E), with `batchFirst` (N, memory, E)    |
/// | mask    | (queries, memory) or (N, queries, memory): 1 where a query may look, 0 where not |
/// | output  | as q                                                |
/// | weights | (N, queries, memory), averaged over the heads       |
/// | in_proj_weight, in_proj_bias | (3E, E): W_Q, W_K, W_V below one another; (3E) |
/// | out_proj.weight, out_proj.bias | (E, E), (E)                |
///
/// Drawn as in PyTorch: `out_proj.weight` uniformly from (−1/√E, 1/√E), `in_proj_weight` from (−√(6/4E), √(6/4E));
/// biases are zero.
public final class MultiheadAttention: Layer {
    public let embedDim: Int
    public let numHeads: Int
    private let batchFirst: Bool
    private let inWeight: Tensor
    private let outWeight: Tensor
    private let biases: (input: Tensor, output: Tensor)?

    public init(embedDim: Int, numHeads: Int, bias: Bool = true, batchFirst: Bool = false) {
        require(embedDim > 0, "MultiheadAttention", "embedDim must be at least 1", got: "\(embedDim)")
        require(
            numHeads > 0 && embedDim % numHeads == 0, "MultiheadAttention", "numHeads must divide embedDim \(embedDim)",
            got: "\(numHeads)"
        )
        self.embedDim = embedDim
        self.numHeads = numHeads
        self.batchFirst = batchFirst
        let bound = 1 / Elementary.sqrt(Double(embedDim))
        outWeight = .parameter([embedDim, embedDim], uniformWithin: bound)
        // PyTorch draws the output's bias before it sets it to zero.
        if bias { _ = Generator.default.uniform(count: embedDim, from: -bound, to: bound) }
        inWeight = .parameter([3 * embedDim, embedDim], uniformWithin: Elementary.sqrt(6 / Double(4 * embedDim)))
        biases = bias ? (.zeroParameter([3 * embedDim]), .zeroParameter([embedDim])) : nil
    }

    public var parameters: Parameters {
        guard let biases else { return ["in_proj_weight": inWeight, "out_proj.weight": outWeight] }
        return [
            "in_proj_weight": inWeight, "in_proj_bias": biases.input,
            "out_proj.weight": outWeight, "out_proj.bias": biases.output,
        ]
    }

    public func callAsFunction(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil
    ) -> (output: Tensor, weights: Tensor) {
        let trace = trace(q, k, v, mask: mask)
        return (trace.output, trace.weights)
    }

    /// The same computation with every intermediate value.
    public func trace(_ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil) -> MultiheadAttentionTrace {
        check(q, k, v)
        let (q, k, v) = (sequencesFirst(q), sequencesFirst(k), sequencesFirst(v))
        let sizes = AttentionSizes(q, k, v, description)
        let allowed = AttentionMask.allowed(mask, sizes.scoreShape, description)
        let pass = MultiheadPass(
            sizes: sizes, heads: numHeads, q: Matrix(stacking: q), k: Matrix(stacking: k), v: Matrix(stacking: v),
            inWeight: Matrix(inWeight), inBias: biases?.input.values, outWeight: Matrix(outWeight),
            outBias: biases?.output.values, allowed: allowed
        )
        let output = Tensor(shape: q.shape, values: pass.output.values)
        let headShape: Shape = [sizes.count, numHeads, sizes.queries, sizes.memory]
        let headWeights = Tensor(shape: headShape, values: pass.heads.flatMap { $0.attention.weights.values })
        let hasBias = biases != nil
        Tensor.record([output, headWeights], of: [q, k, v] + parameters.tensors) { gradients in
            pass.backward(gradients[0], gradients[1], hasBias: hasBias)
        }
        return MultiheadAttentionTrace(
            scores: Tensor(shape: headShape, values: pass.heads.flatMap { $0.scores.values }),
            headWeights: headWeights, weights: headWeights.mean(axis: 1), output: sequencesFirst(output)
        )
    }

    /// (N, L, E) from (L, N, E) and back, unless sequences come first anyway.
    private func sequencesFirst(_ x: Tensor) -> Tensor {
        batchFirst ? x : x.transposed(0, 1)
    }

    /// Ends the program unless all are batches of N sequences of E features.
    private func check(_ q: Tensor, _ k: Tensor, _ v: Tensor) {
        for x in [q, k, v] {
            require(
                x.shape.count == 3 && x.shape[2] == embedDim, description,
                "queries, keys and values must have shape \(batchFirst ? "(N, L" : "(L, N"), \(embedDim))", got: "\(x.shape)"
            )
        }
        let batches = [q, k, v].map { $0.shape[batchFirst ? 0 : 1] }
        require(
            batches.allSatisfy { $0 == batches[0] }, description, "queries, keys and values must have one batch size N",
            got: "\(q.shape), \(k.shape) and \(v.shape)", hint: "They are read as \(batchFirst ? "(N, L, E)" : "(L, N, E)")"
        )
    }
}

extension MultiheadAttention: CustomStringConvertible {
    public var description: String { "MultiheadAttention(\(embedDim), \(numHeads))" }
}

extension Tensor {
    fileprivate static func zeroParameter(_ shape: Shape) -> Tensor {
        let tensor = zeros(shape)
        tensor.requiresGradient = true
        return tensor
    }
}

/// Every intermediate value of a ``MultiheadAttention``.
public struct MultiheadAttentionTrace {
    /// (N, heads, queries, memory): before softmax and mask.
    public let scores: Tensor
    /// (N, heads, queries, memory): softmax of the scores.
    public let headWeights: Tensor
    /// (N, queries, memory): averaged over the heads.
    public let weights: Tensor
    /// As the queries.
    public let output: Tensor
}

/// What the backward pass needs of the forward pass.
private struct MultiheadPass {
    let sizes: AttentionSizes
    /// Heads of the first sequence, of the second, …
    let heads: [DotProductPass]
    /// The inputs of the three projections, (N · L, E) each.
    let inputs: [Matrix]
    /// The heads' outputs side by side (N · queries, E).
    let joined: Matrix
    /// (N · queries, E)
    let output: Matrix
    let inWeight: Matrix
    let outWeight: Matrix
    private let headCount: Int

    init(
        sizes: AttentionSizes, heads headCount: Int, q: Matrix, k: Matrix, v: Matrix,
        inWeight: Matrix, inBias: [Double]?, outWeight: Matrix, outBias: [Double]?, allowed: [Bool]?
    ) {
        let E = outWeight.rows
        let width = E / headCount
        inputs = [q, k, v]
        let projected = inputs.enumerated().map { part, input in
            let rows = part * E..<(part + 1) * E
            let result = input.view.times(inWeight.view(rows: rows).transposed)         // x Wᵀ + b
            if let inBias { result.addToRows(Array(inBias[rows])) }
            return result
        }
        let (queries, memory) = (sizes.queries, sizes.memory)
        joined = Matrix(rows: sizes.count * queries, columns: E)
        var heads: [DotProductPass] = []
        for n in 0..<sizes.count {
            for head in 0..<headCount {
                let columns = head * width..<(head + 1) * width
                let pass = DotProductPass(
                    q: projected[0].view(rows: n * queries..<(n + 1) * queries).columns(columns),
                    k: projected[1].view(rows: n * memory..<(n + 1) * memory).columns(columns),
                    v: projected[2].view(rows: n * memory..<(n + 1) * memory).columns(columns),
                    scale: 1 / Elementary.sqrt(Double(width)), allowed: allowed?.block(n, of: sizes.count)
                )
                joined.view(rows: n * queries..<(n + 1) * queries).columns(columns).copy(pass.attention.output)
                heads.append(pass)
            }
        }
        output = joined.view.times(outWeight.view.transposed)                           // joined W_Oᵀ + b_O
        if let outBias { output.addToRows(outBias) }
        (self.sizes, self.heads, self.headCount) = (sizes, heads, headCount)
        (self.inWeight, self.outWeight) = (inWeight, outWeight)
    }

    /// The gradients of q, k, v, and of the parameters in their order.
    func backward(_ outputGradient: [Double]?, _ headWeightsGradient: [Double]?, hasBias: Bool) -> [[Double]] {
        let E = outWeight.rows
        let width = E / headCount
        let (queries, memory) = (sizes.queries, sizes.memory)
        let dOutput = Matrix(rows: output.rows, columns: E, values: outputGradient ?? .zeros(output.rows * E))
        let dJoined = dOutput.view.times(outWeight.view)                                // ∂L/∂joined = ∂L/∂output W_O
        let dProjected = inputs.map { Matrix(rows: $0.rows, columns: E) }
        for (index, pass) in heads.enumerated() {
            let (n, head) = (index / headCount, index % headCount)
            let columns = head * width..<(head + 1) * width
            let dWeights = headWeightsGradient.map {
                Matrix(rows: queries, columns: memory, values: Array($0.block(index, of: heads.count))).view
            }
            let (dq, dk, dv) = pass.backward(dJoined.view(rows: n * queries..<(n + 1) * queries).columns(columns), dWeights)
            dProjected[0].view(rows: n * queries..<(n + 1) * queries).columns(columns).copy(dq)
            dProjected[1].view(rows: n * memory..<(n + 1) * memory).columns(columns).copy(dk)
            dProjected[2].view(rows: n * memory..<(n + 1) * memory).columns(columns).copy(dv)
        }
        let dInputs = dProjected.enumerated().map { part, d in
            d.view.times(inWeight.view(rows: part * E..<(part + 1) * E)).values         // ∂L/∂x = ∂L/∂(x Wᵀ) W
        }
        var dInWeight: [Double] = []
        for (d, input) in zip(dProjected, inputs) {
            dInWeight += d.view.transposed.times(input.view).values                     // ∂L/∂W = Σ ∂L/∂(W x) xᵀ
        }
        let dOutWeight = dOutput.view.transposed.times(joined.view).values
        guard hasBias else { return dInputs + [dInWeight, dOutWeight] }
        return dInputs + [dInWeight, dProjected.flatMap { $0.columnSums }, dOutWeight, dOutput.columnSums]
    }
}
