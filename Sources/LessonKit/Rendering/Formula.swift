import Drawing

/// What KaTeX has against a formula.
package struct FormulaError: Error, Hashable, Codable, Sendable {
    package var message: String
    /// The character, counted from 0, at which the fault was seen.
    package var offset: Int?

    package init(message: String, offset: Int?) {
        self.message = message
        self.offset = offset
    }
}

/// A formula and the place that asks for it.
package struct FormulaUse: Hashable, Sendable {
    package var formula: Formula
    /// Of the formula's first character; of the cell, for a formula that an exhibit brings.
    package var position: SourcePosition
    /// Whether `position` is within the file's own TeX, so that KaTeX's offset leads further.
    var isInSource: Bool
}

extension Lesson {
    /// Every formula that the lesson's page shows: those in its text and those of its exhibits.
    package func formulas(with recording: Recording) -> [FormulaUse] {
        var collector = FormulaCollector(lesson: self)
        collector.collect(blocks)
        for (cell, recorded) in zip(cells, recording.cells) {
            collector.collect(cell.options.caption ?? [])
            let formulas = cell.options.output ? recorded.exhibits.flatMap(\.formulas) : []
            collector.uses += formulas.map { FormulaUse(formula: $0, position: cell.position, isInSource: false) }
        }
        return collector.uses
    }

    /// The faults of the lesson's formulas, each where it stands in the Markdown file.
    package func problems(
        in formulas: [FormulaUse], typeset: [Formula: Result<String, FormulaError>]
    ) -> [Problem] {
        formulas.compactMap { use in
            guard case .failure(let error) = typeset[use.formula] else { return nil }
            return Problem(
                file: path, at: use.position(of: error), "TeX: \(error.message)",
                notes: use.isInSource ? [] : ["in the formula \(use.formula.tex) of what this cell shows"],
                hint: "the formula is read by KaTeX; its functions are listed at https://katex.org/docs/supported.html"
            )
        }
    }
}

extension FormulaUse {
    /// The offset's place, line by line through the formula.
    fileprivate func position(of error: FormulaError) -> SourcePosition {
        guard isInSource, let offset = error.offset else { return position }
        let before = formula.tex.prefix(offset)
        guard let lineBreak = before.lastIndex(where: \.isNewline) else {
            return SourcePosition(line: position.line, column: position.column + before.count)
        }
        return SourcePosition(
            line: position.line + before.filter(\.isNewline).count,
            column: before[before.index(after: lineBreak)...].count + 1
        )
    }
}

private struct FormulaCollector {
    let lesson: Lesson
    var uses: [FormulaUse] = []

    mutating func collect(_ blocks: [Block]) {
        for block in blocks {
            switch block {
            case .heading(let heading): collect(heading.content)
            case .paragraph(let content): collect(content)
            case .math(let math): collect(math.tex, isDisplay: true)
            case .table(let table):
                collect(table.caption ?? [])
                (table.header + table.rows.flatMap(\.self)).forEach { collect($0) }
            case .list(let list): list.items.forEach { collect($0) }
            case .quote(let content): collect(content)
            case .alert(let alert): collect(alert.content)
            case .figure(let figure): collect(figure.caption)
            case .code, .cell, .thematicBreak, .html: break
            }
        }
    }

    mutating func collect(_ inlines: [Inline]) {
        for inline in inlines {
            switch inline {
            case .math(let tex): collect(tex, isDisplay: false)
            case .emphasis(let content), .strong(let content), .link(_, _, let content): collect(content)
            case .text, .code, .value, .image, .reference, .softBreak, .lineBreak, .html: break
            }
        }
    }

    private mutating func collect(_ tex: TeX, isDisplay: Bool) {
        uses.append(FormulaUse(formula: Formula(tex.source, isDisplay: isDisplay), position: tex.position, isInSource: true))
    }
}
