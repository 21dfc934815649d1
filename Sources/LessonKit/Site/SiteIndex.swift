import Mustache

/// The site for other programs: the feed of its dated pages, and the map of all.
///
/// They name pages by whole addresses, and so stand only where it is known where the site will. Their days are those that the
/// lessons give: what a build could find out by itself, the clock and the files' dates, is another one with each machine.
struct SiteIndex {
    static let feed = "feed.xml"
    static let sitemap = "sitemap.xml"

    /// What a site has of them, as far as its lessons can be linked to.
    static func names(_ configuration: SiteConfiguration, isDated: Bool) -> [String] {
        configuration.url == nil ? [] : (isDated ? [feed] : []) + [sitemap]
    }

    private struct Entry {
        var location: String
        var entryTitle: String
        var entryLanguage: String?
        var summary: String?
        var date: String?
    }

    private struct Content {
        var language: String
        var home: String
        var address: String
        var title: String
        var description: String?
        var author: String
        var updated: String?
        var entries: [Entry]
    }

    private let content: Content

    /// nil for a site of which nobody knows where it will stand.
    init?(_ site: Site) {
        let configuration = site.configuration
        guard let home = configuration.address(of: ""), let feed = configuration.address(of: Self.feed) else { return nil }
        let entries = site.entries.map { entry in
            Entry(
                location: configuration.address(of: entry.path) ?? "", entryTitle: entry.title,
                entryLanguage: entry.language == configuration.language ? nil : entry.language, summary: entry.summary,
                date: entry.date)
        }
        content = Content(
            language: configuration.language, home: home, address: feed, title: site.name, description: configuration.description,
            author: configuration.author ?? site.name, updated: entries.compactMap(\.date).max(), entries: entries)
    }

    func files() throws -> [SiteFile] {
        var dated = content
        dated.entries = content.entries.filter { $0.date != nil }.sorted { ($1.date!, $0.location) < ($0.date!, $1.location) }
        let feed = try file(Self.feed, .feed, dated), sitemap = try file(Self.sitemap, .sitemap, content)
        // A feed has to say when it and each of its entries changed.
        return dated.entries.isEmpty ? [sitemap] : [feed, sitemap]
    }

    private func file(_ path: String, _ template: Resource, _ content: Content) throws -> SiteFile {
        SiteFile(path: path, text: try MustacheTemplate(string: try template.text).render(content))
    }
}
