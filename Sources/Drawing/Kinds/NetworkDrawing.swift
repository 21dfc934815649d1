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
        let picture = NetworkPicture(self, style.words.networks)
        return HTML(.div, .class("exhibit", "network")) {
            HTML(.p, .class("way-in")) { style.words.networks.wayIn(self, picture.hiddenSteps) }
            picture.picture.html("diagram")
            if let name = picture.cutName { HTML(.p, .class("picture-note")) { style.words.networks.cell(name) } }
        }
    }
}
