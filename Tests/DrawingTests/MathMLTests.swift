import Drawing
import Exhibits
import Foundation
import LessonKit
import Recurrent
import Samples
import Testing

/// Exhibits' formulas are typeset here, a teacher's by KaTeX: both must come out alike.
@Suite("Formulas of exhibits")
struct MathMLTests {
    @Test("all formulas of the lessons' exhibits are KaTeX's to the byte")
    func lessons() async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../output")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let exhibits = try files.flatMap {
            try decoder.decode(Published.self, from: Data(contentsOf: $0)).cells.flatMap(\.exhibits)
        }
        let html = exhibits.map { $0.html(ExhibitStyle(words: .english)) }
        #expect(html.flatMap(\.formulas).count > 100)
        try await expectKaTeX(html)
    }

    @Test("so are those of 60 cells that nobody thought of", arguments: 0..<3)
    func randomCells(twentieth: Int) async throws {
        try await expectKaTeX(
            (twentieth * 20..<twentieth * 20 + 20).flatMap { seed in
                try drawings(of: CellDefinition("Random \(seed)", RandomCell(seed: seed).text))
            })
    }

    @Test(
        "and those of cells with any letters, accents and words below",
        arguments: [
            """
            α_t = σ(Β_{οΕ} x_t + Ω_{Ηh} h_{t-1} + ς_Ζ)
            ε_t = tanh(Υ x_t + Σ α_t)
            φ̂_t = relu(Ρ_{αβ,φ} ε_t) / (1 + exp(-ο̇_κ))
            h_t = φ̂_t ⊙ h_{t-1} + log(1 + φ̂_t^2)
            """,
            """
            \\bar{c}_t = σ(W_{hidden,in} x_t + U_{\\tilde{c}x} h_{t-1} + b_{ĉ})
            \\dot{m}_t = \\frac{\\bar{c}_t}{\\sqrt{1 + \\bar{c}_t^2}}
            y_{out2,t} = (V_{12} \\dot{m}_t) ⊙ (1 - \\bar{c}_t)
            h_t = \\sigma(y_{out2,t}) ⊙ h_{t-1} - 0.25 \\dot{m}_t
            """,
        ])
    func oddNames(equations: String) async throws {
        try await expectKaTeX(try drawings(of: CellDefinition("Odd", parsing: equations)))
    }

    @Test("and each command by itself, in a line and in a display", arguments: [false, true])
    func commands(isDisplay: Bool) async throws {
        try await expectKaTeX(Self.handwritten.map { Formula($0, isDisplay: isDisplay) })
    }

    @Test("parts that stand in one another are written once each")
    func nested() {
        let depth = 30
        let tex = String(repeating: #"\frac{1}{"#, count: depth) + "x" + String(repeating: "}", count: depth)
        #expect(Formula(tex).html.markup.ranges(of: "<mfrac>").count == depth)
    }

    @Test(
        "what no exhibit writes is not typeset, and shows its source",
        arguments: [
            #"\foo"#, "a_b_c", "{a", "a}", #"\htmlData{value=1}"#, #"\htmlData{id=1}{2}"#, #"\htmlData{value=1}{2"#, #"\left(a"#,
            #"\begin{aligned} a"#, "a'", "é", #"\frac{a}"#, "#",
            #"\begin{matrix} a \end{matrix}"#, #"\"#,
        ])
    func unknown(tex: String) {
        #expect(throws: TeXFault.self) { try Formula(tex).mathML() }
        #expect(Formula(tex).html == HTML(.code, .class("tex")) { tex })
    }

    @Test("a number of a worked step or a derivation tells its full value, and is set as it is without", arguments: 0..<4)
    func linkedNumbers(seed: UInt64) throws {
        let layer = Generator.$current.withValue(Generator(seed: seed)) { LSTM(inputSize: 2, hiddenSize: 2) }
        let input = Tensor(shape: [3, 1, 2], values: [0.5, -1, 0.25, 2, -0.125, 1e-7])
        let trace = layer.trace(input)
        let worked = Drawn.html(try WorkedExhibit(trace, at: TracePlace(step: 2, unit: 1)))
        let derivation = Drawn.html(try DerivationExhibit(layer.derivation(input) { $0.sum() }))
        for math in worked.elements(.math) + derivation.elements(.math) {
            let formula = HTML.element(.math, math.attributes, math.content)
            let plain = try #require(formula.formulas.first)
            let expected = try plain.mathML()
            #expect(!plain.tex.contains("htmlData") && formula.withoutValues.markup == expected.markup)
        }
        // The step's own numbers are those of the trace, unrounded.
        let step = trace.steps[2]
        let values = Set(worked.fullValues)
        for gate in [step.inputGate, step.forgetGate, step.cellGate, step.outputGate, step.cellState, step.hiddenState] {
            #expect(values.contains(gate[0, 1].item))
        }
        #expect(values.contains(input[2, 0, 1].item) && values.contains(trace.steps[1].cellState[0, 1].item))
        let gradients = Set(derivation.fullValues)
        // Of W_h's eight columns the middle is left out.
        let weights = layer.parameters["weight_hh_l0"]
        for row in [0, 1, 6, 7] {
            #expect(gradients.contains(weights[row, 0].item) && gradients.contains(weights[row, 1].item))
        }
    }

    // MARK: Helpers

    private struct Published: Decodable {
        struct Cell: Decodable { var exhibits: [Exhibit] }
        var cells: [Cell]
    }

    /// Everything with formulas that there is of a cell.
    private func drawings(of definition: CellDefinition) throws -> [HTML] {
        let layer = CustomCell(definition, inputSize: 2, hiddenSize: 2)
        let input = Tensor(shape: [3, 1, 2], values: [0.5, -1, 0.25, 2, -0.125, 1])
        let trace = layer.trace(input)
        return [
            Drawn.html(EquationsExhibit(name: definition.name, equations: definition.tex)),
            Drawn.html(GatesExhibit(trace)),
            Drawn.html(try WorkedExhibit(trace, at: TracePlace(step: 2, unit: 1))),
            Drawn.html(try DerivationExhibit(layer.derivation(input) { $0.sum() })),
        ]
    }

    private func expectKaTeX(_ html: [HTML], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(html.flatMap(\.untypeset) == [], sourceLocation: sourceLocation)
        try await expectKaTeX(html.flatMap(\.formulas), sourceLocation: sourceLocation)
    }

    private func expectKaTeX(_ formulas: [Formula], sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let expected = try await MathRenderer().render(formulas)
        for formula in Set(formulas) {
            let mathML = try #require(expected[formula]).get().markup
            #expect(formula.html.markup == mathML, "\(formula.tex)", sourceLocation: sourceLocation)
        }
    }

    private static let handwritten =
        [
            "f_t", #"\hat y_t"#, #"\tilde{c}_{t-1}"#, "a^f_t", #"x^\top_3"#, #"W_h^\top"#, #"\sum_t a"#, #"\sum^2 x"#,
            #"\sum_{i \in \{i, f\}}^2 a"#,
            #"\mathrm{output}[0]"#, #"\mathrm{NaN}"#, #"{-\infty}"#, #"1.2340 \times 10^{-5}"#, "12{3}4.5 6", "1 . 2", ".5", "a.b",
            "1,2;3",
            #"\operatorname{softmax}(s), \quad \tanh(x) \qquad \max_j s"#, #"\operatorname{diag}_t\, x"#, #"\max^2_3 x"#,
            #"x_{\tanh}"#,
            #"e^{s_j - \max s}"#, #"3\tanh 4 \, 5 6"#, #"\exp(-a) \log 3"#, #"\frac{a}{\sqrt d}"#, #"\frac12"#, #"x^\frac{a}{b}"#,
            #"\sqrt{}"#,
            #"\left(\frac{a}{b}\right)^2"#, #"\left[x\right]_t"#, #"\left\{ \sum_t a \right\}"#, #"\bar{h}\dot{x}"#, #"\hat{ab}"#,
            #"\tilde{\tilde{x}}"#,
            #"\mathrm x"#, #"\mathrm{α x_1 + 2}"#, #"\mathrm{a.b 1.5,c}"#, "{}", "{} + 3", "{+}", "_t", "{a b}_t", "(a)_t^2",
            "a = b < c > d / e",
            #"a \cdots b \ddots \vdots_t"#, #"\partial \mathcal{L} / \partial W_{\beta a}"#, #"a \odot b \cdot c"#,
            #"\begin{pmatrix} 1.5 & {-2.0} \\ \vdots & \cdots \\ 3 \end{pmatrix}_t"#, #"\begin{pmatrix} \end{pmatrix}"#,
            #"\begin{aligned} a_t &= \sum_{j} b^{\sum_i i} \\ & c + \begin{pmatrix} \sum_t & + \end{pmatrix} \end{aligned}"#,
            #"\begin{aligned} a & b & c & d \\ e \\ \end{aligned}"#, #"\begin{aligned} a \end{aligned}"#,
            #"\begin{aligned} \end{aligned}"#,
        ] + (0x391...0x3A9).filter { $0 != 0x3A2 }.map(letter) + (0x3B1...0x3C9).map(letter)
        + [
            "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi",
            "rho",
            "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma",
            "Upsilon",
            "Phi", "Psi", "Omega",
        ].map { #"\hat{\"# + $0 + "}_{" + #"\"# + $0 + " a}" }

    private static func letter(_ code: Int) -> String { String(Character(Unicode.Scalar(UInt32(code))!)) }
}

extension HTML {
    /// What the numbers of formulas tell.
    fileprivate var fullValues: [Double] {
        switch self {
        case .element(_, let attributes, let content):
            attributes.compactMap { $0.name == "data-value" ? $0.value.flatMap { Double($0) } : nil }
                + content.flatMap(\.fullValues)
        case .fragment(let content): content.flatMap(\.fullValues)
        case .text, .trusted, .formula: []
        }
    }

    fileprivate var withoutValues: HTML {
        switch self {
        case .element(let tag, let attributes, let content):
            .element(tag, attributes.filter { !$0.name.hasPrefix("data-") }, content.map(\.withoutValues))
        case .fragment(let content): .fragment(content.map(\.withoutValues))
        case .text, .trusted, .formula: self
        }
    }
}
