import LessonKit
import Testing

@Suite struct AttributesTests {
    // MARK: Images

    @Test(
        "a figure has a width and a label, in either order",
        arguments: ["{#fig-x width=50%}", "{width=50% #fig-x}", "{ #fig-x  width=\"50%\" }", " {#fig-x width=50%}"])
    func figure(attributes: String) throws {
        guard case .figure(let figure) = try parse("![c](f.png)\(attributes)").blocks[0] else {
            Issue.record("no figure")
            return
        }
        #expect(figure.width == ImageWidth("50%") && figure.label?.name == "fig-x" && figure.caption == [.text("c")])
    }

    @Test("widths are parts of the text's width or pixels")
    func widths() {
        #expect(["33.3%", "100%", "300px"].allSatisfy { ImageWidth($0)?.css == $0 } && ImageWidth("300")?.css == "300px")
        #expect(["", "0%", "101%", "-5px", "5em", "wide", "50 %", "1e3px", "٣px"].allSatisfy { ImageWidth($0) == nil })
    }

    @Test("an image in a line has a width too")
    func inline() throws {
        #expect(
            try parse("a ![b](c){width=20px} d").blocks == [
                .paragraph([.text("a "), .image(source: "c", title: nil, alternative: "b", width: ImageWidth("20px")), .text(" d")])
            ])
        #expect(
            try parse("a ![b][r]{width=20px}\n\n[r]: c").blocks == [
                .paragraph([.text("a "), .image(source: "c", title: nil, alternative: "b", width: ImageWidth("20px"))])
            ])
    }

    @Test(
        "a wrong attribute is told at its place",
        arguments: [
            ("![中](f){#fig-x wdith=50%}", "4:16: an image has no attribute wdith"),
            ("![中](f){#fig-x width=half}", "4:22: half is no width"),
            ("![中](f){width=120%}", "4:15: 120% is no width"),
            ("![中](f){width=5em}", "4:15: 5em is no width"),
            ("![中](f){50%}", "4:9: an image has no attribute 50%"),
            ("![中](f){.wide}", "4:9: an image has no attribute .wide"),
            ("![中](f){}", "4:8: there is nothing in these braces"),
            ("a ![中](f){height=5px}", "4:11: an image has no attribute height"),
            ("a ![中](f){#fig-x width=5px}", "4:12: there is nothing here that {#fig-x} could label"),
            ("![中](f){#tbl-x width=5px}", "4:10: tbl-x cannot be the label of a figure"),
        ])
    func wrong(markdown: String, problem: String) {
        #expect(problems(in: markdown) == [problem])
    }

    @Test(
        "braces behind anything else are text",
        arguments: ["[a](b){width=5px}", "f(x){a=1}", "`a`{width=5px}", "![a](b) {x}", "![a](b)\\{x}"])
    func plain(markdown: String) throws {
        #expect("\(try parse(markdown).blocks)".contains("{"))
    }

    // MARK: Spans

    @Test("a span has the language of what it holds")
    func span() throws {
        #expect(
            try parse("Say [我*爱*中国]{lang=zh}: [a [b]{lang=\"zh-Hant\"}]{lang=de}").blocks == [
                .paragraph([
                    .text("Say "), .span(language: "zh", [.text("我"), .emphasis([.text("爱")]), .text("中国")]), .text(": "),
                    .span(language: "de", [.text("a "), .span(language: "zh-Hant", [.text("b")])]),
                ])
            ])
        #expect(
            try parse("# [a]{lang=de}").blocks == [
                .heading(Heading(level: 1, content: [.span(language: "de", [.text("a")])], id: "a", label: nil))
            ])
        #expect(
            try parse("> [a\n> b]{lang=de}").blocks == [
                .quote([.paragraph([.span(language: "de", [.text("a"), .softBreak, .text("b")])])])
            ])
        #expect(try parse("[[x] \\] y]{lang=de}").blocks == [.paragraph([.span(language: "de", [.text("[x] ] y")])])])
    }

    @Test("a span holds values, formulas and references at their places")
    func content() throws {
        let lesson = try parse("[中 `{swift} n` $x$]{lang=zh}")
        #expect(lesson.values.map(\.position) == [at(4, 13)])
    }

    @Test(
        "a wrong span is told at its place",
        arguments: [
            ("[中]{lnag=zh}", "4:5: a span has no lnag, only lang"),
            ("[中]{lang=zh .a}", "4:13: a span has no .a, only lang"),
            ("[中]{lang=cn}", "4:10: there is no language cn"),
            ("[中]{lang=zh_CN}", "4:10: zh_CN is no language tag"),
            ("*a [中*]{lang=zh}", "4:8: the span that ends here begins within other text"),
        ])
    func wrongSpan(markdown: String, problem: String) {
        #expect(problems(in: markdown) == [problem])
    }

    @Test(
        "brackets and braces that are no span are text",
        arguments: [
            "[a]{b}", "a]{lang=zh}", "\\[a]{lang=zh}", "[a\\]{lang=zh}", "[a] {lang=zh}", "`[a]{lang=zh}`", "[a]{}", "[a]{lang=zh",
        ])
    func plainSpan(markdown: String) throws {
        #expect(!"\(try parse(markdown).blocks)".contains("span("))
    }

    // MARK: Language tags

    @Test(
        "BCP 47 tags",
        arguments: ["en", "zh-Hans", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1901", "es-419", "yue", "en-x-a", "x-a", "ZH-cn"])
    func tags(tag: String) throws {
        #expect(problems(inFile: "---\ntitle: T\nlang: \(tag)\n---\n") == [])
    }

    @Test(
        "what looks like one and is none",
        arguments: ["cn", "jp", "en_US", "english language", "e", "zh-", "zh-Abcd", "en-XX", "en-toolongatag", "中文"])
    func wrongTags(tag: String) throws {
        #expect(problems(inFile: "---\ntitle: T\nlang: \(tag)\n---\n").first?.hasPrefix("3:7: ") == true)
    }
}
