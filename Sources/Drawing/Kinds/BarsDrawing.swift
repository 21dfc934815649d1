import Exhibits

/// A bar chart with a row for each bar, its name before it and its value behind it.
extension BarsExhibit: Drawable {
    private static let limit = 40

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "bars")) {
            if !label.isEmpty { HTML(.p, .class("picture-label")) { label } }
            picture(style.words).html("chart")
        }
    }

    private func picture(_ words: ExhibitVocabulary) -> Picture {
        let (width, rowHeight, fontSize, nameLimit) = (380.0, 24.0, 12.0, 11.0)
        let format = NumberFormat.fitting(bars.map { $0.value }) == .integers ? NumberFormat.integers : .brief
        let finite = bars.map { $0.value }.filter { $0.isFinite }
        let scale = ChartScale(finite + [0], scale: .linear, isTight: true)
        let nameWidth = bars.map { min($0.name.widthInEms, nameLimit) }.max() ?? 0
        let valueWidth = bars.map { format.format($0.value).plainText.widthInEms }.max() ?? 0
        let left = nameWidth * fontSize + 10 + (finite.contains { $0 < 0 } ? valueWidth * fontSize + 6 : 0)
        let rows = Elision.indices(of: bars.count, limit: Self.limit)
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
            return [
                axes.rowName(row, endingAt: nameWidth * fontSize, ems: nameLimit),
                .rectangle(
                    at: Point(x: min(zero, end), y: middle - 8), width: abs(end - zero), height: 16, class: "bar"),
                .text(
                    text, at: Point(x: bar.value < 0 ? end - 6 : end + 6, y: middle + 4), bar.value < 0 ? .end : .start,
                    class: bar.value.isFinite ? "bar-value" : "bar-value nonfinite"),
            ]
        }
        let height = max(1, Double(rows.count)) * rowHeight
        let empty = HTML.text(words.pictures.noValues, at: Point(x: width / 2, y: height / 2 + 4), .middle, class: "quiet")
        return Picture(
            width: width, height: height, title: words.pictures.barChart(label), description: description(format, words.pictures),
            content: bars.isEmpty ? [empty] : content + [axes.zero])
    }

    private func description(_ format: NumberFormat, _ words: PictureVocabulary) -> String {
        guard !bars.isEmpty else { return words.noValues }
        return bars.prefix(Self.limit).map { "\($0.name) \(format.format($0.value).plainText)" }.joined(separator: words.comma)
            + (bars.count > Self.limit ? " …" : "")
    }
}
