import Foundation
import Testing

@Suite("Running one lesson")
struct RunTests {
    private let text = lesson("""
        ```{swift}
        //| label: tbl-shapes
        manualSeed(0)
        let rnn = RNN(inputSize: 2, hiddenSize: 3)
        let (output, hn) = rnn(Tensor([[[1.0, 2.0]]]))
        print("hello")
        show(Tensor([[0.1, 1e-300], [-0.0, 3]]), "t")
        show(shapes: ["hn": hn])
        ```

        The state is `{swift} hn.shape`.

        ```{swift}
        claim("one step", output[0], equals: hn[0], within: 0)
        ```
        """)

    @Test("the object on standard output is the one that the site publishes")
    func object() throws {
        let course = try Course(["07-a-lesson.md": text])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let outcome = try course.unroll("run", "lessons/07-a-lesson.md", "--json")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.trimmingCharacters(in: .newlines)
            == course.text("output/a-lesson.json")?.trimmingCharacters(in: .newlines))
    }

    @Test("the object has every value under the names that others read")
    func names() throws {
        let course = try Course(["07-a-lesson.md": text])
        let output = try course.unroll("run", "lessons/07-a-lesson.md", "--json").output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(object["lesson"] as? String == "a-lesson")
        #expect(object["title"] as? String == "A lesson")
        #expect(object["source"] as? String == "lessons/07-a-lesson.md")
        let cells = try #require(object["cells"] as? [[String: Any]])
        #expect(cells.map { $0["index"] as? Int } == [0, 1])
        #expect(cells.map { $0["line"] as? Int } == [4, 16])
        #expect(cells[0]["label"] as? String == "tbl-shapes")
        #expect(cells[0]["stdout"] as? String == "hello\n")
        let exhibits = try #require(cells[0]["exhibits"] as? [[String: Any]])
        #expect(exhibits.map { $0["kind"] as? String } == ["tensor", "shapes"])
        #expect(exhibits[0]["name"] as? String == "t")
        #expect(exhibits[0]["shape"] as? [Int] == [2, 2])
        #expect(exhibits[0]["values"] as? [Double] == [0.1, 1e-300, -0.0, 3])
        let rows = try #require(exhibits[1]["rows"] as? [[String: Any]])
        #expect(rows[0]["name"] as? String == "hn")
        #expect(rows[0]["shape"] as? [Int] == [1, 1, 3])
        let inline = try #require((object["inline"] as? [[String: Any]])?.first)
        #expect(inline["line"] as? Int == 14)
        #expect(inline["column"] as? Int == 23)
        #expect(inline["expression"] as? String == "hn.shape")
        #expect(inline["text"] as? String == "(1, 1, 3)")
        let claim = try #require((object["claims"] as? [[String: Any]])?.first)
        #expect(claim["line"] as? Int == 17)
        #expect(claim["text"] as? String == "one step")
        #expect(claim["holds"] as? Bool == true)
    }

    @Test("the terminal shows what cells printed and showed, under their lines")
    func terminal() throws {
        let course = try Course(["07-a-lesson.md": text])
        let outcome = try course.unroll("run", "lessons/07-a-lesson.md")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("lessons/07-a-lesson.md:4\nhello\n"))
        #expect(outcome.output.contains("lessons/07-a-lesson.md:14  hn.shape = (1, 1, 3)"))
        #expect(!course.exists("output"))
    }

    @Test("a lesson that fails fails the command and prints no object")
    func failing() throws {
        let course = try Course(["01-x.md": cell("let a: Int = nope")])
        let outcome = try course.unroll("run", "lessons/01-x.md", "--json")
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("lessons/01-x.md:5:14: error: "))
    }

    @Test("a file that is not there is named")
    func noFile() throws {
        let course = try Course()
        let outcome = try course.unroll("run", "lessons/09-x.md")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/09-x.md: error: the lesson cannot be read"))
    }
}
