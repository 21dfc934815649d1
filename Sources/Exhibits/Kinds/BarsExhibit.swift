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

    package var bars: [Bar]
    /// What the values are.
    package var label: String

    package init(bars: [Bar], label: String) {
        self.bars = bars
        self.label = label
    }
}

extension BarsExhibit: ExhibitContent {
    package static var kind: String { "bars" }

    /// For the terminal: one bar a line.
    package var terminalText: String { bars.map { "\($0.name): \($0.value)" }.joined(separator: "\n") }
}

// MARK: - Showing

/// Shows named values as bars, in the order given; `label` says what the values are.
public func show(bars values: KeyValuePairs<String, Double>, label: String = "") {
    show(bars: values.map { ($0.key, $0.value) }, label: label)
}

/// Shows named counts as bars, in the order given; `label` says what they count.
public func show(bars values: KeyValuePairs<String, Int>, label: String = "") {
    show(bars: values.map { ($0.key, Double($0.value)) }, label: label)
}

/// Shows named values as bars, for a program that makes their list.
public func show(bars values: [(name: String, value: Double)], label: String = "") {
    let bars = values.map { BarsExhibit.Bar(name: $0.name, value: $0.value) }
    Recorder.current.show(BarsExhibit(bars: bars, label: label))
}

/// Shows each value of an array or a vector as a bar, named by its place: 0, 1, 2 …
public func show(bars values: some LineValues, label: String = "") {
    show(bars: values.lineValues.enumerated().map { ("\($0)", $1) }, label: label)
}

#if !hasFeature(Embedded)
/// For the compiler's message: without this, several values under a name make it speak of a fault of its own.
@available(
    *, unavailable,
    message: """
        a bar is one number under a name, show(bars: ["RNN": 78, "GRU": 234]); an array or a tensor has no names: show(bars: values)
        """
)
@_disfavoredOverload
public func show(bars values: KeyValuePairs<String, Any>, label: String = "") { fatalError() }
#endif
