import Recurrent
import Samples
import Testing

@Suite("Three ways to the gradients of cells, of Linear and of Embedding agree")
struct LayerGradientTests {
    /// Holds every gradient of `run` against the one of `composed` and against central differences.
    ///
    /// Both get the variables, inputs and then parameters, in one list.
    func check(_ draws: Draws, _ variables: Parameters, run: ([Tensor]) -> [Tensor], composed: ([Tensor]) -> [Tensor]) {
        let tensors = variables.tensors
        let results = run(tensors)
        let weights = results.map { draws.tensor($0.shape) }
        func loss(_ results: [Tensor]) -> Tensor {
            zip(weights, results).reduce(Tensor(0)) { $0 + ($1.0 * $1.1 * $1.1).sum() }
        }
        loss(results).backward()
        let handWritten = tensors.map { $0.gradient! }
        variables.zeroGradients()
        let expected = composed(tensors)
        loss(expected).backward()
        for (result, expected) in zip(results, expected) { expectClose(result, expected, within: 1e-12) }
        for ((name, tensor), gradient) in zip(variables, handWritten) {
            expectClose(gradient, tensor.gradient!, within: 1e-12, "\(name)")
            let original = tensor.detached()
            expectCentralDifferences(tensor, "\(name)") { shifted in
                tensor[.all] = shifted
                defer { tensor[.all] = original }
                return loss(run(tensors)).item
            }
        }
    }

    /// Sizes of a cell and its batch, and whether it has biases.
    private func sizes(_ draws: Draws) -> (N: Int, D: Int, H: Int, bias: Bool) {
        (draws.int(1...3), draws.int(1...4), draws.int(1...4), draws.bool())
    }

    /// A layer of one step as `ComposedRecurrentLayer` knows it.
    private func composed(_ kind: ComposedRecurrentLayer.Kind, hiddenSize: Int, _ cell: Parameters) -> ComposedRecurrentLayer {
        ComposedRecurrentLayer(
            kind: kind, numLayers: 1, bidirectional: false, batchFirst: false, hiddenSize: hiddenSize,
            parameters: Parameters(cell.map { ($0.name + "_l0", $0.tensor) })
        )
    }

    private func step(_ layer: ComposedRecurrentLayer, _ x: Tensor, _ states: [Tensor]) -> [Tensor] {
        layer(x.expandingAxis(0), states: states.map { $0.expandingAxis(0) }, lengths: nil).finals.map { $0[0] }
    }

    @Test("RNNCell", arguments: 0..<8)
    func rnnCell(seed: Int) throws {
        let draws = Draws(seed: seed)
        let (N, D, H, bias) = sizes(draws)
        let nonlinearity = seed % 2 == 0 ? RNN.Nonlinearity.tanh : .relu
        let cell = RNNCell(inputSize: D, hiddenSize: H, bias: bias, nonlinearity: nonlinearity)
        try cell.load(draws.values(for: cell.parameters))
        let inputs: Parameters = ["x": draws.variable([N, D]), "h": draws.variable([N, H])]
        let layer = composed(.rnn(nonlinearity), hiddenSize: H, cell.parameters)
        check(draws, Parameters(Array(inputs) + Array(cell.parameters))) {
            [cell($0[0], $0[1])]
        } composed: {
            step(layer, $0[0], [$0[1]])
        }
    }

    @Test("LSTMCell, with and without peepholes", arguments: 0..<8)
    func lstmCell(seed: Int) throws {
        let draws = Draws(seed: seed)
        let (N, D, H, bias) = sizes(draws)
        let peepholes = seed % 2 == 1
        let cell = LSTMCell(inputSize: D, hiddenSize: H, bias: bias, peepholes: peepholes)
        try cell.load(draws.values(for: cell.parameters))
        let inputs: Parameters = ["x": draws.variable([N, D]), "h": draws.variable([N, H]), "c": draws.variable([N, H])]
        let layer = composed(.lstm(peepholes: peepholes), hiddenSize: H, cell.parameters)
        check(draws, Parameters(Array(inputs) + Array(cell.parameters))) {
            let (h, c) = cell($0[0], ($0[1], $0[2]))
            return [h, c]
        } composed: {
            step(layer, $0[0], [$0[1], $0[2]])
        }
    }

    @Test("GRUCell, in all four conventions", arguments: 0..<8)
    func gruCell(seed: Int) throws {
        let draws = Draws(seed: seed)
        let (N, D, H, bias) = sizes(draws)
        let (resetAfter, updateGate) = (seed % 2 == 0, seed % 4 < 2 ? GRU.UpdateGate.keepsPrevious : .takesCandidate)
        let cell = GRUCell(inputSize: D, hiddenSize: H, bias: bias, resetAfter: resetAfter, updateGate: updateGate)
        try cell.load(draws.values(for: cell.parameters))
        let inputs: Parameters = ["x": draws.variable([N, D]), "h": draws.variable([N, H])]
        let layer = composed(.gru(resetAfter: resetAfter, updateGate: updateGate), hiddenSize: H, cell.parameters)
        check(draws, Parameters(Array(inputs) + Array(cell.parameters))) {
            [cell($0[0], $0[1])]
        } composed: {
            step(layer, $0[0], [$0[1]])
        }
    }

    @Test("Linear: y_j = Σ x_i W_ji + b_j, one product at a time", arguments: 0..<8)
    func linear(seed: Int) throws {
        let draws = Draws(seed: seed)
        let (count, input, output, bias) = (draws.int(1...3), draws.int(1...4), draws.int(1...4), draws.bool())
        let linear = Linear(input, output, bias: bias)
        try linear.load(draws.values(for: linear.parameters))
        let inputs: Parameters = ["x": draws.variable([count, input])]
        check(draws, Parameters(Array(inputs) + Array(linear.parameters))) {
            [linear($0[0])]
        } composed: { tensors in
            let product = (tensors[0].expandingAxis(1) * tensors[1]).sum(axis: 2)
            return [bias ? product + tensors[2] : product]
        }
    }

    @Test("Embedding: the product of one-hot rows with the table", arguments: 0..<4)
    func embedding(seed: Int) throws {
        let draws = Draws(seed: seed)
        let (count, size) = (draws.int(1...4), draws.int(1...4))
        let embedding = Embedding(count, size)
        try embedding.load(draws.values(for: embedding.parameters))
        let words = (0..<draws.int(1...5)).map { _ in draws.int(0...count - 1) }
        let oneHot = Tensor(words.map { word in (0..<count).map { $0 == word ? 1 : 0 } })
        check(draws, embedding.parameters) { _ in
            [embedding(words)]
        } composed: {
            [matmul(oneHot, $0[0])]
        }
    }
}
