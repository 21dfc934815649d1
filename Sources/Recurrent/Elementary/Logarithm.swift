/// The natural logarithm, the same to the last bit on every machine.
extension Elementary {
    /// The natural logarithm; −∞ at zero, NaN below.
    ///
    /// x = 2^k m with √½ ≤ m < √2, and log m = 2 artanh s with s = (m − 1) / (m + 1), |s| < 0.1716.
    /// The quotient s is taken to twice the precision, the series from s³ on to one.
    package static func log(_ x: Double) -> Double {
        guard x > 0, x < .infinity else { return logOfSpecialValue(x) }
        let (k, m) = powerAndMantissa(x)
        let f = m - 1  // exact

        let divisor = TwofoldDouble(large: 2, small: f)
        let s = f / divisor.head
        let product = TwofoldDouble(product: s, divisor.head)
        let remainder = ((f - product.head) - product.tail) - s * divisor.tail
        let sTail = remainder / divisor.head

        // k ln 2 in two parts; the first one is exact.
        let sum = TwofoldDouble(sum: k * 0x1.62e42fefa3800p-1, 2 * s)
        let small = k * 0x1.ef35793c76000p-45 + 2 * sTail + s * artanhRest(s * s)
        return sum.head + (sum.tail + small)
    }

    private static func logOfSpecialValue(_ x: Double) -> Double {
        if x == 0 { return -.infinity }
        return x == .infinity ? .infinity : .nan
    }

    /// k and m with x = 2^k m and √½ ≤ m < √2, to within the rounding of √2.
    private static func powerAndMantissa(_ x: Double) -> (k: Double, m: Double) {
        let isSubnormal = x < 0x1p-1022
        let bits = (isSubnormal ? x * 0x1p54 : x).bitPattern
        // Shifting the origin of the exponent to √½ makes the upper bits count whole powers of two from there.
        let bitsOfRootHalf: UInt64 = 0x3fe6_a09e_667f_3bcd
        let exponent = Int64(bitPattern: bits &- bitsOfRootHalf) >> 52
        let m = Double(bitPattern: bits &- UInt64(bitPattern: exponent << 52))
        return (Double(exponent) - (isSubnormal ? 54 : 0), m)
    }

    /// (2 artanh s − 2s) / s as a function of z = s² ≤ 0.02946.
    ///
    /// Chebyshev interpolation of degree 8 in 400-bit arithmetic, rounded: it moves the logarithm of
    /// a number in the reduced range by less than 2⁻⁶⁰ of itself.
    private static func artanhRest(_ z: Double) -> Double {
        z
            * polynomial(
                z, 0.6666666666666666, 0.3999999999999999, 0.2857142857143541, 0.22222222219844232, 0.18181818595769064,
                0.15384574966460907, 0.13335645841949378, 0.11687962997542156, 0.1188345239410786
            )
    }
}
