import Drawing
import Exhibits
import Foundation
import Testing

import LessonKit

@Suite("Lessons in another language")
struct TranslationTests {
    private static let original = """
        ---
        title: One
        sources: []
        builds-on: [zero]
        ---
        Now `{swift} a`.

        ```{swift}
        //| label: fig-a
        //| caption: "The *first*."
        let a = 1
        ```

        Here `{swift} a + 1`.

        ```{swift}
        //| label: cell-b
        //| output: false
        let b = 2
        ```

        """

    private static func lesson() throws -> Lesson {
        try Lesson.parse(Array(original.utf8), path: "lessons/02-one.md")
    }

    private static func translation(_ body: String, head: String = "", of original: Lesson? = nil) throws -> Lesson {
        let text = "---\ntitle: 一\ntranslates: ../02-one.md\n\(head)---\n" + body
        return try Lesson.parse(
            Array(text.utf8), path: "lessons/zh/02-one.md", translating: try original ?? lesson())
    }

    private static let body = """
        先看 `{swift} a + b`。{{< no embed >}}

        {{< embed ../02-one.md#fig-a caption="**第一**个是 `{swift} a`，$x$。" >}}

        ```{texts}
        "it: holds": "成立，\\"当然\\""
        ```

        > 见 @fig-a：`{swift} a * 3`。
        >
        > {{< embed ../02-one.md#cell-b >}}

        完 `{swift} b`。

        """

    /// What a faulty translation is told, each as `file:line:column: message`.
    private static func faults(_ body: String, head: String = "", of original: Lesson? = nil) -> [String] {
        do {
            _ = try translation(body, head: head, of: original)
            return []
        } catch let problems as Problems {
            return problems.all.map {
                "\(($0.file ?? "").split(separator: "/").suffix(2).joined(separator: "/")):\($0.position?.line ?? 0):"
                    + "\($0.position?.column ?? 0): \($0.message)"
            }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("a translation has the cells of its original, with captions of its own, and what that builds on")
    func parts() throws {
        let lesson = try Self.translation(Self.body)
        #expect(lesson.slug == "one.zh" && lesson.number == 2 && lesson.frontMatter.lang == "zh")
        #expect(lesson.frontMatter.buildsOn.map(\.text) == ["zero"])
        #expect(lesson.cells.map(\.code) == ["let a = 1", "let b = 2"])
        #expect(lesson.cells.map { $0.options.label?.name } == ["fig-a", "cell-b"])
        #expect(lesson.cells[1].options.output == false)
        #expect(
            lesson.cells[0].options.caption == [
                .strong([.text("第一")]), .text("个是 "), .value(1), .text("，"),
                .math(TeX(source: "x", position: SourcePosition(line: 7, column: 61))), .text("。"),
            ])
        #expect(lesson.translation?.embeds.map(\.index) == [0, 1])
        #expect(lesson.translation?.embeds[0].texts.map(\.translated) == ["成立，\"当然\""])
        #expect(lesson.values.map(\.expression) == ["a + b", "a", "a * 3", "b"])
        guard case .quote(let quoted)? = lesson.blocks.dropFirst(2).first else {
            Issue.record("\(lesson.blocks)")
            return
        }
        #expect(quoted.last == .cell(1))
    }

    @Test("one program computes the values of both, a translation's behind those that the original has after the same cell")
    func oneProgram() throws {
        let original = try Self.lesson(), translation = try Self.translation(Self.body)
        let whole = original.joined(with: [translation])
        let order = whole.snippets.map { snippet in
            switch snippet {
            case .cell(let index): "cell \(index)"
            case .value(let index): whole.values[index].expression + (whole.values[index].path.map { " in \($0)" } ?? "")
            }
        }
        let zh = " in lessons/zh/02-one.md"
        #expect(
            order == ["a", "a + b" + zh, "cell 0", "a + 1", "a" + zh, "a * 3" + zh, "cell 1", "b" + zh])
        #expect(whole.values.map(\.index) == Array(whole.values.indices))
    }

    @Test("what the compiler tells of a translation's value is told in its file, and each page gets its own values")
    func places() throws {
        let original = try Self.lesson(), translation = try Self.translation(Self.body)
        let whole = original.joined(with: [translation]), program = Program(whole)
        let lines = program.source.split(separator: "\n", omittingEmptySubsequences: false)
        let call = try #require(lines.firstIndex { $0 == "a * 3" })
        let location = try #require(lines[..<call].lastIndex { $0.hasPrefix("#sourceLocation") })
        let first = try #require(Int(lines[location].split(separator: " ").last?.filter(\.isNumber) ?? ""))
        let place = program.place(line: first + call - location - 1, byteColumn: 3)
        #expect(place.file == "lessons/zh/02-one.md" && place.position == SourcePosition(line: 13, column: 23))

        // The values as they come: those of the translation between the original's.
        var log = ""
        for snippet in whole.snippets {
            switch snippet {
            case .cell(let index): log += #"{"kind": {"cell": {"_0": \#(index)}}, "printed": 0}"# + "\n"
            case .value(let index):
                log += #"{"kind": {"inline": {"_0": \#(index)}}, "printed": 0}"# + "\n"
                log += #"{"kind": {"value": {"text": "\#(whole.values[index].expression)"}}, "printed": 0}"# + "\n"
            }
        }
        log += #"{"kind": {"end": {}}, "printed": 0}"# + "\n"
        let run = RecordedRun(log: Data(log.utf8), printed: Data(), program: program, lesson: whole)
        #expect(run.problems.isEmpty)
        #expect(run.recording.part(of: original, valuesFrom: 0).values.map(\.text) == original.values.map(\.expression))
        #expect(run.recording.part(of: translation, valuesFrom: 2).values.map(\.text) == translation.values.map(\.expression))
    }

    @Test("what cells say is said in the translation's words; a text that no cell says is told at its line")
    func texts() throws {
        let claim = { (text: String) in
            CellOutput.exhibit(Exhibit(ClaimExhibit(text: text, holds: true, line: 1, column: 1)))
        }
        let recording = Recording(
            cells: [
                CellRecording(outputs: [claim("it: holds"), claim("x = 1"), claim("so does this")]),
                CellRecording(outputs: [claim("hidden")]),
            ],
            values: Array(repeating: ValueRecording(text: "1"), count: 6))
        let translation = try Self.translation(Self.body)
        let own = recording.part(of: translation, valuesFrom: 2)
        #expect(
            own.cells[0].exhibits.compactMap { $0.content(as: ClaimExhibit.self)?.text } == [
                "成立，\"当然\"", "x = 1", "so does this",
            ])
        let problems = translation.problemsOfTexts(recording)
        #expect(problems.map(\.message) == ["the claim “so does this” is not translated"])
        #expect(problems.first?.position?.line == 7)
        let other = Recording(cells: [CellRecording(), CellRecording()], values: recording.values)
        #expect(
            translation.problemsOfTexts(other).map { "\($0.position?.line ?? 0): \($0.message)" } == [
                "10: the cell does not say “it: holds”"
            ])
    }

    @Test("what is embedded wrongly is told where it stands")
    func misplaced() throws {
        let embed = { (label: String) in "{{< embed ../02-one.md#\(label) caption=\"甲\" >}}\n\n" }
        #expect(Self.faults(embed("fig-a")) == ["zh/02-one.md:3:13: cell-b of the original is not embedded"])
        #expect(
            Self.faults(embed("cell-b") + embed("fig-a")) == ["zh/02-one.md:7:1: fig-a stands before cell-b in the original"])
        #expect(
            Self.faults(embed("fig-a") + embed("fig-a") + embed("cell-b")) == [
                "zh/02-one.md:7:24: label fig-a is already taken"
            ])
        #expect(
            Self.faults(embed("fig-a") + embed("cell-c") + embed("cell-b")) == [
                "zh/02-one.md:7:24: lessons/02-one.md has no cell cell-c"
            ])
        #expect(
            Self.faults("{{< embed ../02-one.md#fig-a >}}\n\n" + embed("cell-b")) == [
                "zh/02-one.md:5:1: the caption of fig-a is not translated"
            ])
        #expect(
            Self.faults("{{< embed ../03-two.md#fig-a caption=\"甲\" >}}\n\n" + embed("fig-a") + embed("cell-b")) == [
                "zh/02-one.md:5:1: a translation has the cells of its original, not of ../03-two.md"
            ])
        #expect(
            Self.faults(embed("fig-a") + "{{< embed >}}\n\n" + embed("cell-b")) == [
                "zh/02-one.md:7:1: this line does not embed a cell"
            ])
    }

    @Test("a translation has neither cells of its own nor what its front matter takes from the original")
    func ownParts() throws {
        #expect(
            Self.faults("```{swift}\n1\n```\n\n" + Self.body).contains("zh/02-one.md:5:1: a translation has no cells of its own"))
        #expect(Self.faults(Self.body, head: "builds-on: [x]\n") == ["zh/02-one.md:4:1: builds-on is that of the original"])
        #expect(
            Self.faults("```{texts}\n\"a\": \"b\"\n```\n\n" + Self.body) == ["zh/02-one.md:5:1: these texts belong to no cell"])
        #expect(
            problems(in: "{{< embed ../02-one.md#fig-a >}}") == ["4:1: only a translation embeds cells"])
        #expect(
            problems(inFile: "---\ntitle: T\ntranslates: ../02-one.md\n---\n") == [
                "3:13: a translation stands in a folder beside its original, called as its language"
            ])
    }

    @Test("an unlabelled cell of the original is told there")
    func unlabelled() throws {
        let text = Self.original + "```{swift}\n1\n```\n"
        let original = try Lesson.parse(Array(text.utf8), path: "lessons/02-one.md")
        #expect(
            Self.faults(Self.body, of: original)
                == [
                    "lessons/02-one.md:21:1: this cell has no label, so that zh/02-one.md cannot embed it"
                ].map { $0.replacing("that zh/", with: "that lessons/zh/") })
    }

    @Test("texts that are not pairs are told at their line")
    func faultyTexts() throws {
        func told(_ texts: String) -> [String] {
            Self.faults(Self.body.replacing("\"it: holds\": \"成立，\\\"当然\\\"\"", with: texts))
        }
        #expect(told("- a") == ["zh/02-one.md:9:1: these texts are no list of what the cell says and its translation"])
        #expect(told("\"a\": \"b\"\n\"a b\": ") == ["zh/02-one.md:11:1: this text has no translation"])
        #expect(told("\"a\": \"b\"\n\"a\": \"c\"").count == 1)
        #expect(told("\"a: b").count == 1)
    }

    @Test("a translation says of which state of its original it is; cells' code is the same on both pages, and does not count")
    func revision() throws {
        let original = try Self.lesson()
        let told = try #require(try Self.translation(Self.body).translation?.outdated)
        #expect(told.severity == .warning && told.message.contains("does not say of which state"))
        let right = try Self.translation(Self.body, head: "revision: \(original.revision)\n")
        #expect(right.translation?.outdated == nil)
        func changed(_ old: String, _ new: String) throws -> Problem? {
            let other = try Lesson.parse(Array(Self.original.replacing(old, with: new).utf8), path: "lessons/02-one.md")
            return try Self.translation(Self.body, head: "revision: \(original.revision)\n", of: other).translation?.outdated
        }
        #expect(try changed("let b = 2", "let b = 3") == nil)
        for (old, new) in [("Here", "There"), ("The *first*", "The *last*"), ("title: One", "title: Two"), ("a + 1", "a + 2")] {
            let problem = try #require(try changed(old, new), "\(new)")
            #expect(problem.position == SourcePosition(line: 4, column: 11))
            #expect(problem.message == "lessons/02-one.md has changed since it was translated")
        }
    }

    @Test("a link of a translation leads to the translation of what it names, and ../ to what stands beside the originals")
    func links() throws {
        let body = Self.body + "[a](03-two.md#x) [b](../03-two.md) [c](../p.png) ![d](../p.png) [e](#sec) [f](https://x.y/a.md)\n"
        let lesson = try Self.translation(body)
        let markup = Page(
            lesson,
            Recording(
                cells: lesson.cells.map { _ in CellRecording() }, values: lesson.values.map { _ in ValueRecording(text: "1") })
        ).body.markup
        for address in [
            "href=\"two.zh.html#x\"", "href=\"two.html\"", "href=\"p.png\"", "src=\"p.png\"", "href=\"#sec\"",
            "href=\"https://x.y/a.md\"",
        ] {
            #expect(markup.contains(address), "\(address)")
        }
    }
}
