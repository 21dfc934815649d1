import Recurrent

/// How many values lie in each of some bins of equal width: `show(histogram: weights, bins: 20, x: "weight")`.
package struct HistogramExhibit: Codable, Hashable, Sendable {
    package struct Series: Codable, Hashable, Sendable {
        /// Empty for the one series of a chart.
        package var name: String
        /// How many values lie in each bin.
        package var counts: [Int]
        /// Of the values in the bins; nil where there is none, as the two below.
        package var least: Double?
        package var median: Double?
        package var greatest: Double?
        /// Values that lie in no bin.
        package var undrawn: [Double]

        package init(name: String, counts: [Int], least: Double?, median: Double?, greatest: Double?, undrawn: [Double] = []) {
            self.name = name
            self.counts = counts
            self.least = least
            self.median = median
            self.greatest = greatest
            self.undrawn = undrawn
        }
    }

    package var title: String
    package var size: ChartSize
    /// What the values are.
    package var label: String
    /// From each bin's lower end to the next one's; the last bin's upper end, which belongs to it.
    package var edges: [Double]
    package var series: [Series]

    package init(edges: [Double], series: [Series], label: String, title: String = "", size: ChartSize = .regular) {
        self.title = title
        self.size = size
        self.label = label
        self.edges = edges
        self.series = series
    }

    /// More bins no screen shows apart.
    package static let mostBins = 1000
}

extension HistogramExhibit {
    /// Counts the values of each name in `bins` bins of equal width: within `range`, or from the least to the greatest of all.
    package init(
        _ values: [(name: String, values: [Double])], bins: Int, within range: ChartAxis, title: String = "",
        size: ChartSize = .regular
    ) {
        let drawn = values.flatMap { $0.values }.filter { value in
            value.isFinite && range.lower.map { $0 <= value } ?? true && range.upper.map { value <= $0 } ?? true
        }
        var lower = range.lower ?? drawn.min() ?? range.upper.map { $0 - 1 } ?? 0
        var upper = range.upper ?? drawn.max() ?? lower + 1
        // Equal values stand in the middle of bins that are together one wide, or as wide as they can be told apart.
        if upper / 2 - lower / 2 <= max(upper.magnitude * 1e-9, lower.magnitude * 1e-9, 1e-305) {
            let room = max(0.5, max(upper.magnitude, lower.magnitude) * 1e-6)
            if range.lower == nil { lower = max(lower - room, -.greatestFiniteMagnitude) }
            if range.upper == nil { upper = min(upper + room, .greatestFiniteMagnitude) }
        }
        let (first, last) = (lower, upper)
        let edges = (0...bins).map { edge in
            // Weighted means of the ends, so that both are met exactly and nothing overflows.
            first * (Double(bins - edge) / Double(bins)) + last * (Double(edge) / Double(bins))
        }
        let series = values.map { name, values in
            var counts = Array(repeating: 0, count: bins)
            var (counted, undrawn): ([Double], [Double]) = ([], [])
            for value in values {
                guard value >= first, value <= last else { undrawn.append(value); continue }
                counts[Self.bin(of: value, edges)] += 1
                counted.append(value)
            }
            counted.sort()
            return Series(
                name: name, counts: counts, least: counted.first, median: Self.median(counted), greatest: counted.last,
                undrawn: undrawn)
        }
        self.init(edges: edges, series: series, label: range.label, title: title, size: size)
    }

    /// The last bin whose lower end is not above the value.
    private static func bin(of value: Double, _ edges: [Double]) -> Int {
        var (low, high) = (0, edges.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if edges[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }

    private static func median(_ sorted: [Double]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
    }
}

extension HistogramExhibit: ExhibitContent {
    package static var kind: String { "histogram" }

    /// For the terminal: one series a line, each bin with its count.
    package var terminalText: String {
        series.map { series in
            (series.name.isEmpty ? "" : "\(series.name): ")
                + zip(zip(edges, edges.dropFirst()), series.counts).map { "[\($0.0), \($0.1)] \($1)" }.joined(separator: " ")
        }.titled(title)
    }
}

// MARK: - Showing

/// Shows how many of some values lie in each of `bins` bins of equal width; of a tensor all values, whatever its shape.
///
/// - Parameters:
///   - x: what the values are.
///   - xRange: where the first bin begins and the last one ends; at the least and the greatest value, if left out.
///   - title: what the chart is called.
public func show(
    histogram values: some LineValues, bins: Int = 20, x: String = "", xRange: AnyAxisRange? = nil,
    title: String = "", size: ChartSize = .regular
) {
    record([("", values.lineValues)], bins, x, xRange, title, size)
}

/// Shows the same for the values of several names, one below the other with the same bins.
public func show<Values: LineValues>(
    histogram values: KeyValuePairs<String, Values>, bins: Int = 20, x: String = "", xRange: AnyAxisRange? = nil,
    title: String = "", size: ChartSize = .regular
) {
    record(values.map { ($0.key, $0.value.lineValues) }, bins, x, xRange, title, size)
}

/// Shows the same for values of different types.
@_disfavoredOverload
public func show(
    histogram values: KeyValuePairs<String, AnyLineValues>, bins: Int = 20, x: String = "", xRange: AnyAxisRange? = nil,
    title: String = "", size: ChartSize = .regular
) {
    record(values.map { ($0.key, $0.value.lineValues) }, bins, x, xRange, title, size)
}

private func record(
    _ values: [(name: String, values: [Double])], _ bins: Int, _ x: String, _ xRange: AnyAxisRange?, _ title: String,
    _ size: ChartSize
) {
    guard 1...HistogramExhibit.mostBins ~= bins else {
        fatalError("show(histogram:): bins must be in 1...\(HistogramExhibit.mostBins); got \(bins)")
    }
    let range = ChartAxes(of: "show(histogram:)", x: x, y: "", xRange: xRange, yRange: nil).x
    Recorder.current.show(HistogramExhibit(values, bins: bins, within: range, title: title, size: size))
}
