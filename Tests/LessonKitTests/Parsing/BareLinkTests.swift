import LessonKit
import Testing

/// The examples are those of GitHub's specification, section "Autolinks (extension)", and Chinese ones.
@Suite struct BareLinkTests {
    /// What is linked in a paragraph, as `text → address`.
    private func links(_ markdown: String) throws -> [String] {
        try parse(markdown).blocks.flatMap { block -> [String] in
            guard case .paragraph(let content) = block else { return [] }
            return content.compactMap { inline in
                guard case .link(let address, _, let content) = inline else { return nil }
                return content.plainText == address ? address : "\(content.plainText) → \(address)"
            }
        }
    }

    @Test(
        "an address is linked up to the marks that are the sentence's",
        arguments: [
            ("www.commonmark.org", "www.commonmark.org → http://www.commonmark.org"),
            ("Visit www.commonmark.org/help for more.", "www.commonmark.org/help → http://www.commonmark.org/help"),
            ("Visit https://commonmark.org/a.b.", "https://commonmark.org/a.b"),
            ("https://www.google.com/search?q=Markup+(business)", "https://www.google.com/search?q=Markup+(business)"),
            ("https://www.google.com/search?q=Markup+(business)))", "https://www.google.com/search?q=Markup+(business)"),
            ("(https://www.google.com/search?q=Markup+(business))", "https://www.google.com/search?q=Markup+(business)"),
            ("https://www.google.com/search?q=(business))+ok", "https://www.google.com/search?q=(business))+ok"),
            ("https://www.google.com/search?q=a&hl=en", "https://www.google.com/search?q=a&hl=en"),
            ("https://www.google.com/search?q=a&hl;", "https://www.google.com/search?q=a"),
            ("https://a.b/?c=1&amp;d=2", "https://a.b/?c=1&d=2"),
            ("HTTP://A.b/c_d_e*f", "HTTP://A.b/c_d_e*f"),
            ("**https://a.b/c**", ""),
            ("见https://a.b/循环。下一句", "https://a.b/循环"),
            ("（https://a.b/c）", "https://a.b/c"),
            ("https://a.b/c<d", "https://a.b/c"),
            ("https://a.b/$c$", "https://a.b/$c$"),
        ])
    func linked(markdown: String, link: String) throws {
        #expect(try links(markdown) == (link.isEmpty ? [] : [link]))
    }

    @Test("emphasis is about an address, not in it")
    func emphasised() throws {
        let link = Inline.link(destination: "https://a.b/_c_d", title: nil, content: [.text("https://a.b/_c_d")])
        #expect(try parse("**https://a.b/_c_d**").blocks == [.paragraph([.strong([link])])])
    }

    @Test(
        "what is no address, or stands in code, formulas, links, HTML or behind letters, stays as it is",
        arguments: [
            "https://", "https://a", "http://a..b", "www.", "www.a_b.c_d", "xhttps://a.b", "ahttps://a.b", "\\https://a.b",
            "ftp://a.b",
            "`https://a.b`", "$https://a.b$", "<b title=\"see https://a.b\"></b>", "a@b.cd", "&#104;ttps://a.b",
        ])
    func plain(markdown: String) throws {
        #expect(try links(markdown) == [])
    }

    @Test("in a link's text there is no other link")
    func nested() throws {
        #expect(
            try parse("[see https://a.b](c) ![https://d.e](f)").blocks == [
                .paragraph([
                    .link(destination: "c", title: nil, content: [.text("see https://a.b")]), .text(" "),
                    .image(source: "f", title: nil, alternative: "https://d.e", width: nil),
                ])
            ])
    }

    @Test("an address in a table ends at its cell's end")
    func table() throws {
        guard case .table(let table) = try parse("| https://a.b/c|d |\n|---|---|").blocks[0] else {
            Issue.record("no table")
            return
        }
        #expect(table.header.map(\.plainText) == ["https://a.b/c", "d"])
    }

    @Test("it is one of the lesson's links, at its place")
    func place() throws {
        #expect(try parse("> 中文 https://a.b/c!").links == [Link("https://a.b/c", at: at(4, 6))])
    }
}
