import Recurrent

/// Shows back-propagation through time of an ``ElmanNetwork``, every equation in symbols and in numbers.
///
/// - Parameter entry: The number of ∂L/∂W that is followed from the loss on, by row and column.
public func show(_ derivation: ElmanDerivation, following entry: (row: Int, column: Int) = (0, 0)) {
    DerivationExhibit.check(entry, units: derivation.h0.shape[0])
    Recorder.current.show(.derivation(DerivationExhibit(derivation, following: entry)))
}

extension DerivationExhibit {
    package init(_ derivation: ElmanDerivation, following entry: (row: Int, column: Int)) {
        let p = derivation.parameters
        self.init(
            network: "ElmanNetwork(\(p.U.shape[1]), \(p.U.shape[0]), \(p.V.shape[0]))",
            equations: ElmanEquations.all,
            stepCount: derivation.steps.count,
            forward: Self.shownSteps(of: derivation.steps.count).map { ElmanEquations(derivation, step: $0).forward },
            backward: Self.shownSteps(of: derivation.steps.count).reversed().map { ElmanEquations(derivation, step: $0).backward },
            trail: ElmanTrail(derivation, row: entry.row, column: entry.column).lines,
            gradients: Self.gradients(
                derivation.gradients.named, of: derivation.steps.lazy.map(\.contribution.named),
                check: derivation.check))
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
        .init(t: t, lines: [
            .init("x_{\(t)}", "", step.x),
            .init("h_{\(t)}", #"\tanh(U x_{\#(t)} + W h_{\#(t - 1)} + b)"#, step.h),
            .init(
                "o_{\(t)}", "V h_{\(t)} + c", [.product(parameters.V, step.h), .vector(parameters.c)], step.o),
            .init(#"\hat y_{\#(t)}"#, #"\operatorname{softmax}(o_{\#(t)})"#, step.prediction),
            .init("L_{\(t)}", #"-\log \hat y_{\#(t)}[\#(step.label)]"#, step.loss),
        ])
    }

    var backward: DerivationExhibit.Step {
        .init(t: t, lines: [
            .init(
                #"\frac{\partial L}{\partial o_{\#(t)}}"#, #"\hat y_{\#(t)} - y_{\#(t)}"#,
                [.vector(step.prediction), .vector(step.prediction - step.outputGradient, isSubtracted: true)],
                step.outputGradient),
            delta,
            .init(
                #"\operatorname{diag}(1 - h_{\#(t)}^2)\, \delta_{\#(t)}"#, "",
                [.elementwise(step.slope, step.delta)], step.preactivationGradient),
        ])
    }

    /// δ_t, from this step's output and, but for the last step, from the step after it.
    private var delta: DerivationExhibit.Line {
        let fromOutput = DerivationExhibit.Term.product(parameters.V.transposed(), step.outputGradient)
        let right = #"V^\top (\hat y_{\#(t)} - y_{\#(t)})"#
        guard let next else { return .init(#"\delta_{\#(t)}"#, right, [fromOutput], step.delta) }
        return .init(
            #"\delta_{\#(t)}"#,
            right + #" + W^\top \operatorname{diag}(1 - h_{\#(t + 1)}^2)\, \delta_{\#(t + 1)}"#,
            [fromOutput, .product(parameters.W.transposed(), next.preactivationGradient)],
            parts: [step.deltaFromOutput, step.deltaFromNextStep], step.delta)
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
        [loss] + DerivationExhibit.shownSteps(of: derivation.steps.count).reversed().map(delta) + [gradient]
    }

    private var loss: DerivationExhibit.Line {
        .init(
            "L", #"\sum_t L_t"#,
            derivation.steps.map { .product([$0.loss]) }, derivation.loss)
    }

    /// δ_t[i] = Σ_k V[k, i] (ŷ_t − y_t)[k] + Σ_m W[m, i] (1 − h_{t+1}[m]²) δ_{t+1}[m]
    private func delta(_ index: Int) -> DerivationExhibit.Line {
        let (V, W) = (derivation.parameters.V, derivation.parameters.W)
        let step = derivation.steps[index]
        let t = index + 1
        let right = #"\sum_k V[k, \#(i)]\, (\hat y_{\#(t)} - y_{\#(t)})[k]"#
        let fromOutput = (0..<V.shape[0]).map { k in
            DerivationExhibit.Term.product([V[k, i].item, step.outputGradient[k].item])
        }
        guard index + 1 < derivation.steps.count else {
            return .init(#"\delta_{\#(t)}[\#(i)]"#, right, fromOutput, step.delta[i].item)
        }
        let next = derivation.steps[index + 1]
        return .init(
            #"\delta_{\#(t)}[\#(i)]"#,
            right + #" + \sum_m W[m, \#(i)]\, (1 - h_{\#(t + 1)}[m]^2)\, \delta_{\#(t + 1)}[m]"#,
            fromOutput + (0..<W.shape[0]).map { m in .product([W[m, i].item, next.slope[m].item, next.delta[m].item]) },
            step.delta[i].item)
    }

    /// ∂L/∂W[i, j] = Σ_t (1 − h_t[i]²) δ_t[i] h_{t−1}[j]
    private var gradient: DerivationExhibit.Line {
        .init(
            #"\frac{\partial L}{\partial W}[\#(i), \#(j)]"#,
            #"\sum_t (1 - h_t[\#(i)]^2)\, \delta_t[\#(i)]\, h_{t-1}[\#(j)]"#,
            derivation.steps.map { .product([$0.slope[i].item, $0.delta[i].item, $0.previousHidden[j].item]) },
            derivation.gradients.W[i, j].item)
    }
}
