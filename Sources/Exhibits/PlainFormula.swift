/// A formula for the terminal: the TeX of exhibits in plain characters.
struct PlainFormula: CustomStringConvertible {
    let description: String

    /// `\frac{\partial L}{\partial h_{3}}` becomes `∂L/∂h_3`.
    init(_ tex: String) {
        var text = tex
        for (command, character) in Self.characters { text = text.replacing(command, with: character) }
        description = Self.flattened(text[...])
    }

    /// Longer commands before those that they begin with.
    private static let characters = [
        (#"\operatorname"#, ""), (#"\mathrm"#, ""), (#"\left"#, ""), (#"\right"#, ""), (#"\qquad"#, "  "),
        (#"\partial "#, "∂"), (#"\hat y"#, "ŷ"), (#"\delta"#, "δ"), (#"\sigma"#, "σ"), (#"\alpha"#, "α"),
        (#"\tanh"#, "tanh"), (#"\max"#, "max"), (#"\log"#, "log"), (#"\odot"#, "⊙"), (#"\sum"#, "Σ"),
        (#"\top"#, "ᵀ"), (#"\sqrt"#, "√"), (#"\, "#, " "), (#"\,"#, " "), ("^ᵀ", "ᵀ"), ("^2", "²"),
    ]

    /// Without braces; a fraction stands in one line.
    private static func flattened(_ text: Substring) -> String {
        guard let start = text.firstRange(of: #"\frac{"#) else {
            return text.filter { $0 != "{" && $0 != "}" }
        }
        let numerator = group(text[start.upperBound...])
        let denominator = group(text[numerator.endIndex...].dropFirst(2))
        let rest = text[denominator.endIndex...].dropFirst()
        return flattened(text[..<start.lowerBound]) + flattened(numerator) + "/" + flattened(denominator)
            + flattened(rest)
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
