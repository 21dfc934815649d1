/// Spellings of PyTorch that are others here: each tells the right one, where the compiler alone would guess worse or nothing.
#if !hasFeature(Embedded)

// MARK: - Tensors

extension Tensor {
    @available(*, unavailable, renamed: "reshaped(_:)")
    public func reshape(_ lengths: Int...) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "permuted(_:)", message: "axes go in an array: permuted([1, 0])")
    public func permute(_ axes: Int...) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "transposed(_:_:)")
    public func transpose(_ first: Int, _ second: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "transposed()")
    public func t() -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "transposed()")
    public var T: Tensor { fatalError() }
    @available(*, unavailable, renamed: "transposed()")
    public var mT: Tensor { fatalError() }
    @available(*, unavailable, renamed: "flattened()")
    public func flatten() -> Tensor { fatalError() }
    @available(*, unavailable, message: "a tensor lies row by row always: leave contiguous() out")
    public func contiguous() -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "values")
    public func tolist() -> [Double] { fatalError() }
    @available(*, unavailable, renamed: "values")
    public func numpy() -> [Double] { fatalError() }
    @available(*, unavailable, message: "the shape is a property, and each length an element of it: x.shape[0]")
    public func size(_ axis: Int? = nil) -> Int { fatalError() }
    @available(*, unavailable, message: "the number of axes is x.shape.count")
    public func dim() -> Int { fatalError() }
    @available(*, unavailable, renamed: "shape.elementCount")
    public func numel() -> Int { fatalError() }

    @available(*, unavailable, renamed: "gradient")
    public var grad: Tensor? { fatalError() }
    @available(*, unavailable, renamed: "requiresGradient")
    public var requires_grad: Bool {
        get { fatalError() }
        set { fatalError() }
    }
    @available(*, unavailable, message: "set the property: x.requiresGradient = true")
    public func requires_grad_(_ value: Bool = true) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "maskedFill(_:_:)")
    public func masked_fill(_ mask: Tensor, _ value: Double) -> Tensor { fatalError() }

    @available(*, unavailable, renamed: "sum(axis:keepingAxis:)")
    public func sum(dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "sum(axis:keepingAxis:)")
    public func sum(axis: Int, keepdim: Bool) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "mean(axis:keepingAxis:)")
    public func mean(dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "mean(axis:keepingAxis:)")
    public func mean(axis: Int, keepdim: Bool) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "std(axis:unbiased:keepingAxis:)")
    public func std(dim: Int, unbiased: Bool = true, keepdim: Bool = false) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "std(axis:unbiased:keepingAxis:)")
    public func std(axis: Int, unbiased: Bool = true, keepdim: Bool) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "var(axis:unbiased:keepingAxis:)")
    public func `var`(dim: Int, unbiased: Bool = true, keepdim: Bool = false) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "var(axis:unbiased:keepingAxis:)")
    public func `var`(axis: Int, unbiased: Bool = true, keepdim: Bool) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "max(axis:)")
    public func max(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "min(axis:)")
    public func min(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "argmax(axis:)")
    public func argmax(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "cumsum(axis:)")
    public func cumsum(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "topk(_:axis:largest:)")
    public func topk(_ count: Int, dim: Int, largest: Bool = true) -> (values: Tensor, indices: Tensor) { fatalError() }
    @available(*, unavailable, renamed: "squeeze(_:)")
    public func squeeze(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "unsqueeze(_:)")
    public func unsqueeze(dim: Int) -> Tensor { fatalError() }

    @available(*, unavailable, message: "every tensor of a computation keeps its gradient: leave retain_grad() out")
    public func retain_grad() { fatalError() }
    @available(*, unavailable, message: "every tensor of a computation keeps its gradient: leave retainGrad() out")
    public func retainGrad() { fatalError() }
    @available(*, unavailable, message: "write x += y: it changes x itself")
    public func add_(_ other: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, message: "write x += y: it changes x itself")
    public func add_(_ other: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "write x *= y: it changes x itself")
    public func mul_(_ other: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "write x[.all] = 0: it changes x itself")
    public func zero_() -> Tensor { fatalError() }
    @available(*, unavailable, message: "write x[.all] = value: it changes x itself")
    public func fill_(_ value: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "tensors lie in memory, numbers are doubles: leave cuda() out")
    public func cuda() -> Tensor { fatalError() }
    @available(*, unavailable, message: "tensors lie in memory, numbers are doubles: leave to() out")
    public func to(_ device: String) -> Tensor { fatalError() }
    @available(*, unavailable, message: "numbers are doubles: leave float() out")
    public func float() -> Tensor { fatalError() }
    @available(*, unavailable, message: "numbers are doubles; whole ones are t.integers")
    public func long() -> Tensor { fatalError() }

    @available(*, unavailable, message: "what a mask chooses is x.maskedFill(mask, v) or Tensor.where(mask, a, b)")
    public subscript(mask: Tensor) -> Tensor {
        get { fatalError() }
        set { fatalError() }
    }
    @available(*, unavailable, message: "what a mask chooses is x.maskedFill(mask, v)")
    public subscript(mask: Tensor) -> Double {
        get { fatalError() }
        set { fatalError() }
    }

    @available(*, unavailable, message: "place by place a comparison is written x .> y, of one value x.item > y")
    public static func > (a: Tensor, b: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .> y, of one value x.item > y")
    public static func > (a: Tensor, b: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .>= y, of one value x.item >= y")
    public static func >= (a: Tensor, b: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .>= y, of one value x.item >= y")
    public static func >= (a: Tensor, b: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .< y, of one value x.item < y")
    public static func < (a: Tensor, b: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .< y, of one value x.item < y")
    public static func < (a: Tensor, b: Tensor) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .<= y, of one value x.item <= y")
    public static func <= (a: Tensor, b: Double) -> Tensor { fatalError() }
    @available(*, unavailable, message: "place by place a comparison is written x .<= y, of one value x.item <= y")
    public static func <= (a: Tensor, b: Tensor) -> Tensor { fatalError() }
}

infix operator **: MultiplicationPrecedence

extension Tensor {
    @available(*, unavailable, message: "a power is written pow(x, 2)")
    public static func ** (x: Tensor, exponent: Double) -> Tensor { fatalError() }
}

extension Tensor {
    @available(*, unavailable, message: "a shape is written in brackets: [2, 3]")
    public static func randint(_ low: Int, _ high: Int, _ shape: (Int, Int)) -> Tensor { fatalError() }
    @available(*, unavailable, message: "a shape is written in brackets: [2, 3]")
    public static func randint(_ high: Int, _ shape: (Int, Int)) -> Tensor { fatalError() }
    @available(*, unavailable, message: "a shape is written in brackets: [2, 3]")
    public static func full(_ shape: (Int, Int), _ value: Double) -> Tensor { fatalError() }
}

// MARK: - Functions

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
public func StepLR(_ optimizer: Any, step_size: Int, gamma: Double) -> Any { fatalError() }
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
    public subscript(dynamicMember name: String) -> PrefixedName { fatalError() }
    @discardableResult
    public func dynamicallyCall(withKeywordArguments arguments: KeyValuePairs<String, Any>) -> PrefixedName { fatalError() }
}

/// PyTorch's modules: here every name stands by itself.
@dynamicMemberLookup
public enum torch {
    @available(*, unavailable, message: "here every name stands by itself: LSTM(…), Adam(…), tanh(x), manualSeed(0), Tensor.zeros(2, 3)")
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

public typealias nn = torch
public typealias optim = torch
public typealias F = torch

// MARK: - Losses

@available(*, unavailable, message: "a loss is a function: crossEntropy(logits, labels, weight: w, ignoreIndex: 0, reduction: .mean)")
public var CrossEntropyLoss: PrefixedName { fatalError() }
@available(*, unavailable, message: "a loss is a function: crossEntropy(logits, labels, weight: w, ignoreIndex: 0, reduction: .mean)")
public func CrossEntropyLoss(
    weight: Tensor? = nil, ignoreIndex: Int = -100, reduction: Reduction = .mean, labelSmoothing: Double = 0
) -> PrefixedName { fatalError() }
@available(*, unavailable, message: "a loss is a function: meanSquaredError(prediction, target)")
public var MSELoss: PrefixedName { fatalError() }

extension torch {
    @available(*, unavailable, message: "a loss is a function: crossEntropy(logits, labels, weight: w, ignoreIndex: 0, reduction: .mean)")
    public static var CrossEntropyLoss: PrefixedName { fatalError() }
    @available(*, unavailable, message: "a loss is a function: meanSquaredError(prediction, target)")
    public static var MSELoss: PrefixedName { fatalError() }
}

// MARK: - Attention

extension MultiheadAttention {
    @available(*, unavailable, renamed: "init(embedDim:numHeads:dropout:bias:addBiasKV:addZeroAttention:keyDim:valueDim:batchFirst:)")
    public convenience init(
        embedDim: Int, numHeads: Int, dropout: Double = 0, bias: Bool = true, addBiasKV: Bool = false, addZeroAttn: Bool = false,
        kdim: Int? = nil, vdim: Int? = nil, batchFirst: Bool = false
    ) { fatalError() }
    @available(*, unavailable, message: "say what a mask means: .excluding(mask) of 1 where a query may not look, .adding(mask) of numbers added to the scores")
    public func callAsFunction(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, mask: Tensor? = nil, attentionMask: Tensor? = nil, keyPaddingMask: Tensor? = nil,
        averageWeights: Bool = true
    ) -> (output: Tensor, weights: Tensor) { fatalError() }
    @available(*, unavailable, message: "the weights are always given; write attentionMask: .excluding(mask), keyPaddingMask: .excluding(mask), averageWeights: true")
    public func callAsFunction(
        _ q: Tensor, _ k: Tensor, _ v: Tensor, keyPaddingMask: Tensor? = nil, needWeights: Bool = true,
        attnMask: Tensor? = nil, averageAttnWeights: Bool = true
    ) -> (output: Tensor, weights: Tensor) { fatalError() }
}

// MARK: - Training

extension Double {
    @available(*, unavailable, message: "item is a property: leave the parentheses out")
    public func callAsFunction() -> Double { fatalError() }
}

extension Parameters {
    @available(*, unavailable, message: "parameters is a property: leave the parentheses out")
    public func callAsFunction() -> Parameters { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}

extension Layer {
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
    @available(*, unavailable, renamed: "load(_:)")
    public func load_state_dict(_ parameters: Parameters) { fatalError() }
    @available(*, unavailable, renamed: "parameters")
    public func named_parameters() -> Parameters { fatalError() }
    @available(*, unavailable, renamed: "parameters")
    public func state_dict() -> Parameters { fatalError() }
}

extension LayerNorm {
    @available(*, unavailable, renamed: "init(_:epsilon:elementwiseAffine:bias:)")
    public convenience init(_ shape: Shape, eps: Double) { fatalError() }
    @available(*, unavailable, renamed: "init(_:epsilon:elementwiseAffine:bias:)")
    public convenience init(_ size: Int, eps: Double) { fatalError() }
}

extension SGD {
    @available(*, unavailable, renamed: "init(_:learningRate:momentum:weightDecay:)")
    public convenience init(
        _ parameters: Parameters, lr: Double, momentum: Double = 0, weight_decay: Double = 0
    ) { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}

extension Adam {
    @available(*, unavailable, renamed: "init(_:learningRate:betas:epsilon:)")
    public convenience init(
        _ parameters: Parameters, lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8
    ) { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}

extension AdamW {
    @available(*, unavailable, renamed: "init(_:learningRate:betas:epsilon:weightDecay:)")
    public convenience init(
        _ parameters: Parameters, lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8, weight_decay: Double = 0.01
    ) { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}

extension RMSprop {
    @available(*, unavailable, renamed: "init(_:learningRate:alpha:epsilon:weightDecay:momentum:centered:)")
    public convenience init(
        _ parameters: Parameters, lr: Double, alpha: Double = 0.99, eps: Double = 1e-8, weight_decay: Double = 0, momentum: Double = 0
    ) { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}
#endif
