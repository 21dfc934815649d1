/// CommonMark's inline nodes, with values, math and cross-references made nodes of their own.
package indirect enum Inline: Hashable, Sendable {
    case text(String)
    case emphasis([Inline])
    case strong([Inline])
    case code(String)
    /// An index into `Lesson.values`.
    case value(Int)
    case math(TeX)
    case link(destination: String, title: String?, content: [Inline])
    case image(source: String, title: String?, alternative: String)
    /// `@fig-gates`: becomes a numbered link.
    case reference(Label)
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
            case .emphasis(let content), .strong(let content), .link(_, _, let content): content.plainText(value: value)
            case .math(let tex): tex.filled(value)
            case .image(_, _, let alternative): alternative
            case .reference(let label): "@" + label.name
            case .softBreak, .lineBreak: " "
            case .value(let index): value(index)
            case .html: ""
            }
        }.joined()
    }
}
