/// A place in a Markdown file. Lines and columns count from 1; columns count characters, as editors do.
package struct SourcePosition: Hashable, Comparable, Codable, Sendable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    static let start = SourcePosition(line: 1, column: 1)

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
