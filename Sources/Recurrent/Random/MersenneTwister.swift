/// The 32-bit Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), the source of
/// randomness behind PyTorch's CPU generator.
struct MersenneTwister {
    private static let size = 624
    private static let offset = 397

    private var words: [UInt32]
    private var next: Int

    /// Fills the 624 words of state by Knuth's multiplicative recurrence, as the algorithm's
    /// authors do for a seed of one word.
    init(seed: UInt32) {
        words = [seed]
        words.reserveCapacity(Self.size)
        for i in 1..<Self.size {
            let previous = words[i - 1]
            words.append(1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(i))
        }
        next = Self.size
    }

    /// The next 32 bits.
    mutating func draw() -> UInt32 {
        if next == Self.size { twist() }
        var y = words[next]
        next += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9d2c_5680
        y ^= (y << 15) & 0xefc6_0000
        y ^= y >> 18
        return y
    }

    /// Replaces the whole state by its successor: x[k] ← x[k + 397] ⊕ (upper bit of x[k] | lower 31 bits of x[k + 1]) · A.
    private mutating func twist() {
        for k in 0..<Self.size {
            let joined = (words[k] & 0x8000_0000) | (words[(k + 1) % Self.size] & 0x7fff_ffff)
            let product = (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_b0df)
            words[k] = words[(k + Self.offset) % Self.size] ^ product
        }
        next = 0
    }
}
