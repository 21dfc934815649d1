import Exhibits
import Foundation

/// Runs a lesson's program through the Swift compiler and records what its cells do.
package struct LessonRunner: Sendable {
    let toolchain: Toolchain
    let limits: Limits

    package init(toolchain: Toolchain, limits: Limits) {
        self.toolchain = toolchain
        self.limits = limits
    }

    package struct Result: Sendable {
        package var recording: Recording
        package var warnings: [Problem]
        /// Whether the kernel held the lesson to what it may touch.
        package var isConfined: Bool
    }

    /// Compiles and runs in a temporary folder, which is gone afterwards however it ends.
    package func run(_ program: Program, of lesson: Lesson) async throws -> Result {
        guard !lesson.snippets.isEmpty else {
            return Result(recording: Recording(cells: [], values: []), warnings: [], isConfined: true)
        }
        return try await withTemporaryFolder { folder in
            let warnings = try await compile(program, of: lesson, in: folder)
            let (recording, isConfined) = try await record(program, of: lesson, in: folder)
            return Result(recording: recording, warnings: warnings, isConfined: isConfined)
        }
    }

    // MARK: Compile

    /// Returns the compiler's warnings; throws all of its errors.
    private func compile(_ program: Program, of lesson: Lesson, in folder: URL) async throws -> [Problem] {
        let source = folder.appending(path: "main.swift")
        let sil = folder.appending(path: "sil")
        try Data(program.source.utf8).write(to: source)
        let (ending, messages) = try await swiftc(
            [
                // Lines are all that a crash report needs; more would cost half the time again.
                "-use-ld=lld", "-gline-tables-only", "-Onone", "-swift-version", "5", "-module-name", "lesson",
                "-module-cache-path", toolchain.moduleCache ?? folder.appending(path: "modules").filePath,
                "-I", toolchain.libraries + "/Modules", "-L", toolchain.libraries, "-lExhibits",
                "-Xlinker", "-rpath", "-Xlinker", toolchain.libraries,
                "-Xfrontend", "-sil-output-path", "-Xfrontend", sil.filePath,
                source.filePath, "-o", folder.appending(path: "lesson").filePath,
            ], in: folder)
        let diagnostics = Diagnostics(messages, program: program, lesson: lesson).problems
        switch ending {
        case .exited(0):
            let early = EarlyReads(sil: Self.bytes(of: sil)).problems(program, lesson)
            guard early.isEmpty else { throw Problems(early) }
            return diagnostics.filter { !lesson.isInTrappingCell($0.position) }
        case .timedOut:
            throw Problems([Problem(file: lesson.path, "the compiler did not finish within \(limits.compileTime.inWords)")])
        case .exited, .signalled:
            throw Problems(try await compileErrors(diagnostics, program, lesson, messages, in: folder))
        }
    }

    /// The errors of the whole program, and those of each piece read alone: an unclosed brace is told
    /// in its own cell, not where the program ends.
    private func compileErrors(
        _ diagnostics: [Problem], _ program: Program, _ lesson: Lesson, _ messages: String, in folder: URL
    ) async throws -> [Problem] {
        var syntax: [Problem] = []
        for piece in program.pieces {
            let file = folder.appending(path: "main.swift")
            try Data(piece.utf8).write(to: file)
            let (_, output) = try await swiftc(["-frontend", "-parse", file.filePath], in: folder)
            syntax += Diagnostics(output, program: program, lesson: lesson).problems
        }
        // What is unclosed is missed once more at the end of the whole program, where the lesson has no code.
        let placed = (syntax + diagnostics).filter { $0.severity == .error }.compactMap { problem -> Problem? in
            guard let position = problem.position.flatMap(program.codePosition) else { return nil }
            var placed = problem
            placed.position = position
            return placed
        }
        var seen: Set<SourcePosition> = []
        let errors = placed.filter { seen.insert($0.position!).inserted }.sorted { $0.position! < $1.position! }
        guard errors.isEmpty else { return errors }
        let first = diagnostics.first { $0.severity == .error }?.message ?? String(messages.prefix(1000))
        return [Problem(file: lesson.path, "the lesson's program does not compile: \(first)")]
    }

    private func swiftc(_ arguments: [String], in folder: URL) async throws -> (ChildProcess.Ending, String) {
        let messages = folder.appending(path: "compiler-\(UUID().uuidString)")
        let ending = try await ChildProcess(
            executable: toolchain.swiftc,
            arguments: arguments + ["-diagnostic-style=llvm", "-no-color-diagnostics"],
            environment: [
                // Swift 6.3's driver crashes on a folder beyond ASCII.
                "TMPDIR": folder.filePath.allSatisfy(\.isASCII) ? folder.filePath : "/tmp",
                "SWIFT_BACKTRACE": "enable=no",
            ],
            standardOutput: messages, standardError: messages
        ).run(timeLimit: limits.compileTime)
        return (ending, text(of: messages))
    }

    // MARK: Run

    private func record(
        _ program: Program, of lesson: Lesson, in folder: URL
    ) async throws -> (recording: Recording, isConfined: Bool) {
        let printed = folder.appending(path: "stdout")
        let messages = folder.appending(path: "stderr")
        let log = folder.appending(path: "recording")
        let executable = folder.appending(path: "lesson")
        let permissions = Permissions(of: lesson, in: folder, log: log, toolchain: toolchain)
        let rules = try permissions.write(limits)
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
            ],
            inherited: [],
            workingDirectory: URL(filePath: lesson.path).deletingLastPathComponent(),
            standardOutput: printed, standardError: messages
        ).run(timeLimit: limits.time)
        let recorded = RecordedRun(
            log: Self.bytes(of: log), printed: Self.bytes(of: printed), lesson: lesson)
        let refusals = Refusals(records: Self.bytes(of: permissions.records))
        if limits.sandbox.demand == .required, !refusals.isConfined { throw Sandbox.missing }
        let refused = try await refusals.problems(lesson, recorded) { frames in
            try await CrashLocation(frames: frames, program: program, lesson: lesson)
                .find(in: executable, toolchain: toolchain, scratch: folder)
        }
        guard ending == .exited(0), recorded.hasEnded else {
            let standardError = text(of: messages)
            let position = try await CrashLocation(standardError: standardError, program: program, lesson: lesson)
                .find(in: executable, toolchain: toolchain, scratch: folder)
            // What a lesson was refused is why it failed.
            guard refused.isEmpty else { throw Problems(refused) }
            throw Problems([
                RunFault(
                    ending: ending, standardError: standardError, position: position ?? recorded.lastPosition,
                    lesson: lesson, limits: limits
                ).problem
            ])
        }
        let problems = refused + recorded.problems(program)
        guard problems.isEmpty else { throw Problems(problems) }
        return (recorded.recording, refusals.isConfined)
    }

    private func text(of file: URL) -> String {
        String(decoding: Self.bytes(of: file), as: UTF8.self)
    }

    /// Nothing for a file that is gone: a lesson's program can remove any.
    private static func bytes(of file: URL) -> Data {
        (try? Data(contentsOf: file)) ?? Data()
    }
}

extension Lesson {
    /// Unused results and values are what a cell that must trap is made of: no warning of them is worth telling.
    func isInTrappingCell(_ position: SourcePosition?) -> Bool {
        cells.contains { cell in
            cell.options.error && cell.lines.contains { $0.position.line == position?.line }
        }
    }
}

extension Duration {
    /// `60 s`, `0.5 s`
    package var inWords: String {
        let seconds = self / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}

/// Hands a new folder to a body and removes it afterwards, also when the body throws.
package func withTemporaryFolder<Result>(
    _ body: (URL) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "unroll-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
