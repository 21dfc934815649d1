import Drawing
import Yams

/// Reads the YAML between two lines `---` at the head of a lesson.
struct FrontMatterReader {
    private(set) var frontMatter = FrontMatter(title: "")
    private(set) var problems: [Problem] = []
    /// Its sources' ids, and where each stands.
    private(set) var sourceNames: [FrontMatter.Name] = []
    /// How many lines it takes up, both `---` included; nil when it is not closed.
    private(set) var lineCount: Int? = 0
    private let source: SourceText
    private let isFrontPage: Bool

    private enum Key: String, CaseIterable {
        case title, summary, sources, lang
        /// Of the whole site, on its front page.
        case rawHTML = "raw_html"
    }

    private static let example = "begin the file with three lines: ---, title: The lesson's title, ---"

    init(_ source: SourceText, isFrontPage: Bool) {
        (self.source, self.isFrontPage) = (source, isFrontPage)
        let marks = source.lines.indices.filter { Self.isMark(source.lines[$0]) }
        guard marks.first == 0 else {
            fail(SourcePosition(line: 1, column: 1), "the lesson has no front matter", hint: Self.example)
            return
        }
        guard marks.count > 1 else {
            fail(
                SourcePosition(line: 1, column: 1), "the front matter opened here is not closed",
                hint: "put a line --- after its last key")
            lineCount = nil
            return
        }
        lineCount = marks[1] + 1
        let yaml = source.lines[1..<marks[1]].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        do {
            read(try Yams.compose(yaml: yaml))
        } catch {
            report(error)
        }
    }

    private static func isMark(_ line: [UInt8]) -> Bool {
        line.starts(with: [.hyphen, .hyphen, .hyphen]) && line.dropFirst(3).allSatisfy(\.isSpaceOrTab)
    }

    // MARK: Keys

    private mutating func read(_ node: Node?) {
        guard let node, !node.isNull else { return missingTitle() }
        guard let mapping = node.mapping else {
            return fail(
                position(node), "the front matter is not a list of keys and values",
                hint: "write lines such as title: The lesson's title")
        }
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let known = Key(rawValue: name) else {
                unknownKey(key)
                continue
            }
            switch known {
            case .title: frontMatter.title = text(value, for: name) ?? ""
            case .summary: frontMatter.summary = text(value, for: name)
            case .sources:
                sourceNames = sources(value)
                frontMatter.sources = sourceNames.map(\.text)
            case .lang: readLanguage(value)
            case .rawHTML: readRawHTML(value, of: key)
            }
        }
        if !mapping.keys.contains(where: { $0.scalar?.string == Key.title.rawValue }) { missingTitle() }
    }

    private mutating func missingTitle() {
        fail(
            SourcePosition(line: 1, column: 1), "the front matter has no title",
            hint: "add a line title: The lesson's title")
    }

    private mutating func unknownKey(_ key: Node) {
        let names = Key.allCases.filter { $0 != .rawHTML || isFrontPage }.map(\.rawValue)
        let name = key.scalar?.string ?? "of another kind than a word"
        fail(
            position(key), "unknown key \(name) in the front matter",
            notes: ["the keys are " + names.joined(separator: ", ")],
            hint: nearestName(to: name, among: names).map { "did you mean \($0)?" })
    }

    private mutating func text(_ node: Node, for key: String) -> String? {
        guard let text = node.scalar?.string else {
            fail(
                position(node), "\(key) is one text, not a \(node.mapping == nil ? "list" : "mapping")",
                hint: "write it in quotation marks if it has brackets or braces in it")
            return nil
        }
        guard !node.isNull, !text.allSatisfy(\.isWhitespace) else {
            fail(position(node), "\(key) is empty", hint: "write its text, or leave the line out")
            return nil
        }
        if let forbidden = text.unicodeScalars.first(where: { !$0.isAllowedInHTML }) {
            fail(position(node), "\(key) holds \(forbidden.codePoint), which no page can show", hint: "remove it")
            return nil
        }
        return text
    }

    private mutating func readRawHTML(_ value: Node, of key: Node) {
        guard isFrontPage else {
            return fail(
                position(key), "raw_html is a setting of the whole site", hint: "put it into the front matter of index.md")
        }
        guard let flag = value.scalar.flatMap({ Bool($0.string) }) else {
            return fail(position(value), "raw_html is true or false")
        }
        frontMatter.rawHTML = flag
    }

    private mutating func sources(_ node: Node) -> [FrontMatter.Name] {
        guard let list = node.sequence else {
            fail(position(node), "sources is a list", hint: "write sources: [\(node.scalar?.string ?? "S0")]")
            return []
        }
        return list.compactMap { id in text(id, for: "a source").map { FrontMatter.Name(text: $0, position: position(id)) } }
    }

    /// A BCP 47 tag, such as `en` or `zh-Hans`.
    private mutating func readLanguage(_ node: Node) {
        guard let tag = text(node, for: "lang") else { return }
        if let fault = LanguageTag.fault(in: tag) { return fail(position(node), fault.message, hint: fault.hint) }
        frontMatter.lang = tag
    }

    // MARK: Problems

    private mutating func report(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // What is not closed is told where it opens, not where the front matter ends.
            notYAML(problem, at: problem.contains("end of stream") ? context?.mark ?? mark : mark)
        case .duplicatedKeysInMapping(let keys, let context):
            for key in keys.sorted() {
                fail(secondLine(of: key) ?? position(context.mark), "\(key) is given twice", hint: "keep one of the two")
            }
        default:
            notYAML(String(describing: error), at: nil)
        }
    }

    private mutating func notYAML(_ problem: String, at mark: Mark?) {
        fail(
            position(mark), "the front matter is not YAML: \(problem)",
            hint: "put a text that has a colon, quotation mark or # in it in quotation marks: title: \"RNN: shapes\"")
    }

    /// Where a key is given for the second time; Yams does not tell.
    private func secondLine(of key: String) -> SourcePosition? {
        let lines = source.lines.indices.prefix(lineCount ?? 0).filter { line in
            source.lines[line].starts(with: key.utf8)
                && source.lines[line].dropFirst(key.utf8.count).first { !$0.isSpaceOrTab } == .colon
        }
        return lines.dropFirst().first.map { SourcePosition(line: $0 + 1, column: 1) }
    }

    private mutating func fail(
        _ position: SourcePosition, _ message: String, notes: [String] = [], hint: String? = nil
    ) {
        problems.append(Problem(at: position, message, notes: notes, hint: hint))
    }

    private func position(_ node: Node) -> SourcePosition {
        position(node.mark)
    }

    /// Yams counts from the line after the opening `---`, and columns in Unicode scalars.
    private func position(_ mark: Mark?) -> SourcePosition {
        guard let mark, source.lines.indices.contains(mark.line) else { return SourcePosition(line: 1, column: 1) }
        let line = String(decoding: source.lines[mark.line], as: UTF8.self)
        let before = String(line.unicodeScalars.prefix(max(0, mark.column - 1)))
        return SourcePosition(line: mark.line + 1, column: before.count + 1)
    }
}

extension Node {
    fileprivate var isNull: Bool { null != nil }
}
