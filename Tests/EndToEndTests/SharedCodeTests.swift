import Foundation
import Testing

@Suite("Code that lessons share")
struct SharedCodeTests {
    private static let corpus = """
        import Foundation

        let corpus = ["天", "安", "门"]
        var readings = 0
        func word(_ index: Int) -> String {
            readings += 1
            return corpus[index]
        }
        func holds(_ value: Int) { claim("it is three", value, equals: 3) }

        """

    private func user(_ code: String) -> String { "---\ntitle: A\nuses: [corpus]\n---\n```{swift}\n\(code)\n```\n" }

    /// A course of a lesson that uses the corpus, in line 6, and of one that does not.
    private func course(_ code: String, corpus: String = corpus) throws -> Course {
        let course = try Course(["01-a.md": user(code), "02-b.md": cell("print(1)")])
        try course.write(corpus, to: "lessons/_shared/corpus.swift")
        return course
    }

    @Test("a lesson uses its declarations, and so does the program that is downloaded; no page or file is made of it")
    func uses() throws {
        let course = try course("print(word(1), word(2), readings)\nholds(3)")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(try course.data("a").cells.map(\.stdout) == ["安 门 2\n"])
        #expect(course.files("output").keys.allSatisfy { !$0.contains("corpus") && !$0.contains("_shared") })
        let claims = try course.data("a").claims
        #expect(claims.map { "\($0.file ?? "-"):\($0.line)" } == ["lessons/_shared/corpus.swift:9"])
        let downloaded = try course.compileAndRun("output/a.swift")
        #expect(downloaded.status == 0 && downloaded.output.hasPrefix("安 门 2\n"), "\(downloaded.errors)")
        #expect(try course.unroll("verify", "--quiet").status == 0)
    }

    @Test("a lesson that does not name it cannot use it, nor read it")
    func stranger() throws {
        let course = try course("print(word(0))")
        try course.write(cell("print(word(0))"), to: "lessons/02-b.md")
        #expect(try course.unroll("build", "--quiet").errors.contains("lessons/02-b.md:5:7: error: cannot find 'word' in scope"))
        try course.write(
            cell("import Foundation\nprint((try? String(contentsOfFile: \"_shared/corpus.swift\", encoding: .utf8)) ?? \"\")"),
            to: "lessons/02-b.md")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.errors.contains("corpus.swift, which is no input of the lesson"), "\(outcome.errors)")
    }

    @Test(
        "what is wrong with it is told at its own line",
        arguments: [
            ("print(1)", "func f() -> Int { \"é\" + 1.0 }\n", "lessons/_shared/corpus.swift:10:", "error:", "error:"),
            ("print(1)", "struct S {\n", "lessons/_shared/corpus.swift:1", "error:", "error:"),
            (
                "print(1)", "print(2)\n", "lessons/_shared/corpus.swift:10:1:", "not allowed at the top level",
                "put what is to run into a function"
            ),
            (
                "print(\n  word(7))", "", "lessons/_shared/corpus.swift:7:18:", "Index out of range",
                "lessons/01-a.md:7:3: called from here"
            ),
            ("holds(4)", "", "lessons/_shared/corpus.swift:9:33:", "the claim “it is three” does not hold", "was 4, 3 was claimed"),
            (
                "print(1)", "let early = { late + 1 }()\nlet late = 2\n", "lessons/_shared/corpus.swift:10:15:",
                "late is used before", "below, in line 11"
            ),
            (
                "print(1)", "func f() { print(mine) }\nlet x: Void = f()\n", "lessons/_shared/corpus.swift:10:",
                "cannot find 'mine'", "in scope"
            ),
            (
                "let mine = 1", "func f() -> Int { mine }\nlet x = f()\n", "lessons/_shared/corpus.swift:10:19:",
                "mine is used before", "in line 6 of lessons/01-a.md"
            ),
            (
                "print(1)", "let x: Int = { print(\"hi\"); return 1 }()\n", "lessons/_shared/corpus.swift: ",
                "before the lesson's first cell", "let a function do that"
            ),
        ])
    func faults(code: String, addition: String, place: String, message: String, more: String) throws {
        let outcome = try course(code, corpus: Self.corpus + addition).unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors.hasPrefix(place) && outcome.errors.contains(message) && outcome.errors.contains(more),
            "\(outcome.errors)")
        #expect(!outcome.errors.contains("lessons/02-b.md"))
    }

    @Test("what is wrong with it is told once, however many lessons use it")
    func once() throws {
        let course = try course("print(1)", corpus: "let a: Int = \"\"\n")
        try course.write(user("print(2)"), to: "lessons/03-c.md")
        let told = try course.unroll("build", "--quiet").errors.matches(of: /error:/)
        #expect(told.count == 1)
    }

    @Test("a name that no file has is told at its place, with the nearest one")
    func unknown() throws {
        let course = try course("print(1)")
        try course.write(user("print(1)").replacing("[corpus]", with: "[corpus, corpsu]"), to: "lessons/01-a.md")
        #expect(
            try course.unroll("run", "lessons/01-a.md").errors == """
                lessons/01-a.md:3:16: error: there is no _shared/corpsu.swift beside the lessons
                  hint: did you mean corpus?

                """)
    }

    @Test("a change of it runs the lessons that use it, and no other")
    func changes() throws {
        let course = try course("print(word(0))")
        #expect(try course.unroll("build", "--quiet").status == 0)
        try course.write(Self.corpus.replacing("天", with: "地"), to: "lessons/_shared/corpus.swift")
        try course.write("let other = 1\n", to: "lessons/_shared/other.swift")
        #expect(
            try course.unroll("build", "--quiet", "--explain").output == """
                lessons/01-a.md: ran: lessons/_shared/corpus.swift changed
                lessons/02-b.md: unchanged

                """)
        #expect(try course.data("a").cells.map(\.stdout) == ["地\n"])
    }
}
