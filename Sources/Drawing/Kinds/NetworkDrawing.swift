import Exhibits

/// A network unrolled over time: a column for each step, a row for each layer and direction.
extension NetworkExhibit: Drawable {
    private static let stepLimit = 12

    private static let mostLayers = 1000

    package var flaw: String? {
        Rule.broken(
            (min(inputs, outputs, layers) >= 1 && Rule.counts(inputs, outputs), "a network has at least one step and one layer"),
            (layers <= Self.mostLayers, "a network has \(layers) layers"))
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "network")) {
            NetworkPicture(self, style.words, stepLimit: Self.stepLimit).picture.html("diagram")
        }
    }
}

/// The layout of one unrolled network.
private struct NetworkPicture {
    /// One step of an encoder or decoder, or a gap for those left out.
    private struct Column {
        enum Part { case encoder, decoder, only }
        var part: Part
        /// nil for a gap.
        var step: Int?
        var hasInput: Bool
        var hasOutput: Bool
        /// Whether the output before is this step's input.
        var isFed: Bool
    }

    private let network: NetworkExhibit
    private let words: ExhibitVocabulary
    private let columns: [Column]

    private let columnWidth = 74.0
    private let rowHeight = 52.0
    private let margin = 34.0
    private let top = 46.0

    init(_ network: NetworkExhibit, _ words: ExhibitVocabulary, stepLimit: Int) {
        self.network = network
        self.words = words
        func columns(_ count: Int, _ part: Column.Part, _ make: (Int) -> (input: Bool, output: Bool, fed: Bool)) -> [Column] {
            Elision.indices(of: count, limit: stepLimit).map { index in
                guard case .shown(let step) = index else {
                    return Column(part: part, step: nil, hasInput: false, hasOutput: false, isFed: false)
                }
                let kind = make(step)
                return Column(part: part, step: step, hasInput: kind.input, hasOutput: kind.output, isFed: kind.fed)
            }
        }
        self.columns =
            switch network.arrangement {
            case .manyToMany: columns(network.inputs, .only) { _ in (true, true, false) }
            case .manyToOne: columns(network.inputs, .only) { (true, $0 == network.inputs - 1, false) }
            case .oneToMany: columns(network.outputs, .only) { ($0 == 0, true, $0 > 0) }
            case .encoderDecoder:
                columns(network.inputs, .encoder) { _ in (true, false, false) }
                    + columns(network.outputs, .decoder) { (false, true, $0 > 0) }
            }
    }

    var picture: Picture {
        let width = 2 * margin + Double(columns.count) * columnWidth
        return Picture(
            width: width, height: bottom + 40, title: words.layers.network(network), description: "", isFluid: width <= 400,
            content: columns.indices.flatMap { column($0) } + states + names)
    }

    private var rowCount: Int { network.layers * (network.isBidirectional ? 2 : 1) }
    private var bottom: Double { top + Double(rowCount) * rowHeight }

    private func x(_ column: Int) -> Double { margin + (Double(column) + 0.5) * columnWidth }

    /// Of the middle of a row; the first layer is the lowest.
    private func y(_ row: Int) -> Double { bottom - (Double(row) + 0.5) * rowHeight }

    private func isReverse(row: Int) -> Bool { network.isBidirectional && row % 2 == 1 }

    // MARK: Columns

    private func column(_ index: Int) -> [HTML] {
        let column = columns[index], x = x(index)
        guard let step = column.step else {
            return (0..<rowCount).map { .text("⋯", at: Point(x: x, y: y($0) + 4), .middle, class: "quiet") }
        }
        let cells = (0..<rowCount).map { row in
            HTML.box(
                network.cell.fitting(ems: 3.6), center: Point(x: x, y: y(row)), width: 48, height: 26,
                class: isReverse(row: row) ? "block reverse" : column.part == .decoder ? "block decoder" : "block")
        }
        return cells + upward(column, x) + ends(column, index, step, x)
    }

    /// From each layer to the next; the rows of one layer's two directions read and write side by side.
    private func upward(_ column: Column, _ x: Double) -> [HTML] {
        guard network.isBidirectional else {
            return (1..<max(1, network.layers)).map { row in
                .arrow(Point(x: x, y: y(row - 1) - 13), Point(x: x, y: y(row) + 13))
            }
        }
        return (1..<max(1, network.layers)).map { layer in
            .arrow(Point(x: x, y: y(2 * layer - 1) - 13), Point(x: x, y: y(2 * layer) + 13))
        }
    }

    private func ends(_ column: Column, _ index: Int, _ step: Int, _ x: Double) -> [HTML] {
        var parts: [HTML] = []
        let highest = y(rowCount - 1) - 13
        if column.hasInput {
            parts += [
                .arrow(Point(x: x, y: bottom + 14), Point(x: x, y: y(0) + 13)),
                .text("x" + Self.subscript(step), at: Point(x: x, y: bottom + 28), .middle),
            ]
            if network.isBidirectional {
                parts.append(.arrow(Point(x: x - 30, y: bottom + 8), Point(x: x - 30, y: y(1)), Point(x: x - 24, y: y(1))))
            }
            if network.isBidirectional { parts.append(.wire(Point(x: x - 30, y: bottom + 8), Point(x: x, y: bottom + 8))) }
        }
        if column.hasOutput {
            parts += [
                .arrow(Point(x: x, y: highest), Point(x: x, y: 24)),
                .text("y" + Self.subscript(network.arrangement == .manyToOne ? nil : step), at: Point(x: x, y: 17), .middle),
            ]
            if network.isBidirectional {
                let lower = y(rowCount - 2)
                parts.append(
                    .wire(Point(x: x + 24, y: lower), Point(x: x + 30, y: lower), Point(x: x + 30, y: 30), Point(x: x, y: 30)))
            }
        }
        if column.isFed {
            parts.append(
                .arrow(
                    Point(x: x - columnWidth, y: 30), Point(x: x - columnWidth / 2, y: 30),
                    Point(x: x - columnWidth / 2, y: bottom + 8),
                    Point(x: x, y: bottom + 8), Point(x: x, y: y(0) + 13), class: "wire fed"))
        }
        return parts
    }

    // MARK: Between the columns

    /// The hidden states, handed on from step to step.
    private var states: [HTML] {
        (0..<rowCount).flatMap { row in
            (0...columns.count).map { gap -> HTML in
                let start = gap == 0 ? x(0) - columnWidth / 2 - 10 : x(gap - 1) + 24
                let end = gap == columns.count ? x(gap - 1) + columnWidth / 2 + 10 : x(gap) - 24
                let (left, right) = (Point(x: start, y: y(row)), Point(x: end, y: y(row)))
                return isReverse(row: row) ? .arrow(right, left, class: "wire") : .arrow(left, right)
            }
        }
    }

    private var names: [HTML] {
        guard network.arrangement == .encoderDecoder else { return [] }
        return [(Column.Part.encoder, words.layers.encoder), (.decoder, words.layers.decoder)].compactMap { part, name in
            let places = columns.indices.filter { columns[$0].part == part }
            guard let first = places.first, let last = places.last else { return nil }
            let height = part == .encoder ? top - 2 : bottom + 28
            return .text(name, at: Point(x: (x(first) + x(last)) / 2, y: height), .middle, class: "axis-label")
        }
    }

    private static func `subscript`(_ step: Int?) -> String {
        let digits = Array("₀₁₂₃₄₅₆₇₈₉")
        return step.map { $0.description.utf8.map { String(digits[Int($0 - UInt8(ascii: "0"))]) }.joined() } ?? ""
    }
}
