/// The words in pictures and in their alternative texts.
struct PictureVocabulary: Sendable {
    /// Between the items of a list.
    var comma: String
    /// Between lists.
    var semicolon: String
    /// Names a line chart of these series.
    var lineChart: @Sendable (_ series: String) -> String
    var scatterChart: @Sendable (_ series: String) -> String
    var histogram: @Sendable (_ label: String) -> String
    var barChart: @Sendable (_ label: String) -> String
    /// Names a chart that has a title.
    var chart: @Sendable (_ title: String, _ kind: String) -> String
    var heatmap: @Sendable (_ rows: Int, _ columns: Int) -> String
    /// Tells what an axis shows and from where to where.
    var axis: @Sendable (_ label: String, _ from: String, _ to: String) -> String
    /// Tells how a series runs: its first, last, least and greatest values.
    var course:
        @Sendable (_ name: String, _ count: Int, _ first: String, _ last: String, _ least: String, _ greatest: String) -> String
    /// Tells the edges of the band around the series that was told last, at its first and at its last place.
    var band: @Sendable (_ firstLower: String, _ firstUpper: String, _ lastLower: String, _ lastUpper: String) -> String
    /// Tells where the points of a series lie.
    var spread:
        @Sendable (_ name: String, _ count: Int, _ left: String, _ right: String, _ least: String, _ greatest: String) -> String
    /// Tells how many values lie from here to there.
    var bin: @Sendable (_ from: String, _ to: String, _ count: Int) -> String
    /// How many there are.
    var count: String
    /// Before the counts of a series.
    var counts: @Sendable (_ name: String) -> String
    var emptySeries: @Sendable (_ name: String) -> String
    var noValues: String
    var logarithmic: String
    /// The name of such an axis, with that.
    var logarithmicAxis: @Sendable (_ label: String) -> String
    /// Says that values could not be drawn, and which; of a series that may have no name.
    var notDrawn: @Sendable (_ name: String, _ count: Int, _ values: String) -> String
    /// What a sign in a picture stands for.
    var stands: @Sendable (_ sign: String, _ meaning: String) -> String
    /// Where least and greatest values of a matrix are.
    var extremes: @Sendable (_ least: String, _ leastPlace: String, _ greatest: String, _ greatestPlace: String) -> String

    func titled(_ title: String, _ kind: String) -> String { title.isEmpty ? kind : chart(title, kind) }

    static let english = PictureVocabulary(
        comma: ", ", semicolon: "; ",
        lineChart: { "Line chart of \($0)." },
        scatterChart: { "Scatter chart of \($0)." },
        histogram: { $0.isEmpty ? "Histogram." : "Histogram of \($0)." },
        barChart: { $0.isEmpty ? "Bar chart." : "Bar chart of \($0)." },
        chart: { "\($0). \($1)" },
        heatmap: { "Heat map of \($0) by \($1) values." },
        axis: { "\($0) from \($1) to \($2)." },
        course: { "\($0): \($1) values, first \($2), last \($3), least \($4), greatest \($5)." },
        band: { "Its band goes from \($0) to \($1) at first, from \($2) to \($3) at last." },
        spread: { "\($0): \($1) points, x from \($2) to \($3), y from \($4) to \($5)." },
        bin: { "\($0) to \($1): \($2)" },
        count: "count",
        counts: { "\($0): " },
        emptySeries: { "\($0): no values." },
        noValues: "no values",
        logarithmic: "logarithmic", logarithmicAxis: { "\($0) (logarithmic)" },
        notDrawn: { ($0.isEmpty ? "" : "\($0): ") + "\($1) \($1 == 1 ? "value" : "values") not drawn: \($2)" },
        stands: { "\($0) stands for \($1)" },
        extremes: { "The least is \($0) at \($1), the greatest \($2) at \($3)." }
    )

    static let chinese = PictureVocabulary(
        comma: "、", semicolon: "；",
        lineChart: { "折线图：\($0)。" },
        scatterChart: { "散点图：\($0)。" },
        histogram: { $0.isEmpty ? "直方图。" : "直方图：\($0)。" },
        barChart: { $0.isEmpty ? "条形图。" : "条形图：\($0)。" },
        chart: { "\($0)。\($1)" },
        heatmap: { "\($0) × \($1) 热力图。" },
        axis: { "\($0) 从 \($1) 到 \($2)。" },
        course: { "\($0)：\($1) 个值，首 \($2)，末 \($3)，最小 \($4)，最大 \($5)。" },
        band: { "其带起于 \($0) 至 \($1)，止于 \($2) 至 \($3)。" },
        spread: { "\($0)：\($1) 个点，x 从 \($2) 到 \($3)，y 从 \($4) 到 \($5)。" },
        bin: { "\($0) 至 \($1)：\($2)" },
        count: "个数",
        counts: { "\($0)：" },
        emptySeries: { "\($0)：没有值。" },
        noValues: "没有值",
        logarithmic: "对数", logarithmicAxis: { "\($0)（对数）" },
        notDrawn: { ($0.isEmpty ? "" : "\($0)：") + "\($1) 个值未画出：\($2)" },
        stands: { "\($0) 表示 \($1)" },
        extremes: { "最小 \($0)，在 \($1)；最大 \($2)，在 \($3)。" }
    )
}
