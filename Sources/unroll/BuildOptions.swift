import ArgumentParser
import LessonKit

/// Options that every command over a folder of lessons takes.
struct BuildOptions: ParsableArguments {
    @Argument(help: "The folder of lessons.", completion: .directory)
    var lessons = "lessons"

    @Option(help: ArgumentHelp("The folder of the site.", valueName: "dir"), completion: .directory)
    var output = "output"

    @Option(help: ArgumentHelp("Lessons to run at once; as many as there are cores when not given.", valueName: "n"))
    var jobs: Int?

    @OptionGroup var limits: LimitOptions

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more; got \(jobs)") }
        guard !output.isEmpty, !lessons.isEmpty else {
            throw ValidationError("a folder has a name; got an empty one for \(output.isEmpty ? "--output" : "the lessons")")
        }
        // What a build writes would be an attachment of the next.
        let folder = LessonsFolder(path: lessons)
        if folder.hasLessons, OutputFolder(path: output).lies(in: folder) {
            throw ValidationError(
                "the site's folder, \(output), lies in that of the lessons, \(lessons): name one outside with --output")
        }
    }
}

struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long a lesson may run; compiling may take a minute at least.", valueName: "seconds"))
    var timeLimit = 60.0

    @Option(
        help: ArgumentHelp(
            "Where the kernel cannot hold lessons to what they may touch: run them with a warning, or refuse to.",
            valueName: "preferred|required"))
    var sandbox = Sandbox.Demand.preferred

    /// A day.
    private static let longest = 86_400.0

    var limits: Limits { Limits(time: .seconds(timeLimit), sandbox: Sandbox(sandbox)) }

    func validate() throws {
        guard timeLimit > 0, timeLimit <= Self.longest else {
            throw ValidationError("--time-limit must be more than 0 and at most \(Int(Self.longest)) seconds; got \(timeLimit)")
        }
    }
}

extension Sandbox.Demand: ExpressibleByArgument {}
