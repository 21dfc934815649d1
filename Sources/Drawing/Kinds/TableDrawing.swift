import Exhibits

/// Columns under their names, numbers aligned at the point. A long table scrolls below its head.
extension TableExhibit: Drawable {
    private static let rowLimit = 500

    package var flaw: String? {
        Rule.broken(
            (columns.allSatisfy { ($0.numbers == nil) != ($0.words == nil) }, "a column has numbers and words, or neither"),
            (columns.allSatisfy { $0.count == rowCount }, "columns are of different length"))
    }

    package mutating func reword(_ words: (String) -> String) {
        title = words(title)
        for index in columns.indices {
            columns[index].name = words(columns[index].name)
            columns[index].words = columns[index].words?.map(words)
        }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "columns")) {
            WayIn(self, style.words.wayIn).html(style.words.wayIn)
            if !title.isEmpty { HTML(.p, .class("chart-title")) { title } }
            HTML.scrollable(named: title.isEmpty ? style.words.table : title) { table(style.words).html }
        }
    }

    private func table(_ words: ExhibitVocabulary) -> NumberTable {
        let formats = columns.map { column -> (Double) -> FormattedNumber in
            column.isWhole ? { $0.asWhole } : NumberFormat.significant(forColumn: column.numbers ?? [])
        }
        let rows = Elision.indices(of: rowCount, limit: Self.rowLimit, keeping: toldRows).rows(words) { row in
            .numbers(
                heading: .empty,
                zip(columns, formats).map { column, format in
                    column.numbers.map { .init(number: format($0[row])) } ?? .text(column.words?[row] ?? "")
                })
        }
        return NumberTable(
            columnHeadings: columns.map { .text($0.name) }, columnClasses: columns.map { $0.words == nil ? nil : "words" },
            groups: [.init(heading: nil, rows: rows)])
    }
}
