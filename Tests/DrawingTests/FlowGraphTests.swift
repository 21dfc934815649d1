import Drawing
import Exhibits
import Recurrent
import Testing

@Suite("A derivation as a flow")
struct FlowGraphTests {
    private typealias Road = DerivationExhibit.Road

    enum Kind: CaseIterable, Sendable {
        case elman, lstm, peepholes, gru

        func exhibit(steps: Int = 4) throws -> DerivationExhibit {
            try Generator.$current.withValue(Generator(seed: 9)) {
                let input = Tensor.randn(steps, 1, 2)
                switch self {
                case .elman:
                    let network = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
                    let labels = (0..<steps).map { $0 % 2 }
                    return try .init(network.derivation(input.reshaped(steps, 2), labels: labels))
                case .lstm: return try .init(LSTM(inputSize: 2, hiddenSize: 3).derivation(input) { ($0 * $0).sum() })
                case .peepholes:
                    return try .init(LSTM(inputSize: 2, hiddenSize: 2, peepholes: true).derivation(input) { ($0 * $0).sum() })
                case .gru: return try .init(GRU(inputSize: 2, hiddenSize: 3).derivation(input) { $0[-1].sum() })
                }
            }
        }
    }

    /// The roads in the order in which they are drawn: from the first step on.
    private func roads(_ exhibit: DerivationExhibit) -> [(t: Int, state: String, road: Road, line: DerivationExhibit.Line)] {
        exhibit.backward.sorted { $0.t < $1.t }.flatMap { step in
            step.lines.flatMap { line in (line.arrival?.roads ?? []).map { (step.t, line.arrival!.state, $0, line) } }
        }
    }

    private func arrows(_ html: HTML) -> [DrawnElement] {
        html.elements(.svg, class: "flow-graph").flatMap { $0.elements(.a, class: "flow-road") }
    }

    @Test("each arrow is as wide as what comes by its road, against the widest", arguments: Kind.allCases)
    func widths(kind: Kind) throws {
        let exhibit = try kind.exhibit()
        let (arrows, roads) = (arrows(Drawn.html(exhibit)), roads(exhibit))
        #expect(arrows.count == roads.count && arrows.map { $0["data-t"] } == roads.map { "\($0.t)" })
        let largest = try #require(roads.map(\.road.size).max())
        for (arrow, road) in zip(arrows, roads) {
            let width = arrow.elements(.path, class: "flow")[0].number("stroke-width")
            #expect(abs(width - max(1, 10 * road.road.size / largest)) < 0.006)
            #expect(arrow.elements(.text).map(\.text) == [NumberFormat.short.format(road.road.size).plainText])
        }
    }

    @Test("where steps are left out, dots stand, and no arrow touches the step behind", arguments: [Kind.elman, .lstm])
    func gap(kind: Kind) throws {
        let html = Drawn.html(try kind.exhibit(steps: 20))
        let boxes = html.elements(.rect, class: "step-box")
        let steps = html.elements(.g, class: "flow-node").compactMap { $0["data-t"].flatMap { Int($0) } }
        let behind = try #require(Set(steps).sorted().first { !steps.contains($0 - 1) && $0 > 1 })
        let before = try #require(Set(steps).filter { $0 < behind }.max())
        let box = boxes[Set(steps).sorted().firstIndex(of: behind)!]
        for arrow in arrows(html) where arrow["data-t"] == "\(before)" {
            let corners = arrow.elements(.path, class: "flow")[0].corners
            guard corners[0].x != corners[1].x else { continue }
            #expect(corners[0].x <= box.number("x") - 10)
        }
        let dots = html.elements(.svg, class: "flow-graph")[0].elements(.text, class: "quiet").filter { $0.text == "⋯" }
        #expect(dots.count == (kind == .lstm ? 2 : 1))
        for dot in dots { #expect(dot.number("x") < box.number("x") && dot.number("x") > box.number("x") - 16) }
    }

    @Test(
        "arrows from the next step lead to the left, those from the loss down, and each ends at its state", arguments: Kind.allCases
    )
    func directions(kind: Kind) throws {
        let exhibit = try kind.exhibit(), html = Drawn.html(exhibit)
        let nodes = html.elements(.g, class: "flow-node")
        for (arrow, road) in zip(arrows(html), roads(exhibit)) {
            let way = arrow.elements(.path, class: "flow")[0].corners
            let tip = try #require(arrow.elements(.path, class: "head")[0].corners.first)
            if road.road.isLater {
                #expect(way[0].x > way[1].x && tip.x < way[1].x)
            } else if road.road.source == .loss {
                #expect(way[0].y < way[1].y && tip.y > way[1].y)
            }
            let states = exhibit.backward[0].lines.compactMap { $0.arrival?.state }
            let own = nodes.filter { $0["data-t"] == "\(road.t)" }[states.firstIndex(of: road.state)!].elements(.rect)[0]
            let isWithin = own.number("x") - 0.1...own.number("x") + own.number("width") + 0.1 ~= tip.x
            #expect(isWithin && own.number("y") - 0.1...own.number("y") + own.number("height") + 0.1 ~= tip.y)
        }
    }

    @Test("each arrow leads to its own equation, which has its symbols", arguments: Kind.allCases)
    func equations(kind: Kind) throws {
        let exhibit = try kind.exhibit(), html = Drawn.html(exhibit)
        let equations = html.elements(.div, class: "road")
        let ids = equations.compactMap { $0["id"] }
        #expect(Set(ids).count == ids.count && Set(arrows(html).compactMap { $0["href"] }) == Set(ids.map { "#" + $0 }))
        for (arrow, road) in zip(arrows(html), roads(exhibit)) {
            let equation = try #require(equations.first { "#" + ($0["id"] ?? "") == arrow["href"] })
            let tex = HTML.fragment(equation.content).formulas.map(\.tex).joined()
            #expect(tex.contains(#"\begin{aligned} "# + road.road.symbols + " &= "), "\(tex)")
        }
    }

    @Test("two exhibits of a page have no place of one name")
    func names() throws {
        let exhibit = Exhibit(try Kind.elman.exhibit(steps: 2))
        let ids = ["cell.1.1", "cell.1.2"].flatMap { id in
            exhibit.html(ExhibitStyle(words: .english, id: id)).elements(.div, class: "road").compactMap { $0["id"] }
        }
        #expect(ids.count == 6 && Set(ids).count == 6)
    }

    @Test("the sentence at the top tells how large the gradient is at both ends, and the widest road", arguments: Kind.allCases)
    func wayIn(kind: Kind) throws {
        let exhibit = try kind.exhibit(), sentence = Drawn.html(exhibit).elements(.p, class: "way-in")[0].text
        func size(_ t: Int) -> String {
            let value = exhibit.backward.first { $0.t == t }!.lines.first { $0.arrival != nil }!.value.values
            return NumberFormat.short.format(value.reduce(0) { $0 + $1 * $1 }.squareRoot()).plainText
        }
        #expect(sentence.contains("has size \(size(4)) at t\u{A0}=\u{A0}4 and \(size(1)) at t\u{A0}=\u{A0}1."))
        let widest = try #require(roads(exhibit).max { $0.road.size < $1.road.size })
        #expect(sentence.contains("The widest arrow, \(NumberFormat.short.format(widest.road.size).plainText), leads "))
        #expect(sentence.contains("\(widest.state) at t\u{A0}=\u{A0}\(widest.t)"))
    }

    @Test("of a long derivation both ends are drawn, and no arrow leads to a step that is not")
    func long() throws {
        let exhibit = try Kind.gru.exhibit(steps: 40), html = Drawn.html(exhibit)
        let drawn = html.elements(.g, class: "flow-node").compactMap { $0["data-t"].flatMap(Int.init) }
        #expect(drawn == [1, 2, 3, 4, 5, 36, 37, 38, 39, 40])
        #expect(Set(arrows(html).compactMap { $0["data-t"].flatMap(Int.init) }).isSubset(of: Set(drawn)))
    }

    @Test("an attention's derivation has no flow through time, and shows all the rest")
    func attention() {
        let attention = DotProductAttention()
        let html = Drawn.html(DerivationExhibit(attention.derivation(.ones(1, 2), .ones(3, 2), .ones(3, 2)) { $0.sum() }))
        #expect(html.elements(.svg, class: "flow-graph").isEmpty && html.elements(.p, class: "way-in").isEmpty)
        #expect(!html.elements(.details, class: "long-form").isEmpty)
    }

    // MARK: What each step adds

    @Test("the small maps stand in the parameter's shape, in the order of time, with the tints of one scale")
    func maps() {
        func numbers(_ values: [Double]) -> DerivationExhibit.Numbers { .init(shape: [2, 2], values: values) }
        let gradient = DerivationExhibit.Gradient(
            name: "W", symbol: "W", contributions: [numbers([0, 1, -1, 0]), numbers([4, 0, 0, 2])], sum: numbers([4, 1, -1, 2]),
            differenceToTape: nil, differenceToCentralDifferences: nil)
        let html = Drawn.html(
            DerivationExhibit(network: "N", equations: [], stepCount: 2, forward: [], backward: [], gradients: [gradient]))
        let maps = html.elements(.span, class: "map")
        #expect(maps.map { $0.elements(.span, class: "map-name")[0].text } == ["t = 1", "t = 2", "Σ"])
        let tints = maps.map { $0.elements(.rect, class: "cell").map { $0.classes.dropFirst().joined() } }
        #expect(
            tints == [
                ["", "heat-p2", "heat-n2", ""], ["heat-p8", "", "", "heat-p4"], ["heat-p8", "heat-p2", "heat-n2", "heat-p4"],
            ])
        let places = maps[0].elements(.rect, class: "cell").map { Corner(x: $0.number("x"), y: $0.number("y")) }
        #expect(places[0].y == places[1].y && places[0].x == places[2].x && places[1].x > places[0].x && places[2].y > places[0].y)
        #expect(maps.map { $0.elements(.path, class: "notch").count } == [1, 0, 1])
        #expect(html.elements(.span, class: "contribution-title")[0].text.hasSuffix("t = 2 adds most"))
    }

    @Test("the step that is said to add most is drawn and listed, however many others are left out")
    func largestStep() {
        let contributions = (0..<40).map { DerivationExhibit.Numbers(shape: [1], values: [$0 == 18 ? 9 : 0.1]) }
        let gradient = DerivationExhibit.Gradient(
            name: "b", symbol: "b", contributions: contributions, sum: .init(shape: [1], values: [12.9]), differenceToTape: nil,
            differenceToCentralDifferences: nil)
        let html = Drawn.html(
            DerivationExhibit(network: "N", equations: [], stepCount: 40, forward: [], backward: [], gradients: [gradient]))
        #expect(html.elements(.span, class: "contribution-title")[0].text.hasSuffix("t = 19 adds most"))
        let names = html.elements(.span, class: "map-name").map(\.text)
        #expect(names.contains("t = 19") && names.contains("t = 40") && !names.contains("t = 20"))
        #expect(html.elements(.th).map(\.text).contains("t = 19"))
    }
}
