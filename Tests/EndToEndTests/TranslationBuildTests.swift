import Foundation
import Testing

@Suite("A lesson and its translation")
struct TranslationBuildTests {
    private static let files = [
        "01-one.md": """
        ---
        title: One
        ---
        ```{swift}
        //| label: tbl-a
        //| caption: "It is `{swift} a`."
        let a = 40 + 2
        print("ran")
        show(table: ["number": [Double(a)]])
        claim("it is even", a % 2 == 0)
        ```

        Twice is `{swift} 2 * a`.
        """,
        "zh/01-one.md": """
        ---
        title: 一
        translates: ../01-one.md
        ---
        {{< embed ../01-one.md#tbl-a caption="它是 `{swift} a`。" >}}

        ```{texts}
        "number": "数"
        "it is even": "它是偶数"
        ```

        两倍是 `{swift} 2 * a`，三倍是 `{swift} 3 * a`。
        """,
    ]

    /// With the line `revision:` that the warning asks for.
    private func upToDate() throws -> Course {
        let course = try Course(Self.files)
        let told = try course.unroll("build", "--quiet")
        let revision = try #require(told.errors.firstMatch(of: /write revision: (\w+)/)).1
        let text = try #require(course.text("lessons/zh/01-one.md"))
        try course.write(
            text.replacing("01-one.md\n---", with: "01-one.md\nrevision: \(revision)\n---"), to: "lessons/zh/01-one.md")
        return course
    }

    @Test("both are made of one run: the same cells, each page's words and values")
    func oneRun() throws {
        let course = try upToDate()
        let outcome = try course.unroll("build", "--explain")
        #expect(outcome.status == 0 && !outcome.errors.contains("warning"), "\(outcome.errors)")
        // Its translation has other words now, and computes what it did.
        #expect(outcome.output == "lessons/01-one.md: unchanged\n")
        let english = try #require(course.text("output/one.html")), chinese = try #require(course.text("output/one.zh.html"))
        #expect(english.contains("Twice is <span class=\"value\">84</span>.") || english.contains(">84<"))
        #expect(chinese.contains("两倍是 ") && chinese.contains(">84<") && chinese.contains(">126<"))
        #expect(chinese.contains("<th scope=\"col\">数</th>") || chinese.contains(">数<"))
        #expect(chinese.contains("它是偶数") && !chinese.contains("<span class=\"sentence\">it is even"))
        #expect(chinese.contains("ran\n") || chinese.contains(">ran<"))
        #expect(!english.contains("126"))
        #expect(try course.unroll("verify", "--quiet").status == 0)
    }

    @Test("verify refuses a translation whose original has changed since, and says how to mend it; a build warns")
    func outdated() throws {
        let course = try upToDate()
        #expect(try course.unroll("build", "--quiet").status == 0)
        let text = try #require(course.text("lessons/01-one.md"))
        try course.write(text.replacing("Twice is", with: "Twice of it is"), to: "lessons/01-one.md")
        let built = try course.unroll("build", "--quiet")
        let told = "lessons/zh/01-one.md:4:11: \("warning"): lessons/01-one.md has changed since it was translated\n"
        #expect(built.status == 0 && built.errors.contains(told), "\(built.errors)")
        let verified = try course.unroll("verify", "--quiet")
        #expect(verified.status == 1)
        #expect((verified.output + verified.errors).contains(told.replacing("warning", with: "error")), "\(verified.output)")
    }

    @Test("what is wrong with a translation costs its own page; a value that does not compile is told in its file")
    func faults() throws {
        let course = try upToDate()
        let text = try #require(course.text("lessons/zh/01-one.md"))
        try course.write(text.replacing("#tbl-a", with: "#tbl-b"), to: "lessons/zh/01-one.md")
        let unknown = try course.unroll("build", "--quiet")
        #expect(
            unknown.status == 1 && unknown.errors.contains("lessons/zh/01-one.md:6:24: error: lessons/01-one.md has no cell tbl-b"))
        #expect(try #require(course.text("output/one.html")).contains("One"))
        try course.write(text.replacing("3 * a", with: "3 * b"), to: "lessons/zh/01-one.md")
        let wrong = try course.unroll("build", "--quiet")
        #expect(
            wrong.status == 1 && wrong.errors.contains("lessons/zh/01-one.md:13:38: error: cannot find 'b' in scope"),
            "\(wrong.errors)")
        try course.write(text.replacing("../01-one.md\n", with: "../02-one.md\n"), to: "lessons/zh/01-one.md")
        let nothing = try course.unroll("build", "--quiet")
        #expect(
            nothing.status == 1
                && nothing.errors.contains(
                    "lessons/zh/01-one.md:3:13: error: there is no lesson ../02-one.md to translate\n  hint: did you mean ../01-one.md?"
                ),
            "\(nothing.errors)")
    }

    @Test("unroll run of a translation runs its original, and prints what the page of the translation has")
    func run() throws {
        let course = try upToDate()
        let outcome = try course.unroll("run", "lessons/zh/01-one.md")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.output.contains("✓ 它是偶数") && outcome.output.contains("lessons/zh/01-one.md:13  3 * a = 126"),
            "\(outcome.output)")
        try course.write(
            try #require(course.text("lessons/01-one.md")).replacing("40 + 2", with: "[1][2]"), to: "lessons/01-one.md")
        let failed = try course.unroll("run", "lessons/zh/01-one.md")
        #expect(failed.status == 1 && failed.errors.contains("lessons/01-one.md:"), "\(failed.errors)")
    }
}
