/// Several scaled dot-product attentions side by side, each on a projection of its own (Vaswani et al. 2017).
///
///     Q = q W_Qᵀ + b_Q    K = k W_Kᵀ + b_K    V = v W_Vᵀ + b_V
///     head_h = softmax(Q_h K_hᵀ / √(E / heads)) V_h      Q_h: the h-th E / heads columns of Q
///     output = [head_1 … head_heads] W_Oᵀ + b_O
///
/// With `addBiasKV` the memory gets one more place, whose K and V are parameters; with `addZeroAttention` one of zeros.
///
/// | tensor  | shape (E = `embedDim`)                              |
/// |---------|-----------------------------------------------------|
/// | q       | (queries, N, E), with `batchFirst` (N, queries, E)  |
/// | k, v    | (memory, N, `keyDim` and `valueDim`, else E), with `batchFirst` (N, memory, …) |
/// | mask    | (queries, memory) or (N, queries, memory): 1 where a query may look, 0 where not |
/// | attentionMask | PyTorch's attn_mask: (queries, memory) or (N · heads, queries, memory) |
/// | keyPaddingMask | PyTorch's key_padding_mask: (N, memory)      |
/// | output  | as q                                                |
/// | weights | (N, queries, memory), averaged over the heads, else (N, heads, queries, memory); added places last |
/// | in_proj_weight, in_proj_bias | (3E, E): W_Q, W_K, W_V below one another; (3E) |
/// | q_proj_weight, k_proj_weight, v_proj_weight | instead, where keys or values are not of size E: (E, their size) |
/// | bias_k, bias_v | (1, 1, E); only with `addBiasKV`             |
/// | out_proj.weight, out_proj.bias | (E, E), (E)                |
///
/// One sequence may come without its axis N: q (queries, E), weights (queries, memory), keyPaddingMask (memory).
///
/// Drawn as in PyTorch: `out_proj.weight` uniformly from (−1/√E, 1/√E), `in_proj_weight` from (−√(6/4E), √(6/4E)),
/// other projections from ±√(6 / (E + size)), `bias_k` and `bias_v` normally with variance 1/E; biases are zero.
public final class MultiheadAttention: Layer {
    /// E, the features of a query and of the output.
    public let embedDim: Int
    /// How many attentions stand side by side, each on E / `numHeads` of the projected features.
    public let numHeads: Int
    /// How many features a key has.
    public let keyDim: Int
    /// How many features a value has.
    public let valueDim: Int
    private let batchFirst: Bool
    private let dropout: Double
    private let addsZero: Bool
    private let projections: Projections
    /// What stands in the memory after the keys and values.
    private let added: (k: Tensor, v: Tensor)?
    private let outWeight: Tensor
    private let biases: (input: Tensor, output: Tensor)?
    private var isTraining = true

    /// The weights of Q, K and V.
    private enum Projections {
        /// (3E, E)
        case joint(Tensor)
        /// (E, size) each.
        case separate([Tensor])
    }

    /// - Parameters:
    ///   - embedDim: E, the features of a query and of the output.
    ///   - numHeads: must divide E.
    ///   - dropout: the probability with which a weight is set to zero in training.
    ///   - bias: whether there are b_Q, b_K, b_V and b_O.
    ///   - addBiasKV: whether the memory gets a place of its own, to be trained.
    ///   - addZeroAttention: whether the memory gets a place of zeros.
    ///   - keyDim: the features of a key, E if left out.
    ///   - valueDim: the features of a value, E if left out.
    ///   - batchFirst: (N, L, …) instead of (L, N, …); single sequences are not affected.
    public init(
        embedDim: Int, numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKV: Bool = false,
        addZeroAttention: Bool = false, keyDim: Int? = nil, valueDim: Int? = nil, batchFirst: Bool = false
    ) {
        require(embedDim > 0, "MultiheadAttention", "embedDim must be at least 1", got: "\(embedDim)")
        require(
            numHeads > 0 && embedDim % numHeads == 0, "MultiheadAttention", "numHeads must divide embedDim \(embedDim)",
            got: "\(numHeads)"
        )
        require(
            dropout >= 0 && dropout <= 1, "MultiheadAttention", "dropout must be a probability from 0 to 1", got: "\(dropout)"
        )
        let (keyDim, valueDim) = (keyDim ?? embedDim, valueDim ?? embedDim)
        require(keyDim > 0, "MultiheadAttention", "keyDim must be at least 1", got: "\(keyDim)")
        require(valueDim > 0, "MultiheadAttention", "valueDim must be at least 1", got: "\(valueDim)")
        self.embedDim = embedDim
        self.numHeads = numHeads
        self.keyDim = keyDim
        self.valueDim = valueDim
        self.batchFirst = batchFirst
        self.dropout = dropout
        addsZero = addZeroAttention
        let bound = 1 / Elementary.sqrt(Double(embedDim))
        outWeight = .parameter([embedDim, embedDim], uniformWithin: bound)
        // PyTorch draws the output's bias before it sets it to zero.
        if bias { _ = Generator.default.uniform(count: embedDim, from: -bound, to: bound) }
        func draw(_ rows: Int, _ columns: Int) -> Tensor {
            .parameter([rows, columns], uniformWithin: Elementary.sqrt(6 / Double(rows + columns)))
        }
        projections =
            keyDim == embedDim && valueDim == embedDim
            ? .joint(draw(3 * embedDim, embedDim))
            : .separate([draw(embedDim, embedDim), draw(embedDim, keyDim), draw(embedDim, valueDim)])
        func drawPlace() -> Tensor { .normalParameter([1, 1, embedDim], scale: bound) }
        added = addBiasKV ? (drawPlace(), drawPlace()) : nil
        biases = bias ? (.zeroParameter([3 * embedDim]), .zeroParameter([embedDim])) : nil
    }

    public var parameters: Parameters {
        var entries: [Parameters.Element] =
            switch projections {
            case .joint(let weight): [("in_proj_weight", weight)]
            case .separate(let weights):
                [("q_proj_weight", weights[0]), ("k_proj_weight", weights[1]), ("v_proj_weight", weights[2])]
            }
        if let biases { entries.append(("in_proj_bias", biases.input)) }
        if let added { entries += [("bias_k", added.k), ("bias_v", added.v)] }
        entries.append(("out_proj.weight", outWeight))
        if let biases { entries.append(("out_proj.bias", biases.output)) }
        return Parameters(entries)
    }

    public func train() { isTraining = true }
    public func eval() { isTraining = false }

    /// - Parameter averageWeights: whether the weights are averaged over the heads, else every head's are given.
    public func callAsFunction(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil, attentionMask: AttentionMask? = nil,
        keyPaddingMask: AttentionMask? = nil, averageWeights: Bool = true
    ) -> (output: Tensor, weights: Tensor) {
        let trace = trace(q, k, v, mask: mask, attentionMask: attentionMask, keyPaddingMask: keyPaddingMask)
        if averageWeights { return (trace.output, trace.weights) }
        let heads = trace.headWeights
        return (trace.output, q.shape.count == 3 ? heads : heads.reshaped(Shape(Array(heads.shape.dropFirst()))))
    }

    /// The same computation with every intermediate value; one sequence without an axis N is a batch of one.
    public func trace(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil, attentionMask: AttentionMask? = nil,
        keyPaddingMask: AttentionMask? = nil
    ) -> MultiheadAttentionTrace {
        check(q, k, v)
        let isBatched = q.shape.count == 3
        let (q, k, v) = (sequencesFirst(q), sequencesFirst(k), sequencesFirst(v))
        let sizes = AttentionSizes(q, k, v, description)
        let memory = sizes.memory + (added == nil ? 0 : 1) + (addsZero ? 1 : 0)
        let headShape: Shape = [sizes.count, numHeads, sizes.queries, memory]
        let masks = masks(mask, attentionMask, keyPaddingMask, sizes, memory: memory)
        let drops = isTraining && dropout > 0
        let pass = MultiheadPass(
            sizes: sizes, memory: memory, heads: numHeads, inputs: [q, k, v].map { Matrix(stacking: $0) },
            weights: projectionMatrices, inBias: biases?.input.values, addedK: added?.k.values, addedV: added?.v.values,
            outWeight: Matrix(outWeight), outBias: biases?.output.values,
            masks: masks,
            dropout: drops ? Dropout.factors(headShape.elementCount, probability: dropout) : nil
        )
        let output = Tensor(shape: q.shape, values: pass.output.values)
        let headWeights = Tensor(shape: headShape, values: pass.heads.flatMap { $0.attention.weights.values })
        let (hasBias, isJoint) = (biases != nil, keyDim == embedDim && valueDim == embedDim)
        Tensor.record([output, headWeights], of: [q, k, v] + parameters.tensors) { gradients in
            pass.backward(gradients[0], gradients[1], hasBias: hasBias, isJoint: isJoint)
        }
        let weights = headWeights.mean(axis: 1)
        return MultiheadAttentionTrace(
            scores: Tensor(shape: headShape, values: pass.heads.flatMap { $0.scores.values }), headWeights: headWeights,
            weights: isBatched ? weights : weights.reshaped(sizes.queries, memory),
            headValues: pass.perHead { Matrix(copying: $0.attention.values) }, headOutputs: pass.perHead { $0.attention.output },
            masks: masks.map { Tensor(shape: headShape, values: $0) },
            output: isBatched ? batchFirst ? output : output.transposed(0, 1) : output.reshaped(sizes.queries, embedDim)
        )
    }

    private var projectionMatrices: [MatrixView] {
        switch projections {
        case .joint(let weight):
            let matrix = Matrix(weight)
            return (0..<3).map { matrix.view(rows: $0 * embedDim..<($0 + 1) * embedDim) }
        case .separate(let weights): return weights.map { Matrix($0).view }
        }
    }

    /// (N, L, ·) from (L, N, ·), or from the (L, ·) of one sequence.
    private func sequencesFirst(_ x: Tensor) -> Tensor {
        x.shape.count == 2 ? x.expandingAxis(0) : batchFirst ? x : x.transposed(0, 1)
    }

    /// What the masks together add to the scores (N, heads, queries, memory), nil without. Ends the program if one
    /// does not fit or if they leave a query nothing to look at.
    private func masks(
        _ mask: Tensor?, _ attentionMask: AttentionMask?, _ keyPaddingMask: AttentionMask?, _ sizes: AttentionSizes, memory: Int
    ) -> [Double]? {
        guard mask != nil || attentionMask != nil || keyPaddingMask != nil else { return nil }
        let (N, L, S) = (sizes.count, sizes.queries, sizes.memory)
        let allowed = AttentionMask.unchecked(mask, sizes.scoreShape, description)
        let attention = attentionMask.map { mask in
            let added = mask.added("attentionMask", description)
            require(
                added.shape == [L, S] || added.shape == [N * numHeads, L, S], description,
                "attentionMask must have shape (\(L), \(S)) or (\(N * numHeads), \(L), \(S)) = (N × heads, queries, memory)",
                got: "\(added.shape)"
            )
            return added
        }
        let padding = keyPaddingMask.map { mask in
            let added = mask.added("keyPaddingMask", description)
            require(
                added.shape == [N, S] || N == 1 && added.shape == [S], description,
                "keyPaddingMask must have shape (\(N), \(S)) = (N, memory)", got: "\(added.shape)"
            )
            return added.values
        }
        // Places that were added to the memory are open to all.
        var sum = [Double].zeros(N * numHeads * L * memory)
        for n in 0..<N {
            for head in n * numHeads..<(n + 1) * numHeads {
                for i in 0..<L {
                    for j in 0..<S {
                        let score = i * S + j
                        sum[(head * L + i) * memory + j] =
                            (allowed?[n * L * S + score] ?? 0) + (padding?[n * S + j] ?? 0)
                            + (attention.map { $0.values[$0.shape.count == 2 ? score : head * L * S + score] } ?? 0)
                    }
                }
            }
        }
        AttentionMask.requireSomething(in: sum, memory: memory, description)
        return sum
    }

    /// Ends the program unless all are batches of N sequences, or one sequence each, of as many features as they should have.
    private func check(_ q: Tensor, _ k: Tensor, _ v: Tensor) {
        for (name, x, size) in [("queries", q, embedDim), ("keys", k, keyDim), ("values", v, valueDim)] {
            require(
                (x.shape.count == 3 || x.shape.count == 2) && x.shape.last == size, description,
                "\(name) must have shape \(batchFirst ? "(N, L" : "(L, N"), \(size)), or (L, \(size)) for one sequence",
                got: "\(x.shape)"
            )
            require(
                x.shape.count == q.shape.count, description, "queries, keys and values must all have an axis N, or none",
                got: "\(q.shape), \(k.shape) and \(v.shape)"
            )
        }
        guard q.shape.count == 3 else { return }
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

    fileprivate static func normalParameter(_ shape: Shape, scale: Double) -> Tensor {
        let tensor = Tensor(shape: shape, values: Generator.default.normal(count: shape.elementCount).map { $0 * scale })
        tensor.requiresGradient = true
        return tensor
    }
}

/// Every intermediate value of a ``MultiheadAttention``. The memory counts the places that it adds, last.
public struct MultiheadAttentionTrace {
    /// (N, heads, queries, memory): before softmax and mask.
    public let scores: Tensor
    /// (N, heads, queries, memory): softmax of the scores.
    public let headWeights: Tensor
    /// (N, queries, memory): averaged over the heads; without N if the queries have none.
    public let weights: Tensor
    /// (N, heads, memory, E / heads): what a head weights, its columns of V.
    public let headValues: Tensor
    /// (N, heads, queries, E / heads): the values, weighted and added; side by side they go through W_O.
    public let headOutputs: Tensor
    /// (N, heads, queries, memory): what the masks add to the scores; nil without any.
    package let masks: Tensor?
    /// As the queries.
    public let output: Tensor
}

/// What the backward pass needs of the forward pass.
private struct MultiheadPass {
    let sizes: AttentionSizes
    /// How many places the memory has with those that are added.
    let memory: Int
    /// Heads of the first sequence, of the second, …
    let heads: [DotProductPass]
    /// The inputs of the three projections, (N · L, size) each.
    let inputs: [Matrix]
    /// The heads' outputs side by side (N · queries, E).
    let joined: Matrix
    /// (N · queries, E)
    let output: Matrix
    /// W_Q, W_K, W_V: (E, size) each.
    let weights: [MatrixView]
    let outWeight: Matrix
    private let headCount: Int
    private let hasAdded: Bool

    init(
        sizes: AttentionSizes, memory: Int, heads headCount: Int, inputs: [Matrix], weights: [MatrixView], inBias: [Double]?,
        addedK: [Double]?, addedV: [Double]?, outWeight: Matrix, outBias: [Double]?, masks: [Double]?, dropout: [Double]?
    ) {
        let E = outWeight.rows
        let width = E / headCount
        let (queries, given) = (sizes.queries, sizes.memory)
        let projected = inputs.enumerated().map { part, input in
            let result = input.view.times(weights[part].transposed)  // x Wᵀ + b
            if let inBias { result.addToRows(Array(inBias[part * E..<(part + 1) * E])) }
            let added = part == 1 ? addedK : addedV
            return part == 0 || memory == given
                ? result
                : Self.extended(result, from: given, to: memory, with: added)  // the places that are added
        }
        joined = Matrix(rows: sizes.count * queries, columns: E)
        var heads: [DotProductPass] = []
        for n in 0..<sizes.count {
            for head in 0..<headCount {
                let columns = head * width..<(head + 1) * width
                let (index, count) = (n * headCount + head, sizes.count * headCount)
                let pass = DotProductPass(
                    q: projected[0].view(rows: n * queries..<(n + 1) * queries).columns(columns),
                    k: projected[1].view(rows: n * memory..<(n + 1) * memory).columns(columns),
                    v: projected[2].view(rows: n * memory..<(n + 1) * memory).columns(columns),
                    scale: 1 / Elementary.sqrt(Double(width)), added: masks?.block(index, of: count),
                    dropout: dropout.map { Matrix(rows: queries, columns: memory, values: Array($0.block(index, of: count))) }
                )
                joined.view(rows: n * queries..<(n + 1) * queries).columns(columns).copy(pass.attention.output)
                heads.append(pass)
            }
        }
        output = joined.view.times(outWeight.view.transposed)  // joined W_Oᵀ + b_O
        if let outBias { output.addToRows(outBias) }
        (self.sizes, self.memory, self.heads, self.headCount, self.inputs) = (sizes, memory, heads, headCount, inputs)
        (self.weights, self.outWeight, hasAdded) = (weights, outWeight, addedK != nil)
    }

    /// (N, heads, rows, columns) of a matrix of each head.
    func perHead(_ part: (DotProductPass) -> Matrix) -> Tensor {
        let parts = heads.map(part)
        return Tensor(
            shape: [sizes.count, headCount, parts[0].rows, parts[0].columns], values: parts.flatMap { $0.values }
        )
    }

    /// (N · memory, E) from (N · given, E): after each sequence's rows `added`, if there is such, and then zeros.
    private static func extended(_ x: Matrix, from given: Int, to memory: Int, with added: [Double]?) -> Matrix {
        let count = x.rows / given
        let result = Matrix(rows: count * memory, columns: x.columns)
        for n in 0..<count {
            result.row(n * memory).update(from: x.row(n * given), count: given * x.columns)
            if let added { result.row(n * memory + given).update(from: added, count: x.columns) }
        }
        return result
    }

    /// The gradients of q, k, v, and of the parameters in their order.
    func backward(
        _ outputGradient: [Double]?, _ headWeightsGradient: [Double]?, hasBias: Bool, isJoint: Bool
    ) -> [[Double]] {
        let E = outWeight.rows
        let width = E / headCount
        let queries = sizes.queries
        let dOutput = Matrix(rows: output.rows, columns: E, values: outputGradient ?? .zeros(output.rows * E))
        let dJoined = dOutput.view.times(outWeight.view)  // ∂ℒ/∂joined = ∂ℒ/∂output W_O
        let dExtended = [queries, memory, memory].map { Matrix(rows: sizes.count * $0, columns: E) }
        for (index, pass) in heads.enumerated() {
            let (n, head) = (index / headCount, index % headCount)
            let columns = head * width..<(head + 1) * width
            let dWeights = headWeightsGradient.map {
                Matrix(rows: queries, columns: memory, values: Array($0.block(index, of: heads.count))).view
            }
            let (dq, dk, dv) = pass.backward(dJoined.view(rows: n * queries..<(n + 1) * queries).columns(columns), dWeights)
            dExtended[0].view(rows: n * queries..<(n + 1) * queries).columns(columns).copy(dq)
            dExtended[1].view(rows: n * memory..<(n + 1) * memory).columns(columns).copy(dk)
            dExtended[2].view(rows: n * memory..<(n + 1) * memory).columns(columns).copy(dv)
        }
        let dProjected = [dExtended[0]] + dExtended.dropFirst().map { withoutAdded($0) }
        let dInputs = dProjected.enumerated().map { part, d in d.view.times(weights[part]).values }  // ∂ℒ/∂x = ∂ℒ/∂(x Wᵀ) W
        let dWeights = zip(dProjected, inputs).map { $0.view.transposed.times($1.view).values }  // ∂ℒ/∂W = Σ ∂ℒ/∂(W x) xᵀ
        let dOutWeight = dOutput.view.transposed.times(joined.view).values
        var parameters = isJoint ? [Array(dWeights.joined())] : dWeights
        if hasBias { parameters.append(dProjected.flatMap { $0.columnSums }) }
        if hasAdded { parameters += dExtended.dropFirst().map { addedGradient($0) } }
        parameters.append(dOutWeight)
        if hasBias { parameters.append(dOutput.columnSums) }
        return dInputs + parameters
    }

    /// The rows of what was given, (N · given, E).
    private func withoutAdded(_ d: Matrix) -> Matrix {
        guard memory > sizes.memory else { return d }
        let result = Matrix(rows: sizes.count * sizes.memory, columns: d.columns)
        for n in 0..<sizes.count {
            result.row(n * sizes.memory).update(from: d.row(n * memory), count: sizes.memory * d.columns)
        }
        return result
    }

    /// (E): of the place that stands in every sequence's memory after what was given.
    private func addedGradient(_ d: Matrix) -> [Double] {
        var sum = [Double].zeros(d.columns)
        for n in 0..<sizes.count {
            let row = d.row(n * memory + sizes.memory)
            for j in sum.indices { sum[j] += row[j] }
        }
        return sum
    }
}
