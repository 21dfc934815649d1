import Exhibits

/// The largest change of a gate from one step to the next: what to look at first in a trace.
struct GateMove: Hashable {
    /// Among the quantities of a step.
    var quantity: Int
    var unit: Int
    /// The later step, in the order of reading.
    var step: Int
    var from: Double
    var to: Double

    var size: Double { (to - from).magnitude }
}

/// The first value of a trace that is no finite number, in the order of reading: it comes before all else.
struct BrokenValue: Hashable {
    /// Among the quantities of a step.
    var quantity: Int
    var unit: Int
    var step: Int
    var value: Double
    /// How many values are broken.
    var count: Int
}

extension GatesView {
    /// nil where all values are finite.
    var firstBroken: BrokenValue? {
        var first: BrokenValue?
        for step in readingOrder {
            for quantity in quantities.indices {
                for unit in units {
                    guard let value = value(quantity, unit: unit, step: step), !value.isFinite else { continue }
                    if first == nil { first = BrokenValue(quantity: quantity, unit: unit, step: step, value: value, count: 0) }
                    first?.count += 1
                }
            }
        }
        return first
    }

    /// The unit and step that the cell is shown at.
    var firstPlace: (unit: Int, step: Int) {
        if let broken = firstBroken { return (broken.unit, broken.step) }
        return largestMove.map { ($0.unit, $0.step) } ?? (units[0], readingOrder[0])
    }

    /// The gates, which lie between 0 and 1; all quantities of a cell that has none.
    var gates: [Int] {
        let gates = quantities.indices.filter { bounds[quantities[$0].symbol] == 0...1 }
        return gates.isEmpty ? Array(quantities.indices) : gates
    }

    /// nil where there is no second step, or nothing moves.
    var largestMove: GateMove? {
        var largest: GateMove?
        for quantity in gates {
            for unit in units {
                for (earlier, later) in zip(readingOrder, readingOrder.dropFirst()) {
                    guard let from = value(quantity, unit: unit, step: earlier), from.isFinite,
                        let to = value(quantity, unit: unit, step: later), to.isFinite
                    else { continue }
                    let move = GateMove(quantity: quantity, unit: unit, step: later, from: from, to: to)
                    if move.size > largest?.size ?? 0 { largest = move }
                }
            }
        }
        return largest
    }

    /// That of the largest move, and units whose quantities move most over the trace, in order; the others are in the table.
    func tellingUnits(limit: Int) -> [Int] {
        guard units.count > limit else { return units }
        let first = largestMove.map { [$0.unit] } ?? []
        return (first + unitsByMovement.filter { !first.contains($0) }).prefix(limit).sorted()
    }

    /// First those whose quantities move most over the trace.
    var unitsByMovement: [Int] {
        let moved = units.map { unit in (unit: unit, spread: quantities.indices.reduce(0) { $0 + spread(of: $1, unit: unit) }) }
        return moved.sorted { ($1.spread, $0.unit) < ($0.spread, $1.unit) }.map { $0.unit }
    }

    /// From the least to the greatest of a unit's values, as a share of what the quantity takes over all units.
    private func spread(of quantity: Int, unit: Int) -> Double {
        let values = (0..<stepCount).compactMap { value(quantity, unit: unit, step: $0) }.filter { $0.isFinite }
        guard let least = values.min(), let greatest = values.max() else { return 0 }
        let whole = scale(of: quantity)
        return (greatest / 2 - least / 2) / whole
    }

    /// The greatest size of a quantity.
    private func scale(of quantity: Int) -> Double {
        if let bounds = bounds[quantities[quantity].symbol] { return bounds.upperBound }
        return Heat(values(of: quantity)).scale
    }

    /// At every step, in every sequence and unit.
    func values(of quantity: Int) -> [Double] {
        track.steps.filter { $0.quantities.indices.contains(quantity) }.flatMap { $0.quantities[quantity].values.flatMap { $0 } }
    }
}
