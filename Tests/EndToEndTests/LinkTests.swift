import Foundation
import Testing

@Suite("Links and HTML of a whole site")
struct LinkTests {
    private func course() throws -> Course {
        let course = try Course([
            "01-a.md": lesson("See [b](02-b.md#sec-x) and ![dot](pictures/dot.svg)"),
            "02-b.md": lesson("## X {#sec-x}\n\n```{swift}\nprint(1)\n```"),
        ])
        try course.write("<svg/>", to: "lessons/pictures/dot.svg")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(course.text("output/a.html")?.contains("href=\"b.html#sec-x\"") == true)
        return course
    }

    /// Builds again: the lesson that links fails with this problem, and keeps its page.
    private func expectFailure(of course: Course, with problem: String) throws {
        let page = course.text("output/a.html")
        let outcome = try course.unroll("build", "--quiet")
        #expect(
            outcome.status == 1 && outcome.errors.hasPrefix(problem) && outcome.errors.ranges(of: "error: ").count == 1,
            "\(outcome.errors)")
        #expect(page != nil && course.text("output/a.html") == page)
        #expect(try course.unroll("verify", "--quiet").status == 1)
    }

    @Test("a lesson that is renamed is missed by the lesson that links to it, which did not change")
    func renamed() throws {
        let course = try course()
        let lessons = course.folder.appending(path: "lessons")
        try FileManager.default.moveItem(at: lessons.appending(path: "02-b.md"), to: lessons.appending(path: "03-b.md"))
        try expectFailure(
            of: course,
            with: "lessons/01-a.md:4:9: error: there is no lesson 02-b.md among the lessons\n  hint: did you mean 03-b.md?\n")
    }

    @Test("so is a heading, and a picture")
    func removed() throws {
        let course = try course()
        try course.write(lesson("## X {#sec-y}\n\n```{swift}\nprint(1)\n```"), to: "lessons/02-b.md")
        try expectFailure(of: course, with: "lessons/01-a.md:4:9: error: 02-b.md has no #sec-x\n  hint: did you mean #sec-y?\n")
        try course.write(lesson("## X {#sec-x}\n\n```{swift}\nprint(1)\n```"), to: "lessons/02-b.md")
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/pictures/dot.svg"))
        try expectFailure(of: course, with: "lessons/01-a.md:4:35: error: there is no file pictures/dot.svg among the lessons\n")
    }

    @Test("a lesson that fails can be linked to, and its own links are told with its faults")
    func failingTarget() throws {
        let course = try course()
        try course.write("no front matter", to: "lessons/02-b.md")
        let unread = try course.unroll("build", "--quiet")
        #expect(unread.status == 1 && !unread.errors.contains("01-a.md"), "\(unread.errors)")
        try course.write(lesson("## X {#sec-x}\n\n[c](c.md)\n\n```{swift}\nprint(x)\n```"), to: "lessons/02-b.md")
        let failed = try course.unroll("build", "--quiet").errors
        #expect(
            failed.contains("02-b.md:6:5: error: there is no lesson c.md") && failed.contains("02-b.md:9:7: error: cannot find 'x'")
        )
        #expect(failed.ranges(of: "error: ").count == 2, "\(failed)")
        // One lesson by itself is not asked where it leads.
        try course.write(lesson("[c](c.md) <b>\n\n`{swift} 1`"), to: "lessons/02-b.md")
        #expect(try course.unroll("run", "lessons/02-b.md").status == 0)
    }

    @Test("the front page decides whether the site has raw HTML")
    func rawHTML() throws {
        let course = try Course([
            "01-a.md": lesson("a <b>c</b>"), "index.md": "---\ntitle: Site\nraw_html: false\n---\n",
        ])
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(course.text("output/a.html")?.contains("a &lt;b&gt;c&lt;/b&gt;") == true)
        try course.write("---\ntitle: Site\n---\n", to: "lessons/index.md")
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(course.text("output/a.html")?.contains("a <b>c</b>") == true)
    }

    @Test("an unclosed comment costs its own page, and not the others")
    func unclosedComment() throws {
        let course = try Course(["01-a.md": lesson("<!-- a\n\nb"), "02-b.md": lesson("b")])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1 && outcome.errors.hasPrefix("lessons/01-a.md:4:1: error: <!-- is opened here and not closed"))
        #expect(!course.exists("output/a.html") && course.exists("output/b.html"))
    }

    @Test("a formula is typeset with the values that were computed, which the data lists with their places")
    func valuesInFormulas() throws {
        let course = try Course([
            "01-a.md": lesson(
                "Let $\\log `{swift} 2 + 6`$ be.\n\n$$ x = \\frac{`{swift} 1.0 / 3`}{`{swift} \"a_b\"`} $$\n\n$`{swift} [1][0]` + \\foo$"
            ),
            "02-b.md": lesson("$😀$"), "03-c.md": lesson("c"),
        ])
        let failed = try course.unroll("build", "--quiet")
        #expect(failed.status == 1 && course.exists("output/c.html") && !course.exists("output/a.html"))
        #expect(failed.errors.contains("lessons/01-a.md:8:2: error: TeX: Undefined control sequence: \\foo"), "\(failed.errors)")
        #expect(failed.errors.contains("lessons/02-b.md:4:2: error: TeX: "), "\(failed.errors)")
        try course.write(
            lesson("Let $\\log `{swift} 2 + 6`$ be.\n\n$$ x = \\frac{`{swift} 1.0 / 3`}{`{swift} \"a_b\"`} $$"),
            to: "lessons/01-a.md")
        _ = try course.unroll("build", "--quiet")
        let page = try #require(course.text("output/a.html"))
        for part in ["<mn>8</mn>", "<mn>0.3333</mn>", "<mtext>a_b</mtext>"] { #expect(page.contains(part), "\(page)") }
        let values = try course.data("a").inline
        #expect(values.map(\.text) == ["8", "0.3333333333333333", "a_b"])
        #expect(values.map { [$0.line, $0.column] } == [[4, 20], [6, 23], [6, 42]])
    }

    @Test("a lesson's download compiles, whatever its comments, title and functions are")
    func downloads() throws {
        let course = try Course([
            "01-a.md": lesson(
                """
                ```{swift}
                func print(_ text: String) { Swift.print("mine", text) }
                func expectTrap(_ text: String) {}
                print("*/ in a text")
                let end = "*/"
                ```

                `{swift} 1 + 1 // two` and `{swift} "/* \\(end) // " /* three */` and $`{swift} 4 // four`$.

                ```{swift}
                //| error: true
                fatalError("*/")
                ```
                """, title: "\"Two */\\nlines \\u2028 of /* title\"")
        ])
        let build = try course.unroll("build", "--quiet")
        #expect(build.status == 0, "\(build.errors)")
        let outcome = try course.compileAndRun("output/a.swift")
        #expect(
            outcome.status == 0 && outcome.output.contains("mine */ in a text\n2\n/* */ // \n4\n"),
            "\(outcome.errors)\(outcome.output)")
    }

    @Test("what a cell prints is text of HTML, whatever its characters are")
    func printedCharacters() throws {
        let course = try Course([
            "01-a.md": cell("print(\"a\\u{0}b\\u{1B}[1m\\u{FFFE}\")\nshow(Tensor([1.0]), \"x\\u{1}\")\nclaim(\"c\\u{7F}\", true)")
        ])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let page = try #require(course.text("output/a.html"))
        #expect(
            page.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F && $0.value & 0xFFFE != 0xFFFE })
        #expect(page.contains("a\u{FFFD}b\u{FFFD}[1m\u{FFFD}"))
    }
}
