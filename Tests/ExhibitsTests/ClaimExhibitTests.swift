import Exhibits
import Foundation
import Testing

@Suite("A claim as an exhibit")
struct ClaimExhibitTests {
    @Test(
        "its sides are a sentence",
        arguments: [
            (.init(.atLeast, value: "87", claimed: "90"), "was 87, at least 90 was claimed"),
            (.init(.equal, value: "0.5", place: [2, 1], claimed: "1.0"), "was 0.5 at [2, 1], 1.0 was claimed"),
            (.init(.shape, value: "(2, 3)", claimed: "()"), "was shape (2, 3), shape () was claimed"),
        ] as [(ClaimExhibit.Comparison, String)])
    func sentence(comparison: ClaimExhibit.Comparison, sentence: String) {
        #expect(comparison.sentence == sentence)
    }

    @Test("the terminal shows the sides of what does not hold")
    func terminal() {
        func text(holds: Bool) -> String {
            Exhibit(
                ClaimExhibit(
                    text: "many", holds: holds, line: 1, column: 1, comparison: .init(.less, value: "3", claimed: "2"))
            ).text
        }
        #expect(text(holds: true) == "✓ many")
        #expect(text(holds: false) == "✗ many (was 3, less than 2 was claimed)")
    }

    @Test("its data keep the keys they had, and gain the comparison", arguments: ClaimExhibit.Relation.allCases)
    func coding(relation: ClaimExhibit.Relation) throws {
        let claim = ClaimExhibit(
            text: "a", holds: false, line: 3, column: 6, difference: 1, tolerance: 0.5,
            comparison: .init(relation, value: "nan", place: [0, 1], claimed: "2.0"))
        let text = try JSONText.encode(claim)
        #expect(try JSONDecoder().decode(ClaimExhibit.self, from: Data(text.utf8)) == claim)
        #expect(
            text == #"{"text": "a", "holds": false, "line": 3, "column": 6, "difference": 1.0, "tolerance": 0.5, "#
                + #""comparison": {"relation": "\#(relation.rawValue)", "value": "nan", "place": [0, 1], "claimed": "2.0"}}"#)
        let old = #"{"text": "a", "holds": true, "line": 3, "column": 6}"#
        #expect(try JSONDecoder().decode(ClaimExhibit.self, from: Data(old.utf8)).comparison == nil)
    }
}
