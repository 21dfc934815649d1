/// What every attention does once it has scores: softmax over the memory, and the weighted sum of its values.

/// softmax of the scores (queries, memory), row by row, and the sum of the values that it weights.
struct AttentionWeights {
    /// α (queries, memory): the rows add up to 1, unless dropout took some of them.
    let weights: Matrix
    /// (memory, size)
    let values: MatrixView
    /// What dropout left of softmax: softmax itself, and what it was multiplied by.
    private let dropout: (softmax: Matrix, factors: Matrix)?

    /// - Parameters:
    ///   - added: to the scores, row by row: 0 where a query may look and −∞ where not, or other numbers.
    ///   - factors: of dropout, for each weight.
    init(scores: Matrix, added: ArraySlice<Double>?, values: MatrixView, dropout factors: Matrix? = nil) {
        let weights = Matrix(rows: scores.rows, columns: scores.columns)
        (self.weights, self.values) = (weights, values)
        for i in 0..<scores.rows {
            let (score, weight) = (scores.row(i), weights.row(i))
            let start = (added?.startIndex ?? 0) + i * scores.columns
            // Where a query may not look the score may be anything, even NaN.
            func masked(_ j: Int) -> Double {
                guard let added else { return score[j] }
                return added[start + j] == -.infinity ? -.infinity : score[j] + added[start + j]
            }
            var largest = -Double.infinity
            for j in 0..<scores.columns { largest = max(largest, masked(j)) }
            var sum = 0.0
            for j in 0..<scores.columns where masked(j) != -.infinity {
                weight[j] = Elementary.exp(masked(j) - largest)  // the same quotient; no overflow
                sum += weight[j]
            }
            for j in 0..<scores.columns { weight[j] /= sum }
        }
        dropout = factors.map { (Matrix(copying: weights.view), $0) }
        if let factors { weights.multiply(by: factors) }
    }

    /// (queries, size): Σⱼ αᵢⱼ valueⱼ
    var output: Matrix { weights.view.times(values) }

    /// From ∂ℒ/∂output, and ∂ℒ/∂α of those who use the weights themselves, to ∂ℒ/∂scores and ∂ℒ/∂values.
    func backward(_ dOutput: MatrixView, _ dWeights: MatrixView?) -> (scores: Matrix, values: Matrix) {
        let dScores = dOutput.times(values.transposed)  // ∂ℒ/∂α = ∂ℒ/∂output · valuesᵀ
        if let dWeights { dScores.add(Matrix(copying: dWeights)) }
        if let dropout { dScores.multiply(by: dropout.factors) }
        let softmax = dropout?.softmax ?? weights
        for i in 0..<dScores.rows {
            let (d, weight) = (dScores.row(i), softmax.row(i))
            var projection = 0.0
            for j in 0..<dScores.columns { projection += d[j] * weight[j] }
            for j in 0..<dScores.columns { d[j] = weight[j] * (d[j] - projection) }  // ∂ℒ/∂sⱼ = αⱼ (∂ℒ/∂αⱼ − Σ ∂ℒ/∂α α)
        }
        return (dScores, weights.view.transposed.times(dOutput))  // ∂ℒ/∂values = αᵀ · ∂ℒ/∂output
    }
}

/// PyTorch's masks of a ``MultiheadAttention``, which say what a query may *not* look at.
public enum AttentionMask {
    /// PyTorch's boolean mask: 1 where a query may not look, 0 where it may.
    case excluding(Tensor)
    /// PyTorch's float mask: it is added to the scores before softmax; −∞ where a query may not look.
    case adding(Tensor)

    /// What is added to the scores. Ends the program unless it is a mask.
    func added(_ name: String, _ who: String) -> Tensor {
        switch self {
        case .excluding(let mask):
            for value in mask.values {
                require(
                    value == 0 || value == 1, who, "\(name) must hold 1 where a query may not look and 0 else", got: "\(value)"
                )
            }
            return Tensor(shape: mask.shape, values: mask.values.map { $0 == 1 ? -.infinity : 0 })
        case .adding(let mask):
            for value in mask.values {
                require(value < .infinity, who, "\(name) must hold numbers, or −∞ where a query may not look", got: "\(value)")
            }
            require(
                !mask.requiresGradient, who, "\(name) must be plain numbers", got: "a tensor that asks for a gradient",
                hint: "Use detach()"
            )
            return mask
        }
    }

    /// What `mask`, stretched to `shape` (…, queries, memory), adds to the scores. Ends the program unless it is made
    /// of 0 and 1 and leaves every query something to look at.
    static func added(_ mask: Tensor?, _ shape: Shape, _ who: String) -> [Double]? {
        guard let added = unchecked(mask, shape, who) else { return nil }
        requireSomething(in: added, memory: shape[shape.count - 1], who)
        return added
    }

    /// As ``added(_:_:_:)``, for a memory that will get further places.
    static func unchecked(_ mask: Tensor?, _ shape: Shape, _ who: String) -> [Double]? {
        guard let mask else { return nil }
        let missing = shape.count - mask.shape.count
        let fits = missing >= 0 && mask.shape.indices.allSatisfy { [1, shape[$0 + missing]].contains(mask.shape[$0]) }
        require(fits, who, "mask must fit the scores' shape \(shape)", got: "\(mask.shape)")
        for value in mask.values {
            require(value == 0 || value == 1, who, "mask must hold 1 where a query may look and 0 where not", got: "\(value)")
        }
        return Broadcast(mask, .zeros(shape), who).a.map { $0 == 1 ? 0 : -.infinity }
    }

    /// Ends the program unless every query has something to look at.
    static func requireSomething(in added: [Double], memory: Int, _ who: String) {
        for query in 0..<added.count / memory {
            require(
                added[query * memory..<(query + 1) * memory].contains { $0 != -.infinity }, who,
                "mask must leave every query something to look at", got: "nothing for query \(query)"
            )
        }
    }

    /// (length, length): 1 where a step may look, at itself and at what came before it.
    static func causal(_ length: Int) -> Tensor {
        let shape: Shape = [length, length]
        return Tensor(shape: shape, values: (0..<shape.elementCount).map { $0 % length <= $0 / length ? 1 : 0 })
    }
}

extension Tensor {
    /// A mask (length, length) that lets every step look at itself and at what came before it.
    public static func causalMask(_ length: Int) -> Tensor {
        AttentionMask.causal(length)
    }
}

/// Every intermediate value of an attention.
public struct AttentionTrace {
    /// (…, queries, memory): how well each query fits each part of the memory, before softmax and mask.
    public let scores: Tensor
    /// α (…, queries, memory): softmax of the scores; the rows add up to 1.
    public let weights: Tensor
    /// (…, memory, size): what is weighted, as plain numbers.
    public let values: Tensor
    /// (…, queries, size): the values, weighted and added.
    public let output: Tensor
}
