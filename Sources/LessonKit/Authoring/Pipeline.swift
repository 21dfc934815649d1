import Exhibits
import Foundation

/// The whole of Unroll on one screen: parse → compose → execute → splice → publish.
///
/// Each stage takes a value and gives the next; none reaches back. `build`, `verify` and `run` are uses of it. What goes
/// wrong with a lesson is thrown as its `Problems` and costs only its own page.
struct Pipeline: Sendable {
    let runner: LessonRunner
    let cache: RecordingCache?
    /// Whether HTML in lessons is HTML on their pages.
    private let rawHTML: Bool
    /// What recordings depend on beside their programs: tools, limits and attachments.
    private let circumstances: String

    init(limits: Limits, cache: RecordingCache?, lessons: LessonsFolder) throws {
        runner = LessonRunner(toolchain: try Toolchain.find(), limits: limits)
        self.cache = cache
        rawHTML = lessons.allowsRawHTML
        // Only to be asked for what is kept.
        let attachments = cache == nil ? "" : Attachments.fingerprint(of: lessons.path)
        circumstances = [runner.toolchain.fingerprint, limits.fingerprint, attachments].joined(separator: "\n")
    }

    /// One lesson by itself.
    init(limits: Limits) throws {
        runner = LessonRunner(toolchain: try Toolchain.find(), limits: limits)
        (cache, circumstances, rawHTML) = (nil, "", true)
    }

    /// Markdown → lesson.
    func parse(_ path: String) throws -> Lesson {
        try Lesson.parse(try LessonsFolder.read(path), path: path, rawHTML: rawHTML)
    }

    /// Lesson → the one program that its cells and values make.
    func compose(_ lesson: Lesson) -> Program {
        Program(lesson)
    }

    /// Program → recording: what each cell showed, printed and claimed; from the cache where program, attachments, limits and tools are the same.
    func execute(_ program: Program, of lesson: Lesson) async throws -> ExecutedLesson {
        let key = circumstances + "\n" + program.source
        if let kept = cache?.recording(of: lesson, key: key), kept.isConfined || runner.limits.sandbox.demand == .preferred {
            return ExecutedLesson(lesson: lesson, program: program, result: kept, isReused: true)
        }
        let result = try await runner.run(program, of: lesson)
        cache?.keep(result, of: lesson, key: key)
        return ExecutedLesson(lesson: lesson, program: program, result: result, isReused: false)
    }

    /// Recordings → pages, all their formulas typeset in one go; without those whose formulas are at fault.
    func splice(_ lessons: [ExecutedLesson]) async throws -> (pages: [Page], problems: [Problem]) {
        let drafts = lessons.map { (lesson: $0.lesson, page: Page($0.lesson, $0.recording, program: $0.program.download)) }
        let results = try await MathRenderer().render(drafts.flatMap { $0.page.formulas.map(\.formula) })
        let faults = drafts.map { $0.page.problems(results, in: $0.lesson) }
        let pages = zip(drafts, faults).filter { $1.isEmpty }.map { $0.0.page.typeset(results) }
        return (pages, faults.flatMap(\.self))
    }

    /// Pages → the site's files. `kept` are pages that are published already, and stay as they are.
    func publish(_ pages: [Page], kept: [KeptPage]) throws -> [SiteFile] {
        try Site(pages, kept: kept).files()
    }
}

/// A lesson and what its program did.
struct ExecutedLesson: Sendable {
    var lesson: Lesson
    var program: Program
    var result: LessonRunner.Result
    /// Whether the recording comes from the cache.
    var isReused: Bool

    var recording: Recording { result.recording }
    var warnings: [Problem] { result.warnings }
}
