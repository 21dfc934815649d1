/// Optimisers: how parameters move against their gradients.
///
///     let optimizer = Adam(model.parameters, learningRate: 0.001)
///     for _ in 0..<5 {
///         let loss = crossEntropy(model(inputs), labels)
///         optimizer.zeroGradients()
///         loss.backward()
///         optimizer.step()
///     }

/// Stochastic gradient descent, with momentum if asked for.
///
///     g ← g + weightDecay · θ
///     v ← momentum · v + g        (the first time v = g)
///     θ ← θ − learningRate · v
public final class SGD {
    /// How far a step goes; it may change between steps. Ends the program if it is set to less than 0.
    public var learningRate: Double {
        didSet { require(isLearningRate: learningRate, "SGD") }
    }
    private let momentum: Double
    private let weightDecay: Double
    private let parameters: Parameters
    /// v of each parameter, once it had a gradient.
    private var velocities: [[Double]?]

    /// - Parameter parameters: tensors made by hand, of which at least one asks for a gradient.
    public init(_ parameters: Parameters, learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) {
        parameters.requireTrainable("SGD")
        require(isLearningRate: learningRate, "SGD")
        require(momentum >= 0 && momentum.isFinite, "SGD", "momentum must be a finite number, 0 or more", got: "\(momentum)")
        require(
            weightDecay >= 0 && weightDecay.isFinite, "SGD", "weightDecay must be a finite number, 0 or more", got: "\(weightDecay)"
        )
        self.parameters = parameters.distinct
        self.learningRate = learningRate
        self.momentum = momentum
        self.weightDecay = weightDecay
        velocities = [[Double]?](repeating: nil, count: self.parameters.count)
    }

    /// Moves every parameter that has a gradient. Ends the program if none has.
    public func step() {
        parameters.requireGradients("SGD")
        for (index, (_, parameter)) in parameters.enumerated() {
            guard var gradient = parameter.slot?.gathered else { continue }
            if weightDecay != 0 { gradient = zipped(gradient, parameter.values) { $0 + self.weightDecay * $1 } }
            var velocity = gradient
            if momentum != 0 {
                if let previous = velocities[index] { velocity = zipped(previous, gradient) { self.momentum * $0 + $1 } }
                velocities[index] = velocity
            }
            parameter.values = zipped(parameter.values, velocity) { $0 - self.learningRate * $1 }
        }
    }

    /// Forgets all gradients, so that the next `backward()` starts afresh.
    public func zeroGradients() {
        parameters.zeroGradients()
    }
}

/// Adam (Kingma & Ba 2015), with PyTorch's defaults. At the k-th step
///
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     θ ← θ − learningRate · m̂ / (√v̂ + ε)      m̂ = m / (1 − β₁ᵏ)    v̂ = v / (1 − β₂ᵏ)
public final class Adam {
    /// How far a step goes; it may change between steps. Ends the program if it is set to less than 0.
    public var learningRate: Double {
        didSet { require(isLearningRate: learningRate, "Adam") }
    }
    private let betas: (Double, Double)
    private let epsilon: Double
    private let parameters: Parameters
    /// m, v, β₁ᵏ and β₂ᵏ of each parameter, once it had a gradient.
    private var moments: [Moments?]

    private struct Moments {
        var m: [Double]
        var v: [Double]
        var beta1Power = 1.0
        var beta2Power = 1.0
    }

    /// - Parameter parameters: tensors made by hand, of which at least one asks for a gradient.
    public init(
        _ parameters: Parameters, learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8
    ) {
        parameters.requireTrainable("Adam")
        require(isLearningRate: learningRate, "Adam")
        for beta in [betas.0, betas.1] {
            require(beta >= 0 && beta < 1, "Adam", "betas must be from 0 to below 1", got: "\(beta)")
        }
        require(epsilon >= 0 && epsilon.isFinite, "Adam", "epsilon must be a finite number, 0 or more", got: "\(epsilon)")
        self.parameters = parameters.distinct
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        moments = [Moments?](repeating: nil, count: self.parameters.count)
    }

    /// Moves every parameter that has a gradient. Ends the program if none has.
    public func step() {
        parameters.requireGradients("Adam")
        for (index, (_, parameter)) in parameters.enumerated() {
            guard let g = parameter.slot?.gathered else { continue }
            var moments = moments[index] ?? Moments(m: .zeros(g.count), v: .zeros(g.count))
            moments.beta1Power *= betas.0
            moments.beta2Power *= betas.1
            let stepSize = learningRate / (1 - moments.beta1Power)
            let rootCorrection = Elementary.sqrt(1 - moments.beta2Power)
            for i in g.indices {
                moments.m[i] = betas.0 * moments.m[i] + (1 - betas.0) * g[i]
                moments.v[i] = betas.1 * moments.v[i] + (1 - betas.1) * g[i] * g[i]
                parameter.values[i] -= stepSize * moments.m[i] / (Elementary.sqrt(moments.v[i]) / rootCorrection + epsilon)
            }
            self.moments[index] = moments
        }
    }

    /// Forgets all gradients, so that the next `backward()` starts afresh.
    public func zeroGradients() {
        parameters.zeroGradients()
    }
}

// MARK: - What can be trained

func require(isLearningRate rate: Double, _ who: String) {
    require(rate >= 0 && rate.isFinite, who, "learningRate must be a finite number, 0 or more", got: "\(rate)")
}

extension Parameters {
    /// Ends the program unless these are tensors made by hand, of which at least one asks for a gradient.
    func requireTrainable(_ who: String) {
        for (name, tensor) in self {
            require(
                tensor.slot?.origin == nil, who, "parameters must be tensors made by hand",
                got: "\(name), the result of an operation"
            )
        }
        require(
            contains { $0.tensor.requiresGradient }, who, "at least one parameter must ask for a gradient", got: "none of \(count)",
            hint: "Set requiresGradient = true, or hand in the parameters of a layer"
        )
    }

    /// Ends the program unless `backward()` has been there: a step without gradients would move nothing.
    func requireGradients(_ who: String) {
        require(
            contains { $0.tensor.slot?.gathered != nil }, "\(who).step()", "at least one parameter must have a gradient",
            got: "none of \(count)", hint: "Call backward() on the loss first, after zeroGradients()"
        )
    }
}

/// Scales all gradients together so that their common Euclidean norm is at most `maxNorm`; gives the norm before.
///
/// As PyTorch's `clip_grad_norm_`: the factor is min(1, maxNorm / (norm + 10⁻⁶)).
/// A tensor under two names counts once.
@discardableResult
public func clipGradientNorm(_ parameters: Parameters, _ maxNorm: Double) -> Double {
    let parameters = parameters.distinct
    require(maxNorm >= 0, "clipGradientNorm", "maxNorm must be 0 or more", got: "\(maxNorm)")
    var sumOfSquares = 0.0
    for (_, parameter) in parameters {
        for g in parameter.slot?.gathered ?? [] { sumOfSquares += g * g }
    }
    let norm = Elementary.sqrt(sumOfSquares)
    let factor = maxNorm / (norm + 1e-6)
    if !(factor >= 1) {  // a norm of NaN makes every gradient NaN, as in PyTorch, lest a part of them looks healthy
        for (_, parameter) in parameters {
            if let gradient = parameter.slot?.gathered { parameter.slot?.gathered = gradient.map { $0 * factor } }
        }
    }
    return norm
}

// MARK: - Under PyTorch's name

extension SGD {
    /// ``zeroGradients()``
    public func zeroGrad() { zeroGradients() }
}

extension Adam {
    /// ``zeroGradients()``
    public func zeroGrad() { zeroGradients() }
}

extension AdamW {
    /// ``zeroGradients()``
    public func zeroGrad() { zeroGradients() }
}

extension RMSprop {
    /// ``zeroGradients()``
    public func zeroGrad() { zeroGradients() }
}

extension Parameters {
    /// ``zeroGradients()``
    public func zeroGrad() { zeroGradients() }
}

extension Layer {
    /// Forgets the gradients of all parameters.
    public func zeroGrad() { parameters.zeroGradients() }
}
