import Exhibits
import Foundation
import Recurrent
import Samples
import Testing

/// A derivation of each kind, of four steps.
enum DerivedNetwork: String, CaseIterable, Sendable {
    case elman, lstm, peepholes, gru, resetBefore, takesCandidate, dotProduct, additive

    func exhibit() throws -> DerivationExhibit {
        try Generator.$current.withValue(Generator(seed: 4), operation: draw)
    }

    private func draw() throws -> DerivationExhibit {
        let input = Tensor.randn(4, 1, 2)
        switch self {
        case .elman:
            let network = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
            return try .init(network.derivation(input.reshaped(4, 2), labels: [0, 1, 1, 0]), row: 1, column: 2)
        case .lstm: return try derived(LSTM(inputSize: 2, hiddenSize: 3), input)
        case .peepholes: return try derived(LSTM(inputSize: 2, hiddenSize: 3, peepholes: true), input)
        case .gru: return try derived(GRU(inputSize: 2, hiddenSize: 3), input)
        case .resetBefore: return try derived(GRU(inputSize: 2, hiddenSize: 3, resetAfter: false), input)
        case .takesCandidate: return try derived(GRU(inputSize: 2, hiddenSize: 3, updateGate: .takesCandidate), input)
        case .dotProduct:
            let attention = DotProductAttention()
            return .init(attention.derivation(.randn(1, 3), .randn(4, 3), .randn(4, 2)) { ($0 * $0).sum() })
        case .additive:
            let attention = AdditiveAttention(querySize: 3, keySize: 2, hiddenSize: 4)
            return .init(attention.derivation(.randn(1, 3), .randn(4, 2), .randn(4, 2)) { ($0 * $0).sum() })
        }
    }

    private func derived(_ lstm: LSTM, _ input: Tensor) throws -> DerivationExhibit {
        try .init(lstm.derivation(input) { ($0 * $0).sum() }, following: "f", row: 1, column: 2)
    }

    private func derived(_ gru: GRU, _ input: Tensor) throws -> DerivationExhibit {
        try .init(gru.derivation(input) { ($0 * $0).sum() }, following: "z", row: 1, column: 2)
    }
}

@Suite("A derivation as an exhibit")
struct DerivationExhibitTests {
    /// What a term's factors come to.
    private func value(_ term: DerivationExhibit.Term) -> [Double] {
        let factors = term.factors.map { Tensor(shape: Shape($0.shape), values: $0.values) }
        let product = factors.dropFirst().reduce(factors[0]) { left, right in
            term.product == .plain && left.shape.count == 2 ? matmul(left, right) : left * right
        }
        return term.isSubtracted ? (-product).values : product.values
    }

    private func expectSum(_ parts: [[Double]], _ sum: DerivationExhibit.Numbers, _ comment: String) {
        let added = parts.reduce([Double](repeating: 0, count: sum.values.count)) { zip($0, $1).map(+) }
        #expect(zip(added, sum.values).allSatisfy { abs($0 - $1) < 1e-13 }, "\(comment): \(added), \(sum.values)")
    }

    @Test("the numbers of every equation come to its value", arguments: DerivedNetwork.allCases)
    func linesAddUp(network: DerivedNetwork) throws {
        let exhibit = try network.exhibit()
        let lines = (exhibit.forward + exhibit.backward).flatMap(\.lines) + exhibit.trail
        #expect(lines.contains { !$0.terms.isEmpty })
        for line in lines where !line.terms.isEmpty {
            expectSum(line.terms.map(value), line.value, "\(line.left) = \(line.right)")
        }
    }

    @Test("the parts of a sum come to it", arguments: DerivedNetwork.allCases)
    func partsAddUp(network: DerivedNetwork) throws {
        for line in try network.exhibit().backward.flatMap(\.lines) where !line.parts.isEmpty {
            expectSum(line.parts.map(\.values), line.value, line.left)
        }
    }

    @Test(
        "the steps' contributions come to the gradient, which the tape and central differences confirm",
        arguments: DerivedNetwork.allCases)
    func contributionsAddUp(network: DerivedNetwork) throws {
        let exhibit = try network.exhibit()
        #expect(!exhibit.gradients.isEmpty)
        for gradient in exhibit.gradients {
            #expect(gradient.contributions.count == 4)
            expectSum(gradient.contributions.map(\.values), gradient.sum, gradient.name)
            #expect(gradient.differenceToTape! < 1e-12)
            #expect(gradient.differenceToCentralDifferences! < 1e-8)
        }
    }

    @Test(
        "the number that is followed ends at its place in the gradient",
        arguments: [
            (DerivedNetwork.elman, "W", 1 * 3 + 2), (.lstm, "weight_hh_l0", (3 + 1) * 3 + 2),
            (.gru, "weight_hh_l0", (3 + 1) * 3 + 2),
        ])
    func trail(network: DerivedNetwork, parameter: String, index: Int) throws {
        let exhibit = try network.exhibit()
        let gradient = try #require(exhibit.gradients.first { $0.name == parameter })
        #expect(exhibit.trail.last?.value.values == [gradient.sum.values[index]])
        #expect(exhibit.trail.first?.left == #"\mathcal{L}"#)
    }

    @Test(
        "an LSTM's cell gradient is the highway's share and that of all other paths",
        arguments: [
            DerivedNetwork.lstm, .peepholes,
        ])
    func paths(network: DerivedNetwork) throws {
        let exhibit = try network.exhibit()
        #expect(exhibit.paths.map(\.t) == [4, 3, 2, 1])
        for (path, step) in zip(exhibit.paths, exhibit.backward) {
            let gradient = try #require(step.lines.first { $0.left == #"\frac{\partial \mathcal{L}}{\partial c_\#(path.t)}"# })
            expectSum([path.highway.values, path.others.values], gradient.value, "t = \(path.t)")
        }
    }

    @Test("backward goes from the last step to the first, counted from 1 as the papers do")
    func order() throws {
        let exhibit = try DerivedNetwork.elman.exhibit()
        #expect(exhibit.forward.map(\.t) == [1, 2, 3, 4])
        #expect(exhibit.backward.map(\.t) == [4, 3, 2, 1])
        #expect(exhibit.backward[0].lines[1].right == #"V^\top (\hat y_4 - y_4)"#)
    }

    @Test("attention prints a division by √d only where it divides", arguments: [true, false])
    func scaling(isScaled: Bool) {
        let draws = Draws(seed: 4)
        let (query, keys) = (draws.tensor([1, 3]), draws.tensor([4, 3]))
        let derivation = DotProductAttention(isScaled: isScaled).derivation(query, keys, draws.tensor([4, 2])) { ($0 * $0).sum() }
        let exhibit = DerivationExhibit(derivation)
        let score = exhibit.forward[1].lines.first { $0.left == "a_{2}" }
        let product = zip(query.values, keys[1].values).map(*).reduce(0, +)
        #expect(abs(score!.value.values[0] - product / (isScaled ? 3.0.squareRoot() : 1)) < 1e-15)
        for text in exhibit.equations + exhibit.forward.flatMap(\.lines).map(\.right) where text.contains("k_") {
            #expect(text.contains(#"\sqrt d"#) == isScaled, "\(text)")
        }
        #expect(score?.right == (isScaled ? #"\frac{q^\top k_{2}}{\sqrt d}"# : #"q^\top k_{2}"#))
    }

    @Test("a sequence of one step has no recurrent part, and one of two has it at the first")
    func oneStep() throws {
        let network = ElmanNetwork(inputSize: 1, hiddenSize: 1, outputSize: 2)
        let one = try DerivationExhibit(network.derivation(Tensor([[1.0]]), labels: [0])).backward
        #expect(one.count == 1 && one[0].lines.allSatisfy { $0.parts.isEmpty })
        let two = try DerivationExhibit(network.derivation(Tensor([[1.0], [2.0]]), labels: [0, 1])).backward
        #expect(two.map { $0.lines.contains { !$0.parts.isEmpty } } == [false, true])
    }

    @Test("of 500 steps and 200 units both ends are kept, and the sums")
    func large() throws {
        let lstm = LSTM(inputSize: 3, hiddenSize: 200)
        let exhibit = try DerivationExhibit(lstm.derivation(.randn(500, 1, 3)) { $0.sum() })
        #expect(exhibit.backward.map(\.t) == Array(489...500).reversed() + Array(1...12).reversed())
        #expect(exhibit.gradients.allSatisfy { $0.contributions.isEmpty && $0.differenceToTape == nil })
        #expect(exhibit.gradients[1].sum.shape == [800, 200])
        #expect(try JSONText.encode(Exhibit(exhibit)).utf8.count < 16 << 20)
    }

    @Test("the terminal reads it without TeX", arguments: DerivedNetwork.allCases)
    func terminal(network: DerivedNetwork) throws {
        let text = try network.exhibit().terminalText
        #expect(!text.contains("\\") && !text.contains("{"))
    }

    @Test("a fraction of the terminal stands in one line")
    func terminalFraction() throws {
        let text = try DerivedNetwork.elman.exhibit().terminalText
        #expect(text.contains("∂ℒ/∂o_4 = ŷ_4 - y_4 = tensor("))
        #expect(text.contains("δ_3 = Vᵀ (ŷ_3 - y_3) + Wᵀ diag(1 - h_4²) δ_4 = tensor("))
    }

    @Test("a derivation comes back from JSON as it was", arguments: DerivedNetwork.allCases)
    func coding(network: DerivedNetwork) throws {
        let exhibit = try network.exhibit()
        let text = try JSONText.encode(Exhibit(exhibit))
        #expect(text.hasPrefix(#"{"kind": "derivation", "network": "\#(exhibit.network)""#))
        #expect(try JSONDecoder().decode(DerivationExhibit.self, from: Data(text.utf8)) == exhibit)
    }
}

@Suite("The roads by which a loss comes back")
struct RoadTests {
    private typealias Road = DerivationExhibit.Road

    /// From where each road to a state leads, the last step first.
    private func sources(_ network: DerivedNetwork, _ state: String) throws -> [[String]] {
        try network.exhibit().backward.map { step in
            let arrival = step.lines.compactMap(\.arrival).first { $0.state == state }
            return (arrival?.roads ?? []).map { road in
                [road.source.rawValue, road.from, road.isLater ? "later" : nil].compactMap { $0 }.joined(separator: " ")
            }
        }
    }

    @Test("Elman's δ comes from its step's output and, before the last step, from the next δ")
    func elman() throws {
        #expect(try sources(.elman, "h") == [["loss"]] + Array(repeating: ["loss", "state h later"], count: 3))
    }

    @Test("an LSTM's δ comes back through the gates, its cell state along itself and from h")
    func lstm() throws {
        #expect(try sources(.lstm, "h") == [["loss"]] + Array(repeating: ["loss", "gates later"], count: 3))
        #expect(try sources(.lstm, "c") == [["state h"]] + Array(repeating: ["state h", "state c later"], count: 3))
    }

    @Test("with peepholes the cell state is reached through gates of its own step and of the next, too")
    func peepholes() throws {
        let last = try sources(.peepholes, "c")[0], before = try sources(.peepholes, "c")[1]
        #expect(Set(last) == ["state h", "gates"])
        #expect(Set(before) == ["state h", "gates", "state c later", "gates later"])
    }

    @Test("an attention has no roads through time")
    func attention() throws {
        #expect(try DerivedNetwork.dotProduct.exhibit().backward.flatMap(\.lines).allSatisfy { $0.arrival == nil })
    }

    @Test("the step that adds most is the one with the longest contribution; where nothing is added there is none")
    func largestStep() {
        func gradient(_ contributions: [[Double]]) -> DerivationExhibit.Gradient {
            let numbers = contributions.map { DerivationExhibit.Numbers(shape: [$0.count], values: $0) }
            return .init(
                name: "b", symbol: "b", contributions: numbers, sum: .init(shape: [2], values: [0, 0]), differenceToTape: nil,
                differenceToCentralDifferences: nil)
        }
        let largest = gradient([[3, 4], [-6, 0.5], [1, 1]]).largestStep
        #expect(largest?.index == 1 && abs((largest?.size ?? 0) - 36.25.squareRoot()) < 1e-12)
        #expect(gradient([[0, 0], [0, 0]]).largestStep == nil && gradient([]).largestStep == nil)
    }
}
