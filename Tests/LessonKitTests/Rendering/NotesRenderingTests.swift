import Drawing
import Exhibits
import LessonKit
import Testing

/// Footnotes, sources, tasks and spans as a browser and a screen reader get them.
@Suite struct NotesRenderingTests {
    private func body(_ markdown: String, lang: String = "en") throws -> String {
        let list = SourceList(
            Array("S1: {title: \"Why?\", note: A post}\nS3: {title: T, author: B, year: 1990, url: \"https://x.y\"}".utf8),
            path: "s.yml")
        let text = "---\ntitle: T\nlang: \(lang)\nsources: [S1, S3]\n---\n" + markdown
        let lesson = try Lesson.parse(Array(text.utf8), path: "x.md", sources: list)
        return Page(lesson, Recording(cells: [], values: [])).body.markup
    }

    @Test("a reference and its footnote lead to each other, and say so")
    func footnote() throws {
        let html = try body("a[^n]\n\n[^n]: text")
        #expect(
            html.contains(
                ##"<sup class="footnote"><a id="note.n.1" href="#note.n" role="doc-noteref" aria-label="Footnote 1">1</a></sup>"##))
        #expect(html.contains(#"<section class="notes" role="doc-endnotes" aria-labelledby="footnotes">"#))
        #expect(html.contains(#"<li id="note.n">"#))
        #expect(html.contains(##"<p>text <a class="back" href="#note.n.1" role="doc-backlink" aria-label="Back to the text">"##))
    }

    @Test("a footnote that is referred to twice has two ways back, and no id twice")
    func twice() throws {
        let html = try body("# H[^n]\n\n# I[^n]\n\n[^n]: text")
        #expect(html.contains(##"href="#note.n.1" role="doc-backlink" aria-label="Back to the text (1)""##))
        #expect(html.contains(##"href="#note.n.2" role="doc-backlink" aria-label="Back to the text (2)""##))
        let ids = html.matches(of: #/id="([^"]*)"/#).map { String($0.1) }
        #expect(Set(ids).count == ids.count, "\(ids)")
    }

    @Test("a citation has its source's number, and the source the way back")
    func citation() throws {
        let html = try body("[@S3, p. 4; @S1]")
        #expect(
            html.contains(
                ##"[<a id="source.S3.1" href="#source.S3" role="doc-biblioref" aria-label="Source 2">2</a>, p. 4; <a id="source.S1.1" href="#source.S1" role="doc-biblioref" aria-label="Source 1">1</a>]"##
            ))
        #expect(html.contains(##"<cite>Why?</cite> A post. <a class="back" href="#source.S1.1""##))
        #expect(html.contains(#"B (1990). <cite>T</cite>. <a href="https://x.y">https://x.y</a> <a class="back""#))
    }

    @Test("the list of contents repeats neither notes nor their ids")
    func contents() throws {
        let lesson = try parse("# H[^n]\n\n# I ~~a~~ [b]{lang=de}\n\n[^n]: x")
        let titles = Page(lesson, Recording(cells: [], values: [])).contents.map(\.title.markup)
        #expect(titles == ["H", #"I <del>a</del> <span lang="de">b</span>"#])
    }

    @Test("the page's own words are Chinese on a Chinese page")
    func chinese() throws {
        let html = try body("a[^n] [@S1]\n\n- [x] b\n\n[^n]: x", lang: "zh")
        #expect(["脚注", "参考文献", "回到正文", "已完成"].allSatisfy(html.contains))
    }

    @Test("tasks are boxes that cannot be pressed, with words for who cannot see them")
    func tasks() throws {
        let html = try body("- [x] a\n- [ ] b")
        #expect(html.contains(#"<li class="task"><input type="checkbox" checked disabled aria-label="Done"> a</li>"#))
        #expect(html.contains(#"<li class="task"><input type="checkbox" disabled aria-label="To do"> b</li>"#))
    }

    @Test("definitions, widths and links")
    func others() throws {
        #expect(try body("t\n: d").contains("<dt>t</dt>"))
        #expect(try body("![c](f.png){width=50%}").contains(#"<img src="f.png" alt="c" style="width: 50%">"#))
        #expect(try body("www.a.b").contains(#"<a href="http://www.a.b">www.a.b</a>"#))
    }
}
