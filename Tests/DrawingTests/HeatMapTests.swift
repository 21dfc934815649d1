import Drawing
import Exhibits
import Testing

@Suite("Heat maps")
struct HeatMapTests {
    private func map(_ values: [[Double]]) -> HTML {
        Drawn.html(
            HeatmapExhibit(rows: values.indices.map { "r\($0)" }, columns: values[0].indices.map(String.init), values: values))
    }

    /// The cells of the matrix; those of the legend tell no value.
    private func cells(_ map: HTML) -> [DrawnElement] { map.elements(.rect, class: "cell").filter { !$0.elements(.title).isEmpty } }

    private func tints(_ map: HTML) -> [String] { cells(map).map { $0.classes.dropFirst().joined() } }

    @Test("tints tell sizes: the largest number has the full tint, whatever its sign")
    func tints() {
        #expect(tints(map([[-2, 1, 0, -0.5]])) == ["heat-n8", "heat-p4", "", "heat-n2"])
        #expect(tints(map([[4, -1, 2]])) == ["heat-p8", "heat-n2", "heat-p4"])
    }

    @Test("the legend goes from the least tint to the full one, and its ends are the scale's")
    func legend() {
        func ends(_ values: [Double]) -> [String] { map([values]).elements(.text, class: "tick").map(\.text) }
        #expect(ends([-2, 1, 4]) == ["−4", "0", "4"])
        #expect(ends([0.5, 0.25]) == ["0", "0.5"])
        #expect(ends([-300, 2]) == ["−300", "0", "300"])
    }

    @Test("where cells are too small for numbers, a minus marks each that is tinted as negative, a cross what is no number")
    func smallCells() {
        let values = (0..<30).map { column -> Double in
            if column == 7 { return .nan }
            return column % 3 == 0 ? -0.125 * Double(column % 7) : 0.375
        }
        let map = map([values])
        let marks = map.elements(.text, class: "cell-value")
        #expect(Set(marks.map(\.text)) == ["−", "×"])
        let negative = cells(map).filter { $0.classes.contains { $0.hasPrefix("heat-n") } }
        #expect(negative.count == 8)  // Of ten numbers that are not above zero, 0 and 21 are zero.
        let places = marks.filter { $0.text == "−" }.map { $0.number("x") }
        #expect(places.count == negative.count)
        for (place, cell) in zip(places, negative) {
            #expect(place > cell.number("x") && place < cell.number("x") + cell.number("width"))
        }
    }

    @Test("what is no number is set apart from numbers, in large cells and in small ones")
    func noNumbers() {
        for width in [3, 30] {
            let values = [Double.nan, .infinity] + Array(repeating: -0.375, count: width - 2)
            let written = map([values]).elements(.text, class: "cell-value")
            #expect(written.count == width)
            #expect(written.map { $0.classes.contains("nonfinite") } == values.map { !$0.isFinite })
        }
    }

    @Test("names of columns that would touch are left out", arguments: [8, 16, 24, 36])
    func columnNames(count: Int) throws {
        let map = map([(0..<count).map { Double($0) }])
        let height = try #require(cells(map).first).number("y")
        let names = map.elements(.text).filter { $0["text-anchor"] == "middle" && $0.number("y") < height }
        #expect(names.first?.text == "0" && names.count >= count / 4)
        // A digit is a little wider than half of the font's 11 pixels.
        let digit = 6.1
        for (name, next) in zip(names, names.dropFirst()) {
            let widths = digit * Double(name.text.count + next.text.count)
            #expect(next.number("x") - name.number("x") > widths / 2, "\(name.text), \(next.text)")
        }
        for name in names {
            let column = try #require(Int(name.text)), cell = cells(map)[column]
            #expect(abs(name.number("x") - cell.number("x") - cell.number("width") / 2) < 0.02)
        }
    }
}
