import Recurrent

/// Shows every value of every unit at every time step of an RNN.
public func show(gates trace: RNNTrace) {
    show(gates: TraceReading(trace))
}

/// Shows every gate and state of every unit at every time step of an LSTM.
public func show(gates trace: LSTMTrace) {
    show(gates: TraceReading(trace))
}

/// Shows every gate and state of every unit at every time step of a GRU, with the equations of its conventions.
public func show(gates trace: GRUTrace) {
    show(gates: TraceReading(trace))
}

private func show(gates reading: TraceReading) {
    let tracks = reading.tracks.map { track in
        let first = track.isReverse ? track.steps.last : track.steps.first
        return GatesExhibit.Track(
            layer: track.layer, isReverse: track.isReverse,
            steps: track.steps.map { .init(quantities: $0.quantities.map(GatesExhibit.Quantity.init)) },
            initial: first?.previous.map(GatesExhibit.Quantity.init) ?? [])
    }
    let equations = reading.form.equations(reading.terms).map { "\($0.symbol)_t = \($0.tex)" }
    Recorder.current.show(.gates(GatesExhibit(
        layer: reading.form.kind.rawValue, equations: equations, tracks: tracks, form: reading.form)))
}

extension GatesExhibit.Quantity {
    fileprivate init(_ quantity: TraceReading.Quantity) {
        self.init(name: quantity.name, symbol: quantity.symbol, values: quantity.tensor.matrixRows)
    }
}
