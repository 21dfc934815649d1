import Exhibits

/// A heat map; of a large matrix the first and the last rows and columns, and those of its extremes.
extension HeatmapExhibit: Drawable {
    private static let rowLimit = 32
    private static let columnLimit = 36

    package var flaw: String? { Rule.broken(Rule.matrix(values, rows.count, columns.count)) }

    package mutating func reword(_ words: (String) -> String) {
        (rows, columns) = (rows.map(words), columns.map(words))
        (title, rowTitle, columnTitle) = (words(title), words(rowTitle), words(columnTitle))
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "heatmap")) {
            HTML(.p, .class("way-in")) {
                style.words.heat.extremes(of: values.flatMap { $0 }) { firstPlace(of: $0, style.words.heat) }
            }
            if !title.isEmpty { HTML(.p, .class("chart-title")) { title } }
            figure(style)
        }
    }

    /// The picture alone.
    ///
    /// - Parameter scaled: The numbers of all maps that have one scale; its own where it stands alone.
    func figure(_ style: ExhibitStyle, scaled: [Double]? = nil) -> HTML {
        let words = style.words.pictures, (shownRows, shownColumns) = shown
        let field = field(shownRows, shownColumns, scaled)
        return HTML {
            field
                .picture(
                    title: words.titled(title, words.heatmap(rows.count, columns.count)), description: description(style.words),
                    words
                ).html("heat")
            if let legend = field.legend(words) { HTML(.p, .class("picture-note")) { legend } }
            if shownRows.count < rows.count || shownColumns.count < columns.count {
                HTML(.p, .class("picture-note")) { style.words.elements(rows.count * columns.count) }
            }
        }
    }

    /// Where a value stands first.
    func firstPlace(of value: Double, _ words: HeatVocabulary) -> String {
        let (row, column) = firstCell(of: value)
        return words.place(
            rowTitle, rows[row].quoted + words.number(of: row, among: rows),
            columnTitle, columns[column].quoted + words.number(of: column, among: columns))
    }

    private func firstCell(of value: Double) -> (row: Int, column: Int) {
        let row = rows.indices.first { values[$0].contains(value) } ?? 0
        return (row, values[row].firstIndex(of: value) ?? 0)
    }

    /// Also those of the first cells with the greatest and with the least value.
    private var shown: (rows: [Elision], columns: [Elision]) {
        let finite = values.flatMap { $0 }.filter { $0.isFinite }
        let extremes = [finite.max(), finite.min()].compactMap { $0 }.map(firstCell)
        return (
            Elision.indices(of: rows.count, limit: Self.rowLimit, keeping: extremes.map { $0.row }),
            Elision.indices(of: columns.count, limit: Self.columnLimit, keeping: extremes.map { $0.column })
        )
    }

    private func field(_ shownRows: [Elision], _ shownColumns: [Elision], _ scaled: [Double]?) -> HeatField {
        func name(_ index: Elision, of names: [String]) -> String {
            if case .shown(let index) = index { names[index] } else { "⋯" }
        }
        return HeatField(
            rows: shownRows.map { name($0, of: rows) }, columns: shownColumns.map { name($0, of: columns) },
            values: shownRows.map { row in
                shownColumns.map { column in
                    guard case .shown(let row) = row, case .shown(let column) = column else { return nil }
                    return values[row][column]
                }
            },
            rowTitle: rowTitle, columnTitle: columnTitle, scaled: scaled)
    }

    private func description(_ words: ExhibitVocabulary) -> String {
        let cells = rows.indices.flatMap { row in columns.indices.map { (row: row, column: $0, value: values[row][$0]) } }
            .filter { $0.value.isFinite }
        guard let least = cells.min(by: { $0.value < $1.value }), let greatest = cells.max(by: { $0.value < $1.value })
        else { return words.pictures.noValues }
        let number = { NumberFormat.brief.format($0).plainText }
        func place(_ row: Int, _ column: Int) -> String {
            rows[row] + words.heat.number(of: row, among: rows) + ", "
                + columns[column] + words.heat.number(of: column, among: columns)
        }
        return words.pictures.extremes(
            number(least.value), place(least.row, least.column), number(greatest.value), place(greatest.row, greatest.column))
    }
}
