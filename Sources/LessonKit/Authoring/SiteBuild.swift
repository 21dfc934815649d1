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
        let (pages, faults) = try await pipeline.splice(outcomes.compactMap { try? $0.get() })

        let made = Set(pages.map(\.slug))
        let kept = paths.filter { misnamed[$0] == nil }.map { (path: $0, slug: LessonName(path: $0).slug) }
            .filter { !made.contains($0.slug) }
        let (attachments, unreadable) = folder.attachments()
        let own = try pipeline.publish(pages, kept: kept.compactMap { previous.page(of: $0.slug, source: $0.path) })
        let ownPaths = Set(own.map(\.path))
        func isTaken(_ attachment: SiteFile) -> Bool {
            OutputFolder.isAsset(attachment.path) || ownPaths.contains(attachment.path)
        }
        let isConfined = outcomes.allSatisfy { (try? $0.get())?.result.isConfined ?? true }
        let problems =
            outcomes.flatMap(\.problems) + faults + folder.unreadLessons() + unreadable
            + attachments.filter(isTaken).map(folder.clash)
            + (isConfined ? [] : [Sandbox.warning])
        return BuiltSite(
            files: own + attachments.filter { !isTaken($0) },
            keptSlugs: Set(kept.map(\.slug)),
            problems: problems.sorted { ($0.file ?? "", $0.position ?? .start) < ($1.file ?? "", $1.position ?? .start) })
    }

    /// What came of one lesson.
    private typealias Outcome = Result<ExecutedLesson, Problems>

    /// At most `jobs` at a time; results in the order of the paths.
    private func execute(
        _ paths: [String], except misnamed: [String: Problem], in pipeline: Pipeline,
        progress: @escaping @Sendable (BuildProgress) -> Void
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            var waiting = paths.enumerated().makeIterator()
            var finished: [Int: Outcome] = [:]
            func startNext() {
                guard let (index, path) = waiting.next() else { return }
                group.addTask {
                    if let problem = misnamed[path] { return (index, .failure(Problems([problem]))) }
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

    private func execute(_ path: String, in pipeline: Pipeline) async throws -> Outcome {
        do {
            let lesson = try pipeline.parse(path)
            return .success(try await pipeline.execute(pipeline.compose(lesson), of: lesson).faultless())
        } catch let problems as Problems {
            return .failure(problems)
        } catch let problem as Problem {
            return .failure(Problems([problem]))
        }
    }
}

extension Result<ExecutedLesson, Problems> {
    fileprivate var problems: [Problem] {
        switch self {
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
