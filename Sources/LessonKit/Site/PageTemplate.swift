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

    /// What `page.mustache` puts in its places. Strings are escaped there, except for the `markup` of `HTML`.
    private struct Content {
        struct Link {
            var href: String
            var title: String
        }

        struct Lesson {
            var href: String
            var number: String?
            var title: String
            /// Not called `summary`: Mustache would look for a missing one in the page around it.
            var about: String?
        }

        var language: String
        var documentTitle: String
        var summary: String?
        var siteName: String
        var home: String?
        var kicker: String?
        var title: String
        var body: String
        var contents: String?
        var isFrontPage: Bool
        /// What the front page lists.
        var lessons: [Lesson]
        var previous: Link?
        var next: Link?
        var slug: String
        var source: String
        var words: Vocabulary

        init(_ page: Page, in site: Site) {
            language = page.language
            documentTitle = page.title == site.name ? page.title : "\(page.title) · \(site.name)"
            summary = page.summary
            siteName = site.name
            home = site.hasFrontPage ? "index.html" : nil
            words = Vocabulary.of(language: page.language)
            kicker = page.number.map(words.lessonNumber)
            title = page.title
            body = page.body.markup
            contents = page.contents.count > 1 ? Self.list(page.contents).markup : nil
            isFrontPage = page.isFrontPage
            lessons = site.lessons.map(Self.lesson)
            previous = page.isFrontPage ? nil : site.previous(to: page).map(Self.link)
            next = site.next(after: page).map(Self.link)
            slug = page.slug
            source = page.source
        }

        private static func link(to page: Page) -> Link {
            Link(href: page.slug + ".html", title: page.title)
        }

        private static func lesson(_ page: Page) -> Lesson {
            Lesson(
                href: page.slug + ".html", number: page.number.map(String.init),
                title: page.title, about: page.summary)
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
                            entry.title
                        }
                    }
                }
            }
        }
    }
}
