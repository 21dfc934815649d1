import Recurrent

/// Where the parts of a cell's diagram are drawn: a place for each node, and lines that together are its wires.
package struct CellLayout: Hashable, Sendable {
    /// Where a node is; its ends are points.
    package struct Frame: Hashable, Sendable {
        package var center: Point
        package var width = 0.0
        package var height = 0.0

        package var left: Double { center.x - width / 2 }
        package var right: Double { center.x + width / 2 }
        package var top: Double { center.y - height / 2 }
        package var bottom: Double { center.y + height / 2 }
    }

    package struct Line: Hashable, Sendable {
        /// The nodes whose results it carries: several where they have been joined, and go the same way from there.
        package var sources: [String]
        /// Where it ends; nil where it is joined with another.
        package var target: String?
        /// What happens to it as it enters: `p_f ⊙`.
        package var mark = ""
        package var points: [Point]
    }

    /// What a wire carries, written beside it.
    package struct Label: Hashable, Sendable {
        /// Whose result it is, or the exit.
        var node: String
        /// Where the text's last baseline begins, is centred or ends.
        var point: Point
        var anchor = HTML.Anchor.start
        /// Whether the letter stands above the value, not before it.
        var isStacked = false
        /// Plain text in place of the name.
        var letter: String?
    }

    /// How wide a letter and its value are; 0 where there is none.
    struct LabelRoom {
        var letter = 0.0
        var value = 0.0

        var lineCount: Int { (letter > 0 ? 1 : 0) + (value > 0 ? 1 : 0) }
    }

    /// From the baseline of a letter to that of the value below it.
    static let lineHeight = 14.0

    package var width: Double
    package var height: Double
    package var frames: [String: Frame]
    package var lines: [Line]
    package var labels: [Label]
}

extension CellLayout {
    /// Of a standard cell by hand, of every other cell automatically.
    ///
    /// - Parameter room: what is written beside a node needs.
    init(_ diagram: CellDiagram, room: @escaping (CellDiagram.Node) -> LabelRoom) {
        self =
            Self.standard.first { $0.layout.draws(diagram, signs: $0.signs) }?.layout
            ?? LayeredCellLayout(diagram, room: room).layout
    }

    /// The same read from right to left: what comes from the step read before comes from the right.
    var mirrored: CellLayout {
        func flip(_ point: Point) -> Point { Point(x: width - point.x, y: point.y) }
        var layout = self
        for id in frames.keys { layout.frames[id]!.center = flip(frames[id]!.center) }
        for index in lines.indices { layout.lines[index].points = lines[index].points.map(flip) }
        for index in labels.indices {
            layout.labels[index].point = flip(labels[index].point)
            layout.labels[index].anchor = labels[index].anchor.opposite
        }
        return layout
    }

    /// Whether it has each node, each wire once, and nothing besides; `signs` are those of the nodes that compute.
    private func draws(_ diagram: CellDiagram, signs: [String: String]) -> Bool {
        guard Set(diagram.nodes.map({ $0.id })) == Set(frames.keys), diagram.wires.allSatisfy({ $0.mark.isEmpty })
        else { return false }
        let operations = diagram.nodes.filter { $0.kind == .operation || $0.kind == .constant }
        guard Dictionary(uniqueKeysWithValues: operations.map { ($0.id, $0.label) }) == signs else { return false }
        return drawnWires == diagram.wires.map { [$0.from, $0.to] }.sorted(by: Self.precedes)
    }

    /// From and to of each wire that is drawn, sorted.
    package var drawnWires: [[String]] {
        lines.flatMap { line in line.target.map { target in line.sources.map { [$0, target] } } ?? [] }
            .sorted(by: Self.precedes)
    }

    private static func precedes(_ a: [String], _ b: [String]) -> Bool { a.lexicographicallyPrecedes(b) }
}

/// A stretch of a line, along an axis.
package struct Segment: Hashable, Sendable {
    package var start: Point
    package var end: Point

    package var isVertical: Bool { start.x == end.x }

    package func contains(_ point: Point) -> Bool {
        isVertical
            ? point.x == start.x && min(start.y, end.y)...max(start.y, end.y) ~= point.y
            : point.y == start.y && min(start.x, end.x)...max(start.x, end.x) ~= point.x
    }
}

extension CellLayout.Line {
    package var segments: [Segment] { zip(points, points.dropFirst()).map { Segment(start: $0, end: $1) } }

    package func contains(_ point: Point) -> Bool { segments.contains { $0.contains(point) } }
}

extension CellLayout {
    /// Where lines begin on others.
    var branches: [Point] {
        var seen: Set<Point> = []
        return lines.indices.compactMap { index in
            let start = lines[index].points[0]
            let isOnAnother = lines.indices.contains {
                $0 != index && lines[$0].points.last != start && lines[$0].contains(start)
            }
            let isOnBorder = lines[index].sources.allSatisfy { frames[$0]!.touches(start) }
            return isOnAnother && !isOnBorder && seen.insert(start).inserted ? start : nil
        }
    }

    /// Whether it ends on a line that goes on another way.
    func joinsFromTheSide(_ line: Line) -> Bool {
        guard line.target == nil, let last = line.segments.last else { return false }
        return lines.contains { $0.points[0] == last.end && $0.segments[0].isVertical != last.isVertical }
    }

    /// Where vertical stretches cross horizontal ones of other wires, and the vertical wire.
    var crossings: [(point: Point, line: Line)] {
        let stretches = lines.flatMap { line in line.segments.map { (line: line, segment: $0) } }
        var crossings: [(point: Point, line: Line)] = []
        for (line, vertical) in stretches where vertical.isVertical {
            for (other, horizontal) in stretches where !horizontal.isVertical && other.sources != line.sources {
                let point = Point(x: vertical.start.x, y: horizontal.start.y)
                guard vertical.crosses(point), horizontal.crosses(point), !crossings.contains(where: { $0.point == point })
                else { continue }
                crossings.append((point, line))
            }
        }
        return crossings.sorted { ($0.point.y, $0.point.x) < ($1.point.y, $1.point.x) }
    }
}

extension Segment {
    /// Whether the point is on it and not at an end.
    fileprivate func crosses(_ point: Point) -> Bool { contains(point) && point != start && point != end }
}

extension CellLayout.Frame {
    /// Whether a point is on the border.
    package func touches(_ point: Point) -> Bool {
        let isWithin = left...right ~= point.x && top...bottom ~= point.y
        return isWithin && (point.x == left || point.x == right || point.y == top || point.y == bottom)
    }
}
