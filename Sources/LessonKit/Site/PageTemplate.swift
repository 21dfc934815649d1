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
        /// Whether it leads to this very page.
        var isCurrent: Bool

        init(_ entry: SiteEntry, from page: Page) {
            href = entry.href
            linkNumber = entry.number.map(String.init)
            linkTitle = entry.title
            linkSummary = entry.summary
            linkLanguage = entry.language == page.language ? nil : entry.language
            isCurrent = entry.slug == page.slug
        }
    }

    /// What a key of the keyboard does.
    struct Key {
        var names: [String]
        var purpose: String
    }

    var language: String
    var documentTitle: String
    var summary: String?
    var siteName: String
    /// The way to the front page, on all others.
    var home: String?
    var lessonNumber: String?
    var title: String
    var body: String
    /// Left out on a page of one section or none.
    var contents: String?
    var isFrontPage: Bool
    /// Every page, in the order in which they are read.
    var course: [Link]
    /// What the front page lists.
    var lessons: [Link]
    var previous: Link?
    var next: Link?
    var fileName: String
    var source: String
    var words: PageVocabulary
    var keys: [Key]

    init(_ page: Page, in site: Site) {
        words = PageVocabulary.of(language: page.language)
        isFrontPage = SiteEntry(page).isFrontPage
        language = page.language
        siteName = site.name
        home = isFrontPage ? nil : site.frontPage?.href
        documentTitle = isFrontPage ? page.title : "\(page.title) · \(site.name)"
        summary = page.summary
        lessonNumber = page.number.map(words.lessonNumber)
        title = page.title
        body = page.body.markup
        contents = page.contents.count > 1 ? Self.list(page.contents).markup : nil
        course = ((site.frontPage.map { [$0] } ?? []) + site.lessons).map { Link($0, from: page) }
        lessons = isFrontPage ? site.lessons.map { Link($0, from: page) } : []
        previous = site.previous(to: page).map { Link($0, from: page) }
        next = site.next(after: page).map { Link($0, from: page) }
        fileName = SiteEntry(page).name
        source = String(String.UnicodeScalarView(page.source.unicodeScalars.map { $0.isAllowedInHTML ? $0 : "\u{FFFD}" }))
        keys = words.keyPurposes.map { Key(names: $0.names, purpose: $0.purpose) }
    }

    private static func list(_ entries: [Page.Entry]) -> HTML {
        HTML(.ol) {
            for entry in entries {
                HTML(.li, .class("depth-\(entry.depth)")) {
                    HTML(.a, .href("#" + entry.id)) {
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
