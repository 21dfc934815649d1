/// TeX as it is written, with the values in it: `\log `{swift} n``.
struct WrittenTeX: Sendable {
    struct Value: Sendable {
        /// In bytes of the TeX.
        var range: Range<Int>
        var mark: ValueMark
        var expression: String
    }

    var tex: TeX
    var values: [Value]
}

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

    private func tex(_ range: Range<Int>, quoteDepth: Int) -> WrittenTeX {
        let text = passage(range, quoteDepth: quoteDepth).trimmed
        return WrittenTeX(tex: TeX(source: text.text(text.bytes.indices), position: text.position(at: 0)), values: text.values)
    }

    /// The code spans in a formula that compute.
    private var values: [WrittenTeX.Value] {
        var values: [WrittenTeX.Value] = []
        var place = 0
        while let start = bytes[place...].firstIndex(of: .backtick) {
            let marks = bytes[start...].prefix { $0 == .backtick }
            place = marks.endIndex
            let code = bytes[place...].drop(while: \.isMarkdownSpace)
            guard code.first == .leftBrace, let construct = value(at: code.startIndex, quoteDepth: 0),
                case .value(let mark) = construct.meaning, let head = construct.lines.last?.upperBound,
                let close = bytes[head...].closing(marks)
            else { continue }
            let expression = text(head..<close.lowerBound).replacing("\n", with: " ")
            values.append(
                WrittenTeX.Value(range: start..<close.upperBound, mark: mark, expression: expression))
            place = close.upperBound
        }
        return values
    }
}

extension ArraySlice<UInt8> {
    /// Where as many backticks stand as opened a code span.
    fileprivate func closing(_ marks: ArraySlice<UInt8>) -> Range<Int>? {
        var rest = self
        while let start = rest.firstIndex(of: .backtick) {
            let run = rest[start...].prefix { $0 == .backtick }
            if run.count == marks.count { return run.indices }
            rest = rest[run.endIndex...]
        }
        return nil
    }

    /// Where `$$` stands whose dollars are not escaped.
    fileprivate var displayMark: Int? {
        var isEscaped = false
        return indices.dropLast().first { index in
            defer { isEscaped = self[index] == .backslash && !isEscaped }
            return self[index] == .dollar && self[index + 1] == .dollar && !isEscaped
        }
    }
}
