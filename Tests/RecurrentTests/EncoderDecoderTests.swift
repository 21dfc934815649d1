import Recurrent
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
        var losses: [Double] = []
        let time = ContinuousClock().measure { losses = train(model, steps: 100) }
        #expect(time < .seconds(2))
        #expect(losses.first! > 1)
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
