/// An unevaluated sum of two doubles: the tail holds what rounding took from the head.
struct TwofoldDouble {
    var head: Double
    var tail: Double

    init(head: Double, tail: Double) {
        self.head = head
        self.tail = tail
    }

    /// large + small exactly, where |large| ≥ |small| or large = 0 (Dekker 1971).
    init(large: Double, small: Double) {
        head = large + small
        tail = (large - head) + small
    }

    /// a + b exactly, whichever is larger (Knuth).
    init(sum a: Double, _ b: Double) {
        head = a + b
        let shareOfB = head - a
        tail = (a - (head - shareOfB)) + (b - shareOfB)
    }

    /// a · b exactly, unless it overflows or underflows: each factor is split into halves of 26 bits (Dekker 1971).
    init(product a: Double, _ b: Double) {
        let (aHigh, aLow) = Self.halves(a)
        let (bHigh, bLow) = Self.halves(b)
        head = a * b
        tail = ((aHigh * bHigh - head) + aHigh * bLow + aLow * bHigh) + aLow * bLow
    }

    private static func halves(_ x: Double) -> (high: Double, low: Double) {
        let scaled = x * 0x1.0000002p27
        let high = scaled - (scaled - x)
        return (high, x - high)
    }
}

/// c₀ + c₁x + c₂x² + … by Horner's rule.
@inline(__always) func polynomial(_ x: Double, _ coefficients: Double...) -> Double {
    var value = 0.0
    for coefficient in coefficients.reversed() { value = value * x + coefficient }
    return value
}
