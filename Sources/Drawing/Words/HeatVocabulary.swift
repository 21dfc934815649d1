import Exhibits

/// The sentences that say what is seen first in a heat map and in an attention's weights.
struct HeatVocabulary: Sendable {
    // A matrix.
    /// Where a value stands; titles may be empty, names are quoted.
    var place: @Sendable (_ rowTitle: String, _ row: String, _ columnTitle: String, _ column: String) -> String
    /// Behind a name that others have too: which of all it is, counted from 1.
    var number: @Sendable (_ place: Int) -> String
    var only: @Sendable (_ value: String) -> String
    var alike: @Sendable (_ count: Int, _ value: String) -> String
    var largest: @Sendable (_ value: String, _ count: Int, _ firstPlace: String) -> String
    var smallest: @Sendable (_ value: String, _ count: Int, _ firstPlace: String) -> String
    /// Says how many values are no numbers, or nothing.
    var notFinite: @Sendable (_ count: Int) -> String
    /// Of a matrix without any number.
    var nothing: @Sendable (_ count: Int) -> String
    // Weights of all queries.
    var spreadEvenly: @Sendable (_ count: Int, _ greatest: String) -> String
    var diagonal, againstDiagonal, rightwards, leftwards: String
    var mostlyDiagonal: @Sendable (_ count: Int, _ all: Int) -> String
    var allLookAt: @Sendable (_ count: Int, _ place: String) -> String
    var manyLookAt: @Sendable (_ count: Int, _ all: Int, _ place: String) -> String
    /// Between two sentences.
    var space: String
    // Weights of one query.
    var query: @Sendable (_ name: String) -> String
    var memory: @Sendable (_ name: String) -> String
    /// - Parameter evenShares: how many times an even share the weight is; nil where it is more than half of all.
    var looksMost: @Sendable (_ query: String, _ place: String, _ weight: String, _ evenShares: String?) -> String
    var looksAlike: @Sendable (_ query: String, _ places: [String], _ weight: String) -> String
    var looksEverywhere: @Sendable (_ query: String, _ count: Int, _ weight: String) -> String
    var hasOnePlace: @Sendable (_ query: String, _ place: String, _ weight: String) -> String
    var looksNowhere: @Sendable (_ query: String) -> String
    var notWeighed: @Sendable (_ query: String) -> String

    /// Of places that are alike so many are named.
    private static let named = 3

    static let english = HeatVocabulary(
        place: { rowTitle, row, columnTitle, column in
            rowTitle.leading(row, otherwise: "row", isChinese: false) + ", "
                + columnTitle.leading(column, otherwise: "column", isChinese: false)
        },
        number: { " (no. \($0))" },
        only: { "The one number is \($0)." },
        alike: { ($0 == 2 ? "Both" : "All \($0)") + " numbers are \($1)." },
        largest: { value, count, place in
            count == 1
                ? "The largest value is \(value): \(place)."
                : "The largest value, \(value), stands in \(count) places, first at \(place)."
        },
        smallest: { value, count, place in
            count == 1 ? " The smallest is \(value): \(place)." : " The smallest, \(value), stands in \(count), first at \(place)."
        },
        notFinite: { $0 == 0 ? "" : $0 == 1 ? " One value is no finite number." : " \($0) values are no finite numbers." },
        nothing: { $0 == 0 ? "There are no values." : "None of the values is a finite number." },
        spreadEvenly: { "The weights are spread almost evenly over the \($0) places: none is above \($1)." },
        diagonal: "The strongest weights run down the diagonal: each query looks most at the place of its own number.",
        againstDiagonal: "The strongest weights run against the diagonal: the first query looks most at the last place.",
        rightwards: "The further down a query stands, the further right it looks.",
        leftwards: "The further down a query stands, the further left it looks.",
        mostlyDiagonal: { "\($0) of \($1) queries look most at the place of their own number, on the diagonal." },
        allLookAt: { "\($0 == 2 ? "Both" : "All \($0)") queries look most at \($1)." },
        manyLookAt: { "\($0) of \($1) queries look most at \($2)." },
        space: " ",
        query: { $0.isCount ? "Query \($0)" : $0.quoted },
        memory: { $0.isCount ? "place \($0)" : $0.quoted },
        looksMost: { query, place, weight, evenShares in
            "\(query) looks most at \(place), with a weight of \(weight): "
                + (evenShares.map { "\($0) times an even share." } ?? "more than all other places together.")
        },
        looksAlike: { query, places, weight in
            let names = places.prefix(named).joined(separator: ", ")
            return
                "\(query) looks most at \(places.count) places alike, \(weight) each: \(names)\(places.count > named ? " …" : "")."
        },
        looksEverywhere: { "\($0) looks at all \($1) places alike, with a weight of \($2) each." },
        hasOnePlace: { "\($0) has one place to look at, \($1): its weight is \($2)." },
        looksNowhere: { "\($0) looks nowhere: all its weights are 0." },
        notWeighed: { "The weights of \($0) are not all finite numbers." }
    )

    static let chinese = HeatVocabulary(
        place: { rowTitle, row, columnTitle, column in
            rowTitle.leading(row, otherwise: "行", isChinese: true) + "，"
                + columnTitle.leading(column, otherwise: "列", isChinese: true)
        },
        number: { "（第 \($0) 个）" },
        only: { "唯一的数是 \($0)。" },
        alike: { "\($0) 个数都是 \($1)。" },
        largest: { value, count, place in
            count == 1 ? "最大值是 \(value)：\(place)。" : "最大值 \(value) 出现 \(count) 处，第一处：\(place)。"
        },
        smallest: { value, count, place in
            count == 1 ? "最小值是 \(value)：\(place)。" : "最小值 \(value) 出现 \(count) 处，第一处：\(place)。"
        },
        notFinite: { $0 == 0 ? "" : "有 \($0) 个值不是有限的数。" },
        nothing: { $0 == 0 ? "没有值。" : "没有一个值是有限的数。" },
        spreadEvenly: { "权重在 \($0) 处之间几乎平均分布，没有一个超过 \($1)。" },
        diagonal: "最大的权重沿对角线排列：每个查询最关注与自己序号相同的位置。",
        againstDiagonal: "最大的权重沿反对角线排列：第一个查询最关注最后一个位置。",
        rightwards: "越靠下的查询，看得越靠右。",
        leftwards: "越靠下的查询，看得越靠左。",
        mostlyDiagonal: { "\($1) 个查询中有 \($0) 个最关注与自己序号相同的位置，即对角线。" },
        allLookAt: { "\($0) 个查询都最关注 \($1)。" },
        manyLookAt: { "\($1) 个查询中有 \($0) 个最关注 \($2)。" },
        space: "",
        query: { $0.isCount ? "查询 \($0)" : $0.quoted },
        memory: { $0.isCount ? "位置 \($0)" : $0.quoted },
        looksMost: { query, place, weight, evenShares in
            "\(query) 最关注 \(place)，权重 \(weight)："
                + (evenShares.map { "是平均份额的 \($0) 倍。" } ?? "超过其余各处之和。")
        },
        looksAlike: { query, places, weight in
            let names = places.prefix(named).joined(separator: "、")
            return "\(query) 同样最关注 \(places.count) 处，权重各 \(weight)：\(names)\(places.count > named ? " 等" : "")。"
        },
        looksEverywhere: { "\($0) 对全部 \($1) 处一样关注，权重各 \($2)。" },
        hasOnePlace: { "\($0) 只有一处可看：\($1)，其权重为 \($2)。" },
        looksNowhere: { "\($0) 没有可看之处：权重全为 0。" },
        notWeighed: { "\($0) 的权重不全是有限的数。" }
    )
}

extension HeatVocabulary {
    /// Behind a name of several which others have too: which of all it is.
    func number(of index: Int, among names: [String]) -> String {
        names.count { $0 == names[index] } > 1 ? number(index + 1) : ""
    }
}

extension String {
    fileprivate var isCount: Bool { !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }

    /// Names that are no numbers are set apart from the sentence.
    var quoted: String { isCount ? self : "“\(self)”" }

    /// Before what it is the title of: `query “天”`, and behind a symbol with a sign between, `loss at s = 6`.
    fileprivate func leading(_ name: String, otherwise standard: String, isChinese: Bool) -> String {
        let title = isEmpty ? standard : self
        let isSymbol = title.split(separator: " ").last.map { $0.count == 1 && !$0.contains { $0.isIdeographic } } ?? false
        // Chinese quotation marks leave no space before them, numbers do.
        return title + (isSymbol ? " = " : isChinese && name.hasPrefix("“") ? "" : " ") + name
    }
}
