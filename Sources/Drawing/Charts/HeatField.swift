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
    /// Where the cells begin, right of the rows' names.
    private let left: Double
    private let cellWidth: Double
    /// The format whose numbers fit the cells, if there is one.
    private let format: NumberFormat?

    private static let width = 380.0
    private static let fontSize = 11.0
    private static let labelLimit = 10.0
    private static let gap = 6.0
    private static let narrowest = 11.0

    init(_ field: HeatField) {
        self.field = field
        let values = field.values.flatMap { $0.compactMap(\.self) }
        finiteValues = values
        heat = Heat(values, leastScale: field.leastScale)
        let left = 8 + Self.fontSize * (field.rows.map { min($0.widthInEms, Self.labelLimit) }.max() ?? 0)
        let width = min(58, max(Self.narrowest, (Self.width - left - 2) / Double(max(1, field.columns.count))))
        let fitting = NumberFormat.fitting(values)
        format = [fitting == .integers ? .integers : .brief, .twoDecimals].first { format in
            let widest = values.map { format.format($0).plainText.widthInEms }.max() ?? 0
            return widest * Self.fontSize <= width
        }
        (self.left, cellWidth) = (left, width)
    }

    func picture(title: String, description: String, _ words: PictureVocabulary) -> Picture {
        let cells = rowIndices.flatMap { row in columnIndices.map { cell(row: row, column: $0) } }
        let empty = HTML.text(words.noValues, at: Point(x: left, y: top + 14), class: "quiet")
        return Picture(
            width: max(300, left + cellWidth * Double(field.columns.count) + 8), height: bottom + 44,
            title: title, description: description,
            isFluid: left + cellWidth * Double(field.columns.count) <= Self.width,
            content: field.rows.isEmpty || field.columns.isEmpty ? [empty] : titles + columnLabels + rowLabels + cells + frames + legend)
    }

    private var rowIndices: Range<Int> { 0..<field.rows.count }
    private var columnIndices: Range<Int> { 0..<field.columns.count }

    // MARK: Layout

    private var cellHeight: Double { format == nil ? min(22, max(14, cellWidth)) : 24 }

    /// Column names that are wider than their cells are written upwards.
    private var columnLabelsAreTurned: Bool {
        let widest = field.columns.map(\.widthInEms).max() ?? 0
        return widest > 3 && widest * Self.fontSize > cellWidth - 4
    }

    private var top: Double {
        let widest = field.columns.map { min($0.widthInEms, Self.labelLimit) }.max() ?? 0
        let labels = columnLabelsAreTurned ? widest * Self.fontSize * 0.82 + 10 : 18
        return labels + (field.rowTitle.isEmpty && field.columnTitle.isEmpty ? 0 : 18)
    }

    private func top(ofRow row: Int) -> Double {
        top + Double(row) * cellHeight + Double(field.gaps.count { $0 < row }) * Self.gap
    }

    private func left(ofColumn column: Int) -> Double { left + Double(column) * cellWidth }

    private var bottom: Double { top(ofRow: field.rows.count) }

    // MARK: Parts

    private var titles: [HTML] {
        let text = [field.rowTitle.isEmpty ? nil : field.rowTitle + " ↓", field.columnTitle.isEmpty ? nil : field.columnTitle + " →"]
        return [.text(text.compactMap(\.self).joined(separator: "  "), at: Point(x: 0, y: 12), class: "axis-label")]
    }

    private var columnLabels: [HTML] {
        let widest = field.columns.map(\.widthInEms).max() ?? 1
        // Short names, such as numbers, stay upright; where they would touch some are left out.
        let stride = columnLabelsAreTurned ? 1 : max(1, Int((widest * Self.fontSize + 4) / cellWidth) + 1)
        let everyName = columnLabelsAreTurned || widest * Self.fontSize + 2 <= cellWidth
        return columnIndices.compactMap { column in
            guard everyName || column % stride == 0 else { return nil }
            let place = Point(x: left(ofColumn: column) + cellWidth / 2, y: top - 6)
            let name = field.columns[column].fitting(ems: Self.labelLimit)
            guard columnLabelsAreTurned else { return .text(name, at: place, .middle) }
            return HTML(
                .text, .attribute("transform", "translate(\((place.x + 3).coordinate) \(place.y.coordinate)) rotate(-55)")
            ) { name }
        }
    }

    private var rowLabels: [HTML] {
        rowIndices.map { row in
            .text(
                field.rows[row].fitting(ems: Self.labelLimit),
                at: Point(x: left - 6, y: top(ofRow: row) + cellHeight / 2 + 4), .end)
        }
    }

    private func cell(row: Int, column: Int) -> HTML {
        guard let value = field.values[row][column] else {
            return .text("⋯", at: middle(row: row, column: column), .middle, class: "quiet")
        }
        let corner = Point(x: left(ofColumn: column), y: top(ofRow: row))
        let shape = HTML(
            .rect, .class("cell", heat.className(value)),
            .attribute("x", corner.x.coordinate), .attribute("y", corner.y.coordinate),
            .attribute("width", cellWidth.coordinate), .attribute("height", cellHeight.coordinate)
        ) {
            HTML(.title) { "\(field.rows[row]), \(field.columns[column]): \(value)" }
        }
        guard let text = text(for: value) else { return shape }
        return HTML {
            shape
            HTML.text(text, at: middle(row: row, column: column), .middle, class: value.isFinite ? "cell-value" : "cell-value nonfinite")
        }
    }

    /// In cells too small for numbers a minus tells the sign without its colour, and what is no number is marked.
    private func text(for value: Double) -> String? {
        if let format { return format.format(value).plainText }
        if !value.isFinite { return "×" }
        return heat.className(value) != nil && value < 0 ? "−" : nil
    }

    private func middle(row: Int, column: Int) -> Point {
        Point(x: left(ofColumn: column) + cellWidth / 2, y: top(ofRow: row) + cellHeight / 2 + 4)
    }

    private var frames: [HTML] {
        zip(columnIndices, field.columnKeys).map { column, key in
            HTML(
                .rect, .class("frame"), .attribute("data-step", "\(key)"),
                .attribute("x", left(ofColumn: column).coordinate), .attribute("y", (top - 2).coordinate),
                .attribute("width", cellWidth.coordinate), .attribute("height", (bottom - top + 4).coordinate),
                .attribute("rx", "2"))
        }
    }

    /// The tints from the least to the greatest, with the field.values that they stand for.
    private var legend: [HTML] {
        let hasNegatives = finiteValues.contains { $0 < 0 }
        let levels = (hasNegatives ? -Heat.levels : 0)...Heat.levels
        let width = 12.0
        let start = max(left, 34)
        let swatches = zip(0..., levels).map { place, level in
            HTML.rectangle(
                at: Point(x: start + Double(place) * width, y: bottom + 12), width: width, height: 10,
                class: ["cell", Heat.className(level: level)].compactMap(\.self).joined(separator: " "))
        }
        let ends = (hasNegatives ? [-Heat.levels] : []) + [0, Heat.levels]
        let labels = ends.map { level in
            let value = heat.scale * Double(level) / Double(Heat.levels)
            let x = start + (Double(level - levels.lowerBound) + 0.5) * width
            return HTML.text(
                NumberFormat.brief.format(value).plainText, at: Point(x: x, y: bottom + 35), .middle, class: "tick")
        }
        return swatches + labels
    }
}
