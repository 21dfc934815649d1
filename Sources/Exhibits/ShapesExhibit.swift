import Recurrent

/// Names and shapes, a row each: `show(shapes: ["input": input, "hn": hn])`.
public struct ShapesExhibit: Codable, Hashable, Sendable {
    public struct Row: Codable, Hashable, Sendable {
        public var name: String
        public var shape: [Int]

        public init(name: String, shape: [Int]) {
            self.name = name
            self.shape = shape
        }
    }

    public var rows: [Row]

    public init(rows: [Row]) {
        self.rows = rows
    }
}

extension ShapesExhibit: ExhibitContent {
    /// For the terminal: one name and shape a line.
    var terminalText: String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { row in
            row.name + String(repeating: " ", count: width - row.name.count) + "  \(Shape(row.shape))"
        }.joined(separator: "\n")
    }
}
