import Exhibits

/// The layout of one scatter chart.
struct ScatterChart {
    private let exhibit: ScatterExhibit
    private let words: PictureVocabulary
    private let plane: ChartPlane

    /// Of more points than this, those that cannot be told apart by the eye are drawn once.
    private static let pointLimit = 1000
    private static let nameHeight = 18.0

    init(_ exhibit: ScatterExhibit, _ words: PictureVocabulary) {
        self.exhibit = exhibit
        self.words = words
        plane = ChartPlane(
            x: exhibit.x, y: exhibit.y, points: exhibit.series.flatMap { $0.points },
            // Before each name there is its mark, with room on both sides.
            names: exhibit.series.map { "MM" + $0.name }, size: exhibit.size, words)
    }

    var picture: Picture {
        let isEmpty = !exhibit.series.contains { $0.points.contains(where: plane.hasPlace) }
        // As many names as there are can be more than the chart is high.
        let height = max(plane.size.height, ChartPlane.top + Double(exhibit.series.count + 1) * Self.nameHeight)
        return Picture(
            width: plane.size.width, height: height,
            title: words.titled(
                exhibit.title, words.scatterChart(exhibit.series.map { $0.name }.joined(separator: words.comma))),
            description: description,
            content: plane.frame(isEmpty: isEmpty) + (isEmpty ? [] : zip(0..., exhibit.series).map { points($0, $1) } + names))
    }

    /// Below the picture: the points without a place.
    var notes: [String] { exhibit.series.compactMap { plane.undrawn($0.name, $0.points) } }

    private func points(_ index: Int, _ series: ScatterExhibit.Series) -> HTML {
        let mark = SeriesMark(index)
        let drawn = series.points.filter(plane.hasPlace).compactMap(plane.point)
        var seen: Set<Point> = []
        let apart = drawn.count <= Self.pointLimit ? drawn : drawn.filter { seen.insert($0.nearby).inserted }
        return HTML(
            .path, .class("marker", "point", mark.className),
            .attribute("d", apart.map { mark.outline(at: $0) }.joined(separator: " ")))
    }

    /// Which mark is whose, beside the chart.
    private var names: [HTML] {
        let names = exhibit.series.map { $0.name }.wrapped(ems: ChartPlane.nameLimit - 2, lines: 1)
        return zip(0..., names).flatMap { index, name -> [HTML] in
            let mark = SeriesMark(index)
            let place = Point(x: plane.axes.x.end + 16, y: ChartPlane.top + (Double(index) + 0.5) * Self.nameHeight)
            return [
                HTML(.path, .class("marker", mark.className), .attribute("d", mark.outline(at: place))),
                .seriesName(name, at: Point(x: place.x + 9, y: place.y + 4), mark),
            ]
        }
    }

    private var description: String {
        let spreads = exhibit.series.map { series in
            let drawn = series.points.filter(plane.hasPlace)
            let (x, y) = (drawn.map { $0.x }, drawn.map { $0.y })
            guard let left = x.min(), let right = x.max(), let least = y.min(), let greatest = y.max() else {
                return words.emptySeries(series.name)
            }
            return words.spread(series.name, drawn.count, left.briefly, right.briefly, least.briefly, greatest.briefly)
        }
        return (plane.ends + spreads).joined(separator: " ")
    }
}

extension ScatterExhibit.Series {
    var points: [ChartPlane.Values] { Array(zip(x, y)).map { ($0, $1) } }
}

extension Point {
    /// The same for points that are less than two units apart.
    fileprivate var nearby: Point { Point(x: (x / 2).rounded(.down), y: (y / 2).rounded(.down)) }
}
