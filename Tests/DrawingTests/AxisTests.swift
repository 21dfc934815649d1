import Drawing
import Exhibits
import Foundation
import Samples
import Testing

@Suite("Axes of charts")
struct AxisTests {
    private func chart(_ values: [Double], scale: AxisScale = .linear, words: ExhibitVocabulary = .english) -> HTML {
        let series = LinesExhibit.Series(name: "a", x: values.indices.map(Double.init), y: values)
        return Drawn.html(
            LinesExhibit(series: [series], x: .init(label: ""), y: .init(label: "", scale: scale)), words: words)
    }

    /// What stands beside the y axis.
    private func labels(_ chart: HTML) -> [DrawnElement] {
        chart.elements(.text, class: "tick").filter { $0["text-anchor"] == "end" }
    }

    private func numbers(_ chart: HTML) throws -> [Double] {
        try labels(chart).map { try #require(Double($0.text.replacing("\u{2212}", with: "-")), "\($0.text)") }
    }

    @Test("neighbouring ticks are 1, 2 or 5 times a power of ten apart, from the least value or below to the greatest or above")
    func steps() throws {
        var generator = SplitMix(state: 5)
        for _ in 0..<500 {
            let size = pow(10, Double.random(in: -1...3.5, using: &generator))
            let least = size * Double.random(in: -2...2, using: &generator)
            let greatest = least + size * Double.random(in: 0.5...2, using: &generator)
            let ticks = try numbers(chart([least, greatest]))
            #expect((4...9).contains(ticks.count), "\(ticks)")
            #expect(ticks[0] <= least && ticks[ticks.count - 1] >= greatest, "\(least), \(greatest): \(ticks)")
            let step = (ticks[ticks.count - 1] - ticks[0]) / Double(ticks.count - 1)
            for (tick, next) in zip(ticks, ticks.dropFirst()) { #expect(abs(next - tick - step) < 1e-6 * step, "\(ticks)") }
            let factor = step / pow(10, (log10(step) + 1e-9).rounded(.down))
            #expect([1, 2, 5].contains { abs(factor - $0) < 1e-6 }, "\(ticks)")
        }
    }

    @Test("up to six powers of ten are all written beside a logarithmic axis, of more every second, third … one")
    func decades() {
        let names = ["1", "10", "100", "1000", "10⁴", "10⁵"]
        for count in 2...6 {
            #expect(labels(chart([1, pow(10, Double(count - 1))], scale: .logarithmic)).map(\.text) == Array(names.prefix(count)))
        }
        for power in 6...300 {
            let labels = labels(chart([1, pow(10, Double(power))], scale: .logarithmic))
            #expect((4...7).contains(labels.count), "10^\(power): \(labels.map(\.text))")
        }
    }

    @Test("a logarithmic axis ends at a power of ten that is a value, and else at the next one")
    func powersAtTheEnds() {
        #expect(chart([1, 100], scale: .logarithmic).descriptions[0].contains("y from 1 to 100."))
        #expect(chart([2, 150], scale: .logarithmic).descriptions[0].contains("y from 1 to 1000."))
        #expect(chart([0.01, 0.9], scale: .logarithmic).descriptions[0].contains("y from 0.01 to 1."))
    }

    @Test("the alternative text tells each axis from its lower to its upper end, in the page's language")
    func ends() {
        #expect(chart([0, 3, 6]).descriptions[0].hasPrefix("x from 0 to 2. y from 0 to 6."))
        #expect(chart([0, 3, 6], words: .chinese).descriptions[0].hasPrefix("x 从 0 到 2。 y 从 0 到 6。"))
    }

    @Test("numbers stand outside the chart: left of its rules, below its lower edge")
    func outside() throws {
        let chart = chart([0, 5, 12, -300])
        let rules = chart.elements(.line, class: "grid")
        let left = try #require(rules.map { $0.number("x1") }.min())
        let lowest = try #require(rules.map { $0.number("y1") }.max())
        #expect(labels(chart).count == rules.count)
        #expect(labels(chart).allSatisfy { $0.number("x") < left })
        let below = chart.elements(.text, class: "tick").filter { $0["text-anchor"] == "middle" }
        #expect(below.count > 2 && below.allSatisfy { $0.number("y") > lowest + 8 })
    }
}
