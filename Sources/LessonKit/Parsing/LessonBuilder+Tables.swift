/// Reading tables: each cell is text of its own, so that emphasis or code never runs from one into the next.
extension LessonBuilder {
    mutating func table(_ layout: PipeTable) -> Table {
        let width = layout.alignments.count
        let columns = document.cells(of: layout.header).count
        if columns != width {
            problems.append(
                Problem(
                    at: layout.header.position(at: 0),
                    "the table's header has \(counted(columns)), the line under it \(counted(width))",
                    hint: "give both as many; a pipe that is text is written \\|"))
        }
        let header = row(layout.header, width: width)
        let rows = layout.rows.map { line in
            let cells = document.cells(of: line).count
            if cells > width {
                problems.append(
                    Problem(
                        at: line.position(at: 0),
                        "this row has \(counted(cells)), the table \(width)",
                        hint: "a pipe that is text is written \\|"))
            }
            return row(line, width: width)
        }
        let table = Table(alignments: layout.alignments, header: header, rows: rows, caption: nil, label: nil)
        guard let caption = layout.caption else { return table }
        return captioned(table, by: pieces(of: caption))
    }

    private func counted(_ cells: Int) -> String {
        cells == 1 ? "one cell" : "\(cells) cells"
    }

    /// A row's cells, filled up or cut to the table's width.
    private mutating func row(_ row: Passage, width: Int) -> [[Inline]] {
        let cells = document.cells(of: row).prefix(width)
        let read = cells.map { inlines(pieces(of: $0), in: "a table") }
        return read + Array(repeating: [], count: width - read.count)
    }

    /// What a table's cell or a caption is made of.
    mutating func pieces(of fragment: Passage) -> [Piece] {
        place = ReadingPlace(fragment.position(at: 0), lineCount: fragment.lineCount)
        return pieces(of: document.nodes(of: fragment))
    }

    // MARK: Captions

    /// Whether a paragraph is the caption of the table before it, `: Caption {#tbl-name}`.
    func isCaption(_ node: MarkdownNode) -> Bool {
        guard node.kind == .paragraph, case .text(let text)? = node.children.first?.kind else { return false }
        return text.hasPrefix(": ")
    }

    mutating func captioned(_ table: Table, by node: MarkdownNode) -> Table {
        place = ReadingPlace(position(of: node), lineCount: node.endLine - node.startLine + 1)
        var pieces = pieces(of: node.children)
        if case .inline(.text(let text))? = pieces.first {
            pieces[0] = .inline(.text(String(text.dropFirst())))
        }
        return captioned(table, by: pieces)
    }

    private mutating func captioned(_ table: Table, by pieces: [Piece]) -> Table {
        var table = table
        var pieces = pieces
        table.label = takeLabel(from: &pieces, of: .table, for: "a table")
        table.caption = inlines(pieces.trimmed, in: "a caption")
        return table
    }
}
