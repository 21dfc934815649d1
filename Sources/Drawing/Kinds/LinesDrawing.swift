import Exhibits

/// A line chart. Each series has a dash and a marker of its own and its name at its end; what has no place in
/// the chart leaves a gap and is told below.
extension LinesExhibit: Drawable {
    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words.pictures
        let notes = series.compactMap { undrawn($0, words) }
        return HTML(.div, .class("exhibit", "lines")) {
            LineChart(self, words).picture.html("chart")
            for note in notes { HTML(.p, .class("picture-note")) { note } }
        }
    }

    func hasPlace(_ point: (x: Double, y: Double)) -> Bool {
        ChartScale.hasPlace(point.x, on: x.scale) && ChartScale.hasPlace(point.y, on: y.scale)
    }

    /// Names the values without a place in the chart.
    private func undrawn(_ series: Series, _ words: PictureVocabulary) -> String? {
        let points = zip(series.x, series.y).filter { !hasPlace($0) }
        guard !points.isEmpty else { return nil }
        let format = NumberFormat.brief
        let first = points.prefix(6).map { "(\(format.format($0.0).plainText), \(format.format($0.1).plainText))" }
        let list = first.joined(separator: words.comma) + (points.count > first.count ? " …" : "")
        return words.notDrawn(series.name, points.count, list)
    }
}

/// The layout of one line chart.
private struct LineChart {
    private let exhibit: LinesExhibit
    private let words: PictureVocabulary
    private let xScale: ChartScale
    private let yScale: ChartScale
    private let left: Double
    private let right: Double

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
        xScale = ChartScale(points.map(\.0), scale: exhibit.x.scale, isTight: true)
        yScale = ChartScale(points.map(\.1), scale: exhibit.y.scale)
        let tickWidth = yScale.ticks.map(\.label.widthInEms).max() ?? 1
        let nameWidth = exhibit.series.map { min($0.name.widthInEms, Self.nameLimit) }.max() ?? 0
        left = 14 + tickWidth * Self.fontSize
        right = Self.width - 14 - nameWidth * Self.fontSize
    }

    var picture: Picture {
        Picture(
            width: Self.width, height: Self.height,
            title: words.lineChart(exhibit.series.map(\.name).joined(separator: words.comma)),
            description: description,
            content: axes + (isEmpty ? [emptyNote] : lines + names))
    }

    private var isEmpty: Bool { !exhibit.series.contains { !segments(of: $0).isEmpty } }

    private var emptyNote: HTML {
        .text(words.noValues, at: Point(x: (left + right) / 2, y: (Self.top + Self.bottom) / 2), .middle, class: "quiet")
    }

    // MARK: Axes

    private var axes: [HTML] {
        let rules = yScale.ticks.flatMap { tick -> [HTML] in
            let y = place(y: tick.value)
            return [
                .line(from: Point(x: left, y: y), to: Point(x: right, y: y), class: "grid"),
                .text(tick.label, at: Point(x: left - 6, y: y + 4), .end, class: "tick"),
            ]
        }
        let marks = xTicks.flatMap { tick -> [HTML] in
            let x = place(x: tick.value)
            return [
                .line(from: Point(x: x, y: Self.bottom), to: Point(x: x, y: Self.bottom + 5), class: "axis"),
                .text(tick.label, at: Point(x: x, y: Self.bottom + 19), .middle, class: "tick"),
            ]
        }
        return rules + marks + [
            .line(from: Point(x: left, y: Self.bottom), to: Point(x: right, y: Self.bottom), class: "axis"),
            .text(label(of: exhibit.y), at: Point(x: 2, y: 14), class: "axis-label"),
            .text(label(of: exhibit.x), at: Point(x: (left + right) / 2, y: Self.bottom + 38), .middle, class: "axis-label"),
        ]
    }

    /// Those of the x axis, as many as there is room for.
    private var xTicks: [ChartScale.Tick] {
        let widest = xScale.ticks.map(\.label.widthInEms).max() ?? 1
        let room = max(1, Int((right - left) / ((widest + 1) * Self.fontSize)))
        let stride = (xScale.ticks.count + room - 1) / room
        return zip(0..., xScale.ticks).filter { $0.0 % max(1, stride) == 0 }.map(\.1)
    }

    private func label(of axis: LinesExhibit.Axis) -> String {
        guard axis.scale == .logarithmic else { return axis.label }
        return axis.label.isEmpty ? words.logarithmic : "\(axis.label) (\(words.logarithmic))"
    }

    private func place(x: Double) -> Double { left + xScale.fraction(of: x) * (right - left) }
    private func place(y: Double) -> Double { Self.bottom - yScale.fraction(of: y) * (Self.bottom - Self.top) }

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
                segments[segments.count - 1].append(Point(x: place(x: point.0), y: place(y: point.1)))
            } else if segments.last?.isEmpty == false {
                segments.append([])
            }
        }
        return segments.filter { !$0.isEmpty }
    }

    /// Markers on all points of a short series, else on some; a point without neighbours always has one.
    private func markers(of segments: [[Point]], _ mark: SeriesMark) -> String {
        let points = segments.flatMap(\.self)
        let stride = points.count > Self.markedPoints ? max(1, points.count / 7) : 1
        // Series that lie upon each other have their markers at different places.
        let offset = stride / 2 + (stride > 1 ? mark.index * stride / 5 : 0)
        let spread = zip(0..., points).filter { $0.0 % stride == offset % stride }.map(\.1)
        let lone = segments.filter { $0.count == 1 }.compactMap(\.first).filter { !spread.contains($0) }
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
            .text(name.fitting(ems: Self.nameLimit), at: Point(x: right + 8, y: y + 4), class: "series-name \(SeriesMark(index).className)")
        }
    }

    // MARK: In words

    private var description: String {
        let number = { (value: Double) in NumberFormat.brief.format(value).plainText }
        let axes = [(exhibit.x, "x", xScale), (exhibit.y, "y", yScale)].map { axis, letter, scale in
            words.axis(axis.label.isEmpty ? letter : label(of: axis), number(scale.lower), number(scale.upper))
        }
        let courses = exhibit.series.map { series in
            let drawn = zip(series.x, series.y).filter(exhibit.hasPlace).map(\.1)
            guard let first = drawn.first, let last = drawn.last, let least = drawn.min(), let greatest = drawn.max() else {
                return words.emptySeries(series.name)
            }
            return words.course(series.name, series.y.count, number(first), number(last), number(least), number(greatest))
        }
        return (axes + courses).joined(separator: " ")
    }
}

/// What tells a series from the others without its colour: a dash and a marker.
private struct SeriesMark {
    let index: Int
    private static let count = 6

    init(_ index: Int) { self.index = index }

    /// Dash and colour are the stylesheet's.
    var className: String { "series-\(index % Self.count + 1)" }

    /// A circle, a square, a triangle, a diamond, a cross, a plus.
    func outline(at point: Point) -> String {
        func outline(_ corners: (Double, Double)...) -> String {
            corners.map { Point(x: point.x + $0.0, y: point.y + $0.1) }.pathCommands + "Z"
        }
        return switch index % Self.count {
        case 0: "M\(Point(x: point.x - 3, y: point.y).text) a3 3 0 1 0 6 0 a3 3 0 1 0 -6 0Z"
        case 1: outline((-2.8, -2.8), (2.8, -2.8), (2.8, 2.8), (-2.8, 2.8))
        case 2: outline((0, -3.8), (3.6, 2.6), (-3.6, 2.6))
        case 3: outline((0, -4.2), (4.2, 0), (0, 4.2), (-4.2, 0))
        case 4: outline((-4, -3), (-3, -4), (0, -1), (3, -4), (4, -3), (1, 0), (4, 3), (3, 4), (0, 1), (-3, 4), (-4, 3), (-1, 0))
        default: outline(
            (-1, -4), (1, -4), (1, -1), (4, -1), (4, 1), (1, 1), (1, 4), (-1, 4), (-1, 1), (-4, 1), (-4, -1), (-1, -1))
        }
    }
}
