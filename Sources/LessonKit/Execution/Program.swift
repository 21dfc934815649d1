/// The one Swift program that a lesson's cells and inline values make, top to bottom.
///
/// `#sourceLocation` and padding put every line and column of Swift where it stands in the Markdown
/// file, so that the compiler's errors and a trap's backtrace speak of the lesson itself.
package struct Program: Sendable {
    /// What the compiler gets.
    package let source: String
    /// What a reader downloads: the same program without `#sourceLocation`, runnable as it is.
    package let download: String
    /// Each cell and value alone: to be read for errors of syntax, and to be told from what it was.
    let pieces: [Piece]

    package struct Piece: Codable, Hashable, Sendable {
        /// Where it begins in the lesson.
        var line: Int
        var code: String
        /// What the compiler gets of it.
        var text: String
    }
    /// The pieces of Swift on each line of the Markdown file.
    private let codeByLine: [Int: [CodeLine]]
    private let valuePositions: [SourcePosition]

    package init(_ lesson: Lesson) {
        var pieces: [Piece] = []
        var download = Self.downloadHeading(of: lesson)
        for snippet in lesson.snippets {
            switch snippet {
            case .cell(let index):
                let cell = lesson.cells[index]
                pieces.append(Piece(line: cell.position.line, code: cell.code, text: Composed.cell(cell, path: lesson.source)))
                download += Self.downloadText(of: lesson.cells[index], path: lesson.source)
            case .value(let index):
                let value = lesson.values[index]
                pieces.append(
                    Piece(line: value.position.line, code: value.expression, text: Composed.value(value, path: lesson.source)))
                download += "print(\(lesson.values[index].expression))\n"
            }
        }
        source = Composed.heading + pieces.map(\.text).joined() + Composed.ending
        self.pieces = pieces
        self.download = download
        valuePositions = lesson.values.map(\.position)
        let code =
            lesson.cells.flatMap(\.lines)
            + lesson.values.map { CodeLine(text: $0.expression, position: $0.position) }
        codeByLine = Dictionary(grouping: code, by: \.position.line)
    }

    /// Where the lesson has Swift that an error at this place can be about; nil for what `unroll` wrote itself.
    package func codePosition(_ position: SourcePosition) -> SourcePosition? {
        if codeByLine[position.line] != nil { return position }
        // The call around an inline value stands in the lines above and below it.
        return valuePositions.first { abs($0.line - position.line) == 1 }
    }

    /// The place in Markdown that the compiler means: it counts columns in bytes, people in characters.
    package func position(line: Int, byteColumn: Int) -> SourcePosition {
        let piece = codeByLine[line]?
            .filter { $0.position.column <= byteColumn }
            .max { $0.position.column < $1.position.column }
        guard let piece else { return SourcePosition(line: line, column: max(1, byteColumn)) }
        let prefix = piece.text.utf8.prefix(byteColumn - piece.position.column)
        return SourcePosition(line: line, column: piece.position.column + String(Substring(prefix)).count)
    }
}

/// The text that the compiler gets, piece by piece; a lesson may have declared the same names itself.
private enum Composed {
    static let heading = "import Recurrent\nimport Exhibits\n"
    static let ending = "#sourceLocation()\nExhibits._end()\n"

    static func cell(_ cell: Cell, path: String) -> String {
        let body = code(cell.lines, path: path)
        let beginning = location(cell.firstCode.line, path) + padding(cell.firstCode) + "Exhibits._cell(\(cell.index))\n"
        guard cell.options.error else { return beginning + body }
        return beginning
            + location(cell.position.line, path) + "Exhibits.expectTrap {\n" + body
            + location(cell.position.line, path) + "}\n"
    }

    /// The closing parenthesis stands on a line of its own, so that a comment cannot swallow it.
    static func value(_ value: InlineValue, path: String) -> String {
        location(value.position.line, path) + "Exhibits._inline(\(value.index))\n"
            + location(value.position.line - 1, path) + "Exhibits._value(\n" + padding(value.position) + value.expression + "\n)\n"
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

extension Cell {
    /// Where its code begins, below the fence and the options: what an endless `while true {}` is told at.
    var firstCode: SourcePosition {
        lines.first { !$0.text.allSatisfy(\.isWhitespace) }?.position ?? position
    }
}

extension Program {
    private static func downloadHeading(of lesson: Lesson) -> String {
        """
        // \(lesson.frontMatter.title)
        //
        // The program of \(lesson.source). Against a built checkout of Unroll:
        //
        //     swiftc -I .build/release/Modules -L .build/release -lExhibits \\
        //            -Xlinker -rpath -Xlinker .build/release \(lesson.slug).swift -o lesson
        //     ./lesson

        import Recurrent
        import Exhibits

        """
    }

    private static func downloadText(of cell: Cell, path: String) -> String {
        let code = cell.lines.map { $0.text + "\n" }.joined()
        let heading = "\n// \(path):\(cell.position.line)\n"
        guard cell.options.error else { return heading + code }
        return heading + "expectTrap {\n" + code + "}\n"
    }
}
