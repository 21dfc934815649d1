import Foundation
import Testing

@Suite("Verifying a site")
struct VerifyTests {
    private func builtCourse() throws -> Course {
        let course = try Course(["index.md": lesson("Hello."), "01-x.md": cell("print(6 * 7)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        return course
    }

    @Test("a site that is what the lessons make passes, and nothing is written")
    func fresh() throws {
        let course = try builtCourse()
        try course.write("font", to: "output/assets/math.woff2")
        let outcome = try course.unroll("verify")
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("verified 8 files of output"))
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("a file that differs is named with its first difference")
    func differing() throws {
        let course = try builtCourse()
        let page = try #require(course.text("output/x.json"))
        try course.write(page.replacingOccurrences(of: "42\\n", with: "43\\n"), to: "output/x.json")
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("output/x.json:"))
        #expect(outcome.output.contains("42") && outcome.output.contains("43"))
        #expect(!outcome.output.contains("x.html"))
    }

    @Test("a missing file and a left-over one are named")
    func missingAndLeftOver() throws {
        let course = try builtCourse()
        try FileManager.default.removeItem(at: course.folder.appending(path: "output/x.swift"))
        try course.write("old", to: "output/gone.html")
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("output/x.swift: error: is missing"))
        #expect(outcome.output.contains("output/gone.html: error: is left over"))
        #expect(outcome.output.split(separator: "\n").filter { $0.contains("error:") }.count == 2)
        #expect(course.text("output/gone.html") == "old")
    }

    @Test("a lesson that no longer holds fails at its line, whatever the page says")
    func brokenLesson() throws {
        let course = try builtCourse()
        try course.write(cell("claim(\"one is two\", 1 == 2)"), to: "lessons/01-x.md")
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("lessons/01-x.md:5:"))
        #expect(outcome.output.contains("one is two"))
    }

    @Test("lessons run afresh, however new the cache is")
    func noCache() throws {
        let course = try builtCourse()
        #expect(try course.unroll("verify").errors.contains("01-x.md  ran"))
    }

    @Test("GitHub shows each problem at its line")
    func gitHubFormat() throws {
        let course = try builtCourse()
        try course.write(cell("let a: String = 1"), to: "lessons/01-x.md")
        let outcome = try course.unroll("verify", "--quiet", "--format", "github")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("::error file=lessons/01-x.md,line=5,col=17"))
        #expect(outcome.output.contains("cannot convert value of type 'Int'"))
    }

    @Test("a file with other line ends differs, in one line of the report")
    func lineEnds() throws {
        let course = try builtCourse()
        let program = try #require(course.text("output/x.swift"))
        try course.write(program.replacingOccurrences(of: "\n", with: "\r\n"), to: "output/x.swift")
        let text = try course.unroll("verify", "--quiet").output
        #expect(text.contains("  note: published: …") && text.contains("␍⏎"))
        let annotations = try course.unroll("verify", "--quiet", "--format", "github").output
        #expect(annotations.split(whereSeparator: \.isNewline).count == 1)
    }

    @Test("the report is JSON when asked for, also when all is well")
    func jsonFormat() throws {
        let course = try builtCourse()
        #expect(try course.problems(of: course.unroll("verify", "--quiet", "--format", "json")).isEmpty)
        try course.write(cell("print(1)\nfatalError(\"stop\")"), to: "lessons/01-x.md")
        let outcome = try course.unroll("verify", "--quiet", "--format", "json")
        #expect(outcome.status == 1)
        let problems = try course.problems(of: outcome)
        #expect(problems.count == 1)
        #expect(problems.first?["file"] as? String == "lessons/01-x.md")
        #expect(problems.first?["line"] as? Int == 6)
        #expect((problems.first?["message"] as? String)?.contains("stop") == true)
    }
}
