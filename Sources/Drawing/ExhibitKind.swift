import Exhibits

/// An exhibit that can be put on a page. Each kind does so in a file of its own, from its data alone.
package protocol Drawable: ExhibitContent {
    func html(_ style: ExhibitStyle) -> HTML
    /// What no `show` could have recorded; nil where all of it can be drawn. A log is what a lesson's process wrote, whatever
    /// that did.
    var flaw: String? { get }
    /// Which quantities its formulas speak of.
    var quantities: [QuantitySymbol] { get }
    /// Puts other words in the place of those that the lesson's author wrote: titles, names of series, claims.
    mutating func reword(_ words: (String) -> String)
}

extension Drawable {
    package var flaw: String? { nil }
    package var quantities: [QuantitySymbol] { [] }
    package mutating func reword(_ words: (String) -> String) {}
}

/// What an exhibit has to know of the page that it stands on.
package struct ExhibitStyle: Sendable {
    let words: ExhibitVocabulary
    /// Begins the names of places in the exhibit; no two exhibits of a page have the same.
    let id: String

    package init(words: ExhibitVocabulary, id: String = "exhibit") {
        self.words = words
        self.id = id
    }
}

/// A kind of exhibit: how it is drawn and read back.
package struct ExhibitKind: Sendable {
    package let name: String
    /// nil for an exhibit of another kind.
    let draw: @Sendable (Exhibit, ExhibitStyle) -> HTML?
    let quantities: @Sendable (Exhibit) -> [QuantitySymbol]?
    let reworded: @Sendable (Exhibit, (String) -> String) -> Exhibit?
    #if !hasFeature(Embedded)
    let decode: @Sendable (any Decoder) throws -> Exhibit
    #endif

    private init<Content: Drawable>(_ type: Content.Type) {
        name = type.kind
        draw = { exhibit, style in exhibit.content(as: type).map { QuantityMarks($0.quantities).marked($0.html(style)) } }
        quantities = { exhibit in exhibit.content(as: type)?.quantities }
        reworded = { exhibit, words in
            guard var content = exhibit.content(as: type) else { return nil }
            content.reword(words)
            return Exhibit(content)
        }
        #if !hasFeature(Embedded)
        decode = { decoder in
            let content = try type.init(from: decoder)
            if let flaw = content.flaw { throw ImpossibleExhibit(kind: type.kind, flaw: flaw) }
            return Exhibit(content)
        }
        #endif
    }

    /// The one table of kinds.
    package static let all = [
        ExhibitKind(TensorExhibit.self),
        ExhibitKind(ShapesExhibit.self),
        ExhibitKind(ParametersExhibit.self),
        ExhibitKind(EquationsExhibit.self),
        ExhibitKind(GatesExhibit.self),
        ExhibitKind(WorkedExhibit.self),
        ExhibitKind(DerivationExhibit.self),
        ExhibitKind(AttentionExhibit.self),
        ExhibitKind(CellExhibit.self),
        ExhibitKind(NetworkExhibit.self),
        ExhibitKind(LinesExhibit.self),
        ExhibitKind(ScatterExhibit.self),
        ExhibitKind(HistogramExhibit.self),
        ExhibitKind(BarsExhibit.self),
        ExhibitKind(TableExhibit.self),
        ExhibitKind(HeatmapExhibit.self),
        ExhibitKind(HeatmapsExhibit.self),
        ExhibitKind(ClaimExhibit.self),
    ]
}

extension Exhibit {
    package func html(_ style: ExhibitStyle) -> HTML {
        for kind in ExhibitKind.all {
            if let html = kind.draw(self, style) { return html }
        }
        fatalError("Exhibit: expected a kind that ExhibitKind.all lists; got \(kind)")
    }

    /// Which quantities it speaks of, so that the text around it can be linked with it.
    package var quantities: [QuantitySymbol] { ExhibitKind.all.lazy.compactMap { $0.quantities(self) }.first ?? [] }

    /// With other words in the place of those that the lesson's author wrote.
    package func reworded(_ words: (String) -> String) -> Exhibit {
        for kind in ExhibitKind.all {
            if let exhibit = kind.reworded(self, words) { return exhibit }
        }
        return self
    }
}

#if !hasFeature(Embedded)
extension Exhibit: Decodable {
    package init(from decoder: any Decoder) throws {
        let name = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .kind)
        guard let kind = ExhibitKind.all.first(where: { $0.name == name }) else { throw UnknownExhibitKind(name: name) }
        self = try kind.decode(decoder)
    }
}

/// A recording holds an exhibit that no `show` makes.
package struct ImpossibleExhibit: Error, Hashable, CustomStringConvertible {
    package let kind: String
    package let flaw: String

    package var description: String { "\(kind): \(flaw)" }
}

/// A recording holds an exhibit that cannot be drawn.
package struct UnknownExhibitKind: Error, CustomStringConvertible {
    package let name: String

    package var description: String {
        "no exhibit is of the kind “\(name)”; there are " + ExhibitKind.all.map { $0.name }.joined(separator: ", ")
    }
}
#endif
