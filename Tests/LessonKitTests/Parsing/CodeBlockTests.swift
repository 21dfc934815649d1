import LessonKit
import Testing

@Suite struct CodeBlockTests {
    @Test("a cell opens with backticks or tildes of any length", arguments: ["```", "~~~", "`````"])
    func fences(fence: String) throws {
        let lesson = try parse("\(fence){swift}\nlet a = 1\n\nlet b = 2\n\(fence)\n")
        #expect(lesson.blocks == [.cell(0)])
        #expect(lesson.cells[0].position == at(4, 1))
        #expect(
            lesson.cells[0].lines == [
                CodeLine(text: "let a = 1", position: at(5, 1)), CodeLine(text: "", position: at(6, 1)),
                CodeLine(text: "let b = 2", position: at(7, 1)),
            ])
    }

    @Test(
        "code in containers stands where the file has it",
        arguments: [
            ("- ```{swift}\n  a\n  ```", at(4, 3), at(5, 3)),
            ("> ```{swift}\n> a\n> ```", at(4, 3), at(5, 3)),
            (">```{swift}\n>a\n>```", at(4, 2), at(5, 2)),
            ("> > 1. ```{swift}\n> >    a\n> >    ```", at(4, 8), at(5, 8)),
            ("10. - ```{swift}\n      a\n      ```", at(4, 7), at(5, 7)),
            ("  ```{swift}\n  a\n  ```", at(4, 3), at(5, 3)),
            ("  ```{swift}\n a\n```", at(4, 3), at(5, 2)),
        ])
    func containers(text: String, fence: SourcePosition, code: SourcePosition) throws {
        let cell = try parse(text).cells[0]
        #expect(cell.position == fence)
        #expect(cell.lines == [CodeLine(text: "a", position: code)])
    }

    @Test("code keeps its own indentation, and its place is the indentation's")
    func indentation() throws {
        let cell = try parse("- ```{swift}\n  if a {\n      b\n  }\n  ```").cells[0]
        #expect(cell.lines.map(\.text) == ["if a {", "    b", "}"])
        #expect(cell.lines.map(\.position) == [at(5, 3), at(6, 3), at(7, 3)])
        #expect(cell.code == "if a {\n    b\n}")
    }

    @Test(
        "a tab that is half indentation leaves the code's columns true",
        arguments: [
            "   ```{swift}\n\tab\n   ```", "- x\n  ```{swift}\n\tab\n  ```",
        ])
    func halfTab(text: String) throws {
        #expect(try parse(text).cells[0].lines.map(\.text) == ["\tab"])
        #expect(try parse(text).cells[0].lines.first?.position.column == 1)
    }

    @Test("cells and values are numbered in the order of the document")
    func order() throws {
        let lesson = try parse("`{swift} a`\n\n```{swift}\n```\n\n- `{swift} b`\n  ```{swift}\n  c\n  ```\n\n`{swift} d`")
        #expect(lesson.snippets == [.value(0), .cell(0), .value(1), .cell(1), .value(2)])
        #expect(lesson.cells.map(\.index) == [0, 1])
        #expect(lesson.cells[0].lines.isEmpty)
    }

    @Test("code with another language, or none, is shown and not run")
    func shown() throws {
        let lesson = try parse("```swift title\nlet a\n```\n\n```\nb\n\n```\n\n    c $x$\n    d\n")
        #expect(
            lesson.blocks == [
                .code(language: "swift", text: "let a"), .code(language: nil, text: "b\n"),
                .code(language: nil, text: "c $x$\nd"),
            ])
        #expect(lesson.cells.isEmpty)
    }

    @Test("indented code that reads like a fence is no open block")
    func indentedFence() throws {
        #expect(try parse("text\n\n    ```\n    x\n").blocks.last == .code(language: nil, text: "```\nx"))
    }

    @Test(
        "a block that is not closed is told at its fence",
        arguments: [
            ("```{swift}\nlet a = 1\n", "4:1: the cell opened here is not closed"),
            ("text\n\n- ```{swift}\n  a\n\ntext\n", "6:3: the cell opened here is not closed"),
            ("> ```{swift}\n> a\n```\nb\n```\n", "4:3: the cell opened here is not closed"),
            ("````{swift}\na\n```\n", "4:1: the cell opened here is not closed"),
            ("```{swift}\na\n``` x\n", "4:1: the cell opened here is not closed"),
            ("```swift\na\n", "4:1: the code block opened here is not closed"),
            ("```{swift}", "4:1: the cell opened here is not closed"),
        ])
    func unclosed(text: String, expected: String) {
        #expect(problems(in: text) == [expected])
    }

    @Test("a cell that swallows the next one is told at its own fence")
    func swallowedCell() {
        #expect(
            problems(in: "```{swift}\na\n\ntext\n\n```{swift}\nb\n```\n") == [
                "4:1: the cell opened here is not closed before the next one"
            ])
        #expect(problems(in: "````{swift}\n```{swift}\n````\n").isEmpty)
    }

    @Test(
        "what only nearly is a cell is told",
        arguments: [
            ("{swift, echo=false}", "a cell opens with {swift} and nothing else, not with {swift, echo=false}"),
            ("{swift} x", "a cell opens with {swift} and nothing else, not with {swift} x"),
            ("{swfit}", "unknown kind of cell {swfit}"),
            ("{Swift}", "unknown kind of cell {Swift}"),
            ("{python}", "unknown kind of cell {python}"),
        ])
    func nearlyCells(info: String, expected: String) {
        #expect(problems(in: "\n```\(info)\n```\n") == ["5:1: \(expected)"])
    }
}
