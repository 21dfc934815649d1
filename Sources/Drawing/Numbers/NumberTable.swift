/// A table of numbers whose columns align at the decimal point.
struct NumberTable {
    struct Cell {
        /// nil where there is no number, or where columns were left out.
        var number: FormattedNumber?
        /// What stands where there is no number.
        var words = ""
        /// The tint, from `Heat`.
        var className: String?

        /// Stands for columns that were left out.
        static let leftOut = Cell(number: nil, words: "…", className: "left-out")

        static func text(_ words: String) -> Cell { Cell(number: nil, words: words, className: "words") }
    }

    enum Row {
        case numbers(heading: HTML, [Cell], data: [Attribute?] = [])
        /// Says what was left out here.
        case leftOut(String)
    }

    /// Rows that belong together, such as the units of one time step.
    struct Group {
        var heading: HTML?
        var rows: [Row]
        /// What the page's script has to know of the group.
        var data: [Attribute?] = []
    }

    /// What the row headings are; nil in a table that has none.
    var rowHeading: HTML?
    var columnHeadings: [HTML]
    /// What the page's script has to know of the columns.
    var columnData: [[Attribute?]] = []
    /// How columns are set that have no numbers.
    var columnClasses: [String?] = []
    var groups: [Group]
    /// Whether the full digits are in each cell's tooltip too; of a great many numbers the page's script tells them.
    var hasTooltips = true

    var html: HTML {
        let (powers, decimals) = (columnsWithPowers, columnDecimals)
        return HTML(.table, .class("numbers")) {
            HTML(.thead) {
                HTML(.tr) {
                    if let rowHeading { corner(rowHeading) }
                    zip(0..., columnHeadings).map { column, heading in
                        HTML(
                            .th,
                            [
                                .scope("col"),
                                .class(
                                    powers.contains(column) ? "powers" : nil,
                                    columnClasses.indices.contains(column) ? columnClasses[column] : nil),
                            ] + (columnData.indices.contains(column) ? columnData[column] : [])
                        ) { heading }
                    }
                }
            }
            for group in groups {
                HTML(.tbody, group.data) {
                    if let heading = group.heading {
                        HTML(.tr, .class("group")) {
                            HTML(.th, .scope("rowgroup"), .span(columns: width)) { HTML(.span) { heading } }
                        }
                    }
                    group.rows.map { html($0, powers, decimals) }
                }
            }
        }
    }

    /// Heads the row headings; a cell like others where there is nothing to say of them.
    private func corner(_ heading: HTML) -> HTML {
        heading.isEmpty
            ? HTML(.td, .class("corner")) : HTML(.th, .scope("col"), .class("corner")) { heading }
    }

    private var width: Int { columnHeadings.count + (rowHeading == nil ? 0 : 1) }

    private func html(_ row: Row, _ powers: Set<Int>, _ decimals: [Int: Int]) -> HTML {
        switch row {
        case .leftOut(let text):
            HTML(.tr) { HTML(.td, .class("left-out"), .span(columns: width)) { "⋮ \(text)" } }
        case .numbers(let heading, let cells, let data):
            HTML(.tr, data) {
                if rowHeading != nil { HTML(.th, .scope("row")) { heading } }
                zip(0..., cells).map { column, cell in
                    HTML(.td, .class(powers.contains(column) ? "powers" : nil, cell.className)) {
                        cell.number?.html(hasTooltip: hasTooltips) ?? .text(cell.words)
                        cell.number?.padding(toDecimals: decimals[column] ?? 0)
                    }
                }
            }
        }
    }

    /// The most digits behind the point that a number of each column has.
    private var columnDecimals: [Int: Int] {
        var decimals: [Int: Int] = [:]
        for case .numbers(_, let cells, _) in groups.flatMap({ $0.rows }) {
            for (column, cell) in zip(0..., cells) {
                guard let number = cell.number else { continue }
                decimals[column] = max(decimals[column] ?? 0, number.decimals)
            }
        }
        return decimals
    }

    /// A column with a number in scientific notation leaves room for the power in each of its rows.
    private var columnsWithPowers: Set<Int> {
        var columns: Set<Int> = []
        for case .numbers(_, let cells, _) in groups.flatMap({ $0.rows }) {
            for (column, cell) in zip(0..., cells) where cell.number?.power != nil { columns.insert(column) }
        }
        return columns
    }
}

extension FormattedNumber {
    /// How many digits stand behind the point.
    var decimals: Int {
        guard let point = text.firstIndex(of: ".") else { return 0 }
        return text[point...].count - 1
    }

    /// Room as wide as the digits, and the point, that other numbers of the column have behind this one's last.
    fileprivate func padding(toDecimals most: Int) -> HTML? {
        guard value.isFinite, decimals < most else { return nil }
        return .text((decimals == 0 ? "\u{2008}" : "") + String(repeating: "\u{2007}", count: most - decimals))
    }
}
