import ArgumentParser
import LessonKit

@main
struct Unroll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unroll")
}
