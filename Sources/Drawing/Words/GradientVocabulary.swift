/// The words of derivations and attention.
struct GradientVocabulary: Sendable {
    var derivation, forward, backward, oneNumber, contributions: String
    var tooManyToCheck, onlySums: String
    var steps: @Sendable (Int) -> String
    var highway, otherPaths: String
    /// Tells which way the gradient of a state comes.
    var paths: @Sendable (_ state: String) -> String
    var agreement, tape, centralDifferences, largest: String
    // Attention.
    var query, memory, worked: String
    /// Names the folded table of a worked query.
    var everyPlace: @Sendable (_ count: Int) -> String

    static let english = GradientVocabulary(
        derivation: "Gradients of", forward: "Forward", backward: "Backward, from the loss",
        oneNumber: "One number followed from the loss", contributions: "What each step adds to each gradient",
        tooManyToCheck: "Too many numbers to be held against the tape and central differences here.",
        onlySums: "Too many numbers to tell the steps apart: only their sums are kept.",
        steps: { $0 == 1 ? "one step" : "\($0) steps" },
        highway: "along the state itself", otherPaths: "along all other paths",
        paths: { "Which way ∂L/∂\($0) comes" },
        agreement: "Largest difference to", tape: "the tape", centralDifferences: "central differences",
        largest: "of all",
        query: "query", memory: "memory", worked: "Worked out for",
        everyPlace: { "Scores, weights and weighted values of all \($0) places" }
    )

    static let chinese = GradientVocabulary(
        derivation: "梯度推导：", forward: "正向", backward: "反向：从损失开始",
        oneNumber: "跟踪一个数：从损失到梯度", contributions: "每个时间步对各梯度的贡献",
        tooManyToCheck: "数目太多，此处不与自动微分带和中心差分比较。", onlySums: "数目太多，只保留各步之和。",
        steps: { "\($0) 步" },
        highway: "沿状态本身", otherPaths: "沿其余各路",
        paths: { "∂L/∂\($0) 由哪条路而来" },
        agreement: "最大差", tape: "与自动微分带", centralDifferences: "与中心差分", largest: "全部",
        query: "查询", memory: "记忆", worked: "逐步计算：",
        everyPlace: { "全部 \($0) 处的得分、权重与加权值" }
    )
}
