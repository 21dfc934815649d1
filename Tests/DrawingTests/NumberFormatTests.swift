import Foundation
import Drawing
import Testing

@Suite("Numbers")
struct NumberFormatTests {
    @Test("tables have four decimals, a true minus, and powers of ten beyond 10⁻⁴ and 10⁵", arguments: [
        (0.6170392, "0.6170"), (-0.01234, "−0.0123"), (0, "0.0000"), (-0.0, "0.0000"), (1, "1.0000"),
        (99999.99999, "100000.0000"), (100000, "1.0000 × 10⁵"), (0.0001, "0.0001"), (0.00009999, "9.9990 × 10⁻⁵"),
        (0.0000999999, "1.0000 × 10⁻⁴"), (-1.2345678e-300, "−1.2346 × 10⁻³⁰⁰"), (.leastNonzeroMagnitude, "5.0000 × 10⁻³²⁴"),
        (.nan, "NaN"), (.infinity, "∞"), (-.infinity, "−∞"), (0.12345, "0.1235"), (9.99995, "10.0000"),
    ])
    func formatsTableNumbers(value: Double, text: String) {
        #expect(NumberFormat.decimals.format(value).plainText.replacing("\u{202F}", with: " ") == text)
    }

    @Test("a table of whole numbers has no decimals, not even beside NaN")
    func fitsWholeNumbers() {
        #expect(NumberFormat.fitting([1, -2, 0, .nan]) == .integers)
        #expect(NumberFormat.fitting([1, 0.5]) == .decimals)
        #expect(NumberFormat.integers.format(-20).plainText == "−20")
    }

    @Test("a brief number has no more decimals than it needs", arguments: [
        (1e-12, "1 × 10⁻¹²"), (0.5, "0.5"), (3, "3"), (2.220446049250313e-16, "2.2204 × 10⁻¹⁶"), (0.61703, "0.6170"),
    ])
    func formatsBriefly(value: Double, text: String) {
        #expect(NumberFormat.brief.format(value).plainText.replacing("\u{202F}", with: " ") == text)
    }

    @Test("four decimals are those that C prints")
    func agreesWithC() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let value = Double.random(in: -1000...1000, using: &generator)
            let expected = String(format: "%.4f", value).replacing("-", with: "\u{2212}")
            guard value.magnitude >= 1e-4 else { continue }
            #expect(NumberFormat.decimals.format(value).plainText == expected, "\(value)")
        }
    }

    @Test("the full value stands behind the rounded one")
    func keepsFullValue() {
        let markup = NumberFormat.decimals.format(-0.6170392).html.markup
        #expect(markup == #"<data value="-0.6170392" title="−0.6170392">−0.6170</data>"#)
    }
}
