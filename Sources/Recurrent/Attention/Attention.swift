/// The attention of S0.3: the weights come from query and key by one linear layer, and so does the output
/// from query and what was attended to.
///
///     scores  = W_a [Q; K] + b_a
///     weights = softmax(scores)
///     applied = weights · V
///     output  = W_c [Q; applied] + b_c
///
/// `valueSize1` is the length of the memory, `valueSize2` the size of what it holds at each place.
///
/// | tensor  | shape                                   |
/// |---------|-----------------------------------------|
/// | Q       | (1, N, `querySize`)                     |
/// | K       | (1, N, `keySize`)                       |
/// | V       | (1, `valueSize1`, `valueSize2`)         |
/// | output  | (1, N, `outputSize`)                    |
/// | weights | (N, `valueSize1`)                       |
/// | attn.weight, attn.bias | (`valueSize1`, `querySize` + `keySize`), (`valueSize1`) |
/// | attn_combine.weight, attn_combine.bias | (`outputSize`, `querySize` + `valueSize2`), (`outputSize`) |
///
/// All three may come without their first axis; then the output has none either.
///
/// Parameters are drawn as those of ``Linear`` layers.
public final class Attention: Layer {
    /// How many features a query has.
    public let querySize: Int
    /// How many features a key has.
    public let keySize: Int
    /// The length of the memory; it is fixed, for each of its places has a row of W_a.
    public let valueSize1: Int
    /// How many features the memory holds at each place.
    public let valueSize2: Int
    /// How many features the output has.
    public let outputSize: Int
    private let attn: Linear
    private let attnCombine: Linear

    /// Ends the program if a size is below 1.
    public init(querySize: Int, keySize: Int, valueSize1: Int, valueSize2: Int, outputSize: Int) {
        let sizes = [
            ("querySize", querySize), ("keySize", keySize), ("valueSize1", valueSize1), ("valueSize2", valueSize2),
            ("outputSize", outputSize),
        ]
        for (name, size) in sizes { require(size > 0, "Attention", "\(name) must be at least 1", got: "\(size)") }
        self.querySize = querySize
        self.keySize = keySize
        self.valueSize1 = valueSize1
        self.valueSize2 = valueSize2
        self.outputSize = outputSize
        attn = Linear(querySize + keySize, valueSize1)
        attnCombine = Linear(querySize + valueSize2, outputSize)
    }

    public var parameters: Parameters {
        Parameters(of: ["attn": attn.parameters, "attn_combine": attnCombine.parameters])
    }

    /// Output and weights of every query. Ends the program unless the shapes are those of the table above.
    public func callAsFunction(_ Q: Tensor, _ K: Tensor, _ V: Tensor) -> (output: Tensor, weights: Tensor) {
        let trace = trace(Q, K, V)
        return (trace.output, trace.weights)
    }

    /// The same computation with every intermediate value.
    public func trace(_ Q: Tensor, _ K: Tensor, _ V: Tensor) -> ConcatenatingAttentionTrace {
        check(Q, K, V)
        let N = Q.shape[Q.shape.count - 2]
        // Without the first axis, or with it.
        func shape(_ rows: Int, _ columns: Int) -> Shape { Q.shape.count == 2 ? [rows, columns] : [1, rows, columns] }
        let pass = ConcatenatingPass(
            q: Matrix(rows: N, columns: querySize, values: Q.values), k: Matrix(rows: N, columns: keySize, values: K.values),
            v: Matrix(rows: valueSize1, columns: valueSize2, values: V.values),
            weights: parameters.tensors
        )
        let output = Tensor(shape: shape(N, outputSize), values: pass.output.values)
        let weights = Tensor(shape: [N, valueSize1], values: pass.attention.weights.values)
        Tensor.record([output, weights], of: [Q, K, V] + parameters.tensors) { pass.backward($0[0], $0[1]) }
        return ConcatenatingAttentionTrace(
            scores: Tensor(shape: [N, valueSize1], values: pass.scores.values), weights: weights,
            values: V.detached(), applied: Tensor(shape: shape(N, valueSize2), values: pass.applied.values), output: output
        )
    }

    private func check(_ Q: Tensor, _ K: Tensor, _ V: Tensor) {
        let rank = Q.shape.count
        let N = rank == 3 ? Q.shape[1] : rank == 2 ? Q.shape[0] : 1
        let leading = rank == 2 ? [] : [1]
        let expected = [("Q", Q, [N, querySize]), ("K", K, [N, keySize]), ("V", V, [valueSize1, valueSize2])]
        for (name, tensor, lengths) in expected {
            let shape = Shape(leading + lengths)
            require(
                tensor.shape == shape, description, "\(name) must have shape \(shape)", got: "\(tensor.shape)",
                hint: rank == 2 && tensor.shape.count == 3 ? "Q has no first axis, so \(name) must not have one either" : nil
            )
        }
    }
}

extension Attention: CustomStringConvertible {
    public var description: String { "Attention(\(querySize), \(keySize), \(valueSize1), \(valueSize2), \(outputSize))" }
}

/// Every intermediate value of S0.3's ``Attention``.
public struct ConcatenatingAttentionTrace {
    /// (N, `valueSize1`): before softmax.
    public let scores: Tensor
    /// (N, `valueSize1`): softmax of the scores; the rows add up to 1.
    public let weights: Tensor
    /// (1, `valueSize1`, `valueSize2`): what is weighted, as plain numbers.
    public let values: Tensor
    /// (1, N, `valueSize2`): the weighted sum of the values.
    public let applied: Tensor
    /// (1, N, `outputSize`)
    public let output: Tensor
}

/// What the backward pass needs of the forward pass.
private struct ConcatenatingPass {
    /// [Q; K] and [Q; applied], a row for each query.
    let query: MatrixView
    let queryAndKey: Matrix
    let queryAndApplied: Matrix
    let scores: Matrix
    let attention: AttentionWeights
    let applied: Matrix
    let output: Matrix
    let weightA: Matrix
    let weightC: Matrix

    /// `weights`: W_a, b_a, W_c, b_c.
    init(q: Matrix, k: Matrix, v: Matrix, weights: [Tensor]) {
        query = q.view
        (weightA, weightC) = (Matrix(weights[0]), Matrix(weights[2]))
        queryAndKey = Matrix(sideBySide: q, k)
        scores = queryAndKey.view.times(weightA.view.transposed)  // W_a [Q; K] + b_a
        scores.addToRows(weights[1].values)
        attention = AttentionWeights(scores: scores, added: nil, values: v.view)
        applied = attention.output
        queryAndApplied = Matrix(sideBySide: q, applied)
        output = queryAndApplied.view.times(weightC.view.transposed)  // W_c [Q; applied] + b_c
        output.addToRows(weights[3].values)
    }

    /// The gradients of Q, K, V, W_a, b_a, W_c and b_c.
    func backward(_ outputGradient: [Double]?, _ weightsGradient: [Double]?) -> [[Double]] {
        let (N, q) = (output.rows, query.columns)
        let dOutput = Matrix(rows: N, columns: output.columns, values: outputGradient ?? .zeros(N * output.columns))
        let dWeights = weightsGradient.map { Matrix(rows: N, columns: scores.columns, values: $0).view }
        let dQueryAndApplied = dOutput.view.times(weightC.view)  // ∂ℒ/∂[Q; applied] = W_cᵀ ∂ℒ/∂output
        let dApplied = dQueryAndApplied.view.columns(q..<dQueryAndApplied.columns)
        let (dScores, dv) = attention.backward(dApplied, dWeights)
        let dQueryAndKey = dScores.view.times(weightA.view)  // ∂ℒ/∂[Q; K] = W_aᵀ ∂ℒ/∂scores
        let dq = Matrix(copying: dQueryAndApplied.view.columns(0..<q))  // Q stands in both
        dq.add(Matrix(copying: dQueryAndKey.view.columns(0..<q)))
        return [
            dq.values, Matrix(copying: dQueryAndKey.view.columns(q..<dQueryAndKey.columns)).values, dv.values,
            dScores.view.transposed.times(queryAndKey.view).values, dScores.columnSums,  // ∂ℒ/∂W_a = Σ ∂ℒ/∂scores [Q; K]ᵀ
            dOutput.view.transposed.times(queryAndApplied.view).values, dOutput.columnSums,  // ∂ℒ/∂W_c = Σ ∂ℒ/∂output [Q; applied]ᵀ
        ]
    }
}

extension Matrix {
    fileprivate convenience init(sideBySide left: Matrix, _ right: Matrix) {
        self.init(rows: left.rows, columns: left.columns + right.columns)
        view.columns(0..<left.columns).copy(left)
        view.columns(left.columns..<columns).copy(right)
    }
}
