/// Back-propagation through time of an ``ElmanNetwork`` as numbers, in the letters of S1.
///
///     ∂L/∂o_t = ŷ_t − y_t                                        y_t as a one-hot vector
///     δ_T = Vᵀ (ŷ_T − y_T)                                       the last step
///     δ_t = Vᵀ (ŷ_t − y_t) + Wᵀ diag(1 − h_{t+1}²) δ_{t+1}       output part + recurrent part
///     ∂L/∂V = Σ_t (ŷ_t − y_t) h_tᵀ                 ∂L/∂c = Σ_t (ŷ_t − y_t)
///     ∂L/∂U = Σ_t diag(1 − h_t²) δ_t x_tᵀ          ∂L/∂b = Σ_t diag(1 − h_t²) δ_t
///     ∂L/∂W = Σ_t diag(1 − h_t²) δ_t h_{t−1}ᵀ
///     ∂h_t/∂h_k = Π_{j=t…k+1} diag(1 − h_j²) W
///
/// All tensors are plain numbers that take no part in differentiation. `steps[0]` is the first step, S1's t = 1.
public struct ElmanDerivation {
    public struct Step {
        /// x_t (D)
        public let x: Tensor
        /// h_{t−1} (H)
        public let previousHidden: Tensor
        /// h_t (H)
        public let h: Tensor
        /// o_t (K)
        public let o: Tensor
        /// ŷ_t (K): they add up to 1.
        public let prediction: Tensor
        /// y_t, the right class.
        public let label: Int
        /// L_t
        public let loss: Double

        /// ∂L/∂o_t = ŷ_t − y_t (K)
        public let outputGradient: Tensor
        /// δ_t = ∂L/∂h_t (H): output part + recurrent part.
        public let delta: Tensor
        /// Vᵀ (ŷ_t − y_t) (H): through this step's own output.
        public let deltaFromOutput: Tensor
        /// Wᵀ diag(1 − h_{t+1}²) δ_{t+1} (H): through the next step; zero at the last.
        public let deltaFromNextStep: Tensor
        /// 1 − h_t² (H), the derivative of tanh.
        public let slope: Tensor
        /// diag(1 − h_t²) δ_t (H): ∂L/∂ of what stands inside tanh.
        public let preactivationGradient: Tensor
        let W: Tensor

        /// ∂h_t/∂h_{t−1} = diag(1 − h_t²) W (H, H)
        public var jacobian: Tensor { scaledRows(W, by: slope) }

        /// What this step adds to the gradient of each parameter.
        public var contribution: ElmanParameters {
            ElmanParameters(
                U: outerProduct(preactivationGradient, x), W: outerProduct(preactivationGradient, previousHidden),
                b: preactivationGradient, V: outerProduct(outputGradient, h), c: outputGradient
            )
        }
    }

    /// U, W, b, V and c as they were.
    public let parameters: ElmanParameters
    /// h_0 (H)
    public let h0: Tensor
    public let steps: [Step]
    /// L = Σ_t L_t
    public let loss: Double
    /// ∂L/∂U, ∂L/∂W, ∂L/∂b, ∂L/∂V, ∂L/∂c: the sums of all steps' contributions.
    public let gradients: ElmanParameters

    init(_ pass: ElmanPass, labels: [Int]) {
        let outputs = stacked(pass.o)
        let (predictions, logProbabilities) = (softmax(outputs), logSoftmax(outputs))
        var outputGradients = predictions.detached()
        outputGradients -= Self.oneHot(labels, classes: outputs.shape[1])
        let backward = pass.backward(outputGradients)
        let W = pass.parameters.W
        steps = backward.enumerated().map { t, step in
            Step(
                x: pass.x[t], previousHidden: pass.previousHidden(t), h: pass.h[t], o: pass.o[t],
                prediction: predictions[t], label: labels[t], loss: -logProbabilities[t, labels[t]].item,
                outputGradient: outputGradients[t], delta: step.delta, deltaFromOutput: step.outputPart,
                deltaFromNextStep: step.recurrentPart, slope: step.slope, preactivationGradient: step.preactivationGradient, W: W
            )
        }
        parameters = pass.parameters
        h0 = pass.h0
        loss = steps.reduce(0) { $0 + $1.loss }
        gradients = steps.dropFirst().reduce(steps[0].contribution) { $0 + $1.contribution }
    }

    /// (T, classes): 1 at each step's label.
    private static func oneHot(_ labels: [Int], classes: Int) -> Tensor {
        var values = [Double].zeros(labels.count * classes)
        for (t, label) in labels.enumerated() { values[t * classes + label] = 1 }
        return Tensor(shape: [labels.count, classes], values: values)
    }
}

// MARK: - From step to step

extension ElmanDerivation {
    /// ∂h_t/∂h_k (H, H), the product of the Jacobians of the steps k + 1 … t; the identity for t = k.
    ///
    /// t and k count as `steps` does, so that `jacobian(of: 3, by: 0)` takes three factors.
    /// Its norm, `.norm()`, tells how much of a gradient comes from t back to k.
    public func jacobian(of t: Int, by k: Int) -> Tensor {
        require(
            k >= 0 && k <= t && t < steps.count, "ElmanDerivation.jacobian(of: t, by: k)",
            "needs steps 0 ≤ k ≤ t < \(steps.count)", got: "t = \(t), k = \(k)"
        )
        return steps[(k + 1)..<(t + 1)].reduce(.identity(h0.shape[0])) { matmul($1.jacobian, $0) }
    }

    /// Holds the gradients against the tape's and against central differences.
    ///
    /// The loss is computed twice for each number of each parameter, so this is for networks that fit on a page.
    public func check() -> GradientCheck {
        let x = stacked(steps.map { $0.x })
        let labels = steps.map { $0.label }
        return GradientCheck(of: parameters.named, gradients.named) { tensors in
            let parameters = ElmanParameters(U: tensors[0], W: tensors[1], b: tensors[2], V: tensors[3], c: tensors[4])
            return crossEntropy(stacked(ElmanPass(x, h0, parameters).o), labels, reduction: .sum)
        }
    }
}
