import Exhibits
import Foundation

/// The whole of Unroll on one screen: parse → compose → execute → splice → publish.
///
/// Each stage takes a value and gives the next; none reaches back. `build`, `verify` and `run` are uses of it. What goes
/// wrong with a lesson is thrown as its `Problems` and costs only its own page.
struct Pipeline: Sendable {
    let runner: LessonRunner
    let cache: RecordingCache?
    private let configuration: SiteConfiguration
    private let shared: SharedFolder
    /// What the ids of lessons' sources stand for, where the folder says so.
    private let sources: SourceList?
    /// What recordings depend on beside their programs.
    private let circumstances: RecordingKey.Circumstances
    private let attachments: AttachmentWalk

    init(
        limits: Limits, cache: RecordingCache?, attachments: LessonsFolder.AttachedFiles, configuration: SiteConfiguration,
        shared: SharedFolder, sources: SourceList? = nil, conditions: RunConditions = .usual
    ) throws {
        TemporaryFolders.sweep()
        let toolchain = try Toolchain.find()
        runner = LessonRunner(
            toolchain: toolchain, limits: limits, inputs: attachments.walk.covering, conditions: conditions)
        self.cache = cache
        (self.configuration, self.shared, self.sources) = (configuration, shared, sources)
        self.attachments = attachments.walk
        circumstances = RecordingKey.Circumstances(
            // Only to be asked for what is kept.
            attachments: cache == nil ? [] : attachments.files.map { .init(name: $0.path, fingerprint: $0.contents.fingerprint) },
            limits: limits.fingerprint, tools: toolchain.fingerprints)
    }

    /// One lesson by itself.
    init(limits: Limits, lesson: String) throws {
        let folder = LessonsFolder(of: lesson)
        try self.init(
            limits: limits, cache: nil, attachments: .init(files: [], problems: [], walk: AttachmentWalk(folder.path)),
            configuration: try folder.configuration(), shared: folder.shared().folder, sources: folder.sources)
    }

    /// Markdown → lesson.
    ///
    /// - Parameter original: Of a translation, the lesson that it translates.
    func parse(_ path: String, translating original: Lesson? = nil) throws(Problems) -> Lesson {
        let source: [UInt8]
        do throws(Problem) { source = try LessonsFolder.read(path) } catch { throw Problems([error]) }
        return try Lesson.parse(
            source, path: path, rawHTML: configuration.rawHTML, language: configuration.language, shared: shared, sources: sources,
            translating: original)
    }

    /// Lesson → the one program that its cells and values, and those of its translations, make.
    func compose(_ lesson: Lesson) -> Program {
        Program(lesson)
    }

    /// What the cache has of a lesson where all that it depends on is the same, or why it has nothing to use.
    func kept(_ program: Program, of lesson: Lesson) -> RecordingCache.Answer {
        cache?.recording(of: lesson, key: key(program), sandbox: runner.limits.sandbox.demand) ?? .none(.noCache)
    }

    /// Program → recording: what each cell showed, printed and claimed.
    func execute(_ program: Program, of lesson: Lesson) async throws -> LessonRunner.Result {
        let result = try await runner.run(program, of: lesson)
        // A lesson may have read what an editor has written meanwhile.
        if result.faults.isEmpty, attachments.isUpToDate { cache?.keep(result, of: lesson, key: key(program)) }
        return result
    }

    private func key(_ program: Program) -> RecordingKey {
        RecordingKey(program: program.pieces, circumstances: circumstances)
    }

    /// What the libraries of lessons declare, as pages, and as notes on the names in code.
    /// A toolchain that cannot tell costs the reference, and no lesson.
    func reference() async throws -> (Reference, problems: [Problem]) {
        do {
            return (try await Reference.of(runner.toolchain), [])
        } catch let tool as MissingTool {
            return (.none, [Problem(.warning, "the reference was not made: \(tool.what) was not found", hint: tool.remedy)])
        }
    }

    /// Recordings → pages, all their formulas typeset in one go; without those whose formulas are at fault.
    func splice(_ lessons: [ExecutedLesson], notes: SymbolNotes) async throws -> (pages: [Page], problems: [Problem]) {
        let drafts = await lessons.concurrentMap { executed in
            (lesson: executed.lesson, page: Page(executed.lesson, executed.recording, notes: notes))
        }
        let results = try await MathRenderer().render(drafts.flatMap { $0.page.formulas.map(\.formula) })
        let faults = drafts.map { $0.page.problems(results, in: $0.lesson) }
        let sound = zip(drafts, faults).filter { $1.isEmpty }.map { $0.0.page }
        return (await sound.concurrentMap { $0.typeset(results) }, faults.flatMap(\.self))
    }

    /// Pages → the site. `kept` are pages that are published already, and stay as they are.
    func publish(_ pages: [Page], kept: [KeptPage], theme: Theme, reference: Reference) throws -> Site {
        try Site(pages, kept: kept, configuration: configuration, theme: theme, reference: reference.pages)
    }
}

/// A lesson and what its program did.
struct ExecutedLesson: Sendable {
    var lesson: Lesson
    var result: LessonRunner.Result

    var recording: Recording { result.recording }
    var warnings: [Problem] { result.warnings }
}

extension Array where Element: Sendable {
    /// What is made of each element, in their order, on all processors.
    fileprivate func concurrentMap<Made: Sendable>(_ make: @escaping @Sendable (Element) -> Made) async -> [Made] {
        await withTaskGroup(of: (index: Int, made: Made).self) { group in
            for (index, element) in enumerated() { group.addTask { (index, make(element)) } }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.index < $1.index }.map(\.made)
        }
    }
}
