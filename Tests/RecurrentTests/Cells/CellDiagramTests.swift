import Recurrent
import Testing

@Suite("Diagrams of cells")
struct CellDiagramTests {
    /// Each line is a target and all that it reads.
    private func wires(_ targets: KeyValuePairs<String, [String]>) -> Set<[String]> {
        Set(targets.flatMap { target, sources in sources.map { [$0, target] } })
    }

    private func wires(of definition: CellDefinition) -> Set<[String]> {
        Set(definition.diagram.wires.map { [$0.from, $0.to] })
    }

    private func labels(of definition: CellDefinition) -> [String: String] {
        Dictionary(uniqueKeysWithValues: definition.diagram.nodes.map { ($0.id, $0.label) })
    }

    // MARK: Wires, as the papers have them

    @Test("an RNN's state is made of the input and the state before", arguments: [true, false])
    func rnn(bias: Bool) {
        let definition = RNN.definition(nonlinearity: .relu, bias: bias)
        #expect(wires(of: definition) == wires(["h": ["x", "previous-h"], "next-h": ["h"]]))
        #expect(labels(of: definition)["h"] == "relu")
    }

    private static let lstm: KeyValuePairs = [
        "i": ["x", "previous-h"], "f": ["x", "previous-h"], "g": ["x", "previous-h"], "o": ["x", "previous-h"],
        "f_t ⊙ c_{t-1}": ["f", "previous-c"], "i_t ⊙ g_t": ["i", "g"], "c": ["f_t ⊙ c_{t-1}", "i_t ⊙ g_t"],
        "tanh(c_t)": ["c"], "h": ["o", "tanh(c_t)"], "next-c": ["c"], "next-h": ["h"],
    ]

    @Test("the gates of an LSTM read input and hidden state, and its cell state goes on by addition", arguments: [true, false])
    func lstm(bias: Bool) {
        #expect(wires(of: LSTM.definition(bias: bias)) == wires(Self.lstm))
        let labels = labels(of: LSTM.definition(bias: bias))
        #expect(["i", "f", "g", "o", "c", "h", "f_t ⊙ c_{t-1}"].map { labels[$0] } == ["σ", "σ", "tanh", "σ", "+", "×", "×"])
    }

    @Test("by the peepholes two gates see the cell state before, and the output gate the new one")
    func peepholes() {
        let definition = LSTM.definition(peepholes: true)
        #expect(wires(of: definition) == wires(Self.lstm).union([["previous-c", "i"], ["previous-c", "f"], ["c", "o"]]))
        let marks = definition.diagram.wires.filter { !$0.mark.isEmpty }.map { "\($0.from) \($0.to) \($0.mark)" }
        #expect(marks == ["previous-c i p_i ⊙", "previous-c f p_f ⊙", "c o p_o ⊙"])
    }

    @Test(
        "a GRU has the wires of its conventions",
        arguments: [
            (true, GRU.UpdateGate.keepsPrevious), (true, .takesCandidate), (false, .keepsPrevious), (false, .takesCandidate),
        ], [true, false])
    func gru(_ conventions: (resetAfter: Bool, updateGate: GRU.UpdateGate), bias: Bool) {
        let definition = GRU.definition(resetAfter: conventions.resetAfter, updateGate: conventions.updateGate, bias: bias)
        let gates = wires(["r": ["x", "previous-h"], "z": ["x", "previous-h"], "1 - z_t": ["z"], "next-h": ["h"]])
        let candidate =
            conventions.resetAfter
            ? wires([
                "W h_{t-1}": ["previous-h"], "r_t ⊙ W h_{t-1}": ["r", "W h_{t-1}"], "n": ["x", "r_t ⊙ W h_{t-1}"],
            ])
            : wires(["r_t ⊙ h_{t-1}": ["r", "previous-h"], "n": ["x", "r_t ⊙ h_{t-1}"]])
        let state =
            conventions.updateGate == .keepsPrevious
            ? wires([
                "(1 - z_t) ⊙ n_t": ["1 - z_t", "n"], "z_t ⊙ h_{t-1}": ["z", "previous-h"],
                "h": ["(1 - z_t) ⊙ n_t", "z_t ⊙ h_{t-1}"],
            ])
            : wires([
                "(1 - z_t) ⊙ h_{t-1}": ["1 - z_t", "previous-h"], "z_t ⊙ n_t": ["z", "n"],
                "h": ["(1 - z_t) ⊙ h_{t-1}", "z_t ⊙ n_t"],
            ])
        #expect(wires(of: definition) == gates.union(candidate).union(state))
        if conventions.resetAfter { #expect(labels(of: definition)["W h_{t-1}"] == (bias ? "W h_{t-1} + b" : "W h_{t-1}")) }
    }

    @Test("a minimal gated unit has one gate for both its uses")
    func mgu() {
        let definition = CellDefinition(
            "MGU",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
            h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
            """)
        #expect(
            wires(of: definition)
                == wires([
                    "f": ["x", "previous-h"], "f_t ⊙ h_{t-1}": ["f", "previous-h"], "n": ["x", "f_t ⊙ h_{t-1}"], "1 - f_t": ["f"],
                    "(1 - f_t) ⊙ h_{t-1}": ["1 - f_t", "previous-h"], "f_t ⊙ n_t": ["f", "n"],
                    "h": ["(1 - f_t) ⊙ h_{t-1}", "f_t ⊙ n_t"], "next-h": ["h"],
                ]))
    }

    // MARK: Boxes and nodes

    @Test("arithmetic with constants is a box, arithmetic between wires a node, in order where order counts")
    func arithmetic() {
        let definition = CellDefinition(
            "C",
            """
            m_t = 0.9 m_{t-1} + exp(-h_{t-1})
            n_t = -m_t + λ ⊙ tanh²(W x_t)
            d_t = 2 / n_t + 1
            h_t = (d_t - m_t) / n_t
            """)
        let labels = labels(of: definition)
        #expect(labels["0.9 m_{t-1}"] == "0.9 ·" && labels["-h_{t-1}"] == "−" && labels["λ ⊙ tanh^2(W x_t)"] == "λ ⊙")
        #expect(labels["n"] == "−" && labels["tanh^2(W x_t)"] == "(·)²" && labels["2 / n_t"] == "2 ÷" && labels["d"] == "+ 1")
        let ordered = definition.diagram.wires.filter { ["n", "h", "d_t - m_t"].contains($0.to) }.map { [$0.from, $0.to] }
        #expect(
            ordered == [
                ["λ ⊙ tanh^2(W x_t)", "n"], ["m", "n"], ["d", "d_t - m_t"], ["m", "d_t - m_t"], ["d_t - m_t", "h"], ["n", "h"],
            ])
    }

    @Test("what stands twice is computed once, and what is read twice at one node comes by two wires")
    func sharing() {
        let definition = CellDefinition(
            "C",
            """
            f_t = σ(W x_t + U h_{t-1})
            g_t = f_t
            c_t = (1 - f_t) ⊙ c_{t-1}
            h_t = (1 - g_t) ⊙ f_t ⊙ g_t + (1 - f_t)
            """)
        let wires = definition.diagram.wires.map { [$0.from, $0.to] }
        #expect(wires.count { $0[0] == "1 - f_t" } == 2)
        #expect(wires.count { $0[0] == "f" && $0[1] == "1 - f_t" } == 1)
        #expect(wires.count { $0[0] == "f" && $0[1] == "(1 - g_t) ⊙ f_t ⊙ g_t" } == 2)
    }

    // MARK: Numbers

    private func numbers(on definition: CellDefinition, _ quantities: [String: Double]) -> [String: Double] {
        let wires = definition.wireValues(from: quantities.mapValues { [$0] })
        return Dictionary(uniqueKeysWithValues: wires.map { ($0.symbol, $0.values[0]) })
    }

    @Test("what wires carry is worked out for all units at once, in the order in which it is computed")
    func numbersOfUnits() {
        let wires = LSTM.definition.wireValues(from: ["f": [0.5, 0.25], "previous-c": [2, -4], "i": [1, 0.5], "g": [0.5, 1]])
        #expect(wires.map(\.symbol).filter { $0.contains("⊙") } == ["f_t ⊙ c_{t-1}", "i_t ⊙ g_t"])
        #expect(wires.first { $0.symbol == "f_t ⊙ c_{t-1}" }?.values == [1, -1])
        #expect(wires.first { $0.symbol == "i_t ⊙ g_t" }?.values == [0.5, 0.5])
    }

    @Test("a gate lies between 0 and 1, a candidate between −1 and 1, and a state has no such bounds")
    func bounds() {
        #expect(["i", "f", "o"].allSatisfy { LSTM.definition.bounds(of: $0) == 0...1 })
        #expect(LSTM.definition.bounds(of: "g") == -1...1 && GRU.definition().bounds(of: "n") == -1...1)
        #expect(["c", "h"].allSatisfy { LSTM.definition.bounds(of: $0) == nil })
        #expect(RNN.definition(nonlinearity: .relu).bounds(of: "h") == nil && RNN.definition().bounds(of: "h") == -1...1)
    }

    @Test("what is kept of the cell state and what is added make the new one, on a real trace")
    func numbersOfLSTM() {
        let lstm = LSTM(inputSize: 2, hiddenSize: 3)
        let step = lstm.trace(Tensor.randn(4, 1, 2)).tracks[0].steps[2]
        for unit in 0..<3 {
            func value(_ tensor: Tensor) -> Double { tensor.values[unit] }
            let wires = numbers(
                on: LSTM.definition,
                [
                    "i": value(step.inputGate), "f": value(step.forgetGate), "g": value(step.cellGate), "o": value(step.outputGate),
                    "c": value(step.cellState), "h": value(step.hiddenState),
                    "previous-c": value(step.previousCell), "previous-h": value(step.previousHidden),
                ])
            #expect(abs(wires["f_t ⊙ c_{t-1}"]! + wires["i_t ⊙ g_t"]! - value(step.cellState)) < 1e-12)
            #expect(abs(wires["tanh(c_t)"]! * wires["o"]! - value(step.hiddenState)) < 1e-12)
            #expect(wires["c"] == value(step.cellState) && wires["x"] == nil)
        }
    }

    @Test("a GRU's shares add up to its state, and what takes a product with a matrix has no number")
    func numbersOfGRU() {
        let gru = GRU(inputSize: 2, hiddenSize: 3)
        let step = gru.trace(Tensor.randn(4, 1, 2)).tracks[0].steps[3]
        let wires = numbers(
            on: GRU.definition(),
            [
                "r": step.resetGate.values[1], "z": step.updateGate.values[1], "n": step.candidate.values[1],
                "h": step.hiddenState.values[1], "previous-h": step.previousHidden.values[1],
            ])
        #expect(abs(wires["(1 - z_t) ⊙ n_t"]! + wires["z_t ⊙ h_{t-1}"]! - step.hiddenState.values[1]) < 1e-12)
        #expect(wires["1 - z_t"] == 1 - step.updateGate.values[1])
        let withMatrix = ["W_{hn} h_{t-1} + b_{hn}", "r_t ⊙ (W_{hn} h_{t-1} + b_{hn})"]
        #expect(Set(withMatrix).isSubset(of: GRU.definition().diagram.wires.map(\.symbol)))
        #expect(withMatrix.allSatisfy { wires[$0] == nil })
    }
}
