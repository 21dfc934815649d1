/// Two files that are not alike, told by the lines of each that the other does not have.
struct LineDifference {
    private let was: [UInt8]
    private let now: [UInt8]
    private static let most = 3

    init(was: [UInt8], is now: [UInt8]) {
        (self.was, self.now) = (was, now)
    }

    /// At the first character that differs.
    func problem(file: String, hint: String) -> Problem {
        guard String(validating: was, as: UTF8.self) != nil, String(validating: now, as: UTF8.self) != nil else {
            return Problem(
                file: file, "differs from what the lessons make", notes: ["was: \(was.count) bytes", "is: \(now.count) bytes"],
                hint: hint)
        }
        let first = zip(was, now).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(was.count, now.count)
        let before = was[..<first]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let position = SourcePosition(
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: String(decoding: was[lineStart..<first], as: UTF8.self).count + 1)
        return Problem(file: file, at: position, "differs from what the lessons make", notes: notes, hint: hint)
    }

    private var notes: [String] {
        let changed = ChangedLines(was: Self.lines(was), is: Self.lines(now))
        return Self.told("was: ", changed.was, besides: changed.now) + Self.told("is:  ", changed.now, besides: changed.was)
    }

    private static func told(_ word: String, _ lines: [String], besides others: [String]) -> [String] {
        guard !lines.isEmpty else { return [word + "nothing here"] }
        let excerpts = lines.prefix(most).enumerated().map { index, line in
            word + QuotedExcerpt(line, besides: others.indices.contains(index) ? others[index] : line).description
        }
        let more = lines.count - most
        return excerpts + (more > 0 ? [word + "and \(more) more \(more == 1 ? "line" : "lines")"] : [])
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
}
