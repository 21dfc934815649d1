/// What hosts serve for an address that the site does not have.
///
/// It stands at any depth then, so its links begin at the site's address, where that is known.
extension Page {
    static let notFoundSlug = "404"

    init(notFoundOf site: Site) {
        let language = site.configuration.language
        let words = PageVocabulary.of(language: language)
        let ways = site.course.pages.map { entry -> [Block] in
            [.paragraph([.link(destination: entry.href, title: nil, content: [.text(entry.title)])])]
        }
        let others = site.entries.filter { $0.isFrontPage && $0.edition != nil }.map { entry -> [Block] in
            let title = Inline.span(language: entry.language ?? "", [.text(entry.title)])
            return [.paragraph([.link(destination: entry.href, title: nil, content: [title])])]
        }
        let lesson = Lesson(
            path: Self.notFoundSlug, slug: Self.notFoundSlug, number: nil,
            frontMatter: FrontMatter(title: words.notFound, lang: language),
            blocks: [.paragraph([.text(words.notFoundReason)]), .list(List(start: nil, isTight: true, items: ways + others))],
            cells: [], values: [], snippets: [])
        self.init(lesson, Recording(nothingOf: lesson))
        program = nil
    }

    var isNotFound: Bool { slug == Self.notFoundSlug }
}
