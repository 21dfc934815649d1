import Exhibits
import Recurrent

/// What line charts say at once: the course of one line, or what several do against one another.
extension WayIn {
    init(_ lines: LinesExhibit, _ words: WayInVocabulary) {
        let drawn = lines.series.map { SeenLine($0, in: lines) }.filter { !$0.points.isEmpty }
        defer { leaveOut(lines.series.contains { !$0.points.allSatisfy(lines.hasPlace) }, words.leavesOut) }
        if drawn.count == 1 {
            let name = drawn[0].name.isEmpty ? (lines.y.label.isEmpty ? words.line : lines.y.label) : drawn[0].name
            parts = Self.course(name, drawn[0].points, words)
        } else {
            parts = LineComparison(drawn, scale: lines.y.scale).parts(words) ?? Self.ends(drawn, lines.y.scale, words)
        }
    }

    /// Which lines end highest and which lowest, with the factor between where it is what an axis of factors shows.
    private static func ends(_ drawn: [SeenLine], _ scale: AxisScale, _ words: WayInVocabulary) -> [String] {
        let whole = drawn.filter { $0.endsHere }
        let ends = (whole.isEmpty ? drawn : whole).compactMap { line in line.points.last.map { (name: line.name, value: $0.y) } }
        guard let ranking = Ranking(ends) else { return [] }
        let top = ranking.top
        guard let bottom = ranking.bottom else { return [words.allEnd(ends.count, top.value.briefly)] }
        let factor = bottom.value > 0 ? top.value / bottom.value : 0
        let isTold = factor.isFinite && factor >= (scale == .logarithmic ? 100 : 1000)
        return [
            words.endsHighest(top.list(words), top.names.count, top.value.briefly),
            words.endsLowest(bottom.list(words), bottom.names.count, bottom.value.briefly)
                + (isTold ? words.factorBelow(factor.briefly) : ""),
        ]
    }

    /// - Parameter points: At least one.
    private static func course(_ name: String, _ points: [ChartPlane.Values], _ words: WayInVocabulary) -> [String] {
        let (first, last) = (points[0], points[points.count - 1])
        guard points.count > 1 else { return [words.onePoint(name, first.y.briefly, first.x.briefly)] }
        guard let least = points.min(by: { $0.y < $1.y }), let greatest = points.max(by: { $0.y < $1.y }) else { return [] }
        if least.y == greatest.y { return [words.stays(name, first.y.briefly)] }
        if least.y.looks(like: greatest.y) { return [words.staysAbout(name, first.y.briefly)] }

        // A turn that leads well beyond both ends is to be seen first. Halves keep differences of huge numbers finite.
        let (below, above) = (min(first.y, last.y) / 2 - least.y / 2, greatest.y / 2 - max(first.y, last.y) / 2)
        let turn = max(below, above) >= (greatest.y / 2 - least.y / 2) / 10
        let isSame = first.y.looks(like: last.y)
        let way = turn || isSame ? words.goes : last.y < first.y ? words.falls : words.rises
        let course = way(name, first.y.briefly, last.y.briefly)
        if turn || isSame {
            let extreme =
                below > above
                ? words.least(least.y.briefly, least.x.briefly) : words.greatest(greatest.y.briefly, greatest.x.briefly)
            return [course, extreme]
        }
        guard let mark = mark(from: first.y, to: last.y),
            let crossing = points.first(where: { last.y < first.y ? $0.y < mark : $0.y > mark })
        else { return [course] }
        let cross = last.y < first.y ? words.firstBelow : words.firstAbove
        return [course, cross(mark.briefly, crossing.x.briefly)]
    }

    /// The last power of ten that is passed on the way between two positive numbers.
    private static func mark(from first: Double, to last: Double) -> Double? {
        guard first > 0, last > 0 else { return nil }
        let power = DecimalNumber(shortest: last).power
        if last < first {
            let above = Double.powerOfTen(power + 1)
            return above < first ? above : nil
        }
        let atMost = Double.powerOfTen(power)
        let below = atMost < last ? atMost : .powerOfTen(power - 1)
        return first < below ? below : nil
    }
}

/// A line as it is seen: from the left to the right, without what has no place in the chart.
struct SeenLine {
    let name: String
    let points: [ChartPlane.Values]
    /// A line that leads out of the chart does not end there.
    let endsHere: Bool

    fileprivate init(_ series: LinesExhibit.Series, in lines: LinesExhibit) {
        name = series.name.quotedAsName
        endsHere = series.points.last.map(lines.hasPlace) ?? false
        let drawn = series.points.filter(lines.hasPlace)
        points = zip(drawn, drawn.dropFirst()).allSatisfy { $0.x > $1.x } ? drawn.reversed() : drawn
    }
}
