import Exhibits
import Recurrent

/// The drawing of a cell and, above it, its name and of which unit at which step its values are.
extension CellExhibit: Drawable {
    package var flaw: String? { diagram.flaw }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let name = words.layers.name(name, variants, isTraced: place != nil)
        let title = ([name] + (place.map { titleParts($0, words) } ?? [])).joined(separator: words.comma)
        return HTML(.div, .class("exhibit", "cell-drawing")) {
            HTML(.p, .class("exhibit-title")) { title }
            if let wayIn = wayIn(words.layers) { HTML(.p, .class("way-in")) { wayIn } }
            CellPicture(
                diagram, values: texts, input: place.map { CellPicture.inputText($0.input, words.layers) } ?? "",
                readsBackward: place?.isReverse ?? false
            )
            .picture(title: words.layers.cellDrawing(name), description: title + ". " + description)
            .html("diagram")
        }
    }

    /// The strongest and the weakest of what the wires carry; of a cell without values nil.
    private func wayIn(_ words: LayerVocabulary) -> String? {
        let finite = values.filter { $0.value.isFinite }
        guard finite.count > 1, let strongest = finite.max(by: { $0.value.magnitude < $1.value.magnitude }),
            let weakest = finite.min(by: { $0.value.magnitude < $1.value.magnitude })
        else { return nil }
        func told(_ value: Value) -> (String, String) {
            let isBefore = value.symbol.hasPrefix("previous-")
            let symbol = isBefore ? value.symbol.dropFirst("previous-".count) + "_{t-1}" : value.symbol
            return (
                symbol.reading(backward: place?.isReverse ?? false).subscriptedText,
                NumberFormat.significant.format(value.value).plainText
            )
        }
        let (strong, weak) = (told(strongest), told(weakest))
        return words.strongestWire(strong.0, strong.1, weak.0, weak.1)
    }

    private func titleParts(_ place: Place, _ words: ExhibitVocabulary) -> [String] {
        [
            "\(words.layer) \(place.layer)", place.isReverse ? words.backward : nil, words.layers.place(place.step, place.unit),
            place.sequence > 0 ? "\(words.sequence) \(place.sequence)" : nil,
        ].compactMap { $0 }
    }

    private var texts: [String: String] {
        values.reversed().reduce(into: [:]) { $0[$1.symbol] = NumberFormat.significant.format($1.value).plainText }
    }

    /// The values, or else which node reads which.
    private var description: String {
        guard place != nil else { return diagram.wires.map { "\($0.from) → \($0.to)" }.joined(separator: ", ") }
        return values.map { "\($0.symbol) \(NumberFormat.significant.format($0.value).plainText)" }.joined(separator: ", ")
    }
}
