import Exhibits

/// The sentence and its outcome, in a sign and in words, with what was found and what was claimed.
extension ClaimExhibit: Drawable {
    package var flaw: String? {
        Rule.broken((min(line, column) >= 1 && Rule.counts(line, column), "no claim stands in line \(line), column \(column)"))
    }

    package mutating func reword(_ words: (String) -> String) {
        text = words(text)
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let measures = measures(style.words)
        return HTML(.p, .class("exhibit", "claim", holds ? "holds" : "fails")) {
            HTML(.span, .class("outcome")) {
                (holds ? "✓ " : "✗ ") + (holds ? style.words.holds : style.words.doesNotHold)
            }
            " "
            HTML(.span, .class("sentence")) { text }
            if !measures.isEmpty {
                " "
                HTML(.span, .class("measures")) {
                    zip(0..., measures).map { index, part in
                        HTML {
                            index == 0 ? "" : style.words.comma; part
                        }
                    }
                }
            }
        }
    }

    private func measures(_ words: ExhibitVocabulary) -> [HTML] {
        let numbers = [(words.difference, difference), (words.tolerance, tolerance)].compactMap { word, value in
            value.map { value in
                HTML {
                    word + " "; NumberFormat.brief.format(value).html
                }
            }
        }
        return (comparison.map { [holds ? $0.relationHTML : $0.html(words.claims)] } ?? []) + numbers
    }
}

extension ClaimExhibit.Comparison {
    /// Of a claim that holds: `97 ≥ 90`; of equal sides one is enough, `= 90`.
    fileprivate var relationHTML: HTML {
        HTML {
            if relation != .equal { Self.side(value) }
            (relation == .equal ? "" : " ") + relation.rawValue + " "
            Self.side(claimed)
        }
    }

    /// `was 87, at least 90 was claimed`
    fileprivate func html(_ words: ClaimVocabulary) -> HTML {
        let (before, after) = words.claimed(relation)
        return HTML {
            words.was(relation)
            Self.side(value)
            if let place { words.at(place) }
            before
            Self.side(claimed)
            after
        }
    }

    /// A number as numbers are set, a whole one with all its digits; everything else as Swift prints it.
    private static func side(_ text: String) -> HTML {
        if Int64(text) != nil { return HTML(.data, .attribute("value", text)) { text.withMinusSign } }
        return Double(printed: text).map { NumberFormat.brief.format($0).html } ?? HTML(.span, .class("value")) { elided(text) }
    }

    /// Both ends of what is longer than a line.
    private static func elided(_ text: String) -> String {
        text.count > 80 ? "\(text.prefix(40)) … \(text.suffix(30))" : text
    }
}
