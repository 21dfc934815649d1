import Drawing
import Mustache

/// The page around a lesson: head, header, navigation, footer.
struct PageTemplate {
    private let template: MustacheTemplate

    init() throws {
        template = try MustacheTemplate(string: try Resource.page.text)
    }

    func render(_ page: Page, in site: Site) -> String {
        template.render(Content(page, in: site))
    }

    func render(_ page: ReferencePage, in site: Site) -> String {
        template.render(Content(page, in: site))
    }
}

/// What `page.mustache` puts in its places, escaped there but for the markup of `body` and `contents`.
///
/// No two places that stand within each other share a name: Mustache looks for what is missing in one
/// in the other.
private struct Content {
    /// A link to another page.
    struct Link {
        var href: String
        var linkNumber: String?
        var linkTitle: String
        var linkSummary: String?
        /// Set where the other page is in another language.
        var linkLanguage: String?

        init(_ entry: SiteEntry, from page: Page) {
            href = entry.href
            linkNumber = entry.number.map(String.init)
            linkTitle = entry.title
            linkSummary = entry.summary
            linkLanguage = entry.language == page.language ? nil : entry.language
        }

        init(_ page: ReferencePage) {
            (href, linkTitle) = (page.href, page.title)
        }
    }

    var language: String
    var documentTitle: String
    var summary: String?
    var siteName: String
    /// The way to the front page, on all others.
    var home: String?
    /// The way to the reference, where the site has one and this is not its first page.
    var reference: String?
    /// What stands above the title: `Lesson 3`.
    var kicker: String?
    var title: String
    var body: String
    /// Left out on a page of one section or none.
    var contents: String?
    var isFrontPage: Bool
    /// What the front page lists.
    var lessons: [Link]
    var previous: Link?
    var next: Link?
    /// What the page can be downloaded as; nil for one that no lesson makes.
    var files: Files?
    var words: PageVocabulary

    struct Files {
        var fileName: String
        var source: String
    }

    init(_ page: Page, in site: Site) {
        words = PageVocabulary.of(language: page.language)
        isFrontPage = SiteEntry(page).isFrontPage
        language = page.language
        siteName = site.name
        home = isFrontPage ? nil : site.frontPage?.href
        documentTitle = isFrontPage ? page.title : "\(page.title) · \(site.name)"
        summary = page.summary
        reference = site.reference.first?.href
        kicker = page.number.map(words.lessonNumber)
        title = page.title
        body = page.body.markup
        contents = page.contents.count > 1 ? Self.list(page.contents).markup : nil
        lessons = isFrontPage ? site.lessons.map { Link($0, from: page) } : []
        previous = site.previous(to: page).map { Link($0, from: page) }
        next = site.next(after: page).map { Link($0, from: page) }
        let source = String(String.UnicodeScalarView(page.source.unicodeScalars.map { $0.isAllowedInHTML ? $0 : "\u{FFFD}" }))
        files = Files(fileName: SiteEntry(page).name, source: source)
    }

    init(_ page: ReferencePage, in site: Site) {
        language = "en"
        words = PageVocabulary.of(language: language)
        let isOverview = page.slug == site.reference.first?.slug
        isFrontPage = false
        siteName = site.name
        home = site.frontPage?.href
        reference = isOverview ? nil : site.reference.first?.href
        documentTitle = (isOverview ? [page.title] : [page.title, words.reference]).joined(separator: " · ") + " · " + site.name
        summary = page.summary
        kicker = isOverview ? nil : words.reference
        title = page.title
        body = page.body
        let headings = page.contents.map { Page.Entry(id: $0.id, number: nil, title: .text($0.title), depth: $0.depth) }
        contents = headings.count > 1 ? Self.list(headings).markup : nil
        lessons = []
        let neighbours = site.neighbours(of: page)
        (previous, next) = (neighbours.previous.map(Link.init), neighbours.next.map(Link.init))
    }

    private static func list(_ entries: [Page.Entry]) -> HTML {
        HTML(.ol) {
            for entry in entries {
                HTML(.li, .class("depth-\(entry.depth)")) {
                    HTML(.a, .href("#" + entry.id.urlFragment)) {
                        if let number = entry.number {
                            HTML(.span, .class("section-number")) { number }
                            " "
                        }
                        HTML(.span) { entry.title }
                    }
                }
            }
        }
    }
}
