import Exhibits

/// The words of claims: `was 87, at least 90 was claimed`.
struct ClaimVocabulary: Sendable {
    /// Before the value that was found.
    var was: @Sendable (ClaimExhibit.Relation) -> String
    /// Behind a tensor's element: where it stands.
    var at: @Sendable ([Int]) -> String
    /// Before and behind the claimed value.
    var claimed: @Sendable (ClaimExhibit.Relation) -> (before: String, after: String)

    static let english = ClaimVocabulary(
        was: { $0 == .shape ? "was shape " : "was " }, at: { " at " + indexText($0) },
        claimed: { (", " + $0.words, " was claimed") })

    static let chinese = ClaimVocabulary(
        was: { $0 == .shape ? "形状为 " : "值为 " }, at: { "（" + indexText($0) + " 处）" },
        claimed: { relation in
            let words =
                switch relation {
                case .equal: "为"
                case .unequal: "不为"
                case .less: "小于"
                case .atMost: "至多为"
                case .greater: "大于"
                case .atLeast: "至少为"
                case .shape: "形状为"
                }
            return ("，断言\(words) ", "")
        })

    /// `[1, 0]`
    private static func indexText(_ place: [Int]) -> String { "[" + place.map { String($0) }.joined(separator: ", ") + "]" }
}
