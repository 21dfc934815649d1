import Exhibits

/// Each equation in symbols, with its numbers, and its result, one under the other.
extension WorkedExhibit: Drawable {
    /// Longer sums leave out their middle.
    private static let termLimit = 12
    private static let termsPerLine = 3

    package var formulas: [Formula] { equations.map(formula) }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let title = [
            layerName, "\(words.layer) \(layer)", isReverse ? words.backward : nil,
            words.layers.place(step, unit), sequence > 0 ? "\(words.sequence) \(sequence)" : nil,
        ]
        return HTML(.div, .class("exhibit", "worked")) {
            HTML(.p, .class("exhibit-title")) { title.compactMap(\.self).joined(separator: ", ") }
            for equation in equations {
                HTML.scrollable(named: equation.name) { style.typesetting.html(formula(of: equation)) }
            }
        }
    }

    // MARK: TeX

    private func formula(of equation: Equation) -> Formula {
        let left = "\(equation.symbol)_{\(step)}[\(unit)]"
        let lines = [equation.symbols] + equation.lines.map(Self.tex) + [Self.tex(equation.value)]
        return .aligned(zip(0..., lines).map { place, line in (place == 0 ? left + " " : "") + "&= " + line })
    }

    private static func tex(_ line: [Piece]) -> String {
        zip(line.indices, line).map { index, piece in
            switch piece {
            case .tex(let tex): tex
            case .number(let number): tex(number, isAfterSign: followsSign(index, in: line))
            case .sum(let terms): sum(terms, isAfterSign: followsSign(index, in: line))
            }
        }.joined(separator: " ")
    }

    private static func followsSign(_ index: Int, in line: [Piece]) -> Bool {
        guard index > 0, case .tex(let tex) = line[index - 1] else { return false }
        return ["+", "-", #"\cdot"#].contains { tex.hasSuffix($0) }
    }

    /// So many terms a line, so that a line is not wider than a page.
    private static func sum(_ terms: [[Double]], isAfterSign: Bool) -> String {
        let written = Elision.indices(of: terms.count, limit: termLimit).map { index in
            switch index {
            case .shown(let index):
                zip(0..., terms[index]).map { place, factor in
                    tex(factor, isAfterSign: isAfterSign || index > 0 || place > 0)
                }.joined(separator: #" \cdot "#)
            case .leftOut: #"\cdots"#
            }
        }
        return stride(from: 0, to: written.count, by: termsPerLine).map { start in
            written[start..<min(start + termsPerLine, written.count)].joined(separator: " + ")
        }.joined(separator: #" \\ &\qquad {} + "#)
    }

    /// A negative number stands in parentheses where a sign stands before it.
    private static func tex(_ value: Double, isAfterSign: Bool = false) -> String {
        let tex = NumberFormat.brief.format(value).tex
        return isAfterSign && value < 0 ? "(\(tex))" : tex
    }
}
