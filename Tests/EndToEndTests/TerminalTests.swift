import Foundation
import Testing

/// A program that is run by hand, as a reader runs a lesson's download, prints what a page would show.
@Suite("Exhibits of a program that is run by hand")
struct TerminalTests {
    private struct Shown {
        let code: String
        let text: String

        init(_ code: String, _ text: String) {
            self.code = code
            self.text = text
        }
    }

    /// Every weight is a whole number: the forward units come to 1 and 1 + 2 · 1, those that read in reverse to 1 and 1 + 3 · 1.
    private static let preamble = """
        import Recurrent
        import Exhibits

        let x = Tensor([[1], [1]])
        let both = RNN(inputSize: 1, hiddenSize: 1, nonlinearity: .relu, bias: false, bidirectional: true)
        try both.load([
            "weight_ih_l0": Tensor([[1]]), "weight_hh_l0": Tensor([[2]]),
            "weight_ih_l0_reverse": Tensor([[1]]), "weight_hh_l0_reverse": Tensor([[3]]),
        ])
        let trace = both.trace(x)
        let layer = RNN(inputSize: 1, hiddenSize: 1, nonlinearity: .relu, bias: false)
        try layer.load(["weight_ih_l0": Tensor([[1]]), "weight_hh_l0": Tensor([[2]])])
        func cleared(_ model: EncoderDecoder, bias: [Double]) throws -> EncoderDecoder {
            var zeros = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, Tensor.zeros($0.tensor.shape)) })
            zeros["output.bias"] = Tensor(bias)
            try model.load(zeros)
            return model
        }
        func words() -> EncoderDecoder {
            EncoderDecoder(source: Vocabulary(["北京", "你好"]), target: Vocabulary(["Hi"]), embeddingSize: 1, hiddenSize: 2)
        }

        """

    private static let tensorsAndLayers = [
        Shown(#"show(Tensor([[1, 2]]), "t")"#, "t (1, 2) = tensor([[1., 2.]])"),
        Shown("show(Tensor([[3], [4]]))", "(2, 1) = tensor([[3.],\n        [4.]])"),
        Shown(#"show(shapes: ["x": Tensor.zeros(2, 3), "states": .zeros(4, 5)])"#, "x       (2, 3)\nstates  (4, 5)"),
        Shown(#"show(shapes: ["x": [2, 3], "states": [4, 5]])"#, "x       (2, 3)\nstates  (4, 5)"),
        Shown(
            "let (output, hn) = both(x); show(shapes: both, input: x, output: output, hn: hn)",
            """
            input   (2, 1)  (L, d)
            output  (2, 2)  (L, D·H)
            hn      (2, 1)  (D·layers, H)
            """),
        Shown(
            "show(parameters: GRU(inputSize: 2, hiddenSize: 3, bias: false))",
            """
            weight_ih_l0  (9, 2)  18
            weight_hh_l0  (9, 3)  27
            GRU(2, 3, bias=False)  45
            """),
        Shown(
            "show(parameters: LSTMCell(inputSize: 2, hiddenSize: 3, bias: false))",
            """
            weight_ih  (12, 2)  24
            weight_hh  (12, 3)  36
            LSTMCell(2, 3, bias=False)  60
            """),
        Shown("show(parameters: Embedding(5, 2))", "weight  (5, 2)  10\nEmbedding(5, 2)  10"),
        Shown(
            "show(gates: trace)",
            """
            RNN layer 0
              x_0 = tensor([[1.]])
              h_0 = tensor([[1.]])
              x_1 = tensor([[1.]])
              h_1 = tensor([[3.]])
            RNN layer 0, reverse
              x_0 = tensor([[1.]])
              h_0 = tensor([[4.]])
              x_1 = tensor([[1.]])
              h_1 = tensor([[1.]])
            """),
        Shown(
            "show(worked: trace, step: 1, unit: 0)",
            "RNN layer 0, step 1, unit 0\n  h_2[0] = relu(W_ih x_t + W_hh hₜ₋₁) = 3.0"),
        Shown(
            "show(worked: trace, step: 0, unit: 0, reverse: true)",
            "RNN layer 0, reverse, step 0, unit 0\n  h_1[0] = relu(W_ih x_t + W_hh hₜ₊₁) = 4.0"),
        Shown(
            "show(diagram: trace, step: 1)",
            "RNN layer 0, step 1, unit 0: input [1.0]\n  h = 3.0\n  previous-h = 1.0"),
        Shown("show(diagram: both.definition)", "RNN\n  x → h\n  previous-h → h\n  h → next-h"),
        Shown(
            """
            show(equations: CellDefinition("Cube", "h_t = tanh(W x_t + h_{t-1}^3)"))
            """, "Cube\n  h_t = tanh(W x_t + hₜ₋₁³)"),
        Shown("show(diagram: .manyToMany(steps: 4, bidirectional: true))", "RNN manyToMany: 4 → 4, layers: 1, bidirectional"),
        Shown(#"show(diagram: .manyToOne(steps: 4, layers: 2, cell: "GRU"))"#, "GRU manyToOne: 4 → 1, layers: 2"),
        Shown("show(diagram: .oneToMany(steps: 4))", "RNN oneToMany: 1 → 4, layers: 1"),
        Shown("show(diagram: .encoderDecoder(inputs: 3, outputs: 2))", "RNN encoderDecoder: 3 → 2, layers: 1"),
    ]

    private static let charts = [
        Shown(#"show(lines: ["z": [3.5, 2], "a": [1, 0]])"#, "z: (0.0, 3.5) (1.0, 2.0)\na: (0.0, 1.0) (1.0, 0.0)"),
        Shown(#"show(lines: ["z": [3.5, 2]], at: [4, 5.5])"#, "z: (4.0, 3.5) (5.5, 2.0)"),
        Shown(#"show(lines: ["z": Tensor([3, 2])], at: Tensor([4, 6]))"#, "z: (4.0, 3.0) (6.0, 2.0)"),
        Shown(#"show(lines: ["z": 3...4, "a": [Float(1), 0]], at: 5..<7)"#, "z: (5.0, 3.0) (6.0, 4.0)\na: (5.0, 1.0) (6.0, 0.0)"),
        Shown(#"show(lines: ["z": [(1, 0.5), (10, 0.25)]])"#, "z: (1.0, 0.5) (10.0, 0.25)"),
        Shown(#"show(lines: ["z": [(x: 1, y: 0.5), (x: 10, y: 0.25)]])"#, "z: (1.0, 0.5) (10.0, 0.25)"),
        Shown(#"show(lines: [(name: "z", values: [3.5, 2])])"#, "z: (0.0, 3.5) (1.0, 2.0)"),
        Shown(#"show(lines: [(name: "z", values: [3, 2])], at: 5..<7)"#, "z: (5.0, 3.0) (6.0, 2.0)"),
        // From end to end in equal steps, of which there are 120.
        Shown(
            #"show(lines: ["twice": { 2 * $0 }, "less": { $0 - 1 }], from: -20, through: 100)"#,
            "twice: " + (-20...100).map { "(\($0).0, \(2 * $0).0)" }.joined(separator: " ")
                + "\nless: " + (-20...100).map { "(\($0).0, \($0 - 1).0)" }.joined(separator: " ")),
        Shown(
            #"show(lines: ["z": [3, 2]], bands: ["z": ([2.5, 1], [4, 2])], title: "Loss")"#,
            "Loss\nz: (0.0, 3.0, 2.5...4.0) (1.0, 2.0, 1.0...2.0)"),
        Shown(#"show(scatter: ["z": [(1, 0.5)], "a": [(3, 2)]], title: "Two")"#, "Two\nz: (1.0, 0.5)\na: (3.0, 2.0)"),
        Shown(#"show(scatter: ["z": Tensor([[1, 2], [3, 4]])])"#, "z: (1.0, 2.0) (3.0, 4.0)"),
        Shown("show(histogram: [1, 2, 2, 3, 5], bins: 2)", "[1.0, 3.0] 3 [3.0, 5.0] 2"),
        Shown(
            #"show(histogram: ["z": [1, 9], "a": [3]], bins: 2, xRange: 0...4)"#,
            "z: [0.0, 2.0] 1 [2.0, 4.0] 0\na: [0.0, 2.0] 0 [2.0, 4.0] 1"),
        Shown(
            #"show(table: ["epoch": 1...2, "loss": [0.5, 10.25], "word": ["a", "b"]], title: "Run")"#,
            "Run\nepoch  loss   word\n1.0    0.5    a\n2.0    10.25  b"),
        Shown(#"show(bars: ["RNN": 78.5, "GRU": -2], title: "Size")"#, "Size\nRNN: 78.5\nGRU: -2.0"),
        Shown(#"show(bars: ["RNN": 78.5, "GRU": -2])"#, "RNN: 78.5\nGRU: -2.0"),
        Shown(#"show(bars: ["RNN": 78, "GRU": 234])"#, "RNN: 78.0\nGRU: 234.0"),
        Shown(#"show(bars: [(name: "RNN", value: 78.5)])"#, "RNN: 78.5"),
        Shown("show(bars: Tensor([7, 8]))", "0: 7.0\n1: 8.0"),
        Shown(
            #"show(heatmap: Tensor([[1, 2], [3, 4]]), rows: ["je", "suis"], columns: ["I", "am"])"#,
            "je: [1.0, 2.0]\nsuis: [3.0, 4.0]"),
        Shown("show(heatmap: Tensor([5, 6]))", "0: [5.0, 6.0]"),
        Shown(#"show(heatmap: [[1, 2], [3, 4]], rowTitle: "query", title: "W")"#, "W\n0: [1.0, 2.0]\n1: [3.0, 4.0]"),
        Shown(
            #"show(heatmaps: ["z": Tensor([5, 6]), "a": Tensor([[1], [2]])], title: "Two")"#,
            "Two\nz\n0: [5.0, 6.0]\na\n0: [1.0]\n1: [2.0]"),
    ]

    /// Scores that are equal share the weight, and of scores that are 1000 apart the larger has it all.
    private static let attentions = [
        Shown(
            """
            let dot = DotProductAttention(isScaled: false)
            show(attention: dot.trace(Tensor([[0], [1]]), Tensor([[0], [1000]]), Tensor([[2], [4]])), query: 1)
            """,
            """
            0: [0.5, 0.5]
            1: [0.0, 1.0]
            1 = [4.0]
              0: score 0.0, weight 0.0
              1: score 1000.0, weight 1.0
            """),
        Shown(
            """
            let attention = Attention(querySize: 1, keySize: 1, valueSize1: 2, valueSize2: 1, outputSize: 1)
            try attention.load([
                "attn.weight": Tensor([[1000, 0], [0, 0]]), "attn.bias": Tensor([0, 0]),
                "attn_combine.weight": Tensor([[1, 1]]), "attn_combine.bias": Tensor([0]),
            ])
            let q = Tensor([[0], [1]])
            show(attention: attention.trace(q, q, Tensor([[2], [4]])), queries: ["je", "suis"], keys: ["I", "am"], query: 1)
            """,
            """
            je: [0.5, 0.5]
            suis: [1.0, 0.0]
            suis = [2.0]
              I: score 1000.0, weight 1.0
              am: score 0.0, weight 0.0
            """),
        Shown(
            """
            let heads = MultiheadAttention(embedDim: 2, numHeads: 2, bias: false)
            let one = [[1.0, 0], [0, 1]]
            try heads.load(["in_proj_weight": Tensor(one + one + one), "out_proj.weight": Tensor(one)])
            let seen = heads.trace(Tensor([[0, 0], [0, 1]]), Tensor([[0, 0], [0, 1000]]), Tensor([[7, 2], [7, 4]]))
            show(attention: seen, head: 1, query: 1)
            """,
            """
            0: [0.5, 0.5]
            1: [0.0, 1.0]
            1 = [4.0]
              0: score 0.0, weight 0.0
              1: score 1000.0, weight 1.0
            """),
        // Of zeros alone all scores are equal; the output's bias chooses the word, or that there is none.
        Shown(
            #"show(attention: try cleared(words(), bias: [1, 0]).translate(["北京", "你好"], maxLength: 2))"#,
            """
            Hi: [0.5, 0.5]
            Hi: [0.5, 0.5]
            Hi = [0.0, 0.0]
              北京: score 0.0, weight 0.5
              你好: score 0.0, weight 0.5
            """),
        Shown(
            #"show(attention: try cleared(words(), bias: [0, 1]).translate(["你好"]))"#,
            """
            ⟨boundary⟩: [1.0]
            ⟨boundary⟩ = [0.0, 0.0]
              你好: score 0.0, weight 1.0
            """),
    ]

    @Test("every show prints what it shows")
    func everyShow() throws {
        let shown = Self.tensorsAndLayers + Self.charts + Self.attentions
        let cells = zip(0..., shown).map { "do {\nprint(\"— \($0)\")\n\($1.code)\n}\n" }
        let printed = try output(of: Self.preamble + cells.joined()).components(separatedBy: "— ").dropFirst()
        #expect(printed.count == shown.count)
        for (index, (shown, printed)) in zip(shown, printed).enumerated() { #expect(printed == "\(index)\n\(shown.text)\n") }
    }

    /// h comes to 1 and 3, and the loss is their sum: ∂ℒ/∂h₂ = 1, ∂ℒ/∂h₁ = 1 + 2 · 1; h₀ is 0, and x is 1.
    @Test("a derivation prints each quantity with its value, one number followed, and each step's share of each gradient")
    func cellDerivation() throws {
        let shows = [
            "show(derivation)", "show(derivation, following: (row: 0, column: 0))", #"show(derivation, following: ("W_ih", 0, 0))"#,
        ]
        let program = "let derivation = layer.derivation(Tensor([[[1]], [[1]]])) { $0.sum() }\n" + shows.joined(separator: "\n")
        let expected = """
            Gradients of RNN(1, 1, bias=False)
            t = 1
              x_1 = tensor([1.])
              h_1 = tensor([1.])
            t = 2
              x_2 = tensor([1.])
              h_2 = tensor([3.])
            t = 2
              δ_2 = tensor([1.])
              diag([h_2 > 0]) δ_2 = tensor([1.])
            t = 1
              δ_1 = tensor([3.])
              diag([h_1 > 0]) δ_1 = tensor([3.])
            ℒ = tensor(4.)
            δ_2[0] = tensor(1.)
            δ_1[0] = tensor(3.)
            ∂ℒ/∂W_hh[0, 0] = tensor(1.)
            ∂ℒ/∂weight_ih_l0 = tensor([[4.]])
              t = 1: tensor([[3.]])
              t = 2: tensor([[1.]])
            ∂ℒ/∂weight_hh_l0 = tensor([[1.]])
              t = 1: tensor([[0.]])
              t = 2: tensor([[1.]])

            """
        let following = expected.replacing("∂ℒ/∂W_hh[0, 0] = tensor(1.)", with: "∂ℒ/∂W_ih[0, 0] = tensor(4.)")
        #expect(outerSides(of: try output(of: Self.preamble + program)) == expected + expected + following)
    }

    /// Both scores are 2, so α = 0.5: the context m is 3, ∂ℒ/∂α = v, ∂ℒ/∂a = α (v − 3) = ∓0.5, and ∂ℒ/∂k = 2 ∂ℒ/∂a.
    @Test("so does that of an attention")
    func attentionDerivation() throws {
        let program = """
            let dot = DotProductAttention(isScaled: false)
            show(dot.derivation(Tensor([[2]]), Tensor([[1], [1]]), Tensor([[2], [4]])) { $0.sum() })
            """
        #expect(
            outerSides(of: try output(of: Self.preamble + program)) == """
                Gradients of DotProductAttention
                j = 1
                  k_1 = tensor([1.])
                  v_1 = tensor([2.])
                  a_1 = tensor(2.)
                  α_1 = tensor(0.5000)
                  α_1 v_1 = tensor([1.])
                j = 2
                  k_2 = tensor([1.])
                  v_2 = tensor([4.])
                  a_2 = tensor(2.)
                  α_2 = tensor(0.5000)
                  α_2 v_2 = tensor([2.])
                j = 2
                  ∂ℒ/∂α_2 = tensor(4.)
                  ∂ℒ/∂a_2 = tensor(0.5000)
                  ∂ℒ/∂k_2 = tensor([1.])
                  ∂ℒ/∂v_2 = tensor([0.5000])
                j = 1
                  ∂ℒ/∂α_1 = tensor(2.)
                  ∂ℒ/∂a_1 = tensor(-0.5000)
                  ∂ℒ/∂k_1 = tensor([-1.])
                  ∂ℒ/∂v_1 = tensor([0.5000])
                m = tensor([3.])
                Σ_i α_i ∂ℒ/∂α_i = tensor(3.)
                ∂ℒ/∂query = tensor([0.])
                  j = 1: tensor([-0.5000])
                  j = 2: tensor([0.5000])

                """)
    }

    /// Of each line what stands before the first equals sign and behind the last: the name and the value.
    private func outerSides(of text: String) -> String {
        text.components(separatedBy: "\n").map { line in
            let sides = line.components(separatedBy: " = ")
            return sides.count > 2 ? sides[0] + " = " + sides[sides.count - 1] : line
        }.joined(separator: "\n")
    }

    private func output(of program: String) throws -> String {
        let course = try Course()
        try course.write(program, to: "main.swift")
        let outcome = try course.compileAndRun("main.swift")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }
}
