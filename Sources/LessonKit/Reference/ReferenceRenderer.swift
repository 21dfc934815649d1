import Drawing

/// Draws the pages of the reference.
struct ReferenceRenderer {
    let index: ReferenceIndex
    /// What PyTorch calls the symbols.
    let spellings: OtherSpellings

    /// The words around what the library's documentation says, which is English on every site.
    private enum Words {
        static let reference = "Reference"
        static let summary = "Every type, function and operator that a cell can use."
        static let parameters = "Parameters", returns = "Returns", errors = "Throws", conforms = "Is a", has = "Has from"
        static let pyTorch = "PyTorch", here = "Here", otherwise = "What is spelt otherwise"
        static func added(_ type: String) -> String { "On \(type)" }
    }

    var pages: [DraftPage] { [overviewPage] + index.rooms.map(page) }

    /// A page whose formulas are still to be typeset.
    struct DraftPage {
        var page: ReferencePage
        var body: HTML
    }

    // MARK: Pages

    private var overviewPage: DraftPage {
        let modules = Dictionary(grouping: index.rooms, by: \.module).sorted { $0.key < $1.key }
        let page = ReferencePage(
            slug: ReferencePage.overview, title: Words.reference, summary: Words.summary, body: "",
            contents: modules.map { .init(id: $0.key, title: $0.key, depth: 0) }, entries: [])
        let body = HTML {
            for (module, rooms) in modules {
                HTML(.h2, .id(module)) { module }
                for room in rooms {
                    if rooms.count > 1 { HTML(.h3) { HTML(.a, .href(room.slug + ".html")) { room.title } } }
                    HTML(.ul, .class("symbols")) { room.outline.map(overviewItem) }
                }
            }
        }
        return DraftPage(page: page, body: body)
    }

    /// A type or function with what it is; functions of one name and other arguments with those.
    private func overviewItem(_ symbols: [Symbol]) -> HTML {
        let symbol = symbols[0]
        return HTML(.li) {
            HTML(.a, .href(index.href(of: symbol.id))) { HTML(.code) { symbol.isType ? symbol.qualifiedName : symbol.baseName } }
            if symbols.count == 1 {
                " "
                documentation(of: symbol).map { inlines($0.summary, of: $0, about: symbol, isLinked: false) } ?? []
            } else {
                HTML(.span, .class("variants")) { symbols.map { link($0, String($0.name.dropFirst($0.baseName.count))) } }
            }
        }
    }

    private func page(_ room: ReferenceIndex.Room) -> DraftPage {
        let others = room.title == OtherSpellings.folder
        let contents =
            (others ? [.init(id: Self.otherwise, title: Words.otherwise, depth: 0)] : []) + room.sections.flatMap(headings)
        let page = ReferencePage(
            slug: room.slug, title: room.title, summary: room.outline.map(\.[0].baseName).joined(separator: ", "), body: "",
            contents: contents, entries: room.symbols.map(entry))
        return DraftPage(
            page: page,
            body: HTML {
                if others { otherSpellings }
                room.sections.map(section)
            })
    }

    private func entry(_ symbol: Symbol) -> ReferencePage.Entry {
        ReferencePage.Entry(
            id: index.places[symbol.id]?.id ?? "", name: symbol.qualifiedName, declaration: symbol.declarationText,
            summary: documentation(of: symbol)?.firstSentence ?? "", otherNames: spellings.names(of: symbol.id))
    }

    /// What pages with code say of each symbol.
    var notes: SymbolNotes {
        let notes = index.graph.symbols.compactMap { symbol in
            index.href(of: symbol.id).map { href in
                let summary = documentation(of: symbol)?.firstSentence ?? ""
                return (symbol.id, SymbolNotes.Note(href: href, declaration: symbol.declarationText, summary: summary))
            }
        }
        return SymbolNotes(Dictionary(notes) { first, _ in first })
    }

    // MARK: Sections

    private func headings(_ section: ReferenceIndex.Section) -> [ReferencePage.Heading] {
        let groups = section.groups.compactMap(\.title)
        return [.init(id: section.id, title: section.heading, depth: 0)]
            + (groups.count > 4 ? groups.map { .init(id: section.id(of: $0), title: $0, depth: 1) } : [])
    }

    private func section(_ section: ReferenceIndex.Section) -> HTML {
        HTML {
            HTML(.h2, .id(section.id)) {
                section.type == nil && section.id == section.title ? .text(section.heading) : heading(section)
                anchor(section.id)
            }
            if let type = section.type {
                HTML(.div, .class("symbol")) {
                    declaration([type], hasPlace: false)
                    description(of: type)
                    relations(of: type)
                }
            }
            for group in section.groups {
                if let title = group.title { HTML(.h3, .id(section.id(of: title))) { title } }
                group.entries.map(member)
            }
        }
    }

    private func heading(_ section: ReferenceIndex.Section) -> HTML {
        section.type == nil ? .text(section.heading) : HTML(.code) { section.title }
    }

    private func member(_ overloads: [Symbol]) -> HTML {
        HTML(.div, .class("symbol")) {
            declaration(overloads, hasPlace: true)
            HTML(.div, .class("about")) { description(of: overloads[0]) }
        }
    }

    private func declaration(_ overloads: [Symbol], hasPlace: Bool) -> HTML {
        HTML {
            for symbol in overloads {
                let id = hasPlace ? index.places[symbol.id]?.id : nil
                HTML(.pre, .class("code", "declaration"), .id(id)) {
                    HTML(.code) { symbol.declarationHTML { $0 == symbol.id ? nil : index.href(of: $0) } }
                    if let id { anchor(id) }
                }
            }
        }
    }

    /// For the pointer only, as those of lessons' headings.
    private func anchor(_ id: String) -> HTML {
        HTML(.a, .class("anchor"), .href("#" + id.urlFragment), .aria("hidden", "true"), .attribute("tabindex", "-1")) { "#" }
    }

    // MARK: Documentation

    private func documentation(of symbol: Symbol) -> Documentation? {
        try? Documentation(symbol.documentation)
    }

    private func description(of symbol: Symbol) -> HTML {
        let names = spellings.names(of: symbol.id)
        return HTML {
            if let documentation = documentation(of: symbol) {
                if !documentation.summary.isEmpty { blocks([.paragraph(documentation.summary)], of: documentation, about: symbol) }
                blocks(documentation.discussion, of: documentation, about: symbol)
                if !documentation.parameters.isEmpty { parameters(documentation, about: symbol) }
                field(Words.returns, documentation.returns, documentation, about: symbol)
                field(Words.errors, documentation.errors, documentation, about: symbol)
            } else {
                HTML(.p) { symbol.documentation }
            }
            if !names.isEmpty {
                HTML(.p, .class("field")) {
                    HTML(.span, .class("field-name")) { Words.pyTorch }
                    for name in names { " "; HTML(.code) { name } }
                }
            }
        }
    }

    private func parameters(_ documentation: Documentation, about symbol: Symbol) -> HTML {
        HTML(.div, .class("field")) {
            HTML(.p, .class("field-name")) { Words.parameters }
            HTML(.ul) {
                for (name, content) in documentation.parameters {
                    HTML(.li) {
                        HTML(.code) { name }
                        " "
                        inLine(content, documentation, about: symbol)
                    }
                }
            }
        }
    }

    private func field(_ name: String, _ content: [Block], _ documentation: Documentation, about symbol: Symbol) -> HTML? {
        content.isEmpty
            ? nil
            : HTML(.div, .class("field")) {
                HTML(.span, .class("field-name")) { name }
                " "
                inLine(content, documentation, about: symbol)
            }
    }

    /// The first paragraph without a tag of its own.
    private func inLine(_ content: [Block], _ documentation: Documentation, about symbol: Symbol) -> [HTML] {
        guard case .paragraph(let first)? = content.first else { return blocks(content, of: documentation, about: symbol) }
        return inlines(first, of: documentation, about: symbol)
            + blocks(Array(content.dropFirst()), of: documentation, about: symbol)
    }

    private func blocks(_ blocks: [Block], of documentation: Documentation, about symbol: Symbol) -> [HTML] {
        renderer(documentation, about: symbol).blocks(blocks)
    }

    private func inlines(_ content: [Inline], of documentation: Documentation, about symbol: Symbol, isLinked: Bool = true)
        -> [HTML]
    {
        renderer(documentation, about: symbol).inlines(content, isLinked: isLinked)
    }

    private func renderer(_ documentation: Documentation, about symbol: Symbol) -> LessonRenderer {
        LessonRenderer(documentation.lesson, Recording(nothingOf: documentation.lesson)) { name in
            let found = index.symbol(named: name, within: symbol.path)
            return found.flatMap { $0.id == symbol.id ? nil : index.href(of: $0.id) }
        }
    }

    // MARK: Relations

    /// What it conforms to, and what it has from there.
    private func relations(of type: Symbol) -> HTML {
        let supertypes = (index.graph.supertypes[type.id] ?? []).compactMap { index.symbol($0.id) }
        let inherited = Dictionary(grouping: (index.graph.inherited[type.id] ?? []).compactMap(index.symbol)) { $0.path[0] }
        return HTML {
            if !supertypes.isEmpty {
                HTML(.p, .class("field")) {
                    HTML(.span, .class("field-name")) { Words.conforms }
                    supertypes.map { link($0, $0.qualifiedName) }
                }
            }
            for (owner, members) in inherited.sorted(by: { $0.key < $1.key }) {
                HTML(.p, .class("field")) {
                    HTML(.span, .class("field-name")) { "\(Words.has) \(owner)" }
                    members.sorted { $0.place < $1.place }.map { link($0, $0.name) }
                }
            }
        }
    }

    private func link(_ symbol: Symbol, _ text: String) -> HTML {
        HTML {
            " "
            HTML(.a, .href(index.href(of: symbol.id))) { HTML(.code) { text } }
        }
    }

    // MARK: PyTorch

    private static let otherwise = "spelt-otherwise"

    /// All of PyTorch's spellings that are others here, in one table.
    private var otherSpellings: HTML {
        HTML {
            HTML(.h2, .id(Self.otherwise)) { Words.otherwise }
            HTML.scrollable(named: Words.otherwise) {
                HTML(.table) {
                    HTML(.thead) {
                        HTML(.tr) { [Words.pyTorch, Words.here].map { word in HTML(.th, .scope("col")) { word } } }
                    }
                    HTML(.tbody) { spellings.rows.map(row) }
                }
            }
        }
    }

    private func row(_ row: OtherSpellings.Row) -> HTML {
        HTML(.tr) {
            HTML(.td) { HTML(.code) { row.name } }
            HTML(.td) {
                if let symbol = row.symbol.flatMap(index.symbol) {
                    link(symbol, symbol.qualifiedName)
                } else if let renamed = row.renamed {
                    HTML(.code) { renamed }
                }
                if let message = row.message { " " + message }
            }
        }
    }
}

extension ReferenceIndex.Room {
    /// Its types and functions, those of one name together; of what has the same arguments' labels the first.
    fileprivate var outline: [[Symbol]] {
        sections.flatMap { section -> [[Symbol]] in
            if let type = section.type { return [[type]] }
            guard section.id == "functions" else { return [] }
            let functions = section.groups.flatMap(\.entries).flatMap(\.self)
            var seen: Set<String> = []
            let bases = functions.map(\.baseName).filter { seen.insert($0).inserted }
            return bases.map { base in functions.filter { $0.baseName == base && seen.insert($0.name).inserted } }
        }
    }

    fileprivate var symbols: [Symbol] {
        sections.flatMap { [$0.type].compactMap(\.self) + $0.groups.flatMap(\.entries).flatMap(\.self) }
    }
}

extension ReferenceIndex.Section {
    fileprivate var heading: String { type == nil && id != "functions" ? "On \(title)" : title }
    fileprivate func id(of group: String) -> String { id + "-" + group.lowercased().replacing(" ", with: "-") }
}

extension Documentation {
    /// Of its summary, without markup: a tooltip's worth.
    var firstSentence: String {
        let text = summary.plainText
        guard let end = text.firstRange(of: /[.:](?= [A-ZΑ-Ω])|[.:]$/) else { return text }
        return text[..<end.lowerBound] + "."
    }
}
