import Recurrent

/// A matrix as a field of tinted cells with named rows and columns: `show(heatmap: weights, rows: words)`.
package struct HeatmapExhibit: Codable, Hashable, Sendable {
    package var title: String
    package var rows: [String]
    package var columns: [String]
    /// As many as `rows`, each with as many values as `columns`.
    package var values: [[Double]]
    /// What the rows are, such as `query`; may be empty.
    package var rowTitle: String
    package var columnTitle: String

    package init(
        rows: [String], columns: [String], values: [[Double]], rowTitle: String = "", columnTitle: String = "", title: String = ""
    ) {
        self.title = title
        self.rows = rows
        self.columns = columns
        self.values = values
        self.rowTitle = rowTitle
        self.columnTitle = columnTitle
    }
}

extension HeatmapExhibit: ExhibitContent {
    package static var kind: String { "heatmap" }

    /// For the terminal: one row a line.
    package var terminalText: String { zip(rows, values).map { "\($0): \($1)" }.titled(title) }
}

// MARK: - Showing

/// Shows a matrix as a heat map.
///
/// - Parameters:
///   - matrix: (rows, columns); a vector is one row.
///   - rows: a name for each row; 0, 1, 2 … if left out.
///   - columns: a name for each column; 0, 1, 2 … if left out.
///   - rowTitle: what the rows are.
///   - columnTitle: what the columns are.
///   - title: what the map is called.
public func show(
    heatmap matrix: Tensor, rows: [String]? = nil, columns: [String]? = nil,
    rowTitle: String = "", columnTitle: String = "", title: String = ""
) {
    do {
        Recorder.current.show(
            try HeatmapExhibit(
                matrix, rows: rows, columns: columns, rowTitle: rowTitle, columnTitle: columnTitle, title: title))
    } catch {
        fatalError("show(heatmap:): \(error)")
    }
}

/// Shows rows of numbers as a heat map.
public func show(
    heatmap values: [[Double]], rows: [String]? = nil, columns: [String]? = nil,
    rowTitle: String = "", columnTitle: String = "", title: String = ""
) {
    show(heatmap: Tensor(values), rows: rows, columns: columns, rowTitle: rowTitle, columnTitle: columnTitle, title: title)
}

extension HeatmapExhibit {
    package init(
        _ matrix: Tensor, rows: [String]?, columns: [String]?, rowTitle: String, columnTitle: String, title: String
    ) throws(ShowMisuse) {
        guard (1...2).contains(matrix.shape.count) else {
            throw ShowMisuse(description: "the tensor must have 2 axes (rows, columns), or 1; got shape \(matrix.shape)")
        }
        let values = matrix.matrixRows
        self.init(
            rows: try names(rows, of: "row", count: values.count),
            columns: try names(columns, of: "column", count: matrix.shape[matrix.shape.count - 1]),
            values: values, rowTitle: rowTitle, columnTitle: columnTitle, title: title)
    }
}
