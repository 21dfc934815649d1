import Drawing
import Exhibits
import Samples
import Testing

/// A log is what a lesson's process wrote: whatever passes as an exhibit must be drawn.
@Suite("Charts of extreme numbers")
struct ChartRobustnessTests {
    private static let extremes: [Double] = [
        0, -0.0, 1, -1, 0.5, 1e-300, -1e-300, 1e300, -1e300, 1e15, 1 + 1e-12, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
        -.greatestFiniteMagnitude, .nan, .infinity, -.infinity,
    ]

    private struct Draw {
        var random: SplitMix

        mutating func number() -> Double { extremes.randomElement(using: &random)! }
        mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }
        mutating func count() -> Int { Int.random(in: 0...4, using: &random) }
        mutating func end() -> Double? { Bool.random(using: &random) ? number() : nil }
        mutating func size() -> ChartSize { [.regular, .wide, .tall].randomElement(using: &random)! }
        mutating func axis() -> ChartAxis {
            let scale: AxisScale = Bool.random(using: &random) ? .linear : .logarithmic
            return ChartAxis(label: "", scale: scale, lower: end(), upper: end())
        }
    }

    /// Draws it if it passes: without a trap, and without a coordinate that is none.
    private func isDrawn(_ exhibit: some Drawable) -> Bool {
        guard exhibit.flaw == nil else { return false }
        let markup = Drawn.markup(exhibit)
        #expect(!markup.contains("=\"nan") && !markup.contains("=\"inf") && markup.contains("way-in"))
        return true
    }

    @Test("lines with bands, points, bins and bars are drawn whatever their numbers and ranges are")
    func extremeNumbers() {
        var draw = Draw(random: SplitMix(state: 31))
        var drawn = 0
        for _ in 0..<4000 {
            let lines = (0..<draw.count()).map { index in
                let count = draw.count()
                let edges = (draw.numbers(count), draw.numbers(count))
                let band = LinesExhibit.Band(
                    lower: zip(edges.0, edges.1).map { min($0, $1) }, upper: zip(edges.0, edges.1).map { max($0, $1) })
                return LinesExhibit.Series(
                    name: "s\(index)", x: draw.numbers(count), y: draw.numbers(count), band: index == 0 ? band : nil)
            }
            let points = lines.map { ScatterExhibit.Series(name: $0.name, x: $0.x, y: $0.y) }
            let (x, y, size) = (draw.axis(), draw.axis(), draw.size())
            if isDrawn(LinesExhibit(series: lines, x: x, y: y, size: size)) { drawn += 1 }
            if isDrawn(ScatterExhibit(series: points, x: x, y: y, size: size)) { drawn += 1 }
            let bars = draw.numbers(draw.count()).map { BarsExhibit.Bar(name: "b", value: $0) }
            if isDrawn(BarsExhibit(bars: bars, label: "", size: size)) { drawn += 1 }
            let range = ChartAxis(label: "", lower: x.lower, upper: x.upper)
            guard range.flaw == nil else { continue }
            // What `show` makes of any numbers passes.
            let histogram = HistogramExhibit(lines.map { ($0.name, $0.y) }, bins: 1 + draw.count(), within: range, size: size)
            #expect(histogram.flaw == nil, "\(lines) \(range)")
            #expect(isDrawn(histogram))
        }
        #expect(drawn > 5000)
    }
}
