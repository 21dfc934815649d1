import Exhibits
import Recurrent

/// The sentence that opens a chart: what its data say at once, and nothing that they do not bear out.
struct WayIn {
    /// Parts of one sentence; none where there is nothing to be said.
    private(set) var parts: [String]

    /// Says that what was told does not hold for all data.
    private mutating func leaveOut(_ isPart: Bool, _ words: WayInVocabulary) {
        if isPart, !parts.isEmpty { parts.append(words.leavesOut) }
    }

    func html(_ words: WayInVocabulary) -> HTML {
        let sentence = (parts.isEmpty ? [words.nothing] : parts).joined(separator: words.pause) + words.stop
        return HTML(.p, .class("way-in")) { words.isChinese ? sentence.closedUp : sentence }
    }
}

/// Which of some named values are the greatest and which the least, as far as the digits that are shown tell.
private struct Ranking {
    struct End {
        var names: [String]
        var value: Double
        /// Of how many.
        var count: Int

        /// All names, or how many where a sentence would be full of them.
        func list(_ words: WayInVocabulary) -> String {
            names.count > 3 ? words.several(names.count, count) : names.joined(separator: words.comma)
        }
    }

    var top: End
    /// nil where all values are equal.
    var bottom: End?

    /// nil where there is no value.
    init?(_ values: [(name: String, value: Double)]) {
        guard let greatest = values.max(by: { $0.value < $1.value }), let least = values.min(by: { $0.value < $1.value })
        else { return nil }
        func end(_ value: Double) -> End {
            End(names: values.filter { $0.value.looks(like: value) }.map { $0.name }, value: value, count: values.count)
        }
        top = end(greatest.value)
        bottom = top.names.count == values.count ? nil : end(least.value)
    }
}

extension [ChartPlane.Values] {
    /// A line that was given from right to left is read as it is seen.
    fileprivate var fromLeftToRight: Self { zip(self, dropFirst()).allSatisfy { $0.x > $1.x } ? reversed() : self }
}

extension String {
    /// A name of several words would be read as a part of the sentence around it.
    fileprivate var quotedAsName: String { contains { $0 == " " || $0 == "," } ? "“\(self)”" : self }

    /// Without the spaces between Chinese characters, which names in the middle of a sentence leave there; a name in quotation
    /// marks keeps its own.
    fileprivate var closedUp: String {
        let characters = Array(self)
        var isQuoted = false
        return String(
            characters.enumerated().filter { index, character in
                isQuoted = character == "“" || isQuoted && character != "”"
                guard character == " ", !isQuoted, index > 0, index + 1 < characters.count else { return true }
                return !(characters[index - 1].isChinese && characters[index + 1].isChinese)
            }.map { $0.element })
    }
}

extension Character {
    /// Whether it is a Chinese character or one of the marks that are as wide.
    fileprivate var isChinese: Bool { isIdeographic || self == "“" || self == "”" }
}

extension Double {
    /// Whether both are written with the same digits.
    fileprivate func looks(like other: Double) -> Bool {
        NumberFormat.significant.format(self).plainText == NumberFormat.significant.format(other).plainText
    }
}

// MARK: - Lines

extension WayIn {
    /// The course of one line, or how several end.
    init(_ lines: LinesExhibit, _ words: WayInVocabulary) {
        let drawn = lines.series.map { series in
            (
                name: series.name, points: series.points.filter(lines.hasPlace),
                // A line that leads out of the chart does not end there.
                endsHere: series.points.last.map(lines.hasPlace) ?? false
            )
        }.filter { !$0.points.isEmpty }
        defer { leaveOut(lines.series.contains { !$0.points.allSatisfy(lines.hasPlace) }, words) }
        if drawn.count == 1 {
            let name = drawn[0].name.isEmpty ? (lines.y.label.isEmpty ? words.line : lines.y.label) : drawn[0].name.quotedAsName
            parts = Self.course(name, drawn[0].points, words)
            return
        }
        let whole = drawn.filter { $0.endsHere }
        let ends = (whole.isEmpty ? drawn : whole).compactMap { line in
            line.points.fromLeftToRight.last.map { (name: line.name.quotedAsName, value: $0.y) }
        }
        guard let ranking = Ranking(ends) else { parts = []; return }
        let top = ranking.top
        parts =
            ranking.bottom.map { bottom in
                [
                    words.endsHighest(top.list(words), top.names.count, top.value.briefly),
                    words.endsLowest(bottom.list(words), bottom.names.count, bottom.value.briefly),
                ]
            } ?? [words.allEnd(ends.count, top.value.briefly)]
    }

    /// - Parameter points: At least one.
    private static func course(_ name: String, _ points: [ChartPlane.Values], _ words: WayInVocabulary) -> [String] {
        let points = points.fromLeftToRight
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

// MARK: - Bars

extension WayIn {
    /// The largest bar, and how many times the smallest it is.
    init(_ bars: BarsExhibit, _ format: NumberFormat, _ words: WayInVocabulary) {
        let finite = bars.bars.filter { $0.value.isFinite }
        // Bars without names of their own are called by their places.
        let arePlaces = zip(0..., bars.bars).allSatisfy { $0.description == $1.name }
        let values = finite.map { (name: arePlaces ? words.bar($0.name) : $0.name.quotedAsName, value: $0.value) }
        let number = { (value: Double) in format.format(value).plainText }
        guard let ranking = Ranking(values) else { parts = []; return }
        let top = ranking.top
        defer { leaveOut(finite.count < bars.bars.count, words) }
        guard let bottom = ranking.bottom else {
            let value = number(top.value)
            parts = [values.count == 1 ? words.oneBar(values[0].name, value) : words.allBars(values.count, value)]
            return
        }
        let largest = words.largest(top.list(words), top.names.count, number(top.value))
        let factor = top.value / bottom.value
        if bottom.value > 0, factor.isFinite {
            parts = [largest + words.timesSmallest(factor.briefly, bottom.list(words), bottom.names.count)]
        } else {
            parts = [largest, words.smallest(bottom.list(words), bottom.names.count, number(bottom.value))]
        }
    }
}

// MARK: - Points

extension WayIn {
    /// Whether the points of one series rise, or how the means of several lie.
    init(_ scatter: ScatterExhibit, _ words: WayInVocabulary) {
        let drawn = scatter.series.map { series in (name: series.name.quotedAsName, points: series.points.filter(scatter.hasPlace))
        }
        .filter { !$0.points.isEmpty }
        defer { leaveOut(scatter.series.contains { !$0.points.allSatisfy(scatter.hasPlace) }, words) }
        let x = scatter.x.label.isEmpty ? "x" : scatter.x.label
        let y = scatter.y.label.isEmpty ? "y" : scatter.y.label
        if drawn.count == 1 {
            parts = Self.tendency(drawn[0], x, y, words)
        } else {
            parts = Self.means(drawn, x, y, words)
        }
    }

    private static func tendency(
        _ series: (name: String, points: [ChartPlane.Values]), _ x: String, _ y: String, _ words: WayInVocabulary
    ) -> [String] {
        let points = series.points
        guard points.count > 1 else { return [words.onePoint(series.name, points[0].y.briefly, points[0].x.briefly)] }
        guard points.count > 2 else { return [words.fewPoints(points.count)] }
        guard let correlation = rankCorrelation(points) else {
            return points.allSatisfy { $0.y == points[0].y }
                ? [words.stays(y, points[0].y.briefly)] : [words.stays(x, points[0].x.briefly)]
        }
        let relation =
            switch correlation {
            case 0.7...: words.risesWith
            case 0.3...: words.tendsToRiseWith
            case ...(-0.7): words.fallsWith
            case ...(-0.3): words.tendsToFallWith
            default: words.hardlyGoesWith
            }
        return [relation(y, x), words.rankCorrelation(correlation.briefly, points.count)]
    }

    /// Spearman's: 1 where y rises whenever x does, on whatever scale. nil where x or y is constant.
    private static func rankCorrelation(_ points: [ChartPlane.Values]) -> Double? {
        let (x, y) = (centredRanks(points.map { $0.x }), centredRanks(points.map { $0.y }))
        func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let size = (product(x, x) * product(y, y)).squareRoot()
        return size > 0 ? max(-1, min(1, product(x, y) / size)) : nil
    }

    /// Each value's place among all, equal values at the mean of theirs, less the mean place.
    private static func centredRanks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = Array(repeating: 0.0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + end - values.count) / 2 }
            start = end
        }
        return ranks
    }

    private static func means(
        _ drawn: [(name: String, points: [ChartPlane.Values])], _ x: String, _ y: String, _ words: WayInVocabulary
    ) -> [String] {
        let along = { (coordinate: (ChartPlane.Values) -> Double) in
            drawn.map { series in
                // Divided before they are added: the sum of huge numbers is none.
                (name: series.name, value: series.points.reduce(0) { $0 + coordinate($1) / Double(series.points.count) })
            }
        }
        // Along the axis on which the means lie farther apart, measured by the room that the points take there.
        let all = drawn.flatMap { $0.points }
        func reach(_ values: [Double]) -> Double { (values.max() ?? 0) / 2 - (values.min() ?? 0) / 2 }
        func apart(_ coordinate: (ChartPlane.Values) -> Double) -> Double {
            let room = reach(all.map(coordinate))
            return room > 0 ? reach(along(coordinate).map { $0.value }) / room : 0
        }
        let isAcross = apart { $0.x } > apart { $0.y }
        guard let ranking = Ranking(along { isAcross ? $0.x : $0.y }) else { return [] }
        let (top, label) = (ranking.top, isAcross ? x : y)
        guard let bottom = ranking.bottom else { return [words.sameMean(drawn.count, label, top.value.briefly)] }
        return [
            words.greatestMean(top.list(words), top.names.count, label, top.value.briefly),
            words.leastMean(bottom.list(words), bottom.names.count, label, bottom.value.briefly),
        ]
    }
}

// MARK: - Histograms

extension WayIn {
    /// The fullest bin of one series, or how the medians of several lie.
    init(_ histogram: HistogramExhibit, _ words: WayInVocabulary) {
        let drawn = histogram.series.filter { $0.median != nil }
        defer { leaveOut(histogram.series.contains { !$0.undrawn.isEmpty }, words) }
        if drawn.count == 1, let least = drawn[0].least {
            let (counts, total) = (drawn[0].counts, drawn[0].counts.reduce(0, +))
            if least == drawn[0].greatest { parts = [words.allValues(total, least.briefly)]; return }
            let most = counts.max() ?? 0
            let bin = counts.firstIndex(of: most) ?? 0
            let (from, to) = (histogram.edges[bin].briefly, histogram.edges[bin + 1].briefly)
            let ties = counts.count { $0 == most }
            parts = [ties == 1 ? words.fullestBin(most, total, from, to) : words.fullestBins(ties, most, total, from, to)]
            return
        }
        guard let ranking = Ranking(drawn.compactMap { series in series.median.map { (series.name.quotedAsName, $0) } }) else {
            parts = []
            return
        }
        let top = ranking.top
        parts =
            ranking.bottom.map { bottom in
                [
                    words.greatestMedian(top.list(words), top.names.count, top.value.briefly),
                    words.leastMedian(bottom.list(words), bottom.names.count, bottom.value.briefly),
                ]
            } ?? [words.sameMedian(drawn.count, top.value.briefly)]
    }
}
