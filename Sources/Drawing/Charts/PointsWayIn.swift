import Exhibits

/// What scatter charts and histograms say at once.

// MARK: - Points

extension WayIn {
    /// Whether the points of one series rise, or how the means of several lie.
    init(_ scatter: ScatterExhibit, _ words: WayInVocabulary) {
        let drawn = scatter.series.map { series in (name: series.name.quotedAsName, points: series.points.filter(scatter.hasPlace))
        }
        .filter { !$0.points.isEmpty }
        defer { leaveOut(scatter.series.contains { !$0.points.allSatisfy(scatter.hasPlace) }, words.leavesOut) }
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
        defer { leaveOut(histogram.series.contains { !$0.undrawn.isEmpty }, words.leavesOut) }
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
