#if hasFeature(Embedded)
/// Finding text in text, which the standard library of Embedded Swift leaves out.
extension StringProtocol {
    package func firstRange(of pattern: String) -> Range<Index>? {
        let wanted = Array(pattern.utf8)
        var start = startIndex
        while start < endIndex {
            if utf8[start...].starts(with: wanted) { return start..<utf8.index(start, offsetBy: wanted.count) }
            utf8.formIndex(after: &start)
        }
        return nil
    }

    package func contains(_ pattern: String) -> Bool { firstRange(of: pattern) != nil }

    package func split(separator: String) -> [SubSequence] {
        var (parts, rest) = ([SubSequence](), self[startIndex...])
        while let range = rest.firstRange(of: separator) {
            parts.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return (parts + [rest]).filter { !$0.isEmpty }
    }

    package func replacing(_ pattern: String, with replacement: String) -> String {
        var (text, rest) = ("", self[startIndex...])
        while let range = rest.firstRange(of: pattern) {
            text += rest[..<range.lowerBound]
            text += replacement
            rest = rest[range.upperBound...]
        }
        return text + rest
    }
}
#endif
