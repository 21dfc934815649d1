import Drawing
import Mustache

/// The whole course in one language as one page, to be printed: the front page, the contents, then each lesson.
struct Book {
    private struct Chapter {
        var id: String
        var language: String
        var number: String?
        var kicker: String?
        var chapterTitle: String
        var summary: String?
        var body: String
        var sections: [Section]
    }

    private struct Section {
        var sectionHref: String
        var sectionNumber: String?
        var sectionTitle: String
    }

    private struct Content {
        var language: String
        var title: String
        var description: String?
        var author: String?
        var themeStyle: String?
        var contents: String
        var preface: String?
        var chapters: [Chapter]
    }

    private let content: Content

    /// - Parameter edition: The folder of a translation; nil for the site's own language.
    init(_ site: Site, edition: String? = nil) {
        let configuration = site.configuration, course = site.course(of: edition)
        let pages = Dictionary(site.pages.map { ($0.slug, $0) }) { first, _ in first }
        let front = course.frontPage.flatMap { pages[$0.slug] }, lessons = course.lessons.compactMap { pages[$0.slug] }
        // A page in another language is not in the book.
        let slugs = Set(lessons.map(\.slug) + [front?.slug].compactMap { $0 })
        let language = edition ?? configuration.language
        content = Content(
            language: language, title: site.name(on: edition),
            description: (edition == nil ? configuration.description : nil) ?? front?.summary,
            author: configuration.author, themeStyle: site.theme.style,
            contents: PageVocabulary.of(language: language).contentsOfBook,
            preface: front.map { $0.body.addressed(in: $0.slug, among: slugs).markup },
            chapters: lessons.map { page in
                Chapter(
                    id: page.slug, language: page.language, number: page.number.map(String.init),
                    kicker: page.number.map(PageVocabulary.of(language: page.language).lessonNumber), chapterTitle: page.title,
                    summary: page.summary, body: page.body.addressed(in: page.slug, among: slugs).markup,
                    sections: page.contents.filter { $0.depth == 0 }.map { entry in
                        Section(
                            sectionHref: "#" + "\(page.slug)--\(entry.id)".urlFragment, sectionNumber: entry.number,
                            sectionTitle: entry.title.markup)
                    })
            })
    }

    func html() throws -> String {
        let template = try TemplateSource(.book).parsed()
        return template.render(content)
    }
}

extension HTML {
    /// With ids that no other page of the book has, and links that lead to places in it.
    fileprivate func addressed(in slug: String, among slugs: Set<String>) -> HTML {
        switch self {
        case .text, .trusted, .formula: self
        case .fragment(let nodes): .fragment(nodes.map { $0.addressed(in: slug, among: slugs) })
        case .element(let tag, let attributes, let content):
            .element(
                tag, attributes.map { $0.addressed(in: slug, among: slugs) },
                content.map { $0.addressed(in: slug, among: slugs) })
        }
    }
}

extension Attribute {
    fileprivate func addressed(in slug: String, among slugs: Set<String>) -> Attribute {
        guard let value else { return self }
        func own(_ id: String) -> String { "\(slug)--\(id)" }
        switch name {
        case "id": return Attribute(name, own(value))
        case "aria-labelledby": return Attribute(name, value.split(separator: " ").map { own(String($0)) }.joined(separator: " "))
        case "href":
            let parts = value.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let fragment = parts.count > 1 ? "--" + parts[1] : ""
            if parts[0].isEmpty { return Attribute(name, "#" + slug.urlFragment + fragment) }
            guard let page = slugs.first(where: { $0.percentEncoded + ".html" == parts[0] }) else { return self }
            return Attribute(name, "#" + page.urlFragment + fragment)
        default: return self
        }
    }
}
