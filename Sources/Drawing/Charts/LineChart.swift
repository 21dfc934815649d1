import Exhibits

/// The layout of one line chart.
struct LineChart {
    private let exhibit: LinesExhibit
    private let words: PictureVocabulary
    private let plane: ChartPlane

    /// More points than this are drawn without a marker on each.
    private static let markedPoints = 24
    /// So many columns are more than a screen can show apart.
    private static let pointLimit = 1000

    init(_ exhibit: LinesExhibit, _ words: PictureVocabulary) {
        self.exhibit = exhibit
        self.words = words
        let edges = exhibit.series.flatMap { series in
            series.band.map { band in
                zip(series.x, zip(band.lower, band.upper)).filter { exhibit.x.hasPlace($0.0) }.flatMap { [$0.1.0, $0.1.1] }
            } ?? []
        }
        plane = ChartPlane(
            x: exhibit.x, y: exhibit.y, points: exhibit.series.flatMap { $0.points }, spread: edges,
            names: exhibit.series.map { $0.name }, leader: exhibit.series.count > 1 ? LineNames.leaderWidth : 0, size: exhibit.size,
            words)
    }

    var picture: Picture {
        let lines = lines
        return Picture(
            width: plane.size.width, height: plane.size.height,
            title: words.titled(exhibit.title, words.lineChart(exhibit.series.map { $0.name }.joined(separator: words.comma))),
            description: description,
            content: plane.frame(isEmpty: lines.isEmpty)
                + (lines.isEmpty ? [] : bands + lines + odd + LineNames(exhibit, plane).html))
    }

    /// Below the picture: the values without a place, and what marks them in it.
    var notes: [String] {
        let marked = exhibit.series.flatMap { $0.points.filter { isBesideDrawn($0.x) }.map { $0.y } }
        let legend = lines.isEmpty ? nil : OddNumber.legend(of: marked, words)
        return exhibit.series.compactMap { plane.undrawn($0.name, $0.points) } + (legend.map { [$0] } ?? [])
    }

    // MARK: Lines

    private var lines: [HTML] {
        zip(0..., exhibit.series).flatMap { index, series -> [HTML] in
            let segments = segments(of: series)
            let parts = segments.filter { $0.count > 1 }.flatMap { plane.field.clipped(line: Self.thinned($0)) }
            let stroke = parts.map { $0.pathCommands }.joined(separator: " ")
            let mark = SeriesMark(index)
            return [("series", stroke), ("marker", markers(of: segments, mark))].filter { !$0.1.isEmpty }
                .map { name, path in
                    HTML(
                        .path, .class(name, mark.className), .attribute("data-quantity", QuantitySymbol.letter(of: series.name)),
                        .attribute("d", path))
                }
        }
    }

    /// Runs of neighbouring points that are on the axes, or beyond their ends.
    private func segments(of series: LinesExhibit.Series) -> [[Point]] {
        series.points.map(plane.point).split { $0 == nil }.map { $0.compactMap { $0 } }
    }

    /// Markers on all points of a short series, else on some; a point without neighbours always has one.
    private func markers(of segments: [[Point]], _ mark: SeriesMark) -> String {
        let points = segments.flatMap { $0 }.filter(plane.field.contains)
        let stride = points.count > Self.markedPoints ? max(1, points.count / 7) : 1
        // Series that lie upon each other have their markers at different places.
        let offset = stride / 2 + (stride > 1 ? mark.index * stride / SeriesMark.count : 0)
        let spread = zip(0..., points).filter { $0.0 % stride == offset % stride }.map { $0.1 }
        let lone = segments.filter { $0.count == 1 }.compactMap { $0.first }
            .filter { plane.field.contains($0) && !spread.contains($0) }
        return (spread + lone).map { mark.outline(at: $0) }.joined(separator: " ")
    }

    /// The same picture from fewer points: of each narrow column the first, the least, the greatest and the last.
    private static func thinned(_ points: [Point]) -> [Point] {
        guard points.count > pointLimit else { return points }
        let size = (points.count * 4 + pointLimit - 1) / pointLimit
        return stride(from: 0, to: points.count, by: size).flatMap { start -> [Point] in
            let column = Array(points[start..<min(start + size, points.count)])
            let places = [
                0, column.indices.min { column[$0].y < column[$1].y }!, column.indices.max { column[$0].y < column[$1].y }!,
                column.count - 1,
            ]
            return Set(places).sorted().map { column[$0] }
        }
    }

    // MARK: Values that are no finite numbers

    /// Whether it lies on the x axis, which ends with the points that are drawn.
    private func isBesideDrawn(_ x: Double) -> Bool {
        exhibit.x.hasPlace(x) && plane.axes.x.scale.lower <= x && x <= plane.axes.x.scale.upper
    }

    /// Above or below the place at which a line has one, at the edge of the field.
    private var odd: [HTML] {
        exhibit.series.compactMap { series in
            let marks = series.points.compactMap { point -> String? in
                guard let number = OddNumber(point.y), isBesideDrawn(point.x) else { return nil }
                let height = number == .infinite ? plane.field.top + 7 : plane.field.bottom - 7
                return number.outline(at: Point(x: plane.axes.x.place(of: point.x), y: height))
            }
            return marks.isEmpty ? nil : .path(marks.joined(), class: "odd")
        }
    }

    // MARK: Bands

    private var bands: [HTML] {
        zip(0..., exhibit.series).compactMap { index, series in
            let outline = outlines(of: series).map { plane.field.clipped(polygon: $0) }.filter { !$0.isEmpty }
                .map { $0.pathCommands + "Z" }.joined(separator: " ")
            return outline.isEmpty ? nil : .path(outline, class: "band \(SeriesMark(index).className)")
        }
    }

    /// Along the upper edge of each run of places and back along the lower one.
    private func outlines(of series: LinesExhibit.Series) -> [[Point]] {
        guard let band = series.band else { return [] }
        let edges = series.x.indices.map { index -> (upper: Point, lower: Point)? in
            guard let upper = plane.point((series.x[index], band.upper[index])) else { return nil }
            // A logarithmic axis has no place for an edge at zero or below: such a band goes beyond all of it.
            let lower = plane.point((series.x[index], band.lower[index]))
            guard lower != nil || band.lower[index] <= 0 else { return nil }
            return (upper, lower ?? Point(x: upper.x, y: plane.bottom + 1))
        }
        return edges.split { $0 == nil }.map { run in
            Self.thinned(run.compactMap { $0?.upper }) + Self.thinned(run.compactMap { $0?.lower }).reversed()
        }
    }

    // MARK: In words

    private var description: String {
        let courses = exhibit.series.flatMap { series -> [String] in
            let drawn = series.points.filter(plane.hasPlace).map { $0.y }
            guard let first = drawn.first, let last = drawn.last, let least = drawn.min(), let greatest = drawn.max() else {
                return [words.emptySeries(series.name)]
            }
            let course = words.course(
                series.name, series.y.count, first.briefly, last.briefly, least.briefly, greatest.briefly)
            return [course] + (series.band?.described(words) ?? [])
        }
        return (plane.ends + courses).joined(separator: " ")
    }
}

extension LinesExhibit.Series {
    var points: [ChartPlane.Values] { Array(zip(x, y)).map { ($0, $1) } }
}

extension LinesExhibit.Band {
    /// Tells its edges at the first and at the last place.
    fileprivate func described(_ words: PictureVocabulary) -> [String] {
        guard let first = zip(lower, upper).first(where: { _ in true }), let low = lower.last, let high = upper.last else {
            return []
        }
        return [words.band(first.0.briefly, first.1.briefly, low.briefly, high.briefly)]
    }
}
