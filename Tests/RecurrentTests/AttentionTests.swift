import Recurrent
import Samples
import Testing

@Suite("Attention")
struct AttentionTests {
    struct AttentionGolden: Decodable {
        struct Sizes: Decodable {
            let query: Int
            let key: Int
            let value1: Int
            let value2: Int
            let output: Int
        }

        let sizes: Sizes
        let parameters: [String: Golden.Array]
        let Q: Golden.Array
        let K: Golden.Array
        let V: Golden.Array
        let output: Golden.Array
        let weights: Golden.Array
        let gradients: [String: Golden.Array]
    }

    struct DotProductGolden: Decodable {
        struct Multihead: Decodable {
            let heads: Int
            let parameters: [String: Golden.Array]
            let output: Golden.Array
            let weights: Golden.Array
        }

        let q: Golden.Array
        let k: Golden.Array
        let v: Golden.Array
        let output: Golden.Array
        let multihead: Multihead
    }

    @Test("S0.3's attention agrees with PyTorch, forward and backward")
    func attentionGolden() throws {
        let golden = try Golden.load("attention", as: AttentionGolden.self)
        let sizes = golden.sizes
        let attention = Attention(
            querySize: sizes.query, keySize: sizes.key, valueSize1: sizes.value1, valueSize2: sizes.value2, outputSize: sizes.output
        )
        try attention.load(golden.parameters.mapValues(\.tensor))
        let inputs = ["Q": golden.Q.variable, "K": golden.K.variable, "V": golden.V.variable]
        let (output, weights) = attention(inputs["Q"]!, inputs["K"]!, inputs["V"]!)
        expectClose(output, golden.output.tensor, within: 1e-12)
        expectClose(weights, golden.weights.tensor, within: 1e-12)
        (output * output).sum().backward()
        for (name, gradient) in golden.gradients {
            expectClose((inputs[name] ?? attention.parameters[name]).gradient, gradient.tensor, within: 1e-10, "\(name)")
        }
    }

    @Test("S0.3's sizes")
    func attentionShapes() {
        let attention = Attention(querySize: 32, keySize: 32, valueSize1: 32, valueSize2: 64, outputSize: 64)
        let (output, weights) = attention(.ones(1, 1, 32), .ones(1, 1, 32), .ones(1, 32, 64))
        #expect(output.shape == [1, 1, 64])
        #expect(weights.shape == [1, 32])
    }

    @Test("scaled dot-product attention agrees with PyTorch")
    func scaledDotProductGolden() throws {
        let golden = try Golden.load("scaled-dot-product", as: DotProductGolden.self)
        let output = scaledDotProductAttention(golden.q.tensor, golden.k.tensor, golden.v.tensor)
        expectClose(output, golden.output.tensor, within: 1e-12)
    }

    @Test("multi-head attention agrees with PyTorch")
    func multiheadGolden() throws {
        let golden = try Golden.load("scaled-dot-product", as: DotProductGolden.self)
        let attention = MultiheadAttention(embedDim: 8, numHeads: golden.multihead.heads, batchFirst: true)
        try attention.load(golden.multihead.parameters.mapValues(\.tensor))
        let (output, weights) = attention(golden.q.tensor, golden.k.tensor, golden.v.tensor)
        expectClose(output, golden.multihead.output.tensor, within: 1e-12)
        expectClose(weights, golden.multihead.weights.tensor, within: 1e-12)
    }

    @Test("with sequences second, multi-head attention gives the same numbers in another order")
    func sequencesSecond() throws {
        let draws = Draws(seed: 1)
        let (first, second) = (
            MultiheadAttention(embedDim: 4, numHeads: 2, batchFirst: true), MultiheadAttention(embedDim: 4, numHeads: 2)
        )
        try second.load(Dictionary(uniqueKeysWithValues: first.parameters.map { ($0.name, $0.tensor) }))
        let (q, k) = (draws.tensor([2, 3, 4]), draws.tensor([2, 5, 4]))
        let turned = second(q.transposed(0, 1), k.transposed(0, 1), k.transposed(0, 1)).output
        #expect(turned.transposed(0, 1).values == first(q, k, k).output.values)
    }

    @Test("a causal mask hides what comes later")
    func causalMask() {
        let draws = Draws(seed: 2)
        let (q, v) = (draws.tensor([3, 4]), draws.tensor([3, 2]))
        let trace = DotProductAttention().trace(q, q, v, mask: .causalMask(3))
        #expect(trace.output[0].values == v[0].values)
        #expect([trace.weights[0, 1], trace.weights[0, 2], trace.weights[1, 2]].allSatisfy { $0.item == 0 })
        #expect(trace.weights.sum(axis: 1).isClose(to: .ones(3), within: 1e-15))
    }

    @Test("one key takes all the attention, whatever its score")
    func oneKey() {
        let draws = Draws(seed: 3)
        let value = draws.tensor([1, 2])
        let additive = AdditiveAttention(querySize: 3, keySize: 4, hiddenSize: 5)
        #expect(additive(draws.tensor([1, 3]), draws.tensor([1, 4]), value).output.values == value.values)
        #expect(scaledDotProductAttention(draws.tensor([1, 3]), draws.tensor([1, 3]), value).values == value.values)
    }

    // MARK: Three ways to each gradient

    /// Holds an attention's gradients against those of `composed` and against central differences.
    ///
    /// `run` gives (output, weights) from the inputs; both count in the loss.
    func check(
        _ inputs: [Tensor], _ parameters: Parameters, run: ([Tensor]) -> (output: Tensor, weights: Tensor),
        composed: ([Tensor]) -> (output: Tensor, weights: Tensor)
    ) {
        let draws = Draws(seed: 4)
        let (output, weights) = run(inputs)
        let (outputWeight, weightsWeight) = (draws.tensor(output.shape), draws.tensor(weights.shape))
        func loss(_ result: (output: Tensor, weights: Tensor)) -> Tensor {
            (outputWeight * result.output * result.output).sum() + (weightsWeight * result.weights).sum()
        }
        let variables = inputs.enumerated().map { ("input \($0.offset)", $0.element) } + parameters.map { ($0.name, $0.tensor) }
        loss((output, weights)).backward()
        let handWritten = variables.map { $0.1.gradient! }
        for (_, tensor) in variables { tensor.gradient = nil }

        let expected = composed(inputs)
        loss(expected).backward()
        expectClose(output, expected.output, within: 1e-12)
        expectClose(weights, expected.weights, within: 1e-12)
        for ((name, tensor), gradient) in zip(variables, handWritten) {
            expectClose(gradient, tensor.gradient!, within: 1e-12, "\(name)")
        }

        for (name, tensor) in variables {
            let original = tensor.detached()
            expectCentralDifferences(tensor, "\(name)") { shifted in
                tensor[.all] = shifted
                defer { tensor[.all] = original }
                return loss(run(inputs)).item
            }
        }
    }

    /// Random lengths and, half of the time, a mask.
    struct Sizes {
        let draws: Draws
        let leading: [Int]
        let queries: Int
        let memory: Int
        let mask: Tensor?

        init(seed: Int, axes: ClosedRange<Int> = 0...2) {
            let draws = Draws(seed: seed)
            let leading = (0..<draws.int(axes)).map { _ in draws.int(1...2) }
            let (queries, memory) = (draws.int(1...3), draws.int(1...4))
            let maskShape = Shape((draws.bool() ? leading : []) + [queries, memory])
            mask = draws.bool() ? Self.mask(maskShape, draws) : nil
            (self.draws, self.leading, self.queries, self.memory) = (draws, leading, queries, memory)
        }

        /// Zeros and ones, the first of every row 1.
        static func mask(_ shape: Shape, _ draws: Draws) -> Tensor {
            let memory = shape[shape.count - 1]
            return Tensor(shape: shape, values: (0..<shape.elementCount).map { $0 % memory == 0 || draws.bool() ? 1 : 0 })
        }

        func variable(_ lengths: Int...) -> Tensor { draws.variable(Shape(leading + lengths)) }
    }

    @Test("dot-product attention: three ways to each gradient agree", arguments: 0..<12)
    func dotProductGradients(seed: Int) {
        let sizes = Sizes(seed: seed)
        let d = sizes.draws.int(1...4)
        let isScaled = seed % 2 == 0
        let inputs = [
            sizes.variable(sizes.queries, d), sizes.variable(sizes.memory, d), sizes.variable(sizes.memory, sizes.draws.int(1...3)),
        ]
        check(inputs, Parameters()) {
            DotProductAttention(isScaled: isScaled)($0[0], $0[1], $0[2], mask: sizes.mask)
        } composed: {
            compose(matmul($0[0], $0[1].transposed()) / (isScaled ? Double(d).squareRoot() : 1), $0[2], sizes.mask)
        }
    }

    @Test("additive attention: three ways to each gradient agree", arguments: 0..<12)
    func additiveGradients(seed: Int) throws {
        let sizes = Sizes(seed: seed)
        let (querySize, keySize) = (sizes.draws.int(1...3), sizes.draws.int(1...3))
        let attention = AdditiveAttention(querySize: querySize, keySize: keySize, hiddenSize: sizes.draws.int(1...4))
        let inputs = [
            sizes.variable(sizes.queries, querySize), sizes.variable(sizes.memory, keySize),
            sizes.variable(sizes.memory, sizes.draws.int(1...3)),
        ]
        let p = attention.parameters
        try attention.load(sizes.draws.values(for: p))
        check(inputs, p) {
            attention($0[0], $0[1], $0[2], mask: sizes.mask)
        } composed: {
            let fromQ = matmul($0[0], p["W_q.weight"].transposed()).expandingAxis(-2)
            let fromK = matmul($0[1], p["W_k.weight"].transposed()).expandingAxis(-3)
            return compose((tanh(fromQ + fromK) * p["w_v.weight"][0]).sum(axis: -1), $0[2], sizes.mask)
        }
    }

    @Test("multi-head attention: three ways to each gradient agree", arguments: 0..<12)
    func multiheadGradients(seed: Int) throws {
        let sizes = Sizes(seed: seed, axes: 1...1)
        let (heads, width) = (sizes.draws.int(1...3), sizes.draws.int(1...2))
        let (hasBias, batchFirst) = (sizes.draws.bool(), sizes.draws.bool())
        let E = heads * width
        let attention = MultiheadAttention(embedDim: E, numHeads: heads, bias: hasBias, batchFirst: batchFirst)
        let p = attention.parameters
        try attention.load(sizes.draws.values(for: p))
        func input(_ length: Int) -> Tensor {
            let N = sizes.leading[0]
            return sizes.draws.variable(batchFirst ? [N, length, E] : [length, N, E])
        }
        let inputs = [input(sizes.queries), input(sizes.memory), input(sizes.memory)]
        check(inputs, p) {
            attention($0[0], $0[1], $0[2], mask: sizes.mask)
        } composed: { inputs in
            let projected = (0..<3).map { part in
                let input = batchFirst ? inputs[part] : inputs[part].transposed(0, 1)
                let product = matmul(input, p["in_proj_weight"][part * E..<(part + 1) * E].transposed())
                return hasBias ? product + p["in_proj_bias"][part * E..<(part + 1) * E] : product
            }
            let results = (0..<heads).map { head in
                let columns = projected.map { $0[.all, .all, .range(head * width..<(head + 1) * width)] }
                return compose(matmul(columns[0], columns[1].transposed()) / Double(width).squareRoot(), columns[2], sizes.mask)
            }
            let product = matmul(concatenated(results.map(\.output), axis: 2), p["out_proj.weight"].transposed())
            let output = hasBias ? product + p["out_proj.bias"] : product
            let weights = results.dropFirst().reduce(results[0].weights) { $0 + $1.weights } / Double(heads)
            return (batchFirst ? output : output.transposed(0, 1), weights)
        }
    }

    @Test("S0.3's attention: three ways to each gradient agree", arguments: 0..<8)
    func concatenatingGradients(seed: Int) throws {
        let draws = Draws(seed: seed)
        let (N, q, k, memory, size) = (draws.int(1...3), draws.int(1...3), draws.int(1...3), draws.int(1...4), draws.int(1...3))
        let attention = Attention(querySize: q, keySize: k, valueSize1: memory, valueSize2: size, outputSize: draws.int(1...3))
        let inputs = [draws.variable([1, N, q]), draws.variable([1, N, k]), draws.variable([1, memory, size])]
        let p = attention.parameters
        try attention.load(draws.values(for: p))
        check(inputs, p) {
            attention($0[0], $0[1], $0[2])
        } composed: {
            let scores = matmul(concatenated([$0[0], $0[1]], axis: 2), p["attn.weight"].transposed()) + p["attn.bias"]
            let weights = softmax(scores)
            let joined = concatenated([$0[0], matmul(weights, $0[2])], axis: 2)
            return (matmul(joined, p["attn_combine.weight"].transposed()) + p["attn_combine.bias"], weights[0])
        }
    }

    /// Softmax over the allowed scores and the weighted sum, from primitive operations.
    private func compose(_ scores: Tensor, _ values: Tensor, _ mask: Tensor?) -> (output: Tensor, weights: Tensor) {
        let hidden = mask.map { scores - 1e9 * (1 - $0) } ?? scores
        let weights = softmax(hidden)
        return (matmul(weights, values), weights)
    }
}
