import Foundation
import LessonKit
import Testing

/// What a translator's glossary says, held against the pages.
@Suite("Words of a page")
struct PageWordsTests {
    @Test(
        "an alert is titled by its kind, in the page's language",
        arguments: [
            (.note, "Note", "注意"), (.tip, "Tip", "提示"), (.important, "Important", "重要"), (.warning, "Warning", "警告"),
            (.caution, "Caution", "当心"), (.exercise, "Exercise", "练习"), (.solution, "Solution", "解答"),
        ] as [(Alert.Kind, String, String)])
    func alerts(kind: Alert.Kind, english: String, chinese: String) {
        let alert = [Block.alert(Alert(kind: kind, content: []))]
        #expect(Sample.markup(alert).contains("class=\"alert-title\">\(english)</"))
        #expect(Sample.markup(alert, lang: "zh").contains("class=\"alert-title\">\(chinese)</"))
    }

    @Test("every kind of alert has a title of its own", arguments: ["en", "zh"])
    func distinctAlerts(language: String) {
        let titles = Alert.Kind.allCases.map { kind in
            Sample.markup([.alert(Alert(kind: kind, content: []))], lang: language)
                .firstMatch(of: /class="alert-title">([^<]+)</).map { String($0.1) }
        }
        #expect(!titles.contains(nil) && Set(titles).count == Alert.Kind.allCases.count)
    }

    @Test(
        "a reference says what it leads to, in the page's language",
        arguments: [
            ("fig-a", "Figure", "图"), ("tbl-a", "Table", "表"), ("eq-a", "Equation", "式"), ("sec-a", "Section", "节"),
        ])
    func references(name: String, english: String, chinese: String) throws {
        let label = Sample.label(name)
        let labelled: Block =
            switch label.kind {
            case .figure: .figure(Figure(source: "a.png", caption: [], label: label))
            case .table: .table(Table(alignments: [], header: [], rows: [], caption: nil, label: label))
            case .equation: .math(DisplayMath(tex: TeX(source: "x", position: Sample.origin), label: label))
            case .section, .cell: .heading(Heading(level: 1, content: [.text("A")], id: name, label: label))
            }
        let number = label.kind == .section ? "7.1" : "1"
        for (language, word) in [("en", english), ("zh-Hant", chinese)] {
            let markup = Sample.markup([labelled, .paragraph([.reference(label)])], lang: language)
            #expect(markup.contains("href=\"#\(name)\">\(word)\u{A0}\(number)</a>"))
        }
    }

    @Test(
        "what stands around a lesson is in its language",
        arguments: [
            (
                "en", ["Skip to the text", "Previous", "Next", "Before and after this lesson"],
                ["Download the program", "Every value as JSON", "Made from", "Lesson 2"]
            ),
            ("zh", ["跳到正文", "上一课", "下一课", "前后各课"], ["下载程序", "全部数值（JSON）", "来源", "第 2 课"]),
        ])
    func around(language: String, navigation: [String], files: [String]) throws {
        let pages = (1...3).map { number in
            let lesson = Sample.lesson(slug: "page\(number)", number: number, lang: language)
            return Page(lesson, Recording(cells: [], values: []))
        }
        let file = try #require(try Site(pages).files().first { $0.path == "page2.html" })
        let page = String(decoding: file.contents, as: UTF8.self)
        #expect(page.contains("href=\"#text\">\(navigation[0])</a>"))
        #expect(page.contains("<a rel=\"prev\" href=\"page1.html\"><span lang=\"\(language)\">\(navigation[1])</span>"))
        #expect(page.contains("<a rel=\"next\" href=\"page3.html\"><span lang=\"\(language)\">\(navigation[2])</span>"))
        #expect(page.contains("aria-label=\"\(navigation[3])\""))
        #expect(page.contains(".swift\" download>\(files[0]) (.swift)</a>"))
        #expect(page.contains(".json\">\(files[1])</a>"))
        #expect(page.contains("<span>\(files[2]) <code>"))
        #expect(page.contains("<p class=\"kicker\">\(files[3])</p>"))
    }
}
