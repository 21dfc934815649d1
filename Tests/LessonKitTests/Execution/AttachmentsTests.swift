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
            return Attachments.covering(folder.path(percentEncoded: false)).map {
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

    @Test("a link stands for nothing")
    func links() async throws {
        #expect(try await covering(["a.csv"], links: ["b.csv": "a.csv", "passwd": "/etc/passwd", "etc": "/etc"]) == ["a.csv"])
    }
}
