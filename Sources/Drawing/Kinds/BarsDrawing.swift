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
        let format = NumberFormat.fitting(bars.map(\.value)) == .integers ? NumberFormat.integers : .brief
        let finite = bars.map(\.value).filter(\.isFinite)
        let scale = ChartScale(finite + [0], scale: .linear, isTight: true)
        let nameWidth = bars.map { min($0.name.widthInEms, nameLimit) }.max() ?? 0
        let valueWidth = bars.map { format.format($0.value).plainText.widthInEms }.max() ?? 0
        let left = nameWidth * fontSize + 10 + (finite.contains { $0 < 0 } ? valueWidth * fontSize + 6 : 0)
        let right = width - valueWidth * fontSize - 8
        let place = { (value: Double) in left + scale.fraction(of: value) * (right - left) }
        let rows = Elision.indices(of: bars.count, limit: Self.limit)

        let content = zip(0..., rows).flatMap { row, index -> [HTML] in
            let middle = Double(row) * rowHeight + rowHeight / 2
            guard case .shown(let index) = index else {
                guard case .leftOut(let count) = index else { return [] }
                return [.text("⋮ " + words.leftOut(count), at: Point(x: place(0) + 6, y: middle + 4), class: "quiet")]
            }
            let bar = bars[index], text = format.format(bar.value).plainText
            let end = bar.value.isFinite ? place(bar.value) : place(0)
            return [
                .text(bar.name.fitting(ems: nameLimit), at: Point(x: nameWidth * fontSize, y: middle + 4), .end),
                .rectangle(
                    at: Point(x: min(place(0), end), y: middle - 8), width: abs(end - place(0)), height: 16, class: "bar"),
                .text(
                    text, at: Point(x: bar.value < 0 ? end - 6 : end + 6, y: middle + 4), bar.value < 0 ? .end : .start,
                    class: bar.value.isFinite ? "bar-value" : "bar-value nonfinite"),
            ]
        }
        let height = max(1, Double(rows.count)) * rowHeight
        let axis = HTML.line(from: Point(x: place(0), y: 0), to: Point(x: place(0), y: height), class: "axis")
        let empty = HTML.text(words.pictures.noValues, at: Point(x: width / 2, y: height / 2 + 4), .middle, class: "quiet")
        return Picture(
            width: width, height: height, title: words.pictures.barChart(label), description: description(format, words.pictures),
            content: bars.isEmpty ? [empty] : content + [axis])
    }

    private func description(_ format: NumberFormat, _ words: PictureVocabulary) -> String {
        guard !bars.isEmpty else { return words.noValues }
        return bars.prefix(Self.limit).map { "\($0.name) \(format.format($0.value).plainText)" }.joined(separator: words.comma)
            + (bars.count > Self.limit ? " …" : "")
    }
}
