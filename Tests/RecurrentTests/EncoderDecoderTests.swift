import Recurrent
import Samples
import Testing

@Suite("EncoderDecoder")
struct EncoderDecoderTests {
    static let (chinese, english) = (["欢迎", "来", "北京"], ["Welcome", "to", "Beijing"])

    /// Drawn apart from the default generator, which other tests use at the same time.
    func model(seed: Int) throws -> EncoderDecoder {
        let model = EncoderDecoder(source: Vocabulary(Self.chinese), target: Vocabulary(Self.english))
        try model.load(Draws(seed: seed).values(for: model.parameters).mapValues { 0.25 * $0 })
        return model
    }

    func train(_ model: EncoderDecoder, steps: Int) -> [Double] {
        let optimizer = Adam(model.parameters, learningRate: 0.02)
        return (0..<steps).map { _ in
            let loss = model.loss(Self.chinese, Self.english)
            optimizer.zeroGradients()
            loss.backward()
            optimizer.step()
            return loss.item
        }
    }

    @Test("learns 欢迎 来 北京 → Welcome to Beijing to certainty, whatever it starts from", arguments: 0..<5)
    func learns(seed: Int) throws {
        let model = try model(seed: seed)
        // To guess one of three words and the end costs ln 4 ≈ 1.39.
        #expect(train(model, steps: 100).first! > 1)
        let translation = model.translate(Self.chinese)
        #expect(translation.words == Self.english)
        #expect(translation.probabilities.count == 4)
        #expect(translation.probabilities.allSatisfy { $0 > 0.99 })
    }

    @Test("two trainings from the same start take the same course, bit by bit")
    func deterministic() throws {
        #expect(try train(model(seed: 1), steps: 20) == train(model(seed: 1), steps: 20))
    }

    @Test("every step's attention weights add up to 1")
    func weights() throws {
        let translation = try model(seed: 2).translate(Self.chinese, maxLength: 2)
        #expect(translation.weights.shape.last == 3)
        expectClose(translation.weights.sum(axis: 1), .ones(translation.weights.shape[0]), within: 1e-14)
    }

    @Test("a translation tells every state on the way, and they are those of the layers' equations")
    func states() throws {
        let model = try model(seed: 3)
        let sentence = ["来", "北京", "欢迎", "来"]
        let translation = model.translate(sentence, maxLength: 3)
        let steps = translation.probabilities.count
        #expect(translation.source == sentence)
        #expect(steps == 3 || steps == translation.words.count + 1)
        #expect(translation.encoderStates.shape == [4, 16] && translation.decoderStates.shape == [steps, 16])
        let trace = translation.attention
        #expect(trace.scores.shape == [steps, 4] && trace.values == translation.encoderStates)
        expectClose(softmax(trace.scores), trace.weights, within: 1e-15)
        expectClose(matmul(trace.weights, trace.values), trace.output, within: 1e-14)
        #expect(translation.weights == trace.weights)
        // The output layer makes each step's probability of the decoder's state.
        let p = model.parameters
        let logits = matmul(translation.decoderStates, p["output.weight"].transposed()) + p["output.bias"]
        let largest = softmax(logits).values
        for step in 0..<steps {
            #expect(abs(largest[step * 4..<step * 4 + 4].max()! - translation.probabilities[step]) < 1e-14)
        }
        // The query of a step is the state before it, the first one the encoder's last.
        let before = concatenated(
            [translation.encoderStates[-1].expandingAxis(0), translation.decoderStates[0..<(steps - 1)]], axis: 0)
        let keys = matmul(translation.encoderStates, p["attention.W_k.weight"].transposed())
        let queries = matmul(before, p["attention.W_q.weight"].transposed())
        for step in 0..<steps {
            let scores = matmul(tanh(keys + queries[step]), p["attention.w_v.weight"].transposed())
            expectClose(scores.reshaped([4]), trace.scores[step], within: 1e-14)
        }
        // Nothing of it carries a gradient.
        let states = [translation.encoderStates, translation.decoderStates]
        for tensor in states + [trace.scores, trace.weights, trace.values, trace.output] { #expect(!tensor.requiresGradient) }
    }

    @Test("every gradient, of every layer in it, is that of central differences", arguments: 0..<3)
    func gradients(seed: Int) throws {
        let model = EncoderDecoder(
            source: Vocabulary(Self.chinese), target: Vocabulary(Self.english), embeddingSize: 2, hiddenSize: 3
        )
        try model.load(Draws(seed: seed).values(for: model.parameters))
        model.loss(Self.chinese, Self.english).backward()
        for (name, tensor) in model.parameters {
            let original = tensor.detached()
            expectCentralDifferences(tensor, "\(name)") { shifted in
                tensor[.all] = shifted
                defer { tensor[.all] = original }
                return model.loss(Self.chinese, Self.english).item
            }
        }
    }
}
