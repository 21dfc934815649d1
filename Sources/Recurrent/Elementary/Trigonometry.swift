/// Sine and cosine: the angle is brought to within π/4 of a multiple of π/2, where a polynomial serves.
extension Elementary {
    /// The sine of an angle in radians; NaN for ±∞.
    package static func sin(_ x: Double) -> Double {
        // Also keeps the sign of −0.
        guard x.magnitude > 0x1p-27 else { return x }
        let (quadrant, r) = reducedAngle(x)
        let value = quadrant & 1 == 0 ? sine(of: r) : cosine(of: r)
        return quadrant & 2 == 0 ? value : -value
    }

    /// The cosine of an angle in radians; NaN for ±∞.
    package static func cos(_ x: Double) -> Double {
        let (quadrant, r) = reducedAngle(x)
        let value = quadrant & 1 == 0 ? cosine(of: r) : sine(of: r)
        return (quadrant + 1) & 2 == 0 ? value : -value
    }

    /// sin r = r + r³ S(r²) for |r| ≤ π/4, with sin′ r ≈ 1 − r²/2 for the tail of r.
    private static func sine(of r: TwofoldDouble) -> Double {
        let z = r.head * r.head
        let rest = polynomial(
            z, -0.16666666666666666, 0.008333333333333331, -0.0001984126984126504, 2.755731921932058e-06,
            -2.50521062259944e-08, 1.6058530596645953e-10, -7.586636882825159e-13
        )
        return r.head + (r.head * z * rest + r.tail * (1 - 0.5 * z))
    }

    /// cos r = 1 − r²/2 + r⁴ C(r²) for |r| ≤ π/4, with cos′ r ≈ −r for the tail of r.
    private static func cosine(of r: TwofoldDouble) -> Double {
        let z = r.head * r.head
        let rest = polynomial(
            z, 0.041666666666666664, -0.0013888888888887389, 2.48015872987544e-05, -2.755731726587808e-07,
            2.087614504941318e-09, -1.138254464534925e-11
        )
        let sum = TwofoldDouble(large: 1, small: -0.5 * z)
        return sum.head + (sum.tail + (z * z * rest - r.head * r.tail))
    }
}

// MARK: - Reduction

extension Elementary {
    /// x = n π/2 + r with |r| ≤ π/4, to within rounding; the quadrant is n modulo 4.
    private static func reducedAngle(_ x: Double) -> (quadrant: Int, r: TwofoldDouble) {
        guard x.isFinite else { return (0, TwofoldDouble(head: .nan, tail: .nan)) }
        if x.magnitude <= 0.785 { return (0, TwofoldDouble(head: x, tail: 0)) }
        return x.magnitude < 0x1p20 ? reducedModerateAngle(x) : reducedLargeAngle(x)
    }

    /// Subtracts n · π/2 in four parts; the first three have 33 bits or fewer, so that n times them is exact.
    private static func reducedModerateAngle(_ x: Double) -> (quadrant: Int, r: TwofoldDouble) {
        // Adding 1.5 · 2⁵² rounds to an integer.
        let n = (x * 0x1.45f306dc9c883p-1 + 0x1.8p52) - 0x1.8p52
        let first = x - n * 0x1.921fb54400000p+0
        let second = TwofoldDouble(sum: first, -(n * 0x1.0b4611a600000p-34))
        let third = TwofoldDouble(sum: second.head, -(n * 0x1.3198a2e000000p-69))
        let tail = second.tail + third.tail - n * 0x1.b839a252049c1p-104
        return (Int(n) & 3, TwofoldDouble(large: third.head, small: tail))
    }

    /// Multiplies by 2/π, of which only the bits that matter modulo 4 are looked at (Payne and Hanek 1983).
    private static func reducedLargeAngle(_ x: Double) -> (quadrant: Int, r: TwofoldDouble) {
        // |x| = m 2^e, m an integer of 53 bits. Bits of 2/π up to place e − 2 after the point give
        // multiples of 4; the 192 bits after them give |x| · 2/π modulo 4 in units of 2⁻¹⁹⁰.
        let m = x.significandBitPattern | 1 << 52
        let e = Int(x.exponent) - 52
        var turns = FixedPoint192(product: m, with: FixedPoint192(bitsOfTwoOverPiAt: e - 1))
        var quadrant = Int(turns.words[0] >> 62)
        turns.shiftLeft(by: 2)
        // The fraction of a quarter turn is taken from −½ to ½.
        let isNegative = turns.words[0] >> 63 == 1
        if isNegative {
            quadrant += 1
            turns.negate()
        }
        var r = turns.timesHalfPi()
        if isNegative != (x < 0) { r = TwofoldDouble(head: -r.head, tail: -r.tail) }
        return ((x < 0 ? -quadrant : quadrant) & 3, r)
    }
}

/// 192 bits, the most significant word first.
private struct FixedPoint192 {
    var words: [UInt64]

    /// The bits of 2/π from `place` after the binary point on; places before the point are zero.
    init(bitsOfTwoOverPiAt place: Int) {
        words = (0..<3).map { index in
            // Place 1 is the top bit of the first word.
            let start = place - 1 + 64 * index
            let word = start >> 6, shift = UInt64(start & 63)
            let upper = Self.wordOfTwoOverPi(word) << shift
            return shift == 0 ? upper : upper | Self.wordOfTwoOverPi(word + 1) >> (64 - shift)
        }
    }

    /// The lower 192 bits of factor · bits, in columns of 32 bits as by hand.
    init(product factor: UInt64, with other: FixedPoint192) {
        let digits = other.words.reversed().flatMap { [$0 & 0xffff_ffff, $0 >> 32] }
        var result = [UInt64](repeating: 0, count: 6)
        for (offset, multiplier) in [factor & 0xffff_ffff, factor >> 32].enumerated() {
            var carry: UInt64 = 0
            for index in 0..<(6 - offset) {
                carry &+= digits[index] &* multiplier &+ result[index + offset]
                result[index + offset] = carry & 0xffff_ffff
                carry >>= 32
            }
        }
        words = [result[5] << 32 | result[4], result[3] << 32 | result[2], result[1] << 32 | result[0]]
    }

    mutating func shiftLeft(by count: UInt64) {
        guard count > 0 else { return }
        words = [
            words[0] << count | words[1] >> (64 - count), words[1] << count | words[2] >> (64 - count), words[2] << count,
        ]
    }

    mutating func negate() {
        let low = ~words[2] &+ 1
        let middle = ~words[1] &+ (low == 0 ? 1 : 0)
        words = [~words[0] &+ (low == 0 && middle == 0 ? 1 : 0), middle, low]
    }

    /// The bits as a fraction below 1, times π/2.
    func timesHalfPi() -> TwofoldDouble {
        var normalised = self
        var leadingZeros = 0
        while normalised.words[0] >> 63 == 0, leadingZeros < 128 {
            let count = max(1, min(63, normalised.words[0].leadingZeroBitCount))
            normalised.shiftLeft(by: UInt64(count))
            leadingZeros += count
        }
        let head = Double(normalised.words[0] >> 11) * 0x1p-53
        let tail = Double((normalised.words[0] & 0x7ff) << 42 | normalised.words[1] >> 22) * 0x1p-106
        let scale = Double(sign: .plus, exponent: -leadingZeros, significand: 1)
        let product = TwofoldDouble(product: head, 0x1.921fb54442d18p+0)
        let small = product.tail + (head * 0x1.1a62633145c07p-54 + tail * 0x1.921fb54442d18p+0)
        return TwofoldDouble(large: product.head * scale, small: small * scale)
    }

    private static func wordOfTwoOverPi(_ index: Int) -> UInt64 {
        twoOverPi.indices.contains(index) ? twoOverPi[index] : 0
    }

    /// 2/π = 0.636… in binary after the point, 64 places a word, as far as the largest double needs it.
    private static let twoOverPi: [UInt64] = [
        0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
        0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
        0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f,
        0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b,
        0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab, 0xf0cf_bc20_9af4_361d,
    ]
}
