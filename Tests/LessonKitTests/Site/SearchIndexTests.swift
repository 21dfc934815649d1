import Exhibits
import Foundation
import LessonKit
import Testing

@Suite("Search index")
struct SearchIndexTests {
    /// The index as a browser reads it: of each page its head and its sections.
    private func index(_ pages: [Page], kept: [KeptPage] = []) throws -> [[Any]] {
        let files = try Site(pages, kept: kept).files()
        let script = String(decoding: try #require(files.first { $0.path == "search.js" }).contents, as: UTF8.self)
        let json = try #require(script.firstMatch(of: /(?s)var searchIndex = (\[.*\]);\n$/)).1
        return try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[Any]])
    }

    /// Of one page, whose text this is, what stands behind its head.
    private func sections(_ text: String, recorded: [CellRecording] = []) throws -> [[String]] {
        let lesson = try parse(text, path: "lessons/07-sample.md")
        let pages = try index([Page(lesson, Recording(cells: recorded, values: []))])
        return pages[0].dropFirst().compactMap { $0 as? [String] }
    }

    @Test("each section has its id, its heading with its number, and its words")
    func sections() throws {
        let found = try sections(
            "Before *all*\nof it.\n\n## A `cell`\n\n- one\n- two\n\n### B\n\n> [!TIP]\n> Say **so**, [here](#b).")
        #expect(
            found == [
                ["", "", "Before all of it.", ""], ["a-cell", "7.1 A cell", "one two", ""],
                ["b", "7.1.1 B", "Tip Say so, here.", ""],
            ])
    }

    @Test("of code the names are found, each once, and neither keywords nor what is in quotation marks")
    func names() throws {
        let found = try sections("```swift\nlet gate = LSTM(inputSize: 2)  // a comment\nprint(gate, \"words\")\n```")
        #expect(found == [["", "", "", "gate LSTM inputSize print"]])
    }

    @Test("captions and claims are found, numbers of exhibits and formulas on lines of their own are not")
    func exhibits() throws {
        let shown = CellRecording(outputs: [
            .text("printed"), .exhibit(Exhibit(TensorExhibit(name: "hn", shape: [1], values: [0.123]))),
            .exhibit(Exhibit(ClaimExhibit(text: "it holds", holds: true, line: 1, column: 1))),
        ])
        let text = "In $x$ stands\n\n$$ y = 1 $$\n\n```{swift}\n//| label: tbl-a\n//| caption: The state\nshow(hn)\n```"
        let found = try sections(text, recorded: [shown])
        #expect(found.map { $0[2] }.map { $0.contains("Table 1 The state") && $0.hasSuffix("it holds") } == [true])
        for hidden in ["printed", "0.123", "y = 1"] { #expect(!found[0][2].contains(hidden), "\(found)") }
    }

    @Test("pages stand in the order in which they are read, one that was kept with its summary")
    func pages() throws {
        let pages = [2, 1].map { (number: Int) in
            Page(
                Sample.lesson(slug: "l\(number)", number: number, title: "\"L\(number)\""), Recording(cells: [], values: []))
        }
        let kept = KeptPage(slug: "old one", source: "lessons/03-old one.md", title: "Old", summary: "What it was.")
        let found = try index(pages, kept: [kept])
        let heads = found.compactMap { $0.first as? [String: String] }
        #expect(heads.map { $0["title"] } == ["\"L1\"", "\"L2\"", "Old"])
        #expect(heads.map { $0["href"] } == ["l1.html", "l2.html", "old%20one.html"])
        #expect(heads.map { $0["kind"] } == ["lesson", "lesson", "lesson"])
        #expect(found[2].last as? [String] == ["", "", "What it was.", ""])
    }

    @Test("a section is a line")
    func lines() throws {
        let page = Page(try parse("a\n\n## B\n\nc\n\n## D\n\ne"), Recording(cells: [], values: []))
        let files = try Site([page]).files()
        let lines = String(decoding: try #require(files.last).contents, as: UTF8.self).split(separator: "\n")
        #expect(files.last?.path == "search.js" && lines.filter { $0.contains("[\"") }.count == 3)
    }
}
