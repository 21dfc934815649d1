import Foundation
import Testing

@Suite("A site by somebody else")
struct SomebodysSiteTests {
    private static let files = [
        "site.yml": """
        title: Schwingungen
        lang: de
        url: https://example.org/schwingungen/
        description: Ein Kurs über Pendel und Wellen.
        author: Ada Meier
        repository: https://github.com/ada/schwingungen
        """,
        "01-pendel.md": """
        ---
        title: Das Pendel
        date: 2026-03-01
        uses: [konstanten]
        ---
        ```{swift}
        show(Tensor([g, 2 * g]), "g")
        claim("es fällt", g, isGreaterThan: 9)
        ```
        """,
        "02-welle.md": "---\ntitle: Die Welle\n---\n\n$$ y = \\sin x $$\n\n![Eine Welle](bilder/welle.svg)\n",
        "03-waves.md": "---\ntitle: In English\nlang: en\n---\n\n`{swift} 1 + 1`\n",
        "_entwurf.md": "---\ntitle: Ein Entwurf\n---\n",
        "_shared/konstanten.swift": "let g = 9.81\n",
        "_theme/style.css": ":root { --accent: #0a5; }\n",
        "_theme/header.mustache":
            "<header class=\"site\"><a href=\"pendel.html\"><img src=\"theme/logo.svg\" alt=\"\"> {{siteName}}</a></header>\n",
        "_theme/logo.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "bilder/welle.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    ]

    @Test("three lessons, site.yml and a theme become a site without a trace of another course")
    func ownSite() throws {
        let course = try Course(Self.files)
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let files = course.files("output")
        #expect(
            files.keys.filter { !$0.hasPrefix("assets") && !$0.hasPrefix("reference") }.sorted() == [
                "404.html", "bilder/welle.svg", "exhibits.js", "feed.xml", "pendel.html", "pendel.json", "pendel.swift",
                "search.js", "site.js", "sitemap.xml",
                "style.css", "theme/logo.svg", "theme/style.css", "waves.html", "waves.json", "waves.swift", "welle.html",
                "welle.json", "welle.swift",
            ])
        #expect(files["reference.html"] != nil)
        for (name, contents) in files where !name.hasPrefix("assets") {
            let text = String(decoding: contents, as: UTF8.self)
            for trace in ["Unroll", "Recurrent networks", "A course on", "LSTM course", "Entwurf"] {
                #expect(!text.contains(trace), "\(trace) in \(name)")
            }
        }
        for slug in ["pendel", "welle", "waves", "404"] {
            let page = try #require(course.text("output/\(slug).html"))
            #expect(
                page.contains("<img src=\"theme/logo.svg\" alt=\"\"> Schwingungen</a>") && page.contains("href=\"theme/style.css\"")
            )
            #expect(page.contains(slug == "waves" ? "<html lang=\"en\">" : "<html lang=\"de\">"))
            #expect(page.contains(" · Schwingungen</title>"))
        }
        #expect(course.text("output/welle.html")?.contains("/ada/schwingungen/edit/main/lessons/02-welle.md") == true)
        #expect(course.text("output/feed.xml")?.contains("<name>Ada Meier</name>") == true)
        #expect(try course.unroll("verify", "--quiet").status == 0)
    }

    @Test("a changed theme or configuration makes the pages anew, and runs no lesson again")
    func changedTheme() throws {
        let course = try Course(Self.files)
        #expect(try course.unroll("build", "--quiet").status == 0)
        try course.write("<footer>Von {{author}}</footer>\n", to: "lessons/_theme/footer.mustache")
        try course.write(Self.files["site.yml"]!.replacing("Schwingungen\n", with: "Wellen\n"), to: "lessons/site.yml")
        let outcome = try course.unroll("build", "--quiet", "--explain")
        #expect(outcome.output.matches(of: /: unchanged/).count == 3, "\(outcome.output)")
        let page = try #require(course.text("output/pendel.html"))
        #expect(page.contains("<footer>Von Ada Meier</footer>") && page.contains("· Wellen</title>"))
    }

    @Test("verify holds the feed, the map, the page for unknown addresses and the theme against the lessons")
    func verified() throws {
        let course = try Course(Self.files)
        #expect(try course.unroll("build", "--quiet").status == 0)
        let names = ["feed.xml", "sitemap.xml", "404.html", "theme/style.css"]
        for name in names { try course.write("other", to: "output/" + name) }
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        for name in names { #expect(outcome.output.contains("output/\(name):1:1: error: differs"), "\(outcome.output)") }
        #expect(try course.unroll("verify", "--quiet", "--fix").status == 0)
        #expect(course.text("output/theme/style.css") == ":root { --accent: #0a5; }\n")
    }

    @Test("what a theme or a configuration has no more goes from the site")
    func gone() throws {
        let course = try Course(Self.files)
        #expect(try course.unroll("build", "--quiet").status == 0)
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/_theme"))
        try course.write("title: Schwingungen\n", to: "lessons/site.yml")
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(!course.exists("output/theme") && !course.exists("output/feed.xml") && !course.exists("output/sitemap.xml"))
        #expect(course.exists("output/404.html"))
    }

    @Test("a mistake in site.yml or in a template is told at its line, and nothing is written")
    func mistakes() throws {
        let course = try Course(Self.files)
        try course.write("titel: A\n", to: "lessons/site.yml")
        for words in [["build", "--quiet"], ["verify", "--quiet"], ["run", "lessons/01-pendel.md"]] {
            let outcome = try course.unroll(arguments: words)
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("lessons/site.yml:1:1: error: unknown key titel in site.yml"), "\(outcome.errors)")
        }
        try course.write("title: A\nimage: logo.png\n", to: "lessons/site.yml")
        #expect(try course.unroll("build", "--quiet").errors.hasPrefix("lessons/site.yml:2:8: error: there is no file logo.png"))
        try course.write("<p>\n{{#titel}}</p>\n", to: "lessons/_theme/footer.mustache")
        #expect(try course.unroll("build", "--quiet").errors.contains("lessons/_theme/footer.mustache:2:1: error: "))
    }

    @Test("neither a link to another folder nor the page of the site itself can be put in its place")
    func refused() throws {
        let course = try Course(["01-a.md": lesson("A."), "404.md": lesson("B.")])
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "lessons/_theme").path(), withDestinationPath: "/etc")
        let told = try course.unroll("build", "--quiet").errors
        #expect(told.contains("lessons/_theme: error: is a link"))
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/_theme"))
        #expect(try course.unroll("build", "--quiet").errors.hasPrefix("lessons/404.md: error: the site has a page of its own"))
        #expect(course.text("output/404.html")?.contains("Page not found") == true)
    }
}
