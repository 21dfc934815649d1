import LessonKit
import Testing

@Suite struct TableTests {
    private func table(_ text: String) throws -> Table? {
        try parse(text).blocks.lazy.compactMap { block in
            if case .table(let table) = block { table } else { nil }
        }.first
    }

    @Test("colons of the delimiter row align")
    func alignments() throws {
        #expect(try table("a | b | c | d\n:-- | :-: | --: | ---")?.alignments == [.leading, .center, .trailing, nil])
    }

    @Test("outer pipes may be left out, and cells be empty")
    func outerPipes() throws {
        let expected: [[[Inline]]] = [[[.text("1")], []], [[], [.text("2")]]]
        #expect(try table("| a | b |\n|---|---|\n| 1 | |\n| | 2 |")?.rows == expected)
        #expect(try table("a | b\n---|---\n1 |\n| | 2")?.rows == expected)
    }

    @Test("a row with too few cells is filled up")
    func shortRow() throws {
        #expect(try table("| a | b |\n|---|---|\n| 1 |")?.rows == [[[.text("1")], []]])
    }

    @Test("pipes that are escaped, in code or in math do not part cells")
    func hiddenPipes() throws {
        let rows = try table("| a | b |\n|---|---|\n| x \\| y | `p|q` |\n| `r\\|s` | $P(a|b)$ |")?.rows
        #expect(
            rows == [
                [[.text("x | y")], [.code("p|q")]],
                [[.code("r|s")], [.math(TeX(source: "P(a|b)", position: at(7, 13)))]],
            ])
    }

    @Test("a cell's marks do not reach into the next cell")
    func independentCells() throws {
        #expect(
            try table("| 2*3 | 4*5 |\n|---|---|\n| `a | b |\n| c` | d |")
                == Table(
                    alignments: [nil, nil], header: [[.text("2*3")], [.text("4*5")]],
                    rows: [[[.text("`a")], [.text("b")]], [[.text("c`")], [.text("d")]]], caption: nil, label: nil))
    }

    @Test("pipes in raw HTML and autolinks do not part cells")
    func pipesElsewhere() throws {
        let rows = try table("| a | b |\n|---|---|\n| <b c=\"d|e\"> | <http://f|g> |")?.rows
        #expect(
            rows == [
                [
                    [.html(RawHTML("<b c=\"d|e\">", lines: [at(6, 3)]))],
                    [.link(destination: "http://f|g", title: nil, content: [.text("http://f|g")])],
                ]
            ])
    }

    @Test(
        "cells, captions and text find links defined in quotes, lists and after",
        arguments: ["> [d]: /u", "- [d]: /u", "x\n\n[d]: /u"])
    func definitionsAnywhere(definition: String) throws {
        let link = Inline.link(destination: "/u", title: nil, content: [.text("d")])
        let found = try table("| [d] |\n|---|\n| x |\n: C [d]\n\n" + definition)
        #expect(found?.header == [[link]])
        #expect(found?.caption == [.text("C "), link])
        #expect(try parse("```{swift}\n//| caption: C [d]\n```\n\n" + definition).cells[0].options.caption == [.text("C "), link])
    }

    @Test("cells hold emphasis, links, references and linked definitions")
    func inlineContent() throws {
        let text = "| *a* | [b](c) |\n|---|---|\n| [d] | # 1 |\n| _e_ | - f |\n\n[d]: /url \"t\"\n"
        #expect(
            try table(text)?.header == [[.emphasis([.text("a")])], [.link(destination: "c", title: nil, content: [.text("b")])]])
        #expect(
            try table(text)?.rows == [
                [[.link(destination: "/url", title: "t", content: [.text("d")])], [.text("# 1")]],
                [[.emphasis([.text("e")])], [.text("- f")]],
            ])
    }

    @Test("text before the header stays a paragraph")
    func textBefore() throws {
        let blocks = try parse("Look:\n| a |\n|---|\n| 1 |").blocks
        #expect(
            blocks == [
                .paragraph([.text("Look:")]),
                .table(Table(alignments: [nil], header: [[.text("a")]], rows: [[[.text("1")]]], caption: nil, label: nil)),
            ])
    }

    @Test("a caption follows the rows, with or without an empty line", arguments: ["\n", "\n\n"])
    func caption(gap: String) throws {
        let found = try table("| a |\n|---|\n| 1 |\(gap): The *numbers* {#tbl-n}\n\nText")
        #expect(found?.rows.count == 1)
        #expect(found?.caption == [.text("The "), .emphasis([.text("numbers")])])
        #expect(found?.label?.name == "tbl-n")
    }

    @Test(
        "tables stand in lists and quotes too",
        arguments: [
            "- | a |\n  |---|\n  | 1 |\n  : C", "> | a |\n> |---|\n> | 1 |\n>\n> : C", "> - | a |\n>   |---|\n>   | 1 |\n>   : C",
        ])
    func containers(text: String) throws {
        let table = Table(
            alignments: [nil], header: [[.text("a")]], rows: [[[.text("1")]]], caption: [.text("C")], label: nil)
        func content(_ blocks: [Block]) -> [Block] {
            switch blocks.first {
            case .quote(let inner): content(inner)
            case .list(let list): content(list.items[0])
            default: blocks
            }
        }
        #expect(content(try parse(text).blocks) == [.table(table)])
    }

    @Test("lines without a delimiter row are text", arguments: ["a | b\nc | d", "a\n---|---x", "|---|---|", "a | b\n| |"])
    func notTables(text: String) throws {
        #expect(try table(text) == nil)
    }

    @Test(
        "a table at fault is told at its line",
        arguments: [
            ("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 | 2 | 3 |", "7:1: this row has 3 cells, the table 2"),
            ("> | a |\n> |---|\n> | 1 | 2 |", "6:3: this row has 2 cells, the table 1"),
            ("| a | b |\n|---|", "4:1: the table's header has 2 cells, the line under it one cell"),
            ("| a |\n|---|\n| 1 |\n: C {#fig-n}", "7:7: fig-n cannot be the label of a table"),
            ("| a |\n|---|\n| @tbl-n |", "6:3: @tbl-n refers to a label that this lesson does not have"),
            ("| a |\n|---|\n| 1 |\n---", "4:1: the line of - or = under this table makes it a heading"),
        ])
    func faults(text: String, expected: String) {
        #expect(problems(in: text).first == expected)
    }
}
