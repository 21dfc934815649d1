import Exhibits

/// Every value that a page publishes, as its `.json` file tells them.
package struct PageData: Encodable, Sendable {
    package struct CellData: Encodable, Sendable {
        package var index: Int
        /// Of the opening fence.
        package var line: Int
        package var label: String?
        package var stdout: String
        package var exhibits: [Exhibit]
        /// The message of a cell that traps, as it should.
        package var trap: String?
    }

    package struct InlineData: Encodable, Sendable {
        package var line: Int
        package var column: Int
        package var expression: String
        package var text: String
    }

    package struct ClaimData: Encodable, Sendable {
        /// Where it stands in code that lessons share.
        package var file: String?
        package var line: Int
        package var text: String
        package var holds: Bool
        package var difference: Double?
        package var tolerance: Double?
        package var comparison: ClaimExhibit.Comparison?
    }

    package var lesson: String
    package var title: String
    package var summary: String?
    package var date: String?
    /// The lessons to know first; left out where there are none.
    package var buildsOn: [String]?
    package var source: String
    package var cells: [CellData]
    package var inline: [InlineData]
    package var claims: [ClaimData]
    /// What is wrong with the lesson; on no page that is published.
    package var problems: [ReportedProblem]?

    /// Of a lesson that cannot be read.
    package init(path: String) {
        lesson = LessonName(path: path).slug
        (title, source) = (lesson, path)
        (cells, inline, claims) = ([], [], [])
    }

    package init(_ lesson: Lesson, _ recording: Recording) {
        self.lesson = lesson.slug
        title = lesson.frontMatter.title
        summary = lesson.frontMatter.summary
        date = lesson.frontMatter.date
        let foundations = lesson.frontMatter.buildsOn.map { $0.text }
        buildsOn = foundations.isEmpty ? nil : foundations
        source = lesson.source
        cells = zip(lesson.cells, recording.cells).map { cell, recorded in
            CellData(
                index: cell.index, line: cell.position.line, label: cell.options.label?.name,
                stdout: recorded.stdout, exhibits: recorded.exhibits, trap: recorded.trap)
        }
        inline = zip(lesson.values, recording.values).map { value, recorded in
            InlineData(
                line: value.position.line, column: value.position.column,
                expression: value.expression, text: recorded.text)
        }
        claims = recording.cells.flatMap(\.exhibits).compactMap { exhibit in
            guard let claim = exhibit.content(as: ClaimExhibit.self) else { return nil }
            return ClaimData(
                file: claim.file ?? lesson.translation.map { Lesson.source(ofPath: $0.path) }, line: claim.line, text: claim.text,
                holds: claim.holds,
                difference: claim.difference, tolerance: claim.tolerance, comparison: claim.comparison)
        }
    }
}

extension CellRecording {
    fileprivate var trap: String? {
        outputs.lazy.compactMap { if case .trap(let message) = $0 { message } else { nil } }.first
    }
}
