import Recurrent

/// Shows back-propagation through time of a GRU layer, every equation in symbols and in numbers, in the
/// convention that the layer was made with.
///
/// - Parameter entry: The number of ∂L/∂W_hz, the update gate's recurrent weights, that is followed from the
///   loss on, by row and column.
public func show(_ derivation: GRUDerivation, following entry: (row: Int, column: Int) = (0, 0)) {
    DerivationExhibit.check(entry, units: derivation.h0.shape[0])
    Recorder.current.show(.derivation(DerivationExhibit(derivation, following: entry)))
}

extension DerivationExhibit {
    package init(_ derivation: GRUDerivation, following entry: (row: Int, column: Int)) {
        let steps = derivation.steps
        let shown = Self.shownSteps(of: steps.count)
        self.init(
            network: "GRU(\(steps[0].x.shape[0]), \(derivation.h0.shape[0]))",
            equations: GRUSymbols(derivation).all,
            stepCount: steps.count,
            forward: shown.map { GRUEquations(derivation, step: $0).forward },
            backward: shown.reversed().map { GRUEquations(derivation, step: $0).backward },
            trail: GRUTrail(derivation: derivation, i: entry.row, j: entry.column).lines,
            gradients: Self.gradients(derivation.gradients, of: steps.lazy.map(\.contribution), check: derivation.check))
    }
}

/// The letters of the layer's convention.
private struct GRUSymbols {
    let resetAfter: Bool
    let keepsPrevious: Bool

    init(_ derivation: GRUDerivation) {
        resetAfter = derivation.resetAfter
        keepsPrevious = derivation.updateGate == .keepsPrevious
    }

    /// What h_t takes of h_{t−1}, and what of n_t.
    func kept(_ t: String) -> String { keepsPrevious ? "z_{\(t)}" : "(1 - z_{\(t)})" }
    func taken(_ t: String) -> String { keepsPrevious ? "(1 - z_{\(t)})" : "z_{\(t)}" }

    /// ∂h_t/∂z_t
    func updateLocal(_ t: String, previous: String) -> String {
        keepsPrevious ? "(h_{\(previous)} - n_{\(t)})" : "(n_{\(t)} - h_{\(previous)})"
    }

    /// ∂L/∂r_t
    func reset(_ t: String, previous: String) -> String {
        resetAfter
            ? #"\frac{\partial L}{\partial a^n_{\#(t)}} \odot (W_{hn} h_{\#(previous)} + b_{hn})"#
            : #"W_{hn}^\top \frac{\partial L}{\partial a^n_{\#(t)}} \odot h_{\#(previous)}"#
    }

    /// What comes back through the gates of step t.
    func gates(_ t: String) -> String {
        resetAfter
            ? #"W_{hh}^\top \frac{\partial L}{\partial (W_{hh} h)_{\#(t)}}"#
            : #"W_{hr}^\top \frac{\partial L}{\partial a^r_{\#(t)}} + W_{hz}^\top \frac{\partial L}{\partial a^z_{\#(t)}} + r_{\#(t)} \odot W_{hn}^\top \frac{\partial L}{\partial a^n_{\#(t)}}"#
    }

    var all: [String] {
        let candidate = resetAfter
            ? #"a^n_t = W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn})"#
            : #"a^n_t = W_{in} x_t + b_{in} + W_{hn} (r_t \odot h_{t-1}) + b_{hn}"#
        return [
            #"r_t = \sigma(a^r_t), \qquad z_t = \sigma(a^z_t), \qquad n_t = \tanh(a^n_t)"#,
            candidate,
            #"h_t = \#(taken("t")) \odot n_t + \#(kept("t")) \odot h_{t-1}"#,
            #"\delta_t = \frac{\partial L}{\partial \mathrm{output}_t} + \#(kept("t+1")) \odot \delta_{t+1} + \#(gates("t+1"))"#,
            #"\frac{\partial L}{\partial a^z_t} = \delta_t \odot \#(updateLocal("t", previous: "t-1")) \odot z_t (1 - z_t)"#,
            #"\frac{\partial L}{\partial a^n_t} = \delta_t \odot \#(taken("t")) \odot (1 - n_t^2)"#,
            #"\frac{\partial L}{\partial r_t} = \#(reset("t", previous: "t-1"))"#,
            #"\frac{\partial L}{\partial a^r_t} = \frac{\partial L}{\partial r_t} \odot r_t (1 - r_t)"#,
            #"\frac{\partial L}{\partial W_{ih}} = \sum_t \frac{\partial L}{\partial a_t}\, x_t^\top"#,
        ]
    }
}

// MARK: - The equations of one step

private struct GRUEquations {
    let step: GRUDerivation.Step
    let next: GRUDerivation.Step?
    let weights: Tensor
    let symbols: GRUSymbols
    let t: Int

    init(_ derivation: GRUDerivation, step index: Int) {
        step = derivation.steps[index]
        next = index + 1 < derivation.steps.count ? derivation.steps[index + 1] : nil
        weights = derivation.parameters["weight_hh_l0"]
        symbols = GRUSymbols(derivation)
        t = index + 1
    }

    var forward: DerivationExhibit.Step {
        let (r, z, n) = (step.resetGate, step.updateGate, step.candidate)
        return .init(t: t, lines: [
            .init("x_{\(t)}", "", step.x),
            .init("r_{\(t)}", #"\sigma(a^r_{\#(t)})"#, r.value),
            .init("z_{\(t)}", #"\sigma(a^z_{\#(t)})"#, z.value),
            .init("n_{\(t)}", #"\tanh(a^n_{\#(t)})"#, n.value),
            .init(
                "h_{\(t)}",
                #"\#(symbols.taken("\(t)")) \odot n_{\#(t)} + \#(symbols.kept("\(t)")) \odot h_{\#(t - 1)}"#,
                [.elementwise(n.localGradient, n.value), .elementwise(step.keptShare, step.previousHidden)],
                step.hiddenState),
        ])
    }

    var backward: DerivationExhibit.Step {
        let (r, z, n) = (step.resetGate, step.updateGate, step.candidate)
        return .init(t: t, lines: [
            delta,
            .init(
                #"\frac{\partial L}{\partial a^z_{\#(t)}}"#,
                #"\delta_{\#(t)} \odot \#(symbols.updateLocal("\(t)", previous: "\(t - 1)")) \odot z_{\#(t)} (1 - z_{\#(t)})"#,
                [.elementwise(step.delta, z.localGradient, z.slope)], z.preactivationGradient),
            .init(
                #"\frac{\partial L}{\partial a^n_{\#(t)}}"#,
                #"\delta_{\#(t)} \odot \#(symbols.taken("\(t)")) \odot (1 - n_{\#(t)}^2)"#,
                [.elementwise(step.delta, n.localGradient, n.slope)], n.preactivationGradient),
            .init(
                #"\frac{\partial L}{\partial r_{\#(t)}}"#, symbols.reset("\(t)", previous: "\(t - 1)"),
                [.elementwise(comingToReset, step.resetOperand)], r.gradient),
            .init(
                #"\frac{\partial L}{\partial a^r_{\#(t)}}"#,
                #"\frac{\partial L}{\partial r_{\#(t)}} \odot r_{\#(t)} (1 - r_{\#(t)})"#,
                [.elementwise(r.gradient, r.slope)], r.preactivationGradient),
        ])
    }

    /// ∂L/∂ of what the reset gate makes: inside tanh, or before W_hn.
    private var comingToReset: Tensor {
        let units = step.delta.shape[0]
        let da = step.candidate.preactivationGradient
        return symbols.resetAfter ? da : matmul(weights[2 * units..<3 * units].transposed(), da)
    }

    /// δ_t: directly from the loss and, but for the last step, along the state and through the gates.
    private var delta: DerivationExhibit.Line {
        let right = #"\frac{\partial L}{\partial \mathrm{output}_{\#(t)}}"#
        guard let next else { return .init(#"\delta_{\#(t)}"#, right, step.delta) }
        let throughGates = symbols.resetAfter
            ? DerivationExhibit.Term.product(weights.transposed(), next.hiddenPartGradient)
            : .vector(step.deltaThroughGates)
        return .init(
            #"\delta_{\#(t)}"#,
            right + #" + \#(symbols.kept("\(t + 1)")) \odot \delta_{\#(t + 1)} + \#(symbols.gates("\(t + 1)"))"#,
            [.vector(step.deltaFromOutput), .elementwise(next.keptShare, next.delta), throughGates],
            parts: [step.deltaFromOutput, step.deltaAlongState, step.deltaThroughGates], step.delta)
    }
}

// MARK: - One number followed

/// How ∂L/∂W_hz[i, j] comes about, number by number.
private struct GRUTrail {
    let derivation: GRUDerivation
    let i: Int
    let j: Int

    var lines: [DerivationExhibit.Line] {
        [.init("L", "", derivation.loss)] + DerivationExhibit.shownSteps(of: derivation.steps.count).reversed().map(delta) + [gradient]
    }

    /// δ_t[i] in its three parts.
    private func delta(_ index: Int) -> DerivationExhibit.Line {
        let (step, t, symbols) = (derivation.steps[index], index + 1, GRUSymbols(derivation))
        let left = #"\delta_{\#(t)}[\#(i)]"#
        let right = #"\frac{\partial L}{\partial \mathrm{output}_{\#(t)}}[\#(i)]"#
        guard index + 1 < derivation.steps.count else { return .init(left, right, step.delta[i].item) }
        let next = derivation.steps[index + 1]
        return .init(
            left,
            right + #" + \#(symbols.kept("\(t + 1)"))[\#(i)]\, \delta_{\#(t + 1)}[\#(i)] + (\#(symbols.gates("\(t + 1)")))[\#(i)]"#,
            [
                .product([step.deltaFromOutput[i].item]), .product([next.keptShare[i].item, next.delta[i].item]),
                .product([step.deltaThroughGates[i].item]),
            ], step.delta[i].item)
    }

    /// ∂L/∂W_hz[i, j] = Σ_t δ_t[i] ∂h/∂z[i] z_t (1 − z_t)[i] h_{t−1}[j]
    private var gradient: DerivationExhibit.Line {
        let units = derivation.h0.shape[0]
        let local = GRUSymbols(derivation).updateLocal("t", previous: "t-1")
        return .init(
            #"\frac{\partial L}{\partial W_{hz}}[\#(i), \#(j)]"#,
            #"\sum_t \delta_t[\#(i)]\, \#(local)[\#(i)]\, z_t (1 - z_t)[\#(i)]\, h_{t-1}[\#(j)]"#,
            derivation.steps.map { step in
                .product([
                    step.delta[i].item, step.updateGate.localGradient[i].item, step.updateGate.slope[i].item,
                    step.previousHidden[j].item,
                ])
            },
            derivation.gradients["weight_hh_l0"][units + i, j].item)
    }
}
