import Recurrent

/// Every gate, state and output of every unit at every time step of a recurrent layer: `show(gates: trace)`.
package struct GatesExhibit: Codable, Hashable, Sendable {
    /// One layer in one direction.
    package struct Track: Codable, Hashable, Sendable {
        /// Counts from 0, as in `weight_ih_l0`.
        package var layer: Int
        package var isReverse: Bool
        /// In time order: `steps[t]` is step t, also for the reverse direction.
        package var steps: [Step]
        /// The states before the step that is read first.
        package var initial: [Quantity]

        package init(layer: Int, isReverse: Bool, steps: [Step], initial: [Quantity] = []) {
            self.layer = layer
            self.isReverse = isReverse
            self.steps = steps
            self.initial = initial
        }
    }

    package struct Step: Codable, Hashable, Sendable {
        /// x_t, indexed by sequence of the batch, then by feature.
        package var input: [[Double]]
        /// In the order in which the layer computes them.
        package var quantities: [Quantity]
        /// What the diagram's wires carry between them and has no name of its own, such as f_t ⊙ c_{t−1}.
        package var carried: [Quantity]

        package init(input: [[Double]] = [], quantities: [Quantity], carried: [Quantity] = []) {
            self.input = input
            self.quantities = quantities
            self.carried = carried
        }
    }

    package struct Quantity: Codable, Hashable, Sendable {
        /// As the trace calls it: `forgetGate`.
        package var name: String
        /// As the equations call it: `f`.
        package var symbol: String
        /// Indexed by sequence of the batch, then by unit.
        package var values: [[Double]]
        /// The symbol as TeX; nil where it is the same.
        package var tex: String?

        package init(name: String, symbol: String, values: [[Double]], tex: String? = nil) {
            self.name = name
            self.symbol = symbol
            self.values = values
            self.tex = tex
        }
    }

    /// Between which numbers a quantity lies, whatever the weights are.
    package struct Bounds: Codable, Hashable, Sendable {
        package var symbol: String
        package var lower: Double
        package var upper: Double

        package init(symbol: String, lower: Double, upper: Double) {
            self.symbol = symbol
            self.lower = lower
            self.upper = upper
        }
    }

    /// `RNN`, `LSTM` or `GRU`.
    package var layer: String
    /// What tells the cell from others of its name.
    package var variants: [CellVariant]?
    /// The layer's equations as TeX, in the order in which it computes them.
    package var equations: [String]
    package var tracks: [Track]
    /// The layer's cell; nil where it is not to be drawn.
    package var diagram: CellDiagram?
    /// Of the quantities that have such.
    package var bounds: [Bounds]
    /// What was read at each step, such as words; nil where steps go by their numbers.
    package var stepNames: [String]?
    /// The units to be looked at; nil for all.
    package var units: [Int]?

    package init(
        layer: String, equations: [String], tracks: [Track], diagram: CellDiagram? = nil, bounds: [Bounds] = [],
        stepNames: [String]? = nil, units: [Int]? = nil, variants: [CellVariant]? = nil
    ) {
        self.layer = layer
        self.variants = variants
        self.equations = equations
        self.tracks = tracks
        self.diagram = diagram
        self.bounds = bounds
        self.stepNames = stepNames
        self.units = units
    }
}

extension GatesExhibit: ExhibitContent {
    package static var kind: String { "gates" }

    /// For the terminal: one quantity a line, for every sequence of every step of every track.
    package var terminalText: String {
        tracks.map { track in
            let title = "\(layer) layer \(track.layer)\(track.isReverse ? ", reverse" : "")"
            let steps = track.steps.enumerated().map { time, step in
                let input =
                    step.input.isEmpty ? [] : ["  x_\(time)\(stepNames.map { " “\($0[time])”" } ?? "") = \(Tensor(step.input))"]
                let quantities = step.quantities.map { quantity in "  \(quantity.symbol)_\(time) = \(Tensor(quantity.values))" }
                return (input + quantities).joined(separator: "\n")
            }
            return ([title] + steps).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows every gate and state at every time step of a recurrent layer, with its input and its equations.
///
/// - Parameters:
///   - steps: what was read at each step, such as the words of a sentence; 0, 1, 2 … if left out.
///   - units: the units to be shown; all if left out.
public func show(gates trace: RecurrentTrace<some RecurrentLayer>, steps: [String]? = nil, units: [Int]? = nil) {
    do {
        Recorder.current.show(try GatesExhibit(trace, steps: steps, units: units))
    } catch {
        fatalError("show(gates:): \(error)")
    }
}

extension GatesExhibit {
    package init(_ trace: RecurrentTrace<some RecurrentLayer>) {
        let definition = trace.layer.definition
        let tracks = trace.tracks.map { track in
            let first = track.isReverse ? track.steps.last : track.steps.first
            return Track(
                layer: track.layer, isReverse: track.isReverse, steps: track.steps.map { Step($0, of: definition) },
                initial: first?.previous.map { Quantity($0, of: definition, role: "previous-" + $0.symbol) } ?? [])
        }
        let symbols = tracks.first?.steps.first?.quantities.map { $0.symbol } ?? []
        self.init(
            layer: definition.name, equations: definition.tex, tracks: tracks, diagram: definition.diagram,
            bounds: symbols.compactMap { symbol in
                definition.bounds(of: symbol).map { Bounds(symbol: symbol, lower: $0.lowerBound, upper: $0.upperBound) }
            }, variants: definition.variants)
    }

    /// - Throws: for names of more or fewer steps than there are, and for units that the layer has not.
    package init(
        _ trace: RecurrentTrace<some RecurrentLayer>, steps: [String]?, units: [Int]?
    ) throws(ShowMisuse) {
        self.init(trace)
        if let steps { stepNames = try names(steps, of: "step", count: tracks.first?.steps.count ?? 0) }
        if let units { self.units = try Self.checked(units, in: tracks) }
    }

    /// Units that the layer has, each once.
    private static func checked(_ units: [Int], in tracks: [Track]) throws(ShowMisuse) -> [Int] {
        let count = tracks.flatMap { $0.steps.first?.quantities ?? [] }.map { $0.values.first?.count ?? 0 }.max() ?? 0
        guard !units.isEmpty else {
            throw ShowMisuse(description: "needs at least one unit, or none named for all \(count); got []")
        }
        for unit in units where !(0..<count).contains(unit) {
            throw ShowMisuse(description: "each unit must be in 0..<\(count); got \(unit)")
        }
        guard Set(units).count == units.count else { throw ShowMisuse(description: "each unit is named once; got \(units)") }
        return units
    }
}

extension GatesExhibit.Step {
    fileprivate init(_ step: RecurrentTrace<some RecurrentLayer>.Step, of definition: CellDefinition) {
        let sequences = step.input.matrixRows
        let named = step.quantities.map { ($0.symbol, $0.tensor) } + step.previous.map { ("previous-" + $0.symbol, $0.tensor) }
        let known = Set(named.map { $0.0 })
        let wires = sequences.indices.map { sequence in
            definition.wireValues(from: Dictionary(uniqueKeysWithValues: named.map { ($0.0, $0.1.row(sequence)) }))
                .filter { !known.contains($0.symbol) }
        }
        self.init(
            input: sequences,
            quantities: step.quantities.map { GatesExhibit.Quantity($0, of: definition, role: $0.symbol) },
            carried: (wires.first ?? []).indices.map { index in
                .init(name: wires[0][index].symbol, symbol: wires[0][index].symbol, values: wires.map { $0[index].values })
            })
    }
}

extension GatesExhibit.Quantity {
    /// - Parameter role: what the definition's table of names calls it by.
    fileprivate init(_ quantity: (symbol: String, tensor: Tensor), of definition: CellDefinition, role: String) {
        self.init(
            name: definition.role(of: role) ?? quantity.symbol, symbol: quantity.symbol, values: quantity.tensor.matrixRows,
            tex: definition.tex(of: quantity.symbol))
    }
}
