/// The network of S1 (Elman 1990): a recurrent layer, and a prediction at every step.
///
///     h_t = tanh(U x_t + W h_{t−1} + b)       hidden state
///     o_t = V h_t + c                         output
///     ŷ_t = softmax(o_t)                      prediction: a probability for each class
///     L_t = −log ŷ_t[y_t]                     loss, y_t being the right class
///     L   = Σ_t L_t
///
/// It reads one sequence of T steps; D = `inputSize`, H = `hiddenSize`, K = `outputSize`:
///
///     let network = ElmanNetwork(inputSize: 5, hiddenSize: 6, outputSize: 3)
///     let (o, h) = network(x)
///     let loss = crossEntropy(o, [0, 2, 1], reduction: .sum)
///     let derivation = network.derivation(x, labels: [0, 2, 1])
///
/// | tensor | shape  |
/// |--------|--------|
/// | x      | (T, D) |
/// | h0     | (H)    |
/// | o      | (T, K) |
/// | h      | (T, H) |
/// | U      | (H, D) |
/// | W      | (H, H) |
/// | b      | (H)    |
/// | V      | (K, H) |
/// | c      | (K)    |
///
/// All parameters are drawn uniformly from (−1/√H, 1/√H), in this order.
public final class ElmanNetwork: Layer {
    public let inputSize: Int
    public let hiddenSize: Int
    public let outputSize: Int
    private let weights: ElmanParameters

    public init(inputSize: Int, hiddenSize: Int, outputSize: Int) {
        for (name, size) in [("inputSize", inputSize), ("hiddenSize", hiddenSize), ("outputSize", outputSize)] {
            require(size > 0, "ElmanNetwork", "\(name) must be at least 1", got: "\(size)")
        }
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.outputSize = outputSize
        let bound = 1 / Elementary.sqrt(Double(hiddenSize))
        func draw(_ shape: Shape) -> Tensor { .parameter(shape, uniformWithin: bound) }
        weights = ElmanParameters(
            U: draw([hiddenSize, inputSize]), W: draw([hiddenSize, hiddenSize]), b: draw([hiddenSize]),
            V: draw([outputSize, hiddenSize]), c: draw([outputSize])
        )
    }

    public var parameters: Parameters { weights.named }

    /// The outputs o and the hidden states h of all steps; `h0` is zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h0: Tensor? = nil) -> (o: Tensor, h: Tensor) {
        check(x, h0)
        let h0 = h0 ?? .zeros(hiddenSize)
        let pass = ElmanPass(x.detached(), h0.detached(), weights.detached)
        let (o, h) = (stacked(pass.o), stacked(pass.h))
        Tensor.record([o, h], of: [x, h0] + weights.named.tensors) { [hiddenSize, outputSize] gradients in
            let dO = gradients[0] ?? .zeros(pass.o.count * outputSize)
            let dH = gradients[1].map { Tensor(shape: [pass.h.count, hiddenSize], values: $0) }
            return pass.inputGradients(Tensor(shape: [pass.o.count, outputSize], values: dO), dH)
        }
        return (o, h)
    }

    /// The whole of back-propagation through time for L = Σ_t L_t, as numbers.
    ///
    /// - Parameters:
    ///   - h0: zeros if left out.
    ///   - labels: y_t, the right class of each step.
    public func derivation(_ x: Tensor, _ h0: Tensor? = nil, labels: [Int]) -> ElmanDerivation {
        check(x, h0)
        require(
            labels.count == x.shape[0], description, "labels must tell one class for each of the \(x.shape[0]) steps",
            got: "\(labels.count)"
        )
        for (t, label) in labels.enumerated() {
            require(
                label >= 0 && label < outputSize, description, "the label of step \(t) must be a class in 0..<\(outputSize)",
                got: "\(label)"
            )
        }
        return ElmanDerivation(
            ElmanPass(x.detached(), h0?.detached() ?? .zeros(hiddenSize), weights.detached), labels: labels
        )
    }

    /// Ends the program if the shapes do not fit.
    private func check(_ x: Tensor, _ h0: Tensor?) {
        require(
            x.shape.count == 2 && x.shape[1] == inputSize, description, "x must have shape (T, \(inputSize)): one sequence",
            got: "\(x.shape)"
        )
        require(x.shape[0] > 0, description, "x must have at least one time step (T)", got: "an empty sequence \(x.shape)")
        if let h0 {
            require(h0.shape == [hiddenSize], description, "h0 must have shape (\(hiddenSize))", got: "\(h0.shape)")
        }
    }
}

extension ElmanNetwork: CustomStringConvertible {
    public var description: String { "ElmanNetwork(\(inputSize), \(hiddenSize), \(outputSize))" }
}

/// A tensor for each of U, W, b, V and c: the parameters themselves, or what a gradient has in their places.
public struct ElmanParameters {
    /// (H, D)
    public let U: Tensor
    /// (H, H)
    public let W: Tensor
    /// (H)
    public let b: Tensor
    /// (K, H)
    public let V: Tensor
    /// (K)
    public let c: Tensor

    /// Under their names, in this order.
    public var named: Parameters { ["U": U, "W": W, "b": b, "V": V, "c": c] }

    var detached: ElmanParameters {
        ElmanParameters(U: U.detached(), W: W.detached(), b: b.detached(), V: V.detached(), c: c.detached())
    }

    static func + (a: ElmanParameters, b: ElmanParameters) -> ElmanParameters {
        ElmanParameters(U: a.U + b.U, W: a.W + b.W, b: a.b + b.b, V: a.V + b.V, c: a.c + b.c)
    }
}

// MARK: - One sequence, forward and backward

/// All steps of one sequence. Its equations are tensor operations: of detached tensors they give numbers,
/// of tensors that ask for gradients a tape to hold the written-out backward pass against.
struct ElmanPass {
    let parameters: ElmanParameters
    let h0: Tensor
    /// (D), (H) and (K) for each step.
    let x: [Tensor]
    let h: [Tensor]
    let o: [Tensor]

    init(_ x: Tensor, _ h0: Tensor, _ parameters: ElmanParameters) {
        let (U, W, b, V, c) = (parameters.U, parameters.W, parameters.b, parameters.V, parameters.c)
        let steps = (0..<x.shape[0]).map { x[$0] }
        var (h, o): ([Tensor], [Tensor]) = ([], [])
        for x in steps {
            let next = tanh(matmul(U, x) + matmul(W, h.last ?? h0) + b)  // h_t = tanh(U x_t + W h_{t−1} + b)
            h.append(next)
            o.append(matmul(V, next) + c)                                // o_t = V h_t + c
        }
        (self.parameters, self.h0, self.x, self.h, self.o) = (parameters, h0, steps, h, o)
    }

    func previousHidden(_ t: Int) -> Tensor { t == 0 ? h0 : h[t - 1] }

    /// One step of back-propagation through time.
    struct BackwardStep {
        /// δ_t = ∂L/∂h_t (H) in its two parts.
        let outputPart: Tensor
        let recurrentPart: Tensor
        let delta: Tensor
        /// tanh′(a_t) = 1 − h_t² (H)
        let slope: Tensor
        /// ∂L/∂a_t = (1 − h_t²) ⊙ δ_t (H), a_t being what stands inside tanh.
        let preactivationGradient: Tensor
    }

    /// From ∂L/∂o (T, K), and what comes directly to ∂L/∂h (T, H), to every δ_t, in time order.
    func backward(_ dO: Tensor, _ dH: Tensor? = nil) -> [BackwardStep] {
        var steps: [BackwardStep] = []
        for t in h.indices.reversed() {
            let direct = matmul(parameters.V.transposed(), dO[t])        // Vᵀ ∂L/∂o_t
            let outputPart = dH.map { direct + $0[t] } ?? direct
            let recurrentPart = steps.last.map {                         // Wᵀ (1 − h_{t+1}²) ⊙ δ_{t+1}; 0 at the last step
                matmul(parameters.W.transposed(), $0.preactivationGradient)
            } ?? .zeros(h0.shape)
            let delta = outputPart + recurrentPart
            let slope = 1 - h[t] * h[t]
            steps.append(BackwardStep(
                outputPart: outputPart, recurrentPart: recurrentPart, delta: delta, slope: slope,
                preactivationGradient: slope * delta
            ))
        }
        return steps.reversed()
    }

    /// The gradients of x, h0, U, W, b, V and c.
    func inputGradients(_ dO: Tensor, _ dH: Tensor?) -> [[Double]] {
        let da = stacked(backward(dO, dH).map { $0.preactivationGradient })
        let states = stacked([h0] + h)
        let T = h.count
        return [
            matmul(da, parameters.U).values,                             // ∂L/∂x_t = Uᵀ ∂L/∂a_t
            matmul(da[0], parameters.W).values,                          // ∂L/∂h_0 = Wᵀ ∂L/∂a_1
            matmul(da.transposed(), stacked(x)).values,                  // ∂L/∂U = Σ ∂L/∂a_t x_tᵀ
            matmul(da.transposed(), states[0..<T]).values,               // ∂L/∂W = Σ ∂L/∂a_t h_{t−1}ᵀ
            da.sum(axis: 0).values,                                      // ∂L/∂b = Σ ∂L/∂a_t
            matmul(dO.transposed(), states[1..<T + 1]).values,           // ∂L/∂V = Σ ∂L/∂o_t h_tᵀ
            dO.sum(axis: 0).values,                                      // ∂L/∂c = Σ ∂L/∂o_t
        ]
    }
}

/// u vᵀ: (rows) and (columns) give (rows, columns).
func outerProduct(_ u: Tensor, _ v: Tensor) -> Tensor {
    u.expandingAxis(1) * v.expandingAxis(0)
}
