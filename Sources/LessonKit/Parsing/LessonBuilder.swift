/// Turns the masked tree into a lesson's blocks, and collects its cells, values and labels on the way.
///
/// Text is read in `LessonBuilder+Inlines`, tables in `LessonBuilder+Tables`, code in `LessonBuilder+Code`.
struct LessonBuilder {
    let document: MaskedDocument
    var cells: [Cell] = []
    var values: [InlineValue] = []
    var snippets: [Snippet] = []
    var labels = LabelRegister()
    var footnotes = FootnoteRegister()
    var citations = CitationRegister()
    /// The footnote whose text is being read.
    var openFootnote: String?
    var links: [Link] = []
    var problems: [Problem] = []
    /// What a translation has of its original.
    var embeds: [Embed] = []
    /// The lesson that this one translates, and what it calls that.
    let original: Lesson?
    let translates: String?
    /// Whether HTML in the lesson is HTML on its page, or text.
    let isHTMLRaw: Bool
    /// In the text that is being read.
    var place = ReadingPlace(SourcePosition.start, lineCount: 1)

    init(_ document: MaskedDocument, rawHTML: Bool, translating original: Lesson? = nil, namedAs translates: String? = nil) {
        self.document = document
        (self.original, self.translates) = (original, translates)
        isHTMLRaw = rawHTML
    }

    mutating func blocks(of nodes: [MarkdownNode]) -> [Block] {
        var blocks = [Block]()
        for node in nodes {
            if case .table(let table)? = blocks.last, table.caption == nil, isCaption(node) {
                blocks[blocks.count - 1] = .table(captioned(table, by: node))
            } else if case .list(let start, let isTight) = node.kind {
                append(list: node, start: start, isTight: isTight, to: &blocks)
            } else {
                blocks += self.blocks(of: node)
            }
        }
        return blocks
    }

    /// One block, as a rule; a paragraph with display math or a table in it makes several.
    private mutating func blocks(of node: MarkdownNode) -> [Block] {
        switch node.kind {
        case .paragraph: return paragraph(node)
        case .heading(let level): return [heading(node, level: level)]
        case .code(let info, let text):
            return code(node, info: document.masks.unmasked(info), text: document.masks.unmasked(text)).map { [$0] } ?? []
        case .quote: return [quote(node)]
        case .html(let masked):
            let text = document.masks.unmasked(masked)
            // A comment is how a teacher takes a cell out.
            if !text.hasPrefix("<!--"), let cell = lineOfCell(inHTML: text) {
                problems.append(cellInHTML(at: node.startLine + cell))
            }
            return html(text, at: node)
        case .thematicBreak: return [.thematicBreak]
        default: return blocks(of: node.children)
        }
    }

    func position(of node: MarkdownNode) -> SourcePosition {
        document.source.position(line: node.startLine, byte: node.startByte)
    }

    // MARK: HTML

    /// Where HTML is text, a comment is still no part of it.
    private func html(_ text: String, at node: MarkdownNode) -> [Block] {
        guard isHTMLRaw else { return text.hasPrefix("<!--") ? [] : [.paragraph([.text(text)])] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            let whole = document.source.line(node.startLine + index)
            return document.source.position(line: node.startLine + index, byte: max(0, whole.count - line.utf8.count))
        }
        return [.html(RawHTML(text, lines: lines))]
    }

    /// Which line of raw HTML reads like the opening of a cell.
    private func lineOfCell(inHTML text: String) -> Int? {
        text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { line in
            let line = line.drop(while: \.isWhitespace)
            return ["```", "~~~"].contains { line.hasPrefix($0) && line.drop { $0 == "`" || $0 == "~" }.hasPrefix("{") }
        }
    }

    private func cellInHTML(at line: Int) -> Problem {
        Problem(
            at: SourcePosition(line: line + 1, column: 1), "this cell is part of the HTML above it, and does not run",
            hint: "put an empty line between the HTML and the cell")
    }

    // MARK: Headings and paragraphs

    private mutating func heading(_ node: MarkdownNode, level: Int) -> Block {
        place = ReadingPlace(position(of: node), lineCount: node.endLine - node.startLine + 1)
        var pieces = pieces(of: node.children)
        if case .table(let table)? = pieces.last {
            pieces.removeLast()
            problems.append(
                Problem(
                    at: table.header.position(at: 0), "the line of - or = under this table makes it a heading",
                    hint: "put an empty line after the table"))
        }
        let label = takeLabel(from: &pieces, of: .section, for: "a heading")
        // The id is given once all labels of the lesson are known.
        return .heading(Heading(level: level, content: inlines(pieces, in: "a heading"), id: "", label: label))
    }

    private mutating func paragraph(_ node: MarkdownNode) -> [Block] {
        place = ReadingPlace(position(of: node), lineCount: node.endLine - node.startLine + 1)
        if let cells = embeds(node) { return cells }
        if let figure = figure(node) { return [.figure(figure)] }
        var blocks = [Block]()
        var text = [Piece]()
        for piece in pieces(of: node.children) {
            switch piece {
            case .display(let tex, let label):
                blocks += paragraph(text.trimmed) + [.math(display(tex, label: label))]
                text = []
            case .table(let layout):
                blocks += paragraph(text.trimmed) + [.table(table(layout))]
                text = []
            case .inline, .label, .attributes, .mark:
                text.append(piece)
            }
        }
        return blocks + paragraph(blocks.isEmpty ? text : text.trimmed)
    }

    /// The paragraph that the pieces make up, if there is anything in them.
    private mutating func paragraph(_ pieces: [Piece]) -> [Block] {
        let content = inlines(pieces, in: "a paragraph")
        return content.isEmpty ? [] : [.paragraph(content)]
    }

    private mutating func display(_ tex: TeX, label: Masks.Written?) -> DisplayMath {
        if tex.source.utf8.allSatisfy(\.isMarkdownSpace) {
            problems.append(
                Problem(
                    at: tex.position, "there is no formula between these $$",
                    hint: "put TeX between them; dollars that are meant as such are written \\$\\$"))
        }
        return DisplayMath(tex: tex, label: label.flatMap { define($0, of: .equation, for: "display math") })
    }

    /// An image that is all there is in its paragraph, but for a label.
    private mutating func figure(_ node: MarkdownNode) -> Figure? {
        guard let image = node.children.first, case .image(let source, _) = image.kind else { return nil }
        let isAlone = node.children.dropFirst().allSatisfy { sibling in
            guard case .text(let text) = sibling.kind else { return false }
            return document.masks.runs(in: text).allSatisfy { run in
                switch run {
                case .text(let text): text.allSatisfy { $0 == " " }
                case .mask(.label, _), .mask(.attributes, _): true
                case .mask: false
                }
            }
        }
        guard isAlone else { return nil }
        links.append(link(source, isImage: true))
        let caption = inlines(pieces(of: image.children), in: "a figure's caption")
        var rest = pieces(of: Array(node.children.dropFirst()))
        var width: ImageWidth?
        if case .attributes(let attributes)? = rest.trimmed.first {
            width = self.width(attributes)
            rest = attributes.ids.map { .label($0) } + rest.trimmed.dropFirst()
        }
        let label = takeLabel(from: &rest, of: .figure, for: "a figure")
        _ = inlines(rest, in: "a figure")
        return Figure(source: document.masks.unmasked(source), caption: caption, label: label, width: width)
    }

    // MARK: Quotes

    private mutating func quote(_ node: MarkdownNode) -> Block {
        var blocks = blocks(of: node.children)
        guard let first = node.children.first, case .paragraph(var text)? = blocks.first,
            case .text(let marker)? = text.first, marker.hasPrefix("[!"), let close = marker.firstIndex(of: "]")
        else { return .quote(blocks) }
        let name = String(marker[..<close].dropFirst(2))
        guard let kind = Alert.Kind(rawValue: name.lowercased()) else {
            problems.append(unknownAlert(name, at: position(of: first)))
            return .quote(blocks)
        }
        let isAlone =
            marker[close...].dropFirst().allSatisfy(\.isWhitespace)
            && (text.count == 1 || text[1] == .softBreak || text[1] == .lineBreak)
        if !isAlone {
            problems.append(
                Problem(
                    at: position(of: first), "[!\(name)] must stand on a line of its own",
                    hint: "put the text after it on the next line"))
        }
        text.removeFirst(min(text.count, 2))
        blocks.replaceSubrange(0..<1, with: text.isEmpty ? [] : [.paragraph(text)])
        return .alert(Alert(kind: kind, content: blocks))
    }

    private func unknownAlert(_ name: String, at position: SourcePosition) -> Problem {
        let kinds = Alert.Kind.allCases.map { $0.rawValue.uppercased() }
        return Problem(
            at: position, "unknown alert [!\(name)]", notes: ["the alerts are " + kinds.joined(separator: ", ")],
            hint: nearestName(to: name, among: kinds).map { "did you mean [!\($0)]?" })
    }
}
