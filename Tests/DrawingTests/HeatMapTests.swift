import Drawing
import Exhibits
import Samples
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
        #expect(map.elements(.p, class: "picture-note").map(\.text) == ["× stands for NaN"])
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

    // MARK: Names

    private static let words = [
        "the attention mechanism", "the attention mechanisms", "of", "recurrent neural network", "recurrent neural networks",
    ]
    private static let chinese = ["今天天气很好", "今天天气很坏", "去", "我们一起去北京", "。"]

    /// What is written of each column, its lines joined.
    private func columnNames(_ map: HTML, rows: Int) -> [DrawnElement] {
        map.elements(.text).filter { $0["class"] == nil && $0["text-anchor"] != "end" }
    }

    private func map(rows: [String], columns: [String]) -> HTML {
        Drawn.html(HeatmapExhibit(rows: rows, columns: columns, values: rows.map { _ in columns.map { _ in 0.25 } }))
    }

    @Test("long names stand whole on several lines, or upwards, and never alike", arguments: [5, 10, 20])
    func longNames(count: Int) {
        for words in [Self.words, Self.chinese] {
            let columns = (0..<count).map { "\(words[$0 % 5])\($0 < 5 ? "" : " \($0)")" }
            let map = map(rows: words, columns: columns)
            let names = columnNames(map, rows: words.count)
            #expect(names.count == count)
            #expect(Set(names.map(\.text)).count == count)
            // What is cut tells the whole as a tooltip.
            let cut = names.filter { $0.text.contains("…") }.count
            let rows = map.elements(.text).filter { $0["text-anchor"] == "end" }
            #expect(rows.count == 5 && Set(rows.map(\.text)).count == 5 && !rows.contains { $0.text.contains("…") })
            #expect(map.elements(.g).flatMap { $0.elements(.title) }.count == cut)
        }
    }

    @Test("Chinese names stand upright, also in narrow columns", arguments: [5, 10, 20, 36])
    func upright(count: Int) {
        let map = map(rows: Self.chinese, columns: (0..<count).map { Self.chinese[$0 % 5] + String(repeating: "了", count: $0 / 5) })
        #expect(map.elements(.text).allSatisfy { $0["transform"] == nil })
        for name in columnNames(map, rows: 5) where count >= 20 {
            #expect(name.elements(.tspan).allSatisfy { $0.text.count == 1 })
        }
    }

    @Test("names of rows are as far apart as their lines need", arguments: [words, chinese])
    func rowNames(words: [String]) {
        let map = map(rows: words, columns: ["0"])
        let rows = map.elements(.text).filter { $0["text-anchor"] == "end" }
        let lines = rows.map { row in row.elements(.tspan).isEmpty ? [row.number("y")] : row.elements(.tspan).map { $0.number("y") }
        }
        for (row, next) in zip(lines, lines.dropFirst()) { #expect(next[0] - row[row.count - 1] >= 12) }
    }

    @Test("up to twenty columns fit a phone; wider maps are scrolled", arguments: [1, 5, 13, 20, 36])
    func width(count: Int) {
        for names in [(0..<count).map(String.init), (0..<count).map { "name \($0)" }, (0..<count).map { "第\($0)个" }] {
            let map = map(rows: Self.words, columns: names)
            let picture = map.elements(.svg)[0]
            if count <= 20 { #expect(picture.number("width") <= 350) }
            #expect(map.elements(.div, class: "scroll").count == (picture.number("width") > 240 ? 1 : 0))
            #expect(picture["style"] == "--width: \(picture["width"]!)")
        }
    }

    @Test("numbers that would all be written as 0.00 are left to the tints")
    func smallNumbers() {
        let values = (0..<12).map { 1e-6 * Double($0 + 1) }
        #expect(map([values]).elements(.text, class: "cell-value").isEmpty)
    }

    // MARK: The first sentence

    private func wayIn(_ exhibit: HeatmapExhibit, _ words: ExhibitVocabulary = .english) -> String {
        Drawn.html(exhibit, words: words).elements(.p, class: "way-in")[0].text
    }

    @Test(
        "the first sentence names the extremes, where they stand, and what is no number", arguments: 1...100 as ClosedRange<UInt64>)
    func extremes(seed: UInt64) {
        var draws = SplitMix(state: seed)
        let (height, width) = (Int(draws.next() % 4) + 1, Int(draws.next() % 4) + 1)
        let values = (0..<height).map { _ in
            (0..<width).map { _ -> Double in
                let draw = draws.next() % 9
                return draw == 8 ? .nan : draw == 7 ? -.infinity : Double(draw) - 2
            }
        }
        let exhibit = HeatmapExhibit(
            rows: values.indices.map { "r\($0)" }, columns: values[0].indices.map { "c\($0)" }, values: values)
        let sentence = wayIn(exhibit)
        let finite = values.joined().filter(\.isFinite)
        let others = values.joined().count - finite.count
        guard let greatest = finite.max(), let least = finite.min() else {
            #expect(sentence == "None of the values is a finite number.")
            return
        }
        func text(_ value: Double) -> String { "\(Int(value))".replacing("-", with: "\u{2212}") }
        #expect(sentence.contains(text(greatest)))
        if finite.count > 1, greatest > least {
            for value in [greatest] + (least < 0 ? [least] : []) {
                let row = values.firstIndex { $0.contains(value) }!, column = values[row].firstIndex(of: value)!
                let place = "row “r\(row)”, column “c\(column)”"
                let count = finite.count { $0 == value }
                let word = value == greatest ? "largest" : "smallest"
                #expect(
                    sentence.contains(
                        count == 1
                            ? "\(word)\(value == greatest ? " value" : "") is \(text(value)): \(place)." : "first at \(place)."))
                if count > 1 { #expect(sentence.contains(", \(text(value)), stands in \(count)")) }
            }
            #expect(sentence.contains("smallest") == (least < 0))
        } else {
            #expect(!sentence.contains("largest") && !sentence.contains("smallest"))
        }
        #expect(sentence.contains("no finite number") == (others > 0))
        if others > 1 { #expect(sentence.contains(" \(others) values are no")) }
    }

    @Test("it calls rows and columns by their titles, and the places that it speaks of are drawn, however many others are not")
    func titles() {
        let titled = HeatmapExhibit(
            rows: ["天"], columns: ["0", "1"], values: [[0.25, 0.83]], rowTitle: "query", columnTitle: "memory")
        #expect(wayIn(titled) == "The largest value is 0.83: query “天”, memory 1.")
        #expect(wayIn(titled, .chinese) == "最大值是 0.83：query“天”，memory 1。")
        var values = (0..<64).map { _ in Array(repeating: 0.0, count: 2) }
        (values[31][1], values[40][0]) = (1, -1)
        let long = HeatmapExhibit(rows: (0..<64).map { "r\($0)" }, columns: ["a", "b"], values: values)
        #expect(wayIn(long) == "The largest value is 1: row “r31”, column “b”. The smallest is −1: row “r40”, column “a”.")
        let titles = Drawn.html(long).elements(.title).map(\.text)
        #expect(titles.contains("r31, b: 1.0") && titles.contains("r40, a: -1.0") && !titles.contains { $0.hasPrefix("r35,") })
    }

    @Test("one number and equal numbers are called that")
    func constants() {
        #expect(wayIn(HeatmapExhibit(rows: ["0"], columns: ["0"], values: [[3]])) == "The one number is 3.")
        #expect(wayIn(HeatmapExhibit(rows: ["0"], columns: ["0", "1"], values: [[-1, -1]])) == "Both numbers are −1.")
        #expect(
            wayIn(HeatmapExhibit(rows: ["0"], columns: ["0", "1", "2"], values: [[1, .nan, 1]])).hasSuffix(
                " One value is no finite number."))
        #expect(wayIn(HeatmapExhibit(rows: [], columns: [], values: [])) == "There are no values.")
    }

    @Test("names that are there twice are numbered, and a title that ends with a symbol has a sign behind it")
    func repeatedNames() {
        let map = HeatmapExhibit(
            rows: ["天", "天", "b"], columns: ["1", "2"], values: [[0, 1], [5, 2], [0, -1]], rowTitle: "read at t",
            columnTitle: "hidden unit")
        #expect(
            wayIn(map)
                == "The largest value is 5: read at t = “天” (no. 2), hidden unit 1. The smallest is −1: read at t = “b”, hidden unit 2."
        )
        #expect(wayIn(map, .chinese).hasPrefix("最大值是 5：read at t = “天”（第 2 个），hidden unit 1。"))
        #expect(Drawn.html(map).descriptions[0] == "The least is −1 at b, 2, the greatest 5 at 天 (no. 2), 1.")
    }

    @Test("a title stands above the map and names it")
    func title() {
        let map = Drawn.html(HeatmapExhibit(rows: ["0"], columns: ["0"], values: [[3]], title: "Weights"))
        #expect(map.elements(.p, class: "chart-title").map(\.text) == ["Weights"])
        #expect(map.elements(.svg)[0]["aria-label"] == "Weights. Heat map of 1 by 1 values.")
    }

    @Test("maps that belong together have one scale and one sentence")
    func series() {
        func map(_ title: String, _ values: [Double]) -> HeatmapExhibit {
            HeatmapExhibit(rows: ["r"], columns: values.indices.map(String.init), values: [values], title: title)
        }
        let maps = HeatmapsExhibit(title: "Both", maps: [map("before", [1, 2]), map("after", [-4, 0.5])])
        let html = Drawn.html(maps)
        #expect(
            html.elements(.p, class: "way-in").map(\.text)
                == ["The largest value is 2: “before”, row “r”, column 1. The smallest is −4: “after”, row “r”, column 0."])
        #expect(html.elements(.p, class: "chart-title").map(\.text) == ["Both", "before", "after"])
        #expect(tints(html) == ["heat-p2", "heat-p4", "heat-n8", "heat-p1"])
        #expect(html.elements(.text, class: "tick").map(\.text) == ["−4", "0", "4", "−4", "0", "4"])
    }
}
