import Recurrent

/// Draws any cell from the bottom to the top: what enters at the bottom, each node above all that it reads, what leaves
/// at the top. Between two rows of nodes lies a channel where the wires turn, each on a track of its own.
struct LayeredCellLayout {
    private let diagram: CellDiagram
    private let room: (CellDiagram.Node) -> CellLayout.LabelRoom
    private var rows: [[Item]] = []
    private var width = 0.0

    /// What takes a place in a row: a node, or a wire that passes.
    private struct Item {
        /// The node's, or of a passing wire that of the node whose result it carries.
        let id: String
        var node: CellDiagram.Node?
        var ports: [Port] = []
        var width = 0.0
        var height = 0.0
        /// How far its place reaches to either side of its middle, with the space around it.
        var reach = (left: gap, right: gap)
        var x = 0.0

        /// Whether what it makes depends on the order of its wires.
        var isOrdered: Bool { node.map { $0.kind == .operation && ($0.label == "−" || $0.label == "÷") } ?? false }
        /// How many others it outweighs: a long wire that bends is seen sooner than a node that stands aside.
        var weight: Int { node == nil ? 4 : 1 }
    }

    /// Where a wire enters an item.
    private struct Port {
        let source: String
        /// nil on the way.
        let wire: Int?
        /// From the item's middle.
        var offset = 0.0
    }

    init(_ diagram: CellDiagram, room: @escaping (CellDiagram.Node) -> CellLayout.LabelRoom) {
        self.diagram = diagram
        self.room = room
        fillRows()
        order()
        for row in rows.indices { for place in rows[row].indices { measure(row: row, place: place) } }
        align()
        straighten()
        center()
    }

    // MARK: Rows

    private mutating func fillRows() {
        var row: [String: Int] = [:]
        for node in diagram.nodes {
            // What needs nothing stands above the entries, for it is none.
            let least = node.kind == .entry ? 0 : 1
            row[node.id] = diagram.wires.filter { $0.to == node.id }.map { row[$0.from]! + 1 }.max() ?? least
        }
        let last = row.values.max() ?? 0
        for node in diagram.nodes where node.kind == .exit { row[node.id] = last }
        rows = Array(repeating: [], count: last + 1)
        for node in diagram.nodes {
            let ports = diagram.wires.indices.filter { diagram.wires[$0].to == node.id }
                .map { Port(source: diagram.wires[$0].from, wire: $0) }
            rows[row[node.id]!].append(Item(id: node.id, node: node, ports: ports))
            let highest = diagram.wires.filter { $0.from == node.id }.map { row[$0.to]! }.max() ?? 0
            for passed in row[node.id]! + 1..<max(highest, row[node.id]! + 1) {
                rows[passed].append(Item(id: node.id, node: nil, ports: [Port(source: node.id, wire: nil)]))
            }
        }
    }

    // MARK: Order

    /// Each item goes to the middle of its neighbours, up and down in turns; the order with the fewest crossings is kept.
    private mutating func order() {
        var (best, least) = (rows, crossings)
        for sweep in 0..<16 where least > 0 {
            if sweep.isMultiple(of: 2) {
                for row in rows.indices.dropFirst() { sort(row, by: rows[row].map { sources(of: $0, in: row - 1) }) }
            } else {
                for row in rows.indices.dropLast().reversed() {
                    sort(row, by: rows[row].map { readers(of: $0, in: row + 1) })
                }
            }
            swapNeighbours()
            if crossings < least { (best, least) = (rows, crossings) }
        }
        rows = best
    }

    private mutating func sort(_ row: Int, by neighbours: [[Int]]) {
        let keys = neighbours.enumerated().map { place, places in
            places.isEmpty ? Double(place) : Double(places.reduce(0, +)) / Double(places.count)
        }
        rows[row] = zip(keys, rows[row].indices).sorted { $0 < $1 }.map { rows[row][$0.1] }
    }

    private mutating func swapNeighbours() {
        for row in rows.indices {
            for place in rows[row].indices.dropFirst() {
                let before = crossings
                rows[row].swapAt(place - 1, place)
                if crossings >= before { rows[row].swapAt(place - 1, place) }
            }
        }
    }

    private func sources(of item: Item, in row: Int) -> [Int] {
        item.ports.compactMap { port in rows[row].firstIndex { $0.id == port.source } }
    }

    private func readers(of item: Item, in row: Int) -> [Int] {
        rows[row].indices.filter { rows[row][$0].ports.contains { $0.source == item.id } }
    }

    private var crossings: Int {
        rows.indices.dropFirst().reduce(0) { count, row in
            let edges = rows[row].indices.flatMap { place in
                // Where the wires come in order, they must not cross at the node either.
                zip(0..., sources(of: rows[row][place], in: row - 1)).map { port, source in
                    (source, Double(place) + (rows[row][place].isOrdered ? Double(port) / 8 : 0))
                }
            }
            return count
                + edges.indices.reduce(0) { count, index in
                    count
                        + edges[..<index].count { edge in
                            let (from, to) = edges[index]
                            return (edge.0 < from && edge.1 > to) || (edge.0 > from && edge.1 < to)
                        }
                }
        }
    }

    // MARK: Sizes

    private mutating func measure(row: Int, place: Int) {
        var item = rows[row][place]
        guard let node = item.node else { return }
        if row > 0, !item.isOrdered {
            let places = sources(of: item, in: row - 1)
            item.ports = zip(places, item.ports.indices).sorted { $0 < $1 }.map { item.ports[$0.1] }
        }
        var offset = 0.0
        for index in item.ports.indices {
            item.ports[index].offset = offset
            offset += Self.portSpacing + markRoom(item.ports[index])
        }
        let span = item.ports.last?.offset ?? 0
        for index in item.ports.indices { item.ports[index].offset -= (span / 2).rounded(.down) }
        let written = isLabelled(node, row) ? max(room(node).letter, room(node).value).rounded(.up) : 0
        switch node.kind {
        case .entry, .exit:
            item.reach = ((written / 2).rounded(.up) + Self.gap, (written / 2).rounded(.up) + Self.gap)
        case .operation, .function, .affine, .constant:
            let isSign = node.kind == .operation
            let label = isSign ? 0 : node.label.subscriptedText.widthInEms * 12 + 14
            item.width = 2 * (max(isSign ? 18 : 32, label, span + 14) / 2).rounded(.up)
            item.height = isSign ? 18 : 24
            let marked = item.ports.last.map { $0.offset + markRoom($0) } ?? 0
            item.reach = (item.width / 2 + Self.gap, max(item.width / 2, Self.labelOffset + written, marked) + Self.gap)
        }
        rows[row][place] = item
    }

    private func markRoom(_ port: Port) -> Double {
        let mark = port.wire.map { diagram.wires[$0].mark } ?? ""
        return mark.isEmpty ? 0 : (mark.widthInEms * 12 + 4).rounded(.up)
    }

    /// What leaves from the row below the exits is written there.
    private func isLabelled(_ node: CellDiagram.Node, _ row: Int) -> Bool {
        let leaves = rows[rows.count - 1].contains { exit in exit.ports.contains { $0.source == node.id } }
        return room(node).lineCount > 0 && !(row == rows.count - 2 && leaves)
    }

    private static let gap = 7.0
    private static let labelOffset = 5.0
    private static let portSpacing = 12.0
    private static let trackSpacing = 10.0

    // MARK: Places

    /// Each item goes straight above or below a neighbour where its own neighbours in the row leave room.
    private mutating func align() {
        for row in rows.indices { settle(row, at: rows[row].map { _ in 0 }) }
        for _ in 0..<12 {
            for row in rows.indices.dropLast().reversed() {
                settle(
                    row,
                    at: rows[row].map { item in
                        median(entrances(of: item.id, in: row + 1)) ?? item.x
                    })
            }
            for row in rows.indices.dropFirst() {
                settle(
                    row,
                    at: rows[row].map { item in
                        median(
                            item.ports.compactMap { port in
                                rows[row - 1].first { $0.id == port.source }.map { $0.x - port.offset }
                            }) ?? item.x
                    })
            }
        }
    }

    /// Lets a wire that would turn by a few pixels go straight on, into its box a little aside or to an exit put aside.
    private mutating func straighten() {
        for row in rows.indices.dropFirst() {
            for place in rows[row].indices {
                for index in rows[row][place].ports.indices {
                    let item = rows[row][place], port = item.ports[index]
                    let distance = rows[row - 1].first { $0.id == port.source }!.x - item.x - port.offset
                    if item.node?.kind == .exit {
                        if abs(distance) <= Self.gap { rows[row][place].x += distance }
                    } else if item.node != nil, isFree(port.offset + distance, index, in: item) {
                        rows[row][place].ports[index].offset += distance
                    }
                }
            }
        }
    }

    private func isFree(_ offset: Double, _ index: Int, in item: Item) -> Bool {
        let corner = item.node?.kind == .operation ? 4.0 : 6
        guard abs(offset) <= item.width / 2 - corner, offset + markRoom(item.ports[index]) <= item.reach.right - Self.gap
        else { return false }
        return item.ports.indices.allSatisfy { other in
            let port = item.ports[other]
            return other == index || other < index && offset - port.offset >= Self.portSpacing + markRoom(port)
                || other > index && port.offset - offset >= Self.portSpacing + markRoom(item.ports[index])
        }
    }

    private mutating func center() {
        let left = rows.joined().map { $0.x - $0.reach.left }.min() ?? 0
        let right = rows.joined().map { $0.x + $0.reach.right }.max() ?? 0
        width = right - left + 2 * Self.gap
        let shift = ((width - right - left) / 2).nearestInteger
        for row in rows.indices { for place in rows[row].indices { rows[row][place].x += shift } }
    }

    /// Where the items of a row are entered by what has this source.
    private func entrances(of source: String, in row: Int) -> [Double] {
        rows[row].flatMap { item in item.ports.filter { $0.source == source }.map { item.x + $0.offset } }
    }

    /// Puts a row as near to the wishes as the order and the reach of its items allow.
    private mutating func settle(_ row: Int, at wishes: [Double]) {
        // Without the reaches between them the items only must not overtake one another: those that would, go together.
        var shifts: [Double] = [], blocks: [(wishes: [Double], place: Double)] = []
        for (place, item) in rows[row].enumerated() {
            let shift = place == 0 ? 0 : shifts[place - 1] + rows[row][place - 1].reach.right + item.reach.left
            shifts.append(shift)
            var block = (wishes: Array(repeating: wishes[place] - shift, count: item.weight), place: wishes[place] - shift)
            while let last = blocks.last, last.place > block.place {
                block.wishes += last.wishes
                block.place = median(block.wishes)!
                blocks.removeLast()
            }
            blocks.append(block)
        }
        var shares = blocks.flatMap { block in block.wishes.map { _ in block.place } }[...]
        for place in rows[row].indices {
            rows[row][place].x = shares[shares.startIndex] + shifts[place]
            shares = shares.dropFirst(rows[row][place].weight)
        }
    }

    private func median(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }

    // MARK: The picture

    var layout: CellLayout {
        let channels = rows.indices.dropLast().map { row in
            Channel(
                rows[row].map { item in
                    Channel.Net(id: item.id, start: item.x, ends: entrances(of: item.id, in: row + 1))
                })
        }
        // From the bottom, upwards.
        var middles: [Double] = [], firstTracks: [Double] = []
        var top = 0.0
        for row in rows.indices {
            let height = rows[row].map { $0.height }.max() ?? 0
            if row > 0 {
                let hasMarks = rows[row].contains { $0.ports.contains { markRoom($0) > 0 } }
                let tracks = Double(max(0, channels[row - 1].trackCount - 1)) * Self.trackSpacing
                top = firstTracks[row - 1] + tracks + (hasMarks ? 24 : 16)
            }
            middles.append(top + height / 2)
            top += height
            firstTracks.append(top + 10 + (row == 0 ? 0 : labelHeight(row)))
        }
        let bottom = 14 + labelHeight(0)
        let height = bottom + top + 14 + labelHeight(rows.count - 1)
        func y(_ u: Double) -> Double { height - bottom - u }

        var result = CellLayout(width: width, height: height, frames: [:], lines: [], labels: [])
        // To the top of each item of the row below.
        var paths: [String: [Point]] = [:]
        for row in rows.indices {
            let below = paths
            for item in rows[row] {
                let center = Point(x: item.x, y: y(middles[row]))
                let frame = CellLayout.Frame(center: center, width: item.width, height: item.height)
                if let node = item.node {
                    result.frames[item.id] = frame
                    if isLabelled(node, row) { result.labels.append(label(node, frame)) }
                    paths[item.id] = [Point(x: item.x, y: frame.top)]
                }
                for port in item.ports {
                    let end = Point(x: item.x + port.offset, y: frame.bottom)
                    let turns = channels[row - 1].turns(of: port.source, to: end.x).map { turn in
                        Point(x: turn.x, y: y(firstTracks[row - 1] + Double(turn.track) * Self.trackSpacing))
                    }
                    let path = below[port.source]! + turns + [end]
                    guard let wire = port.wire.map({ diagram.wires[$0] }) else {
                        paths[item.id] = path
                        continue
                    }
                    let points = path.straightened.after(result.lines.filter { $0.sources == [wire.from] })
                    result.lines.append(.init(sources: [wire.from], target: wire.to, mark: wire.mark, points: points))
                }
            }
        }
        return result
    }

    /// Of the labels of a row's nodes, whose lines stand upon one another.
    private func labelHeight(_ row: Int) -> Double {
        let lines = rows[row].map { item in item.node.map { isLabelled($0, row) ? room($0).lineCount : 0 } ?? 0 }.max() ?? 0
        return lines == 0 ? 0 : 12 + Double(lines - 1) * CellLayout.lineHeight
    }

    private func label(_ node: CellDiagram.Node, _ frame: CellLayout.Frame) -> CellLayout.Label {
        let (x, y) = (frame.center.x, frame.center.y)
        let below = Double(max(0, room(node).lineCount - 1)) * CellLayout.lineHeight
        return switch node.kind {
        case .entry: .init(node: node.id, point: Point(x: x, y: y + 16 + below), anchor: .middle, isStacked: true)
        case .exit: .init(node: node.id, point: Point(x: x, y: y - 8), anchor: .middle, isStacked: true)
        default: .init(node: node.id, point: Point(x: x + Self.labelOffset, y: frame.top - 7), isStacked: true)
        }
    }
}

// MARK: - Points

extension [Point] {
    /// Without points between two others on a straight line, or twice the same.
    fileprivate var straightened: [Point] {
        reduce(into: []) { points, point in
            if points.last == point { return }
            if points.count > 1, Segment(start: points[points.count - 2], end: point).isAxial,
                Segment(start: points[points.count - 2], end: point).contains(points[points.count - 1])
            {
                points.removeLast()
            }
            points.append(point)
        }
    }

    /// What is left of a way where it is already drawn up to some point.
    fileprivate func after(_ drawn: [CellLayout.Line]) -> [Point] {
        for index in indices.dropFirst().reversed() {
            let segment = Segment(start: self[index - 1], end: self[index])
            let corners =
                drawn.flatMap { $0.points }.filter { segment.contains($0) }
                + [segment.start].filter { start in drawn.contains { $0.contains(start) } }
            guard let branch = corners.min(by: { $0.distance(to: segment.end) < $1.distance(to: segment.end) })
            else { continue }
            return [branch] + self[index...]
        }
        return self
    }
}

extension Point {
    fileprivate func distance(to other: Point) -> Double { abs(x - other.x) + abs(y - other.y) }
}

extension Segment {
    fileprivate var isAxial: Bool { start.x == end.x || start.y == end.y }
}
