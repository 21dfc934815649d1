import Exhibits
import Recurrent

/// What the eye sees of several lines between their ends: that they part and meet, cross, or that one leaves the rest.
struct LineComparison {
    private typealias Place = (x: Double, values: [Double])

    private let lines: [SeenLine]
    /// Where all lines have a point, from the left to the right, with the value of each; none where a line turns back.
    private let places: [Place]
    private let scale: AxisScale
    /// Of all that is drawn.
    private let (least, greatest): (Double, Double)

    // Parts of the height that is drawn.
    private static let together = 0.01
    private static let near = 0.05
    private static let apart = 0.2
    private static let farApart = 0.5

    init(_ lines: [SeenLine], scale: AxisScale) {
        self.lines = lines
        self.scale = scale
        let values = lines.flatMap { $0.points.map { $0.y } }
        (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
        let runsOn = lines.allSatisfy { line in zip(line.points, line.points.dropFirst()).allSatisfy { $0.x < $1.x } }
        let others = runsOn ? lines.dropFirst().map { Dictionary(uniqueKeysWithValues: $0.points.map { ($0.x, $0.y) }) } : []
        places = (runsOn ? lines.first?.points ?? [] : []).compactMap { point in
            let values = others.compactMap { $0[point.x] }
            return values.count == others.count ? (point.x, [point.y] + values) : nil
        }
    }

    /// nil where the lines' ends say most.
    func parts(_ words: WayInVocabulary) -> [String]? {
        guard places.count > 2, lines.allSatisfy({ $0.endsHere && $0.points.last?.x == places.last?.x }) else {
            return departure(words)
        }
        return meeting(words) ?? crossing(words) ?? departure(words)
    }

    // MARK: Meeting

    /// That lines lie upon one another, or end near one another after having been apart.
    private func meeting(_ words: WayInVocabulary) -> [String]? {
        let gaps = places.map { distance($0.values) }
        guard let widest = gaps.max(), let place = gaps.firstIndex(of: widest), let last = places.last else { return nil }
        let farthest = farthestApart(at: places[place], words)
        if widest < Self.together, lines.allSatisfy({ $0.points.count == places.count }) {
            return [words.lieTogether(lines.count)] + (farthest.map { [$0] } ?? [])
        }
        guard let farthest, widest >= Self.apart, distance(last.values) < Self.near else { return nil }
        let (low, high) = (last.values.min() ?? 0, last.values.max() ?? 0)
        let ends =
            low.looks(like: high)
            ? words.allEnd(lines.count, high.briefly) : words.allEndBetween(lines.count, low.briefly, high.briefly)
        return [ends, farthest]
    }

    /// Names the highest and the lowest line at a place; nil where their values look alike.
    private func farthestApart(at place: Place, _ words: WayInVocabulary) -> String? {
        guard let high = place.values.max(), let low = place.values.min(), !high.looks(like: low),
            let above = place.values.firstIndex(of: high), let below = place.values.firstIndex(of: low)
        else { return nil }
        return words.farthestApart(place.x.briefly, lines[above].name, high.briefly, lines[below].name, low.briefly)
    }

    // MARK: Crossing

    /// Of two lines that change sides once: until where the first is above, and from where on below.
    private func crossing(_ words: WayInVocabulary) -> [String]? {
        guard lines.count == 2, let first = places.first, let last = places.last, first.values[0] != first.values[1] else {
            return nil
        }
        let startsAbove = first.values[0] > first.values[1]
        func isAsAtFirst(_ place: Place) -> Bool {
            startsAbove ? place.values[0] > place.values[1] : place.values[0] < place.values[1]
        }
        let before = places.prefix(while: isAsAtFirst)
        let after = places.dropFirst(before.count).drop { $0.values[0] == $0.values[1] }
        guard let until = before.last, let from = after.first, last.values[0] != last.values[1],
            after.allSatisfy({ $0.values[0] != $0.values[1] && !isAsAtFirst($0) }),
            [Array(before), Array(after)].allSatisfy({ side in side.contains { distance($0.values) >= Self.near } })
        else { return nil }
        let (above, below) = startsAbove ? (lines[0].name, lines[1].name) : (lines[1].name, lines[0].name)
        return [words.crosses(above, below, until.x.briefly, from.x.briefly)]
    }

    // MARK: Leaving the rest

    /// The one line that goes far above or below all others before its end.
    private func departure(_ words: WayInVocabulary) -> [String]? {
        let highest = farthestFromRest { $0 > $1 }, lowest = farthestFromRest { $0 < $1 }
        let isAbove = (highest?.distance ?? 0) >= (lowest?.distance ?? 0)
        guard let farthest = isAbove ? highest : lowest, farthest.distance >= Self.farApart else { return nil }
        let tell = isAbove ? words.leavesUpwards : words.leavesDownwards
        let (name, point) = (lines[farthest.line].name, farthest.point)
        return [
            tell(name, point.y.briefly, point.x.briefly),
            (isAbove ? words.restBelow : words.restAbove)(lines.count - 1, farthest.rest.briefly),
        ]
    }

    /// nil where the farthest point is at an end of its line: it goes nowhere, it is there.
    private func farthestFromRest(
        _ isBeyond: (Double, Double) -> Bool
    ) -> (line: Int, point: ChartPlane.Values, rest: Double, distance: Double)? {
        let extremes = lines.compactMap { line in line.points.max { isBeyond($1.y, $0.y) } }
        guard extremes.count == lines.count, let line = extremes.indices.max(by: { isBeyond(extremes[$1].y, extremes[$0].y) })
        else { return nil }
        let others = extremes.indices.filter { $0 != line }.map { extremes[$0].y }
        guard let rest = others.max(by: { isBeyond($1, $0) }), let first = lines[line].points.first,
            let last = lines[line].points.last, ![first.y, last.y].contains(extremes[line].y)
        else { return nil }
        return (line, extremes[line], rest, distance([rest, extremes[line].y]))
    }

    // MARK: Heights

    /// How far apart the highest and the lowest of these values are drawn, as a part of the height that is used.
    private func distance(_ values: [Double]) -> Double {
        guard let low = values.min(), let high = values.max(), greatest > least else { return 0 }
        // Halves keep differences of huge numbers finite.
        return scale == .logarithmic
            ? (log(high) - log(low)) / (log(greatest) - log(least))
            : (high / 2 - low / 2) / (greatest / 2 - least / 2)
    }
}
