import Drawing
import Exhibits
import Foundation
import Samples
import Testing

/// What the sentence above several lines claims is computed here a second time, from the data and from what the sentence says.
@Suite("The sentence that opens a chart of several lines")
struct LineComparisonTests {
    private func sentence(
        _ series: [[Double]], scale: AxisScale = .linear, words: ExhibitVocabulary = .english
    ) -> String {
        let exhibit = LinesExhibit(
            series: series.enumerated().map { .init(name: "s\($0)", x: $1.indices.map { Double($0) * 2 }, y: $1) },
            x: .init(label: ""), y: .init(label: "", scale: scale))
        return Drawn.html(exhibit, words: words).elements(.p, class: "way-in")[0].text
            .replacing("\u{202F}×\u{202F}10", with: "e")
    }

    @Test("lines that end together but part on the way, that lie upon each other, that cross, and one that leaves the rest")
    func kinds() {
        #expect(
            sentence([[1, 9, 1], [1, 2, 1.1]])
                == "Both lines end between 1 and 1.1; they are farthest apart at 2, where s0 is 9 and s1 is 2.")
        #expect(
            sentence([[0, 9, 3], [0, 2, 3], [0, 1, 3]])
                == "All 3 lines end at 3; they are farthest apart at 2, where s0 is 9 and s2 is 1.")
        #expect(sentence([[1, 2, 3], [1, 2, 3]]) == "Both lines lie upon each other.")
        #expect(
            sentence([[1, 2, 3], [1, 2.01, 3]])
                == "Both lines lie upon each other; they are farthest apart at 2, where s1 is 2.01 and s0 is 2.")
        #expect(sentence([[1, 2, 3, 4], [3, 2, 2, 1]]) == "s1 is above s0 up to 0, and below it from 4 on.")
        #expect(sentence([[1, 2, 3, 4], [3, 2, 2, 1]], words: .chinese) == "直到 0，s1 在 s0 之上；从 4 起，在其之下。")
        #expect(
            sentence([[0, 8, 2, 4], [1, 1, 0, 2], [2, 1, 1, 0.5]])
                == "s0 goes far above the rest, to 8 at 2; no other goes above 2.")
        #expect(
            sentence([[2, -8, 2, 4], [1, 1, 0, 1]]) == "s0 goes far below the rest, to −8 at 2; the other is nowhere below 0.")
        #expect(
            sentence([[1, 0.1, 0.05], [1, 1e-3, 1e-6]], scale: .logarithmic)
                == "s0 ends highest, at 0.05; s1 lowest, at 1e⁻⁶, a factor of 50000 below.")
    }

    // MARK: Random lines

    /// Lines of a kind: wild, meeting at the end, of different sizes, crossing, with one that leaves the rest, alike.
    private func lines(_ round: Int, _ generator: inout SplitMix) -> [[Double]] {
        let (count, length) = (Int.random(in: 2...4, using: &generator), Int.random(in: 3...9, using: &generator))
        func noise(_ size: Double) -> Double { Double.random(in: -size...size, using: &generator) }
        return (0..<count).map { line in
            let level = noise(1)
            return (0..<length).map { index -> Double in
                let way = Double(index) / Double(length - 1)
                return switch round % 6 {
                case 0: noise(1)
                case 1: level * (1 - way) * (1 + noise(0.2)) + noise(0.01)
                case 2: -6 * Double(line) * way + noise(0.2)
                case 3: (line % 2 == 0 ? way : 1 - way) + noise(0.1)
                case 4: (line == 0 && index == length / 2 ? (level < 0 ? -5 : 5) : 0) + noise(0.5)
                default: way + noise(0.004)
                }
            }
        }
    }

    private func number(_ text: some StringProtocol) throws -> Double {
        let digits = Dictionary(uniqueKeysWithValues: zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--"))
        return try #require(Double(String(text.map { digits[$0] ?? $0 })), "\(text)")
    }

    private func isSame(_ shown: some StringProtocol, _ value: Double) throws -> Bool {
        abs(try number(shown) - value) <= 5.01e-4 * abs(value)
    }

    private func line(_ name: Substring) -> Int { Int(name.dropFirst())! }

    @Test("all that is said of several lines holds, whatever they are")
    func holds() throws {
        var generator = SplitMix(state: 41)
        var seen: Set<String> = []
        for round in 0..<3000 {
            let isLogarithmic = round % 4 == 1 || round % 6 == 2
            let series = lines(round, &generator).map { $0.map { isLogarithmic ? pow(10, $0) : $0 } }
            let sentence = sentence(series, scale: isLogarithmic ? .logarithmic : .linear)
            let height = { (value: Double) in isLogarithmic ? log10(value) : value }
            let told =
                try crossing(sentence, series) ?? departure(sentence, series, height) ?? meeting(sentence, series, height)
                ?? ends(sentence, series)
            seen.insert(try #require(told, "\(sentence)"))
        }
        #expect(seen == ["crossing", "departure", "meeting", "alike", "ends", "factor"])
    }

    private func crossing(_ sentence: String, _ series: [[Double]]) throws -> String? {
        guard let match = try /(s\d) is above (s\d) up to (\S+), and below it from (\S+) on\./.wholeMatch(in: sentence) else {
            return nil
        }
        let (above, below) = (series[line(match.1)], series[line(match.2)])
        let (until, from) = (Int(try number(match.3)) / 2, Int(try number(match.4)) / 2)
        #expect(
            above.indices.allSatisfy {
                $0 <= until ? above[$0] > below[$0] : $0 >= from ? above[$0] < below[$0] : above[$0] == below[$0]
            })
        #expect(until < from)
        return "crossing"
    }

    private func departure(_ sentence: String, _ series: [[Double]], _ height: (Double) -> Double) throws -> String? {
        let pattern =
            /(s\d) goes far (above|below) the rest, to (\S+) at (\S+); (?:no other goes|the other is nowhere) (?:above|below) (\S+)\./
        guard let match = try pattern.wholeMatch(in: sentence) else { return nil }
        let sign = match.2 == "above" ? 1.0 : -1
        let own = series[line(match.1)], others = series.indices.filter { $0 != line(match.1) }.flatMap { series[$0] }
        let (peak, rest) = (own.map { sign * $0 }.max()! * sign, others.map { sign * $0 }.max()! * sign)
        #expect(try isSame(match.3, peak) && own[Int(number(match.4)) / 2] == peak && isSame(match.5, rest))
        let all = (own + others).map(height)
        #expect(sign * (height(peak) - height(rest)) >= 0.4999 * (all.max()! - all.min()!))
        return "departure"
    }

    private func meeting(_ sentence: String, _ series: [[Double]], _ height: (Double) -> Double) throws -> String? {
        let parts = sentence.dropLast().components(separatedBy: "; ")
        let all = series.flatMap { $0 }.map(height), room = all.max()! - all.min()!
        let gaps = series[0].indices.map { place in
            let heights = series.map { height($0[place]) }
            return (heights.max()! - heights.min()!) / room
        }
        if parts.count == 2,
            let match = try /they are farthest apart at (\S+), where (s\d) is (\S+) and (s\d) is (\S+)/.wholeMatch(in: parts[1])
        {
            let place = Int(try number(match.1)) / 2
            #expect(abs(gaps[place] - gaps.max()!) < 1e-9)
            let (high, low) = (series[line(match.2)][place], series[line(match.4)][place])
            #expect(try isSame(match.3, high) && isSame(match.5, low))
            #expect(high == series.map { $0[place] }.max() && low == series.map { $0[place] }.min())
        }
        let allNames = series.count == 2 ? "Both lines" : "All \(series.count) lines"
        if parts[0] == "\(allNames) lie upon each other" {
            #expect(gaps.allSatisfy { $0 < 0.01 })
            return "alike"
        }
        guard parts[0].hasPrefix("\(allNames) end "), parts.count == 2 else { return nil }
        #expect(gaps.last! < 0.05 && gaps.max()! >= 0.2)
        let ends = series.map { $0.last! }
        if let match = try /.* end between (\S+) and (\S+)/.wholeMatch(in: parts[0]) {
            #expect(try isSame(match.1, ends.min()!) && isSame(match.2, ends.max()!))
        }
        return "meeting"
    }

    private func ends(_ sentence: String, _ series: [[Double]]) throws -> String? {
        let pattern = /(s\d) ends highest, at (\S+); (s\d) lowest, at ([^, ]+)(?:, a factor of (\S+) below)?\./
        guard let match = try pattern.wholeMatch(in: sentence) else { return nil }
        let ends = series.map { $0.last! }
        #expect(ends[line(match.1)] == ends.max() && ends[line(match.3)] == ends.min())
        #expect(try isSame(match.2, ends.max()!) && isSame(match.4, ends.min()!))
        guard let factor = match.5 else { return "ends" }
        #expect(try isSame(factor, ends.max()! / ends.min()!) && ends.max()! / ends.min()! >= 100)
        return "factor"
    }
}
