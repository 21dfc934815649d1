import Exhibits

/// The sentence and its outcome, in a sign and in words.
extension ClaimExhibit: PageRenderable {
    func html(_ style: ExhibitStyle) -> HTML {
        HTML(.p, .class("exhibit", "claim", holds ? "holds" : "fails")) {
            HTML(.span, .class("outcome")) {
                (holds ? "✓ " : "✗ ") + (holds ? style.words.holds : style.words.doesNotHold)
            }
            " "
            HTML(.span, .class("sentence")) { text }
            if let measures = measures(style.words) { measures }
        }
    }

    private func measures(_ words: Vocabulary) -> HTML? {
        let parts = [(words.difference, difference), (words.tolerance, tolerance)]
            .compactMap { word, value in value.map { (word, NumberFormat.brief.format($0).html) } }
        guard !parts.isEmpty else { return nil }
        return HTML {
            " "
            HTML(.span, .class("measures")) {
                zip(0..., parts).map { index, part in
                    HTML { (index == 0 ? "" : ", ") + part.0 + " "; part.1 }
                }
            }
        }
    }
}
