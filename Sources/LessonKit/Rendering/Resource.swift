import Foundation

/// The files that come with LessonKit.
enum Resource: String {
    case book = "book.mustache"
    case feed = "feed.mustache"
    case footer = "footer.mustache"
    case head = "head.mustache"
    case header = "header.mustache"
    case katexLines = "katex-lines.cjs"
    case page = "page.mustache"
    case report = "report.mustache"
    case sitemap = "sitemap.mustache"
    case script = "exhibits.js"
    case siteScript = "site.js"
    case style = "style.css"

    /// What every page loads.
    static let ofEveryPage = [style, script, siteScript]

    var path: String {
        Bundle.module.bundleURL.appendingPathComponent("Resources/" + rawValue).path
    }

    var text: String {
        get throws { try String(contentsOfFile: path, encoding: .utf8) }
    }
}
