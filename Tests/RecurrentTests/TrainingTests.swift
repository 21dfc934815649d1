import Recurrent
import Testing

@Suite("Training")
struct TrainingTests {
    /// S2.1's classifier: LSTM → last step → Linear.
    final class Classifier: Layer {
        let lstm: LSTM
        let fc: Linear

        init(hiddenSize: Int) {
            lstm = LSTM(inputSize: 1, hiddenSize: hiddenSize, batchFirst: true)
            fc = Linear(hiddenSize, 2)
        }

        var parameters: Parameters { Parameters(of: ["lstm": lstm.parameters, "fc": fc.parameters]) }

        func callAsFunction(_ x: Tensor) -> Tensor {
            let (output, _) = lstm(x)
            return fc(output[.all, -1])
        }
    }

    struct Golden: Decodable {
        let hidden: Int
        let lr: Double
        let steps: Int
        let clipGradNorm: Double
        let input: RecurrentTests.Golden.Array
        let labels: [Int]
        let parameters: [String: RecurrentTests.Golden.Array]
        let losses: [Double]
        let gradNormsBeforeClipping: [Double]
        let logitsAfter: RecurrentTests.Golden.Array
    }

    @Test("five steps of Adam with clipped gradients follow PyTorch's")
    func golden() throws {
        let golden = try RecurrentTests.Golden.load("training", as: Golden.self)
        let model = Classifier(hiddenSize: golden.hidden)
        try model.load(golden.parameters.mapValues(\.tensor))
        let optimizer = Adam(model.parameters, learningRate: golden.lr)
        for step in 0..<golden.steps {
            let loss = crossEntropy(model(golden.input.tensor), golden.labels)
            optimizer.zeroGradients()
            loss.backward()
            let norm = clipGradientNorm(model.parameters, golden.clipGradNorm)
            optimizer.step()
            #expect(abs(loss.item - golden.losses[step]) < 1e-10)
            #expect(abs(norm - golden.gradNormsBeforeClipping[step]) < 1e-10)
        }
        expectClose(model(golden.input.tensor), golden.logitsAfter.tensor, within: 1e-10)
    }

    @Test("momentum keeps moving in the direction of earlier gradients")
    func momentum() {
        let x = Tensor([1])
        x.requiresGradient = true
        let optimizer = SGD(["x": x], learningRate: 0.1, momentum: 0.5)
        for expected in [0.8, 0.54] {  // g = 2x: v = 2, then 0.5 · 2 + 1.6
            optimizer.zeroGradients()
            (x * x).sum().backward()
            optimizer.step()
            #expect(abs(x.item - expected) < 1e-15)
        }
    }

    @Test("clipping leaves gradients alone that are short enough")
    func shortGradients() {
        let x = Tensor([3, 4])
        x.requiresGradient = true
        x.sum().backward()
        #expect(clipGradientNorm(["x": x], 2) == 2.0.squareRoot())
        #expect(x.gradient?.values == [1, 1])
    }

    @Test("clipping shortens all gradients by one factor")
    func longGradients() throws {
        let (x, y) = (Tensor([1]), Tensor([1]))
        x.requiresGradient = true
        y.requiresGradient = true
        (3 * x + 4 * y).sum().backward()
        #expect(clipGradientNorm(["x": x, "y": y], 1) == 5)
        #expect(abs(try #require(x.gradient).item - 0.6) < 1e-6)
        #expect(abs(try #require(y.gradient).item - 0.8) < 1e-6)
    }

    @Test("cross entropy of equal logits is the logarithm of the number of classes")
    func crossEntropyOfEqualLogits() {
        #expect(abs(crossEntropy(Tensor.zeros(5, 7), [0, 1, 2, 3, 4]).item - 1.9459101490553132) < 1e-15)
        #expect(abs(crossEntropy(Tensor.zeros(5, 7), [0, 1, 2, 3, 4], reduction: .sum).item - 5 * 1.9459101490553132) < 1e-14)
    }

    @Test("mean squared error")
    func squaredError() {
        #expect(meanSquaredError(Tensor([1, 2]), Tensor([1, 5])).item == 4.5)
    }
}
