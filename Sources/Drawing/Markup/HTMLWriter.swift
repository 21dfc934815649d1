extension HTML {
    /// The markup as text: the same bytes for the same value.
    package var markup: String {
        var writer = HTMLWriter()
        writer.write(self)
        return writer.markup
    }
}

/// Writes markup with a line for each block, row and paragraph.
private struct HTMLWriter {
    private(set) var markup = ""
    /// Inside `pre`, where a line break would be seen.
    private var isVerbatim = false

    mutating func write(_ node: HTML) {
        switch node {
        case .text(let text): markup.appendEscaped(text)
        case .trusted(let text): markup += text
        case .fragment(let nodes): nodes.forEach { write($0) }
        case .formula(let formula, _, _): write(formula.source)
        case .element(let tag, let attributes, let content): writeElement(tag, attributes, content)
        }
    }

    private mutating func writeElement(_ tag: Tag, _ attributes: [Attribute], _ content: [HTML]) {
        if tag.layout != .inline { beginLine() }
        markup += "<" + tag.rawValue
        attributes.forEach { write($0) }
        markup += tag.isSelfClosing ? "/>" : ">"
        if !tag.isVoid {
            if tag.layout == .block { beginLine() }
            writeContent(of: tag, content)
            if tag.layout == .block { beginLine() }
            markup += "</\(tag.rawValue)>"
        }
        if tag.layout != .inline { beginLine() }
    }

    private mutating func writeContent(of tag: Tag, _ content: [HTML]) {
        let outer = isVerbatim
        defer { isVerbatim = outer }
        if tag == .pre {
            isVerbatim = true
            // A browser drops the first line break after `<pre>`; with one more, the text keeps its own.
            if content.first?.beginsWithLineBreak == true { markup += "\n" }
        }
        content.forEach { write($0) }
    }

    private mutating func write(_ attribute: Attribute) {
        markup += " " + attribute.name
        guard let value = attribute.value else { return }
        markup += "=\""
        markup.appendEscaped(value)
        markup += "\""
    }

    private mutating func beginLine() {
        if !isVerbatim, let last = markup.utf8.last, last != UInt8(ascii: "\n") { markup += "\n" }
    }
}

extension HTML {
    fileprivate var beginsWithLineBreak: Bool {
        switch self {
        case .text(let text), .trusted(let text): text.unicodeScalars.first == "\n"
        case .fragment(let content), .element(_, _, let content): content.first?.beginsWithLineBreak ?? false
        case .formula: false
        }
    }
}

extension String {
    fileprivate mutating func appendEscaped(_ text: String) {
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": self += "&amp;"
            case "<": self += "&lt;"
            case ">": self += "&gt;"
            case "\"": self += "&quot;"
            // HTML knows one line break.
            case "\n" where previous == "\r": break
            case "\r": self += "\n"
            default: unicodeScalars.append(scalar.isAllowedInHTML ? scalar : "\u{FFFD}")
            }
            previous = scalar
        }
    }
}

extension Unicode.Scalar {
    /// HTML has no way to write control characters and noncharacters, not even as references.
    package var isAllowedInHTML: Bool {
        switch value {
        case 0x09, 0x0A: true
        case ..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: false
        default: value & 0xFFFE != 0xFFFE
        }
    }
}
