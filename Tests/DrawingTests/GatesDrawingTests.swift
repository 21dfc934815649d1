import Drawing
import Exhibits
import Recurrent
import Samples
import Testing

@Suite("Gates on a page")
struct GatesDrawingTests {
    /// A layer of each kind with what it read, weights and inputs by chance.
    enum Kind: CaseIterable, Sendable {
        case rnn, lstm, gru, bothWays

        func trace(steps: Int, seed: UInt64 = 6) -> GatesExhibit {
            Generator.$current.withValue(Generator(seed: seed)) {
                let input = Tensor.randn(steps, 2, 3)
                switch self {
                case .rnn: return .init(RNN(inputSize: 3, hiddenSize: 2).trace(input))
                case .lstm: return .init(LSTM(inputSize: 3, hiddenSize: 3).trace(input))
                case .gru: return .init(GRU(inputSize: 3, hiddenSize: 2).trace(input))
                case .bothWays: return .init(LSTM(inputSize: 3, hiddenSize: 2, numLayers: 2, bidirectional: true).trace(input))
                }
            }
        }
    }

    /// The parts of each layer, direction and sequence.
    private func views(_ exhibit: GatesExhibit, words: ExhibitVocabulary = .english) -> [DrawnElement] {
        Drawn.html(exhibit, words: words).elements(.div, class: "track-parts")
    }

    // MARK: The numbers

    /// The numbers of a table by quantity, unit and step, as its headings have them.
    private func numbers(_ view: DrawnElement) throws -> [String: Double] {
        let table = try #require(view.elements(.table).first)
        let heads = try #require(table.elements(.thead).first).elements(.th).dropFirst().map { $0["data-step"] ?? "" }
        var numbers: [String: Double] = [:]
        for group in table.elements(.tbody) {
            for row in group.elements(.tr) where row["data-unit"] != nil {
                for (head, cell) in zip(heads, row.elements(.td)) {
                    guard let value = cell.values.first else { continue }
                    numbers["\(group["data-quantity"] ?? "")[\(row["data-unit"] ?? "")] \(head)"] = value
                }
            }
        }
        return numbers
    }

    @Test("each number stands under its step, in the rows of its quantity, in the row of its unit", arguments: Kind.allCases)
    func table(kind: Kind) throws {
        let exhibit = kind.trace(steps: 4)
        for (view, (track, sequence)) in zip(views(exhibit), exhibit.tracks.flatMap { [($0, 0), ($0, 1)] }) {
            let numbers = try numbers(view)
            var expected: [String: Double] = [:]
            for (time, step) in zip(0..., track.steps) {
                for quantity in step.quantities + step.carried {
                    for (unit, value) in zip(0..., quantity.values[sequence]) {
                        expected["\(quantity.symbol)[\(unit)] \(time)"] = value
                    }
                }
            }
            for state in track.initial {
                for (unit, value) in zip(0..., state.values[sequence]) { expected["\(state.symbol)[\(unit)] start"] = value }
            }
            #expect(numbers == expected)
        }
    }

    @Test("the states before the first step stand before it, and behind the last where a direction reads from there")
    func start() {
        let heads = views(Kind.bothWays.trace(steps: 3)).map { view in
            view.elements(.thead)[0].elements(.th).compactMap { $0["data-step"] }
        }
        #expect(heads[0] == ["start", "0", "1", "2"] && heads[2] == ["0", "1", "2", "start"])
    }

    @Test("what was read stands above the gates, a row for each feature, and its words above the steps")
    func input() {
        var exhibit = Kind.lstm.trace(steps: 3)
        exhibit.stepNames = ["天", "a", "<b>"]
        let table = views(exhibit)[1].elements(.table)[0]
        let group = table.elements(.tbody)[0]
        #expect(group["data-quantity"] == "x")
        let rows = group.elements(.tr).dropFirst().map(\.values)
        #expect(rows == (0..<3).map { feature in exhibit.tracks[0].steps.map { $0.input[1][feature] } })
        #expect(table.elements(.span, class: "step-name").map(\.text) == ["天", "a", "<b>"])
    }

    @Test("what is kept of the cell state and what is added stand among the numbers, above their sum")
    func products() throws {
        let exhibit = Kind.lstm.trace(steps: 2)
        let view = views(exhibit)[0]
        let symbols = view.elements(.tbody).compactMap { $0["data-quantity"] }
        #expect(symbols == ["x", "i", "f", "g", "o", "f_t ⊙ c_{t-1}", "i_t ⊙ g_t", "c", "tanh(c_t)", "h"])
        let numbers = try numbers(view)
        for unit in 0..<3 {
            let kept = numbers["f[\(unit)] 1"]! * numbers["c[\(unit)] 0"]!
            #expect(abs(numbers["f_t ⊙ c_{t-1}[\(unit)] 1"]! - kept) < 1e-15)
            #expect(abs(kept + numbers["i_t ⊙ g_t[\(unit)] 1"]! - numbers["c[\(unit)] 1"]!) < 1e-15)
        }
    }

    @Test("60 steps of 64 units are all in the table; of 500 steps what is left out is told")
    func limits() throws {
        func view(steps: Int, units: Int) throws -> DrawnElement {
            let values = [(0..<units).map { Double($0) }]
            let step = GatesExhibit.Step(quantities: "ifgoch".map { .init(name: "\($0)", symbol: "\($0)", values: values) })
            let track = GatesExhibit.Track(layer: 0, isReverse: false, steps: Array(repeating: step, count: steps))
            return try #require(views(GatesExhibit(layer: "N", equations: [], tracks: [track])).first)
        }
        let whole = try view(steps: 60, units: 64)
        #expect(whole.elements(.td).flatMap(\.values).count == 60 * 64 * 6)
        #expect(!whole.text.contains("The table has"))
        let parts = try view(steps: 500, units: 64)
        let count = parts.elements(.tr).filter { $0["data-unit"] != nil }.count / 6
        #expect(parts.text.contains("The table has \(count) of 64 units; every value is in the page’s data."))
        #expect(parts.elements(.thead)[0].elements(.th).count == 501)
    }

    @Test("the units that are asked for are shown, no others, in the order asked for")
    func chosenUnits() {
        var exhibit = Kind.lstm.trace(steps: 3)
        exhibit.units = [2, 0]
        let view = views(exhibit)[0]
        let rows = view.elements(.tbody)[1].elements(.tr).compactMap { $0["data-unit"] }
        #expect(rows == ["2", "0"])
        #expect(view.elements(.g, class: "ribbon-band").allSatisfy { $0.elements(.rect).count == 2 })
    }

    @Test("each direction and each sequence has parts of its own, the first ones open")
    func tracks() {
        let html = Drawn.html(Kind.bothWays.trace(steps: 1))
        let details = html.elements(.details, class: "track")
        #expect(
            details.map { $0["open"] != nil } == [true]
                + Array(repeating: false, count: 7))
        #expect(details.map { $0.elements(.summary)[0].text }[3] == "LSTM, Layer 0, backward, Sequence 1")
        #expect(Drawn.html(Kind.rnn.trace(steps: 1)).elements(.table).count == 2)
    }

    @Test("a layer that reads both ways has its directions called forward and backward")
    func directions() {
        func titles(_ words: ExhibitVocabulary) -> [String] {
            Drawn.html(Kind.bothWays.trace(steps: 1), words: words).elements(.details, class: "track").map {
                $0.elements(.summary)[0].text
            }
        }
        #expect(titles(.english)[0] == "LSTM, Layer 0, forward, Sequence 0")
        #expect(titles(.chinese)[2] == "LSTM，层 0，反向，序列 0")
    }

    @Test("sequences that are not shown are told, and no steps are still an exhibit")
    func moreSequences() {
        func markup(_ count: Int) -> String {
            let step = GatesExhibit.Step(quantities: [.init(name: "h", symbol: "h", values: Array(repeating: [0.5], count: count))])
            return Drawn.markup(
                GatesExhibit(layer: "RNN", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: [step])]))
        }
        #expect(markup(7).contains("3 more sequences of the batch not shown") && !markup(5).contains("not shown"))
        let empty = GatesExhibit(layer: "RNN", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: [])])
        #expect(Drawn.markup(empty).contains("class=\"exhibit gates\""))
    }

    // MARK: The way in

    /// The largest change of a number between 0 and 1 that a table tells, over its columns in the order of reading.
    private func largestMove(_ view: DrawnElement, isReverse: Bool, steps: Int, gates: [String]) throws -> Double {
        let numbers = try numbers(view)
        var largest = 0.0
        for gate in gates {
            for unit in 0..<3 {
                for step in 1..<steps {
                    guard let now = numbers["\(gate)[\(unit)] \(step)"], let before = numbers["\(gate)[\(unit)] \(step - 1)"] else {
                        continue
                    }
                    largest = max(largest, abs(now - before))
                }
            }
        }
        return largest
    }

    @Test("the sentence at the top tells the largest change of any gate, where it is and from what to what", arguments: 0..<12)
    func wayIn(seed: UInt64) throws {
        for (kind, gates) in [(Kind.lstm, ["i", "f", "o"]), (.gru, ["r", "z"]), (.rnn, ["h"]), (.bothWays, ["i", "f", "o"])] {
            let exhibit = kind.trace(steps: 5, seed: seed)
            for (view, track) in zip(views(exhibit), exhibit.tracks.flatMap { [$0, $0] }) {
                let sentence = try #require(view.elements(.p, class: "way-in").first).text
                let found = try #require(
                    sentence.wholeMatch(
                        of:
                            /(This direction reads from right to left: .* )?Look first at the .* (\w) of unit (\d): it (rises|falls) from (.*) to (.*) at step (\d) \(t.=.(\d)\), the largest .*/
                    ))
                let (_, order, symbol, unit, way, from, to, step, t) = found.output
                // Formulas count steps from 1.
                #expect((order != nil) == track.isReverse && Int(t)! == Int(step)! + 1, "\(sentence)")
                let numbers = try numbers(view)
                let earlier = track.isReverse ? Int(step)! + 1 : Int(step)! - 1
                let now = try #require(numbers["\(symbol)[\(unit)] \(step)"]),
                    before = try #require(numbers["\(symbol)[\(unit)] \(earlier)"])
                #expect((now > before) == (way == "rises"))
                for (text, value) in [(from, before), (to, now)] {
                    let told = try #require(Double(text.replacing("−", with: "-")))
                    #expect(abs(told - value) <= 5e-4 * max(1, abs(value)), "\(sentence)")
                }
                let largest = try largestMove(view, isReverse: track.isReverse, steps: 5, gates: gates)
                #expect(abs(abs(now - before) - largest) < 1e-15, "\(sentence)")
            }
        }
    }

    @Test("where nothing changes, or there is one step, the sentence says so")
    func noWayIn() throws {
        func sentence(_ values: [Double]) throws -> String {
            let steps = values.map { GatesExhibit.Step(quantities: [.init(name: "forgetGate", symbol: "f", values: [[$0]])]) }
            let exhibit = GatesExhibit(
                layer: "N", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: steps)],
                bounds: [.init(symbol: "f", lower: 0, upper: 1)])
            return try #require(views(exhibit)[0].elements(.p, class: "way-in").first).text
        }
        #expect(try sentence([0.5]) == "There is only one step here.")
        #expect(try sentence([0.5, 0.5, 0.5]) == "Nothing changes here from one step to the next.")
        #expect(
            try sentence([.infinity]).contains("step 0 (t\u{A0}=\u{A0}1): there the forget gate f of unit 0 is ∞, the only value"))
    }

    @Test("a value beyond its quantity's bounds has the strongest tint, however far it lies", arguments: [3, -2, 1e300])
    func beyondBounds(value: Double) {
        let step = GatesExhibit.Step(quantities: [.init(name: "forgetGate", symbol: "f", values: [[value]])])
        let exhibit = GatesExhibit(
            layer: "N", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: [step, step])],
            bounds: [.init(symbol: "f", lower: 0, upper: 1e-9)])
        let tints = views(exhibit)[0].elements(.td).compactMap { $0["class"] }.filter { $0.contains("heat-") }
        #expect(tints.count == 2 && tints.allSatisfy { $0.contains(value < 0 ? "heat-n8" : "heat-p8") }, "\(tints)")
    }

    @Test("a value that is no finite number comes before all else: the first in the order of reading, and how many there are")
    func broken() throws {
        for (isReverse, step, value) in [(false, 1, Double.nan), (true, 3, -.infinity)] {
            let steps = [0.5, .nan, 0.75, -.infinity, 0.25].map { value in
                GatesExhibit.Step(quantities: [
                    .init(name: "forgetGate", symbol: "f", values: [[0.5, value]]),
                    .init(name: "hiddenState", symbol: "h", values: [[0.5, value.isFinite ? 0.1 : .nan]]),
                ])
            }
            let exhibit = GatesExhibit(
                layer: "N", equations: [], tracks: [.init(layer: 0, isReverse: isReverse, steps: steps)],
                bounds: [.init(symbol: "f", lower: 0, upper: 1)], stepNames: ["a", "b", "c", "d", "e"])
            let sign = value.isNaN ? "NaN" : "−∞"
            let name = value.isNaN ? "b" : "d"
            #expect(
                views(exhibit)[0].elements(.p, class: "way-in")[0].text
                    == (isReverse
                        ? "This direction reads from right to left: at step t it has read t+1 just before, and what that left, hₜ₊₁, comes from the right. "
                        : "")
                    + "Look first at step \(step) (“\(name)”, t\u{A0}=\u{A0}\(step + 1)): there the forget gate f of unit 1 is \(sign), the first of 4 values that are no finite numbers."
            )
            let chinese = views(exhibit, words: .chinese)[0].elements(.p, class: "way-in")[0].text
            let order = isReverse ? "这个方向从右向左读：读第 t 步之前，刚读过第 t+1 步，所以 hₜ₊₁ 来自右边。" : ""
            #expect(
                chinese
                    == order + "先看时间步 \(step)（“\(name)”，t\u{A0}=\u{A0}\(step + 1)）：单元 1 的遗忘门 f 在此为 \(sign)，是 4 个非有限的数中的第一个。")
        }
    }

    @Test("a sentence in Chinese tells the same")
    func chinese() {
        let exhibit = Kind.lstm.trace(steps: 5)
        let english = views(exhibit)[0].elements(.p, class: "way-in")[0].text
        let chinese = views(exhibit, words: .chinese)[0].elements(.p, class: "way-in")[0].text
        let numbers = { (text: String) in
            Set(text.split { !"0123456789.".contains($0) }.map { $0.drop { $0 == "." } }.filter { !$0.isEmpty })
        }
        #expect(numbers(chinese).isSubset(of: Set(english.split { !"0123456789.".contains($0) }.map { $0[...] })))
        #expect(chinese.hasPrefix("先看单元"))
    }

    // MARK: The ribbon

    @Test(
        "a bar stands as high in its strip as its number in the quantity's scale, and on the side of its sign",
        arguments: [Kind.lstm, .gru])
    func ribbon(kind: Kind) throws {
        let exhibit = kind.trace(steps: 6)
        let view = views(exhibit)[0]
        let bands = view.elements(.svg, class: "ribbon")[0].elements(.g, class: "ribbon-band")
        #expect(bands.map { $0["data-quantity"] } == exhibit.tracks[0].steps[0].quantities.map(\.symbol))
        for (index, band) in zip(0..., bands) {
            let strips = band.elements(.rect, class: "strip"), paths = band.elements(.path, class: "bars")
            let values = exhibit.tracks[0].steps.map { $0.quantities[index].values[0] }
            let symbol = exhibit.tracks[0].steps[0].quantities[index].symbol
            let isGate = ["i", "f", "o", "r", "z"].contains(symbol), isBounded = isGate || ["g", "n"].contains(symbol)
            let greatest = isBounded ? 1 : values.flatMap { $0 }.map(abs).max()!
            let hasBelow = !isGate && (isBounded || values.flatMap { $0 }.contains { $0 < 0 })
            for unit in values[0].indices {
                let height = strips[unit].number("height"), upper = strips[unit].number("y")
                let zero = hasBelow ? upper + height / 2 : upper + height
                let perOne = (hasBelow ? height / 2 : height) / greatest
                let bars = try #require(paths[unit]["d"]).split(separator: "Z").map { String($0).numbers }
                #expect(bars.count == 6)
                for (bar, value) in zip(bars, values) {
                    // M x zero V y H x V zero
                    #expect(abs(bar[1] - zero) < 0.011 && abs(bar[4] - zero) < 0.011)
                    #expect(abs(bar[2] - (zero - value[unit] * perOne)) < 0.011, "\(symbol)[\(unit)]")
                }
            }
        }
    }

    @Test("of many units the ribbon has those that move most, the one of the sentence among them, and says which")
    func manyUnits() {
        let steps = (0..<4).map { step in
            let values = (0..<20).map { unit in unit == 3 || unit == 17 ? Double(step % 2) * 0.25 : 0.5 + Double(step * unit) / 1000
            }
            return GatesExhibit.Step(quantities: [.init(name: "forgetGate", symbol: "f", values: [values])])
        }
        let view = views(
            GatesExhibit(
                layer: "N", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: steps)],
                bounds: [.init(symbol: "f", lower: 0, upper: 1)]))[0]
        let names = view.elements(.g, class: "ribbon-band")[0].elements(.text, class: "tick").map(\.text).filter { Int($0) != nil }
        #expect(names == ["3", "17", "19"])
        #expect(view.text.contains("The bars are of the 3 units that move most: 3, 17, 19."))
    }

    @Test("all of many units are in the overview, a line of tints each, the one that moves most at the top")
    func overview() throws {
        let steps = (0..<4).map { step in
            let values = (0..<20).map { unit in unit == 5 && step == 2 ? 1 : unit == 7 ? 0.5 : 0 }
            return GatesExhibit.Step(quantities: [.init(name: "forgetGate", symbol: "f", values: [values])])
        }
        let exhibit = GatesExhibit(
            layer: "N", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: steps)],
            bounds: [.init(symbol: "f", lower: 0, upper: 1)])
        let map = views(exhibit)[0].elements(.g, class: "overview-map")[0]
        let frame = map.elements(.rect, class: "strip")[0]
        let (left, top) = (frame.number("x"), frame.number("y")), (width, height) = (frame.number("width"), frame.number("height"))
        #expect(map["data-quantity"] == "f")
        let tints = map.elements(.path).map { ($0.classes.last ?? "", ($0["d"] ?? "").numbers) }
        #expect(tints.map { $0.0 } == ["heat-p4", "heat-p8"])
        // M left top H right v height H left: a whole line of 0.5, and the third step of the first line.
        let (half, whole) = try (#require(tints.first).1, #require(tints.last).1)
        #expect(abs(half[0] - left) < 0.011 && abs(half[2] - (left + width)) < 0.011 && half[1] > top + height / 40)
        #expect(abs(whole[0] - (left + width / 2)) < 0.011 && abs(whole[2] - (left + width * 3 / 4)) < 0.011)
        #expect(abs(whole[1] - top) < 0.011 && abs(whole[3] - height / 20) < 0.011)
        #expect(views(exhibit)[0].text.contains("A line for each of all 20 units, the one that moves most at the top."))
        #expect(views(exhibit, words: .chinese)[0].text.contains("每行一个单元，共 20 个，变化最大的在最上。"))
    }

    @Test("of 500 steps four share a bar, from their least value to their greatest")
    func longRibbon() throws {
        let values = (0..<500).map { step in step == 401 ? 0.75 : step == 402 ? 0.25 : 0.5 }
        let steps = values.map { GatesExhibit.Step(quantities: [.init(name: "forgetGate", symbol: "f", values: [[$0]])]) }
        let view = views(
            GatesExhibit(
                layer: "N", equations: [], tracks: [.init(layer: 0, isReverse: false, steps: steps)],
                bounds: [.init(symbol: "f", lower: 0, upper: 1)]))[0]
        let strip = view.elements(.rect, class: "strip")[0], (top, height) = (strip.number("y"), strip.number("height"))
        let bars = try #require(view.elements(.path, class: "bars")[0]["d"]).split(separator: "Z").map { String($0).numbers }
        #expect(bars.count == 125)
        // Within a quarter of a unit, which lets a bar of equal values be seen.
        #expect(abs(bars[100][1] - (top + height * 0.75)) < 0.27 && abs(bars[100][2] - (top + height * 0.25)) < 0.27)
        #expect(abs(bars[99][1] - bars[99][2]) < 0.52 && view.text.contains("A bar is 4 steps and reaches"))
    }

    // MARK: Backward

    @Test("what a direction that reads from the end has read before comes from the right, and is called t+1 everywhere")
    func backward() {
        let exhibit = Kind.bothWays.trace(steps: 3)
        let all = views(exhibit), (forward, backward) = (all[0], all[2])
        for (view, before, other) in [(forward, "ₜ₋₁", "ₜ₊₁"), (backward, "ₜ₊₁", "ₜ₋₁")] {
            let cell = view.elements(.svg, class: "diagram")[0]
            let letters = cell.elements(.tspan, class: "letter").map(\.text)
            #expect(letters.contains("h" + before) && letters.contains("c" + before))
            #expect(!letters.contains { $0.contains(other) })
            #expect(view.elements(.tbody).contains { $0.text.hasPrefix("fₜ ⊙ c" + before) })
            let label = cell.elements(.text, class: "wire-label").first { $0.text.hasPrefix("c" + before) }
            #expect(((label.map { $0.number("x") } ?? 0) > 175) == (before == "ₜ₊₁"))
        }
        #expect(
            backward.text.contains("and what that left, hₜ₊₁, cₜ₊₁, comes from the right.")
                && !forward.text.contains("from the right"))
        let equations = Drawn.html(exhibit).elements(.math).filter { $0["display"] == "block" }.suffix(2).map(\.text)
        #expect(equations[0].contains("t−1") && !equations[0].contains("t+1"))
        #expect(equations[1].contains("t+1") && !equations[1].contains("t−1"))
    }

    // MARK: The cell

    @Test("an input of many features is told by how many numbers it has")
    func wideInput() {
        func note(_ words: ExhibitVocabulary) -> [String?] {
            let exhibit = GatesExhibit(RNN(inputSize: 30, hiddenSize: 1).trace(.zeros(2, 1, 30)))
            return views(exhibit, words: words)[0].elements(.th).filter { $0["data-input"] != nil }.map { $0["data-input"] }
        }
        #expect(note(.english) == ["(30 numbers)", "(30 numbers)"] && note(.chinese)[0] == "(30 个数)")
    }

    @Test("the cell has the values of the unit and step to look at first, its products and its input among them")
    func cell() throws {
        let exhibit = Kind.lstm.trace(steps: 4)
        let view = views(exhibit)[0], cell = view.elements(.div, class: "track-cell")[0]
        let (step, unit) = try (#require(cell["data-step"]), #require(cell["data-unit"]))
        #expect(
            view.elements(.p, class: "way-in")[0].text.contains("of unit \(unit): ")
                && cell.text.contains("Step \(step) (t\u{A0}=\u{A0}\(Int(step)! + 1)), unit \(unit)"))
        let numbers = try numbers(view)
        for symbol in ["f", "i", "g", "o", "c", "h", "f_t ⊙ c_{t-1}", "i_t ⊙ g_t", "tanh(c_t)"] {
            let value = try #require(numbers["\(symbol)[\(unit)] \(step)"])
            let told = cell.elements(.tspan).filter { $0["data-quantity"] == symbol }.map(\.text)
            #expect(told.contains(NumberFormat.significant.format(value).plainText), "\(symbol)")
        }
        let before = try #require(numbers["c[\(unit)] \(Int(step)! - 1)"])
        let states = cell.elements(.tspan).filter { $0["data-quantity"] == "previous-c" }.map(\.text)
        #expect(states.contains(NumberFormat.significant.format(before).plainText))
        let input = exhibit.tracks[0].steps[Int(step)!].input[0].map { NumberFormat.brief.format($0).plainText }
        #expect(cell.text.contains("(\(input.joined(separator: ", ")))"))
    }

    // MARK: Logs

    @Test("what no trace could be is refused")
    func flaws() {
        let exhibit = Kind.lstm.trace(steps: 2)
        #expect(exhibit.flaw == nil)
        func flaw(_ change: (inout GatesExhibit) -> Void) -> String? {
            var changed = exhibit
            change(&changed)
            return changed.flaw
        }
        #expect(flaw { $0.stepNames = ["a"] } == "there are not as many names as steps")
        #expect(flaw { $0.units = [-1] } == "there is no such unit")
        #expect(flaw { $0.tracks[0].steps[1].input = [[1]] } == "the steps have not the same input")
        #expect(flaw { $0.tracks[0].steps[1].carried = [] } == "the steps have not the same quantities")
        #expect(flaw { $0.bounds[0].upper = .nan } == "a quantity lies between no such numbers")
    }
}
