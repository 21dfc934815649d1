/// `$…$`, and `$$…$$ {#eq-x}` with or without the label.
extension Passage {
    /// Pandoc's rule: no space after the opening dollar, none before the closing one, and no digit after it.
    func math(from start: Int, to close: Int, quoteDepth: Int) -> Construct? {
        let lines = lines(in: start..<(close + 1), quoteDepth: quoteDepth)
        let isFollowedByDigit = bytes.indices.contains(close + 1) && bytes[close + 1].isASCIIDigit
        guard !bytes[start + 1].isMarkdownSpace, !bytes[close - 1].isMarkdownSpace, !isFollowedByDigit,
            lines[lines.count - 1].count > 1
        else { return nil }
        return Construct(meaning: .math(tex(start + 1..<close, quoteDepth: quoteDepth)), lines: lines)
    }

    /// From `$$` to the next `$$` before an empty line: lines that begin like other blocks do not end it.
    func display(at start: Int, quoteDepth: Int) -> Construct? {
        guard let close = endOfDisplay(from: start + 2, quoteDepth: quoteDepth) else { return nil }
        let next = bytes[(close + 2)...].firstIndex { !$0.isSpaceOrTab }
        let label = next.flatMap { writtenLabel(at: $0) }
        return Construct(
            meaning: .display(tex(start + 2..<close, quoteDepth: quoteDepth), label: label?.written),
            lines: lines(in: start..<(label?.end ?? close + 2), quoteDepth: quoteDepth))
    }

    private func endOfDisplay(from start: Int, quoteDepth: Int) -> Int? {
        var index = lineIndex(at: start)
        var rest = bytes[start..<(line(index)?.upperBound ?? start)]
        while true {
            if let close = rest.displayMark { return close }
            index += 1
            guard let line = line(index) else { return nil }
            rest = bytes[line].continuation(quoteDepth: quoteDepth)
            if rest.isEmpty || rest.starts(with: [.backtick, .backtick, .backtick]) { return nil }
        }
    }

    private func tex(_ range: Range<Int>, quoteDepth: Int) -> TeX {
        let text = passage(range, quoteDepth: quoteDepth).trimmed
        return TeX(source: text.text(text.bytes.indices), position: text.position(at: 0))
    }
}

extension ArraySlice<UInt8> {
    /// Where `$$` stands whose dollars are not escaped.
    fileprivate var displayMark: Int? {
        var isEscaped = false
        return indices.dropLast().first { index in
            defer { isEscaped = self[index] == .backslash && !isEscaped }
            return self[index] == .dollar && self[index + 1] == .dollar && !isEscaped
        }
    }
}
