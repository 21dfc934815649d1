import Exhibits

/// The roads by which the loss comes back, as a graph with each arrow's equation in numbers; each gradient as the sum of what
/// its steps add, held against two other ways of finding it; and, folded, every equation forward and back.
extension DerivationExhibit: Drawable {
    /// Rows and columns of a table of contributions.
    private static let stepLimit = 12
    private static let entryLimit = 9

    private var symbols: Formula { .aligned(equations: equations) }

    package var flaw: String? {
        let steps = forward + backward, lines = steps.flatMap { $0.lines } + trail
        let terms = lines.flatMap { $0.terms }
        let numbers =
            terms.flatMap { $0.factors } + lines.flatMap { $0.parts + [$0.value] }
            + gradients.flatMap { $0.contributions + [$0.sum] } + paths.flatMap { [$0.highway, $0.others] }
        let wrong = numbers.first { !Rule.shape($0.shape, of: $0.values).holds }
        let isEven =
            gradients.allSatisfy { gradient in gradient.contributions.allSatisfy { $0.shape == gradient.sum.shape } }
            && paths.allSatisfy { [$0.highway.shape, $0.others.shape] == [paths[0].highway.shape, paths[0].highway.shape] }
        return Rule.broken(
            Rule.shape(wrong?.shape ?? [0], of: wrong?.values ?? []),
            (numbers.allSatisfy { $0.shape.count <= 2 || !$0.values.isEmpty }, "a product has no numbers"),
            (terms.allSatisfy { !$0.factors.isEmpty }, "a term has no factor"),
            (isEven, "what steps add has not the shape of the sum"),
            (
                Rule.counts(stepCount) && (steps.map { $0.t } + paths.map { $0.t }).allSatisfy { Rule.counts($0) },
                "no step has such a number"
            ),
            Rule.formulas(equations + lines.flatMap { [$0.left, $0.right] } + gradients.map { $0.symbol }))
    }

    package var quantities: [QuantitySymbol] {
        let states = backward.first?.lines.compactMap { $0.arrival?.state } ?? []
        return [QuantitySymbol("x"), QuantitySymbol("δ", tex: #"\delta"#)] + states.map { QuantitySymbol($0) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let graph = FlowGraph(backward) { t, state, road in "\(style.id).\(t).\(state).\(road)" }
        return HTML(.div, .class("exhibit", "derivation")) {
            HTML(.p, .class("exhibit-title")) {
                words.gradients.derivation + " "
                HTML(.code) { network }
                ", " + (isOfPlaces ? words.gradients.places : words.gradients.steps)(stepCount)
            }
            if let graph {
                HTML(.p, .class("way-in")) { wayIn(graph, words) }
                flow(graph, style)
            } else if isOfPlaces, let sentence = wayInOfPlaces(words) {
                HTML(.p, .class("way-in")) { sentence }
            }
            if !gradients.isEmpty {
                HTML(.p, .class("part-title")) { words.gradients.contributions }
                for gradient in gradients { contributions(to: gradient, style) }
                if gradients.contains(where: { $0.contributions.isEmpty }) {
                    HTML(.p, .class("left-out")) { words.gradients.onlySums }
                }
            }
            if let state = paths.first?.state {
                HTML(.details, .class("paths")) {
                    HTML(.summary) { words.gradients.paths(state) }
                    HTML.scrollable(named: words.gradients.paths(state)) { pathsTable(words).html }
                }
            }
            HTML(.details, .class("long-form")) {
                HTML(.summary) { words.gradients.longForm }
                HTML.scrollable(named: words.equation) { symbols.html }
                passes(forward, named: words.gradients.forward, style)
                passes(backward, named: words.gradients.backward, style)
                if !trail.isEmpty {
                    HTML(.p, .class("part-title")) { words.gradients.oneNumber }
                    for line in trail { HTML.scrollable(named: words.equation) { line.formula.html } }
                }
            }
            if largestDifferenceToTape != nil {
                HTML.scrollable(named: words.gradients.agreement) { check(style).html }
            } else {
                HTML(.p, .class("left-out")) { words.gradients.tooManyToCheck }
            }
        }
    }

    /// Whether it is of an attention, whose letter counts the places of a memory instead of steps.
    private var isOfPlaces: Bool { letter == "j" }

    // MARK: The flow

    /// How large the gradient is at both ends of time, and the widest of all roads.
    private func wayIn(_ graph: FlowGraph, _ words: ExhibitVocabulary) -> String {
        let number = { (value: Double) in NumberFormat.short.format(value).plainText }
        let ends = [graph.columns[graph.columns.count - 1], graph.columns[0]].map { column in
            (t: column.t, size: number(column.arrivals.first { $0.arrival.state == graph.states[0] }?.arrival.size ?? 0))
        }
        let widest = graph.roads.filter { $0.road.size.isFinite && $0.road.size > 0 }.max { $0.road.size < $1.road.size }
        let start = words.gradients.flowEnds(letter, graph.states[0], ends[0].t, ends[0].size, ends[1].t, ends[1].size)
        guard let widest else { return start }
        return start + words.gradients.widestRoad(letter, number(widest.road.size), widest.t, widest.state, widest.road)
    }

    /// Which place adds most to the first gradient.
    private func wayInOfPlaces(_ words: ExhibitVocabulary) -> String? {
        guard let gradient = gradients.first, let largest = gradient.largestStep else { return nil }
        let size = NumberFormat.short.format(largest.size).plainText
        return words.gradients.largestPlace(letter, largest.index + 1, stepCount, gradient.name, size)
    }

    /// The graph, and below it each arrow's equation in numbers.
    private func flow(_ graph: FlowGraph, _ style: ExhibitStyle) -> HTML {
        let words = style.words
        let sizes = graph.columns.flatMap { column in
            column.arrivals.map { "\($0.arrival.state)_\(column.t) \(NumberFormat.short.format($0.arrival.size).plainText)" }
        }
        let shown = Set(graph.columns.map { $0.t })
        return HTML(
            .div, .class("flow-parts"), .attribute("data-letter", letter), .attribute("data-step-word", words.gradients.walk),
            .attribute("data-back-word", words.gradients.withLoss), .attribute("data-on-word", words.gradients.againstLoss)
        ) {
            graph.picture(
                letter: letter, title: words.gradients.flow(network), description: sizes.joined(separator: words.pictures.comma)
            ).html("flow-graph")
            HTML(.details, .class("arrivals")) {
                HTML(.summary) { words.gradients.eachArrow }
                for step in backward where shown.contains(step.t) {
                    for line in step.lines {
                        if let arrival = line.arrival { equations(of: arrival, line, step.t, graph, words) }
                    }
                }
            }
        }
    }

    private func equations(
        of arrival: Arrival, _ line: Line, _ t: Int, _ graph: FlowGraph, _ words: ExhibitVocabulary
    ) -> HTML {
        HTML(.div, .class("arrival"), .attribute("data-t", "\(t)")) {
            zip(0..., arrival.roads).map { index, road in
                HTML(.div, .id(graph.link(t, arrival.state, index)), .class("road")) {
                    HTML(.p, .class("road-title")) { words.gradients.road(letter, t, arrival.state, road) }
                    HTML.scrollable(named: words.equation) { line.formula(ofRoad: index).html }
                }
            }
            if line.parts.count > 1 {
                HTML.scrollable(named: words.equation) { line.sum.html }
            }
        }
    }

    // MARK: Passes

    private func passes(_ steps: [Step], named name: String, _ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("pass")) {
            HTML(.p, .class("part-title")) { name }
            for (place, step) in zip(0..., steps) {
                HTML.scrollable(named: "\(letter) = \(step.t)") { step.formula.html }
                if place + 1 < steps.count, let gap = gap(step.t, steps[place + 1].t) {
                    HTML(.p, .class("left-out")) { "⋮ " + style.words.leftOut(gap) }
                }
            }
        }
    }

    /// How many steps were left out between two.
    private func gap(_ t: Int, _ next: Int) -> Int? {
        let count = abs(next - t) - 1
        return count > 0 ? count : nil
    }

    // MARK: Contributions

    /// Small maps that open into a row for each step, in the order of time, and their sum.
    private func contributions(to gradient: Gradient, _ style: ExhibitStyle) -> HTML {
        let entries = Elision.indices(of: gradient.sum.values.count, limit: Self.entryLimit)
        func row(_ heading: HTML, _ numbers: Numbers) -> NumberTable.Row {
            .numbers(heading: heading, entries.cells(numbers.values))
        }
        let largest = gradient.largestStep, told = largest.map { [$0.index] } ?? []
        let steps = Elision.indices(of: gradient.contributions.count, limit: Self.stepLimit, keeping: told)
            .rows(style.words) { row(.text("\(letter) = \($0 + 1)"), gradient.contributions[$0]) }
        let table = NumberTable(
            rowHeading: gradient.formula.html,
            columnHeadings: entries.headings { .text(gradient.sum.place(of: $0)) },
            groups: [.init(heading: nil, rows: steps), .init(heading: nil, rows: [row(.text("Σ"), gradient.sum)])])
        return HTML(.details, .class("contribution")) {
            HTML(.summary) {
                HTML(.span, .class("contribution-title")) {
                    gradient.formula.html
                    if let largest {
                        " " + style.words.gradients.largestStep("\(letter) = \(largest.index + 1)")
                    }
                }
                if !gradient.contributions.isEmpty {
                    ContributionMaps(gradient: gradient, letter: letter, told: told).html(style.words)
                }
            }
            HTML.scrollable(named: "∂ℒ/∂\(gradient.name)") { table.html }
        }
    }

    /// Two rows for each step: the state’s gradient along the state itself, and along all other paths.
    private func pathsTable(_ words: ExhibitVocabulary) -> NumberTable {
        let units = Elision.indices(of: paths.first?.highway.values.count ?? 0, limit: Self.entryLimit)
        func row(_ heading: String, _ numbers: Numbers) -> NumberTable.Row {
            .numbers(heading: .text(heading), units.cells(numbers.values))
        }
        return NumberTable(
            rowHeading: .text(words.unit),
            columnHeadings: units.headings { .text("[\($0)]") },
            groups: paths.map { path in
                .init(
                    heading: .text("\(letter) = \(path.t)"),
                    rows: [row(words.gradients.highway, path.highway), row(words.gradients.otherPaths, path.others)])
            })
    }

    // MARK: Agreement

    private func check(_ style: ExhibitStyle) -> NumberTable {
        func row(_ heading: HTML, _ numbers: [Double?]) -> NumberTable.Row {
            .numbers(heading: heading, numbers.map { .init(number: $0.map { NumberFormat.brief.format($0) }) })
        }
        let rows = gradients.map { gradient in
            row(
                gradient.formula.html,
                [gradient.differenceToTape, gradient.differenceToCentralDifferences])
        }
        let largest = [largestDifferenceToTape, largestDifferenceToCentralDifferences]
        return NumberTable(
            rowHeading: .text(style.words.gradients.agreement),
            columnHeadings: [.text(style.words.gradients.tape), .text(style.words.gradients.centralDifferences)],
            groups: [
                .init(heading: nil, rows: rows),
                .init(heading: nil, rows: [row(.text(style.words.gradients.largest), largest)]),
            ])
    }
}

// MARK: - Formulas

extension DerivationExhibit.Step {
    fileprivate var formula: Formula { .aligned(lines.flatMap { $0.rows }) }
}

extension DerivationExhibit.Line {
    var formula: Formula { .aligned(rows) }

    /// `left = right`, `= numbers`, `= parts` and `= value`, as far as there are such.
    fileprivate var rows: [String] {
        let parts = parts.map { $0.tex }.joined(separator: " + ")
        let stages = [right.isEmpty ? [] : [right], numbers, parts.isEmpty ? [] : [parts]].filter { !$0.isEmpty }
        // Short enough for one line: a value that follows from no sum.
        guard !terms.isEmpty else { return ["\(left) &= " + (stages.map { $0[0] } + [value.tex]).joined(separator: " = ")] }
        let rows = (stages + [[value.tex]]).flatMap { stage in
            zip(0..., stage).map { index, row in (index == 0 ? "&= " : #"& \quad "#) + row }
        }
        return [left + " " + rows[0]] + rows.dropFirst()
    }

    /// One of its roads: in symbols, in numbers, and what comes by it.
    fileprivate func formula(ofRoad index: Int) -> Formula {
        guard let road = arrival?.roads[index] else { return formula }
        let value = parts.isEmpty ? value : parts[index]
        let numbers =
            terms.indices.contains(index) && (terms[index].factors.count > 1 || terms[index].isSubtracted)
            ? ["&= " + terms[index].tex(isFirst: true)] : []
        let rows = numbers + ["&= " + value.tex]
        return .aligned([road.symbols + " " + rows[0]] + rows.dropFirst())
    }

    /// What comes by all roads, added.
    fileprivate var sum: Formula { .aligned([left + " &= " + parts.map { $0.tex }.joined(separator: " + ") + " = " + value.tex]) }

    /// The terms with their numbers, a few to a row.
    private var numbers: [String] {
        let shown = Elision.indices(of: terms.count, limit: 12).enumerated().map { place, index in
            switch index {
            case .leftOut: #"+ \cdots"#
            case .shown(let index): terms[index].tex(isFirst: place == 0)
            }
        }
        let width = terms.map { $0.columns }.max().map { max(1, 6 / $0) } ?? 1
        return stride(from: 0, to: shown.count, by: width).map { start in
            shown[start..<min(start + width, shown.count)].joined(separator: " ")
        }
    }
}

extension DerivationExhibit.Term {
    /// How wide its numbers stand.
    fileprivate var columns: Int {
        factors.map { $0.shape.count < 2 ? 1 : $0.shape[1] + 1 }.reduce(0, +)
    }

    /// With its sign, except for a plus at the beginning.
    fileprivate func tex(isFirst: Bool) -> String {
        let sign = isSubtracted ? "- " : isFirst ? "" : "+ "
        return sign + factorsTeX
    }

    private var factorsTeX: String {
        switch product {
        case .elementwise: factors.map { $0.tex }.joined(separator: #" \odot "#)
        case .plain where factors.allSatisfy({ $0.shape.isEmpty }):
            factors.map { $0.texAsFactor }.joined(separator: #" \cdot "#)
        case .plain: factors.map { $0.tex }.joined(separator: #"\,"#)
        }
    }
}

extension DerivationExhibit.Numbers {
    /// In brackets where a sign would meet another one.
    fileprivate var texAsFactor: String { values[0] < 0 ? "(\(tex))" : tex }

    /// Where a number stands, as in code: `[1, 2]`.
    fileprivate func place(of index: Int) -> String {
        var rest = index
        let indices = shape.reversed().map { length in
            defer { rest /= length }
            return rest % length
        }
        return "[" + indices.reversed().map(String.init).joined(separator: ", ") + "]"
    }
}

extension DerivationExhibit.Gradient {
    fileprivate var formula: Formula { Formula(#"\partial \mathcal{L} / \partial \#(symbol)"#) }
}
