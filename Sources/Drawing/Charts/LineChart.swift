import Exhibits

/// The layout of one line chart.
struct LineChart {
    private let exhibit: LinesExhibit
    private let words: PictureVocabulary
    private let axes: Axes<ValueAxis, ValueAxis>

    private static let width = 380.0
    private static let height = 280.0
    private static let top = 30.0
    private static let bottom = 236.0
    private static let fontSize = 12.0
    /// Of a series' name at the end of its line, in ems.
    private static let nameLimit = 9.0
    /// More points than this are drawn without a marker on each.
    private static let markedPoints = 24
    /// So many columns are more than a screen can show apart.
    private static let pointLimit = 1000

    init(_ exhibit: LinesExhibit, _ words: PictureVocabulary) {
        self.exhibit = exhibit
        self.words = words
        let points = exhibit.series.flatMap { zip($0.x, $0.y).filter(exhibit.hasPlace) }
        let xScale = ChartScale(points.map { $0.0 }, scale: exhibit.x.scale, isTight: true)
        let yScale = ChartScale(points.map { $0.1 }, scale: exhibit.y.scale)
        let tickWidth = yScale.ticks.map { $0.label.widthInEms }.max() ?? 1
        let nameWidth = exhibit.series.map { min($0.name.widthInEms, Self.nameLimit) }.max() ?? 0
        axes = Axes(
            x: ValueAxis(
                scale: xScale, start: 14 + tickWidth * Self.fontSize, end: Self.width - 14 - nameWidth * Self.fontSize,
                label: Self.label(of: exhibit.x, words)),
            y: ValueAxis(scale: yScale, start: Self.bottom, end: Self.top, label: Self.label(of: exhibit.y, words)))
    }

    var picture: Picture {
        Picture(
            width: Self.width, height: Self.height,
            title: words.lineChart(exhibit.series.map { $0.name }.joined(separator: words.comma)),
            description: description,
            content: axes.html(fontSize: Self.fontSize) + (isEmpty ? [emptyNote] : lines + names))
    }

    private var isEmpty: Bool { !exhibit.series.contains { !segments(of: $0).isEmpty } }

    private var emptyNote: HTML {
        .text(
            words.noValues, at: Point(x: (axes.x.start + axes.x.end) / 2, y: (Self.top + Self.bottom) / 2), .middle, class: "quiet")
    }

    private static func label(of axis: LinesExhibit.Axis, _ words: PictureVocabulary) -> String {
        guard axis.scale == .logarithmic else { return axis.label }
        return axis.label.isEmpty ? words.logarithmic : "\(axis.label) (\(words.logarithmic))"
    }

    // MARK: Lines

    private var lines: [HTML] {
        zip(0..., exhibit.series).flatMap { index, series -> [HTML] in
            let segments = segments(of: series)
            let stroke = segments.filter { $0.count > 1 }.map { Self.thinned($0).pathCommands }.joined(separator: " ")
            let mark = SeriesMark(index)
            return [
                stroke.isEmpty ? .empty : .path(stroke, class: "series \(mark.className)"),
                HTML(.path, .class("marker", mark.className), .attribute("d", markers(of: segments, mark))),
            ]
        }
    }

    /// Runs of neighbouring points with a place in the chart.
    private func segments(of series: LinesExhibit.Series) -> [[Point]] {
        var segments: [[Point]] = [[]]
        for point in zip(series.x, series.y) {
            if exhibit.hasPlace(point) {
                segments[segments.count - 1].append(axes.point(point.0, point.1))
            } else if segments.last?.isEmpty == false {
                segments.append([])
            }
        }
        return segments.filter { !$0.isEmpty }
    }

    /// Markers on all points of a short series, else on some; a point without neighbours always has one.
    private func markers(of segments: [[Point]], _ mark: SeriesMark) -> String {
        let points = segments.flatMap { $0 }
        let stride = points.count > Self.markedPoints ? max(1, points.count / 7) : 1
        // Series that lie upon each other have their markers at different places.
        let offset = stride / 2 + (stride > 1 ? mark.index * stride / SeriesMark.count : 0)
        let spread = zip(0..., points).filter { $0.0 % stride == offset % stride }.map { $0.1 }
        let lone = segments.filter { $0.count == 1 }.compactMap { $0.first }.filter { !spread.contains($0) }
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

    /// Each name beside the end of its line; names that would lie upon each other move apart.
    private var names: [HTML] {
        let ends = zip(0..., exhibit.series).compactMap { index, series in
            segments(of: series).last?.last.map { (index: index, name: series.name, y: $0.y) }
        }
        let distance = min(15, (Self.bottom - Self.top) / Double(max(1, ends.count)))
        var places: [(index: Int, name: String, y: Double)] = []
        for end in ends.sorted(by: { ($0.y, $0.index) < ($1.y, $1.index) }) {
            places.append((end.index, end.name, max(end.y, (places.last?.y ?? -.infinity) + distance)))
        }
        // What was pushed beyond the lower edge pushes the others back up.
        var limit = Self.bottom
        for place in places.indices.reversed() {
            places[place].y = min(places[place].y, limit)
            limit = places[place].y - distance
        }
        return places.map { index, name, y in
            .text(
                name.fitting(ems: Self.nameLimit), at: Point(x: axes.x.end + 8, y: y + 4),
                class: "series-name \(SeriesMark(index).className)")
        }
    }

    // MARK: In words

    private var description: String {
        let number = { (value: Double) in NumberFormat.brief.format(value).plainText }
        let ends = [(exhibit.x, "x", axes.x), (exhibit.y, "y", axes.y)].map { axis, letter, drawn in
            words.axis(axis.label.isEmpty ? letter : drawn.label, number(drawn.scale.lower), number(drawn.scale.upper))
        }
        let courses = exhibit.series.map { series in
            let drawn = zip(series.x, series.y).filter(exhibit.hasPlace).map { $0.1 }
            guard let first = drawn.first, let last = drawn.last, let least = drawn.min(), let greatest = drawn.max() else {
                return words.emptySeries(series.name)
            }
            return words.course(series.name, series.y.count, number(first), number(last), number(least), number(greatest))
        }
        return (ends + courses).joined(separator: " ")
    }
}
