import Exhibits

/// One lesson through the pipeline, without its page, as far as it comes: for `run`. A translation runs with its original.
package struct SingleRun: Sendable {
    private let path: String
    /// nil where the lesson cannot be read.
    private let executed: ExecutedLesson?
    package let problems: [Problem]

    package init(_ path: String, limits: Limits) async throws {
        self.path = path
        let original = LessonsFolder.original(of: path)
        let pipeline = try Pipeline(limits: limits, lesson: original ?? path)
        do {
            var lessons = [try pipeline.parse(original ?? path)]
            if original != nil { lessons.append(try pipeline.parse(path, translating: lessons[0])) }
            let whole = lessons[0].joined(with: Array(lessons.dropFirst())), lesson = lessons[lessons.count - 1]
            var result = try await pipeline.execute(pipeline.compose(whole), of: whole)
            let ofTexts = result.faults.isEmpty ? lesson.problemsOfTexts(result.recording) : []
            result.recording = result.recording.parts(of: lessons)[lessons.count - 1]
            let unconfined = result.isConfined ? [] : [Sandbox.warning]
            executed = ExecutedLesson(lesson: lesson, result: result)
            problems = unconfined + (result.warnings + result.faults + ofTexts).inOrder
        } catch let problems as Problems {
            (executed, self.problems) = (nil, problems.all)
        } catch let problem as Problem {
            (executed, problems) = (nil, [problem])
        }
    }

    package var hasFailed: Bool { problems.contains { $0.severity == .error } }

    /// The object that the site publishes, and what is wrong with the lesson.
    package var json: String {
        get throws {
            var data = executed.map { PageData($0.lesson, $0.recording) } ?? PageData(path: path)
            data.problems = hasFailed ? problems.map(ReportedProblem.init) : nil
            return try JSONText.encodeInLines(data)
        }
    }

    /// What each cell printed and showed, and the inline values, under their lines.
    package var text: String {
        guard let (lesson, recording) = executed.map({ ($0.lesson, $0.recording) }) else { return "" }
        return lesson.snippets.compactMap { snippet in
            switch snippet {
            case .cell(let index):
                let outputs = recording.cells[index].outputs.map(\.text).joined()
                guard !outputs.isEmpty else { return nil }
                return "\(lesson.path):\(lesson.cells[index].position.line)\n" + outputs
            case .value(let index):
                guard index < recording.values.count else { return nil }
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
