import Drawing

/// Footnotes and sources: in the text a number that leads to the page's end, and there the way back.
extension LessonRenderer {
    static let footnotesID = "footnotes", bibliographyID = "bibliography"

    // MARK: In the text

    /// - Parameter isLinked: false in the list of contents, where it would be there twice.
    func html(_ reference: FootnoteReference, isLinked: Bool) -> HTML? {
        guard isLinked, let number = numbering.footnotes[reference.name] else { return nil }
        return HTML(.sup, .class("footnote")) {
            HTML(
                .a, .id(Self.id(ofFootnote: reference.name, use: reference.use)), .href("#" + Self.id(ofFootnote: reference.name)),
                .role("doc-noteref"), .aria("label", "\(words.footnote) \(number)")
            ) { "\(number)" }
        }
    }

    /// `[1, 3]`
    func html(_ citations: [Citation], isLinked: Bool) -> HTML {
        HTML(.span, .class("citation")) {
            "["
            for (index, citation) in citations.enumerated() {
                if index > 0 { "; " }
                let number = numbering.sources[citation.id] ?? 0
                if isLinked {
                    HTML(
                        .a, .id(Self.id(ofSource: citation.id, use: citation.use)), .href("#" + Self.id(ofSource: citation.id)),
                        .role("doc-biblioref"), .aria("label", "\(words.sourceOfText) \(number)")
                    ) { "\(number)" }
                } else {
                    "\(number)"
                }
                if let locator = citation.locator { ", " + locator }
            }
            "]"
        }
    }

    // MARK: At the end

    func html(_ footnotes: [Footnote]) -> HTML {
        HTML(.section, .class("notes"), .role("doc-endnotes"), .aria("labelledby", Self.footnotesID)) {
            HTML(.h2, .id(Self.footnotesID)) { words.footnotes }
            HTML(.ol) {
                for note in footnotes {
                    HTML(.li, .id(Self.id(ofFootnote: note.name))) {
                        withWayBack(note.content, backlinks(to: (1...note.uses).map { Self.id(ofFootnote: note.name, use: $0) }))
                    }
                }
            }
        }
    }

    func html(_ sources: [CitedSource]) -> HTML {
        HTML(.section, .class("notes"), .role("doc-bibliography"), .aria("labelledby", Self.bibliographyID)) {
            HTML(.h2, .id(Self.bibliographyID)) { words.bibliography }
            HTML(.ol) {
                for cited in sources {
                    HTML(.li, .id(Self.id(ofSource: cited.id))) {
                        html(cited.source)
                        backlinks(to: (0..<cited.uses).map { Self.id(ofSource: cited.id, use: $0 + 1) })
                    }
                }
            }
        }
    }

    /// `Elman, Jeffrey L. (1990). Finding structure in time. Cognitive Science 14(2). https://…`
    private func html(_ source: Source) -> HTML {
        let head = [source.author, source.year.map { source.author == nil ? $0 : "(\($0))" }].compactMap(\.self)
        return HTML {
            if !head.isEmpty { head.joined(separator: " ").withPeriod + " " }
            HTML(.cite) { source.title }
            if !source.title.endsSentence { "." }
            if let note = source.note { " " + note.withPeriod }
            if let url = source.url {
                " "
                HTML(.a, .href(url)) { url }
            }
        }
    }

    /// The links stand at the end of the last paragraph.
    private func withWayBack(_ content: [Block], _ links: [HTML]) -> [HTML] {
        guard case .paragraph(let text)? = content.last else { return blocks(content) + [HTML(.p) { links }] }
        return blocks(Array(content.dropLast())) + [
            HTML(.p) {
                inlines(text)
                links
            }
        ]
    }

    private func backlinks(to ids: [String]) -> [HTML] {
        ids.enumerated().flatMap { index, id -> [HTML] in
            let name = ids.count == 1 ? words.backToText : "\(words.backToText) (\(index + 1))"
            let link = HTML(.a, .class("back"), .href("#" + id), .role("doc-backlink"), .aria("label", name)) {
                "↩\u{FE0E}"
                if ids.count > 1 { HTML(.sup) { "\(index + 1)" } }
            }
            return [" ", link]
        }
    }

    /// No heading's words and no label make an id with a period in it.
    private static func id(ofFootnote name: String, use: Int? = nil) -> String {
        (["note", name] + (use.map { ["\($0)"] } ?? [])).joined(separator: ".")
    }

    private static func id(ofSource id: String, use: Int? = nil) -> String {
        (["source", id] + (use.map { ["\($0)"] } ?? [])).joined(separator: ".")
    }
}

extension String {
    fileprivate var endsSentence: Bool { last.map { ".!?。！？".contains($0) } ?? false }
    fileprivate var withPeriod: String { endsSentence ? self : self + "." }
}
