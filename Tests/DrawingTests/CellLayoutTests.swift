import Drawing
import Recurrent
import Samples
import Testing

@Suite("Layouts of cells")
struct CellLayoutTests {
    static let standard: [CellDefinition] = [true, false].flatMap { bias in
        [RNN.definition(bias: bias), RNN.definition(nonlinearity: .relu, bias: bias), LSTM.definition(bias: bias)]
            + [true, false].flatMap { after in
                [GRU.UpdateGate.keepsPrevious, .takesCandidate].map {
                    GRU.definition(resetAfter: after, updateGate: $0, bias: bias)
                }
            }
    }

    static let others = [
        LSTM.definition(peepholes: true), LSTM.definition(bias: false, peepholes: true),
        CellDefinition(
            "MGU",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
            h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
            """),
        CellDefinition(
            "Coupled gates",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
            g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
            c_t = f_t ⊙ c_{t-1} + (1 - f_t) ⊙ g_t
            h_t = o_t ⊙ tanh(c_t)
            """),
        CellDefinition(
            "sLSTM",
            """
            i_t = exp(W_i x_t + U_i h_{t-1} + b_i)
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            z_t = tanh(W_z x_t + U_z h_{t-1} + b_z)
            o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
            c_t = f_t ⊙ c_{t-1} + i_t ⊙ z_t
            n_t = f_t ⊙ n_{t-1} + i_t
            h_t = o_t ⊙ (c_t / n_t)
            """),
        CellDefinition(
            "Nested",
            """
            m_t = 0.9 m_{t-1} + 0.1 tanh(W_m x_t + U_m tanh(V_m h_{t-1}) + b_m)
            h_t = sqrt(relu(m_t) + 1) - exp(-m_t) ⊙ h_{t-1} + λ
            """),
        CellDefinition(
            "Constant",
            """
            k_t = σ(b_k)
            d_t = x_t
            h_t = k_t ⊙ tanh(W d_{t-1}) ⊙ h_{t-1} ⊙ h_{t-1}
            """),
    ]

    @Test(
        "a drawing has every wire once, from border to border, along axes, through no box and upon no other wire",
        arguments: standard + others)
    func geometry(definition: CellDefinition) { check(definition) }

    @Test("so has that of every random cell", arguments: 1...200)
    func randomGeometry(seed: Int) { check(CellDefinition("Random \(seed)", RandomCell(seed: seed).text)) }

    @Test("no letter and no number stands on a box, on another or outside the picture", arguments: standard + others)
    func labels(definition: CellDefinition) {
        let diagram = definition.diagram
        let values = Dictionary(uniqueKeysWithValues: Set(diagram.wires.map(\.symbol)).map { ($0, "−0.1234") })
        for picture in [CellPicture(diagram), CellPicture(diagram, values: values, input: "(1.5, −0.25)")] {
            let layout = picture.layout
            for label in picture.labelFrames where label.width > 0 {
                #expect(!layout.frames.values.contains { $0.width > 0 && $0.overlaps(label) }, "\(label) of\n\(definition)")
                #expect(label.left >= 0 && label.right <= layout.width && label.top >= 0 && label.bottom <= layout.height)
            }
            let labels = picture.labelFrames.filter { $0.width > 0 }
            for (index, label) in labels.enumerated() {
                #expect(!labels[..<index].contains { $0.overlaps(label) }, "\(label) of\n\(definition)")
            }
        }
    }

    @Test("standard cells are drawn by hand, with and without bias", arguments: standard)
    func byHand(definition: CellDefinition) {
        // What was drawn by hand has joined lines.
        #expect(CellPicture(definition.diagram).layout.lines.contains { $0.sources.count > 1 })
    }

    @Test("a standard cell fits a phone, with values and without", arguments: standard)
    func phone(definition: CellDefinition) { #expect(CellPicture(definition.diagram).layout.width <= 350) }

    @Test("the input joins the state before any gate reads them, so that each is seen to read both", arguments: standard)
    func inputFirst(definition: CellDefinition) throws {
        let lines = CellPicture(definition.diagram).layout.lines
        let input = try #require(lines.first { $0.sources == ["x"] && $0.target == nil })
        let joint = input.points[input.points.count - 1]
        let joined = lines.filter { $0.sources.contains("x") && $0.sources.count > 1 }
        let readers = definition.diagram.wires.filter { $0.from == "x" }.map(\.to)
        for line in joined { #expect(line.points[0] == joint || line.points[0].x > joint.x) }
        // A gate that reads both reads them where they have joined.
        for gate in readers where definition.diagram.wires.contains(where: { $0.to == gate && $0.from == "previous-h" }) {
            #expect(joined.contains { $0.target == gate }, "\(gate)")
        }
        // The state is led to nothing between the left edge and there but to the joint.
        let before = lines.filter { $0.sources == ["previous-h"] && $0.points[0].y == joint.y }
        #expect(before.allSatisfy { $0.points[$0.points.count - 1] == joint })
    }

    @Test("long numbers of neighbouring gates keep apart", arguments: standard)
    func longNumbers(definition: CellDefinition) {
        let gates = Set(definition.diagram.nodes.filter { $0.kind == .function }.map(\.id))
        let values = Dictionary(uniqueKeysWithValues: gates.map { ($0, NumberFormat.significant.format(-1.2345e-7).plainText) })
        let frames = CellPicture(definition.diagram, values: values).labelFrames
        for (index, frame) in frames.enumerated() {
            #expect(!frames[..<index].contains { $0.overlaps(frame) }, "\(frame) of\n\(definition)")
        }
    }

    @Test("which layout is taken follows from the equations, not from the name")
    func byEquations() {
        func layout(_ equations: String) -> CellLayout { CellPicture(CellDefinition("LSTM", equations).diagram).layout }
        let gates = """
            i_t = σ(W_i x_t + U_i h_{t-1} + b_i)
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
            o_t = σ(W_o x_t + U_o h_{t-1} + b_o)

            """
        let standard = layout(gates + "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t\nh_t = o_t ⊙ tanh(c_t)")
        #expect(standard == CellPicture(LSTM.definition.diagram).layout)
        #expect(layout(gates + "c_t = f_t ⊙ c_{t-1} - i_t ⊙ g_t\nh_t = o_t ⊙ tanh(c_t)") != standard)
        #expect(layout(gates + "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t\nh_t = o_t ⊙ c_t").lines.allSatisfy { $0.sources.count == 1 })
    }

    // MARK: What is checked

    private func check(_ definition: CellDefinition) {
        let diagram = definition.diagram
        let layout = CellPicture(diagram).layout
        let wires = diagram.wires.map { [$0.from, $0.to] }.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(layout.drawnWires == wires, "\(definition)")
        #expect(Set(layout.frames.keys) == Set(diagram.nodes.map(\.id)), "\(definition)")
        for line in layout.lines {
            #expect(begins(line, in: layout), "\(line) of\n\(definition)")
            #expect(ends(line, in: layout), "\(line) of\n\(definition)")
            for segment in line.segments {
                #expect((segment.start.x == segment.end.x) != (segment.start.y == segment.end.y), "\(line) of\n\(definition)")
                #expect(segment.isWithin(layout), "\(line) of\n\(definition)")
                for (id, frame) in layout.frames { #expect(!segment.crosses(frame), "\(line) and \(id) of\n\(definition)") }
            }
        }
        for (index, line) in layout.lines.enumerated() {
            for other in layout.lines[..<index] {
                let overlap = line.segments.contains { segment in other.segments.contains { $0.liesUpon(segment) } }
                #expect(!overlap, "\(line)\n\(other)\n\(definition)")
            }
        }
        let frames = Array(layout.frames.values)
        for (index, frame) in frames.enumerated() {
            #expect(!frames[..<index].contains { $0.overlaps(frame) }, "\(definition)")
        }
    }

    /// At its source's border, on a line of the same sources, or where all that it carries has come together.
    private func begins(_ line: CellLayout.Line, in layout: CellLayout) -> Bool {
        let start = line.points[0]
        if line.sources.count == 1, layout.frames[line.sources[0]]!.touches(start) { return true }
        let isOnItsOwn = layout.lines.contains { $0 != line && Set($0.sources) == Set(line.sources) && $0.contains(start) }
        return isOnItsOwn
            || line.sources.count > 1
                && line.sources.allSatisfy { source in
                    layout.lines.contains { $0.sources == [source] && $0.target == nil && $0.points.last == start }
                }
    }

    /// At its target's border, or where a line begins that carries more.
    private func ends(_ line: CellLayout.Line, in layout: CellLayout) -> Bool {
        let end = line.points[line.points.count - 1]
        if let target = line.target { return layout.frames[target]!.touches(end) }
        return layout.lines.contains { Set($0.sources).isStrictSuperset(of: line.sources) && $0.points[0] == end }
    }
}

extension Segment {
    private var x: ClosedRange<Double> { min(start.x, end.x)...max(start.x, end.x) }
    private var y: ClosedRange<Double> { min(start.y, end.y)...max(start.y, end.y) }

    func crosses(_ frame: CellLayout.Frame) -> Bool {
        frame.width > 0 && x.lowerBound < frame.right && x.upperBound > frame.left
            && y.lowerBound < frame.bottom && y.upperBound > frame.top
    }

    /// Whether both have more than a point in common.
    func liesUpon(_ other: Segment) -> Bool {
        guard isVertical == other.isVertical else { return false }
        return isVertical
            ? start.x == other.start.x && y.clamped(to: other.y).isLong && y.overlaps(other.y)
            : start.y == other.start.y && x.clamped(to: other.x).isLong && x.overlaps(other.x)
    }

    func isWithin(_ layout: CellLayout) -> Bool {
        x.lowerBound >= 0 && x.upperBound <= layout.width && y.lowerBound >= 0 && y.upperBound <= layout.height
    }
}

extension ClosedRange<Double> {
    fileprivate var isLong: Bool { upperBound > lowerBound }
}

extension CellLayout.Frame {
    func overlaps(_ other: CellLayout.Frame) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}
