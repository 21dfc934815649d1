import Drawing
import Exhibits
import Samples
import Testing

@Suite("Histograms")
struct HistogramTests {
    private func histogram(
        _ series: [(String, [Double])], bins: Int, range: ClosedRange<Double>? = nil
    ) -> HistogramExhibit {
        HistogramExhibit(
            series.map { ($0.0, $0.1) }, bins: bins, within: .init(label: "w", lower: range?.lowerBound, upper: range?.upperBound))
    }

    @Test("every value lies in the one bin between whose edges it is, the greatest in the last: NumPy's rule")
    func counts() {
        var generator = SplitMix(state: 11)
        for bins in [1, 2, 3, 7, 20, 100] {
            // Multiples of a quarter are often on an edge.
            let values = (0..<400).map { _ in Double(Int.random(in: -20...20, using: &generator)) / 4 }
            let exhibit = histogram([("", values)], bins: bins)
            #expect(exhibit.edges.count == bins + 1)
            #expect(exhibit.edges[0] == values.min() && exhibit.edges[bins] == values.max())
            for bin in 0..<bins {
                let (lower, upper) = (exhibit.edges[bin], exhibit.edges[bin + 1])
                let inside = values.count { $0 >= lower && ($0 < upper || (bin == bins - 1 && $0 == upper)) }
                #expect(exhibit.series[0].counts[bin] == inside, "\(bins) bins, \(lower) to \(upper)")
                #expect(abs((upper - lower) * Double(bins) - (values.max()! - values.min()!)) < 1e-9)
            }
        }
    }

    @Test("least, greatest and median are those of the values in the bins; the others are told")
    func measures() {
        let series = histogram([("a", [5, 1, 2, .nan, 100, 4, -1])], bins: 4, range: 0...10).series[0]
        #expect(series.least == 1 && series.greatest == 5 && series.median == 3 && series.counts == [2, 1, 1, 0])
        #expect(series.undrawn.count == 3 && series.undrawn.dropFirst() == [100, -1])
    }

    @Test("values that are all equal stand in the middle of bins that are together one wide")
    func equal() {
        let exhibit = histogram([("", [3, 3, 3])], bins: 5)
        #expect(exhibit.edges.first == 2.5 && exhibit.edges.last == 3.5 && exhibit.series[0].counts == [0, 0, 3, 0, 0])
    }

    @Test("bars are as high as their counts and as wide as their bins; several series have one scale, one below the other")
    func bars() throws {
        let chart = Drawn.html(histogram([("a", [0, 1, 1, 3]), ("b", [3, 3, 3, 3])], bins: 3))
        let groups = chart.elements(.g)
        let (a, b) = (groups[0].elements(.rect, class: "bin"), groups[1].elements(.rect, class: "bin"))
        #expect(a.count == 3 && b.count == 1)
        #expect(abs(a[1].number("height") - 2 * a[0].number("height")) < 0.03)
        #expect(abs(b[0].number("height") - 4 * a[0].number("height")) < 0.06)
        #expect(abs(a[1].number("x") - a[0].number("x") - a[0].number("width")) < 0.03 && b[0].number("x") == a[2].number("x"))
        #expect(b[0].number("y") > a.map { $0.number("y") + $0.number("height") }.max()!)
        #expect(a.map { $0.elements(.title)[0].text } == ["0 to 1: 1", "1 to 2: 2", "2 to 3: 1"])
    }

    @Test("the alternative text has every count, of more than forty bins the first")
    func alternativeText() {
        let chart = Drawn.html(histogram([("a", [0, 1, 1, 3]), ("b", [3])], bins: 3))
        #expect(chart.elements(.svg)[0]["aria-label"] == "Histogram of w.")
        #expect(chart.descriptions[0] == "a: 0 to 1: 1, 1 to 2: 2, 2 to 3: 1; b: 0 to 1: 0, 1 to 2: 0, 2 to 3: 1")
        let long = Drawn.html(histogram([("", [0, 50])], bins: 50)).descriptions[0]
        #expect(long.hasPrefix("0 to 1: 1, 1 to 2: 0, ") && long.hasSuffix("39 to 40: 0 …"))
    }

    @Test(
        "numbers beside counts are whole, and of nothing there is a chart too",
        arguments: [[], [.nan], [1], [1, 2, 3]] as [[Double]])
    func ticks(values: [Double]) {
        let chart = Drawn.html(histogram([("", values)], bins: 4))
        let ticks = chart.elements(.text, class: "tick").filter { $0["text-anchor"] == "end" }.map(\.text)
        #expect(ticks == ["0", "1"])
        #expect(chart.markup.contains("no values") == values.allSatisfy { !$0.isFinite })
    }
}
