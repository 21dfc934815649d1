import LessonKit
import Testing

@Suite struct FootnoteTests {
    private func footnotes(_ markdown: String) throws -> [Footnote] {
        guard case .footnotes(let footnotes)? = try parse(markdown).blocks.last else { return [] }
        return footnotes
    }

    private func reference(_ name: String, _ line: Int, _ column: Int, use: Int = 1) -> Inline {
        .footnote(FootnoteReference(name: name, position: at(line, column), use: use))
    }

    @Test("a footnote's text goes to the lesson's end, and its reference tells where it stands")
    func simple() throws {
        #expect(
            try parse("中[^a], b\n\n[^a]: word\n\nc").blocks == [
                .paragraph([.text("中"), reference("a", 4, 2), .text(", b")]), .paragraph([.text("c")]),
                .footnotes([Footnote(name: "a", position: at(6, 1), content: [.paragraph([.text("word")])], uses: 1)]),
            ])
    }

    @Test("footnotes stand in the order in which they are referred to, those of footnotes last")
    func order() throws {
        let markdown = "a[^z] b[^x] c[^z]\n\n[^x]: X\n[^n]: N [^x]\n[^z]: Z [^n]\n"
        #expect(try footnotes(markdown).map(\.name) == ["z", "x", "n"])
        #expect(try footnotes(markdown).map(\.uses) == [2, 2, 1])
    }

    @Test("a footnote goes on in lines that follow and in what is indented by four spaces, whatever that is")
    func blocks() throws {
        let note = try footnotes(
            "a[^n]\n\n[^n]: one\ntwo\n\n    three\n\n    - four\n\n    ```{swift}\n    let x = 1\n    ```\n\nfive")[0]
        #expect(note.content.count == 4 && note.content[0] == .paragraph([.text("one"), .softBreak, .text("two")]))
        #expect(note.content[1] == .paragraph([.text("three")]) && note.content[3] == .cell(0))
        #expect(try footnotes("a[^n]\n\n[^n]:\n    one")[0].content == [.paragraph([.text("one")])])
        let list = Block.list(List(start: nil, isTight: true, items: [[.paragraph([.text("one")])]]))
        #expect(try footnotes("a[^n]\n\n[^n]: - one")[0].content == [list])
        #expect(try footnotes("a[^n]\n[^n]: | x |\n    |---|\n    | y |\n")[0].content.map { "\($0)".prefix(5) } == ["table"])
    }

    @Test("what stands in a footnote has its place in the file", arguments: ["[^n]: ", "[^long-name]:    ", "> [^n]: ", "[^n]:\t"])
    func places(marker: String) throws {
        let quote = marker.hasPrefix(">") ? "> " : ""
        let lesson = try parse(
            "\(quote)a[^n] b[^long-name]\n\n\(marker)中 `{swift} n` $x$\n\(quote)\n\(quote)[^\(marker.contains("long") ? "n" : "long-name")]: y"
        )
        #expect(lesson.values.map(\.position) == [at(6, marker.count + 12)])
    }

    @Test("lists beside footnotes are theirs", arguments: ["+", "*", "-"])
    func lists(bullet: String) throws {
        let blocks = try parse("a[^n]\n\n\(bullet) x\n\(bullet) y\n\n[^n]: z\n\n\(bullet) v").blocks
        let list = Block.list(List(start: nil, isTight: true, items: [[.paragraph([.text("x")])], [.paragraph([.text("y")])]]))
        #expect(blocks[1] == list && blocks.count == 4)
    }

    @Test("definitions of links, headings, tables and captions go on working beside them")
    func beside() throws {
        let lesson = try parse("# H[^n]\n\n| a[^n] |\n|---|\n| b |\n: C[^n] {#tbl-x}\n\n[l]\n\n[l]: /url\n[^n]: /other")
        #expect(lesson.links.map(\.address) == ["/url"])
        #expect(try footnotes("# H[^n]\n\n[^n]: x")[0].uses == 1)
        guard case .heading(let heading) = lesson.blocks[0], case .footnotes(let notes)? = lesson.blocks.last else {
            Issue.record("no heading or footnote")
            return
        }
        #expect(heading.id == "h" && notes.map(\.uses) == [3] && notes[0].content == [.paragraph([.text("/other")])])
    }

    @Test(
        "in code, formulas, HTML and addresses it is text, and so is what is escaped or has spaces",
        arguments: [
            "`[^a]`", "```\n[^a]: x\n```", "    [^a]: x", "$[^a]$", "$$\n[^a]: x\n$$", "<div>\n[^a]: x\n</div>", "\\[^a]",
            "[b](c[^a])",
            "[^a b]", "[^]", "![^a](b)", "[^a](b)",
        ])
    func plain(markdown: String) {
        #expect(problems(in: markdown) == [])
    }

    @Test("code that reads like a footnote stays as it is")
    func code() throws {
        #expect(try parse("```\n[^a]: x\n: y\n```").blocks == [.code(language: nil, text: "[^a]: x\n: y")])
        #expect(try parse("x\n\n    [^a]: x").blocks.last == .code(language: nil, text: "[^a]: x"))
    }

    @Test("what is wrong is told at its place")
    func wrong() throws {
        #expect(
            problems(in: "中[^gates]\n\n[^gate]: x") == [
                "4:2: there is no footnote [^gates]", "6:1: no text refers to the footnote [^gate]",
            ])
        #expect(problems(in: "a[^b]\n\n[^b]: x\n\n> [^b]: y") == ["8:3: the footnote [^b] is defined twice"])
        #expect(problems(in: "a[^b]\n\n[^b]:\n") == ["6:1: the footnote [^b] has no text"])
        #expect(problems(in: "[^b]: x[^b]") == ["4:1: no text refers to the footnote [^b]"])
        #expect(problems(in: "[x [^b]](c)\n\n[^b]: x") == ["4:4: a footnote cannot stand in a link"])
    }

    @Test("hints have the nearest name")
    func hints() {
        do throws(Problems) {
            _ = try parse("a[^gates]\n\n[^gate]: x")
        } catch {
            #expect(error.all.map(\.hint) == ["did you mean [^gate]?", "did you mean [^gates]?"])
        }
    }
}
