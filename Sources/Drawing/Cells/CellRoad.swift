import Recurrent

/// The way of a state through a cell to its next value that leads through the fewest functions, and then through the fewest
/// nodes.
struct CellRoad {
    /// What a state is called, as plain text: `c_{t-1}` and `c_t`.
    let start, end: String
    /// The labels of what it leads through, in order: functions, and boxes of matrices alone.
    private(set) var functions: [String] = []
    /// Those of the arithmetic.
    private(set) var operations: [String] = []

    /// nil where the state's next value is not made of it.
    init?(of state: String, in diagram: CellDiagram) {
        guard let entry = diagram.node("previous-" + state), let exit = diagram.node("next-" + state) else { return nil }
        (start, end) = (entry.label, exit.label)

        var shortest = [entry.id: Way()]
        for _ in diagram.nodes {
            for wire in diagram.wires {
                guard let before = shortest[wire.from], let node = diagram.node(wire.to) else { continue }
                let way = before.through(node)
                if shortest[node.id].map({ way < $0 }) ?? true { shortest[node.id] = way }
            }
        }
        guard let way = shortest[exit.id] else { return nil }
        for node in way.nodes where node.kind != .exit {
            if node.hasWeights { functions.append(node.label) } else { operations.append(node.label) }
        }
    }

    private struct Way {
        var nodes: [CellDiagram.Node] = []
        var functionCount = 0

        func through(_ node: CellDiagram.Node) -> Way {
            Way(nodes: nodes + [node], functionCount: functionCount + (node.hasWeights ? 1 : 0))
        }

        static func < (first: Way, second: Way) -> Bool {
            (first.functionCount, first.nodes.count) < (second.functionCount, second.nodes.count)
        }
    }
}

extension CellDiagram.Node {
    fileprivate var hasWeights: Bool { kind == .function || kind == .affine }
}

extension CellDiagram {
    func node(_ id: String) -> Node? { nodes.first { $0.id == id } }

    /// One for each state that lasts; first those that lead past every function.
    var roads: [CellRoad] {
        let roads = nodes.filter { $0.kind == .entry && $0.id.hasPrefix("previous-") }
            .compactMap { CellRoad(of: String($0.id.dropFirst("previous-".count)), in: self) }
        return roads.filter { $0.functions.isEmpty } + roads.filter { !$0.functions.isEmpty }
    }
}
