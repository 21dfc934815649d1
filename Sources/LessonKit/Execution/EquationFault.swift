import Foundation

/// A fault in a cell's equations, as the program that read them told it: what, and in which line of their text.
///
/// The text is a string in the lesson, so the place in it is a place in the Markdown file.
struct EquationFault {
    let message: String
    let hint: String?
    /// The equation's line, and a place in it that counts characters from 1.
    private let equation: String
    private let column: Int

    /// - Parameter trap: what the program said last: the fault, the line that it is in, a mark below it, and a hint.
    init?(trap: String) {
        let lines = trap.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3,
            let head = lines[0].firstMatch(
                of: /^CellDefinition\("(?<name>.*)"\), line \d+, column (?<column>\d+): (?<message>.*)$/),
            let column = Int(head.column)
        else { return nil }
        message = "CellDefinition(\"\(head.name)\"): \(head.message)"
        hint = lines.dropFirst(3).first { $0.hasPrefix("hint: ") }.map { String($0.dropFirst("hint: ".count)) }
        equation = String(lines[1])
        self.column = column
    }

    /// Where the fault stands in the file: in the first line from the definition's on that holds the equation.
    func place(in lesson: Lesson, from start: SourcePlace) -> SourcePlace? {
        let lines = lesson.code(of: start.file).filter { $0.position.line >= start.position.line }
        for line in lines where !equation.isEmpty {
            guard let found = line.text.firstRange(of: equation) else { continue }
            let before = line.text.distance(from: line.text.startIndex, to: found.lowerBound)
            let position = SourcePosition(line: line.position.line, column: line.position.column + before + column - 1)
            return SourcePlace(file: start.file, position: position)
        }
        return nil
    }
}

extension Lesson {
    /// Its own, or of a file that it uses.
    fileprivate func code(of file: String) -> [CodeLine] {
        guard let shared = shared.first(where: { $0.path == file }) else { return cells.flatMap(\.lines) }
        return shared.lines.enumerated().map { CodeLine(text: $1, position: SourcePosition(line: $0 + 1, column: 1)) }
    }
}
