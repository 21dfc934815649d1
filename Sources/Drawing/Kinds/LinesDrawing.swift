import Exhibits

/// A line chart. Each series has a dash and a marker of its own and its name at its end, and a band where it has one; what
/// has no place in the chart leaves a gap and is told below.
extension LinesExhibit: Drawable {
    package var flaw: String? {
        Rule.broken(
            (series.allSatisfy { $0.x.count == $0.y.count }, "a line has not as many x as y"), Rule.axis(x), Rule.axis(y),
            (series.allSatisfy { $0.band?.flaw(count: $0.x.count) == nil }, "a band does not fit its line"))
    }

    package mutating func reword(_ words: (String) -> String) {
        (title, x.label, y.label) = (words(title), words(x.label), words(y.label))
        for index in series.indices { series[index].name = words(series[index].name) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let chart = LineChart(self, style.words.pictures)
        return HTML(.div, .class("exhibit", "lines")) {
            WayIn(self, style.words.wayIn).html(style.words.wayIn)
            HTML.chart(chart.picture, title, size, notes: chart.notes)
        }
    }

    func hasPlace(_ point: ChartPlane.Values) -> Bool { x.hasPlace(point.x) && y.hasPlace(point.y) }
}

extension HTML {
    /// A chart below its title, and what it could not draw.
    static func chart(_ picture: Picture, _ title: String, _ size: ChartSize, notes: [String]) -> HTML {
        HTML {
            if !title.isEmpty { HTML(.p, .class("chart-title")) { title } }
            picture.html(chart: size)
            for note in notes { HTML(.p, .class("picture-note")) { note } }
        }
    }
}
