import ArgumentParser
import Foundation
import LessonKit

@main
struct Unroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unroll",
        abstract: "Turns Markdown lessons with live Swift cells into a site whose numbers cannot lie.",
        discussion: """
            EXAMPLES
              unroll build                           lessons/ → output/
              unroll run lessons/02-lstm-gates.md    one lesson's values in the terminal
              unroll verify                          is output/ what the lessons make?
              unroll pdf                             the whole course, printed
              unroll cache                           what is kept between builds

            EXIT STATUS
              0   fine
              1   a lesson is at fault
              2   wrong usage
              70  a fault of Unroll or of this machine
              130 interrupted
            """,
        subcommands: [Build.self, Run.self, Verify.self, PDF.self, Cache.self]
    )

    static func main() async {
        Foundation.exit(await Interruption.cancelling(status))
    }

    /// Runs the command that the arguments name and returns the exit status.
    private static func status() async -> Int32 {
        do {
            try ProcessLimits.check()
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch _ where Task.isCancelled {
            // Whatever was said of the work that was stopped.
            return 130
        } catch let problem as Problem {
            return report([problem])
        } catch let problems as Problems {
            return report(problems.all)
        } catch let tool as MissingTool {
            Terminal.write("\(tool)")
            return 70
        } catch let fault as MachineFault {
            Terminal.write("\(fault)")
            return 70
        } catch let fault as InternalFault {
            Terminal.write("\(fault)")
            return 70
        } catch {
            return report(error)
        }
    }

    private static func report(_ problems: [Problem]) -> Int32 {
        for problem in problems { Terminal.write("\(problem)") }
        return 1
    }

    private static func report(_ error: any Error) -> Int32 {
        switch exitCode(for: error) {
        case .success:
            print(fullMessage(for: error))
            return 0
        case .validationFailure:
            Terminal.write(fullMessage(for: error))
            return 2
        case let code where error is ExitCode:
            return code.rawValue
        default:
            Terminal.write("error: \(error)\n  note: this is a fault of Unroll, not of a lesson")
            return 70
        }
    }
}
