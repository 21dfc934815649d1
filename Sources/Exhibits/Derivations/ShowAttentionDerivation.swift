import Recurrent

/// Shows one query's attention, forward and backward, place by place of the memory, every equation in symbols
/// and in numbers.
public func show(_ derivation: AttentionDerivation) {
    Recorder.current.show(DerivationExhibit(derivation))
}

extension DerivationExhibit {
    package init(_ derivation: AttentionDerivation) {
        let isAdditive = derivation.places.first?.hidden != nil
        let projection = derivation.places.reduce(0) { $0 + $1.weight * $1.weightGradient }
        let places = Self.shownSteps(of: derivation.places.count).map {
            AttentionEquations(derivation, projection, place: $0)
        }
        let query: Parameters = ["query": derivation.queryGradient]
        self.init(
            network: isAdditive ? "AdditiveAttention" : "DotProductAttention", letter: "j",
            equations: AttentionEquations.all(derivation),
            stepCount: derivation.places.count,
            forward: places.map { $0.forward }, backward: places.reversed().map { $0.backward },
            trail: AttentionEquations.sums(derivation, projection),
            gradients: Self.gradients(
                Parameters(Array(query) + Array(derivation.gradients)),
                of: derivation.places.lazy.map { Parameters([("query", $0.queryContribution)] + Array($0.contribution)) },
                symbol: { $0.split(separator: ".").first.map(String.init) ?? $0 }, check: derivation.check))
    }
}

private struct AttentionEquations {
    /// The right side of a_j.
    private static func score(_ derivation: AttentionDerivation, _ j: String) -> String {
        if derivation.places.first?.hidden != nil { return #"w_v^\top \tanh(W_q q + W_k k_\#(j))"# }
        return derivation.isScaled ? #"\frac{q^\top k_\#(j)}{\sqrt d}"# : #"q^\top k_\#(j)"#
    }

    static func all(_ derivation: AttentionDerivation) -> [String] {
        [
            "a_j = " + score(derivation, "j"),
            #"\alpha = \operatorname{softmax}(a), \qquad m = \sum_j \alpha_j v_j"#,
            #"\frac{\partial \mathcal{L}}{\partial \alpha_j} = v_j^\top \frac{\partial \mathcal{L}}{\partial m}"#,
            #"\frac{\partial \mathcal{L}}{\partial a_j} = \alpha_j \left(\frac{\partial \mathcal{L}}{\partial \alpha_j} - \sum_i \alpha_i \frac{\partial \mathcal{L}}{\partial \alpha_i}\right)"#,
            #"\frac{\partial \mathcal{L}}{\partial v_j} = \alpha_j \frac{\partial \mathcal{L}}{\partial m}"#,
        ]
    }

    /// What all places come to together: the context, and what softmax subtracts from each ∂ℒ/∂α_j.
    static func sums(_ derivation: AttentionDerivation, _ projection: Double) -> [DerivationExhibit.Line] {
        [
            .init(
                #"m"#, #"\sum_j \alpha_j v_j"#, derivation.places.map { .vector($0.weightedValue) },
                derivation.context),
            .init(
                #"\sum_i \alpha_i \frac{\partial \mathcal{L}}{\partial \alpha_i}"#, "",
                derivation.places.map { .product([$0.weight, $0.weightGradient]) }, projection),
        ]
    }

    let derivation: AttentionDerivation
    /// Σ_i α_i ∂ℒ/∂α_i
    let projection: Double
    let place: AttentionDerivation.Place
    let j: Int

    init(_ derivation: AttentionDerivation, _ projection: Double, place index: Int) {
        self.derivation = derivation
        self.projection = projection
        place = derivation.places[index]
        j = index + 1
    }

    var forward: DerivationExhibit.Step {
        .init(
            t: j,
            lines: [
                .init("k_{\(j)}", "", place.key),
                .init("v_{\(j)}", "", place.value),
                .init("a_{\(j)}", Self.score(derivation, "{\(j)}"), place.score),
                .init(#"\alpha_{\#(j)}"#, #"\frac{e^{a_{\#(j)}}}{\sum_i e^{a_i}}"#, place.weight),
                .init(#"\alpha_{\#(j)} v_{\#(j)}"#, "", place.weightedValue),
            ])
    }

    var backward: DerivationExhibit.Step {
        .init(
            t: j,
            lines: [
                .init(
                    #"\frac{\partial \mathcal{L}}{\partial \alpha_{\#(j)}}"#,
                    #"v_{\#(j)}^\top \frac{\partial \mathcal{L}}{\partial m}"#,
                    zip(place.value.values, derivation.contextGradient.values).map { .product([$0, $1]) },
                    place.weightGradient),
                .init(
                    #"\frac{\partial \mathcal{L}}{\partial a_{\#(j)}}"#,
                    #"\alpha_{\#(j)} \left(\frac{\partial \mathcal{L}}{\partial \alpha_{\#(j)}} - \sum_i \alpha_i \frac{\partial \mathcal{L}}{\partial \alpha_i}\right)"#,
                    [.product([place.weight, place.weightGradient - projection])], place.scoreGradient),
                .init(#"\frac{\partial \mathcal{L}}{\partial k_{\#(j)}}"#, "", place.keyGradient),
                .init(
                    #"\frac{\partial \mathcal{L}}{\partial v_{\#(j)}}"#,
                    #"\alpha_{\#(j)} \frac{\partial \mathcal{L}}{\partial m}"#, place.valueGradient),
            ])
    }
}
