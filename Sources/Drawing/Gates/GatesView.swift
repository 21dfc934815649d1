import Exhibits

/// One layer in one direction, reading one sequence of the batch: what one part of a gates exhibit shows.
struct GatesView {
    let track: GatesExhibit.Track
    let sequence: Int
    /// The units that are to be looked at.
    let units: [Int]
    /// Between which numbers a quantity lies, by its symbol.
    let bounds: [String: ClosedRange<Double>]
    let stepNames: [String]?

    init(_ exhibit: GatesExhibit, _ track: GatesExhibit.Track, sequence: Int) {
        self.track = track
        self.sequence = sequence
        units = exhibit.units ?? Array(0..<track.unitCount)
        bounds = exhibit.bounds.reduce(into: [:]) { $0[$1.symbol] = $1.lower...$1.upper }
        stepNames = exhibit.stepNames
    }

    var quantities: [GatesExhibit.Quantity] { track.quantities }
    var stepCount: Int { track.steps.count }
    var isEmpty: Bool { stepCount == 0 || track.unitCount == 0 || quantities.isEmpty }

    /// The steps in the order in which they are read.
    var readingOrder: [Int] { track.isReverse ? (0..<stepCount).reversed() : Array(0..<stepCount) }

    /// nil where this quantity has no such unit.
    func value(_ quantity: Int, unit: Int, step: Int) -> Double? {
        track.steps[step].quantities[quantity].value(sequence: sequence, unit: unit)
    }

    /// What was read at a step, or else its number.
    func name(ofStep step: Int) -> String { stepNames?[step] ?? "\(step)" }
}

extension GatesExhibit.Track {
    /// Every step has the same quantities.
    var quantities: [GatesExhibit.Quantity] { steps.first?.quantities ?? [] }

    var sequenceCount: Int { quantities.map { $0.values.count }.max() ?? 0 }
    var unitCount: Int { quantities.flatMap { $0.values }.map { $0.count }.max() ?? 0 }

    /// The states before a step: those that the step read before it left.
    func before(_ time: Int) -> [GatesExhibit.Quantity] {
        let previous = isReverse ? time + 1 : time - 1
        guard steps.indices.contains(previous) else { return initial }
        return steps[previous].quantities.filter { quantity in initial.contains { $0.symbol == quantity.symbol } }
    }
}

extension GatesExhibit.Quantity {
    /// nil where this quantity has no such unit.
    func value(sequence: Int, unit: Int) -> Double? {
        guard values.indices.contains(sequence), values[sequence].indices.contains(unit) else { return nil }
        return values[sequence][unit]
    }
}
