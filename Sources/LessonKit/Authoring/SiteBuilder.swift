import Exhibits
import Foundation

/// Lessons → site: every lesson is parsed, run and rendered; what goes wrong with one costs only its own page.
package struct SiteBuilder: Sendable {
    let folder: LessonsFolder
    let limits: Limits
    let jobs: Int
    let cache: RecordingCache?
    /// Where failed lessons' titles are read from, so that the other pages go on linking to them.
    let previous: OutputFolder

    package init(lessons: String, limits: Limits, jobs: Int?, cache: RecordingCache?, previous: OutputFolder) {
        folder = LessonsFolder(path: lessons)
        self.limits = limits
        self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        self.cache = cache
        self.previous = previous
    }

    /// Runs the lessons side by side, then typesets all their formulas at once, then renders.
    package func build(progress: @escaping @Sendable (BuildProgress) -> Void) async throws -> BuiltSite {
        let paths = try folder.lessons()
        let runner = LessonRunner(toolchain: try Toolchain.find(), limits: limits)
        let misnamed = LessonsFolder.misnamed(paths)
        let lessons = try await run(paths, except: misnamed, with: runner, progress: progress)
        let rendered = try await LessonPages(lessons).rendered()
        let made = Set(rendered.pages.map(\.slug))
        let kept = paths.filter { misnamed[$0] == nil }.map { (path: $0, slug: LessonName(path: $0).slug) }
            .filter { !made.contains($0.slug) }
        let site = try Site(rendered.pages, kept: kept.compactMap { previous.page(of: $0.slug, source: $0.path) })
        let files = try site.files()
        let attachments = try folder.attachments()
        let taken = attachments.filter { attachment in
            OutputFolder.isAsset(attachment.path) || files.contains { $0.path == attachment.path }
        }
        let problems = rendered.problems + folder.unreadLessons() + taken.map(folder.clash)
        return BuiltSite(
            files: files + attachments.filter { !taken.contains($0) },
            keptSlugs: Set(kept.map(\.slug)),
            problems: problems.sorted { ($0.file ?? "", $0.position ?? .start) < ($1.file ?? "", $1.position ?? .start) })
    }

    /// At most `jobs` at a time; results in the order of the paths.
    private func run(
        _ paths: [String], except misnamed: [String: Problem], with runner: LessonRunner, progress: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> [RanLesson] {
        try await withThrowingTaskGroup(of: (Int, RanLesson).self) { group in
            var waiting = paths.enumerated().makeIterator()
            var finished: [Int: RanLesson] = [:]
            func startNext() {
                guard let (index, path) = waiting.next() else { return }
                group.addTask {
                    if let problem = misnamed[path] { return (index, RanLesson(path: path, problems: [problem])) }
                    return (index, try await run(path, with: runner))
                }
            }
            for _ in 0..<jobs { startNext() }
            while let (index, lesson) = try await group.next() {
                finished[index] = lesson
                progress(BuildProgress(
                    finished: finished.count, total: paths.count, lesson: lesson.path, outcome: lesson.outcome))
                startNext()
            }
            return paths.indices.map { finished[$0]! }
        }
    }

    private func run(_ path: String, with runner: LessonRunner) async throws -> RanLesson {
        do {
            let lesson = try Lesson.parse(try LessonsFolder.read(path), path: path)
            let program = Program(lesson)
            let key = runner.toolchain.fingerprint + "\n" + program.source
            if let recording = cache?.recording(of: lesson, key: key) {
                return RanLesson(path: path, run: .init(lesson, recording, program), problems: [], isReused: true)
            }
            let result = try await runner.run(lesson)
            if result.warnings.isEmpty { cache?.keep(result.recording, of: lesson, key: key) }
            return RanLesson(path: path, run: .init(lesson, result.recording, program), problems: result.warnings)
        } catch let problems as Problems {
            return RanLesson(path: path, problems: problems.all)
        } catch let problem as Problem {
            return RanLesson(path: path, problems: [problem])
        }
    }
}

/// One lesson after it ran, or the problems for which it did not.
struct RanLesson: Sendable {
    struct Run: Sendable {
        var lesson: Lesson
        var recording: Recording
        var program: Program

        init(_ lesson: Lesson, _ recording: Recording, _ program: Program) {
            self.lesson = lesson
            self.recording = recording
            self.program = program
        }
    }

    var path: String
    var run: Run?
    var problems: [Problem]
    var isReused = false

    var outcome: BuildProgress.Outcome { run == nil ? .failed : isReused ? .reused : .ran }
}

/// How far a build is.
package struct BuildProgress: Sendable {
    package enum Outcome: String, Sendable {
        case ran, reused = "unchanged", failed
    }

    package var finished: Int
    package var total: Int
    package var lesson: String
    package var outcome: Outcome
}

/// What a build made: files for the output folder, and what is wrong with which lesson.
package struct BuiltSite: Sendable {
    package var files: [SiteFile]
    /// The pages of failed lessons stay as they were.
    package var keptSlugs: Set<String>
    package var problems: [Problem]

    package var hasFailed: Bool { problems.contains { $0.severity == .error } }
}

/// The pages of lessons that ran, their formulas typeset in one go.
private struct LessonPages {
    let lessons: [RanLesson]

    init(_ lessons: [RanLesson]) {
        self.lessons = lessons
    }

    func rendered() async throws -> (pages: [Page], problems: [Problem]) {
        let drafts = lessons.compactMap(\.run).map { run in
            (lesson: run.lesson, page: Page(run.lesson, run.recording, program: run.program.download))
        }
        let results = try await MathRenderer().render(drafts.flatMap { $0.page.formulas.map(\.formula) })
        var pages: [Page] = []
        var problems = lessons.flatMap(\.problems)
        for (lesson, page) in drafts {
            let faults = page.problems(results, in: lesson)
            problems += faults
            if faults.isEmpty { pages.append(page.typeset(results)) }
        }
        return (pages, problems)
    }
}

extension SourcePosition {
    fileprivate static let start = SourcePosition(line: 0, column: 0)
}

extension SiteBuilder {
    /// What one lesson does, for the terminal.
    package struct SingleRun: Sendable {
        let page: Page
        let recording: Recording
        let lesson: Lesson
        package let warnings: [Problem]

        /// The object that the site publishes.
        package var json: String {
            get throws { try JSONText.encode(page.data) }
        }

        /// What each cell printed and showed, and the inline values, under their lines.
        package var text: String {
            lesson.snippets.compactMap { snippet in
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

    /// Runs one lesson without rendering it.
    package static func run(_ path: String, limits: Limits) async throws -> SingleRun {
        let lesson = try Lesson.parse(try LessonsFolder.read(path), path: path)
        let runner = LessonRunner(toolchain: try Toolchain.find(), limits: limits)
        let result = try await runner.run(lesson)
        let page = Page(lesson, result.recording, program: "")
        return SingleRun(page: page, recording: result.recording, lesson: lesson, warnings: result.warnings)
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
