import Drawing
import Yams

/// Reads a mapping of YAML that a person wrote, and tells what is wrong with it by its place in the file.
struct YAMLReader {
    private(set) var problems: [Problem] = []
    private let source: SourceText
    /// Those of the file that are YAML.
    private let lines: Range<Int>
    /// How the person knows it: `the front matter`.
    private let name: String

    init(_ source: SourceText, lines: Range<Int>, name: String) {
        (self.source, self.lines, self.name) = (source, lines, name)
    }

    /// The keys and values; nil where there is nothing, or where something else was told.
    ///
    /// - Parameter example: A line that would be right.
    mutating func mapping(example: String) -> Node.Mapping? {
        let yaml = source.lines[lines].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        do {
            guard let node = try Yams.compose(yaml: yaml), !node.isNull else { return nil }
            if let mapping = node.mapping { return mapping }
            fail(node, "\(name) is not a list of keys and values", hint: "write lines such as \(example)")
        } catch {
            report(error, example: example)
        }
        return nil
    }

    // MARK: Values

    /// A text that is not empty and that a page can show.
    mutating func text(_ node: Node, for key: String) -> String? {
        guard let text = node.scalar?.string else {
            fail(
                node, "\(key) is one text, not a \(node.mapping == nil ? "list" : "mapping")",
                hint: "write it in quotation marks if it has brackets or braces in it")
            return nil
        }
        guard !node.isNull, !text.allSatisfy(\.isWhitespace) else {
            fail(node, "\(key) is empty", hint: "write its text, or leave the line out")
            return nil
        }
        if let forbidden = text.unicodeScalars.first(where: { !$0.isAllowedInHTML }) {
            fail(node, "\(key) holds \(forbidden.codePoint), which no page can show", hint: "remove it")
            return nil
        }
        return text
    }

    /// A BCP 47 tag, such as `en` or `zh-Hans`.
    mutating func language(_ node: Node, for key: String) -> String? {
        guard let tag = text(node, for: key) else { return nil }
        let fault = LanguageTag.fault(in: tag)
        if let fault { fail(node, fault.message, hint: fault.hint) }
        return fault == nil ? tag : nil
    }

    /// A day of the calendar as ISO 8601 writes it, which orders days as texts, too.
    mutating func day(_ node: Node, for key: String) -> String? {
        guard let text = text(node, for: key) else { return nil }
        let parts = text.wholeMatch(of: /(\d{4})-(\d\d)-(\d\d)/).map { [$0.1, $0.2, $0.3].compactMap { Int($0) } } ?? []
        guard parts.count == 3, (1...12).contains(parts[1]), (1...Self.days(ofMonth: parts[1], in: parts[0])).contains(parts[2])
        else {
            fail(node, "\(text) is no day", hint: "write year, month and day, as in \(key): 2026-01-31")
            return nil
        }
        return text
    }

    private static func days(ofMonth month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    // MARK: Problems

    mutating func unknownKey(_ key: Node, among names: [String]) {
        let word = key.scalar?.string ?? "of another kind than a word"
        fail(
            key, "unknown key \(word) in \(name)", notes: ["the keys are " + names.joined(separator: ", ")],
            hint: nearestName(to: word, among: names).map { "did you mean \($0)?" })
    }

    private mutating func report(_ error: any Error, example: String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // What is not closed is told where it opens, not where the YAML ends.
            notYAML(problem, at: problem.contains("end of stream") ? context?.mark ?? mark : mark)
        case .duplicatedKeysInMapping(let keys, let context):
            for key in keys.sorted() {
                fail(at: secondLine(of: key) ?? position(context.mark), "\(key) is given twice", hint: "keep one of the two")
            }
        default:
            notYAML(String(describing: error), at: nil)
        }
    }

    private mutating func notYAML(_ problem: String, at mark: Mark?) {
        fail(
            at: position(mark), "\(name) is not YAML: \(problem)",
            hint: "put a text that has a colon, quotation mark or # in it in quotation marks: title: \"RNN: shapes\"")
    }

    /// Where a key is given for the second time; Yams does not tell.
    private func secondLine(of key: String) -> SourcePosition? {
        let givings = lines.filter { line in
            source.lines[line].starts(with: key.utf8)
                && source.lines[line].dropFirst(key.utf8.count).first { !$0.isSpaceOrTab } == .colon
        }
        return givings.dropFirst().first.map { SourcePosition(line: $0 + 1, column: 1) }
    }

    mutating func fail(_ node: Node, _ message: String, notes: [String] = [], hint: String? = nil) {
        fail(at: position(node), message, notes: notes, hint: hint)
    }

    mutating func fail(at position: SourcePosition, _ message: String, notes: [String] = [], hint: String? = nil) {
        problems.append(Problem(at: position, message, notes: notes, hint: hint))
    }

    func position(_ node: Node) -> SourcePosition { position(node.mark) }

    /// Yams counts lines from 1, and columns in Unicode scalars.
    private func position(_ mark: Mark?) -> SourcePosition {
        guard let mark, source.lines.indices.contains(lines.lowerBound + mark.line - 1) else {
            return SourcePosition.start
        }
        let index = lines.lowerBound + mark.line - 1
        let line = String(decoding: source.lines[index], as: UTF8.self)
        let before = String(line.unicodeScalars.prefix(max(0, mark.column - 1)))
        return SourcePosition(line: index + 1, column: before.count + 1)
    }
}

extension Node {
    fileprivate var isNull: Bool { null != nil }
}
