import Foundation
import Testing

@Suite("Running one lesson")
struct RunTests {
    private let text = lesson(
        """
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
        #expect(
            outcome.output.trimmingCharacters(in: .newlines)
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

    /// A cell that shows and prints, a value, and a cell that prints half a line before it fails.
    private func failing(_ fault: String) throws -> Course {
        let cells = """
            ```{swift}
            import Foundation
            struct Broken: Error {}
            let on = CommandLine.argc > 0
            print("begun")
            show(Tensor([1.5, 2]), "t")
            ```

            Before: `{swift} 2 + 3`.

            ```{swift}
            print("step 1")
            print("step 2: ", terminator: "")
            \(fault)
            print("never")
            ```

            After: `{swift} 6 + 1`.
            """
        return try Course(["01-x.md": lesson(cells)])
    }

    @Test(
        "what cells printed and showed before a fault is shown, whatever the fault is",
        arguments: [
            ("if on { _ = [1, 2][7] }", "lessons/01-x.md:17:", "Index out of range"),
            ("if on { throw Broken() }", "lessons/01-x.md:17:", "uncaught error: Broken()"),
            ("if on { exit(0) }", "lessons/01-x.md:17:", "exit() ended the lesson's program"),
            ("claim(\"seven\", 6, equals: 7)", "lessons/01-x.md:17:", "the claim “seven” does not hold"),
        ])
    func beforeTheFault(_ fault: String, place: String, message: String) throws {
        let outcome = try failing(fault).unroll("run", "lessons/01-x.md")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(place) && outcome.errors.contains(message))
        #expect(outcome.output.hasPrefix("lessons/01-x.md:4\nbegun\n"))
        #expect(outcome.output.contains("1.5"))
        #expect(outcome.output.contains("lessons/01-x.md:12  2 + 3 = 5"))
        #expect(outcome.output.contains("lessons/01-x.md:14\nstep 1\nstep 2: "))
        #expect(outcome.output.contains("never") == outcome.output.contains("6 + 1 = 7"))
    }

    @Test("the object of a lesson that fails has what came before, and the fault at its place")
    func objectWithFault() throws {
        let outcome = try failing("if on { fatalError(\"enough\") }").unroll("run", "lessons/01-x.md", "--json")
        #expect(outcome.status == 1)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let cells = try #require(object["cells"] as? [[String: Any]])
        #expect(cells.map { $0["stdout"] as? String } == ["begun\n", "step 1\nstep 2: "])
        #expect((cells[0]["exhibits"] as? [Any])?.count == 1)
        #expect((object["inline"] as? [[String: Any]])?.map { $0["text"] as? String } == ["5"])
        let problems = try #require(object["problems"] as? [[String: Any]])
        #expect(problems.map { $0["message"] as? String } == ["enough"])
        #expect(problems.map { $0["line"] as? Int } == [17])
        #expect(problems.map { $0["severity"] as? String } == ["error"])
    }

    @Test(
        "a lesson whose code or text is at fault gives an object too",
        arguments: ["let x: Int = nope", "//| labl: tbl-x\nprint(1)"])
    func objectOfNoRun(_ code: String) throws {
        let outcome = try Course(["07-x.md": cell(code)]).unroll("run", "lessons/07-x.md", "--json")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/07-x.md:5:"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(object["lesson"] as? String == "x")
        #expect(object["source"] as? String == "lessons/07-x.md")
        #expect((object["problems"] as? [[String: Any]])?.map { $0["line"] as? Int } == [5])
    }

    /// What one cell's exhibits are, one an entry.
    private func shown(_ code: String) throws -> [[String: Any]] {
        let course = try Course(["01-x.md": cell(code)])
        let outcome = try course.unroll("run", "lessons/01-x.md", "--json")
        #expect(outcome.errors.isEmpty)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        return try #require((object["cells"] as? [[String: Any]])?.first?["exhibits"] as? [[String: Any]])
    }

    @Test("lines are made of every kind of number, of points, and of both side by side")
    func lines() throws {
        let lines = try shown(
            """
            let doubles = [3.0, 2], floats: [Float] = [3, 2], ints = [3, 2], tensor = Tensor([3, 2])
            let pairs = [(0, 3.0), (1, 2.0)], named = [(x: Float(0), y: 3), (x: 1, y: 2)]
            show(lines: ["a": doubles])
            show(lines: ["a": floats])
            show(lines: ["a": ints])
            show(lines: ["a": tensor])
            show(lines: ["a": [Tensor(3), Tensor([[2]])]])
            show(lines: ["a": [3, 2]])
            show(lines: ["a": [3, 2.0]], at: [0, 1])
            show(lines: ["a": floats], at: ints.indices)
            show(lines: ["a": pairs])
            show(lines: ["a": named])
            show(lines: ["a": [(0, 3), (1, 2)]])
            show(lines: ["a": zip(0..., floats)])
            show(lines: ["a": [9, 3, 2].dropFirst()])
            show(lines: ["a": doubles.map { $0 * 1 }])
            show(lines: [("a", floats)])
            show(lines: [("a", doubles)])
            show(lines: [("a", [(0, 3.0), (1, 2.0)])])
            show(lines: [("a", doubles), ("b", tensor)])
            show(lines: ["a": floats], bands: ["a": (ints, tensor)], xRange: 0...1, yRange: Float(0)..., title: "t", size: .wide)
            show(lines: ["a": { 3 - $0 }, "b": { (x: Double) in 3 - x }], from: 0, through: ints.count - 1)
            show(lines: ["a": { (x: Float) in 3 - x }], from: Float(0), through: 1)
            show(lines: ["a": doubles, "b": floats, "c": ints, "d": tensor])
            show(lines: ["a": ints, "b": doubles], at: ints.map { $0 - 3 }.reversed().map { $0 + 1 })
            """
        ).compactMap { $0["series"] as? [[String: Any]] }
        #expect(lines.count == 23)
        #expect(lines.dropLast().flatMap(\.self).count == 22 + 5)
        for line in lines.flatMap(\.self) {
            let (x, y) = (try #require(line["x"] as? [Double]), try #require(line["y"] as? [Double]))
            // Functions have more points between the ends.
            #expect([x[0], x[x.count - 1]] == [0, 1] && [2, 121].contains(x.count), "\(line)")
            #expect([y[0], y[y.count - 1]] == [3, 2] && y.count == x.count, "\(line)")
        }
    }

    @Test("bars are made of pairs and of what has no names")
    func bars() throws {
        let exhibits = try shown(
            """
            show(bars: Tensor([0.5, 2]))
            show(bars: [3, 4])
            show(bars: ["RNN": 78, "GRU": 234])
            show(bars: ["RNN": Tensor(78), "GRU": Float(234)])
            show(bars: [("RNN", Float(78)), ("GRU", 234)])
            """)
        let bars = exhibits.compactMap { $0["bars"] as? [[String: Any]] }
        #expect(
            bars.map { $0.map { $0["name"] as? String } } == [["0", "1"], ["0", "1"]] + Array(repeating: ["RNN", "GRU"], count: 3))
        #expect(bars.map { $0.map { $0["value"] as? Double } } == [[0.5, 2], [3, 4]] + Array(repeating: [78, 234], count: 3))
    }

    @Test("points are made of pairs and of tensors, histograms of all that lines are, columns of numbers and words alike")
    func pointsAndColumns() throws {
        let exhibits = try shown(
            """
            let floats: [Float] = [3, 2], tensor = Tensor([[0, 3], [1, 2]])
            show(scatter: ["a": [(0, 3), (1, 2)]])
            show(scatter: ["a": zip(0..., floats)], x: "step", xRange: 0...1)
            show(scatter: ["a": [(x: Float(0), y: 3), (x: 1, y: 2)]])
            show(scatter: ["a": tensor, "b": tensor])
            show(histogram: tensor, bins: 3)
            show(histogram: ["a": [0, 3, 1, 2], "b": tensor], bins: 3)
            show(histogram: ["a": floats + [0, 1]], bins: 3)
            show(table: ["n": 0..<2, "t": Tensor([3, 2]), "f": floats, "w": ["a", "b"], "ok": [true, false], "c": Array("ab")])
            """)
        for series in exhibits[..<4].flatMap({ $0["series"] as? [[String: Any]] ?? [] }) {
            #expect(series["x"] as? [Double] == [0, 1] && series["y"] as? [Double] == [3, 2], "\(series)")
        }
        for series in exhibits[4..<7].flatMap({ $0["series"] as? [[String: Any]] ?? [] }) {
            #expect(series["counts"] as? [Int] == [1, 1, 2] && series["median"] as? Double == 1.5, "\(series)")
        }
        let columns = try #require(exhibits[7]["columns"] as? [[String: Any]])
        #expect(columns.prefix(3).map { $0["numbers"] as? [Double] } == [[0, 1], [3, 2], [3, 2]])
        #expect(columns.dropFirst(3).map { $0["words"] as? [String] } == [["a", "b"], ["true", "false"], ["a", "b"]])
    }

    @Test("lines and bars keep the order in which they are written, whatever their numbers are")
    func order() throws {
        let exhibits = try shown(
            """
            let ints = [1, 2], doubles = [1.0, 2.0], floats: [Float] = [1, 2], tensor = Tensor([1, 2]), places = [3, 4]
            show(lines: ["z": doubles, "a": doubles], at: places)
            show(lines: ["z": doubles, "a": doubles], at: 0..<2)
            show(lines: ["z": ints, "a": ints])
            show(lines: ["z": floats, "a": floats], at: places)
            show(lines: ["z": tensor, "a": tensor], at: places)
            show(lines: ["z": [1, 2], "a": [3, 4]], at: places)
            show(bars: ["z": 1, "a": 2])
            show(bars: ["z": 1.5, "a": 2])
            """)
        let lines =
            exhibits.compactMap { $0["series"] as? [[String: Any]] } + exhibits.compactMap { $0["bars"] as? [[String: Any]] }
        #expect(lines.count == 8)
        for line in lines { #expect(line.map { $0["name"] as? String } == ["z", "a"]) }
    }

    @Test("a tensor is shown without a name, as its shape and its values")
    func namelessTensor() throws {
        let tensor = try #require(try shown("show(Tensor([[1, 2]]))").first)
        #expect(tensor["name"] as? String == "")
        #expect(tensor["shape"] as? [Int] == [1, 2])
        let course = try Course(["01-x.md": cell("show(Tensor([[1, 2]]))")])
        #expect(try course.unroll("run", "lessons/01-x.md").output.contains("\n(1, 2) = tensor([[1., 2.]])"))
    }

    @Test("true claims hold, infinities equal themselves, and comparisons are published with both sides")
    func claims() throws {
        let claims = try shown(
            """
            claim("a", log(0.0), equals: -.infinity, within: 0)
            claim("b", Tensor([1, .infinity]), equals: Tensor([1, .infinity]), within: 0)
            claim("c", log(0.0), equals: -.infinity)
            claim("d", 3, equals: 4, within: 1)
            claim("e", Tensor([1, 2]), isLessThan: 2.5)
            claim("f", Tensor.zeros(0, 3), isLessThan: -1)
            claim("g", Tensor([1, 2]), differsFrom: Tensor([1, 3]))
            claim("h", Double.nan, differsFrom: .nan)
            claim("i", Tensor.ones(2, 2), equals: 1)
            claim("j", Float(1), isAtMost: 1)
            claim("k", [1, 2].contains { $0 > 1 } && 1 < 2)
            claim("l", 97, isAtLeast: 90)
            """)
        #expect(claims.compactMap { $0["text"] as? String }.joined() == "abcdefghijkl")
        #expect(claims.allSatisfy { $0["holds"] as? Bool == true })
        #expect(claims[0]["difference"] as? Double == 0)
        #expect(claims[3]["difference"] as? Double == 1)
        #expect(claims.last?["comparison"] as? [String: String] == ["relation": "≥", "value": "97", "claimed": "90"])
    }

    @Test("the formula of every count of parameters comes to it, of each and of all together")
    func countFormulas() throws {
        let exhibits = try shown(
            """
            for layers in 1...3 {
                for both in [false, true] {
                    for bias in [false, true] {
                        show(parameters: RNN(inputSize: 5, hiddenSize: 7, numLayers: layers, bias: bias, bidirectional: both))
                        show(parameters: GRU(inputSize: 5, hiddenSize: 7, numLayers: layers, bias: bias, bidirectional: both))
                        for (projection, peepholes) in [(0, false), (0, true), (3, false), (3, true)] {
                            show(parameters: LSTM(
                                inputSize: 5, hiddenSize: 7, numLayers: layers, bias: bias, bidirectional: both,
                                projSize: projection, peepholes: peepholes))
                        }
                    }
                }
            }
            """)
        #expect(exhibits.count == 3 * 2 * 2 * 6)
        let letters = ["features": "d", "units": "H", "projection": "P", "directions": "D"]
        for exhibit in exhibits {
            let sizes = try #require(exhibit["sizes"] as? [[String: Any]]).map { size in
                (try #require(letters[size["meaning"] as? String ?? ""]), try #require(size["value"] as? Int))
            }
            let values = Dictionary(uniqueKeysWithValues: sizes)
            let rows = try #require(exhibit["rows"] as? [[String: Any]])
            for row in rows {
                let (count, formula) = (try #require(row["count"] as? Int), try #require(row["formula"] as? String))
                #expect(count == (row["shape"] as? [Int])?.reduce(1, *))
                #expect(try CountFormula.value(of: formula, values) == count, "\(exhibit["layer"]!), \(row["name"]!): \(formula)")
            }
            let (total, formula) = (try #require(exhibit["total"] as? Int), try #require(exhibit["formula"] as? String))
            #expect(total == rows.compactMap { $0["count"] as? Int }.reduce(0, +))
            #expect(try CountFormula.value(of: formula, values) == total, "\(exhibit["layer"]!): \(formula)")
        }
    }

    @Test("a translation is shown by its attention, the words named")
    func translation() throws {
        let attention = try #require(
            try shown(
                """
                manualSeed(0)
                let model = EncoderDecoder(source: Vocabulary(["欢迎", "北京"]), target: Vocabulary(["Welcome", "Beijing"]))
                show(attention: model.translate(["北京", "欢迎", "北京"], maxLength: 1), query: 0)
                """
            ).first)
        #expect(attention["keys"] as? [String] == ["北京", "欢迎", "北京"])
        #expect((attention["queries"] as? [String])?.count == 1)
        #expect((attention["scores"] as? [Double])?.count == 3)
    }

    @Test("a file that is not there is named")
    func noFile() throws {
        let course = try Course()
        let outcome = try course.unroll("run", "lessons/09-x.md")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/09-x.md: error: the lesson cannot be read"))
    }
}
