import Exhibits

/// A scatter chart. Each series has a marker of its own and its name beside it; points without a place are told below.
extension ScatterExhibit: Drawable {
    package var flaw: String? {
        Rule.broken(
            (series.allSatisfy { $0.x.count == $0.y.count }, "points have not as many x as y"), Rule.axis(x), Rule.axis(y))
    }

    package mutating func reword(_ words: (String) -> String) {
        (title, x.label, y.label) = (words(title), words(x.label), words(y.label))
        for index in series.indices { series[index].name = words(series[index].name) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let chart = ScatterChart(self, style.words.pictures)
        return HTML(.div, .class("exhibit", "scatter")) {
            WayIn(self, style.words.wayIn).html(style.words.wayIn)
            HTML.chart(chart.picture, title, size, notes: chart.notes)
        }
    }

    func hasPlace(_ point: ChartPlane.Values) -> Bool { x.hasPlace(point.x) && y.hasPlace(point.y) }
}
