import Exhibits
import Foundation

/// All pages of a build, in the order in which they are read.
package struct Site: Sendable {
    package let pages: [Page]
    /// All that pages link to, themselves and those that were kept, in the order in which they are read.
    let entries: [SiteEntry]
    /// Those of the site's own language.
    let course: Course
    /// Those of its translations, by their folders.
    private let translated: [String: Course]
    /// The pages on the symbols that lessons use, the overview first; none where the toolchain cannot tell them.
    package let reference: [ReferencePage]
    /// What search finds of pages that stay as they are, by their slugs.
    private let searchable: [String: SearchablePage]
    let configuration: SiteConfiguration
    let theme: Theme

    /// - Parameters:
    ///   - kept: Pages that are in the output folder already and stay there as they are.
    ///   - theme: nil for the built-in one.
    /// - Throws: `Problems` where two lessons would be the same page.
    package init(
        _ pages: [Page], kept: [KeptPage] = [], configuration: SiteConfiguration = SiteConfiguration(), theme: Theme? = nil,
        reference: [ReferencePage] = []
    ) throws {
        self.configuration = configuration
        self.theme = try theme ?? Theme()
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
        self.entries = entries
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
        searchable = Dictionary(kept.compactMap { page in page.searchable.map { (page.slug, $0) } }) { first, _ in first }
        let originals = entries.filter { $0.edition == nil }
        course = Course(originals)
        translated = Dictionary(grouping: entries.filter { $0.edition != nil }, by: { $0.edition! }).mapValues { translations in
            let bySlug = Dictionary(translations.map { ($0.original ?? "", $0) }) { first, _ in first }
            return Course(originals.map { bySlug[$0.slug] ?? $0 })
        }
        self.pages = pages.sorted { SiteEntry($0).readingOrder < SiteEntry($1).readingOrder }
    }

    /// Every file of the site. The order, and each byte, is the same for the same pages.
    package func files() throws -> [SiteFile] {
        let ofPages = try pages.flatMap { page in
            [file(page), SiteFile(path: page.slug + ".json", text: try JSONText.encodeInLines(page.data) + "\n")]
                + (page.program.map { [SiteFile(path: page.slug + ".swift", text: $0)] } ?? [])
        }
        let describing = reference.map { SiteFile(path: $0.slug + ".html", text: theme.template.render($0, in: self)) }
        let resources = try Resource.ofEveryPage.map { SiteFile(path: $0.rawValue, text: try $0.text) }
        let search = SiteFile(path: SearchIndex.path, text: try searchIndex.script())
        return ofPages + describing + [file(Page(notFoundOf: self))] + resources + [search] + theme.files
            + (try SiteIndex(self)?.files() ?? [])
    }

    /// In the order in which the pages are read.
    private var searchIndex: SearchIndex {
        let made = Set(pages.map(\.slug))
        let kept = entries.filter { !$0.isFrontPage && !made.contains($0.slug) }
        return SearchIndex(
            pages: pages.map { SearchablePage($0) } + kept.map { searchable[$0.slug] ?? SearchablePage(kept: $0) }
                + reference.map { SearchablePage($0) })
    }

    private func file(_ page: Page) -> SiteFile {
        SiteFile(path: page.slug + ".html", text: theme.template.render(page, in: self))
    }

    /// What pages of a translation call the site, which has but one name of its own.
    func name(on edition: String?) -> String { edition.flatMap { translated[$0]?.frontPage?.title } ?? name }

    /// Without one of its own, the site is called as its front page is.
    var name: String {
        configuration.title ?? course.frontPage?.title ?? PageVocabulary.of(language: configuration.language).lessons
    }

    /// Whether there is anything of which it is known when it changed, and where it will stand.
    var hasFeed: Bool { configuration.url != nil && entries.contains { $0.date != nil } }

    /// The pages of the reference before and after one of them.
    func neighbours(of page: ReferencePage) -> (previous: ReferencePage?, next: ReferencePage?) {
        let place = reference.firstIndex { $0.slug == page.slug } ?? 0
        return (place > 0 ? reference[place - 1] : nil, place + 1 < reference.count ? reference[place + 1] : nil)
    }

    /// The course that a page is of: that in its language.
    func course(of edition: String?) -> Course { edition.flatMap { translated[$0] } ?? course }

    /// The languages that lessons are in, the site's own first.
    var languages: [String] { [configuration.language] + translated.keys.sorted() }

    /// The same page in the site's other languages.
    func otherEditions(of entry: SiteEntry) -> [SiteEntry] {
        entries.filter { $0.courseSlug == entry.courseSlug && $0.edition != entry.edition }
    }
}

/// The lessons of one language; what is not translated stands there in the language of its original.
struct Course: Sendable {
    let frontPage: SiteEntry?
    /// In the order in which they are read.
    let lessons: [SiteEntry]
    /// Where each stands among them, by the slug of its original.
    private let places: [String: Int]

    /// - Parameter entries: In the order in which they are read.
    init(_ entries: [SiteEntry]) {
        frontPage = entries.first(where: \.isFrontPage)
        let lessons = entries.filter { !$0.isFrontPage }
        self.lessons = lessons
        places = Dictionary(lessons.indices.map { (lessons[$0].courseSlug, $0) }) { first, _ in first }
    }

    var pages: [SiteEntry] { (frontPage.map { [$0] } ?? []) + lessons }

    /// The lessons to know before a page, as far as the site has them.
    func foundations(of entry: SiteEntry) -> [SiteEntry] {
        entry.buildsOn.compactMap { name in places[name].map { lessons[$0] } }
    }

    func previous(to entry: SiteEntry) -> SiteEntry? { neighbour(of: entry, at: -1) }
    func next(after entry: SiteEntry) -> SiteEntry? { neighbour(of: entry, at: 1) }

    /// The front page stands before the first lesson.
    private func neighbour(of entry: SiteEntry, at distance: Int) -> SiteEntry? {
        let place = (places[entry.courseSlug] ?? -1) + distance
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
    package var date: String?
    package var buildsOn: [String]
    /// Of a translation, its folder, and its original's slug.
    package var edition: String?
    package var original: String?
    /// What search finds of it, as it is published.
    package var searchable: SearchablePage?

    package init(
        slug: String, source: String, title: String, summary: String?, date: String? = nil, buildsOn: [String] = []
    ) {
        self.slug = slug
        self.source = source
        self.title = title
        self.summary = summary
        self.date = date
        self.buildsOn = buildsOn
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
    var date: String?
    /// The lessons to know first, by their pages' names.
    var buildsOn: [String]
    var source: String
    /// Of a translation, its folder, and its original's slug.
    var edition: String?
    var original: String?

    init(_ page: Page) {
        (slug, number, title, summary, date) = (page.slug, page.number, page.title, page.summary, page.date)
        (language, buildsOn, source) = (page.language, page.buildsOn, page.source)
        (edition, original) = (page.edition, page.original)
    }

    init(_ kept: KeptPage) {
        (slug, title, summary, date, source) = (kept.slug, kept.title, kept.summary, kept.date, kept.source)
        (buildsOn, edition, original) = (kept.buildsOn, kept.edition, kept.original)
        language = edition
        number = LessonName(path: kept.source).number
    }

    var href: String { name + ".html" }
    /// What the page's files are called, as a link has it.
    var name: String { slug.percentEncoded }
    /// What a page and its translations have in common: the original's slug, by which lessons name what they build on.
    var courseSlug: String { original ?? slug }
    private var lesson: LessonName { LessonName(number: number, slug: slug, edition: edition) }
    var isFrontPage: Bool { lesson.isFrontPage }
    /// Below the site's address, which itself leads to the front page.
    var path: String { isFrontPage && edition == nil ? "" : href }

    var readingOrder: (Int, String) { lesson.readingOrder }
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
