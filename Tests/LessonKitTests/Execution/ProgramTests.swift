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

    @Test("what the compiler says of an inline value, or of the call around it, is told of its place")
    func inlineValue() throws {
        let values = [("a + b", 7, 3), ("爱.c", 7, 20)].enumerated().map {
            InlineValue(index: $0, expression: $1.0, position: SourcePosition(line: $1.1, column: $1.2))
        }
        let program = Program(lesson(cells: [cell("let a = 1", line: 9, column: 1)], values: values))
        for value in values {
            let call = try place(of: "Exhibits._inline(\(value.index))", in: program)
            let expression = try place(of: value.expression, in: program)
            #expect(expression > call + 1)
            for line in [call, call + 1, expression + 1, expression + 2] {
                #expect(program.place(line: line, byteColumn: 4).position == value.position)
            }
            #expect(program.place(line: expression, byteColumn: 1).position == value.position)
        }
        // "爱." is four bytes, two characters.
        let line = try place(of: "爱.c", in: program)
        #expect(program.place(line: line, byteColumn: 5).position == SourcePosition(line: 7, column: 22))
    }

    /// The line that the compiler is told of a line of the program.
    private func place(of text: String, in program: Program) throws -> Int {
        let lines = program.source.split(separator: "\n")
        let index = try #require(lines.firstIndex(of: Substring(text)))
        let location = try #require(lines[..<index].lastIndex { $0.hasPrefix("#sourceLocation") })
        let line = try #require(lines[location].firstMatch(of: /line: (\d+)/)?.1)
        return try #require(Int(line)) + index - location - 1
    }

    @Test("a program is no longer than its text, however many values stand on a line")
    func manyValues() {
        let values = (0..<2000).map {
            InlineValue(index: $0, expression: "\($0)", position: SourcePosition(line: 5, column: 1 + 20 * $0))
        }
        #expect(Program(lesson(cells: [], values: values)).source.utf8.count < 2000 * 200)
    }

    @Test("a compiler's column in bytes becomes one in characters")
    func columns() {
        let program = Program(lesson(cells: [cell("let 爱 = x", line: 3, column: 3)]))
        // "let 爱 = " is 7 + 3 bytes, 8 characters; x is the ninth.
        #expect(program.place(line: 3, byteColumn: 3 + 10).position == SourcePosition(line: 3, column: 3 + 8))
        #expect(program.place(line: 3, byteColumn: 3).position == SourcePosition(line: 3, column: 3))
    }

    @Test("only a line that has Swift can be at fault")
    func linesWithCode() {
        let value = InlineValue(index: 0, expression: "a", position: SourcePosition(line: 7, column: 3))
        let program = Program(lesson(cells: [cell("1", line: 4, column: 1)], values: [value]))
        for line in 1...9 {
            let place = SourcePlace(file: "lessons/x.md", position: SourcePosition(line: line, column: 1))
            #expect(program.hasCode(at: place) == [4, 7].contains(line))
        }
    }

    @Test("a path with a quotation mark cannot break the program")
    func quotedPath() {
        let program = Program(lesson(cells: [cell("1", line: 2, column: 1)], path: #"lessons/a"b.md"#))
        #expect(program.source.contains(#"file: "lessons/a\"b.md""#))
    }

    @Test("the download has no source locations, and traps where the lesson wants a trap")
    func download() {
        let download = Program.download(of: lesson(cells: [cell("fatalError()", line: 2, column: 1, error: true)]))
        #expect(!download.contains("#sourceLocation"))
        #expect(download.contains("expectTrap {\nfatalError()\n}"))
    }

    @Test("no comment of a value, and no line of a title, ends what stands around it in the download")
    func commentsInDownload() {
        let value = InlineValue(index: 0, expression: "1 + 1 // two", position: SourcePosition(line: 7, column: 3))
        var lesson = lesson(cells: [cell("func print(_ x: Int) {}", line: 4, column: 1)], values: [value])
        lesson.frontMatter.title = "One\nfatalError() // */"
        let download = Program.download(of: lesson)
        #expect(download.hasPrefix("// One\n// fatalError() // */\n//\n"))
        #expect(download.hasSuffix("Swift.print(\n1 + 1 // two\n)\n"))
    }
}
