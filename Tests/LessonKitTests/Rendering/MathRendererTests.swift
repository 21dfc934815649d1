import Drawing
import Exhibits
import LessonKit
import Testing

@Suite("Math")
struct MathRendererTests {
    private func mathML(_ tex: String, isDisplay: Bool = false) async throws -> Result<String, FormulaError>? {
        let formula = Formula(tex, isDisplay: isDisplay)
        return try await MathRenderer().render([formula])[formula]
    }

    @Test("a formula becomes one math element that keeps its TeX")
    func typesets() async throws {
        let markup = try #require(try await mathML("f_t < \\sigma(x)", isDisplay: true)?.get())
        #expect(markup.hasPrefix("<math") && markup.hasSuffix("</math>"))
        #expect(markup.contains("display=\"block\""))
        #expect(markup.contains("<msub><mi>f</mi><mi>t</mi></msub>"))
        #expect(markup.contains("<annotation encoding=\"application/x-tex\">f_t &lt; \\sigma(x)</annotation>"))
    }

    @Test("other alphabets are written with their own characters, which browsers show")
    func usesMathCharacters() async throws {
        let markup = try #require(try await mathML("\\mathbb{R}, \\mathbf{W}, \\mathcal{L}")?.get())
        #expect(markup.contains("ℝ") && markup.contains("𝐖"))
        #expect(!markup.contains("mathvariant=\"bold\""))
    }

    @Test("many formulas are answered each with its own", .timeLimit(.minutes(1)))
    func answersInOrder() async throws {
        let formulas = (0..<300).map { Formula("x_{\($0)}") }
        let answers = try await MathRenderer().render(formulas)
        for (index, formula) in formulas.enumerated() {
            #expect(try answers[formula]?.get().contains("x_{\(index)}</annotation>") == true)
        }
    }

    @Test("no formula can bring markup or links of its own")
    func isUntrusted() async throws {
        let result = try await mathML("\\href{javascript:x}{y}")
        #expect(throws: FormulaError.self) { try result?.get() }
    }

    @Test("a mistake is told at its place in the Markdown file", arguments: [
        ("a + \\foo b", 5, 7 + 4), ("é", 5, 7), ("\\frac{1}{", 5, 7 + 9), ("a\n  + \\foo", 6, 5),
    ])
    func problems(tex: String, line: Int, column: Int) async throws {
        let position = SourcePosition(line: 5, column: 7)
        let lesson = Sample.lesson([.paragraph([.emphasis([.math(TeX(source: tex, position: position))])])])
        let uses = lesson.formulas(with: Recording(cells: [], values: []))
        let typeset = try await MathRenderer().render(uses.map(\.formula))
        let problems = lesson.problems(in: uses, typeset: typeset)
        #expect(problems.map(\.position) == [SourcePosition(line: line, column: column)])
        #expect(problems.first?.file == lesson.path)
    }

    @Test("a mistake in what a cell shows is told at the cell, with the formula")
    func exhibitProblems() async throws {
        let gates = GatesExhibit(layer: "LSTM", equations: ["\\foo"], tracks: [])
        let recording = Recording(cells: [CellRecording(outputs: [.exhibit(Exhibit(gates))])], values: [])
        let lesson = Sample.lesson([.cell(0)], cells: [Sample.cell()])
        let uses = lesson.formulas(with: recording)
        let problems = lesson.problems(in: uses, typeset: try await MathRenderer().render(uses.map(\.formula)))
        #expect(problems.map(\.position) == [SourcePosition(line: 10, column: 1)])
        #expect(problems.first?.notes == ["in the formula \\begin{aligned} & \\foo \\end{aligned} of what this cell shows"])
    }

    @Test("KaTeX's message is told without its own account of the place")
    func message() async throws {
        let result = try await mathML("x + \\foo")
        #expect(result == .failure(FormulaError(message: "Undefined control sequence: \\foo", offset: 4)))
    }
}
