import ArgumentParser
import LessonKit

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks that the site still is what the lessons produce.",
        discussion: """
            Runs every lesson afresh. A file of the site that is missing, left over or
            differs by a byte fails, named with its first difference.

            EXAMPLES
              unroll verify
              unroll verify lessons --output output --format github
            """
    )

    @OptionGroup var options: BuildOptions

    @Option(help: "How to print what was found: text, github or json.")
    var format = ReportFormat.text

    func run() async throws {
        let output = OutputFolder(path: options.output)
        let site = try await SiteBuild(
            lessons: options.lessons, limits: options.limits.limits, jobs: options.jobs,
            cache: nil, previous: output
        ).run(progress: Terminal.progress(quiet: options.quiet))
        let problems = site.problems + output.differences(from: site)
        let report = try format.report(Findings(problems: problems))
        if !report.isEmpty { print(report) }
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
        if !options.quiet { Terminal.write("verified \(site.files.count) files of \(options.output)") }
    }
}

extension ReportFormat: ExpressibleByArgument {}
