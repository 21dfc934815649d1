/// `[我爱中国]{lang=zh}`, Pandoc's bracketed span: a passage in another language.
extension Passage {
    /// What opens and what closes the span.
    ///
    /// - Parameters:
    ///   - brackets: Each closing bracket's opening one.
    func span(closedAt close: Int, brackets: [Int: Int]) -> [Construct] {
        guard let open = brackets[close], let (attributes, end) = attributes(at: close + 1), attributes.isUnmistakable
        else { return [] }
        return [
            Construct(meaning: .mark(.spanStart), lines: [open..<open + 1]),
            Construct(meaning: .mark(.spanEnd(attributes)), lines: [close..<end]),
        ]
    }

    /// The brackets of a paragraph that are not escaped, each closing one with its opening one.
    func brackets(in lines: [Range<Int>]) -> [Int: Int] {
        var (open, pairs) = ([Int](), [Int: Int]())
        for line in lines {
            var isEscaped = false
            for offset in line {
                switch bytes[offset] {
                case .leftBracket where !isEscaped: open.append(offset)
                case .rightBracket where !isEscaped: pairs[offset] = open.popLast()
                default: break
                }
                isEscaped = bytes[offset] == .backslash && !isEscaped
            }
        }
        return pairs
    }
}
