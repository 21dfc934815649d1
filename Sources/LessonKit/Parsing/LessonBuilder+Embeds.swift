import Yams

/// A line `{{< embed FILE#LABEL caption="…" >}}` as it is written.
struct WrittenEmbed {
    let file: String
    let label: String
    /// Between its quotation marks.
    let caption: Passage?
    let position: SourcePosition
    let labelPosition: SourcePosition

    /// nil for a line that is not written so.
    init?(_ line: Passage) {
        guard Self.begins(line) else { return nil }
        let text = line.text(line.bytes.indices)
        let form = /\{\{<\s*embed\s+(?<file>[^\s#]+)#(?<label>[^\s#]+)(?:\s+caption="(?<caption>[^"]*)")?\s*>\}\}/
        guard let match = text.wholeMatch(of: form) else { return nil }
        func offset(_ part: Substring) -> Int { text.utf8.distance(from: text.startIndex, to: part.startIndex) }
        (file, label) = (String(match.file), String(match.label))
        caption = match.caption.map { line.passage(offset($0)..<offset($0) + $0.utf8.count) }
        position = line.position(at: 0)
        labelPosition = line.position(at: offset(match.label))
    }

    static let mark = Array("{{<".utf8)

    static func begins(_ line: Passage) -> Bool {
        line.bytes.starts(with: mark) && line.bytes.dropFirst(mark.count).trimmed.starts(with: "embed ".utf8)
    }
}

/// Reading what a translation has of its original.
extension LessonBuilder {
    /// The cells that the lines of a paragraph put in place; nil for a paragraph of text.
    mutating func embeds(_ node: MarkdownNode) -> [Block]? {
        let lines = document.embedLines(of: node)
        guard !lines.isEmpty else { return nil }
        return lines.compactMap { line in
            guard let written = WrittenEmbed(line) else {
                problems.append(
                    Problem(
                        at: line.position(at: 0), "this line does not embed a cell",
                        hint: "write it alone in its line: {{< embed ../07-lstm-gates.md#fig-gates caption=\"…\" >}}"))
                return nil
            }
            return embed(written).map { .cell($0) }
        }
    }

    /// The index of the cell that is put in place.
    private mutating func embed(_ written: WrittenEmbed) -> Int? {
        func fail(at position: SourcePosition, _ message: String, hint: String?) -> Int? {
            problems.append(Problem(at: position, message, hint: hint))
            return nil
        }
        guard let original, let named = translates else {
            return fail(
                at: written.position, "only a translation embeds cells",
                hint: "name the lesson that this one translates in the front matter: translates: \(written.file)")
        }
        guard written.file == named else {
            return fail(
                at: written.position, "a translation has the cells of its original, not of \(written.file)",
                hint: "write {{< embed \(named)#\(written.label) >}}")
        }
        guard let cell = original.cells.first(where: { $0.options.label?.name == written.label }),
            var label = cell.options.label
        else {
            let names = original.cells.compactMap { $0.options.label?.name }
            return fail(
                at: written.labelPosition, "\(original.path) has no cell \(written.label)",
                hint: nearestName(to: written.label, among: names).map { "did you mean \($0)?" })
        }
        label.position = written.labelPosition
        labels.define(label)
        let index = cells.count
        var options = cell.options
        options.label = label
        if options.caption != nil, written.caption == nil {
            problems.append(
                Problem(
                    at: written.position, "the caption of \(written.label) is not translated",
                    hint: "write it behind the label: caption=\"…\""))
        }
        // The code stands where the original has it: there the compiler has told what its names are.
        cells.append(Cell(index: index, position: written.position, options: options, lines: cell.lines))
        embeds.append(Embed(index: cell.index, position: written.position))
        snippets.append(.cell(index))
        cells[index].options.caption = written.caption.map { inlines(pieces(of: $0), in: "a caption") }
        return index
    }

    /// Reads a block `{texts}`: lines `"The loss falls": "…"` of what the cell above says, and how the translation says it.
    mutating func texts(_ block: CodeBlock) {
        func fail(at position: SourcePosition, _ message: String, hint: String) {
            problems.append(Problem(at: position, message, hint: hint))
        }
        guard let embed = embeds.last, embed.texts.isEmpty else {
            return fail(
                at: block.position, "these texts belong to no cell",
                hint: "put them behind the line {{< embed … >}} of the cell that says them, in one block")
        }
        func position(_ mark: Mark?) -> SourcePosition {
            mark.flatMap { block.lines.indices.contains($0.line - 1) ? block.lines[$0.line - 1].position : nil } ?? block.position
        }
        let form = "write lines such as \"The loss falls\": \"…\", what the cell says on the left"
        do {
            guard let mapping = try Yams.compose(yaml: block.text)?.mapping else {
                return fail(at: block.position, "these texts are no list of what the cell says and its translation", hint: form)
            }
            embeds[embeds.count - 1].texts = mapping.compactMap { key, value in
                guard let original = key.scalar?.string, let translated = value.scalar?.string,
                    !translated.allSatisfy(\.isWhitespace)
                else {
                    fail(at: position(key.mark), "this text has no translation", hint: form)
                    return nil
                }
                return Embed.Text(original: original, translated: translated, position: position(key.mark))
            }
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            fail(at: position(context.mark), "\(keys.sorted().joined(separator: ", ")) is translated twice", hint: "keep one")
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            fail(at: position(mark), "these texts are not YAML: \(problem)", hint: "put both sides in quotation marks")
        } catch {
            fail(at: block.position, "these texts are not YAML: \(error)", hint: "put both sides in quotation marks")
        }
    }
}
