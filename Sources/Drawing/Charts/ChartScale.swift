import Exhibits
import Recurrent

/// Where the values of an axis lie in a chart, and its ticks.
struct ChartScale {
    struct Tick: Hashable {
        var value: Double
        var label: String
    }

    let scale: AxisScale
    /// The values at the axis's ends.
    let lower: Double
    let upper: Double
    let ticks: [Tick]

    /// - Parameters:
    ///   - values: Those without a place on the axis are passed over.
    ///   - isTight: The axis ends at the values instead of at round numbers.
    ///   - isWhole: Between two whole numbers there is nothing to read off.
    ///   - most: About so many intervals between ticks are wanted at most.
    init(_ values: some Sequence<Double>, on axis: ChartAxis, isTight: Bool = false, isWhole: Bool = false, most: Int = 6) {
        scale = axis.scale
        let drawable = values.filter(axis.hasPlace)
        switch scale {
        case .linear: (lower, upper, ticks) = Self.linear(drawable, axis, isTight, isWhole, most)
        case .logarithmic: (lower, upper, ticks) = Self.logarithmic(drawable, axis)
        }
    }

    private static func linear(
        _ values: [Double], _ axis: ChartAxis, _ isTight: Bool, _ isWhole: Bool, _ most: Int
    ) -> (lower: Double, upper: Double, ticks: [Tick]) {
        let least = axis.lower ?? values.min() ?? axis.upper.map { $0 - 1 } ?? 0
        let greatest = axis.upper ?? values.max() ?? least + 1
        let wide = widened(least, greatest)
        let (first, last) = (axis.lower ?? wide.0, axis.upper ?? wide.1)
        let fitting = RoundStep(atLeast: last / Double(most) - first / Double(most))
        let step = isWhole && fitting.size < 1 ? RoundStep(atLeast: 1) : fitting
        let (below, above) = ((first / step.size).rounded(.down), (last / step.size).rounded(.up))
        let lower = axis.lower ?? (isTight ? first : max(step.multiple(below), -.greatestFiniteMagnitude))
        let upper = axis.upper ?? (isTight ? last : min(step.multiple(above), .greatestFiniteMagnitude))
        // Beside one whole number there are no others to be told.
        let isOne = isWhole && isTight && least == greatest
        let steps = (0...Int(above - below)).map { step.multiple(below + Double($0)) }.filter { (lower...upper).contains($0) }
        return (lower, upper, labelled(isOne ? [least] : steps))
    }

    private static func logarithmic(_ values: [Double], _ axis: ChartAxis) -> (lower: Double, upper: Double, ticks: [Tick]) {
        let least = axis.lower ?? values.min() ?? axis.upper.map { $0 / 10 } ?? 1
        let powers = powers(around: least, max(least, axis.upper ?? values.max() ?? 10))
        let upper = axis.upper ?? min(.powerOfTen(powers.upperBound), .greatestFiniteMagnitude)
        let below = Double.powerOfTen(powers.lowerBound)
        // The power of ten may be the upper end that is asked for.
        let lower = axis.lower ?? (below < upper ? below : upper / 10)
        let decades = powers.filter { $0 <= greatestPower && (lower...upper).contains(.powerOfTen($0)) }
        guard decades.count > 1 else {
            return (lower, upper, labelled(withinDecades(lower, upper, powers)))
        }
        let stride = max(1, (decades.count + 5) / 6)
        let shown = decades.filter { ($0 - decades[0]) % stride == 0 }
        // One notation along an axis: powers as soon as one needs it.
        let isPlain = shown.allSatisfy { (-3...3).contains($0) }
        return (
            lower, upper,
            shown.map { power in
                Tick(
                    value: .powerOfTen(power),
                    label: isPlain
                        ? NumberFormat.brief.format(.powerOfTen(power)).plainText : FormattedNumber.tenToThe(power))
            }
        )
    }

    /// From 0 at the axis's lower end to 1 at its upper end.
    func fraction(of value: Double) -> Double {
        switch scale {
        // Halves keep the difference of two huge numbers finite.
        case .linear: (value / 2 - lower / 2) / (upper / 2 - lower / 2)
        case .logarithmic: (log(value) - log(lower)) / (log(upper) - log(lower))
        }
    }

    /// Where one power of ten at most lies on an axis: round numbers between its ends.
    private static func withinDecades(_ lower: Double, _ upper: Double, _ powers: ClosedRange<Int>) -> [Double] {
        let places: [Double]
        if upper / 10 <= lower {
            let step = RoundStep(atLeast: upper / 6 - lower / 6)
            let first = (lower / step.size).rounded(.down)
            places = (0...Int((upper / step.size).rounded(.up) - first)).map { step.multiple(first + Double($0)) }
        } else {
            places = powers.flatMap { power in [1.0, 2, 5].map { $0 * .powerOfTen(power) } }
        }
        return places.filter { (lower...upper).contains($0) }
    }

    /// Numbers along an axis in one notation: with the power of ten of the greatest, if that is shown with one.
    private static func labelled(_ values: [Double]) -> [Tick] {
        let greatest = values.max { $0.magnitude < $1.magnitude } ?? 0
        guard let power = NumberFormat.brief.format(greatest).power else {
            return values.map { Tick(value: $0, label: DecimalNumber(shortest: $0).written) }
        }
        return values.map { value in
            let number = DecimalNumber(shortest: value)
            let digits = number.digits.map { String($0) }.joined()
            let mantissa = DecimalNumber(printed: "\(value < 0 ? "-" : "")0.\(digits)e\(number.exponent - power)")
            let label = (mantissa?.written ?? "") + FormattedNumber.timesTen(toThe: power)
            return Tick(value: value, label: value == 0 ? "0" : label)
        }
    }

    /// Values that are equal, or so close that no tick could tell them apart, get room on both sides.
    private static func widened(_ least: Double, _ greatest: Double) -> (Double, Double) {
        let size = max(least.magnitude, greatest.magnitude)
        guard greatest / 2 - least / 2 <= max(size * 1e-9, 1e-305) else { return (least, greatest) }
        let room = size == 0 ? 1 : max(size / 2, 1e-303)
        return (max(least - room, -.greatestFiniteMagnitude), min(greatest + room, .greatestFiniteMagnitude))
    }

    // Doubles reach from 10⁻³²³ to 10³⁰⁸.
    private static let leastPower = -323
    private static let greatestPower = 308

    private static func powers(around least: Double, _ greatest: Double) -> ClosedRange<Int> {
        let first = max(leastPower, DecimalNumber(shortest: least).power)
        let number = DecimalNumber(shortest: greatest)
        let last = number.digits == [1] ? number.power : number.power + 1
        return first...max(last, first + 1)
    }
}

extension ChartAxis {
    /// Whether the chart has a place for the value: not for what is no number, lies beyond an end, or has no logarithm.
    func hasPlace(_ value: Double) -> Bool {
        isOnScale(value) && lower.map { $0 <= value } ?? true && upper.map { value <= $0 } ?? true
    }

    /// Whether the value is somewhere on the axis or beyond its ends.
    func isOnScale(_ value: Double) -> Bool { value.isFinite && (scale == .linear || value > 0) }
}

/// A distance between ticks: 1, 2 or 5 times a power of ten.
private struct RoundStep {
    private let factor: Double
    private let power: Int

    init(atLeast distance: Double) {
        let power = DecimalNumber(shortest: distance).power
        let rest = distance / .powerOfTen(power)
        let factor = [1.0, 2, 5, 10].first { rest <= $0 * (1 + 1e-9) } ?? 10
        self.factor = factor
        self.power = power
    }

    var size: Double { multiple(1) }

    /// The number that has these decimal digits, so that three times 0.1 is 0.3.
    func multiple(_ count: Double) -> Double {
        Double(printed: "\(Int64(count * factor))e\(power)") ?? count * factor * .powerOfTen(power)
    }
}
