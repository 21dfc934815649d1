/// Spellings of PyTorch on tensors that are others here: each tells the right one, where the compiler alone would guess worse.
#if !hasFeature(Embedded)

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
    @available(*, unavailable, renamed: "all(axis:)")
    public func all(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "any(axis:)")
    public func any(dim: Int) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "norm(axis:keepingAxis:)")
    public func norm(dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }
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
    @_disfavoredOverload
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

infix operator ** : MultiplicationPrecedence

extension Tensor {
    @available(*, unavailable, message: "a power is written pow(x, 2)")
    public static func ** (x: Tensor, exponent: Double) -> Tensor { fatalError() }
}

extension Tensor {
    @available(*, unavailable, renamed: "cat(_:axis:)")
    public static func cat(_ tensors: [Tensor]) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "stack(_:axis:)")
    public static func stack(_ tensors: [Tensor]) -> Tensor { fatalError() }
    @available(*, unavailable, renamed: "multinomial(_:_:replacement:)")
    public static func multinomial(_ weights: Tensor, _ count: Int) -> Tensor { fatalError() }
    @available(*, unavailable, message: "a shape is written in brackets: [2, 3]")
    public static func randint(_ low: Int, _ high: Int, _ shape: (Int, Int)) -> Tensor { fatalError() }
    @available(*, unavailable, message: "a shape is written in brackets: [2, 3]")
    public static func randint(_ high: Int, _ shape: (Int, Int)) -> Tensor { fatalError() }
    @available(*, unavailable, message: "a shape is written in brackets: [2, 3]")
    public static func full(_ shape: (Int, Int), _ value: Double) -> Tensor { fatalError() }
}
#endif
