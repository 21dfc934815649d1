/// Markup as a value. Text and attribute values are escaped when it is written out, so that nothing
/// that a cell printed or a lesson named can become markup.
package indirect enum HTML: Hashable, Sendable {
    case text(String)
    case element(Tag, [Attribute], [HTML])
    case fragment([HTML])
    /// Written as it is: only for the raw HTML of a teacher.
    case trusted(String)
    /// A teacher's formula, which is typeset when all pages are known, and where it is written.
    case formula(Formula, line: Int, column: Int)

    /// An element and its content: `HTML(.p, .class("claim")) { "It holds." }`.
    package init(_ tag: Tag, _ attributes: Attribute?..., @HTMLBuilder content: () -> [HTML]) {
        self = .element(tag, attributes.compactMap { $0 }, content())
    }

    package init(_ tag: Tag, _ attributes: [Attribute?], @HTMLBuilder content: () -> [HTML]) {
        self = .element(tag, attributes.compactMap { $0 }, content())
    }

    /// An element without content.
    package init(_ tag: Tag, _ attributes: Attribute?...) {
        self = .element(tag, attributes.compactMap { $0 }, [])
    }

    /// Several nodes one after the other.
    package init(@HTMLBuilder content: () -> [HTML]) {
        self = .fragment(content())
    }

    package static let empty = HTML.fragment([])

    package var isEmpty: Bool {
        switch self {
        case .text(let text), .trusted(let text): text.isEmpty
        case .element, .formula: false
        case .fragment(let nodes): nodes.allSatisfy { $0.isEmpty }
        }
    }
}

extension HTML: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self = .text(text)
    }
}

extension HTML {
    /// A box in which content that is wider than the screen scrolls, by pointer and by keyboard.
    package static func scrollable(named name: String, @HTMLBuilder content: () -> [HTML]) -> HTML {
        HTML(.div, .class("scroll"), .focusable, .role("group"), .aria("label", name), content: content)
    }
}

/// The elements that pages are made of.
package enum Tag: String, Hashable, Sendable {
    case a, blockquote, br, cite, code, data, dd, del, details, div, dl, dt, em, figcaption, figure
    case h1, h2, h3, h4, h5, h6
    case hr, img, input, label, li, ol, p, pre, section, span, strong, summary, sup
    case table, tbody, td, th, thead, tr, ul, wbr
    // Pictures, which are SVG.
    case circle, desc, g, line, path, rect, svg, text, title, tspan
    // Formulas, which are MathML.
    case annotation, math, menclose, mfrac, mi, mn, mo, mover, mpadded, mphantom, mroot, mrow, mspace, msqrt, mstyle
    case msub, msubsup, msup, mtable, mtd, mtext, mtr, munder, munderover, semantics

    package var isVoid: Bool {
        switch self {
        case .br, .hr, .img, .input, .mspace, .wbr: true
        default: false
        }
    }

    /// Whether it is closed by its own slash: HTML's void elements are not, MathML's are.
    var isSelfClosing: Bool { self == .mspace }

    enum Layout {
        /// In the run of a line.
        case inline
        /// A line of its own, with its content on it.
        case line
        /// Its tags on lines of their own.
        case block
    }

    /// How the element is set in the file, so that a difference between two builds can be read.
    var layout: Layout {
        switch self {
        case .a, .br, .cite, .code, .data, .del, .em, .img, .input, .label, .span, .strong, .sup, .td, .th, .tspan, .wbr: .inline
        case .circle, .dd, .desc, .dt, .figcaption, .h1, .h2, .h3, .h4, .h5, .h6, .hr, .li, .line, .mtr, .p, .path, .pre, .rect,
            .summary, .text, .title, .tr:
            .line
        case .blockquote, .details, .div, .dl, .figure, .g, .ol, .section, .svg, .table, .tbody, .thead, .ul: .block
        case .annotation, .math, .menclose, .mfrac, .mi, .mn, .mo, .mover, .mpadded, .mphantom, .mroot, .mrow, .mspace, .msqrt,
            .mstyle, .msub, .msubsup, .msup, .mtable, .mtd, .mtext, .munder, .munderover, .semantics:
            .inline
        }
    }
}

package struct Attribute: Hashable, Sendable {
    package var name: String
    /// nil for an attribute that needs none, such as `open`.
    package var value: String?

    package init(_ name: String, _ value: String?) {
        self.name = name
        self.value = value
    }
}

/// Each is left out where its value is nil.
extension Attribute? {
    package static func id(_ value: String?) -> Self { attribute("id", value) }
    package static func href(_ value: String?) -> Self { attribute("href", value) }
    package static func title(_ value: String?) -> Self { attribute("title", value) }
    package static func scope(_ value: String) -> Self { attribute("scope", value) }
    package static func role(_ value: String?) -> Self { attribute("role", value) }

    /// `aria-label` and its like: `.aria("label", "Table 1")`.
    package static func aria(_ name: String, _ value: String?) -> Self { attribute("aria-" + name, value) }

    package static func span(columns: Int) -> Self { columns == 1 ? nil : attribute("colspan", "\(columns)") }

    package static func `class`(_ names: String?...) -> Self {
        let present = names.compactMap { $0 }
        return present.isEmpty ? nil : attribute("class", present.joined(separator: " "))
    }

    /// Reachable by the keyboard, so that what is too wide can be scrolled without a pointer.
    package static var focusable: Self { attribute("tabindex", "0") }

    package static func attribute(_ name: String, _ value: String?) -> Self {
        value.map { Attribute(name, $0) }
    }
}

/// Lets an element's content be written as Swift statements; a string stands for its text.
@resultBuilder
package enum HTMLBuilder {
    package static func buildExpression(_ node: HTML) -> [HTML] { [node] }
    package static func buildExpression(_ node: HTML?) -> [HTML] { node.map { [$0] } ?? [] }
    package static func buildExpression(_ nodes: [HTML]) -> [HTML] { nodes }
    package static func buildExpression(_ text: String) -> [HTML] { [.text(text)] }
    package static func buildBlock(_ parts: [HTML]...) -> [HTML] { parts.flatMap { $0 } }
    package static func buildOptional(_ part: [HTML]?) -> [HTML] { part ?? [] }
    package static func buildEither(first part: [HTML]) -> [HTML] { part }
    package static func buildEither(second part: [HTML]) -> [HTML] { part }
    package static func buildArray(_ parts: [[HTML]]) -> [HTML] { parts.flatMap { $0 } }
}
