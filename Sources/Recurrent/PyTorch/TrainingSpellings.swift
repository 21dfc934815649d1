/// PyTorch's spellings on layers, parameters and optimisers; see TensorSpellings.swift.
#if !hasFeature(Embedded)

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
        _ parameters: Parameters, lr: Double, betas: (Double, Double) = (0.9, 0.999), eps: Double = 1e-8,
        weight_decay: Double = 0.01
    ) { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}

extension RMSprop {
    @available(*, unavailable, renamed: "init(_:learningRate:alpha:epsilon:weightDecay:momentum:centered:)")
    public convenience init(
        _ parameters: Parameters, lr: Double, alpha: Double = 0.99, eps: Double = 1e-8, weight_decay: Double = 0,
        momentum: Double = 0
    ) { fatalError() }
    @available(*, unavailable, renamed: "zeroGrad()")
    public func zero_grad() { fatalError() }
}
#endif
