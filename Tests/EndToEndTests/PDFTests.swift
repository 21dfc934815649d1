import Foundation
import Testing

@Suite("The course as a PDF")
struct PDFTests {
    private static let lessons = [
        "index.md": lesson("Hello, see [one](01-one.md#sec-a).", title: "A course"),
        "01-one.md": lesson(
            "## First {#sec-a}\n\n$x^2$\n\n> [!EXERCISE]\n> Why?\n\n> [!SOLUTION]\n> Becausewidth.", title: "Lesson uno"),
        "02-two.md": lesson(
            "## First {#sec-a}\n\n![a dot](dot.svg)\n\nBack to [it](#sec-a) and [one](01-one.md).", title: "Lesson due"),
        "dot.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    ]

    @Test("the front page, the contents and every lesson with its solutions are printed; links lead to places in it")
    func book() throws {
        let course = try Course(Self.lessons)
        let outcome = try course.unroll("pdf", "--quiet", arguments: ["--output", "all.pdf"])
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let pdf = try #require(course.files(".")["all.pdf"])
        #expect(pdf.starts(with: Data("%PDF-".utf8)))
        let text = String(decoding: pdf, as: UTF8.self)
        // Each of the three starts a page, behind the cover and the contents.
        #expect(text.matches(of: /\/Type \/Page\b/).count == 5)
        for place in ["/Dest /one--sec-a", "/Dest /two--sec-a", "/Dest /one\n"] { #expect(text.contains(place), "\(place)") }
        #expect(!course.exists("output") && course.temporaryFiles.isEmpty, "\(course.temporaryFiles)")
    }

    @Test(
        "the translated course is printed in its language, with what is not translated in the original's; of a language that no lesson is in it is said"
    )
    func edition() throws {
        let course = try Course(
            Self.lessons.merging([
                "zh/01-one.md": "---\ntitle: 第一课\ntranslates: ../01-one.md\n---\n## 起 {#sec-a}\n\n见[第二课](../02-two.md#sec-a)。\n"
            ]) { $1 })
        let outcome = try course.unroll("pdf", "--quiet", arguments: ["--language", "zh", "--output", "zh.pdf"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let text = String(decoding: try #require(course.files(".")["zh.pdf"]), as: UTF8.self)
        #expect(text.matches(of: /\/Type \/Page\b/).count == 5)
        for place in ["/Dest /one.zh\n", "/Dest /two--sec-a"] { #expect(text.contains(place), "\(place)") }
        #expect(!text.contains("/Dest /one\n"))
        let other = try course.unroll("pdf", "--quiet", arguments: ["--language", "fr", "--output", "fr.pdf"])
        #expect(other.status == 1 && !course.exists("fr.pdf"))
        #expect(other.errors.contains("no lesson is in the language “fr”; there are en, zh"), "\(other.errors)")
    }

    @Test("nothing is printed while a lesson fails, and of what is no PDF")
    func failing() throws {
        let course = try Course(Self.lessons.merging(["03-x.md": cell("fatalError(\"stop\")")]) { $1 })
        let outcome = try course.unroll("pdf", "--quiet")
        #expect(outcome.status == 1 && outcome.errors.contains("lessons/03-x.md:5:1: error: "), "\(outcome.errors)")
        #expect(!course.exists("course.pdf"))
        #expect(try course.unroll("pdf", arguments: ["--output", "course"]).status == 2)
        #expect(try course.unroll("pdf", arguments: ["no-folder", "--output", "away/x.pdf"]).status == 1)
    }
}
