import Foundation
import Testing

@Suite("Names in cells' code")
struct CodeNameTests {
    private static let body = """
        Text.

        > ```{swift}
        > //| label: fig-x
        > let 数 = Tensor.zeros(2, 3), rnn = RNN(inputSize: 3, hiddenSize: 4)
        > func half(_ x: Double) -> Double { x / 2 }
        > print(数.shape[0], half(3), [1.0].map(half))
        > ```

        Also `{swift} 数.shape`.
        """

    /// What stands in the page's code: the words with what they link to and are said to be.
    private func names(_ page: String) -> [(word: String, href: String?, type: String?)] {
        page.matches(of: /<(?:a|span) class="name"(?: href="([^"]*)")? data-type="([^"]*)"[^>]*>([^<]*)</)
            .map { (String($0.3), $0.1.map(String.init), String($0.2)) }
    }

    @Test("a variable tells its type, and the library's names lead to their places in the reference")
    func typesAndLinks() throws {
        let course = try Course(["01-x.md": lesson(Self.body)])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let names = names(course.text("output/x.html") ?? "")
        func found(_ word: String) -> [(word: String, href: String?, type: String?)] { names.filter { $0.word == word } }
        #expect(found("数").map(\.type) == ["数: Tensor", "数: Tensor"])
        #expect(found("rnn").map(\.type) == ["rnn: RNN"])
        #expect(found("x").map(\.type) == ["x: Double", "x: Double"])
        #expect(found("half").map(\.type) == Array(repeating: "half(Double) -&gt; Double", count: 3))
        #expect(found("zeros")[0].href == "reference-tensor.html#Tensor.zeros(_:)")
        #expect(found("shape")[0].href == "reference-tensor.html#Tensor.shape")
        // `RNN(…)` is its initializer.
        #expect(found("RNN")[0].href?.hasPrefix("reference-layers.html#RNN.init(inputSize:hiddenSize:") == true)
        #expect(found("map")[0].href == nil)
        for href in names.compactMap(\.href) {
            let parts = href.split(separator: "#").map(String.init)
            let page = try #require(course.text("output/\(parts[0])"))
            #expect(page.contains("id=\"\(parts[1].removingPercentEncoding!)\""), "\(href)")
        }
    }

    @Test("two builds, one of which kept what the compiler said, make the same pages")
    func sameAgain() throws {
        let course = try Course(["01-x.md": lesson(Self.body)])
        _ = try course.unroll("build", "--quiet")
        let first = course.files("output")
        #expect(try course.unroll("build", "--explain", "--quiet").output.contains("unchanged"))
        #expect(course.files("output") == first)
        _ = try course.unroll("build", "--no-cache", "--quiet")
        #expect(course.files("output") == first)
    }

    @Test("a lesson may link to the reference, and is told of a place that it has not")
    func links() throws {
        let course = try Course([
            "01-x.md": lesson("See [shape](reference-tensor.html#Tensor.shape), [that](reference-tensor.html#Tensor.form).")
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.errors.contains("reference-tensor.html has no #Tensor.form"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("#Tensor.shape\n"))
    }
}
