import Exhibits

/// The unrolled network seen from the loss: every gradient of a state, and an arrow for each road by which it comes there, as
/// wide as what comes. Time runs to the right, and so the arrows between steps lead to the left.
struct FlowGraph {
    /// The gradients of the states of one step, in the order in which they are found.
    struct Column {
        var t: Int
        var arrivals: [(line: DerivationExhibit.Line, arrival: DerivationExhibit.Arrival)]
    }

    let columns: [Column]
    let states: [String]
    /// Where a road's equation stands on the page.
    let link: (_ t: Int, _ state: String, _ road: Int) -> String

    private static let columnLimit = 10
    private static let nodeWidth = 62.0
    private static let boxMargin = 7.0
    /// A number and below it the arrow.
    private static let roadSpacing = 22.0
    private static let top = 20.0
    private static let fontSize = 11.0
    private static let widest = 10.0
    /// Where steps are left out, so much room for dots stands between a box and the roads that come from behind them.
    private static let gap = 16.0

    /// nil where no step has the gradient of a state, as an attention's places have none.
    init?(_ backward: [DerivationExhibit.Step], link: @escaping (Int, String, Int) -> String) {
        let all = backward.map { step in
            Column(t: step.t, arrivals: step.lines.compactMap { line in line.arrival.map { (line, $0) } })
        }.filter { !$0.arrivals.isEmpty }.sorted { $0.t < $1.t }
        columns = Elision.indices(of: all.count, limit: Self.columnLimit).compactMap { $0.index.map { all[$0] } }
        states = all.flatMap { $0.arrivals.map { $0.arrival.state } }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        self.link = link
        if columns.isEmpty { return nil }
    }

    var roads: [(t: Int, state: String, road: DerivationExhibit.Road)] {
        columns.flatMap { column in
            column.arrivals.flatMap { arrival in arrival.arrival.roads.map { (column.t, arrival.arrival.state, $0) } }
        }
    }

    func picture(letter: String, title: String, description: String) -> Picture {
        let boxes = columns.indices.flatMap { box($0, letter: letter) }
        let arrows = columns.indices.flatMap { column in
            columns[column].arrivals.flatMap { found in
                zip(0..., found.arrival.roads).compactMap { arrow($1, number: $0, to: found.arrival, column: column) }
            }
        }
        let width = x(columns.count - 1) + Self.nodeWidth / 2 + 40
        let nodes = columns.indices.flatMap { column in columns[column].arrivals.map { node($0.arrival, $0.line, column: column) } }
        return Picture(
            width: width, height: bottom + 34, title: title, description: description, content: boxes + arrows + nodes)
    }

    // MARK: Places

    private var largest: Double { roads.map { $0.road.size }.filter { $0.isFinite }.max() ?? 0 }

    /// Between the middles of two columns: room for the widest number between their boxes.
    private var pitch: Double {
        let widest = roads.map { size($0.road.size).widthInEms }.max() ?? 0
        return Self.nodeWidth + 2 * Self.boxMargin + max(40, widest * Self.fontSize + 10)
    }

    /// As high as the roads need that come from the next step, one below the other.
    private var nodeHeight: Double {
        let most = columns.flatMap { $0.arrivals }.map { $0.arrival.roads.count { $0.isLater } }.max() ?? 1
        return max(36, Double(most) * Self.roadSpacing + 4)
    }

    private func x(_ column: Int) -> Double { Self.nodeWidth / 2 + 12 + Double(column) * pitch }
    private func y(_ row: Int) -> Double { Self.top + 56 + nodeHeight / 2 + Double(row) * (nodeHeight + 40) }
    private func row(_ state: String) -> Int { states.firstIndex(of: state) ?? 0 }
    private func size(_ value: Double) -> String { NumberFormat.short.format(value).plainText }

    /// The lower edge of the boxes, below what comes from a step's own gates.
    private var bottom: Double {
        let hasGates = roads.contains { $0.road.source == .gates && !$0.road.isLater }
        return y(states.count - 1) + nodeHeight / 2 + (hasGates ? 30 : 10)
    }

    // MARK: Parts

    private func box(_ column: Int, letter: String) -> [HTML] {
        let t = columns[column].t, x = x(column)
        let isAfterGap = column > 0 && columns[column - 1].t + 1 < t
        let hasLoss = columns[column].arrivals.contains { $0.arrival.roads.contains { $0.source == .loss } }
        let upper = y(0) - nodeHeight / 2 - 12
        return [
            .rectangle(
                at: Point(x: x - Self.nodeWidth / 2 - Self.boxMargin, y: upper), width: Self.nodeWidth + 2 * Self.boxMargin,
                height: bottom - upper, radius: 6, class: "step-box"),
            .text("\(letter) = \(t)", at: Point(x: x, y: bottom + 18), .middle, class: "tick"),
            hasLoss
                ? HTML(
                    .text, .class("letter"), .attribute("x", x.coordinate), .attribute("y", (Self.top - 6).coordinate),
                    .attribute("text-anchor", HTML.Anchor.middle.rawValue)
                ) { HTML.subscripted("ℒ_{\(t)}") } : .empty,
        ]
            + states.indices.filter { _ in isAfterGap }.map { row in
                .text(
                    "⋯", at: Point(x: x - Self.nodeWidth / 2 - Self.boxMargin - Self.gap / 2, y: y(row) + 4), .middle,
                    class: "quiet")
            }
    }

    private func node(_ arrival: DerivationExhibit.Arrival, _ line: DerivationExhibit.Line, column: Int) -> HTML {
        let center = Point(x: x(column), y: y(row(arrival.state)))
        let t = columns[column].t
        let name = line.left.hasPrefix(#"\delta"#) ? "δ_\(t)" : "∂ℒ/∂\(arrival.state)_\(t)"
        return HTML(
            .g, .class("flow-node"), .attribute("data-t", "\(t)"), .attribute("data-quantity", name.hasPrefix("δ") ? "δ" : nil)
        ) {
            HTML.rectangle(
                at: Point(x: center.x - Self.nodeWidth / 2, y: center.y - nodeHeight / 2), width: Self.nodeWidth,
                height: nodeHeight, radius: 5, class: "block")
            HTML(
                .text, .class("name"), .attribute("x", center.x.coordinate), .attribute("y", (center.y - 3).coordinate),
                .attribute("text-anchor", HTML.Anchor.middle.rawValue)
            ) { HTML.subscripted(name.withBracedSubscripts) }
            HTML.text(size(arrival.size), at: Point(x: center.x, y: center.y + 12), .middle, class: "tick")
        }
    }

    /// A road with its width and its size, which leads to its equation.
    private func arrow(_ road: DerivationExhibit.Road, number: Int, to arrival: DerivationExhibit.Arrival, column: Int) -> HTML? {
        guard let line = line(of: road, number: number, to: arrival, column: column) else { return nil }
        let t = columns[column].t
        let share = largest > 0 && road.size.isFinite ? road.size / largest : 0
        let width = share == 0 ? 1 : max(1, share * Self.widest)
        return HTML(
            .a, .href("#" + link(t, arrival.state, number)),
            .class("flow-road", road.source.rawValue, share == 0 ? "nothing" : nil),
            .attribute("data-t", "\(t)"), .aria("label", "\(size(road.size))")
        ) {
            HTML(
                .path, .class("flow"), .attribute("d", [line.start, line.end].pathCommands),
                .attribute("stroke-width", width.coordinate))
            HTML.path(HTML.head(from: line.start, to: line.tip, size: 5 + width), class: "head")
            HTML.text(size(road.size), at: line.label, line.anchor, class: "tick")
        }
    }

    /// Where an arrow runs: up to its head, and to the tip of that.
    private struct Line {
        var start: Point
        var end: Point
        var tip: Point
        var label: Point
        var anchor: HTML.Anchor
    }

    private func line(of road: DerivationExhibit.Road, number: Int, to arrival: DerivationExhibit.Arrival, column: Int) -> Line? {
        let x = x(column), y = y(row(arrival.state))
        if !road.isLater { return lineWithin(road, to: arrival.state, x, y) }
        // Roads from the next step come in one below the other.
        let count = Double(arrival.roads.count { $0.isLater }), place = Double(arrival.roads[..<number].count { $0.isLater })
        let shift = (place - count / 2) * Self.roadSpacing + Self.roadSpacing / 2 + 5
        let isNext = column + 1 < columns.count && columns[column + 1].t == columns[column].t + 1
        let isFromState = road.source == .state && isNext
        let startY = isFromState ? self.y(row(road.from ?? arrival.state)) : y
        let tip = Point(x: x + Self.nodeWidth / 2, y: y + shift)
        let room = isFromState ? 0 : isNext ? Self.boxMargin : Self.boxMargin + Self.gap
        let start = Point(x: x + pitch - Self.nodeWidth / 2 - room, y: startY + shift)
        let middle = isNext ? x + pitch / 2 : (start.x + tip.x) / 2
        let share = (start.x - middle) / (start.x - tip.x)
        let width = largest > 0 && road.size.isFinite ? road.size / largest * Self.widest : 1
        return Line(
            start: start, end: Point(x: tip.x + 6, y: tip.y), tip: tip,
            label: Point(x: middle, y: start.y + (tip.y - start.y) * share - width / 2 - 3), anchor: .middle)
    }

    private func lineWithin(_ road: DerivationExhibit.Road, to state: String, _ x: Double, _ y: Double) -> Line {
        let half = nodeHeight / 2
        switch road.source {
        case .loss:
            // Past the nodes above it.
            let aside = row(state) == 0 ? 0 : Self.nodeWidth / 2 - 6 * Double(row(state))
            return vertical(x - aside, from: Self.top, to: y - half)
        case .state:
            let from = self.y(row(road.from ?? state))
            return from < y ? vertical(x, from: from + half, to: y - half) : vertical(x + 16, from: from - half, to: y + half)
        case .gates: return vertical(x - 18, from: y + half + 26, to: y + half)
        }
    }

    private func vertical(_ x: Double, from start: Double, to tip: Double) -> Line {
        let end = tip + (start < tip ? -6.0 : 6)
        return Line(
            start: Point(x: x, y: start), end: Point(x: x, y: end), tip: Point(x: x, y: tip),
            label: Point(x: x + 9, y: (start + tip) / 2 + 2), anchor: .start)
    }
}

extension String {
    /// `δ_12` as `δ_{12}`, so that all of a number stands below.
    fileprivate var withBracedSubscripts: String {
        guard let place = lastIndex(of: "_") else { return self }
        return self[...place] + "{" + self[index(after: place)...] + "}"
    }
}
