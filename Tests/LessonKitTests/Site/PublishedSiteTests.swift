import Foundation
import LessonKit
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("What a site says of itself to other programs")
struct PublishedSiteTests {
    private static let configuration: SiteConfiguration? = try? SiteConfiguration.parse(
        Array(
            """
            title: Waves
            description: A course on <waves>.
            url: https://example.org/waves
            repository: https://github.com/ada/waves
            image: all.png
            """.utf8), path: "site.yml")

    private func page(_ path: String, head: String = "") throws -> Page {
        let lesson = try Lesson.parse(Array("---\ntitle: T & \(path)\n\(head)---\n".utf8), path: "course/" + path)
        return Page(lesson, Recording(cells: [], values: []))
    }

    private func files(_ pages: [Page], kept: [KeptPage] = [], _ configuration: SiteConfiguration?) throws -> [String: String] {
        let files = try Site(pages, kept: kept, configuration: configuration ?? SiteConfiguration()).files()
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.contents, as: UTF8.self)) })
    }

    private func head(_ page: String?) throws -> String {
        String(try #require(page?.firstMatch(of: /(?s)<head>(.*)<\/head>/)).1)
    }

    @Test("a page's head tells its whole address, its kind and what stands for it")
    func head() throws {
        let files = try files(
            [try page("index.md"), try page("01-a b.md", head: "summary: S \"q\"\nimage: pictures/a b.png\n")], Self.configuration)
        let lesson = try head(files["a b.html"])
        for line in [
            "<link rel=\"canonical\" href=\"https://example.org/waves/a%20b.html\">",
            "<meta property=\"og:url\" content=\"https://example.org/waves/a%20b.html\">",
            "<meta property=\"og:type\" content=\"article\">", "<meta property=\"og:title\" content=\"T &amp; 01-a b.md\">",
            "<meta property=\"og:site_name\" content=\"Waves\">",
            "<meta name=\"description\" content=\"S &quot;q&quot;\">",
            "<meta property=\"og:description\" content=\"S &quot;q&quot;\">",
            "<meta property=\"og:image\" content=\"https://example.org/waves/pictures/a%20b.png\">",
        ] { #expect(lesson.contains(line), "\(line)") }
        let front = try head(files["index.html"])
        #expect(front.contains("<link rel=\"canonical\" href=\"https://example.org/waves/\">"))
        #expect(front.contains("og:type\" content=\"website\""))
        #expect(front.contains("<meta name=\"description\" content=\"A course on &lt;waves&gt;.\">"))
        #expect(front.contains("og:image\" content=\"https://example.org/waves/all.png\""))
    }

    @Test("a site of which nobody knows where it will stand says nothing of addresses")
    func noAddress() throws {
        let files = try files([try page("01-a.md", head: "date: 2026-01-31\nimage: a.png\n")], nil)
        let head = try head(files["a.html"])
        #expect(!head.contains("canonical") && !head.contains("og:url") && !head.contains("og:image") && !head.contains("feed"))
        #expect(files["feed.xml"] == nil && files["sitemap.xml"] == nil)
        #expect(files["404.html"]?.contains("<base") == false)
        #expect(files["a.html"]?.contains("github") == false)
    }

    @Test("the feed has the dated pages alone, the last first, and changed when the last of them did")
    func feed() throws {
        let kept = KeptPage(slug: "old", source: "course/03-old.md", title: "Old", summary: nil, date: "2024-02-29")
        let files = try files(
            [
                try page("01-a.md", head: "date: 2025-12-31\n"), try page("02-b.md"),
                try page("04-c.md", head: "date: 2026-01-31\nlang: zh\n"),
            ],
            kept: [kept], Self.configuration)
        let feed = try #require(files["feed.xml"])
        let entries = feed.matches(of: /<id>https:\/\/example.org\/waves\/(.*?)<\/id>/).map { String($0.1) }
        #expect(entries == ["", "c.html", "a.html", "old.html"])
        #expect(
            feed.matches(of: /<updated>(.*?)T00:00:00Z<\/updated>/).map { String($0.1) } == [
                "2026-01-31", "2026-01-31", "2025-12-31", "2024-02-29",
            ])
        #expect(feed.contains("<title>T &amp; 01-a.md</title>") && feed.contains("<entry xml:lang=\"zh\">"))
        #expect(XMLParser(data: Data(feed.utf8)).parse())
        #expect(try head(files["b.html"]).contains("href=\"feed.xml\""))
    }

    @Test("where no page has a date there is no feed, and no page leads to one")
    func noFeed() throws {
        let files = try files([try page("01-a.md")], Self.configuration)
        #expect(files["feed.xml"] == nil)
        #expect(try !head(files["a.html"]).contains("feed.xml"))
    }

    @Test("the sitemap has every page, and says when it changed where that is known")
    func sitemap() throws {
        let files = try files([try page("index.md"), try page("01-a.md", head: "date: 2025-12-31\n")], Self.configuration)
        let map = try #require(files["sitemap.xml"])
        #expect(map.contains("<url><loc>https://example.org/waves/</loc></url>"))
        #expect(map.contains("<url><loc>https://example.org/waves/a.html</loc><lastmod>2025-12-31</lastmod></url>"))
        #expect(!map.contains("404"))
        #expect(XMLParser(data: Data(map.utf8)).parse())
    }

    @Test("the page for unknown addresses works at any depth and leads to every other")
    func notFound() throws {
        let page = try #require(try files([try page("index.md"), try page("01-a.md")], Self.configuration)["404.html"])
        #expect(try head(page).contains("<base href=\"https://example.org/waves/\">"))
        #expect(page.contains("<a href=\"index.html\">") && page.contains("<a href=\"a.html\">"))
        #expect(!page.contains("href=\"#") && !page.contains("404.swift") && !page.contains("rel=\"next\""))
    }

    @Test(
        "a lesson can be edited where its repository is",
        arguments: [
            ("https://github.com/a/b", nil, "https://github.com/a/b/edit/main/course/01-a%20b.md"),
            ("https://gitlab.com/a/b", "docs/x", "https://gitlab.com/a/b/-/edit/main/docs/x/01-a%20b.md"),
            ("https://codeberg.org/a/b", nil, "https://codeberg.org/a/b/_edit/main/course/01-a%20b.md"),
        ])
    func edit(repository: String, folder: String?, address: String) throws {
        let yaml = "repository: \(repository)\n" + (folder.map { "folder: \($0)\n" } ?? "")
        let configuration = try SiteConfiguration.parse(Array(yaml.utf8), path: "site.yml")
        #expect(try files([try page("01-a b.md")], configuration)["a b.html"]?.contains("href=\"\(address)\"") == true)
    }
}
