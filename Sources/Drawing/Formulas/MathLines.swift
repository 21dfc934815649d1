extension HTML {
    /// A formula on a line of its own with its rows in pieces that begin at relations, between which the style breaks it where
    /// there is no room: browsers do not break formulas by themselves. It stays one `<math>`, and is read as one.
    var breakingAtRelations: HTML {
        guard case .element(let tag, let attributes, let content) = self else { return self }
        return switch tag {
        case .math, .mtr, .mtd, .mstyle: .element(tag, attributes, content.map { $0.breakingAtRelations })
        case .semantics: .element(tag, attributes, content.prefix(1).map { $0.breakingAtRelations } + content.dropFirst())
        case .mtable where attributes.contains { $0.name == "columnalign" && $0.value?.hasPrefix("right left") == true }:
            .element(tag, attributes, content.map { $0.breakingAtRelations })
        case .mrow where attributes.isEmpty: Self.row(content)
        default: self
        }
    }

    private static func row(_ content: [HTML]) -> HTML {
        if content.count == 1, content[0].isTable { return .element(.mrow, [], [content[0].breakingAtRelations]) }
        let equations = content.equations.map { $0.piecesAtRelations }
        guard equations.contains(where: { $0.count > 1 }) || equations.count > 1 else { return .element(.mrow, [], content) }
        let rows = equations.map { pieces in HTML(.mrow, .class("lines")) { pieces.map { piece in HTML(.mrow) { piece } } } }
        return rows.count == 1 ? rows[0] : HTML(.mrow, .class("lines")) { rows }
    }

    fileprivate var isSummandSign: Bool { plainText == "+" || plainText == "−" }

    /// `\allowbreak`, which breaks a row within parentheses too.
    fileprivate var isBreak: Bool {
        guard case .element(.mspace, let attributes, _) = self else { return false }
        return attributes.isEmpty
    }

    /// `\quad` and wider, which stands between equations.
    fileprivate var isWideSpace: Bool {
        guard case .element(.mspace, let attributes, _) = self,
            let width = attributes.first(where: { $0.name == "width" })?.value
        else { return false }
        return ["1em", "2em"].contains(width)
    }
}

extension [HTML] {
    private static let relations: Set = [
        "=", "≠", "≈", "≡", "∼", "≃", "≅", "≔", "<", ">", "≤", "≥", "≪", "≫", "∝", "∈", "→", "←", "↦", "⇒", "⇔", "⟶", "⟹", "⟺",
    ]

    /// Those that stand beside each other, each with the space behind it.
    fileprivate var equations: [[HTML]] {
        parted { before, _ in before.isWideSpace }
    }

    /// A side each, with the relation before it; a summand each where that may be broken, with its sign.
    fileprivate var piecesAtRelations: [[HTML]] {
        parted(breaking: true) { _, node in
            guard case .element(.mo, _, _) = node else { return false }
            return Self.relations.contains(node.plainText)
        }.enumerated().map { place, piece in
            guard place > 0, case .element(.mo, let attributes, let sign)? = piece.first, attributes.isEmpty,
                piece[0].isSummandSign
            else { return piece }
            // At the beginning of a row of its own it would be taken for a number's sign.
            return [.element(.mo, [Attribute("form", "infix")], sign)] + piece.dropFirst()
        }
    }

    /// Parts between which `isBorder` lies, never within parentheses, and none that is only empty groups.
    ///
    /// - Parameter breaking: Whether `\allowbreak` is a border too, within parentheses or not.
    private func parted(breaking: Bool = false, _ isBorder: (_ before: HTML, _ node: HTML) -> Bool) -> [[HTML]] {
        var parts: [[HTML]] = [[]]
        var depth = 0
        for (index, node) in zip(indices, self) {
            let isSeen = parts[parts.count - 1].contains { !$0.plainText.isEmpty }
            let before = self[Swift.max(index - 1, 0)]
            if isSeen, breaking && before.isBreak || depth == 0 && isBorder(before, node) { parts.append([]) }
            parts[parts.count - 1].append(node)
            guard case .element(.mo, _, _) = node else { continue }
            if ["(", "[", "{"].contains(node.plainText) { depth += 1 }
            if [")", "]", "}"].contains(node.plainText) { depth = Swift.max(0, depth - 1) }
        }
        return parts
    }
}
