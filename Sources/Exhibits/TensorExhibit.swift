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
    /// For the terminal.
    var terminalText: String { "\(name.isEmpty ? "" : name + " ")\(Shape(shape)) = \(Tensor(shape: Shape(shape), values: values))" }
}
