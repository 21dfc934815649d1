/// For the tests: the text of a cell that nobody thought of: one to four quantities, one or two of them states, of sums, products,
/// quotients, powers, functions and matrices.
package struct RandomCell {
    package private(set) var text = ""

    private let draws: Draws
    private var quantities: [String] = []
    private var states: [String] = []
    private var parameterCount = 0

    package init(seed: Int) {
        draws = Draws(seed: seed)
        var names = ["f", "g", "c", "\\tilde{c}", "\\hat{n}", "m", "r", "z", "\\beta", "s", "q", "v"]
        var own: [String] = []
        for _ in 0..<draw(0...3) { own.append(names.remove(at: draw(0...names.count - 1))) }
        own.insert("h", at: draw(0...own.count))
        let others = own.filter { $0 != "h" }
        states = ["h"] + (others.isEmpty || draw(0...1) == 0 ? [] : [others[draw(0...others.count - 1)]])
        // Every state must be read: by itself or by another.
        var lines: [String] = []
        for name in own {
            var right = expression(depth: 3, of: name)
            if states.contains(name) {
                let kept = ["0.5 \(name)_{t-1}", "σ(\(matrix(name)) x_t) ⊙ \(name)_{t-1}", "\(matrix(name)) \(name)_{t-1}"][
                    draw(0...2)]
                right = draw(0...1) == 0 ? "tanh(\(right)) + \(kept)" : "tanh(\(kept) + \(right))"
            }
            lines.append("\(name)_t = \(right)")
            quantities.append(name)
        }
        text = lines.joined(separator: "\n")
    }

    private func draw(_ range: ClosedRange<Int>) -> Int { draws.int(range) }

    /// The letters below a parameter are its own, then, most of the time, those of the quantity that it helps to make.
    private mutating func parameter(_ letter: String, _ owner: String) -> String {
        parameterCount += 1
        let (first, second) = ((parameterCount - 1) / 26, (parameterCount - 1) % 26)
        let number = String(Character(Unicode.Scalar(UInt8(97 + first)))) + String(Character(Unicode.Scalar(UInt8(97 + second))))
        return "\(letter)_{\(number)\(draw(0...3) == 0 ? "" : owner)}"
    }

    private mutating func matrix(_ owner: String) -> String { parameter(["W", "U", "V"][draw(0...2)], owner) }

    /// A vector of h numbers.
    private mutating func expression(depth: Int, of owner: String) -> String {
        if depth == 0 { return leaf(owner) }
        switch draw(0...11) {
        case 0, 1: return "\(expression(depth: depth - 1, of: owner)) + \(expression(depth: depth - 1, of: owner))"
        case 2: return "\(expression(depth: depth - 1, of: owner)) - (\(expression(depth: depth - 1, of: owner)))"
        case 3: return "(\(expression(depth: depth - 1, of: owner))) ⊙ (\(expression(depth: depth - 1, of: owner)))"
        case 4: return "(1 - σ(\(expression(depth: depth - 1, of: owner)))) ⊙ (\(expression(depth: depth - 1, of: owner)))"
        case 5: return "\(["σ", "tanh", "relu"][draw(0...2)])(\(expression(depth: depth - 1, of: owner)))"
        case 6: return "(\(expression(depth: depth - 1, of: owner))) / (1 + e^{tanh(\(expression(depth: depth - 1, of: owner)))})"
        case 7: return "\\frac{\(expression(depth: depth - 1, of: owner))}{2 + (\(expression(depth: depth - 1, of: owner)))²}"
        case 8: return "(\(expression(depth: depth - 1, of: owner)))^\(draw(2...3))"
        case 9: return "\(["0.5", "2", "0.125"][draw(0...2)]) (\(expression(depth: depth - 1, of: owner)))"
        case 10: return "\(["log", "sqrt"][draw(0...1)])(1 + (\(expression(depth: depth - 1, of: owner)))²)"
        default: return "\(matrix(owner)) (\(expression(depth: depth - 1, of: owner)))"
        }
    }

    private mutating func leaf(_ owner: String) -> String {
        switch draw(0...6) {
        case 0, 1: return "\(matrix(owner)) x_t"
        case 2: return "\(matrix(owner)) \(states[draw(0...states.count - 1)])_{t-1}"
        case 3: return "\(states[draw(0...states.count - 1)])_{t-1}"
        case 4: return quantities.isEmpty ? "\(matrix(owner)) x_t" : "\(quantities[draw(0...quantities.count - 1)])_t"
        case 5: return "\(parameter("b", owner)) + \(matrix(owner)) x_t"
        default: return "\(parameter("p", owner)) ⊙ \(states[draw(0...states.count - 1)])_{t-1}"
        }
    }
}
