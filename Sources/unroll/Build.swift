import ArgumentParser
import LessonKit

struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Builds the site.",
        discussion: """
            Runs every lesson and writes its page (.html), its data (.json) and its
            program (.swift). A lesson that fails keeps the page that it had; the others
            are built.

            EXAMPLES
              unroll build
              unroll build course --output public --jobs 1
              unroll build --no-cache --time-limit 5
              unroll build --explain --quiet
            """
    )

    @OptionGroup var options: BuildOptions

    @Flag(help: "Run every lesson; else those that are unchanged keep what the last build recorded.")
    var noCache = false

    @Flag(help: "Print of each lesson whether it ran, and why.")
    var explain = false

    func run() async throws {
        let site = try await SiteBuild(
            lessons: options.lessons, limits: options.limits.limits, jobs: options.jobs,
            cache: RecordingCache(isRead: !noCache), previous: OutputFolder(path: options.output)
        ).run(progress: Terminal.progress(quiet: options.quiet))
        if explain { print(site.explanations.joined(separator: "\n")) }
        let output = OutputFolder(path: options.output)
        try output.replace(with: site)
        for problem in site.problems { Terminal.write("\(problem)") }
        if let warning = try await output.writeMathFont() { Terminal.write("\(warning)") }
        if site.hasFailed { throw ExitCode(1) }
    }
}
