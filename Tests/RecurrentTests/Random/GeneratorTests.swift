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
        for golden in try decode([Draw].self, "random") {
            guard let values = golden.values else { continue }
            let generator = Generator(seed: golden.seed)
            let drawn =
                golden.call == "rand" ? generator.uniform(count: values.count) : generator.normal(count: values.count)
            expectEqual(drawn, values, "\(golden.call) \(values.count), seed \(golden.seed)")
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

    @Test("initial parameters, drawn in PyTorch's order, equal PyTorch's to the last bit")
    func initialParameters() throws {
        for golden in try decode([Initialisation].self, "initialisation") {
            let generator = Generator(seed: golden.seed)
            for name in parameterOrder(of: golden) {
                let expected = try #require(golden.parameters[name]).values
                if golden.layer == "Embedding" {
                    expectEqual(generator.normal(count: expected.count), expected, "Embedding \(name)")
                } else {
                    let fan = golden.layer == "Linear" ? golden.arguments[0] : golden.arguments[1]
                    let bound = 1 / Double(fan).squareRoot()
                    #expect(
                        generator.uniform(count: expected.count, from: -bound, to: bound) == expected,
                        "\(golden.layer) \(name)"
                    )
                }
            }
            if let next = golden.next {
                expectEqual(generator.normal(count: 15), next.values, "randn after \(golden.layer)")
            }
        }
    }

    @Test("manualSeed makes the default generator begin anew, dropping a waiting normal value")
    func manualSeedBeginsAnew() {
        manualSeed(7)
        let first = Generator.default.normal(count: 3)
        manualSeed(7)
        #expect(Generator.default.normal(count: 3) == first)
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

    private func parameterOrder(of golden: Initialisation) -> [String] {
        let stems = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
        switch golden.layer {
        case "Linear": return ["weight", "bias"]
        case "Embedding": return ["weight"]
        case "LSTMCell": return stems
        default: return (0..<golden.arguments[2]).flatMap { layer in stems.map { "\($0)_l\(layer)" } }
        }
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
