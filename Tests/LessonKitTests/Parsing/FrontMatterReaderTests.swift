import LessonKit
import Testing

@Suite struct FrontMatterReaderTests {
    @Test("all four keys are read")
    func allKeys() throws {
        let text = "---\ntitle: \"RNN: shapes\"\nsummary: What goes in\nsources: [S0, S1]\nlang: zh-Hans\n---\n"
        let lesson = try Lesson.parse(Array(text.utf8), path: "x.md")
        #expect(
            lesson.frontMatter
                == FrontMatter(
                    title: "RNN: shapes", summary: "What goes in", sources: ["S0", "S1"], lang: "zh-Hans"))
    }

    @Test("a lesson that does not say its language is English and has no sources")
    func defaults() throws {
        #expect(try parse("").frontMatter == FrontMatter(title: "T", summary: nil, sources: [], lang: "en"))
    }

    @Test(
        "what is wrong is told at its line and column",
        arguments: [
            ("# No front matter", "1:1: the lesson has no front matter"),
            ("---\ntitle: T\n", "1:1: the front matter opened here is not closed"),
            ("---\nsummary: S\n---\n", "1:1: the front matter has no title"),
            ("---\n---\n", "1:1: the front matter has no title"),
            ("---\ntitle: T\ntitel: U\n---\n", "3:1: unknown key titel in the front matter"),
            ("---\ntitle:\n---\n", "2:7: title is empty"),
            ("---\ntitle: [a, b]\n---\n", "2:8: title is one text, not a list"),
            ("---\ntitle: {a: b}\n---\n", "2:8: title is one text, not a mapping"),
            ("---\ntitle: T\nsources: S1\n---\n", "3:10: sources is a list"),
            ("---\ntitle: T\nsources: [S1, [S2]]\n---\n", "3:15: a source is one text, not a list"),
            ("---\ntitle: T\nbuilds-on: bptt\n---\n", "3:12: builds-on is a list"),
            ("---\ntitle: T\nlang: in English\n---\n", "3:7: in English is no language tag"),
            ("---\ntitle: T\ntitle: U\n---\n", "3:1: title is given twice"),
            ("---\n- title\n---\n", "2:1: the front matter is not a list of keys and values"),
            ("---\njust text\n---\n", "2:1: the front matter is not a list of keys and values"),
        ])
    func faults(text: String, expected: String) {
        #expect(problems(inFile: text) == [expected])
    }

    @Test(
        "bad YAML is told at its line of the Markdown file",
        arguments: [
            ("---\ntitle: RNN: shapes\n---\n", 2, 11),
            ("---\ntitle: T\nsummary: \"never closed\n---\n", 3, 10),
            ("---\ntitle: T\n\tsummary: S\n---\n", 3, 1),
        ])
    func badYAML(text: String, line: Int, column: Int) {
        do throws(Problems) {
            _ = try Lesson.parse(Array(text.utf8), path: "x.md")
            Issue.record("parsed")
        } catch {
            #expect(error.all.count == 1)
            #expect(error.all[0].position == at(line, column))
            #expect(error.all[0].message.hasPrefix("the front matter is not YAML: "))
        }
    }

    @Test("an unknown key's nearest known one is hinted")
    func hint() {
        do throws(Problems) {
            _ = try Lesson.parse(Array("---\ntitle: T\nsumary: U\n---\n".utf8), path: "x.md")
            Issue.record("parsed")
        } catch {
            #expect(error.all.map(\.hint) == ["did you mean summary?"])
        }
    }

    @Test("front matter at fault does not hide the faults after it")
    func faultsOfBoth() {
        #expect(problems(inFile: "---\nsummary: S\n---\n\n@fig-none\n").map { String($0.prefix(4)) } == ["1:1:", "5:1:"])
    }

    @Test(
        "the file's name gives slug and number",
        arguments: [
            ("lessons/07-lstm-gates.md", "lstm-gates", 7), ("index.md", "index", nil), ("a/b/gru.md", "gru", nil),
            ("2024.md", "2024", nil), ("10-.md", "10-", nil), ("lessons/01-网络.md", "网络", 1),
        ] as [(String, String, Int?)])
    func slug(path: String, slug: String, number: Int?) throws {
        let lesson = try parse("", path: path)
        #expect(lesson.slug == slug)
        #expect(lesson.number == number)
        #expect(lesson.path == path)
    }

    @Test(
        "a character that no page can show is told where it is written",
        arguments: [
            ("title: \"a\\0b\"", "2:8: title holds U+0000, which no page can show"),
            ("title: a\nsummary: \"\\uFFFE\"", "3:10: summary holds U+FFFE, which no page can show"),
            ("title: a\nsources: [S0, \"\\x01\"]", "3:15: a source holds U+0001, which no page can show"),
        ])
    func forbidden(lines: String, expected: String) {
        #expect(problems(inFile: "---\n\(lines)\n---\n") == [expected])
    }

    @Test("raw HTML is a setting of the front page alone")
    func rawHTML() throws {
        let text = "---\ntitle: T\nraw_html: false\n---\n"
        #expect(problems(inFile: text) == ["3:1: raw_html is a setting of the whole site"])
        #expect(try Lesson.parse(Array(text.utf8), path: "lessons/index.md").frontMatter.rawHTML == false)
        let error = try #require(throws: Problems.self) {
            try Lesson.parse(Array("---\ntitle: T\nraw_html: no\n---\n".utf8), path: "index.md")
        }
        #expect(error.all.map(\.position) == [at(3, 11)])
    }

    @Test(
        "a front page that cannot be read may have said that there is no raw HTML",
        arguments: [
            ("---\ntitle: T\n---\n", true), ("---\ntitle: T\nraw_html: false\n---\n", false),
            ("---\ntitle: T\nraw_html: true\n---\n", true),
            ("---\ntitel: T\nraw_html: true\n---\n", true), ("---\ntitle: \"T\n---\n", true),
            ("---\ntitle: \"T\nraw_html: false\n---\n", false),
            ("---\nraw_html: flase\n---\n", false),
        ])
    func unreadableFrontPage(text: String, expected: Bool) {
        #expect(Lesson.allowsRawHTML(frontPage: Array(text.utf8)) == expected)
    }

    @Test("without raw HTML it is text on the page, and a comment is nothing")
    func withoutRawHTML() throws {
        let text = head + "a <b onclick=\"c\">d</b> <!-- e -->\n\n<div>\n<script>f\n</div>\n\n<!-- g"
        let lesson = try Lesson.parse(Array(text.utf8), path: "x.md", rawHTML: false)
        let markup = Page(lesson, Recording(cells: [], values: [])).body.markup
        #expect(markup.contains("a &lt;b onclick=&quot;c&quot;&gt;d&lt;/b&gt;") && markup.contains("&lt;div&gt;\n&lt;script&gt;f"))
        for tag in ["<b", "<div", "<script", "!--", " e "] { #expect(!markup.contains(tag), "\(markup)") }
        #expect(LinkCheck([lesson], files: ["x.md"], attachments: []).problems(of: lesson).isEmpty)
    }
}
