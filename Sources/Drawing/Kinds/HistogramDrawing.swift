import Exhibits

/// A histogram; values that lie in no bin are told below.
extension HistogramExhibit: Drawable {
    package var flaw: String? {
        let bins = edges.count - 1
        return Rule.broken(
            (1...Self.mostBins ~= bins, "a histogram has \(bins) bins"),
            (
                edges.allSatisfy { $0.isFinite } && zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 },
                "edges of bins do not ascend"
            ),
            (series.allSatisfy { $0.counts.count == bins && Rule.counts($0.counts) }, "counts do not fit the bins"),
            (series.allSatisfy { $0.isTold }, "a median is none of its counts"))
    }

    package mutating func reword(_ words: (String) -> String) {
        (title, label) = (words(title), words(label))
        for index in series.indices { series[index].name = words(series[index].name) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let chart = HistogramChart(self, style.words.pictures)
        return HTML(.div, .class("exhibit", "histogram")) {
            WayIn(self, style.words.wayIn).html(style.words.wayIn)
            HTML.chart(chart.picture, title, size, notes: chart.notes)
        }
    }
}

extension HistogramExhibit.Series {
    /// Whether it has numbers beside its counts where there is a count, and only there.
    fileprivate var isTold: Bool {
        let isEmpty = counts.allSatisfy { $0 == 0 }
        return [least, median, greatest].allSatisfy { isEmpty ? $0 == nil : $0?.isFinite == true }
    }
}
