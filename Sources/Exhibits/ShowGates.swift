import Recurrent

/// Shows every gate and state of every unit at every time step of a recurrent layer, with its equations.
public func show(gates trace: RecurrentTrace<some RecurrentLayer>) {
    Recorder.current.show(.gates(GatesExhibit(trace)))
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
