/// Where the parts of a pipe table stand in the source.
struct TableLayout: Sendable {
    var alignments: [Table.Alignment?]
    var header: [Passage]
    var rows: [Row]
    /// What follows the colon of a line `: Caption` directly after the rows.
    var caption: Passage?
    /// Of the header row.
    var position: SourcePosition

    struct Row: Sendable {
        var cells: [Passage]
        var position: SourcePosition
    }

    /// The table that a paragraph ends with, and the offset at which it begins; nil when there is none.
    ///
    /// A table is known by its delimiter row, `|---|:-:|`; the line before it is its header.
    static func find(in passage: Passage) -> (table: TableLayout, start: Int)? {
        let lines = passage.parts.indices.map { passage.line($0) }
        guard let delimiter = lines.indices.dropFirst().first(where: { alignments(passage.bytes[lines[$0]]) != nil }),
            let alignments = alignments(passage.bytes[lines[delimiter]])
        else { return nil }
        let below = lines[(delimiter + 1)...]
        let captionLine = below.firstIndex { passage.bytes[$0].isCaption }
        let caption = captionLine.map { passage.passage(lines[$0].lowerBound + 1 ..< passage.bytes.count) }
        let table = TableLayout(
            alignments: alignments,
            header: cells(of: passage.passage(lines[delimiter - 1])),
            rows: lines[(delimiter + 1)..<(captionLine ?? lines.endIndex)].map { line in
                Row(cells: cells(of: passage.passage(line)), position: passage.position(at: line.lowerBound))
            },
            caption: caption?.trimmed,
            position: passage.position(at: lines[delimiter - 1].lowerBound))
        return (table, lines[delimiter - 1].lowerBound)
    }

    /// The columns' alignments if the line is a delimiter row.
    private static func alignments(_ line: ArraySlice<UInt8>) -> [Table.Alignment?]? {
        guard line.contains(.pipe), line.contains(.hyphen) else { return nil }
        var cells = line.split(separator: .pipe, omittingEmptySubsequences: false).map(\.trimmed)
        if cells.count > 1, cells[0].isEmpty { cells.removeFirst() }
        if cells.count > 1, cells[cells.count - 1].isEmpty { cells.removeLast() }
        var alignments = [Table.Alignment?]()
        for cell in cells {
            let (left, right) = (cell.first == .colon, cell.last == .colon)
            let dashes = cell.dropFirst(left ? 1 : 0).dropLast(right ? 1 : 0)
            guard !dashes.isEmpty, dashes.allSatisfy({ $0 == .hyphen }) else { return nil }
            alignments.append(left && right ? .center : left ? .leading : right ? .trailing : nil)
        }
        return alignments
    }

    /// The row cut at its pipes, those within code and math left alone.
    private static func cells(of row: Passage) -> [Passage] {
        var edges = PassageScanner.spans(of: row).filter { $0.kind == .pipe }.map(\.range.lowerBound)
        let text = row.bytes[...].trimmed
        var start = text.startIndex
        var end = text.endIndex
        if let first = edges.first, first == start {
            edges.removeFirst()
            start += 1
        }
        if let last = edges.last, last == end - 1 {
            edges.removeLast()
            end -= 1
        }
        let bounds = [start] + edges.map { $0 + 1 }
        return zip(bounds, edges + [max(start, end)]).map { row.passage($0..<$1).trimmed }
    }
}

extension ArraySlice<UInt8> {
    /// Without white space at both ends.
    var trimmed: ArraySlice<UInt8> {
        guard let first = firstIndex(where: { !$0.isMarkdownSpace }),
            let last = lastIndex(where: { !$0.isMarkdownSpace })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }

    fileprivate var isCaption: Bool {
        first == .colon && (count == 1 || self[startIndex + 1].isSpaceOrTab)
    }
}

extension Passage {
    /// Without white space at both ends.
    var trimmed: Passage {
        let kept = bytes[...].trimmed
        return passage(kept.startIndex..<kept.endIndex)
    }
}
