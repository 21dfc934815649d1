/// A paragraph or heading of the tree and its text.
struct Leaf {
    enum Kind { case paragraph, oneLineHeading, underlinedHeading }

    var kind: Kind
    var passage: Passage
    var quoteDepth: Int

    /// The pieces of lines of a display formula that begins in this leaf and ends after it.
    func tornDisplay(in source: SourceText) -> [Passage.Part]? {
        let unclosed = PassageScanner.spans(of: passage).first { $0.kind == .unclosedDisplay }
        guard kind != .oneLineHeading, let unclosed else { return nil }
        let whole = Passage(passage.parts + partsBelow(in: source), of: source)
        let span = PassageScanner.spans(of: whole, from: unclosed.range.lowerBound)[0]
        guard case .display = span.kind else { return nil }
        return whole.parts(in: span.range)
    }

    /// The lines after the leaf up to an empty one or a code fence.
    private func partsBelow(in source: SourceText) -> [Passage.Part] {
        guard let last = passage.parts.last?.line else { return [] }
        var parts = [Passage.Part]()
        for line in source.lines.indices.dropFirst(last + 1) {
            let part = source.continuation(line: line, quoteDepth: quoteDepth)
            let text = source.lines[line][part.bytes]
            if text.isEmpty || text.starts(with: [.backtick, .backtick, .backtick]) { break }
            parts.append(part)
        }
        return parts
    }
}

extension MarkdownNode {
    /// The first torn display formula of the document, and the first of each block that begins after the one before.
    func tornDisplays(in source: SourceText, except mended: Set<Passage.Part>) -> [[Passage.Part]] {
        var found = [[Passage.Part]]()
        var reached = -1
        for block in children where block.startLine > reached {
            let torn = block.leaves(in: source).lazy.compactMap { $0.tornDisplay(in: source) }
            if let parts = torn.first(where: { !mended.contains($0[0]) }) {
                found.append(parts)
                reached = parts[parts.count - 1].line
            }
        }
        return found
    }

    /// The document's paragraphs and headings, in order.
    func leaves(in source: SourceText, quoteDepth: Int = 0) -> [Leaf] {
        switch kind {
        case .paragraph, .heading: return leaf(in: source, quoteDepth: quoteDepth).map { [$0] } ?? []
        default:
            let depth = quoteDepth + (kind == .quote ? 1 : 0)
            return children.flatMap { $0.kind.isBlock ? $0.leaves(in: source, quoteDepth: depth) : [] }
        }
    }

    private func leaf(in source: SourceText, quoteDepth: Int) -> Leaf? {
        guard source.lines.indices.contains(startLine) else { return nil }
        let text = source.lines[startLine].dropFirst(startByte)
        let first = Passage.Part(line: startLine, bytes: text.indices)
        let below = source.lines.indices.clamped(to: (startLine + 1)..<(max(startLine, endLine) + 1)).map {
            source.continuation(line: $0, quoteDepth: quoteDepth)
        }
        let kind: Leaf.Kind =
            switch self.kind {
            case .paragraph: .paragraph
            case _ where text.isOneLineHeading: .oneLineHeading
            default: .underlinedHeading
            }
        let rest =
            switch kind {
            case .paragraph: below.count
            case .oneLineHeading: 0
            // cmark has such a heading end where the block after it begins, not at its underline.
            case .underlinedHeading:
                below.firstIndex { source.lines[$0.line][$0.bytes].isUnderline }.map { $0 + 1 } ?? below.count
            }
        return Leaf(kind: kind, passage: Passage([first] + below.prefix(rest), of: source), quoteDepth: quoteDepth)
    }
}

extension ArraySlice<UInt8> {
    /// `# Heading`, as opposed to an underlined one.
    fileprivate var isOneLineHeading: Bool {
        let marks = prefix { $0 == .hash }
        return (1...6).contains(marks.count) && dropFirst(marks.count).first?.isSpaceOrTab != false
    }

    /// The line of `=` or `-` under a heading.
    fileprivate var isUnderline: Bool {
        guard let mark = first, mark == .hyphen || mark == UInt8(ascii: "=") else { return false }
        return trimmed.allSatisfy { $0 == mark }
    }
}
