import Exhibits

/// The layout of one histogram: a row of bars for each series, one below the other, with the same bins and the same scale.
struct HistogramChart {
    private let exhibit: HistogramExhibit
    private let words: PictureVocabulary
    private let rows: [Axes<ValueAxis, ValueAxis>]
    private let height: Double

    /// So many bins are told one by one.
    private static let toldBins = 40
    /// Room above each of several rows for its name.
    private static let nameHeight = 24.0

    init(_ exhibit: HistogramExhibit, _ words: PictureVocabulary) {
        self.exhibit = exhibit
        self.words = words
        let (width, wanted) = exhibit.size.units
        let count = max(1, exhibit.series.count)
        // Above the first row there is room for its name in any case.
        let names = Double(count - 1) * Self.nameHeight
        let rowHeight = max(60, (wanted - ChartPlane.top - ChartPlane.foot - names) / Double(count))
        height = ChartPlane.top + Double(count) * rowHeight + names + ChartPlane.foot
        // One is as far as an axis of counts has to go.
        let counts = exhibit.series.flatMap { $0.counts }.map { Double($0) } + [0, 1]
        let yScale = ChartScale(counts, on: ChartAxis(label: ""), isWhole: true, most: count == 1 ? 6 : 3)
        let xScale = ChartScale(exhibit.edges, on: ChartAxis(label: ""), isTight: true)
        let tickWidth = yScale.ticks.map { $0.label.widthInEms }.max() ?? 1
        rows = (0..<count).map { row in
            let top = ChartPlane.top + Double(row) * (rowHeight + Self.nameHeight)
            return Axes(
                x: ValueAxis(
                    scale: xScale, start: 14 + tickWidth * ChartPlane.fontSize, end: width - 14, label: exhibit.label),
                y: ValueAxis(scale: yScale, start: top + rowHeight, end: top))
        }
    }

    var picture: Picture {
        let width = exhibit.size.units.width
        let drawn = zip(0..., zip(exhibit.series, rows)).flatMap { index, row in
            [bars(row.0, index, row.1)] + name(row.0, index, row.1)
        }
        let middle = Point(x: width / 2, y: (ChartPlane.top + height - ChartPlane.foot) / 2)
        return Picture(
            width: width, height: height,
            title: words.titled(exhibit.title, words.histogram(exhibit.label)), description: description,
            content: [.text(words.count, at: Point(x: 2, y: 14), class: "axis-label")]
                + rows.flatMap { $0.rules } + drawn + rows.dropLast().map(baseline)
                + (rows.last?.marks(width: width, fontSize: ChartPlane.fontSize) ?? [])
                + (isEmpty ? [.text(words.noValues, at: middle, .middle, class: "quiet")] : []))
    }

    private var isEmpty: Bool { exhibit.series.allSatisfy { $0.median == nil } }

    /// Below the picture: the values in no bin.
    var notes: [String] {
        exhibit.series.compactMap { series in
            words.undrawn(series.name.isEmpty ? exhibit.label : series.name, series.undrawn.map { $0.briefly })
        }
    }

    private func bars(_ series: HistogramExhibit.Series, _ index: Int, _ axes: Axes<ValueAxis, ValueAxis>) -> HTML {
        HTML(.g, .class(SeriesMark(index).className)) {
            zip(0..., series.counts).filter { $0.1 > 0 }.map { bin, count in
                let (left, right) = (axes.x.place(of: exhibit.edges[bin]), axes.x.place(of: exhibit.edges[bin + 1]))
                let top = axes.y.place(of: Double(count))
                return HTML(
                    .rect, .class("bin"), .attribute("x", left.coordinate), .attribute("y", top.coordinate),
                    .attribute("width", (right - left).coordinate), .attribute("height", (axes.y.start - top).coordinate)
                ) { HTML(.title) { told(bin, count) } }
            }
        }
    }

    private func name(_ series: HistogramExhibit.Series, _ index: Int, _ axes: Axes<ValueAxis, ValueAxis>) -> [HTML] {
        guard !series.name.isEmpty else { return [] }
        // Beside the first stands what the axis counts.
        let limit = (axes.x.end - axes.x.start) / ChartPlane.fontSize - 6
        let names = exhibit.series.map { $0.name }.wrapped(ems: limit, lines: 1)
        return [.seriesName(names[index], at: Point(x: axes.x.end, y: axes.y.end - 8), SeriesMark(index), .end)]
    }

    private func baseline(_ axes: Axes<ValueAxis, ValueAxis>) -> HTML {
        .line(from: Point(x: axes.x.start, y: axes.y.start), to: Point(x: axes.x.end, y: axes.y.start), class: "axis")
    }

    // MARK: In words

    private func told(_ bin: Int, _ count: Int) -> String {
        words.bin(exhibit.edges[bin].briefly, exhibit.edges[bin + 1].briefly, count)
    }

    private var description: String {
        guard !isEmpty else { return words.noValues }
        return exhibit.series.map { series in
            let bins = zip(0..., series.counts).prefix(Self.toldBins).map { told($0, $1) }.joined(separator: words.comma)
            let more = series.counts.count > Self.toldBins ? " …" : ""
            return (series.name.isEmpty ? "" : words.counts(series.name)) + bins + more
        }.joined(separator: words.semicolon)
    }
}
