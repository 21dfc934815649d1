import Foundation

/// A page whose values are not what they were: both of its states, and what tells them apart.
package struct MovedPage: Sendable {
    package struct State: Sendable {
        let data: PublishedPage
        let html: String

        /// - Throws: `MalformedJSON` where `json` is not a page's data.
        package init(html: String, json: String, program: String) throws(MalformedJSON) {
            data = try PublishedPage(json: json, program: program)
            self.html = html
        }
    }

    /// The lesson as it is now.
    package let file: String
    let was: State
    let now: State
    package let differences: [Difference]

    package init(file: String, was: State, is now: State) {
        (self.file, self.was, self.now) = (file, was, now)
        differences = PageComparison(was: was.data, is: now.data, file: file).differences
    }

    var title: String { now.data.page["title"]?.string ?? file }

    /// The cells whose code is not what it was.
    var changedCells: [CodeChange] {
        let (old, new) = (was.data.cells, now.data.cells)
        let alignment = CellAlignment(old, new)
        let changed = new.enumerated().compactMap { index, cell -> CodeChange? in
            let before = alignment.partners[index].map { old[$0] }
            guard before?.code != cell.code || before == nil else { return nil }
            return CodeChange(name: cell.name, line: cell.line, was: before?.code ?? "", is: cell.code ?? "")
        }
        let gone = alignment.gone.map { index, line in
            CodeChange(name: old[index].name, line: line, was: old[index].code ?? "", is: "")
        }
        return (changed + gone).sorted { $0.line < $1.line }
    }

    struct CodeChange {
        var name: String
        var line: Int
        var was: String
        var `is`: String

        /// Each line that is not on both sides, `-` and `+` before it.
        var lines: [String] {
            let (old, new) = (Self.lines(was), Self.lines(self.is))
            let edits = new.difference(from: old)
            return edits.removals.map { "- " + $0.line } + edits.insertions.map { "+ " + $0.line }
        }

        private static func lines(_ code: String) -> [String] {
            code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// What the cells show, before and after.
    var sides: Sides { Sides(self) }

    struct Sides {
        private let old: [PublishedPage.Cell], new: [PublishedPage.Cell]
        private let partners: [Int: Int]
        private let was: [String?], now: [String?]

        fileprivate init(_ page: MovedPage) {
            (old, new) = (page.was.data.cells, page.now.data.cells)
            partners = CellAlignment(old, new).partners
            (was, now) = (page.was.markup, page.now.markup)
        }

        /// Of one cell, with the moved numbers marked; nil on a side where it shows nothing.
        func markup(of cell: Difference) -> (was: String?, is: String?) {
            let index = new.firstIndex { $0.line == cell.line && $0.name == cell.label }
            let partner = index.map { partners[$0] } ?? old.firstIndex { $0.name == cell.label }
            let sides = (was: partner.flatMap { was[$0] }, is: index.flatMap { now[$0] })
            guard let before = sides.was, let after = sides.is else { return sides }
            return ShownMarkup.marked(before, after)
        }
    }
}

extension MovedPage.State {
    /// One for each cell; nil where there is nothing to be shown.
    fileprivate var markup: [String?] {
        let cells = ShownMarkup(page: html).cells
        guard cells.count == data.cells.count else { return data.cells.map { _ in nil } }
        return cells.map { $0.flatMap { $0.isEmpty ? nil : $0 } }
    }
}

extension CollectionDifference<String>.Change {
    fileprivate var line: String {
        switch self {
        case .insert(_, let line, _), .remove(_, let line, _): line
        }
    }
}
