/// The words of the sentence that opens a chart and says what to look at first.
struct WayInVocabulary: Sendable {
    /// Whether characters stand close, without spaces between words.
    var isChinese: Bool
    /// Between the parts of the sentence, and behind the last.
    var pause, stop: String
    /// Between names.
    var comma: String
    var nothing: String
    /// Says that values without a place are not counted.
    var leavesOut: String
    /// Says the same of a table.
    var leavesOutNonfinite: String
    /// So many of all, instead of their names.
    var several: @Sendable (_ count: Int, _ all: Int) -> String
    /// What a line is called that has no name.
    var line: String
    // One line.
    var onePoint: @Sendable (_ name: String, _ y: String, _ x: String) -> String
    var stays: @Sendable (_ name: String, _ value: String) -> String
    var staysAbout: @Sendable (_ name: String, _ value: String) -> String
    var falls, rises, goes: @Sendable (_ name: String, _ from: String, _ to: String) -> String
    var firstBelow, firstAbove, least, greatest: @Sendable (_ value: String, _ place: String) -> String
    // The ends of several lines.
    var endsHighest, endsLowest: @Sendable (_ names: String, _ count: Int, _ value: String) -> String
    var allEnd: @Sendable (_ count: Int, _ value: String) -> String
    var allEndBetween: @Sendable (_ count: Int, _ low: String, _ high: String) -> String
    /// Behind the lowest end: how many times it the highest is.
    var factorBelow: @Sendable (_ factor: String) -> String
    // Several lines between their ends.
    var lieTogether: @Sendable (_ count: Int) -> String
    var farthestApart: @Sendable (_ place: String, _ above: String, _ high: String, _ below: String, _ low: String) -> String
    var crosses: @Sendable (_ above: String, _ below: String, _ until: String, _ from: String) -> String
    var leavesUpwards, leavesDownwards: @Sendable (_ name: String, _ value: String, _ place: String) -> String
    var restBelow, restAbove: @Sendable (_ count: Int, _ value: String) -> String
    // Tables.
    var noRows: String
    var rowsTell: @Sendable (_ count: Int, _ columns: [String]) -> String
    var wordInRows: @Sendable (_ column: String, _ word: String, _ count: Int, _ all: Int, _ other: String) -> String
    var inEveryRow: @Sendable (_ column: String, _ value: String) -> String
    var fallsDownwards, risesDownwards: @Sendable (_ column: String, _ from: String, _ to: String) -> String
    /// Where a column is so, from one of the last three.
    var greatestWhere: @Sendable (_ column: String, _ value: String, _ place: String) -> String
    var leastWhere: @Sendable (_ value: String, _ place: String) -> String
    var whereColumnIs: @Sendable (_ column: String, _ value: String) -> String
    var inRow: @Sendable (_ row: Int) -> String
    var inRows: @Sendable (_ count: Int, _ all: Int) -> String
    // Bars.
    /// What a bar is called whose name is its place.
    var bar: @Sendable (_ place: String) -> String
    var oneBar: @Sendable (_ name: String, _ value: String) -> String
    var allBars: @Sendable (_ count: Int, _ value: String) -> String
    var largest: @Sendable (_ names: String, _ count: Int, _ value: String) -> String
    var smallest: @Sendable (_ names: String, _ count: Int, _ value: String) -> String
    var timesSmallest: @Sendable (_ factor: String, _ names: String, _ count: Int) -> String
    // Points.
    var fewPoints: @Sendable (_ count: Int) -> String
    var risesWith, tendsToRiseWith, fallsWith, tendsToFallWith, hardlyGoesWith: @Sendable (_ y: String, _ x: String) -> String
    var rankCorrelation: @Sendable (_ value: String, _ count: Int) -> String
    var greatestMean, leastMean: @Sendable (_ names: String, _ count: Int, _ axis: String, _ value: String) -> String
    var sameMean: @Sendable (_ count: Int, _ axis: String, _ value: String) -> String
    // Histograms.
    var allValues: @Sendable (_ count: Int, _ value: String) -> String
    var fullestBin: @Sendable (_ count: Int, _ total: Int, _ from: String, _ to: String) -> String
    var fullestBins: @Sendable (_ bins: Int, _ count: Int, _ total: Int, _ from: String, _ to: String) -> String
    var greatestMedian, leastMedian: @Sendable (_ names: String, _ count: Int, _ value: String) -> String
    var sameMedian: @Sendable (_ count: Int, _ value: String) -> String

    static let english = WayInVocabulary(
        isChinese: false, pause: "; ", stop: ".", comma: ", ",
        nothing: "No value has a place here",
        leavesOut: "this leaves out what is not drawn", leavesOutNonfinite: "this leaves out what is no finite number",
        several: { "\($0) of the \($1)" }, line: "The line",
        onePoint: { "\($0) is one point, \($1) at \($2)" },
        stays: { "\($0) is \($1) throughout" },
        staysAbout: { "\($0) stays at about \($1)" },
        falls: { "\($0) falls from \($1) to \($2)" },
        rises: { "\($0) rises from \($1) to \($2)" },
        goes: { "\($0) goes from \($1) to \($2)" },
        firstBelow: { "it first goes below \($0) at \($1)" },
        firstAbove: { "it first goes above \($0) at \($1)" },
        least: { "its least value is \($0), at \($1)" },
        greatest: { "its greatest value is \($0), at \($1)" },
        endsHighest: { "\($0) \($1 == 1 ? "ends" : "end") highest, at \($2)" },
        endsLowest: { "\($0) lowest, at \($2)" },
        allEnd: { "\($0 == 2 ? "Both" : "All \($0)") lines end at \($1)" },
        allEndBetween: { "\($0 == 2 ? "Both" : "All \($0)") lines end between \($1) and \($2)" },
        factorBelow: { ", a factor of \($0) below" },
        lieTogether: { "\($0 == 2 ? "Both" : "All \($0)") lines lie upon each other" },
        farthestApart: { "they are farthest apart at \($0), where \($1) is \($2) and \($3) is \($4)" },
        crosses: { "\($0) is above \($1) up to \($2), and below it from \($3) on" },
        leavesUpwards: { "\($0) goes far above the rest, to \($1) at \($2)" },
        leavesDownwards: { "\($0) goes far below the rest, to \($1) at \($2)" },
        restBelow: { $0 == 1 ? "the other is nowhere above \($1)" : "no other goes above \($1)" },
        restAbove: { $0 == 1 ? "the other is nowhere below \($1)" : "no other goes below \($1)" },
        noRows: "There are no rows",
        rowsTell: { count, columns in
            let rows = count == 1 ? "The one row tells" : "Each of the \(count) rows tells"
            return "\(rows) " + (columns.count > 3 ? "\(columns.count) things" : columns.listed(", ", " and "))
        },
        wordInRows: { "\($0) is \($1) in \($2) of the \($3) rows, \($4) in the \($3 - $2 == 1 ? "other" : "others")" },
        inEveryRow: { "\($0) is \($1) in every row" },
        fallsDownwards: { "\($0) falls from \($1) to \($2) down the rows" },
        risesDownwards: { "\($0) rises from \($1) to \($2) down the rows" },
        greatestWhere: { "\($0) is greatest, \($1), \($2)" },
        leastWhere: { "least, \($0), \($1)" },
        whereColumnIs: { "where \($0) is \($1)" },
        inRow: { "in row \($0)" }, inRows: { "in \($0) of the \($1) rows" },
        bar: { "bar \($0)" },
        oneBar: { "\($0) is \($1)" },
        allBars: { "\($0 == 2 ? "Both" : "All \($0)") bars are \($1)" },
        largest: { $1 == 1 ? "\($0) is the largest: \($2)" : "\($0) are the largest: \($2) each" },
        smallest: { $1 == 1 ? "\($0) is the smallest: \($2)" : "\($0) are the smallest: \($2) each" },
        timesSmallest: { $2 == 1 ? ", \($0) times \($1), the smallest" : ", \($0) times each of \($1), the smallest" },
        fewPoints: { "\($0) points are too few to tell whether they rise" },
        risesWith: { "\($0) rises with \($1)" },
        tendsToRiseWith: { "\($0) tends to rise with \($1)" },
        fallsWith: { "\($0) falls as \($1) rises" },
        tendsToFallWith: { "\($0) tends to fall as \($1) rises" },
        hardlyGoesWith: { "\($0) neither rises nor falls much with \($1)" },
        rankCorrelation: { "the rank correlation of the \($1) points is \($0)" },
        greatestMean: { "The mean \($2) of \($0) is the greatest, \($3)" },
        leastMean: { "that of \($0) the least, \($3)" },
        sameMean: { "\($0 == 2 ? "Both" : "All \($0)") have the same mean \($1), \($2)" },
        allValues: { $0 == 1 ? "The one value is \($1)" : "\($0 == 2 ? "Both" : "All \($0)") values are \($1)" },
        fullestBin: { "\($0) of \($1) values lie from \($2) to \($3), more than in any other bin" },
        fullestBins: {
            "No bin holds more than \($1) of the \($2) values, and \($0) hold as many; the first goes from \($3) to \($4)"
        },
        greatestMedian: { "The median of \($0) is the greatest, \($2)" },
        leastMedian: { "that of \($0) the least, \($2)" },
        sameMedian: { "\($0 == 2 ? "Both" : "All \($0)") have the same median, \($1)" }
    )

    static let chinese = WayInVocabulary(
        isChinese: true, pause: "；", stop: "。", comma: "、",
        nothing: "这里没有可画的值", leavesOut: "未画出的值不计", leavesOutNonfinite: "不是有限数的值不计",
        several: { "\($1) 个中的 \($0) 个" },
        line: "该线",
        onePoint: { "\($0) 只有一点：\($2) 处为 \($1)" },
        stays: { "\($0) 始终为 \($1)" },
        staysAbout: { "\($0) 始终约为 \($1)" },
        falls: { "\($0) 从 \($1) 降到 \($2)" },
        rises: { "\($0) 从 \($1) 升到 \($2)" },
        goes: { "\($0) 从 \($1) 到 \($2)" },
        firstBelow: { "在 \($1) 处首次低于 \($0)" },
        firstAbove: { "在 \($1) 处首次高于 \($0)" },
        least: { "最小值为 \($0)，在 \($1) 处" },
        greatest: { "最大值为 \($0)，在 \($1) 处" },
        endsHighest: { names, _, value in "\(names) 末值最大，为 \(value)" },
        endsLowest: { names, _, value in "\(names) 末值最小，为 \(value)" },
        allEnd: { "\($0) 条线的末值均为 \($1)" },
        allEndBetween: { "\($0) 条线的末值都在 \($1) 与 \($2) 之间" },
        factorBelow: { "，相差 \($0) 倍" },
        lieTogether: { "\($0) 条线重合" },
        farthestApart: { "在 \($0) 处相距最远：\($1) 为 \($2)，\($3) 为 \($4)" },
        crosses: { "直到 \($2)，\($0) 在 \($1) 之上；从 \($3) 起，在其之下" },
        leavesUpwards: { "\($0) 远高于其余，在 \($2) 处达到 \($1)" },
        leavesDownwards: { "\($0) 远低于其余，在 \($2) 处降到 \($1)" },
        restBelow: { $0 == 1 ? "另一条从不高于 \($1)" : "其余各条从不高于 \($1)" },
        restAbove: { $0 == 1 ? "另一条从不低于 \($1)" : "其余各条从不低于 \($1)" },
        noRows: "没有行",
        rowsTell: { count, columns in
            "共 \(count) 行，每行列出" + (columns.count > 3 ? " \(columns.count) 项" : " " + columns.listed("、", " 和 "))
        },
        wordInRows: { column, word, count, all, other in "\(all) 行中有 \(count) 行的 \(column) 为 \(word)，其余为 \(other)" },
        inEveryRow: { "每行的 \($0) 都为 \($1)" },
        fallsDownwards: { "\($0) 自上而下从 \($1) 降到 \($2)" },
        risesDownwards: { "\($0) 自上而下从 \($1) 升到 \($2)" },
        greatestWhere: { "\($0) 最大值为 \($1)，\($2)" },
        leastWhere: { "最小值为 \($0)，\($1)" },
        whereColumnIs: { "在 \($0) 为 \($1) 处" },
        inRow: { "在第 \($0) 行" }, inRows: { "出现在 \($1) 行中的 \($0) 行" },
        bar: { "第 \($0) 条" },
        oneBar: { "\($0) 为 \($1)" },
        allBars: { "\($0) 条均为 \($1)" },
        largest: { names, _, value in "\(names) 最大：\(value)" },
        smallest: { names, _, value in "\(names) 最小：\(value)" },
        timesSmallest: { factor, names, _ in "，是最小的 \(names) 的 \(factor) 倍" },
        fewPoints: { "点数不过 \($0)，难以看出什么" },
        risesWith: { "\($0) 随 \($1) 上升" },
        tendsToRiseWith: { "\($0) 大致随 \($1) 上升" },
        fallsWith: { "\($0) 随 \($1) 上升而下降" },
        tendsToFallWith: { "\($0) 大致随 \($1) 上升而下降" },
        hardlyGoesWith: { "\($0) 与 \($1) 几乎没有升降关系" },
        rankCorrelation: { "\($1) 个点的秩相关系数为 \($0)" },
        greatestMean: { names, _, axis, value in "\(names) 的 \(axis) 平均值最大，为 \(value)" },
        leastMean: { names, _, axis, value in "\(names) 的最小，为 \(value)" },
        sameMean: { "\($0) 组的 \($1) 平均值相同，为 \($2)" },
        allValues: { $0 == 1 ? "唯一的值为 \($1)" : "\($0) 个值均为 \($1)" },
        fullestBin: { "\($1) 个值中有 \($0) 个在 \($2) 至 \($3) 之间，多于其他各区间" },
        fullestBins: { "\($2) 个值中，每个区间至多 \($1) 个，共有 \($0) 个区间达到此数；第一个从 \($3) 至 \($4)" },
        greatestMedian: { names, _, value in "\(names) 的中位数最大，为 \(value)" },
        leastMedian: { names, _, value in "\(names) 的最小，为 \(value)" },
        sameMedian: { "\($0) 组的中位数相同，为 \($1)" }
    )
}

extension [String] {
    /// With another word before the last.
    fileprivate func listed(_ comma: String, _ and: String) -> String {
        count < 2 ? joined() : dropLast().joined(separator: comma) + and + (last ?? "")
    }
}
