import Drawing
import Exhibits
import Testing

@Suite("Figures")
struct FigureTests {
    private func lines(
        _ series: [(String, [Double])], x: ChartAxis = .init(label: "x"), y: ChartAxis = .init(label: "y")
    ) -> String {
        let series = series.map { LinesExhibit.Series(name: $0, x: $1.indices.map(Double.init), y: $1) }
        return Drawn.markup(LinesExhibit(series: series, x: x, y: y))
    }

    /// The places of a path's corners.
    private func places(in markup: String, class name: String) -> [(x: Double, y: Double)] {
        guard let start = markup.firstRange(of: "class=\"\(name)\" d=\"")?.upperBound else { return [] }
        let commands = markup[start...].prefix { $0 != "\"" }
        let numbers = commands.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
        return stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }

    @Test("points lie where their values say: equal steps equally far apart, greater values higher")
    func linear() {
        let places = places(in: lines([("a", [0, 1, 2, 4])]), class: "series series-1")
        #expect(places.count == 4)
        #expect(abs((places[1].x - places[0].x) - (places[2].x - places[1].x)) < 0.02)
        #expect(abs((places[2].y - places[3].y) - 2 * (places[0].y - places[1].y)) < 0.04)
        #expect(places[0].y > places[3].y)
    }

    @Test("on a logarithmic axis equal factors are equally far apart")
    func logarithmic() {
        let places = places(in: lines([("a", [1, 10, 100])], y: .init(label: "y", scale: .logarithmic)), class: "series series-1")
        #expect(abs((places[0].y - places[1].y) - (places[1].y - places[2].y)) < 0.02)
    }

    @Test("the alternative text tells each series' name, number, ends and extremes")
    func alternativeText() {
        let markup = lines([("loss", [3, -1, 0.5]), ("other", [])])
        #expect(markup.contains("role=\"img\" aria-label=\"Line chart of loss, other.\""))
        #expect(markup.contains("loss: 3 values, first 3, last 0.5, least −1, greatest 3."))
        #expect(markup.contains("other: no values."))
    }

    @Test("values without a place leave a gap and are told")
    func gaps() {
        let markup = lines([("a", [1, 2, .nan, 3, 4, .infinity])])
        let moves = places(in: markup, class: "series series-1").count
        #expect(moves == 4)
        #expect(markup.contains("a: 2 values not drawn: (2, NaN), (5, ∞)"))
        #expect(lines([("a", [0, 1, 10])], y: .init(label: "", scale: .logarithmic)).contains("a: 1 value not drawn: (0, 0)"))
    }

    @Test(
        "a chart of nothing, of one point, of equal or of the largest values is still a chart",
        arguments: [
            [], [0.5], [2, 2, 2], [0, 0], [.nan], [.leastNonzeroMagnitude, 0], [1, 1.0000000000000002],
            [-.greatestFiniteMagnitude, .greatestFiniteMagnitude],
        ] as [[Double]])
    func odd(values: [Double]) {
        for scale in [AxisScale.linear, .logarithmic] {
            let markup = lines([("a", values)], y: .init(label: "", scale: scale))
            #expect(markup.contains("<svg"))
            #expect(!markup.contains("=\"nan") && !markup.contains("inf"))
        }
    }

    @Test("of 100,000 points the picture keeps the extremes and not the bulk")
    func manyPoints() {
        var values = (0..<100_000).map { Double($0 % 7) }
        values[54_321] = 1000
        let markup = lines([("a", values)])
        let places = places(in: markup, class: "series series-1")
        #expect(places.count <= 1000)
        #expect(places.map(\.y).min()! < 40)
    }

    @Test("a name is text, whatever it holds")
    func hostileNames() {
        let name = "<script>alert(\"x\")</script>"
        let markup =
            lines([(name, [1])], x: .init(label: name), y: .init(label: name))
            + Drawn.markup(BarsExhibit(bars: [.init(name: name, value: 1)], label: name))
            + Drawn.markup(HeatmapExhibit(rows: [name], columns: [name], values: [[1]], rowTitle: name))
        #expect(!markup.contains("<script"))
    }

    @Test("bars are as long as their values, from a common start, negative ones to the other side")
    func bars() {
        let bars = [("a", 1.0), ("b", 2), ("c", -1), ("d", .nan)].map { BarsExhibit.Bar(name: $0, value: $1) }
        let markup = Drawn.markup(BarsExhibit(bars: bars, label: "count"))
        let widths = markup.split(separator: "<rect class=\"bar\"").dropFirst().map { text in
            let start = text.firstRange(of: " width=\"")!.upperBound
            return Double(text[start...].prefix { $0 != "\"" })!
        }
        #expect(abs(widths[1] - 2 * widths[0]) < 0.03 && abs(widths[2] - widths[0]) < 0.03 && widths[3] == 0)
        #expect(markup.contains("<desc>a 1, b 2, c −1, d NaN</desc>"))
    }

    @Test("a heat map has every value in its cell, its full form behind it, and tells where the extremes are")
    func heatmap() {
        let exhibit = HeatmapExhibit(rows: ["je", "suis"], columns: ["I", "am"], values: [[0.25, 0.75], [0.123456, -0.5]])
        let markup = Drawn.markup(exhibit)
        #expect(markup.contains("<title>suis, I: 0.123456</title>"))
        #expect(markup.contains(">0.1235</text>") && markup.contains(">−0.5</text>"))
        #expect(markup.contains("class=\"cell heat-p8\"") && markup.contains("class=\"cell heat-n5\""))
        #expect(markup.contains("The least is −0.5 at suis, am, the greatest 0.75 at je, am."))
    }

    @Test("a matrix of 200 by 500 shows its corners and tells its size; an empty one says so")
    func heatmapLimits() {
        func markup(_ rows: Int, _ columns: Int) -> String {
            Drawn.markup(
                HeatmapExhibit(
                    rows: (0..<rows).map(String.init), columns: (0..<columns).map(String.init),
                    values: Array(repeating: Array(repeating: 0.5, count: columns), count: rows)))
        }
        let large = markup(200, 500)
        #expect(large.ranges(of: "<title>").count == 32 * 36)
        #expect(large.contains("<title>199, 499: 0.5</title>") && large.contains("100000 elements"))
        #expect(markup(0, 3).contains("no values"))
    }
}
