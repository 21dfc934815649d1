import Recurrent
import Samples
import Testing

@Suite("Three ways to a recurrent layer's gradients agree")
struct RecurrentGradientTests {
    /// A random layer with random options, its input, states and lengths.
    struct Case {
        let options: (inputSize: Int, hiddenSize: Int, numLayers: Int, bias: Bool, batchFirst: Bool, bidirectional: Bool)
        let projSize: Int
        let input: Tensor
        let states: [Tensor]
        let lengths: [Int]?
        let outputWeight: Tensor
        let stateWeights: [Tensor]
        let draws: Draws

        /// `projects`: the first state, and with it the output, has fewer numbers than units.
        init(seed: Int, stateCount: Int, projects: Bool = false) {
            draws = Draws(seed: seed)
            let (L, N, D, H) = (draws.int(1...5), draws.int(1...3), draws.int(1...4), draws.int(1...4))
            options = (D, H, draws.int(1...3), draws.bool(), draws.bool(), draws.bool())
            let directions = options.bidirectional ? 2 : 1
            input = draws.variable(options.batchFirst ? [N, L, D] : [L, N, D])
            projSize = projects && H > 1 ? draws.int(1...H - 1) : 0
            let P = projSize == 0 ? H : projSize
            states = (0..<stateCount).map { [draws, options] state in
                draws.variable([options.numLayers * directions, N, state == 0 ? P : H])
            }
            lengths = draws.bool() ? (0..<N).map { [draws] _ in draws.int(1...L) } : nil
            outputWeight = draws.tensor(options.batchFirst ? [N, L, directions * P] : [L, N, directions * P])
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
        let variables =
            [("input", test.input)] + test.states.enumerated().map { ("state \($0.offset)", $0.element) }
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

    @Test("LSTM, with and without peepholes and projection", arguments: 0..<32)
    func lstm(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 2, projects: seed >= 16)
        let (o, peepholes) = (test.options, seed % 2 == 1)
        let lstm = LSTM(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, bias: o.bias,
            batchFirst: o.batchFirst, bidirectional: o.bidirectional, projSize: test.projSize, peepholes: peepholes
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

    // MARK: Dropout

    /// One of the three layers with two layers of units and dropout between them: how it runs, and what it is composed of.
    struct Dropping: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable (_ dropout: Double) -> any Layer
        let makeSingle: @Sendable (_ inputSize: Int) -> any Layer
    }

    static let (inputSize, hiddenSize) = (2, 3)

    static let dropping = [
        Dropping(testDescription: "RNN") {
            RNN(inputSize: inputSize, hiddenSize: hiddenSize, numLayers: 2, dropout: $0)
        } makeSingle: {
            RNN(inputSize: $0, hiddenSize: hiddenSize)
        },
        Dropping(testDescription: "LSTM") {
            LSTM(inputSize: inputSize, hiddenSize: hiddenSize, numLayers: 2, dropout: $0)
        } makeSingle: {
            LSTM(inputSize: $0, hiddenSize: hiddenSize)
        },
        Dropping(testDescription: "GRU") {
            GRU(inputSize: inputSize, hiddenSize: hiddenSize, numLayers: 2, dropout: $0)
        } makeSingle: {
            GRU(inputSize: $0, hiddenSize: hiddenSize)
        },
    ]

    private func output(of layer: any Layer, _ input: Tensor) -> Tensor {
        switch layer {
        case let rnn as RNN: rnn(input).output
        case let lstm as LSTM: lstm(input).output
        case let gru as GRU: gru(input).output
        default: fatalError("\(layer) is no recurrent layer")
        }
    }

    /// The same draws at every run, so that the same outputs are dropped.
    private func seeded(_ body: () -> Tensor) -> Tensor {
        Generator.$current.withValue(Generator(seed: 7), operation: body)
    }

    @Test(
        "through dropout between layers: those of two layers with a Dropout in between, and central differences",
        arguments: dropping)
    func dropout(_ kind: Dropping) throws {
        let draws = Draws(seed: 20)
        let layer = kind.make(0.5)
        try layer.load(draws.values(for: layer.parameters))
        let (lower, upper, dropout) = (kind.makeSingle(Self.inputSize), kind.makeSingle(Self.hiddenSize), Dropout(0.5))
        for (single, suffix) in [(lower, "_l0"), (upper, "_l1")] {
            try single.load(
                Dictionary(
                    uniqueKeysWithValues: single.parameters.map {
                        ($0.name, layer.parameters[$0.name.dropLast(3) + suffix])
                    }))
        }
        let input = draws.variable([4, 2, Self.inputSize])
        let weight = draws.tensor([4, 2, Self.hiddenSize])
        func loss() -> Tensor { (weight * seeded { output(of: layer, input) }).sum() }

        let composed = seeded { output(of: upper, dropout(output(of: lower, input))) }
        #expect(seeded { output(of: layer, input) }.values == composed.values)
        (weight * composed).sum().backward()
        let composedGradients =
            [input.gradient!.values] + (lower.parameters.tensors + upper.parameters.tensors).map { $0.gradient!.values }
        input.gradient = nil

        loss().backward()
        let variables = [("input", input)] + layer.parameters.map { ($0.name, $0.tensor) }
        #expect(variables.map { $0.1.gradient!.values } == composedGradients)
        for (name, tensor) in variables {
            let original = tensor.detached()
            expectCentralDifferences(tensor, "\(name)") { shifted in
                tensor[.all] = shifted
                defer { tensor[.all] = original }
                return loss().item
            }
        }
    }

    @Test("in evaluation dropout leaves output and gradients as without it, and in training again it does not", arguments: dropping)
    func evaluation(_ kind: Dropping) throws {
        let draws = Draws(seed: 21)
        let (layer, plain) = (kind.make(0.5), kind.make(0))
        try layer.load(draws.values(for: layer.parameters))
        try plain.load(Dictionary(uniqueKeysWithValues: layer.parameters.map { ($0.name, $0.tensor) }))
        let input = draws.tensor([4, 2, Self.inputSize])
        layer.eval()
        let evaluated = output(of: layer, input)
        #expect(evaluated.values == output(of: plain, input).values)
        evaluated.sum().backward()
        output(of: plain, input).sum().backward()
        for (dropping, plain) in zip(layer.parameters, plain.parameters) {
            #expect(dropping.tensor.gradient!.values == plain.tensor.gradient!.values)
        }
        layer.train()
        #expect(seeded { output(of: layer, input) }.values != evaluated.values)
    }

    @Test(
        "every c′ of an LSTMCell keeps its whole gradient, that through h′ too",
        arguments: [(2, false), (nil, false), (2, true)] as [(Int?, Bool)])
    func cellStateGradients(batch: Int?, peepholes: Bool) {
        let draws = Draws(seed: 11)
        let cell = LSTMCell(inputSize: 3, hiddenSize: 4, peepholes: peepholes)
        let x = (0..<4).map { _ in draws.tensor(Shape((batch.map { [$0] } ?? []) + [3])) }
        let w = cell.parameters
        func gates(_ x: Tensor, _ h: Tensor) -> [Tensor] {
            let a =
                matmul(x.reshaped(-1, 3), w["weight_ih"].transposed()) + w["bias_ih"]
                + matmul(h.reshaped(-1, 4), w["weight_hh"].transposed()) + w["bias_hh"]
            return (0..<4).map { a[.all, $0 * 4..<$0 * 4 + 4].reshaped(h.shape) }
        }
        func composed(_ x: Tensor, _ h: Tensor, _ c: Tensor) -> (h: Tensor, c: Tensor) {
            let a = gates(x, h), p = peepholes ? w["peephole"] : Tensor.zeros(3, 4)
            let i = sigmoid(a[0] + p[0] * c), f = sigmoid(a[1] + p[1] * c)
            let next = f * c + i * tanh(a[2])
            return (sigmoid(a[3] + p[2] * next) * tanh(next), next)
        }
        func run(_ step: (Tensor, Tensor, Tensor) -> (h: Tensor, c: Tensor)) -> [Tensor] {
            let zeros = Tensor.zeros(Shape((batch.map { [$0] } ?? []) + [4]))
            var (h, c, states): (Tensor, Tensor, [Tensor]) = (zeros, zeros, [])
            for x in x {
                (h, c) = step(x, h, c)
                states += [h, c]
            }
            (h * h).sum().backward()
            return states
        }
        for (own, expected) in zip(run { cell($0, ($1, $2)) }, run(composed)) {
            expectClose(own, expected, within: 1e-14)
            expectClose(own.gradient ?? .zeros(0), expected.gradient!, within: 1e-12)
        }
    }
}
