import Drawing
import Mustache

/// The page around a lesson, `page.mustache`, and the parts that it includes: head, header, footer.
struct PageTemplate {
    private static let parts: [Resource] = [.page, .head, .header, .footer]
    private let page: MustacheTemplate
    private let library: MustacheLibrary

    /// - Parameter own: A theme's, in the place of the built-in ones of the same names, or to be included by one of them.
    /// - Throws: `Problems` of the theme's.
    init(replacing own: [TemplateSource]) throws {
        let builtIn = try Self.parts.map { try TemplateSource($0) }
        let sources = builtIn.filter { part in !own.contains { $0.name == part.name } } + own
        var templates: [String: MustacheTemplate] = [:]
        var problems = own.flatMap { $0.strangers(among: sources, values: Set(builtIn.flatMap(\.values).map(\.name))) }
        for source in sources {
            do { templates[source.name] = try source.parsed() } catch let problem as Problem { problems.append(problem) }
        }
        guard problems.isEmpty else { throw Problems(problems.inOrder) }
        library = MustacheLibrary(templates: templates)
        page = templates[builtIn[0].name]!
    }

    func render(_ page: Page, in site: Site) -> String {
        self.page.render(Content(page, in: site), library: library)
    }
}

extension TemplateSource {
    /// What it names that nothing has, and itself where nothing includes it: Mustache passes over both without a word.
    fileprivate func strangers(among sources: [TemplateSource], values known: Set<String>) -> [Problem] {
        let names = sources.map(\.name)
        func nearest(_ name: String, _ names: some Sequence<String>) -> String? {
            nearestName(to: name, among: names).map { "did you mean \($0)?" }
        }
        let unread = name != "page" && !sources.flatMap(\.includes).contains { $0.name == name }
        return includes.filter { !names.contains($0.name) }.map {
            problem(at: $0.position, "there is no template \($0.name)", hint: nearest($0.name, names))
        }
            + values.filter { !known.contains($0.name) }.map {
                problem(
                    at: $0.position, "a page has nothing that is called \($0.name)",
                    notes: ["the names are " + known.sorted().joined(separator: ", ")], hint: nearest($0.name, known.sorted()))
            }
            + (unread ? [problem(at: nil, "no template includes this one", hint: nearest(name, names.filter { $0 != name }))] : [])
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
    /// Of the whole site, where it is known where that will stand: on a page that is served for any address.
    var base: String?
    var isNotFound: Bool
    /// For the page's head.
    var address, description, author, image, favicon, feed, themeStyle, editAddress: String?
    var openGraphType: String
    var keys: [Key]

    init(_ page: Page, in site: Site) {
        let configuration = site.configuration
        isNotFound = page.isNotFound
        base = isNotFound ? configuration.address(of: "") : nil
        address = configuration.address(of: SiteEntry(page).path)
        description = page.summary ?? (SiteEntry(page).isFrontPage ? configuration.description : nil)
        author = configuration.author
        image = (page.image ?? configuration.image?.address).flatMap(configuration.address(ofImage:))
        (favicon, themeStyle) = (site.theme.favicon, site.theme.style)
        feed = site.hasFeed ? SiteIndex.feed : nil
        editAddress = configuration.repository?.editAddress(of: page.source)
        openGraphType = SiteEntry(page).isFrontPage ? "website" : "article"
        words = PageVocabulary.of(language: page.language)
        isFrontPage = SiteEntry(page).isFrontPage
        language = page.language
        siteName = site.name
        home = isFrontPage ? nil : site.frontPage?.href
        documentTitle = page.title == site.name ? page.title : "\(page.title) · \(site.name)"
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
