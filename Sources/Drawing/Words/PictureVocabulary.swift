/// The words in pictures and in their alternative texts.
struct PictureVocabulary: Sendable {
    /// Between the items of a list.
    var comma: String
    /// Names a line chart of these series.
    var lineChart: @Sendable (_ series: String) -> String
    var barChart: @Sendable (_ label: String) -> String
    var heatmap: @Sendable (_ rows: Int, _ columns: Int) -> String
    /// Tells what an axis shows and from where to where.
    var axis: @Sendable (_ label: String, _ from: String, _ to: String) -> String
    /// Tells how a series runs: its first, last, least and greatest values.
    var course:
        @Sendable (_ name: String, _ count: Int, _ first: String, _ last: String, _ least: String, _ greatest: String) -> String
    var emptySeries: @Sendable (_ name: String) -> String
    var noValues: String
    var logarithmic: String
    /// Says that values could not be drawn, and which.
    var notDrawn: @Sendable (_ name: String, _ count: Int, _ values: String) -> String
    /// Where least and greatest values of a matrix are.
    var extremes: @Sendable (_ least: String, _ leastPlace: String, _ greatest: String, _ greatestPlace: String) -> String

    static let english = PictureVocabulary(
        comma: ", ",
        lineChart: { "Line chart of \($0)." },
        barChart: { $0.isEmpty ? "Bar chart." : "Bar chart of \($0)." },
        heatmap: { "Heat map of \($0) by \($1) values." },
        axis: { "\($0) from \($1) to \($2)." },
        course: { "\($0): \($1) values, first \($2), last \($3), least \($4), greatest \($5)." },
        emptySeries: { "\($0): no values." },
        noValues: "no values",
        logarithmic: "logarithmic",
        notDrawn: { "\($0): \($1) \($1 == 1 ? "value" : "values") not drawn: \($2)" },
        extremes: { "The least is \($0) at \($1), the greatest \($2) at \($3)." }
    )

    static let chinese = PictureVocabulary(
        comma: "、",
        lineChart: { "折线图：\($0)。" },
        barChart: { $0.isEmpty ? "条形图。" : "条形图：\($0)。" },
        heatmap: { "\($0) × \($1) 热力图。" },
        axis: { "\($0) 从 \($1) 到 \($2)。" },
        course: { "\($0)：\($1) 个值，首 \($2)，末 \($3)，最小 \($4)，最大 \($5)。" },
        emptySeries: { "\($0)：没有值。" },
        noValues: "没有值",
        logarithmic: "对数",
        notDrawn: { "\($0)：\($1) 个值未画出：\($2)" },
        extremes: { "最小 \($0)，在 \($1)；最大 \($2)，在 \($3)。" }
    )
}
