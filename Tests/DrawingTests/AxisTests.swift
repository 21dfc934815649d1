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

    @Test("up to six powers of ten are all written beside a logarithmic axis, in one notation; of more every second, third … one")
    func decades() {
        let (plain, powers) = (["1", "10", "100", "1000"], ["10⁰", "10¹", "10²", "10³", "10⁴", "10⁵"])
        for count in 2...6 {
            let names = count <= 4 ? plain : powers
            #expect(labels(chart([1, pow(10, Double(count - 1))], scale: .logarithmic)).map(\.text) == Array(names.prefix(count)))
        }
        #expect(labels(chart([1e-5, 0.5], scale: .logarithmic)).map(\.text) == ["10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "10⁰"])
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

    @Test("within one power of ten a logarithmic axis has round numbers all the same")
    func withinADecade() {
        func texts(_ lower: Double, _ upper: Double) -> [String] {
            let series = LinesExhibit.Series(name: "a", x: [0, 1], y: [lower, upper])
            let y = ChartAxis(label: "", scale: .logarithmic, lower: lower, upper: upper)
            return labels(Drawn.html(LinesExhibit(series: [series], x: .init(label: ""), y: y))).map(\.text)
        }
        #expect(texts(2, 8) == ["2", "3", "4", "5", "6", "7", "8"])
        #expect(texts(2.1, 2.4) == ["2.1", "2.15", "2.2", "2.25", "2.3", "2.35", "2.4"])
        let end = ChartAxis(label: "", scale: .logarithmic, upper: 1)
        let chart = Drawn.html(LinesExhibit(series: [.init(name: "a", x: [0], y: [1])], x: .init(label: ""), y: end))
        #expect(chart.descriptions[0].contains("y from 0.1 to 1."))
        #expect(texts(4, 60) == ["5", "10", "20", "50"])
    }

    @Test(
        "numbers along an axis have one notation, and no two are written alike",
        arguments: [
            ([0, 150_000.0], ["0", "0.5 × 10⁵", "1 × 10⁵", "1.5 × 10⁵"]),
            ([1e300, -1e300], ["−1 × 10³⁰⁰", "−0.5 × 10³⁰⁰", "0", "0.5 × 10³⁰⁰", "1 × 10³⁰⁰"]),
            ([1e-300, 3e-300], ["1 × 10⁻³⁰⁰", "1.5 × 10⁻³⁰⁰", "2 × 10⁻³⁰⁰", "2.5 × 10⁻³⁰⁰", "3 × 10⁻³⁰⁰"]),
            ([10_000.001, 10_000.002], ["10000.001", "10000.0012", "10000.0014", "10000.0016", "10000.0018", "10000.002"]),
            ([0, 0.9], ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        ])
    func notation(values: [Double], texts: [String]) {
        #expect(labels(chart(values)).map { $0.text.replacing("\u{202F}", with: " ") } == texts)
    }

    /// What stands below the x axis.
    private func positions(_ x: [Double]) -> [String] {
        let exhibit = LinesExhibit(series: [.init(name: "a", x: x, y: x)], x: .init(label: ""), y: .init(label: ""))
        return Drawn.html(exhibit).elements(.text, class: "tick").filter { $0["text-anchor"] == "middle" }.map(\.text)
    }

    @Test("between whole numbers on the x axis there are no others, and beside one alone none at all")
    func wholeNumbers() {
        for count in 2...40 { #expect(positions((0..<count).map(Double.init)).allSatisfy { Int($0) != nil }) }
        #expect(positions([0, 1, 2]) == ["0", "1", "2"])
        #expect(positions([0, 1, 1.5]).contains("0.5"))
        #expect(positions([37]) == ["37"] && positions([0]) == ["0"])
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
