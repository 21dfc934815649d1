import Drawing
import Exhibits
import Recurrent
import Testing

@Suite("Diagrams")
struct DiagramTests {
    /// A line and the triangle at its end.
    private struct Arrow {
        let line: [Corner]
        let head: [Corner]

        var start: Corner { line[0] }
        /// The tip; the line ends below the head.
        var end: Corner { head[0] }
        /// From the last corner to the end.
        var direction: Corner { end - line[line.count - 2] }
        /// How far the line is from the tip.
        var gap: Corner { end - line[line.count - 1] }
    }

    /// Each head follows its line.
    private func arrows(_ html: HTML) -> [Arrow] {
        let paths = html.elements(.path)
        return zip(paths, paths.dropFirst()).filter { $1.classes == ["head"] }.map { Arrow(line: $0.corners, head: $1.corners) }
    }

    @Test(
        "the head of an arrow points where its line goes",
        arguments: [
            .manyToMany(steps: 3, layers: 2, bidirectional: true), .manyToOne(steps: 3), .oneToMany(steps: 3),
            .encoderDecoder(inputs: 2, outputs: 2, layers: 2),
        ] as [NetworkExhibit])
    func heads(network: NetworkExhibit) {
        let arrows = arrows(Drawn.html(network))
        #expect(arrows.count >= 8)
        for arrow in arrows {
            // A line as wide as it is would be seen beside the tip.
            let (gap, length) = (arrow.gap, arrow.direction)
            #expect(arrow.head.count == 3 && gap.x * length.x + gap.y * length.y > 0)
            #expect(abs(gap.x * length.y - gap.y * length.x) < 0.1 * (abs(length.x) + abs(length.y)))
            for corner in arrow.head.dropFirst() {
                let back = corner - arrow.end
                #expect(back.x * arrow.direction.x + back.y * arrow.direction.y < 0)
            }
        }
    }

    @Test("what goes in stands left of the layer and points to it, what comes out is pointed to from it")
    func flow() throws {
        let rows = [
            ShapesExhibit.Row(name: "input", shape: [2, 5], axes: [.steps, .features], role: .input),
            .init(name: "h0", shape: [1, 6], axes: [.layers, .units], role: .input),
            .init(name: "output", shape: [2, 6], axes: [.steps, .units], role: .output),
        ]
        let html = Drawn.html(ShapesExhibit(rows: rows, layer: "RNN(5, 6)"))
        let blocks = html.elements(.rect, class: "value-block")
        let layer = try #require(html.elements(.rect, class: "block").first { !$0.classes.contains("value-block") })
        let arrows = arrows(html)
        #expect(blocks.count == 3 && arrows.count == 3)
        func right(_ block: DrawnElement) -> Double { block.number("x") + block.number("width") }
        for (index, (block, arrow)) in zip(blocks, arrows).enumerated() {
            let (before, after) = index < 2 ? (block, layer) : (layer, block)
            #expect(right(before) <= arrow.start.x && arrow.start.x < arrow.end.x && arrow.end.x <= after.number("x"))
            #expect(arrow.end.y == block.number("y") + block.number("height") / 2)
        }
    }

    // MARK: Cells

    @Test("where two wires of a cell cross, the upright one is led over the other", arguments: CellLayoutTests.others)
    func bridges(definition: CellDefinition) {
        let html = Drawn.html(CellExhibit(name: definition.name, diagram: definition.diagram))
        let bridges = html.elements(.path, class: "bridge").map(\.corners)
        let segments = CellPicture(definition.diagram).layout.lines.flatMap { line in line.segments.map { (line.sources, $0) } }
        for (sources, upright) in segments where upright.isVertical {
            for (others, level) in segments where !level.isVertical && Set(sources).isDisjoint(with: others) {
                guard upright.spans(level.start.y), level.spans(upright.start.x) else { continue }
                let isLedOver = bridges.contains { bridge in
                    let ends = bridge.map(\.y)
                    return bridge.allSatisfy { abs($0.x - upright.start.x) < 0.01 }
                        && ends.min()! < level.start.y - 2 && ends.max()! > level.start.y + 2
                }
                #expect(isLedOver, "\(upright) over \(level) of\n\(definition)")
            }
        }
    }

    @Test("some of these cells have wires that cross")
    func someBridge() {
        let drawn = CellLayoutTests.others.map { Drawn.html(CellExhibit(name: $0.name, diagram: $0.diagram)) }
        #expect(drawn.contains { !$0.elements(.path, class: "bridge").isEmpty })
    }

    @Test("in a cell of one's own a value stands below its letter, where that begins, also of letters that are set lower")
    func baselines() {
        let definition = CellDefinition("Low", "q_{out,t} = σ(W_q x_t + U_q h_{t-1} + b_q)\nh_t = q_{out,t} ⊙ h_{t-1}")
        let diagram = definition.diagram
        let values = Set(diagram.wires.map(\.symbol)).sorted().map { CellExhibit.Value(symbol: $0, value: 0.5) }
        let place = CellExhibit.Place(layer: 0, isReverse: false, step: 0, sequence: 0, unit: 0, input: [1])
        let html = Drawn.html(CellExhibit(name: "Low", diagram: diagram, place: place, values: values))
        let labels = html.elements(.text, class: "wire-label").filter { $0.text.hasSuffix("0.5000") }
        #expect(labels.contains { label in label.elements(.tspan, class: "lower").contains { $0.text == "out,t" } })
        for label in labels {
            let value = label.elements(.tspan, class: "value")[0]
            #expect(value.number("x") == label.number("x") && value.number("y") > label.number("y") + 12, "\(label.text)")
        }
    }

    @Test(
        "wires, heads, letters and values tell the page's script whose they are",
        arguments: CellLayoutTests.standard + CellLayoutTests.others)
    func quantities(definition: CellDefinition) {
        let diagram = definition.diagram
        let symbols = Set(diagram.wires.map(\.symbol))
        let values = symbols.sorted().map { CellExhibit.Value(symbol: $0, value: 0.5) }
        let place = CellExhibit.Place(layer: 0, isReverse: false, step: 0, sequence: 0, unit: 0, input: [1])
        let html = Drawn.html(CellExhibit(name: "x", diagram: diagram, place: place, values: values))
        let lines = CellPicture(diagram).layout.lines
        for path in html.elements(.path) where !path.classes.contains("bridge") {
            if let quantity = path["data-quantity"] {
                #expect(symbols.contains(quantity))
            } else {
                let joined = (path["data-quantities"] ?? "").split(separator: " ").map(String.init)
                #expect(joined.count > 1 && lines.contains { $0.sources == joined }, "\(path.attributes)")
            }
        }
        for wire in diagram.wires {
            let isDrawn = html.elements(.path, class: "wire").contains { path in
                path["data-quantity"] == wire.symbol
                    || (path["data-quantities"] ?? "").split(separator: " ").contains { $0 == wire.symbol }
            }
            #expect(isDrawn, "\(wire)")
        }
        let told = html.elements(.text, class: "wire-label").flatMap { $0.elements(.tspan) }
            .filter { $0.classes.contains("value") || $0.classes == ["letter"] && $0["data-quantity"] != nil }
        #expect(told.allSatisfy { symbols.contains($0["data-quantity"] ?? "") })
        // What has a name or is a product of two that have one shows its value.
        let valued = Set(html.elements(.tspan, class: "value").compactMap { $0["data-quantity"] })
        for wire in diagram.wires {
            let isNamed = !diagram.nodes.first { $0.id == wire.from }!.name.isEmpty
            if isNamed || CellLayoutTests.others.contains(definition) { #expect(valued.contains(wire.symbol), "\(wire)") }
        }
    }

    @Test("the products of the standard cells show their values")
    func products() {
        let cells: [(CellDefinition, [String])] = [
            (LSTM.definition, ["f_t ⊙ c_{t-1}", "i_t ⊙ g_t", "tanh(c_t)"]),
            (GRU.definition(), ["z_t ⊙ h_{t-1}", "1 - z_t", "(1 - z_t) ⊙ n_t"]),
            (GRU.definition(resetAfter: false), ["r_t ⊙ h_{t-1}", "z_t ⊙ h_{t-1}", "1 - z_t", "(1 - z_t) ⊙ n_t"]),
            (GRU.definition(updateGate: .takesCandidate), ["(1 - z_t) ⊙ h_{t-1}", "1 - z_t", "z_t ⊙ n_t"]),
        ]
        for (definition, symbols) in cells {
            let values = zip(1..., symbols).map { CellExhibit.Value(symbol: $1, value: Double($0)) }
            let html = Drawn.html(CellExhibit(name: "", diagram: definition.diagram, values: values))
            let drawn = html.elements(.tspan, class: "value").map { [$0["data-quantity"], $0.text] }
            for value in values { #expect(drawn.contains([value.symbol, "\(Int(value.value)).000"]), "\(value)") }
        }
    }

    @Test("of which sequence values are is told where it is not the first")
    func sequences() {
        func titles(_ sequence: Int) -> [String] {
            let place = CellExhibit.Place(layer: 0, isReverse: false, step: 2, sequence: sequence, unit: 1, input: [1])
            let worked = WorkedExhibit(
                layerName: "RNN", layer: 0, isReverse: false, step: 2, sequence: sequence, unit: 1, equations: [])
            return [
                Drawn.html(CellExhibit(name: "RNN", diagram: RNN.definition().diagram, place: place)), Drawn.html(worked),
            ].flatMap { $0.elements(.p, class: "exhibit-title").map(\.text) }
        }
        let step = "RNN, Layer 0, Step 2 (t\u{A0}=\u{A0}3), unit 1"
        #expect(titles(3) == [step + ", Sequence 3", step + ", Sequence 3"])
        #expect(titles(0) == [step, step])
    }
}

private func - (left: Corner, right: Corner) -> Corner { Corner(x: left.x - right.x, y: left.y - right.y) }

extension Segment {
    /// Whether it passes a place of its own axis, beyond which it goes on to both sides.
    fileprivate func spans(_ place: Double) -> Bool {
        let ends = isVertical ? [start.y, end.y] : [start.x, end.x]
        return ends.min()! < place && place < ends.max()!
    }
}
