/// How numbers are set for people: the same for all of a table, so that its columns align.
package enum NumberFormat: Hashable, Sendable {
    /// `0.6170`, `−0.0123`, `1.2340 × 10⁻⁵`: four decimals.
    case decimals
    /// `−2`, `0`, `17`: for tables of nothing but whole numbers.
    case integers
    /// As `decimals`, but a number that needs fewer decimals is written with those: `0.5`, `3`, `1 × 10⁻¹²`.
    case brief
    /// `0.62`, `−0.01`: for the cells of a picture, where the full value is told elsewhere.
    case twoDecimals

    /// The format of a table of these values.
    package static func fitting(_ values: some Sequence<Double>) -> NumberFormat {
        values.allSatisfy { $0.isNaN || $0.isInfinite || isPlainInteger($0) } ? .integers : .decimals
    }

    /// - Returns: The number in this format; very small and very large ones (below 10⁻⁴, from 10⁵) in
    ///   scientific notation.
    package func format(_ value: Double) -> FormattedNumber {
        if value.isNaN { return FormattedNumber(value: value, text: "NaN", power: nil) }
        if value.isInfinite { return FormattedNumber(value: value, text: value < 0 ? "\u{2212}∞" : "∞", power: nil) }
        if self == .integers, Self.isPlainInteger(value) {
            return FormattedNumber(value: value, text: DecimalNumber(value).text(decimals: 0), power: nil)
        }
        let number = DecimalNumber(value)
        return Self.isPlain(value) || self == .twoDecimals && value.magnitude < 1e5 ? plain(number, of: value) : scientific(number, of: value)
    }

    fileprivate static let places = 4

    private var decimals: Int { self == .twoDecimals ? 2 : Self.places }

    private static func isPlain(_ value: Double) -> Bool {
        value == 0 || (1e-4..<1e5).contains(value.magnitude)
    }

    private static func isPlainInteger(_ value: Double) -> Bool {
        value.rounded(.towardZero) == value && isPlain(value)
    }

    private func plain(_ number: DecimalNumber, of value: Double) -> FormattedNumber {
        FormattedNumber(value: value, text: text(number), power: nil)
    }

    private func scientific(_ number: DecimalNumber, of value: Double) -> FormattedNumber {
        // 9.99996 rounds to 10.0000, which is 1.0000 of the next power.
        let rounded = number.mantissa.rounded(toDecimals: decimals)
        let carried = rounded.exponent - 1
        return FormattedNumber(value: value, text: text(number.mantissa, carried: carried), power: number.exponent - 1 + carried)
    }

    private func text(_ number: DecimalNumber, carried: Int = 0) -> String {
        var rounded = number.rounded(toDecimals: decimals)
        rounded.exponent -= carried
        return rounded.text(decimals: self == .brief ? min(number.decimals, decimals) : decimals)
    }
}

/// A number and how it is shown.
package struct FormattedNumber: Hashable, Sendable {
    package var value: Double
    /// The number, or in scientific notation what stands before `× 10`.
    package var text: String
    /// The power of ten in scientific notation.
    package var power: Int?

    /// All of it in one line of text: `−1.2340 × 10⁻⁵`.
    package var plainText: String {
        text + (power.map { Self.timesTen(toThe: $0) } ?? "")
    }

    /// The number with its full value behind it, for the pointer and for programs.
    package var html: HTML {
        let full = value.description
        return HTML(
            .data, .class(value.isFinite ? nil : "nonfinite"), .attribute("value", full),
            .title(isRounded ? full.withMinusSign : nil)
        ) {
            text
            if let power { HTML(.span, .class("power")) { Self.timesTen(toThe: power) } }
        }
    }

    private var isRounded: Bool {
        guard value.isFinite else { return false }
        let number = DecimalNumber(value)
        return (power == nil ? number : number.mantissa).decimals > NumberFormat.places
    }

    /// No-break and thin spaces keep ` × 10⁻⁵` together.
    private static func timesTen(toThe power: Int) -> String {
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
