import ArgumentParser
import Foundation
import LessonKit

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs one lesson and prints its values.",
        discussion: """
            Where the lesson fails, what its cells printed and showed before is printed all
            the same, and the status is 1. A translation runs with the lesson that it
            translates.

            EXAMPLES
              unroll run lessons/02-lstm-gates.md
              unroll run lessons/02-lstm-gates.md --json
            """
    )

    @Argument(help: "The lesson.", completion: .file(extensions: ["md"]))
    var lesson: String

    @Flag(help: "Print the object that the site publishes as the lesson's .json file, and under \"problems\" what is wrong.")
    var json = false

    @OptionGroup var limits: LimitOptions

    func run() async throws {
        let result = try await SingleRun(lesson, limits: limits.limits)
        let output = json ? try result.json : result.text
        if !output.isEmpty { print(output) }
        for problem in result.problems { Terminal.write("\(problem)") }
        if result.hasFailed { throw ExitCode(1) }
    }
}
