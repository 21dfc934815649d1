import Exhibits
import Recurrent
import Samples
import Testing

@Suite("An attention as an exhibit")
struct AttentionExhibitTests {
    @Test("the worked query's weights are softmax of its scores, and its output their sum of the values")
    func worked() throws {
        let draws = Draws(seed: 1)
        let trace = DotProductAttention().trace(draws.tensor([2, 3]), draws.tensor([4, 3]), draws.tensor([4, 5]))
        let exhibit = try AttentionExhibit(trace, queries: ["a", "b"], keys: ["k", "l", "m", "n"], query: 1)
        let sum = exhibit.exponentials.reduce(0, +)
        for j in 0..<4 {
            #expect(abs(exhibit.exponentials[j] / sum - exhibit.weights[1][j]) < 1e-15)
            #expect(exhibit.scores[j] == trace.scores[1, j].item)
        }
        for unit in 0..<5 {
            let output = (0..<4).map { exhibit.weights[1][$0] * exhibit.values[$0][unit] }.reduce(0, +)
            #expect(abs(output - exhibit.output[unit]) < 1e-14)
        }
        #expect(exhibit.exponentials.max() == 1)
    }

    /// The equations read as those of derivations are: j and i count places as t counts steps, max a has a letter of its own.
    @Test("the printed equations come to the numbers of the worked query")
    func equations() throws {
        manualSeed(3)
        let trace = DotProductAttention().trace(.randn(2, 3), .randn(4, 3), .randn(4, 5))
        let exhibit = try AttentionExhibit(trace, queries: nil, keys: nil, query: 1)
        func places<Value>(_ values: [Value], _ printed: (Value) -> PrintedValue) -> [Int: PrintedValue] {
            Dictionary(uniqueKeysWithValues: zip(1..., values.map(printed)))
        }
        let printed = PrintedDerivation(
            parameters: ["M": PrintedValue(exhibit.scores.max()!)],
            quantities: [
                "a": places(exhibit.scores) { PrintedValue($0) }, "α": places(exhibit.weights[1]) { PrintedValue($0) },
                "v": places(exhibit.values) { PrintedValue($0) },
            ], stepCount: 4)
        func value(_ tex: String, at place: Int? = nil) throws -> [Double] {
            let read = tex.replacing("_j", with: "_t").replacing("_i", with: "_t").replacing(#"\max a"#, with: "M")
            return try printed.value(of: read.replacing("e^{", with: #"\exp{"#), at: place).values
        }
        typealias Equation = AttentionExhibit.Equation
        for j in 0..<4 {
            #expect(try value(Equation.score, at: j + 1) == [exhibit.scores[j]])
            #expect(try value(Equation.weight, at: j + 1) == [exhibit.weights[1][j]])
            #expect(abs(try value(Equation.exponential, at: j + 1)[0] - exhibit.exponentials[j]) < 1e-15)
            #expect(abs(try value(Equation.softmax, at: j + 1)[0] - exhibit.weights[1][j]) < 1e-15)
            #expect(try value(Equation.weightedValue, at: j + 1) == exhibit.values[j].map { $0 * exhibit.weights[1][j] })
        }
        let output = try value(Equation.output)
        #expect(zip(output, exhibit.output).allSatisfy { abs($0 - $1) < 1e-14 } && output.count == 5)
    }

    @Test("what a mask hides has no part, however large its score")
    func masked() throws {
        let attention = DotProductAttention(isScaled: false)
        let trace = attention.trace(
            Tensor([[1.0]]), Tensor([[1.0], [2000.0]]), Tensor([[3.0], [4.0]]), mask: Tensor([[1.0, 0.0]]))
        let exhibit = try AttentionExhibit(trace, queries: nil, keys: nil, query: 0)
        #expect(exhibit.exponentials == [1, 0])
        #expect(exhibit.weights == [[1, 0]])
        #expect(exhibit.output == [3])
        #expect(exhibit.keys == ["0", "1"])
    }

    @Test("a head of several is worked out with its own values, masks and the places that the attention adds")
    func heads() throws {
        let draws = Draws(seed: 2)
        let attention = MultiheadAttention(embedDim: 6, numHeads: 3, addBiasKV: true, addZeroAttention: true)
        try attention.load(draws.values(for: attention.parameters))
        let (q, memory) = (draws.tensor([2, 6]), draws.tensor([3, 6]))
        let masks: [AttentionMask?] = [nil, .excluding(Tensor([[0, 1, 0], [1, 0, 0]])), .adding(draws.tensor([2, 3]))]
        for mask in masks {
            let trace = attention.trace(q, memory, memory, attentionMask: mask)
            for head in 0..<3 {
                let exhibit = try AttentionExhibit(trace, head: head, queries: nil, keys: nil, query: 1)
                #expect(exhibit.weights[1] == trace.headWeights[0, head, 1].values && exhibit.keys.count == 5)
                let (weights, sum) = (exhibit.weights[1], exhibit.exponentials.reduce(0, +))
                for place in 0..<5 {
                    #expect(abs(exhibit.exponentials[place] / sum - weights[place]) < 1e-15)
                    #expect(exhibit.scores[place].isFinite)
                }
                for unit in 0..<2 {
                    let output = (0..<5).map { weights[$0] * exhibit.values[$0][unit] }.reduce(0, +)
                    #expect(abs(output - exhibit.output[unit]) < 1e-14)
                }
            }
            let joined = cat((0..<3).map { trace.headOutputs[0, $0] }, axis: 1)
            let output =
                matmul(joined, attention.parameters["out_proj.weight"].transposed()) + attention.parameters["out_proj.bias"]
            #expect(output.isClose(to: trace.output, within: 1e-14))
        }
        let batch = attention.trace(.zeros(2, 2, 6), .zeros(3, 2, 6), .zeros(3, 2, 6))
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(batch, head: 0, queries: nil, keys: nil, query: 0) }
        let single = attention.trace(q, memory, memory)
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(single, head: 3, queries: nil, keys: nil, query: 0) }
    }

    @Test("names that do not fit, and batches, are refused with what was expected")
    func misuse() {
        let trace = DotProductAttention().trace(.zeros(2, 2, 3), .zeros(2, 4, 3), .zeros(2, 4, 5))
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(trace, queries: nil, keys: nil, query: 0) }
        let single = DotProductAttention().trace(.zeros(2, 3), .zeros(4, 3), .zeros(4, 5))
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(single, queries: ["a"], keys: nil, query: 0) }
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(single, queries: nil, keys: nil, query: 2) }
    }
}
