/// The digits of a finite number in decimal notation, how they are rounded, and where its point stands.
///
/// It is ±0.d₁d₂d₃… × 10^exponent, with all the digits that the number has or with the fewest that tell it.
package struct DecimalNumber {
    package let sign: FloatingPointSign
    /// Without zeros at either end; none for zero.
    package let digits: [UInt8]
    /// How many digits stand in front of the point; below 0, how many zeros stand behind it. 1 for zero.
    package let exponent: Int
    private let isExact: Bool

    private init(sign: FloatingPointSign, digits: [UInt8], exponent: Int, isExact: Bool) {
        let significant = digits.drop { $0 == 0 }
        let count = significant.lastIndex { $0 != 0 }.map { $0 + 1 - significant.startIndex } ?? 0
        self.sign = sign
        self.digits = Array(significant.prefix(count))
        self.exponent = count == 0 ? 1 : exponent - (digits.count - significant.count)
        self.isExact = isExact
    }

    /// All digits of a double, of which there may be 767.
    ///
    /// - Precondition: `value` is finite.
    package init(exact value: Double) {
        // A double is m · 2ᵖ, and for p < 0 that is m · 5⁻ᵖ · 10ᵖ: an integer whose point is moved.
        let power = Int(max(value.exponentBitPattern, 1)) - 1075
        let significand = value.significandBitPattern | (value.exponentBitPattern > 0 ? 1 << 52 : 0)
        var digits = significand.description.utf8.reversed().map { $0 - UInt8(ascii: "0") }
        Self.multiply(&digits, by: power < 0 ? 5 : 2, times: Int(power.magnitude))
        self.init(sign: value.sign, digits: digits.reversed(), exponent: digits.count + min(power, 0), isExact: true)
    }

    /// The fewest digits that tell a double from every other, as Swift prints it.
    ///
    /// - Precondition: `value` is finite.
    package init(shortest value: Double) {
        self.init(printed: value.description)!
    }

    /// A sign, digits with at most one point among them, and at most one exponent: `-1.25e-07`.
    package init?(printed text: String) {
        let sign: FloatingPointSign = text.utf8.first == UInt8(ascii: "-") ? .minus : .plus
        let parts = text.utf8.dropFirst(sign == .minus ? 1 : 0).split(
            separator: UInt8(ascii: "e"), omittingEmptySubsequences: false)
        guard let mantissa = parts.first?.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false),
            1...2 ~= parts.count, 1...2 ~= mantissa.count, !mantissa[0].isEmpty, mantissa[mantissa.count - 1].isEmpty == false,
            mantissa.joined().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
            let power = parts.count == 1 ? 0 : Int(String(decoding: parts[1], as: UTF8.self))
        else { return nil }
        let digits = mantissa.joined().map { $0 - UInt8(ascii: "0") }
        self.init(sign: sign, digits: digits, exponent: mantissa[0].count + power, isExact: false)
    }

    package var isZero: Bool { digits.isEmpty }

    /// n in `x.xxx × 10ⁿ`.
    package var power: Int { exponent - 1 }

    /// `x.xxx` in `x.xxx × 10ⁿ`: the number with its first digit in front of the point.
    package var mantissa: DecimalNumber { DecimalNumber(sign: sign, digits: digits, exponent: 1, isExact: isExact) }

    /// How many digits stand behind the point when it is written out.
    package var decimals: Int { max(0, digits.count - exponent) }

    /// Rounded to so many digits, the first of them the first that is not 0.
    package func rounded(toDigits count: Int) -> DecimalNumber { rounded(toDecimals: count - exponent) }

    /// Rounded to the nearest number with so many digits behind the point.
    package func rounded(toDecimals decimals: Int) -> DecimalNumber {
        let count = exponent + decimals
        guard count < digits.count else { return self }
        guard count >= 0 else { return DecimalNumber(sign: sign, digits: [], exponent: 1, isExact: isExact) }
        var (kept, exponent) = (Array(digits[..<count]), exponent)
        if roundsUp(behind: count) {
            while kept.last == 9 { kept.removeLast() }
            if let last = kept.popLast() { kept.append(last + 1) } else { (kept, exponent) = ([1], exponent + 1) }
        }
        return DecimalNumber(sign: sign, digits: kept, exponent: exponent, isExact: isExact)
    }

    /// From the middle between two numbers all digits go to the even one, as in C and so in PyTorch. The fewest digits go
    /// away from zero: their middle is seldom the number's own, and who reads 2.675 expects 2.68.
    private func roundsUp(behind count: Int) -> Bool {
        let isMiddle = digits[count] == 5 && count + 1 == digits.count
        return isExact && isMiddle ? count > 0 && digits[count - 1] % 2 == 1 : digits[count] >= 5
    }

    /// Written out without sign and exponent, with exactly so many digits behind the point.
    package func fixed(decimals: Int) -> String {
        let digit = { (place: Int) in digits.indices.contains(place) ? "\(digits[place])" : "0" }
        // Where no digit stands in front of the point, a 0 does.
        let whole = (min(0, exponent - 1)..<exponent).map(digit).joined()
        return decimals == 0 ? whole : whole + "." + (exponent..<exponent + decimals).map(digit).joined()
    }

    /// Multiplies a number, its last digit first, several times by 2 or 5.
    private static func multiply(_ digits: inout [UInt8], by factor: Int, times: Int) {
        var left = times
        while left > 0 {
            let several = min(left, 20)  // 5²⁰ · 9 and what is carried fit an Int
            let product = (0..<several).reduce(1) { product, _ in product * factor }
            var carried = 0
            for index in digits.indices {
                carried += Int(digits[index]) * product
                digits[index] = UInt8(carried % 10)
                carried /= 10
            }
            while carried > 0 {
                digits.append(UInt8(carried % 10))
                carried /= 10
            }
            left -= several
        }
    }
}
