import Recurrent

/// How numbers are set for people: with four significant digits, and with a power of ten where they are very small or large.
package enum NumberFormat: Hashable, Sendable {
    /// `0.6170`, `−0.01234`, `12.35`, `1.235 × 10⁻⁵`; digits before the point are never cut.
    case significant
    /// `−2`, `0`, `17`: for tables of nothing but whole numbers.
    case integers
    /// As `significant`, but a number that needs fewer digits is written with those: `0.5`, `3`, `1 × 10⁻¹²`.
    case brief
    /// As `brief`, with two digits: for pictures that show how large numbers are against one another.
    case short
    /// `0.62`, `−0.01`: for the cells of a picture, where the full value is told elsewhere.
    case twoDecimals

    /// The format of a table of these values.
    package static func fitting(_ values: some Sequence<Double>) -> NumberFormat {
        values.allSatisfy { $0.isNaN || $0.isInfinite || isPlainInteger($0) } ? .integers : .significant
    }

    /// As `significant`, with no digit behind the point that none of a column's numbers needs: `0.05`, `0.50` instead of
    /// `0.05000`, `0.5000`.
    static func significant(forColumn values: [Double]) -> (Double) -> FormattedNumber {
        let written = values.map { brief.format($0) }
        func needed(_ isWithPower: Bool) -> Int {
            written.filter { ($0.power != nil) == isWithPower }.map { $0.decimals }.max() ?? 0
        }
        let (plain, mantissa) = (needed(false), needed(true))
        return { value in
            var number = significant.format(value)
            let needed = number.power == nil ? plain : mantissa
            // Zeros only: what a number has more than the others need is none of its digits.
            while number.decimals > needed, number.text.last == "0" { number.text.removeLast() }
            if number.text.last == "." { number.text.removeLast() }
            return number
        }
    }

    /// - Returns: The number in this format; very small and very large ones (below 10⁻⁴, from 10⁵) in
    ///   scientific notation.
    package func format(_ value: Double) -> FormattedNumber {
        if value.isNaN { return FormattedNumber(value: value, text: "NaN", power: nil) }
        if value.isInfinite { return FormattedNumber(value: value, text: value < 0 ? "\u{2212}∞" : "∞", power: nil) }
        let number = DecimalNumber(shortest: value)
        if self == .twoDecimals, value.magnitude < 1e5 {
            return FormattedNumber(value: value, text: number.rounded(toDecimals: 2).text(decimals: 2), power: nil)
        }
        guard Self.isPlain(value) else { return scientific(number, of: value) }
        let rounded = number.rounded(toDigits: Swift.max(digits, number.exponent))
        return FormattedNumber(value: value, text: text(rounded, of: number), power: nil)
    }

    fileprivate static let digits = 4

    private var digits: Int { self == .short ? 2 : Self.digits }

    private static func isPlain(_ value: Double) -> Bool {
        value == 0 || (1e-4..<1e5).contains(value.magnitude)
    }

    private static func isPlainInteger(_ value: Double) -> Bool {
        value.rounded(.towardZero) == value && isPlain(value)
    }

    private func scientific(_ number: DecimalNumber, of value: Double) -> FormattedNumber {
        // 9.9996 rounds to 10.00, which is 1.000 of the next power.
        let rounded = number.rounded(toDigits: digits)
        return FormattedNumber(value: value, text: text(rounded.mantissa, of: number), power: rounded.power)
    }

    private func text(_ rounded: DecimalNumber, of number: DecimalNumber) -> String {
        if rounded.isZero || self == .integers { return rounded.text(decimals: 0) }
        let isExact = (self == .brief || self == .short) && number.digits.count <= digits
        return rounded.text(decimals: isExact ? rounded.decimals : Swift.max(0, digits - rounded.exponent))
    }
}

extension DecimalNumber {
    /// Written out with U+2212 as minus; what is rounded to zero has no sign.
    fileprivate func text(decimals: Int) -> String {
        (sign == .minus && !isZero ? "\u{2212}" : "") + fixed(decimals: decimals)
    }
}

extension DecimalNumber {
    /// With all its digits, none behind the point that it does not need.
    var written: String { text(decimals: decimals) }
}

/// A number and how it is shown.
package struct FormattedNumber: Hashable, Sendable {
    package var value: Double
    /// The number, or in scientific notation what stands before `× 10`.
    package var text: String
    /// The power of ten in scientific notation.
    package var power: Int?

    /// All of it in one line of text: `−1.234 × 10⁻⁵`.
    package var plainText: String {
        text + (power.map { Self.timesTen(toThe: $0) } ?? "")
    }

    /// The number with its full value behind it, for the pointer and for programs.
    package var html: HTML { html(hasTooltip: true) }

    /// - Parameter hasTooltip: whether the pointer alone shows the full value, without the page's script.
    func html(hasTooltip: Bool) -> HTML {
        let full = value.description
        return HTML(
            .data, .class(value.isFinite ? nil : "nonfinite"), .attribute("value", full),
            .title(hasTooltip && isRounded ? full.withMinusSign : nil)
        ) {
            text
            if let power { HTML(.span, .class("power")) { Self.timesTen(toThe: power) } }
        }
    }

    /// Whether it shows less than the value's own digits.
    package var isRounded: Bool {
        guard value.isFinite else { return false }
        let number = DecimalNumber(shortest: value)
        return number.digits.count > (power == nil ? Swift.max(NumberFormat.digits, number.exponent) : NumberFormat.digits)
    }

    /// No-break and thin spaces keep ` × 10⁻⁵` together.
    static func timesTen(toThe power: Int) -> String {
        "\u{202F}×\u{202F}" + tenToThe(power)
    }

    /// `10⁻⁵`
    static func tenToThe(_ power: Int) -> String {
        let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let digits = power.magnitude.description.utf8.map { String(superscripts[Int($0 - UInt8(ascii: "0"))]) }
        return "10" + (power < 0 ? "⁻" : "") + digits.joined()
    }
}

extension String {
    /// A number's text with the sign that stands as wide as a plus.
    package var withMinusSign: String { String(map { $0 == "-" ? "\u{2212}" : $0 }) }
}
