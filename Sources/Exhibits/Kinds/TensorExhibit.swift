import Recurrent

/// A tensor with its name: `show(hn, "hn")`; the name is empty for `show(hn)`.
package struct TensorExhibit: Codable, Hashable, Sendable {
    package var name: String
    package var shape: [Int]
    /// Row-major.
    package var values: [Double]

    package init(name: String, shape: [Int], values: [Double]) {
        self.name = name
        self.shape = shape
        self.values = values
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
public func show(_ tensor: Tensor, _ name: String = "") {
    Recorder.current.show(TensorExhibit(name: name, shape: Array(tensor.shape), values: tensor.values))
}
