import Exhibits
import Foundation
import LessonKit
import Testing

@Suite("Site")
struct SiteTests {
    private func page(_ slug: String, number: Int?, title: String? = nil) -> Page {
        Page(Sample.lesson(slug: slug, number: number, title: title ?? slug), Recording(cells: [], values: []))
    }

    private func text(_ path: String, of site: Site) throws -> String {
        let files = try site.files()
        let file = try #require(files.first { $0.path == path }, "\(files.map(\.path))")
        return String(decoding: file.contents, as: UTF8.self)
    }

    @Test("each page is a page, its data and its program; the style and the script are shared")
    func files() throws {
        let site = try Site([page("gru", number: 3), page("index", number: nil)])
        #expect(
            try site.files().map(\.path) == [
                "index.html", "index.json", "index.swift", "gru.html", "gru.json", "gru.swift", "404.html", "style.css",
                "exhibits.js", "site.js", "search.js",
            ])
        #expect(try text("gru.swift", of: site).hasPrefix("// gru\n"))
    }

    @Test("pages lead to the one before and the one after, by number")
    func order() throws {
        let site = try Site([page("c", number: 10), page("index", number: nil), page("b", number: 9), page("a", number: 1)])
        let middle = try text("b.html", of: site)
        #expect(middle.contains("<a rel=\"prev\" href=\"a.html\">"))
        #expect(middle.contains("<a rel=\"next\" href=\"c.html\">"))
        #expect(try !text("a.html", of: site).contains("rel=\"prev\""))
        #expect(try text("index.html", of: site).contains("<a rel=\"next\" href=\"a.html\">"))
    }

    @Test("only the front page lists the lessons, by title and summary")
    func frontPage() throws {
        let site = try Site([page("index", number: nil, title: "Unroll"), page("gru", number: 3, title: "GRU & co")])
        let front = try text("index.html", of: site)
        #expect(front.contains("<span class=\"lesson-title\">GRU &amp; co</span>"))
        #expect(front.contains("<p>What it is about.</p>"))
        #expect(try !text("gru.html", of: site).contains("lesson-title"))
        #expect(try text("gru.html", of: site).contains("<title>GRU &amp; co · Unroll</title>"))
    }

    @Test("a page that was kept is linked to and not written")
    func keptPages() throws {
        let kept = KeptPage(slug: "lstm", source: "lessons/02-lstm.md", title: "LSTM", summary: nil)
        let site = try Site([page("rnn", number: 1), page("gru", number: 3)], kept: [kept])
        #expect(try text("rnn.html", of: site).contains("<a rel=\"next\" href=\"lstm.html\">"))
        #expect(try !site.files().contains { $0.path.hasPrefix("lstm") })
    }

    @Test("a page tells its language")
    func language() throws {
        let lesson = Sample.lesson(lang: "zh-Hans")
        let site = try Site([Page(lesson, Recording(cells: [], values: []))])
        let page = try text("sample.html", of: site)
        #expect(page.contains("<html lang=\"zh-Hans\">"))
        #expect(page.contains("第 7 课"))
    }

    @Test("a link to a page in another language says so, one in the page's own does not")
    func languagesOfLinks() throws {
        let languages: [(Int, String)] = [(1, "en"), (2, "zh"), (3, "zh")]
        let pages = languages.map { number, language in
            Page(
                Sample.lesson(slug: "l\(number)", number: number, lang: language), Recording(cells: [], values: []))
        }
        let middle = try text("l2.html", of: try Site(pages))
        #expect(middle.contains("<a rel=\"prev\" href=\"l1.html\" lang=\"en\"><span lang=\"zh\">"))
        #expect(middle.contains("<a rel=\"next\" href=\"l3.html\"><span lang=\"zh\">"))
    }

    @Test("contents are listed where there is more than one heading, the highest two levels of them")
    func contents() throws {
        func page(_ levels: [Int]) throws -> String {
            let headings = levels.enumerated().map { index, level in
                Block.heading(Heading(level: level, content: [.text("Heading \(index)")], id: "h\(index)", label: nil))
            }
            let site = try Site([Page(Sample.lesson(headings), Recording(cells: [], values: []))])
            return try text("sample.html", of: site)
        }
        #expect(try !page([1]).contains("<nav class=\"contents\""))
        let listed = try page([1, 2, 3])
        let navigation = try #require(listed.firstMatch(of: /(?s)<nav class="contents".*?<\/nav>/)).0
        #expect(navigation.contains("#h0") && navigation.contains("#h1") && !navigation.contains("#h2"))
    }

    @Test("two lessons cannot be the same page")
    func clashes() throws {
        let problems = #expect(throws: Problems.self) { try Site([page("gru", number: 3), page("gru", number: 4)]) }
        #expect(problems?.all.count == 1)
        #expect(problems?.all.first?.message.contains("gru.html") == true)
    }

    @Test("the data has every value, keys in the order of the contract, what is no number as text")
    func data() throws {
        let cell = Sample.cell(
            options: {
                var options = CellOptions(); options.label = Sample.label("tbl-a"); return options
            }())
        let claim = ClaimExhibit(text: "so", holds: true, line: 11, column: 1)
        let recording = Recording(
            cells: [
                CellRecording(outputs: [
                    .text("hi\n"), .exhibit(Exhibit(TensorExhibit(name: "hn", shape: [2], values: [0.1, .nan]))),
                    .exhibit(Exhibit(claim)),
                ])
            ],
            values: [ValueRecording(text: "(2)")])
        let value = InlineValue(index: 0, expression: "hn.shape", position: SourcePosition(line: 20, column: 7))
        let lesson = Sample.lesson([.cell(0)], cells: [cell], values: [value])
        let json = try text("sample.json", of: try Site([Page(lesson, recording)]))
        #expect(
            json == """
                {
                  "lesson": "sample",
                  "title": "A sample",
                  "summary": "What it is about.",
                  "source": "lessons/07-sample.md",
                  "cells": [
                    {
                      "index": 0,
                      "line": 10,
                      "label": "tbl-a",
                      "stdout": "hi\\n",
                      "exhibits": [
                        {
                          "kind": "tensor",
                          "name": "hn",
                          "shape": [2],
                          "values": [0.1, "nan"]
                        },
                        {
                          "kind": "claim",
                          "text": "so",
                          "holds": true,
                          "line": 11,
                          "column": 1
                        }
                      ]
                    }
                  ],
                  "inline": [
                    {
                      "line": 20,
                      "column": 7,
                      "expression": "hn.shape",
                      "text": "(2)"
                    }
                  ],
                  "claims": [
                    {
                      "line": 11,
                      "text": "so",
                      "holds": true
                    }
                  ]
                }

                """)
    }
}
