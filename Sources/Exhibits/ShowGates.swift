import Recurrent

/// Shows every value of every unit at every time step of an RNN.
public func show(gates trace: RNNTrace) {
    let equation = #"h_t = \%@\left(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}\right)"#
    let function = trace.nonlinearity == .tanh ? "tanh" : "operatorname{relu}"
    Recorder.current.show(.gates(GatesExhibit(
        layer: "RNN",
        equations: [equation.replacing("%@", with: function)],
        tracks: trace.tracks.map { track in
            GatesExhibit.Track(layer: track.layer, isReverse: track.isReverse, steps: track.steps.map { step in
                GatesExhibit.Step(quantities: [.init("hiddenState", "h", step.hiddenState)])
            })
        })))
}

/// Shows every gate and state of every unit at every time step of an LSTM.
public func show(gates trace: LSTMTrace) {
    Recorder.current.show(.gates(GatesExhibit(
        layer: "LSTM",
        equations: [
            #"i_t = \sigma(W_{ii} x_t + b_{ii} + W_{hi} h_{t-1} + b_{hi})"#,
            #"f_t = \sigma(W_{if} x_t + b_{if} + W_{hf} h_{t-1} + b_{hf})"#,
            #"g_t = \tanh(W_{ig} x_t + b_{ig} + W_{hg} h_{t-1} + b_{hg})"#,
            #"o_t = \sigma(W_{io} x_t + b_{io} + W_{ho} h_{t-1} + b_{ho})"#,
            #"c_t = f_t \odot c_{t-1} + i_t \odot g_t"#,
            #"h_t = o_t \odot \tanh(c_t)"#,
        ],
        tracks: trace.tracks.map { track in
            GatesExhibit.Track(layer: track.layer, isReverse: track.isReverse, steps: track.steps.map { step in
                GatesExhibit.Step(quantities: [
                    .init("inputGate", "i", step.inputGate), .init("forgetGate", "f", step.forgetGate),
                    .init("cellGate", "g", step.cellGate), .init("outputGate", "o", step.outputGate),
                    .init("cellState", "c", step.cellState), .init("hiddenState", "h", step.hiddenState),
                ])
            })
        })))
}

/// Shows every gate and state of every unit at every time step of a GRU, with the equations of its conventions.
public func show(gates trace: GRUTrace) {
    let candidate = trace.resetAfter
        ? #"n_t = \tanh\left(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn})\right)"#
        : #"n_t = \tanh\left(W_{in} x_t + b_{in} + W_{hn} (r_t \odot h_{t-1}) + b_{hn}\right)"#
    let mixture = switch trace.updateGate {
    case .keepsPrevious: #"h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}"#
    case .takesCandidate: #"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot n_t"#
    }
    Recorder.current.show(.gates(GatesExhibit(
        layer: "GRU",
        equations: [
            #"r_t = \sigma(W_{ir} x_t + b_{ir} + W_{hr} h_{t-1} + b_{hr})"#,
            #"z_t = \sigma(W_{iz} x_t + b_{iz} + W_{hz} h_{t-1} + b_{hz})"#,
            candidate, mixture,
        ],
        tracks: trace.tracks.map { track in
            GatesExhibit.Track(layer: track.layer, isReverse: track.isReverse, steps: track.steps.map { step in
                GatesExhibit.Step(quantities: [
                    .init("resetGate", "r", step.resetGate), .init("updateGate", "z", step.updateGate),
                    .init("candidate", "n", step.candidate), .init("hiddenState", "h", step.hiddenState),
                ])
            })
        })))
}

extension GatesExhibit.Quantity {
    /// - Parameter tensor: (N, H)
    fileprivate init(_ name: String, _ symbol: String, _ tensor: Tensor) {
        let width = tensor.shape[1]
        self.init(name: name, symbol: symbol, values: (0..<tensor.shape[0]).map { sequence in
            Array(tensor.values[sequence * width..<(sequence + 1) * width])
        })
    }
}
