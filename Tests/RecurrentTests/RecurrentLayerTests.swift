import Recurrent
import Samples
import Testing

@Suite("Recurrent layers")
struct RecurrentLayerTests {
    @Test("a layer prints as in PyTorch")
    func description() {
        #expect("\(RNN(inputSize: 100, hiddenSize: 20, numLayers: 2))" == "RNN(100, 20, num_layers=2)")
        #expect("\(LSTM(inputSize: 1, hiddenSize: 64, batchFirst: true))" == "LSTM(1, 64, batch_first=True)")
        #expect(
            "\(GRU(inputSize: 3, hiddenSize: 4, bias: false, dropout: 0.5, bidirectional: true, resetAfter: false))"
                == "GRU(3, 4, bias=False, dropout=0.5, bidirectional=True, reset_after=False)"
        )
        #expect("\(RNNCell(inputSize: 10, hiddenSize: 20))" == "RNNCell(10, 20)")
    }

    @Test("parameters have PyTorch's names, shapes and order")
    func parameters() {
        let parameters = LSTM(inputSize: 3, hiddenSize: 4, numLayers: 2, bidirectional: true).parameters
        #expect(
            parameters.names
                == ["_l0", "_l0_reverse", "_l1", "_l1_reverse"].flatMap { suffix in
                    ["weight_ih", "weight_hh", "bias_ih", "bias_hh"].map { $0 + suffix }
                })
        #expect(parameters["weight_ih_l0"].shape == [16, 3])
        #expect(parameters["weight_ih_l1_reverse"].shape == [16, 8])
        #expect(parameters["bias_hh_l1"].shape == [16])
    }

    @Test("left out states are zeros")
    func noStates() {
        let lstm = LSTM(inputSize: 2, hiddenSize: 3, numLayers: 2)
        let input = Draws(seed: 1).tensor([4, 2, 2])
        #expect(lstm(input).output.values == lstm(input, (.zeros(2, 2, 3), .zeros(2, 2, 3))).output.values)
    }

    /// The parameters of a layer of one layer under the names of its cell.
    private func cellWeights(_ layer: some Layer) -> [String: Tensor] {
        Dictionary(uniqueKeysWithValues: layer.parameters.map { (String($0.name.dropLast(3)), $0.tensor) })
    }

    @Test("RNN: cells in a loop give the layer's very bits", arguments: [RNN.Nonlinearity.tanh, .relu], [true, false])
    func rnnCells(nonlinearity: RNN.Nonlinearity, bias: Bool) throws {
        let draws = Draws(seed: 2)
        let rnn = RNN(inputSize: 7, hiddenSize: 9, nonlinearity: nonlinearity, bias: bias)
        let cell = RNNCell(inputSize: 7, hiddenSize: 9, bias: bias, nonlinearity: nonlinearity)
        try cell.load(cellWeights(rnn))
        let (input, h0) = (draws.tensor([5, 3, 7]), draws.tensor([1, 3, 9]))
        let (output, _) = rnn(input, h0)
        var h = h0[0]
        for t in 0..<5 {
            h = cell(input[t], h)
            #expect(h.values == output[t].values)
        }
    }

    @Test("LSTM: cells in a loop give the layer's very bits", arguments: [false, true], [true, false])
    func lstmCells(peepholes: Bool, bias: Bool) throws {
        let draws = Draws(seed: 2)
        let lstm = LSTM(inputSize: 7, hiddenSize: 9, bias: bias, peepholes: peepholes)
        let cell = LSTMCell(inputSize: 7, hiddenSize: 9, bias: bias, peepholes: peepholes)
        try cell.load(cellWeights(lstm))
        let (input, h0, c0) = (draws.tensor([5, 3, 7]), draws.tensor([1, 3, 9]), draws.tensor([1, 3, 9]))
        let (output, (_, cn)) = lstm(input, (h0, c0))
        var (h, c) = (h0[0], c0[0])
        for t in 0..<5 {
            (h, c) = cell(input[t], (h, c))
            #expect(h.values == output[t].values)
        }
        #expect(c.values == cn.values)
    }

    @Test(
        "GRU: cells in a loop give the layer's very bits", arguments: [true, false],
        [GRU.UpdateGate.keepsPrevious, .takesCandidate])
    func gruCells(resetAfter: Bool, updateGate: GRU.UpdateGate) throws {
        let draws = Draws(seed: 2)
        let gru = GRU(inputSize: 7, hiddenSize: 9, resetAfter: resetAfter, updateGate: updateGate)
        let cell = GRUCell(inputSize: 7, hiddenSize: 9, resetAfter: resetAfter, updateGate: updateGate)
        try cell.load(cellWeights(gru))
        let (input, h0) = (draws.tensor([5, 3, 7]), draws.tensor([1, 3, 9]))
        let (output, _) = gru(input, h0)
        var h = h0[0]
        for t in 0..<5 {
            h = cell(input[t], h)
            #expect(h.values == output[t].values)
        }
    }

    @Test("cells in a loop have a layer's gradients")
    func cellGradients() throws {
        let draws = Draws(seed: 3)
        let (gru, cell) = (GRU(inputSize: 2, hiddenSize: 3), GRUCell(inputSize: 2, hiddenSize: 3))
        try cell.load(Dictionary(uniqueKeysWithValues: gru.parameters.map { (String($0.name.dropLast(3)), $0.tensor) }))
        let input = draws.tensor([5, 2, 2])
        var h = Tensor.zeros(2, 3)
        for t in 0..<5 { h = cell(input[t], h) }
        (h * h).sum().backward()
        let (_, hn) = gru(input)
        (hn * hn).sum().backward()
        for (fromLoop, fromLayer) in zip(cell.parameters, gru.parameters) {
            expectClose(fromLoop.tensor.gradient, try #require(fromLayer.tensor.gradient), within: 1e-14)
        }
    }

    @Test("a stack of cells equals an RNN with two layers")
    func stackOfCells() throws {
        let rnn = RNN(inputSize: 2, hiddenSize: 3, numLayers: 2)
        let (lower, upper) = (RNNCell(inputSize: 2, hiddenSize: 3), RNNCell(inputSize: 3, hiddenSize: 3))
        for (cell, suffix) in [(lower, "_l0"), (upper, "_l1")] {
            try cell.load(Dictionary(uniqueKeysWithValues: cell.parameters.map { ($0.name, rnn.parameters[$0.name + suffix]) }))
        }
        let input = Draws(seed: 4).tensor([4, 2, 2])
        var (h1, h2) = (Tensor.zeros(2, 3), Tensor.zeros(2, 3))
        for t in 0..<4 {
            h1 = lower(input[t], h1)
            h2 = upper(h1, h2)
        }
        #expect(rnn(input).hn.values == h1.values + h2.values)
    }

    /// Runs a batch of sequences of random lengths, in no order, and each of them alone: the bits must be the same.
    ///
    /// `run` gives the output and the final states from input, initial states and lengths.
    private func expectAsIfAlone(
        seed: Int, stateCount: Int,
        _ makeRun: (_ numLayers: Int, _ batchFirst: Bool, _ bidirectional: Bool) -> (Tensor, [Tensor], [Int]?) -> (Tensor, [Tensor])
    ) {
        let draws = Draws(seed: seed)
        let (L, N, layers, batchFirst, bidirectional) = (
            draws.int(1...6), draws.int(1...4), draws.int(1...3), draws.bool(), draws.bool()
        )
        let sides = bidirectional ? 2 : 1
        let run = makeRun(layers, batchFirst, bidirectional)
        let input = draws.tensor(batchFirst ? [N, L, 2] : [L, N, 2])
        let states = (0..<stateCount).map { _ in draws.tensor([layers * sides, N, 3]) }
        let lengths = (0..<N).map { _ in draws.int(1...L) }
        let (output, finals) = run(input, states, lengths)
        func sequence(_ n: Int, of x: Tensor, _ steps: Range<Int>) -> Tensor {
            batchFirst ? x[.range(n..<n + 1), .range(steps)] : x[.range(steps), .range(n..<n + 1)]
        }
        for (n, length) in lengths.enumerated() {
            let (alone, aloneFinals) = run(sequence(n, of: input, 0..<length), states.map { $0[.all, .range(n..<n + 1)] }, nil)
            #expect(sequence(n, of: output, 0..<length).values == alone.values)
            #expect(sequence(n, of: output, length..<L).values.allSatisfy { $0 == 0 })
            #expect(finals.map { $0[.all, .range(n..<n + 1)].values } == aloneFinals.map(\.values))
        }
    }

    @Test("RNN: a sequence in a batch of others is computed as if alone", arguments: 0..<16)
    func rnnLengths(seed: Int) {
        expectAsIfAlone(seed: seed, stateCount: 1) { layers, batchFirst, bidirectional in
            let rnn = RNN(inputSize: 2, hiddenSize: 3, numLayers: layers, batchFirst: batchFirst, bidirectional: bidirectional)
            return { input, states, lengths in
                let (output, hn) = rnn(input, states[0], lengths: lengths)
                return (output, [hn])
            }
        }
    }

    @Test("LSTM: a sequence in a batch of others is computed as if alone", arguments: 0..<16)
    func lstmLengths(seed: Int) {
        expectAsIfAlone(seed: seed, stateCount: 2) { layers, batchFirst, bidirectional in
            let lstm = LSTM(inputSize: 2, hiddenSize: 3, numLayers: layers, batchFirst: batchFirst, bidirectional: bidirectional)
            return { input, states, lengths in
                let (output, (hn, cn)) = lstm(input, (states[0], states[1]), lengths: lengths)
                return (output, [hn, cn])
            }
        }
    }

    @Test("GRU: a sequence in a batch of others is computed as if alone", arguments: 0..<16)
    func gruLengths(seed: Int) {
        expectAsIfAlone(seed: seed, stateCount: 1) { layers, batchFirst, bidirectional in
            let gru = GRU(
                inputSize: 2, hiddenSize: 3, numLayers: layers, batchFirst: batchFirst, bidirectional: bidirectional,
                resetAfter: seed % 2 == 0
            )
            return { input, states, lengths in
                let (output, hn) = gru(input, states[0], lengths: lengths)
                return (output, [hn])
            }
        }
    }

    @Test("what lies past a sequence's end has no influence, even if it is not a number")
    func paddingIsNotRead() {
        let gru = GRU(inputSize: 2, hiddenSize: 3, bidirectional: true)
        let padded = Draws(seed: 6).tensor([3, 2, 2])
        padded[2, 1] = Tensor([.nan, .infinity])
        let (output, hn) = gru(padded, lengths: [3, 2])
        (output.sum() + hn.sum()).backward()
        #expect((output.values + hn.values).allSatisfy { $0.isFinite })
        #expect(gru.parameters.allSatisfy { $0.tensor.gradient!.values.allSatisfy { $0.isFinite } })
    }

    @Test("a reverse direction reads the sequence from its end")
    func reverseDirection() throws {
        let both = RNN(inputSize: 2, hiddenSize: 3, bidirectional: true)
        let forward = RNN(inputSize: 2, hiddenSize: 3)
        try forward.load(
            Dictionary(
                uniqueKeysWithValues: forward.parameters.map {
                    ($0.name, both.parameters[$0.name + "_reverse"])
                }))
        let input = Draws(seed: 7).tensor([4, 1, 2])
        let turned = stacked((0..<4).reversed().map { input[$0] })
        let reverse = both(input).output[.all, .all, .range(3..<6)]
        let expected = forward(turned).output
        for t in 0..<4 { #expect(reverse[t].values == expected[3 - t].values) }
    }

    @Test("dropout changes the output in training and not in evaluation")
    func dropout() {
        let input = Draws(seed: 8).tensor([4, 2, 5])
        let dropping = RNN(inputSize: 5, hiddenSize: 30, numLayers: 2, dropout: 0.5)
        #expect(dropping(input).output.values != dropping(input).output.values)
        dropping.eval()
        #expect(dropping(input).output.values == dropping(input).output.values)
    }

    @Test("both conventions of the update gate are one network with the gate's sign turned")
    func updateGateConventions() throws {
        let (pytorch, s3) = (
            GRU(inputSize: 2, hiddenSize: 3), GRU(inputSize: 2, hiddenSize: 3, updateGate: .takesCandidate)
        )
        var turned: [String: Tensor] = [:]
        for (name, tensor) in pytorch.parameters {
            let copy = tensor.detached()
            for row in 3..<6 { copy[row] = -copy[row] }  // 1 − σ(a) = σ(−a)
            turned[name] = copy
        }
        try s3.load(turned)
        let input = Draws(seed: 9).tensor([4, 2, 2])
        expectClose(s3(input).output, pytorch(input).output, within: 1e-15)
    }

    @Test("loading names every missing, extra and misshapen tensor, and then copies none")
    func loadingFaults() {
        let rnn = RNN(inputSize: 2, hiddenSize: 3)
        let before = rnn.parameters["weight_hh_l0"].values
        let error = #expect(throws: LoadingError.self) {
            try rnn.load([
                "weight_ih_l0": .zeros(2, 3), "weight_hh_l0": .zeros(3, 3), "bias_ih_l0": .zeros(3), "bias_l1": .zeros(3),
            ])
        }
        #expect(error?.missing == ["bias_hh_l0"])
        #expect(error?.extra == ["bias_l1"])
        #expect(error?.misshapen == [.init(name: "weight_ih_l0", expected: [3, 2], got: [2, 3])])
        #expect(rnn.parameters["weight_hh_l0"].values == before)
    }
}
