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
        self.page.render(Content(page, in: site).properties, library: library)
    }

    func render(_ page: ReferencePage, in site: Site) -> String {
        self.page.render(Content(page, in: site).properties, library: library)
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

/// What a template takes values of by their names: in a dictionary, for Mustache reflects on all else for each name anew.
private protocol Named {}

extension Named {
    /// Its properties by their names, without those that are nil.
    var properties: [String: Any] {
        let named = Mirror(reflecting: self).children.compactMap { label, value -> (String, Any)? in
            guard let label, let value = Self.unwrapped(value) else { return nil }
            if let value = value as? any Named { return (label, value.properties) }
            if let list = value as? [any Named] { return (label, list.map(\.properties)) }
            return (label, value)
        }
        return Dictionary(uniqueKeysWithValues: named)
    }

    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : value
    }
}

extension PageVocabulary: Named {}

/// What the templates put in their places, escaped there but for the markup of `body` and `contents`.
///
/// No two places that stand within each other share a name: Mustache looks for what is missing in one
/// in the other.
private struct Content: Named {
    /// A link to another page.
    struct Link: Named {
        var href: String
        var linkNumber: String?
        var linkTitle: String
        var linkSummary: String?
        /// Set where the other page is in another language.
        var linkLanguage: String?
        /// Whether it leads to this very page.
        var isCurrent: Bool
        /// Its place on the map of lessons.
        var stop: Stop?

        /// - Parameters:
        ///   - slug: The page's that has the link.
        init(_ entry: SiteEntry, from slug: String, in language: String) {
            href = entry.href
            linkNumber = entry.number.map(String.init)
            linkTitle = entry.title
            linkSummary = entry.summary
            linkLanguage = entry.language == language ? nil : entry.language
            isCurrent = entry.slug == slug
        }

        init(_ page: ReferencePage, from slug: String) {
            (href, linkTitle, isCurrent) = (page.href, page.title, page.slug == slug)
        }
    }

    /// The same page in another language.
    struct Edition: Named {
        var editionHref: String
        var editionLanguage: String
        /// As those call it who speak it.
        var editionName: String
        /// For search engines, which ask for whole addresses, as far as it is known.
        var editionAddress: String

        init(_ entry: SiteEntry, address: String?) {
            editionHref = entry.href
            editionLanguage = entry.language ?? ""
            editionName = LanguageTag.name(of: editionLanguage)
            editionAddress = address ?? entry.href
        }
    }

    /// A lesson on the map of all: what is drawn beside it, and what it builds on.
    struct Stop: Named {
        var slug: String
        var tracks: String
        /// By the pages' names, for the script, and for those who cannot see the lines.
        var foundationSlugs: String
        var foundationTitles: String?
    }

    /// What a key of the keyboard does.
    struct Key: Named {
        var names: [String]
        var purpose: String
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
    /// Every page, in the order in which they are read.
    var course: [Link]
    /// What the front page lists.
    var lessons: [Link]
    /// Of the map beside that list: how many lines stand beside each other; nil without a map.
    var mapWidth: Int?
    /// The lessons to know first.
    var foundations: [Link]
    var hasFoundations: Bool
    var previous: Link?
    var next: Link?
    /// The same page in other languages.
    var editions: [Edition]
    /// What the page can be downloaded as; nil for one that no lesson makes.
    var files: Files?
    var words: PageVocabulary
    /// Of the whole site, where it is known where that will stand: on a page that is served for any address.
    var base: String?
    var isNotFound: Bool
    /// For the page's head.
    var address, description, author, image, favicon, feed, themeStyle, editAddress: String?
    var openGraphType: String
    var keys: [Key]

    struct Files: Named {
        var fileName: String
        /// A translation has its original's program.
        var programName: String
        var source: String
    }

    init(_ page: Page, in site: Site) {
        let entry = SiteEntry(page), configuration = site.configuration, course = site.course(of: entry.edition)
        self.init(site, course, slug: page.slug, language: page.language, title: page.title, body: page.body.markup, page.contents)
        isNotFound = page.isNotFound
        base = isNotFound ? configuration.address(of: "") : nil
        address = configuration.address(of: entry.path)
        summary = page.summary
        description = page.summary ?? (entry.isFrontPage ? configuration.description : nil)
        if let own = page.image { image = configuration.address(ofImage: own) }
        editAddress = configuration.repository?.editAddress(of: page.source)
        openGraphType = entry.isFrontPage ? "website" : "article"
        siteName = site.name(on: entry.edition)
        documentTitle = page.title == siteName ? page.title : "\(page.title) · \(siteName)"
        reference = site.reference.first?.href
        kicker = page.number.map(words.lessonNumber)
        isFrontPage = entry.isFrontPage
        if isFrontPage {
            home = nil
            let map = CourseMap(course.lessons)
            lessons = zip(course.lessons, map.rows).map { lesson, row in
                var link = Link(lesson, from: page.slug, in: page.language)
                if !map.isEmpty { link.stop = Self.stop(of: lesson, row, in: course) }
                return link
            }
            mapWidth = map.isEmpty ? nil : map.width
        }
        foundations = course.foundations(of: entry).map { Link($0, from: page.slug, in: page.language) }
        hasFoundations = !foundations.isEmpty
        if !isNotFound {
            previous = course.previous(to: entry).map { Link($0, from: page.slug, in: page.language) }
            next = course.next(after: entry).map { Link($0, from: page.slug, in: page.language) }
            editions = site.otherEditions(of: entry).map { Edition($0, address: configuration.address(of: $0.path)) }
        }
        let source = String(String.UnicodeScalarView(page.source.unicodeScalars.map { $0.isAllowedInHTML ? $0 : "\u{FFFD}" }))
        if !isNotFound {
            files = Files(fileName: entry.name, programName: entry.courseSlug.percentEncoded, source: source)
        }
    }

    init(_ page: ReferencePage, in site: Site) {
        let headings = page.contents.map { Page.Entry(id: $0.id, number: nil, title: .text($0.title), depth: $0.depth) }
        self.init(
            site, site.course, slug: page.slug, language: ReferencePage.language, title: page.title, body: page.body, headings)
        let isOverview = page.slug == site.reference.first?.slug
        address = site.configuration.address(of: page.href)
        summary = page.summary
        description = page.summary
        documentTitle = (isOverview ? [page.title] : [page.title, words.reference]).joined(separator: " · ") + " · " + site.name
        if !isOverview {
            reference = site.reference.first?.href
            kicker = words.reference
        }
        course += site.reference.map { Link($0, from: page.slug) }
        let neighbours = site.neighbours(of: page)
        previous = neighbours.previous.map { Link($0, from: page.slug) }
        next = neighbours.next.map { Link($0, from: page.slug) }
    }

    /// What every page of the site has.
    private init(
        _ site: Site, _ course: Course, slug: String, language: String, title: String, body: String, _ headings: [Page.Entry]
    ) {
        let configuration = site.configuration
        self.language = language
        self.title = title
        self.body = body
        documentTitle = title
        words = PageVocabulary.of(language: language)
        siteName = site.name
        home = course.frontPage?.href
        contents = headings.count > 1 ? Self.list(headings).markup : nil
        self.course = course.pages.map { Link($0, from: slug, in: language) }
        (lessons, foundations, editions) = ([], [], [])
        (isFrontPage, isNotFound, hasFoundations) = (false, false, false)
        author = configuration.author
        image = (configuration.image?.address).flatMap(configuration.address(ofImage:))
        (favicon, themeStyle) = (site.theme.favicon, site.theme.style)
        feed = site.hasFeed ? SiteIndex.feed : nil
        openGraphType = "article"
        keys = words.keyPurposes.map { Key(names: $0.names, purpose: $0.purpose) }
    }

    private static func stop(of lesson: SiteEntry, _ row: CourseMap.Row, in course: Course) -> Stop {
        let foundations = course.foundations(of: lesson)
        return Stop(
            slug: lesson.slug, tracks: row.html.markup, foundationSlugs: foundations.map(\.slug).joined(separator: " "),
            foundationTitles: foundations.isEmpty ? nil : foundations.map(\.title).joined(separator: ", "))
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
