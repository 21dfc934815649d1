import ArgumentParser
import Foundation
import LessonKit

struct PDF: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pdf",
        abstract: "Prints the whole course as a PDF.",
        discussion: """
            The front page, the contents and every lesson, with solutions and folded parts
            open, through Chromium. A lesson that fails leaves no gap: nothing is printed.

            EXAMPLES
              unroll pdf
              unroll pdf --language zh --output course.zh.pdf
              unroll pdf course --output course.pdf
            """
    )

    @Argument(help: "The folder of lessons.", completion: .directory)
    var lessons = "lessons"

    @Option(help: ArgumentHelp("The file to write.", valueName: "file.pdf"), completion: .file(extensions: ["pdf"]))
    var output = "course.pdf"

    @Option(
        help: ArgumentHelp("The edition to print, by its folder, such as zh; the originals when not given.", valueName: "language"))
    var language: String?

    @Option(help: ArgumentHelp("Lessons to run at once; as many as there are cores when not given.", valueName: "n"))
    var jobs: Int?

    @OptionGroup var limits: LimitOptions

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more; got \(jobs)") }
        guard output.lowercased().hasSuffix(".pdf") else {
            throw ValidationError("--output names a file that ends in .pdf; got \(output.isEmpty ? "an empty name" : output)")
        }
    }

    func run() async throws {
        let site = try await SiteBuild(
            lessons: lessons, limits: limits.limits, jobs: jobs, cache: RecordingCache(isRead: true), previous: nil
        ).run(progress: Terminal.progress(quiet: quiet))
        for problem in site.problems { Terminal.write("\(problem)") }
        if site.hasFailed { throw ExitCode(1) }
        let book = try await BookPrint(of: site, in: language)
        if let warning = book.warning { Terminal.write("\(warning)") }
        try book.write(to: output)
    }
}
