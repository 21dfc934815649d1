/// Why a text is not the equations of a cell, and where in it.
public struct CellError: Error, Equatable, Sendable {
    /// Counts from 1, within the text.
    public let line: Int
    /// Counts characters from 1, within the line.
    public let column: Int
    /// What was expected, and what came.
    public let message: String
    /// How to mend it.
    public let hint: String?

    init(at place: CellPlace, _ message: String, hint: String? = nil) {
        line = place.line
        column = place.column
        self.message = message
        self.hint = hint
    }
}

extension CellError: CustomStringConvertible {
    public var description: String {
        "line \(line), column \(column): \(message)" + (hint.map { ". \($0)" } ?? "")
    }
}

/// A place in a cell's text; both count from 1.
struct CellPlace: Hashable, Sendable {
    var line: Int
    var column: Int
}
