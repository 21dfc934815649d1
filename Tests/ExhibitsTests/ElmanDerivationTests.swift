import Exhibits
import Recurrent
import Testing

@Suite("An Elman network's derivation as an exhibit")
struct ElmanDerivationTests {
    private let derivation: ElmanDerivation
    private let exhibit: DerivationExhibit

    init() {
        manualSeed(4)
        let network = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
        derivation = network.derivation(Tensor.randn(4, 2), labels: [0, 1, 1, 0])
        exhibit = DerivationExhibit(derivation, following: (1, 2))
    }

    /// What a term's factors come to.
    private func value(_ term: DerivationExhibit.Term) -> [Double] {
        let factors = term.factors.map { Tensor(shape: Shape($0.shape), values: $0.values) }
        let product = factors.dropFirst().reduce(factors[0]) { left, right in
            term.product == .plain && left.shape.count == 2 ? matmul(left, right) : left * right
        }
        return term.isSubtracted ? (-product).values : product.values
    }

    @Test("the numbers of every equation come to its value")
    func linesAddUp() {
        for line in (exhibit.forward + exhibit.backward).flatMap(\.lines) + exhibit.trail where !line.terms.isEmpty {
            let sum = line.terms.map(value).reduce([Double](repeating: 0, count: line.value.values.count)) {
                zip($0, $1).map(+)
            }
            for (summed, value) in zip(sum, line.value.values) {
                #expect(abs(summed - value) < 1e-14, "\(line.left) = \(line.right)")
            }
        }
    }

    @Test("the parts of δ come to δ")
    func partsAddUp() {
        let lines = exhibit.backward.flatMap(\.lines).filter { !$0.parts.isEmpty }
        #expect(lines.count == 3)
        for line in lines {
            let sum = zip(line.parts[0].values, line.parts[1].values).map(+)
            #expect(zip(sum, line.value.values).allSatisfy { abs($0 - $1) < 1e-15 })
        }
    }

    @Test("the steps' contributions come to the gradient, which the tape and central differences confirm")
    func contributionsAddUp() {
        #expect(exhibit.gradients.map(\.name) == ["U", "W", "b", "V", "c"])
        for gradient in exhibit.gradients {
            #expect(gradient.contributions.count == 4)
            for index in gradient.sum.values.indices {
                let sum = gradient.contributions.map { $0.values[index] }.reduce(0, +)
                #expect(abs(sum - gradient.sum.values[index]) < 1e-14)
            }
            #expect(gradient.differenceToTape < 1e-12)
            #expect(gradient.differenceToCentralDifferences < 1e-8)
        }
    }

    @Test("the number that is followed ends at its place in ∂L/∂W, by way of every δ")
    func trail() {
        #expect(exhibit.trail.first?.value.values == [derivation.loss])
        #expect(exhibit.trail.last?.value.values == [derivation.gradients.W[1, 2].item])
        #expect(exhibit.trail.dropFirst().dropLast().map(\.value.values)
            == derivation.steps.reversed().map { [$0.delta[1].item] })
    }

    @Test("backward goes from the last step to the first, counted from 1 as the papers do")
    func order() {
        #expect(exhibit.forward.map(\.t) == [1, 2, 3, 4])
        #expect(exhibit.backward.map(\.t) == [4, 3, 2, 1])
        #expect(exhibit.backward[0].lines[1].right == #"V^\top (\hat y_{4} - y_{4})"#)
    }

    @Test("a sequence of one step has no recurrent part")
    func oneStep() {
        let network = ElmanNetwork(inputSize: 1, hiddenSize: 1, outputSize: 2)
        let exhibit = DerivationExhibit(network.derivation(Tensor([[1.0]]), labels: [0]), following: (0, 0))
        #expect(exhibit.backward.count == 1)
        #expect(exhibit.backward[0].lines.allSatisfy { $0.parts.isEmpty })
    }
}
