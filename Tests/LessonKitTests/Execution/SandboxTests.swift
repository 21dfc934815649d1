import Foundation
import Testing

import LessonKit

/// Other kernels than this one: the rules say up to which ABI Landlock may be used.
@Suite("The sandbox on other kernels")
struct SandboxTests {
    /// Builds a folder of two lessons of one cell each, the second of which prints 42.
    private func build(_ code: String, _ sandbox: Sandbox) async throws -> BuiltSite {
        try await withTemporaryFolder { folder in
            let lessons = folder.appending(path: "lessons")
            try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
            try Data("beside".utf8).write(to: lessons.appending(path: "beside.txt"))
            for (name, code) in ["01-a": code, "02-b": "print(6 * 7)"] {
                try Data("---\ntitle: \(name)\n---\n```{swift}\nimport Foundation\n\(code)\n```\n".utf8)
                    .write(to: lessons.appending(path: name + ".md"))
            }
            return try await SiteBuild(
                lessons: lessons.path(percentEncoded: false), limits: Limits(sandbox: sandbox), jobs: nil, cache: nil,
                previous: OutputFolder(path: folder.appending(path: "output").path(percentEncoded: false))
            ).run { _ in }
        }
    }

    @Test("without Landlock lessons run, and one warning says that they did unconfined")
    func without() async throws {
        let site = try await build(
            "print(try String(contentsOfFile: \"/etc/passwd\", encoding: .utf8).isEmpty)", Sandbox(landlock: 0))
        #expect(site.problems == [Sandbox.warning])
        #expect(site.problems.first?.severity == .warning)
    }

    @Test("where Landlock is required and missing, nothing is built")
    func required() async throws {
        await #expect(throws: MissingTool.self) { try await build("print(1)", Sandbox(.required, landlock: 0)) }
    }

    @Test("what older kernels cannot hold by Landlock is held otherwise", arguments: [1, 2, 3, 4, 5, 6])
    func older(abi: Int) async throws {
        let site = try await build(
            """
            print(try String(contentsOfFile: "beside.txt", encoding: .utf8))
            _ = try? String(contentsOfFile: "/etc/passwd", encoding: .utf8)
            _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            kill(getppid(), SIGKILL)
            truncate("beside.txt", 0)
            let file = open("beside.txt", O_RDONLY | O_TRUNC)
            print(try String(contentsOfFile: "beside.txt", encoding: .utf8).count)
            guard try String(contentsOfFile: "beside.txt", encoding: .utf8) == "beside" else { exit(1) }
            raise(SIGURG)
            """, Sandbox(landlock: abi))
        let messages = site.problems.map { "\($0.position?.line ?? 0): \($0.message)" }
        #expect(
            messages.prefix(3) == [
                "7: this cell reads /etc/passwd, which is no input of the lesson", "8: this cell opens a network connection",
                "9: this cell sends a signal to another process",
            ])
        #expect(!messages.contains { $0.contains("exit()") })
    }
}
