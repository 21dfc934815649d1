import Drawing
import Mustache

/// The page around a lesson, `page.mustache`, and the parts that it includes: head, header, footer.
struct PageTemplate {
    private static let parts: [Resource] = [.page, .head, .header, .footer]
    private let page: MustacheTemplate
    private let library: MustacheLibrary

    init() throws {
        let templates = try Self.parts.map { ($0.templateName, try MustacheTemplate(string: try $0.text)) }
        library = MustacheLibrary(templates: Dictionary(uniqueKeysWithValues: templates))
        page = templates[0].1
    }

    func render(_ page: Page, in site: Site) -> String {
        self.page.render(Content(page, in: site), library: library)
    }
}

/// What the templates put in their places, escaped there but for the markup of `body` and `contents`.
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
    /// What the front page lists.
    var lessons: [Link]
    var previous: Link?
    var next: Link?
    var fileName: String
    var source: String
    var words: PageVocabulary

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
        lessons = isFrontPage ? site.lessons.map { Link($0, from: page) } : []
        previous = site.previous(to: page).map { Link($0, from: page) }
        next = site.next(after: page).map { Link($0, from: page) }
        fileName = SiteEntry(page).name
        source = String(String.UnicodeScalarView(page.source.unicodeScalars.map { $0.isAllowedInHTML ? $0 : "\u{FFFD}" }))
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
