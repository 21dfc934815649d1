import Exhibits
import Recurrent

/// The numbers of a trace: time runs to the right, below each step what was read and every quantity of every unit.
struct GatesTable {
    private let view: GatesView
    private let diagram: CellDiagram?
    private let words: ExhibitVocabulary
    private let units: [Elision]
    private let steps: [Elision]

    /// More numbers than this no browser lays out at once.
    private static let numberLimit = 40_000
    /// Of more numbers each has no tooltip of its own, so that a page stays light.
    private static let tooltipLimit = 2_000
    private static let featureLimit = 8
    /// Even of a trace of a great many steps so many units are shown.
    private static let leastUnits = 4

    /// - Parameter viewCount: how many tables share what a page can hold.
    init(_ view: GatesView, _ diagram: CellDiagram?, viewCount: Int, _ words: ExhibitVocabulary) {
        self.view = view
        self.diagram = diagram
        self.words = words
        let rowsOfUnit = view.quantities.count + (view.track.steps.first?.carried.count ?? 0)
        let limit = Self.numberLimit / max(1, viewCount * rowsOfUnit)
        let unitLimit = max(Self.leastUnits, limit / max(1, view.stepCount))
        units = Elision.indices(of: view.units.count, limit: unitLimit)
        steps = Elision.indices(of: view.stepCount, limit: max(12, limit / units.count { $0.index != nil }))
    }

    var html: HTML { table.html }

    var numberCount: Int { (view.quantities.count + (view.track.steps.first?.carried.count ?? 0)) * units.count * steps.count }

    /// Tells what was left out; nil if nothing was.
    var omission: String? {
        let shownUnits = units.count { $0.index != nil }, shownSteps = steps.count { $0.index != nil }
        guard shownUnits < view.units.count || shownSteps < view.stepCount else { return nil }
        return words.gates.omitted(shownUnits, view.units.count, shownSteps, view.stepCount)
    }

    private var table: NumberTable {
        let isStart = !view.track.initial.isEmpty
        let start: [(HTML, [Attribute?])] = isStart ? [(.text(words.gates.before), [.attribute("data-step", "start")])] : []
        let columns = steps.map { heading($0) }
        let all = view.track.isReverse ? columns + start : start + columns
        let groups = [inputGroup].compactMap { $0 } + symbols.map { group($0) }
        return NumberTable(
            rowHeading: .text(words.step), columnHeadings: all.map { $0.0 }, columnData: all.map { $0.1 }, groups: groups,
            hasTooltips: numberCount <= Self.tooltipLimit)
    }

    /// The step's number, and below it what was read.
    private func heading(_ step: Elision) -> (HTML, [Attribute?]) {
        guard let step = step.index else { return (.text("…"), []) }
        let input = view.track.steps[step].input
        let read = input.indices.contains(view.sequence) ? input[view.sequence] : []
        return (
            HTML {
                "\(step)"
                if let names = view.stepNames { HTML(.span, .class("step-name")) { names[step] } }
            },
            [
                .attribute("data-step", "\(step)"),
                .attribute("data-input", read.isEmpty ? nil : CellPicture.inputText(read, words.layers)),
            ]
        )
    }

    // MARK: Rows

    /// In the order in which a step computes them.
    private var symbols: [String] {
        let known = Set(view.quantities.map { $0.symbol } + (view.track.steps.first?.carried.map { $0.symbol } ?? []))
        let drawn = diagram.map { diagram in
            diagram.nodes.compactMap { node in diagram.wires.first { $0.from == node.id }?.symbol }.filter { known.contains($0) }
        }
        let order = (drawn ?? []) + view.quantities.map { $0.symbol }
        return order.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func quantity(_ symbol: String, step: Int) -> GatesExhibit.Quantity? {
        let step = view.track.steps[step]
        return step.quantities.first { $0.symbol == symbol } ?? step.carried.first { $0.symbol == symbol }
    }

    private func group(_ symbol: String) -> NumberTable.Group {
        let heat: Heat
        if let bounds = view.bounds[symbol] {
            heat = Heat([], leastScale: bounds.upperBound)
        } else {
            heat = Heat(
                (0..<view.stepCount).flatMap { quantity(symbol, step: $0)?.values.flatMap { $0 } ?? [] })
        }
        let isNamed = view.quantities.contains { $0.symbol == symbol }
        let rows = units.map { place -> NumberTable.Row in
            guard let place = place.index else { return .leftOut(words.leftOut(view.units.count - units.count + 1)) }
            return row(symbol, unit: view.units[place], heat)
        }
        return .init(
            heading: heading(of: symbol, isNamed: isNamed), rows: rows,
            data: [
                .class(isNamed ? nil : "carried"), .attribute("data-quantity", symbol),
                .attribute("data-name", isNamed ? view.quantities.first { $0.symbol == symbol }?.name : nil),
                .attribute("data-shape", isNamed ? shape(of: symbol) : nil),
            ])
    }

    /// (N, H), for one step.
    private func shape(of symbol: String) -> String? {
        view.quantities.first { $0.symbol == symbol }.map { [$0.values.count, $0.values.first?.count ?? 0].shapeText }
    }

    private func row(_ symbol: String, unit: Int, _ heat: Heat) -> NumberTable.Row {
        func cell(_ value: Double?) -> NumberTable.Cell {
            value.map { .init(number: NumberFormat.significant.format($0), className: heat.className($0)) } ?? .init()
        }
        let initial = view.track.initial.first { $0.symbol == symbol }?.value(sequence: view.sequence, unit: unit)
        let start = view.track.initial.isEmpty ? [] : [cell(initial)]
        let cells = steps.map { step in
            step.index.map { cell(quantity(symbol, step: $0)?.value(sequence: view.sequence, unit: unit)) } ?? .leftOut
        }
        return .numbers(
            heading: .text("\(unit)"), view.track.isReverse ? cells + start : start + cells,
            data: [.attribute("data-unit", "\(unit)")])
    }

    private func heading(of symbol: String, isNamed: Bool) -> HTML {
        guard isNamed, let quantity = view.quantities.first(where: { $0.symbol == symbol }) else {
            return .text(symbol.reading(backward: view.track.isReverse).subscriptedText)
        }
        return HTML {
            Formula(quantity.tex ?? quantity.symbol).html
            // A quantity of a cell of one's own has no other name.
            if quantity.name != quantity.symbol {
                " "
                HTML(.code) { quantity.name }
            }
        }
    }

    /// x_t, a row for each feature; nil where it was not kept.
    private var inputGroup: NumberTable.Group? {
        guard let count = view.track.steps.first?.input.first?.count, count > 0 else { return nil }
        let values = view.track.steps.map { $0.input.indices.contains(view.sequence) ? $0.input[view.sequence] : [] }
        let heat = Heat(values.flatMap { $0 }), format = NumberFormat.fitting(values.flatMap { $0 })
        let rows = Elision.indices(of: count, limit: Self.featureLimit).rows(words) { feature in
            let cells = steps.map { step -> NumberTable.Cell in
                guard let step = step.index else { return .leftOut }
                guard values[step].indices.contains(feature) else { return .init() }
                let value = values[step][feature]
                return .init(number: format.format(value), className: heat.className(value))
            }
            let start: [NumberTable.Cell] = view.track.initial.isEmpty ? [] : [.init()]
            return .numbers(heading: .text("\(feature)"), view.track.isReverse ? cells + start : start + cells)
        }
        return .init(
            heading: HTML {
                Formula("x").html; " " + words.gates.input
            }, rows: rows, data: [.attribute("data-quantity", "x")])
    }
}
