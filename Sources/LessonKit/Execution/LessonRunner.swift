import Exhibits
import Foundation

/// Runs a lesson's program through the Swift compiler and records what its cells do.
package struct LessonRunner: Sendable {
    let toolchain: Toolchain
    let limits: Limits
    /// What lessons may read besides: the paths that cover their attachments.
    let inputs: [String]
    let conditions: RunConditions

    package struct Result: Sendable {
        /// Where there are faults, as far as the program came.
        package var recording: Recording
        package var warnings: [Problem]
        /// What is wrong with the lesson's code, or with what it did.
        package var faults: [Problem] = []
        /// Whether the kernel held the lesson to what it may touch.
        package var isConfined: Bool
    }

    /// Compiles and runs in a temporary folder, which is gone afterwards however it ends.
    package func run(_ program: Program, of lesson: Lesson) async throws -> Result {
        guard !lesson.snippets.isEmpty else {
            return Result(recording: Recording(nothingOf: lesson), warnings: [], isConfined: true)
        }
        return try await withTemporaryFolder { folder in
            do {
                let compiler = LessonCompiler(toolchain: toolchain, limits: limits, folder: folder)
                let compiled = try await compiler.compile(program, of: lesson)
                return try await record(program, of: lesson, compiled, in: folder)
            } catch let problems as Problems {
                return Result(recording: Recording(nothingOf: lesson), warnings: [], faults: problems.all, isConfined: true)
            }
        }
    }

    // MARK: Run

    private func record(
        _ program: Program, of lesson: Lesson, _ compiled: LessonCompiler.Outcome, in folder: URL
    ) async throws -> Result {
        let printed = folder.appending(path: "stdout")
        let messages = folder.appending(path: "stderr")
        let log = folder.appending(path: "recording")
        let executable = folder.appending(path: "lesson")
        let permissions = Permissions(of: lesson, inputs: inputs, in: folder, log: log, toolchain: toolchain)
        let rules = try permissions.write(limits, conditions)
        let ending = try await ChildProcess(
            executable: executable.filePath,
            arguments: [],
            environment: [
                Recorder.recordingVariable: log.filePath,
                Permissions.variable: rules.filePath,
                "SWIFT_BACKTRACE": "enable=no",  // CrashReport's sees further.
                // glibc is to keep freed memory: to get a layer's megabytes anew at every step takes a third of the training.
                "MALLOC_MMAP_THRESHOLD_": "\(32 << 20)",
                "MALLOC_TRIM_THRESHOLD_": "\(128 << 20)",
                "SWIFT_DETERMINISTIC_HASHING": "1",  // A dictionary prints in the same order in every run.
                "TZ": "UTC",
                "LC_ALL": "C.UTF-8",
                "TMPDIR": permissions.temporaryFolder.filePath,
            ].merging(conditions.environment) { $1 },
            isTool: false, inherited: [],
            workingDirectory: URL(filePath: lesson.path).deletingLastPathComponent(),
            standardOutput: printed, standardError: messages
        ).run(timeLimit: limits.time)
        let recorded = RecordedRun(log: log.bytes, printed: printed.bytes, program: program, lesson: lesson)
        let refusals = Refusals(records: permissions.records.bytes)
        if limits.sandbox.demand == .required, !refusals.isConfined { throw Sandbox.missing }
        let refused = try await refusals.problems(lesson, recorded) { frames in
            try await CrashLocation(frames: frames, program: program, lesson: lesson)
                .find(in: executable, toolchain: toolchain, scratch: folder)
        }
        var recording = recorded.recording
        recording.names = compiled.names
        var result = Result(recording: recording, warnings: compiled.warnings, isConfined: refusals.isConfined)
        if ending == .exited(0), recorded.hasEnded {
            result.faults = refused + recorded.problems
        } else if refused.isEmpty {
            let standardError = messages.text
            let places = try await CrashLocation(standardError: standardError, program: program, lesson: lesson)
                .find(in: executable, toolchain: toolchain, scratch: folder)
            let fault = RunFault(
                ending: ending, standardError: standardError,
                places: places.isEmpty ? [recorded.lastPlace].compactMap(\.self) : places,
                program: program, lesson: lesson, limits: limits)
            result.faults = [fault.problem]
        } else {
            result.faults = refused  // What a lesson was refused is why it failed.
        }
        return result
    }
}

extension Duration {
    /// `60 s`, `0.5 s`
    package var inWords: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
