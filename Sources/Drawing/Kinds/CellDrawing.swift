import Exhibits
import Recurrent

/// The drawing of a cell and, above it, its name and of which unit at which step its values are.
extension CellExhibit: Drawable {
    /// An input of more features than this, or that is written wider, is told by their number.
    private static let featureLimit = (count: 3, ems: 22.0)

    package var flaw: String? { diagram.flaw }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let title = ([name] + (place.map { titleParts($0, words) } ?? [])).joined(separator: ", ")
        return HTML(.div, .class("exhibit", "cell-drawing")) {
            HTML(.p, .class("exhibit-title")) { title }
            CellPicture(diagram, values: texts, input: place.map { inputText($0.input) } ?? "")
                .picture(title: words.layers.cellDrawing(name), description: title + ". " + description)
                .html("diagram")
        }
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

    private func inputText(_ input: [Double]) -> String {
        let text = "(" + input.map { NumberFormat.brief.format($0).plainText }.joined(separator: ", ") + ")"
        return input.count <= Self.featureLimit.count && text.widthInEms <= Self.featureLimit.ems ? text : "(\(input.count))"
    }

    /// The values, or else which node reads which.
    private var description: String {
        guard place != nil else { return diagram.wires.map { "\($0.from) → \($0.to)" }.joined(separator: ", ") }
        return values.map { "\($0.symbol) \(NumberFormat.significant.format($0.value).plainText)" }.joined(separator: ", ")
    }
}
