import Foundation
import Testing

import LessonKit

@Suite("Attachments")
struct AttachmentsTests {
    /// The paths that cover the attachments of a folder with these files, from that folder.
    private func covering(_ files: [String], links: [String: String] = [:]) async throws -> [String] {
        try await withTemporaryFolder { folder in
            for file in files {
                let url = folder.appending(path: file)
                try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: url)
            }
            for (link, target) in links {
                try FileManager.default.createSymbolicLink(
                    atPath: folder.appending(path: link).path(percentEncoded: false), withDestinationPath: target)
            }
            return AttachmentWalk(folder.path(percentEncoded: false)).covering.map {
                String($0.dropFirst(folder.path(percentEncoded: false).count + 1))
            }.sorted()
        }
    }

    @Test("every file that is neither a lesson nor hidden is one")
    func files() async throws {
        #expect(try await covering(["01-a.md", "a.csv", ".env", "README.MD", "b.md.txt"]) == ["a.csv", "b.md.txt"])
    }

    @Test("a folder of attachments alone stands for all of them")
    func wholeFolder() async throws {
        #expect(try await covering(["01-a.md", "data/a.csv", "data/deep/b.csv"]) == ["data"])
    }

    @Test("a folder with a lesson or a hidden file somewhere below does not")
    func mixedFolder() async throws {
        let files = ["data/a.csv", "data/deep/b.csv", "data/deep/c.md", "data/other/d.csv", "more/.git/config", "more/e.csv"]
        #expect(try await covering(files) == ["data/a.csv", "data/deep/b.csv", "data/other", "more/e.csv"])
    }

    @Test("a link to an attachment, or to a folder of them, has the contents of what it leads to under its own name")
    func followedLinks() async throws {
        try await withTemporaryFolder { folder in
            let lessons = folder.appending(path: "lessons")
            try FileManager.default.createDirectory(at: lessons.appending(path: "data"), withIntermediateDirectories: true)
            try Data("1".utf8).write(to: lessons.appending(path: "data/a.csv"))
            for (link, target) in [("more", "data"), ("b.csv", "data/a.csv")] {
                try FileManager.default.createSymbolicLink(
                    atPath: lessons.appending(path: link).path(), withDestinationPath: target)
            }
            let walk = AttachmentWalk(lessons.path())
            #expect(walk.problems.isEmpty)
            #expect(walk.files.map(\.name) == ["b.csv", "data/a.csv", "more/a.csv"])
            #expect(try walk.files.allSatisfy { try String(contentsOfFile: $0.path, encoding: .utf8) == "1" })
        }
    }

    @Test(
        "a link that leads out, to a lesson, to what is hidden, nowhere or in a circle is told, and what is no file too",
        arguments: [
            ("../secret-of-someone-else", "is a link to what is no attachment"), ("01-a.md", "is a link to what is no attachment"),
            (".hidden/x", "is a link to what is no attachment"), ("gone.csv", "is a link that leads nowhere"),
            (".", "is a link to what is no attachment"), ("data", "is a link that leads round in a circle"),
        ])
    func refusedLinks(target: String, message: String) async throws {
        try await withTemporaryFolder { folder in
            let lessons = folder.appending(path: "lessons")
            for path in ["lessons/data", "lessons/.hidden"] {
                try FileManager.default.createDirectory(at: folder.appending(path: path), withIntermediateDirectories: true)
            }
            for file in ["secret-of-someone-else", "lessons/01-a.md", "lessons/.hidden/x"] {
                try Data().write(to: folder.appending(path: file))
            }
            let link = target == "data" ? "data/link" : "link"
            try FileManager.default.createSymbolicLink(
                atPath: lessons.appending(path: link).path(), withDestinationPath: target == "data" ? "../data" : target)
            let walk = AttachmentWalk(lessons.path())
            #expect(walk.files.isEmpty)
            #expect(walk.problems.map(\.message) == [message])
            #expect(walk.problems.first?.file?.hasSuffix("/" + link) == true)
        }
    }

    @Test("a pipe is told: to read it would wait for ever")
    func pipe() async throws {
        try await withTemporaryFolder { folder in
            #expect(mkfifo(folder.appending(path: "pipe").path(), 0o600) == 0)
            #expect(AttachmentWalk(folder.path()).problems.map(\.message) == ["is neither a file nor a folder"])
        }
    }

    @Test("a link stands for nothing")
    func links() async throws {
        #expect(try await covering(["a.csv"], links: ["b.csv": "a.csv", "passwd": "/etc/passwd", "etc": "/etc"]) == ["a.csv"])
    }
}
