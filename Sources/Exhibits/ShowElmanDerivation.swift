import Recurrent

/// Shows back-propagation through time of an ``ElmanNetwork``, every equation in symbols and in numbers.
///
/// - Parameter entry: The number of ∂L/∂W that is followed from the loss on, by row and column.
public func show(_ derivation: ElmanDerivation, following entry: (row: Int, column: Int) = (0, 0)) {
    let units = derivation.h0.shape[0]
    precondition(
        (0..<units).contains(entry.row) && (0..<units).contains(entry.column),
        "show(derivation, following:) needs a row and a column of W, both in 0..<\(units); got \(entry)")
    Recorder.current.show(.derivation(DerivationExhibit(derivation, following: entry)))
}

extension DerivationExhibit {
    package init(_ derivation: ElmanDerivation, following entry: (row: Int, column: Int)) {
        let p = derivation.parameters
        self.init(
            network: "ElmanNetwork(\(p.U.shape[1]), \(p.U.shape[0]), \(p.V.shape[0]))",
            equations: ElmanEquations.all,
            forward: derivation.steps.indices.map { ElmanEquations(derivation, step: $0).forward },
            backward: derivation.steps.indices.reversed().map { ElmanEquations(derivation, step: $0).backward },
            trail: ElmanTrail(derivation, row: entry.row, column: entry.column).lines,
            gradients: Self.gradients(of: derivation))
    }

    private static func gradients(of derivation: ElmanDerivation) -> [Gradient] {
        let check = derivation.check()
        return derivation.gradients.named.enumerated().map { index, gradient in
            Gradient(
                name: gradient.name, symbol: gradient.name,
                contributions: derivation.steps.map { Numbers($0.contribution.named[index].tensor) },
                sum: Numbers(gradient.tensor),
                differenceToTape: check.rows[index].differenceToTape,
                differenceToCentralDifferences: check.rows[index].differenceToCentralDifferences)
        }
    }
}

// MARK: - The equations of one step

private struct ElmanEquations {
    static let all = [
        #"h_t = \tanh(U x_t + W h_{t-1} + b)"#,
        #"o_t = V h_t + c, \qquad \hat y_t = \operatorname{softmax}(o_t)"#,
        #"L = \sum_t L_t, \qquad L_t = -\log \hat y_t[y_t]"#,
        #"\frac{\partial L}{\partial o_t} = \hat y_t - y_t"#,
        #"\delta_T = V^\top (\hat y_T - y_T)"#,
        #"\delta_t = V^\top (\hat y_t - y_t) + W^\top \operatorname{diag}(1 - h_{t+1}^2)\, \delta_{t+1}"#,
        #"\frac{\partial L}{\partial U} = \sum_t \operatorname{diag}(1 - h_t^2)\, \delta_t\, x_t^\top"#,
        #"\frac{\partial L}{\partial W} = \sum_t \operatorname{diag}(1 - h_t^2)\, \delta_t\, h_{t-1}^\top"#,
        #"\frac{\partial L}{\partial b} = \sum_t \operatorname{diag}(1 - h_t^2)\, \delta_t"#,
        #"\frac{\partial L}{\partial V} = \sum_t (\hat y_t - y_t)\, h_t^\top, \qquad \frac{\partial L}{\partial c} = \sum_t (\hat y_t - y_t)"#,
    ]

    let step: ElmanDerivation.Step
    let next: ElmanDerivation.Step?
    let parameters: ElmanParameters
    let t: Int

    init(_ derivation: ElmanDerivation, step index: Int) {
        step = derivation.steps[index]
        next = index + 1 < derivation.steps.count ? derivation.steps[index + 1] : nil
        parameters = derivation.parameters
        t = index + 1
    }

    var forward: DerivationExhibit.Step {
        let label = step.label
        return DerivationExhibit.Step(t: t, lines: [
            .init(left: "x_{\(t)}", right: "", value: .init(step.x)),
            .init(left: "h_{\(t)}", right: #"\tanh(U x_{\#(t)} + W h_{\#(t - 1)} + b)"#, value: .init(step.h)),
            .init(
                left: "o_{\(t)}", right: "V h_{\(t)} + c",
                terms: [
                    .init(.plain, [.init(parameters.V), .init(step.h)]),
                    .init(.plain, [.init(parameters.c)]),
                ],
                value: .init(step.o)),
            .init(left: #"\hat y_{\#(t)}"#, right: #"\operatorname{softmax}(o_{\#(t)})"#, value: .init(step.prediction)),
            .init(left: "L_{\(t)}", right: #"-\log \hat y_{\#(t)}[\#(label)]"#, value: .init(step.loss)),
        ])
    }

    var backward: DerivationExhibit.Step {
        DerivationExhibit.Step(t: t, lines: [outputGradient, delta, preactivationGradient])
    }

    private var outputGradient: DerivationExhibit.Line {
        let target = step.prediction - step.outputGradient
        return .init(
            left: #"\frac{\partial L}{\partial o_{\#(t)}}"#, right: #"\hat y_{\#(t)} - y_{\#(t)}"#,
            terms: [
                .init(.plain, [.init(step.prediction)]),
                .init(.plain, [.init(target)], isSubtracted: true),
            ],
            value: .init(step.outputGradient))
    }

    /// δ_t, from this step's output and, but for the last step, from the step after it.
    private var delta: DerivationExhibit.Line {
        var right = #"V^\top (\hat y_{\#(t)} - y_{\#(t)})"#
        var terms = [DerivationExhibit.Term(
            .plain, [.init(parameters.V.transposed()), .init(step.outputGradient)])]
        if let next {
            right += #" + W^\top \operatorname{diag}(1 - h_{\#(t + 1)}^2)\, \delta_{\#(t + 1)}"#
            terms.append(.init(.plain, [.init(parameters.W.transposed()), .init(next.preactivationGradient)]))
        }
        let parts = next == nil ? [] : [step.deltaFromOutput, step.deltaFromNextStep].map(DerivationExhibit.Numbers.init)
        return .init(left: #"\delta_{\#(t)}"#, right: right, terms: terms, parts: parts, value: .init(step.delta))
    }

    private var preactivationGradient: DerivationExhibit.Line {
        .init(
            left: #"\operatorname{diag}(1 - h_{\#(t)}^2)\, \delta_{\#(t)}"#, right: "",
            terms: [.init(.elementwise, [.init(step.slope), .init(step.delta)])],
            value: .init(step.preactivationGradient))
    }
}

// MARK: - One number followed

/// How ∂L/∂W[i, j] comes about, number by number.
private struct ElmanTrail {
    let derivation: ElmanDerivation
    let i: Int
    let j: Int

    init(_ derivation: ElmanDerivation, row: Int, column: Int) {
        self.derivation = derivation
        i = row
        j = column
    }

    var lines: [DerivationExhibit.Line] {
        [loss] + derivation.steps.indices.reversed().map(delta) + [gradient]
    }

    private var loss: DerivationExhibit.Line {
        .init(
            left: "L", right: derivation.steps.indices.map { "L_{\($0 + 1)}" }.joined(separator: " + "),
            terms: derivation.steps.map { .product([$0.loss]) }, value: .init(derivation.loss))
    }

    /// δ_t[i] = Σ_k V[k, i] (ŷ_t − y_t)[k] + Σ_m W[m, i] (1 − h_{t+1}[m]²) δ_{t+1}[m]
    private func delta(_ index: Int) -> DerivationExhibit.Line {
        let (V, W) = (derivation.parameters.V, derivation.parameters.W)
        let step = derivation.steps[index]
        let t = index + 1
        var right = #"\sum_k V[k, \#(i)]\, (\hat y_{\#(t)} - y_{\#(t)})[k]"#
        var terms = (0..<V.shape[0]).map { k in
            DerivationExhibit.Term.product([V[k, i].item, step.outputGradient[k].item])
        }
        if index + 1 < derivation.steps.count {
            let next = derivation.steps[index + 1]
            right += #" + \sum_m W[m, \#(i)]\, (1 - h_{\#(t + 1)}[m]^2)\, \delta_{\#(t + 1)}[m]"#
            terms += (0..<W.shape[0]).map { m in
                .product([W[m, i].item, next.slope[m].item, next.delta[m].item])
            }
        }
        return .init(left: #"\delta_{\#(t)}[\#(i)]"#, right: right, terms: terms, value: .init(step.delta[i].item))
    }

    /// ∂L/∂W[i, j] = Σ_t (1 − h_t[i]²) δ_t[i] h_{t−1}[j]
    private var gradient: DerivationExhibit.Line {
        .init(
            left: #"\frac{\partial L}{\partial W}[\#(i), \#(j)]"#,
            right: #"\sum_t (1 - h_t[\#(i)]^2)\, \delta_t[\#(i)]\, h_{t-1}[\#(j)]"#,
            terms: derivation.steps.map {
                .product([$0.slope[i].item, $0.delta[i].item, $0.previousHidden[j].item])
            },
            value: .init(derivation.gradients.W[i, j].item))
    }
}

// MARK: - Numbers of a derivation

extension DerivationExhibit.Numbers {
    init(_ tensor: Tensor) {
        self.init(shape: Array(tensor.shape), values: tensor.values)
    }

    init(_ number: Double) {
        self.init(shape: [], values: [number])
    }
}

extension DerivationExhibit.Term {
    /// Single numbers multiplied.
    static func product(_ factors: [Double]) -> DerivationExhibit.Term {
        .init(.plain, factors.map { .init($0) })
    }
}
