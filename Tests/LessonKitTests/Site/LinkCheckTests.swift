import LessonKit
import Testing

@Suite("Links")
struct LinkCheckTests {
    private static let files = ["index.md", "01-rnn.md", "02-lstm cell.md", "03-broken.md"]
    private static let other = """
        ---
        title: T
        ---
        ## The Cell

        ## Größe {#sec-size}

        $$ x $$ {#eq-x}

        | a |
        |---|
        | b |

        : c {#tbl-t}

        ![d](pictures/dot.svg){#fig-d}

        <a id="raw"></a>

        ```{swift}
        //| label: fig-cell
        print(1)
        ```
        """

    /// What is wrong with the links of `01-rnn.md`, whose text begins in line 4. `03-broken.md` cannot be read.
    private func problems(in text: String) throws -> [Problem] {
        let lesson = try parse(text, path: "lessons/01-rnn.md")
        let others = try ["index.md", "02-lstm cell.md"].map { try Lesson.parse(Array(Self.other.utf8), path: "lessons/\($0)") }
        return LinkCheck([lesson] + others, files: Self.files, attachments: ["pictures/dot.svg", "my file.pdf", "a.html"])
            .problems(of: lesson)
    }

    @Test(
        "what is there can be linked to",
        arguments: [
            "[a](02-lstm%20cell.md)", "[a](<02-lstm cell.md>)", "[a](./02-lstm%20cell.md#the-cell)", "[a](x/../index.md)",
            "[a](lstm%20cell.html)",
            "[a](index.md#sec-size)", "[a](index.md#eq-x)", "[a](index.html#tbl-t)", "[a](index.md#fig-d)", "[a](index.md#raw)",
            "[a](index.md#fig-cell)", "[a](index.md#lessons)", "[a](index.md#%74he-cell)", "[a](#text)", "[a](#)", "[a](#top)",
            "[a](?b)",
            "[a](01-rnn.md?b#text)", "[a](03-broken.md#whatever)", "[a](broken.html#whatever)", "[a](pictures/dot.svg?b#c)",
            "![a](pictures/dot.svg)",
            "[a](my%20file.pdf)", "[a](a.html)", "[a](rnn.json)", "[a](lstm%20cell.swift)", "[a](index.md#:~:text=cell)",
            "## B\n\n[a](#b)",
            "<a href=\"02-lstm cell.md#eq-x\">a</a> <img src=\"pictures/dot.svg\">", "[a][b]\n\n[b]: index.md",
            "[unused]: nowhere.md", "`[a](nowhere.md)`",
            "$[a](b)$", "[a](https://a.b/c.md) <a@b.de>", "[a](02-lstm&#32;cell.md)", "\\[a](nowhere.md)",
        ])
    func right(text: String) throws {
        #expect(try problems(in: text).map(\.description) == [])
    }

    @Test(
        "what is not there is told at its place, with the name that may be meant",
        arguments: [
            ("a [b](02-lstm.md)", 4, 7, "there is no lesson 02-lstm.md among the lessons", nil),
            ("[b](04-rnn.md)", 4, 5, "there is no lesson 04-rnn.md among the lessons", "did you mean 01-rnn.md?"),
            ("[b](0l-rnn.md#x)", 4, 5, "there is no lesson 0l-rnn.md among the lessons", "did you mean 01-rnn.md?"),
            ("[b](rn.html)", 4, 5, "there is no page or file rn.html among the lessons", "did you mean 01-rnn.md?"),
            (
                "[b](pictures/dott.svg)", 4, 5, "there is no file pictures/dott.svg among the lessons",
                "did you mean pictures/dot.svg?"
            ),
            ("é\n![b](dot.png)", 5, 6, "there is no file dot.png among the lessons", nil),
            ("[b](rnn)", 4, 5, "there is no file rnn among the lessons", "did you mean 01-rnn.md?"),
            ("[b](pictures)", 4, 5, "pictures is a folder, not a file", nil),
            ("[b](pictures/)", 4, 5, "pictures/ is a folder, not a file", nil),
            ("[b](.)", 4, 5, ". is a folder, not a file", nil),
            ("[b](index.md/)", 4, 5, "index.md/ is a folder, not a file", "did you mean index.md?"),
            ("[b](../a.svg)", 4, 5, "../a.svg leads out of the lessons' folder", "put the file into it"),
            ("[b]()", 4, 5, "this address is empty", "write where it leads to, or # for the head of the page"),
            (
                "[b](/a)", 4, 5, "/a begins at the root of a host, and the site may stand below it",
                "write the path from the lessons' folder, or the whole address with https://"
            ),
            ("[b](index.md#sec-sise)", 4, 5, "index.md has no #sec-sise", "did you mean #sec-size?"),
            ("[b](index.html#eq)", 4, 5, "index.md has no #eq", nil),
            ("## Cell\n\n[b](#Cell)", 6, 5, "01-rnn.md has no #Cell", "did you mean #cell?"),
            ("[b](#lessons)", 4, 5, "01-rnn.md has no #lessons", nil),
            (
                "[b](pictures%2Fdott.svg)", 4, 5, "there is no file pictures/dott.svg among the lessons",
                "did you mean pictures/dot.svg?"
            ),
            ("| a | b |\n|---|---|\n| x | [y](z.md) |", 6, 11, "there is no lesson z.md among the lessons", nil),
            ("| a |\n|---|\n| x |\n\n: C [y](z.md)", 8, 9, "there is no lesson z.md among the lessons", nil),
            ("> [!NOTE]\n> - *[y](z.md)*", 5, 10, "there is no lesson z.md among the lessons", nil),
            ("```{swift}\n//| caption: a [y](z.md)\nprint(1)\n```", 5, 20, "there is no lesson z.md among the lessons", nil),
            ("## A [y](z.md)", 4, 10, "there is no lesson z.md among the lessons", nil),
            ("![c [y](z.md)](pictures/dot.svg)", 4, 9, "there is no lesson z.md among the lessons", nil),
            ("![c](z.svg){#fig-c}", 4, 6, "there is no file z.svg among the lessons", nil),
            ("[y]\n\nx\n\n> [y]: z.md 'title'", 8, 8, "there is no lesson z.md among the lessons", nil),
            ("[y](\n  z.md)", 5, 3, "there is no lesson z.md among the lessons", nil),
            ("a [y](<z z.md>)", 4, 8, "there is no lesson z z.md among the lessons", nil),
            ("`[y](z.md)` [y](z.md)", 4, 17, "there is no lesson z.md among the lessons", nil),
            ("a [y](_z.md)", 4, 7, "there is no lesson _z.md among the lessons", nil),
            ("a <a href=\"z.md\">b</a>", 4, 12, "there is no lesson z.md among the lessons", nil),
            ("<div>\n <img src=z.svg>\n</div>", 5, 11, "there is no file z.svg among the lessons", nil),
            ("> <div>\n> <a href='#z'>b</a></div>", 5, 12, "01-rnn.md has no #z", nil),
        ] as [(String, Int, Int, String, String?)])
    func wrong(text: String, line: Int, column: Int, message: String, hint: String?) throws {
        let problem = try #require(try problems(in: text).first)
        #expect(
            problem.message == message && problem.position == at(line, column) && problem.file == "lessons/01-rnn.md", "\(problem)")
        if let hint { #expect(problem.hint == hint) }
        #expect(try problems(in: text).count == 1)
    }

    @Test("a definition at fault is told once, however often it is used")
    func definition() throws {
        #expect(try problems(in: "[a] [a] [b][a]\n\n[a]: z.md").map(\.position) == [at(6, 6)])
    }

    @Test(
        "a link to a lesson's file becomes one to its page",
        arguments: [
            ("[a](./02-b%20c.md?d#e-f)", "href=\"b%20c.html?d#e-f\""), ("[a](b.md)", "href=\"b.html\""),
            ("[a](12-b.MD#c)", "href=\"b.html#c\""),
            ("[a](https://b.c/d.md)", "href=\"https://b.c/d.md\""),
            ("<a class=x href='02-b c.md#d'>a</a>", "<a class=x href='b%20c.html#d'>"),
            ("<div>\n<a title=\"a.md\" href=\"2-b.md\">c</a>\n</div>", "<a title=\"a.md\" href=\"b.html\">"),
            ("[a](b.svg)", "href=\"b.svg\""),
        ])
    func pages(text: String, expected: String) throws {
        let markup = Page(try parse(text), Recording(cells: [], values: [])).body.markup
        #expect(markup.contains(expected), "\(markup)")
    }

    @Test(
        "a lesson builds on lessons that are read before it, each named once",
        arguments: [
            ("a", []), ("a, b", []), ("gates", []),
            ("aa", ["4:13: there is no lesson aa; did you mean a?"]),
            ("a, 02-b.md", ["4:16: there is no lesson 02-b.md; did you mean b?"]),
            ("index", ["4:13: there is no lesson index; "]),
            ("mine", ["4:13: mine is not read before this lesson; -"]),
            ("b, last", ["4:16: last is not read before this lesson; -"]),
            ("a, b, a", ["4:19: a is named twice; keep one"]),
        ])
    func foundations(names: String, expected: [String]) throws {
        let text = "---\ntitle: T\nlang: en\nbuilds-on: [\(names)]\n---\n"
        let lesson = try Lesson.parse(Array(text.utf8), path: "lessons/04-mine.md")
        let files = ["index.md", "01-a.md", "02-b.md", "03-gates.md", "04-mine.md", "05-last.md"]
        let problems = LinkCheck([lesson], files: files, attachments: []).problems(of: lesson)
        let told = problems.map { problem in
            let hint = problem.message.contains("is not read before") ? "-" : problem.hint ?? ""
            return "\(problem.position!.line):\(problem.position!.column): \(problem.message); \(hint)"
        }
        #expect(told == expected)
    }
}
