import Drawing
import LessonKit
import Testing

@Suite("Math")
struct MathRendererTests {
    private func mathML(_ tex: String, isDisplay: Bool = false) async throws -> Result<String, FormulaError>? {
        let formula = Formula(tex, isDisplay: isDisplay)
        return try await MathRenderer().render([formula])[formula]?.map(\.markup)
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
            #expect(try answers[formula]?.get().markup.contains("x_{\(index)}</annotation>") == true)
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
        let page = Page(lesson, Recording(cells: [], values: []))
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
            Recording(cells: [CellRecording()], values: []))
        #expect(page.formulas.map(\.formula) == [Formula("a"), Formula("b", isDisplay: true), Formula("c")])
        #expect(page.formulas.map(\.position.line) == [1, 2, 4])
        let typeset = page.typeset(try await MathRenderer().render(page.formulas.map(\.formula)))
        #expect(typeset.formulas.isEmpty && typeset.body.markup.ranges(of: "<math ").count == 3)
        #expect(typeset.contents[0].title.markup.hasPrefix("<math "))
        #expect(page.body.markup.contains("<code class=\"tex\">b</code>"))
    }

    @Test(
        "a character beyond U+FFFF is a fault of its formula alone, told at its place",
        arguments: [
            ("\u{1F600}", 0), ("\\frac{\u{1F600}}{2}", 6), ("\u{1D416} + \u{1F600}", 4),
        ])
    func astral(tex: String, offset: Int) async throws {
        let formulas = [Formula(tex), Formula("x")]
        let answers = try await MathRenderer().render(formulas)
        guard case .failure(let error) = answers[formulas[0]] else { throw FormulaError(message: "was typeset", offset: nil) }
        #expect(error.offset == offset && error.message.contains("\"\u{1F600}\""), "\(error)")
        #expect(try answers[formulas[1]]?.get().markup.contains("<mi>x</mi>") == true)
    }

    @Test("what \\char names and HTML cannot hold is shown as such", arguments: ["D83D", "0", "1", "FFFE"])
    func charactersByNumber(code: String) async throws {
        #expect(try await mathML("\\char\"\(code)")?.get().contains(">\u{FFFD}<") == true)
    }

    @Test(
        "a value in a formula is typeset as a sentence shows it",
        arguments: [
            (ValueRecording(text: "3.0", number: 3), "3.0"), (ValueRecording(text: "-2.5", number: -2.5), "-2.5"),
            (ValueRecording(text: "0.333333333", number: 0.333333333), "0.3333"),
            (ValueRecording(text: "-1.23456e-07", number: -1.23456e-07), "{-1.235 \\times 10^{-7}}"),
            (ValueRecording(text: "1e-05", number: 1e-05), "1 \\times 10^{-5}"),
            (ValueRecording(text: "nan", number: .nan), "\\mathrm{NaN}"),
            (ValueRecording(text: "-inf", number: -.infinity), "{-\\infty}"), (ValueRecording(text: "-12"), "-12"),
            (ValueRecording(text: "(2, 3)"), "\\text{(2, 3)}"),
            (ValueRecording(text: "a_b\\{--}$%"), "\\text{a\\_b{\\textbackslash}\\{{-}{-}\\}\\$\\%}"),
        ])
    func values(value: ValueRecording, tex: String) async throws {
        #expect(value.tex == tex)
        #expect(try await mathML("x^{\(value.tex)}")?.get().hasPrefix("<math") == true)
    }

    @Test("what any printed text is in a formula is that text, and nothing of TeX")
    func printedText() async throws {
        let text = (0x20..<0x7F).map { String(Unicode.Scalar(UInt8($0))) }.joined() + "\n-- 中"
        let markup = try #require(try await mathML(ValueRecording(text: text).tex)?.get())
        #expect(!markup.contains("<mi>") && !markup.contains("<mo>"))
        for part in ["#$%&amp;", "&lt;=&gt;?@A", "Z[\\]^_", "{|}~", "--", "中</mtext>"] {
            #expect(markup.contains(part), "\(markup)")
        }
    }

    @Test("a fault that a value brings into its formula is told where the formula begins, with the formula")
    func faultOfValue() async throws {
        let lesson = try parse("Here $a + `{swift} x`$.")
        let page = Page(lesson, Recording(cells: [], values: [ValueRecording(text: "\u{1F600}")]))
        let problems = page.problems(try await MathRenderer().render(page.formulas.map(\.formula)), in: lesson)
        #expect(problems.map(\.position) == [at(4, 7)])
        #expect(problems[0].notes == ["with its values the formula is a + {\\text{\u{1F600}}}"])
    }

    @Test("KaTeX's message is told without its own account of the place")
    func message() async throws {
        let result = try await mathML("x + \\foo")
        #expect(result == .failure(FormulaError(message: "Undefined control sequence: \\foo", offset: 4)))
    }

    @Test(
        "signs that grow with what they enclose or stand over are those that browsers know to grow",
        arguments: [
            ("\\left| x \\right|", ["|", "|"]), ("\\left\\| x \\right\\|", ["‖", "‖"]), ("\\hat a", ["^"]), ("\\vec v", ["→"]),
            ("\\underbrace{ab}", ["⏟"]),
        ])
    func stretchy(tex: String, signs: [String]) async throws {
        let markup = try #require(try await mathML(tex)?.get())
        #expect(markup.matches(of: /<mo( [^>]*)?>([^<]*)<\/mo>/).map { String($0.2) } == signs)
    }

    @Test("a line over a sum, or under it, is the edge of its box")
    func lines() async throws {
        #expect(
            try await mathML("\\overline{ab}")?.get().contains("<mrow class=\"overlined\"><mrow><mi>a</mi><mi>b</mi></mrow></mrow>")
                == true)
        #expect(try await mathML("\\underline{a}")?.get().contains("<mrow class=\"underlined\"><mi>a</mi></mrow>") == true)
    }

    @Test("a bar between two sides is a relation, one around a letter is not")
    func bars() async throws {
        #expect(try await mathML("a \\mid b")?.get().contains("<mo lspace=\"0.2778em\" rspace=\"0.2778em\">∣</mo>") == true)
        #expect(try await mathML("|x|")?.get().contains("<mrow><mi mathvariant=\"normal\">∣</mi><mi>x</mi>") == true)
    }

    @Test("dots between commas, and a colon before an equals sign, stand as in TeX")
    func dots() async throws {
        #expect(try await mathML("1, \\dots, n")?.get().contains("<mo lspace=\"0em\" rspace=\"0.1667em\">…</mo>") == true)
        let assigned = try #require(try await mathML("a := b")?.get())
        #expect(assigned.contains("<mo lspace=\"0.2778em\" rspace=\"0em\">:</mo><mo lspace=\"0em\" rspace=\"0.2778em\">=</mo>"))
    }

    @Test("a formula of hundreds of parts in one another is a fault of it alone")
    func deep() async throws {
        let deep = Formula(String(repeating: "\\sqrt{", count: 300) + "x" + String(repeating: "}", count: 300))
        let answers = try await MathRenderer().render([deep, Formula("x")])
        #expect(throws: FormulaError(message: "more than 200 parts of the formula stand in one another", offset: nil)) {
            try answers[deep]?.get()
        }
        #expect(try answers[Formula("x")]?.get().markup.hasPrefix("<math") == true)
    }

    @Test("every command that KaTeX turns into an element of its own has one on the page")
    func elements() async throws {
        let tex = [
            "\\boxed{x}", "\\cancel{x}", "\\phantom{x}", "\\sqrt[3]{x}", "\\xrightarrow[a]{b}",
            "\\begin{array}{r|l} a & b \\end{array}",
            "\\raisebox{1em}{x}", "\\rule{1em}{1em}", "a \\bmod b \\pmod c", "\\underbrace{x}_y", "\\color{red} x", "\\mathllap{x}",
            "\\smash{x}", "\\binom n k", "\\Bigl( x \\Bigr)", "\\not= \\neq", "\\text{a $b$ c}", "\\verb|x|",
            "\\begin{align} a &= b \\\\ c &= d \\end{align}",
        ]
        let answers = try await MathRenderer().render(tex.map { Formula($0, isDisplay: true) })
        for (formula, answer) in answers {
            #expect(throws: Never.self, "\(formula.tex)") { try answer.get() }
        }
    }
}
