import Foundation
import Testing

/// A folder of lessons of its own, and the `unroll` program run in it as a person would.
struct Course: ~Copyable {
    let folder: URL

    init(_ lessons: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "course-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "lessons"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.appending(path: "tmp"), withIntermediateDirectories: true)
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

    /// Runs `unroll` in the folder; temporary files and the cache stay inside it.
    func unroll(_ words: String..., arguments: [String] = [], environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = words + arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging([
            "TMPDIR": folder.appending(path: "tmp").path(),
            "XDG_CACHE_HOME": folder.appending(path: "cache").path(),
        ]) { $1 }.merging(environment) { $1 }
        let output = folder.appending(path: "stdout"), errors = folder.appending(path: "stderr")
        for file in [output, errors] { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: text("stdout") ?? "", errors: text("stderr") ?? "")
    }

    /// The folder of the PATH that holds a program.
    static func folder(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init).first {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }

    /// The program of this build, beside the tests.
    private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
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
