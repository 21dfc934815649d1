import Yams

/// What a lesson draws upon: an article, a book, a page.
package struct Source: Hashable, Sendable {
    package var title: String
    package var author: String?
    package var year: String?
    package var url: String?
    /// What else is to be said: where it was printed, what it is.
    package var note: String?

    package init(title: String, author: String? = nil, year: String? = nil, url: String? = nil, note: String? = nil) {
        (self.title, self.author, self.year, self.url, self.note) = (title, author, year, url, note)
    }
}

/// A source in the bibliography at a page's end.
package struct CitedSource: Hashable, Sendable {
    package var id: String
    package var source: Source
    /// How often the text cites it.
    package var uses: Int

    package init(id: String, source: Source, uses: Int) {
        (self.id, self.source, self.uses) = (id, source, uses)
    }
}

/// What the ids of lessons' sources stand for: the file `sources.yml` beside the lessons.
package struct SourceList: Sendable {
    package static let file = "sources.yml"

    /// As the person named it.
    let path: String
    package private(set) var sources: [String: Source] = [:]
    package private(set) var problems: [Problem] = []

    private enum Key: String, CaseIterable {
        case author, title, year, note, url
    }

    package init(_ bytes: [UInt8], path: String) {
        self.path = path
        do {
            let source = try SourceText(bytes)
            var yaml = YAMLReader(source, lines: source.lines.indices, name: "the list of sources")
            let mapping = yaml.mapping(example: "Elman1990: {title: Finding structure in time, year: 1990}")
            for (key, value) in mapping ?? [:] { read(key, value, with: &yaml) }
            problems = yaml.problems
        } catch {
            problems = [error]
        }
        problems = problems.map { $0.told(of: path) }
    }

    init(unreadable path: String) {
        self.path = path
        problems = [Problem(file: path, "the list of sources cannot be read", hint: "let it be read, or give it another name")]
    }

    private mutating func read(_ key: Node, _ value: Node, with yaml: inout YAMLReader) {
        guard let id = yaml.text(key, for: "a source's id") else { return }
        guard id.utf8.allSatisfy(\.isLabelByte), Label.Kind(prefixOf: id) == nil else {
            return yaml.fail(key, "\(id) cannot be a source's id", hint: "use letters, digits, - and _, and no label's beginning")
        }
        guard let mapping = value.mapping else {
            return yaml.fail(value, "what \(id) is, is told by keys and values", hint: "write \(id): {title: …, year: …}")
        }
        var texts: [Key: String] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let known = Key(rawValue: name) else {
                yaml.unknownKey(key, among: Key.allCases.map(\.rawValue))
                continue
            }
            guard let text = yaml.text(value, for: name) else { continue }
            texts[known] = text
            if known == .url, !text.hasPrefix("https://"), !text.hasPrefix("http://") {
                yaml.fail(value, "\(text) is no address", hint: "write the whole of it, with https://")
            }
        }
        if !mapping.keys.contains(where: { $0.scalar?.string == Key.title.rawValue }) {
            yaml.fail(key, "\(id) has no title", hint: "add title: what it is called, or in a few words what it is")
        }
        sources[id] = Source(
            title: texts[.title] ?? "", author: texts[.author], year: texts[.year], url: texts[.url], note: texts[.note])
    }
}
