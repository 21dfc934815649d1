import Drawing

/// A cell's code in colours, with what the compiler says of each name: its declaration, and the way to the reference.
struct NamedCode {
    private let code: String
    /// By the byte at which each begins.
    private let names: [Int: CodeName]
    private let notes: SymbolNotes

    init(_ cell: Cell, names: [CodeName], notes: SymbolNotes) {
        code = cell.code
        self.notes = notes
        var starts: [Int: (byte: Int, line: CodeLine)] = [:]
        var byte = 0
        for line in cell.lines {
            starts[line.position.line] = (byte, line)
            byte += line.text.utf8.count + 1
        }
        var placed: [Int: CodeName] = [:]
        for name in names {
            guard let (start, line) = starts[name.position.line], name.position.column >= line.position.column else { continue }
            placed[start + line.text.prefix(name.position.column - line.position.column).utf8.count] = name
        }
        self.names = placed
    }

    var html: [HTML] {
        var byte = 0
        return SwiftHighlighter.tokens(of: code).flatMap { token -> [HTML] in
            defer { byte += token.text.utf8.count }
            let parts = parts(of: token, at: byte)
            return token.kind == .plain ? parts : [HTML(.span, .class("tok-" + token.kind.rawValue)) { parts }]
        }
    }

    /// A token's text, its names marked.
    private func parts(of token: SwiftHighlighter.Token, at start: Int) -> [HTML] {
        let text = Array(token.text.utf8)
        func between(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
        var (parts, end): ([HTML], Int) = ([], 0)
        for place in names.keys.map({ $0 - start }).filter(text.indices.contains).sorted() where place >= end {
            let word = between(place..<text.count).unicodeScalars.prefix(while: \.isIdentifierBody)
            // Operators, and what is called without a name.
            guard !word.isEmpty, let name = names[start + place] else { continue }
            if place > end { parts.append(.text(between(end..<place))) }
            parts.append(html(name, String(word)))
            end = place + String(word).utf8.count
        }
        if end < text.count { parts.append(.text(between(end..<text.count))) }
        return parts
    }

    private func html(_ name: CodeName, _ word: String) -> HTML {
        guard let note = notes[name.symbol] else {
            return HTML(
                .span, .class("name"), .attribute("data-type", name.declaration),
                .attribute("data-about", notes.summaries[name.symbol])
            ) { word }
        }
        return HTML(
            .a, .class("name"), .href(note.href), .attribute("data-type", note.declaration),
            .attribute("data-about", note.summary.isEmpty ? nil : note.summary)
        ) { word }
    }
}
