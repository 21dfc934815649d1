import LessonKit
import Testing

@Suite struct LessonParserTests {
    @Test("a lesson's cells, values and labels come with their places")
    func wholeLesson() throws {
        let lesson = try parse(
            """

            # The gates {#sec-gates}

            Let $x_t$ be the input, see @eq-h and `{swift} hn.shape`.

            $$
            h_t = \\tanh(W x_t
            + b)
            $$ {#eq-h}

            > - A cell:
            >
            >   ```{swift}
            >   //| label: tbl-shapes
            >   //| caption: The `shapes`
            >   let a = 1
            >     print(a)
            >   ```

            | a | b |
            |---|--:|
            | `x|y` | $p(a|b)$ |
            : Numbers {#tbl-n}
            """)
        #expect(lesson.number == 1)
        #expect(lesson.slug == "test")
        #expect(lesson.frontMatter.title == "T")
        #expect(lesson.values == [InlineValue(index: 0, expression: "hn.shape", position: at(7, 48))])
        #expect(lesson.cells.count == 1)
        #expect(lesson.cells[0].position == at(16, 5))
        #expect(
            lesson.cells[0].lines == [
                CodeLine(text: "let a = 1", position: at(19, 5)), CodeLine(text: "  print(a)", position: at(20, 5)),
            ])
        #expect(lesson.cells[0].options.caption == [.text("The "), .code("shapes")])
        #expect(lesson.blocks.count == 5)
        #expect(
            lesson.blocks[2]
                == .math(
                    DisplayMath(
                        tex: TeX(source: "h_t = \\tanh(W x_t\n+ b)", position: at(10, 1)),
                        label: Label(kind: .equation, name: "eq-h", position: at(12, 6)))))
        guard case .table(let table) = lesson.blocks[4] else { Issue.record("no table"); return }
        #expect(table.alignments == [nil, .trailing])
        #expect(table.rows == [[[.code("x|y")], [.math(TeX(source: "p(a|b)", position: at(25, 12)))]]])
        #expect(table.caption == [.text("Numbers")])
        #expect(table.label?.name == "tbl-n")
    }

    @Test("a heading's id is none of the page's own")
    func headingIDs() throws {
        let lesson = try parse("\n# Text\n\n# Lessons\n\n# Text\n\n# Other\n")
        let ids = lesson.blocks.map { if case .heading(let heading) = $0 { heading.id } else { "" } }
        #expect(ids == ["text-1", "lessons-1", "text-2", "other"])
    }
}
