import Recurrent

/// One value that is not what it was, and where: what `verify` tells of a page, and two runs of a lesson of each other.
package struct Difference: Hashable, Sendable {
    package enum Change: Hashable, Sendable {
        case number(was: PublishedNumber, is: PublishedNumber)
        /// As `(2, 3)`.
        case shape(was: String, is: String)
        /// Words and truths.
        case text(was: String, is: String)
        /// What was not there before.
        case new
        /// What is not there any more.
        case gone
    }

    /// The lesson as it is now.
    package var file: String
    package var line: Int
    package var column: Int?
    /// The cell's label, or `cell 3`; the expression of an inline value.
    package var label: String
    /// The value within what was shown: `δ₂[0]`. Empty for all of it.
    package var path: String
    package var change: Change
}

extension Difference {
    /// How far a number moved; infinite for what cannot be told as a number.
    package var size: Double {
        guard case .number(let was, let now) = change, was.value.isFinite, now.value.isFinite else { return .infinity }
        return (now.value - was.value).magnitude
    }

    package var was: String? {
        switch change {
        case .number(let was, let now): was.text(besides: now)
        case .shape(let was, _), .text(let was, _): was
        case .new, .gone: nil
        }
    }

    package var `is`: String? {
        switch change {
        case .number(let was, let now): now.text(besides: was)
        case .shape(_, let now), .text(_, let now): now
        case .new, .gone: nil
        }
    }

    /// `1.7e-3, 0.9 %`; nil where there is no distance between two numbers.
    package var distance: String? {
        guard case .number(let was, let now) = change, size.isFinite, !(was.isWhole && now.isWhole) else { return nil }
        let absolute = Self.short(size)
        guard was.value != 0 else { return absolute }
        let percent = size / was.value.magnitude * 100
        return percent.isFinite ? "\(absolute), \(Self.percent(percent)) %" : absolute
    }

    /// `tbl-derivation, δ₂[0]`
    package var place: String { path.isEmpty ? label : label + (path.hasPrefix("[") ? "" : ", ") + path }

    /// `was 0.18342, is 0.18511 (1.7e-3, 0.9 %)`
    package var told: String {
        sides("was ", ", is ") ?? (change == .new ? "is new" : "is gone")
    }

    /// `tbl-derivation, δ₂[0]: was 0.18342, is 0.18511 (1.7e-3, 0.9 %)`
    package var message: String { "\(place): \(told)" }

    /// Both sides with words before each; nil where one is missing.
    func sides(_ first: String, _ second: String) -> String? {
        switch change {
        case .number: first + (was ?? "") + second + (`is` ?? "") + (distance.map { " (\($0))" } ?? "")
        case .shape(let was, let now): first + was + second + now
        case .text(let was, let now):
            first + QuotedExcerpt(was, besides: now).description + second + QuotedExcerpt(now, besides: was).description
        case .new, .gone: nil
        }
    }

    private static func short(_ size: Double) -> String {
        let number = DecimalNumber(shortest: size)
        let rounded = number.rounded(toDigits: max(2, number.exponent))
        return (1e-2..<1e5).contains(size) ? rounded.plainText : rounded.scientificText
    }

    private static func percent(_ percent: Double) -> String {
        let number = DecimalNumber(shortest: percent)
        if percent >= 1e5 { return number.rounded(toDigits: 2).scientificText }
        let rounded = percent >= 0.1 ? number.rounded(toDecimals: percent < 100 ? 1 : 0) : number.rounded(toDigits: 1)
        return percent >= 1e-3 ? rounded.plainText : rounded.scientificText
    }
}

extension Difference: CustomStringConvertible {
    package var description: String {
        let position = [line.description, column?.description].compactMap { $0 }.joined(separator: ":")
        return "\(file):\(position): \(message)"
    }
}

extension PublishedNumber {
    /// With five digits, or as many more as show how it differs from another.
    fileprivate func text(besides other: PublishedNumber) -> String {
        guard value.isFinite, !isWhole || !other.isWhole else { return literal }
        let number = DecimalNumber(shortest: value)
        guard other.value.isFinite else { return number.rounded(toDigits: 5).text }
        let largest = DecimalNumber(shortest: max(value.magnitude, other.value.magnitude))
        let difference = DecimalNumber(shortest: (value - other.value).magnitude)
        // Places behind the point, so that both numbers are told alike.
        let decimals = max(5, largest.exponent - difference.exponent + 2) - largest.exponent
        return number.rounded(toDecimals: decimals).text
    }
}

extension DecimalNumber {
    fileprivate var signText: String { sign == .minus && !isZero ? "-" : "" }
    fileprivate var plainText: String { signText + fixed(decimals: decimals) }

    /// `1.7e-3`
    fileprivate var scientificText: String {
        isZero ? "0" : signText + mantissa.fixed(decimals: mantissa.decimals) + "e\(power)"
    }

    fileprivate var text: String { isZero || (-3...9).contains(exponent) ? plainText : scientificText }
}

/// A text in quotation marks, on one line; of a long one the part around the first difference from another.
struct QuotedExcerpt: CustomStringConvertible {
    let description: String
    private static let longest = 60

    init(_ text: String, besides other: String) {
        let (mine, its) = (Array(text), Array(other))
        let first = zip(mine, its).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(mine.count, its.count)
        let start = mine.count <= Self.longest ? 0 : max(0, min(first - 20, mine.count - Self.longest))
        let end = min(mine.count, start + Self.longest)
        let shown = mine[start..<end].map { character in
            switch character {
            case "\n", "\r\n": "⏎"
            case "\r": "␍"
            default: String(character)
            }
        }
        description = "“" + (start > 0 ? "…" : "") + shown.joined() + (end < mine.count ? "…" : "") + "”"
    }
}
