import LessonKit
import Testing

@Suite("A lesson's program")
struct ProgramTests {
    private func lesson(cells: [Cell], values: [InlineValue] = [], path: String = "lessons/x.md") -> Lesson {
        Lesson(
            path: path, slug: "x", number: nil, frontMatter: FrontMatter(title: "X"), blocks: [],
            cells: cells, values: values,
            snippets: cells.map { .cell($0.index) } + values.map { .value($0.index) })
    }

    private func cell(_ code: String, line: Int, column: Int, error: Bool = false) -> Cell {
        var options = CellOptions()
        options.error = error
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            CodeLine(text: String($1), position: SourcePosition(line: line + $0, column: column))
        }
        return Cell(index: 0, position: SourcePosition(line: line - 1, column: column), options: options, lines: lines)
    }

    @Test("each line of code stands in the column that it has in Markdown")
    func padding() {
        let program = Program(lesson(cells: [cell("let a = 1\nlet b = 2", line: 10, column: 5)]))
        #expect(program.source.contains("line: 10)\n    let a = 1\n    let b = 2\n"))
    }

    @Test("an inline value stands in its own line and column")
    func inlineValue() {
        let value = InlineValue(index: 0, expression: "a + b", position: SourcePosition(line: 7, column: 3))
        let program = Program(lesson(cells: [], values: [value]))
        #expect(program.source.contains("line: 6)\nExhibits._value(\n  a + b\n"))
    }

    @Test("a compiler's column in bytes becomes one in characters")
    func columns() {
        let program = Program(lesson(cells: [cell("let 爱 = x", line: 3, column: 3)]))
        // "let 爱 = " is 7 + 3 bytes, 8 characters; x is the ninth.
        #expect(program.position(line: 3, byteColumn: 3 + 10) == SourcePosition(line: 3, column: 3 + 8))
        #expect(program.position(line: 3, byteColumn: 3) == SourcePosition(line: 3, column: 3))
    }

    @Test("of two values on one line, the one that a column falls into counts")
    func twoValues() {
        let values = [("爱.a", 5), ("爱.b", 30)].enumerated().map {
            InlineValue(index: $0, expression: $1.0, position: SourcePosition(line: 3, column: $1.1))
        }
        let program = Program(lesson(cells: [], values: values))
        #expect(program.position(line: 3, byteColumn: 8) == SourcePosition(line: 3, column: 6))
        #expect(program.position(line: 3, byteColumn: 33) == SourcePosition(line: 3, column: 31))
    }

    @Test("what the compiler has against the call around a value is told of the value, and nothing farther away is")
    func callAroundValue() {
        let position = SourcePosition(line: 7, column: 3)
        let program = Program(lesson(cells: [], values: [InlineValue(index: 0, expression: "a", position: position)]))
        for line in [6, 8] {
            #expect(program.codePosition(SourcePosition(line: line, column: 1)) == position)
        }
        for line in [5, 9] { #expect(program.codePosition(SourcePosition(line: line, column: 1)) == nil) }
    }

    @Test("a path with a quotation mark cannot break the program")
    func quotedPath() {
        let program = Program(lesson(cells: [cell("1", line: 2, column: 1)], path: #"lessons/a"b.md"#))
        #expect(program.source.contains(#"file: "lessons/a\"b.md""#))
    }

    @Test("the download has no source locations, and traps where the lesson wants a trap")
    func download() {
        let program = Program(lesson(cells: [cell("fatalError()", line: 2, column: 1, error: true)]))
        #expect(!program.download.contains("#sourceLocation"))
        #expect(program.download.contains("expectTrap {\nfatalError()\n}"))
    }
}
