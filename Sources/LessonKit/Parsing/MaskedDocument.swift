/// A lesson's Markdown as cmark's tree, with masks for what is the lessons' own syntax.
///
/// cmark reads the signed text, which tells where that syntax stands; what is found is masked; cmark reads
/// the masked text, which gives the tree. Captions and tables' cells, which are text by themselves, are read
/// likewise, as paragraphs in front of the document, so that its definitions of links count in them too.
struct MaskedDocument {
    let source: SourceText
    private(set) var masks: Masks
    private(set) var problems: [Problem] = []
    let tree: MarkdownNode
    /// The lines in which a code block begins.
    let codeBlockStarts: Set<Int>
    private var text: MaskedText
    private var cells: [SourcePosition: [Passage]] = [:]
    private var fragments: [SourcePosition: [MarkdownNode]] = [:]

    init(_ source: SourceText) throws(Problem) {
        self.source = source
        var text = MaskedText(Passage(source))
        var masks = Masks()
        try Self.findMarkers(in: &text)
        text.markAddresses(masks: &masks)
        let found = try Self.mask(&text, with: &masks)
        tree = try text.tree(signed: false)
        let codeBlocks = tree.codeBlocks
        codeBlockStarts = Set(codeBlocks.map(\.startLine))
        (self.text, self.masks, problems) = (text, masks, found.problems)

        let tables = found.constructs.compactMap { if case .table(let table) = $0.meaning { table } else { nil } }
        let cells = try parted(rows: tables.flatMap { [$0.header] + $0.rows })
        let embeds = tree.paragraphs.flatMap { embedLines(of: $0) }.compactMap { WrittenEmbed($0)?.caption }
        try read(tables.compactMap(\.caption) + codeBlocks.compactMap { caption(of: $0) } + embeds, cells: cells)
    }

    /// The lines of a paragraph that begins with an embed, without the markers of quotes; none of any other.
    func embedLines(of paragraph: MarkdownNode) -> [Passage] {
        let first = source.line(paragraph.startLine)
        let start = min(paragraph.startByte, first.count)
        guard first[start...].starts(with: WrittenEmbed.mark) else { return [] }
        let lines = (paragraph.startLine...max(paragraph.startLine, paragraph.endLine)).map { line in
            let bytes = source.line(line)
            let text = line == paragraph.startLine ? bytes[start...] : bytes[...].continuation(quoteDepth: .max)
            return Passage([Passage.Part(line: line, bytes: text.indices)], of: source).trimmed
        }
        return WrittenEmbed.begins(lines[0]) ? lines : []
    }

    /// The cells of a table's row.
    func cells(of row: Passage) -> [Passage] { cells[row.position(at: 0)] ?? [] }

    /// What cmark reads in a table's cell or a caption.
    func nodes(of fragment: Passage) -> [MarkdownNode] { fragments[fragment.position(at: 0)] ?? [] }

    /// What a block begins with, where cmark took an item of a list for it.
    func marker(of item: MarkdownNode) -> BlockMarker? { text.marker(of: item) }

    // MARK: The text

    /// What reads like a marker is taken for one until it is known not to be: it may stand in code.
    private static func findMarkers(in text: inout MaskedText) throws(Problem) {
        text.put(text.passage.blockMarkers)
        while !text.markers.isEmpty {
            let confirmed = text.confirmed(in: try text.tree(signed: true))
            let isSettled = confirmed.count == text.markers.count
            text.put(confirmed)
            if isSettled { return }
        }
    }

    /// Display math is masked first, until no more is found: its lines may have been read as other blocks.
    private static func mask(_ text: inout MaskedText, with masks: inout Masks) throws(Problem) -> ConstructReader {
        while true {
            var reader = ConstructReader(text.passage)
            for (leaf, beginsItem) in try text.tree(signed: true).leaves {
                read(leaf, beginsItem: beginsItem, of: text, masks: masks, by: &reader)
            }
            let displays = reader.constructs.filter(\.isDisplay)
            text.put(displays.isEmpty ? reader.constructs : displays, masks: &masks)
            if displays.isEmpty { return reader }
        }
    }

    /// - Parameter leaf: A paragraph or heading.
    private static func read(
        _ leaf: MarkdownNode, beginsItem: Bool, of text: MaskedText, masks: Masks, by reader: inout ConstructReader
    ) {
        let passage = text.passage
        guard let first = passage.line(leaf.startLine), let last = passage.line(leaf.lastTextLine) else { return }
        let start = first.lowerBound + leaf.startByte
        // What begins within display math may seem to stand in a quote that is a line of the formula.
        let quotes = passage.bytes[first.lowerBound..<start].count { $0 == .greaterThan }
        let quoteDepth = start < reader.end ? reader.quoteDepth : quotes
        let lines = passage.lines(in: start..<last.upperBound, quoteDepth: quoteDepth)
        let table = PipeTable.find(in: passage, lines: lines, quoteDepth: quoteDepth)
        let tableStart = table?.lines[0].lowerBound ?? .max
        let signs = text.signs(in: leaf.children, masks: masks)
        if beginsItem, start >= reader.end { passage.task(at: start).map { reader.add($0) } }
        reader.read(signs.filter { $0?.offset ?? 0 < tableStart }, lines: lines, quoteDepth: quoteDepth)
        if let table, tableStart >= reader.end, !text.isMasked(at: tableStart) { reader.add(table) }
    }

    // MARK: Fragments

    /// The cells of the rows, each of which is read by itself: no code or link reaches over its end.
    private mutating func parted(rows: [Passage]) throws(Problem) -> [Passage] {
        let rows = rows.map { MaskedText($0) }
        return zip(rows, try nodes(of: rows, signed: true)).flatMap { row, nodes in
            var reader = ConstructReader(row.passage)
            reader.read(row.signs(in: nodes, masks: masks))
            let cells = PipeTable.cells(of: row.passage, pipes: reader.pipes)
            self.cells[row.passage.position(at: 0)] = cells
            return cells
        }
    }

    private mutating func read(_ captions: [Passage], cells: [Passage]) throws(Problem) {
        let captions = captions.filter { !$0.bytes.isEmpty }
        var texts = (captions + cells.filter { !$0.bytes.isEmpty }).map { MaskedText($0) }
        for index in texts.indices { texts[index].markAddresses(masks: &masks) }
        let signed = try nodes(of: texts, signed: true)
        for index in texts.indices {
            var reader = ConstructReader(texts[index].passage)
            reader.read(texts[index].signs(in: signed[index], masks: masks))
            problems += reader.problems
            texts[index].put(reader.constructs, masks: &masks)
        }
        for index in texts.indices.dropFirst(captions.count) { texts[index].unescapePipes() }
        for (text, nodes) in zip(texts, try nodes(of: texts, signed: false)) {
            fragments[text.passage.position(at: 0)] = nodes
        }
    }

    private func nodes(of fragments: [MaskedText], signed: Bool) throws(Problem) -> [[MarkdownNode]] {
        let paragraphs = fragments.map { $0.writtenAsParagraph(signed: signed) }
        do {
            let tree = try MarkdownNode.document(paragraphs.joined() + text.written(signed: signed))
            return tree.children.prefix(fragments.count).map(\.withoutParagraphMark)
        } catch {
            var line = error.position?.line ?? 0
            let faulty = zip(fragments, paragraphs).first { _, paragraph in
                line -= paragraph.count { $0 == .lineFeed }
                return line <= 0
            }
            throw Problem(at: faulty?.0.passage.position(at: 0) ?? SourcePosition.start, error.message)
        }
    }

    private func caption(of node: MarkdownNode) -> Passage? {
        guard case .code(let info, let text) = node.kind, info.hasPrefix("{") else { return nil }
        var reader = CellReader(CodeBlock(node, info: info, text: masks.unmasked(text), in: source))
        reader.read()
        return reader.caption
    }
}

extension MarkdownNode {
    /// The paragraphs and headings, and whether they are paragraphs at the head of a list's item.
    fileprivate var leaves: [(leaf: MarkdownNode, beginsItem: Bool)] {
        if case .heading = kind { return [(self, false)] }
        if kind == .paragraph { return [(self, false)] }
        var leaves = children.flatMap(\.leaves)
        if kind == .item, children.first?.kind == .paragraph { leaves[0].beginsItem = true }
        return leaves
    }

    /// cmark has an underlined heading end in the line after its underline, and there is always one.
    fileprivate var lastTextLine: Int { kind == .paragraph ? endLine : max(startLine, endLine - 2) }

    fileprivate var codeBlocks: [MarkdownNode] {
        if case .code = kind { return [self] }
        return children.flatMap(\.codeBlocks)
    }

    fileprivate var paragraphs: [MarkdownNode] {
        kind == .paragraph ? [self] : children.flatMap(\.paragraphs)
    }

    fileprivate var withoutParagraphMark: [MarkdownNode] {
        guard case .text(let text)? = children.first?.kind else { return children }
        var children = children
        children[0].kind = .text(String(text.unicodeScalars.dropFirst()))
        return children
    }
}
