/// Layers one after the other, and the activations as layers that stand between them.

/// A layer that makes one tensor of one. It is an object, for Embedded Swift holds several kinds side by side only so.
public protocol TensorLayer: Layer, AnyObject {
    /// x in whatever shapes the layer takes; gradients flow back through it.
    func callAsFunction(_ x: Tensor) -> Tensor
}

extension Linear: TensorLayer {}
extension Dropout: TensorLayer {}
extension Embedding: TensorLayer {}

/// Hands its input through every layer in turn; parameters are led by the layer's number, as in PyTorch: `0.weight`.
///
///     let model = Sequential(Linear(2, 8), Tanh(), Linear(8, 1))
///     model.parameters.names          // 0.weight, 0.bias, 2.weight, 2.bias
///
/// An RNN, which gives a state beside its output, is no part for it: write a model of your own (see ``Layer``).
public final class Sequential: TensorLayer {
    private let layers: [any TensorLayer]

    /// In the order in which x passes them; without any, x comes out as it is.
    public init(_ layers: any TensorLayer...) {
        self.layers = layers
    }

    public var parameters: Parameters {
        Parameters(of: layers.map { $0.parameters })
    }

    public func train() { for layer in layers { layer.train() } }
    public func eval() { for layer in layers { layer.eval() } }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        layers.reduce(x) { $1($0) }
    }
}

extension Sequential: CustomStringConvertible {
    /// As PyTorch prints it, a layer on each line.
    public var description: String {
        var text = "Sequential("
        for (index, layer) in layers.enumerated() {
            var lines = ""
            for character in Self.text(of: layer) { lines += character == "\n" ? "\n  " : String(character) }
            text += "\n  (\(index)): " + lines
        }
        return text + (layers.isEmpty ? ")" : "\n)")
    }

    private static func text(of layer: any TensorLayer) -> String {
        #if hasFeature(Embedded)
        return "layer"
        #else
        return "\(layer)"
        #endif
    }
}

// MARK: - Activations

/// ``tanh(_:)-(Tensor)`` as a layer.
public final class Tanh: TensorLayer, CustomStringConvertible {
    /// PyTorch's `nn.Tanh()`.
    public init() {}
    public var parameters: Parameters { Parameters() }
    public func callAsFunction(_ x: Tensor) -> Tensor { tanh(x) }
    public var description: String { "Tanh()" }
}

/// ``sigmoid(_:)-(Tensor)`` as a layer.
public final class Sigmoid: TensorLayer, CustomStringConvertible {
    /// PyTorch's `nn.Sigmoid()`.
    public init() {}
    public var parameters: Parameters { Parameters() }
    public func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(x) }
    public var description: String { "Sigmoid()" }
}

/// ``relu(_:)`` as a layer.
public final class ReLU: TensorLayer, CustomStringConvertible {
    /// PyTorch's `nn.ReLU()`.
    public init() {}
    public var parameters: Parameters { Parameters() }
    public func callAsFunction(_ x: Tensor) -> Tensor { relu(x) }
    public var description: String { "ReLU()" }
}
