import Exhibits

/// The layer's equations and, for each layer, direction and sequence of the batch, a table with a group of
/// rows for each time step, a row for each unit and a column for each quantity.
extension GatesExhibit: PageRenderable {
    private static let unitLimit = 16
    private static let sequenceLimit = 4
    private static let stepLimit = 24
    /// Of all tables together; the steps of long sequences give way.
    private static let rowLimit = 1000

    var formulas: [Formula] {
        equations.map { Formula($0, isDisplay: true) }
            + tracks.flatMap(\.quantities).map { Formula($0.symbol) }
    }

    func html(_ style: ExhibitStyle) -> HTML {
        let views = views(style.words)
        return HTML(.div, .class("exhibit", "gates")) {
            if !equations.isEmpty {
                HTML.scrollable(named: style.words.equation) {
                    equations.map { style.typesetting.html(Formula($0, isDisplay: true)) }
                }
            }
            zip(0..., views).map { index, view in
                // One of many is open: the others are a press away.
                HTML(.details, .class("track"), index == 0 ? .attribute("open", "") : nil) {
                    HTML(.summary) { view.title }
                    HTML.scrollable(named: view.title) { table(view, tableCount: views.count, style).html }
                }
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

    private func views(_ words: Vocabulary) -> [View] {
        tracks.flatMap { track in
            Elision.indices(of: track.sequenceCount, limit: Self.sequenceLimit).compactMap { sequence in
                guard case .shown(let sequence) = sequence else { return nil }
                let isBidirectional = tracks.contains(where: \.isReverse)
                let title = [
                    "\(layer), \(words.layer) \(track.layer)",
                    isBidirectional ? (track.isReverse ? words.backward : words.forward) : nil,
                    track.sequenceCount > 1 ? "\(words.sequence) \(sequence)" : nil,
                ]
                return View(title: title.compactMap(\.self).joined(separator: ", "), track: track, sequence: sequence)
            }
        }
    }

    // MARK: One table

    private func table(_ view: View, tableCount: Int, _ style: ExhibitStyle) -> NumberTable {
        let units = Elision.indices(of: view.track.unitCount, limit: Self.unitLimit)
        let stepLimit = min(Self.stepLimit, max(4, Self.rowLimit / max(1, tableCount * units.count)))
        let heat = view.track.quantities.indices.map { Heat(view.track.values(ofQuantity: $0)) }
        let groups = Elision.indices(of: view.track.steps.count, limit: stepLimit).map { step -> NumberTable.Group in
            switch step {
            case .leftOut(let count):
                return .init(heading: nil, rows: [.leftOut(style.words.leftOut(count))])
            case .shown(let time):
                let rows = units.map { row($0, view.track.steps[time], view.sequence, heat, style.words) }
                return .init(heading: .text("\(style.words.step) \(time)"), rows: rows)
            }
        }
        return NumberTable(
            rowHeading: .text(style.words.unit),
            columnHeadings: view.track.quantities.map { columnHeading($0, style) }, groups: groups)
    }

    private func columnHeading(_ quantity: Quantity, _ style: ExhibitStyle) -> HTML {
        HTML {
            style.typesetting.html(Formula(quantity.symbol))
            " "
            HTML(.code) { quantity.name }
        }
    }

    private func row(
        _ unit: Elision, _ step: Step, _ sequence: Int, _ heat: [Heat], _ words: Vocabulary
    ) -> NumberTable.Row {
        switch unit {
        case .leftOut(let count): .leftOut(words.leftOut(count))
        case .shown(let unit):
            .numbers(heading: .text("\(unit)"), zip(step.quantities, heat).map { quantity, heat in
                guard let value = quantity.value(sequence: sequence, unit: unit) else { return .init() }
                return .init(number: NumberFormat.decimals.format(value), className: heat.className(value))
            })
        }
    }
}

extension GatesExhibit.Track {
    /// Every step has the same quantities.
    fileprivate var quantities: [GatesExhibit.Quantity] { steps.first?.quantities ?? [] }

    /// At every step, in every sequence and unit.
    fileprivate func values(ofQuantity index: Int) -> [Double] {
        steps.filter { $0.quantities.indices.contains(index) }.flatMap { $0.quantities[index].values.flatMap(\.self) }
    }

    fileprivate var sequenceCount: Int { quantities.map(\.values.count).max() ?? 0 }
    fileprivate var unitCount: Int { quantities.flatMap(\.values).map(\.count).max() ?? 0 }
}

extension GatesExhibit.Quantity {
    /// nil where this quantity has no such unit.
    fileprivate func value(sequence: Int, unit: Int) -> Double? {
        guard values.indices.contains(sequence), values[sequence].indices.contains(unit) else { return nil }
        return values[sequence][unit]
    }
}
