import Recurrent
import Testing

@Suite("Three ways to a recurrent layer's gradients agree")
struct RecurrentGradientTests {
    /// A random layer with random options, its input, states and lengths.
    struct Case {
        let options: (inputSize: Int, hiddenSize: Int, numLayers: Int, bias: Bool, batchFirst: Bool, bidirectional: Bool)
        let input: Tensor
        let states: [Tensor]
        let lengths: [Int]?
        let outputWeight: Tensor
        let stateWeights: [Tensor]
        let draws: Draws

        init(seed: Int, stateCount: Int) {
            draws = Draws(seed: seed)
            let (L, N, D, H) = (draws.int(1...5), draws.int(1...3), draws.int(1...4), draws.int(1...4))
            options = (D, H, draws.int(1...3), draws.bool(), draws.bool(), draws.bool())
            let directions = options.bidirectional ? 2 : 1
            input = draws.variable(options.batchFirst ? [N, L, D] : [L, N, D])
            states = (0..<stateCount).map { [draws, options] _ in draws.variable([options.numLayers * directions, N, H]) }
            lengths = draws.bool() ? (0..<N).map { [draws] _ in draws.int(1...L) } : nil
            outputWeight = draws.tensor(options.batchFirst ? [N, L, directions * H] : [L, N, directions * H])
            stateWeights = states.map { [draws] in draws.tensor($0.shape) }
        }

        /// A loss in which every output and every final state counts differently.
        func loss(_ output: Tensor, _ finals: [Tensor]) -> Tensor {
            zip(stateWeights, finals).reduce((outputWeight * output * output).sum()) { $0 + ($1.0 * $1.1).sum() }
        }
    }

    typealias Run = (_ input: Tensor, _ states: [Tensor], _ lengths: [Int]?) -> (Tensor, [Tensor])

    /// Holds the gradients of `layer` against the composed one's and, for small cases, against central differences.
    func check(_ kind: ComposedRecurrentLayer.Kind, _ test: Case, _ layer: some Layer, _ run: Run) throws {
        try layer.load(test.draws.values(for: layer.parameters))
        let variables = [("input", test.input)] + test.states.enumerated().map { ("state \($0.offset)", $0.element) }
            + layer.parameters.map { ($0.name, $0.tensor) }

        let (output, finals) = run(test.input, test.states, test.lengths)
        test.loss(output, finals).backward()
        let handWritten = variables.map { $0.1.gradient! }
        for (_, tensor) in variables { tensor.gradient = nil }

        let composed = ComposedRecurrentLayer(
            kind: kind, numLayers: test.options.numLayers, bidirectional: test.options.bidirectional,
            batchFirst: test.options.batchFirst, hiddenSize: test.options.hiddenSize, parameters: layer.parameters
        )
        let (composedOutput, composedFinals) = composed(test.input, states: test.states, lengths: test.lengths)
        test.loss(composedOutput, composedFinals).backward()
        expectClose(output, composedOutput, within: 1e-12)
        for (final, composedFinal) in zip(finals, composedFinals) { expectClose(final, composedFinal, within: 1e-12) }
        for ((name, tensor), gradient) in zip(variables, handWritten) {
            expectClose(gradient, tensor.gradient!, within: 1e-12 * max(1, gradient.values.map(abs).max()!), "\(name)")
        }

        for (name, tensor) in variables {
            let original = tensor.values
            expectCentralDifferences(tensor, "\(name)") { shifted in
                let isParameter = !name.hasPrefix("input") && !name.hasPrefix("state")
                if isParameter { setValues(of: tensor, shifted.values) }
                defer { if isParameter { setValues(of: tensor, original) } }
                let (output, finals) = run(
                    name == "input" ? shifted : test.input,
                    test.states.enumerated().map { name == "state \($0.offset)" ? shifted : $0.element }, test.lengths
                )
                return test.loss(output, finals).item
            }
        }
    }

    private func setValues(of tensor: Tensor, _ values: [Double]) {
        tensor[.all] = Tensor(shape: tensor.shape, values: values)
    }

    @Test("RNN", arguments: 0..<16)
    func rnn(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 1)
        let (o, nonlinearity) = (test.options, seed % 2 == 0 ? RNN.Nonlinearity.tanh : .relu)
        let rnn = RNN(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, nonlinearity: nonlinearity, bias: o.bias,
            batchFirst: o.batchFirst, bidirectional: o.bidirectional
        )
        try check(.rnn(nonlinearity), test, rnn) { input, states, lengths in
            let (output, hn) = rnn(input, states[0], lengths: lengths)
            return (output, [hn])
        }
    }

    @Test("LSTM, with and without peepholes", arguments: 0..<16)
    func lstm(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 2)
        let (o, peepholes) = (test.options, seed % 2 == 1)
        let lstm = LSTM(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, bias: o.bias,
            batchFirst: o.batchFirst, bidirectional: o.bidirectional, peepholes: peepholes
        )
        try check(.lstm(peepholes: peepholes), test, lstm) { input, states, lengths in
            let (output, (hn, cn)) = lstm(input, (states[0], states[1]), lengths: lengths)
            return (output, [hn, cn])
        }
    }

    @Test("GRU, in all four conventions", arguments: 0..<16)
    func gru(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 1)
        let o = test.options
        let (resetAfter, updateGate) = (seed % 2 == 0, seed % 4 < 2 ? GRU.UpdateGate.keepsPrevious : .takesCandidate)
        let gru = GRU(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, bias: o.bias,
            batchFirst: o.batchFirst, bidirectional: o.bidirectional, resetAfter: resetAfter, updateGate: updateGate
        )
        try check(.gru(resetAfter: resetAfter, updateGate: updateGate), test, gru) { input, states, lengths in
            let (output, hn) = gru(input, states[0], lengths: lengths)
            return (output, [hn])
        }
    }
}
