/// The source of random numbers.
public final class Generator {
    nonisolated(unsafe) public static let `default` = Generator()
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    public func seed(_ seed: UInt64) { state = seed }

    private func next() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return Double(z >> 11) / 9007199254740992
    }

    public func uniform(count: Int, from lower: Double = 0, to upper: Double = 1) -> [Double] {
        (0..<count).map { _ in lower + (upper - lower) * next() }
    }

    public func normal(count: Int) -> [Double] {
        (0..<count).map { _ in (0..<12).reduce(-6) { sum, _ in sum + next() } }
    }
}

/// Starts the default generator afresh.
public func manualSeed(_ seed: UInt64) {
    Generator.default.seed(seed)
}
