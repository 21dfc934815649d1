/// A field of tinted cells with named rows and columns, its values in the cells where they fit, and a legend.
struct HeatField {
    var rows: [String]
    var columns: [String]
    /// A value for each row and column; nil where there is none.
    var values: [[Double?]]
    var rowTitle = ""
    var columnTitle = ""
    /// The numbers that the tints are for; those of the field where it has a scale of its own.
    var scaled: [Double]?

    func picture(title: String, description: String, _ words: PictureVocabulary) -> Picture {
        HeatLayout(self).picture(title: title, description: description, words)
    }

    /// What the signs mean that stand for values where there is no room to write them; nil where there are none.
    func legend(_ words: PictureVocabulary) -> String? {
        HeatLayout(self).format == nil ? OddNumber.legend(of: values.flatMap { $0.compactMap { $0 } }, words) : nil
    }
}

/// Where the parts of a heat field lie.
private struct HeatLayout {
    private let field: HeatField
    private let finiteValues: [Double]
    private let heat: Heat
    private let names: HeatNames
    private let titles: [WrappedName]
    private let axes: Axes<NameAxis, NameAxis>
    /// The format whose numbers fit the cells, if there is one.
    let format: NumberFormat?

    private static let widest = 74.0
    private static let narrowest = 11.0
    private static let margin = 8.0
    /// Long numbers of neighbours that touch would be read as one.
    private static let cellPadding = 4.0
    /// Numbers of a smaller field would all be written as 0.00.
    private static let leastInTwoDecimals = 0.05

    init(_ field: HeatField) {
        self.field = field
        let values = field.values.flatMap { $0.compactMap { $0 } }
        let scaled = field.scaled ?? values
        finiteValues = scaled.filter { $0.isFinite }
        heat = Heat(scaled)
        titles = Self.titles(of: field)
        let columnCount = Double(max(1, field.columns.count))
        func cellWidth(besideNames width: Double) -> Double {
            min(Self.widest, max(Self.narrowest, (Picture.phoneWidth - width - 2 * Self.margin) / columnCount))
        }
        names = HeatNames(rows: field.rows, columns: field.columns) { cellWidth(besideNames: $0) }
        let cellWidth = cellWidth(besideNames: names.rowWidth)
        let fitting: NumberFormat = NumberFormat.fitting(scaled) == .integers ? .integers : .brief
        let greatest = finiteValues.map { $0.magnitude }.max() ?? 0
        let formats = greatest > 0 && greatest < Self.leastInTwoDecimals ? [fitting] : [fitting, .twoDecimals]
        format = formats.first { format in
            let widest = scaled.map { format.format($0).plainText.widthInEms }.max() ?? 0
            return widest * HeatNames.fontSize <= cellWidth - (format == .brief ? Self.cellPadding : 0)
        }
        let rowHeight = max(
            format == nil ? min(22, max(14, cellWidth)) : 24, names.rowLines > 1 ? HTML.height(ofNameLines: names.rowLines) + 4 : 0)
        let titleHeight = HTML.height(ofNameLines: titles.reduce(0) { $0 + $1.lines.count })
        axes = Axes(
            x: NameAxis(names: field.columns, start: names.rowWidth + Self.margin, size: cellWidth),
            y: NameAxis(
                names: field.rows, start: names.height + 7 + (titleHeight == 0 ? 0 : titleHeight + 6), size: rowHeight))
    }

    /// What the rows and the columns are, in one line where there is room.
    private static func titles(of field: HeatField) -> [WrappedName] {
        let titles = [(field.rowTitle, " ↓"), (field.columnTitle, " →")].filter { !$0.0.isEmpty }.map { $0.0 + $0.1 }
        let ems = Picture.phoneWidth / HeatNames.fontSize - 1
        let line = titles.joined(separator: "  ")
        if line.widthInEms <= ems { return line.isEmpty ? [] : [WrappedName(line, ems: ems, lines: 1)] }
        return titles.wrapped(ems: ems, lines: 2)
    }

    func picture(title: String, description: String, _ words: PictureVocabulary) -> Picture {
        let cells = axes.y.indices.flatMap { row in axes.x.indices.map { cell(row: row, column: $0) } }
        let empty = HTML.text(words.noValues, at: Point(x: axes.x.start, y: axes.y.start + 14), class: "quiet")
        let titleWidth = (titles.map { $0.widthInEms }.max() ?? 0) * HeatNames.fontSize
        return Picture(
            width: max(axes.x.end + Self.margin, legendEnd, titleWidth), height: axes.y.end + 44, title: title,
            description: description,
            content: field.rows.isEmpty || field.columns.isEmpty
                ? [empty] : titleLines + names.html(axes) + cells + legend)
    }

    // MARK: Parts

    private var titleLines: [HTML] {
        var count = 0
        return titles.map { title in
            count += title.lines.count
            return HTML(.g, .class("axis-label")) {
                HTML.name(title, endingAt: Point(x: 0, y: HTML.height(ofNameLines: count) - 1), .start)
            }
        }
    }

    private func cell(row: Int, column: Int) -> HTML {
        guard let value = field.values[row][column] else {
            return .text("⋯", at: axes.middle(row: row, column: column), .middle, class: "quiet")
        }
        let shape = HTML.heatCell(
            at: axes.corner(row: row, column: column), width: axes.x.size, height: axes.y.size, value, heat,
            title: "\(field.rows[row]), \(field.columns[column]): \(value)")
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
        if let number = OddNumber(value) { return number.rawValue }
        return heat.className(value) != nil && value < 0 ? "−" : nil
    }

    // MARK: The legend

    private static let swatchWidth = 12.0

    /// Between which values the tints lie.
    private var bounds: (lower: Double, upper: Double) { (finiteValues.contains { $0 < 0 } ? -heat.scale : 0, heat.scale) }

    private var levels: ClosedRange<Int> { (bounds.lower < 0 ? -Heat.levels : 0)...Heat.levels }

    private var legendStart: Double { max(axes.x.start, 34) }

    /// With room for the number below the last tint.
    private var legendEnd: Double { legendStart + (Double(levels.count) - 0.5) * Self.swatchWidth + 40 }

    /// The tints from the least to the greatest, with the values that they stand for.
    private var legend: [HTML] {
        let swatches = zip(0..., levels).map { place, level in
            HTML.heatCell(
                at: Point(x: legendStart + Double(place) * Self.swatchWidth, y: axes.y.end + 12), width: Self.swatchWidth,
                height: 10, Double(level), Heat([], leastScale: Double(Heat.levels)))
        }
        let (lower, upper) = bounds
        let values = [lower] + (lower < 0 && upper > 0 ? [0] : []) + [upper]
        let labels = values.map { value in
            // Halves keep the difference of two huge numbers finite.
            let fraction = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
            let x = legendStart + (fraction * Double(levels.count - 1) + 0.5) * Self.swatchWidth
            return HTML.text(
                NumberFormat.brief.format(value).plainText, at: Point(x: x, y: axes.y.end + 35), .middle, class: "tick")
        }
        return swatches + labels
    }
}
