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
        /// In the order in which the layer computes them.
        package var quantities: [Quantity]

        package init(quantities: [Quantity]) {
            self.quantities = quantities
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

    /// `RNN`, `LSTM` or `GRU`.
    package var layer: String
    /// The layer's equations as TeX, in the order in which it computes them.
    package var equations: [String]
    package var tracks: [Track]
    /// The layer's cell; nil where it is not to be drawn.
    package var diagram: CellDiagram?

    package init(layer: String, equations: [String], tracks: [Track], diagram: CellDiagram? = nil) {
        self.layer = layer
        self.equations = equations
        self.tracks = tracks
        self.diagram = diagram
    }
}

extension GatesExhibit: ExhibitContent {
    package static var kind: String { "gates" }

    /// For the terminal: one quantity a line, for every sequence of every step of every track.
    package var terminalText: String {
        tracks.map { track in
            let title = "\(layer) layer \(track.layer)\(track.isReverse ? ", reverse" : "")"
            let steps = track.steps.enumerated().map { time, step in
                step.quantities.map { quantity in
                    "  \(quantity.symbol)_\(time) = \(Tensor(quantity.values))"
                }.joined(separator: "\n")
            }
            return ([title] + steps).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows every gate and state of every unit at every time step of a recurrent layer, with its equations.
public func show(gates trace: RecurrentTrace<some RecurrentLayer>) {
    Recorder.current.show(GatesExhibit(trace))
}

extension GatesExhibit {
    package init(_ trace: RecurrentTrace<some RecurrentLayer>) {
        let definition = trace.layer.definition
        func quantity(_ symbol: String, _ tensor: Tensor, _ name: String?) -> Quantity {
            Quantity(name: name ?? symbol, symbol: symbol, values: tensor.matrixRows, tex: definition.tex(of: symbol))
        }
        let tracks = trace.tracks.map { track in
            let first = track.isReverse ? track.steps.last : track.steps.first
            return Track(
                layer: track.layer, isReverse: track.isReverse,
                steps: track.steps.map { step in
                    Step(quantities: step.quantities.map { quantity($0.symbol, $0.tensor, definition.role(of: $0.symbol)) })
                },
                initial: first?.previous.map { quantity($0.symbol, $0.tensor, definition.role(of: "previous-" + $0.symbol)) } ?? [])
        }
        self.init(layer: definition.name, equations: definition.tex, tracks: tracks, diagram: definition.diagram)
    }
}
