import Exhibits

/// The layer's equations and, for each layer, direction and sequence of the batch, side by side a table (a group of
/// rows for each time step, a row for each unit, a column for each quantity), a heat map of the same values over
/// time, and a drawing of the cell. The page's script moves the three from step to step; without it all steps are
/// in the table and in the heat map.
extension GatesExhibit: Drawable {
    private static let unitLimit = 16
    private static let sequenceLimit = 4
    private static let stepLimit = 24
    /// Of all tables together; the steps of long sequences give way.
    private static let rowLimit = 1000
    private static let heatmapUnitLimit = 8

    package var flaw: String? {
        let all = tracks.flatMap { track in track.steps.flatMap { $0.quantities } + track.initial }
        let isUniform = tracks.allSatisfy { track in
            track.steps.allSatisfy { $0.quantities.map { $0.symbol } == track.quantities.map { $0.symbol } }
        }
        return Rule.broken(
            (isUniform, "the steps have not the same quantities"),
            (all.allSatisfy { $0.isMatrix }, "a quantity has not as many units in each sequence"),
            (all.allSatisfy { $0.isNamed }, "a quantity’s symbol is no name"),
            Rule.formulas(equations + all.compactMap { $0.tex })
        ) ?? diagram?.flaw
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let views = views(style.words)
        return HTML(.div, .class("exhibit", "gates")) {
            if !equations.isEmpty {
                HTML.scrollable(named: style.words.equation) {
                    Formula.aligned(equations: equations).html
                }
            }
            zip(0..., views).map { index, view in
                let steps = steps(of: view, viewCount: views.count)
                // One of many is open: the others are a press away.
                return HTML(.details, .class("track"), index == 0 ? .attribute("open", "") : nil) {
                    HTML(.summary) { view.title }
                    HTML(.div, stepWords(style.words)) {
                        cell(view, style.words)
                        HTML.scrollable(named: view.title) { table(view, steps: steps, style).html }
                        heatmap(view, steps: steps, style.words)
                    }
                }
            }
            let hidden = tracks.map { $0.sequenceCount }.max() ?? 0
            if hidden > Self.sequenceLimit + 1 {
                HTML(.p, .class("picture-note")) { style.words.layers.moreSequences(hidden - Self.sequenceLimit) }
            }
        }
    }

    // MARK: Which tables there are

    /// One layer in one direction, reading one sequence of the batch.
    private struct View {
        var title: String
        var track: Track
        var sequence: Int
    }

    private func views(_ words: ExhibitVocabulary) -> [View] {
        tracks.flatMap { track in
            Elision.indices(of: track.sequenceCount, limit: Self.sequenceLimit).compactMap { sequence in
                guard case .shown(let sequence) = sequence else { return nil }
                let isBidirectional = tracks.contains { $0.isReverse }
                let title = [
                    "\(layer), \(words.layer) \(track.layer)",
                    isBidirectional ? (track.isReverse ? words.backward : words.forward) : nil,
                    track.sequenceCount > 1 ? "\(words.sequence) \(sequence)" : nil,
                ]
                return View(title: title.compactMap { $0 }.joined(separator: ", "), track: track, sequence: sequence)
            }
        }
    }

    // MARK: One table

    /// The steps that the table and the heat map show.
    private func steps(of view: View, viewCount: Int) -> [Elision] {
        let unitCount = min(view.track.unitCount, Self.unitLimit)
        let limit = min(Self.stepLimit, max(4, Self.rowLimit / max(1, viewCount * unitCount)))
        return Elision.indices(of: view.track.steps.count, limit: limit)
    }

    /// The words that the page's script needs for the step control.
    private func stepWords(_ words: ExhibitVocabulary) -> [Attribute?] {
        [
            .class("track-parts"), .attribute("data-step-word", words.layers.allSteps), .attribute("data-unit-word", words.unit),
            .attribute("data-back-word", words.layers.previousStep), .attribute("data-on-word", words.layers.nextStep),
        ]
    }

    private func table(_ view: View, steps: [Elision], _ style: ExhibitStyle) -> NumberTable {
        let units = Elision.indices(of: view.track.unitCount, limit: Self.unitLimit)
        let heat = view.track.quantities.indices.map { Heat(view.track.values(ofQuantity: $0)) }
        let groups = steps.map { step -> NumberTable.Group in
            switch step {
            case .leftOut(let count):
                return .init(heading: nil, rows: [.leftOut(style.words.leftOut(count))])
            case .shown(let time):
                let rows = units.map { row($0, view, time, heat, style.words) }
                return .init(
                    heading: .text("\(style.words.step) \(time)"), rows: rows, data: [.attribute("data-step", "\(time)")])
            }
        }
        return NumberTable(
            rowHeading: .text(style.words.unit),
            columnHeadings: view.track.quantities.map { columnHeading($0, style) },
            columnKeys: view.track.quantities.map { $0.symbol }, groups: groups)
    }

    private func columnHeading(_ quantity: Quantity, _ style: ExhibitStyle) -> HTML {
        HTML {
            Formula(quantity.tex ?? quantity.symbol).html
            // A quantity of a cell of one's own has no other name.
            if quantity.name != quantity.symbol {
                " "
                HTML(.code) { Self.breakable(quantity.name) }
            }
        }
    }

    /// A name of several words may be broken between them, so that it does not widen its column.
    private static func breakable(_ name: String) -> [HTML] {
        var parts = [""]
        for character in name {
            if character.isUppercase { parts.append("") }
            parts[parts.count - 1].append(character)
        }
        return zip(0..., parts).flatMap { $0 == 0 ? [.text($1)] : [HTML(.wbr), .text($1)] }
    }

    private func row(_ unit: Elision, _ view: View, _ time: Int, _ heat: [Heat], _ words: ExhibitVocabulary) -> NumberTable.Row {
        switch unit {
        case .leftOut(let count):
            return .leftOut(words.leftOut(count))
        case .shown(let unit):
            let cells = zip(view.track.steps[time].quantities, heat).map { quantity, heat -> NumberTable.Cell in
                guard let value = quantity.value(sequence: view.sequence, unit: unit) else { return .init() }
                return .init(number: NumberFormat.significant.format(value), className: heat.className(value))
            }
            let before = view.track.before(time).compactMap { quantity in
                quantity.value(sequence: view.sequence, unit: unit).map { value -> Attribute? in
                    .attribute("data-previous-" + quantity.symbol, NumberFormat.significant.format(value).plainText)
                }
            }
            return .numbers(heading: .text("\(unit)"), cells, data: [.attribute("data-unit", "\(unit)")] + before)
        }
    }

    // MARK: Pictures

    /// The cell with the values of the first unit at the step that is read first.
    private func cell(_ view: View, _ words: ExhibitVocabulary) -> HTML? {
        guard let diagram, !view.track.steps.isEmpty, view.track.unitCount > 0 else { return nil }
        let step = view.track.isReverse ? view.track.steps.count - 1 : 0
        let current = view.track.steps[step].quantities.map { ($0.symbol, $0) }
        let before = view.track.before(step).map { ("previous-" + $0.symbol, $0) }
        let values = (current + before).compactMap { symbol, quantity in
            quantity.value(sequence: view.sequence, unit: 0).map { (symbol, NumberFormat.significant.format($0).plainText) }
        }
        return HTML(.div, .class("track-cell"), .attribute("data-step", "\(step)")) {
            HTML(.p, .class("picture-note")) { words.layers.place(step, 0) }
            CellPicture(diagram, values: values.reversed().reduce(into: [:]) { $0[$1.0] = $1.1 })
                .picture(
                    title: words.layers.cellDrawing(layer),
                    description: values.map { "\($0.0) \($0.1)" }.joined(separator: words.pictures.comma)
                )
                .html("diagram")
        }
    }

    /// A row for each quantity and unit, a column for each step.
    private func heatmap(_ view: View, steps: [Elision], _ words: ExhibitVocabulary) -> HTML? {
        guard !view.track.steps.isEmpty, view.track.unitCount > 0 else { return nil }
        let units = Elision.indices(of: view.track.unitCount, limit: Self.heatmapUnitLimit)
        var rows: [String] = [], values: [[Double?]] = [], gaps: Set<Int> = []
        for (index, quantity) in view.track.quantities.enumerated() {
            for unit in units {
                guard case .shown(let unit) = unit else {
                    rows.append("⋯")
                    values.append(steps.map { _ in nil })
                    continue
                }
                rows.append("\(quantity.symbol)[\(unit)]")
                values.append(
                    steps.map { step in
                        guard case .shown(let time) = step else { return nil }
                        return view.track.steps[time].quantities[index].value(sequence: view.sequence, unit: unit)
                    })
            }
            gaps.insert(rows.count - 1)
        }
        let names = steps.map { if case .shown(let time) = $0 { "\(time)" } else { "⋯" } }
        let field = HeatField(
            rows: rows, columns: names, values: values, columnTitle: words.step, leastScale: 1,
            gaps: gaps.subtracting([rows.count - 1]), columnKeys: steps.map { if case .shown(let time) = $0 { time } else { -1 } })
        return field.picture(
            title: words.layers.gateHeatmap(view.title, view.track.steps.count, view.track.unitCount), description: "",
            words.pictures
        ).html("heat")
    }
}

extension GatesExhibit.Track {
    /// Every step has the same quantities.
    fileprivate var quantities: [GatesExhibit.Quantity] { steps.first?.quantities ?? [] }

    /// At every step, in every sequence and unit.
    fileprivate func values(ofQuantity index: Int) -> [Double] {
        steps.filter { $0.quantities.indices.contains(index) }.flatMap { $0.quantities[index].values.flatMap { $0 } }
    }

    /// The states before a step: those that the step read before it left.
    fileprivate func before(_ time: Int) -> [GatesExhibit.Quantity] {
        let previous = isReverse ? time + 1 : time - 1
        guard steps.indices.contains(previous) else { return initial }
        return steps[previous].quantities.filter { quantity in initial.contains { $0.symbol == quantity.symbol } }
    }

    fileprivate var sequenceCount: Int { quantities.map { $0.values.count }.max() ?? 0 }
    fileprivate var unitCount: Int { quantities.flatMap { $0.values }.map { $0.count }.max() ?? 0 }
}

extension GatesExhibit.Quantity {
    fileprivate var isMatrix: Bool { values.allSatisfy { $0.count == values[0].count } }

    /// The page's script knows it by an attribute of this name.
    fileprivate var isNamed: Bool {
        !symbol.isEmpty && symbol.unicodeScalars.allSatisfy { $0 > " " && !"\"'<>/=".unicodeScalars.contains($0) }
    }

    /// nil where this quantity has no such unit.
    fileprivate func value(sequence: Int, unit: Int) -> Double? {
        guard values.indices.contains(sequence), values[sequence].indices.contains(unit) else { return nil }
        return values[sequence][unit]
    }
}
