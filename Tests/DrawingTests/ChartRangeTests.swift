import Drawing
import Exhibits
import Foundation
import Samples
import Testing

@Suite("Ranges of charts, and bands around lines")
struct ChartRangeTests {
    private func chart(
        _ series: LinesExhibit.Series..., x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil, scale: AxisScale = .linear
    ) -> HTML {
        Drawn.html(
            LinesExhibit(
                series: series, x: .init(label: "", lower: x?.lowerBound, upper: x?.upperBound),
                y: .init(label: "", scale: scale, lower: y?.lowerBound, upper: y?.upperBound)))
    }

    /// Where in the picture the ends of the axes are.
    private func field(_ chart: HTML) throws -> (left: Double, right: Double, top: Double, bottom: Double) {
        let rules = chart.elements(.line, class: "grid")
        let axis = try #require(chart.elements(.line, class: "axis").last)
        return (axis.number("x1"), axis.number("x2"), try #require(rules.map { $0.number("y1") }.min()), axis.number("y1"))
    }

    @Test("an axis ends where it is told to, whatever the values are")
    func ends() {
        let chart = chart(.init(name: "a", x: [0, 7], y: [1, 2]), x: -1...9.5, y: 0...3)
        #expect(chart.descriptions[0].hasPrefix("x from −1 to 9.5. y from 0 to 3."))
        let open = Drawn.html(
            LinesExhibit(
                series: [.init(name: "a", x: [0, 7], y: [1, 2])], x: .init(label: "", upper: 9), y: .init(label: "", lower: 0)))
        #expect(open.descriptions[0].hasPrefix("x from 0 to 9. y from 0 to 2."))
    }

    @Test("a line is cut where it leaves the chart: every corner lies on it and within the edges")
    func cut() throws {
        var generator = SplitMix(state: 3)
        for _ in 0..<200 {
            let y = (0..<8).map { _ in Double.random(in: -3...3, using: &generator) }
            let chart = chart(.init(name: "a", x: (0..<8).map(Double.init), y: y), x: 0.5...6.25, y: -1...1)
            let field = try field(chart)
            let scaleX = (field.right - field.left) / 5.75
            for corner in chart.elements(.path, class: "series").flatMap(\.corners) {
                #expect(corner.x >= field.left - 0.01 && corner.x <= field.right + 0.01)
                #expect(corner.y >= field.top - 0.01 && corner.y <= field.bottom + 0.01)
                let place = (corner.x - field.left) / scaleX + 0.5
                let index = min(6, Int(place))
                let onLine = y[index] + (y[index + 1] - y[index]) * (place - Double(index))
                let drawn = 1 - 2 * (corner.y - field.top) / (field.bottom - field.top)
                #expect(abs(onLine - drawn) < 2e-3 * max(1, abs(y[index + 1] - y[index])), "\(y)")
            }
            // What goes through the chart between two points outside it is drawn as well.
            let length = chart.elements(.path, class: "series").flatMap(\.corners).count
            let crosses = zip(y, y.dropFirst()).dropFirst().dropLast().contains { min($0.0, $0.1) < 1 && max($0.0, $0.1) > -1 }
            if crosses { #expect(length >= 2) }
        }
    }

    @Test("points beyond a range have no marker and are told")
    func outside() {
        let chart = chart(.init(name: "a", x: [0, 1, 2, 3], y: [0.5, 2, -1e300, 0.75]), y: 0...1)
        let markers = chart.elements(.path, class: "marker").compactMap { $0["d"] }.joined()
        #expect(markers.count { $0 == "M" } == 2)
        #expect(
            chart.elements(.p, class: "picture-note").map(\.text) == [
                "a: 2 values not drawn: (1, 2), (2, −1\u{202F}×\u{202F}10³⁰⁰)"
            ])
    }

    @Test("a band goes along its upper edge and back along its lower one, and is told")
    func band() throws {
        let band = LinesExhibit.Band(lower: [0, 1, 2], upper: [2, 2, 4])
        let chart = chart(.init(name: "a", x: [0, 1, 2], y: [1, 1.5, 3], band: band))
        let corners = try #require(chart.elements(.path, class: "band").first).corners
        let field = try field(chart)
        let expected = [(0, 2), (1, 2), (2, 4), (2, 2), (1, 1), (0, 0)]
        #expect(corners.count == 6)
        for (corner, (x, y)) in zip(corners, expected) {
            #expect(abs(corner.x - (field.left + Double(x) / 2 * (field.right - field.left))) < 0.01)
            #expect(abs(corner.y - (field.bottom - Double(y) / 4 * (field.bottom - field.top))) < 0.01)
        }
        #expect(chart.descriptions[0].hasSuffix("Its band goes from 0 to 2 at first, from 2 to 4 at last."))
    }

    @Test("a band ends at the chart's edges, and at zero below a logarithmic axis")
    func cutBand() throws {
        let band = LinesExhibit.Band(lower: [0, 0.5], upper: [4, 0.75])
        for (range, scale) in [(0.25...1, AxisScale.linear), (0.1...1, .logarithmic)] {
            let chart = chart(.init(name: "a", x: [0, 1], y: [1, 0.6], band: band), y: range, scale: scale)
            let field = try field(chart)
            let heights = chart.elements(.path, class: "band").flatMap(\.corners).map(\.y)
            #expect(abs(heights.max()! - field.bottom) < 0.01 && abs(heights.min()! - field.top) < 0.01)
        }
    }

    @Test("a band has a gap where an edge is no number")
    func gap() {
        let band = LinesExhibit.Band(lower: [0, 0, .nan, 0, 0], upper: [1, 1, 1, 1, 1])
        let paths = chart(.init(name: "a", x: [0, 1, 2, 3, 4], y: [0, 0, 0, 0, 0], band: band)).elements(.path, class: "band")
        #expect(paths.count == 1 && paths[0]["d"]?.count { $0 == "M" } == 2)
    }

    @Test("a title stands above the chart and in its alternative text; without one there is neither")
    func title() {
        func chart(_ title: String, _ words: ExhibitVocabulary) -> HTML {
            Drawn.html(
                LinesExhibit(series: [.init(name: "a", x: [0], y: [1])], x: .init(label: ""), y: .init(label: ""), title: title),
                words: words)
        }
        let titled = chart("Loss & gain", .english)
        #expect(titled.elements(.p, class: "chart-title").map(\.text) == ["Loss & gain"])
        #expect(titled.elements(.svg)[0]["aria-label"] == "Loss & gain. Line chart of a.")
        #expect(chart("损失", .chinese).elements(.svg)[0]["aria-label"] == "损失。折线图：a。")
        #expect(chart("", .english).elements(.p, class: "chart-title").isEmpty)
        #expect(chart("", .english).elements(.svg)[0]["aria-label"] == "Line chart of a.")
    }

    @Test("a wide chart is wider, a tall one higher than others")
    func sizes() {
        func size(_ size: ChartSize) -> (Double, Double) {
            let bars = BarsExhibit(bars: [.init(name: "a", value: 1)], label: "", size: size)
            let svg = Drawn.html(bars).elements(.svg)[0]
            return (svg.number("width"), svg.number("height"))
        }
        #expect(size(.wide).0 > size(.regular).0 && size(.wide).1 == size(.regular).1)
        #expect(size(.tall).0 == size(.regular).0 && size(.tall).1 > size(.regular).1)
    }
}
