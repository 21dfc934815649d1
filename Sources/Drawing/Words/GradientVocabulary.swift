import Exhibits

/// The words of derivations and attention.
struct GradientVocabulary: Sendable {
    /// Names the graph, opens the equations of its arrows and the whole derivation.
    var flow: @Sendable (_ network: String) -> String
    var eachArrow, longForm: String
    /// The step control's: the way of the loss, a step with it and a step against it.
    var walk, withLoss, againstLoss: String
    /// How large a state's gradient is at the last step and at the first.
    var flowEnds:
        @Sendable (_ letter: String, _ state: String, _ last: Int, _ lastSize: String, _ first: Int, _ firstSize: String) -> String
    var widestRoad:
        @Sendable (_ letter: String, _ size: String, _ t: Int, _ state: String, _ road: DerivationExhibit.Road) -> String
    /// Where a road leads from and to.
    var road: @Sendable (_ letter: String, _ t: Int, _ state: String, _ road: DerivationExhibit.Road) -> String
    /// Says which step adds most.
    var largestStep: @Sendable (_ step: String) -> String
    /// Says which place of a memory adds most to a gradient.
    var largestPlace: @Sendable (_ letter: String, _ j: Int, _ places: Int, _ name: String, _ size: String) -> String
    var derivation, forward, backward, oneNumber, contributions: String
    var tooManyToCheck, onlySums: String
    var steps, places: @Sendable (Int) -> String
    var highway, otherPaths: String
    /// Tells which way the gradient of a state comes.
    var paths: @Sendable (_ state: String) -> String
    var agreement, tape, centralDifferences, largest: String
    // Attention.
    var query, memory, worked: String
    /// Names the folded table of a worked query.
    var everyPlace: @Sendable (_ count: Int) -> String

    static let english = GradientVocabulary(
        flow: { "How the loss of \($0) comes back through time: an arrow for each road, as wide as what comes." },
        eachArrow: "The equation of each arrow, in numbers", longForm: "The whole derivation, equation by equation",
        walk: "Follow the loss, from right to left", withLoss: "One step to the left, as the loss comes back",
        againstLoss: "One step to the right",
        flowEnds: { letter, state, last, lastSize, first, firstSize in
            last == first
                ? "The gradient of \(state) at \(place(letter, last)) has size \(lastSize)."
                : "Read from right to left, as the loss comes back: the gradient of \(state) has size \(lastSize) at \(place(letter, last)) "
                    + "and \(firstSize) at \(place(letter, first))."
        },
        widestRoad: { letter, size, t, state, road in
            " The widest arrow, \(size), leads \(way(letter, t, state, road))."
        },
        road: { letter, t, state, road in
            let way = way(letter, t, state, road)
            return way.prefix(1).uppercased() + way.dropFirst()
        },
        largestStep: { "\($0) adds most" },
        largestPlace: { letter, j, places, name, size in
            places == 1
                ? "The one place adds a gradient of size \(size) to \(name)."
                : "Look first at \(place(letter, j)): of all \(places) places it adds most to ∂ℒ/∂\(name), \(size) in size."
        },
        derivation: "Gradients of", forward: "Forward", backward: "Backward, from the loss",
        oneNumber: "One number followed from the loss", contributions: "What each step adds to each gradient",
        tooManyToCheck: "Too many numbers to be held against the tape and central differences here.",
        onlySums: "Too many numbers to tell the steps apart: only their sums are kept.",
        steps: { $0 == 1 ? "one step" : "\($0) steps" }, places: { $0 == 1 ? "one place" : "\($0) places" },
        highway: "along the state itself", otherPaths: "along all other paths",
        paths: { "Which way ∂ℒ/∂\($0) comes" },
        agreement: "Largest difference to", tape: "the tape", centralDifferences: "central differences",
        largest: "of all",
        query: "query", memory: "memory", worked: "Worked out for",
        everyPlace: { "Scores, weights and weighted values of all \($0) places" }
    )

    /// `t = 3`, which no line breaks.
    private static func place(_ letter: String, _ t: Int) -> String { "\(letter)\u{A0}=\u{A0}\(t)" }

    private static func way(_ letter: String, _ t: Int, _ state: String, _ road: DerivationExhibit.Road) -> String {
        let later = "from \(place(letter, t + 1)) to \(state) at \(place(letter, t))"
        return switch road.source {
        case .loss: "straight from the loss to \(state) at \(place(letter, t))"
        case .state where road.isLater && road.from == state: "\(later), along \(state) itself"
        case .state where road.isLater: "\(later), from \(road.from ?? "")"
        case .state: "from \(road.from ?? "") to \(state) at \(place(letter, t))"
        case .gates: road.isLater ? "\(later), through the gates" : "through the gates to \(state) at \(place(letter, t))"
        }
    }

    private static func chineseWay(_ letter: String, _ t: Int, _ state: String, _ road: DerivationExhibit.Road) -> String {
        let later = "由 \(place(letter, t + 1)) 到 \(place(letter, t)) 的 \(state)"
        return switch road.source {
        case .loss: "由损失直达 \(place(letter, t)) 的 \(state)"
        case .state where road.isLater && road.from == state: "\(later)，沿 \(state) 本身"
        case .state where road.isLater: "\(later)，来自 \(road.from ?? "")"
        case .state: "在 \(place(letter, t))，由 \(road.from ?? "") 到 \(state)"
        case .gates: road.isLater ? "\(later)，经过各门" : "在 \(place(letter, t))，经过各门到 \(state)"
        }
    }

    static let chinese = GradientVocabulary(
        flow: { "\($0) 的损失如何沿时间返回：每条路一支箭头，箭头越宽，传回的越多。" },
        eachArrow: "每支箭头的算式（代入数值）", longForm: "完整推导，逐式列出",
        walk: "跟随损失，从右向左", withLoss: "向左一步，即损失返回的方向", againstLoss: "向右一步",
        flowEnds: { letter, state, last, lastSize, first, firstSize in
            last == first
                ? "\(place(letter, last)) 时 \(state) 的梯度大小为 \(lastSize)。"
                : "从右向左读，即损失返回的方向：\(state) 的梯度大小在 \(place(letter, last)) 为 \(lastSize)，在 \(place(letter, first)) 为 \(firstSize)。"
        },
        widestRoad: { letter, size, t, state, road in "最宽的箭头为 \(size)，\(chineseWay(letter, t, state, road))。" },
        road: { chineseWay($0, $1, $2, $3) },
        largestStep: { "\($0) 贡献最大" },
        largestPlace: { letter, j, places, name, size in
            places == 1
                ? "唯一的一处对 \(name) 的梯度大小为 \(size)。"
                : "先看 \(place(letter, j))：在全部 \(places) 处中，它对 ∂ℒ/∂\(name) 贡献最大，大小为 \(size)。"
        },
        derivation: "梯度推导：", forward: "正向", backward: "反向：从损失开始",
        oneNumber: "跟踪一个数：从损失到梯度", contributions: "每个时间步对各梯度的贡献",
        tooManyToCheck: "数目太多，此处不与自动微分带和中心差分比较。", onlySums: "数目太多，只保留各步之和。",
        steps: { "\($0) 步" }, places: { "\($0) 处" },
        highway: "沿状态本身", otherPaths: "沿其余各路",
        paths: { "∂ℒ/∂\($0) 由哪条路而来" },
        agreement: "最大差", tape: "与自动微分带", centralDifferences: "与中心差分", largest: "全部",
        query: "查询", memory: "记忆", worked: "逐步计算：",
        everyPlace: { "全部 \($0) 处的得分、权重与加权值" }
    )
}
