/// A finite number in decimal notation, `0.d₁d₂d₃… × 10^exponent`, made from the shortest digits that
/// tell it from every other `Double`. Rounding works on these digits, so that what a table shows is the
/// rounded form of what the full value shows, on every machine and in every language.
package struct DecimalNumber {
    var isNegative: Bool
    /// Without leading or trailing zeros; empty for zero.
    var digits: [UInt8]
    var exponent: Int

    /// - Parameter digits: The first stands right behind the point; zeros at both ends are taken off.
    init(isNegative: Bool, digits: [UInt8], exponent: Int) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
        trimZeros()
    }

    /// A sign, digits with at most one point among them, and at most one exponent: `-1.25e-07`.
    init?(printed text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0).split(separator: UInt8(ascii: "e"), omittingEmptySubsequences: false)
        guard let mantissa = parts.first?.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false),
            1...2 ~= parts.count, 1...2 ~= mantissa.count, !mantissa[0].isEmpty, mantissa[mantissa.count - 1].isEmpty == false,
            mantissa.joined().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let power = parts.count == 1 ? 0 : Int(String(decoding: parts[1], as: UTF8.self))
        else { return nil }
        self.init(
            isNegative: isNegative, digits: mantissa.joined().map { $0 - UInt8(ascii: "0") }, exponent: mantissa[0].count + power)
    }

    /// - Precondition: `value` is finite.
    package init(_ value: Double) {
        self.init(printed: value.description)!
    }

    var isZero: Bool { digits.isEmpty }

    /// How many digits stand behind the decimal point when it is written out.
    package var decimals: Int { max(0, digits.count - exponent) }

    /// `x` in `x.xxx × 10ⁿ`: the number with its first digit in front of the point.
    var mantissa: DecimalNumber {
        var result = self
        result.exponent = isZero ? 0 : 1
        return result
    }

    /// Rounded to so many digits, the first of them the first that is not 0.
    func rounded(toDigits count: Int) -> DecimalNumber { rounded(toDecimals: count - exponent) }

    /// Rounded to so many digits behind the point; a half is rounded away from zero.
    func rounded(toDecimals decimals: Int) -> DecimalNumber {
        let kept = exponent + decimals
        guard kept < digits.count else { return self }
        var result = self
        guard kept >= 0 else {
            result.digits = []
            result.trimZeros()
            return result
        }
        result.digits = Array(digits[..<kept])
        if digits[kept] >= 5 { result.increment() }
        result.trimZeros()
        return result
    }

    /// Written out without an exponent, with exactly so many digits behind the point and U+2212 as minus.
    func text(decimals: Int) -> String {
        let digit = { (place: Int) -> String in digits.indices.contains(place) ? "\(digits[place])" : "0" }
        let whole = exponent > 0 ? (0..<exponent).map(digit).joined() : "0"
        let fraction = (exponent..<exponent + decimals).map(digit).joined()
        return (isNegative ? "\u{2212}" : "") + whole + (decimals > 0 ? "." + fraction : "")
    }

    /// Adds one to the last digit.
    private mutating func increment() {
        for place in digits.indices.reversed() {
            if digits[place] < 9 {
                digits[place] += 1
                return
            }
            digits[place] = 0
        }
        digits.insert(1, at: 0)
        exponent += 1
    }

    private mutating func trimZeros() {
        let leading = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leading)
        exponent -= leading
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { (exponent, isNegative) = (0, false) }
    }
}
