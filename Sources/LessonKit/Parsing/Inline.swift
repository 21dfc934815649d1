/// CommonMark's inline nodes, with values, math and cross-references made nodes of their own.
package indirect enum Inline: Hashable, Sendable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    /// A passage in another language than the text around it, by its BCP 47 tag.
    case span(language: String, [Inline])
    case code(String)
    /// An index into `Lesson.values`.
    case value(Int)
    case math(TeX)
    case link(destination: String, title: String?, content: [Inline])
    case image(source: String, title: String?, alternative: String, width: ImageWidth?)
    /// `@fig-gates`: becomes a numbered link.
    case reference(Label)
    /// `[^name]`: becomes a number that links to the page's end.
    case footnote(FootnoteReference)
    /// `[@S1; @S3]`, in one pair of brackets.
    case citation([Citation])
    /// At the head of a list's item that is a task.
    case checkbox(isChecked: Bool)
    case softBreak
    case lineBreak
    /// Raw HTML, handed through as the teacher wrote it.
    case html(RawHTML)
}

extension Sequence where Element == Inline {
    /// The words without their markup: for ids, titles and alternative texts.
    package var plainText: String { plainText { _ in "" } }

    /// - Parameter value: the text of an inline value, by its index.
    package func plainText(value: (Int) -> String) -> String {
        map { inline in
            switch inline {
            case .text(let text), .code(let text): text
            case .emphasis(let content), .strong(let content), .strikethrough(let content), .span(_, let content),
                .link(_, _, let content):
                content.plainText(value: value)
            case .math(let tex): tex.filled(value)
            case .image(_, _, let alternative, _): alternative
            case .reference(let label): "@" + label.name
            case .softBreak, .lineBreak: " "
            case .value(let index): value(index)
            case .html, .checkbox, .footnote, .citation: ""
            }
        }.joined()
    }
}
