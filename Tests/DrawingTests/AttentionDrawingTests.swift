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
        "the first sentence says where the query looks most, and whether that is more than half",
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
            #expect(sentence.contains("no place takes more than half") == (2 * counts[places[0]] <= sum))
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
}
