import Drawing
import Exhibits
import Testing

@Suite("Bars")
struct BarTests {
    private func chart(_ values: [Double], names: [String]? = nil, label: String = "", words: ExhibitVocabulary = .english) -> HTML
    {
        let bars = values.enumerated().map { BarsExhibit.Bar(name: names?[$0] ?? "n\($0)", value: $1) }
        return Drawn.html(BarsExhibit(bars: bars, label: label), words: words)
    }

    @Test("a bar's number stands beyond its end, on its own side")
    func numbers() {
        let chart = chart([3, -2, 0.5, -0.25])
        let (bars, numbers) = (chart.elements(.rect, class: "bar"), chart.elements(.text, class: "bar-value"))
        #expect(numbers.map(\.text) == ["3", "−2", "0.5", "−0.25"])
        for (index, (bar, number)) in zip(bars, numbers).enumerated() {
            let isNegative = index % 2 == 1
            #expect(number["text-anchor"] == (isNegative ? "end" : nil))
            let (left, right) = (bar.number("x"), bar.number("x") + bar.number("width"))
            #expect(isNegative ? number.number("x") < left : number.number("x") > right)
        }
    }

    @Test("the alternative text tells what the bars are of, and the first forty of them")
    func alternativeText() {
        func title(_ label: String, _ words: ExhibitVocabulary = .english) -> String? {
            chart([1, 2], label: label, words: words).elements(.svg)[0]["aria-label"]
        }
        #expect(title("parameters") == "Bar chart of parameters." && title("") == "Bar chart.")
        #expect(title("参数", .chinese) == "条形图：参数。" && title("", .chinese) == "条形图。")
        #expect(chart(Array(repeating: 1, count: 40)).descriptions[0].hasSuffix("n39 1"))
        let long = chart(Array(repeating: 1, count: 50)).descriptions[0]
        #expect(long.hasSuffix("n39 1 …") && !long.contains("n40"))
    }

    @Test("the bars that the sentence speaks of are drawn, however many others are not")
    func told() {
        let chart = chart((0..<100).map { $0 == 50 ? 1000 : $0 == 60 ? -5 : Double($0) })
        let names = chart.elements(.text).map(\.text)
        #expect(names.contains("n50") && names.contains("n60") && !names.contains("n55"))
    }

    @Test("a name that is too long for two lines keeps both its ends, and all of it as a tooltip")
    func longName() throws {
        let name = "a name that nobody would ever give to anything"
        let chart = chart([1, 1], names: [name, "short"])
        let written = chart.elements(.text).map(\.text)
        let cut = try #require(written.first { $0.hasPrefix("a name") })
        #expect(cut.contains("…") && cut.hasSuffix("anything") && chart.elements(.title).map(\.text) == [name])
        #expect(written.contains("short"))
        #expect(chart.descriptions[0].contains(name))
    }
}
