import Exhibits

/// The drawing of a cell and, above it, of which unit at which step its values are.
extension CellExhibit: PageRenderable {
    /// An input of more features than this is told by their number.
    private static let featureLimit = 3

    func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        let title = [
            form.kind.rawValue, "\(words.layer) \(layer)", isReverse ? words.backward : nil,
            words.layers.place(step, unit), sequence > 0 ? "\(words.sequence) \(sequence)" : nil,
        ]
        let place = title.compactMap(\.self).joined(separator: ", ")
        return HTML(.div, .class("exhibit", "cell-drawing")) {
            HTML(.p, .class("exhibit-title")) { place }
            CellPicture(form: form, values: texts, input: inputText)
                .picture(title: words.layers.cellDrawing(form.kind.rawValue), description: place + ". " + description)
                .html("diagram")
        }
    }

    private var texts: [String: String] {
        Dictionary(values.map { ($0.symbol, NumberFormat.decimals.format($0.value).plainText) }, uniquingKeysWith: { first, _ in first })
    }

    private var inputText: String {
        guard input.count <= Self.featureLimit else { return "(\(input.count))" }
        return "(" + input.map { NumberFormat.brief.format($0).plainText }.joined(separator: ", ") + ")"
    }

    private var description: String {
        values.map { "\($0.symbol) \(NumberFormat.decimals.format($0.value).plainText)" }.joined(separator: ", ")
    }
}
