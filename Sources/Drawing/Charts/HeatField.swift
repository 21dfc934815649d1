/// A field of tinted cells with named rows and columns, its values in the cells where they fit, and a legend.
struct HeatField {
    var rows: [String]
    var columns: [String]
    /// A value for each row and column; nil where there is none.
    var values: [[Double?]]
    var rowTitle = ""
    var columnTitle = ""
    /// The size that gets the full tint is at least this.
    var leastScale = 0.0
    /// Rows after which there is a gap.
    var gaps: Set<Int> = []
    /// Names each column for the page's script, which frames the column of the chosen step.
    var columnKeys: [Int] = []

    func picture(title: String, description: String, _ words: PictureVocabulary) -> Picture {
        HeatLayout(self).picture(title: title, description: description, words)
    }
}

/// Where the parts of a heat field lie.
private struct HeatLayout {
    private let field: HeatField
    private let finiteValues: [Double]
    private let heat: Heat
    private let axes: Axes<NameAxis, NameAxis>
    /// Column names that are wider than their cells are written upwards.
    private let areColumnNamesTurned: Bool
    /// The format whose numbers fit the cells, if there is one.
    private let format: NumberFormat?

    private static let width = 380.0
    private static let fontSize = 11.0
    private static let labelLimit = 10.0
    private static let narrowest = 11.0

    init(_ field: HeatField) {
        self.field = field
        let values = field.values.flatMap { $0.compactMap { $0 } }
        finiteValues = values
        heat = Heat(values, leastScale: field.leastScale)
        // Right of the rows' names.
        let left = 8 + Self.fontSize * (field.rows.map { min($0.widthInEms, Self.labelLimit) }.max() ?? 0)
        let cellWidth = min(58, max(Self.narrowest, (Self.width - left - 2) / Double(max(1, field.columns.count))))
        let fitting = NumberFormat.fitting(values)
        format = [fitting == .integers ? .integers : .brief, .twoDecimals].first { format in
            let widest = values.map { format.format($0).plainText.widthInEms }.max() ?? 0
            return widest * Self.fontSize <= cellWidth
        }
        let widest = field.columns.map { $0.widthInEms }.max() ?? 0
        areColumnNamesTurned = widest > 3 && widest * Self.fontSize > cellWidth - 4
        let names = areColumnNamesTurned ? min(widest, Self.labelLimit) * Self.fontSize * 0.82 + 10 : 18
        axes = Axes(
            x: NameAxis(names: field.columns, start: left, size: cellWidth),
            y: NameAxis(
                names: field.rows, start: names + (field.rowTitle.isEmpty && field.columnTitle.isEmpty ? 0 : 18),
                size: format == nil ? min(22, max(14, cellWidth)) : 24, gaps: field.gaps, gap: 6))
    }

    func picture(title: String, description: String, _ words: PictureVocabulary) -> Picture {
        let cells = axes.y.indices.flatMap { row in axes.x.indices.map { cell(row: row, column: $0) } }
        let empty = HTML.text(words.noValues, at: Point(x: axes.x.start, y: axes.y.start + 14), class: "quiet")
        return Picture(
            width: max(300, axes.x.end + 8), height: axes.y.end + 44, title: title, description: description,
            content: field.rows.isEmpty || field.columns.isEmpty ? [empty] : titles + names + cells + frames + legend)
    }

    // MARK: Parts

    private var titles: [HTML] {
        let text = [
            field.rowTitle.isEmpty ? nil : field.rowTitle + " ↓", field.columnTitle.isEmpty ? nil : field.columnTitle + " →",
        ]
        return [.text(text.compactMap { $0 }.joined(separator: "  "), at: Point(x: 0, y: 12), class: "axis-label")]
    }

    private var names: [HTML] {
        axes.columnNames(turned: areColumnNamesTurned, fontSize: Self.fontSize, ems: Self.labelLimit)
            + axes.rowNames(endingAt: axes.x.start - 6, ems: Self.labelLimit)
    }

    private func cell(row: Int, column: Int) -> HTML {
        guard let value = field.values[row][column] else {
            return .text("⋯", at: axes.middle(row: row, column: column), .middle, class: "quiet")
        }
        let corner = axes.corner(row: row, column: column)
        let shape = HTML(
            .rect, .class("cell", heat.className(value)),
            .attribute("x", corner.x.coordinate), .attribute("y", corner.y.coordinate),
            .attribute("width", axes.x.size.coordinate), .attribute("height", axes.y.size.coordinate)
        ) {
            HTML(.title) { "\(field.rows[row]), \(field.columns[column]): \(value)" }
        }
        guard let text = text(for: value) else { return shape }
        return HTML {
            shape
            HTML.text(
                text, at: axes.middle(row: row, column: column), .middle,
                class: value.isFinite ? "cell-value" : "cell-value nonfinite")
        }
    }

    /// In cells too small for numbers a minus tells the sign without its colour, and what is no number is marked.
    private func text(for value: Double) -> String? {
        if let format { return format.format(value).plainText }
        if !value.isFinite { return "×" }
        return heat.className(value) != nil && value < 0 ? "−" : nil
    }

    private var frames: [HTML] {
        zip(axes.x.indices, field.columnKeys).map { column, key in
            HTML(
                .rect, .class("frame"), .attribute("data-step", "\(key)"),
                .attribute("x", axes.x.start(of: column).coordinate), .attribute("y", (axes.y.start - 2).coordinate),
                .attribute("width", axes.x.size.coordinate), .attribute("height", (axes.y.end - axes.y.start + 4).coordinate),
                .attribute("rx", "2"))
        }
    }

    /// The tints from the least to the greatest, with the values that they stand for.
    private var legend: [HTML] {
        let hasNegatives = finiteValues.contains { $0 < 0 }
        let levels = (hasNegatives ? -Heat.levels : 0)...Heat.levels
        let width = 12.0
        let start = max(axes.x.start, 34)
        let swatches = zip(0..., levels).map { place, level in
            HTML.rectangle(
                at: Point(x: start + Double(place) * width, y: axes.y.end + 12), width: width, height: 10,
                class: ["cell", Heat.className(level: level)].compactMap { $0 }.joined(separator: " "))
        }
        let ends = (hasNegatives ? [-Heat.levels] : []) + [0, Heat.levels]
        let labels = ends.map { level in
            let value = heat.scale * Double(level) / Double(Heat.levels)
            let x = start + (Double(level - levels.lowerBound) + 0.5) * width
            return HTML.text(
                NumberFormat.brief.format(value).plainText, at: Point(x: x, y: axes.y.end + 35), .middle, class: "tick")
        }
        return swatches + labels
    }
}
