import Exhibits

/// The names beside the ends of a chart's lines: each as near to its own as the others leave it, and where that is not
/// enough to tell whose it is, with a leader.
struct LineNames {
    private struct End {
        var series: Int
        var point: Point
        /// How high the line was before: of lines that end at one place the one that came from above is named above.
        var before: Double
        /// Where the middle of the name stands.
        var height: Double
    }

    private let plane: ChartPlane
    private let names: [WrappedName]
    private let ends: [End]

    /// Between the axis's end and names that are led to.
    static let leaderWidth = 12.0
    private static let gap = 8.0

    init(_ exhibit: LinesExhibit, _ plane: ChartPlane) {
        self.plane = plane
        var ends = zip(0..., exhibit.series).compactMap { Self.end(of: $1, $0, plane) }
        let room = (plane.bottom - ChartPlane.top) / Double(max(1, ends.count))
        let names = exhibit.series.map { $0.name }.wrapped(
            ems: ChartPlane.nameLimit, lines: room >= Self.height(ofLines: 2) ? 2 : 1)
        self.names = names
        ends.sort { ($0.point.y, $0.before, $0.series) < ($1.point.y, $1.before, $1.series) }
        func height(_ end: End) -> Double { Self.height(ofLines: names[end.series].lines.count) }
        let distances = zip(ends, ends.dropFirst()).map { min(room, (height($0) + height($1)) / 2) }
        let heights = ends.map { $0.point.y }.spread(distances, within: ChartPlane.top...plane.bottom)
        for index in ends.indices { ends[index].height = heights[index] }
        self.ends = ends
    }

    /// Of what is drawn of a line the rightmost of its two ends.
    private static func end(of series: LinesExhibit.Series, _ index: Int, _ plane: ChartPlane) -> End? {
        var drawn = series.points.filter(plane.hasPlace)
        if let first = drawn.first, let last = drawn.last, first.x > last.x { drawn.reverse() }
        guard let point = drawn.last.flatMap(plane.point), let before = drawn.suffix(2).first.flatMap(plane.point) else {
            return nil
        }
        return End(series: index, point: point, before: before.y, height: point.y)
    }

    /// What a name of so many lines needs of the height.
    private static func height(ofLines count: Int) -> Double { 2 + HTML.height(ofNameLines: count) }

    var html: [HTML] {
        let led = ends.filter(needsLeader)
        let start = plane.axes.x.end + Self.gap + (led.isEmpty ? 0 : Self.leaderWidth)
        return led.map { leader($0, to: start - 3) }
            + ends.map { .seriesName(names[$0.series], at: Point(x: start, y: $0.height + 4), SeriesMark($0.series)) }
    }

    /// Whether the name stands away from its line's end, or nearer to that of another.
    private func needsLeader(_ end: End) -> Bool {
        guard ends.count > 1 else { return false }
        let distance = abs(end.height - end.point.y)
        let isNearest = ends.allSatisfy { $0.series == end.series || abs(end.height - $0.point.y) > distance }
        return !isNearest || distance > 6 || plane.axes.x.end - end.point.x > 6
    }

    /// Along the height of the line's end to the edge of the field, then to its name.
    private func leader(_ end: End, to x: Double) -> HTML {
        let edge = Point(x: plane.axes.x.end + 2, y: end.point.y)
        let from = Point(x: end.point.x + 5, y: end.point.y)
        let way = (from.x < edge.x ? [from] : []) + [edge, Point(x: x, y: end.height)]
        return HTML(
            .path, .class("leader", SeriesMark(end.series).className),
            .attribute("data-quantity", QuantitySymbol.letter(of: names[end.series].full)), .attribute("d", way.pathCommands))
    }
}

extension [Double] {
    /// Places as near to these ascending ones as may be, by the sum of squares, that keep distances and ends: groups of
    /// neighbours too close to one another stand around the mean of where they should.
    fileprivate func spread(_ distances: [Double], within bounds: ClosedRange<Double>) -> [Double] {
        var offsets = [0.0]
        for distance in distances { offsets.append(offsets[offsets.count - 1] + distance) }
        var groups: [(sum: Double, count: Int)] = []
        for (place, offset) in zip(self, offsets) {
            groups.append((place - offset, 1))
            while groups.count > 1, let last = groups.last, case let before = groups[groups.count - 2],
                before.sum / Double(before.count) > last.sum / Double(last.count)
            {
                groups.removeLast(2)
                groups.append((before.sum + last.sum, before.count + last.count))
            }
        }
        let most = Swift.max(bounds.lowerBound, bounds.upperBound - (offsets.last ?? 0))
        let shifts = groups.flatMap {
            Array(repeating: Swift.min(Swift.max($0.sum / Double($0.count), bounds.lowerBound), most), count: $0.count)
        }
        return zip(shifts, offsets).map { $0 + $1 }
    }
}
