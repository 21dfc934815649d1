/// What a run of text is made of before it is known whether it may stand where it stands.
enum Piece {
    case inline(Inline)
    case display(TeX, label: Masks.Written?)
    case table(PipeTable)
    case label(Masks.Written)
    case attributes(WrittenAttributes)
    /// With what the source has.
    case mark(PairedMark, original: String)
}

/// Reading text: cmark's inline nodes with their masks become the lesson's.
extension LessonBuilder {
    mutating func pieces(of nodes: [MarkdownNode]) -> [Piece] {
        var pieces = [Piece]()
        for node in nodes {
            guard case .text(let text) = node.kind else {
                pieces.append(.inline(inline(node)))
                continue
            }
            for run in document.masks.runs(in: text) { append(run, to: &pieces) }
        }
        return paired(pieces)
    }

    private mutating func append(_ run: Masks.Run, to pieces: inout [Piece]) {
        switch run {
        case .text(let text):
            // The second of the tildes between which the mark stands.
            let isAfterStrike = if case .mark(.strike, _)? = pieces.last { true } else { false }
            pieces.append(.inline(.text(isAfterStrike ? String(text.dropFirst()) : text)))
        case .mask(let meaning, let original):
            switch meaning {
            case .math(let written): pieces.append(.inline(.math(tex(written))))
            case .display(let written, let label): pieces.append(.display(tex(written), label: label))
            case .table(let table): pieces.append(.table(table))
            case .label(let written): pieces.append(.label(written))
            case .attributes(let attributes): append(attributes, to: &pieces)
            case .mark(.strike(let opens, let closes)):
                if case .inline(.text(let text))? = pieces.popLast() { pieces.append(.inline(.text(String(text.dropLast())))) }
                pieces.append(.mark(.strike(opens: opens, closes: closes), original: "~~"))
            case .mark(let mark): pieces.append(.mark(mark, original: original))
            case .bareLink(let link): pieces.append(.inline(bareLink(link, text: original)))
            case .footnote(let name): pieces.append(.inline(.footnote(footnotes.refer(to: name, in: openFootnote))))
            case .citation(let citations):
                pieces.append(.inline(.citation(citations.map { self.citations.cite($0) })))
            case .task(let isDone): pieces.append(.inline(.checkbox(isChecked: isDone)))
            case .value: pieces.append(.inline(.text(original)))
            case .reference(let label):
                labels.refer(to: label)
                pieces.append(.inline(.reference(label)))
            case .address: break
            case .continuation:
                if case .inline(.softBreak)? = pieces.last { pieces.removeLast() }
            }
        }
    }

    /// The image has its width; its label is a piece of its own, and may be that of a figure.
    private mutating func append(_ attributes: WrittenAttributes, to pieces: inout [Piece]) {
        guard case .inline(.image(let source, let title, let alternative, _))? = pieces.last else {
            return pieces.append(.attributes(attributes))
        }
        pieces[pieces.count - 1] = .inline(
            .image(source: source, title: title, alternative: alternative, width: width(attributes)))
        pieces += attributes.ids.map { .label($0) }
    }

    private mutating func bareLink(_ link: BareLink, text: String) -> Inline {
        let address = HTMLElement.unescaped(link.address)
        links.append(Link(address, at: link.position))
        return .link(destination: address, title: nil, content: [.text(HTMLElement.unescaped(text))])
    }

    private mutating func inline(_ node: MarkdownNode) -> Inline {
        func content(_ place: String) -> [Inline] {
            inlines(pieces(of: node.children), in: place)
        }
        switch node.kind {
        case .softBreak: return .softBreak
        case .lineBreak: return .lineBreak
        case .inlineCode(let text):
            place.skip(code: document.masks.unmasked(text), in: document.source)
            return code(text)
        case .inlineHTML(let text): return html(document.masks.unmasked(text))
        case .emphasis: return .emphasis(content("emphasis"))
        case .strong: return .strong(content("emphasis"))
        case .link(let destination, let title):
            links.append(link(destination))
            let text = content("a link")
            problems += text.notes.map {
                Problem(at: $0.position, "\($0.what) cannot stand in a link", hint: "put it behind the link")
            }
            return .link(
                destination: document.masks.unmasked(destination),
                title: title.isEmpty ? nil : document.masks.unmasked(title), content: text)
        case .image(let source, let title):
            links.append(link(source, isImage: true))
            return .image(
                source: document.masks.unmasked(source), title: title.isEmpty ? nil : document.masks.unmasked(title),
                alternative: content("an image's alternative text").plainText, width: nil)
        default: return .text("")
        }
    }

    /// Code that is shown, or an inline value.
    private mutating func code(_ text: String) -> Inline {
        let code = document.masks.unmasked(text)
        let runs = document.masks.runs(in: String(text.drop { $0 == " " }))
        guard case .mask(.value(let mark), _)? = runs.first else { return .code(code) }
        let expression = String(code.utf8.drop { $0 != .rightBrace }.dropFirst()) ?? ""
        return value(mark, computing: expression).map { .value($0) } ?? .code(code)
    }

    /// The index of a new value; nil, with a problem told, where it computes nothing.
    private mutating func value(_ mark: ValueMark, computing text: String, in formula: SourcePosition? = nil) -> Int? {
        guard mark.language == "swift" else {
            problems.append(
                Problem(
                    at: mark.position, "unknown language {\(mark.language)} of an inline value",
                    hint: "did you mean {swift}?"))
            return nil
        }
        let expression = String(decoding: Array(text.utf8)[...].trimmed, as: UTF8.self)
        guard !expression.isEmpty else {
            problems.append(
                Problem(
                    at: mark.position, "this inline value has no expression",
                    hint: "write one after {swift}, as in `{swift} hn.shape`"))
            return nil
        }
        values.append(
            InlineValue(index: values.count, expression: expression, position: mark.expressionPosition, formula: formula))
        snippets.append(.value(values.count - 1))
        return values.count - 1
    }

    private mutating func tex(_ written: WrittenTeX) -> TeX {
        var tex = written.tex
        for value in written.values {
            guard let index = self.value(value.mark, computing: value.expression, in: tex.position) else { continue }
            tex.values.append(TeX.Value(range: value.range, index: index))
        }
        return tex
    }

    // MARK: Links and HTML

    mutating func link(_ address: String, isImage: Bool = false) -> Link {
        let text = document.masks.unmasked(address)
        guard case .mask(.address(let position), _)? = document.masks.runs(in: address).first else {
            // One in < and >, or that begins with _ or *, or stands in a line below its link.
            let isOurs = LinkTarget(text) != .external
            return Link(text, at: isOurs ? place.found(text, in: document.source) : place.start, isImage: isImage)
        }
        return Link(text, at: position, isImage: isImage)
    }

    private mutating func html(_ text: String) -> Inline {
        guard isHTMLRaw else { return .text(text.hasPrefix("<!--") ? "" : text) }
        let start = place.found(text, in: document.source)
        let rest = text.utf8.count { $0 == .lineFeed }
        // Of a tag's further lines it is only known which they are.
        return .html(RawHTML(text, lines: [start] + (0..<rest).map { SourcePosition(line: start.line + $0 + 1, column: 1) }))
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
                problems.append(Problem(at: table.header.position(at: 0), "a table cannot stand in \(place)"))
            case .label(let written):
                strayLabel(written)
                inlines.append(text: "{#\(written.name)}")
            case .attributes(let attributes): attributes.ids.forEach { strayLabel($0) }
            case .mark(let mark, let original): inlines.append(text: unpaired(mark, original))
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
        var rest = pieces.trimmed
        guard case .label(let written)? = rest.popLast() else { return nil }
        pieces = rest.trimmed
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
}

extension [Inline] {
    /// What in them links to the page's end.
    fileprivate var notes: [(what: String, position: SourcePosition)] {
        flatMap { inline -> [(String, SourcePosition)] in
            switch inline {
            case .footnote(let reference): [("a footnote", reference.position)]
            case .citation(let citations): citations.prefix(1).map { ("a citation", $0.position) }
            case .emphasis(let content), .strong(let content), .strikethrough(let content), .span(_, let content): content.notes
            default: []
            }
        }
    }

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
