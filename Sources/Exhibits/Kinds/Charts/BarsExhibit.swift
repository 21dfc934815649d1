/// A bar for each of some named values: `show(bars: ["RNN": 78, "GRU": 234], label: "parameters")`.
package struct BarsExhibit: Codable, Hashable, Sendable {
    package struct Bar: Codable, Hashable, Sendable {
        package var name: String
        package var value: Double

        package init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    package var title: String
    package var size: ChartSize
    package var bars: [Bar]
    /// What the values are.
    package var label: String

    package init(bars: [Bar], label: String, title: String = "", size: ChartSize = .regular) {
        self.title = title
        self.size = size
        self.bars = bars
        self.label = label
    }
}

extension BarsExhibit: ExhibitContent {
    package static var kind: String { "bars" }

    /// For the terminal: one bar a line.
    package var terminalText: String { bars.map { "\($0.name): \($0.value)" }.titled(title) }
}

// MARK: - Showing

/// Shows named values as bars, in the order given.
///
/// - Parameters:
///   - label: what the values are.
///   - title: what the chart is called.
public func show<Value: LineNumber>(
    bars values: KeyValuePairs<String, Value>, label: String = "", title: String = "", size: ChartSize = .regular
) {
    record(values.map { ($0.key, $0.value.lineNumber) }, label, title, size)
}

/// Shows named values as bars, for a program that makes their list.
public func show<Value: LineNumber>(
    bars values: [(name: String, value: Value)], label: String = "", title: String = "", size: ChartSize = .regular
) {
    record(values.map { ($0.name, $0.value.lineNumber) }, label, title, size)
}

/// Shows each value of an array or a vector as a bar, named by its place: 0, 1, 2 …
public func show(bars values: some LineValues, label: String = "", title: String = "", size: ChartSize = .regular) {
    record(values.lineValues.enumerated().map { ("\($0)", $1) }, label, title, size)
}

private func record(_ values: [(name: String, value: Double)], _ label: String, _ title: String, _ size: ChartSize) {
    let bars = values.map { BarsExhibit.Bar(name: $0.name, value: $0.value) }
    Recorder.current.show(BarsExhibit(bars: bars, label: label, title: title, size: size))
}

#if !hasFeature(Embedded)
/// Shows numbers of different types as bars.
@_disfavoredOverload
public func show(
    bars values: KeyValuePairs<String, any LineNumber>, label: String = "", title: String = "", size: ChartSize = .regular
) {
    record(values.map { ($0.key, $0.value.lineNumber) }, label, title, size)
}

/// For the compiler's message: without this, several values under a name make it speak of a fault of its own.
@available(
    *, unavailable,
    message: """
        a bar is one number under a name, show(bars: ["RNN": 78, "GRU": 234]); an array or a tensor has no names: show(bars: values)
        """
)
@_disfavoredOverload
public func show(
    bars values: KeyValuePairs<String, Any>, label: String = "", title: String = "", size: ChartSize = .regular
) { fatalError() }
#endif
