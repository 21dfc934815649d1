import Drawing
import Exhibits
import LessonKit
import Testing

@Suite("Text on a page")
struct LessonRendererTests {
    private let equation = Block.math(
        DisplayMath(tex: TeX(source: "x", position: Sample.origin), label: Sample.label("eq-one")))

    @Test("a reference is a numbered link in the page's language", arguments: [("en", "Equation"), ("zh-Hans", "式")])
    func references(lang: String, word: String) {
        let markup = Sample.markup([.paragraph([.reference(Sample.label("eq-one"))]), equation], lang: lang)
        #expect(markup.contains("<a class=\"reference\" href=\"#eq-one\">\(word)\u{00A0}1</a>"))
        #expect(markup.contains("<div class=\"equation\" id=\"eq-one\">"))
        #expect(markup.contains("<span class=\"equation-number\">(1)</span>"))
    }

    @Test("the highest heading of a lesson stands below the page's title")
    func headings() {
        let markup = Sample.markup([.heading(Heading(level: 1, content: [.text("A & B")], id: "a-b", label: nil))])
        #expect(markup.contains("<h2 id=\"a-b\"><a class=\"section-number\" href=\"#a-b\">7.1</a> A &amp; B"))
    }

    @Test("headings that skip a level stand in order on the page")
    func skippedHeadings() {
        let levels = [2, 5, 3]
        let markup = Sample.markup(levels.map { .heading(Heading(level: $0, content: [.text("x")], id: "h\($0)", label: nil)) })
        #expect(markup.contains("<h2 id=\"h2\">") && markup.contains("<h3 id=\"h5\">") && markup.contains("<h3 id=\"h3\">"))
    }

    @Test("a figure's alternative text has the values of its caption")
    func alternativeText() {
        let caption: [Inline] = [.text("A state of "), .value(0), .text(" units")]
        let lesson = Sample.lesson(
            [.figure(Figure(source: "a.png", caption: caption, label: nil))],
            values: [InlineValue(index: 0, expression: "h.count", position: Sample.origin)])
        let page = Page(lesson, Recording(cells: [], values: [ValueRecording(text: "12")]))
        #expect(page.body.markup.contains("alt=\"A state of 12 units\""))
    }

    @Test(
        "a link to another lesson's file leads to its page",
        arguments: [
            ("02-lstm-gates.md#sec-x", "lstm-gates.html#sec-x"), ("index.md", "index.html"),
            ("https://example.org/a.md", "https://example.org/a.md"), ("#here", "#here"),
        ])
    func links(destination: String, address: String) {
        let link = Inline.link(destination: destination, title: nil, content: [.text("x")])
        #expect(Sample.markup([.paragraph([link])]) == "<p><a href=\"\(address)\">x</a></p>\n")
    }

    @Test("a solution is folded away and an exercise is not")
    func alerts() {
        let solution = Sample.markup([.alert(Alert(kind: .solution, content: [.paragraph([.text("42")])]))])
        #expect(
            solution.hasPrefix("<details class=\"alert solution\">\n<summary class=\"alert-title\">Solution</summary>\n<p>42</p>"))
        let exercise = Sample.markup([.alert(Alert(kind: .exercise, content: []))])
        #expect(exercise.hasPrefix("<div class=\"alert exercise\""))
    }

    @Test("a table has its number, its caption and its columns' alignment")
    func tables() {
        let table = Table(
            alignments: [nil, .trailing, .center, .leading], header: ["a", "b", "c", "d"].map { [.text($0)] },
            rows: [["1", "2", "3", "4"].map { [.text($0)] }], caption: [.text("Sizes")], label: Sample.label("tbl-sizes"))
        let markup = Sample.markup([.table(table)])
        #expect(markup.contains("<figure class=\"table\" id=\"tbl-sizes\">"))
        #expect(markup.contains("<strong class=\"caption-title\">Table 1</strong> Sizes"))
        #expect(
            markup.contains(
                "<tr><td>1</td><td class=\"trailing\">2</td><td class=\"center\">3</td><td class=\"leading\">4</td></tr>"))
    }

    @Test("the paragraphs of a tight list are lines, those of a loose one paragraphs")
    func lists() {
        let items: [[Block]] = [[.paragraph([.text("a")])], [.paragraph([.text("b")])]]
        #expect(
            Sample.markup([.list(List(start: 3, isTight: true, items: items))])
                == "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n")
        // A browser counts from 1 by itself.
        #expect(Sample.markup([.list(List(start: 1, isTight: true, items: items))]).hasPrefix("<ol>\n<li>a</li>"))
        #expect(Sample.markup([.list(List(start: nil, isTight: false, items: items))]).contains("<p>a</p>"))
    }

    @Test("headings below the fifth level of a lesson are as low as HTML has them")
    func deepHeadings() {
        let headings = (1...6).map { Block.heading(Heading(level: $0, content: [.text("x")], id: "h\($0)", label: nil)) }
        let tags = Sample.markup(headings).matches(of: /<(h[1-6]) id/).map { String($0.1) }
        #expect(tags == ["h2", "h3", "h4", "h5", "h6", "h6"])
    }

    @Test("a picture stands above its caption, a table below it")
    func captions() throws {
        for (label, isAbove) in [("fig-a", false), ("tbl-a", true)] {
            var options = CellOptions()
            options.label = Sample.label(label)
            let markup = Sample.markup(of: .text("shown"), options: options)
            let (caption, output) = (
                try #require(markup.firstRange(of: "<figcaption")), try #require(markup.firstRange(of: "shown"))
            )
            #expect((caption.lowerBound < output.lowerBound) == isAbove, "\(label)")
        }
    }

    @Test("claims and printed text stand behind a figure and its caption, in their order", arguments: ["fig-a", "tbl-a"])
    func besideFigures(label: String) throws {
        var options = CellOptions()
        options.label = Sample.label(label)
        let claims = ["first", "second"].map {
            CellOutput.exhibit(Exhibit(ClaimExhibit(text: $0, holds: true, line: 1, column: 1)))
        }
        let tensors = ["a", "b"].map { CellOutput.exhibit(Exhibit(TensorExhibit(name: $0, shape: [], values: [1]))) }
        let markup = Sample.markup(
            of: claims[0], tensors[0], .text("printed"), tensors[1], claims[1], options: options)
        let figure = try #require(markup.firstMatch(of: /(?s)<figure.*<\/figure>/))
        let tensorPlaces = figure.0.ranges(of: "class=\"exhibit tensor\"").count
        #expect(tensorPlaces == 2 && figure.0.contains("<figcaption"))
        let behind = markup[figure.range.upperBound...]
        let places = ["first", "printed", "second"].map { behind.firstRange(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(!figure.0.contains("printed") && !figure.0.contains("class=\"claim"))
    }

    @Test("a caption of claims, or of printed text, stands with them")
    func captionedText() {
        var options = CellOptions()
        options.caption = [.text("The caption")]
        let claim = CellOutput.exhibit(Exhibit(ClaimExhibit(text: "it holds", holds: true, line: 1, column: 1)))
        let markup = Sample.markup(of: .text("printed"), claim, options: options)
        let figure = markup.firstMatch(of: /(?s)<figure.*<\/figure>/)?.0
        #expect(figure?.contains("printed") == true && figure?.contains("it holds") == true)
    }

    @Test(
        "what touches a formula stays on its line, what stands apart need not",
        arguments: [
            ("Here $h$, and", "Here <span class=\"held\">$,</span> and"), ("a ($h$) b", "a <span class=\"held\">($)</span> b"),
            ("$h$", "$"), ("a $h$ b", "a $ b"), ("the $n$-th", "the <span class=\"held\">$-th</span>"),
            ("**$h$**, x", "<span class=\"held\"><strong>$</strong>,</span> x"), ("如果（$h$）是", "如果<span class=\"held\">（$）</span>是"),
            ("值$h$是，", "值$是，"), ("$a$, $b$.", "<span class=\"held\">$,</span> <span class=\"held\">$.</span>"),
            ("($a$+$b$)", "<span class=\"held\">($+</span><span class=\"held\">$)</span>"),
        ])
    func formulas(markdown: String, expected: String) throws {
        let page = Page(try parse(markdown), Recording(cells: [], values: []))
        let markup = page.body.markup.replacing(/<code class="tex">[^<]*<\/code>/, with: "$")
        #expect(markup == "<p>\(expected)</p>\n")
    }

    @Test("Swift that is only shown is coloured, however its name is written, and other code is not")
    func shownCode() {
        for language in ["swift", "Swift"] {
            #expect(Sample.markup([.code(language: language, text: "let a = 1")]).contains("class=\"tok-keyword\">let</span>"))
        }
        #expect(Sample.markup([.code(language: "python", text: "let a = 1")]).contains(">let a = 1</code>"))
    }

    @Test("a link within a heading is not a link within the contents")
    func contents() {
        let heading = Heading(
            level: 2, content: [.link(destination: "x", title: nil, content: [.text("y")])], id: "y", label: nil)
        let page = Page(Sample.lesson([.heading(heading)]), Recording(cells: [], values: []))
        #expect(page.contents.map(\.title.markup) == ["y"])
        #expect(page.contents.map(\.number) == ["7.1"])
    }

    @Test(
        "an inline value is rounded only where it has more than four significant digits",
        arguments: [
            (ValueRecording(text: "0.6170392", number: 0.6170392), "0.6170"),
            (ValueRecording(text: "3", number: 3), "3"),
            (ValueRecording(text: "-0.25", number: -0.25), "−0.25"),
            (ValueRecording(text: "1000000", number: nil), "1000000"),
            (ValueRecording(text: "5.0", number: 5), "5.0"),
            (ValueRecording(text: "0.12345", number: 0.12345), "0.1235"),
            (ValueRecording(text: "1e-05", number: 1e-05), "1<span class=\"power\">\u{202F}×\u{202F}10⁻⁵</span>"),
            (ValueRecording(text: "(2, 3, 6)"), "(2, 3, 6)"),
        ])
    func showsInlineValues(recorded: ValueRecording, text: String) {
        let markup = recorded.html.markup
        #expect(markup.contains(">\(text)</"), "\(markup)")
    }
}

@Suite("Cells on a page")
struct CellRenderingTests {
    @Test("what a cell showed comes after its code, in its order, printed text in one block")
    func outputsInOrder() {
        let markup = Sample.markup(of: .text("a\n"), .text("<b>\n"), .trap("boom"))
        let places = ["show", "a\n&lt;b&gt;</pre>", "boom"].map { markup.range(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    }

    @Test("of a terminal, what is typed is marked, and nothing of its text is lost")
    func terminal() {
        let markup = Sample.markup([.code(language: "console", text: "$ unroll build\n<done>\n  $ not typed\n$ ls\n")])
        #expect(
            markup.contains(
                "<span class=\"tok-command\">$ unroll build</span>\n&lt;done&gt;\n  $ not typed\n"
                    + "<span class=\"tok-command\">$ ls</span>\n</code>"))
        #expect(!Sample.markup([.code(language: "text", text: "$ ls")]).contains("tok-command"))
    }

    @Test("a cell can fold or hide its code, and hide what it showed")
    func options() {
        var options = CellOptions()
        options.fold = true
        #expect(
            Sample.markup(of: .text("a"), options: options).contains("<details class=\"fold\">\n<summary>Show the code</summary>"))
        options.echo = false
        #expect(!Sample.markup(of: .text("a"), options: options).contains("language-swift"))
        options.output = false
        #expect(Sample.markup(of: .text("secret"), options: options) == "<div class=\"cell\">\n</div>\n")
    }

    @Test("a labelled cell is numbered and can be linked to")
    func labels() {
        var options = CellOptions()
        options.label = Sample.label("tbl-shapes")
        options.caption = [.text("What goes in")]
        let markup = Sample.markup(of: .text("a"), options: options)
        #expect(
            markup.contains(
                "<figure class=\"exhibits\" id=\"tbl-shapes\">\n<figcaption><strong class=\"caption-title\">Table 1</strong> What goes in</figcaption>"
            ))
    }

    @Test("code can be copied as it was written")
    func codeIsPlainText() {
        let markup = Sample.markup([.code(language: "python", text: "a < b  # c\n")])
        #expect(markup == "<pre class=\"code\" tabindex=\"0\"><code class=\"language-python\">a &lt; b  # c\n</code></pre>\n")
    }
}
