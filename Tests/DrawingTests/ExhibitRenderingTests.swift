import Drawing
import Exhibits
import Testing

@Suite("Exhibits on a page")
struct ExhibitRenderingTests {
    private func tensor(_ shape: [Int], _ values: [Double]) -> String {
        Drawn.markup(TensorExhibit(name: "h<0>", shape: shape, values: values))
    }

    @Test("a scalar stands in the line of its name")
    func scalar() {
        #expect(tensor([], [0.5]).contains("<code>h&lt;0&gt;</code> = <data value=\"0.5\">0.5</data>"))
    }

    @Test("a matrix has a row for each row, headed by its index")
    func matrix() {
        let markup = tensor([2, 2], [1, 2, 3, 4])
        #expect(markup.contains("<tr><th scope=\"row\">1</th><td><data value=\"3.0\">3</data></td>"))
    }

    @Test("the rows and columns of a tensor have the names that they are given, in each of its slices")
    func names() {
        let tensor = TensorExhibit(
            name: "", shape: [2, 2, 1], values: [1, 2, 3, 4], rows: ["t = 1", "t = 2"], columns: ["right"])
        let headings = Drawn.html(tensor).elements(.table).map { $0.elements(.th).map(\.text) }
        #expect(headings == [["right", "t = 1", "t = 2"], ["right", "t = 1", "t = 2"]])
        let vector = TensorExhibit(name: "", shape: [2], values: [1, 2], columns: ["no", "yes"])
        #expect(Drawn.html(vector).elements(.th).map(\.text) == ["no", "yes"])
    }

    @Test("names that are not as many as the rows or columns are a flaw")
    func wrongNames() {
        func flaw(_ rows: [String]?, _ columns: [String]?) -> String? {
            TensorExhibit(name: "", shape: [2, 3], values: [1, 2, 3, 4, 5, 6], rows: rows, columns: columns).flaw
        }
        #expect(flaw(["a", "b"], ["a", "b", "c"]) == nil && flaw(nil, nil) == nil)
        #expect(flaw(["a"], nil) == "the names of the rows are not 2")
        #expect(flaw(nil, ["a", "b"]) == "the names of the columns are not 3")
    }

    @Test("three dimensions and more are titled slices, indexed as in code")
    func slices() {
        let markup = tensor([2, 2, 1, 1], [1, 2, 3, 4])
        #expect(markup.contains("<code>h&lt;0&gt;[1][0]</code>"))
        #expect(markup.components(of: "class=\"slice\"") == 4)
    }

    @Test("a long tensor leaves out its middle and tells its size")
    func elides() {
        let markup = tensor([100, 100], (0..<10_000).map { Double($0) / 7 })
        #expect(markup.contains("10000 elements"))
        #expect(markup.contains("⋮ 84 more"))
        #expect(markup.components(of: "<data") == 160)
    }

    @Test("a tensor without elements says so, and one whose values do not fit its shape is not taken apart")
    func oddTensors() {
        #expect(tensor([0, 3], []).contains("no elements"))
        #expect(!tensor([2, 3], [1]).contains("<table"))
    }

    @Test("a column with a power of ten leaves room for it in every row")
    func powers() {
        let markup = tensor([2, 2], [1e-9, 0.5, 0.25, 0.5])
        #expect(markup.contains("<td class=\"powers\"><data value=\"0.25\">"))
        #expect(markup.contains("<td><data value=\"0.5\""))
    }

    @Test("the numbers of a tensor stand in their slices, rows and columns")
    func places() {
        let numbers = (0..<12).map { Double($0) }
        let slices = Drawn.html(TensorExhibit(name: "t", shape: [2, 3, 2], values: numbers)).elements(.div, class: "slice")
        #expect(slices.map { $0.elements(.p, class: "slice-title").map(\.text) } == [["t[0]"], ["t[1]"]])
        let rows = slices.map { $0.elements(.tbody).flatMap { $0.elements(.tr).map(\.values) } }
        #expect(rows == [[[0, 1], [2, 3], [4, 5]], [[6, 7], [8, 9], [10, 11]]])
    }

    @Test("the numbers of a column stand point under point, also those that have none")
    func alignment() {
        let values = [12345.6, 0.5, -1.25, 1234.5, 100.25]
        let html = Drawn.html(TensorExhibit(name: "", shape: [5, 1], values: values))
        let rooms = html.elements(.td).filter { !$0.values.isEmpty }.map { cell -> String in
            let digits = cell.text.map { $0.isNumber || $0 == "\u{2007}" ? "0" : $0 }
            let point = digits.firstIndex { $0 == "." || $0 == "\u{2008}" } ?? digits.endIndex
            return String(digits[point...].map { $0 == "\u{2008}" ? "." : $0 })
        }
        #expect(rooms == Array(repeating: ".0000", count: 5))
    }

    @Test("a shape is written as PyTorch writes it")
    func shapes() {
        let markup = Drawn.markup(ShapesExhibit(rows: [.init(name: "input", shape: [1, 3, 5])]))
        #expect(markup.contains("<th scope=\"row\"><code>input</code></th><td class=\"shape\">(1, 3, 5)</td>"))
    }

    @Test("a claim tells its outcome in words, with the difference found and allowed")
    func claims() {
        let claim = ClaimExhibit(text: "a = b", holds: false, line: 3, column: 1, difference: 0.5, tolerance: 1e-12)
        let markup = Drawn.markup(claim)
        #expect(markup.contains("✗ does not hold"))
        #expect(markup.contains("largest difference\u{A0}<data value=\"0.5\">0.5</data>, allowed\u{A0}<data value=\"1e-12\""))
    }

    @Test("a tensor without a name shows its shape and its values only")
    func namelessTensors() {
        func tensor(_ shape: [Int], _ values: [Double]) -> String {
            Drawn.markup(TensorExhibit(name: "", shape: shape, values: values))
        }
        #expect(tensor([], [0.5]).contains("<p class=\"exhibit-title\"><data value=\"0.5\">0.5</data></p>"))
        let matrix = tensor([1, 2], [1, 2])
        #expect(matrix.contains("<p class=\"exhibit-title\"><span class=\"shape\">(1, 2)</span></p>"))
        #expect(matrix.contains("aria-label=\"(1, 2)\""))
        #expect(tensor([2, 1, 1], [1, 2]).contains("<code>[1]</code>"))
    }

    // MARK: Claims

    private func claim(_ comparison: ClaimExhibit.Comparison, holds: Bool = false, lang: String = "en") -> String {
        let claim = ClaimExhibit(text: "a", holds: holds, line: 3, column: 1, comparison: comparison)
        let markup = Drawn.markup(claim, words: lang == "zh" ? .chinese : .english)
        // What is said, without the elements.
        guard let start = markup.firstRange(of: "class=\"measures\">")?.upperBound else { return "" }
        return String(markup[start...].split(separator: "</p>")[0].replacing(#/<[^>]*>/#, with: ""))
    }

    @Test(
        "a false claim tells what was found and what was claimed, in the page's language",
        arguments: [
            (.equal, "was 1, 2 was claimed", "值为 1，断言为 2"),
            (.unequal, "was 1, anything but 2 was claimed", "值为 1，断言不为 2"),
            (.less, "was 1, less than 2 was claimed", "值为 1，断言小于 2"),
            (.atMost, "was 1, at most 2 was claimed", "值为 1，断言至多为 2"),
            (.greater, "was 1, more than 2 was claimed", "值为 1，断言大于 2"),
            (.atLeast, "was 1, at least 2 was claimed", "值为 1，断言至少为 2"),
            (.shape, "was shape 1, shape 2 was claimed", "形状为 1，断言形状为 2"),
        ] as [(ClaimExhibit.Relation, String, String)])
    func comparisons(relation: ClaimExhibit.Relation, english: String, chinese: String) {
        #expect(claim(.init(relation, value: "1", claimed: "2")) == english)
        #expect(claim(.init(relation, value: "1", claimed: "2"), lang: "zh") == chinese)
    }

    @Test("an element is told with its place, numbers are set as numbers, text as text")
    func sides() {
        #expect(
            claim(.init(.less, value: "-1e-07", place: [1, 0], claimed: "-inf"))
                == "was −1\u{202F}×\u{202F}10⁻⁷ at [1, 0], less than −∞ was claimed")
        #expect(
            claim(.init(.equal, value: "-12345678901234", claimed: "0.123456"))
                == "was −12345678901234, 0.1235 was claimed")
        #expect(claim(.init(.less, value: "3", place: [2], claimed: "1"), lang: "zh") == "值为 3（[2] 处），断言小于 1")
        #expect(claim(.init(.equal, value: "\"<b>\"", claimed: "[1, 2]")) == "was &quot;&lt;b&gt;&quot;, [1, 2] was claimed")
    }

    @Test("an array is broken between its elements, and shortened by whole ones, whatever stands in its strings")
    func arrays() {
        func elements(_ text: String) -> [String] {
            let claim = ClaimExhibit(
                text: "a", holds: true, line: 3, column: 1, comparison: .init(.equal, value: text, claimed: text))
            return Drawn.html(claim).elements(.span, class: "element").map(\.text)
        }
        #expect(elements(#"["a, b", "c\"]", "d"]"#) == [#"["a, b","#, #""c\"]","#, #""d"]"#])
        #expect(elements("[[1, 2], [3, -4.5]]") == ["[[1, 2],", "[3, -4.5]]"])
        let numbers = (0..<30).map { "0.12345678\($0)" }
        let told = elements("[" + numbers.joined(separator: ", ") + "]")
        #expect(told.count < 10 && told.contains("…"))
        for element in told where element != "…" {
            #expect(numbers.contains(String(element.filter { !"[],".contains($0) })))
        }
    }

    @Test("what stands between dollars in a claim is a formula, prices are text")
    func formulas() {
        func html(_ text: String) -> HTML { Drawn.html(ClaimExhibit(text: text, holds: true, line: 1, column: 1)) }
        #expect(html(#"the norm of $\delta_t$ and $h$"#).formulas == [Formula(#"\delta_t"#), Formula("h")])
        for text in ["costs $5 and $6", "$ a$", "$a $", "one $", "a & b"] {
            #expect(html(text).formulas.isEmpty)
            #expect(html(text).elements(.span, class: "sentence")[0].text == text)
        }
    }

    @Test("of a side that is longer than a line both ends are told")
    func longSides() {
        let text = "[" + (1000..<1100).map(String.init).joined(separator: ", ") + "]"
        let told = claim(.init(.equal, value: text, claimed: "[]"))
        #expect(told.hasPrefix("was [1000, 1001, ") && told.hasSuffix(", 1098, 1099], [] was claimed"))
        #expect(told.contains("…") && told.count < 120)
        let short = String(repeating: "a", count: 80)
        #expect(claim(.init(.equal, value: short, claimed: "b")) == "was \(short), b was claimed")
    }

    @Test("a claim that holds shows its relation, and of equal sides one")
    func trueComparisons() {
        #expect(claim(.init(.atLeast, value: "97", claimed: "90"), holds: true) == "97\u{A0}≥\u{A0}90")
        #expect(claim(.init(.equal, value: "(2, 3)", claimed: "(2, 3)"), holds: true) == "=\u{A0}(2, 3)")
    }

    // MARK: Attention

    @Test("the worked query's table multiplies each place's values by that query's weight for it")
    func attention() throws {
        let exhibit = AttentionExhibit(
            queries: ["a", "b"], keys: ["k", "l"], weights: [[0.5, 0.5], [0.25, 0.75]], query: 1, scores: [1, 2],
            exponentials: [0.5, 1.5], values: [[8, 16], [4, 0]], output: [5, 4])
        let rows = try #require(Drawn.html(exhibit).elements(.table, class: "numbers").first).elements(.tr).dropFirst()
        #expect(rows.map { $0.elements(.th).map(\.text).joined() } == ["k", "l", "Σ"])
        // s, e^s, α, then α v.
        #expect(rows.map(\.values) == [[1, 0.5, 0.25, 2, 4], [2, 1.5, 0.75, 3, 0], [2, 1, 5, 4]])
    }
}

extension String {
    /// How often the text occurs.
    fileprivate func components(of text: String) -> Int {
        ranges(of: text).count
    }
}
