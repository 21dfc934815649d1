import Foundation
import Testing

/// A folder of lessons of its own, and the `unroll` program run in it as a person would.
final class Course: Sendable {
    let folder: URL

    init(_ lessons: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "course-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "lessons"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.appending(path: "tmp"), withIntermediateDirectories: true)
        try Installation.cache.get().copy(to: folder.appending(path: "cache"))
        for (name, text) in lessons { try write(text, to: "lessons/\(name)") }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to file: String) throws {
        try write(Data(text.utf8), to: file)
    }

    func write(_ data: Data, to file: String) throws {
        let url = folder.appending(path: file)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    func text(_ file: String) -> String? {
        try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }

    /// All files below a folder, hidden ones too, by their paths from there.
    func files(_ folder: String) -> [String: Data] {
        let root = self.folder.appending(path: folder).path()
        let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return Dictionary(
            uniqueKeysWithValues: names.compactMap { name in
                FileManager.default.contents(atPath: root + "/" + name).map { (name, $0) }
            })
    }

    func exists(_ file: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: file).path())
    }

    /// What a run left in the folder for temporary files.
    var temporaryFiles: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tmp").path())) ?? []
    }

    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Lessons may take long where other programs compete for the machine: only what hangs is to be ended.
    private static let patience = ["--time-limit", "1200"]

    /// Runs `unroll` in the folder; temporary files and the cache stay inside it.
    ///
    /// - Parameter arguments: take the place of earlier ones; alone they are the whole command.
    func unroll(
        _ words: String..., arguments: [String] = [], environment: [String: String] = [:], by program: URL = Course.program
    ) throws -> Outcome {
        let run = try start(program, words + (words.isEmpty ? [] : Self.patience) + arguments, environment: environment)
        run.waitUntilExit()
        return outcome(of: run)
    }

    /// Runs `unroll` beside others, of which one cannot tell what each said.
    func status(_ words: String...) throws -> Int32 {
        let run = try start(Self.program, words + Self.patience, says: UUID().uuidString)
        run.waitUntilExit()
        return run.terminationStatus
    }

    /// Runs a command of the shell in the folder.
    func shell(_ command: String) throws -> Outcome {
        let run = try start(URL(filePath: "/bin/sh"), ["-c", command])
        run.waitUntilExit()
        return outcome(of: run)
    }

    /// Types a command in the folder, where `unroll` is to be found; what comes to the terminal.
    func typed(_ command: String) throws -> String {
        let path = Self.program.deletingLastPathComponent().path() + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let run = try start(URL(filePath: "/bin/sh"), ["-c", "{ \(command)\n} 2>&1"], environment: ["PATH": path])
        run.waitUntilExit()
        return outcome(of: run).output
    }

    /// Runs `unroll` and presses Ctrl-C as soon as a condition holds.
    func unroll(
        _ words: String..., environment: [String: String] = [:], interruptedWhen condition: (Course) -> Bool
    ) throws -> Outcome {
        let run = try start(Self.program, words + Self.patience, environment: environment)
        while run.isRunning && !condition(self) { usleep(10_000) }
        run.interrupt()
        run.waitUntilExit()
        return outcome(of: run)
    }

    /// Runs `unroll` and kills it, so that it can clean nothing up, as soon as a condition holds.
    func unroll(_ words: String..., killedWhen condition: (Course) -> Bool) throws {
        let run = try start(Self.program, words)
        while run.isRunning && !condition(self) { usleep(10_000) }
        kill(run.processIdentifier, SIGKILL)
        run.waitUntilExit()
    }

    /// Runs `unroll` and kills it after some seconds, if it has not ended by then.
    func unroll(_ words: String..., killedAfter seconds: Double) throws {
        let run = try start(Self.program, words)
        usleep(UInt32(seconds * 1e6))
        kill(run.processIdentifier, SIGKILL)
        run.waitUntilExit()
    }

    /// How many processes run a lesson's program of this course.
    var runningLessons: Int {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.count { process in
            let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
            return program?.hasPrefix(folder.path()) == true && program?.hasSuffix("/lesson") == true
        }
    }

    /// Compiles a program with the command that README gives, and runs it.
    func compileAndRun(_ file: String) throws -> Outcome {
        let libraries = Self.program.deletingLastPathComponent().path()
        let compiler = try start(
            URL(filePath: "/usr/bin/env"),
            [
                "swiftc", "-I", libraries + "/Modules", "-L", libraries, "-lExhibits",
                "-Xlinker", "-rpath", "-Xlinker", libraries, file, "-o", "downloaded",
            ])
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else { return outcome(of: compiler) }
        let run = try start(folder.appending(path: "downloaded"), [])
        run.waitUntilExit()
        return outcome(of: run)
    }

    private func start(_ program: URL, _ arguments: [String], environment: [String: String] = [:], says: String = "") throws
        -> Process
    {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging([
            "TMPDIR": folder.appending(path: "tmp").path(),
            "XDG_CACHE_HOME": folder.appending(path: "cache").path(),
        ]) { $1 }.merging(environment) { $1 }
        let output = folder.appending(path: "stdout" + says), errors = folder.appending(path: "stderr" + says)
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func outcome(of process: Process) -> Outcome {
        Outcome(status: process.terminationStatus, output: text("stdout") ?? "", errors: text("stderr") ?? "")
    }

    // MARK: What a build published

    struct PublishedData: Decodable {
        struct Cell: Decodable { var stdout: String }
        struct Value: Decodable {
            var line: Int
            var column: Int
            var text: String
        }

        struct Claim: Decodable {
            var file: String?
            var line: Int
        }

        var cells: [Cell]
        var inline: [Value]
        var claims: [Claim]
    }

    func data(_ slug: String) throws -> PublishedData {
        try JSONDecoder().decode(PublishedData.self, from: Data((text("output/\(slug).json") ?? "").utf8))
    }

    /// The problems of a JSON report.
    func problems(of outcome: Outcome) throws -> [[String: Any]] {
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]] ?? []
    }

    /// The folder of the PATH that holds a program.
    static func folder(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init).first {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// The program once more, with a library of its own.
    func install() throws -> URL {
        let installation = folder.appending(path: "installation"), built = Self.program.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: installation, withIntermediateDirectories: true)
        for part in ["unroll", "libExhibits.so"] {
            try FileManager.default.copyItem(at: built.appending(path: part), to: installation.appending(path: part))
        }
        for part in ["Modules", "Unroll_LessonKit.resources"] {
            try FileManager.default.createSymbolicLink(
                at: installation.appending(path: part), withDestinationURL: built.appending(path: part))
        }
        return installation.appending(path: "unroll")
    }

    /// The program of this build, beside the tests.
    static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "unroll")
}

/// A lesson with a title and the given body; its first line of the body is line 4.
func lesson(_ body: String, title: String = "A lesson") -> String {
    "---\ntitle: \(title)\n---\n\(body)\n"
}

/// A lesson with one cell, whose first line of code is line 5.
func cell(_ code: String) -> String {
    lesson("```{swift}\n\(code)\n```")
}
