/// Puts masks in place of what cmark must not touch, passage by passage.
struct Masker {
    /// What to write in place of a piece of a source line.
    struct Edit: Hashable {
        var part: Passage.Part
        var replacement: String
    }

    private(set) var masks: Masks
    private(set) var edits: [Edit] = []
    private(set) var problems: [Problem] = []

    init(taken: Set<UInt32>) {
        masks = Masks(taken: taken)
    }

    /// Masks the formulas, values, references and labels of a passage.
    ///
    /// - Parameter isTableCell: In a cell a pipe is written `\|`, even within code.
    mutating func mask(_ passage: Passage, isTableCell: Bool = false) {
        for span in PassageScanner.spans(of: passage) {
            switch span.kind {
            case .code(let content):
                if isTableCell { unescapePipes(content, of: passage) }
                maskValue(content, of: passage)
            case .math(let content):
                put(.math(tex(content, of: passage)), for: span.range, of: passage)
            case .display(let content, let label):
                let label = label.map { written($0, of: passage) }
                put(.display(tex(content, of: passage), label: label), for: span.range, of: passage)
            case .unclosedDisplay:
                problems.append(
                    Problem(
                        at: passage.position(at: span.range.lowerBound),
                        "the display math opened here is not closed before the paragraph ends",
                        hint: "close it with $$ and leave no empty line in it; "
                            + "a dollar that is meant as one is written \\$"))
            case .reference:
                let name = String(passage.text(span.range).dropFirst())
                guard let kind = Label.Kind(prefixOf: name) else { continue }
                let label = Label(kind: kind, name: name, position: passage.position(at: span.range.lowerBound))
                put(.reference(label), for: span.range, of: passage)
            case .label:
                put(.label(written(span.range, of: passage)), for: span.range, of: passage)
            case .pipe: break
            }
        }
    }

    /// Masks the table that begins at an offset of a passage and goes on to its end.
    mutating func mask(_ table: TableLayout, from start: Int, of passage: Passage) {
        put(.table(table), for: start..<passage.bytes.count, of: passage)
    }

    private func tex(_ content: Range<Int>, of passage: Passage) -> TeX {
        let trimmed = passage.bytes[content].trimmed
        let range = trimmed.isEmpty ? content : trimmed.startIndex..<trimmed.endIndex
        return TeX(source: passage.text(range), position: passage.position(at: range.lowerBound))
    }

    /// The name between `{#` and `}`.
    private func written(_ braces: Range<Int>, of passage: Passage) -> Masks.Written {
        Masks.Written(
            name: passage.text(braces.lowerBound + 2 ..< braces.upperBound - 1),
            position: passage.position(at: braces.lowerBound + 2))
    }

    /// Masks the `{swift}` at the head of a code span; a word that is nearly `swift` too, to be told as a mistake.
    private mutating func maskValue(_ content: Range<Int>, of passage: Passage) {
        let text = passage.bytes[content].trimmed
        guard text.first == .leftBrace, let close = text.firstIndex(of: .rightBrace) else { return }
        let language = passage.text(text.startIndex + 1 ..< close)
        guard language.allSatisfy(\.isLetter), nearestName(to: language, among: ["swift"]) != nil else { return }
        let expression = text[(close + 1)...].trimmed
        let mark = Masks.ValueMark(
            language: language,
            position: passage.position(at: text.startIndex),
            expressionPosition: passage.position(at: expression.startIndex))
        put(.value(mark), for: text.startIndex..<(close + 1), of: passage)
    }

    private mutating func unescapePipes(_ content: Range<Int>, of passage: Passage) {
        for index in content.dropLast() where passage.bytes[index] == .backslash && passage.bytes[index + 1] == .pipe {
            edits += passage.parts(in: index..<(index + 1)).map { Edit(part: $0, replacement: "") }
        }
    }

    /// One mask for the whole range, on each of its lines, so that the lines stay as many as they were.
    private mutating func put(_ meaning: Masks.Meaning, for range: Range<Int>, of passage: Passage) {
        guard let mask = masks.mask(meaning, original: passage.text(range)) else {
            if problems.last?.message != Self.tooMany {
                problems.append(Problem(at: passage.position(at: range.lowerBound), Self.tooMany))
            }
            return
        }
        edits += passage.parts(in: range).map { Edit(part: $0, replacement: String(mask)) }
    }

    private static let tooMany = "the lesson has more than 131,000 formulas, values and references: split it"
}

extension SourceText {
    /// A piece of a line with the edits that fall into it carried out; of edits that overlap, the first.
    func applying(_ edits: [Masker.Edit], to part: Passage.Part) -> [UInt8] {
        var text = [UInt8]()
        var copied = part.bytes.lowerBound
        for edit in edits.sorted(by: { $0.part.bytes.lowerBound < $1.part.bytes.lowerBound }) {
            guard edit.part.bytes.lowerBound >= copied else { continue }
            text += lines[part.line][copied..<edit.part.bytes.lowerBound]
            text += edit.replacement.utf8
            copied = edit.part.bytes.upperBound
        }
        return text + lines[part.line][copied..<part.bytes.upperBound]
    }

    /// All lines with all edits carried out.
    func applying(_ edits: [Masker.Edit]) -> [[UInt8]] {
        let editsByLine = Dictionary(grouping: edits, by: \.part.line)
        return lines.indices.map { line in
            guard let edits = editsByLine[line] else { return lines[line] }
            return applying(edits, to: Passage.Part(line: line, bytes: 0..<lines[line].count))
        }
    }

    /// The private-use characters that the text itself holds.
    var privateUseScalars: Set<UInt32> {
        let leadBytes: Set<UInt8> = [0xF3, 0xF4]
        let lines = lines.filter { $0.contains(where: leadBytes.contains) }
        let scalars = lines.flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars.map(\.value) }
        return Set(scalars.filter(Masks.privateUse.contains))
    }
}
