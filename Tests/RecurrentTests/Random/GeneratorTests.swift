import Foundation
import Recurrent
import Testing

/// Draws of PyTorch 2's CPU generator, recorded in `Goldens/random.json` and `Goldens/initialisation.json`.
@Suite("Random numbers")
struct GeneratorTests {
    struct Draw: Decodable {
        var seed: UInt64
        var call: String
        var shape: [Int]?
        var values: [Double]?
        var draws: [Block]?
    }

    struct Block: Decodable {
        var shape: [Int]
        var values: [Double]
    }

    struct Initialisation: Decodable {
        var seed: UInt64
        var layer: String
        var arguments: [Int]
        var parameters: [String: Block]
        var next: Block?

        enum CodingKeys: String, CodingKey {
            case seed, layer, arguments, parameters
            case next = "next_randn_1_3_5"
        }
    }

    @Test("every rand and randn equals PyTorch's for the same seed")
    func singleCalls() throws {
        let goldens = try decode([Draw].self, "random").filter { $0.draws == nil }
        #expect(goldens.count == 21)
        for golden in goldens {
            let (values, shape) = (try #require(golden.values), Shape(try #require(golden.shape)))
            let drawn = withSeed(golden.seed) { golden.call == "rand" ? Tensor.rand(shape) : Tensor.randn(shape) }
            expectEqual(drawn.values, values, "\(golden.call)\(shape), seed \(golden.seed)")
            #expect(drawn.shape == shape)
        }
    }

    @Test("calls in turn equal PyTorch's: an unused normal value waits for the next call")
    func callsInTurn() throws {
        let golden = try #require(try decode([Draw].self, "random").first { $0.draws != nil })
        let blocks = try #require(golden.draws)
        let generator = Generator(seed: golden.seed)
        for (block, isNormal) in zip(blocks, [true, true, false, true]) {
            let count = block.values.count
            let drawn = isNormal ? generator.normal(count: count) : generator.uniform(count: count)
            expectEqual(drawn, block.values, "\(golden.call): \(count) values")
        }
    }

    @Test("initial parameters equal PyTorch's, uniform ones to the last bit, and so does what is drawn next")
    func initialParameters() throws {
        let goldens = try decode([Initialisation].self, "initialisation")
        #expect(goldens.map(\.layer) == ["RNN", "LSTM", "GRU", "Linear", "Embedding", "LSTMCell"])
        for golden in goldens {
            try withSeed(golden.seed) {
                let parameters = try #require(initialParameters(of: golden))
                #expect(Set(parameters.names) == Set(golden.parameters.keys))
                for (name, parameter) in parameters {
                    let expected = try #require(golden.parameters[name])
                    #expect(Array(parameter.shape) == expected.shape, "\(golden.layer) \(name)")
                    if golden.layer == "Embedding" {
                        expectEqual(parameter.values, expected.values, "Embedding \(name)")
                    } else {
                        #expect(parameter.values == expected.values, "\(golden.layer) \(name)")
                    }
                }
                let next = try #require(golden.next)
                expectEqual(Tensor.randn(1, 3, 5).values, next.values, "randn after \(golden.layer)")
            }
        }
    }

    @Test("a layer of several options draws as many numbers as it has parameters, in their order")
    func orderOfDraws() {
        withSeed(0) {
            let lstm = LSTM(inputSize: 5, hiddenSize: 9, numLayers: 2, bias: false, bidirectional: true)
            let drawn = Generator(seed: 0).uniform(count: lstm.parameters.elementCount, from: -1.0 / 3, to: 1.0 / 3)
            #expect(lstm.parameters.flatMap { $0.tensor.values } == drawn)
        }
    }

    @Test("manualSeed makes the default generator begin anew, dropping a waiting normal value")
    func manualSeedBeginsAnew() {
        withSeed(0) {
            manualSeed(7)
            let first = Generator.default.normal(count: 3)
            manualSeed(7)
            #expect(Generator.default.normal(count: 3) == first)
        }
    }

    @Test("only the lower 32 bits of a seed matter, as in PyTorch")
    func seedIsTruncated() {
        #expect(Generator(seed: 5).uniform(count: 4) == Generator(seed: 5 + (1 << 32)).uniform(count: 4))
    }

    @Test("the state is renewed after 624 draws")
    func stateIsRenewed() {
        // The 10,000th output of MT19937 for the seed 5489 is 4123659995 (C++ standard, [rand.predef]).
        let generator = Generator(seed: 5489)
        let last = generator.uniform(count: 10_000)[9_999]
        #expect(last == Double(4_123_659_995 & 0xff_ffff) * 0x1p-24)
    }

    @Test("no values are drawn for a count of zero")
    func emptyDraws() {
        let generator = Generator(seed: 1)
        #expect(generator.uniform(count: 0).isEmpty && generator.normal(count: 0).isEmpty)
        #expect(generator.uniform(count: 1) == Generator(seed: 1).uniform(count: 1))
    }

    private func initialParameters(of golden: Initialisation) -> Parameters? {
        let sizes = golden.arguments
        return switch golden.layer {
        case "RNN": RNN(inputSize: sizes[0], hiddenSize: sizes[1], numLayers: sizes[2]).parameters
        case "LSTM": LSTM(inputSize: sizes[0], hiddenSize: sizes[1], numLayers: sizes[2]).parameters
        case "GRU": GRU(inputSize: sizes[0], hiddenSize: sizes[1], numLayers: sizes[2]).parameters
        case "LSTMCell": LSTMCell(inputSize: sizes[0], hiddenSize: sizes[1]).parameters
        case "Linear": Linear(sizes[0], sizes[1]).parameters
        case "Embedding": Embedding(sizes[0], sizes[1]).parameters
        default: nil
        }
    }

    /// Runs `body` as a program that began with this seed, undisturbed by other tests.
    private func withSeed<Result>(_ seed: UInt64, _ body: () throws -> Result) rethrows -> Result {
        try Generator.$current.withValue(Generator(seed: seed), operation: body)
    }

    private func expectEqual(_ actual: [Double], _ expected: [Double], _ what: String) {
        let difference = zip(actual, expected).map { abs($0 - $1) }.max() ?? 0
        #expect(actual.count == expected.count && difference <= 1e-6, "\(what): differs by \(difference)")
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Goldens"))
        return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }
}
