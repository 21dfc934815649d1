import Foundation
import Subprocess
#if canImport(System)
import System
#else
import SystemPackage
#endif

/// A program run to its end, or to its time limit, with its output in files.
struct ChildProcess {
    var executable: String
    var arguments: [String]
    /// Added to the environment of this process.
    var environment: [String: String] = [:]
    var standardOutput: URL
    var standardError: URL

    enum Ending: Equatable {
        case exited(Int)
        case signalled(Int)
        /// Stopped by SIGQUIT, to which Swift programs answer with a backtrace, or by SIGKILL.
        case timedOut
    }

    /// Runs in a session of its own, so that what it starts ends with it.
    func run(timeLimit: Duration) async throws -> Ending {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .quit, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))]
        let platformOptions = options
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    .path(FilePath(executable)),
                    arguments: Arguments(arguments),
                    environment: .inherit.updating(Dictionary(uniqueKeysWithValues: environment.map {
                        (Environment.Key(stringLiteral: $0.key), Optional($0.value))
                    })),
                    platformOptions: platformOptions,
                    input: .none,
                    output: .fileDescriptor(try Self.open(standardOutput), closeAfterSpawningProcess: true),
                    error: .fileDescriptor(try Self.open(standardError), closeAfterSpawningProcess: true)
                )
                return switch result.terminationStatus {
                case .exited(let code): .exited(Int(code))
                case .signaled(let signal): .signalled(Int(signal))
                }
            }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return .timedOut
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { return .timedOut }
            if first == .timedOut {
                group.cancelAll()
                _ = try? await group.next()
            }
            return first
        }
    }

    private static func open(_ file: URL) throws -> FileDescriptor {
        try FileDescriptor.open(
            FilePath(file.path()), .writeOnly, options: [.create, .append, .closeOnExec], permissions: .ownerReadWrite
        )
    }
}
