import CCmark

/// CommonMark's tree as plain values: the only file that sees cmark.
struct MarkdownNode: Sendable {
    enum Kind: Hashable, Sendable {
        case document, quote, item, paragraph, thematicBreak
        /// `start` is nil for bullets.
        case list(start: Int?, isTight: Bool)
        case heading(level: Int)
        /// Fenced or indented; `info` is empty for the latter.
        case code(info: String, text: String)
        case html(String)
        case text(String)
        case softBreak, lineBreak
        case inlineCode(String)
        case inlineHTML(String)
        case emphasis, strong
        case link(destination: String, title: String)
        case image(source: String, title: String)
    }

    var kind: Kind
    /// Counted from 0. Exact for blocks; cmark does not keep them exact for inlines.
    var startLine: Int
    /// In bytes, counted from 0. Exact for blocks.
    var startByte: Int
    var endLine: Int
    var children: [MarkdownNode] = []

    /// Blocks and inlines nested deeper than this are a mistake, or meant to exhaust the stack.
    private static let greatestDepth = 200

    /// The document that UTF-8 text makes up.
    static func document(_ text: some Sequence<UInt8>) throws(Problem) -> MarkdownNode {
        let text = Array(text)
        let root = text.withUnsafeBytes { bytes in
            cmark_parse_document(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, CMARK_OPT_DEFAULT)
        }
        guard let root else { return MarkdownNode(kind: .document, startLine: 0, startByte: 0, endLine: 0) }
        defer { cmark_node_free(root) }
        cmark_consolidate_text_nodes(root)
        return try convert(root)
    }

    /// What an entity such as `auml;` stands for; nil when it is none.
    static func character(named name: String) -> String? {
        let node = try? document("x&\(name)".utf8)
        guard case .text(let text)? = node?.children.first?.children.first?.kind, !text.hasSuffix(";") else { return nil }
        return String(text.dropFirst())
    }

    /// Converts without recursion: `open` holds the nodes from the document to the one being filled.
    private static func convert(_ root: OpaquePointer) throws(Problem) -> MarkdownNode {
        let iterator = cmark_iter_new(root)
        defer { cmark_iter_free(iterator) }
        var open = [MarkdownNode]()
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let pointer = cmark_iter_get_node(iterator) else { break }
            if event == CMARK_EVENT_ENTER {
                open.append(node(pointer))
                guard open.count <= greatestDepth else { throw tooDeep(open) }
                guard isLeaf(pointer) else { continue }
            }
            guard open.count > 1 else { continue }
            let finished = open.removeLast()
            open[open.count - 1].children.append(finished)
        }
        return open[0]
    }

    /// Whether cmark's iterator enters the node without leaving it again.
    private static func isLeaf(_ pointer: OpaquePointer) -> Bool {
        switch cmark_node_get_type(pointer) {
        case CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK, CMARK_NODE_TEXT,
            CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
            true
        default: false
        }
    }

    private static func tooDeep(_ open: [MarkdownNode]) -> Problem {
        let block = open.last { $0.kind.isBlock } ?? open[0]
        return Problem(
            at: SourcePosition(line: block.startLine + 1, column: 1),
            "blocks or emphasis are nested more than \(greatestDepth) deep here")
    }

    private static func node(_ pointer: OpaquePointer) -> MarkdownNode {
        MarkdownNode(
            kind: kind(pointer),
            startLine: max(0, Int(cmark_node_get_start_line(pointer)) - 1),
            startByte: max(0, Int(cmark_node_get_start_column(pointer)) - 1),
            endLine: max(0, Int(cmark_node_get_end_line(pointer)) - 1))
    }

    private static func kind(_ pointer: OpaquePointer) -> Kind {
        var literal: String { string(cmark_node_get_literal(pointer)) }
        switch cmark_node_get_type(pointer) {
        case CMARK_NODE_BLOCK_QUOTE: return .quote
        case CMARK_NODE_LIST:
            let isOrdered = cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
            return .list(
                start: isOrdered ? Int(cmark_node_get_list_start(pointer)) : nil,
                isTight: cmark_node_get_list_tight(pointer) != 0)
        case CMARK_NODE_ITEM: return .item
        case CMARK_NODE_PARAGRAPH: return .paragraph
        case CMARK_NODE_HEADING: return .heading(level: Int(cmark_node_get_heading_level(pointer)))
        case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
        case CMARK_NODE_CODE_BLOCK: return .code(info: string(cmark_node_get_fence_info(pointer)), text: literal)
        case CMARK_NODE_HTML_BLOCK: return .html(literal)
        case CMARK_NODE_TEXT: return .text(literal)
        case CMARK_NODE_SOFTBREAK: return .softBreak
        case CMARK_NODE_LINEBREAK: return .lineBreak
        case CMARK_NODE_CODE: return .inlineCode(literal)
        case CMARK_NODE_HTML_INLINE: return .inlineHTML(literal)
        case CMARK_NODE_EMPH: return .emphasis
        case CMARK_NODE_STRONG: return .strong
        case CMARK_NODE_LINK:
            return .link(destination: string(cmark_node_get_url(pointer)), title: string(cmark_node_get_title(pointer)))
        case CMARK_NODE_IMAGE:
            return .image(source: string(cmark_node_get_url(pointer)), title: string(cmark_node_get_title(pointer)))
        default: return .document
        }
    }

    private static func string(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}

extension MarkdownNode.Kind {
    var isBlock: Bool {
        switch self {
        case .document, .quote, .item, .paragraph, .thematicBreak, .list, .heading, .code, .html: true
        default: false
        }
    }
}
