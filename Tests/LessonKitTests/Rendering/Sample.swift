import LessonKit

/// Lessons and recordings for the tests, made by hand.
enum Sample {
    static let origin = SourcePosition(line: 1, column: 1)

    static func lesson(
        _ blocks: [Block] = [], cells: [Cell] = [], values: [InlineValue] = [],
        slug: String = "sample", number: Int? = 7, title: String = "A sample", lang: String = "en"
    ) -> Lesson {
        Lesson(
            path: "lessons/07-\(slug).md", slug: slug, number: number,
            frontMatter: FrontMatter(title: title, summary: "What it is about.", lang: lang),
            blocks: blocks, cells: cells, values: values, snippets: cells.map { .cell($0.index) })
    }

    static func cell(_ index: Int = 0, code: String = "show(hn)", options: CellOptions = CellOptions()) -> Cell {
        let position = SourcePosition(line: 10, column: 1)
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
            .map { CodeLine(text: String($0), position: position) }
        return Cell(index: index, position: position, options: options, lines: lines)
    }

    static func label(_ name: String) -> Label {
        Label(kind: Label.Kind(rawValue: String(name.prefix { $0 != "-" }))!, name: name, position: origin)
    }

    /// The markup of a lesson of these blocks.
    static func markup(
        _ blocks: [Block], cells: [Cell] = [], recorded: [CellRecording] = [], lang: String = "en"
    ) -> String {
        let recording = Recording(cells: recorded, values: [])
        return Page(lesson(blocks, cells: cells, lang: lang), recording).body.markup
    }

    /// The markup of a lesson of one cell that showed this.
    static func markup(of outputs: CellOutput..., options: CellOptions = CellOptions()) -> String {
        markup([.cell(0)], cells: [cell(options: options)], recorded: [CellRecording(outputs: outputs)])
    }
}
