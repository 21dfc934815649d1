extension Block {
    /// The blocks within it, as they stand together: a list's items, what is quoted.
    package var children: [[Block]] {
        get {
            switch self {
            case .list(let list): list.items
            case .quote(let content): [content]
            case .alert(let alert): [alert.content]
            case .definitions(let list): list.entries.flatMap(\.definitions)
            case .footnotes(let footnotes): footnotes.map(\.content)
            case .heading, .paragraph, .code, .cell, .math, .table, .figure, .thematicBreak, .html, .bibliography: []
            }
        }
        set {
            switch self {
            case .list(var list):
                list.items = newValue
                self = .list(list)
            case .quote: self = .quote(newValue[0])
            case .alert(var alert):
                alert.content = newValue[0]
                self = .alert(alert)
            case .definitions(var list):
                var rest = newValue[...]
                for index in list.entries.indices {
                    let count = list.entries[index].definitions.count
                    list.entries[index].definitions = Array(rest.prefix(count))
                    rest = rest.dropFirst(count)
                }
                self = .definitions(list)
            case .footnotes(var footnotes):
                for index in footnotes.indices { footnotes[index].content = newValue[index] }
                self = .footnotes(footnotes)
            case .heading, .paragraph, .code, .cell, .math, .table, .figure, .thematicBreak, .html, .bibliography: break
            }
        }
    }
}

extension Sequence<Block> {
    /// Every block, each before those within it: the order of the document.
    package var withDescendants: [Block] {
        flatMap { [$0] + $0.children.joined().withDescendants }
    }
}
