/// A finite number in decimal notation, `0.d₁d₂d₃… × 10^exponent`, made from the shortest digits that
/// tell it from every other `Double`. Rounding works on these digits, so that what a table shows is the
/// rounded form of what the full value shows, on every machine and in every language.
package struct DecimalNumber {
    var isNegative: Bool
    /// Without leading or trailing zeros; empty for zero.
    var digits: [UInt8]
    var exponent: Int

    /// - Precondition: `value` is finite.
    package init(_ value: Double) {
        // `description` is a sign, digits with at most one point, and at most one exponent: "-1.25e-07".
        let parts = value.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = mantissa[0], fraction = mantissa.count > 1 ? mantissa[1] : ""
        isNegative = value.sign == .minus && value != 0
        digits = (whole + fraction).utf8.map { $0 - UInt8(ascii: "0") }
        exponent = whole.count + (parts.count > 1 ? Int(parts[1])! : 0)
        trimZeros()
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
