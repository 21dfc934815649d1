/// `@S1` in `[@S1; @S3]`: where a lesson says what it has from a source of its front matter.
package struct Citation: Hashable, Sendable {
    package var id: String
    package var position: SourcePosition
    /// What stands behind a comma: `p. 33` in `[@S1, p. 33]`.
    package var locator: String?
    /// Which of the citations of this source it is, counted from 1.
    package var use: Int

    package init(id: String, position: SourcePosition, locator: String? = nil, use: Int) {
        self.id = id
        self.position = position
        self.locator = locator
        self.use = use
    }
}

struct WrittenCitation: Sendable {
    var id: Masks.Written
    var locator: String?
}

/// `[@S1; @S3, p. 33]`, citations as Pandoc writes them; `[@fig-x]` is a reference in brackets.
extension Passage {
    func citation(at start: Int) -> Construct? {
        let inner = bytes[(start + 1)...].prefix { ![.leftBracket, .rightBracket, .lineFeed].contains($0) }
        guard bytes[inner.endIndex...].first == .rightBracket else { return nil }
        var citations = [WrittenCitation]()
        for part in inner.split(separator: .semicolon, omittingEmptySubsequences: false).map(\.trimmed) {
            let id = part.dropFirst().prefix(while: \.isLabelByte)
            let rest = part[id.endIndex...]
            guard part.first == .at, !id.isEmpty, rest.isEmpty || rest.first == .comma,
                Label.Kind(prefixOf: text(id.indices)) == nil
            else { return nil }
            let locator = rest.dropFirst().trimmed
            citations.append(
                WrittenCitation(
                    id: Masks.Written(name: text(id.indices), position: position(at: part.startIndex)),
                    locator: locator.isEmpty ? nil : text(locator.indices)))
        }
        return Construct(meaning: .citation(citations), lines: [start..<inner.endIndex + 1])
    }
}

/// What a lesson cites, held against the sources that it names and those that the folder knows.
struct CitationRegister {
    private(set) var citations: [Citation] = []
    private var uses: [String: Int] = [:]

    mutating func cite(_ written: WrittenCitation) -> Citation {
        uses[written.id.name, default: 0] += 1
        let citation = Citation(
            id: written.id.name, position: written.id.position, locator: written.locator, use: uses[written.id.name, default: 1])
        citations.append(citation)
        return citation
    }

    /// The bibliography of a lesson that names these sources.
    func bibliography(_ named: [FrontMatter.Name], in list: SourceList?) -> [CitedSource] {
        named.compactMap { name in
            list?.sources[name.text].map { source in
                CitedSource(id: name.text, source: source, uses: uses[name.text, default: 0])
            }
        }
    }

    func problems(_ named: [FrontMatter.Name], in list: SourceList?) -> [Problem] {
        guard let list else { return citations.map(uncited) }
        if named.isEmpty && citations.isEmpty { return [] }
        // Of a file that cannot be read it is not known what it lacks.
        if !list.problems.isEmpty { return list.problems }
        let known = list.sources.keys.sorted(), names = named.map(\.text)
        let twice = zip(named.indices, named).filter { names[..<$0].contains($1.text) }.map { _, name in
            Problem(at: name.position, "the source \(name.text) is named twice", hint: "name it once")
        }
        let unknown = named.filter { list.sources[$0.text] == nil }.map { name in
            Problem(
                at: name.position, "\(list.path) has no source \(name.text)",
                hint: nearestName(to: name.text, among: known).map { "did you mean \($0)?" }
                    ?? "tell there what it is: \(name.text): {title: …}")
        }
        return twice + unknown
            + citations.filter { !names.contains($0.id) }.map { citation in
                let nearest = nearestName(to: citation.id, among: names)
                let isKnown = list.sources[citation.id] != nil
                return Problem(
                    at: citation.position, "\(citation.id) is not among the lesson's sources",
                    hint: isKnown || nearest == nil
                        ? "name it in the front matter: sources: [\((names + [citation.id]).joined(separator: ", "))]"
                        : "did you mean @\(nearest ?? "")?")
            }
    }

    private func uncited(_ citation: Citation) -> Problem {
        Problem(
            at: citation.position, "there is no \(SourceList.file) that says what \(citation.id) is",
            hint:
                "write one beside the lessons, with a line \(citation.id): {title: …}, and name \(citation.id) in the front matter; "
                + "brackets that are text are written \\[@\(citation.id)]")
    }
}
