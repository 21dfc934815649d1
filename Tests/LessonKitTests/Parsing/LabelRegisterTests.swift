import LessonKit
import Testing

@Suite struct LabelRegisterTests {
    private let labelled = """


        ## Gates {#sec-gates}

        ![A *gate*](gate.png){#fig-gate}

        $$x$$ {#eq-x}

        | a |
        |---|
        : T {#tbl-a}

        ```{swift}
        //| label: tbl-cell
        ```
        """

    @Test("all that has a label can be referred to, before and after it")
    func allKinds() throws {
        let lesson = try parse("See @sec-gates, @fig-gate, @eq-x, @tbl-a and @tbl-cell.\(labelled)")
        guard case .paragraph(let text)? = lesson.blocks.first else {
            Issue.record("no paragraph")
            return
        }
        let references = text.compactMap { if case .reference(let label) = $0 { label } else { nil } }
        #expect(references.map(\.name) == ["sec-gates", "fig-gate", "eq-x", "tbl-a", "tbl-cell"])
        #expect(references.map(\.kind) == [.section, .figure, .equation, .table, .table])
        #expect(references.map(\.position.column) == [5, 17, 28, 35, 46])
    }

    @Test(
        "references stand in emphasis, links, quotes, headings and beside Chinese text",
        arguments: [
            "*@fig-gate*", "[@fig-gate](x)", "> @fig-gate", "# @fig-gate", "见@fig-gate。", "(@fig-gate)", "@fig-gate's",
            "@fig-gate-",
        ])
    func places(text: String) throws {
        let lesson = try parse(text + labelled)
        #expect(
            String(describing: lesson.blocks[0]).contains(
                "Inline.reference(LessonKit.Label(kind: LessonKit.Label.Kind.figure, name: \"fig-gate\""))
    }

    @Test(
        "what is not a reference stays text",
        arguments: [
            "user@fig-x.com", "@figure-x", "@fig", "@fig-", "@someone", "a/@fig-x", "@fig-é",
        ])
    func text(written: String) throws {
        #expect(try parse(written).blocks == [.paragraph([.text(written)])])
    }

    @Test("an escaped reference and one in code are text")
    func escaped() throws {
        #expect(try parse("\\@fig-x and `@fig-x`").blocks == [.paragraph([.text("@fig-x and "), .code("@fig-x")])])
    }

    @Test("a reference to nothing is told at its place, with the nearest label")
    func dangling() {
        do throws(Problems) {
            _ = try parse("See\n> @fig-gaet.\(labelled)")
            Issue.record("parsed")
        } catch {
            #expect(error.all.map(\.position) == [at(5, 3)])
            #expect(error.all.map(\.message) == ["@fig-gaet refers to a label that this lesson does not have"])
            #expect(error.all.map(\.hint) == ["did you mean @fig-gate?"])
        }
    }

    @Test("a label that is taken is told at the second, with the line of the first")
    func clash() {
        do throws(Problems) {
            _ = try parse("```{swift}\n//| label: eq-x\n```\n\n$$a$$ {#eq-x}\n")
            Issue.record("parsed")
        } catch {
            #expect(error.all.map(\.position) == [at(8, 9)])
            #expect(error.all.map(\.message) == ["label eq-x is already taken"])
            #expect(error.all.map(\.notes) == [["first used in line 5"]])
        }
    }

    @Test(
        "a label that labels nothing is told",
        arguments: [
            ("text {#fig-a}", "4:8: there is nothing here that {#fig-a} could label"),
            ("# a {#sec-a} b", "4:7: there is nothing here that {#sec-a} could label"),
            ("# a {#fig-a}", "4:7: fig-a cannot be the label of a heading"),
            ("# a {#own}", "4:7: own cannot be the label of a heading"),
            ("![a](b) {#tbl-a}", "4:11: tbl-a cannot be the label of a figure"),
        ])
    func stray(text: String, expected: String) {
        #expect(problems(in: text) == [expected])
    }

    @Test("braces that are no label are text")
    func braces() throws {
        #expect(try parse("a {#b} c").blocks == [.paragraph([.text("a {#b} c")])])
    }

    @Test("all problems of a lesson are told, in the order of their places")
    func allProblems() {
        let found = problems(
            inFile: """
                ---
                titel: T
                ---
                @fig-a

                ```{swift}
                //| ehco: 1
                ```

                `{swift}`
                > [!NOET]
                """)
        #expect(found.map { $0.prefix { $0 != " " } } == ["1:1:", "2:1:", "4:1:", "7:5:", "10:2:", "11:3:"])
    }
}
