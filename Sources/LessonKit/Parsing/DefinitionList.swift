/// Terms and what they mean, as Pandoc and PHP Markdown Extra write them: a line, and below it `: definition`.
package struct DefinitionList: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var term: [Inline]
        package var definitions: [[Block]]

        package init(term: [Inline], definitions: [[Block]]) {
            self.term = term
            self.definitions = definitions
        }
    }

    package var entries: [Entry]
    /// Paragraphs of a tight list are shown without space between them.
    package var isTight: Bool

    package init(entries: [Entry], isTight: Bool) {
        self.entries = entries
        self.isTight = isTight
    }
}

/// Reading what cmark took for lists: their items may be definitions and footnotes.
extension LessonBuilder {
    mutating func append(list node: MarkdownNode, start: Int?, isTight: Bool, to blocks: inout [Block]) {
        var items = [[Block]]()
        func closeList() {
            if !items.isEmpty { blocks.append(.list(List(start: start, isTight: isTight, items: items))) }
            items = []
        }
        for item in node.children {
            let marker = document.marker(of: item)
            if marker != nil { closeList() }
            switch marker?.kind {
            case .footnote(let name): footnote(name, item)
            case .definition:
                let isFirst = item.startLine == node.startLine
                append(
                    definition: self.blocks(of: item.children), isFirst: isFirst, isTight: isTight, at: position(of: item),
                    to: &blocks)
            case nil: items.append(self.blocks(of: item.children))
            }
        }
        closeList()
    }

    private mutating func footnote(_ name: Masks.Written, _ item: MarkdownNode) {
        let outer = openFootnote
        openFootnote = name.name
        footnotes.define(name, blocks(of: item.children))
        openFootnote = outer
    }

    /// - Parameter isFirst: Whether the block before is its term.
    private mutating func append(
        definition: [Block], isFirst: Bool, isTight: Bool, at position: SourcePosition, to blocks: inout [Block]
    ) {
        if isFirst {
            guard case .paragraph(let term)? = blocks.last else {
                problems.append(
                    Problem(
                        at: position, "there is no term above this definition",
                        hint: "write the term on a line of its own; a line that is text begins with \\:"))
                return
            }
            blocks.removeLast()
            let entry = DefinitionList.Entry(term: term, definitions: [definition])
            // Taken out while it grows: as long as it stands there, too, each entry would copy it.
            guard case .definitions? = blocks.last, case .definitions(var list) = blocks.removeLast() else {
                return blocks.append(.definitions(DefinitionList(entries: [entry], isTight: isTight)))
            }
            list.entries.append(entry)
            list.isTight = list.isTight && isTight
            blocks.append(.definitions(list))
        } else if case .definitions? = blocks.last, case .definitions(var list) = blocks.removeLast() {
            list.entries[list.entries.count - 1].definitions.append(definition)
            blocks.append(.definitions(list))
        }
    }
}
