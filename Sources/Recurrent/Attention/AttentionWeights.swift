/// What every attention does once it has scores: softmax over the memory, and the weighted sum of its values.

/// softmax of the scores (queries, memory), row by row, and the sum of the values that it weights.
struct AttentionWeights {
    /// α (queries, memory): the rows add up to 1.
    let weights: Matrix
    /// (memory, size)
    let values: MatrixView

    /// `allowed`: which query may look at which part of the memory, row by row; nil for all.
    init(scores: Matrix, allowed: ArraySlice<Bool>?, values: MatrixView) {
        weights = Matrix(rows: scores.rows, columns: scores.columns)
        self.values = values
        for i in 0..<scores.rows {
            let (score, weight) = (scores.row(i), weights.row(i))
            let start = (allowed?.startIndex ?? 0) + i * scores.columns
            func isAllowed(_ j: Int) -> Bool { allowed.map { $0[start + j] } ?? true }
            var largest = -Double.infinity
            for j in 0..<scores.columns where isAllowed(j) { largest = max(largest, score[j]) }
            var sum = 0.0
            for j in 0..<scores.columns where isAllowed(j) {
                weight[j] = Elementary.exp(score[j] - largest)  // the same quotient; no overflow
                sum += weight[j]
            }
            for j in 0..<scores.columns { weight[j] /= sum }
        }
    }

    /// (queries, size): Σⱼ αᵢⱼ valueⱼ
    var output: Matrix { weights.view.times(values) }

    /// From ∂L/∂output, and ∂L/∂α of those who use the weights themselves, to ∂L/∂scores and ∂L/∂values.
    func backward(_ dOutput: MatrixView, _ dWeights: MatrixView?) -> (scores: Matrix, values: Matrix) {
        let dScores = dOutput.times(values.transposed)                  // ∂L/∂α = ∂L/∂output · valuesᵀ
        if let dWeights { dScores.add(Matrix(copying: dWeights)) }
        for i in 0..<dScores.rows {
            let (d, weight) = (dScores.row(i), weights.row(i))
            var projection = 0.0
            for j in 0..<dScores.columns { projection += d[j] * weight[j] }
            for j in 0..<dScores.columns { d[j] = weight[j] * (d[j] - projection) }  // ∂L/∂sⱼ = αⱼ (∂L/∂αⱼ − Σ ∂L/∂α α)
        }
        return (dScores, weights.view.transposed.times(dOutput))        // ∂L/∂values = αᵀ · ∂L/∂output
    }
}

/// A mask as truth values, and the checks of it.
enum AttentionMask {
    /// `mask` stretched to `shape` (…, queries, memory). Ends the program unless it is made of 0 and 1
    /// and leaves every query something to look at.
    static func allowed(_ mask: Tensor?, _ shape: Shape, _ who: String) -> [Bool]? {
        guard let mask else { return nil }
        let missing = shape.count - mask.shape.count
        let fits = missing >= 0 && mask.shape.indices.allSatisfy { [1, shape[$0 + missing]].contains(mask.shape[$0]) }
        require(fits, who, "mask must fit the scores' shape \(shape)", got: "\(mask.shape)")
        for value in mask.values {
            require(value == 0 || value == 1, who, "mask must hold 1 where a query may look and 0 where not", got: "\(value)")
        }
        let allowed = Broadcast(mask, .zeros(shape), who).a.map { $0 == 1 }
        let memory = shape[shape.count - 1]
        for query in 0..<shape.dropLast().reduce(1, *) {
            require(
                allowed[query * memory..<(query + 1) * memory].contains(true), who,
                "mask must leave every query something to look at", got: "nothing for query \(query)"
            )
        }
        return allowed
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
