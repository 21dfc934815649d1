import Recurrent

/// What the exhibits read from a trace, the same for RNN, LSTM and GRU.
package struct TraceReading {
    /// One layer in one direction.
    struct Track {
        /// Counts from 0.
        var layer: Int
        var isReverse: Bool
        /// In time order.
        var steps: [Step]

        /// The ending of the layer's parameters: `_l0_reverse`.
        var suffix: String { "_l\(layer)" + (isReverse ? "_reverse" : "") }
    }

    struct Step {
        /// x_t (N, D)
        var input: Tensor
        /// h_{t−1}, and c_{t−1} of an LSTM (N, H each).
        var previous: [Quantity]
        /// Gates, states and outputs, in the order in which they are computed.
        var quantities: [Quantity]
        /// What stands inside the functions, by the symbol of what it becomes.
        var preactivations: [String: Tensor]
    }

    struct Quantity {
        /// As the trace calls it: `forgetGate`.
        var name: String
        /// As the equations call it: `f`.
        var symbol: String
        /// (N, H)
        var tensor: Tensor

        init(_ name: String, _ symbol: String, _ tensor: Tensor) {
            self.name = name
            self.symbol = symbol
            self.tensor = tensor
        }
    }

    var form: CellForm
    var tracks: [Track]
    var parameters: Parameters
}

extension TraceReading {
    package init(_ trace: RNNTrace) {
        form = CellForm(.rnn, function: trace.nonlinearity == .tanh ? "tanh" : "relu")
        parameters = trace.parameters
        tracks = Self.tracks(trace.tracks) { step in
            Step(
                input: step.input, previous: [.init("previousHidden", "h", step.previousHidden)],
                quantities: [.init("hiddenState", "h", step.hiddenState)], preactivations: ["h": step.preactivation])
        }
    }

    package init(_ trace: LSTMTrace) {
        form = CellForm(.lstm)
        parameters = trace.parameters
        tracks = Self.tracks(trace.tracks) { step in
            Step(
                input: step.input,
                previous: [.init("previousHidden", "h", step.previousHidden), .init("previousCell", "c", step.previousCell)],
                quantities: [
                    .init("inputGate", "i", step.inputGate), .init("forgetGate", "f", step.forgetGate),
                    .init("cellGate", "g", step.cellGate), .init("outputGate", "o", step.outputGate),
                    .init("cellState", "c", step.cellState), .init("hiddenState", "h", step.hiddenState),
                ],
                preactivations: [
                    "i": step.inputPreactivation, "f": step.forgetPreactivation,
                    "g": step.cellPreactivation, "o": step.outputPreactivation,
                ])
        }
    }

    package init(_ trace: GRUTrace) {
        form = CellForm(
            .gru, resetAfter: trace.resetAfter, updateTakesCandidate: trace.updateGate == .takesCandidate)
        parameters = trace.parameters
        tracks = Self.tracks(trace.tracks) { step in
            Step(
                input: step.input, previous: [.init("previousHidden", "h", step.previousHidden)],
                quantities: [
                    .init("resetGate", "r", step.resetGate), .init("updateGate", "z", step.updateGate),
                    .init("candidate", "n", step.candidate), .init("hiddenState", "h", step.hiddenState),
                ],
                preactivations: [
                    "r": step.resetPreactivation, "z": step.updatePreactivation, "n": step.candidatePreactivation,
                ])
        }
    }

    private static func tracks<TraceStep>(
        _ tracks: [RecurrentTrack<TraceStep>], _ read: (TraceStep) -> Step
    ) -> [Track] {
        tracks.map { Track(layer: $0.layer, isReverse: $0.isReverse, steps: $0.steps.map(read)) }
    }
}

// MARK: - One unit at one step

/// Where in a trace something is to be shown.
package struct TracePlace {
    /// nil for the last layer.
    var layer: Int?
    var isReverse: Bool
    var step: Int
    var sequence: Int
    var unit: Int

    package init(layer: Int? = nil, isReverse: Bool = false, step: Int, sequence: Int = 0, unit: Int) {
        self.layer = layer
        self.isReverse = isReverse
        self.step = step
        self.sequence = sequence
        self.unit = unit
    }
}

extension TraceReading {
    /// The track and step of a place. Ends the program, in the name of `caller`, where there is no such place.
    func find(_ place: TracePlace, for caller: String) -> (track: Track, step: Step) {
        let layer = place.layer ?? tracks.map(\.layer).max() ?? 0
        guard let track = tracks.first(where: { $0.layer == layer && $0.isReverse == place.isReverse }) else {
            let direction = place.isReverse ? " that reads in reverse" : ""
            fatalError("\(caller): the trace has no layer \(layer)\(direction); it has \(tracks.count) track(s)")
        }
        func check(_ name: String, _ index: Int, _ count: Int) {
            guard !(0..<count).contains(index) else { return }
            fatalError("\(caller): \(name) must be in 0..<\(count); got \(index)")
        }
        check("step", place.step, track.steps.count)
        let step = track.steps[place.step]
        check("sequence", place.sequence, step.input.shape[0])
        check("unit", place.unit, step.quantities[0].tensor.shape[1])
        return (track, step)
    }
}

extension Tensor {
    /// The values of one row of a matrix.
    func row(_ index: Int) -> [Double] {
        let width = shape[1]
        return Array(values[index * width..<(index + 1) * width])
    }
}
