import Testing

import LessonKit

@Suite("The font of the formulas")
struct MathFontTests {
    private func characters(_ formula: String) -> Set<Character> {
        let page = "<p>q</p><math><semantics><mrow>\(formula)</mrow><annotation>w</annotation></semantics></math><p>z</p>"
        return Set(MathCharacters(of: page).characters.map(Character.init))
    }

    @Test("has what formulas show, and nothing of the text around or of their source")
    func collects() {
        #expect(characters("<mn>12</mn><mo>&lt;</mo>") == ["1", "2", "<"])
    }

    @Test("has what browsers draw instead: slanted letters, the true minus, the sign of a root")
    func drawnInstead() {
        #expect(characters("<mi>x</mi>") == ["x", "𝑥"])
        #expect(characters("<mi>h</mi>") == ["h", "ℎ"])
        #expect(characters("<mi>W</mi><mi>δ</mi>") == ["W", "𝑊", "δ", "𝛿"])
        #expect(characters("<mi>∂</mi>") == ["∂", "𝜕"])
        #expect(characters("<mo>-</mo>") == ["-", "−"])
        #expect(characters("<msqrt><mn>2</mn></msqrt>") == ["2", "√"])
    }
}
