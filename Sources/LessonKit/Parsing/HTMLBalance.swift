/// Goes through a lesson's raw HTML: whether each tag is closed where it is opened, and what it links to and names.
///
/// What is opened in a paragraph, an item or a cell cannot be closed outside of it, for Markdown closes that itself.
struct HTMLBalance {
    private(set) var problems: [Problem] = []
    private(set) var links: [Link] = []
    private(set) var ids: Set<String> = []
    private let cells: [Cell]
    /// What is open in the part of the page that is being read.
    private var open: [(name: String, position: SourcePosition)] = []
    private var surroundings: Surroundings = []
    /// Elements nested deeper are a mistake, or meant to take long; browsers nest no more than 512.
    private static let greatestDepth = 200
    private var isTooDeep = false

    /// What Markdown has opened around a part, in which a browser would not have everything.
    private struct Surroundings: OptionSet {
        let rawValue: Int
        /// A paragraph or heading, whose end a browser puts before every block.
        static let text = Surroundings(rawValue: 1)
        static let link = Surroundings(rawValue: 2)
    }

    init(_ lesson: Lesson) {
        cells = lesson.cells
        part { $0.read(lesson.blocks) }
    }

    // MARK: Markdown

    private mutating func read(_ blocks: [Block]) {
        for block in blocks {
            if case .html(let html) = block {
                read(html)
                continue
            }
            if let paragraph = open.last(where: { $0.name == "p" }) {
                fail(paragraph.position, "what follows is Markdown, which cannot stand within <p>", hint: "leave out <p> and </p>")
            }
            read(block)
        }
    }

    private mutating func read(_ block: Block) {
        switch block {
        // The page's list of contents has its words within a link.
        case .heading(let heading): text(heading.content, in: [.text, .link])
        case .paragraph(let content): text(content, in: .text)
        case .table(let table):
            (table.header + table.rows.joined()).forEach { text($0, in: []) }
            text(table.caption ?? [], in: [])
        case .figure(let figure): text(figure.caption, in: [])
        case .cell(let index): text(cells[index].options.caption ?? [], in: [])
        case .definitions(let list):
            list.entries.forEach { text($0.term, in: .text) }
            block.children.forEach { content in part { $0.read(content) } }
        case .list, .quote, .alert, .footnotes: block.children.forEach { content in part { $0.read(content) } }
        case .code, .math, .thematicBreak, .html, .bibliography: break
        }
    }

    private mutating func text(_ content: [Inline], in added: Surroundings) {
        guard !content.isEmpty else { return }
        let outer = surroundings
        surroundings.formUnion(added)
        part { $0.read(content) }
        surroundings = outer
    }

    private mutating func read(_ content: [Inline]) {
        for inline in content {
            switch inline {
            case .html(let html): read(html, isInline: true)
            case .emphasis(let content), .strong(let content), .strikethrough(let content), .span(_, let content):
                text(content, in: [])
            case .link(_, _, let content): text(content, in: .link)
            case .text, .code, .value, .math, .image, .reference, .footnote, .citation, .checkbox, .softBreak, .lineBreak: break
            }
        }
    }

    /// What is opened in a part is closed in it.
    private mutating func part(_ read: (inout Self) -> Void) {
        let outer = open
        open = []
        read(&self)
        while let tag = open.popLast() { unclosed(tag) }
        open = outer
    }

    // MARK: HTML

    private mutating func read(_ html: RawHTML, isInline: Bool = false) {
        tellForbidden(in: html)
        var reader = HTMLReader(html.text)
        var places = RawHTMLPlaces(html)
        while !isTooDeep, let token = reader.next(isForeign: isForeign) {
            switch token {
            case .unclosed(let opening, let offset):
                fail(places.position(at: offset), "\(opening) is opened here and not closed", hint: Self.endOfHTML)
            case .tag(let tag):
                let position = places.position(at: tag.range.lowerBound)
                take(tag, of: reader, in: &places)
                if tag.isEnd {
                    close(tag.name, at: position)
                } else if begin(tag, at: position, isInline: isInline) {
                    readText(of: tag, at: position, with: &reader)
                }
            }
        }
    }

    private mutating func tellForbidden(in html: RawHTML) {
        let scalars = html.text.unicodeScalars
        guard let index = scalars.firstIndex(where: { !$0.isAllowedInHTML }) else { return }
        var places = RawHTMLPlaces(html)
        let position = places.position(at: html.text.utf8.distance(from: html.text.startIndex, to: index))
        fail(position, "HTML cannot hold \(scalars[index].codePoint)", hint: "remove it")
    }

    private static let endOfHTML = "Markdown ends a piece of HTML at the paragraph's end or at an empty line: close it before"

    /// - Returns: Whether up to its end tag follows text.
    private mutating func begin(_ tag: HTMLTag, at position: SourcePosition, isInline: Bool) -> Bool {
        let name = tag.name
        let isText = HTMLElement.ofText.contains(name) && !isForeign
        if HTMLElement.ofThePage.contains(name) {
            fail(position, "<\(name)> is the page's own", hint: "a lesson's HTML is a part of the page's <main>")
            return false
        }
        if let place = misplaced(name) {
            fail(position, "<\(name)> cannot stand \(place.where)", hint: place.hint)
        } else if isText, isInline {
            fail(position, "<\(name)> cannot stand in a line of text", hint: "give it lines of its own")
        }
        let isClosed = HTMLElement.void.contains(name) || tag.hasSlash && (isForeign || HTMLElement.foreign.contains(name))
        if !isClosed { open.append((name, position)) }
        if open.count > Self.greatestDepth {
            fail(position, "HTML is nested more than \(Self.greatestDepth) deep here", hint: "close what is open")
            isTooDeep = true
            open = []
        }
        return isText && !isInline
    }

    /// Where a browser would close something else before the tag, or leave it out.
    private func misplaced(_ name: String) -> (where: String, hint: String)? {
        let names = open.map(\.name)
        if name == "a", surroundings.contains(.link) || names.contains("a") {
            return ("within a link or heading", "close that link before")
        }
        if isForeign { return nil }
        if HTMLElement.blocks.contains(name), names.contains("p") { return ("within <p>", "close that before") }
        if HTMLElement.blocks.contains(name), surroundings.contains(.text) {
            return ("in a line of text", "put it on a line of its own, with an empty line before it")
        }
        if HTMLElement.headings.contains(name), names.contains(where: HTMLElement.headings.contains) {
            return ("within a heading", "close that before")
        }
        guard let parents = HTMLElement.parents[name], !names.contains(where: parents.contains) else { return nil }
        return (
            "here",
            "it belongs into " + parents.map { "<\($0)>" }.joined(separator: " or ") + ", opened in the same part of the page"
        )
    }

    private mutating func close(_ name: String, at position: SourcePosition) {
        guard let index = open.lastIndex(where: { $0.name == name }) else {
            return fail(
                position, "</\(name)> closes nothing that is open here",
                hint: "open it in the same paragraph, item, quote or cell, or leave it out")
        }
        while open.count > index + 1 { unclosed(open.removeLast()) }
        open.removeLast()
    }

    private mutating func unclosed(_ tag: (name: String, position: SourcePosition)) {
        fail(
            tag.position, "<\(tag.name)> is opened here and not closed",
            hint: "close it with </\(tag.name)> in the same paragraph, item, quote or cell")
    }

    /// In a script or a style what looks like a tag is text.
    private mutating func readText(of tag: HTMLTag, at position: SourcePosition, with reader: inout HTMLReader) {
        guard let text = reader.takeText(of: tag.name) else {
            open.removeLast()
            return fail(position, "<\(tag.name)> is opened here and not closed", hint: Self.endOfHTML)
        }
        // In such a comment a browser looks for the end of a script that begins there.
        if tag.name == "script", text.contains("<!--") {
            fail(position, "this script holds <!--, behind which browsers may miss its end", hint: #"write "<\!--" in a text"#)
        }
    }

    /// Whether what comes stands in a picture or formula.
    private var isForeign: Bool {
        let around = open.map(\.name).filter { HTMLElement.foreign.contains($0) || HTMLElement.endingForeign.contains($0) }
        return around.last.map(HTMLElement.foreign.contains) ?? false
    }

    /// Notes what the tag names and links to.
    private mutating func take(_ tag: HTMLTag, of reader: HTMLReader, in places: inout RawHTMLPlaces) {
        for attribute in tag.attributes where !attribute.value.isEmpty {
            let isImage = ["img", "image", "use", "source", "video", "audio", "input"].contains(tag.name)
            let value = HTMLElement.unescaped(reader.text(attribute.value))
            let link = Link(value, at: places.position(at: attribute.value.lowerBound), isImage: isImage)
            switch attribute.name {
            case "id": ids.insert(value)
            case "name" where tag.name == "a": ids.insert(value)
            case "href", "xlink:href", "src", "poster": links.append(link)
            case "action", "formaction", "data":
                if case .program = link.target { links.append(link) }
            default: break
            }
        }
    }

    private mutating func fail(_ position: SourcePosition, _ message: String, hint: String) {
        problems.append(Problem(at: position, message, hint: hint))
    }
}
