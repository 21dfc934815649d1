import Drawing
import Exhibits
import Foundation
import Samples
import Testing

/// What the sentence above a chart claims is computed here a second time, from the data and from what the sentence says.
@Suite("The sentence that opens a chart")
struct WayInTests {
    /// The sentence, its powers of ten written as programs do.
    private func sentence(_ exhibit: some Drawable, _ words: ExhibitVocabulary = .english) throws -> String {
        guard case .element(_, _, let content) = Drawn.html(exhibit, words: words),
            case .element(.p, [Attribute("class", "way-in")], let text) = try #require(content.first)
        else { throw Missing() }
        return text.map(\.plainText).joined().replacingOccurrences(of: "\u{202F}×\u{202F}10", with: "e")
    }

    private struct Missing: Error {}

    private func lines(_ series: [[Double]], scale: AxisScale = .linear, upper: Double? = nil) -> LinesExhibit {
        LinesExhibit(
            series: series.enumerated().map { .init(name: "s\($0)", x: $1.indices.map { Double($0) * 2 }, y: $1) },
            x: .init(label: ""), y: .init(label: "", scale: scale, upper: upper))
    }

    /// A number of a sentence.
    private func number(_ text: some StringProtocol) throws -> Double {
        let plain = String(text).replacingOccurrences(of: "−", with: "-")
        let digits = Dictionary(uniqueKeysWithValues: zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
        return try #require(Double(String(plain.map { digits[$0] ?? $0 })), "\(text)")
    }

    /// Equal to four digits, which is how numbers are written.
    private func isSame(_ shown: some StringProtocol, _ value: Double) throws -> Bool {
        abs(try number(shown) - value) <= 5.01e-4 * abs(value)
    }

    // MARK: Lines

    @Test("a loss that falls: from where, to where, and when it first goes below the last power of ten on its way")
    func fall() throws {
        #expect(
            try sentence(lines([[1.386, 0.5, 0.09, 0.11, 0.02]])) == "s0 falls from 1.386 to 0.02; it first goes below 0.1 at 4.")
        #expect(try sentence(lines([[1, 5, 20, 100]])) == "s0 rises from 1 to 100; it first goes above 10 at 4.")
        #expect(try sentence(lines([[0.9, 0.5]])) == "s0 falls from 0.9 to 0.5.")
        #expect(try sentence(lines([[1.386, 0.02]]), .chinese) == "s0 从 1.386 降到 0.02；在 2 处首次低于 0.1。")
    }

    @Test("all that is said of one line's course holds, whatever the line is")
    func course() throws {
        var generator = SplitMix(state: 17)
        var seen: Set<String> = []
        for round in 0..<3000 {
            let size = pow(10, Double.random(in: -8...8, using: &generator))
            let drift = Double.random(in: -3...3, using: &generator)
            let count = Int.random(in: 2...30, using: &generator)
            let values = (0..<count).map { index in
                let noise = Double.random(in: -1...1, using: &generator) * (round % 3 == 0 ? 2 : 0.05)
                let course = drift * Double(index) / Double(count) + noise
                return size * (round % 2 == 0 ? exp(course * 3) : course)
            }
            let sentence = try sentence(lines([values]))
            let parts = sentence.dropLast().components(separatedBy: "; ")
            let way = try #require(
                try /s0 (falls|rises|goes) from (\S+) to (\S+)/.wholeMatch(in: parts[0].filter { $0 != "," }), "\(sentence)")
            #expect(try isSame(way.2, values[0]) && isSame(way.3, values[count - 1]), "\(sentence) \(values)")
            if way.1 == "falls" { #expect(values[count - 1] < values[0]) }
            if way.1 == "rises" { #expect(values[count - 1] > values[0]) }
            seen.insert(String(way.1))
            guard parts.count > 1 else { continue }
            #expect(parts.count == 2)
            if let extreme = try /its (least|greatest) value is (\S+), at (\S+)/.wholeMatch(in: parts[1]) {
                let value = extreme.1 == "least" ? values.min()! : values.max()!
                #expect(try isSame(extreme.2, value))
                #expect(values[Int(try number(extreme.3)) / 2] == value)
                seen.insert(String(extreme.1))
            } else {
                let crossing = try #require(
                    try /it first goes (below|above) (\S+) at (\S+)/.wholeMatch(in: parts[1]), "\(sentence)")
                let (mark, place) = (try number(crossing.2), Int(try number(crossing.3)) / 2)
                let isBeyond = { (value: Double) in crossing.1 == "below" ? value < mark : value > mark }
                #expect(isBeyond(values[place]) && !values[..<place].contains(where: isBeyond), "\(sentence) \(values)")
                #expect(abs(log10(mark) - log10(mark).rounded()) < 1e-9)
                seen.insert(String(crossing.1))
            }
        }
        #expect(seen == ["falls", "rises", "goes", "least", "greatest", "below", "above"])
    }

    @Test("of one point, a constant, ends that look alike, gaps and nothing no more is said than there is")
    func odd() throws {
        #expect(try sentence(lines([[0.5]])) == "s0 is one point, 0.5 at 0.")
        #expect(try sentence(lines([[2, 2, 2]])) == "s0 is 2 throughout.")
        #expect(try sentence(lines([[1, 1.0000001]])) == "s0 stays at about 1.")
        #expect(try sentence(lines([[0, 1, 0]])) == "s0 goes from 0 to 0; its greatest value is 1, at 2.")
        #expect(try sentence(lines([[]])) == "No value has a place here.")
        #expect(try sentence(lines([[.nan]])) == "No value has a place here.")
        #expect(try sentence(lines([[3, .nan, 1]])) == "s0 falls from 3 to 1; this leaves out what is not drawn.")
        #expect(
            try sentence(lines([[3, 0, 2]], scale: .logarithmic)) == "s0 falls from 3 to 2; this leaves out what is not drawn.")
        #expect(try sentence(lines([[3, 1]], upper: 2)) == "s0 is one point, 1 at 2; this leaves out what is not drawn.")
        let huge = Double.greatestFiniteMagnitude
        #expect(try sentence(lines([[huge, -huge]])).hasPrefix("s0 falls from 1.798"))
    }

    @Test("of several lines: which ends highest and which lowest, all that do")
    func severalLines() throws {
        #expect(try sentence(lines([[1, 2], [0, 5], [3, 3]])) == "s1 ends highest, at 5; s0 lowest, at 2.")
        #expect(try sentence(lines([[5], [5], [3]])) == "s0, s1 end highest, at 5; s2 lowest, at 3.")
        #expect(try sentence(lines([[1, 3], [3]])) == "Both lines end at 3.")
        #expect(try sentence(lines([[1, 3], []])) == "s0 rises from 1 to 3.")
        #expect(try sentence(lines([[5], [5], [5], [5], [3]])) == "4 of the 5 end highest, at 5; s4 lowest, at 3.")
        #expect(try sentence(lines([[1, 2], [0, 5]]), .chinese) == "s1 末值最大，为 5；s0 末值最小，为 2。")
    }

    // MARK: Bars

    private func bars(_ values: [Double], names: [String]? = nil) -> BarsExhibit {
        BarsExhibit(bars: values.enumerated().map { .init(name: names?[$0] ?? "b\($0)", value: $1) }, label: "")
    }

    @Test("a line that is given from right to left is read as it is seen, and one that leads out of the chart has no end in it")
    func ends() throws {
        func exhibit(_ series: [LinesExhibit.Series], upper: Double? = nil) -> LinesExhibit {
            LinesExhibit(series: series, x: .init(label: ""), y: .init(label: "", upper: upper))
        }
        #expect(
            try sentence(exhibit([.init(name: "a", x: [3, 2, 1], y: [1, 2, 9]), .init(name: "b", x: [3, 2, 1], y: [4, 2, 9])]))
                == "b ends highest, at 4; a lowest, at 1.")
        #expect(try sentence(exhibit([.init(name: "a", x: [2, 1, 0], y: [1, 2, 4])])) == "a falls from 4 to 1.")
        #expect(
            try sentence(
                exhibit(
                    [
                        .init(name: "out", x: [0, 1, 2], y: [1, 2, 9]), .init(name: "b", x: [0, 1, 2], y: [1, 1, 3]),
                        .init(name: "c", x: [0, 1, 2], y: [1, 1, 2]),
                    ], upper: 4)
            ).hasPrefix("b ends highest, at 3; c lowest, at 2"))
    }

    @Test("a name of several words stands in quotation marks; Chinese stands without spaces around Chinese names")
    func names() throws {
        #expect(
            try sentence(bars([1, 3], names: ["knows nothing", "all, after"]))
                == "“all, after” is the largest: 3, 3 times “knows nothing”, the smallest.")
        #expect(try sentence(bars([1, 3], names: ["静", "门 一"]), .chinese) == "“门 一”最大：3，是最小的“静”的 3 倍。")
        #expect(try sentence(bars([1, 3], names: ["RNN", "GRU"]), .chinese) == "GRU 最大：3，是最小的 RNN 的 3 倍。")
    }

    @Test(
        "between Chinese and Latin letters or digits stands a space, between Chinese ones none, and a quoted name is left as it is")
    func spaces() {
        func spaced(_ sentence: String) -> String { HTML.wayIn(sentence, isChinese: true).elements(.p)[0].text }
        #expect(spaced("在时间步 10由 门 到cₜ，得到 输出 (1)") == "在时间步 10 由门到 cₜ，得到输出 (1)")
        #expect(spaced("名为 “门a 静 b” 的线") == "名为“门a 静 b”的线")
        #expect(HTML.wayIn("of 门 静", isChinese: false).elements(.p)[0].text == "of 门 静")
    }

    @Test("the largest bar, and how many times the smallest it is")
    func barsSentence() throws {
        #expect(
            try sentence(bars([78, 234, 312], names: ["RNN", "GRU", "LSTM"]))
                == "LSTM is the largest: 312, 4 times RNN, the smallest.")
        #expect(try sentence(bars([2, -1])) == "b0 is the largest: 2; b1 is the smallest: −1.")
        #expect(try sentence(bars([0, 2, 0])) == "b1 is the largest: 2; b0, b2 are the smallest: 0 each.")
        #expect(try sentence(bars([2, 2])) == "Both bars are 2." && sentence(bars([7])) == "b0 is 7.")
        #expect(try sentence(bars([1, 3], names: ["0", "1"])) == "bar 1 is the largest: 3, 3 times bar 0, the smallest.")
        #expect(
            try sentence(bars([1, .infinity, 3]))
                == "b2 is the largest: 3, 3 times b0, the smallest; this leaves out what is not drawn.")
        #expect(try sentence(bars([])) == "No value has a place here.")
        #expect(
            try sentence(bars([1e-300, 1e300]))
                == "b1 is the largest: 1e³⁰⁰; b0 is the smallest: 1e⁻³⁰⁰.")
        #expect(try sentence(bars([1, 4]), .chinese) == "b1 最大：4，是最小的 b0 的 4 倍。")
    }

    @Test("all that is said of bars holds, whatever they are")
    func randomBars() throws {
        var generator = SplitMix(state: 23)
        for _ in 0..<1000 {
            let values = (0..<Int.random(in: 2...6, using: &generator)).map { _ in
                Double(Int.random(in: 1...9, using: &generator)) / 8
            }
            let sentence = try sentence(bars(values))
            let places = { (names: Substring) in names.split(separator: ", ").map { Int($0.dropFirst())! } }
            let (least, greatest) = (values.min()!, values.max()!)
            if least == greatest { #expect(sentence.contains("bars are")); continue }
            guard !sentence.contains("of the"), !sentence.contains("each of") else { continue }
            let match = try #require(
                try /(.+) (is|are) the largest: (\S+?)(?: each)?, (\S+) times (b\d), the smallest\./.wholeMatch(in: sentence),
                "\(sentence)")
            #expect(Set(places(match.1)) == Set(values.indices.filter { values[$0] == greatest }))
            #expect((match.2 == "is") == (places(match.1).count == 1))
            #expect(try isSame(match.3, greatest) && isSame(match.4, greatest / least))
            #expect(values.indices.filter { values[$0] == least } == places(match.5))
        }
    }

    // MARK: Points and histograms

    private func scatter(_ series: [[(Double, Double)]]) -> ScatterExhibit {
        ScatterExhibit(
            series: series.enumerated().map { .init(name: "s\($0)", x: $1.map { $0.0 }, y: $1.map { $0.1 }) },
            x: .init(label: "height"),
            y: .init(label: ""))
    }

    @Test("whether y rises with x, by Spearman's rank correlation: 1 − 6 Σ d² / (n³ − n) where no two are equal")
    func correlation() throws {
        var generator = SplitMix(state: 29)
        for _ in 0..<300 {
            let count = Int.random(in: 3...40, using: &generator)
            let slope = Double.random(in: -2...2, using: &generator)
            let points = (0..<count).map { _ in
                let x = Double.random(in: -1...1, using: &generator)
                return (x, exp(slope * x + Double.random(in: -1...1, using: &generator)))
            }
            func ranks(_ values: [Double]) -> [Double] { values.map { value in Double(values.count { $0 < value }) } }
            let squares = zip(ranks(points.map { $0.0 }), ranks(points.map { $0.1 })).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
            let n = Double(count)
            let expected = 1 - 6 * squares / (n * n * n - n)
            let sentence = try sentence(scatter([points]))
            let match = try #require(
                try /(y .+); the rank correlation of the (\d+) points is (\S+)\./.wholeMatch(in: sentence), "\(sentence)")
            #expect(Int(match.2) == count)
            #expect(try abs(number(match.3) - expected) < 1e-3)
            let words =
                abs(expected) < 0.3 - 1e-9
                ? "y neither rises nor falls much with height"
                : expected > 0.7
                    ? "y rises with height"
                    : expected > 0
                        ? "y tends to rise with height"
                        : expected < -0.7 ? "y falls as height rises" : "y tends to fall as height rises"
            let isAtBound = [0.3, 0.7].contains { abs(abs(expected) - $0) < 1e-9 }
            if !isAtBound { #expect(match.1 == words) }
        }
    }

    @Test("few, constant and no points, and the means of several series")
    func points() throws {
        #expect(
            try sentence(scatter([[(0, 0), (1, 2), (2, 4)]])) == "y rises with height; the rank correlation of the 3 points is 1.")
        #expect(try sentence(scatter([[(0, 1), (1, 1), (2, 1)]])) == "y is 1 throughout.")
        #expect(try sentence(scatter([[(3, 0), (3, 1), (3, 2)]])) == "height is 3 throughout.")
        #expect(try sentence(scatter([[(0, 1), (1, 2)]])) == "2 points are too few to tell whether they rise.")
        #expect(try sentence(scatter([[(2, 5)]])) == "s0 is one point, 5 at 2.")
        #expect(try sentence(scatter([[]])) == "No value has a place here.")
        // Along x the means lie 8 of 10 apart, along y 1 of 4.
        #expect(
            try sentence(scatter([[(0, 0), (2, 4)], [(8, 3), (10, 3)]]))
                == "The mean height of s1 is the greatest, 9; that of s0 the least, 1.")
        #expect(
            try sentence(scatter([[(0, 0)], [(10, 3)], [(5, .nan)]]))
                == "The mean y of s1 is the greatest, 3; that of s0 the least, 0; this leaves out what is not drawn.")
        #expect(try sentence(scatter([[(1, 2)], [(1, 2)]])) == "Both have the same mean y, 2.")
    }

    @Test("the fullest bin of a histogram, or the medians of several series")
    func histograms() throws {
        func sentence(_ series: [[Double]], bins: Int = 4) throws -> String {
            try self.sentence(
                HistogramExhibit(series.enumerated().map { ("s\($0)", $1) }, bins: bins, within: .init(label: "", upper: 4)))
        }
        #expect(try sentence([[0, 1, 1.5, 2, 4]]) == "2 of 5 values lie from 1 to 2, more than in any other bin.")
        #expect(
            try sentence([[0, 1, 2, 4]])
                == "No bin holds more than 1 of the 4 values, and 4 hold as many; the first goes from 0 to 1.")
        #expect(try sentence([[3, 3]]) == "Both values are 3." && sentence([[3]]) == "The one value is 3.")
        #expect(try sentence([[]]) == "No value has a place here.")
        #expect(
            try sentence([[1, 2, 3], [0, 1, 2, 9], [2]])
                == "The median of s0, s2 is the greatest, 2; that of s1 the least, 1; this leaves out what is not drawn.")
    }
}
