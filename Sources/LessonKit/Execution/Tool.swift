import Foundation
import Subprocess

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

    /// In a session of its own: Ctrl-C is for `unroll`, which then ends it.
    static var options: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        return options
    }
}
