import Recurrent
import Samples
import Testing

@Suite("Traces, and parameters in the letters of the equations")
struct RecurrentTraceTests {
    @Test("a step knows what the layer computes by the equations' letters, in the order of computation")
    func symbols() {
        let input = Draws(seed: 3).tensor([4, 2, 3])
        let rnn = RNN(inputSize: 3, hiddenSize: 5).trace(input).steps[1]
        #expect(rnn.quantities.map(\.symbol) == ["h"])
        #expect(tanh(rnn.preactivation("h")).values == rnn["h"].values)

        let lstm = LSTM(inputSize: 3, hiddenSize: 5, peepholes: true).trace(input)
        #expect(lstm.steps[1].quantities.map(\.symbol) == ["i", "f", "g", "o", "c", "h"])
        #expect(lstm.steps[1]["f"].values == lstm.steps[1].forgetGate.values)
        #expect(lstm.steps[1].previous("c").values == lstm.steps[0].cellState.values)
        #expect(sigmoid(lstm.steps[1].preactivation("o")).values == lstm.steps[1].outputGate.values)

        let gru = GRU(inputSize: 3, hiddenSize: 5).trace(input).steps[1]
        #expect(gru.quantities.map(\.symbol) == ["r", "z", "n", "h"])
        #expect(tanh(gru.preactivation("n")).values == gru.newGate.values)
    }

    @Test("in reverse the state before step t is the one that step t + 1 left")
    func reverse() {
        let trace = GRU(inputSize: 3, hiddenSize: 5, bidirectional: true).trace(Draws(seed: 4).tensor([4, 2, 3]))
        let steps = trace.tracks[1].steps
        #expect(trace.tracks.map(\.isReverse) == [false, true])
        for t in 0..<3 { #expect(steps[t].previous("h").values == steps[t + 1]["h"].values) }
        #expect(steps[3].previous("h").values == Tensor.zeros(2, 5).values)
        #expect(trace.hn[1].values == steps[0]["h"].values)
    }

    @Test("the steps of a trace are those of the last layer, read forwards")
    func stepsOfLastLayer() {
        let layer = LSTM(inputSize: 3, hiddenSize: 5, numLayers: 2, bidirectional: true)
        let trace = layer.trace(Draws(seed: 6).tensor([4, 2, 3]))
        for t in 0..<4 { #expect(trace.steps[t].hiddenState == trace.output[t, .all, 0..<5]) }
    }

    @Test("a cell's trace is its step, of batches and of single sequences, and reads the cell's own parameters")
    func cells() throws {
        let draws = Draws(seed: 7)
        let (x, h, c) = (draws.tensor([2, 3]), draws.tensor([2, 4]), draws.tensor([2, 4]))

        let rnn = RNNCell(inputSize: 3, hiddenSize: 4, nonlinearity: .relu)
        #expect(rnn.trace(x, h).steps[0].hiddenState == rnn(x, h))
        #expect(rnn.trace(x[1], h[1]).hn == rnn(x[1], h[1]).expandingAxis(0))
        #expect(rnn.trace(x).hn[0] == rnn(x))
        try rnn.load(rnn.parameters.reduce(into: [:]) { $0[$1.name] = $1.tensor * 2 })
        #expect(rnn.trace(x, h).hn[0] == rnn(x, h))

        let lstm = LSTMCell(inputSize: 3, hiddenSize: 4, bias: false, peepholes: true)
        let (step, next) = (lstm.trace(x, (h, c)).steps[0], lstm(x, (h, c)))
        #expect(step.hiddenState == next.h && step.cellState == next.c && step.previous("c") == c)
        #expect(lstm.definition == LSTM.definition(bias: false, peepholes: true))

        let gru = GRUCell(inputSize: 3, hiddenSize: 4, resetAfter: false, updateGate: .takesCandidate)
        #expect(gru.trace(x, h).steps[0].hiddenState == gru(x, h))
        #expect(gru.definition == GRU.definition(resetAfter: false, updateGate: .takesCandidate))
        #expect(gru.layer.description == gru.description)
    }

    @Test("a cell's derivation is of its step, and agrees with the tape")
    func derivationOfCell() {
        let draws = Draws(seed: 8)
        let cell = LSTMCell(inputSize: 3, hiddenSize: 4)
        let (h, c) = (draws.tensor([4]), draws.tensor([4]))
        for x in [draws.variable([3]), draws.variable([1, 3])] {
            let (h, c) = x.shape.count == 1 ? (h, c) : (h.expandingAxis(0), c.expandingAxis(0))
            let derivation = cell.derivation(x, (h, c)) { h in
                #expect(h.shape.count == x.shape.count)
                return (h * h).sum()
            }
            let next = cell(x, (h, c)).h
            (next * next).sum().backward()
            #expect(derivation.loss == (next * next).sum().item)
            expectClose(x.gradient?.reshaped(3), derivation.steps[0].inputGradient.reshaped(3), within: 1e-14)
        }
    }

    @Test("a trace tells the lengths, and past a sequence's end gates are 0 and states stay")
    func lengths() {
        let lstm = LSTM(inputSize: 3, hiddenSize: 5)
        let input = Draws(seed: 5).tensor([4, 2, 3])
        #expect(lstm.trace(input).lengths == nil)
        let trace = lstm.trace(input, lengths: [4, 2])
        #expect(trace.lengths == [4, 2])
        #expect(trace.steps[3]["f"][1].values == Tensor.zeros(5).values)
        #expect(trace.steps[3]["c"][1].values == trace.steps[1]["c"][1].values)
        #expect(trace.cn[0, 1].values == trace.steps[1]["c"][1].values)
    }

    @Test("a track has its parameters as its equations call them, as they were")
    func equationParameters() throws {
        let lstm = LSTM(inputSize: 3, hiddenSize: 2, numLayers: 2, bidirectional: true, peepholes: true)
        let trace = lstm.trace(Draws(seed: 6).tensor([4, 2, 3]))
        let values = lstm.parameters.map { ($0.name, $0.tensor.detached()) }
        try lstm.load(Dictionary(uniqueKeysWithValues: lstm.parameters.map { ($0.name, $0.tensor * 2) }))

        let before = Parameters(values)
        let ofTrack = trace.tracks[3].parameters
        #expect(
            ofTrack.names == [
                "W_ii", "b_ii", "W_hi", "b_hi", "W_if", "b_if", "W_hf", "b_hf",
                "W_ig", "b_ig", "W_hg", "b_hg", "W_io", "b_io", "W_ho", "b_ho", "p_i", "p_f", "p_o",
            ])
        #expect(ofTrack["W_if"].shape == [2, 4])
        #expect(ofTrack["W_if"].values == before["weight_ih_l1_reverse"][2..<4].values)
        #expect(ofTrack["b_ho"].values == before["bias_hh_l1_reverse"][6..<8].values)
        #expect(ofTrack["p_o"].values == before["peephole_l1_reverse"][2].values)
        #expect(trace.parameters["weight_hh_l0"].values == before["weight_hh_l0"].values)

        let rnn = RNN(inputSize: 3, hiddenSize: 2).trace(.zeros(1, 1, 3))
        #expect(rnn.tracks[0].parameters.names == ["W_ih", "b_ih", "W_hh", "b_hh"])
        let gru = GRU(inputSize: 3, hiddenSize: 2, bias: false).trace(.zeros(1, 1, 3))
        #expect(gru.tracks[0].parameters.names == ["W_ir", "W_hr", "W_iz", "W_hz", "W_in", "W_hn"])
    }

    @Test(
        "blocks of parameters come back below one another",
        arguments: [
            (["h"], []), (["i", "f", "g", "o"], []), (["i", "f", "g", "o"], ["i", "f", "o"]), (["r", "z", "n"], []),
        ], [true, false])
    func roundTrip(_ letters: (gates: [String], peepholes: [String]), bias: Bool) {
        let weights = RecurrentWeights(
            inputSize: 3, hiddenSize: 2, gates: letters.gates, bias: bias, peepholes: letters.peepholes)
        let stacked = weights.stackedParameters(weights.equationParameters(weights.parameters))
        #expect(stacked.names == weights.parameters.names)
        for (ours, theirs) in zip(stacked, weights.parameters) {
            #expect(ours.tensor.shape == theirs.tensor.shape)
            #expect(ours.tensor.values == theirs.tensor.values)
        }
        let blocks = weights.equationParameters(weights.parameters)
        let again = weights.equationParameters(weights.stackedParameters(blocks))
        #expect(again.names == blocks.names)
        #expect(again.tensors.map(\.values) == blocks.tensors.map(\.values))
    }
}
