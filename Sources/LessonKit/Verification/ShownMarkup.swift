import Drawing

/// What each cell of a page shows, as the page's own markup, to be set into another page.
///
/// The page may have been changed by anyone: only elements and attributes that exhibits are drawn with pass.
struct ShownMarkup {
    /// One for each cell, in their order; empty for a cell that shows nothing, nil for one whose markup is not a build's.
    let cells: [String?]

    init(page: String) {
        cells = page.components(separatedBy: #"<div class="cell">"#).dropFirst().map { rest in
            guard let cell = Self.balanced(rest) else { return nil }
            let openings = [#"<figure class="exhibits""#, #"<div class="exhibits""#].compactMap {
                cell.firstRange(of: $0)?.lowerBound
            }
            guard let start = openings.min() else { return "" }
            return Self.isDrawn(cell[start...]) ? String(cell[start...]) : nil
        }
    }

    /// Up to the end of the element that was opened before.
    private static func balanced(_ text: String) -> Substring? {
        var (depth, rest) = (1, text[...])
        while let tag = rest.firstRange(of: "<") {
            rest = rest[tag.lowerBound...]
            if rest.hasPrefix("</div>") { depth -= 1 } else if rest.hasPrefix("<div") { depth += 1 }
            if depth == 0 { return text[..<rest.startIndex] }
            rest = rest.dropFirst()
        }
        return nil
    }

    /// Whether it is made of elements that pages are made of, each closed in its turn, and loads and runs nothing.
    private static func isDrawn(_ markup: Substring) -> Bool {
        var (open, rest) = ([Substring](), markup)
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else { return false }
            let inside = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if inside.hasPrefix("/") {
                guard open.popLast() == inside.dropFirst() else { return false }
                continue
            }
            let name = inside.prefix { $0.isLetter || $0.isNumber }
            guard let tag = Tag(rawValue: String(name)), tag != .img, tag != .a, hasHarmlessAttributes(inside.dropFirst(name.count))
            else { return false }
            if !tag.isVoid && !inside.hasSuffix("/") { open.append(name) }
        }
        return open.isEmpty
    }

    private static func hasHarmlessAttributes(_ text: Substring) -> Bool {
        let attribute = #/ ([a-zA-Z][a-zA-Z0-9:-]*)(="([^"]*)")?/#
        var rest = text.hasSuffix("/") ? text.dropLast() : text
        while let match = rest.prefixMatch(of: attribute) {
            let name = match.1.lowercased()
            guard !name.hasPrefix("on"), !["style", "src", "srcset", "href", "xlink:href"].contains(name),
                !(match.3 ?? "").contains("url(") || (match.3 ?? "").hasPrefix("url(#")
            else { return false }
            rest = rest[match.range.upperBound...]
        }
        return rest.isEmpty
    }
}

extension ShownMarkup {
    private static let number = "<data "

    /// Two states of one cell with the numbers marked that are not alike.
    static func marked(_ was: String, _ now: String) -> (was: String, is: String) {
        let pieces = [was, now].map { $0.components(separatedBy: number) }
        let values = pieces.map { $0.dropFirst().map(value) }
        func mark(_ side: Int) -> String {
            let other = values[1 - side]
            let isAligned = other.count == values[side].count
            return pieces[side].enumerated().map { index, piece in
                guard index > 0 else { return piece }
                let value = values[side][index - 1]
                let isMoved = isAligned ? value != other[index - 1] : !other.contains(value)
                return number + (isMoved ? "data-moved " : "") + piece
            }.joined()
        }
        return (mark(0), mark(1))
    }

    private static func value(_ attributes: String) -> Substring? {
        attributes.firstMatch(of: #/value="([^"]*)"/#)?.1
    }
}
