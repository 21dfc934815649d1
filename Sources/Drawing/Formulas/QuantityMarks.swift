/// A quantity of a network that stands in formulas with its time below it: f_t, h_{t−1}, δ_3.
package struct QuantitySymbol: Hashable, Sendable {
    /// As attributes of the page name it: `f`, `δ`.
    package var symbol: String
    /// The letter as TeX, without the time: `\delta`.
    package var tex: String

    package init(_ symbol: String, tex: String? = nil) {
        self.symbol = symbol
        self.tex = tex ?? symbol
    }

    /// Those that the stylesheet has a colour for.
    private static let coloured = "frizgnoychxδ"

    /// The quantity that a name in a chart begins with: f of `f`, `f[0]` and `f_t`; nil for other names.
    static func letter(of name: String) -> String? {
        guard let letter = name.first, coloured.contains(letter), name.dropFirst().first.map({ "[_".contains($0) }) ?? true else {
            return nil
        }
        return String(letter)
    }

    /// The letter's element; nil where it is not one.
    fileprivate var letter: HTML? {
        guard case .element(_, _, let parts)? = try? Formula(tex).mathML(), case .element(_, _, let inner)? = parts.first,
            case .element(.mrow, _, let nodes)? = inner.first, nodes.count == 1
        else { return nil }
        return nodes[0]
    }
}

/// Marks the quantities in formulas, so that a page can light up every place of each.
package struct QuantityMarks {
    private let letters: [(letter: HTML, mark: Attribute)]

    package init(_ quantities: [QuantitySymbol]) {
        var seen: Set<QuantitySymbol> = []
        letters = quantities.filter { seen.insert($0).inserted }.compactMap { quantity in
            quantity.letter.map { ($0, Attribute("data-quantity", quantity.symbol)) }
        }
    }

    package func marked(_ html: HTML) -> HTML {
        switch html {
        case .element(let tag, let attributes, let content):
            let mark = tag == .msub || tag == .msubsup ? mark(of: content) : nil
            return .element(tag, attributes + (mark.map { [$0] } ?? []), content.map(marked))
        case .fragment(let content): return .fragment(content.map(marked))
        case .text, .trusted, .formula: return html
        }
    }

    private func mark(of content: [HTML]) -> Attribute? {
        guard content.count > 1, content[1].isTime else { return nil }
        return letters.first { $0.letter == content[0] }?.mark
    }
}

extension HTML {
    /// Whether it begins with t, T or a number, as times do.
    fileprivate var isTime: Bool {
        switch self {
        case .element(.mrow, _, let content): content.first?.isTime ?? false
        case .element(.mi, _, let content): content == ["t"] || content == ["L"]
        case .element(.mn, _, _): true
        default: false
        }
    }
}
