import Exhibits
import Recurrent
import Testing

@Suite("An attention as an exhibit")
struct AttentionExhibitTests {
    @Test("the worked query's weights are softmax of its scores, and its output their sum of the values")
    func worked() throws {
        manualSeed(1)
        let trace = DotProductAttention().trace(.randn(2, 3), .randn(4, 3), .randn(4, 5))
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

    @Test("names that do not fit, and batches, are refused with what was expected")
    func misuse() {
        let trace = DotProductAttention().trace(.zeros(2, 2, 3), .zeros(2, 4, 3), .zeros(2, 4, 5))
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(trace, queries: nil, keys: nil, query: 0) }
        let single = DotProductAttention().trace(.zeros(2, 3), .zeros(4, 3), .zeros(4, 5))
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(single, queries: ["a"], keys: nil, query: 0) }
        #expect(throws: ShowMisuse.self) { try AttentionExhibit(single, queries: nil, keys: nil, query: 2) }
    }
}
