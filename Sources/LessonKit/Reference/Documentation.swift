/// A documentation comment, read by the lessons' own parser: its summary, the rest, and what it says of arguments and results.
package struct Documentation {
    /// The first paragraph.
    private(set) var summary: [Inline] = []
    package private(set) var discussion: [Block] = []
    private(set) var parameters: [(name: String, content: [Block])] = []
    private(set) var returns: [Block] = []
    private(set) var errors: [Block] = []
    /// The lesson that its Markdown is, for the renderer.
    let lesson: Lesson

    /// - Throws: `Problems` where it is no Markdown that a lesson may have.
    package init(_ markdown: String) throws {
        lesson = try Lesson.parse(
            Array("---\ntitle: documentation\n---\n\(markdown)\n".utf8), path: "documentation", rawHTML: false)
        var blocks = lesson.blocks[...]
        if case .paragraph(let content) = blocks.first {
            summary = content
            blocks = blocks.dropFirst()
        }
        for block in blocks {
            if case .list(let list) = block, list.start == nil { add(list) } else { discussion.append(block.withFormulas) }
        }
    }

    /// A list is of arguments and results, of anything else, or of both.
    private mutating func add(_ list: List) {
        var others = list
        others.items = list.items.filter { !read($0) }
        if !others.items.isEmpty { discussion.append(.list(others)) }
    }

    /// Whether it is a field: `Parameters:` with a list, `Parameter x: …`, `Returns: …`, `Throws: …`.
    private mutating func read(_ item: [Block]) -> Bool {
        guard let (key, content) = item.field else { return false }
        let words = key.split(separator: " ")
        switch words.first {
        case "Parameters" where words.count == 1:
            for case .list(let list) in content {
                parameters += list.items.compactMap(\.field).map { (name: $0.key, content: $0.content) }
            }
        case "Parameter" where words.count == 2: parameters.append((String(words[1]), content))
        case "Returns" where words.count == 1: returns = content
        case "Throws" where words.count == 1: errors = content
        default: return false
        }
        return true
    }
}

extension [Block] {
    /// What stands before the colon in the first line, and everything behind it.
    fileprivate var field: (key: String, content: [Block])? {
        guard case .paragraph(let line) = first, case .text(let text) = line.first, let colon = text.firstIndex(of: ":") else {
            return nil
        }
        let rest = String(text[text.index(after: colon)...].drop { $0 == " " })
        let paragraph = (rest.isEmpty ? [] : [Inline.text(rest)]) + line.dropFirst()
        return (String(text[..<colon]), (paragraph.isEmpty ? [] : [.paragraph(paragraph)]) + dropFirst())
    }
}
