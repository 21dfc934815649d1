/// HTML as the teacher wrote it, and where it stands.
package struct RawHTML: Hashable, Sendable {
    package var text: String
    /// Where each of its lines begins.
    package var lines: [SourcePosition]

    package init(_ text: String, lines: [SourcePosition]) {
        self.text = text
        self.lines = lines
    }
}

/// Tells where the bytes of raw HTML stand, from the first to the last.
struct RawHTMLPlaces {
    private let lines: [SourcePosition]
    private let bytes: [UInt8]
    private var line = 0
    private var offset = 0
    private var column: Int

    init(_ html: RawHTML) {
        (lines, bytes, column) = (html.lines, Array(html.text.utf8), html.lines[0].column)
    }

    /// - Parameter next: Not before the one asked for last.
    mutating func position(at next: Int) -> SourcePosition {
        while let end = bytes[offset..<next].firstIndex(of: .lineFeed), line + 1 < lines.count {
            line += 1
            (offset, column) = (end + 1, lines[line].column)
        }
        column += String(decoding: bytes[offset..<next], as: UTF8.self).count
        offset = next
        return SourcePosition(line: lines[line].line, column: column)
    }
}

extension RawHTML {
    /// The text with links to pages in place of links to lessons' files.
    ///
    /// - Parameter edition: The folder of the translation that has it.
    func linkingPages(from edition: String?) -> String {
        var reader = HTMLReader(text)
        var (linked, end) = ("", 0)
        while case .tag(let tag)? = reader.next(isForeign: false) {
            for attribute in tag.attributes where attribute.name == "href" || attribute.name == "src" && edition != nil {
                let written = reader.text(attribute.value)
                let address = HTMLElement.unescaped(written)
                let page = LinkTarget.pageAddress(address, from: edition)
                guard page != address else { continue }
                linked += reader.text(end..<attribute.value.lowerBound) + page.escapedInAttribute
                end = attribute.value.upperBound
            }
            if HTMLElement.ofText.contains(tag.name), !tag.isEnd { _ = reader.takeText(of: tag.name) }
        }
        return linked + reader.text(end..<reader.bytes.count)
    }
}

extension String {
    /// In whichever quotation marks, or in none: of an address percent signs keep the other characters away.
    fileprivate var escapedInAttribute: String {
        replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("'", with: "&#39;").replacing(" ", with: "%20")
            .replacing(">", with: "%3E")
    }
}
