import LessonKit
import Testing

@Suite struct TaskListTests {
    private func items(_ markdown: String) throws -> [[Block]] {
        guard case .list(let list) = try parse(markdown).blocks[0] else { return [] }
        return list.items
    }

    @Test("an item that begins with a box is a task, done or not")
    func tasks() throws {
        #expect(
            try items("- [ ] a\n- [x] *b*\n- [X] c\n- d") == [
                [.paragraph([.checkbox(isChecked: false), .text(" a")])],
                [.paragraph([.checkbox(isChecked: true), .text(" "), .emphasis([.text("b")])])],
                [.paragraph([.checkbox(isChecked: true), .text(" c")])],
                [.paragraph([.text("d")])],
            ])
        #expect(try items("> x\n\n1. [x] a") == [])
        #expect(
            try items("1. [x] a\n\n   b") == [[.paragraph([.checkbox(isChecked: true), .text(" a")]), .paragraph([.text("b")])]])
    }

    @Test(
        "a box is one only at the head of an item, with white space behind it",
        arguments: ["- [x]a", "- a [x] b", "- \\[x] a", "- [v] a", "- []  a", "- [x]", "- # [x] a"])
    func plain(markdown: String) throws {
        #expect(try items(markdown).flatMap { $0 }.contains { "\($0)".contains("checkbox") } == false)
    }

    @Test("a box is a box where its mark names a link, too")
    func link() throws {
        #expect(try items("- [x] a\n\n[x]: /url") == [[.paragraph([.checkbox(isChecked: true), .text(" a")])]])
    }

    @Test("in quotes and lists further down, and with values behind it")
    func nested() throws {
        let lesson = try parse("> - a\n>   - [ ] `{swift} n`")
        #expect(lesson.values.map(\.position) == [at(5, 20)])
        #expect("\(lesson.blocks)".contains("checkbox(isChecked: false)"))
    }
}
