import Foundation
import Recurrent
import Testing

@Suite("Decimal digits")
struct DecimalNumberTests {
    /// Zeros, the ends of the range, and finite doubles of any size.
    private static let numbers: [Double] = {
        var dice = SystemRandomNumberGenerator()
        let edges = [0, 1, 9.5, 0.1, 1e23, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude]
        return edges.flatMap { [$0, -$0] } + (0..<10_000).map { _ in Double(bitPattern: dice.next()) }.filter(\.isFinite)
    }()

    @Test("the shortest digits are read back as the same double")
    func shortest() {
        for value in Self.numbers {
            let number = DecimalNumber(shortest: value)
            let text = (number.sign == .minus ? "-0." : "0.") + number.digits.map(String.init).joined() + "e\(number.exponent)"
            #expect(Double(text)?.bitPattern == value.bitPattern, "\(value) is not \(text)")
        }
    }

    @Test("all digits, rounded to 17, are those that C prints")
    func exact() {
        for value in Self.numbers {
            let number = DecimalNumber(exact: value).rounded(toDigits: 17)
            let power = String(format: "%+03d", number.power)
            let text = (number.sign == .minus ? "-" : "") + number.mantissa.fixed(decimals: 16) + "e" + power
            #expect(text == String(format: "%.16e", value))
        }
    }

    @Test("all digits, rounded behind the point, are those that C prints, from the middle too")
    func exactDecimals() {
        let eighths = (-4000...4000).map { Double($0) / 8 }
        for value in eighths + Self.numbers {
            for decimals in 0...3 {
                let number = DecimalNumber(exact: value).rounded(toDecimals: decimals)
                let text = (number.sign == .minus ? "-" : "") + number.fixed(decimals: decimals)
                #expect(text == String(format: "%.\(decimals)f", value))
            }
        }
    }

    @Test("written out in all its decimals, either is the double itself")
    func writtenOut() {
        for value in Self.numbers {
            for number in [DecimalNumber(shortest: value), DecimalNumber(exact: value)] {
                #expect(Double(number.fixed(decimals: number.decimals)) == value.magnitude)
            }
        }
    }

    @Test(
        "the shortest digits go away from zero from the middle, all digits to the even one",
        arguments: [
            (0.125, 2, "0.13", "0.12"), (0.375, 2, "0.38", "0.38"), (2.5, 0, "3", "2"), (-0.5, 0, "1", "0"),
            (0.12345, 4, "0.1235", "0.1235"), (2.675, 2, "2.68", "2.67"), (99.5, 0, "100", "100"), (0.06, 1, "0.1", "0.1"),
            (0.04, 0, "0", "0"), (0.004, 1, "0.0", "0.0"), (0, 3, "0.000", "0.000"),
        ])
    func middle(value: Double, decimals: Int, shortest: String, exact: String) {
        #expect(DecimalNumber(shortest: value).rounded(toDecimals: decimals).fixed(decimals: decimals) == shortest)
        #expect(DecimalNumber(exact: value).rounded(toDecimals: decimals).fixed(decimals: decimals) == exact)
    }
}
