import Drawing
import Exhibits
import Samples
import Testing

@Suite("Series of a chart")
struct SeriesTests {
    private func chart(_ series: [[Double]]) -> HTML {
        Drawn.html(
            LinesExhibit(
                series: series.enumerated().map { .init(name: "s\($0)", x: $1.indices.map(Double.init), y: $1) },
                x: .init(label: "x"), y: .init(label: "y")))
    }

    /// The middles of a series' markers.
    private func markers(_ path: DrawnElement) -> [Corner] {
        (path["d"] ?? "").split(separator: "M").map { outline in
            let numbers = String(outline).numbers
            // A circle begins at its left.
            if outline.contains("a") { return Corner(x: numbers[0] + 3, y: numbers[1]) }
            let (x, y) = (numbers.inPairs.map { $0.0 }, numbers.inPairs.map { $0.1 })
            return Corner(x: (x.min()! + x.max()!) / 2, y: (y.min()! + y.max()!) / 2)
        }
    }

    @Test("a line that is named as a quantity of the equations is marked as it, others are not")
    func quantities() {
        let names = ["f", "h[0]", "c_t", "loss", "W", "final"]
        let series = names.map { LinesExhibit.Series(name: $0, x: [0, 1], y: [0, 1]) }
        let chart = Drawn.html(LinesExhibit(series: series, x: .init(label: ""), y: .init(label: "")))
        let marks = ["f", "h", "c", nil, nil, nil]
        #expect(chart.elements(.path, class: "series").map { $0["data-quantity"] } == marks)
        #expect(
            Set(chart.elements(.text, class: "series-name").map { "\($0.text) \($0["data-quantity"] ?? "")" })
                == Set(zip(names, marks).map { "\($0) \($1 ?? "")" }))
    }

    @Test("two long names of lines or bars are never written alike")
    func longNames() {
        let names = [
            "a network of three layers, trained", "a network of three layers, untrained",
            "a network of three layers, trained twice",
        ]
        let lines = LinesExhibit(
            series: names.map { .init(name: $0, x: [0, 1], y: [0, 1]) }, x: .init(label: ""), y: .init(label: ""))
        let written = Drawn.html(lines).elements(.text, class: "series-name").map { name in
            name.content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
                + name.elements(.tspan).map(\.text).joined()
        }
        #expect(Set(written).count == 3)
        // What is not written whole tells its name when pointed at.
        #expect(Drawn.html(lines).elements(.title).count == written.count { $0.contains("…") })
        #expect(written.allSatisfy { $0.contains("…") || names.contains($0) }, "\(written)")
        let bars = Drawn.html(BarsExhibit(bars: names.map { .init(name: $0, value: 1) }, label: "")).elements(.text).filter {
            $0["text-anchor"] == "end"
        }
        #expect(Set(bars.map(\.text)).count == 3)
    }

    @Test("each of eight series has a dash, a colour and a marker of its own, and so does its name; later ones have another pair")
    func marks() {
        let chart = chart((0..<8).map { [Double($0)] + [1, 2] })
        let classes = (1...8).map { "series-\($0)" }
        for kind in ["series", "marker"] { #expect(chart.elements(.path, class: kind).map { $0.classes[1] } == classes) }
        #expect(Set(chart.elements(.text, class: "series-name").map { $0.classes[1] }) == Set(classes))
        #expect(Set(chart.elements(.path, class: "marker").map(shape)).count == 8)
        let many = self.chart((0..<64).map { [Double($0)] + [1, 2] })
        #expect(Set(many.elements(.path, class: "marker").map { "\(shape($0)) \($0.classes[1])" }).count == 64)
    }

    /// What a marker looks like, wherever it is.
    private func shape(_ path: DrawnElement) -> String {
        let outline = String((path["d"] ?? "").split(separator: "M")[0])
        guard !outline.contains("a"), let first = outline.numbers.inPairs.first else { return "circle" }
        return "\(outline.numbers.inPairs.map { [($0.0 - first.0).rounded(), ($0.1 - first.1).rounded()] })"
    }

    @Test("series that lie upon each other have their markers at different places")
    func coinciding() {
        let paths = chart(Array(repeating: (0..<100).map(Double.init), count: 6)).elements(.path, class: "marker")
        let places = paths.map { Set(markers($0).map { $0.x.rounded() }) }
        #expect(places.count == 6 && places.allSatisfy { $0.count >= 5 })
        for (index, place) in places.enumerated() {
            for other in places[..<index] { #expect(place.isDisjoint(with: other)) }
        }
    }

    @Test("a point between two gaps has a marker, wherever it is", arguments: 1..<49)
    func lonePoint(place: Int) throws {
        var values = Array(repeating: 0.0, count: 50)
        values[place] = 1
        (values[place - 1], values[place + 1]) = (.nan, .nan)
        let marked = markers(try #require(chart([values]).elements(.path, class: "marker").first))
        let lowest = try #require(marked.map(\.y).max())
        #expect(marked.filter { $0.y < lowest - 50 }.count == 1)
        #expect(marked.count > 5 && marked.count < 12)
    }

    @Test("names of lines that end at one place stand one below the other, within the chart", arguments: [0.0, 1, 0.5])
    func names(end: Double) throws {
        let chart = chart((0..<6).map { [0, 1, Double($0) / 5, end] })
        let names = chart.elements(.text, class: "series-name")
        let heights = names.map { $0.number("y") }.sorted()
        #expect(names.count == 6)
        for (name, next) in zip(heights, heights.dropFirst()) { #expect(next - name >= 12) }
        let rules = chart.elements(.line, class: "grid").map { $0.number("y1") }
        let (top, bottom) = (try #require(rules.min()), try #require(rules.max()))
        // Text hangs from its baseline by half its height where it is centred upon a line.
        #expect(heights[0] >= top && heights[5] <= bottom + 6)
        let ends = chart.elements(.path, class: "series").map { $0.corners[$0.corners.count - 1].x }
        #expect(names.allSatisfy { $0.number("x") > ends[0] && $0["text-anchor"] == nil })
    }

    @Test("no name is nearer to another line's end than to its own, but where a leader comes from its own", arguments: 1...60)
    func leaders(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let count = Int.random(in: 2...8, using: &generator), spread = Double.random(in: 0...1, using: &generator)
        let chart = chart(
            (0..<count).map { _ in
                (0..<Int.random(in: 2...5, using: &generator)).map { _ in 1 + spread * Double.random(in: -1...1, using: &generator)
                }
                    + (Bool.random(using: &generator) ? [1] : [])
            })
        // A short series is drawn point by point.
        let ends = Dictionary(
            uniqueKeysWithValues: chart.elements(.path, class: "series").map { ($0.classes[1], $0.corners[$0.corners.count - 1]) })
        let leaders = Dictionary(
            uniqueKeysWithValues: chart.elements(.path, class: "leader").map { ($0.classes[1], $0.corners) })
        for name in chart.elements(.text, class: "series-name") {
            let series = name.classes[1], place = Corner(x: name.number("x"), y: name.number("y") - 4)
            let own = try #require(ends[series])
            if let leader = leaders[series] {
                #expect(abs(leader[0].y - own.y) < 0.02 && leader[0].x - own.x < 6)
                let tip = leader[leader.count - 1]
                #expect(abs(tip.y - place.y) < 0.02 && place.x - tip.x < 4 && tip.x < place.x)
            } else {
                let distance = abs(place.y - own.y)
                #expect(own.x == ends.values.map(\.x).max() && distance <= 6.02)
                for (other, end) in ends where other != series { #expect(abs(place.y - end.y) > distance) }
            }
        }
    }

    @Test("of lines that end at one place the one that comes from above is named above the others")
    func commonEnd() {
        let names = chart([[0, 1], [9, 1], [5, 1]]).elements(.text, class: "series-name")
        #expect(names.sorted { $0.number("y") < $1.number("y") }.map(\.text) == ["s1", "s2", "s0"])
    }

    @Test("an infinity is marked where it leads to, NaN with a cross, and below the chart stands which is which")
    func oddNumbers() throws {
        let chart = chart([[1, .nan, 2, .infinity, 3, -.infinity, 1]])
        let marks = try #require(chart.elements(.path, class: "odd").first?["d"]).split(separator: "M").map { String($0).numbers }
        // A cross of two strokes and two arrows, each a shaft and a head.
        #expect(marks.count == 6)
        let heights = [marks[0], marks[2], marks[4]].map { $0[1] }
        #expect(heights[1] < heights[0] - 100 && abs(heights[2] - heights[0]) < 10)
        // The cross stands in the middle of the two neighbours' places.
        let points = markers(chart.elements(.path, class: "marker")[0])
        #expect(abs((marks[0][0] + marks[0][2]) / 2 - (points[0].x + points[1].x) / 2) < 0.02)
        let notes = chart.elements(.p, class: "picture-note").map(\.text)
        #expect(
            notes == ["s0: 3 values not drawn: (1, NaN), (3, ∞), (5, −∞)", "× stands for NaN, ↑ stands for ∞, ↓ stands for −∞"])
        #expect(self.chart([[1, 2]]).elements(.path, class: "odd").isEmpty)
    }

    @Test("of values that are not drawn six are told, and that there are more")
    func undrawn() {
        func note(_ count: Int) -> String {
            let values = [1.0] + Array(repeating: .nan, count: count)
            return chart([values]).elements(.p, class: "picture-note")[0].text
        }
        #expect(note(6).hasPrefix("s0: 6 values not drawn: (1, NaN), ") && note(6).hasSuffix("(6, NaN)"))
        #expect(note(7).hasPrefix("s0: 7 values not drawn: (1, NaN), ") && note(7).hasSuffix("(6, NaN) …"))
    }
}
