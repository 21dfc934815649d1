import Recurrent

/// Shows back-propagation through time of an LSTM layer, every equation in symbols and in numbers, and how much
/// of each ∂L/∂c_t came along the cell state alone.
///
/// - Parameter entry: The number of ∂L/∂W_hf, the forget gate's recurrent weights, that is followed from the
///   loss on, by row and column.
public func show(_ derivation: LSTMDerivation, following entry: (row: Int, column: Int) = (0, 0)) {
    DerivationExhibit.check(entry, units: derivation.h0.shape[0])
    Recorder.current.show(.derivation(DerivationExhibit(derivation, following: entry)))
}

extension DerivationExhibit {
    package init(_ derivation: LSTMDerivation, following entry: (row: Int, column: Int)) {
        let steps = derivation.steps
        let shown = Self.shownSteps(of: steps.count)
        self.init(
            network: "LSTM(\(steps[0].x.shape[0]), \(derivation.h0.shape[0]))",
            equations: LSTMEquations.all(hasPeepholes: steps[0].cellGradientFromPeepholes != nil),
            stepCount: steps.count,
            forward: shown.map { LSTMEquations(derivation, step: $0).forward },
            backward: shown.reversed().map { LSTMEquations(derivation, step: $0).backward },
            trail: LSTMTrail(derivation: derivation, i: entry.row, j: entry.column).lines,
            gradients: Self.gradients(derivation.gradients, of: steps.lazy.map(\.contribution), check: derivation.check),
            paths: shown.reversed().map { index in
                Paths(
                    t: index + 1, highway: .init(steps[index].cellGradientAlongHighway),
                    others: .init(steps[index].cellGradientAlongOtherPaths))
            })
    }
}

// MARK: - The equations of one step

private struct LSTMEquations {
    static func all(hasPeepholes: Bool) -> [String] {
        let peepholes = hasPeepholes
            ? #" + p_i \odot \frac{\partial L}{\partial a^i_{t+1}} + p_f \odot \frac{\partial L}{\partial a^f_{t+1}}"# : ""
        let peephole = hasPeepholes ? #" + p_o \odot o_t (1 - o_t) \odot \tanh(c_t)"# : ""
        return [
            #"a_t = W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}"# + (hasPeepholes ? #" + p \odot c"# : ""),
            #"i_t = \sigma(a^i_t), \qquad f_t = \sigma(a^f_t), \qquad g_t = \tanh(a^g_t), \qquad o_t = \sigma(a^o_t)"#,
            #"c_t = f_t \odot c_{t-1} + i_t \odot g_t, \qquad h_t = o_t \odot \tanh(c_t)"#,
            #"\delta_t = \frac{\partial L}{\partial \mathrm{output}_t} + W_{hh}^\top \frac{\partial L}{\partial a_{t+1}}"#,
            #"\frac{\partial h_t}{\partial c_t} = o_t \odot (1 - \tanh^2(c_t))"# + peephole,
            #"\frac{\partial L}{\partial c_t} = \frac{\partial h_t}{\partial c_t} \odot \delta_t + f_{t+1} \odot \frac{\partial L}{\partial c_{t+1}}"#
                + peepholes,
            #"\frac{\partial L}{\partial a^i_t} = \frac{\partial L}{\partial c_t} \odot g_t \odot i_t (1 - i_t)"#,
            #"\frac{\partial L}{\partial a^f_t} = \frac{\partial L}{\partial c_t} \odot c_{t-1} \odot f_t (1 - f_t)"#,
            #"\frac{\partial L}{\partial a^g_t} = \frac{\partial L}{\partial c_t} \odot i_t \odot (1 - g_t^2)"#,
            #"\frac{\partial L}{\partial a^o_t} = \delta_t \odot \tanh(c_t) \odot o_t (1 - o_t)"#,
            #"\frac{\partial L}{\partial W_{ih}} = \sum_t \frac{\partial L}{\partial a_t}\, x_t^\top"#,
            #"\frac{\partial L}{\partial W_{hh}} = \sum_t \frac{\partial L}{\partial a_t}\, h_{t-1}^\top"#,
            #"\frac{\partial L}{\partial b_{ih}} = \frac{\partial L}{\partial b_{hh}} = \sum_t \frac{\partial L}{\partial a_t}"#,
        ]
    }

    let step: LSTMDerivation.Step
    let next: LSTMDerivation.Step?
    let parameters: Parameters
    let t: Int

    init(_ derivation: LSTMDerivation, step index: Int) {
        step = derivation.steps[index]
        next = index + 1 < derivation.steps.count ? derivation.steps[index + 1] : nil
        parameters = derivation.parameters
        t = index + 1
    }

    var forward: DerivationExhibit.Step {
        let (i, f, g, o) = (step.inputGate, step.forgetGate, step.cellGate, step.outputGate)
        return .init(t: t, lines: [
            .init("x_{\(t)}", "", step.x),
            .init("i_{\(t)}", #"\sigma(a^i_{\#(t)})"#, i.value),
            .init("f_{\(t)}", #"\sigma(a^f_{\#(t)})"#, f.value),
            .init("g_{\(t)}", #"\tanh(a^g_{\#(t)})"#, g.value),
            .init("o_{\(t)}", #"\sigma(a^o_{\#(t)})"#, o.value),
            .init(
                "c_{\(t)}", #"f_{\#(t)} \odot c_{\#(t - 1)} + i_{\#(t)} \odot g_{\#(t)}"#,
                [.elementwise(f.value, step.previousCell), .elementwise(i.value, g.value)], step.cellState),
            .init(
                "h_{\(t)}", #"o_{\#(t)} \odot \tanh(c_{\#(t)})"#,
                [.elementwise(o.value, tanh(step.cellState))], step.hiddenState),
        ])
    }

    var backward: DerivationExhibit.Step {
        let cell = #"\frac{\partial L}{\partial c_{\#(t)}}"#
        return .init(t: t, lines: [
            delta, cellGradient,
            gate("i", step.inputGate, by: cell, step.cellGradient, "g_{\(t)}", #"i_{\#(t)} (1 - i_{\#(t)})"#),
            gate("f", step.forgetGate, by: cell, step.cellGradient, "c_{\(t - 1)}", #"f_{\#(t)} (1 - f_{\#(t)})"#),
            gate("g", step.cellGate, by: cell, step.cellGradient, "i_{\(t)}", #"(1 - g_{\#(t)}^2)"#),
            gate(
                "o", step.outputGate, by: #"\delta_{\#(t)}"#, step.delta, #"\tanh(c_{\#(t)})"#,
                #"o_{\#(t)} (1 - o_{\#(t)})"#),
        ])
    }

    /// δ_t, directly from the loss and, but for the last step, through the gates of the next one.
    private var delta: DerivationExhibit.Line {
        let right = #"\frac{\partial L}{\partial \mathrm{output}_{\#(t)}}"#
        guard let next else { return .init(#"\delta_{\#(t)}"#, right, step.delta) }
        let weights: Tensor = parameters["weight_hh_l0"]
        return .init(
            #"\delta_{\#(t)}"#, right + #" + W_{hh}^\top \frac{\partial L}{\partial a_{\#(t + 1)}}"#,
            [.vector(step.deltaFromOutput), .product(weights.transposed(), next.preactivationGradient)],
            parts: [step.deltaFromOutput, step.deltaFromNextStep], step.delta)
    }

    /// ∂L/∂c_t, from h_t and, but for the last step, along the cell state.
    private var cellGradient: DerivationExhibit.Line {
        let left = #"\frac{\partial L}{\partial c_{\#(t)}}"#
        var right = #"\frac{\partial h_{\#(t)}}{\partial c_{\#(t)}} \odot \delta_{\#(t)}"#
        var terms = [DerivationExhibit.Term.elementwise(step.hiddenByCell, step.delta)]
        guard let next else { return .init(left, right, terms, step.cellGradient) }
        right += #" + f_{\#(t + 1)} \odot \frac{\partial L}{\partial c_{\#(t + 1)}}"#
        terms.append(.elementwise(next.forgetGate.value, next.cellGradient))
        var parts = [step.cellGradientFromHidden, step.cellGradientFromNextCell]
        if let peepholes = step.cellGradientFromPeepholes {
            right += #" + p_i \odot \frac{\partial L}{\partial a^i_{\#(t + 1)}} + p_f \odot \frac{\partial L}{\partial a^f_{\#(t + 1)}}"#
            terms.append(.vector(peepholes))
            parts.append(peepholes)
        }
        return .init(left, right, terms, parts: parts, step.cellGradient)
    }

    /// ∂L/∂a of one gate: what comes to what it acts on, times the local gradient, times the slope.
    private func gate(
        _ name: String, _ gate: GateDerivation, by incomingSymbol: String, _ incoming: Tensor, _ local: String,
        _ slope: String
    ) -> DerivationExhibit.Line {
        .init(
            #"\frac{\partial L}{\partial a^\#(name)_{\#(t)}}"#, #"\#(incomingSymbol) \odot \#(local) \odot \#(slope)"#,
            [.elementwise(incoming, gate.localGradient, gate.slope)], gate.preactivationGradient)
    }
}

// MARK: - One number followed

/// How ∂L/∂W_hf[i, j] comes about, number by number.
private struct LSTMTrail {
    let derivation: LSTMDerivation
    let i: Int
    let j: Int

    var lines: [DerivationExhibit.Line] {
        [.init("L", "", derivation.loss)]
            + DerivationExhibit.shownSteps(of: derivation.steps.count).reversed().flatMap { [delta($0), cellGradient($0)] } + [gradient]
    }

    /// δ_t[i] = ∂L/∂output_t[i] + Σ_m W_hh[m, i] ∂L/∂a_{t+1}[m]
    private func delta(_ index: Int) -> DerivationExhibit.Line {
        let (step, t) = (derivation.steps[index], index + 1)
        let left = #"\delta_{\#(t)}[\#(i)]"#
        let direct = DerivationExhibit.Term.product([step.deltaFromOutput[i].item])
        let right = #"\frac{\partial L}{\partial \mathrm{output}_{\#(t)}}[\#(i)]"#
        guard index + 1 < derivation.steps.count else { return .init(left, right, step.delta[i].item) }
        let (W, da) = (derivation.parameters["weight_hh_l0"] as Tensor, derivation.steps[index + 1].preactivationGradient)
        return .init(
            left, right + #" + \sum_m W_{hh}[m, \#(i)]\, \frac{\partial L}{\partial a_{\#(t + 1)}}[m]"#,
            [direct] + (0..<W.shape[0]).map { .product([W[$0, i].item, da[$0].item]) }, step.delta[i].item)
    }

    /// ∂L/∂c_t[i] = ∂h_t/∂c_t[i] δ_t[i] + f_{t+1}[i] ∂L/∂c_{t+1}[i]
    private func cellGradient(_ index: Int) -> DerivationExhibit.Line {
        let (step, t) = (derivation.steps[index], index + 1)
        let left = #"\frac{\partial L}{\partial c_{\#(t)}}[\#(i)]"#
        var right = #"\frac{\partial h_{\#(t)}}{\partial c_{\#(t)}}[\#(i)]\, \delta_{\#(t)}[\#(i)]"#
        var terms = [DerivationExhibit.Term.product([step.hiddenByCell[i].item, step.delta[i].item])]
        if index + 1 < derivation.steps.count {
            let next = derivation.steps[index + 1]
            right += #" + f_{\#(t + 1)}[\#(i)]\, \frac{\partial L}{\partial c_{\#(t + 1)}}[\#(i)]"#
            terms.append(.product([next.forgetGate.value[i].item, next.cellGradient[i].item]))
            if let peepholes = step.cellGradientFromPeepholes {
                right += #" + (p_i \odot \frac{\partial L}{\partial a^i_{\#(t + 1)}} + p_f \odot \frac{\partial L}{\partial a^f_{\#(t + 1)}})[\#(i)]"#
                terms.append(.product([peepholes[i].item]))
            }
        }
        return .init(left, right, terms, step.cellGradient[i].item)
    }

    /// ∂L/∂W_hf[i, j] = Σ_t ∂L/∂c_t[i] c_{t−1}[i] f_t (1 − f_t)[i] h_{t−1}[j]
    private var gradient: DerivationExhibit.Line {
        let units = derivation.h0.shape[0]
        return .init(
            #"\frac{\partial L}{\partial W_{hf}}[\#(i), \#(j)]"#,
            #"\sum_t \frac{\partial L}{\partial c_t}[\#(i)]\, c_{t-1}[\#(i)]\, f_t (1 - f_t)[\#(i)]\, h_{t-1}[\#(j)]"#,
            derivation.steps.map { step in
                .product([
                    step.cellGradient[i].item, step.previousCell[i].item, step.forgetGate.slope[i].item,
                    step.previousHidden[j].item,
                ])
            },
            derivation.gradients["weight_hh_l0"][units + i, j].item)
    }
}
