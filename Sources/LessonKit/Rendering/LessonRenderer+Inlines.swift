import Drawing

extension LessonRenderer {
    /// - Parameter isLinked: false where the content is itself within a link, which links may not be.
    func inlines(_ content: [Inline], isLinked: Bool = true) -> [HTML] {
        content.map { inline($0, isLinked: isLinked) }.holdingFormulas
    }

    private func inline(_ inline: Inline, isLinked: Bool) -> HTML {
        switch inline {
        case .text(let text): .text(text)
        case .emphasis(let content): HTML(.em) { inlines(content, isLinked: isLinked) }
        case .strong(let content): HTML(.strong) { inlines(content, isLinked: isLinked) }
        case .strikethrough(let content): HTML(.del) { inlines(content, isLinked: isLinked) }
        case .span(let language, let content):
            HTML(.span, .attribute("lang", language)) { inlines(content, isLinked: isLinked) }
        case .code(let text): code(text, isLinked: isLinked)
        case .value(let index): recording.values[index].html
        case .math(let tex): html(tex, isDisplay: false)
        case .link(let destination, let title, let content):
            if isLinked {
                HTML(.a, .href(LinkTarget.pageAddress(destination, from: edition)), .title(title)) {
                    inlines(content, isLinked: false)
                }
            } else {
                HTML { inlines(content, isLinked: false) }
            }
        case .image(let source, let title, let alternative, let width):
            HTML(
                .img, .attribute("src", LinkTarget.pageAddress(source, from: edition)), .attribute("alt", alternative),
                .title(title), .width(width))
        case .reference(let label): reference(label, isLinked: isLinked)
        case .footnote(let reference): html(reference, isLinked: isLinked) ?? .empty
        case .citation(let citations): html(citations, isLinked: isLinked)
        case .checkbox(let isChecked):
            HTML(
                .input, .attribute("type", "checkbox"), isChecked ? Attribute("checked", nil) : nil, Attribute("disabled", nil),
                .aria("label", isChecked ? words.done : words.toDo))
        case .softBreak: "\n"
        case .lineBreak:
            HTML {
                HTML(.br); "\n"
            }
        case .html(let html): .trusted(html.linkingPages(from: edition))
        }
    }

    private func code(_ text: String, isLinked: Bool) -> HTML {
        let code = HTML(.code) { text }
        return isLinked ? codeLink(text).map { HTML(.a, .href($0)) { code } } ?? code : code
    }

    func html(_ tex: TeX, isDisplay: Bool) -> HTML {
        let source = tex.filled { "{\(recording.values[$0].tex)}" }
        return .formula(Formula(source, isDisplay: isDisplay), line: tex.position.line, column: tex.position.column)
    }

    /// The words of a caption with its values, for alternative texts.
    func plainText(of content: [Inline]) -> String {
        content.plainText { recording.values[$0].text }
    }

    /// `Figure 2`, with a space that does not break.
    private func reference(_ label: Label, isLinked: Bool) -> HTML {
        guard let number = numbering.labels[label.name] else { return .text("@" + label.name) }
        let text = "\(words.word(for: label.kind))\u{00A0}\(number)"
        return isLinked ? HTML(.a, .class("reference"), .href("#" + label.name)) { text } : .text(text)
    }
}

extension Attribute? {
    static func width(_ width: ImageWidth?) -> Self {
        attribute("style", width.map { "width: \($0.css)" })
    }
}

extension ValueRecording {
    /// The value in a formula: a number as `html` shows it, everything else as text.
    package var tex: String {
        if let number {
            let short = NumberFormat.brief.format(number)
            return !number.isFinite || short.power != nil || short.isRounded ? short.tex : text
        }
        return text.wholeMatch(of: /-?[0-9]+/) == nil ? #"\text{\#(text.escapedInTeX)}"# : text
    }

    /// A number is rounded where it has more than four significant digits; everything else is shown as printed.
    package var html: HTML {
        guard let number else { return HTML(.span, .class("value")) { text } }
        let short = NumberFormat.brief.format(number)
        guard short.power == nil, !short.isRounded else { return short.html }
        return HTML(.data, .class(number.isFinite ? nil : "nonfinite"), .attribute("value", text)) {
            text.withMinusSign
        }
    }
}

extension String {
    /// So that TeX sets each character as itself.
    var escapedInTeX: String {
        map { character in
            switch character {
            case "\\": #"{\textbackslash}"#
            case "^": #"{\textasciicircum}"#
            case "~": #"{\textasciitilde}"#
            case "{", "}", "$", "&", "#", "_", "%": "\\\(character)"
            // Two of them would be one of another kind.
            case "-", "'", "`": "{\(character)}"
            case _ where character.isNewline: " "
            default: String(character)
            }
        }.joined()
    }
}
