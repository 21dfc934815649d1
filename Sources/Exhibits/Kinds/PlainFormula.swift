/// A formula for the terminal: the TeX of exhibits in plain characters.
package struct PlainFormula: CustomStringConvertible {
    package let description: String

    /// `\frac{\partial \mathcal{L}}{\partial h_{3}}` becomes `∂ℒ/∂h_3`.
    package init(_ tex: String) {
        var text = tex
        for (command, character) in Self.characters { text = text.replacing(command, with: character) }
        for (command, mark) in Self.accents { text = Self.accented(text, by: command, mark) }
        description = Self.flattened(text[...])
    }

    /// Longer commands before those that they begin with.
    private static let characters =
        [
            (#"\mathcal{L}"#, "ℒ"), (#"\operatorname"#, ""), (#"\mathrm"#, ""), (#"\left"#, ""), (#"\right"#, ""),
            (#"\qquad"#, "  "), (#"\quad"#, " "),
            (#"\partial "#, "∂"), (#"\hat y"#, "ŷ"), (#"\odot"#, "⊙"), (#"\sum"#, "Σ"), (#"\top"#, "ᵀ"), (#"\in "#, "∈ "),
            (#"\{"#, "("), (#"\}"#, ")"), ("_{t-1}", "ₜ₋₁"), ("_{t+1}", "ₜ₊₁"), (#"\, "#, " "), (#"\,"#, " "), ("^ᵀ", "ᵀ"),
            ("^2", "²"), ("^3", "³"),
        ] + ["tanh", "exp", "log", "max", "cdot", "sqrt"].map { (#"\"# + $0, signs[$0] ?? $0) } + letters.map { (#"\"# + $0, $1) }

    private static let signs = ["cdot": "·", "sqrt": "√"]

    /// None begins with another.
    private static let letters = [
        ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ε"), ("zeta", "ζ"), ("eta", "η"),
        ("theta", "θ"),
        ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"), ("pi", "π"), ("rho", "ρ"),
        ("sigma", "σ"), ("tau", "τ"), ("phi", "φ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"), ("Gamma", "Γ"), ("Delta", "Δ"),
        ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"), ("Pi", "Π"), ("Sigma", "Σ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"),
    ]

    private static let accents = [(#"\tilde{"#, "\u{303}"), (#"\hat{"#, "\u{302}"), (#"\bar{"#, "\u{304}"), (#"\dot{"#, "\u{307}")]

    /// `\tilde{c}` becomes `c̃`.
    private static func accented(_ text: String, by command: String, _ mark: String) -> String {
        let parts = text.components(between: command)
        return parts[0]
            + parts.dropFirst().map { part in
                let letter = group(part[...])
                return letter + mark + part[letter.endIndex...].dropFirst()
            }.joined()
    }

    /// Without braces; a fraction stands in one line, and what is under a root in parentheses.
    private static func flattened(_ text: Substring) -> String {
        let (fraction, root) = (text.firstRange(of: #"\frac{"#), text.firstRange(of: "√{"))
        if let root, fraction.map({ root.lowerBound < $0.lowerBound }) ?? true {
            let inner = group(text[root.upperBound...])
            return flattened(text[..<root.lowerBound]) + "√(" + flattened(inner) + ")"
                + flattened(text[inner.endIndex...].dropFirst())
        }
        guard let fraction else { return text.filter { $0 != "{" && $0 != "}" } }
        let numerator = group(text[fraction.upperBound...])
        let denominator = group(text[numerator.endIndex...].dropFirst(2))
        let rest = text[denominator.endIndex...].dropFirst()
        return flattened(text[..<fraction.lowerBound]) + part(numerator) + "/" + part(denominator) + flattened(rest)
    }

    /// One side of a fraction, in parentheses if it is more than one sign.
    private static func part(_ text: Substring) -> String {
        let flat = flattened(text)
        return flat.contains(" ") ? "(\(flat))" : flat
    }

    /// Up to the brace that closes what was open before.
    private static func group(_ text: Substring) -> Substring {
        var depth = 1
        return text.prefix { character in
            depth += character == "{" ? 1 : character == "}" ? -1 : 0
            return depth > 0
        }
    }
}

extension String {
    fileprivate func components(between separator: String) -> [String] {
        var (parts, rest) = ([String](), self[...])
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
