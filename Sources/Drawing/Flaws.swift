import Exhibits
import Recurrent

/// Rules that exhibits of several kinds keep.
enum Rule {
    /// More than memory holds, and far from what an `Int` does.
    static let most = 1 << 40
    /// Longer ones no equation is.
    private static let longestFormula = 20_000

    /// What the first rule that is broken says.
    static func broken(_ rules: (holds: Bool, flaw: String)...) -> String? {
        rules.first { !$0.holds }?.flaw
    }

    static func counts(_ numbers: Int...) -> Bool { counts(numbers) }
    static func counts(_ numbers: [Int]) -> Bool { numbers.allSatisfy { 0...most ~= $0 } }

    static func axis(_ axis: ChartAxis) -> (holds: Bool, flaw: String) {
        (axis.flaw == nil, "an axis \(axis.flaw ?? "")")
    }

    static func formulas(_ formulas: [String]) -> (holds: Bool, flaw: String) {
        (formulas.allSatisfy { $0.utf8.count <= longestFormula }, "a formula is longer than \(longestFormula) characters")
    }

    static func shape(_ shape: [Int], of values: [Double]) -> (holds: Bool, flaw: String) {
        (shape.elementCount == values.count, "the shape \(shape.shapeText) does not fit its \(values.count) numbers")
    }

    /// One for each, where there are any.
    static func names(_ names: [String]?, of axis: String, _ count: Int) -> (holds: Bool, flaw: String) {
        (names.map { $0.count == count } ?? true, "the names of the \(axis) are not \(count)")
    }

    static func shapes(_ shapes: [[Int]]) -> (holds: Bool, flaw: String) {
        let wrong = shapes.first { $0.elementCount == nil }
        return (wrong == nil, "no tensor has the shape \((wrong ?? []).shapeText)")
    }

    /// So many rows of so many numbers.
    static func matrix(_ rows: [[Double]], _ rowCount: Int, _ columnCount: Int) -> (holds: Bool, flaw: String) {
        (
            rows.count == rowCount && rows.allSatisfy { $0.count == columnCount },
            "a matrix is not of \(rowCount) by \(columnCount) numbers"
        )
    }
}

extension [Int] {
    /// How many numbers a tensor of this shape has; nil where there can be none.
    fileprivate var elementCount: Int? {
        var count = 1
        for length in self {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: length)
            guard !isTooLarge, Rule.counts(length) else { return nil }
            count = product
        }
        return count
    }
}

extension CellDiagram {
    /// More nodes no layout would be done with.
    private static let most = (nodes: 300, wires: 1500)

    /// What keeps it from being laid out: each wire leads from a node to a later one, and none into what enters or out of
    /// what leaves.
    var flaw: String? {
        guard nodes.count <= Self.most.nodes, wires.count <= Self.most.wires else {
            return "a cell has \(nodes.count) nodes and \(wires.count) wires"
        }
        var places: [String: Int] = [:]
        for (place, node) in zip(0..., nodes) {
            guard places.updateValue(place, forKey: node.id) == nil else { return "two nodes of a cell are called \(node.id)" }
        }
        let isLaid = wires.allSatisfy { wire in
            guard let from = places[wire.from], let to = places[wire.to] else { return false }
            return from < to && nodes[from].kind != .exit && nodes[to].kind != .entry
        }
        return isLaid ? nil : "a wire of a cell leads nowhere"
    }
}
