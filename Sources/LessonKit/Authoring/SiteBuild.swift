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
        let outcomes = try await execute(paths, except: misnamed, in: pipeline, progress: progress)
        cache?.trim()
        // What a killed build had started may have ended meanwhile.
        TemporaryFolders.sweep()
        let lessons = outcomes.compactMap(\.lesson)
        let (reference, missing) = try await describing
        let check = LinkCheck(
            lessons, files: paths.map { URL(filePath: $0).lastPathComponent }, attachments: attachments.files.map(\.path),
            reference: reference.pages,
            others: theme.files.map(\.path) + [Page.notFoundSlug + ".html"]
                + SiteIndex.names(configuration, isDated: lessons.contains { $0.frontMatter.date != nil }))
        let ofLinks = lessons.map { ($0.path, check.problems(of: $0)) }
        let sound = Set(ofLinks.filter(\.1.isEmpty).map(\.0))
        let (pages, faults) = try await pipeline.splice(
            outcomes.compactMap { try? $0.result.get() }.filter { sound.contains($0.lesson.path) }, notes: reference.notes)

        let made = Set(pages.map(\.slug))
        let kept = paths.filter { misnamed[$0] == nil }.map { (path: $0, slug: LessonName(path: $0).slug) }
            .filter { !made.contains($0.slug) }
        let published = try pipeline.publish(pages, kept: previous?.pages(of: kept) ?? [], theme: theme, reference: reference)
        let own = try published.files()
        let ownPaths = Set(own.map(\.path))
        func isTaken(_ attachment: SiteFile) -> Bool {
            OutputFolder.isAsset(attachment.path) || ownPaths.contains(attachment.path)
        }
        let isConfined = outcomes.allSatisfy { (try? $0.result.get())?.result.isConfined ?? true }
        var ofImage = configuration.image.flatMap { check.problem(with: $0, in: SiteConfiguration.fileName) }
        ofImage?.file = folder.configurationPath
        let problems =
            (sources?.problems ?? []) + outcomes.flatMap(\.problems) + ofLinks.flatMap(\.1) + faults + folder.unreadLessons()
            + attachments.problems
            + shared.problems
            + attachments.files.filter(isTaken).map(folder.clash)
            + missing + [ofImage].compactMap(\.self) + (isConfined ? [] : [Sandbox.warning])
        let copies = attachments.files.filter { !isTaken($0) }
        return BuiltSite(
            files: own + copies, attachments: Set(copies.map(\.path)),
            keptSlugs: Set(kept.map(\.slug)),
            problems: problems.inOrder.withoutRepetitions, site: published,
            explanations: zip(paths, outcomes).map { "\($0): \($1.explanation)" })
    }

    /// At most `jobs` at a time; results in the order of the paths.
    private func execute(
        _ paths: [String], except misnamed: [String: Problem], in pipeline: Pipeline,
        progress: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> [LessonOutcome] {
        try await withThrowingTaskGroup(of: (Int, LessonOutcome).self) { group in
            let order = conditions == .usual ? Array(paths.indices) : paths.indices.reversed()
            var waiting = order.makeIterator()
            var finished: [Int: LessonOutcome] = [:]
            func startNext() {
                guard let index = waiting.next() else { return }
                let path = paths[index]
                group.addTask {
                    if let problem = misnamed[path] { return (index, LessonOutcome(result: .failure(Problems([problem])))) }
                    return (index, try await execute(path, in: pipeline))
                }
            }
            for _ in 0..<jobs { startNext() }
            while let (index, outcome) = try await group.next() {
                finished[index] = outcome
                progress(BuildProgress(finished: finished.count, total: paths.count, lesson: paths[index], outcome: outcome))
                startNext()
            }
            return paths.indices.map { finished[$0]! }
        }
    }

    private func execute(_ path: String, in pipeline: Pipeline) async throws -> LessonOutcome {
        var lesson: Lesson?
        var reason: RunReason?
        func outcome(_ result: Result<ExecutedLesson, Problems>) -> LessonOutcome {
            LessonOutcome(lesson: lesson, result: result, reason: reason)
        }
        do {
            let parsed = try pipeline.parse(path), program = pipeline.compose(parsed)
            lesson = parsed
            let result: LessonRunner.Result
            switch pipeline.kept(program, of: parsed) {
            case .recording(let kept): result = kept
            case .none(let why):
                reason = why
                result = try await pipeline.execute(program, of: parsed)
            }
            guard result.faults.isEmpty else { throw Problems(result.faults) }
            return outcome(.success(ExecutedLesson(lesson: parsed, program: program, result: result)))
        } catch let problems as Problems {
            return outcome(.failure(problems))
        } catch let problem as Problem {
            return outcome(.failure(Problems([problem])))
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

    /// What became of it, and why it ran: `ran: nothing is kept of it`
    var explanation: String {
        kind.rawValue + (reason.map { ": \($0)" } ?? "")
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
    /// What the files are made of.
    var site: Site?
    /// Of each lesson whether it ran, and why.
    package var explanations: [String]

    package init(
        files: [SiteFile], attachments: Set<String> = [], keptSlugs: Set<String>, problems: [Problem], site: Site? = nil,
        explanations: [String] = []
    ) {
        self.files = files
        self.attachments = attachments
        self.keptSlugs = keptSlugs
        self.problems = problems
        self.site = site
        self.explanations = explanations
    }

    package var hasFailed: Bool { problems.contains { $0.severity == .error } }
}
