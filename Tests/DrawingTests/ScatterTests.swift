import Drawing
import Exhibits
import Testing

@Suite("Scatter charts")
struct ScatterTests {
    private func chart(_ series: [ScatterExhibit.Series], x: ChartAxis = .init(label: "x"), y: ChartAxis = .init(label: "y"))
        -> HTML
    {
        Drawn.html(ScatterExhibit(series: series, x: x, y: y))
    }

    /// The middles of a series' points, which are circles: each begins at its left.
    private func places(_ chart: HTML) -> [Corner] {
        (chart.elements(.path, class: "point").first?["d"] ?? "").split(separator: "M").map { outline in
            let numbers = String(outline).numbers
            return Corner(x: numbers[0] + 3, y: numbers[1])
        }
    }

    @Test("points lie where their values say, and no line joins them")
    func points() {
        let chart = chart([.init(name: "a", x: [0, 3, 1], y: [1, 0, 4])])
        let places = places(chart)
        #expect(places.count == 3 && chart.elements(.path, class: "series").isEmpty)
        #expect(abs((places[1].x - places[0].x) - 3 * (places[2].x - places[0].x)) < 0.05)
        #expect(abs((places[1].y - places[2].y) - 4 * (places[1].y - places[0].y)) < 0.05)
    }

    @Test("each series has a mark of its own, and beside the chart the mark stands with its name")
    func names() {
        let chart = chart((0..<6).map { .init(name: "s\($0)", x: [Double($0)], y: [1]) })
        let names = chart.elements(.text, class: "series-name")
        #expect(names.map(\.text) == (0..<6).map { "s\($0)" })
        let legend = chart.elements(.path, class: "marker").filter { !$0.classes.contains("point") }
        #expect(legend.map { $0.classes.last } == names.map { $0.classes.last } && Set(legend.map { $0.classes.last }).count == 6)
    }

    @Test("the alternative text tells how many points there are and where, the note those without a place")
    func told() {
        let chart = chart([.init(name: "a", x: [1, 2, 9], y: [5, 6, 7])], x: .init(label: "height", upper: 3))
        #expect(chart.elements(.svg)[0]["aria-label"] == "Scatter chart of a.")
        #expect(chart.descriptions[0] == "height from 1 to 3. y from 5 to 6. a: 2 points, x from 1 to 2, y from 5 to 6.")
        #expect(chart.elements(.p, class: "picture-note").map(\.text) == ["a: 1 value not drawn: (9, 7)"])
    }

    @Test("of 100,000 points as many are drawn as can be seen, those at the edge of all too")
    func many() {
        let x = (0..<100_000).map { Double($0 % 317) }
        let y = (0..<100_000).map { Double($0 % 331) }
        let places = places(chart([.init(name: "a", x: x, y: y)]))
        #expect(places.count < 25_000 && places.count > 5000)
        let (xs, ys) = (places.map(\.x), places.map(\.y))
        #expect(xs.max()! - xs.min()! > 250 && ys.max()! - ys.min()! > 160)
    }

    @Test("nothing is still a chart", arguments: [[], [.nan], [.infinity]] as [[Double]])
    func nothing(values: [Double]) {
        let chart = chart([.init(name: "a", x: values, y: values)])
        #expect(chart.elements(.text, class: "quiet").map(\.text) == ["no values"])
        #expect(!chart.markup.contains("=\"nan"))
    }
}
