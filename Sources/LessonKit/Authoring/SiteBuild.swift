import Foundation

/// A folder of lessons through the pipeline, several at a time: for `build` and `verify`.
package struct SiteBuild: Sendable {
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
    package func run(progress: @escaping @Sendable (BuildProgress) -> Void) async throws -> BuiltSite {
        let paths = try folder.lessons()
        let misnamed = LessonsFolder.misnamed(paths)
        let pipeline = try Pipeline(limits: limits, cache: cache, lessons: folder)
        let outcomes = try await execute(paths, except: misnamed, in: pipeline, progress: progress)
        let (attachments, unreadable) = folder.attachments()
        let lessons = outcomes.compactMap(\.lesson)
        let check = LinkCheck(
            lessons, files: paths.map { URL(filePath: $0).lastPathComponent }, attachments: attachments.map(\.path))
        let ofLinks = lessons.map { ($0.path, check.problems(of: $0)) }
        let sound = Set(ofLinks.filter(\.1.isEmpty).map(\.0))
        let (pages, faults) = try await pipeline.splice(
            outcomes.compactMap { try? $0.result.get() }.filter { sound.contains($0.lesson.path) })

        let made = Set(pages.map(\.slug))
        let kept = paths.filter { misnamed[$0] == nil }.map { (path: $0, slug: LessonName(path: $0).slug) }
            .filter { !made.contains($0.slug) }
        let own = try pipeline.publish(pages, kept: kept.compactMap { previous.page(of: $0.slug, source: $0.path) })
        let taken = attachments.filter { attachment in
            OutputFolder.isAsset(attachment.path) || own.contains { $0.path == attachment.path }
        }
        let isConfined = outcomes.allSatisfy { (try? $0.result.get())?.result.isConfined ?? true }
        let problems =
            outcomes.flatMap(\.problems) + ofLinks.flatMap(\.1) + faults + folder.unreadLessons() + unreadable
            + taken.map(folder.clash)
            + (isConfined ? [] : [Sandbox.warning])
        return BuiltSite(
            files: own + attachments.filter { !taken.contains($0) },
            keptSlugs: Set(kept.map(\.slug)),
            problems: problems.sorted { ($0.file ?? "", $0.position ?? .start) < ($1.file ?? "", $1.position ?? .start) })
    }

    /// At most `jobs` at a time; results in the order of the paths.
    private func execute(
        _ paths: [String], except misnamed: [String: Problem], in pipeline: Pipeline,
        progress: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> [LessonOutcome] {
        try await withThrowingTaskGroup(of: (Int, LessonOutcome).self) { group in
            var waiting = paths.enumerated().makeIterator()
            var finished: [Int: LessonOutcome] = [:]
            func startNext() {
                guard let (index, path) = waiting.next() else { return }
                group.addTask {
                    if let problem = misnamed[path] { return (index, LessonOutcome(result: .failure(Problems([problem])))) }
                    return (index, try await execute(path, in: pipeline))
                }
            }
            for _ in 0..<jobs { startNext() }
            while let (index, outcome) = try await group.next() {
                finished[index] = outcome
                progress(BuildProgress(finished: finished.count, total: paths.count, lesson: paths[index], outcome: outcome.result))
                startNext()
            }
            return paths.indices.map { finished[$0]! }
        }
    }

    private func execute(_ path: String, in pipeline: Pipeline) async throws -> LessonOutcome {
        var lesson: Lesson?
        do {
            let parsed = try pipeline.parse(path)
            lesson = parsed
            return LessonOutcome(
                lesson: parsed, result: .success(try await pipeline.execute(pipeline.compose(parsed), of: parsed)))
        } catch let problems as Problems {
            return LessonOutcome(lesson: lesson, result: .failure(problems))
        } catch let problem as Problem {
            return LessonOutcome(lesson: lesson, result: .failure(Problems([problem])))
        }
    }
}

/// What came of one lesson.
private struct LessonOutcome: Sendable {
    /// nil where it could not be read.
    var lesson: Lesson?
    var result: Result<ExecutedLesson, Problems>

    var problems: [Problem] {
        switch result {
        case .success(let lesson): lesson.warnings
        case .failure(let problems): problems.all
        }
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

    fileprivate init(finished: Int, total: Int, lesson: String, outcome: Result<ExecutedLesson, Problems>) {
        (self.finished, self.total, self.lesson) = (finished, total, lesson)
        self.outcome = (try? outcome.get()).map { $0.isReused ? .reused : .ran } ?? .failed
    }
}

/// What a build made: files for the output folder, and what is wrong with which lesson.
package struct BuiltSite: Sendable {
    package var files: [SiteFile]
    /// The pages of failed lessons stay as they were.
    package var keptSlugs: Set<String>
    package var problems: [Problem]

    package init(files: [SiteFile], keptSlugs: Set<String>, problems: [Problem]) {
        self.files = files
        self.keptSlugs = keptSlugs
        self.problems = problems
    }

    package var hasFailed: Bool { problems.contains { $0.severity == .error } }
}

extension SourcePosition {
    fileprivate static let start = SourcePosition(line: 0, column: 0)
}
