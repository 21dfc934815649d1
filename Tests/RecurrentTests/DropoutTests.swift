import Recurrent
import Samples
import Testing

@Suite("Dropout")
struct DropoutTests {
    /// The same draws at every run.
    private func seeded(_ body: () -> Tensor) -> Tensor {
        Generator.$current.withValue(Generator(seed: 3), operation: body)
    }

    @Test(
        "in training the share of zeros is the probability, and the rest is scaled so that the mean stays",
        arguments: [0.1, 0.5, 0.8])
    func training(probability: Double) {
        let dropped = seeded { Dropout(probability)(.ones(100, 100)) }.values
        let zeros = dropped.count { $0 == 0 }
        #expect(abs(Double(zeros) / 10_000 - probability) < 0.02)  // four standard deviations
        #expect(dropped.allSatisfy { $0 == 0 || $0 == 1 / (1 - probability) })
    }

    @Test("in evaluation, and with probability 0, everything passes as it is")
    func evaluation() {
        let x = Draws(seed: 1).tensor([3, 4])
        let dropout = Dropout(0.9)
        dropout.eval()
        #expect(dropout(x) == x)
        #expect(Dropout(0)(x) == x)
        dropout.train()
        #expect(seeded { dropout(x) } != x)
    }

    @Test("with probability 1 nothing passes, and nothing is divided by zero")
    func everything() {
        #expect(Dropout(1)(.ones(50)).values.allSatisfy { $0 == 0 })
    }

    @Test("the gradient passes where the value passed, scaled in the same way")
    func gradient() {
        let x = Draws(seed: 2).variable([3, 4])
        let weight = Draws(seed: 3).tensor([3, 4])
        (weight * seeded { Dropout(0.4)(x) }).sum().backward()
        expectCentralDifferences(x, "x") { shifted in (weight * seeded { Dropout(0.4)(shifted) }).sum().item }
        #expect(x.gradient!.values.contains(0))
    }
}
