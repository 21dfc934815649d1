import Recurrent

/// Named columns of numbers or words: `show(table: ["epoch": epochs, "loss": losses])`.
package struct TableExhibit: Codable, Hashable, Sendable {
    package struct Column: Codable, Hashable, Sendable {
        package var name: String
        /// nil in a column of words.
        package var numbers: [Double]?
        /// nil in a column of numbers.
        package var words: [String]?

        package init(name: String, numbers: [Double]) {
            self.name = name
            self.numbers = numbers
        }

        package init(name: String, words: [String]) {
            self.name = name
            self.words = words
        }

        package var count: Int { numbers?.count ?? words?.count ?? 0 }
    }

    package var title: String
    /// All of one length.
    package var columns: [Column]

    package init(title: String = "", columns: [Column]) {
        self.title = title
        self.columns = columns
    }

    package var rowCount: Int { columns.first?.count ?? 0 }
}

extension TableExhibit: ExhibitContent {
    package static var kind: String { "table" }

    /// For the terminal: one row a line, its columns one below the other.
    package var terminalText: String {
        let texts = columns.map { [$0.name] + ($0.words ?? ($0.numbers ?? []).map { "\($0)" }) }
        let widths = texts.map { $0.map { $0.count }.max() ?? 0 }
        return (0...rowCount).map { row in
            zip(texts, widths).enumerated().map { column, cells in
                let text = cells.0[row]
                return column == texts.count - 1 ? text : text + String(repeating: " ", count: cells.1 - text.count)
            }.joined(separator: "  ")
        }.titled(title)
    }
}

// MARK: - Columns

/// What a table has a cell for: a number that a chart has a place for, a string, or a truth value.
public protocol TableValue {
    /// The number; nil where there are words.
    var tableNumber: Double? { get }
    /// The words; empty where there is a number.
    var tableWords: String { get }
}

extension TableValue where Self: LineNumber {
    public var tableNumber: Double? { lineNumber }
    public var tableWords: String { "" }
}

extension Double: TableValue {}
extension Float: TableValue {}
extension Int: TableValue {}
extension Tensor: TableValue {}

extension String: TableValue {
    public var tableNumber: Double? { nil }
    public var tableWords: String { self }
}

extension Substring: TableValue {
    public var tableNumber: Double? { nil }
    public var tableWords: String { String(self) }
}

extension Character: TableValue {
    public var tableNumber: Double? { nil }
    public var tableWords: String { String(self) }
}

extension Bool: TableValue {
    public var tableNumber: Double? { nil }
    public var tableWords: String { self ? "true" : "false" }
}

/// The cells of a column: an array, a part of one, a range, or a tensor.
public protocol TableValues {
    /// From the top to the bottom; nil where the column has words.
    var columnNumbers: [Double]? { get }
    /// From the top to the bottom; empty where the column has numbers.
    var columnWords: [String] { get }
}

extension TableValues where Self: Collection, Element: TableValue {
    public var columnNumbers: [Double]? {
        let numbers = compactMap { $0.tableNumber }
        return numbers.count == count ? numbers : nil
    }
    public var columnWords: [String] { map { $0.tableWords } }
}

extension Array: TableValues where Element: TableValue {}
extension ArraySlice: TableValues where Element: TableValue {}
extension Range: TableValues where Bound == Int {}
extension ClosedRange: TableValues where Bound == Int {}

extension Tensor: TableValues {
    public var columnNumbers: [Double]? { values }
    public var columnWords: [String] { [] }
}

// MARK: - Showing

#if hasFeature(Embedded)
/// Shows columns one beside the other, each under its name.
public func show<Values: TableValues>(table columns: KeyValuePairs<String, Values>, title: String = "") {
    record(columns.map { ($0.key, $0.value.columnNumbers, $0.value.columnWords) }, title)
}
#else
/// Shows columns of numbers or strings one beside the other, each under its name.
public func show(table columns: KeyValuePairs<String, any TableValues>, title: String = "") {
    record(columns.map { ($0.key, $0.value.columnNumbers, $0.value.columnWords) }, title)
}

/// For the compiler's message: without this, a column that is none makes it speak of a fault of its own.
@available(
    *, unavailable,
    message: """
        a column is an array of Double, Float, Int, one-element tensors, String or Bool, or a tensor: \
        show(table: ["epoch": epochs, "loss": losses])
        """
)
@_disfavoredOverload
public func show(table columns: KeyValuePairs<String, Any>, title: String = "") { fatalError() }
#endif

private func record(_ columns: [(name: String, numbers: [Double]?, words: [String])], _ title: String) {
    let columns = columns.map { name, numbers, words in
        numbers.map { TableExhibit.Column(name: name, numbers: $0) } ?? TableExhibit.Column(name: name, words: words)
    }
    if let first = columns.first, let other = columns.first(where: { $0.count != first.count }) {
        fatalError(
            "show(table:): the column \"\(other.name)\" needs \(first.count) values, as many as \"\(first.name)\" has; "
                + "got \(other.count)")
    }
    Recorder.current.show(TableExhibit(title: title, columns: columns))
}
