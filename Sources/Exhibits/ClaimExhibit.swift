/// A sentence and whether it held when the lesson was built: `claim("…", condition)`.
public struct ClaimExhibit: Codable, Hashable, Sendable {
    public var text: String
    public var holds: Bool
    /// Where the claim stands in the Markdown file; the column counts bytes, as `#column` does.
    public var line: Int
    public var column: Int
    /// For a claim of equality: the largest difference found and the one allowed.
    public var difference: Double?
    public var tolerance: Double?

    public init(text: String, holds: Bool, line: Int, column: Int, difference: Double? = nil, tolerance: Double? = nil) {
        self.text = text
        self.holds = holds
        self.line = line
        self.column = column
        self.difference = difference
        self.tolerance = tolerance
    }
}

extension ClaimExhibit: ExhibitContent {
    /// For the terminal.
    var terminalText: String { "\(holds ? "✓" : "✗") \(text)" }
}
