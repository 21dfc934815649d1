import Exhibits
import Recurrent

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
            if !title.isEmpty { HTML(.p, .class("chart-title")) { title } }
            HTML.scrollable(named: title.isEmpty ? style.words.table : title) { table(style.words).html }
        }
    }

    private func table(_ words: ExhibitVocabulary) -> NumberTable {
        let formats = columns.map { column -> (Double) -> FormattedNumber in
            let numbers = column.numbers ?? []
            return numbers.allSatisfy { $0.isWhole } ? { $0.asWhole } : { NumberFormat.significant.format($0) }
        }
        let rows = Elision.indices(of: rowCount, limit: Self.rowLimit).rows(words) { row in
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

/// Whole numbers in a column of nothing but such: with all their digits.
extension Double {
    /// Beyond this size not every whole number is a Double.
    fileprivate var isWhole: Bool { magnitude < 1 / .ulpOfOne && rounded(.towardZero) == self }

    fileprivate var asWhole: FormattedNumber {
        FormattedNumber(value: self, text: DecimalNumber(shortest: self).written, power: nil)
    }
}
