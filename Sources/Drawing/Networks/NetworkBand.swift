import Exhibits

/// Columns of an unrolled network beside one another: one for each step, in it from below upwards the input, the layers, the
/// output.
///
/// A layer that reads both ways has two cells in a column. The one for the way back stands above the other and a little to
/// the right, so that what enters and what leaves either goes straight up beside the other; what both give is joined before
/// the next layer reads it.
struct NetworkBand {
    /// At which of its sides states come from outside and go there.
    struct OpenSides: OptionSet {
        let rawValue: Int
        static let left = OpenSides(rawValue: 1), right = OpenSides(rawValue: 2)
    }

    private let network: NetworkExhibit
    private let columns: [NetworkColumn]
    private let measures: NetworkMeasures
    private let openSides: OpenSides
    private let words: NetworkVocabulary
    /// Where its lower edge is.
    private let base: Double

    /// How far a cell of a layer that reads both ways stands beside its column's middle.
    private static let shift = 12.0
    /// How far beside the middle its wires go up.
    private static let lane = 20.0

    /// - Parameter top: Where its upper edge is.
    init(
        _ network: NetworkExhibit, _ columns: [NetworkColumn], _ measures: NetworkMeasures,
        open openSides: OpenSides = [.left, .right],
        top: Double = 0, _ words: NetworkVocabulary
    ) {
        (self.network, self.columns, self.measures, self.openSides, self.words) = (network, columns, measures, openSides, words)
        base = top + measures.height
    }

    var content: [HTML] { states + columns.indices.flatMap { column($0) } + names }

    /// Where a row's states come in at the left, and where they leave at the right.
    func ends(_ row: Int) -> (left: Point, right: Point) {
        let last = columns.count - 1
        return (
            Point(x: middle(0, row).x - halfWidth(0), y: y(row)), Point(x: middle(last, row).x + halfWidth(last), y: y(row))
        )
    }

    // MARK: Places

    private func x(_ column: Int) -> Double { measures.margin + (Double(column) + 0.5) * measures.pitch }

    private var rows: Range<Int> { 0..<network.rowCount }

    private func isReverse(row: Int) -> Bool { network.isReverse(row: row) }

    private func y(_ row: Int) -> Double { base - measures.rise(row) }

    /// Of the middle of what joins a layer's two directions.
    private func jointY(_ layer: Int) -> Double { y(2 * layer + 1) - measures.jointRise }

    private var top: Double { base - measures.highest }
    private var outputY: Double { top - 26 }
    private var inputY: Double { base - 20 }
    /// Where outputs that are inputs again come back.
    private var returnY: Double { base - 12 }

    private func middle(_ column: Int, _ row: Int) -> Point {
        let shift = network.isBidirectional ? (isReverse(row: row) ? Self.shift : -Self.shift) : 0
        return Point(x: x(column) + shift, y: y(row))
    }

    private func lane(_ column: Int, reverse isReverse: Bool) -> Double { x(column) + (isReverse ? Self.lane : -Self.lane) }

    // MARK: Columns

    private func column(_ index: Int) -> [HTML] {
        let column = columns[index]
        guard let step = column.step else {
            let dots = rows.map { row in
                let middle = middle(index, row)
                return HTML.text("⋯", at: Point(x: middle.x, y: middle.y + 4), .middle, class: "quiet")
            }
            return dots + (column.isFed ? fed(index) : [])
        }
        let cells = rows.map { row in
            HTML.box(
                measures.name, center: middle(index, row), width: measures.cellWidth, height: measures.cellHeight,
                class: isReverse(row: row) ? "block reverse" : column.part == .decoder ? "block decoder" : "block")
        }
        return upward(index) + (column.hasInput ? input(index, step) : []) + (column.hasOutput ? output(index, step) : [])
            + (column.isFed ? fed(index) : []) + cells
    }

    /// From each layer to the next.
    private func upward(_ index: Int) -> [HTML] {
        (1..<max(1, network.layers)).flatMap { layer -> [HTML] in
            guard network.isBidirectional else { return [lift(x(index), above: layer - 1, to: below(layer), "h")] }
            let joint = jointY(layer - 1)
            return [false, true].map { fromCell(index, layer - 1, reverse: $0, to: joint + NetworkMeasures.jointSize.height / 2) }
                + [false, true].flatMap { reverse in
                    intoCell(
                        index, layer, reverse: reverse,
                        from: [
                            Point(x: lane(index, reverse: reverse), y: joint - NetworkMeasures.jointSize.height / 2)
                        ], "h")
                } + [self.joint(index, joint)]
        }
    }

    private func input(_ index: Int, _ step: Int) -> [HTML] {
        enter(index, from: [Point(x: x(index), y: inputY)], "x") + [
            text("x" + Self.subscript(step), at: Point(x: x(index), y: base - 6), "x")
        ]
    }

    /// Into the cells of the first layer.
    private func enter(_ index: Int, from points: [Point], _ quantity: String, class className: String = "wire") -> [HTML] {
        guard network.isBidirectional else {
            let way = points + [Point(x: x(index), y: below(0))]
            return [.wire(way, hasHead: true, class: className, data: .attribute("data-quantity", quantity))]
        }
        let fork = inputY - 8
        return [false, true].flatMap { reverse in
            intoCell(
                index, 0, reverse: reverse,
                from: points + [Point(x: x(index), y: fork), Point(x: lane(index, reverse: reverse), y: fork)], quantity,
                class: className)
        }
    }

    private func output(_ index: Int, _ step: Int) -> [HTML] {
        let x = x(index), isLast = network.arrangement == .manyToOne
        let label = text("y" + Self.subscript(isLast ? nil : step), at: Point(x: x, y: outputY - 4), "y")
        guard network.isBidirectional else { return [lift(x, above: network.layers - 1, to: outputY, "y"), label] }
        let layer = network.layers - 1, joint = jointY(layer)
        // Where one output is made of the last states, those of the way back are the first step's.
        let returning =
            isLast && index > 0
            ? HTML.arrow(
                Point(x: lane(0, reverse: true), y: y(2 * layer + 1) - measures.cellHeight / 2),
                Point(x: lane(0, reverse: true), y: joint), Point(x: x - NetworkMeasures.jointSize.width / 2, y: joint),
                quantity: "h")
            : fromCell(index, layer, reverse: true, to: joint + NetworkMeasures.jointSize.height / 2)
        return [
            fromCell(index, layer, reverse: false, to: joint + NetworkMeasures.jointSize.height / 2), returning,
            .arrow(Point(x: x, y: joint - NetworkMeasures.jointSize.height / 2), Point(x: x, y: outputY), quantity: "y"),
            self.joint(index, joint), label,
        ]
    }

    /// The output before, which comes in from below.
    private func fed(_ index: Int) -> [HTML] {
        let between = x(index) - measures.pitch / 2
        let way = [
            Point(x: x(index - 1) + 12, y: outputY - 8), Point(x: between, y: outputY - 8), Point(x: between, y: returnY),
        ]
        let bridges = rows.map { HTML.bridge(at: Point(x: between, y: y($0))) }
        guard columns[index].step == nil else {
            return bridges + enter(index, from: way + [Point(x: x(index), y: returnY)], "y", class: "wire fed")
        }
        // The outputs of the steps that were left out come and go as dots.
        let end = way + [Point(x: x(index) - 12, y: returnY)]
        return bridges + [
            .wire(end, hasHead: true, class: "wire fed", data: .attribute("data-quantity", "y")),
            .text("⋯", at: Point(x: x(index), y: outputY - 4), .middle, class: "quiet"),
            .text("⋯", at: Point(x: x(index), y: returnY + 4), .middle, class: "quiet"),
        ]
    }

    // MARK: Wires of a column

    private func below(_ row: Int) -> Double { y(row) + measures.cellHeight / 2 }

    /// Straight up from a cell of a network that reads one way.
    private func lift(_ x: Double, above row: Int, to end: Double, _ quantity: String) -> HTML {
        .arrow(Point(x: x, y: y(row) - measures.cellHeight / 2), Point(x: x, y: end), quantity: quantity)
    }

    /// Into a cell of a layer that reads both ways; what goes to the upper one crosses the states of the lower one.
    private func intoCell(
        _ index: Int, _ layer: Int, reverse: Bool, from points: [Point], _ quantity: String, class className: String = "wire"
    ) -> [HTML] {
        let lane = lane(index, reverse: reverse), row = 2 * layer + (reverse ? 1 : 0)
        let way = points + [Point(x: lane, y: below(row))]
        return (reverse ? [.bridge(at: Point(x: lane, y: y(row - 1)))] : [])
            + [.wire(way, hasHead: true, class: className, data: .attribute("data-quantity", quantity))]
    }

    /// Out of a cell of a layer that reads both ways; what comes from the lower one crosses the states of the upper one.
    private func fromCell(_ index: Int, _ layer: Int, reverse: Bool, to end: Double) -> HTML {
        let lane = lane(index, reverse: reverse), row = 2 * layer + (reverse ? 1 : 0)
        return HTML {
            if !reverse { HTML.bridge(at: Point(x: lane, y: y(row + 1))) }
            HTML.arrow(Point(x: lane, y: y(row) - measures.cellHeight / 2), Point(x: lane, y: end), quantity: "h")
        }
    }

    /// What joins the states of both directions.
    private func joint(_ index: Int, _ y: Double) -> HTML {
        let corner = Point(x: x(index) - NetworkMeasures.jointSize.width / 2, y: y - NetworkMeasures.jointSize.height / 2)
        return HTML {
            HTML.rectangle(
                at: corner, width: NetworkMeasures.jointSize.width, height: NetworkMeasures.jointSize.height, radius: 9,
                class: "node joint")
            text("[h→; h←]", at: Point(x: x(index), y: y + 4), "h", class: "tick")
        }
    }

    // MARK: Between the columns

    /// The hidden states, handed on from step to step.
    private var states: [HTML] {
        let gaps = (openSides.contains(.left) ? 0 : 1)...(openSides.contains(.right) ? columns.count : columns.count - 1)
        return rows.flatMap { row in gaps.map { state(in: $0, row) } }
    }

    /// - Parameter gap: Before the column of this number.
    private func state(in gap: Int, _ row: Int) -> HTML {
        let start = gap == 0 ? 3 : middle(gap - 1, row).x + halfWidth(gap - 1)
        let end =
            gap == columns.count ? x(gap - 1) + measures.pitch / 2 + measures.margin - 3 : middle(gap, row).x - halfWidth(gap)
        let (left, right) = (Point(x: start, y: y(row)), Point(x: end, y: y(row)))
        return HTML {
            isReverse(row: row) ? HTML.arrow(right, left, quantity: "h") : HTML.arrow(left, right, quantity: "h")
            if let name = stateName(after: gap - 1), gap < columns.count {
                text(name, at: Point(x: (left.x + right.x) / 2 - 2, y: y(row) - 6), "h", class: "tick")
            }
        }
    }

    private static let stateNameRoom = 24.0

    /// `h₁`, in a network of one row whose wires leave room; more of them would hide the rest.
    private func stateName(after column: Int) -> String? {
        guard rows.count == 1, measures.pitch - measures.cellWidth >= Self.stateNameRoom, columns.indices.contains(column),
            !columns.contains(where: { $0.isFed })
        else { return nil }
        return columns[column].step.map { "h" + Self.subscript($0) }
    }

    /// Of a cell, or of the dots in a gap.
    private func halfWidth(_ column: Int) -> Double { columns[column].step == nil ? 10 : measures.cellWidth / 2 }

    private var names: [HTML] {
        guard network.arrangement == .encoderDecoder else { return [] }
        return [(NetworkColumn.Part.encoder, words.encoder), (.decoder, words.decoder)].compactMap { part, name in
            let places = columns.indices.filter { columns[$0].part == part }
            guard let first = places.first, let last = places.last else { return nil }
            let isFed = places.contains { columns[$0].isFed }
            let y = part == .encoder ? top - 8 : isFed ? returnY - 6 : base - 6
            let x = part == .decoder && isFed ? x(first) : (x(first) + x(last)) / 2
            return .text(name, at: Point(x: x, y: y), .middle, class: "axis-label")
        }
    }

    private func text(_ text: String, at point: Point, _ quantity: String, class className: String? = nil) -> HTML {
        HTML(
            .text, .class(className), .attribute("x", point.x.coordinate), .attribute("y", point.y.coordinate),
            .attribute("text-anchor", HTML.Anchor.middle.rawValue), .attribute("data-quantity", quantity)
        ) { text }
    }

    /// Formulas count steps from 1: h₀ is the state before the first.
    private static func `subscript`(_ step: Int?) -> String {
        let digits = Array("₀₁₂₃₄₅₆₇₈₉")
        return step.map { ($0 + 1).description.utf8.map { String(digits[Int($0 - UInt8(ascii: "0"))]) }.joined() } ?? ""
    }
}
