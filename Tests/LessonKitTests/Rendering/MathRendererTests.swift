import Drawing
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
        #expect(markup.contains("ℝ") && markup.contains("𝐖") && markup.contains("ℒ"))
        #expect(!markup.contains("mathvariant=\"bold\""))
    }

    // The limit is for pipes that wait for one another.
    @Test("many formulas are answered each with its own", .timeLimit(.minutes(20)))
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

    @Test(
        "a mistake is told at its place in the Markdown file",
        arguments: [
            ("a + \\foo b", 5, 7 + 4), ("é", 5, 7), ("\\frac{1}{", 5, 7 + 9), ("a\n  + \\foo", 6, 5),
        ])
    func problems(tex: String, line: Int, column: Int) async throws {
        let position = SourcePosition(line: 5, column: 7)
        let lesson = Sample.lesson([.paragraph([.emphasis([.math(TeX(source: tex, position: position))])])])
        let page = Page(lesson, Recording(cells: [], values: []), program: "")
        let results = try await MathRenderer().render(page.formulas.map(\.formula))
        let problems = page.problems(results, in: lesson)
        #expect(problems.map(\.position) == [SourcePosition(line: line, column: column)])
        #expect(problems.first?.file == lesson.path)
    }

    @Test("a page's formulas are taken from where they stand, and stand there typeset, in the list of contents too")
    func page() async throws {
        func tex(_ source: String, line: Int) -> TeX { TeX(source: source, position: SourcePosition(line: line, column: 3)) }
        var options = CellOptions()
        options.caption = [.math(tex("c", line: 4))]
        let page = Page(
            Sample.lesson(
                [
                    .heading(Heading(level: 2, content: [.math(tex("a", line: 1))], id: "a", label: nil)),
                    .quote([.math(DisplayMath(tex: tex("b", line: 2), label: nil))]), .cell(0),
                ], cells: [Sample.cell(options: options)]),
            Recording(cells: [CellRecording()], values: []), program: "")
        #expect(page.formulas.map(\.formula) == [Formula("a"), Formula("b", isDisplay: true), Formula("c")])
        #expect(page.formulas.map(\.position.line) == [1, 2, 4])
        let typeset = page.typeset(try await MathRenderer().render(page.formulas.map(\.formula)))
        #expect(typeset.formulas.isEmpty && typeset.body.markup.ranges(of: "<math ").count == 3)
        #expect(typeset.contents[0].title.markup.hasPrefix("<math "))
        #expect(page.body.markup.contains("<code class=\"tex\">b</code>"))
    }

    @Test("KaTeX's message is told without its own account of the place")
    func message() async throws {
        let result = try await mathML("x + \\foo")
        #expect(result == .failure(FormulaError(message: "Undefined control sequence: \\foo", offset: 4)))
    }
}
