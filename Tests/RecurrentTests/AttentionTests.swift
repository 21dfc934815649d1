import Recurrent
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

    @Test("dot-product attention: three ways to each gradient agree", arguments: [true, false], [true, false])
    func dotProductGradients(isScaled: Bool, isMasked: Bool) {
        let draws = Draws(seed: 5)
        let inputs = [draws.variable([2, 3, 4]), draws.variable([2, 3, 4]), draws.variable([2, 3, 2])]
        let mask = isMasked ? Tensor.causalMask(3) : nil
        check(inputs, Parameters()) {
            DotProductAttention(isScaled: isScaled)($0[0], $0[1], $0[2], mask: mask)
        } composed: {
            compose(matmul($0[0], $0[1].transposed()) / (isScaled ? 2 : 1), $0[2], mask)
        }
    }

    @Test("additive attention: three ways to each gradient agree", arguments: [true, false])
    func additiveGradients(isMasked: Bool) {
        let draws = Draws(seed: 6)
        let attention = AdditiveAttention(querySize: 2, keySize: 3, hiddenSize: 4)
        let inputs = [draws.variable([2, 3, 2]), draws.variable([2, 3, 3]), draws.variable([2, 3, 2])]
        let mask = isMasked ? Tensor.causalMask(3) : nil
        let p = attention.parameters
        check(inputs, p) {
            attention($0[0], $0[1], $0[2], mask: mask)
        } composed: {
            let fromQ = matmul($0[0], p["W_q.weight"].transposed()).expandingAxis(2)
            let fromK = matmul($0[1], p["W_k.weight"].transposed()).expandingAxis(1)
            return compose((tanh(fromQ + fromK) * p["w_v.weight"][0]).sum(axis: 3), $0[2], mask)
        }
    }

    @Test("multi-head attention: three ways to each gradient agree", arguments: [true, false], [true, false])
    func multiheadGradients(hasBias: Bool, isMasked: Bool) throws {
        let draws = Draws(seed: 7)
        let attention = MultiheadAttention(embedDim: 4, numHeads: 2, bias: hasBias, batchFirst: true)
        try attention.load(draws.values(for: attention.parameters))
        let inputs = [draws.variable([2, 3, 4]), draws.variable([2, 3, 4]), draws.variable([2, 3, 4])]
        let mask = isMasked ? Tensor.causalMask(3) : nil
        let p = attention.parameters
        check(inputs, p) {
            attention($0[0], $0[1], $0[2], mask: mask)
        } composed: { inputs in
            let projected = (0..<3).map { part in
                let product = matmul(inputs[part], p["in_proj_weight"][part * 4..<(part + 1) * 4].transposed())
                return hasBias ? product + p["in_proj_bias"][part * 4..<(part + 1) * 4] : product
            }
            let heads = (0..<2).map { head in
                let columns = projected.map { $0[.all, .all, .range(head * 2..<(head + 1) * 2)] }
                return compose(matmul(columns[0], columns[1].transposed()) / 2.0.squareRoot(), columns[2], mask)
            }
            let output = matmul(concatenated(heads.map(\.output), axis: 2), p["out_proj.weight"].transposed())
            return (hasBias ? output + p["out_proj.bias"] : output, (heads[0].weights + heads[1].weights) / 2)
        }
    }

    @Test("S0.3's attention: three ways to each gradient agree")
    func concatenatingGradients() {
        let draws = Draws(seed: 8)
        let attention = Attention(querySize: 2, keySize: 3, valueSize1: 4, valueSize2: 2, outputSize: 3)
        let inputs = [draws.variable([1, 2, 2]), draws.variable([1, 2, 3]), draws.variable([1, 4, 2])]
        let p = attention.parameters
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
