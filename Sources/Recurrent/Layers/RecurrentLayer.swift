/// A layer that reads a whole sequence: RNN, LSTM or GRU, and what it was made with.
public protocol RecurrentLayer: Layer {
    /// D, the number of features of x_t.
    var inputSize: Int { get }
    /// H, the number of units.
    var hiddenSize: Int { get }
    var numLayers: Int { get }
    /// Input and output are (N, L, …) instead of (L, N, …).
    var batchFirst: Bool { get }
    var bidirectional: Bool { get }
}

extension RNN: RecurrentLayer {
    public var inputSize: Int { stack.options.inputSize }
    public var hiddenSize: Int { stack.options.hiddenSize }
    public var numLayers: Int { stack.options.numLayers }
    public var batchFirst: Bool { stack.options.batchFirst }
    public var bidirectional: Bool { stack.options.bidirectional }
}

extension LSTM: RecurrentLayer {
    public var inputSize: Int { stack.options.inputSize }
    public var hiddenSize: Int { stack.options.hiddenSize }
    public var numLayers: Int { stack.options.numLayers }
    public var batchFirst: Bool { stack.options.batchFirst }
    public var bidirectional: Bool { stack.options.bidirectional }
}

extension GRU: RecurrentLayer {
    public var inputSize: Int { stack.options.inputSize }
    public var hiddenSize: Int { stack.options.hiddenSize }
    public var numLayers: Int { stack.options.numLayers }
    public var batchFirst: Bool { stack.options.batchFirst }
    public var bidirectional: Bool { stack.options.bidirectional }
}
