import Recurrent

/// A drawing of a cell whose lines carry values.
package struct CellPicture {
    let diagram: CellDiagram
    /// What the lines carry, as text, by symbol: `f`, `c`, `previous-c`; lines without a value carry only their letter.
    let values: [String: String]
    /// What x_t is; empty where it is not told.
    let input: String
    /// Whether it reads a sequence from its end: then the step read before, t+1, stands at the right.
    let readsBackward: Bool

    package init(
        _ diagram: CellDiagram, values: [String: String] = [:], input: String = "", readsBackward: Bool = false
    ) {
        self.diagram = diagram
        self.values = values
        self.input = input
        self.readsBackward = readsBackward
    }

    /// An input of more features than this, or that is written wider, is told by their number.
    private static let featureLimit = (count: 3, ems: 22.0)

    /// `(1, −0.5)`, or how many numbers there are.
    static func inputText(_ input: [Double], _ words: LayerVocabulary) -> String {
        let text = "(" + input.map { NumberFormat.brief.format($0).plainText }.joined(separator: ", ") + ")"
        return input.count <= featureLimit.count && text.widthInEms <= featureLimit.ems ? text : "(\(words.numbers(input.count)))"
    }

    package var layout: CellLayout {
        let layout = CellLayout(diagram) { room(name(of: $0), value(of: $0)) }
        return readsBackward ? layout.mirrored : layout
    }

    /// Where the labels are, roughly.
    package var labelFrames: [CellLayout.Frame] {
        layout.labels.map { label in
            let node = node(of: label)
            let room = room(label.letter ?? name(of: node), value(of: node))
            let space = label.isStacked || room.lineCount < 2 ? 0 : Self.space
            let width = label.isStacked ? max(room.letter, room.value) : room.letter + space + room.value
            let shift =
                switch label.anchor {
                case .start: width / 2
                case .middle: 0.0
                case .end: -width / 2
                }
            let above = label.isStacked && room.lineCount == 2 ? CellLayout.lineHeight : 0
            return .init(
                center: Point(x: label.point.x + shift, y: label.point.y - 4 - above / 2), width: width, height: 12 + above)
        }
    }

    func picture(title: String, description: String) -> Picture {
        let layout = layout
        return Picture(
            width: layout.width, height: layout.height, title: title, description: description,
            content: lines(layout) + diagram.nodes.flatMap { part($0, layout.frames[$0.id]!) }
                + layout.labels.compactMap(label))
    }

    // MARK: Wires

    private func lines(_ layout: CellLayout) -> [HTML] {
        let wires = layout.lines.map { line in
            HTML.wire(line.points, hasHead: line.target != nil || layout.joinsFromTheSide(line), data: quantities(of: line))
        }
        let bridges = layout.crossings.flatMap { crossing -> [HTML] in
            let (point, line) = crossing
            let ends = [Point(x: point.x, y: point.y - 5), Point(x: point.x, y: point.y + 5)]
            return [.bridge(at: point), .wire(ends, hasHead: false, data: quantities(of: line))]
        }
        let marks = layout.lines.filter { !$0.mark.isEmpty }.map { line in
            let tip = line.points[line.points.count - 1]
            return HTML(
                .text, .class("wire-label"),
                .attribute("x", (tip.x + 5).coordinate), .attribute("y", (tip.y + 13).coordinate)
            ) { HTML(.tspan, .class("letter")) { HTML.subscripted(line.mark) } }
        }
        return wires + bridges + layout.branches.map { .circle(at: $0, radius: 2.5, class: "branch") } + marks
    }

    /// What it carries, for the page's script: of lines that have been joined the symbols of all, which have no spaces.
    private func quantities(of line: CellLayout.Line) -> Attribute? {
        let symbols = line.sources.compactMap { source in
            diagram.wires.first { $0.from == source && (line.target == nil || $0.to == line.target) }?.symbol
        }
        return .attribute(symbols.count == 1 ? "data-quantity" : "data-quantities", symbols.joined(separator: " "))
    }

    // MARK: Nodes

    private func part(_ node: CellDiagram.Node, _ frame: CellLayout.Frame) -> [HTML] {
        let isSign = node.kind == .operation
        guard node.kind != .entry, node.kind != .exit else { return [] }
        return [
            .rectangle(
                at: Point(x: frame.left, y: frame.top), width: frame.width, height: frame.height,
                radius: !isSign ? 4 : frame.width == frame.height ? 9 : 7,
                class: isSign ? "node" : "block"),
            HTML(
                .text, .class(isSign ? "sign" : nil), .attribute("x", frame.center.x.coordinate),
                .attribute("y", (frame.center.y + 4).coordinate), .attribute("text-anchor", HTML.Anchor.middle.rawValue)
            ) { HTML.subscripted(node.label.reading(backward: readsBackward)) },
        ]
    }

    // MARK: Labels

    /// A letter and, where there is one, its value, which the page's script can change.
    private func label(_ label: CellLayout.Label) -> HTML? {
        let node = node(of: label), letter = label.letter ?? name(of: node), value = value(of: node)
        guard !letter.isEmpty || value != nil else { return nil }
        let quantity = Attribute?.attribute("data-quantity", symbol(of: node))
        let (x, y) = (label.point.x.coordinate, label.point.y)
        let isStacked = label.isStacked && !letter.isEmpty && value != nil
        return HTML(
            .text, .class("wire-label"), .attribute("x", x),
            .attribute("y", (isStacked ? y - CellLayout.lineHeight : y).coordinate),
            label.anchor == .start ? nil : .attribute("text-anchor", label.anchor.rawValue)
        ) {
            if !letter.isEmpty { HTML(.tspan, .class("letter"), quantity) { HTML.subscripted(letter) } }
            if let value {
                if !letter.isEmpty, !isStacked { " " }
                HTML(
                    .tspan, .class("value"), isStacked ? .attribute("x", x) : nil,
                    isStacked ? .attribute("y", y.coordinate) : nil, quantity
                ) { value }
            }
        }
    }

    private func node(of label: CellLayout.Label) -> CellDiagram.Node { diagram.node(label.node)! }

    private func name(of node: CellDiagram.Node) -> String { node.name.reading(backward: readsBackward) }

    private func value(of node: CellDiagram.Node) -> String? {
        node.id == "x" && !input.isEmpty ? input : symbol(of: node).flatMap { values[$0] }
    }

    private static let space = 4.0

    private func room(_ name: String, _ value: String?) -> CellLayout.LabelRoom {
        func width(_ text: String) -> Double { text.widthInEms * 12 }
        return .init(letter: width(name.subscriptedText), value: width(value ?? ""))
    }

    /// What the wires from a node carry, or the one to an exit.
    private func symbol(of node: CellDiagram.Node) -> String? {
        diagram.wires.first { node.kind == .exit ? $0.to == node.id : $0.from == node.id }?.symbol
    }
}
