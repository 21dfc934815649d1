import Foundation
import Recurrent
import Samples
import Testing

extension CustomCell {
    /// The same layer made of its equations, with the same weights.
    convenience init(like layer: some RecurrentLayer, gates: [String]) throws {
        self.init(
            layer.definition, inputSize: layer.inputSize, hiddenSize: layer.hiddenSize, numLayers: layer.numLayers,
            batchFirst: layer.batchFirst, bidirectional: layer.bidirectional
        )
        let weights = EquationWeights(gates: gates, areSeveral: layer.numLayers > 1 || layer.bidirectional)
        try load(weights.blocks(Array(layer.parameters)))
    }
}

@Suite("A layer made of equations")
struct CustomCellTests {
    static let mgu = CellDefinition(
        "MGU",
        """
        f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
        n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
        h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
        """)

    static let memory = CellDefinition(
        "Memory",
        """
        m_t = tanh(W_m x_t + U_m m_{t-1} + V_m h_{t-1} + b_m)
        h_t = σ(V m_t + U h_{t-1})
        """)

    // MARK: Against the layers written by hand

    typealias Case = RecurrentGradientTests.Case

    /// Outputs, final states and every gradient of both.
    func expectSame(
        _ layer: some RecurrentLayer, gates: [String], _ test: Case, run: (_ states: [Tensor]) -> (Tensor, [Tensor])
    ) throws {
        try layer.load(test.draws.values(for: layer.parameters))
        let custom = try CustomCell(like: layer, gates: gates)
        #expect(custom.definition.stateNames.count == test.states.count)

        let (output, finals) = run(test.states)
        test.loss(output, finals).backward()
        let inputs = [test.input] + test.states
        let expected = inputs.map { $0.gradient! }
        for input in inputs { input.gradient = nil }

        let states = CustomCell.States(zip(custom.definition.stateNames, test.states).map { ($0, $1) })
        let (customOutput, customFinals) = custom(test.input, states, lengths: test.lengths)
        test.loss(customOutput, customFinals.tensors).backward()

        expectClose(customOutput, output, within: 1e-12)
        for (a, b) in zip(customFinals.tensors, finals) { expectClose(a, b, within: 1e-12) }
        for (input, gradient) in zip(inputs, expected) { expectClose(input.gradient, gradient, within: Self.allowed(gradient)) }
        let weights = EquationWeights(gates: gates, areSeveral: layer.numLayers > 1 || layer.bidirectional)
        let gradients = weights.blocks(layer.parameters.map { ($0.name, $0.tensor.gradient!) })
        #expect(Set(gradients.keys) == Set(custom.parameters.names))
        for (name, tensor) in custom.parameters {
            expectClose(tensor.gradient, gradients[name]!, within: Self.allowed(gradients[name]!), "\(name)")
        }
    }

    static func allowed(_ gradient: Tensor) -> Double { 1e-12 * max(1, gradient.values.map { abs($0) }.max() ?? 1) }

    @Test("RNN's equations make RNN: outputs, final states and every gradient", arguments: 0..<12)
    func rnn(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 1)
        let o = test.options
        let rnn = RNN(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, nonlinearity: seed % 2 == 0 ? .tanh : .relu,
            bias: o.bias, batchFirst: o.batchFirst, bidirectional: o.bidirectional
        )
        try expectSame(rnn, gates: ["h"], test) { states in
            let (output, hn) = rnn(test.input, states[0], lengths: test.lengths)
            return (output, [hn])
        }
    }

    @Test("LSTM's equations make LSTM, with and without peepholes", arguments: 0..<16)
    func lstm(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 2)
        let o = test.options
        let lstm = LSTM(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, bias: o.bias,
            batchFirst: o.batchFirst, bidirectional: o.bidirectional, peepholes: seed % 2 == 1
        )
        try expectSame(lstm, gates: ["i", "f", "g", "o"], test) { states in
            let (output, (hn, cn)) = lstm(test.input, (states[0], states[1]), lengths: test.lengths)
            return (output, [hn, cn])
        }
    }

    @Test("GRU's equations make GRU, in all four conventions", arguments: 0..<16)
    func gru(seed: Int) throws {
        let test = Case(seed: seed, stateCount: 1)
        let o = test.options
        let gru = GRU(
            inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: o.numLayers, bias: o.bias, batchFirst: o.batchFirst,
            bidirectional: o.bidirectional, resetAfter: seed % 2 == 0, updateGate: seed % 4 < 2 ? .keepsPrevious : .takesCandidate
        )
        try expectSame(gru, gates: ["r", "z", "n"], test) { states in
            let (output, hn) = gru(test.input, states[0], lengths: test.lengths)
            return (output, [hn])
        }
    }

    // MARK: Against PyTorch

    func expectGolden(_ golden: Golden, _ custom: CustomCell, gates: [String]) throws {
        let inputs = ["input": golden.input.variable, "h0": golden.h0.variable]
            .merging(golden.c0.map { ["c0": $0.variable] } ?? [:]) { $1 }
        let states = CustomCell.States([("h", inputs["h0"]!)] + (inputs["c0"].map { [("c", $0)] } ?? []))
        let (output, finals) = custom(inputs["input"]!, states)
        expectClose(output, golden.output.tensor, within: 1e-12)
        expectClose(finals["h"], golden.hn.tensor, within: 1e-12)
        var loss = (golden.lossWeight.tensor * output).sum() + finals["h"].sum()
        if let cn = golden.cn {
            expectClose(finals["c"], cn.tensor, within: 1e-12)
            loss = loss + (finals["c"] * finals["c"]).sum()
        }
        loss.backward()
        #expect(abs(loss.item - golden.loss) < 1e-11)
        for (name, input) in inputs { expectClose(input.gradient, golden.gradients[name]!.tensor, within: 1e-10, "\(name)") }
        let weights = EquationWeights(gates: gates, areSeveral: custom.numLayers > 1 || custom.bidirectional)
        let gradients = weights.blocks(golden.gradients.filter { inputs[$0.key] == nil }.map { ($0.key, $0.value.tensor) })
        #expect(Set(gradients.keys) == Set(custom.parameters.names))
        for (name, gradient) in gradients { expectClose(custom.parameters[name].gradient, gradient, within: 1e-10, "\(name)") }
    }

    @Test("RNN's equations agree with PyTorch", arguments: ["00-rnn", "01-rnn", "02-rnn", "03-rnn"])
    func goldenRNN(name: String) throws {
        let golden = try Golden.named(name)
        try expectGolden(golden, CustomCell(like: RNN(golden), gates: ["h"]), gates: ["h"])
    }

    @Test("LSTM's equations agree with PyTorch", arguments: ["04-lstm", "05-lstm", "06-lstm", "07-lstm"])
    func goldenLSTM(name: String) throws {
        let (golden, gates) = (try Golden.named(name), ["i", "f", "g", "o"])
        try expectGolden(golden, CustomCell(like: LSTM(golden), gates: gates), gates: gates)
    }

    @Test("GRU's equations agree with PyTorch", arguments: ["08-gru", "09-gru", "10-gru", "11-gru"])
    func goldenGRU(name: String) throws {
        let (golden, gates) = (try Golden.named(name), ["r", "z", "n"])
        try expectGolden(golden, CustomCell(like: GRU(golden), gates: gates), gates: gates)
    }

    // MARK: As a layer

    @Test("parameters stand in the order of the equations, with a layer and direction in their names where there are several")
    func parameters() {
        let single = CustomCell(Self.mgu, inputSize: 3, hiddenSize: 4)
        #expect(single.parameters.names == ["W_f", "U_f", "b_f", "W_n", "U_n", "b_n"])
        #expect(single.parameters.map { $0.tensor.shape } == [[4, 3], [4, 4], [4], [4, 3], [4, 4], [4]])
        #expect(single.parameters.tensors.allSatisfy { $0.requiresGradient && $0.values.allSatisfy { abs($0) <= 0.5 } })
        let both = CustomCell(Self.memory, inputSize: 3, hiddenSize: 4, sizes: ["m": 5], numLayers: 2, bidirectional: true)
        let names = ["W_m", "U_m", "V_m", "b_m", "V", "U"]
        #expect(
            both.parameters.names == ["_l0", "_l0_reverse", "_l1", "_l1_reverse"].flatMap { suffix in names.map { $0 + suffix } })
        #expect(both.parameters["W_m_l0_reverse"].shape == [5, 3] && both.parameters["W_m_l1"].shape == [5, 8])
        #expect(both.parameters["V_m_l0"].shape == [5, 4] && both.parameters["V_l1"].shape == [4, 5])
        #expect("\(single)" == "MGU(3, 4)" && "\(both)" == "Memory(3, 4, num_layers=2, bidirectional=True)")
    }

    @Test("states have their own sizes, the output's first, and what is left out of them is zeros")
    func states() {
        let layer = CustomCell(Self.memory, inputSize: 3, hiddenSize: 4, sizes: ["m": 5], numLayers: 2, bidirectional: true)
        let x = Draws(seed: 1).tensor([6, 2, 3])
        let (output, states) = layer(x)
        #expect(output.shape == [6, 2, 8])
        #expect(states.names == ["h", "m"] && states["h"].shape == [4, 2, 4] && states["m"].shape == [4, 2, 5])
        let h = Draws(seed: 2).tensor([4, 2, 4])
        #expect(layer(x, ["h": h]).output.values == layer(x, ["m": .zeros(4, 2, 5), "h": h]).output.values)
        #expect(layer(x, ["h": h]).output.values != output.values)
    }

    @Test("the states that a run ends with are those that another goes on from")
    func goesOn() {
        let layer = CustomCell(Self.memory, inputSize: 3, hiddenSize: 4, sizes: ["m": 5], numLayers: 2)
        let x = Draws(seed: 3).tensor([7, 2, 3])
        let (first, states) = layer(x[0..<3])
        let (second, finals) = layer(x[3..<7], states)
        let whole = layer(x)
        #expect(concatenated([first, second]).values == whole.output.values)
        #expect(finals.tensors.map { $0.values } == whole.states.tensors.map { $0.values })
    }

    @Test("sequences of a batch are what each is alone, however long, and what is past an end does not matter")
    func batch() {
        let layer = CustomCell(Self.memory, inputSize: 3, hiddenSize: 4, sizes: ["m": 5], bidirectional: true)
        let (x, lengths) = (Draws(seed: 4).tensor([5, 3, 3]), [2, 5, 1])
        var padded = x.values
        for n in 0..<3 { for t in lengths[n]..<5 { for j in 0..<3 { padded[(t * 3 + n) * 3 + j] = .nan } } }
        let together = layer(Tensor(shape: x.shape, values: padded), lengths: lengths)
        (together.output * together.output).sum().backward()
        let gradients = layer.parameters.map { $0.tensor.gradient! }
        layer.parameters.zeroGradients()
        for n in 0..<3 {
            let alone = layer(x[.range(0..<lengths[n]), .range(n..<n + 1)])
            expectClose(together.output[.range(0..<lengths[n]), .range(n..<n + 1)], alone.output, within: 1e-15)
            #expect(together.output[.range(lengths[n]..<5), .range(n..<n + 1)].values.allSatisfy { $0 == 0 })
            expectClose(together.states["m"][.all, .range(n..<n + 1)], alone.states["m"], within: 1e-15)
            (alone.output * alone.output).sum().backward()
        }
        for (gradient, parameter) in zip(gradients, layer.parameters) {
            expectClose(parameter.tensor.gradient, gradient, within: 1e-14)
        }
    }

    @Test("batchFirst only turns the axes")
    func batchFirst() throws {
        let (plain, turned) = (
            CustomCell(Self.mgu, inputSize: 3, hiddenSize: 4), CustomCell(Self.mgu, inputSize: 3, hiddenSize: 4, batchFirst: true)
        )
        try turned.load(Dictionary(uniqueKeysWithValues: plain.parameters.map { ($0.name, $0.tensor) }))
        let x = Draws(seed: 5).tensor([6, 2, 3])
        #expect(turned(x.transposed(0, 1)).output.values == plain(x).output.transposed(0, 1).values)
    }

    @Test("Adam teaches it to remember the first of five inputs")
    func training() throws {
        let (layer, fc) = (CustomCell(Self.mgu, inputSize: 1, hiddenSize: 6), Linear(6, 1))
        let draws = Draws(seed: 6)
        try layer.load(draws.values(for: layer.parameters).mapValues { 0.5 * $0 })
        try fc.load(draws.values(for: fc.parameters).mapValues { 0.5 * $0 })
        let x = draws.tensor([5, 32, 1])
        let parameters = Parameters(Array(layer.parameters) + Array(fc.parameters))
        let optimizer = Adam(parameters, learningRate: 0.02)
        func loss() -> Tensor { meanSquaredError(fc(layer(x).output[-1]), x[0]) }
        let before = loss().item
        for _ in 0..<150 {
            optimizer.zeroGradients()
            loss().backward()
            optimizer.step()
        }
        #expect(loss().item < before / 20)
    }

    @Test("weights come back from a safetensors file, and another cell's do not fit")
    func safetensors() throws {
        let (layer, other) = (CustomCell(Self.mgu, inputSize: 3, hiddenSize: 4), CustomCell(Self.mgu, inputSize: 3, hiddenSize: 4))
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
        defer { try? FileManager.default.removeItem(at: file) }
        try layer.write(safetensors: file.path())
        let x = Draws(seed: 7).tensor([4, 2, 3])
        #expect(other(x).output.values != layer(x).output.values)
        try other.load(safetensors: file.path())
        #expect(other(x).output.values == layer(x).output.values)
        let memory = CustomCell(Self.memory, inputSize: 3, hiddenSize: 4)
        #expect(throws: LoadingError.self) { try memory.load(safetensors: file.path()) }
    }

    @Test("its trace tells every quantity, what is inside its function, and the states before")
    func trace() {
        let layer = CustomCell(Self.mgu, inputSize: 3, hiddenSize: 4)
        let x = Draws(seed: 8).tensor([4, 2, 3])
        let trace = layer.trace(x)
        #expect(trace.output.values == layer(x).output.values)
        for (t, step) in trace.steps.enumerated() {
            #expect(step.quantities.map { $0.symbol } == ["f", "n", "h"])
            let previous = t == 0 ? Tensor.zeros(2, 4) : trace.steps[t - 1]["h"]
            #expect(step.previous("h").values == previous.values)
            let p = layer.parameters
            let inside = matmul(x[t], p["W_f"].transposed()) + matmul(previous, p["U_f"].transposed()) + p["b_f"]
            expectClose(step.preactivation("f"), inside, within: 1e-15)
            expectClose(step["f"], sigmoid(inside), within: 1e-15)
            expectClose(step["h"], (1 - step["f"]) * previous + step["f"] * step["n"], within: 1e-15)
        }
    }
}
