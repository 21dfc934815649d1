import Foundation

/// A folder of lessons through the pipeline, several at a time: for `build` and `verify`.
package struct SiteBuild: Sendable {
    let folder: LessonsFolder
    let limits: Limits
    let jobs: Int
    let cache: RecordingCache?
    /// Where failed lessons' titles are read from, so that the other pages go on linking to them.
    let previous: OutputFolder?
    let conditions: RunConditions

    package init(
        lessons: String, limits: Limits, jobs: Int?, cache: RecordingCache?, previous: OutputFolder?,
        conditions: RunConditions = .usual
    ) {
        folder = LessonsFolder(path: lessons)
        self.limits = limits
        self.jobs = min(jobs ?? ProcessInfo.processInfo.activeProcessorCount, ProcessLimits.jobs)
        self.cache = cache
        self.previous = previous
        self.conditions = conditions
    }

    /// Runs the lessons side by side, then typesets all their formulas at once, then renders.
    package func run(progress: @escaping @Sendable (BuildProgress) -> Void) async throws -> BuiltSite {
        let paths = try folder.lessons()
        let misnamed = LessonsFolder.misnamed(paths)
        let configuration = try folder.configuration(), theme = try folder.theme(), shared = folder.shared()
        let attachments = folder.attachments()
        let sources = folder.sources
        let pipeline = try Pipeline(
            limits: limits, cache: cache, attachments: attachments, configuration: configuration, shared: shared.folder,
            sources: sources, conditions: conditions)
        async let describing = pipeline.reference()
        let translations = folder.translations(of: paths)
        let outcomes = try await execute(paths, translations.files, except: misnamed, in: pipeline, progress: progress)
        cache?.trim()
        // What a killed build had started may have ended meanwhile.
        TemporaryFolders.sweep()
        let lessons = outcomes.compactMap(\.lesson)
        let (reference, missing) = try await describing
        let check = LinkCheck(
            lessons, files: (paths + translations.files.map(\.path)).map { String($0.dropFirst(folder.path.count + 1)) },
            attachments: attachments.files.map(\.path),
            reference: reference.pages,
            others: theme.files.map(\.path) + [Page.notFoundSlug + ".html"]
                + SiteIndex.names(configuration, isDated: lessons.contains { $0.frontMatter.date != nil }))
        let ofLinks = lessons.map { ($0.path, check.problems(of: $0)) }
        let sound = Set(ofLinks.filter(\.1.isEmpty).map(\.0))
        let (pages, faults) = try await pipeline.splice(
            outcomes.compactMap { try? $0.result.get() }.filter { sound.contains($0.lesson.path) }, notes: reference.notes)

        let made = Set(pages.map(\.slug))
        let all =
            paths.filter { misnamed[$0] == nil }.map { (path: $0, name: LessonName(path: $0), original: String?.none) }
            + translations.files.map { ($0.path, $0.name, LessonName(path: $0.original).slug) }
        let kept = all.filter { !made.contains($0.name.slug) }
        let published = try pipeline.publish(pages, kept: previous?.pages(of: kept) ?? [], theme: theme, reference: reference)
        let own = try published.files()
        let ownPaths = Set(own.map(\.path))
        func isTaken(_ attachment: SiteFile) -> Bool {
            OutputFolder.isAsset(attachment.path) || ownPaths.contains(attachment.path)
        }
        let isConfined = outcomes.allSatisfy { (try? $0.result.get())?.result.isConfined ?? true }
        var ofImage = configuration.image.flatMap { check.problem(with: $0, in: SiteConfiguration.fileName) }
        ofImage?.file = folder.configurationPath
        let named = translations.files.map(\.path) + translations.problems.compactMap(\.file)
        let outdated = lessons.compactMap { $0.translation?.outdated }
        let problems =
            translations.problems + outdated + (sources?.problems ?? []) + outcomes.flatMap(\.problems) + ofLinks.flatMap(\.1)
            + faults + folder.unreadLessons(besides: Set(named))
            + attachments.problems
            + shared.problems
            + attachments.files.filter(isTaken).map(folder.clash)
            + missing + [ofImage].compactMap(\.self) + (isConfined ? [] : [Sandbox.warning])
        let copies = attachments.files.filter { !isTaken($0) }
        return BuiltSite(
            files: own + copies, attachments: Set(copies.map(\.path)),
            keptSlugs: Set(kept.map(\.name.slug)),
            problems: problems.inOrder.withoutRepetitions, outdated: outdated, site: published,
            explanations: outcomes.compactMap(\.explanation))
    }

    /// At most `jobs` at a time; results in the order of the paths, each followed by its translations.
    private func execute(
        _ paths: [String], _ translations: [LessonsFolder.TranslationFile], except misnamed: [String: Problem],
        in pipeline: Pipeline,
        progress: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> [LessonOutcome] {
        let translations = Dictionary(grouping: translations, by: \.original).mapValues { $0.map(\.path) }
        return try await withThrowingTaskGroup(of: (Int, [LessonOutcome]).self) { group in
            let order = conditions == .usual ? Array(paths.indices) : paths.indices.reversed()
            var waiting = order.makeIterator()
            var finished: [Int: [LessonOutcome]] = [:]
            func startNext() {
                guard let index = waiting.next() else { return }
                let path = paths[index]
                group.addTask {
                    if let problem = misnamed[path] {
                        return (index, [LessonOutcome(path: path, result: .failure(Problems([problem])))])
                    }
                    return (index, try await execute(path, translations[path] ?? [], in: pipeline))
                }
            }
            for _ in 0..<jobs { startNext() }
            while let (index, outcomes) = try await group.next() {
                finished[index] = outcomes
                progress(BuildProgress(finished: finished.count, total: paths.count, lesson: paths[index], outcome: outcomes[0]))
                startNext()
            }
            return paths.indices.flatMap { finished[$0]! }
        }
    }

    /// A lesson and its translations, which run as one program: what is wrong with a translation's text costs its own page, what
    /// is wrong with the program costs them all.
    private func execute(_ path: String, _ translations: [String], in pipeline: Pipeline) async throws -> [LessonOutcome] {
        let original: Lesson
        do throws(Problems) { original = try pipeline.parse(path) } catch {
            return ([path] + translations).map { LessonOutcome(path: $0, result: .failure(error)) }
        }
        var read = [original]
        var failed: [LessonOutcome] = []
        for path in translations {
            do throws(Problems) { read.append(try pipeline.parse(path, translating: original)) } catch {
                failed.append(LessonOutcome(path: path, result: .failure(error)))
            }
        }
        return try await run(read, in: pipeline) + failed
    }

    /// - Parameter lessons: One and its translations.
    private func run(_ lessons: [Lesson], in pipeline: Pipeline) async throws -> [LessonOutcome] {
        let whole = lessons[0].joined(with: Array(lessons.dropFirst())), program = pipeline.compose(whole)
        var reason: RunReason?
        let result: LessonRunner.Result
        switch pipeline.kept(program, of: whole) {
        case .recording(let kept): result = kept
        case .none(let why):
            reason = why
            result = try await pipeline.execute(program, of: whole)
        }
        return zip(lessons, result.recording.parts(of: lessons)).map { lesson, recording in
            guard result.faults.isEmpty else {
                return LessonOutcome(path: lesson.path, lesson: lesson, result: .failure(Problems(result.faults)), reason: reason)
            }
            var own = result
            own.recording = recording
            if lesson.translation != nil { own.warnings = [] }
            let texts = lesson.problemsOfTexts(result.recording)
            own.warnings += texts.filter { $0.severity == .warning }
            let errors = texts.filter { $0.severity == .error }
            return LessonOutcome(
                path: lesson.path, lesson: lesson,
                result: errors.isEmpty ? .success(ExecutedLesson(lesson: lesson, result: own)) : .failure(Problems(errors)),
                reason: reason)
        }
    }
}

extension [Problem] {
    /// Each once: lessons that use the same shared code all tell what is wrong with it.
    fileprivate var withoutRepetitions: [Problem] {
        var seen: Set<Problem> = []
        return filter { seen.insert($0).inserted }
    }
}

/// What came of one lesson.
private struct LessonOutcome: Sendable {
    var path: String
    /// nil where it could not be read.
    var lesson: Lesson?
    var result: Result<ExecutedLesson, Problems>
    /// Why it ran; nil where it did not.
    var reason: RunReason?

    var problems: [Problem] {
        switch result {
        case .success(let lesson): lesson.warnings
        case .failure(let problems): problems.all
        }
    }

    var kind: BuildProgress.Outcome {
        if case .failure = result { return .failed }
        return reason == nil ? .reused : .ran
    }

    /// What became of it, and why it ran: `ran: nothing is kept of it`; nil for a translation, which runs with its original.
    var explanation: String? {
        lesson?.translation == nil ? "\(path): " + kind.rawValue + (reason.map { ": \($0)" } ?? "") : nil
    }
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

    fileprivate init(finished: Int, total: Int, lesson: String, outcome: LessonOutcome) {
        (self.finished, self.total, self.lesson) = (finished, total, lesson)
        self.outcome = outcome.kind
    }
}

/// What a build made: files for the output folder, and what is wrong with which lesson.
package struct BuiltSite: Sendable {
    package var files: [SiteFile]
    /// Those that are copies of what stands beside the lessons.
    var attachments: Set<String> = []
    /// The pages of failed lessons stay as they were.
    package var keptSlugs: Set<String>
    package var problems: [Problem]
    /// Those of them that tell which translations are of what their originals no longer are.
    var outdated: [Problem]
    /// What the files are made of.
    var site: Site?
    /// Of each lesson whether it ran, and why.
    package var explanations: [String]

    package init(
        files: [SiteFile], attachments: Set<String> = [], keptSlugs: Set<String>, problems: [Problem], outdated: [Problem] = [],
        site: Site? = nil,
        explanations: [String] = []
    ) {
        self.files = files
        self.attachments = attachments
        self.keptSlugs = keptSlugs
        (self.problems, self.outdated) = (problems, outdated)
        self.site = site
        self.explanations = explanations
    }

    package var hasFailed: Bool { problems.contains { $0.severity == .error } }
}
