import Drawing
import Exhibits
import Foundation

/// The words of a site's pages, section by section, as `site.js` searches them.
///
/// It is a script, for pages that are opened as files may load nothing else; a page loads it when search is first opened.
/// A section is a line, so that what changes in a page changes its own lines here.
package struct SearchIndex: Sendable {
    /// In the output folder.
    package static let path = "search.js"

    var pages: [SearchablePage]

    func script() throws -> String {
        let pages = try pages.map { page in
            let lines = try [JSONText.encode(page.head)] + page.sections.map { try JSONText.encode($0.fields) }
            return "[" + lines.joined(separator: ",\n") + "]"
        }
        return "// What search finds: of each page its title, and of each section its id, heading, text, and names in code.\n"
            + Self.beginning + pages.joined(separator: ",\n") + Self.end
    }

    private static let beginning = "var searchIndex = [\n", end = "\n];\n"

    /// What a script lists that an earlier build wrote; nothing where it is none.
    static func pages(in script: String) -> [SearchablePage] {
        guard let start = script.firstRange(of: beginning)?.upperBound, script.hasSuffix(end) else { return [] }
        let list = "[" + script[start...].dropLast(end.count) + "]"
        return (try? JSONDecoder().decode([SearchablePage].self, from: Data(list.utf8))) ?? []
    }
}

/// A page as search knows it, whatever it is a page of.
package struct SearchablePage: Hashable, Sendable {
    struct Head: Codable, Hashable {
        /// Such as `lesson`: for what finds it, and for the style.
        var kind: String
        var title: String
        /// A BCP 47 tag; nil where it is not known.
        var language: String?
        /// From the site's folder.
        var href: String
    }

    struct Section: Hashable {
        /// Empty for what stands before the first heading.
        var id = ""
        var heading = ""
        var text = ""
        /// Those in its code, each once.
        var names: [String] = []

        var fields: [String] { [id, heading, text, names.joined(separator: " ")].map(\.singleSpaced) }
    }

    var head: Head
    var sections: [Section]
}

extension SearchablePage {
    init(_ page: Page) {
        let entry = SiteEntry(page)
        head = Head(kind: "lesson", title: page.title, language: page.language, href: entry.href)
        sections = Self.sections(of: page.body, summary: page.summary)
    }

    /// A page that stays as it was, and is not in the search of the build that made it.
    init(kept entry: SiteEntry) {
        head = Head(kind: "lesson", title: entry.title, language: entry.language, href: entry.href)
        sections = [Section(text: entry.summary ?? "")]
    }

    /// Each symbol is a section; it is found by what PyTorch calls it, too.
    init(_ page: ReferencePage) {
        head = Head(kind: "reference", title: page.title, language: ReferencePage.language, href: page.href)
        sections =
            [Section(text: page.summary)]
            + page.entries.map { entry in
                Section(
                    id: entry.id, heading: entry.name, text: ([entry.summary] + entry.otherNames).joined(separator: " "),
                    names: entry.otherNames)
            }
    }

    /// A section is what follows a heading with an id.
    static func sections(of body: HTML, summary: String?) -> [Section] {
        var reader = SectionReader(sections: [Section(text: summary.map { $0 + " " } ?? "")])
        reader.read(body)
        return reader.sections
    }
}

extension SearchablePage: Decodable {
    /// As `SearchIndex` writes it: the head, then each section's fields.
    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        head = try container.decode(Head.self)
        sections = []
        while !container.isAtEnd {
            let fields = try container.decode([String].self)
            guard fields.count == 4 else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a section has four fields")
            }
            sections.append(
                Section(id: fields[0], heading: fields[1], text: fields[2], names: fields[3].split(separator: " ").map(String.init))
            )
        }
    }
}

/// Reads what a page says: headings, prose, captions, claims, and the names in its code; no numbers of exhibits, no formulas
/// on lines of their own, and nothing that stands there for its looks.
private struct SectionReader {
    var sections: [SearchablePage.Section]

    private static let headings: Set<Tag> = [.h1, .h2, .h3, .h4, .h5, .h6]
    /// Words go on across them.
    private static let inline: Set<Tag> = [.a, .code, .data, .em, .span, .strong, .wbr]
    /// Buttons, marks and numbers beside the text, what was printed, and pictures.
    private static let silent: Set<String> = ["anchor", "equation-number", "output", "trap", "outcome", "measures", "tex"]

    mutating func read(_ node: HTML) {
        switch node {
        case .text(let text): sections[sections.count - 1].text += text
        case .fragment(let nodes): nodes.forEach { read($0) }
        case .trusted, .formula: break
        case .element(let tag, let attributes, let content): read(tag, attributes, content)
        }
    }

    private mutating func read(_ tag: Tag, _ attributes: [Attribute], _ content: [HTML]) {
        let classes = Set(attributes["class"]?.split(separator: " ").map(String.init) ?? [])
        if Self.headings.contains(tag), let id = attributes["id"] {
            var heading = SectionReader(sections: [.init()])
            content.forEach { heading.read($0) }
            sections.append(.init(id: id, heading: heading.sections[0].text))
        } else if tag == .pre, classes.contains("code") {
            for name in content.flatMap(\.namesInCode) where !sections[sections.count - 1].names.contains(name) {
                sections[sections.count - 1].names.append(name)
            }
        } else if tag == .math {
            if attributes["display"] == nil { sections[sections.count - 1].text += HTML.fragment(content).formulaText }
        } else if tag == .svg || tag == .summary || !classes.isDisjoint(with: Self.silent) {
            return
        } else if classes.contains("exhibit"), !classes.contains("claim") {
            return
        } else {
            content.forEach { read($0) }
            if !Self.inline.contains(tag) { sections[sections.count - 1].text += " " }
        }
    }
}

extension HTML {
    /// Types, functions and variables of Swift's; every word of other languages.
    fileprivate var namesInCode: [String] {
        switch self {
        case .text(let text):
            text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                .map { String($0.drop(while: \.isNumber)) }.filter { $0.count > 1 }
        case .fragment(let nodes): nodes.flatMap(\.namesInCode)
        case .element(_, let attributes, let content):
            ["tok-keyword", "tok-comment", "tok-string", "tok-number"].contains(attributes["class"])
                ? [] : content.flatMap(\.namesInCode)
        case .trusted, .formula: []
        }
    }

    /// What a reader sees of a formula: without its TeX.
    fileprivate var formulaText: String {
        switch self {
        case .text(let text): text
        case .fragment(let nodes): nodes.map(\.formulaText).joined()
        case .element(let tag, _, let content): tag == .annotation ? "" : content.map(\.formulaText).joined()
        case .trusted, .formula: ""
        }
    }
}

extension [Attribute] {
    fileprivate subscript(name: String) -> String? { first { $0.name == name }?.value }
}

extension String {
    fileprivate var singleSpaced: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
