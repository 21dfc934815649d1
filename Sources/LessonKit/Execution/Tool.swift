import Foundation
import Subprocess
#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A program of this machine that a build uses, held so that it ends with `unroll`, however that ends.
struct Tool {
    let path: String

    /// nil where it is not on the PATH.
    init?(_ name: String) {
        guard let path = Toolchain.executable(name) else { return nil }
        self.path = path
    }

    init(path: String) { self.path = path }

    /// The command that starts it: it gets SIGINT, on which the compiler ends what it started, when `unroll` has died; what
    /// lives on all the same ends after so many seconds of processor time.
    func command(_ arguments: [String], processorTime: Int) -> (executable: String, arguments: [String]) {
        let follow = Toolchain.executable("setpriv").map { [$0, "--pdeathsig", "INT", "--"] } ?? []
        return (
            "/bin/sh", ["-c", "ulimit -t \(processorTime) 2>/dev/null; exec \"$@\"", "sh"] + follow + [path] + arguments
        )
    }

    /// Runs it to its end; whoever cancels has it killed.
    ///
    /// - Parameter outputLimit: The most bytes that it may print.
    func run(_ arguments: [String], input: String = "", processorTime: Int, outputLimit: Int = 1 << 20) async throws -> Result {
        let command = command(arguments, processorTime: processorTime)
        let result = try await Subprocess.run(
            .path(FilePath(command.executable)), arguments: Arguments(command.arguments), platformOptions: Self.options,
            input: .string(input), output: .string(limit: outputLimit), error: .string(limit: 1 << 20))
        try Task.checkCancellation()
        return Result(status: result.terminationStatus, output: result.standardOutput, messages: result.standardError)
    }

    struct Result {
        var status: TerminationStatus
        var output: String
        /// What it printed on standard error.
        var messages: String
    }

    /// In a session of its own: Ctrl-C is for `unroll`, which then ends it.
    static var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        return options
    }
}
