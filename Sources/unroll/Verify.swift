import ArgumentParser
import Foundation
import LessonKit

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks that the site still is what the lessons produce.",
        discussion: """
            Runs every lesson afresh, twice: what differs from run to run is of chance, and
            told so. What a web server would serve must be, to the byte,
            what a build makes: values that moved are told as numbers, at the lines of
            their cells; files that are missing, left over or different by their names.

            --fix writes what is missing or differs, as `unroll build` does, and removes
            what a build may have written and none would now: pages of lessons that are
            gone, and every other visible file that the lessons do not make. It names what
            it removes, and refuses a folder that holds the lessons or no page of a build.
            Hidden files and folders, which no build writes, and links stay: they are told
            with the command that removes them.

            At the top of the site may stand, for hosts and git: .git, .gitattributes,
            .gitignore, .gitkeep, CNAME and an empty .nojekyll. assets/ is not committed:
            it may be missing; a font that is there must be the one that a build makes.

            EXAMPLES
              unroll verify
              unroll verify --fix
              unroll verify --report moved.html
              unroll verify lessons --output output --format github
            """
    )

    @OptionGroup var options: BuildOptions

    @Option(
        help: """
            How to print what was found: text, github, json or sarif. github adds a table to the file that \
            GITHUB_STEP_SUMMARY names.
            """)
    var format = ReportFormat.text

    @Option(
        help: ArgumentHelp("Write what moved, and what moved it, as a page for reviewers.", valueName: "file.html"),
        completion: .file(extensions: ["html"]))
    var report: String?

    @Flag(help: "Write what differs and remove what is left over, then check again.")
    var fix = false

    func run() async throws {
        let output = OutputFolder(path: options.output)
        let lessons = LessonsFolder(path: options.lessons)
        let site = try await build(output, .usual), again = try await build(output, .other)
        var verification = try await SiteVerification(of: output, against: site, again: again, lessons: lessons)
        if let report { try verification.writeReport(to: report) }
        if fix {
            let (removed, warning) = try await verification.fix()
            for name in removed { Terminal.write("removed \(name)") }
            if let warning { Terminal.write("\(warning)") }
            verification = try await SiteVerification(of: output, against: site, again: again, lessons: lessons)
        }
        try tell(verification.findings)
        if verification.findings.hasFailed { throw ExitCode(1) }
        if !options.quiet { Terminal.write("verified \(site.files.count) files of \(options.output)") }
    }

    private func build(_ output: OutputFolder, _ conditions: RunConditions) async throws -> BuiltSite {
        try await SiteBuild(
            lessons: options.lessons, limits: options.limits.limits, jobs: options.jobs,
            cache: nil, previous: output, conditions: conditions
        ).run(progress: Terminal.progress(quiet: options.quiet))
    }

    private func tell(_ findings: Findings) throws {
        let text = try format.report(findings)
        if !text.isEmpty { print(text) }
        if format == .github, let summary = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !summary.isEmpty {
            try findings.addSummary(to: summary)
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
