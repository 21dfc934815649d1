import Exhibits

/// Each equation in symbols, with its numbers, and its result, one under the other.
extension WorkedExhibit: Drawable {
    /// Longer sums leave out their middle.
    private static let termLimit = 12
    private static let termsPerLine = 3
    /// Where a line may be broken that has no room: before the sign.
    private static let plus = #" \allowbreak + "#

    package var flaw: String? {
        let pieces = equations.flatMap { $0.lines.flatMap { $0 } }.compactMap { piece in
            if case .tex(let tex) = piece { tex } else { nil }
        }
        return Rule.broken(Rule.formulas(equations.flatMap { [$0.symbol, $0.symbols] } + pieces))
    }

    package var quantities: [QuantitySymbol] { [QuantitySymbol("x")] + equations.map { QuantitySymbol($0.symbol) } }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let title = [
            words.layers.name(layerName, variants, isTraced: true), "\(words.layer) \(layer)", isReverse ? words.backward : nil,
            words.layers.place(step, unit), sequence > 0 ? "\(words.sequence) \(sequence)" : nil,
        ]
        return HTML(.div, .class("exhibit", "worked")) {
            HTML(.p, .class("exhibit-title")) { title.compactMap { $0 }.joined(separator: words.comma) }
            if let last = equations.last {
                HTML(.p, .class("way-in")) {
                    words.layers.result(
                        unit, last.symbol.subscriptedText, NumberFormat.brief.format(last.value).plainText)
                }
            }
            if isReverse { HTML(.p, .class("picture-note")) { words.layers.readsBackward("h_{t+1}".subscriptedText) } }
            for equation in equations {
                HTML.scrollable(named: equation.name) { formula(of: equation).html }
            }
        }
    }

    // MARK: TeX

    private func formula(of equation: Equation) -> Formula {
        // Programs count steps from 0, formulas from 1.
        let left = Self.symbol(equation.symbol, atStep: step + 1) + "[\(unit)]"
        let lines = [equation.symbols] + equation.lines.map(Self.tex) + [Self.tex(equation.value)]
        return .aligned(zip(0..., lines).map { place, line in (place == 0 ? left + " " : "") + "&= " + line })
    }

    /// `c_{2}`; the step joins what stands below already, `y_{out,2}`.
    private static func symbol(_ symbol: String, atStep step: Int) -> String {
        guard let place = symbol.lastIndex(of: "_") else { return "\(symbol)_{\(step)}" }
        let below = symbol[symbol.index(after: place)...]
        return "\(symbol[..<place])_{\(below.first == "{" ? below.dropFirst().dropLast() : below),\(step)}"
    }

    private static func tex(_ line: [Piece]) -> String {
        var braces = 0
        return zip(line.indices, line).map { index, piece in
            switch piece {
            case .tex(let tex):
                braces += tex.reduce(0) { $0 + ($1 == "{" ? 1 : $1 == "}" ? -1 : 0) }
                return tex
            case .number(let number): return tex(number, isAfterSign: followsSign(index, in: line))
            case .sum(let terms): return sum(terms, isAfterSign: followsSign(index, in: line), isInBraces: braces > 0)
            }
        }.joined(separator: " ")
    }

    private static func followsSign(_ index: Int, in line: [Piece]) -> Bool {
        guard index > 0, case .tex(let tex) = line[index - 1] else { return false }
        return ["+", "-", #"\cdot"#].contains { tex.hasSuffix($0) }
    }

    /// So many terms a line, so that a line is not wider than a page; a fraction and a root have one line.
    private static func sum(_ terms: [[Double]], isAfterSign: Bool, isInBraces: Bool) -> String {
        let written = Elision.indices(of: terms.count, limit: termLimit).map { index in
            switch index {
            case .shown(let index):
                zip(0..., terms[index]).map { place, factor in
                    tex(factor, isAfterSign: isAfterSign || index > 0 || place > 0)
                }.joined(separator: #" \cdot "#)
            case .leftOut: #"\cdots"#
            }
        }
        if isInBraces { return written.joined(separator: " + ") }
        return stride(from: 0, to: written.count, by: termsPerLine).map { start in
            written[start..<min(start + termsPerLine, written.count)].joined(separator: plus)
        }.joined(separator: #" \\ &\qquad {} + "#)
    }

    /// A negative number stands in parentheses where a sign stands before it.
    private static func tex(_ value: Double, isAfterSign: Bool = false) -> String {
        let tex = NumberFormat.brief.format(value).linkedTeX
        return isAfterSign && value < 0 ? "(\(tex))" : tex
    }
}
