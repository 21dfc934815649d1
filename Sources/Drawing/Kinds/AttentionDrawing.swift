import Exhibits

/// The weights as a heat map and, for one query, a row for each place of the memory: score, softmax, weighted value.
extension AttentionExhibit: Drawable {
    private static let placeLimit = 16
    private static let unitLimit = 6

    private static let symbols = [Equation.score, Equation.exponential, Equation.weight, Equation.weightedValue].map { Formula($0) }

    private static let equation = Formula(
        #"\#(Equation.weight) = \#(Equation.softmax), \qquad \mathrm{output} = \#(Equation.output)"#, isDisplay: true)

    package var flaw: String? {
        Rule.broken(
            Rule.matrix(weights, queries.count, keys.count), Rule.matrix(values, keys.count, output.count),
            Rule.matrix([scores, exponentials], 2, keys.count),
            (queries.indices.contains(query), "there is no query \(query) of \(queries.count)"))
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        return HTML(.div, .class("exhibit", "attention")) {
            HeatmapExhibit(
                rows: queries, columns: keys, values: weights, rowTitle: words.gradients.query, columnTitle: words.gradients.memory
            ).html(style)
            HTML(.p, .class("exhibit-title")) {
                words.gradients.worked + " "; HTML(.code) { queries[query] }
            }
            HTML.scrollable(named: words.equation) { Self.equation.html }
            HTML.scrollable(named: words.gradients.worked + " " + queries[query]) { table(style).html }
            HTML.scrollable(named: words.equation) { firstUnit.html }
        }
    }

    // MARK: The worked query

    private func table(_ style: ExhibitStyle) -> NumberTable {
        let units = Elision.indices(of: output.count, limit: Self.unitLimit)
        func row(_ heading: String, _ numbers: [Double?], _ vector: [Double]) -> NumberTable.Row {
            .numbers(
                heading: .text(heading),
                numbers.map { .init(number: $0.map { NumberFormat.significant.format($0) }) }
                    + units.cells(vector))
        }
        let places = Elision.indices(of: keys.count, limit: Self.placeLimit).rows(style.words) { j in
            row(keys[j], [scores[j], exponentials[j], weights[query][j]], values[j].map { $0 * weights[query][j] })
        }
        let sum = row("Σ", [nil, exponentials.reduce(0, +), weights[query].reduce(0, +)], output)
        return NumberTable(
            rowHeading: .text(style.words.gradients.memory),
            columnHeadings: Self.symbols.prefix(3).map { $0.html }
                + units.headings { index in
                    HTML {
                        Self.symbols[3].html; "[\(index)]"
                    }
                },
            groups: [.init(heading: nil, rows: places), .init(heading: nil, rows: [sum])])
    }

    /// The first number of the output, multiplied out.
    private var firstUnit: Formula {
        guard let first = output.first else { return Formula(#"\mathrm{output} = ()"#, isDisplay: true) }
        let terms = keys.indices.map { j in
            DerivationExhibit.Term(
                .plain, [weights[query][j], values[j][0]].map { .init(shape: [], values: [$0]) })
        }
        return DerivationExhibit.Line(
            left: #"\mathrm{output}[0]"#, right: Equation.output + "[0]", terms: terms,
            value: .init(shape: [], values: [first])
        ).formula
    }
}
