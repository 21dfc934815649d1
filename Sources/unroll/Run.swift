import ArgumentParser
import Foundation
import LessonKit

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs one lesson and prints its values.",
        discussion: """
            EXAMPLES
              unroll run lessons/02-lstm-gates.md
              unroll run lessons/02-lstm-gates.md --json
            """
    )

    @Argument(help: "The lesson.", completion: .file(extensions: ["md"]))
    var lesson: String

    @Flag(help: "Print the object that the site publishes as the lesson's .json file.")
    var json = false

    @OptionGroup var limits: LimitOptions

    func run() async throws {
        let result = try await SingleRun(lesson, limits: limits.limits)
        for warning in result.warnings { Terminal.write("\(warning)") }
        print(json ? try result.json : result.text)
    }
}
