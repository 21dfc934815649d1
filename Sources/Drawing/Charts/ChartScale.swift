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
    init(_ values: some Sequence<Double>, scale: AxisScale, isTight: Bool = false) {
        self.scale = scale
        let drawable = values.filter { Self.hasPlace($0, on: scale) }
        let (least, greatest) = (drawable.min(), drawable.max())
        switch scale {
        case .linear:
            let (least, greatest) = Self.widened(least ?? 0, greatest ?? 1)
            let step = RoundStep(atLeast: (greatest / 6 - least / 6))
            let (first, last) = ((least / step.size).rounded(.down), (greatest / step.size).rounded(.up))
            (lower, upper) =
                isTight
                ? (least, greatest)
                : (max(step.multiple(first), -.greatestFiniteMagnitude), min(step.multiple(last), .greatestFiniteMagnitude))
            ticks = (0...Int(last - first)).map { step.multiple(first + Double($0)) }
                .filter { [lower, upper] in $0 >= lower && $0 <= upper }
                .map { Tick(value: $0, label: NumberFormat.brief.format($0).plainText) }
        case .logarithmic:
            let powers = Self.powers(around: least ?? 1, greatest ?? 10)
            (lower, upper) = (.powerOfTen(powers.lowerBound), min(.powerOfTen(powers.upperBound), .greatestFiniteMagnitude))
            let stride = max(1, (powers.count + 5) / 6)
            ticks = powers.filter { $0 <= Self.greatestPower && ($0 - powers.lowerBound) % stride == 0 }
                .map { Tick(value: .powerOfTen($0), label: Self.label(ofPower: $0)) }
        }
    }

    static func hasPlace(_ value: Double, on scale: AxisScale) -> Bool {
        value.isFinite && (scale == .linear || value > 0)
    }

    /// From 0 at the axis's lower end to 1 at its upper end.
    func fraction(of value: Double) -> Double {
        switch scale {
        // Halves keep the difference of two huge numbers finite.
        case .linear: (value / 2 - lower / 2) / (upper / 2 - lower / 2)
        case .logarithmic: (log(value) - log(lower)) / (log(upper) - log(lower))
        }
    }

    /// Values that are equal, or so close that no tick could tell them apart, get room on both sides.
    private static func widened(_ least: Double, _ greatest: Double) -> (Double, Double) {
        let size = max(least.magnitude, greatest.magnitude)
        guard greatest / 2 - least / 2 <= max(size * 1e-9, 1e-290) else { return (least, greatest) }
        let room = size == 0 ? 1 : max(size / 2, 1e-280)
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

    private static func label(ofPower power: Int) -> String {
        switch power {
        case -3...3: NumberFormat.brief.format(.powerOfTen(power)).plainText
        default: FormattedNumber.tenToThe(power)
        }
    }
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

    /// Multiplied before it is divided, so that three times 0.1 is 0.3.
    func multiple(_ count: Double) -> Double {
        power < 0 ? count * factor / .powerOfTen(-power) : count * factor * .powerOfTen(power)
    }
}
