import Drawing

/// A formula and where the teacher wrote it.
package struct WrittenFormula: Hashable, Sendable {
    package var formula: Formula
    /// Of the formula's first character.
    package var position: SourcePosition
}

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

extension HTML {
    /// The formulas that are still to be typeset, in the order in which they stand.
    var writtenFormulas: [WrittenFormula] {
        switch self {
        case .formula(let formula, let line, let column):
            [WrittenFormula(formula: formula, position: SourcePosition(line: line, column: column))]
        case .element(_, _, let content), .fragment(let content): content.flatMap(\.writtenFormulas)
        case .text, .trusted: []
        }
    }

    /// With `<math>` elements in place of the formulas that have one, the quantities of exhibits marked in them.
    func typeset(_ mathML: [Formula: HTML], _ marks: QuantityMarks) -> HTML {
        switch self {
        case .formula(let formula, _, _): mathML[formula].map(marks.marked) ?? self
        case .element(let tag, let attributes, let content): .element(tag, attributes, content.map { $0.typeset(mathML, marks) })
        case .fragment(let content): .fragment(content.map { $0.typeset(mathML, marks) })
        case .text, .trusted: self
        }
    }
}

extension Page {
    /// The formulas of the teacher, which KaTeX typesets for all pages at once.
    package var formulas: [WrittenFormula] { body.writtenFormulas }

    /// The page with what KaTeX made of its formulas.
    package func typeset(_ results: [Formula: Result<HTML, FormulaError>]) -> Page {
        let mathML = results.compactMapValues { try? $0.get() }
        let marks = QuantityMarks(quantities)
        var page = self
        page.body = body.typeset(mathML, marks)
        page.contents = contents.map { entry in
            var entry = entry
            entry.title = entry.title.typeset(mathML, marks)
            return entry
        }
        return page
    }

    /// The faults of its formulas, each where it stands in the lesson's file.
    package func problems(_ results: [Formula: Result<HTML, FormulaError>], in lesson: Lesson) -> [Problem] {
        let withValues = Set(lesson.values.compactMap(\.formula))
        return formulas.compactMap { written in
            guard case .failure(let error) = results[written.formula] else { return nil }
            let hasValues = withValues.contains(written.position)
            return Problem(
                file: lesson.path, at: hasValues ? written.position : written.position(of: error), "TeX: \(error.message)",
                notes: hasValues ? ["with its values the formula is \(written.formula.tex)"] : [],
                hint: "the formula is read by KaTeX; its functions are listed at https://katex.org/docs/supported.html")
        }
    }
}

extension WrittenFormula {
    /// The offset's place, line by line through the formula.
    fileprivate func position(of error: FormulaError) -> SourcePosition {
        guard let offset = error.offset else { return position }
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
