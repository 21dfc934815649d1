/// The rectangle in which a chart's points lie; what leads out of it is cut off at its edge.
struct Field {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func contains(_ point: Point) -> Bool {
        (left...right).contains(point.x) && (top...bottom).contains(point.y)
    }

    /// The parts of a line through the points that lie in the field.
    func clipped(line points: [Point]) -> [[Point]] {
        if points.allSatisfy(contains) { return [points] }
        var parts: [[Point]] = []
        for (start, end) in zip(points, points.dropFirst()) {
            guard let (start, end) = clipped(from: start, to: end) else { continue }
            if parts.last?.last == start { parts[parts.count - 1].append(end) } else { parts.append([start, end]) }
        }
        return parts
    }

    /// Liang and Barsky's: between which parts of the way from start to end the point is within every edge.
    private func clipped(from start: Point, to end: Point) -> (Point, Point)? {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        var (entry, exit) = (0.0, 1.0)
        for (speed, room) in [(-dx, start.x - left), (dx, right - start.x), (-dy, start.y - top), (dy, bottom - start.y)] {
            if speed == 0, room < 0 { return nil }
            if speed < 0 { entry = max(entry, room / speed) }
            if speed > 0 { exit = min(exit, room / speed) }
        }
        guard entry <= exit else { return nil }
        func point(_ part: Double) -> Point { Point(x: start.x + part * dx, y: start.y + part * dy) }
        return (entry == 0 ? start : point(entry), exit == 1 ? end : point(exit))
    }

    /// Sutherland and Hodgman's: the polygon, cut along one edge after the other.
    func clipped(polygon corners: [Point]) -> [Point] {
        if corners.allSatisfy(contains) { return corners }
        let edges: [(Point) -> Double] = [{ $0.x - left }, { right - $0.x }, { $0.y - top }, { bottom - $0.y }]
        return edges.reduce(corners) { corners, room in
            zip(corners.indices, corners).flatMap { index, corner -> [Point] in
                let previous = corners[index == 0 ? corners.count - 1 : index - 1]
                let (before, here) = (room(previous), room(corner))
                let part = before / (before - here)
                let crossing = Point(x: previous.x + part * (corner.x - previous.x), y: previous.y + part * (corner.y - previous.y))
                return ((before < 0) != (here < 0) ? [crossing] : []) + (here < 0 ? [] : [corner])
            }
        }
    }
}
