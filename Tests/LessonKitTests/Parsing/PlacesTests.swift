import LessonKit
import Samples
import Testing

/// Documents made up at random of containers, text, cells, formulas and tables: whatever stands in them
/// is found, in order, and its place in the file is where it was written.
@Suite struct PlacesTests {
    @Test("in documents made at random, all is found at its place", arguments: 0..<300)
    func randomDocuments(seed: UInt64) throws {
        var writer = RandomDocument(seed: seed)
        let text = head + writer.document()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let lesson = try Lesson.parse(Array(text.utf8), path: "x.md")

        func source(at position: SourcePosition) -> Substring {
            lines[position.line - 1].dropFirst(position.column - 1)
        }
        #expect(lesson.values.map(\.expression) == writer.values)
        for value in lesson.values {
            #expect(source(at: value.position).hasPrefix(value.expression), "\(text)")
        }
        #expect(lesson.cells.map(\.code) == writer.cells, "\(text)")
        for line in lesson.cells.flatMap(\.lines) {
            #expect(source(at: line.position) == line.text, "\(text)")
        }
        for cell in lesson.cells { #expect(source(at: cell.position).hasPrefix("```{swift}")) }
        let formulas = lesson.blocks.flatMap(formulas(of:))
        // Footnotes stand at the end.
        #expect(formulas.map(\.source).sorted() == writer.formulas.sorted(), "\(text)")
        for tex in formulas {
            #expect(source(at: tex.position).hasPrefix(tex.source.prefix { $0 != "\n" }), "\(text)")
        }
    }

    private func formulas(of block: Block) -> [TeX] {
        switch block {
        case .paragraph(let content): formulas(of: content)
        case .heading(let heading): formulas(of: heading.content)
        case .math(let math): [math.tex]
        case .table(let table): (table.header + table.rows.flatMap { $0 }).flatMap { formulas(of: $0) }
        case .list(let list): list.items.flatMap { $0.flatMap { formulas(of: $0) } }
        case .quote(let content): content.flatMap { formulas(of: $0) }
        case .definitions(let list):
            list.entries.flatMap { entry in
                formulas(of: entry.term) + entry.definitions.flatMap { $0.flatMap { formulas(of: $0) } }
            }
        case .footnotes(let footnotes): footnotes.flatMap { $0.content.flatMap { formulas(of: $0) } }
        case .alert(let alert): alert.content.flatMap { formulas(of: $0) }
        default: []
        }
    }

    private func formulas(of content: [Inline]) -> [TeX] {
        content.flatMap { inline -> [TeX] in
            switch inline {
            case .math(let tex): [tex]
            case .emphasis(let content), .strong(let content), .strikethrough(let content), .span(_, let content),
                .link(_, _, let content):
                formulas(of: content)
            default: []
            }
        }
    }
}

/// Writes a document and keeps what it wrote.
private struct RandomDocument {
    private var random: SplitMix
    private(set) var values: [String] = []
    private(set) var cells: [String] = []
    private(set) var formulas: [String] = []

    init(seed: UInt64) {
        random = SplitMix(state: seed)
    }

    mutating func document() -> String {
        blocks(depth: 0).joined(separator: "\n") + "\n"
    }

    /// Lines of one to four blocks with empty lines between them.
    private mutating func blocks(depth: Int) -> [String] {
        var lines = [String]()
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            if !lines.isEmpty { lines.append("") }
            lines += block(depth: depth)
        }
        return lines
    }

    private mutating func block(depth: Int) -> [String] {
        switch Int.random(in: 0..<(depth < 3 ? 12 : 6), using: &random) {
        case 0, 1: return paragraph()
        case 2: return ["## " + words() + " {#sec-s\(Int.random(in: 0..<1_000_000_000, using: &random))}"]
        case 3: return cell()
        case 4: return display()
        case 5: return table()
        case 6: return prefixed(blocks(depth: depth + 1), first: "> ", rest: "> ")
        case 7: return ["> [!TIP]", ">"] + prefixed(blocks(depth: depth + 1), first: "> ", rest: "> ")
        case 8: return prefixed(blocks(depth: depth + 1), first: "- ", rest: "  ") + ["", "<!-- -->"]
        case 9: return prefixed(blocks(depth: depth + 1), first: "12) ", rest: "    ") + ["", "<!-- -->"]
        case 10:
            return ["term " + words(), ""] + prefixed(blocks(depth: depth + 1), first: ":  ", rest: "    ") + ["", "<!-- -->"]
        default:
            let name = "n\(Int.random(in: 0..<1_000_000_000, using: &random))"
            return ["w[^\(name)]", ""] + prefixed(blocks(depth: depth + 1), first: "[^\(name)]: ", rest: "    ") + ["", "<!-- -->"]
        }
    }

    private func prefixed(_ lines: [String], first: String, rest: String) -> [String] {
        lines.enumerated().map { index, line in
            let prefix = index == 0 ? first : rest
            return line.isEmpty ? String(prefix.reversed().drop { $0 == " " }.reversed()) : prefix + line
        }
    }

    private mutating func paragraph() -> [String] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in "w " + words() }
    }

    private mutating func words() -> String {
        (0..<Int.random(in: 1...5, using: &random)).map { _ in word() }.joined(separator: " ")
    }

    private mutating func word() -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return "中文é👩‍👩‍👧"
        case 1: return "`c$o@fig-x`"
        case 2: return "**\(value())**"
        case 3: return "[\(formula())](x \"t\")"
        case 4, 5: return value()
        case 6: return formula()
        case 7: return "~~\(value())~~"
        case 8: return "[\(formula())]{lang=zh}"
        case 9: return "https://a.b/c_*d"
        case 10: return "![a](b){width=5px}"
        default: return "a\\$\\`\\*_b_"
        }
    }

    private mutating func value() -> String {
        values.append("v\(values.count)[0] * 2")
        return "`{swift} \(values[values.count - 1])`"
    }

    private mutating func formula() -> String {
        formulas.append("x_\(formulas.count) * y_*^<")
        return "$\(formulas[formulas.count - 1])$"
    }

    private mutating func display() -> [String] {
        let mark = ["+", "=", "-", "&", "---"].randomElement(using: &random) ?? "+"
        formulas.append("d_\(formulas.count)\n\(mark) e*f*")
        return ["$$"] + formulas[formulas.count - 1].split(separator: "\n").map(String.init) + ["$$"]
    }

    private mutating func cell() -> [String] {
        let code = ["let c\(cells.count) = [", "    \"中\",  // > `x` $y$", "", "]"]
        cells.append(code.joined(separator: "\n"))
        return ["```{swift}", "//| echo: false"] + code + ["```"]
    }

    private mutating func table() -> [String] {
        [
            "| \(words()) | b |", "|---|:-:|", "| \(word()) | \(word()) |",
            ": \(["Caption", "*C*"].randomElement(using: &random) ?? "")",
        ]
    }
}
