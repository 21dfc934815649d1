/// The tint behind a number: its size in nine steps, its sign in two colours. The number stands there
/// too, so nothing is told by colour alone.
struct Heat {
    /// The size that gets the full tint.
    let scale: Double

    /// - Parameter values: Gates and states mostly lie within ±1, so that is the least scale, and tints of
    ///   different quantities can be compared.
    init(_ values: some Sequence<Double>) {
        scale = values.reduce(1) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    }

    /// `heat-p5`, `heat-n2`; nil for what is almost zero or no number.
    func className(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        let level = Int((value.magnitude / scale * 8).rounded())
        return level == 0 ? nil : "heat-\(value < 0 ? "n" : "p")\(level)"
    }
}
