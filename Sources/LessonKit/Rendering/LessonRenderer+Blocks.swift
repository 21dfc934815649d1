import Drawing

extension LessonRenderer {
    func blocks(_ blocks: [Block]) -> [HTML] {
        blocks.map(block)
    }

    private func block(_ block: Block) -> HTML {
        switch block {
        case .heading(let heading): html(heading)
        case .paragraph(let content): HTML(.p) { inlines(content) }
        case .code(let language, let text): html(code: text, language: language)
        case .cell(let index): html(lesson.cells[index], recording.cells[index])
        case .math(let math): html(math)
        case .table(let table): html(table)
        case .list(let list): html(list)
        case .definitions(let list): html(list)
        case .quote(let content): HTML(.blockquote) { blocks(content) }
        case .alert(let alert): html(alert)
        case .figure(let figure): html(figure)
        case .thematicBreak: HTML(.hr)
        case .html(let html): .trusted(html.linkingPages(from: edition))
        case .footnotes(let footnotes): html(footnotes)
        case .bibliography(let sources): html(sources)
        }
    }

    // MARK: Headings

    /// The page's title is its only `h1`; the lesson's highest headings stand right below it.
    func level(of heading: Heading) -> Int {
        min(6, (numbering.depths[heading.id] ?? 0) + 2)
    }

    private func html(_ heading: Heading) -> HTML {
        let tags: [Tag] = [.h1, .h2, .h3, .h4, .h5, .h6]
        return HTML(tags[level(of: heading) - 1], .id(heading.id)) {
            let link = Attribute?.href("#" + heading.id)
            if let number = numbering.sections[heading.id] {
                HTML(.a, .class("section-number"), link) { number }
                " "
                inlines(heading.content)
            } else {
                inlines(heading.content)
                HTML(.a, .class("anchor"), link, .aria("label", words.sectionLink)) { "#" }
            }
        }
    }

    // MARK: Text

    private func html(_ list: List) -> HTML {
        let items = list.items.map { item in
            HTML(.li, .class(item.isTask ? "task" : nil)) { list.isTight ? tightItem(item) : blocks(item) }
        }
        guard let start = list.start else { return HTML(.ul) { items } }
        return HTML(.ol, .attribute("start", start == 1 ? nil : "\(start)")) { items }
    }

    private func html(_ list: DefinitionList) -> HTML {
        HTML(.dl) {
            for entry in list.entries {
                HTML(.dt) { inlines(entry.term) }
                for definition in entry.definitions {
                    HTML(.dd) { list.isTight ? tightItem(definition) : blocks(definition) }
                }
            }
        }
    }

    /// The paragraphs of a tight list are not set apart.
    private func tightItem(_ item: [Block]) -> [HTML] {
        item.map { if case .paragraph(let content) = $0 { HTML { inlines(content) } } else { block($0) } }
    }

    private func html(_ alert: Alert) -> HTML {
        let kind = alert.kind.rawValue
        if alert.kind == .solution {
            return HTML(.details, .class("alert", kind)) {
                HTML(.summary, .class("alert-title")) { words.title(of: alert.kind) }
                blocks(alert.content)
            }
        }
        return HTML(.div, .class("alert", kind), .role("note"), .aria("label", words.title(of: alert.kind))) {
            HTML(.p, .class("alert-title")) { words.title(of: alert.kind) }
            blocks(alert.content)
        }
    }

    private func html(_ math: DisplayMath) -> HTML {
        let number = math.label.flatMap { numbering.labels[$0.name] }
        let name = words.exhibits.equation + (number.map { " " + $0 } ?? "")
        return HTML(.div, .class("equation"), .id(math.label?.name)) {
            HTML.scrollable(named: name) { html(math.tex, isDisplay: true) }
            if let number { HTML(.span, .class("equation-number")) { "(\(number))" } }
        }
    }

    // MARK: Tables and figures

    private func html(_ table: Table) -> HTML {
        let title = captionTitle(label: table.label)
        let alignments = table.alignments.map { $0?.className }
        let cells = { (row: [[Inline]], tag: Tag) in
            zip(row.indices, row).map { index, content in
                let alignment = alignments.indices.contains(index) ? alignments[index] : nil
                // A corner without a word heads nothing.
                let tag = content.isEmpty ? .td : tag
                return HTML(tag, .class(alignment), tag == .th ? .scope("col") : nil) { inlines(content) }
            }
        }
        return HTML(.figure, .class("table"), .id(table.label?.name)) {
            caption(label: table.label, text: table.caption)
            HTML.scrollable(named: title ?? table.caption.map(plainText) ?? words.table) {
                HTML(.table) {
                    if !table.header.allSatisfy(\.isEmpty) {
                        HTML(.thead) { HTML(.tr) { cells(table.header, .th) } }
                    }
                    HTML(.tbody) {
                        for row in table.rows { HTML(.tr) { cells(row, .td) } }
                    }
                }
            }
        }
    }

    private func html(_ figure: Figure) -> HTML {
        HTML(.figure, .class("image"), .id(figure.label?.name)) {
            HTML(
                .img, .attribute("src", LinkTarget.pageAddress(figure.source, from: edition)),
                .attribute("alt", plainText(of: figure.caption)), .width(figure.width))
            caption(label: figure.label, text: figure.caption)
        }
    }

    /// `Table 1`; nil without a label.
    func captionTitle(label: Label?) -> String? {
        label.flatMap { label in numbering.labels[label.name].map { "\(words.word(for: label.kind)) \($0)" } }
    }

    /// `Table 1. What goes in`; nil without both.
    func caption(label: Label?, text: [Inline]?) -> HTML? {
        let title = captionTitle(label: label)
        guard title != nil || text?.isEmpty == false else { return nil }
        return HTML(.figcaption) {
            if let title {
                HTML(.strong, .class("caption-title")) { title }
                " "
            }
            inlines(text ?? [])
        }
    }
}

extension [Block] {
    /// Whether an item of a list begins with a box to be checked.
    fileprivate var isTask: Bool {
        if case .paragraph(let content)? = first, case .checkbox? = content.first { true } else { false }
    }
}

extension Table.Alignment {
    fileprivate var className: String {
        switch self {
        case .leading: "leading"
        case .center: "center"
        case .trailing: "trailing"
        }
    }
}
