/// A page of the reference: the symbols of one part of a library.
package struct ReferencePage: Codable, Hashable, Sendable {
    /// What its contents list.
    package struct Heading: Codable, Hashable, Sendable {
        package var id: String
        package var title: String
        /// 0 for the highest.
        package var depth: Int
    }

    /// A symbol, as a search finds it.
    package struct Entry: Codable, Hashable, Sendable {
        package var id: String
        /// `Tensor.maskedFill(_:_:)`
        package var name: String
        package var declaration: String
        /// The first sentence of its documentation.
        package var summary: String
        /// What PyTorch calls it: `Tensor.masked_fill`.
        package var otherNames: [String]
    }

    package var slug: String
    package var title: String
    package var summary: String
    /// Markup.
    package var body: String
    package var contents: [Heading]
    package var entries: [Entry]

    /// What the first page is called, and what begins the names of all others.
    static let overview = "reference"

    /// That of the documentation, whatever the site's.
    static let language = "en"

    /// Whether a file of the site is a page of the reference.
    static func isPage(_ path: String) -> Bool {
        path == "\(overview).html" || path.hasPrefix("\(overview)-") && path.hasSuffix(".html")
    }

    package var href: String { slug.percentEncoded + ".html" }
}
