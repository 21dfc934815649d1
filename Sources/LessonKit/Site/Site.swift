import Exhibits
import Mustache

/// All pages of a build, in the order in which they are read.
package struct Site: Sendable {
    package let pages: [Page]

    /// - Throws: `Problems` where two lessons would be the same page.
    package init(_ pages: [Page]) throws {
        self.pages = pages.sorted { $0.readingOrder < $1.readingOrder }
        let clashes = Dictionary(grouping: self.pages, by: \.slug).values
            .flatMap { pages in pages.dropFirst().map { (later: $0, first: pages[0]) } }
            .sorted { $0.later.source < $1.later.source }
        guard clashes.isEmpty else {
            throw Problems(clashes.map { later, first in
                Problem(
                    file: later.source, "the page \(later.slug).html is already made from \(first.source)",
                    hint: "give one of the two another name after its number")
            })
        }
    }

    /// Every file of the site. The order, and each byte, is the same for the same pages.
    package func files() throws -> [SiteFile] {
        let template = try PageTemplate()
        return try pages.flatMap { page in
            [
                SiteFile(path: page.slug + ".html", text: template.render(page, in: self)),
                SiteFile(path: page.slug + ".json", text: try JSONText.encode(page.data) + "\n"),
                SiteFile(path: page.slug + ".swift", text: page.program),
            ]
        } + [SiteFile(path: "style.css", text: try Resource.style.text)]
    }

    /// All but the front page.
    var lessons: [Page] { pages.filter { !$0.isFrontPage } }

    /// The site is called as its front page is.
    var name: String { pages.first(where: \.isFrontPage)?.title ?? "Unroll" }

    var hasFrontPage: Bool { pages.contains(where: \.isFrontPage) }

    func previous(to page: Page) -> Page? {
        lessons.last { $0.readingOrder < page.readingOrder }
    }

    func next(after page: Page) -> Page? {
        lessons.first { page.readingOrder < $0.readingOrder }
    }
}

/// A file of the site, by its path below the output folder.
package struct SiteFile: Hashable, Sendable {
    package var path: String
    package var contents: [UInt8]

    package init(path: String, contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }

    init(path: String, text: String) {
        self.init(path: path, contents: Array(text.utf8))
    }
}

extension Page {
    package var isFrontPage: Bool { slug == "index" }

    /// The front page, then the lessons by their numbers, then those without one.
    fileprivate var readingOrder: (Int, String) {
        (isFrontPage ? Int.min : number ?? Int.max, slug)
    }
}
