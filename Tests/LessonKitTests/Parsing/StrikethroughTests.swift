import LessonKit
import Testing

@Suite struct StrikethroughTests {
    private func text(_ markdown: String) throws -> Block { try parse(markdown).blocks[0] }

    @Test("two tildes strike out what stands between two more, and nest with emphasis")
    func struck() throws {
        #expect(
            try text("a ~~b *c*~~ d")
                == .paragraph([.text("a "), .strikethrough([.text("b "), .emphasis([.text("c")])]), .text(" d")]))
        #expect(try text("**~~a~~**") == .paragraph([.strong([.strikethrough([.text("a")])])]))
        #expect(try text("~~a\nb~~") == .paragraph([.strikethrough([.text("a"), .softBreak, .text("b")])]))
        #expect(try text("中~~文~~字") == .paragraph([.text("中"), .strikethrough([.text("文")]), .text("字")]))
    }

    @Test(
        "tildes that GitHub leaves alone stay text",
        arguments: [
            "~~a", "a~~", "~a~", "x ~~~a~~~b", "a ~~ b ~~ c", "~~ a~~", "~~a ~~", "\\~~a~~", "~~a\\~~", "x ~~~~", "a~~\"b\"~~",
            "~ ~a~ ~",
        ])
    func plain(markdown: String) throws {
        #expect(try text(markdown) == .paragraph([.text(markdown.replacing("\\", with: ""))]))
    }

    @Test("what is open in emphasis is not closed outside of it")
    func crossed() throws {
        #expect(try text("*a ~~b* c~~") == .paragraph([.emphasis([.text("a ~~b")]), .text(" c~~")]))
    }

    @Test("tildes in code, formulas, addresses and HTML are theirs")
    func elsewhere() throws {
        #expect(try text("`~~a~~`") == .paragraph([.code("~~a~~")]))
        #expect(
            try text("[~~a~~](~~b~~)")
                == .paragraph([.link(destination: "~~b~~", title: nil, content: [.strikethrough([.text("a")])])]))
        #expect(try text("~~`~~`~~") == .paragraph([.strikethrough([.code("~~")])]))
        guard case .paragraph(let content) = try text("$~~a~~$"), case .math(let tex) = content[0] else {
            Issue.record("no formula")
            return
        }
        #expect(tex.source == "~~a~~")
    }

    @Test("tables and captions have struck text too")
    func table() throws {
        guard case .table(let table) = try text("| ~~a~~ | ~~b | c~~ |\n|---|---|---|\n: ~~d~~") else {
            Issue.record("no table")
            return
        }
        #expect(table.header == [[.strikethrough([.text("a")])], [.text("~~b")], [.text("c~~")]])
        #expect(table.caption == [.strikethrough([.text("d")])])
    }
}
