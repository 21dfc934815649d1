import Drawing
import Foundation
import Samples
import Testing

@Suite("Numbers")
struct NumberFormatTests {
    @Test(
        "a number has four significant digits, a true minus, and a power of ten below 10⁻⁴ and from 10⁵",
        arguments: [
            (0.6170392, "0.6170"), (-0.01234, "−0.01234"), (0.00044960, "0.0004496"), (0, "0"), (-0.0, "0"), (1, "1.000"),
            (12.3456, "12.35"), (1234.5, "1235"), (12345.67, "12346"), (99999.99999, "100000"), (100000, "1.000 × 10⁵"),
            (0.0001, "0.0001000"), (0.00009999, "9.999 × 10⁻⁵"), (0.0000999999, "1.000 × 10⁻⁴"),
            (-1.2345678e-300, "−1.235 × 10⁻³⁰⁰"), (.leastNonzeroMagnitude, "5.000 × 10⁻³²⁴"), (3690400000, "3.690 × 10⁹"),
            (.nan, "NaN"), (.infinity, "∞"), (-.infinity, "−∞"), (0.12345, "0.1235"), (9.99995, "10.00"), (0.099996, "0.1000"),
        ])
    func formatsTableNumbers(value: Double, text: String) {
        #expect(NumberFormat.significant.format(value).plainText.replacing("\u{202F}", with: " ") == text)
    }

    @Test("a table of whole numbers has no decimals, not even beside NaN")
    func fitsWholeNumbers() {
        #expect(NumberFormat.fitting([1, -2, 0, .nan]) == .integers)
        #expect(NumberFormat.fitting([1, 0.5]) == .significant)
        #expect(NumberFormat.integers.format(-20).plainText == "−20")
    }

    @Test(
        "a brief number has no more digits than it needs",
        arguments: [
            (1e-12, "1 × 10⁻¹²"), (0.5, "0.5"), (3, "3"), (2.220446049250313e-16, "2.220 × 10⁻¹⁶"), (0.61703, "0.6170"),
        ])
    func formatsBriefly(value: Double, text: String) {
        #expect(NumberFormat.brief.format(value).plainText.replacing("\u{202F}", with: " ") == text)
    }

    @Test(
        "where there is little room a number has two decimals",
        arguments: [
            (0.128, "0.13"), (-0.6170, "−0.62"), (0.004, "0.00"), (-0.004, "0.00"), (0.095, "0.10"), (1.999, "2.00"),
            (31.256, "31.26"),
        ])
    func twoDecimals(value: Double, text: String) {
        #expect(NumberFormat.twoDecimals.format(value).plainText == text)
    }

    @Test("four significant digits are those that C prints")
    func agreesWithC() {
        var generator = SplitMix(state: 10)
        for _ in 0..<2000 {
            let value = Double.random(in: -1...1, using: &generator) * pow(10, Double(Int.random(in: -3...3, using: &generator)))
            guard value.magnitude >= 1e-4 else { continue }
            let expected = String(format: "%#.4g", value).replacing("-", with: "\u{2212}")
            let text = NumberFormat.significant.format(value).plainText
            #expect(text == (expected.hasSuffix(".") ? String(expected.dropLast()) : expected), "\(value)")
        }
    }

    @Test("the full value stands behind the rounded one")
    func keepsFullValue() {
        let markup = NumberFormat.significant.format(-0.6170392).html.markup
        #expect(markup == #"<data value="-0.6170392" title="−0.6170392">−0.6170</data>"#)
    }
}
