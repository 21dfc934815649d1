import Recurrent
import Samples
import Testing

/// Cases that `Goldens/generate_layers.py` computed with PyTorch in float64.
private func cases<T: Decodable>(_ file: String, as type: T.Type) throws -> [T] {
    try Golden.load(file, as: [T].self)
}

/// Holds results and all gradients, and no others, against PyTorch's.
private func expectAgreement(
    _ results: [Tensor], _ expected: [Golden.Array], weights: [Golden.Array], of variables: [String: Tensor],
    _ gradients: [String: Golden.Array], _ comment: Comment
) {
    #expect(results.count == expected.count, comment)
    for (result, expected) in zip(results, expected) { expectClose(result, expected.tensor, within: 1e-12, comment) }
    zip(weights, results).reduce(Tensor(0)) { $0 + ($1.0.tensor * $1.1 * $1.1).sum() }.backward()
    #expect(Set(gradients.keys) == Set(variables.keys), comment)
    for (name, gradient) in gradients {
        let expected = gradient.tensor
        let tolerance = 1e-12 * max(1, expected.values.map(abs).max() ?? 1)
        expectClose(variables[name]?.gradient, expected, within: tolerance, "\(comment.rawValue): \(name)")
    }
}

extension Parameters {
    fileprivate var variables: [String: Tensor] { Dictionary(uniqueKeysWithValues: map { ($0.name, $0.tensor) }) }
}

@Suite("PyTorch's options of recurrent layers")
struct RecurrentOptionGoldenTests {
    struct Case: Decodable {
        struct Options: Decodable {
            let inputSize: Int
            let hiddenSize: Int
            let numLayers: Int?
            let nonlinearity: String?
            let bias: Bool?
            let batchFirst: Bool?
            let bidirectional: Bool?
            let projSize: Int?
        }

        let name: String
        let options: Options
        let input: Golden.Array
        let states: [Golden.Array]
        let parameters: [String: Golden.Array]
        let results: [Golden.Array]
        let weights: [Golden.Array]
        let gradients: [String: Golden.Array]
    }

    /// The module as this library makes it, called: its results, flat, and its parameters.
    private func results(of test: Case, _ input: Tensor, _ states: [Tensor]) throws -> (results: [Tensor], parameters: Parameters) {
        let o = test.options
        let (layers, bias, batchFirst) = (o.numLayers ?? 1, o.bias ?? true, o.batchFirst ?? false)
        let (bidirectional, nonlinearity) = (o.bidirectional ?? false, o.nonlinearity == "relu" ? RNN.Nonlinearity.relu : .tanh)
        let values = test.parameters.mapValues(\.tensor)
        let (h, pair) = (states.first, states.count == 2 ? (states[0], states[1]) : nil)
        switch test.name {
        case "RNN":
            let layer = RNN(
                inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: layers, nonlinearity: nonlinearity, bias: bias,
                batchFirst: batchFirst, bidirectional: bidirectional
            )
            try layer.load(values)
            let (output, hn) = layer(input, h)
            return ([output, hn], layer.parameters)
        case "GRU":
            let layer = GRU(
                inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: layers, bias: bias, batchFirst: batchFirst,
                bidirectional: bidirectional
            )
            try layer.load(values)
            let (output, hn) = layer(input, h)
            return ([output, hn], layer.parameters)
        case "LSTM":
            let layer = LSTM(
                inputSize: o.inputSize, hiddenSize: o.hiddenSize, numLayers: layers, bias: bias, batchFirst: batchFirst,
                bidirectional: bidirectional, projSize: o.projSize ?? 0
            )
            try layer.load(values)
            let (output, (hn, cn)) = layer(input, pair)
            return ([output, hn, cn], layer.parameters)
        case "RNNCell":
            let cell = RNNCell(inputSize: o.inputSize, hiddenSize: o.hiddenSize, bias: bias, nonlinearity: nonlinearity)
            try cell.load(values)
            return ([cell(input, h)], cell.parameters)
        case "GRUCell":
            let cell = GRUCell(inputSize: o.inputSize, hiddenSize: o.hiddenSize, bias: bias)
            try cell.load(values)
            return ([cell(input, h)], cell.parameters)
        default:
            let cell = LSTMCell(inputSize: o.inputSize, hiddenSize: o.hiddenSize, bias: bias)
            try cell.load(values)
            let (hNext, cNext) = cell(input, pair)
            return ([hNext, cNext], cell.parameters)
        }
    }

    @Test("PyTorch's own sample inputs, all 87 of them, and projections of batches")
    func samples() throws {
        let cases = try cases("recurrent-options", as: Case.self)
        #expect(cases.count == 90)
        for (index, test) in cases.enumerated() {
            let (input, states) = (test.input.variable, test.states.map(\.variable))
            let (results, parameters) = try results(of: test, input, states)
            var variables = parameters.variables
            variables["input"] = input
            for (index, state) in states.enumerated() { variables["state\(index)"] = state }
            expectAgreement(
                results, test.results, weights: test.weights, of: variables, test.gradients,
                "\(index): \(test.name) \(test.options)"
            )
        }
    }

    @Test("a projected LSTM's parameters are counted in its letters")
    func countFormula() {
        let (plain, peepholes) = (LSTM.definition(projection: true), LSTM.definition(peepholes: true, projection: true))
        #expect(plain.countFormula(reading: "d", isProjected: true) == #"4H(d + P + 2) + P \cdot H"#)
        #expect(peepholes.countFormula(reading: "d", isProjected: true) == #"4H(d + P + 2) + 3H + P \cdot H"#)
        #expect(LSTM.definition().countFormula(reading: "d") == "4H(d + H + 2)")
        // Three matrices read x_t, one reads h_{t−1}, and b is a vector.
        let uneven = CellDefinition(
            "Uneven", "z_t = σ(W x_t + b)\nh_t = z_t ⊙ tanh(V x_t + U h_{t-1}) + P x_t")
        #expect(uneven.countFormula(reading: "d") == "H(3d + H + 1)")
    }

    @Test("a layer made of a cell's equations reads a single sequence as a batch of one")
    func customCell() throws {
        let draws = Draws(seed: 5)
        for (directions, batchFirst) in [(1, false), (2, true)] {
            let layer = CustomCell(
                LSTM.definition(peepholes: true), inputSize: 3, hiddenSize: 2, numLayers: 2, batchFirst: batchFirst,
                bidirectional: directions == 2
            )
            let (x, h, c) = (draws.variable([4, 3]), draws.variable([2 * directions, 2]), draws.variable([2 * directions, 2]))
            let (output, states) = layer(x, ["h": h, "c": c])
            let (batched, batchedStates) = layer(
                x.expandingAxis(batchFirst ? 0 : 1), ["h": h.expandingAxis(1), "c": c.expandingAxis(1)]
            )
            #expect(output == batched.reshaped(4, 2 * directions))
            for name in ["h", "c"] { #expect((states[name] as Tensor) == (batchedStates[name] as Tensor)[.all, 0]) }
            let trace = layer.trace(x, ["h": h, "c": c])
            #expect(trace.output == output && trace.steps[0]["h"].shape == [1, 2])
        }
    }
}

@Suite("PyTorch's options of cross entropy")
struct CrossEntropyGoldenTests {
    struct Case: Decodable {
        let name: String
        let logits: Golden.Array
        let target: Golden.Array
        let weight: Golden.Array?
        let ignoreIndex: Int
        let labelSmoothing: Double
        let reduction: String
        let loss: Golden.Array
        let lossWeight: Golden.Array
        let gradients: [String: Golden.Array]
    }

    @Test("weights, ignored labels, smoothing, probabilities, targets of any rank, all three reductions")
    func options() throws {
        let reductions: [String: Reduction] = ["none": .none, "mean": .mean, "sum": .sum]
        let cases = try cases("cross-entropy", as: Case.self)
        #expect(cases.count == 144)
        for (index, test) in cases.enumerated() {
            let logits = test.logits.variable
            var variables = ["logits": logits]
            let isProbabilities = test.name == "probabilities"
            let target = isProbabilities ? test.target.variable : test.target.tensor
            if isProbabilities { variables["target"] = target }
            let reduction = reductions[test.reduction]!
            func loss(_ target: Tensor) -> Tensor {
                crossEntropy(
                    logits, target, weight: test.weight?.tensor, ignoreIndex: test.ignoreIndex,
                    labelSmoothing: test.labelSmoothing, reduction: reduction
                )
            }
            let loss = loss(target)
            if !isProbabilities, target.shape.count < 2 {
                let labels = target.values.map { Int($0) }
                #expect(
                    loss
                        == crossEntropy(
                            logits, labels, weight: test.weight?.tensor, ignoreIndex: test.ignoreIndex,
                            labelSmoothing: test.labelSmoothing, reduction: reduction
                        ))
            }
            expectAgreement(
                [loss], [test.loss], weights: [test.lossWeight], of: variables, test.gradients,
                "\(index): \(test.name) \(logits.shape) \(test.reduction)"
            )
        }
    }

    @Test("a single class, rows of labels, and nothing but ignored labels")
    func spellings() {
        let draws = Draws(seed: 6)
        let (one, many) = (draws.tensor([4]), draws.tensor([2, 4, 3]))
        #expect(crossEntropy(one, 2) == crossEntropy(one.expandingAxis(0), [2]))
        let rows = crossEntropy(many, [[0, 1, 2], [3, 3, 0]], reduction: .none)
        #expect(rows.shape == [2, 3] && rows == crossEntropy(many, Tensor([[0, 1, 2], [3, 3, 0]]), reduction: .none))
        let places = draws.tensor([1, 4, 2, 2])
        #expect(crossEntropy(places, [[[0, 1], [2, 3]]]) == crossEntropy(places, Tensor([[[0, 1], [2, 3]]])))
        let nothing = crossEntropy(one, -100).item
        #expect(nothing.isNaN && nothing.sign == .plus && crossEntropy(one, -100, reduction: .sum).item == 0)
    }
}

@Suite("PyTorch's options of Embedding")
struct EmbeddingOptionTests {
    struct Case: Decodable {
        let paddingIndex: Int?
        let words: [[Int]]
        let parameters: [String: Golden.Array]
        let results: [Golden.Array]
        let weights: [Golden.Array]
        let gradients: [String: Golden.Array]
    }

    @Test("the row of padding is zero at the start and gets no gradient")
    func padding() throws {
        let cases = try cases("tables", as: Case.self)
        #expect(cases.map(\.paddingIndex) == [nil, 0, 2, -1])
        for test in cases {
            let table = Embedding(5, 3, paddingIndex: test.paddingIndex)
            if let row = table.paddingIndex { #expect(table.weight[row] == .zeros(3)) }
            try table.load(test.parameters.mapValues(\.tensor))
            expectAgreement(
                [table(test.words)], test.results, weights: test.weights, of: table.parameters.variables, test.gradients,
                "\(table)"
            )
        }
        #expect(Embedding(10, 3, paddingIndex: -1).description == "Embedding(10, 3, padding_idx=9)")
    }

    @Test("Linear and Embedding under PyTorch's labels, and their parameters by name")
    func names() {
        let (linear, table) = (Linear(inFeatures: 3, outFeatures: 2), Embedding(numEmbeddings: 4, embeddingDim: 3))
        #expect(linear.weight === linear.parameters["weight"] && linear.bias! === linear.parameters["bias"])
        #expect(table.weight === table.parameters["weight"])
        #expect(Linear(3, 2, bias: false).bias == nil)
    }
}

@Suite("PyTorch's options of multi-head attention")
struct MultiheadAttentionOptionTests {
    struct Case: Decodable {
        struct Options: Decodable {
            let embedDim: Int
            let numHeads: Int
            let bias: Bool
            let batchFirst: Bool
            let addBiasKv: Bool
            let addZeroAttn: Bool
            let kdim: Int?
            let vdim: Int?
        }

        struct Mask: Decodable {
            let excludes: Bool
            let shape: [Int]
            let values: [Double]

            var mask: AttentionMask {
                let tensor = Tensor(shape: Shape(shape), values: values)
                return excludes ? .excluding(tensor) : .adding(tensor)
            }
        }

        let options: Options
        let q: Golden.Array
        let k: Golden.Array
        let v: Golden.Array
        let attentionMask: Mask?
        let keyPaddingMask: Mask?
        let averages: Bool
        let parameters: [String: Golden.Array]
        let results: [Golden.Array]
        let weights: [Golden.Array]
        let gradients: [String: Golden.Array]
    }

    @Test("PyTorch's own sample inputs, all 64 of them, and batches with other sizes, masks and single heads' weights")
    func samples() throws {
        let cases = try cases("multihead-attention", as: Case.self)
        #expect(cases.count == 112)
        for (index, test) in cases.enumerated() {
            let o = test.options
            let attention = MultiheadAttention(
                embedDim: o.embedDim, numHeads: o.numHeads, bias: o.bias, addBiasKV: o.addBiasKv, addZeroAttention: o.addZeroAttn,
                keyDim: o.kdim, valueDim: o.vdim, batchFirst: o.batchFirst
            )
            #expect(attention.parameters.names.sorted() == test.parameters.keys.sorted())
            try attention.load(test.parameters.mapValues(\.tensor))
            let (q, k, v) = (test.q.variable, test.k.variable, test.v.variable)
            let (output, weights) = attention(
                q, k, v, attentionMask: test.attentionMask?.mask, keyPaddingMask: test.keyPaddingMask?.mask,
                averageWeights: test.averages
            )
            var variables = attention.parameters.variables
            (variables["q"], variables["k"], variables["v"]) = (q, k, v)
            expectAgreement(
                [output, weights], test.results, weights: test.weights, of: variables, test.gradients, "\(index): \(o)"
            )
        }
    }

    @Test("the mask of this library is the complement of PyTorch's boolean one")
    func complement() {
        let draws = Draws(seed: 7)
        let attention = MultiheadAttention(embedDim: 4, numHeads: 2)
        let x = draws.tensor([3, 2, 4])
        let allowed = Tensor.causalMask(3)
        let (own, theirs) = (attention(x, x, x, mask: allowed), attention(x, x, x, attentionMask: .excluding(1 - allowed)))
        #expect(own.output == theirs.output && own.weights == theirs.weights)
    }

    @Test("dropout takes weights in training, for good measure the rest grows; evaluation takes none")
    func dropout() {
        let attention = MultiheadAttention(embedDim: 4, numHeads: 2, dropout: 0.5)
        let x = Draws(seed: 8).variable([3, 2, 4])
        func seeded() -> (output: Tensor, weights: Tensor) {
            Generator.$current.withValue(Generator(seed: 3)) { attention(x, x, x, averageWeights: false) }
        }
        let (output, weights) = seeded()
        #expect(weights.values.contains(0))
        (output * output).sum().backward()
        expectCentralDifferences(x, "x") { shifted in
            let output = Generator.$current.withValue(Generator(seed: 3)) { attention(shifted, shifted, shifted).output }
            return (output * output).sum().item
        }
        attention.eval()
        #expect(!seeded().weights.values.contains(0))
    }

    @Test("S0.3's attention without the first axes gives the same")
    func concatenating() {
        let draws = Draws(seed: 9)
        let attention = Attention(querySize: 3, keySize: 2, valueSize1: 4, valueSize2: 5, outputSize: 6)
        let (q, k, v) = (draws.tensor([2, 3]), draws.tensor([2, 2]), draws.tensor([4, 5]))
        let (own, batched) = (attention(q, k, v), attention(q.expandingAxis(0), k.expandingAxis(0), v.expandingAxis(0)))
        #expect(own.output == batched.output[0] && own.weights == batched.weights)
    }
}

@Suite("Draws of layers with options")
struct InitialParameterTests {
    struct Case: Decodable {
        let name: String
        let parameters: [String: Golden.Array]
        let next: Golden.Array
    }

    @Test("after one seed they are PyTorch's, and so is what is drawn next")
    func draws() throws {
        let makers: [() -> any Layer] = [
            { LSTM(inputSize: 2, hiddenSize: 3, numLayers: 2, bidirectional: true, projSize: 2) },
            { Embedding(4, 3, paddingIndex: 1) },
            { MultiheadAttention(embedDim: 4, numHeads: 2, addBiasKV: true) },
            { MultiheadAttention(embedDim: 16, numHeads: 2, addBiasKV: true, keyDim: 3, valueDim: 5) },
        ]
        let cases = try cases("initial-parameters", as: Case.self)
        #expect(cases.count == makers.count)
        for (make, test) in zip(makers, cases) {
            Generator.$current.withValue(Generator(seed: 7)) {
                let parameters = make().parameters
                #expect(Set(parameters.names) == Set(test.parameters.keys))
                for (name, tensor) in parameters {
                    expectClose(tensor, test.parameters[name]!.tensor, within: 1e-6, "\(test.name): \(name)")
                }
                expectClose(.rand(3), test.next.tensor, within: 1e-6, "after \(test.name)")
            }
        }
    }
}
