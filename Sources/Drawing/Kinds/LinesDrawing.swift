import Exhibits

/// A line chart. Each series has a dash and a marker of its own and its name at its end; what has no place in
/// the chart leaves a gap and is told below.
extension LinesExhibit: Drawable {
    package var flaw: String? { Rule.broken((series.allSatisfy { $0.x.count == $0.y.count }, "a line has not as many x as y")) }

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
