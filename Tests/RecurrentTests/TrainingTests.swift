import Foundation
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

    /// Three steps from (1, 2, −1) with gradients handed in.
    private func threeSteps(_ step: (Tensor) -> () -> Void) -> Tensor {
        let x = Tensor([1, 2, -1])
        x.requiresGradient = true
        let step = step(x)
        for gradient in [[1, -2, 0.5], [0.25, 4, -1], [-3, 0.125, 1e-3]] {
            x.gradient = Tensor(gradient)
            step()
        }
        return x
    }

    @Test("SGD and Adam move as torch.optim's do")
    func optimizersAgainstPyTorch() {
        // SGD([x], lr=0.1), SGD([x], lr=0.1, momentum=0.9), Adam([x], lr=0.1), Adam([x], lr=0.05, betas=(0.8, 0.99), eps=1e-3)
        expectClose(threeSteps { SGD(["x": $0], learningRate: 0.1).step }, Tensor([1.175, 1.7875, -0.9501]), within: 1e-15)
        expectClose(
            threeSteps { SGD(["x": $0], learningRate: 0.1, momentum: 0.9).step }, Tensor([0.9815, 1.7695, -0.9456]), within: 1e-15
        )
        expectClose(
            threeSteps { Adam(["x": $0], learningRate: 0.1).step },
            Tensor([0.85651591641203, 2.0333148876456355, -1.0351469202924082]), within: 1e-14
        )
        expectClose(
            threeSteps { Adam(["x": $0], learningRate: 0.05, betas: (0.8, 0.99), epsilon: 1e-3).step },
            Tensor([0.934058462732156, 2.0126976763227855, -1.0136784796555227]), within: 1e-14
        )
    }

    @Test("a parameter without a gradient stays while others move")
    func frozenParameter() {
        let (moving, frozen) = (Tensor([1]), Tensor([1]))
        moving.requiresGradient = true
        let optimizer = Adam(["moving": moving, "frozen": frozen])
        (moving * frozen).sum().backward()
        optimizer.step()
        #expect(moving.item < 1)
        #expect(frozen.item == 1)
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
        // The factor is 1 / (5 + 10⁻⁶), as PyTorch has it.
        #expect(abs(try #require(x.gradient).item - 3 / 5.000001) < 1e-15)
        #expect(abs(try #require(y.gradient).item - 4 / 5.000001) < 1e-15)
    }

    @Test("cross entropy of equal logits is the logarithm of the number of classes")
    func crossEntropyOfEqualLogits() {
        let log7 = Foundation.log(7.0)
        #expect(abs(crossEntropy(Tensor.zeros(5, 7), [0, 1, 2, 3, 4]).item - log7) < 1e-15)
        #expect(abs(crossEntropy(Tensor.zeros(5, 7), [0, 1, 2, 3, 4], reduction: .sum).item - 5 * log7) < 1e-14)
        // One example's label, also as a tensor of one.
        for label in [Tensor(3), Tensor([3])] { #expect(abs(crossEntropy(Tensor.zeros(7), label).item - log7) < 1e-15) }
    }

    @Test("mean squared error")
    func squaredError() {
        let (prediction, target) = (Tensor([1, 2]), Tensor([1, 5]))
        #expect(meanSquaredError(prediction, target).item == 4.5)
        #expect(meanSquaredError(prediction, target, reduction: .sum).item == 9)
        #expect(meanSquaredError(prediction, target, reduction: .none).values == [0, 9])
    }
}
