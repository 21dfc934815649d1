import Foundation
import LessonKit
import Testing

@Suite("A site in two languages")
struct EditionTests {
    private func site() throws -> Site {
        func lesson(_ name: String, title: String, buildsOn: String? = nil, translating original: Lesson? = nil) throws -> Lesson {
            let head =
                original.map { "translates: ../\($0.path.split(separator: "/").last ?? "")\n" } ?? buildsOn.map {
                    "builds-on: [\($0)]\n"
                } ?? ""
            return try Lesson.parse(
                Array("---\ntitle: \(title)\n\(head)---\n".utf8),
                path: original == nil ? "lessons/\(name)" : "lessons/zh/\(name)", translating: original)
        }
        let index = try lesson("index.md", title: "Course"), one = try lesson("01-one.md", title: "One")
        let two = try lesson("02-two.md", title: "Two", buildsOn: "one")
        let three = try lesson("03-three.md", title: "Three", buildsOn: "two")
        let lessons = try [
            index, one, two, three, lesson("index.md", title: "课程名", translating: index),
            lesson("01-one.md", title: "一", translating: one), lesson("03-three.md", title: "三", translating: three),
        ]
        return try Site(lessons.map { Page($0, Recording(cells: [], values: [])) })
    }

    private func text(_ path: String, of site: Site) throws -> String {
        let file = try #require(try site.files().first { $0.path == path })
        return String(decoding: file.contents, as: UTF8.self)
    }

    @Test("each page leads to the same page in the other language")
    func switchOfLanguage() throws {
        let site = try site()
        let english = try text("one.html", of: site), chinese = try text("one.zh.html", of: site)
        #expect(english.contains("href=\"one.zh.html\" lang=\"zh\" hreflang=\"zh\" rel=\"alternate\">中文</a>"))
        #expect(chinese.contains("href=\"one.html\" lang=\"en\" hreflang=\"en\" rel=\"alternate\">English</a>"))
        #expect(english.contains("<link rel=\"alternate\" hreflang=\"zh\" href=\"one.zh.html\">"))
        #expect(chinese.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh\">"))
        #expect(try !text("two.html", of: site).contains("hreflang"))
    }

    @Test("a translation's course is in its language, and where a lesson is not translated, in the original's")
    func course() throws {
        let site = try site()
        let page = try text("one.zh.html", of: site)
        #expect(page.contains("<a class=\"home\" href=\"index.zh.html\">课程名</a>"))
        #expect(page.contains("<title>一 · 课程名</title>"))
        #expect(page.contains("<a rel=\"next\" href=\"two.html\" lang=\"en\">"))
        let last = try text("three.zh.html", of: site)
        #expect(last.contains("<a rel=\"prev\" href=\"two.html\" lang=\"en\">"))
        #expect(last.contains("先修：\n<a href=\"two.html\" lang=\"en\">Two</a>"))
        let front = try text("index.zh.html", of: site)
        #expect(front.contains("data-lesson=\"three.zh\" data-builds-on=\"two\""))
        #expect(front.contains("data-lesson=\"two\" data-builds-on=\"one.zh\""))
        let english = try text("index.html", of: site)
        #expect(!english.contains("三") && english.contains("data-lesson=\"three\" data-builds-on=\"two\""))
        #expect(try text("three.html", of: site).contains("<a class=\"home\" href=\"index.html\">Course</a>"))
    }

    @Test("a translation has its data, and its original's program")
    func files() throws {
        let site = try site()
        let paths = try site.files().map(\.path)
        #expect(paths.contains("one.zh.json") && !paths.contains("one.zh.swift"))
        #expect(try text("one.zh.html", of: site).contains("<a href=\"one.swift\" download>"))
        #expect(
            try text("one.zh.json", of: site).contains("\"source\": \"lessons/zh/01-one.md\"")
                || text("one.zh.json", of: site).contains("\"source\":\"lessons/zh/01-one.md\""))
    }
}
