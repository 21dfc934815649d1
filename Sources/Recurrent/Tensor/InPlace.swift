/// `+=` and its like change the tensor itself, for all its names, as in PyTorch: `noGrad { p -= 0.1 * p.gradient! }` trains
/// a layer's parameter, also where `p` is a constant. A part, which is a copy, becomes a new tensor: `t[0] += 1`.
extension Tensor {
    /// a ← a + b. Ends the program if the sum has another shape than a, or a asks for a gradient outside `noGrad { }`.
    public static func += (a: inout Tensor, b: Tensor) { update(&a, "+=") { $0 + b } }
    /// a ← a − b, under the conditions of `+=`.
    public static func -= (a: inout Tensor, b: Tensor) { update(&a, "-=") { $0 - b } }
    /// a ← a ⊙ b, under the conditions of `+=`.
    public static func *= (a: inout Tensor, b: Tensor) { update(&a, "*=") { $0 * b } }
    /// a ← a / b place by place, under the conditions of `+=`.
    public static func /= (a: inout Tensor, b: Tensor) { update(&a, "/=") { $0 / b } }
    /// a ← a + b, with one number for every place.
    public static func += (a: inout Tensor, b: Double) { update(&a, "+=") { $0 + b } }
    /// a ← a − b, with one number for every place.
    public static func -= (a: inout Tensor, b: Double) { update(&a, "-=") { $0 - b } }
    /// a ← a · b, with one number for every place.
    public static func *= (a: inout Tensor, b: Double) { update(&a, "*=") { $0 * b } }
    /// a ← a / b, with one number for every place.
    public static func /= (a: inout Tensor, b: Double) { update(&a, "/=") { $0 / b } }

    // What cannot be assigned to can be changed: a constant, `layer.weight`, `layer.parameters["weight"]`.

    /// a ← a + b, a being a constant.
    @_disfavoredOverload
    public static func += (a: Tensor, b: Tensor) { a.become(a + b, "+=") }
    /// a ← a − b, a being a constant.
    @_disfavoredOverload
    public static func -= (a: Tensor, b: Tensor) { a.become(a - b, "-=") }
    /// a ← a ⊙ b, a being a constant.
    @_disfavoredOverload
    public static func *= (a: Tensor, b: Tensor) { a.become(a * b, "*=") }
    /// a ← a / b place by place, a being a constant.
    @_disfavoredOverload
    public static func /= (a: Tensor, b: Tensor) { a.become(a / b, "/=") }
    /// a ← a + b, a being a constant.
    @_disfavoredOverload
    public static func += (a: Tensor, b: Double) { a.become(a + b, "+=") }
    /// a ← a − b, a being a constant.
    @_disfavoredOverload
    public static func -= (a: Tensor, b: Double) { a.become(a - b, "-=") }
    /// a ← a · b, a being a constant.
    @_disfavoredOverload
    public static func *= (a: Tensor, b: Double) { a.become(a * b, "*=") }
    /// a ← a / b, a being a constant.
    @_disfavoredOverload
    public static func /= (a: Tensor, b: Double) { a.become(a / b, "/=") }

    private static func update(_ a: inout Tensor, _ sign: String, _ operation: (Tensor) -> Tensor) {
        if a.isPart { a = operation(a) } else { a.become(operation(a), sign) }
    }

    /// Takes over values and gradient of what was computed from it.
    private func become(_ result: Tensor, _ sign: String) {
        let caller = "Tensor\(shape) \(sign)"
        require(
            result.shape == shape, caller, "changes the tensor in place, so the result must have its shape", got: "\(result.shape)",
            hint: "A tensor of another shape is a new one: x = x + y"
        )
        require(
            !isPart, caller, "a part is a copy, unlike PyTorch's: change the tensor that it was taken from",
            got: "a tensor that a subscript gave", hint: "Write t[0] \(sign) …, or var h = t[0]"
        )
        require(
            !(Tape.isRunning && isVariable), caller, "a tensor whose own gradient is asked for changes inside noGrad { } only",
            got: "one outside of it", hint: "noGrad { w -= 0.1 * w.gradient! }; or a new tensor, w = w + …"
        )
        values = result.values
        if Tape.isRunning { slot = result.slot }
    }
}
