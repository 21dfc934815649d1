import Recurrent

/// A tensor with its name: `show(hn, "hn")`; the name is empty for `show(hn)`.
public struct TensorExhibit: Codable, Hashable, Sendable {
    public var name: String
    public var shape: [Int]
    /// Row-major.
    public var values: [Double]

    public init(name: String, shape: [Int], values: [Double]) {
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
