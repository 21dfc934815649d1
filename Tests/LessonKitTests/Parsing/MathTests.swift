import LessonKit
import Testing

@Suite struct MathTests {
    private func math(_ source: String, _ line: Int, _ column: Int) -> Inline {
        .math(TeX(source: source, position: at(line, column)))
    }

    private func display(_ source: String, _ line: Int, _ column: Int) -> Block {
        .math(DisplayMath(tex: TeX(source: source, position: at(line, column)), label: nil))
    }

    @Test(
        "Markdown does not touch TeX",
        arguments: [
            "a_1 b_2", "a * b * c", "\\\\", "x < y", "a & b", "\\{x\\}", "[x](y)", "&amp;", "\\$5", "a`b", "<b>", "x|y", "@fig-a",
            "{#fig-a}", "\\alpha_{t}^{*}", "中",
        ])
    func untouched(tex: String) throws {
        #expect(try parse("$\(tex)$").blocks == [.paragraph([math(tex, 4, 2)])])
        #expect(try parse("$$\(tex)$$").blocks == [display(tex, 4, 3)])
        #expect(try parse("$$\n\(tex)\n$$").blocks == [display(tex, 5, 1)])
    }

    @Test(
        "inline math has its place, wherever it stands",
        arguments: [
            ("> x\n> y $a$", at(5, 6)), ("# H $a$", at(4, 6)), ("- *x $a$*", at(4, 7)), ("中 $a$", at(4, 4)),
            ("[x $a$](y)", at(4, 5)), ("[x*$a$*](yx)", at(4, 5)), ("> x\nlazy $a$", at(5, 7)),
        ])
    func places(text: String, expected: SourcePosition) throws {
        let description = String(describing: try parse(text).blocks)
        #expect(
            description.contains(
                "source: \"a\", position: LessonKit.SourcePosition(line: \(expected.line), column: \(expected.column))"))
    }

    @Test("a formula over two lines is one, and the text around it stays whole")
    func twoLines() throws {
        #expect(
            try parse("> see $a +\n> b$ and\n> c").blocks == [
                .quote([.paragraph([.text("see "), math("a +\nb", 4, 8), .text(" and"), .softBreak, .text("c")])])
            ])
    }

    @Test(
        "dollars that are money are text",
        arguments: [
            "$5 and $6", "$ 5 $", "5$ and 6$", "costs $20,000", "a $", "$", "$x $y",
        ])
    func money(text: String) throws {
        #expect(try parse(text).blocks == [.paragraph([.text(text)])])
    }

    @Test("a digit after the closing dollar makes it text")
    func digit() throws {
        #expect(try parse("$a$1").blocks == [.paragraph([.text("$a$1")])])
    }

    @Test("an escaped dollar is one")
    func escaped() throws {
        #expect(try parse("\\$a$ and \\$\\$").blocks == [.paragraph([.text("$a$ and $$")])])
    }

    @Test("there is no math in code and raw HTML")
    func opaque() throws {
        #expect(
            try parse("`$a$` <b title=\"$a$\">x</b> <https://x.de/$a$>").blocks == [
                .paragraph([
                    .code("$a$"), .text(" "), .html(RawHTML("<b title=\"$a$\">", lines: [at(4, 7)])), .text("x"),
                    .html(RawHTML("</b>", lines: [at(4, 23)])), .text(" "),
                    .link(destination: "https://x.de/$a$", title: nil, content: [.text("https://x.de/$a$")]),
                ])
            ])
        let html = RawHTML("<div>\n$a$ @fig-a\n</div>\n", lines: [at(4, 1), at(5, 1), at(6, 1), at(7, 1)])
        #expect(try parse("<div>\n$a$ @fig-a\n</div>").blocks == [.html(html)])
    }

    @Test("a value in a formula runs in its turn, and stands where it is written")
    func values() throws {
        let lesson = try parse("`{swift} a` $\\log `{swift}  b` + ``{swift} c``$ is\n> $$ `{swift} d`\n> x $$\n\n`{swift} e`")
        #expect(lesson.values.map(\.expression) == ["a", "b", "c", "d", "e"])
        #expect(lesson.values.map(\.position) == [at(4, 10), at(4, 29), at(4, 44), at(5, 15), at(8, 10)])
        #expect(lesson.values.map(\.formula) == [nil, at(4, 14), at(4, 14), at(5, 6), nil])
        #expect(lesson.snippets == (0..<5).map { .value($0) })
        guard case .paragraph(let text) = lesson.blocks[0], case .math(let tex) = text[2] else { throw Problems([]) }
        #expect(tex.filled { "<\($0)>" } == "\\log <1> + <2>")
    }

    @Test("a value in a formula of a table, a caption and a heading is one too")
    func valuesElsewhere() throws {
        let lesson = try parse("| a |\n|---|\n| $x_`{swift} b`$ |\n\n: $`{swift} c`$\n\n## $`{swift} d`$\n\n$$`{swift} e`$$")
        #expect(lesson.values.map(\.expression) == ["b", "c", "d", "e"])
        #expect(lesson.values.map(\.position) == [at(6, 15), at(8, 13), at(10, 14), at(12, 12)])
    }

    @Test(
        "a value in a formula that computes nothing is told",
        arguments: [
            ("$a `{swift}`$", "4:5: this inline value has no expression"),
            ("$$ `{swfit} x` $$", "4:5: unknown language {swfit} of an inline value"),
        ])
    func faultyValues(text: String, expected: String) {
        #expect(problems(in: text) == [expected])
    }

    @Test("a code span between two dollars stays one, and so does a value")
    func codeBetween() throws {
        #expect(try parse("US$, `x` US$").blocks == [.paragraph([.text("US$, "), .code("x"), .text(" US$")])])
        #expect(try parse("US$, `{swift} x` US$").blocks == [.paragraph([.text("US$, "), .value(0), .text(" US$")])])
        #expect(try parse("US$: `$`").blocks == [.paragraph([.text("US$: "), .code("$")])])
    }

    @Test(
        "a dollar in what cmark reads as something else opens no math",
        arguments: [
            "x <?php $a?>", "x <![CDATA[$a]]>", "x <!ELEMENT $a>", "x <!-- $a -->", "x <a b='\"$a\"'>", "<https://a.b/$a>",
            "<a$b@c.de>",
            "[d]: /u 'a $b'\n", "[d]: <$b>\n", "[d$]: /u\n", "[x](u$v (w$))", "[x](</u$v> \"$w\")", "![x](u$v '$w')", "`$a`",
            "> > x <? $a\n> > ?>",
        ])
    func dollarsElsewhere(before: String) throws {
        let text = String(describing: try parse(before + "x$y$ z").blocks)
        #expect(text.ranges(of: "Inline.math").count == 1)
        #expect(text.contains("LessonKit.TeX(source: \"y\""))
    }

    @Test("a dollar in the label of a link is part of it")
    func labels() throws {
        let link = Inline.link(destination: "/u", title: nil, content: [.text("x")])
        #expect(try parse("[x][a$b] [x][A$B]\n\n[a$b]: /u").blocks == [.paragraph([link, .text(" "), link])])
    }

    @Test("addresses and titles of links keep their dollars")
    func links() throws {
        #expect(
            try parse("[a](x$y$ \"t $z$\")").blocks == [
                .paragraph([.link(destination: "x$y$", title: "t $z$", content: [.text("a")])])
            ])
    }

    @Test("math next to emphasis marks does not unmake them")
    func emphasis() throws {
        #expect(try parse("**$a$**中").blocks == [.paragraph([.strong([math("a", 4, 4)]), .text("中")])])
    }

    @Test(
        "display math survives lines that begin like other blocks",
        arguments: [
            "+ b", "- c", "* d", "= d", "===", "---", "> x", "# y", "1. z", "    e", "| a |", "<div>",
            "\\begin{x}\n+ y\n- z\n\\end{x}",
        ])
    func blockLike(line: String) throws {
        let text = "Before.\n\n$$\na\n\(line)\n$$\n\nAfter."
        let tex = "a\n" + line.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
        #expect(
            try parse(text).blocks == [
                .paragraph([.text("Before.")]), display(tex, 7, 1), .paragraph([.text("After.")]),
            ])
    }

    @Test("display math that is torn many times over is whole again, each")
    func manyTorn() throws {
        let text = "$$\na\n- b\n$$\n\ntext\n\n$$\nc\n=\nd\n$$\n\n```\n$$\n```\n"
        #expect(
            try parse(text).blocks == [
                display("a\n- b", 5, 1), .paragraph([.text("text")]), display("c\n=\nd", 12, 1), .code(language: nil, text: "$$"),
            ])
    }

    @Test("formulas torn one after the other are whole, and their places true", arguments: ["", "> ", "> > "])
    func tornInARow(prefix: String) throws {
        let formulas = ["a\n> b", "+ c\n= d", "- e\n---", "<div>\nf", "> > g\n1. h"]
        let text = formulas.map { "$$\n\($0)\n$$" }.joined(separator: "\n")
        var blocks = try parse(text.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")).blocks
        for _ in prefix where blocks.count == 1 {
            if case .quote(let content) = blocks[0] { blocks = content }
        }
        #expect(blocks == formulas.enumerated().map { display($1, 5 + 4 * $0, prefix.count + 1) })
    }

    @Test("display math in quotes and lists leaves their marks out")
    func containers() throws {
        #expect(try parse("> $$\n> a\n> - b\n> $$").blocks == [.quote([display("a\n- b", 5, 3)])])
        #expect(try parse("> $$\n> > b\n> $$").blocks == [.quote([display("> b", 5, 3)])])
        #expect(
            try parse("- x\n\n  $$\n  a\n  + b\n  $$\n- y").blocks == [
                .list(
                    List(
                        start: nil, isTight: false,
                        items: [
                            [.paragraph([.text("x")]), display("a\n+ b", 7, 3)], [.paragraph([.text("y")])],
                        ]))
            ])
    }

    @Test("display math within a paragraph parts it")
    func withinParagraph() throws {
        #expect(
            try parse("so that\n$$a$$\nholds").blocks == [
                .paragraph([.text("so that")]), display("a", 5, 3), .paragraph([.text("holds")]),
            ])
    }

    @Test("a label after display math is its own", arguments: ["$$a$$ {#eq-x}", "$$a$${#eq-x}"])
    func label(text: String) throws {
        guard case .math(let math)? = try parse(text).blocks.first else {
            Issue.record("no math")
            return
        }
        #expect(math.label?.name == "eq-x")
        #expect(math.label?.kind == .equation)
        #expect(math.label?.position.column == text.count - 4)
    }

    @Test(
        "math at fault is told",
        arguments: [
            (
                "x\n\n$$\na\n\nb $$",
                [
                    "6:1: the display math opened here is not closed before the paragraph ends",
                    "9:3: the display math opened here is not closed before the paragraph ends",
                ]
            ),
            ("$$", ["4:1: the display math opened here is not closed before the paragraph ends"]),
            (
                "$$ a\n```{swift}\nlet price = 1\n```\n$$",
                [
                    "4:1: the display math opened here is not closed before the paragraph ends",
                    "8:1: the display math opened here is not closed before the paragraph ends",
                ]
            ),
            ("$$\n$$", ["4:3: there is no formula between these $$"]),
            ("# H $$a$$", ["4:7: display math cannot stand in a heading"]),
            ("*x $$a$$*", ["4:6: display math cannot stand in emphasis"]),
            ("| $$a$$ |\n|---|", ["4:5: display math cannot stand in a table"]),
            ("$$a$$ {#fig-x}", ["4:9: fig-x cannot be the label of display math"]),
        ])
    func faults(text: String, expected: [String]) {
        #expect(problems(in: text) == expected)
    }
}
