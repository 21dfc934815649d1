/// What a formula is made of, as TeX puts it together.
indirect enum TeXNode: Hashable, Sendable {
    case symbol(TeXSymbol)
    /// What stands in braces, or in a cell of a table.
    case group([TeXNode])
    case scripts(base: TeXNode, below: TeXNode?, above: TeXNode?)
    case fraction(TeXNode, TeXNode)
    case root(TeXNode)
    /// The sign stands over the letter.
    case accent(sign: String, TeXNode)
    /// `\tanh`; below `\max` stands in a display what its maximum is taken over.
    case function(String, hasLimits: Bool)
    /// `\operatorname{diag}`
    case operatorName(String)
    /// `\mathrm{…}`: letters that are not slanted.
    case upright(TeXNode)
    /// Between `\left` and `\right`.
    case fenced(left: String, [TeXNode], right: String)
    case table(Table)
    /// In ems.
    case space(Int)
    /// `\,`
    case thinSpace
    case verticalDots
    /// A number and its full value, which is not read.
    case data(value: String, [TeXNode])

    struct Table: Hashable, Sendable {
        /// Lines that are aligned at every other `&`; otherwise columns, each set about its middle.
        var isAligned: Bool
        var rows: [[[TeXNode]]]

        var columnCount: Int { rows.reduce(0) { max($0, $1.count) } }
    }
}

/// One sign of a formula, and how MathML has it.
struct TeXSymbol: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A letter that is slanted.
        case letter
        /// A letter or sign that is not.
        case uprightLetter
        case digit
        /// Has room on both sides.
        case sign
        case parenthesis
        case separator
        /// Is larger in a display, with its limits below and above it.
        case sum
    }

    let text: String
    let kind: Kind

    init(_ text: String, _ kind: Kind) {
        self.text = text
        self.kind = kind
    }
}

extension TeXSymbol {
    /// A character that stands for itself; nil for what has a meaning in TeX or none in formulas.
    init?(_ scalar: Unicode.Scalar) {
        let text = String(Character(scalar))
        switch scalar {
        case "a"..."z", "A"..."Z", "α"..."ω": self.init(text, .letter)
        case "0"..."9": self.init(text, .digit)
        case "-": self.init("−", .sign)
        case "+", "=", "<", ">": self.init(text, .sign)
        case "(", ")", "[", "]": self.init(text, .parenthesis)
        case ",", ";": self.init(text, .separator)
        case ".", "/": self.init(text, .uprightLetter)
        case "\u{391}"..."\u{3A1}", "\u{3A3}"..."\u{3A9}": self.init(Self.latin[text] ?? text, .uprightLetter)
        default: return nil
        }
    }

    /// TeX's letters have no Greek capitals that look like Latin ones.
    private static let latin = [
        "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T",
        "Χ": "X",
    ]

    /// By its command, without the backslash.
    static let named: [String: TeXSymbol] = {
        var symbols: [String: TeXSymbol] = [
            "sum": .init("∑", .sum), "{": .init("{", .parenthesis), "}": .init("}", .parenthesis),
        ]
        for (name, sign) in [("odot", "⊙"), ("cdot", "⋅"), ("times", "×"), ("in", "∈"), ("cdots", "⋯"), ("ddots", "⋱")] {
            symbols[name] = .init(sign, .sign)
        }
        for (name, letter) in [
            ("alpha", "α"), ("beta", "β"), ("gamma", "γ"), ("delta", "δ"), ("epsilon", "ϵ"), ("zeta", "ζ"), ("eta", "η"),
            ("theta", "θ"), ("iota", "ι"), ("kappa", "κ"), ("lambda", "λ"), ("mu", "μ"), ("nu", "ν"), ("xi", "ξ"), ("pi", "π"),
            ("rho", "ρ"), ("sigma", "σ"), ("tau", "τ"), ("upsilon", "υ"), ("phi", "ϕ"), ("chi", "χ"), ("psi", "ψ"), ("omega", "ω"),
        ] {
            symbols[name] = .init(letter, .letter)
        }
        for (name, letter) in [
            ("Gamma", "Γ"), ("Delta", "Δ"), ("Theta", "Θ"), ("Lambda", "Λ"), ("Xi", "Ξ"), ("Pi", "Π"), ("Sigma", "Σ"),
            ("Upsilon", "Υ"), ("Phi", "Φ"), ("Psi", "Ψ"), ("Omega", "Ω"), ("partial", "∂"), ("infty", "∞"), ("top", "⊤"),
        ] {
            symbols[name] = .init(letter, .uprightLetter)
        }
        return symbols
    }()
}
