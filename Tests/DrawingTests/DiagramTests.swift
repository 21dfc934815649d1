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
        var end: Corner { line[line.count - 1] }
        /// From the last corner to the end.
        var direction: Corner { end - line[line.count - 2] }
    }

    /// Each head follows its line.
    private func arrows(_ html: HTML) -> [Arrow] {
        let paths = html.elements(.path)
        return zip(paths, paths.dropFirst()).filter { $1.classes == ["head"] }.map { Arrow(line: $0.corners, head: $1.corners) }
    }

    /// The states that are handed on along a row.
    private func isAlong(_ row: Double, _ arrow: Arrow) -> Bool { arrow.line.allSatisfy { $0.y == row } }

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
            #expect(arrow.head.count == 3 && arrow.head[0] == arrow.end)
            for corner in arrow.head.dropFirst() {
                let back = corner - arrow.end
                #expect(back.x * arrow.direction.x + back.y * arrow.direction.y < 0)
            }
        }
    }

    @Test("states go from left to right, and of the upper row of each layer that reads both ways from right to left")
    func directions() {
        for isBidirectional in [false, true] {
            let html = Drawn.html(NetworkExhibit.manyToMany(steps: 3, layers: 2, bidirectional: isBidirectional))
            let boxes = html.elements(.rect)
            let rows = Set(boxes.map { $0.number("y") + $0.number("height") / 2 }).sorted(by: >)
            #expect(rows.count == (isBidirectional ? 4 : 2))
            for (index, row) in rows.enumerated() {
                let isReverse = isBidirectional && index % 2 == 1
                let states = arrows(html).filter { isAlong(row, $0) && $0.line.count == 2 }
                // Into the first cell, from each to the next, and out of the last.
                #expect(states.count == 4)
                for state in states { #expect(isReverse ? state.end.x < state.start.x : state.end.x > state.start.x) }
                let cells = boxes.filter { $0.number("y") + $0.number("height") / 2 == row }
                #expect(cells.allSatisfy { $0.classes.contains("reverse") == isReverse })
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

    @Test("a value stands on the line of its letter, also behind what is set lower")
    func baselines() {
        let definition = CellDefinition("Low", "q_{out,t} = σ(W_q x_t + U_q h_{t-1} + b_q)\nh_t = q_{out,t} ⊙ h_{t-1}")
        let diagram = definition.diagram
        let values = Set(diagram.wires.map(\.symbol)).sorted().map { CellExhibit.Value(symbol: $0, value: 0.5) }
        let place = CellExhibit.Place(layer: 0, isReverse: false, step: 0, sequence: 0, unit: 0, input: [1])
        let html = Drawn.html(CellExhibit(name: "Low", diagram: diagram, place: place, values: values))
        let labels = html.elements(.text, class: "wire-label").filter { $0.text.hasSuffix("0.5000") }
        #expect(labels.contains { label in label.elements(.tspan, class: "lower").contains { $0.text == "out,t" } })
        for label in labels {
            let shifts = label.elements(.tspan).compactMap { $0["dy"].flatMap { Double($0) } }
            #expect(shifts.reduce(0, +) == 0, "\(label.text)")
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
        #expect(titles(3) == Array(repeating: "RNN, Layer 0, Step 2, unit 1, Sequence 3", count: 2))
        #expect(titles(0) == Array(repeating: "RNN, Layer 0, Step 2, unit 1", count: 2))
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
