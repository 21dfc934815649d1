import Exhibits

/// One lesson through the pipeline, without its page: for `run`.
package struct SingleRun: Sendable {
    private let executed: ExecutedLesson

    package init(_ path: String, limits: Limits) async throws {
        let pipeline = try Pipeline(limits: limits, lesson: path)
        let lesson = try pipeline.parse(path), program = pipeline.compose(lesson)
        executed = ExecutedLesson(lesson: lesson, program: program, result: try await pipeline.execute(program, of: lesson))
    }

    package var warnings: [Problem] { executed.warnings + (executed.result.isConfined ? [] : [Sandbox.warning]) }

    /// The object that the site publishes.
    package var json: String {
        get throws { try JSONText.encode(PageData(executed.lesson, executed.recording)) }
    }

    /// What each cell printed and showed, and the inline values, under their lines.
    package var text: String {
        let (lesson, recording) = (executed.lesson, executed.recording)
        return lesson.snippets.compactMap { snippet in
            switch snippet {
            case .cell(let index):
                let outputs = recording.cells[index].outputs.map(\.text).joined()
                guard !outputs.isEmpty else { return nil }
                return "\(lesson.path):\(lesson.cells[index].position.line)\n" + outputs
            case .value(let index):
                let value = lesson.values[index]
                return "\(lesson.path):\(value.position.line)  \(value.expression) = \(recording.values[index].text)\n"
            }
        }.joined(separator: "\n")
    }
}

extension CellOutput {
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .exhibit(let exhibit): exhibit.text + "\n"
        case .trap(let message): "trapped: \(message)\n"
        }
    }
}
