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
            if let wayIn = wayIn(words) { HTML.wayIn(wayIn, isChinese: words.wayIn.isChinese) }
            CellPicture(
                diagram, values: texts, input: place.map { CellPicture.inputText($0.input, words.layers) } ?? "",
                readsBackward: isReverse
            )
            .picture(title: words.layers.cellDrawing(name), description: title + ". " + description)
            .html("diagram")
        }
    }

    /// The strongest and the weakest of what the wires carry; of a cell without values, what each state meets on its way.
    private func wayIn(_ words: ExhibitVocabulary) -> String? {
        guard place != nil else { return roads(words) }
        let finite = values.filter { $0.value.isFinite }
        guard finite.count > 1, let strongest = finite.max(by: { $0.value.magnitude < $1.value.magnitude }),
            let weakest = finite.min(by: { $0.value.magnitude < $1.value.magnitude })
        else { return nil }
        return words.layers.strongestWire(
            strongest.name(backward: isReverse), strongest.text, weakest.name(backward: isReverse), weakest.text)
    }

    private func roads(_ words: ExhibitVocabulary) -> String? {
        let ways = zip(0..., diagram.roads).map { index, road in
            words.layers.road(
                index == 0, road.start.subscriptedText, road.end.subscriptedText, road.functions, road.operations)
        }
        return ways.isEmpty ? nil : ways.joined(separator: words.wayIn.pause) + words.wayIn.stop
    }

    private func titleParts(_ place: Place, _ words: ExhibitVocabulary) -> [String] {
        [
            "\(words.layer) \(place.layer)", place.isReverse ? words.backward : nil, words.layers.place(place.step, place.unit),
            place.sequence > 0 ? "\(words.sequence) \(place.sequence)" : nil,
        ].compactMap { $0 }
    }

    private var isReverse: Bool { place?.isReverse ?? false }

    private var texts: [String: String] {
        values.reversed().reduce(into: [:]) { $0[$1.symbol] = $1.text }
    }

    /// The values, or else which node reads which.
    private var description: String {
        guard place != nil else {
            func read(_ id: String) -> String { diagram.node(id).map { $0.name.isEmpty ? $0.label : $0.name } ?? id }
            return diagram.wires.map { "\(read($0.from)) → \(read($0.to))".subscriptedText }.joined(separator: ", ")
        }
        return values.map { "\($0.name(backward: isReverse)) \($0.text)" }.joined(separator: ", ")
    }
}

extension CellExhibit.Value {
    private static let before = "previous-"

    /// As it is read: cₜ₋₁ for `previous-c`, or cₜ₊₁ where the direction comes from the end.
    fileprivate func name(backward isBackward: Bool) -> String {
        (symbol.hasPrefix(Self.before) ? symbol.dropFirst(Self.before.count) + "_{t-1}" : symbol)
            .reading(backward: isBackward).subscriptedText
    }

    fileprivate var text: String { NumberFormat.significant.format(value).plainText }
}
