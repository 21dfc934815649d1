import Drawing
import Testing

@Suite("Quantities in formulas")
struct QuantityMarkTests {
    private static let quantities = [
        QuantitySymbol("f"), QuantitySymbol("δ", tex: #"\delta"#), QuantitySymbol("h̃", tex: #"\tilde{h}"#),
    ]
    private let marks = QuantityMarks(quantities)

    private func marked(_ tex: String) -> [String] {
        func symbols(_ html: HTML) -> [String] {
            switch html {
            case .element(_, let attributes, let content):
                attributes.filter { $0.name == "data-quantity" }.compactMap(\.value) + content.flatMap(symbols)
            case .fragment(let content): content.flatMap(symbols)
            case .text, .trusted, .formula: []
            }
        }
        return symbols(marks.marked(Formula(tex).html))
    }

    @Test(
        "a letter with its time below it is the quantity: now, before, last, at a step",
        arguments: [
            ("f_t", ["f"]), (#"f_{t-1} \odot f_{t+1}"#, ["f", "f"]), ("f_L", ["f"]), ("f_{12}", ["f"]), (#"\delta_3"#, ["δ"]),
            (#"\tilde{h}_t"#, ["h̃"]), ("f_t^2", ["f"]), (#"\frac{1}{1 + f_t}"#, ["f"]),
        ])
    func marked(tex: String, symbols: [String]) {
        #expect(marked(tex) == symbols)
    }

    @Test(
        "a letter alone, a parameter and another letter are not",
        arguments: ["f", "W_f", "b_{if}", "f_{out}", "h_t", "W_{hf} h_{t-1}"])
    func unmarked(tex: String) {
        #expect(marked(tex) == [])
    }
}
