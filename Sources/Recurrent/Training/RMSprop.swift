/// RMSprop (Tieleman & Hinton 2012; `centered`: Graves 2013), with PyTorch's defaults. At each step, with g ← g + weightDecay · θ,
///
///     v ← α v + (1 − α) g²
///     m ← α m + (1 − α) g                  only if centered; else m = 0
///     b ← momentum · b + g / (√(v − m²) + ε)
///     θ ← θ − learningRate · b
public final class RMSprop {
    /// How far a step goes; it may change between steps. Ends the program if it is set to less than 0.
    public var learningRate: Double {
        didSet { require(isLearningRate: learningRate, "RMSprop") }
    }
    private let alpha: Double
    private let epsilon: Double
    private let weightDecay: Double
    private let momentum: Double
    private let centered: Bool
    private let parameters: Parameters
    /// v, m and b of each parameter, once it had a gradient.
    private var averages: [Averages?]

    private struct Averages {
        var v: [Double]
        var m: [Double]
        var b: [Double]
    }

    /// - Parameter parameters: tensors made by hand, of which at least one asks for a gradient.
    public init(
        _ parameters: Parameters, learningRate: Double = 0.01, alpha: Double = 0.99, epsilon: Double = 1e-8,
        weightDecay: Double = 0,
        momentum: Double = 0, centered: Bool = false
    ) {
        parameters.requireTrainable("RMSprop")
        require(isLearningRate: learningRate, "RMSprop")
        require(alpha >= 0 && alpha.isFinite, "RMSprop", "alpha must be a finite number, 0 or more", got: "\(alpha)")
        require(epsilon >= 0 && epsilon.isFinite, "RMSprop", "epsilon must be a finite number, 0 or more", got: "\(epsilon)")
        require(
            weightDecay >= 0 && weightDecay.isFinite, "RMSprop", "weightDecay must be a finite number, 0 or more",
            got: "\(weightDecay)")
        require(momentum >= 0 && momentum.isFinite, "RMSprop", "momentum must be a finite number, 0 or more", got: "\(momentum)")
        self.parameters = parameters.distinct
        self.learningRate = learningRate
        self.alpha = alpha
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.momentum = momentum
        self.centered = centered
        averages = [Averages?](repeating: nil, count: self.parameters.count)
    }

    /// Moves every parameter that has a gradient. Ends the program if none has.
    public func step() {
        parameters.requireGradients("RMSprop")
        for (index, (_, parameter)) in parameters.enumerated() {
            guard let gradient = parameter.slot?.gathered else { continue }
            let zeros = [Double].zeros(gradient.count)
            var average = averages[index] ?? Averages(v: zeros, m: zeros, b: zeros)
            for i in gradient.indices {
                let g = gradient[i] + weightDecay * parameter.values[i]
                average.v[i] = alpha * average.v[i] + (1 - alpha) * g * g
                if centered { average.m[i] = alpha * average.m[i] + (1 - alpha) * g }
                let size = Elementary.sqrt(average.v[i] - average.m[i] * average.m[i]) + epsilon
                average.b[i] = momentum * average.b[i] + g / size
                parameter.values[i] -= learningRate * average.b[i]
            }
            averages[index] = average
        }
    }

    /// Forgets all gradients, so that the next `backward()` starts afresh.
    public func zeroGradients() { parameters.zeroGradients() }
}
