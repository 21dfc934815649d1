import Recurrent

/// A number as it is published: its digits and its value.
package struct PublishedNumber: Hashable, Sendable {
    package let literal: String
    package let value: Double

    /// nil for what is no number; NaN and the infinities count as some.
    init?(_ tree: JSONTree) {
        switch tree {
        case .number(let literal): self.init(literal)
        case .string(let text) where ["nan", "inf", "-inf"].contains(text): self.init(text)
        default: return nil
        }
    }

    init?(_ literal: String) {
        guard let value = Double(literal) else { return nil }
        (self.literal, self.value) = (literal, value)
    }

    var isWhole: Bool {
        literal.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Whether both are the same as far as 12 significant digits tell; whole numbers to the last.
    func isEqual(to other: PublishedNumber) -> Bool {
        if literal == other.literal || value == other.value || value.isNaN && other.value.isNaN { return true }
        guard value.isFinite, other.value.isFinite, !(isWhole && other.isWhole) else { return false }
        let exponent = DecimalNumber(shortest: max(value.magnitude, other.value.magnitude)).exponent
        return (value - other.value).magnitude < .powerOfTen(exponent - 12)
    }
}

/// A text with numbers in it, as words and numbers apart.
struct NumberedText {
    /// The text with a mark for each number.
    private(set) var words = ""
    private(set) var numbers: [PublishedNumber] = []

    init(_ text: String) {
        var rest = text.unicodeScalars[...]
        var isWithinName = false
        while let scalar = rest.first {
            if !isWithinName, let number = Self.number(at: rest) {
                numbers.append(PublishedNumber(number)!)
                words += "\u{0}"
                rest = rest.dropFirst(number.unicodeScalars.count)
                isWithinName = true
            } else {
                words.unicodeScalars.append(scalar)
                isWithinName = scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar)
                rest = rest.dropFirst()
            }
        }
    }

    /// `-1.25e-07` where a number begins.
    private static func number(at text: Substring.UnicodeScalarView) -> String? {
        var rest = text
        func digits(_ rest: inout Substring.UnicodeScalarView) -> String {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest[digits.endIndex...]
            return String(digits)
        }
        var number = ""
        if rest.first == "-" {
            number = "-"
            rest = rest.dropFirst()
        }
        let whole = digits(&rest)
        guard !whole.isEmpty else { return nil }
        number += whole
        if rest.first == "." {
            var behind = rest.dropFirst()
            let fraction = digits(&behind)
            if !fraction.isEmpty { (number, rest) = (number + "." + fraction, behind) }
        }
        if rest.first == "e" {
            var behind = rest.dropFirst()
            let sign = behind.first.flatMap { $0 == "-" || $0 == "+" ? String($0) : nil } ?? ""
            behind = behind.dropFirst(sign.count)
            let power = digits(&behind)
            if !power.isEmpty { number += "e" + sign + power }
        }
        return number
    }
}
