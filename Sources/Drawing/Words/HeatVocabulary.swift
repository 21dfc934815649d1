/// The sentences that say what is seen first in a heat map and in an attention's weights.
struct HeatVocabulary: Sendable {
    // A matrix.
    /// Where a value stands; titles may be empty.
    var place: @Sendable (_ rowTitle: String, _ row: String, _ columnTitle: String, _ column: String) -> String
    var only: @Sendable (_ value: String) -> String
    var alike: @Sendable (_ count: Int, _ value: String) -> String
    var largest: @Sendable (_ value: String, _ count: Int, _ firstPlace: String) -> String
    var smallest: @Sendable (_ value: String, _ count: Int, _ firstPlace: String) -> String
    /// Says how many values are no numbers, or nothing.
    var notFinite: @Sendable (_ count: Int) -> String
    /// Of a matrix without any number.
    var nothing: @Sendable (_ count: Int) -> String
    // Weights of one query.
    var query: @Sendable (_ name: String) -> String
    var memory: @Sendable (_ name: String) -> String
    var looksMost: @Sendable (_ query: String, _ place: String, _ weight: String, _ isMoreThanHalf: Bool) -> String
    var looksAlike: @Sendable (_ query: String, _ places: [String], _ weight: String) -> String
    var looksEverywhere: @Sendable (_ query: String, _ count: Int, _ weight: String) -> String
    var hasOnePlace: @Sendable (_ query: String, _ place: String, _ weight: String) -> String
    var looksNowhere: @Sendable (_ query: String) -> String
    var notWeighed: @Sendable (_ query: String) -> String

    /// Of places that are alike so many are named.
    private static let named = 3

    static let english = HeatVocabulary(
        place: { rowTitle, row, columnTitle, column in
            "\(rowTitle.isEmpty ? "row" : rowTitle) \(row.quoted), \(columnTitle.isEmpty ? "column" : columnTitle) \(column.quoted)"
        },
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
        query: { $0.isCount ? "Query \($0)" : $0.quoted },
        memory: { $0.isCount ? "place \($0)" : $0.quoted },
        looksMost: { query, place, weight, isMoreThanHalf in
            "\(query) looks most at \(place), with a weight of \(weight): "
                + (isMoreThanHalf ? "more than all other places together." : "no place takes more than half.")
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
            "\(rowTitle.isEmpty ? "行" : rowTitle)\(row.quotedInChinese)，\(columnTitle.isEmpty ? "列" : columnTitle)\(column.quotedInChinese)"
        },
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
        query: { $0.isCount ? "查询 \($0)" : $0.quoted },
        memory: { $0.isCount ? "位置 \($0)" : $0.quoted },
        looksMost: { query, place, weight, isMoreThanHalf in
            "\(query) 最关注 \(place)，权重 \(weight)：" + (isMoreThanHalf ? "超过其余各处之和。" : "没有一处超过一半。")
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

extension String {
    fileprivate var isCount: Bool { !isEmpty && utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }

    /// Names that are no numbers are set apart from the sentence.
    fileprivate var quoted: String { isCount ? self : "“\(self)”" }

    /// Chinese quotation marks leave no space before them, numbers do.
    fileprivate var quotedInChinese: String { (isCount ? " " : "") + quoted }
}
