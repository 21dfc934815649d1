import Foundation
import Subprocess
import Synchronization
#if canImport(System)
import System
#else
import SystemPackage
#endif

/// Knows the running process, so that a time limit can ask it where it is before it ends.
private final class Watch: Sendable {
    private struct State {
        var group: pid_t?
        var isTimeUp = false
    }

    private let state = Mutex(State())

    var isTimeUp: Bool { state.withLock { $0.isTimeUp } }

    func started(_ process: pid_t) {
        state.withLock { $0.group = process }
    }

    /// Ends what the process started and left running: everything of its session.
    func ended() {
        let session = state.withLock { state in
            defer { state.group = nil }
            return state.group
        }
        guard let session else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
            if let process = pid_t(name), process != session, getsid(process) == session { kill(process, SIGKILL) }
        }
    }

    func timeIsUp() {
        state.withLock { state in
            state.isTimeUp = true
            if let group = state.group { kill(-group, SIGQUIT) }
        }
    }
}

/// A program run to its end, or to its time limit, with its output in files.
struct ChildProcess {
    var executable: String
    var arguments: [String]
    var environment: [String: String] = [:]
    /// Whether it is to end with this process; a lesson's program sees to that itself.
    var isTool = true
    /// What it has of this process's environment besides: for tools the way to themselves and to their caches.
    var inherited = ["PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR", "LD_LIBRARY_PATH", "TOOLCHAINS", "SDKROOT", "DEVELOPER_DIR"]
    /// Where it runs; where this process does when nil.
    var workingDirectory: URL?
    var standardOutput: URL
    var standardError: URL

    enum Ending: Equatable {
        case exited(Int)
        case signalled(Int)
        /// Stopped by SIGQUIT, to which a lesson's program answers with a crash report, or by SIGKILL.
        case timedOut
    }

    /// How long a program may take to answer SIGQUIT before it is killed.
    private static let grace = Duration.seconds(5)

    /// Runs in a session of its own, so that what it starts ends with it.
    func run(timeLimit: Duration) async throws -> Ending {
        let watch = Watch()
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await self.run(watchedBy: watch, timeLimit: timeLimit) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                watch.timeIsUp()
                try await Task.sleep(for: Self.grace)
                return .timedOut
            }
            guard let ending = try await group.next() else { return .timedOut }
            // Whoever cancels has the process killed, which is no fault of the lesson.
            try Task.checkCancellation()
            return watch.isTimeUp ? .timedOut : ending
        }
    }

    private func run(watchedBy watch: Watch, timeLimit: Duration) async throws -> Ending {
        let processorTime = Limits(time: timeLimit).processorTime
        let command =
            isTool ? Tool(path: executable).command(arguments, processorTime: processorTime) : (executable, arguments)
        let outcome = try await Subprocess.run(
            .path(FilePath(command.0)),
            arguments: Arguments(command.1),
            environment: .custom(
                Dictionary(uniqueKeysWithValues: wholeEnvironment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            workingDirectory: workingDirectory.map { FilePath($0.filePath) },
            platformOptions: Tool.options,
            input: .none,
            output: .fileDescriptor(try Self.open(standardOutput), closeAfterSpawningProcess: true),
            error: .fileDescriptor(try Self.open(standardError), closeAfterSpawningProcess: true)
        ) { execution in
            watch.started(execution.processIdentifier.value)
        }
        watch.ended()
        return switch outcome.terminationStatus {
        case .exited(let code): .exited(Int(code))
        case .signaled(let signal): .signalled(Int(signal))
        }
    }

    private var wholeEnvironment: [String: String] {
        ProcessInfo.processInfo.environment.filter { inherited.contains($0.key) }.merging(environment) { $1 }
    }

    private static func open(_ file: URL) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(file.filePath), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite
        )
    }
}
