import Drawing
import Exhibits
import Samples
import Testing

@Suite("Attention drawn")
struct AttentionDrawingTests {
    private func exhibit(_ weights: [Double], query: String = "suis", keys: [String]? = nil, units: Int = 1) -> AttentionExhibit {
        AttentionExhibit(
            queries: [query], keys: keys ?? weights.indices.map { "k\($0)" }, weights: [weights], query: 0,
            scores: weights.map { _ in 0 }, exponentials: weights.map { _ in 1 },
            values: weights.map { _ in Array(repeating: 1, count: units) }, output: Array(repeating: 1, count: units))
    }

    private func wayIn(_ exhibit: AttentionExhibit, _ words: ExhibitVocabulary = .english) -> String {
        Drawn.html(exhibit, words: words).elements(.p, class: "way-in")[0].text
    }

    @Test(
        "the first sentence says where the query looks most, and whether that is more than half or how many even shares",
        arguments: 1...60 as ClosedRange<UInt64>)
    func looksMost(seed: UInt64) {
        var draws = SplitMix(state: seed)
        let counts = (0...Int(draws.next() % 4) + 1).map { _ in Double(draws.next() % 6) }
        let sum = counts.reduce(0, +)
        guard sum > 0 else { return }
        let sentence = wayIn(exhibit(counts.map { $0 / sum }))
        let places = counts.indices.filter { counts[$0] == counts.max() }
        if places.count == counts.count {
            #expect(sentence.hasPrefix("“suis” looks at all \(counts.count) places alike"))
        } else if places.count > 1 {
            #expect(sentence.hasPrefix("“suis” looks most at \(places.count) places alike"))
            for place in places.prefix(3) { #expect(sentence.contains("“k\(place)”")) }
        } else {
            #expect(sentence.hasPrefix("“suis” looks most at “k\(places[0])”, with a weight of "))
            #expect(sentence.contains("more than all other places together") == (2 * counts[places[0]] > sum))
            let shares = counts[places[0]] / sum * Double(counts.count)
            if 2 * counts[places[0]] <= sum {
                let told = sentence.dropLast(" times an even share.".count).split(separator: " ").last.flatMap { Double($0) }
                #expect(abs((told ?? 0) - shares) < 0.051 && sentence.hasSuffix(" times an even share."))
            }
        }
    }

    @Test("it is honest of one place, of no weight at all and of what is no number")
    func odd() {
        #expect(wayIn(exhibit([1])) == "“suis” has one place to look at, “k0”: its weight is 1.")
        #expect(wayIn(exhibit([0, 0])) == "“suis” looks nowhere: all its weights are 0.")
        #expect(wayIn(exhibit([.nan, 0.5])) == "The weights of “suis” are not all finite numbers.")
        #expect(wayIn(exhibit([0.25, 0.75], query: "1", keys: ["0", "1"])).hasPrefix("Query 1 looks most at place 1"))
        #expect(wayIn(exhibit([0.25, 0.75], query: "天"), .chinese) == "“天” 最关注 “k1”，权重 0.75：超过其余各处之和。")
    }

    @Test("the sentence comes first, then the picture; a table of more than forty numbers is folded", arguments: [1, 4, 8])
    func order(units: Int) throws {
        let html = Drawn.html(exhibit([0.5, 0.125, 0.125, 0.25], units: units))
        let markup = html.markup
        func place(_ tag: String) throws -> String.Index { try #require(markup.firstRange(of: tag)).lowerBound }
        #expect(try place("class=\"way-in\"") < place("<svg"))
        #expect(try place("<svg") < place("<table"))
        // Four places and their sum, with score, exponential, weight and at most six numbers of the value.
        let isLong = 5 * (3 + min(units, 6)) > 40
        #expect(html.elements(.details).count == (isLong ? 1 : 0))
        #expect(html.elements(.table).count == 1)
    }

    // MARK: All queries

    private func pattern(_ weights: [[Double]], _ words: ExhibitVocabulary = .english) -> String {
        let keys = ["le", "chat", "le", "dort", "."].prefix(weights[0].count)
        let exhibit = AttentionExhibit(
            queries: weights.indices.map { "q\($0)" }, keys: Array(keys), weights: weights, query: 0,
            scores: keys.map { _ in 0 }, exponentials: keys.map { _ in 1 }, values: keys.map { _ in [1] }, output: [1])
        return wayIn(exhibit, words)
    }

    /// Each query gives most to one place.
    private func looking(at places: [Int], of count: Int) -> [[Double]] {
        places.map { place in (0..<count).map { $0 == place ? 0.8 : 0.2 / Double(count - 1) } }
    }

    @Test("of several queries is told first what their weights look like as a whole")
    func patterns() {
        func begins(_ places: [Int], of count: Int, with sentence: String) -> Bool {
            pattern(looking(at: places, of: count)).hasPrefix(sentence + " “q0” looks most at")
        }
        let diagonal = "The strongest weights run down the diagonal: each query looks most at the place of its own number."
        #expect(begins([0, 1, 2, 3], of: 4, with: diagonal))
        #expect(
            begins(
                [3, 2, 1, 0], of: 4,
                with: "The strongest weights run against the diagonal: the first query looks most at the last place."))
        #expect(begins([0, 0, 2, 3], of: 5, with: "The further down a query stands, the further right it looks."))
        #expect(begins([4, 2, 2, 1], of: 5, with: "The further down a query stands, the further left it looks."))
        #expect(begins([1, 1, 1], of: 4, with: "All 3 queries look most at “chat”."))
        #expect(begins([2, 2, 0, 2], of: 5, with: "3 of 4 queries look most at “le” (no. 3)."))
        #expect(begins([0, 1, 2, 0], of: 4, with: "3 of 4 queries look most at the place of their own number, on the diagonal."))
        #expect(pattern(looking(at: [1, 1], of: 2), .chinese).hasPrefix("2 个查询都最关注 “chat”。“q0” 最关注"))
        // Two of four is no pattern, nor are queries of which one sees nothing.
        #expect(pattern(looking(at: [3, 1, 3, 0], of: 5)).hasPrefix("“q0” looks most"))
        #expect(pattern([[0.9, 0.1], [0, 0]]).hasPrefix("“q0” looks most"))
    }

    @Test("weights near an even share are called that, and none is above what is told", arguments: 1...40 as ClosedRange<UInt64>)
    func even(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let size = Double.random(in: 0...1, using: &generator)
        let weights = (0..<3).map { _ in
            let raw = (0..<5).map { _ in 1 + size * Double.random(in: -1...1, using: &generator) }
            return raw.map { $0 / raw.reduce(0, +) }
        }
        let sentence = pattern(weights), greatest = weights.joined().max()!
        let isEven = sentence.hasPrefix("The weights are spread almost evenly over the 5 places: none is above ")
        #expect(isEven == (greatest <= 0.3))
        if isEven {
            let told = try #require(
                sentence.split(separator: "none is above ").last?.split(separator: " ").first.flatMap { Double($0.dropLast()) })
            #expect(abs(told - greatest) < 1e-4)
        }
    }
}
