import Exhibits

/// A network unrolled over time, and how it is read.
extension NetworkExhibit: Drawable {
    private static let mostLayers = 1000

    package var flaw: String? {
        Rule.broken(
            (min(inputs, outputs, layers) >= 1 && Rule.counts(inputs, outputs), "a network has at least one step and one layer"),
            (layers <= Self.mostLayers, "a network has \(layers) layers"))
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words.networks
        let page = NetworkPicture(self, words)
        guard let phone = NetworkPicture(forPhone: self, words) else {
            return exhibit(words, hidden: HTML { words.hidden(page.hiddenSteps) }) { page.html(words) }
        }
        let hidden = HTML {
            HTML(.span, .class("on-page")) { words.hidden(page.hiddenSteps) }
            HTML(.span, .class("on-phone")) { words.hidden(phone.hiddenSteps) }
        }
        return exhibit(words, hidden: hidden) {
            HTML(.div, .class("on-page")) { page.html(words) }
            HTML(.div, .class("on-phone")) { phone.html(words) }
        }
    }

    private func exhibit(_ words: NetworkVocabulary, hidden: HTML, @HTMLBuilder _ pictures: () -> [HTML]) -> HTML {
        HTML(.div, .class("exhibit", "network")) {
            HTML(.p, .class("way-in")) {
                words.wayIn(self)
                hidden
            }
            pictures()
        }
    }
}

extension NetworkPicture {
    fileprivate func html(_ words: NetworkVocabulary) -> HTML {
        HTML {
            picture.html("diagram")
            if let name = cutName { HTML(.p, .class("picture-note")) { words.cell(name) } }
        }
    }
}
