import Recurrent

extension Double {
    /// The nearest whole number; from the middle between two, the one farther from zero.
    package var nearestInteger: Double {
        let whole = rounded(.towardZero)
        return (self - whole).magnitude < 0.5 ? whole : self < 0 ? whole - 1 : whole + 1
    }

    /// 10ⁿ, exact up to 10²².
    package static func powerOfTen(_ power: Int) -> Double {
        // Below 10⁻³⁰⁸ a quotient must be taken in two steps, for 10³⁰⁹ is no Double.
        if power < -308 { return powerOfTen(-308) / powerOfTen(-308 - power) }
        if power < 0 { return 1 / powerOfTen(-power) }
        var (result, left) = (1.0, power)
        while left > 0 {
            let several = min(left, 22)
            result *= (0..<several).reduce(1.0) { product, _ in product * 10 }
            left -= several
        }
        return result
    }

    /// A number from its text, without the C library: to the bit for what Swift prints and for what has few digits.
    package init?(printed text: String) {
        switch text {
        case "nan": self = .nan
        case "inf": self = .infinity
        case "-inf": self = -.infinity
        default:
            guard let number = DecimalNumber(printed: text) else { return nil }
            let magnitude = number.nearbyDouble
            self = text.utf8.first == UInt8(ascii: "-") ? -magnitude : magnitude  // −0 too.
        }
    }
}

extension DecimalNumber {
    /// The magnitude as the Double that prints these digits, or one that is next to it.
    fileprivate var nearbyDouble: Double {
        let whole = digits.prefix(18).reduce(0 as Int64) { $0 * 10 + Int64($1) }
        let power = exponent - min(digits.count, 18)
        let estimate =
            power < 0 && power >= -22
            ? Double(whole) / .powerOfTen(-power)
            : power < -308 ? Double(whole) * .powerOfTen(-290) * .powerOfTen(power + 290) : Double(whole) * .powerOfTen(power)
        var (lower, upper) = (estimate, estimate)
        for _ in 0..<16 {
            if lower.isFinite, DecimalNumber(shortest: lower).hasSameDigits(as: self) { return lower }
            if upper.isFinite, DecimalNumber(shortest: upper).hasSameDigits(as: self) { return upper }
            (lower, upper) = (max(0, lower.nextDown), upper.nextUp)
        }
        return estimate
    }

    private func hasSameDigits(as other: DecimalNumber) -> Bool { digits == other.digits && exponent == other.exponent }
}
