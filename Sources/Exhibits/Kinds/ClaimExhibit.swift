/// A sentence and whether it held when the lesson was built: `claim("…", count, isAtLeast: 90)`.
package struct ClaimExhibit: Codable, Hashable, Sendable {
    package var text: String
    package var holds: Bool
    /// The file of the shared code that the claim stands in; nil for the lesson itself.
    package var file: String?
    /// Where the claim stands in its file; the column counts bytes, as `#column` does.
    package var line: Int
    package var column: Int
    /// For a claim of equality within a tolerance: the largest difference found and the one allowed.
    package var difference: Double?
    package var tolerance: Double?
    /// The two sides; of tensors the first elements between which the relation fails, nil where it holds.
    package var comparison: Comparison?

    package init(
        text: String, holds: Bool, line: Int, column: Int, difference: Double? = nil, tolerance: Double? = nil,
        comparison: Comparison? = nil
    ) {
        self.text = text
        self.holds = holds
        self.line = line
        self.column = column
        self.difference = difference
        self.tolerance = tolerance
        self.comparison = comparison
    }
}

extension ClaimExhibit {
    /// What a value was, and what was claimed of it.
    package struct Comparison: Codable, Hashable, Sendable {
        package var relation: Relation
        /// As Swift prints it; with all its digits.
        package var value: String
        /// Where the value stands in its tensor.
        package var place: [Int]?
        package var claimed: String

        package init(_ relation: Relation, value: String, place: [Int]? = nil, claimed: String) {
            self.relation = relation
            self.value = value
            self.place = place
            self.claimed = claimed
        }
    }

    package enum Relation: String, Codable, Hashable, Sendable, CaseIterable {
        case equal = "=", unequal = "≠", less = "<", atMost = "≤", greater = ">", atLeast = "≥"
        /// Both tensors must have one shape before their elements are held against each other.
        case shape
    }
}

extension ClaimExhibit: ExhibitContent {
    package static var kind: String { "claim" }

    /// For the terminal.
    package var terminalText: String {
        let sides = holds ? nil : comparison?.sentence
        return "\(holds ? "✓" : "✗") \(text)" + (sides.map { " (\($0))" } ?? "")
    }
}

extension ClaimExhibit.Comparison {
    /// `was 87, at least 90 was claimed`
    package var sentence: String {
        let place = place.map { " at [" + $0.map { String($0) }.joined(separator: ", ") + "]" } ?? ""
        return "was \(relation == .shape ? relation.words : "")\(value)\(place), \(relation.words)\(claimed) was claimed"
    }
}

extension ClaimExhibit.Relation {
    /// What stands before the claimed value, with the space between.
    package var words: String {
        switch self {
        case .equal: ""
        case .unequal: "anything but "
        case .less: "less than "
        case .atMost: "at most "
        case .greater: "more than "
        case .atLeast: "at least "
        case .shape: "shape "
        }
    }
}
