/// Writes expressions and names, as TeX or as plain text. What it writes of a definition reads as the same definition.
struct CellWriter: Sendable {
    enum Style: Sendable {
        case tex, text
    }

    var style: Style
    /// What a step is called, and the one before it: `t` and `t-1`, or `3` and `2`.
    var now = "t"
    var before = "t-1"

    static let tex = CellWriter(style: .tex)
    static let text = CellWriter(style: .text)

    /// The same at another step: `t+1`, whose step before is `t`.
    func at(_ now: String, before: String) -> CellWriter {
        CellWriter(style: style, now: now, before: before)
    }

    // MARK: Names

    /// A parameter, or a quantity without its step.
    func name(_ name: CellName) -> String {
        letter(name) + (name.above.isEmpty ? "" : "^" + grouped(name.above)) + (name.below.isEmpty ? "" : "_" + grouped(name.below))
    }

    /// A quantity at its step: `f_t`, `\tilde{c}_{t-1}`, `a^f_t`.
    func quantity(_ name: CellName, _ time: CellTime = .now) -> String {
        let time = time == .now ? now : before
        let below = name.below.isEmpty ? time : name.below + "," + time
        return letter(name) + (name.above.isEmpty ? "" : "^" + grouped(name.above)) + "_" + grouped(below)
    }

    /// What has no name in the cell, at the step: `\hat y_t`, `L_{12}`.
    func atStep(_ symbol: String) -> String { symbol + "_" + grouped(now) }

    private func letter(_ name: CellName) -> String {
        guard style == .tex else { return name.accented }
        let letter = Self.greek(name.letter)
        return name.accent.map { "\\\($0.rawValue){\(letter)}" } ?? letter
    }

    /// In braces unless it is one sign.
    private func grouped(_ text: String) -> String {
        guard style == .tex else { return text.count == 1 ? text : "{\(text)}" }
        var tex = ""
        for character in text {
            // A command ends where no letter follows.
            if tex.last?.isLetter ?? false, tex.contains("\\"), character.isLetter { tex += " " }
            let (letter, accent) = CellName.unaccented(String(character))
            tex += accent.map { "\\\($0.rawValue){\(Self.greek(letter))}" } ?? Self.greek(letter)
        }
        return tex.count == 1 ? tex : "{\(tex)}"
    }

    private static func greek(_ letter: String) -> String {
        commands[letter].map { "\\" + $0 } ?? letter
    }

    private static let commands: [String: String] = [
        "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
        "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
        "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
        "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
    ]

    // MARK: Expressions

    func write(_ expression: CellExpression) -> String {
        switch expression {
        case .number(let value): return Self.decimal(value)
        case .input: return quantity(CellName("x"))
        case .quantity(let name, let time): return quantity(name, time)
        case .vector(let name): return self.name(name)
        case .product(let matrix, let operand): return name(matrix) + " " + inParentheses(operand, if: operand.isCompound)
        case .sum(let summands): return sum(summands)
        case .multiply(let factors): return product(factors)
        case .quotient(let above, let below): return quotient(above, below)
        case .power(let base, let exponent): return power(base, exponent)
        case .apply(let function, let argument): return apply(function, argument)
        }
    }

    private func sum(_ summands: [CellExpression.Summand]) -> String {
        summands.enumerated().map { place, summand in
            let sign = summand.isSubtracted ? (place == 0 ? "-" : " - ") : (place == 0 ? "" : " + ")
            return sign + inParentheses(summand.expression, if: summand.expression.isSum)
        }.joined()
    }

    /// A number stands in front of what it multiplies.
    private func product(_ factors: [CellExpression]) -> String {
        var text = ""
        for (place, factor) in factors.enumerated() {
            let isFirst = place == 0
            if !isFirst {
                if place == 1, case .number = factors[0], !factor.isNumber {
                    text += " "
                } else {
                    text += style == .tex ? " \\odot " : " ⊙ "
                }
            }
            text += inParentheses(factor, if: factor.isSum || factor.isProduct || (style == .text && factor.isQuotient))
        }
        return text
    }

    private func quotient(_ above: CellExpression, _ below: CellExpression) -> String {
        if style == .tex { return "\\frac{\(write(above))}{\(write(below))}" }
        return inParentheses(above, if: above.isSum) + " / "
            + inParentheses(below, if: below.isSum || below.isProduct || below.isQuotient)
    }

    /// tanh²(c) is the square of tanh(c).
    private func power(_ base: CellExpression, _ exponent: Int) -> String {
        if case .apply(let function, let argument) = base, function != .step, function != .sqrt {
            return name(of: function) + "^\(exponent)(" + write(argument) + ")"
        }
        let isBare = base.isName || base.isNumber
        // A letter with a superscript already needs braces around it.
        if style == .tex, case .quantity(let name, _) = base, !name.above.isEmpty { return "{\(write(base))}^\(exponent)" }
        return inParentheses(base, if: !isBare) + "^\(exponent)"
    }

    private func apply(_ function: CellFunction, _ argument: CellExpression) -> String {
        if function == .step { return "[\(write(argument)) > 0]" }
        if style == .tex, function == .sqrt { return "\\sqrt{\(write(argument))}" }
        return name(of: function) + inParentheses(argument, if: true)
    }

    func name(of function: CellFunction) -> String {
        switch (style, function) {
        case (_, .step): ""
        case (.tex, .sigmoid): "\\sigma"
        case (.tex, .relu): "\\operatorname{relu}"
        case (.tex, _): "\\" + function.rawValue
        case (.text, .sigmoid): "σ"
        case (.text, _): function.rawValue
        }
    }

    func inParentheses(_ expression: CellExpression, if isNeeded: Bool) -> String {
        let text = write(expression)
        return isNeeded ? parentheses(text) : text
    }

    /// Tall ones around fractions.
    func parentheses(_ text: String) -> String {
        // Embedded Swift looks for no strings in strings.
        text.split(separator: "\\").contains { $0.hasPrefix("frac") } ? "\\left(\(text)\\right)" : "(\(text))"
    }

    /// A double without an exponent, in as few digits as tell it.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        let number = DecimalNumber(shortest: value)
        return (number.sign == .minus ? "-" : "") + number.fixed(decimals: number.decimals)
    }
}

extension CellExpression {
    /// What a matrix can multiply only as a whole.
    fileprivate var isCompound: Bool { isSum || isProduct || isQuotient }
}

extension CellDefinition: CustomStringConvertible {
    /// The equations as plain text, one a line.
    public var description: String { equations.map { $0.written(.text) }.joined(separator: "\n") }

    /// The equations as TeX.
    public var tex: [String] { equations.map { $0.written(.tex) } }
}

extension CellDefinition.Equation {
    func written(_ writer: CellWriter) -> String { writer.quantity(name) + " = " + writer.write(expression) }
}
