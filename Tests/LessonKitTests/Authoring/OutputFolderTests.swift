import Foundation
import LessonKit
import Testing

@Suite("The output folder")
struct OutputFolderTests {
    @Test("a file that differs is told at the first character that does, with what is there and what is due")
    func firstDifference() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("one\ntwo é 2 three\nfour\n".utf8).write(to: folder.appending(path: "x.html"))
        let file = SiteFile(path: "x.html", contents: Array("one\ntwo é 3 three\nfour\n".utf8))
        let site = BuiltSite(files: [file], keptSlugs: [], problems: [])
        let verification = try await SiteVerification(
            of: OutputFolder(path: folder.path()), against: site, again: site, lessons: LessonsFolder(path: "lessons"))
        let problem = try #require(verification.findings.problems.first)
        #expect(problem.position == SourcePosition(line: 2, column: 7))
        #expect(problem.notes == ["was: “two é 2 three”", "is:  “two é 3 three”"])
    }

    @Test("what is not there is told as missing, behind a link as the link, and where a folder stands as that, with what mends it")
    func missing() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder.appending(path: "a b.html"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createSymbolicLink(atPath: folder.path() + "/data", withDestinationPath: "/nowhere")
        let files = ["a b.html", "c.html", "data/d.csv"].map { SiteFile(path: $0, contents: []) }
        let site = BuiltSite(files: files, keptSlugs: [], problems: [])
        let verification = try await SiteVerification(
            of: OutputFolder(path: folder.path()), against: site, again: site, lessons: LessonsFolder(path: "lessons"))
        let fix = "unroll verify --output \(folder.path()) --fix"
        #expect(
            verification.findings.problems.map(\.description) == [
                """
                \(folder.path())/a b.html: error: is a folder where the site has a file
                  hint: remove it: rm -r '\(folder.path())/a b.html'
                """,
                """
                \(folder.path())/c.html: error: is missing
                  hint: write it: \(fix)
                """,
                """
                \(folder.path())/data: error: is a link, and a web server would serve what it leads to
                  hint: put a file of its own there: \(fix)
                """,
            ])
    }
}
