import Exhibits

/// The weights as a heat map and, for one query, a row for each place of the memory: score, softmax, weighted value.
extension AttentionExhibit: Drawable {
    private static let placeLimit = 16
    private static let unitLimit = 6
    /// A table of more numbers is folded, lest it hide that the picture and the sentence say most.
    private static let openTable = 40

    private static let symbols = [Equation.score, Equation.exponential, Equation.weight, Equation.weightedValue].map { Formula($0) }

    private static let equation = Formula(
        #"\#(Equation.weight) = \#(Equation.softmax), \qquad \mathrm{output} = \#(Equation.output)"#, isDisplay: true)

    package var flaw: String? {
        Rule.broken(
            Rule.matrix(weights, queries.count, keys.count), Rule.matrix(values, keys.count, output.count),
            Rule.matrix([scores, exponentials], 2, keys.count),
            (queries.indices.contains(query), "there is no query \(query) of \(queries.count)"))
    }

    package mutating func reword(_ words: (String) -> String) {
        (queries, keys) = (queries.map(words), keys.map(words))
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        return HTML(.div, .class("exhibit", "attention")) {
            HTML(.p, .class("way-in")) { wayIn(words.heat) }
            HeatmapExhibit(
                rows: queries, columns: keys, values: weights, rowTitle: words.gradients.query, columnTitle: words.gradients.memory
            ).figure(style)
            HTML(.p, .class("exhibit-title")) {
                words.gradients.worked + " "; HTML(.code) { queries[query] }
            }
            HTML.scrollable(named: words.equation) { Self.equation.html }
            worked(style)
            HTML.scrollable(named: words.equation) { firstUnit.html }
        }
    }

    /// How all weights lie, where there are several queries, and where the worked one looks.
    private func wayIn(_ words: HeatVocabulary) -> String {
        let pattern = AttentionPattern(weights).map { self.pattern($0, words) }
        return (pattern.map { $0 + words.space } ?? "") + workedQuery(words)
    }

    private func pattern(_ pattern: AttentionPattern, _ words: HeatVocabulary) -> String {
        switch pattern {
        case .even(let greatest): words.spreadEvenly(keys.count, NumberFormat.brief.format(greatest).plainText)
        case .onePlace(let place): words.allLookAt(queries.count, memory(place, words))
        case .diagonal: words.diagonal
        case .againstDiagonal: words.againstDiagonal
        case .rightwards: words.rightwards
        case .leftwards: words.leftwards
        case .mostlyDiagonal(let count): words.mostlyDiagonal(count, queries.count)
        case .mostlyOnePlace(let place, let count): words.manyLookAt(count, queries.count, memory(place, words))
        }
    }

    private func memory(_ place: Int, _ words: HeatVocabulary) -> String {
        words.memory(keys[place]) + words.number(of: place, among: keys)
    }

    private func workedQuery(_ words: HeatVocabulary) -> String {
        let weights = weights[query], name = words.query(queries[query]) + words.number(of: query, among: queries)
        guard weights.allSatisfy({ $0.isFinite }), let greatest = weights.max() else { return words.notWeighed(name) }
        let places = keys.indices.filter { weights[$0] == greatest }.map { memory($0, words) }
        let number = NumberFormat.brief.format(greatest).plainText
        let sum = weights.reduce(0, +)
        if sum == 0 { return words.looksNowhere(name) }
        if keys.count == 1 { return words.hasOnePlace(name, places[0], number) }
        if places.count == keys.count { return words.looksEverywhere(name, keys.count, number) }
        if places.count > 1 { return words.looksAlike(name, places, number) }
        // A half that is rounded is no more than half.
        let share = greatest / sum, isMoreThanHalf = share > 0.5 + 1e-9
        let evenShares = NumberFormat.short.format(share * Double(keys.count)).plainText
        return words.looksMost(name, places[0], number, isMoreThanHalf ? nil : evenShares)
    }

    // MARK: The worked query

    private func worked(_ style: ExhibitStyle) -> HTML {
        let name = style.words.gradients.worked + " " + queries[query]
        let table = HTML.scrollable(named: name) { self.table(style).html }
        let rows = min(keys.count, Self.placeLimit) + 1
        guard rows * (Self.symbols.count - 1 + min(output.count, Self.unitLimit)) > Self.openTable else { return table }
        return HTML(.details, .class("fold")) {
            HTML(.summary) { style.words.gradients.everyPlace(keys.count) }
            table
        }
    }

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
