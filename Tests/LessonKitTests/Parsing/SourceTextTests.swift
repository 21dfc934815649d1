import LessonKit
import Testing

@Suite struct SourceTextTests {
    private func problems(_ bytes: [UInt8]) -> [Problem] {
        do throws(Problems) {
            _ = try Lesson.parse(bytes, path: "lessons/x.md")
            return []
        } catch {
            return error.all
        }
    }

    @Test("a byte that is not UTF-8 is told at its line and column, counted in characters")
    func invalidByte() {
        let found = problems(Array((head + "中文 ").utf8) + [0xFF, 0x20])
        #expect(found.map(\.position) == [at(4, 4)])
        #expect(found.map(\.message) == ["byte 0xFF is not UTF-8"])
        #expect(found.map(\.file) == ["lessons/x.md"])
    }

    @Test("a character that is cut off at the end of the file is told at its first byte")
    func truncatedCharacter() {
        #expect(problems(Array((head + "a\n").utf8) + [0xE4, 0xB8]).map(\.position) == [at(5, 1)])
    }

    @Test("a NUL is told at its place, so that UTF-16 does not pass as empty text")
    func nul() {
        #expect(problems(Array((head + "ab").utf8) + [0]).map(\.position) == [at(4, 3)])
    }

    @Test("a byte order mark takes up no column", arguments: ["\n", "\r\n", "\r"])
    func byteOrderMarkAndLineEndings(ending: String) throws {
        let text = "\u{FEFF}---\ntitle: T\n---\n\n- `{swift} a`\n\n  ```{swift}\n  b\n  ```\n"
        let bytes = Array(text.replacing("\n", with: ending).utf8)
        let lesson = try Lesson.parse(bytes, path: "x.md")
        #expect(lesson.frontMatter.title == "T")
        #expect(lesson.values.map(\.position) == [at(5, 12)])
        #expect(lesson.cells[0].lines == [CodeLine(text: "b", position: at(8, 3))])
    }

    @Test("an empty file lacks its front matter")
    func empty() {
        #expect(problems([]).map(\.message) == ["the lesson has no front matter"])
    }
}
