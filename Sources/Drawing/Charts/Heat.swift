/// The tint behind a number: its size in nine steps, its sign in two colours. The number stands there
/// too, so nothing is told by colour alone.
struct Heat {
    /// The size that gets the full tint.
    let scale: Double

    static let levels = 8

    /// - Parameter leastScale: Gates and states mostly lie within ±1; with that as the least scale the tints of
    ///   different quantities can be compared.
    init(_ values: some Sequence<Double>, leastScale: Double = 1) {
        let greatest = values.reduce(leastScale) { $1.isFinite ? max($0, $1.magnitude) : $0 }
        scale = greatest == 0 ? 1 : greatest
    }

    /// `heat-p5`, `heat-n2`; nil for what is almost zero or no number.
    func className(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        let level = Int((value.magnitude / scale * Double(Self.levels)).nearestInteger)
        return Self.className(level: value < 0 ? -level : level)
    }

    /// - Parameter level: From −8 to 8.
    static func className(level: Int) -> String? {
        level == 0 ? nil : "heat-\(level < 0 ? "n" : "p")\(level.magnitude)"
    }
}
