import Samples

/// Draws texts and definitions for the tests of cells, the same ones at every run.
struct Dice {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    mutating func int(below count: Int) -> Int { Int(random.next() % UInt64(count)) }

    mutating func chance(_ percent: Int) -> Bool { int(below: 100) < percent }

    mutating func one<C: RandomAccessCollection>(of choices: C) -> C.Element where C.Index == Int {
        choices[choices.startIndex + int(below: choices.count)]
    }
}

// MARK: - Expressions over a few names

extension Dice {
    /// A text over the vectors a, b, c and h_{t-1}, the matrices W and U, and V x_t; a vector always.
    mutating func expression(depth: Int) -> String {
        if depth == 0 { return one(of: ["a", "b", "c", "h_{t-1}", "V x_t"]) }
        switch int(below: 5) {
        case 0: return product(depth: depth)
        case 1: return (chance(30) ? "-" : "") + product(depth: depth) + one(of: [" + ", " - "]) + product(depth: depth - 1)
        case 2: return product(depth: depth - 1) + " - " + product(depth: depth - 1) + one(of: [" + ", " - "]) + number()
        case 3: return number() + one(of: [" + ", " - "]) + product(depth: depth - 1)
        default: return (chance(20) ? "-" : "") + product(depth: depth)
        }
    }

    private mutating func product(depth: Int) -> String {
        switch int(below: 7) {
        case 0: factor(depth: depth)
        case 1: factor(depth: depth) + " ⊙ " + factor(depth: depth - 1)
        case 2: factor(depth: depth) + " / " + factor(depth: depth - 1)
        case 3: factor(depth: depth - 1) + " / " + factor(depth: depth - 1) + one(of: [" ⊙ ", " / "]) + factor(depth: depth - 1)
        case 4: number() + " " + factor(depth: depth)
        case 5: number() + " / " + number() + " " + factor(depth: depth)
        default: number() + " " + factor(depth: depth - 1) + " ⊙ " + factor(depth: depth - 1)
        }
    }

    private mutating func factor(depth: Int) -> String {
        guard depth > 0 else { return one(of: ["a", "b", "c", "h_{t-1}"]) }
        switch int(below: 8) {
        case 0: return one(of: ["W ", "U ", "W U "]) + factor(depth: depth - 1)
        case 1: return "(" + expression(depth: depth - 1) + ")" + one(of: ["", "^2", "^3"])
        case 2: return one(of: ["tanh", "σ", "relu", "tanh^2", "σ^3"]) + "(" + expression(depth: depth - 1) + ")"
        case 3: return one(of: ["tanh", "σ", "exp"]) + "(-" + factor(depth: depth - 1) + ")" + one(of: ["", "^2"])
        case 4: return "e^{-" + factor(depth: depth - 1) + "}"
        case 5: return one(of: ["a", "b", "c", "h_{t-1}"]) + one(of: ["", "^2", "²"])
        case 6: return "(" + expression(depth: depth - 1) + ")"
        default: return one(of: ["a", "b", "c", "h_{t-1}"])
        }
    }

    private mutating func number() -> String { one(of: ["2", "3", "0.9", ".5", "1e-3", "12", "2.5"]) }
}
