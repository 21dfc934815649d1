import LessonKit
import Testing

@Suite("A theme")
struct ThemeTests {
    private func theme(_ files: [String: String]) throws -> Theme {
        try Theme(
            files: files.sorted { $0.key < $1.key }.map { SiteFile(path: $0.key, contents: Array($0.value.utf8)) },
            path: "lessons/_theme")
    }

    private func page(_ files: [String: String]) throws -> String {
        let page = Page(Sample.lesson(title: "A & B"), Recording(cells: [], values: []))
        let site = try Site([page], theme: try theme(files)).files()
        return String(decoding: try #require(site.first { $0.path == "sample.html" }).contents, as: UTF8.self)
    }

    private func problems(_ files: [String: String]) -> [String] {
        do {
            _ = try theme(files)
            return []
        } catch {
            return (error as? Problems)?.all.map { "\($0)" } ?? ["\(error)"]
        }
    }

    @Test("a template takes the place of the built-in one of its name, and of no other")
    func templates() throws {
        let page = try page(["footer.mustache": "<footer>{{title}}, {{{title}}}</footer>\n"])
        #expect(page.contains("\n<footer>A &amp; B, A & B</footer>\n"))
        #expect(!page.contains("class=\"files\""))
        #expect(page.contains("<title>A &amp; B · Lessons</title>"))
    }

    @Test("a template of another name is used where another one includes it")
    func ownParts() throws {
        let page = try page(["header.mustache": "{{> parts/logo}}", "parts/logo.mustache": "<b>{{siteName}}</b>"])
        #expect(page.contains("<b>Lessons</b>"))
    }

    @Test("its style stands behind the built-in one, its icon in the place of the built-in one; its files go to theme/")
    func files() throws {
        let files = ["style.css": "", "favicon.png": "", "fonts/a.woff2": "", "head.txt": ""]
        let page = try page(files)
        let styles = page.matches(of: /rel="stylesheet" href="([^"]*)"/).map { String($0.1) }
        #expect(styles == ["style.css", "theme/style.css"])
        #expect(page.matches(of: /rel="icon" href="([^"]*)"/).map { String($0.1) } == ["theme/favicon.png"])
        #expect(
            try theme(files).files.map(\.path) == ["theme/favicon.png", "theme/fonts/a.woff2", "theme/head.txt", "theme/style.css"])
        #expect(try self.page([:]).contains("<link rel=\"icon\" href=\"data:image/svg+xml,"))
    }

    @Test(
        "a mistake in a template is told at its line",
        arguments: [
            ("<p>\n{{#title}}</p>\n", "lessons/_theme/footer.mustache:3:1: error: a section is not closed", "{{/name}}"),
            ("<p>\n{{/title}}</p>\n", "lessons/_theme/footer.mustache:2:", "in turn"),
            ("<p>\n{{title</p>\n", "lessons/_theme/footer.mustache:2:", "{{name}}"),
            (
                "<p>\n  {{titel}}</p>\n", "lessons/_theme/footer.mustache:2:3: error: a page has nothing that is called titel",
                "did you mean title?"
            ),
            ("\n{{> heder}}\n", "lessons/_theme/footer.mustache:2:1: error: there is no template heder", "did you mean header?"),
        ])
    func mistakes(text: String, told: String, hint: String) {
        let found = problems(["footer.mustache": text])
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.hasPrefix(told) == true, "\(found)")
        #expect(found.first?.contains(hint) == true, "\(found)")
    }

    @Test("a template that nothing includes is told, with the name that it may be meant to have")
    func unread() {
        #expect(
            problems(["foter.mustache": ""]).first == """
                lessons/_theme/foter.mustache: error: no template includes this one
                  hint: did you mean footer?
                """)
    }
}
