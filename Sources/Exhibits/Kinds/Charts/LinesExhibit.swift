import Recurrent

/// A line chart of one or more series: `show(lines: ["loss": losses], x: "epoch")`.
package struct LinesExhibit: Codable, Hashable, Sendable {
    package struct Series: Codable, Hashable, Sendable {
        package var name: String
        package var x: [Double]
        /// As many as `x`.
        package var y: [Double]
        package var band: Band?

        package init(name: String, x: [Double], y: [Double], band: Band? = nil) {
            self.name = name
            self.x = x
            self.y = y
            self.band = band
        }
    }

    /// What lies around a line, such as its values' spread: from one edge to the other at each of its places.
    package struct Band: Codable, Hashable, Sendable {
        package var lower: [Double]
        package var upper: [Double]

        package init(lower: [Double], upper: [Double]) {
            self.lower = lower
            self.upper = upper
        }
    }

    package var title: String
    package var size: ChartSize
    package var series: [Series]
    package var x: ChartAxis
    package var y: ChartAxis

    package init(series: [Series], x: ChartAxis, y: ChartAxis, title: String = "", size: ChartSize = .regular) {
        self.title = title
        self.size = size
        self.series = series
        self.x = x
        self.y = y
    }
}

extension LinesExhibit: ExhibitContent {
    package static var kind: String { "lines" }

    /// For the terminal: one series a line.
    package var terminalText: String {
        series.map { series in
            let points = series.x.indices.map { index in
                let band = series.band.map { ", \($0.lower[index])...\($0.upper[index])" } ?? ""
                return "(\(series.x[index]), \(series.y[index])\(band))"
            }
            return "\(series.name): " + points.joined(separator: " ")
        }.titled(title)
    }
}

extension [String] {
    /// Lines for the terminal, below what the chart is called.
    func titled(_ title: String) -> String { ((title.isEmpty ? [] : [title]) + self).joined(separator: "\n") }
}
