import CCmark
import LessonKit
import Samples
import Testing

/// Text that is not in the lessons' own syntax has the structure and the text that cmark gives it.
@Suite struct CommonMarkTests {
    @Test("the blocks of every section of the specification are cmark's", arguments: CommonMarkCorpus.blocks)
    func blocks(markdown: String) throws {
        try expectSame(markdown)
        try expectSame("a\n\n" + markdown + "\n\n\n*b*")
    }

    @Test("so are they in quotes and lists", arguments: CommonMarkCorpus.blocks)
    func nestedBlocks(markdown: String) throws {
        let lines = markdown.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        try expectSame(lines.map { "> " + $0 }.joined(separator: "\n"))
        try expectSame("- x\n\n  " + lines.joined(separator: "\n  "))
        try expectSame("> 10) > x\n>     >\n>     > " + lines.joined(separator: "\n>     > "))
    }

    @Test("the inlines of every section of the specification are cmark's, wherever they stand", arguments: CommonMarkCorpus.inlines)
    func inlines(markdown: String) throws {
        let parts = markdown.split(separator: "\n\n", omittingEmptySubsequences: false)
        let (text, definitions) = (parts[0], "\n\n" + parts.dropFirst().joined(separator: "\n\n"))
        for place in [
            "\(text)", "x \(text) y", "# \(text)", "\(text)\n===", "- \(text)", "> \(text)", "*z* \(text)", "[z](\(text))",
            "> - x\n>   \(text)",
        ] {
            try expectSame(place + definitions)
        }
    }

    @Test("text made of marks at random is cmark's", arguments: 1...20)
    func randomText(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let words = [
            "*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "](", "![", "<", ">", "<b ", "</b>", "<!--", "-->", "<?", "?>",
            "<![CDATA[", "]]>", "<a:", "\"", "'", "\\", "&amp;", "&#36;", "#", "=",
            "-", "+", "1.", ":", "!", "[a]: b\n", "[a]", "> ", "- ", "    ", "  \n", "\n", "\n\n", "\n", " ", " ", "a", "b", "中",
            "é", "$ ", "\\$ ", "@", "|", "{", "}",
        ]
        var compared = 0
        while compared < 300 {
            let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in words.randomElement(using: &random)! }.joined()
            guard isPlain(text) else { continue }
            try expectSame(text)
            compared += 1
        }
    }

    @Test("text made of marks at random has no fault but code that is not closed")
    func randomCode() throws {
        var random = SplitMix(state: 99)
        let words = ["```", "~~~", "````", "\n", "\n", "> ", "- ", "a", " ", "    ", "$ ", "`", "<div>", "\n\n"]
        for _ in 0..<1000 {
            let text = (0..<20).map { _ in words.randomElement(using: &random)! }.joined()
            let found = problems(in: text).filter { !$0.contains("the code block opened here is not closed") }
            #expect(found.isEmpty, "\(text.debugDescription)")
        }
    }

    /// Whether text of the random test's words holds no table, alert or label, and no code that may stay open.
    private func isPlain(_ text: String) -> Bool {
        let isDelimiterRow = { (line: Substring) in
            line.contains("|") && line.contains("-") && line.allSatisfy { " >|:-+1.\t".contains($0) }
        }
        return !text.contains("[!") && !text.contains("```") && !text.contains("{#")
            && !["]{", "){", "[@"].contains(where: text.contains)
            && !text.split(separator: "\n").contains { isDelimiterRow($0) || $0.drop { " >\t".contains($0) }.hasPrefix(": ") }
    }

    func outlines(of markdown: String) throws -> (lesson: [String], cmark: [String]) {
        (try Lesson.parse(Array((head + markdown).utf8), path: "x.md").blocks.map(\.outline), cmarkOutline(of: markdown))
    }

    private func expectSame(_ markdown: String) throws {
        let lesson = try Lesson.parse(Array((head + markdown).utf8), path: "x.md")
        #expect(lesson.blocks.map(\.outline) == cmarkOutline(of: markdown), "\(markdown.debugDescription)")
        #expect(lesson.values.isEmpty && lesson.cells.isEmpty)
    }
}

// MARK: cmark's tree as an outline

private func cmarkOutline(of markdown: String) -> [String] {
    // Both readings begin after the same lines.
    let document = cmark_parse_document("\n\n\n" + markdown, markdown.utf8.count + 3, CMARK_OPT_DEFAULT)!
    defer { cmark_node_free(document) }
    cmark_consolidate_text_nodes(document)
    return document.contents.map(\.outline)
}

extension OpaquePointer {
    fileprivate var contents: [OpaquePointer] {
        Array(sequence(first: cmark_node_first_child(self)) { cmark_node_next($0) }.prefix { $0 != nil }.compactMap { $0 })
    }

    private var type: String { String(cString: cmark_node_get_type_string(self)) }
    private var literal: String { String(cString: cmark_node_get_literal(self)) }
    private var address: String { String(cString: cmark_node_get_url(self)) }
    private var title: String { String(cString: cmark_node_get_title(self)) }
    private var inner: String { contents.map(\.outline).joined() }

    /// Whether a paragraph is nothing but an image.
    private var isFigure: Bool {
        contents.first?.type == "image"
            && contents.dropFirst().allSatisfy { $0.type == "text" && $0.literal.allSatisfy { $0 == " " } }
    }

    fileprivate var outline: String {
        switch type {
        case "text": literal
        case "softbreak": "(soft)"
        case "linebreak": "(hard)"
        case "code": "(code \(literal.debugDescription))"
        case "html_inline", "html_block": "(html \(literal.debugDescription))"
        case "emph": "(em \(inner))"
        case "strong": "(strong \(inner))"
        case "link": "(link \(address) \(title.debugDescription) \(inner))"
        case "image": "(image \(address) \(title.debugDescription) \(words))"
        case "paragraph": isFigure ? "(figure \(contents[0].address) \(contents[0].inner))" : "(p \(inner))"
        case "heading": "(h\(cmark_node_get_heading_level(self)) \(inner))"
        case "thematic_break": "(rule)"
        case "code_block":
            "(block \(language) \((literal.hasSuffix("\n") ? String(literal.dropLast()) : literal).debugDescription))"
        case "block_quote": "(quote \(inner))"
        case "item": "(item \(inner))"
        case "list":
            "(list \(cmark_node_get_list_type(self) == CMARK_ORDERED_LIST ? String(cmark_node_get_list_start(self)) : "*")"
                + " \(cmark_node_get_list_tight(self) != 0) \(inner))"
        default: "(unknown \(type))"
        }
    }

    private var language: String {
        String(cString: cmark_node_get_fence_info(self)).split(separator: " ").first.map(String.init) ?? "-"
    }

    /// The words without their markup.
    private var words: String {
        contents.map { node in
            switch node.type {
            case "text", "code": node.literal
            case "softbreak", "linebreak": " "
            case "html_inline": ""
            default: node.words
            }
        }.joined()
    }
}

// MARK: A lesson as an outline

extension Block {
    fileprivate var outline: String {
        switch self {
        case .heading(let heading): "(h\(heading.level) \(heading.content.outline))"
        case .paragraph(let content): "(p \(content.outline))"
        case .code(let language, let text): "(block \(language ?? "-") \(text.debugDescription))"
        case .list(let list):
            "(list \(list.start.map(String.init) ?? "*") \(list.isTight) "
                + list.items.map { "(item \($0.map(\.outline).joined()))" }.joined() + ")"
        case .quote(let content): "(quote \(content.map(\.outline).joined()))"
        case .figure(let figure): "(figure \(figure.source) \(figure.caption.outline))"
        case .thematicBreak: "(rule)"
        case .html(let html): "(html \(html.text.debugDescription))"
        case .cell, .math, .table, .alert, .definitions, .footnotes, .bibliography: "(of the lessons' own)"
        }
    }
}

extension [Inline] {
    fileprivate var outline: String {
        map { inline in
            switch inline {
            case .text(let text): text
            case .emphasis(let content): "(em \(content.outline))"
            case .strong(let content): "(strong \(content.outline))"
            case .code(let text): "(code \(text.debugDescription))"
            case .link(let address, let title, let content):
                "(link \(address) \((title ?? "").debugDescription) \(content.outline))"
            case .image(let source, let title, let alternative, nil):
                "(image \(source) \((title ?? "").debugDescription) \(alternative))"
            case .softBreak: "(soft)"
            case .lineBreak: "(hard)"
            case .html(let html): "(html \(html.text.debugDescription))"
            case .value, .math, .reference, .image, .strikethrough, .span, .checkbox, .footnote, .citation: "(of the lessons' own)"
            }
        }.joined()
    }
}
