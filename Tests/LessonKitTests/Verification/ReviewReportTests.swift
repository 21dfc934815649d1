import LessonKit
import Testing

@Suite("The page for reviewers")
struct ReviewReportTests {
    private func state(_ values: String, code: String = "show(h)", markup: String? = nil) throws -> MovedPage.State {
        let shown = markup ?? #"<data value="1.0">1</data> <data value="\#(values)">2</data>"#
        return try MovedPage.State(
            html: #"<main><div class="cell"><pre class="code">x</pre><div class="exhibits">\#(shown)</div></div></main>"#,
            json: #"{"title": "A & B", "source": "lessons/01-x.md", "cells": [{"index": 0, "line": 7, "stdout": "", "exhibits": "#
                + #"[{"kind": "tensor", "name": "<h>", "shape": [2], "values": [1.0, \#(values)]}]}], "inline": [], "claims": []}"#,
            program: "\n// lessons/01-x.md:7\n\(code)\n")
    }

    private func report(_ was: MovedPage.State, _ now: MovedPage.State, attachments: [String] = []) throws -> String {
        let page = MovedPage(file: "lessons/01-x.md", was: was, is: now)
        return try ReviewReport(pages: [page], problems: [], attachments: attachments).html()
    }

    @Test("where nothing differs it says so")
    func nothing() throws {
        let html = try ReviewReport(pages: [], problems: [], attachments: []).html()
        #expect(html.contains("Nothing differs") && html.contains("The site is what the lessons make."))
    }

    @Test("a moved number has what it was, what it is and the difference, and is marked on both sides, it alone")
    func moved() throws {
        let html = try report(state("2.0"), state("2.5"))
        #expect(html.contains("<td>2</td><td>2.5</td><td>0.5, 25 %</td>"))
        #expect(html.contains(#"<data data-moved value="2.0">"#) && html.contains(#"<data data-moved value="2.5">"#))
        #expect(html.components(separatedBy: "<data data-moved").count == 3)
        #expect(html.contains("&lt;h&gt;[1]") && html.contains("A &amp; B"))
    }

    @Test("what moved it is the code of a cell, an attachment, or else the library or the toolchain")
    func cause() throws {
        let code = try report(state("2.0"), state("2.5", code: "show(2 * h)"), attachments: ["n.txt"])
        #expect(code.contains("- show(h)") && code.contains("+ show(2 * h)") && code.contains("n.txt"))
        #expect(!code.contains("the library or the toolchain"))
        let attachment = try report(state("2.0"), state("2.5"), attachments: ["n.txt"])
        #expect(attachment.contains("n.txt") && !attachment.contains("the library or the toolchain"))
        #expect(try report(state("2.0"), state("2.5")).contains("the library or the toolchain"))
    }

    @Test(
        "markup that no exhibit is drawn with does not get in",
        arguments: [
            "<script>x</script>", #"<img src="x">"#, #"<p onclick="x">y</p>"#, #"<p style="x">y</p>"#, "<p>y", "zz</p>",
            "<!-- y -->",
            #"<meta http-equiv="refresh" content="0">"#, #"<p class='a'>y</p>"#, #"<a href="x">y</a>"#,
            "<svg><use href=\"x\"/></svg>",
            "<p><em>y</p></em>", #"<rect fill="url(https://x)"></rect>"#,
        ])
    func foreignMarkup(markup: String) throws {
        let html = try report(state("2.0", markup: markup), state("2.5"))
        #expect(!html.contains(markup))
        #expect(html.contains("Nothing that can be shown.") && html.contains(#"<data value="2.5">"#))
    }

    @Test("it loads nothing and runs nothing")
    func offline() throws {
        let html = try report(state("2.0"), state("2.5"))
        #expect(html.contains(#"content="default-src 'none'; style-src 'unsafe-inline'""#))
        #expect(!html.contains("url(") && !html.contains("<script") && !html.contains("<link"))
    }
}
