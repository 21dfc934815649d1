import Exhibits
import Foundation

/// All pages of a build, in the order in which they are read.
package struct Site: Sendable {
    package let pages: [Page]
    let frontPage: SiteEntry?
    /// All others that pages link to: themselves and those that were kept.
    let lessons: [SiteEntry]
    /// The pages on the symbols that lessons use, the overview first; none where the toolchain cannot tell them.
    package let reference: [ReferencePage]
    /// Where each stands among them, by its slug.
    private let places: [String: Int]

    /// - Parameter kept: Pages that are in the output folder already and stay there as they are.
    /// - Throws: `Problems` where two lessons would be the same page.
    package init(_ pages: [Page], kept: [KeptPage] = [], reference: [ReferencePage] = []) throws {
        let entries = (pages.map(SiteEntry.init) + kept.map(SiteEntry.init)).sorted { $0.readingOrder < $1.readingOrder }
        let clashes = Dictionary(grouping: entries, by: \.slug).values
            .flatMap { entries in entries.dropFirst().map { (later: $0, first: entries[0]) } }
            .sorted { $0.later.source < $1.later.source }
        guard clashes.isEmpty else {
            throw Problems(
                clashes.map { later, first in
                    Problem(
                        file: later.source, "the page \(later.slug).html is already made from \(first.source)",
                        hint: "give one of the two another name after its number")
                })
        }
        let own = Set(reference.map(\.slug))
        let taken = entries.filter { own.contains($0.slug) }
        guard taken.isEmpty else {
            throw Problems(
                taken.map { entry in
                    Problem(
                        file: entry.source, "the page \(entry.slug).html is the reference's", hint: "give the lesson another name")
                })
        }
        self.reference = reference
        frontPage = entries.first(where: \.isFrontPage)
        let lessons = entries.filter { !$0.isFrontPage }
        self.lessons = lessons
        places = Dictionary(uniqueKeysWithValues: lessons.indices.map { (lessons[$0].slug, $0) })
        self.pages = pages.sorted { SiteEntry($0).readingOrder < SiteEntry($1).readingOrder }
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
        } + reference.map { SiteFile(path: $0.slug + ".html", text: template.render($0, in: self)) }
            + [Resource.style, .script].map { SiteFile(path: $0.rawValue, text: try $0.text) }
    }

    /// The site is called as its front page is.
    var name: String { frontPage?.title ?? "Unroll" }

    /// The pages of the reference before and after one of them.
    func neighbours(of page: ReferencePage) -> (previous: ReferencePage?, next: ReferencePage?) {
        let place = reference.firstIndex { $0.slug == page.slug } ?? 0
        return (place > 0 ? reference[place - 1] : nil, place + 1 < reference.count ? reference[place + 1] : nil)
    }

    func previous(to page: Page) -> SiteEntry? { neighbour(of: page, at: -1) }
    func next(after page: Page) -> SiteEntry? { neighbour(of: page, at: 1) }

    /// The front page stands before the first lesson.
    private func neighbour(of page: Page, at distance: Int) -> SiteEntry? {
        let place = (places[page.slug] ?? -1) + distance
        return lessons.indices.contains(place) ? lessons[place] : nil
    }
}

/// A published page whose lesson now fails: it stays as it was, and the other pages go on linking to it.
package struct KeptPage: Hashable, Sendable {
    package var slug: String
    /// The path of its lesson.
    package var source: String
    package var title: String
    package var summary: String?

    package init(slug: String, source: String, title: String, summary: String?) {
        self.slug = slug
        self.source = source
        self.title = title
        self.summary = summary
    }
}

/// What other pages say of a page.
struct SiteEntry: Hashable {
    var slug: String
    var number: Int?
    var title: String
    var summary: String?
    /// nil where it is not known.
    var language: String?
    var source: String

    init(_ page: Page) {
        (slug, number, title, summary) = (page.slug, page.number, page.title, page.summary)
        (language, source) = (page.language, page.source)
    }

    init(_ kept: KeptPage) {
        (slug, title, summary, source) = (kept.slug, kept.title, kept.summary, kept.source)
        number = LessonName(path: kept.source).number
    }

    var href: String { name + ".html" }
    /// What the page's files are called, as a link has it.
    var name: String { slug.percentEncoded }
    var isFrontPage: Bool { slug == "index" }

    /// The front page, then the lessons by their numbers, then those without one.
    var readingOrder: (Int, String) {
        (isFrontPage ? Int.min : number ?? Int.max, slug)
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
