/// Functions of every value of a tensor.

/// tanh, the hyperbolic tangent: values in (−1, 1).
public func tanh(_ x: Tensor) -> Tensor {
    let y = x.values.map(Elementary.tanh)
    return Tensor(shape: x.shape, values: y, from: x) { g in zipped(g, y) { $0 * (1 - $1 * $1) } }  // tanh′(x) = 1 − tanh² x
}

/// σ(x) = 1 / (1 + e⁻ˣ): values in (0, 1).
public func sigmoid(_ x: Tensor) -> Tensor {
    let y = x.values.map(Elementary.sigmoid)
    return Tensor(shape: x.shape, values: y, from: x) { g in zipped(g, y) { $0 * $1 * (1 - $1) } }  // σ′(x) = σ(x) (1 − σ(x))
}

/// max(x, 0)
public func relu(_ x: Tensor) -> Tensor {
    let y = x.values.map { $0 <= 0 ? 0 : $0 }
    return Tensor(shape: x.shape, values: y, from: x) { g in zipped(g, y) { $1 > 0 ? $0 : 0 } }  // relu′(x) = 1 where x > 0, else 0
}

/// eˣ
public func exp(_ x: Tensor) -> Tensor {
    let y = x.values.map(Elementary.exp)
    return Tensor(shape: x.shape, values: y, from: x) { g in zipped(g, y) { $0 * $1 } }  // exp′(x) = eˣ
}

/// The natural logarithm.
public func log(_ x: Tensor) -> Tensor {
    let values = x.values
    return Tensor(shape: x.shape, values: values.map(Elementary.log), from: x) { g in  // log′(x) = 1 / x
        zipped(g, values) { $0 / $1 }
    }
}

/// √x; NaN below zero.
public func sqrt(_ x: Tensor) -> Tensor {
    let y = x.values.map(Elementary.sqrt)
    return Tensor(shape: x.shape, values: y, from: x) { g in zipped(g, y) { $0 / (2 * $1) } }  // (√x)′ = 1 / (2 √x)
}

/// e^{xᵢ} / Σⱼ e^{xⱼ} along an axis, by default the last; negative axes count from the end.
public func softmax(_ x: Tensor, axis: Int = -1) -> Tensor {
    let lanes = Lanes(of: x.shape, along: axis, "softmax")
    var y = x.values
    lanes.forEach { lane in
        let largest = lane.reduce(-Double.infinity) { max($0, x.values[$1]) }
        var sum = 0.0
        for place in lane {
            y[place] = Elementary.exp(x.values[place] - largest)  // the same quotient; no overflow
            sum += y[place]
        }
        for place in lane { y[place] /= sum }
    }
    let result = y
    return Tensor(shape: x.shape, values: result, from: x) { g in  // ∂ℒ/∂xᵢ = yᵢ (gᵢ − Σⱼ gⱼ yⱼ)
        var gradient = g
        lanes.forEach { lane in
            let projection = lane.reduce(0) { $0 + g[$1] * result[$1] }
            for place in lane { gradient[place] = result[place] * (g[place] - projection) }
        }
        return gradient
    }
}

/// log softmax(x), without the loss of digits that taking both one after the other has.
public func logSoftmax(_ x: Tensor, axis: Int = -1) -> Tensor {
    let lanes = Lanes(of: x.shape, along: axis, "logSoftmax")
    var y = x.values
    lanes.forEach { lane in
        let largest = lane.reduce(-Double.infinity) { max($0, x.values[$1]) }
        let sum = lane.reduce(0) { $0 + Elementary.exp(x.values[$1] - largest) }
        for place in lane { y[place] = x.values[place] - largest - Elementary.log(sum) }
    }
    let result = y
    return Tensor(shape: x.shape, values: result, from: x) { g in  // ∂ℒ/∂xᵢ = gᵢ − softmax(x)ᵢ Σⱼ gⱼ
        var gradient = g
        lanes.forEach { lane in
            let total = lane.reduce(0) { $0 + g[$1] }
            for place in lane { gradient[place] = g[place] - Elementary.exp(result[place]) * total }
        }
        return gradient
    }
}

/// The sine of angles in radians.
public func sin(_ x: Tensor) -> Tensor {
    let values = x.values
    return Tensor(shape: x.shape, values: values.map(Elementary.sin), from: x) { g in zipped(g, values) { $0 * Elementary.cos($1) }
    }  // sin′ = cos
}

/// The cosine of angles in radians.
public func cos(_ x: Tensor) -> Tensor {
    let values = x.values
    return Tensor(shape: x.shape, values: values.map(Elementary.cos), from: x) { g in zipped(g, values) { -$0 * Elementary.sin($1) }
    }  // cos′ = −sin
}

/// The functions as methods, for programs that write `x.tanh()`.
extension Tensor {
    /// tanh, the hyperbolic tangent: values in (−1, 1).
    public func tanh() -> Tensor { Recurrent.tanh(self) }
    /// σ(x) = 1 / (1 + e⁻ˣ): values in (0, 1).
    public func sigmoid() -> Tensor { Recurrent.sigmoid(self) }
    /// max(x, 0)
    public func relu() -> Tensor { Recurrent.relu(self) }
    /// eˣ
    public func exp() -> Tensor { Recurrent.exp(self) }
    /// The natural logarithm.
    public func log() -> Tensor { Recurrent.log(self) }
    /// √x; NaN below zero.
    public func sqrt() -> Tensor { Recurrent.sqrt(self) }
    /// The sine of angles in radians.
    public func sin() -> Tensor { Recurrent.sin(self) }
    /// The cosine of angles in radians.
    public func cos() -> Tensor { Recurrent.cos(self) }
    /// e^{xᵢ} / Σⱼ e^{xⱼ} along an axis; negative axes count from the end.
    public func softmax(axis: Int) -> Tensor { Recurrent.softmax(self, axis: axis) }
    /// log softmax(x) along an axis; negative axes count from the end.
    public func logSoftmax(axis: Int) -> Tensor { Recurrent.logSoftmax(self, axis: axis) }
}
