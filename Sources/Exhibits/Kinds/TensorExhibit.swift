import Recurrent

/// A tensor with its name: `show(hn, "hn")`; the name is empty for `show(hn)`.
///
/// The rows and columns are those of its last two axes; a vector is one row.
package struct TensorExhibit: Codable, Hashable, Sendable {
    package var name: String
    package var shape: [Int]
    /// Row-major.
    package var values: [Double]
    /// A name for each row; nil where they are counted from 0.
    package var rows: [String]?
    package var columns: [String]?

    package init(name: String, shape: [Int], values: [Double], rows: [String]? = nil, columns: [String]? = nil) {
        self.name = name
        self.shape = shape
        self.values = values
        self.rows = rows
        self.columns = columns
    }
}

extension TensorExhibit: ExhibitContent {
    package static var kind: String { "tensor" }

    /// For the terminal.
    package var terminalText: String {
        "\(name.isEmpty ? "" : name + " ")\(Shape(shape)) = \(Tensor(shape: Shape(shape), values: values))"
    }
}

// MARK: - Showing

/// Shows a tensor: its name, if it is given one, its shape and its values.
///
/// - Parameters:
///   - tensor: of any shape; of more than two axes, the matrices of the last two are shown.
///   - name: what it is called.
///   - rows: a name for each row, such as `["t = 1", "t = 2"]`; 0, 1, 2 … if left out.
///   - columns: a name for each column, of a vector for each element; 0, 1, 2 … if left out.
public func show(_ tensor: Tensor, _ name: String = "", rows: [String]? = nil, columns: [String]? = nil) {
    let shape = Array(tensor.shape)
    do {
        Recorder.current.show(
            TensorExhibit(
                name: name, shape: shape, values: tensor.values,
                rows: try axisNames(rows, of: "row", axisFromLast: 2, shape),
                columns: try axisNames(columns, of: "column", axisFromLast: 1, shape)))
    } catch {
        fatalError("show(_:_:rows:columns:): \(error)")
    }
}

/// Names for the rows or columns of a tensor, as many as there are.
private func axisNames(_ given: [String]?, of axis: String, axisFromLast: Int, _ shape: [Int]) throws(ShowMisuse) -> [String]? {
    guard let given else { return nil }
    guard shape.count >= axisFromLast else {
        throw ShowMisuse(description: "a tensor of shape \(Shape(shape)) has no \(axis)s to name")
    }
    return try names(given, of: axis, count: shape[shape.count - axisFromLast])
}
