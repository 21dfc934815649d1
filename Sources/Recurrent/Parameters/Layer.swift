/// Something with parameters that can be trained: a layer, or a model made of layers.
///
///     final class Classifier: Layer {
///         let lstm = LSTM(inputSize: 1, hiddenSize: 64)
///         let fc = Linear(64, 2)
///         var parameters: Parameters { Parameters(of: ["lstm": lstm.parameters, "fc": fc.parameters]) }
///     }
///
/// A model with dropout somewhere in it hands `train()` and `eval()` on: `func eval() { lstm.eval() }`.
public protocol Layer {
    /// In PyTorch's order.
    var parameters: Parameters { get }

    /// Dropout takes place, as it does from the start.
    func train()

    /// Dropout leaves its input as it is.
    func eval()
}

extension Layer {
    public func train() {}
    public func eval() {}

    /// Copies the values of `tensors` into the parameters of the same names.
    ///
    /// Throws one error that names every tensor missing, extra or of another shape; then nothing is copied.
    public func load(_ tensors: [String: Tensor]) throws(LoadingError) {
        try parameters.load(tensors)
    }

    /// Copies the parameters of a model of the same build: `copy.load(model.parameters)`.
    ///
    /// Throws one error that names every tensor missing, extra or of another shape; then nothing is copied.
    public func load(_ parameters: Parameters) throws(LoadingError) {
        try self.parameters.load(parameters)
    }
}
