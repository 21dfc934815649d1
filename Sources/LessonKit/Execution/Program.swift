/// The one Swift program that a lesson's cells and inline values make, top to bottom.
///
/// `#sourceLocation` and padding put every line and column of a cell where it stands in the Markdown
/// file, so that the compiler's errors and a trap's backtrace speak of the lesson itself. Of values many may
/// stand in one line, so each has lines of its own, behind all of the file's; and so has the shared code that the lesson uses,
/// which is compiled first: whatever speaks of a line of the program thereby speaks of one place.
package struct Program: Sendable {
    /// What the compiler gets.
    package let source: String
    /// Each cell and value alone: to be read for errors of syntax, and to be told from what it was.
    let pieces: [Piece]

    package struct Piece: Codable, Hashable, Sendable {
        /// What the site calls the file of `_shared` that it is; nil for a cell or value.
        var file: String?
        /// What the site calls the translation whose value it is.
        var translation: String?
        /// Where it begins in the lesson.
        var line: Int
        var code: String
        /// What the compiler gets of it.
        var text: String
    }

    /// The pieces of Swift on each line of the Markdown file.
    private let codeByLine: [Int: CodeLine]
    private let path: String
    private let values: [InlineValue]
    private let lines: Set<Int>
    private let valueLines: ValueLines
    private let shared: [(file: SharedCode, lines: Range<Int>)]

    package init(_ lesson: Lesson) {
        var pieces: [Piece] = []
        let valueLines = ValueLines(of: lesson)
        var shared: [(file: SharedCode, lines: Range<Int>)] = []
        for file in lesson.shared {
            let first = shared.last?.lines.upperBound ?? valueLines.end, name = file.source(besides: lesson)
            // One more, for what is missed at its end.
            shared.append((file, first..<first + file.lines.count + 1))
            let text = Composed.shared(file, line: first, path: lesson.source)
            pieces.append(Piece(file: name, line: 1, code: file.code, text: text))
        }
        for snippet in lesson.snippets {
            switch snippet {
            case .cell(let index):
                let cell = lesson.cells[index]
                pieces.append(Piece(line: cell.position.line, code: cell.code, text: Composed.cell(cell, path: lesson.source)))
            case .value(let index):
                let value = lesson.values[index]
                let text = Composed.value(value, line: valueLines.first(of: index), path: lesson.source)
                pieces.append(
                    Piece(
                        translation: value.path.map { Lesson.source(ofPath: $0, isTranslation: true) },
                        line: value.path == nil ? value.position.line : 1, code: value.expression, text: text))
            }
        }
        let texts = pieces.map(\.text)
        source =
            Composed.heading + texts.prefix(shared.count).joined()
            + Composed.joined(zip(lesson.snippets, texts.dropFirst(shared.count))) + Composed.ending
        self.pieces = pieces
        path = lesson.path
        values = lesson.values
        self.shared = shared
        self.valueLines = valueLines
        codeByLine = Dictionary(lesson.cells.flatMap(\.lines).map { ($0.position.line, $0) }) { first, _ in first }
        lines = Set(codeByLine.keys).union(values.filter { $0.path == nil }.map(\.position.line))
    }

    /// Whether there is Swift that an error at this place can be about, not only what `unroll` wrote itself.
    package func hasCode(at place: SourcePlace) -> Bool { place.file != path || lines.contains(place.position.line) }

    /// The place that the compiler means: it counts columns in bytes, people in characters.
    package func place(line: Int, byteColumn: Int) -> SourcePlace {
        guard let (file, lines) = shared.first(where: { $0.lines.contains(line) }) else {
            let value = valueLines.value(at: line).flatMap { values.indices.contains($0.index) ? values[$0.index] : nil }
            return SourcePlace(file: value?.path ?? path, position: position(line: line, byteColumn: byteColumn))
        }
        let index = min(line - lines.lowerBound, max(0, file.lines.count - 1))
        let text = file.lines.indices.contains(index) ? file.lines[index] : ""
        let start = SourcePosition(line: index + 1, column: 1)
        return SourcePlace(file: file.path, position: start.advanced(over: text.utf8.prefix(max(0, byteColumn - 1))))
    }

    private func position(line: Int, byteColumn: Int) -> SourcePosition {
        if let (index, isExpression) = valueLines.value(at: line), values.indices.contains(index) {
            let value = values[index]
            return isExpression ? value.position.advanced(over: value.expression.utf8.prefix(byteColumn - 1)) : value.position
        }
        guard let piece = codeByLine[line], piece.position.column <= byteColumn else {
            return SourcePosition(line: line, column: max(1, byteColumn))
        }
        return piece.position.advanced(over: piece.text.utf8.prefix(byteColumn - piece.position.column))
    }
}

extension SourcePosition {
    fileprivate func advanced(over text: Substring.UTF8View) -> SourcePosition {
        SourcePosition(line: line, column: column + String(Substring(text)).count)
    }
}

/// The lines that the compiler is told of an inline value: of what begins it, of the call around it, and of its own.
private struct ValueLines {
    private let start: Int
    /// Two more, for an error that is seen behind the call.
    private static let count = 6

    init(of lesson: Lesson) {
        // Where a translation has its values is nothing to the program.
        let own = lesson.values.filter { $0.path == nil }.map(\.position)
        start = 1 + (lesson.cells.flatMap(\.lines).map(\.position) + own).reduce(0) { max($0, $1.line) }
        end = start + Self.count * lesson.values.count
    }

    func first(of index: Int) -> Int { start + Self.count * index }

    /// The first line behind all of them.
    let end: Int

    /// Whose line it is, and whether that of its expression.
    func value(at line: Int) -> (index: Int, isExpression: Bool)? {
        guard line >= start, line < end else { return nil }
        return ((line - start) / Self.count, (line - start) % Self.count == 2)
    }
}

/// The text that the compiler gets, piece by piece; a lesson may have declared the same names itself.
private enum Composed {
    static let heading = "import Recurrent\nimport Exhibits\n"
    static let ending = "#sourceLocation()\nExhibits._end()\n"

    static func expectedMessage(_ cell: Cell) -> String {
        cell.options.errorMessage.map { "(\($0.text.debugDescription))" } ?? ""
    }

    static func cell(_ cell: Cell, path: String) -> String {
        let body = code(cell.lines, path: path)
        let beginning = location(cell.firstCode.line, path) + padding(cell.firstCode) + "Exhibits._cell(\(cell.index))\n"
        guard cell.options.error else { return beginning + body }
        return beginning
            + location(cell.position.line, path) + "Exhibits.expectTrap\(expectedMessage(cell)) {\n" + body
            + location(cell.position.line, path) + "}\n"
    }

    /// Declarations, which all cells may use.
    static func shared(_ file: SharedCode, line: Int, path: String) -> String { location(line, path) + file.code }

    /// Values that follow one another stand in a block: what the compiler needs for statements outside of one grows with
    /// the square of how many there are.
    static func joined(_ pieces: some Sequence<(Snippet, String)>) -> String {
        var text = ""
        var isInBlock = false
        for (snippet, piece) in pieces {
            if isInBlock != snippet.isValue { text += isInBlock ? "}\n" : "do {\n" }
            isInBlock = snippet.isValue
            text += piece
        }
        return text + (isInBlock ? "}\n" : "")
    }

    /// The closing parenthesis stands on a line of its own, so that a comment cannot swallow it.
    static func value(_ value: InlineValue, line: Int, path: String) -> String {
        location(line, path) + "Exhibits._inline(\(value.index))\nExhibits._value(\n" + value.expression + "\n)\n"
    }

    private static func code(_ lines: [CodeLine], path: String) -> String {
        guard let first = lines.first else { return "" }
        return location(first.position.line, path)
            + lines.map { padding($0.position) + $0.text + "\n" }.joined()
    }

    private static func padding(_ position: SourcePosition) -> String {
        String(repeating: " ", count: position.column - 1)
    }

    private static func location(_ line: Int, _ path: String) -> String {
        let escaped = path.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "#sourceLocation(file: \"\(escaped)\", line: \(line))\n"
    }
}

extension Snippet {
    fileprivate var isValue: Bool { if case .value = self { true } else { false } }
}

extension Cell {
    /// Where its code begins, below the fence and the options: what an endless `while true {}` is told at.
    var firstCode: SourcePosition {
        lines.first { !$0.text.allSatisfy(\.isWhitespace) }?.position ?? position
    }
}

extension Program {
    /// What a reader downloads: a lesson's program without `#sourceLocation`, runnable as it is.
    package static func download(of lesson: Lesson) -> String {
        let shared = lesson.shared.map { "\n" + comment($0.source(besides: lesson)) + "\n" + $0.code }
        let pieces = lesson.snippets.map { snippet in
            switch snippet {
            case .cell(let index): downloadText(of: lesson.cells[index], in: lesson)
            case .value(let index): downloadText(of: lesson.values[index], in: lesson)
            }
        }
        return downloadHeading(of: lesson) + (shared + pieces).joined()
    }

    private static func downloadHeading(of lesson: Lesson) -> String {
        """
        \(comment(lesson.frontMatter.title))
        //
        // The program of \(lesson.source.split(whereSeparator: \.isNewline).joined(separator: " ")). Against the library Exhibits, in the folder where that is built:
        //
        //     swiftc -I .build/release/Modules -L .build/release -lExhibits \\
        //            -Xlinker -rpath -Xlinker .build/release \(lesson.slug).swift -o lesson
        //     ./lesson

        import Recurrent
        import Exhibits

        """
    }

    private static func downloadText(of cell: Cell, in lesson: Lesson) -> String {
        let code = cell.lines.map { $0.text + "\n" }.joined()
        let heading = "\n" + comment("\(lesson.source):\(cell.position.line)") + "\n"
        guard cell.options.error else { return heading + code }
        return heading + name("expectTrap", of: "Exhibits", in: lesson) + Composed.expectedMessage(cell) + " {\n" + code + "}\n"
    }

    /// On one line, unless a comment in it would swallow the closing parenthesis.
    private static func downloadText(of value: InlineValue, in lesson: Lesson) -> String {
        let lineBreak = value.expression.contains("//") ? "\n" : ""
        return name("print", of: "Swift", in: lesson) + "(" + lineBreak + value.expression + lineBreak + ")\n"
    }

    /// With its module's name where the lesson has a function of that name itself.
    private static func name(_ function: String, of module: String, in lesson: Lesson) -> String {
        let isTaken = (lesson.cells.map(\.code) + lesson.shared.map(\.code)).contains { $0.contains("func " + function) }
        return isTaken ? "\(module).\(function)" : function
    }

    /// Of as many lines as the text.
    private static func comment(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "// \($0)" }.joined(separator: "\n")
    }
}
