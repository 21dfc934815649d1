/// An address in a lesson, in Markdown or in raw HTML.
package struct Link: Hashable, Sendable {
    /// As a browser gets it, without entities and backslashes.
    package var address: String
    /// Where it stands, or where the text begins that it stands in.
    package var position: SourcePosition
    /// Whether what is there becomes a picture.
    package var isImage: Bool

    package init(_ address: String, at position: SourcePosition, isImage: Bool = false) {
        self.address = address
        self.position = position
        self.isImage = isImage
    }

    package var target: LinkTarget { LinkTarget(address, isImage: isImage) }
}
