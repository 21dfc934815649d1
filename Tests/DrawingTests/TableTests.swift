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
        #expect(rows.dropFirst().map { $0[1].text } == ["1.0", "−2.0", "0.5"])
    }

    @Test("a column has no digit behind the point that none of its numbers needs, and none has more than four")
    func digits() {
        func written(_ numbers: Double...) -> [String] {
            rows(.init(name: "x", numbers: numbers)).dropFirst().map { $0[0].text.filter { $0 != "\u{2007}" && $0 != "\u{2008}" } }
        }
        #expect(written(0.05, 0.5, 1.25) == ["0.05", "0.50", "1.25"])
        #expect(written(0.05, 0.123456, 12) == ["0.0500", "0.1235", "12.00"])
        #expect(written(0.5, 1e-12, .nan) == ["0.5", "1\u{202F}×\u{202F}10⁻¹²", "NaN"])
        // What is rounded keeps the zeros that it is rounded to.
        #expect(written(0.300001, 0.5) == ["0.3000", "0.5000"])
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
