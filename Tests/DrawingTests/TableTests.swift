import Drawing
import Exhibits
import Testing

@Suite("Tables of columns")
struct TableTests {
    private func rows(_ columns: TableExhibit.Column...) -> [[DrawnElement]] {
        Drawn.html(TableExhibit(columns: columns)).elements(.tr).map { $0.elements(.th) + $0.elements(.td) }
    }

    @Test("columns stand under their names, numbers with their values behind them, words as they are")
    func cells() {
        let rows = rows(.init(name: "loss", numbers: [0.5, 1e-12, .nan]), .init(name: "<word>", words: ["a", "", "三"]))
        #expect(rows.count == 4 && rows[0].map(\.text) == ["loss", "<word>"])
        #expect(rows.dropFirst().map { $0[1].text } == ["a", "", "三"])
        #expect(rows.dropFirst().prefix(2).map { $0[0].values } == [[0.5], [1e-12]])
        #expect(rows.allSatisfy { $0[1].classes == ["words"] && !$0[0].classes.contains("words") })
        #expect(rows[3][0].text == "NaN")
    }

    @Test("a column of whole numbers has them whole, however large; one fraction makes all of them decimal")
    func wholeNumbers() {
        let rows = rows(
            .init(name: "n", numbers: [1, -250_000, 2_251_799_813_685_247]), .init(name: "x", numbers: [1, -2, 0.5]))
        #expect(rows.dropFirst().map { $0[0].text } == ["1", "−250000", "2251799813685247"])
        #expect(rows.dropFirst().map { $0[1].text } == ["1.000\u{2007}", "−2.000\u{2007}", "0.5000"])
    }

    @Test("of 1000 rows the first and the last are there, and how many are not")
    func long() {
        let rows = rows(.init(name: "n", numbers: (0..<1000).map(Double.init)))
        #expect(rows.count == 502 && rows[1][0].values == [0] && rows[501][0].values == [999])
        #expect(rows[251].map(\.text) == ["⋮ 500 more"])
    }

    @Test("a table of nothing has its head")
    func nothing() {
        #expect(rows(.init(name: "n", numbers: [])).map { $0.map(\.text) } == [["n"]])
        #expect(rows().map { $0.map(\.text) } == [[]])
    }
}
