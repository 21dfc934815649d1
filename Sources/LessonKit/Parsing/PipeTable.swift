/// Where the parts of a pipe table stand in the source.
struct PipeTable: Sendable {
    var alignments: [Table.Alignment?]
    var header: Passage
    var rows: [Passage]
    /// What follows the colon of a line `: Caption` directly after the rows.
    var caption: Passage?

    /// The table that a paragraph ends with; nil when there is none.
    ///
    /// A table is known by its delimiter row, `|---|:-:|`; the line before it is its header.
    static func find(in text: Passage, lines: [Range<Int>], quoteDepth: Int) -> Construct? {
        let delimiters = lines.indices.dropFirst().lazy.compactMap { index in
            alignments(text.bytes[lines[index]]).map { (index, $0) }
        }
        guard let (delimiter, alignments) = delimiters.first, let end = lines.last?.upperBound else { return nil }
        let below = lines[(delimiter + 1)...]
        let caption = below.firstIndex { text.bytes[$0].isCaption }
        let table = PipeTable(
            alignments: alignments,
            header: text.passage(lines[delimiter - 1]),
            rows: below[..<(caption ?? below.endIndex)].map { text.passage($0) },
            caption: caption.map { text.passage(lines[$0].lowerBound + 1..<end, quoteDepth: quoteDepth).trimmed })
        return Construct(meaning: .table(table), lines: Array(lines[(delimiter - 1)...]))
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

    /// A row cut at those of its pipes that are text.
    static func cells(of row: Passage, pipes: [Int]) -> [Passage] {
        var edges = pipes
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
    fileprivate var isCaption: Bool {
        first == .colon && (count == 1 || self[startIndex + 1].isSpaceOrTab)
    }
}
