import Yams

/// Reads the YAML between two lines `---` at the head of a lesson.
struct FrontMatterReader {
    private(set) var frontMatter: FrontMatter
    /// Its sources' ids, and where each stands.
    private(set) var sourceNames: [FrontMatter.Name] = []
    /// How many lines it takes up, both `---` included; nil when it is not closed.
    private(set) var lineCount: Int? = 0
    private var yaml: YAMLReader
    private let isFrontPage: Bool

    private enum Key: String, CaseIterable {
        case title, summary, sources, lang, date, image, uses, translates, revision
        case buildsOn = "builds-on"
        /// Of the whole site, on its front page.
        case rawHTML = "raw_html"
    }

    private static let start = SourcePosition.start

    /// - Parameter language: Of a lesson that does not say.
    init(_ source: SourceText, isFrontPage: Bool, language: String = "en") {
        frontMatter = FrontMatter(title: "", lang: language)
        self.isFrontPage = isFrontPage
        let marks = source.lines.indices.filter { Self.isMark(source.lines[$0]) }
        let isClosed = marks.first == 0 && marks.count > 1
        yaml = YAMLReader(source, lines: isClosed ? 1..<marks[1] : 0..<0, name: "the front matter")
        guard marks.first == 0 else {
            yaml.fail(
                at: Self.start, "the lesson has no front matter",
                hint: "begin the file with three lines: ---, title: The lesson's title, ---")
            return
        }
        guard isClosed else {
            yaml.fail(at: Self.start, "the front matter opened here is not closed", hint: "put a line --- after its last key")
            lineCount = nil
            return
        }
        lineCount = marks[1] + 1
        read()
    }

    var problems: [Problem] { yaml.problems }

    private static func isMark(_ line: [UInt8]) -> Bool {
        line.starts(with: [.hyphen, .hyphen, .hyphen]) && line.dropFirst(3).allSatisfy(\.isSpaceOrTab)
    }

    // MARK: Keys

    private mutating func read() {
        let mapping = yaml.mapping(example: "title: The lesson's title")
        guard mapping != nil || problems.isEmpty else { return }
        for (key, value) in mapping ?? [:] {
            guard let name = key.scalar?.string, let known = Key(rawValue: name) else {
                yaml.unknownKey(key, among: Key.allCases.filter { $0 != .rawHTML || isFrontPage }.map(\.rawValue))
                continue
            }
            switch known {
            case .title: frontMatter.title = yaml.text(value, for: name) ?? ""
            case .summary: frontMatter.summary = yaml.text(value, for: name)
            case .sources:
                sourceNames = list(value, of: "a source", for: name, example: "S0")
                frontMatter.sources = sourceNames.map(\.text)
            case .lang: frontMatter.lang = yaml.language(value, for: name) ?? frontMatter.lang
            case .date: frontMatter.date = yaml.day(value, for: name)
            case .image: frontMatter.image = yaml.text(value, for: name).map { Link($0, at: yaml.position(value), isImage: true) }
            case .uses: frontMatter.uses = list(value, of: "a file of _shared", for: name, example: "corpus")
            case .buildsOn: readFoundations(value, of: key)
            case .translates: frontMatter.translates = self.name(value, for: name)
            case .revision: frontMatter.revision = self.name(value, for: name)
            case .rawHTML: readRawHTML(value, of: key)
            }
        }
        if frontMatter.translates != nil {
            let ofOriginal = [Key.sources, .uses, .buildsOn, .rawHTML].map(\.rawValue)
            for key in mapping?.keys.map(\.self) ?? [] where ofOriginal.contains(key.scalar?.string ?? "") {
                yaml.fail(key, "\(key.scalar?.string ?? "") is that of the original", hint: "leave it out of the translation")
            }
        }
        if mapping?.keys.contains(where: { $0.scalar?.string == Key.title.rawValue }) != true {
            yaml.fail(at: Self.start, "the front matter has no title", hint: "add a line title: The lesson's title")
        }
    }

    private mutating func readFoundations(_ value: Node, of key: Node) {
        guard !isFrontPage else {
            return yaml.fail(key, "the front page builds on no lesson", hint: "put it into the lesson that does")
        }
        frontMatter.buildsOn = list(value, of: "a lesson's name", for: Key.buildsOn.rawValue, example: "lstm-gates")
    }

    private mutating func readRawHTML(_ value: Node, of key: Node) {
        guard isFrontPage else {
            return yaml.fail(key, "raw_html is a setting of the whole site", hint: "put it into the front matter of index.md")
        }
        guard let flag = value.scalar.flatMap({ Bool($0.string) }) else { return yaml.fail(value, "raw_html is true or false") }
        frontMatter.rawHTML = flag
    }

    private mutating func name(_ node: Node, for key: String) -> FrontMatter.Name? {
        yaml.text(node, for: key).map { FrontMatter.Name(text: $0, position: yaml.position(node)) }
    }

    private mutating func list(_ node: Node, of what: String, for key: String, example: String) -> [FrontMatter.Name] {
        guard let list = node.sequence else {
            yaml.fail(node, "\(key) is a list", hint: "write \(key): [\(node.scalar?.string ?? example)]")
            return []
        }
        return list.compactMap { item in
            yaml.text(item, for: what).map { FrontMatter.Name(text: $0, position: yaml.position(item)) }
        }
    }
}
