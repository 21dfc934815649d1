#if !hasFeature(Embedded)
import Synchronization
#endif

/// Random numbers that equal those of PyTorch's CPU generator, so that a reader who runs a
/// PyTorch snippet with the same seed sees the same numbers.
///
/// PyTorch draws in single precision unless told otherwise; so do these methods, and widen the
/// result. The order of draws is part of the promise: `normal(count: 3)` twice is not
/// `normal(count: 6)` once the count reaches 16, see ``normal(count:)``.
///
/// Threads may share a generator: each call gets its numbers in one piece, but whose turn comes first is chance.
public final class Generator: Sendable {
    /// The seed of ``default`` until `manualSeed` is called: 0, so that a lesson that forgets to
    /// seed still gives the same numbers at every build. (PyTorch starts with a seed of chance.)
    private static let defaultSeed: UInt64 = 0

    /// The generator behind `Tensor.rand`, `Tensor.randn`, initial parameters and dropout.
    public static var `default`: Generator { current }

    #if hasFeature(Embedded)
    private static let current = Generator(seed: defaultSeed)
    #else
    /// One for the whole program; a task that others must not disturb can have its own:
    /// `Generator.$current.withValue(Generator(seed: 1)) { … }`.
    @TaskLocal package static var current = Generator(seed: defaultSeed)
    #endif

    private let state: Mutex<GeneratorState>

    /// A generator that draws what PyTorch draws after `torch.manual_seed(seed)`.
    ///
    /// As in PyTorch only the lower 32 bits of the seed matter.
    public init(seed: UInt64) {
        state = Mutex(GeneratorState(seed: seed))
    }

    /// Starts anew, as a new generator of this seed would.
    func reseed(_ seed: UInt64) {
        state.withLock { $0 = GeneratorState(seed: seed) }
    }

    /// `count` values from the uniform distribution over [0, 1): `torch.rand(count)`.
    public func uniform(count: Int) -> [Double] {
        requireCount(count)
        return state.withLock { $0.uniform(count: count) }
    }

    /// `count` values from the uniform distribution over [from, to): `torch.empty(count).uniform_(from, to)`.
    ///
    /// PyTorch rounds both bounds and their difference to single precision, scales in double
    /// precision, and rounds the result; anything else differs in the last digit.
    public func uniform(count: Int, from lower: Double, to upper: Double) -> [Double] {
        requireCount(count)
        let (lower, upper) = (Float(lower), Float(upper))
        require(
            lower <= upper && (upper - lower).isFinite,
            "Generator.uniform", "bounds must be finite, with from ≤ to", got: "from: \(lower), to: \(upper)"
        )
        let width = Double(upper - lower)
        return uniform(count: count).map { Double(Float($0 * width + Double(lower))) }
    }

    /// `count` values from the normal distribution of mean 0 and variance 1: `torch.randn(count)`.
    ///
    /// Below 16 values PyTorch draws pairs in double precision, one by one, and keeps an unused
    /// second value for the next call. From 16 on it fills the array with uniform values and
    /// transforms blocks of 16; a last block that is not full is drawn anew over the last 16 places.
    public func normal(count: Int) -> [Double] {
        requireCount(count)
        return state.withLock { $0.normal(count: count) }
    }

    /// `count` whole numbers in 0..<limit: `torch.randint(limit, (count,))`.
    func integers(count: Int, below limit: UInt64) -> [UInt64] {
        state.withLock { state in (0..<count).map { _ in state.integer(below: limit) } }
    }

    /// 0..<count in an order of chance: `torch.randperm(count)`.
    func permutation(_ count: Int) -> [Int] {
        var order = Array(0..<count)
        state.withLock { state in
            for place in order.indices.dropLast() {
                order.swapAt(place, place + state.choice(of: count - place))
            }
        }
        return order
    }

    /// `count` values of the exponential distribution of rate 1: `torch.empty(count).exponential_()`.
    func exponential(count: Int) -> [Double] {
        state.withLock { state in (0..<count).map { _ in -Elementary.log(1 - state.unitDouble()) } }
    }

    /// `count` of the places of `weights`, each drawn in proportion to its weight: `torch.multinomial(…, replacement=True)`.
    func choices(_ weights: [Double], count: Int) -> [Int] {
        var sum = 0.0
        let sums = weights.map { weight in
            sum += weight
            return sum
        }
        let last = weights.lastIndex { $0 > 0 } ?? 0
        return state.withLock { state in
            (0..<count).map { _ in
                let draw = state.unitDouble()
                return sums.firstIndex { $0 / sum > draw } ?? last
            }
        }
    }

    private func requireCount(_ count: Int) {
        require(count >= 0, "Generator", "the count must be 0 or more", got: "\(count)")
    }
}

/// Seeds the default generator: every draw from here on equals PyTorch's after `torch.manual_seed(seed)`.
public func manualSeed(_ seed: UInt64) {
    Generator.default.reseed(seed)
}

// MARK: - State

/// What a generator keeps from one draw to the next.
private struct GeneratorState {
    private var twister: MersenneTwister
    /// Box and Muller's method yields normal values in pairs; the second waits here.
    private var waitingNormal: Double?

    init(seed: UInt64) {
        twister = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
    }

    mutating func uniform(count: Int) -> [Double] {
        var values = [Double]()
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(unitSingle()) }
        return values
    }

    mutating func normal(count: Int) -> [Double] {
        var values = [Double]()
        if count < 16 {
            for _ in 0..<count { values.append(Double(Float(nextNormal()))) }
            return values
        }
        values = uniform(count: count)
        for start in stride(from: 0, through: count - 16, by: 16) {
            transformBlock(&values, at: start)
        }
        if count % 16 != 0 {
            values.replaceSubrange((count - 16)..., with: uniform(count: 16))
            transformBlock(&values, at: count - 16)
        }
        return values
    }

    /// A multiple of 2⁻²⁴ in [0, 1), made of the lower 24 bits of one draw.
    private mutating func unitSingle() -> Double {
        Double(twister.draw() & 0xff_ffff) * 0x1p-24
    }

    /// As PyTorch a remainder of 32 bits, or from 2²⁸ on of 64.
    mutating func integer(below limit: UInt64) -> UInt64 {
        limit < 1 << 28 ? UInt64(twister.draw()) % limit : (UInt64(twister.draw()) << 32 | UInt64(twister.draw())) % limit
    }

    /// A place to swap with, for `torch.randperm`.
    mutating func choice(of count: Int) -> Int {
        Int(UInt64(twister.draw()) % UInt64(count))
    }

    /// A multiple of 2⁻⁵³ in [0, 1), made of the lower 53 bits of two draws, the first one on top.
    mutating func unitDouble() -> Double {
        let upper = UInt64(twister.draw())
        let lower = UInt64(twister.draw())
        return Double((upper << 32 | lower) & (1 << 53 - 1)) * 0x1p-53
    }

    /// One normal value: half of a pair (√(−2 ln(1 − u₂)) cos 2πu₁, √(−2 ln(1 − u₂)) sin 2πu₁).
    private mutating func nextNormal() -> Double {
        if let waiting = waitingNormal {
            waitingNormal = nil
            return waiting
        }
        let angle = 2 * Double.pi * unitDouble()
        let radius = (-2 * Elementary.log(1 - unitDouble())).squareRoot()
        waitingNormal = radius * Elementary.sin(angle)
        return radius * Elementary.cos(angle)
    }

    /// Turns 16 uniform values into normal ones: the first eight give the radii, the last eight the angles.
    private func transformBlock(_ values: inout [Double], at start: Int) {
        for i in start..<(start + 8) {
            let radius = (-2 * Elementary.log(1 - values[i])).squareRoot()
            let angle = 2 * Double.pi * values[i + 8]
            values[i] = Double(Float(radius * Elementary.cos(angle)))
            values[i + 8] = Double(Float(radius * Elementary.sin(angle)))
        }
    }
}

#if hasFeature(Embedded)
/// A WebAssembly module has one thread, and no other to wait for.
private final class Mutex<Value>: @unchecked Sendable {
    private var value: Value

    init(_ value: Value) { self.value = value }

    func withLock<Result>(_ body: (inout Value) -> Result) -> Result { body(&value) }
}
#endif
