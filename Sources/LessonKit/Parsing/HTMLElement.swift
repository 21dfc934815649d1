/// What HTML says of its elements: https://html.spec.whatwg.org/multipage/parsing.html#tree-construction
enum HTMLElement {
    /// Those that have no end tag.
    static let void: Set = [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta",
        "param", "source", "track", "wbr",
    ]
    /// Those in which tags are text, up to their own end.
    static let ofText: Set = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"]
    /// Those that stand around a lesson, or reach to the end of the page.
    static let ofThePage: Set = ["base", "body", "frame", "frameset", "head", "html", "plaintext"]
    /// Those before which a browser ends a paragraph.
    static let blocks = Set([
        "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "li", "listing", "main", "menu", "nav", "ol", "p",
        "pre", "search", "section", "summary", "table", "ul", "xmp",
    ]).union(headings)
    static let headings: Set = ["h1", "h2", "h3", "h4", "h5", "h6"]
    /// Those that a browser leaves out, or puts elsewhere, without one of the others around them.
    static let parents: [String: [String]] = [
        "caption": ["table"], "col": ["table"], "colgroup": ["table"], "tbody": ["table"], "td": ["table"], "tfoot": ["table"],
        "th": ["table"], "thead": ["table"], "tr": ["table"], "dd": ["dl"], "dt": ["dl"], "li": ["ul", "ol", "menu"],
    ]
    /// Pictures and formulas, whose elements may close themselves.
    static let foreign: Set = ["svg", "math"]
    /// What is HTML again within them.
    static let endingForeign: Set = ["foreignobject", "desc", "title", "annotation-xml", "mi", "mn", "mo", "ms", "mtext"]

    /// A value without its entities.
    static func unescaped(_ text: String) -> String {
        let pieces = text.split(separator: "&", omittingEmptySubsequences: false)
        return pieces[0] + pieces.dropFirst().map { unescaped($0) ?? "&" + $0 }.joined()
    }

    /// What follows an `&`, its entity replaced; nil when it begins with none.
    private static func unescaped(_ text: Substring) -> String? {
        if let number = text.prefixMatch(of: /#(?:[xX](?<hexadecimal>[0-9a-fA-F]+)|(?<decimal>[0-9]+));?/) {
            let value = number.hexadecimal.map { UInt32($0, radix: 16) } ?? number.decimal.map { UInt32($0) } ?? nil
            return String(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}") + text[number.range.upperBound...]
        }
        guard let name = text.prefixMatch(of: /[a-zA-Z0-9]+;/)?.range else { return nil }
        return MarkdownNode.character(named: String(text[name])).map { $0 + text[name.upperBound...] }
    }
}
