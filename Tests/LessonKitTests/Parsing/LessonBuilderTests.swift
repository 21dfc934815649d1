import LessonKit
import Testing

@Suite struct LessonBuilderTests {
    private func headings(_ text: String) throws -> [Heading] {
        try parse(text).blocks.compactMap { if case .heading(let heading) = $0 { heading } else { nil } }
    }

    @Test("a heading's id is made of its words as GitHub makes it")
    func slugs() throws {
        let found = try headings("# What's *in* `RNN(5, 6)`?\n\n## 门控 LSTM\n\nThe $h_t$ & co.\n---\n\n# ?!")
        #expect(found.map(\.id) == ["whats-in-rnn5-6", "门控-lstm", "the-h_t-co", "section"])
        #expect(found.map(\.level) == [1, 2, 2, 1])
    }

    @Test("ids are unique in a lesson, even against labels that come later")
    func uniqueIDs() throws {
        let found = try headings("# A\n\n# A\n\n# A-1\n\n# Sec b\n\n# A {#sec-b}")
        #expect(found.map(\.id) == ["a", "a-1", "a-1-1", "sec-b-1", "sec-b"])
    }

    @Test(
        "a heading's label is no part of its text",
        arguments: ["# The gates {#sec-g}", "# The gates {#sec-g} ##", "The gates {#sec-g}\n==="])
    func headingLabel(text: String) throws {
        #expect(
            try headings(text) == [
                Heading(
                    level: 1, content: [.text("The gates")], id: "sec-g",
                    label: Label(kind: .section, name: "sec-g", position: at(4, text.hasPrefix("#") ? 15 : 13)))
            ])
    }

    @Test("an image that is a paragraph of its own is a figure")
    func figure() throws {
        #expect(
            try parse("![A $g_t$](g.png \"t\"){#fig-g}").blocks == [
                .figure(
                    Figure(
                        source: "g.png", caption: [.text("A "), .math(TeX(source: "g_t", position: at(4, 6)))],
                        label: Label(kind: .figure, name: "fig-g", position: at(4, 24))))
            ])
        #expect(try parse("![a](b)").blocks == [.figure(Figure(source: "b", caption: [.text("a")], label: nil))])
    }

    @Test("an image in a sentence is no figure")
    func inlineImage() throws {
        #expect(
            try parse("![a *b*](c \"t\") d").blocks == [
                .paragraph([.image(source: "c", title: "t", alternative: "a b", width: nil), .text(" d")])
            ])
    }

    @Test("each kind of alert is known, in any case", arguments: Alert.Kind.allCases)
    func alerts(kind: Alert.Kind) throws {
        let expected = Block.alert(Alert(kind: kind, content: [.paragraph([.text("Text")])]))
        #expect(try parse("> [!\(kind.rawValue)]\n> Text").blocks == [expected])
        #expect(try parse("> [!\(kind.rawValue.uppercased())]\n>\n> Text").blocks == [expected])
    }

    @Test("an alert holds blocks and cells")
    func alertContent() throws {
        let blocks = try parse("> [!SOLUTION]\n> $$a$$\n>\n> ```{swift}\n> 1\n> ```").blocks
        #expect(
            blocks == [
                .alert(
                    Alert(
                        kind: .solution,
                        content: [
                            .math(DisplayMath(tex: TeX(source: "a", position: at(5, 5)), label: nil)), .cell(0),
                        ]))
            ])
    }

    @Test("an alert may be empty, and a quote be a quote")
    func emptyAlertAndQuote() throws {
        #expect(try parse("> [!TIP]").blocks == [.alert(Alert(kind: .tip, content: []))])
        #expect(try parse("> text [!TIP]").blocks == [.quote([.paragraph([.text("text [!TIP]")])])])
    }

    @Test(
        "an alert at fault is told",
        arguments: [
            ("> [!NOET]\n> x", "4:3: unknown alert [!NOET]"),
            ("> [!NOTE] x", "4:3: [!NOTE] must stand on a line of its own"),
            ("> [!NOTE] *x*", "4:3: [!NOTE] must stand on a line of its own"),
        ])
    func alertFaults(text: String, expected: String) {
        #expect(problems(in: text) == [expected])
    }

    @Test("lists keep their start and their spacing")
    func lists() throws {
        #expect(
            try parse("3. a\n4. b\n   - c\n\n     d").blocks == [
                .list(
                    List(
                        start: 3, isTight: true,
                        items: [
                            [.paragraph([.text("a")])],
                            [
                                .paragraph([.text("b")]),
                                .list(
                                    List(
                                        start: nil, isTight: false,
                                        items: [
                                            [.paragraph([.text("c")]), .paragraph([.text("d")])]
                                        ])),
                            ],
                        ]))
            ])
    }

    @Test("all of CommonMark's inlines come through")
    func inlines() throws {
        #expect(
            try parse("*a* **b** `c` <i>d</i> [e](f \"g\") [h][i] <j@k.de> &amp; \\*  \nl\nm\n\n[i]: n").blocks == [
                .paragraph([
                    .emphasis([.text("a")]), .text(" "), .strong([.text("b")]), .text(" "), .code("c"), .text(" "),
                    .html(RawHTML("<i>", lines: [at(4, 15)])), .text("d"), .html(RawHTML("</i>", lines: [at(4, 19)])), .text(" "),
                    .link(destination: "f", title: "g", content: [.text("e")]), .text(" "),
                    .link(destination: "n", title: nil, content: [.text("h")]), .text(" "),
                    .link(destination: "mailto:j@k.de", title: nil, content: [.text("j@k.de")]),
                    .text(" & *"), .lineBreak, .text("l"), .softBreak, .text("m"),
                ])
            ])
    }

    @Test("rules and raw HTML come through")
    func otherBlocks() throws {
        #expect(
            try parse("a\n\n***\n\n<details>\n<b>\n\n> b").blocks == [
                .paragraph([.text("a")]), .thematicBreak,
                .html(RawHTML("<details>\n<b>\n", lines: [at(8, 1), at(9, 1), at(10, 1)])), .quote([.paragraph([.text("b")])]),
            ])
    }

    @Test("a cell that is part of raw HTML is told: it would not run")
    func cellInHTML() {
        #expect(
            problems(in: "<details><summary>x</summary>\n```{swift}\nprint(1)\n```\n</details>\n") == [
                "5:1: this cell is part of the HTML above it, and does not run"
            ])
    }

    @Test("a cell in an HTML comment is taken out, and one after an empty line runs")
    func cellBesideHTML() throws {
        #expect(try parse("<!--\n```{swift}\nnope\n```\n-->\n").cells.isEmpty)
        #expect(try parse("<div>\n\n```{swift}\nprint(1)\n```\n\n</div>\n").cells.count == 1)
    }

    @Test("private-use characters of the text stay what they are")
    func privateUse() throws {
        let text = "\u{F0000}\u{F0001}\u{10FFFD} $x$"
        #expect(
            try parse(text).blocks == [
                .paragraph([.text("\u{F0000}\u{F0001}\u{10FFFD} "), .math(TeX(source: "x", position: at(4, 6)))])
            ])
    }
}
