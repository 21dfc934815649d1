import Foundation
import Testing

/// What README shows is what runs.
@Suite("README")
struct ReadmeTests {
    private let readme: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }

    /// The contents of the fenced blocks that open with this line.
    private func blocks(opening fence: String) -> [String] {
        var (blocks, block): ([String], [Substring]?) = ([], nil)
        let end = String(fence.prefix { $0 == "`" })
        for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
            if let lines = block {
                if line == end { (blocks, block) = (blocks + [lines.joined(separator: "\n")], nil) } else { block = lines + [line] }
            } else if line == fence {
                block = []
            }
        }
        return blocks
    }

    @Test("its programs run as cells")
    func programs() throws {
        let programs = blocks(opening: "```swift")
        #expect(programs.count == 2)
        let given =
            "let x = Tensor.randn(5, 1, 3), h0 = Tensor.zeros(1, 1, 4)\nfunc loss(_ output: Tensor) -> Tensor { output.sum() }"
        let course = try Course(["01-x.md": lesson(([given] + programs).map { "```{swift}\n\($0)\n```\n" }.joined(separator: "\n"))]
        )
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("its lesson is built without a fault")
    func exampleLesson() throws {
        let lessons = blocks(opening: "````markdown")
        #expect(lessons.count == 1)
        let course = try Course(["01-x.md": lessons[0]])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty)
    }
}
