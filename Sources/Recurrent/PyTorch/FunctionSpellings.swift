/// PyTorch's functions and modules under names that are others here; see TensorSpellings.swift.
#if !hasFeature(Embedded)

@available(*, unavailable, renamed: "cat(_:axis:)")
public func cat(_ tensors: [Tensor], dim: Int) -> Tensor { fatalError() }
@available(*, unavailable, message: "takes an array: cat([a, b])")
public func cat(_ a: Tensor, _ b: Tensor) -> Tensor { fatalError() }
@available(*, unavailable, message: "takes an array: stack([a, b])")
public func stack(_ a: Tensor, _ b: Tensor) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "stack(_:axis:)")
public func stack(_ tensors: [Tensor], dim: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "softmax(_:axis:)")
public func softmax(_ x: Tensor, dim: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "logSoftmax(_:axis:)")
public func log_softmax(_ x: Tensor, dim: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "crossEntropy(_:_:reduction:)")
public func cross_entropy(_ logits: Tensor, _ labels: Tensor) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "meanSquaredError(_:_:reduction:)")
public func mseLoss(_ prediction: Tensor, _ target: Tensor) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "matmul(_:_:)")
public func bmm(_ a: Tensor, _ b: Tensor) -> Tensor { fatalError() }
@available(*, unavailable, message: "set it by hand: optimizer.learningRate *= 0.5")
public var StepLR: PrefixedName { fatalError() }
@available(*, unavailable, renamed: "meanSquaredError(_:_:reduction:)")
public func mse_loss(_ prediction: Tensor, _ target: Tensor) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "oneHot(_:classes:)")
public func one_hot(_ labels: Tensor, num_classes: Int = -1) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "oneHot(_:classes:)")
public func oneHot(_ labels: Tensor, numClasses: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "oneHot(_:classes:)")
public func oneHot(_ labels: [Int], numClasses: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "multinomial(_:_:replacement:)")
public func multinomial(_ weights: Tensor, num_samples: Int, replacement: Bool = false) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "padSequence(_:batchFirst:padding:)")
public func pad_sequence(_ sequences: [Tensor], batch_first: Bool = false, padding_value: Double = 0) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "noGrad(_:)")
public func no_grad<Result>(_ body: () -> Result) -> Result { fatalError() }
@available(*, unavailable, renamed: "manualSeed(_:)")
public func manual_seed(_ seed: UInt64) { fatalError() }
@available(*, unavailable, renamed: "clipGradientNorm(_:_:)")
public func clip_grad_norm_(_ parameters: Parameters, _ maxNorm: Double) -> Double { fatalError() }
@available(*, unavailable, renamed: "clipGradientNorm(_:_:)")
public func clipGradNorm(_ parameters: Parameters, _ maxNorm: Double) -> Double { fatalError() }
@available(*, unavailable, message: "an RNN takes the sequences' lengths: lstm(x, lengths: [3, 2])")
public func pack_padded_sequence(_ x: Tensor, _ lengths: [Int], batch_first: Bool = false) -> Tensor { fatalError() }
@available(*, unavailable, message: "an RNN takes the sequences' lengths: lstm(x, lengths: [3, 2])")
public func packPaddedSequence(_ x: Tensor, _ lengths: [Int], batchFirst: Bool = false) -> Tensor { fatalError() }

@available(*, unavailable, renamed: "Tensor.zeros")
public func zeros(_ lengths: Int...) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.ones")
public func ones(_ lengths: Int...) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.rand")
public func rand(_ lengths: Int...) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.randn")
public func randn(_ lengths: Int...) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.arange")
public func arange(_ end: Double) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.linspace")
public func linspace(_ start: Double, _ end: Double, _ count: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.eye")
public func eye(_ n: Int) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.full")
public func full(_ shape: Shape, _ value: Double) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.randint")
public func randint(_ low: Int, _ high: Int, _ shape: Shape) -> Tensor { fatalError() }
@available(*, unavailable, renamed: "Tensor.randperm")
public func randperm(_ count: Int) -> Tensor { fatalError() }

/// What is found under a module's name, to be called with anything: so that a message can say that there are none.
@dynamicCallable @dynamicMemberLookup
public struct PrefixedName {
    /// A name within a module within a module: `nn.utils.rnn`.
    public subscript(dynamicMember name: String) -> PrefixedName { fatalError() }
    /// With arguments of any labels and types.
    @discardableResult
    public func dynamicallyCall(withKeywordArguments arguments: KeyValuePairs<String, Any>) -> PrefixedName { fatalError() }
}

/// PyTorch's modules: here every name stands by itself.
@dynamicMemberLookup
public enum torch {
    @available(
        *, unavailable, message: "here every name stands by itself: LSTM(…), Adam(…), tanh(x), manualSeed(0), Tensor.zeros(2, 3)"
    )
    public static subscript(dynamicMember name: String) -> PrefixedName { fatalError() }
    @available(*, unavailable, renamed: "Tensor.init(_:)", message: "write Tensor([1, 2, 3])")
    public static func tensor(_ values: [Double]) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "Tensor.zeros")
    public static func zeros(_ lengths: Int...) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "Tensor.ones")
    public static func ones(_ lengths: Int...) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "Tensor.rand")
    public static func rand(_ lengths: Int...) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "Tensor.randn")
    public static func randn(_ lengths: Int...) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "manualSeed(_:)")
    public static func manual_seed(_ seed: UInt64) { fatalError() }
    @available(*, unavailable, renamed: "tanh(_:)")
    public static func tanh(_ x: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "sigmoid(_:)")
    public static func sigmoid(_ x: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "exp(_:)")
    public static func exp(_ x: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "log(_:)")
    public static func log(_ x: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "softmax(_:axis:)")
    public static func softmax(_ x: Tensor, dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "matmul(_:_:)")
    public static func matmul(_ a: Tensor, _ b: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "cat(_:axis:)")
    public static func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "stack(_:axis:)")
    public static func stack(_ tensors: [Tensor], dim: Int = 0) -> Tensor { fatalError() }
}

extension torch {
    @available(*, unavailable, message: "a model is a class that conforms to Layer")
    public typealias Module = Layer
}

@available(*, unavailable, message: "a model is a class that conforms to Layer")
public typealias Module = Layer

/// `torch.nn`, also imported by itself.
public typealias nn = torch
/// `torch.optim`, also imported by itself.
public typealias optim = torch
/// `torch.nn.functional`, imported as F.
public typealias F = torch

// MARK: - Losses

@available(
    *, unavailable, message: "a loss is a function: crossEntropy(logits, labels, weight: w, ignoreIndex: 0, reduction: .mean)"
)
public var CrossEntropyLoss: PrefixedName { fatalError() }
@available(
    *, unavailable, message: "a loss is a function: crossEntropy(logits, labels, weight: w, ignoreIndex: 0, reduction: .mean)"
)
public func CrossEntropyLoss(
    weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean, labelSmoothing: Double = 0
) -> PrefixedName { fatalError() }
@available(*, unavailable, message: "a loss is a function: meanSquaredError(prediction, target)")
public var MSELoss: PrefixedName { fatalError() }

extension torch {
    @available(
        *, unavailable, message: "a loss is a function: crossEntropy(logits, labels, weight: w, ignoreIndex: 0, reduction: .mean)"
    )
    public static var CrossEntropyLoss: PrefixedName { fatalError() }
    @available(*, unavailable, message: "a loss is a function: meanSquaredError(prediction, target)")
    public static var MSELoss: PrefixedName { fatalError() }
}

// MARK: - Attention

extension MultiheadAttention {
    @available(
        *, unavailable, renamed: "init(embedDim:numHeads:dropout:bias:addBiasKV:addZeroAttention:keyDim:valueDim:batchFirst:)"
    )
    public convenience init(
        embedDim: Int, numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKV: Bool = false, addZeroAttn: Bool = false,
        kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false
    ) { fatalError() }
    @available(
        *, unavailable,
        message:
            "say what a mask means: .excluding(mask) of 1 where a query may not look, .adding(mask) of numbers added to the scores"
    )
    public func callAsFunction(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil, attentionMask: Tensor? = nil, keyPaddingMask: Tensor? = nil,
        averageWeights: Bool = true
    ) -> (output: Tensor, weights: Tensor) { fatalError() }
    @available(
        *, unavailable,
        message:
            "the weights are always given; write attentionMask: .excluding(mask), keyPaddingMask: .excluding(mask), averageWeights: true"
    )
    public func callAsFunction(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, keyPaddingMask: Tensor? = nil, needWeights: Bool = true,
        attnMask: Tensor? = nil, averageAttnWeights: Bool = true
    ) -> (output: Tensor, weights: Tensor) { fatalError() }
}

@available(*, unavailable, message: "set it by hand: optimizer.learningRate *= 0.5")
public var CosineAnnealingLR: PrefixedName { fatalError() }
@available(*, unavailable, renamed: "scaledDotProductAttention(_:_:_:mask:)")
public func attention(_ q: Tensor, _ k: Tensor, _ v: Tensor) -> Tensor { fatalError() }
#endif
