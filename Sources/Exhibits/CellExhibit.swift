import Recurrent

/// A drawing of a cell whose lines carry the values of one unit at one step: `show(diagram: trace, step: 2, unit: 0)`.
public struct CellExhibit: Codable, Hashable, Sendable {
    public struct Value: Codable, Hashable, Sendable {
        /// As `CellExhibit` draws it: `f`, `previous-c`, `kept`.
        public var symbol: String
        public var value: Double

        public init(symbol: String, value: Double) {
            self.symbol = symbol
            self.value = value
        }
    }

    public var form: CellForm
    public var layer: Int
    public var isReverse: Bool
    public var step: Int
    public var sequence: Int
    public var unit: Int
    public var input: [Double]
    public var values: [Value]

    public init(
        form: CellForm, layer: Int, isReverse: Bool, step: Int, sequence: Int, unit: Int, input: [Double], values: [Value]
    ) {
        self.form = form
        self.layer = layer
        self.isReverse = isReverse
        self.step = step
        self.sequence = sequence
        self.unit = unit
        self.input = input
        self.values = values
    }
}

extension CellExhibit: ExhibitContent {
    /// For the terminal: one value a line.
    var terminalText: String {
        (["\(form.kind.rawValue) layer \(layer), step \(step), unit \(unit): input \(input)"]
            + values.map { "  \($0.symbol) = \($0.value)" }).joined(separator: "\n")
    }
}

// MARK: - Showing

/// Draws an RNN's cell with the values of one unit at one step; `layer` is the last one if left out.
public func show(
    diagram trace: RNNTrace, step: Int, unit: Int = 0, layer: Int? = nil, reverse: Bool = false, sequence: Int = 0
) {
    show(
        cell: TraceReading(trace),
        at: TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit))
}

/// Draws an LSTM's cell with the values of one unit at one step; `layer` is the last one if left out.
public func show(
    diagram trace: LSTMTrace, step: Int, unit: Int = 0, layer: Int? = nil, reverse: Bool = false, sequence: Int = 0
) {
    show(
        cell: TraceReading(trace),
        at: TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit))
}

/// Draws a GRU's cell, by its conventions, with the values of one unit at one step; `layer` is the last one if left out.
public func show(
    diagram trace: GRUTrace, step: Int, unit: Int = 0, layer: Int? = nil, reverse: Bool = false, sequence: Int = 0
) {
    show(
        cell: TraceReading(trace),
        at: TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit))
}

private func show(cell reading: TraceReading, at place: TracePlace) {
    let (track, step) = reading.find(place, for: "show(diagram:)")
    func value(_ tensor: Tensor) -> Double { tensor.row(place.sequence)[place.unit] }
    var values: [String: Double] = [:]
    for quantity in step.quantities { values[quantity.symbol] = value(quantity.tensor) }
    for quantity in step.previous { values["previous-" + quantity.symbol] = value(quantity.tensor) }
    switch reading.form.kind {
    case .rnn:
        values["a"] = value(step.preactivations["h"]!)
    case .lstm:
        values["kept"] = values["f"]! * values["previous-c"]!
        values["added"] = values["i"]! * values["g"]!
        values["tanh-c"] = tanh(values["c"]!)
    case .gru:
        values["rest"] = 1 - values["z"]!
    }
    let listed = values.sorted { $0.key < $1.key }.map { CellExhibit.Value(symbol: $0.key, value: $0.value) }
    Recorder.current.show(.cell(CellExhibit(
        form: reading.form, layer: track.layer, isReverse: track.isReverse, step: place.step, sequence: place.sequence,
        unit: place.unit, input: step.input.row(place.sequence), values: listed)))
}
