import Drawing
import Exhibits
import Testing

@Suite("Derivations on a page")
struct DerivationRenderingTests {
    private typealias Numbers = DerivationExhibit.Numbers

    private func vector(_ values: Double...) -> Numbers { Numbers(shape: [values.count], values: values) }

    private func exhibit(_ lines: [DerivationExhibit.Line], gradients: [DerivationExhibit.Gradient] = []) -> DerivationExhibit {
        DerivationExhibit(
            network: "N(<1>)", equations: ["a = b"], stepCount: 3, forward: [], backward: [.init(t: 3, lines: lines)],
            gradients: gradients)
    }

    private func tex(_ lines: DerivationExhibit.Line...) -> String {
        Drawn.html(exhibit(lines)).formulas.map(\.tex).joined(separator: "\n")
    }

    @Test("an equation stands in symbols, in numbers and as its value")
    func threeStages() {
        let tex = tex(
            .init(
                left: #"\delta_3"#, right: "V y",
                terms: [.init(.plain, [Numbers(shape: [2, 2], values: [1, 2, 3, 4]), vector(0.5, -1)])],
                value: vector(-1.5, -2.5)))
        #expect(tex.contains(#"\delta_3 &= V y \\ &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\,"#))
        #expect(tex.contains(#"\begin{pmatrix} 0.5000 \\ {-1.000} \end{pmatrix} \\ &= \begin{pmatrix} {-1.500}"#))
    }

    @Test("a factor with a sign stands in brackets, a subtracted term behind its minus")
    func signs() {
        let tex = tex(
            .init(
                left: "d", right: "",
                terms: [
                    .init(.plain, [Numbers(shape: [], values: [0.5]), Numbers(shape: [], values: [-0.25])]),
                    .init(.plain, [Numbers(shape: [], values: [2])], isSubtracted: true),
                ],
                value: Numbers(shape: [], values: [-2.125])))
        #expect(tex.contains(#"d &= 0.5000 \cdot ({-0.2500}) - 2 \\ &= {-2.125}"#))
    }

    @Test("very small numbers are powers of ten, and what is no number is marked")
    func oddNumbers() {
        let tex = tex(.init(left: "d", right: "", value: vector(1.5e-9, .nan, -.infinity)))
        #expect(tex.contains(#"1.500 \times 10^{-9} \\ \mathrm{NaN} \\ {-\infty}"#))
    }

    @Test("two hundred units are told by both ends")
    func manyUnits() {
        let tex = tex(.init(left: "d", right: "", value: Numbers(shape: [200], values: (0..<200).map(Double.init))))
        #expect(tex.contains(#"2 \\ \vdots \\ 197"#))
        #expect(!tex.contains("100"))
    }

    @Test("the contributions are a table from the first step to the last, as time runs in the picture, with their sum")
    func contributions() {
        let gradient = DerivationExhibit.Gradient(
            name: "b", symbol: "b", contributions: [vector(1, 2), vector(0.5, 0.25)], sum: vector(1.5, 2.25),
            differenceToTape: 0, differenceToCentralDifferences: 3e-11)
        let markup = Drawn.markup(exhibit([], gradients: [gradient]))
        let rows = markup.split(separator: "\n").filter { $0.contains("scope=\"row\"") }
        #expect(rows.count == 5)
        #expect(rows[1].contains("t = 2") && rows[1].contains("value=\"0.25\""))
        #expect(rows[0].contains("t = 1"))
        #expect(rows[2].contains("Σ") && rows[2].contains("value=\"2.25\""))
        #expect(rows[4].contains("of all") && rows[4].contains("value=\"3e-11\""))
        #expect(markup.contains("N(&lt;1&gt;)"))
    }

    @Test("where steps are left out their number stands, on the way forward and back")
    func gaps() {
        func steps(_ places: [Int]) -> [DerivationExhibit.Step] {
            places.map { .init(t: $0, lines: [.init(left: "d", right: "", value: vector(1))]) }
        }
        let exhibit = DerivationExhibit(
            network: "N", equations: [], stepCount: 10, forward: steps([1, 2, 9, 10]), backward: steps([10, 9, 2, 1]), gradients: []
        )
        for pass in Drawn.html(exhibit).elements(.div, class: "pass") {
            #expect(pass.elements(.p, class: "left-out").map(\.text) == ["⋮ 6 more"])  // 3 to 8.
        }
    }

    @Test("a matrix's contributions stand under their rows and columns")
    func entries() {
        func matrix(_ first: Double) -> Numbers { Numbers(shape: [2, 3], values: (0..<6).map { first + Double($0) }) }
        let gradient = DerivationExhibit.Gradient(
            name: "W", symbol: "W", contributions: [matrix(0), matrix(10)], sum: matrix(20), differenceToTape: nil,
            differenceToCentralDifferences: nil)
        let table = Drawn.html(exhibit([], gradients: [gradient])).elements(.table)[0]
        let headings = table.elements(.th).filter { $0["scope"] == "col" }.map(\.text)
        #expect(Array(headings.dropFirst()) == ["[0, 0]", "[0, 1]", "[0, 2]", "[1, 0]", "[1, 1]", "[1, 2]"])
        #expect(table.elements(.tr)[2].values == [10, 11, 12, 13, 14, 15])
    }

    @Test("the title tells the number of steps in words", arguments: [(1, "one step", "1 步"), (3, "3 steps", "3 步")])
    func stepCount(count: Int, english: String, chinese: String) {
        let exhibit = DerivationExhibit(
            network: "N(2)", equations: [], stepCount: count, forward: [], backward: [], gradients: [])
        func title(_ words: ExhibitVocabulary) -> String {
            Drawn.html(exhibit, words: words).elements(.p, class: "exhibit-title").map(\.text).joined()
        }
        #expect(title(.english) == "Gradients of N(2), \(english)")
        #expect(title(.chinese) == "梯度推导： N(2), \(chinese)")
    }

    @Test("equations stand in one column each side of their first equals sign, and what has none on its right")
    func columns() {
        let html = Drawn.html(EquationsExhibit(name: "N", equations: ["a = b = c", "d", "e = f"]))
        #expect(html.formulas.map(\.tex) == [#"\begin{aligned} a &= b = c \\ & d \\ e &= f \end{aligned}"#])
    }
}
