import Recurrent

/// Cells that nobody would think of, as equations: the same for the same seed.
struct RandomCell {
    private var state: UInt64
    private var parameterCount = 0
    private var known = ["h_{t-1}", "c_{t-1}"]

    static func definition(seed: Int) throws -> CellDefinition {
        var cell = RandomCell(state: UInt64(seed))
        return try CellDefinition("Random \(seed)", parsing: cell.equations())
    }

    private init(state: UInt64) { self.state = state &* 0x9E37_79B9_7F4A_7C15 }

    /// SplitMix64.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(bound))
    }

    private mutating func equations() -> String {
        let gates = ["f", "i", "g", "o", "r", "z"].prefix(1 + below(6))
        var lines: [String] = []
        for name in gates {
            lines.append("\(name)_t = \(gate())")
            known.append("\(name)_t")
        }
        // What makes both of them states.
        lines.append("c_t = \(expression(depth: 2)) + c_{t-1}")
        known.append("c_t")
        lines.append("h_t = \(expression(depth: 2)) + 0.5 h_{t-1}")
        return lines.joined(separator: "\n")
    }

    private mutating func any() -> String { known[below(known.count)] }

    private mutating func parameter(_ letter: String) -> String {
        parameterCount += 1
        return "\(letter)_{\(parameterCount)}"
    }

    private mutating func gate() -> String {
        let function = ["σ", "tanh", "relu", "exp"][below(4)]
        let peephole = below(3) == 0 ? " + \(parameter("p")) ⊙ \(any())" : ""
        let inner = below(4) == 0 ? "(\(any()) ⊙ \(any()))" : any()
        return "\(function)(\(parameter("W")) x_t + \(parameter("U")) \(inner) + \(parameter("b"))\(peephole))"
    }

    private mutating func expression(depth: Int) -> String {
        if depth == 0 { return any() }
        let inner = (expression(depth: depth - 1), expression(depth: depth - 1), expression(depth: depth - 1))
        switch below(10) {
        case 0: return "(\(inner.0)) ⊙ (\(inner.1))"
        case 1: return "(\(inner.0)) + (\(inner.1)) - (\(inner.2))"
        case 2: return "(\(inner.0)) - (\(inner.1))"
        case 3: return "(\(inner.0)) / (\(inner.1))"
        case 4: return "(1 - (\(inner.0))) ⊙ \(any())"
        case 5: return "0.9 (\(inner.0))"
        case 6: return "tanh(\(inner.0))"
        case 7: return "\(any()) ⊙ (\(parameter("V")) \(any()) + \(parameter("b")))"
        case 8: return "exp(-(\(inner.0)))"
        default: return gate()
        }
    }
}
