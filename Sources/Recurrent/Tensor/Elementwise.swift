/// PyTorch's functions of every value beside the activations: `abs`, `pow`, `clamp`, `where`, `masked_fill`, comparisons.

extension Tensor {
    /// |x|
    public func abs() -> Tensor {
        let x = values
        return Tensor(shape: shape, values: x.map { $0.magnitude }, from: self) { g in
            zipped(g, x) { $1 > 0 ? $0 : $1 < 0 ? -$0 : 0 }
        }  // |x|′ = sign x; 0 at 0, as in PyTorch
    }

    /// xʸ for one exponent y.
    public func pow(_ exponent: Double) -> Tensor {
        let x = values
        return Tensor(shape: shape, values: x.map { Elementary.pow($0, exponent) }, from: self) { g in  // (xʸ)′ = y xʸ⁻¹
            zipped(g, x) { exponent == 0 ? 0 : $0 * exponent * Elementary.pow($1, exponent - 1) }
        }
    }

    /// xʸ place by place, both stretched as by `+`.
    public func pow(_ exponent: Tensor) -> Tensor {
        let pair = Broadcast(self, exponent, "pow")
        let y = pair.map { Elementary.pow($0, $1) }
        return Tensor(shape: pair.shape, values: y, from: self, exponent) { g in  // ∂xʸ/∂x = y xʸ⁻¹
            let slopes = pair.map { x, y in y == 0 ? 0 : y * Elementary.pow(x, y - 1) }
            return pair.gathered(zipped(g, slopes) { $0 * $1 }, to: pair.shapeA)
        } and: { g in  // ∂xʸ/∂y = xʸ log x; 0 at x = 0 ≤ y
            let slopes = pair.map { x, y in x == 0 && y >= 0 ? 0 : Elementary.pow(x, y) * Elementary.log(x) }
            return pair.gathered(zipped(g, slopes) { $0 * $1 }, to: pair.shapeB)
        }
    }

    /// Every value brought into `min`…`max`: what is below becomes `min`, what is above `max`; either may be left out.
    public func clamp(min: Double? = nil, max: Double? = nil) -> Tensor {
        require(min != nil || max != nil, "clamp", "needs min, max or both", got: "neither")
        let (lower, upper) = (min ?? -.infinity, max ?? .infinity)
        let x = values
        let clamped = x.map { $0 > upper || lower > upper ? upper : $0 < lower ? lower : $0 }
        return Tensor(shape: shape, values: clamped, from: self) { g in  // 1 inside, 0 outside and on the bounds, as in PyTorch 2
            zipped(g, x) { $1 <= lower && min != nil || $1 >= upper && max != nil ? 0 : $0 }
        }
    }
}

extension Tensor {
    /// The nearest whole numbers, of two as near the even one. No gradient flows through it, as through PyTorch's.
    public func round() -> Tensor { stepwise { $0.rounded(.toNearestOrEven) } }

    /// The whole numbers below.
    public func floor() -> Tensor { stepwise { $0.rounded(.down) } }

    /// The whole numbers above.
    public func ceil() -> Tensor { stepwise { $0.rounded(.up) } }

    /// −1, 0 or 1
    public func sign() -> Tensor { stepwise { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 } }

    private func stepwise(_ step: (Double) -> Double) -> Tensor {
        Tensor(shape: shape, values: values.map(step), from: self) { g in [Double].zeros(g.count) }
    }
}

/// Whether all values agree up to `atol` + `rtol` · |b|, both stretched as by `+`: PyTorch's bounds. NaN is close to nothing.
public func allclose(_ a: Tensor, _ b: Tensor, rtol: Double = 1e-5, atol: Double = 1e-8) -> Bool {
    Broadcast(a, b, "allclose").map { $0 == $1 || ($0 - $1).magnitude <= atol + rtol * $1.magnitude && $1.isFinite ? 1 : 0 }
        .allSatisfy { $0 == 1 }
}

/// |x|
public func abs(_ x: Tensor) -> Tensor { x.abs() }
/// xʸ for one exponent y.
public func pow(_ x: Tensor, _ exponent: Double) -> Tensor { x.pow(exponent) }
/// xʸ place by place, both stretched as by `+`.
public func pow(_ x: Tensor, _ exponent: Tensor) -> Tensor { x.pow(exponent) }
/// xʸ of one number x, for every exponent y.
public func pow(_ x: Double, _ exponent: Tensor) -> Tensor { Tensor(x).pow(exponent) }
/// Every value brought into `min`…`max`; one of the two may be left out.
public func clamp(_ x: Tensor, min: Double? = nil, max: Double? = nil) -> Tensor { x.clamp(min: min, max: max) }

extension Elementary {
    /// xʸ: by multiplying for a whole exponent that is small, else e^(y log x), with the exceptions that IEEE 754 names.
    static func pow(_ x: Double, _ y: Double) -> Double {
        if y == 0 || x == 1 { return 1 }
        if y == 0.5, x.isFinite { return sqrt(x) }
        if y.magnitude <= 64, let whole = Int(exactly: y) {
            let power = power(x, Int(whole.magnitude))
            return whole < 0 ? 1 / power : power
        }
        if x.isNaN || y.isNaN { return .nan }
        if y.isInfinite {
            if x.magnitude == 1 { return 1 }
            return (x.magnitude > 1) == (y > 0) ? .infinity : 0
        }
        // From 2⁵³ on every double is even.
        let whole = y.magnitude < 0x1p53 ? Int(exactly: y) : 0
        if x < 0, whole == nil, x.isFinite { return .nan }
        let size = exp(y * log(x.magnitude))
        return x.sign == .minus && (whole ?? 0) % 2 != 0 ? -size : size
    }

    private static func power(_ x: Double, _ exponent: Int) -> Double {
        var (result, square, left) = (1.0, x, exponent)
        while left > 0 {
            if left % 2 == 1 { result *= square }
            square *= square
            left /= 2
        }
        return result
    }
}

// MARK: - Choosing

extension Tensor {
    /// The values of `a` where `condition` is not 0, those of `b` where it is 0: `torch.where`. All three are stretched as by `+`.
    public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
        let shape = Broadcast(condition, .zeros(Broadcast(a, b, "where").shape), "where").shape
        let (choice, first, second) = (condition.stretched(to: shape).values, a.stretched(to: shape), b.stretched(to: shape))
        let chosen = choice.indices.map { choice[$0] != 0 ? first.values[$0] : second.values[$0] }
        return Tensor(shape: shape, values: chosen, from: first, second) { g in
            zipped(g, choice) { $1 != 0 ? $0 : 0 }  // every gradient goes where its value came from
        } and: { g in
            zipped(g, choice) { $1 != 0 ? 0 : $0 }
        }
    }

    /// The values of `a` where `condition` is not 0, the number `b` where it is 0.
    public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Double) -> Tensor { .where(condition, a, Tensor(b)) }
    /// The number `a` where `condition` is not 0, the values of `b` where it is 0.
    public static func `where`(_ condition: Tensor, _ a: Double, _ b: Tensor) -> Tensor { .where(condition, Tensor(a), b) }
    /// The number `a` where `condition` is not 0, `b` where it is 0.
    public static func `where`(_ condition: Tensor, _ a: Double, _ b: Double) -> Tensor { .where(condition, Tensor(a), Tensor(b)) }

    /// These values where `condition` is not 0, those of `other` elsewhere.
    public func `where`(_ condition: Tensor, _ other: Tensor) -> Tensor { .where(condition, self, other) }
    /// These values where `condition` is not 0, the number `other` elsewhere.
    public func `where`(_ condition: Tensor, _ other: Double) -> Tensor { .where(condition, self, Tensor(other)) }

    /// `value` where `mask` is not 0: `scores.maskedFill(mask .== 0, -.infinity)`. The mask is stretched to the tensor.
    public func maskedFill(_ mask: Tensor, _ value: Double) -> Tensor {
        require(
            mask.shape.isStretchable(to: shape), "maskedFill", "the mask must have shape \(shape), or stretch to it",
            got: "\(mask.shape)"
        )
        return .where(mask, Tensor(value), self)
    }
}

// MARK: - Comparisons

/// 1 where the comparison holds and 0 where not, place by place, in the spelling of Swift's SIMD types: `x .> 0`.
///
/// `==` tells whether two tensors are the same as a whole. No gradient flows through a comparison.
extension Tensor {
    /// 1 where a > b, else 0; both are stretched as by `+`.
    public static func .> (a: Tensor, b: Tensor) -> Tensor { compared(a, b, ".>", >) }
    /// 1 where a ≥ b, else 0; both are stretched as by `+`.
    public static func .>= (a: Tensor, b: Tensor) -> Tensor { compared(a, b, ".>=", >=) }
    /// 1 where a < b, else 0; both are stretched as by `+`.
    public static func .< (a: Tensor, b: Tensor) -> Tensor { compared(a, b, ".<", <) }
    /// 1 where a ≤ b, else 0; both are stretched as by `+`.
    public static func .<= (a: Tensor, b: Tensor) -> Tensor { compared(a, b, ".<=", <=) }
    /// 1 where a = b, else 0; both are stretched as by `+`.
    public static func .== (a: Tensor, b: Tensor) -> Tensor { compared(a, b, ".==", ==) }
    /// 1 where a ≠ b, else 0; both are stretched as by `+`.
    public static func .!= (a: Tensor, b: Tensor) -> Tensor { compared(a, b, ".!=", !=) }

    /// 1 where a > b, else 0.
    public static func .> (a: Tensor, b: Double) -> Tensor { a .> Tensor(b) }
    /// 1 where a ≥ b, else 0.
    public static func .>= (a: Tensor, b: Double) -> Tensor { a .>= Tensor(b) }
    /// 1 where a < b, else 0.
    public static func .< (a: Tensor, b: Double) -> Tensor { a .< Tensor(b) }
    /// 1 where a ≤ b, else 0.
    public static func .<= (a: Tensor, b: Double) -> Tensor { a .<= Tensor(b) }
    /// 1 where a = b, else 0.
    public static func .== (a: Tensor, b: Double) -> Tensor { a .== Tensor(b) }
    /// 1 where a = b, else 0.
    @_disfavoredOverload
    public static func .== (a: Tensor, b: Int) -> Tensor { a .== Tensor(b) }
    /// 1 where a ≠ b, else 0.
    public static func .!= (a: Tensor, b: Double) -> Tensor { a .!= Tensor(b) }

    /// 1 where a > b, else 0.
    public static func .> (a: Double, b: Tensor) -> Tensor { Tensor(a) .> b }
    /// 1 where a ≥ b, else 0.
    public static func .>= (a: Double, b: Tensor) -> Tensor { Tensor(a) .>= b }
    /// 1 where a < b, else 0.
    public static func .< (a: Double, b: Tensor) -> Tensor { Tensor(a) .< b }
    /// 1 where a ≤ b, else 0.
    public static func .<= (a: Double, b: Tensor) -> Tensor { Tensor(a) .<= b }
    /// 1 where a = b, else 0.
    public static func .== (a: Double, b: Tensor) -> Tensor { Tensor(a) .== b }
    /// 1 where a ≠ b, else 0.
    public static func .!= (a: Double, b: Tensor) -> Tensor { Tensor(a) .!= b }

    private static func compared(_ a: Tensor, _ b: Tensor, _ name: String, _ holds: (Double, Double) -> Bool) -> Tensor {
        let pair = Broadcast(a, b, name)
        return Tensor(shape: pair.shape, values: pair.map { holds($0, $1) ? 1 : 0 })
    }
}
