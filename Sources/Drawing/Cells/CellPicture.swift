import Recurrent

/// A drawing of a cell whose lines carry values.
package struct CellPicture {
    let diagram: CellDiagram
    /// What the lines carry, as text, by symbol: `f`, `c`, `previous-c`; lines without a value carry only their letter.
    let values: [String: String]
    /// What x_t is; empty where it is not told.
    let input: String

    package init(_ diagram: CellDiagram, values: [String: String] = [:], input: String = "") {
        self.diagram = diagram
        self.values = values
        self.input = input
    }

    /// An input of more features than this is told by their number.
    private static let featureLimit = 3

    /// `(1, −0.5)`
    static func inputText(_ input: [Double]) -> String {
        guard input.count <= featureLimit else { return "(\(input.count))" }
        return "(" + input.map { NumberFormat.brief.format($0).plainText }.joined(separator: ", ") + ")"
    }

    /// Wider ones keep their size and are scrolled.
    private static let fluidWidth = 500.0

    package var layout: CellLayout {
        CellLayout(diagram) { width(name(of: $0), value(of: $0)) }
    }

    /// Where the labels are, roughly.
    package var labelFrames: [CellLayout.Frame] {
        layout.labels.map { label in
            let node = node(of: label)
            let width = width(label.letter ?? name(of: node), value(of: node))
            let shift =
                switch label.anchor {
                case .start: width / 2
                case .middle: 0.0
                case .end: -width / 2
                }
            return .init(center: Point(x: label.point.x + shift, y: label.point.y - 4), width: width, height: 12)
        }
    }

    func picture(title: String, description: String) -> Picture {
        let layout = layout
        return Picture(
            width: layout.width, height: layout.height, title: title, description: description,
            isFluid: layout.width <= Self.fluidWidth,
            content: lines(layout) + diagram.nodes.flatMap { part($0, layout.frames[$0.id]!) }
                + layout.labels.compactMap(label))
    }

    // MARK: Wires

    private func lines(_ layout: CellLayout) -> [HTML] {
        let wires = layout.lines.map { line in
            HTML.wire(line.points, hasHead: line.target != nil || layout.joinsFromTheSide(line))
        }
        let bridges = layout.crossings.flatMap { point -> [HTML] in
            let ends = [Point(x: point.x, y: point.y - 5), Point(x: point.x, y: point.y + 5)]
            return [.path(ends.pathCommands, class: "bridge"), .path(ends.pathCommands, class: "wire")]
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
            ) { HTML.subscripted(node.label) },
        ]
    }

    // MARK: Labels

    /// A letter and, where there is one, its value, which the page's script can change.
    private func label(_ label: CellLayout.Label) -> HTML? {
        let node = node(of: label), letter = label.letter ?? name(of: node), value = value(of: node)
        guard !letter.isEmpty || value != nil else { return nil }
        return HTML(
            .text, .class("wire-label"),
            .attribute("x", label.point.x.coordinate), .attribute("y", label.point.y.coordinate),
            label.anchor == .start ? nil : .attribute("text-anchor", label.anchor.rawValue)
        ) {
            HTML(.tspan, .class("letter")) { HTML.subscripted(letter) }
            if let value {
                " "
                let isLower = letter.subscripted.last?.isLower ?? false
                HTML(.tspan, .attribute("data-quantity", symbol(of: node)), .attribute("dy", isLower ? "-3" : nil)) { value }
            }
        }
    }

    private func node(of label: CellLayout.Label) -> CellDiagram.Node { diagram.nodes.first { $0.id == label.node }! }

    private func name(of node: CellDiagram.Node) -> String {
        node.id == "x" && !input.isEmpty ? "\(node.name) = \(input)" : node.name
    }

    private func value(of node: CellDiagram.Node) -> String? { symbol(of: node).flatMap { values[$0] } }

    private func width(_ name: String, _ value: String?) -> Double {
        let name = name.subscripted.map { $0.text }.joined()
        return [name, value ?? ""].filter { !$0.isEmpty }.joined(separator: " ").widthInEms * 12
    }

    /// What the wires from a node carry, or the one to an exit.
    private func symbol(of node: CellDiagram.Node) -> String? {
        diagram.wires.first { node.kind == .exit ? $0.to == node.id : $0.from == node.id }?.symbol
    }
}
