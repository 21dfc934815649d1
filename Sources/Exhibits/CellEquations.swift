import Recurrent

/// Which of the optional terms a layer's equations have.
struct OptionalTerms {
    var bias: Bool
    var peepholes: Bool
}

extension TraceReading {
    var terms: OptionalTerms {
        OptionalTerms(
            bias: parameters.names.contains { $0.hasPrefix("bias") },
            peepholes: parameters.names.contains { $0.hasPrefix("peephole") })
    }
}

extension CellForm {
    /// The right sides of the cell's equations as TeX, in the order in which they are computed.
    func equations(_ terms: OptionalTerms) -> [(symbol: String, tex: String)] {
        func bias(_ name: String) -> String { terms.bias ? " + b_{\(name)}" : "" }
        /// W_i x_t + b_i + W_h h_{t−1} + b_h of one gate.
        func inner(_ gate: String) -> String {
            "W_{i\(gate)} x_t\(bias("i" + gate)) + W_{h\(gate)} h_{t-1}\(bias("h" + gate))"
        }
        func peephole(_ gate: String, _ time: String) -> String {
            terms.peepholes ? #" + p_\#(gate) \odot c_{\#(time)}"# : ""
        }
        switch kind {
        case .rnn:
            let name = function == "tanh" ? #"\tanh"# : #"\operatorname{relu}"#
            let inner = "W_{ih} x_t\(bias("ih")) + W_{hh} h_{t-1}\(bias("hh"))"
            return [("h", #"\#(name)\left(\#(inner)\right)"#)]
        case .lstm:
            let cell = ("c", #"f_t \odot c_{t-1} + i_t \odot g_t"#)
            let output = ("o", #"\sigma(\#(inner("o"))\#(peephole("o", "t")))"#)
            return [
                ("i", #"\sigma(\#(inner("i"))\#(peephole("i", "t-1")))"#),
                ("f", #"\sigma(\#(inner("f"))\#(peephole("f", "t-1")))"#),
                ("g", #"\tanh(\#(inner("g")))"#),
            ] + (terms.peepholes ? [cell, output] : [output, cell])  // with peepholes o_t sees c_t
                + [("h", #"o_t \odot \tanh(c_t)"#)]
        case .gru:
            let hidden = "W_{hn} h_{t-1}\(bias("hn"))"
            let candidate = resetAfter
                ? #"\tanh\left(W_{in} x_t\#(bias("in")) + r_t \odot \#(terms.bias ? "(\(hidden))" : hidden)\right)"#
                : #"\tanh\left(W_{in} x_t\#(bias("in")) + W_{hn} (r_t \odot h_{t-1})\#(bias("hn"))\right)"#
            return [
                ("r", #"\sigma(\#(inner("r")))"#), ("z", #"\sigma(\#(inner("z")))"#), ("n", candidate),
                ("h", updateTakesCandidate
                    ? #"(1 - z_t) \odot h_{t-1} + z_t \odot n_t"# : #"(1 - z_t) \odot n_t + z_t \odot h_{t-1}"#),
            ]
        }
    }
}
