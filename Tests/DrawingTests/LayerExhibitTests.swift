import Drawing
import Exhibits
import Recurrent
import Testing

@Suite("Exhibits of layers")
struct LayerExhibitTests {
    private func markup(_ exhibit: some Drawable) -> String { Drawn.markup(exhibit) }

    // MARK: Networks

    @Test(
        "an unrolled network has a cell for each step, layer and direction, inputs and outputs where they belong",
        arguments: [
            (NetworkExhibit.manyToMany(steps: 4), 4, 4, 4), (.manyToOne(steps: 3, layers: 2), 6, 3, 1),
            (.oneToMany(steps: 5), 5, 1, 5), (.encoderDecoder(inputs: 3, outputs: 2, layers: 2), 10, 3, 2),
            (.manyToMany(steps: 3, layers: 2, bidirectional: true), 12, 3, 3),
        ])
    func networks(network: NetworkExhibit, cells: Int, inputs: Int, outputs: Int) {
        let markup = markup(network)
        #expect(markup.ranges(of: ">RNN</text>").count == cells)
        #expect(markup.ranges(of: ">x").count == inputs)
        #expect(markup.ranges(of: ">y").count == outputs)
    }

    @Test("500 steps are drawn from both ends")
    func longNetwork() {
        let markup = markup(NetworkExhibit.manyToMany(steps: 500))
        #expect(markup.contains(">x₄₉₉</text>") && markup.contains("500 inputs"))
        // Twelve on a page, and five where a phone has no room for more.
        #expect(markup.ranges(of: ">RNN</text>").count == 12 + 5)
    }

    // MARK: Cells

    @Test(
        "the lines of a cell carry the values, and the alternative text tells them",
        arguments: [
            (
                LSTM.definition,
                ["f", "i", "g", "o", "c", "h", "previous-c", "previous-h", "f_t ⊙ c_{t-1}", "i_t ⊙ g_t", "tanh(c_t)"]
            ),
            (LSTM.definition(peepholes: true), ["f", "i", "g", "o", "c", "h", "previous-c", "previous-h"]),
            (GRU.definition(), ["r", "z", "n", "h", "previous-h", "1 - z_t"]),
            (GRU.definition(resetAfter: false, updateGate: .takesCandidate), ["r", "z", "n", "h", "previous-h", "1 - z_t"]),
            (RNN.definition(), ["h", "previous-h"]),
        ])
    func cells(definition: CellDefinition, symbols: [String]) {
        let values = zip(0..., symbols).map { CellExhibit.Value(symbol: $1, value: Double($0) / 8) }
        let markup = markup(
            CellExhibit(
                name: definition.name, diagram: definition.diagram,
                place: .init(layer: 0, isReverse: false, step: 2, sequence: 0, unit: 1, input: [1, -0.5]), values: values))
        for value in values {
            let text = NumberFormat.significant.format(value.value).plainText
            #expect(markup.contains("data-quantity=\"\(value.symbol)\">\(text)</tspan>"), "\(value.symbol)")
            let read = [
                "previous-c": "cₜ₋₁", "previous-h": "hₜ₋₁", "f_t ⊙ c_{t-1}": "fₜ ⊙ cₜ₋₁", "i_t ⊙ g_t": "iₜ ⊙ gₜ",
                "tanh(c_t)": "tanh(cₜ)",
                "1 - z_t": "1 − zₜ",
            ]
            #expect(markup.contains("\(read[value.symbol] ?? value.symbol) \(text)"))
        }
        #expect(markup.contains("data-quantity=\"x\">(1, −0.5)</tspan>") && markup.contains("Step 2 (t\u{A0}=\u{A0}3), unit 1"))
    }

    @Test("a cell without values is drawn with its letters, and the alternative text tells what reads what")
    func cellWithoutValues() {
        let markup = markup(CellExhibit(name: "LSTM", diagram: LSTM.definition(peepholes: true).diagram))
        #expect(markup.contains("<p class=\"exhibit-title\">LSTM</p>") && !markup.contains("class=\"value\""))
        #expect(markup.contains(">p<tspan class=\"lower\" dy=\"3\">f</tspan><tspan dy=\"-3\"> ⊙</tspan>"))
        #expect(markup.contains("cₜ₋₁ → fₜ, "))
    }

    // MARK: Shapes and parameters

    @Test("a layer's shapes stand in symbols and numbers with what their axes mean")
    func shapes() {
        let row = ShapesExhibit.Row(
            name: "hn", shape: [4, 3, 6], axes: [.directionsOfLayers, .sequences, .units], role: .output)
        let markup = markup(ShapesExhibit(rows: [row], layer: "LSTM(5, 6, num_layers=2)", sizes: [.init(.units, 6)]))
        #expect(markup.contains("<td class=\"shape\">(D·layers, N, H)</td><td class=\"shape\">(4, 3, 6)</td>"))
        #expect(markup.contains("directions of each layer × sequences of the batch × hidden units"))
        #expect(markup.contains("aria-label=\"LSTM(5, 6, num_layers=2) takes  and gives hn (4, 3, 6).\""))
        #expect(markup.contains("<em>H</em> = 6 hidden units"))
    }

    @Test("a size is told with what it means, except where its letter says it")
    func sizes() {
        func told(_ words: ExhibitVocabulary) -> [String] {
            let sizes = [LayerSize(.units, 6), .init(.layers, 2), .init(.directions, 1)]
            return Drawn.html(ParametersExhibit(layer: "N", rows: [], total: 0, sizes: sizes), words: words)
                .elements(.span, class: "size").map(\.text)
        }
        #expect(told(.english) == ["H = 6 hidden units", "layers = 2", "D = 1 directions"])
        #expect(told(.chinese) == ["H = 6 隐藏单元", "layers = 2 层", "D = 1 方向"])
    }

    @Test("parameters have their counts, their formulas and a total")
    func parameters() {
        let rows = [
            ParametersExhibit.Row(name: "weight_ih_l0", shape: [24, 5], count: 120, formula: #"4H \cdot d"#),
            ParametersExhibit.Row(name: "bias_ih_l0", shape: [24], count: 24, formula: "4H"),
        ]
        let markup = markup(ParametersExhibit(layer: "LSTM(5, 6)", rows: rows, total: 144, formula: "4H(d + 1)"))
        #expect(markup.contains("<td class=\"shape\">(24, 5)</td><td><math"))
        #expect(markup.contains("<mn>4</mn><mi>H</mi><mo lspace=\"0.2222em\" rspace=\"0.2222em\">⋅</mo><mi>d</mi></mrow>"))
        #expect(markup.contains("</math></td><td class=\"trailing\">120</td>"))
        #expect(markup.contains("<td class=\"trailing\">144</td>"))
    }

    // MARK: Worked steps

    @Test("a worked equation goes from symbols over numbers to its value, negative factors in parentheses")
    func worked() {
        let equation = WorkedExhibit.Equation(
            name: "forgetGate", symbol: "f", symbols: #"\sigma(W x)"#,
            lines: [
                [.tex(#"\sigma("#), .sum([[-0.5, 0.25], [1, -2], [-3]]), .tex(")")],
                [.tex(#"\sigma("#), .number(-5.125), .tex(")")],
            ], value: 0.0059)
        let markup = markup(
            WorkedExhibit(
                layerName: "LSTM", layer: 0, isReverse: false, step: 2, sequence: 0, unit: 1, equations: [equation]))
        #expect(
            markup.contains(
                #"f_{3}[1] &amp;= \sigma(W x) \\ &amp;= \sigma( {-0.5} \cdot 0.25 \allowbreak + 1 \cdot ({-2}) \allowbreak + ({-3}) ) \\ &amp;= \sigma( {-5.125} ) \\ &amp;= 0.0059"#
            ))
    }

    @Test("a cell is called by what tells it from others of its name; above a trace what is usual goes without saying")
    func variants() {
        func title(_ definition: CellDefinition, _ words: ExhibitVocabulary = .english) -> String {
            let exhibit = EquationsExhibit(name: definition.name, equations: definition.tex, variants: definition.variants)
            return Drawn.html(exhibit, words: words).elements(.p, class: "exhibit-title")[0].text
        }
        #expect(title(LSTM.definition) == "LSTM" && title(LSTM.definition(peepholes: true)) == "LSTM with peepholes")
        #expect(
            title(LSTM.definition(bias: false, peepholes: true, projection: true))
                == "LSTM with peepholes and a projection, without biases")
        #expect(title(GRU.definition()) == "GRU, reset after" && title(GRU.definition(resetAfter: false)) == "GRU, reset before")
        #expect(title(RNN.definition(nonlinearity: .relu), .chinese) == "RNN（relu）")
        #expect(title(GRU.definition(updateGate: .takesCandidate), .chinese) == "GRU（乘矩阵之后重置，更新门乘候选值）")
        let (usual, other) = (GRU(inputSize: 1, hiddenSize: 1), GRU(inputSize: 1, hiddenSize: 1, resetAfter: false))
        let titles = [usual, other].map { gru in
            Drawn.html(GatesExhibit(gru.trace(.zeros(1, 1, 1)))).elements(.p, class: "exhibit-title")[0].text
        }
        #expect(titles == ["GRU, Layer 0", "GRU, reset before, Layer 0"])
    }

    @Test("a sum of 200 terms leaves out its middle; NaN and powers are TeX")
    func longSum() {
        let equation = WorkedExhibit.Equation(
            name: "h", symbol: "h", symbols: "x",
            lines: [[.sum(Array(repeating: [1, 2], count: 200))], [.number(.nan), .number(1e-9), .number(-.infinity)]], value: 0)
        let markup = markup(
            WorkedExhibit(
                layerName: "RNN", layer: 0, isReverse: false, step: 0, sequence: 0, unit: 0, equations: [equation]))
        #expect(markup.contains(#"+ \cdots \allowbreak +"#) && markup.contains(#"\mathrm{NaN} 1 \times 10^{-9} {-\infty}"#))
        #expect(markup.ranges(of: #"1 \cdot 2"#).count == 12)
    }

    @Test("a sum within a fraction stays in one line, and the step joins what stands below a quantity already")
    func sumInFraction() {
        let sum = WorkedExhibit.Piece.sum(Array(repeating: [2], count: 5))
        let equation = WorkedExhibit.Equation(
            name: "y_out", symbol: "y_{out}", symbols: "x",
            lines: [[.tex(#"\frac{"#), sum, .tex("}{"), .number(3), .tex("} +"), sum]], value: 0)
        let markup = markup(
            WorkedExhibit(
                layerName: "RNN", layer: 0, isReverse: false, step: 4, sequence: 0, unit: 1, equations: [equation]))
        #expect(
            markup.contains(
                #"y_{out,5}[1] &amp;= x \\ &amp;= \frac{ 2 + 2 + 2 + 2 + 2 }{ 3 } + 2 \allowbreak + 2 \allowbreak + 2 \\ &amp;\qquad {} + 2 \allowbreak + 2 \\"#
            ))
    }

    @Test("no name that a cell gives becomes markup")
    func hostileNames() {
        let name = "<script>x</script>"
        let markup =
            markup(ShapesExhibit(rows: [.init(name: name, shape: [1], axes: [.units], role: .input)], layer: name))
            + markup(ParametersExhibit(layer: name, rows: [.init(name: name, shape: [], count: 1)], total: 1))
            + markup(NetworkExhibit.manyToMany(steps: 1, cell: name))
        #expect(!markup.contains("<script"))
    }
}
