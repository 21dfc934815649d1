import LessonKit
import Testing

@Suite struct CellReaderTests {
    @Test("all options are read, and are no part of the code")
    func allOptions() throws {
        let lesson = try parse(
            """
            ```{swift}
            //| label: fig-a
            //| caption: "A *caption*: of `code`"
            //| echo: false
            //| fold: true
            //| output: false
            //| error: true
            print(1)
            ```
            """)
        var expected = CellOptions()
        expected.label = Label(kind: .figure, name: "fig-a", position: at(5, 12))
        expected.caption = [.text("A "), .emphasis([.text("caption")]), .text(": of "), .code("code")]
        (expected.echo, expected.fold, expected.output, expected.error) = (false, true, false, true)
        #expect(lesson.cells[0].options == expected)
        #expect(lesson.cells[0].lines == [CodeLine(text: "print(1)", position: at(11, 1))])
    }

    @Test("a cell without options shows code and output")
    func defaults() throws {
        #expect(try parse("```{swift}\n1\n```").cells[0].options == CellOptions())
    }

    @Test("a part of the message with which a cell must fail stands in quotation marks")
    func expectedMessage() throws {
        let options = try parse("```{swift}\n//| error: \"h0 must \\\"fit\\\"\"\n1\n```").cells[0].options
        #expect(options.error)
        #expect(options.errorMessage?.text == "h0 must \"fit\"" && options.errorMessage?.position == at(5, 12))
        #expect(
            problems(in: "```{swift}\n//| error: h0 must fit\n1\n```\n") == ["5:12: error is true or false, not h0 must fit"])
        #expect(problems(in: "```{swift}\n//| error: \" \"\n1\n```\n") == ["5:13: the message is empty"])
    }

    @Test("a cell that is named without a number can be linked to, and not referred to by one")
    func cellLabel() throws {
        let cell = "```{swift}\n//| label: cell-a\n1\n```\n"
        #expect(try parse(cell).cells[0].options.label == Label(kind: .cell, name: "cell-a", position: at(5, 12)))
        #expect(problems(in: cell + "\nSee @cell-a.\n") == ["9:5: @cell-a refers to a cell without a number"])
    }

    @Test("a caption that is not quoted may hold colons, quotation marks and #")
    func plainCaption() throws {
        let lesson = try parse("```{swift}\n//| caption: Shapes: \"in\" #1 and `out`\n```")
        #expect(lesson.cells[0].options.caption == [.text("Shapes: \"in\" #1 and "), .code("out")])
    }

    @Test("a quoted caption keeps what its escapes stand for")
    func escapedCaption() throws {
        let lesson = try parse("```{swift}\n//| caption: \"say \\\"$x_1$\\\"\"\n```")
        #expect(
            lesson.cells[0].options.caption == [
                .text("say \""), .math(TeX(source: "x_1", position: at(5, 14))), .text("\""),
            ])
    }

    @Test("a value in a caption has its exact place and runs after the cell")
    func valueInCaption() throws {
        let lesson = try parse("```{swift}\n//| caption: Of `{swift} n` units\nlet n = 3\n```")
        #expect(lesson.values == [InlineValue(index: 0, expression: "n", position: at(5, 26))])
        #expect(lesson.snippets == [.cell(0), .value(0)])
    }

    @Test("a caption that reads like a block is text", arguments: ["# 1", "- a", "> q", "1. x"])
    func captionLikeBlock(caption: String) throws {
        let lesson = try parse("```{swift}\n//| caption: \(caption)\n```")
        #expect(lesson.cells[0].options.caption == [.text(caption)])
    }

    @Test(
        "an option at fault is told at its line and column",
        arguments: [
            ("//| lable: fig-a", "5:5: unknown option lable"),
            ("//| echo: no", "5:11: echo is true or false, not no"),
            ("//| echo", "5:5: an option line reads //| key: value"),
            ("//| : fig-a", "5:5: an option line reads //| key: value"),
            ("//| echo:", "5:5: option echo has no value"),
            ("//| label: gates", "5:12: gates cannot be the label of a cell"),
            ("//| label: fig-", "5:12: fig- cannot be the label of a cell"),
            ("//| label: fig-a b", "5:12: fig-a b cannot be the label of a cell"),
            ("//| label: sec-a", "5:12: sec-a cannot be the label of a cell"),
            ("//| caption: \"open", "5:14: the quotation marks of this value are not in order"),
            ("//| caption: \"a\" b", "5:14: the quotation marks of this value are not in order"),
            ("//| fold: true\n//| fold: false", "6:5: option fold is given twice"),
            ("let a = 1\n  //| echo: false", "6:3: an option line after the cell's code"),
        ])
    func faults(lines: String, expected: String) {
        #expect(problems(in: "```{swift}\n\(lines)\n```\n") == [expected])
    }

    @Test(
        "a line that is meant as an option is told in its right form, and where it belongs",
        arguments: [
            ("#| echo: false", "5:1: an option line begins with //|", "write //| echo: false"),
            ("  # | Label = fig-a", "5:3: an option line begins with //|", "write //| label: fig-a"),
            ("// | ehco: false", "5:1: an option line begins with //|", "write //| echo: false"),
            ("/// | fold: true", "5:1: an option line begins with //|", "write //| fold: true"),
            ("//| echo false", "5:5: an option line reads //| key: value", "write //| echo: false"),
            (
                "\nlet a = 1\n//| echo: false", "7:1: an option line after the cell's code",
                "write //| echo: false above the first line of code, line 6; a comment begins with // and no |"
            ),
            (
                "let a = 1\n#| caption: B c", "6:1: an option line after the cell's code",
                "write //| caption: B c above the first line of code, line 5; a comment begins with // and no |"
            ),
        ])
    func meantOptions(lines: String, expected: String, hint: String) throws {
        let error = try #require(throws: Problems.self) { try parse("```{swift}\n\(lines)\nprint(1)\n```") }
        #expect(error.all.map { "\($0.position!.line):\($0.position!.column): \($0.message)" } == [expected])
        #expect(error.all[0].hint == hint)
    }

    @Test("a comment with a bar in it is one", arguments: ["// | a | table |", "// a | echo: b", "// | note: x", "// echo: false"])
    func comments(line: String) throws {
        #expect(try parse("```{swift}\n\(line)\nlet a = 1\n```").cells[0].code == "\(line)\nlet a = 1")
    }

    @Test("a fault in a nested cell is told where it stands")
    func nestedFault() {
        #expect(problems(in: "> - ```{swift}\n>   //|   ehco: true\n>   ```\n") == ["5:11: unknown option ehco"])
    }

    @Test("an unknown option's nearest known one is hinted")
    func hint() {
        do throws(Problems) {
            _ = try parse("```{swift}\n//| lable: fig-a\n```")
            Issue.record("parsed")
        } catch {
            #expect(error.all.map(\.hint) == ["did you mean label?"])
        }
    }
}
