/// A lesson's Markdown as cmark's tree, with masks for what is the lessons' own syntax.
///
/// Two readings: the first tells which lines are paragraphs and headings (and not code or raw HTML);
/// their math, values, references, labels and tables are masked; the second gives the tree.
struct MaskedDocument {
    let source: SourceText
    let tree: MarkdownNode
    let masks: Masks
    let problems: [Problem]
    /// The lines in which a code block begins.
    let codeBlockStarts: Set<Int>
    /// The lines that define link references, so that a table's cells and captions can use them too.
    private let definitions: [[UInt8]]
    private let taken: Set<UInt32>

    init(_ source: SourceText) throws(Problem) {
        self.source = source
        taken = source.privateUseScalars
        let structure = try Self.structure(of: source)
        var masker = Masker(taken: taken)
        var problems = [Problem]()
        for leaf in structure.leaves(in: source) {
            guard let (table, start) = TableLayout.find(in: leaf.passage) else {
                masker.mask(leaf.passage)
                continue
            }
            if start > 0 { masker.mask(leaf.passage.passage(0..<(start - 1))) }
            masker.mask(table, from: start, of: leaf.passage)
            if leaf.kind != .paragraph {
                problems.append(
                    Problem(
                        at: table.position, "the line of - or = under this table makes it a heading",
                        hint: "put an empty line after the table"))
            }
        }
        tree = try MarkdownNode.document(source.applying(masker.edits))
        codeBlockStarts = tree.codeBlockStarts
        masks = masker.masks
        self.problems = problems + masker.problems
        definitions = structure.definitions(in: source)
    }

    /// Reads a table cell or caption by itself.
    ///
    /// - Returns: cmark's inline nodes, the masks in them, and what is wrong with them.
    func fragment(
        _ passage: Passage, isTableCell: Bool = false
    ) throws(Problem) -> (nodes: [MarkdownNode], masks: Masks, problems: [Problem]) {
        var masker = Masker(taken: taken)
        masker.mask(passage, isTableCell: isTableCell)
        let edits = Dictionary(grouping: masker.edits, by: \.part.line)
        let lines = passage.parts.map { part in
            Array(String(Self.paragraphMark).utf8) + passage.source.applying(edits[part.line] ?? [], to: part)
        }
        let tree = try MarkdownNode.document(lines + [[]] + definitions)
        var masks = masker.masks
        masks.ignored = Self.paragraphMark
        return (tree.children.first?.children ?? [], masks, masker.problems)
    }

    /// Stands at the head of each line of a fragment, so that `# 1` or `- a` in a cell is text;
    /// a space to cmark's rules of emphasis, but not one that a block begins with.
    static let paragraphMark: Unicode.Scalar = "\u{1680}"

    /// The tree in which every display formula lies within one paragraph.
    ///
    /// A formula's line that begins with `+`, `-`, `=` or `>` would end the paragraph, or make it a heading.
    /// Such formulas are masked, and the text is read anew until there are none: what follows one
    /// within the same block may have been misread too.
    private static func structure(of source: SourceText) throws(Problem) -> MarkdownNode {
        var edits = [Masker.Edit]()
        var mended = Set<Passage.Part>()
        while true {
            let tree = try MarkdownNode.document(source.applying(edits))
            let torn = tree.tornDisplays(in: source, except: mended)
            if torn.isEmpty { return tree }
            mended.formUnion(torn.map { $0[0] })
            edits += torn.joined().map { Masker.Edit(part: $0, replacement: "x") }
        }
    }
}

extension MarkdownNode {
    /// Lines outside code and raw HTML that may define a link reference.
    fileprivate func definitions(in source: SourceText) -> [[UInt8]] {
        let opaque = Set(opaqueLines)
        return source.lines.indices.compactMap { line in
            guard !opaque.contains(line) else { return nil }
            let part = source.continuation(line: line, quoteDepth: .max)
            let text = source.lines[line][part.bytes]
            guard text.first == .leftBracket, text.indices.dropFirst().contains(where: {
                text[$0] == .colon && text[$0 - 1] == UInt8(ascii: "]")
            }) else { return nil }
            return Array(text)
        }
    }

    private var opaqueLines: [Int] {
        switch kind {
        case .code, .html: Array(startLine...max(startLine, endLine))
        case .paragraph, .heading: []
        default: children.flatMap(\.opaqueLines)
        }
    }

    fileprivate var codeBlockStarts: Set<Int> {
        if case .code = kind { return [startLine] }
        return children.reduce(into: []) { $0.formUnion($1.codeBlockStarts) }
    }
}
