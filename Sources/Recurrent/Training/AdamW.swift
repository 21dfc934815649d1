/// Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019), with PyTorch's defaults: at each step
///
///     θ ← θ − learningRate · weightDecay · θ
///
/// and from there on as ``Adam``.
public final class AdamW {
    /// How far a step goes; it may change between steps. Ends the program if it is set to less than 0.
    public var learningRate: Double {
        didSet { require(isLearningRate: learningRate, "AdamW") }
    }
    private let weightDecay: Double
    private let parameters: Parameters
    private let adam: Adam

    /// - Parameter parameters: tensors made by hand, of which at least one asks for a gradient.
    public init(
        _ parameters: Parameters, learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
        weightDecay: Double = 0.01
    ) {
        parameters.requireTrainable("AdamW")
        require(isLearningRate: learningRate, "AdamW")
        require(
            weightDecay >= 0 && weightDecay.isFinite, "AdamW", "weightDecay must be a finite number, 0 or more",
            got: "\(weightDecay)")
        adam = Adam(parameters, learningRate: learningRate, betas: betas, epsilon: epsilon)
        self.parameters = parameters.distinct
        self.learningRate = learningRate
        self.weightDecay = weightDecay
    }

    /// Moves every parameter that has a gradient. Ends the program if none has.
    public func step() {
        parameters.requireGradients("AdamW")
        for (_, parameter) in parameters where parameter.slot?.gathered != nil {
            parameter.values = parameter.values.map { $0 * (1 - learningRate * weightDecay) }
        }
        adam.learningRate = learningRate
        adam.step()
    }

    /// Forgets all gradients, so that the next `backward()` starts afresh.
    public func zeroGradients() { parameters.zeroGradients() }
}
