/// What a run of text is made of before it is known whether it may stand where it stands.
enum Piece {
    case inline(Inline)
    case display(TeX, label: Masks.Written?)
    case table(TableLayout)
    case label(Masks.Written)
}

/// Reading text: cmark's inline nodes with their masks become the lesson's.
extension LessonBuilder {
    mutating func pieces(of nodes: [MarkdownNode], masks: Masks) -> [Piece] {
        var pieces = [Piece]()
        var lastMask: Unicode.Scalar?
        for node in nodes {
            if case .text(let text) = node.kind {
                append(text, to: &pieces, masks: masks, lastMask: &lastMask)
            } else {
                pieces.append(.inline(inline(node, masks: masks)))
                if node.kind != .softBreak { lastMask = nil }
            }
        }
        return pieces
    }

    /// Cuts text at its masks. A mask that follows itself on the next line is the same formula's next line.
    private mutating func append(
        _ text: String, to pieces: inout [Piece], masks: Masks, lastMask: inout Unicode.Scalar?
    ) {
        var plain = String.UnicodeScalarView()
        func flush() {
            if !plain.isEmpty {
                pieces.append(.inline(.text(String(plain))))
                lastMask = nil
            }
            plain = .init()
        }
        for scalar in text.unicodeScalars where scalar != masks.ignored {
            guard let meaning = masks[scalar] else {
                plain.append(scalar)
                continue
            }
            flush()
            if scalar == lastMask {
                if case .inline(.softBreak)? = pieces.last { pieces.removeLast() }
            } else {
                pieces.append(piece(meaning, original: masks.unmasked(String(scalar))))
            }
            lastMask = scalar
        }
        flush()
    }

    private mutating func piece(_ meaning: Masks.Meaning, original: String) -> Piece {
        switch meaning {
        case .math(let tex): return .inline(.math(tex))
        case .display(let tex, let label): return .display(tex, label: label)
        case .table(let table): return .table(table)
        case .label(let written): return .label(written)
        case .value: return .inline(.text(original))
        case .reference(let label):
            labels.refer(to: label)
            return .inline(.reference(label))
        }
    }

    private mutating func inline(_ node: MarkdownNode, masks: Masks) -> Inline {
        func content(_ place: String) -> [Inline] {
            inlines(pieces(of: node.children, masks: masks), in: place)
        }
        switch node.kind {
        case .softBreak: return .softBreak
        case .lineBreak: return .lineBreak
        case .inlineCode(let text): return code(text, masks: masks)
        case .inlineHTML(let text): return .html(masks.unmasked(text))
        case .emphasis: return .emphasis(content("emphasis"))
        case .strong: return .strong(content("emphasis"))
        case .link(let destination, let title):
            return .link(
                destination: masks.unmasked(destination), title: title.isEmpty ? nil : masks.unmasked(title),
                content: content("a link"))
        case .image(let source, let title):
            return .image(
                source: masks.unmasked(source), title: title.isEmpty ? nil : masks.unmasked(title),
                alternative: content("an image's alternative text").plainText)
        default: return .text("")
        }
    }

    /// Code that is shown, or an inline value.
    private mutating func code(_ text: String, masks: Masks) -> Inline {
        let marked = text.drop { $0 == " " }
        guard let first = marked.unicodeScalars.first, case .value(let mark)? = masks[first] else {
            return .code(masks.unmasked(text))
        }
        let expression = String(decoding: Array(marked.dropFirst().utf8)[...].trimmed, as: UTF8.self)
        guard mark.language == "swift" else {
            problems.append(
                Problem(
                    at: mark.position, "unknown language {\(mark.language)} of an inline value",
                    hint: "did you mean {swift}?"))
            return .code(masks.unmasked(text))
        }
        guard !expression.isEmpty else {
            problems.append(
                Problem(
                    at: mark.position, "this inline value has no expression",
                    hint: "write one after {swift}, as in `{swift} hn.shape`"))
            return .code(masks.unmasked(text))
        }
        values.append(InlineValue(index: values.count, expression: expression, position: mark.expressionPosition))
        snippets.append(.value(values.count - 1))
        return .value(values.count - 1)
    }

    // MARK: What may stand where

    /// The pieces as text; what only a paragraph can hold is a problem.
    mutating func inlines(_ pieces: [Piece], in place: String) -> [Inline] {
        var inlines = [Inline]()
        for piece in pieces {
            switch piece {
            case .inline(.text(let text)): inlines.append(text: text)
            case .inline(let inline): inlines.append(inline)
            case .display(let tex, _):
                problems.append(
                    Problem(
                        at: tex.position, "display math cannot stand in \(place)",
                        hint: "use $…$ here, or put $$…$$ on lines of its own"))
            case .table(let table):
                problems.append(Problem(at: table.position, "a table cannot stand in \(place)"))
            case .label(let written):
                strayLabel(written)
                inlines.append(text: "{#\(written.name)}")
            }
        }
        return inlines
    }

    private mutating func strayLabel(_ written: Masks.Written) {
        guard Label.Kind(prefixOf: written.name) != nil else { return }
        problems.append(
            Problem(
                at: written.position, "there is nothing here that {#\(written.name)} could label",
                notes: [
                    "a label stands at the end of a heading, after an image that is a paragraph of its own, "
                        + "after the closing $$ of display math, or at the end of a table's caption"
                ]))
    }

    /// The label at the end of the pieces, taken off them.
    mutating func takeLabel(from pieces: inout [Piece], of kind: Label.Kind, for owner: String) -> Label? {
        pieces = pieces.trimmed
        guard case .label(let written)? = pieces.last else { return nil }
        pieces.removeLast()
        pieces = pieces.trimmed
        return define(written, of: kind, for: owner)
    }

    mutating func define(_ written: Masks.Written, of kind: Label.Kind, for owner: String) -> Label? {
        guard Label.Kind(prefixOf: written.name) == kind else {
            problems.append(
                Problem(
                    at: written.position, "\(written.name) cannot be the label of \(owner)",
                    hint: "begin it with \(kind.rawValue)- and go on with letters, digits, - and _: "
                        + "{#\(kind.rawValue)-name}"))
            return nil
        }
        let label = Label(kind: kind, name: written.name, position: written.position)
        labels.define(label)
        return label
    }

    /// Reads a caption or a table's cell, which stands apart from the document's own text.
    mutating func pieces(of passage: Passage, isTableCell: Bool = false) -> [Piece] {
        do {
            let fragment = try document.fragment(passage, isTableCell: isTableCell)
            problems += fragment.problems
            return pieces(of: fragment.nodes, masks: fragment.masks).trimmed
        } catch {
            problems.append(Problem(at: passage.position(at: 0), error.message))
            return []
        }
    }
}

extension [Inline] {
    fileprivate mutating func append(text: String) {
        if case .text(let before)? = last {
            self[count - 1] = .text(before + text)
        } else if !text.isEmpty {
            append(.text(text))
        }
    }
}

extension [Piece] {
    /// Without spaces and line breaks at both ends.
    var trimmed: [Piece] {
        var pieces = self
        while pieces.first?.isBlank == true { pieces.removeFirst() }
        while pieces.last?.isBlank == true { pieces.removeLast() }
        if case .inline(.text(let text))? = pieces.first {
            pieces[0] = .inline(.text(String(text.drop(while: \.isSpace))))
        }
        if case .inline(.text(var text))? = pieces.last {
            while text.last?.isSpace == true { text.removeLast() }
            pieces[pieces.count - 1] = .inline(.text(text))
        }
        return pieces
    }
}

extension Piece {
    fileprivate var isBlank: Bool {
        switch self {
        case .inline(.softBreak), .inline(.lineBreak): true
        case .inline(.text(let text)): text.allSatisfy(\.isSpace)
        default: false
        }
    }
}

extension Character {
    /// White space that Markdown itself sets no value on, unlike a no-break space.
    fileprivate var isSpace: Bool { self == " " || self == "\t" }
}
