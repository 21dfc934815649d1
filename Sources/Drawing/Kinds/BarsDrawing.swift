import Exhibits

/// A bar chart with a row for each bar, its name before it and its value behind it.
extension BarsExhibit: Drawable {
    private static let limit = 40

    package mutating func reword(_ words: (String) -> String) {
        (title, label) = (words(title), words(label))
        for index in bars.indices { bars[index].name = words(bars[index].name) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "bars")) {
            WayIn(self, format, style.words.wayIn).html(style.words.wayIn)
            if !title.isEmpty { HTML(.p, .class("chart-title")) { title } }
            if !label.isEmpty { HTML(.p, .class("picture-label")) { label } }
            picture(style.words).html(chart: size)
        }
    }

    private var format: NumberFormat { NumberFormat.fitting(bars.map { $0.value }) == .integers ? .integers : .brief }

    private func picture(_ words: ExhibitVocabulary) -> Picture {
        let (width, fontSize) = (size.units.width, ChartPlane.fontSize)
        let finite = bars.map { $0.value }.filter { $0.isFinite }
        // The sentence speaks of the extremes.
        let rows = Elision.indices(of: bars.count, limit: Self.limit, keeping: bars.map { $0.value }.placesOfExtremes)
        let names = rows.map { $0.index.map { bars[$0].name } ?? "" }.wrapped(ems: size == .wide ? 20 : 11, lines: 2)
        let nameHeight = HTML.height(ofNameLines: names.map { $0.lines.count }.max() ?? 1)
        let rowHeight = max(size == .tall ? 36.0 : 24, nameHeight + 4)
        let scale = ChartScale(finite + [0], on: ChartAxis(label: label), isTight: true)
        let nameWidth = names.map { $0.widthInEms }.max() ?? 0
        let valueWidth = bars.map { format.format($0.value).plainText.widthInEms }.max() ?? 0
        let nameEnd = nameWidth * fontSize + 4
        let left = nameEnd + 10 + (finite.contains { $0 < 0 } ? valueWidth * fontSize + 6 : 0)
        let axes = Axes(
            x: ValueAxis(scale: scale, start: left, end: width - valueWidth * fontSize - 8),
            y: NameAxis(names: rows.map { $0.index.map { bars[$0].name } ?? "" }, start: 0, size: rowHeight))
        let zero = axes.x.place(of: 0)

        let content = zip(0..., rows).flatMap { row, index -> [HTML] in
            let middle = axes.y.middle(of: row)
            guard case .shown(let index) = index else {
                guard case .leftOut(let count) = index else { return [] }
                return [.text("⋮ " + words.leftOut(count), at: Point(x: zero + 6, y: middle + 4), class: "quiet")]
            }
            let bar = bars[index], text = format.format(bar.value).plainText
            let end = bar.value.isFinite ? axes.x.place(of: bar.value) : zero
            let isBelow = bar.value.isFinite && bar.value < 0
            return [
                .name(names[row], besideMiddle: Point(x: nameEnd, y: middle), .end),
                .rectangle(
                    at: Point(x: min(zero, end), y: middle - rowHeight / 3), width: abs(end - zero), height: rowHeight * 2 / 3,
                    class: "bar"),
                .text(
                    text, at: Point(x: isBelow ? end - 6 : end + 6, y: middle + 4), isBelow ? .end : .start,
                    class: bar.value.isFinite ? "bar-value" : "bar-value nonfinite"),
            ]
        }
        let height = max(1, Double(rows.count)) * rowHeight
        let empty = HTML.text(words.pictures.noValues, at: Point(x: width / 2, y: height / 2 + 4), .middle, class: "quiet")
        return Picture(
            width: width, height: height, title: words.pictures.titled(title, words.pictures.barChart(label)),
            description: description(words.pictures),
            content: bars.isEmpty ? [empty] : content + [axes.zero])
    }

    private func description(_ words: PictureVocabulary) -> String {
        guard !bars.isEmpty else { return words.noValues }
        return bars.prefix(Self.limit).map { "\($0.name) \(format.format($0.value).plainText)" }.joined(separator: words.comma)
            + (bars.count > Self.limit ? " …" : "")
    }
}
