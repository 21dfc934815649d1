/// Layers one after the other, and the activations as layers that stand between them.

/// A layer that makes one tensor of one.
public protocol TensorLayer: Layer {
    func callAsFunction(_ x: Tensor) -> Tensor
}

extension Linear: TensorLayer {}
extension Dropout: TensorLayer {}

/// Hands its input through every layer in turn; parameters are led by the layer's number, as in PyTorch: `0.weight`.
///
///     let model = Sequential(Linear(2, 8), Tanh(), Linear(8, 1))
///     model.parameters.names          // 0.weight, 0.bias, 2.weight, 2.bias
///
/// An RNN, which gives a state beside its output, is no part for it: write a model of your own (see ``Layer``).
public struct Sequential: TensorLayer {
    /// What one layer can do, whatever its type.
    private struct Stage {
        let apply: (Tensor) -> Tensor
        let parameters: () -> Parameters
        let switchTraining: (Bool) -> Void
        let description: () -> String
    }

    private let stages: [Stage]

    public init<each L: TensorLayer>(_ layers: repeat each L) {
        var stages: [Stage] = []
        func add<One: TensorLayer>(_ layer: One) {
            stages.append(Stage(
                apply: { layer($0) }, parameters: { layer.parameters }, switchTraining: { $0 ? layer.train() : layer.eval() },
                description: {
                    #if hasFeature(Embedded)
                        return "layer"
                    #else
                        return "\(layer)"
                    #endif
                }
            ))
        }
        repeat add(each layers)
        self.stages = stages
    }

    public var parameters: Parameters {
        Parameters(stages.enumerated().flatMap { index, stage in stage.parameters().map { ("\(index).\($0.name)", $0.tensor) } })
    }

    public func train() { for stage in stages { stage.switchTraining(true) } }
    public func eval() { for stage in stages { stage.switchTraining(false) } }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        stages.reduce(x) { $1.apply($0) }
    }
}

extension Sequential: CustomStringConvertible {
    /// As PyTorch prints it, a layer on each line.
    public var description: String {
        var text = "Sequential("
        for (index, stage) in stages.enumerated() {
            var lines = ""
            for character in stage.description() { lines += character == "\n" ? "\n  " : String(character) }
            text += "\n  (\(index)): " + lines
        }
        return text + (stages.isEmpty ? ")" : "\n)")
    }
}

// MARK: - Activations

/// ``tanh(_:)-(Tensor)`` as a layer.
public struct Tanh: TensorLayer, CustomStringConvertible {
    public init() {}
    public var parameters: Parameters { Parameters() }
    public func callAsFunction(_ x: Tensor) -> Tensor { tanh(x) }
    public var description: String { "Tanh()" }
}

/// ``sigmoid(_:)-(Tensor)`` as a layer.
public struct Sigmoid: TensorLayer, CustomStringConvertible {
    public init() {}
    public var parameters: Parameters { Parameters() }
    public func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(x) }
    public var description: String { "Sigmoid()" }
}

/// ``relu(_:)`` as a layer.
public struct ReLU: TensorLayer, CustomStringConvertible {
    public init() {}
    public var parameters: Parameters { Parameters() }
    public func callAsFunction(_ x: Tensor) -> Tensor { relu(x) }
    public var description: String { "ReLU()" }
}
