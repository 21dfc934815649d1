import Drawing
import Exhibits
import Samples
import Testing

@Suite("The sentence that opens a table")
struct TableWayInTests {
    private func sentence(_ columns: [TableExhibit.Column], _ words: ExhibitVocabulary = .english) -> String {
        Drawn.html(TableExhibit(columns: columns), words: words).elements(.p, class: "way-in")[0].text
    }

    @Test("a column that runs one way is told with its ends, the one whose rows differ most for their size")
    func course() {
        let epoch = TableExhibit.Column(name: "epoch", numbers: [0, 1, 2, 3])
        let loss = TableExhibit.Column(name: "loss", numbers: [2.31, 0.5, 0.5, 0.02])
        let rate = TableExhibit.Column(name: "learning rate", numbers: [0.5, 0.45, 0.4, 0.6])
        #expect(sentence([epoch, loss, rate]) == "loss falls from 2.31 to 0.02 down the rows.")
        #expect(sentence([epoch, loss, rate], .chinese) == "loss 自上而下从 2.31 降到 0.02。")
        #expect(sentence([epoch, rate]) == "“learning rate” is greatest, 0.6, where epoch is 3; least, 0.4, where epoch is 2.")
        #expect(sentence([.init(name: "n", numbers: [1, 1, 3])]) == "n rises from 1 to 3 down the rows.")
    }

    @Test("rows are called by the first column where it tells them apart, by their number otherwise, many by how many")
    func places() {
        let names = TableExhibit.Column(name: "slip", words: ["none", "y twice", "sign"])
        let errors = TableExhibit.Column(name: "error", numbers: [0.001, 2.5, 0.001])
        #expect(sentence([names, errors]) == "error is greatest, 2.5, where slip is “y twice”; least, 0.001, in 2 of the 3 rows.")
        let same = TableExhibit.Column(name: "slip", words: ["a", "a", "b"])
        #expect(
            sentence([same, .init(name: "x", numbers: [1, 3, 2])], .chinese) == "x 最大值为 3，在第 2 行；最小值为 1，在第 1 行。")
        // Three names are in no order, whatever their numbers do.
        #expect(
            sentence([names, .init(name: "x", numbers: [1, 2, 4])])
                == "x is greatest, 4, where slip is “sign”; least, 1, where slip is “none”.")
    }

    @Test("of words is told how many rows have which of two, or what each row tells")
    func words() {
        let networks = TableExhibit.Column(name: "network", words: ["RNN", "LSTM", "GRU"])
        #expect(
            sentence([networks, .init(name: "learns", words: ["false", "true", "true"])])
                == "learns is “true” in 2 of the 3 rows, “false” in the other.")
        #expect(
            sentence([.init(name: "t", numbers: [1, 2, 3]), networks, .init(name: "to be said", words: ["a", "b", "c"])])
                == "Each of the 3 rows tells t, network and “to be said”.")
        #expect(sentence([networks], .chinese) == "共 3 行，每行列出 network。")
        #expect(sentence([.init(name: "a", numbers: [1]), .init(name: "b", numbers: [2])]) == "The one row tells a and b.")
        #expect(sentence([.init(name: "a", numbers: [])]) == "There are no rows." && sentence([]) == "There are no rows.")
    }

    @Test("constants, and what is no finite number")
    func odd() {
        let t = TableExhibit.Column(name: "t", numbers: [1, 2, 3])
        #expect(sentence([t, .init(name: "x", numbers: [0.5, 0.5, 0.5])]) == "x is 0.5 in every row.")
        #expect(
            sentence([t, .init(name: "x", numbers: [0.5, .nan, 2])])
                == "x is greatest, 2, where t is 3; least, 0.5, where t is 1; this leaves out what is no finite number.")
        #expect(sentence([t, .init(name: "x", numbers: [.nan, .infinity, .nan])]) == "Each of the 3 rows tells t and x.")
    }

    @Test("all that is said of numbers holds, and the rows that it speaks of are drawn", arguments: 1...200 as ClosedRange<UInt64>)
    func holds(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let rows = seed % 10 == 0 ? 700 : Int.random(in: 2...9, using: &generator)
        let places = (0..<rows).map { Double($0) * 1.5 }
        let drift = Double.random(in: -2...2, using: &generator)
        let columns = (0..<2).map { _ in
            (0..<rows).map { (Double($0) * drift + Double(Int.random(in: -2...2, using: &generator)) / 4) }
        }
        let exhibit = TableExhibit(
            columns: [.init(name: "p", numbers: places)] + columns.enumerated().map { .init(name: "c\($0)", numbers: $1) })
        let sentence = sentence(exhibit.columns)
        let column = columns[sentence.contains("c1 ") ? 1 : 0]
        func number(_ text: Substring) throws -> Double { try #require(Double(text.replacing("−", with: "-"))) }
        func isSame(_ shown: Substring, _ value: Double) throws -> Bool { try abs(number(shown) - value) <= 5.01e-4 * abs(value) }
        if let match = try /c\d (falls|rises) from (\S+) to (\S+) down the rows\./.wholeMatch(in: sentence) {
            #expect(zip(column, column.dropFirst()).allSatisfy { match.1 == "falls" ? $0 >= $1 : $0 <= $1 })
            #expect(try isSame(match.2, column[0]) && isSame(match.3, column[rows - 1]))
            return
        }
        if let match = try /c\d is (\S+) in every row\./.wholeMatch(in: sentence) {
            #expect(try column.allSatisfy { try isSame(match.1, $0) })
            return
        }
        let match = try #require(
            try
                /c\d is greatest, (\S+), (where p is \S+|in \d+ of the \d+ rows); least, (\S+), (where p is \S+|in \d+ of the \d+ rows)\./
                .wholeMatch(in: sentence), "\(sentence)")
        for (shown, place, value) in [(match.1, match.2, column.max()!), (match.3, match.4, column.min()!)] {
            #expect(try isSame(shown, value))
            if let row = try /where p is (\S+)/.wholeMatch(in: place) {
                // Four digits tell the places apart, but not each of them exactly.
                let shown = try number(row.1)
                let index = try #require(places.indices.min { abs(places[$0] - shown) < abs(places[$1] - shown) })
                #expect(column[index] == value)
                let drawn = Drawn.html(exhibit).elements(.tr).flatMap { $0.elements(.td) }.flatMap(\.values)
                #expect(drawn.contains(places[index]))
            } else {
                #expect(place == "in \(column.count { $0 == value }) of the \(rows) rows")
            }
        }
    }
}
