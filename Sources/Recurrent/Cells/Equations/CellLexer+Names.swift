/// Names with what stands above and below them, in Unicode, ASCII and TeX.
extension CellLexer {
    // MARK: TeX

    mutating func command(_ place: CellPlace) throws(CellError) -> Token.Kind? {
        let start = index
        index += 1
        let word = take { $0.isASCIILetter }
        switch word {
        case "":
            defer { if index < line.count { index += 1 } }
            switch peek {
            case "{": return .open
            case "}": return .close
            // `\\` ends a line, `\,` is a space.
            case nil, "\\", ",", ";", ":", "!", " ": return nil
            default: throw unknownCommand(start)
            }
        case "left", "right", "bigl", "bigr", "big", "Big", "Bigl", "Bigr", "quad", "qquad": return nil
        case "odot", "circ": return .elementwise
        case "cdot": return .dot
        case "times", "ast": return .star
        case "frac", "tfrac", "dfrac": return .fraction
        default:
            if Self.accent(word) != nil || Self.fonts.contains(word) {
                let letter = try argument(of: word, place)
                if let function = CellFunction(word: letter) { return .function(function) }
                guard letter.count == 1, letter.first!.isCellLetter else { throw unknown(letter, place) }
                return try name(letter, place)
            }
            if let function = CellFunction(word: word) { return .function(function) }
            if let letter = Self.greek[word] { return try name(letter, place) }
            throw unknownCommand(start)
        }
    }

    /// Of the command that begins at `start` and has been read up to here.
    func unknownCommand(_ start: Int) -> CellError {
        let word = String(line[start..<max(index, min(start + 2, line.count))])
        return CellError(
            at: CellPlace(line: number, column: start + 1), "\(word) is not among the TeX that equations are read from",
            hint: word == "\\begin" || word == "\\end"
                ? "Leave out \\begin{…} and \\end{…}; equations stand one a line"
                : "There are \\odot, \\cdot, \\frac, \\tilde, \\hat, \\bar, \\dot, Greek letters and \(CellFunction.known)"
        )
    }

    static let fonts = ["mathrm", "mathbf", "boldsymbol", "mathbb", "operatorname", "text", "textrm"]

    static func accent(_ word: String) -> CellName.Accent? {
        switch word {
        case "tilde", "widetilde": .tilde
        case "hat", "widehat": .hat
        case "dot": .dot
        case "bar", "overline": .bar
        default: nil
        }
    }

    static let greek: [String: String] = [
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
        "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
        "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
        "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    ]

    /// What a command that changes letters is given, changed: `{…}`, one character or a command, without spaces.
    mutating func argument(of word: String, _ place: CellPlace, depth: Int = 0) throws(CellError) -> String {
        while peek == " " { index += 1 }
        let text: String
        switch peek {
        case "{": text = try braced(depth: depth)
        case "\\": text = try escaped(depth: depth)
        case .some(let character) where character.isCellLetter || character.isASCIIDigit:
            index += 1
            text = String(character)
        default: throw CellError(at: place, "\\\(word) needs a letter", hint: "Write \\\(word){h}")
        }
        guard !text.isEmpty else { throw CellError(at: place, "\\\(word) needs a letter", hint: "Write \\\(word){h}") }
        guard let accent = Self.accent(word) else { return text }
        guard text.count == 1, text.first!.isCellLetter, CellName.unaccented(text).accent == nil else {
            throw CellError(
                at: place, "\\\(word) stands over one letter without an accent, not over “\(text)”", hint: "Write \\\(word){h}"
            )
        }
        return CellName(letter: text, accent: accent).accented
    }

    // MARK: Names

    /// `letter` with what stands below it.
    mutating func name(_ letter: String, _ place: CellPlace) throws(CellError) -> Token.Kind {
        let (letter, accent) = CellName.unaccented(letter)
        var name = CellName(letter: letter, accent: accent)
        let start = self.place
        let below = try subscripts(of: name)
        var parts = below.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        var time: CellTime?
        switch parts.last ?? "" {
        case "t": time = .now
        case "t-1": time = .before
        case let last where last.hasPrefix("t-") || last.hasPrefix("t+"):
            throw CellError(
                at: start, "\(name.text)_{\(last)} is out of reach: an equation reads step t and step t-1",
                hint: last.hasPrefix("t-")
                    ? "Hand the value on in an equation of its own, v_t = \(name.text)_{t-1}, and read v_{t-1}"
                    : "Read \(name.text)_t or \(name.text)_{t-1}: a step cannot read what comes after it"
            )
        default: break
        }
        if time != nil { parts.removeLast() }
        guard !parts.contains(where: { $0.isEmpty || $0 == "t" || $0.contains("-") || $0.contains("+") }) || below.isEmpty else {
            throw CellError(
                at: start, "“\(below)” is no subscript: letters and digits, then a comma and the step",
                hint: "Write \(name.text)_t, \(name.text)_{t-1}, \(name.text)_{k} or \(name.text)_{k,t}"
            )
        }
        name.below = parts.joined(separator: ",")
        if peek == "'" || peek == "′" {
            throw CellError(
                at: self.place, "a prime has no meaning here",
                hint: "Tell names apart by what stands below them, and steps by t and t-1"
            )
        }
        return .name(name, time)
    }

    /// All that stands below a letter; empty for nothing.
    mutating func subscripts(of name: CellName) throws(CellError) -> String {
        let place = place
        var texts: [String] = []
        let lowered = take { !$0.isASCII && Self.lowered[$0] != nil }
        if !lowered.isEmpty { texts.append(String(lowered.map { Self.lowered[$0]! })) }
        while peek == "_" {
            index += 1
            texts.append(try below())
        }
        if peek == "[", let time = timeInBrackets(to: "]") { texts.append(time) }
        guard texts.count > 1 else { return texts.first ?? "" }
        var (first, last) = (texts[0], texts[texts.count - 1])
        if first.first == "t" { (first, last) = (last, first) }
        guard texts.count == 2, !first.contains("-"), !first.contains("+"), first != "t" else {
            throw CellError(
                at: place, "\(name.text) has several subscripts",
                hint: "Write one, with commas, the step behind them: \(name.text)_{k,t}"
            )
        }
        // W_fx_t, which TeX reads as W_f x_t.
        let isProduct = first.count == 2 && first.last!.isCellLetter
        throw CellError(
            at: place, "\(name.text) has two subscripts, \(first) and \(last)",
            hint: isProduct
                ? "Write a product with a space, \(name.text)_\(first.first!) \(first.last!)_{\(last)}, "
                    + "and one subscript with commas, \(name.text)_{\(first),\(last)}"
                : "Write one, with commas: \(name.text)_{\(first),\(last)}"
        )
    }

    /// `[t]`, `[t-1]`, `(t - 1)`: a step, if it is one.
    mutating func timeInBrackets(to closing: Character) -> String? {
        let inside = line[(index + 1)...].prefix(10)
        guard let end = inside.firstIndex(of: closing) else { return nil }
        let text = inside[..<end].filter { $0 != " " }.map { $0 == "−" || $0 == "–" ? "-" : $0 }
        guard text.first == "t", text.count == 1 || text[1] == "-" || text[1] == "+",
            text.dropFirst(2).allSatisfy({ $0.isASCIIDigit })
        else {
            return nil
        }
        index = end + 1
        return String(text)
    }

    /// What follows `_`: a group, or letters and digits.
    mutating func below() throws(CellError) -> String {
        switch peek {
        case "{":
            let opening = place
            let text = try braced()
            if text.isEmpty { throw CellError(at: opening, "nothing stands below", hint: "Write h_t, h_{t-1} or W_f") }
            return text
        case "(":
            if let time = timeInBrackets(to: ")") { return time }
        case "\\": return try escaped()
        case .some(let character) where character.isASCIILetter || character.isASCIIDigit:
            return take { $0.isASCIILetter || $0.isASCIIDigit }
        case .some(let character) where character.isCellLetter:
            index += 1
            return String(character)
        default: break
        }
        throw CellError(at: place, "something must stand below, behind “_”", hint: "Write h_t, h_{t-1} or W_f")
    }

    /// A command within a name.
    mutating func escaped(depth: Int = 0) throws(CellError) -> String {
        let (start, place) = (index, place)
        try check(depth, place)
        index += 1
        let word = take { $0.isASCIILetter }
        if let letter = Self.greek[word] ?? (word == "sigma" ? "σ" : nil) { return letter }
        if Self.accent(word) != nil || Self.fonts.contains(word) { return try argument(of: word, place, depth: depth + 1) }
        if word.isEmpty, let space = peek, space == "," || space == ";" || space == ":" || space == "!" || space == " " {
            index += 1
            return ""
        }
        throw unknownCommand(start)
    }

    /// From `{` to the `}` that closes it, without spaces, commands read.
    mutating func braced(depth: Int = 0) throws(CellError) -> String {
        let opening = place
        try check(depth, opening)
        index += 1
        var text = ""
        while let character = peek, character != "}" {
            switch character {
            case "{": text += try braced(depth: depth + 1)
            case "\\": text += try escaped(depth: depth + 1)
            case "−", "–":
                text += "-"
                index += 1
            case _ where character.isCellLetter || character.isASCIIDigit || character.isWhitespace || ",+-".contains(character):
                if !character.isWhitespace { text.append(character) }
                index += 1
            default:
                // A brace that was forgotten is the likelier fault.
                guard line[index...].contains("}") else {
                    throw CellError(at: opening, "this “{” is never closed", hint: "Close it with }")
                }
                throw CellError(
                    at: place, "\(Self.told(character)) cannot stand within the braces of a name",
                    hint: "Letters, digits and commas may: W_f, W_{hf}, h_{t-1}, \\tilde{c}_t"
                )
            }
        }
        guard peek == "}" else { throw CellError(at: opening, "this “{” is never closed", hint: "Close it with }") }
        index += 1
        return text
    }

    func check(_ depth: Int, _ place: CellPlace) throws(CellError) {
        if depth > 8 { throw CellError(at: place, "more than 8 braces stand in one another", hint: "One pair is enough: W_{hf}") }
    }

    /// Unicode's subscripts.
    static let lowered: [Character: Character] = [
        "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9", "₋": "-", "₊": "+",
        "ₐ": "a", "ₑ": "e", "ₒ": "o", "ₓ": "x", "ₕ": "h", "ₖ": "k", "ₗ": "l", "ₘ": "m", "ₙ": "n", "ₚ": "p", "ₛ": "s",
        "ₜ": "t", "ᵢ": "i", "ⱼ": "j", "ᵣ": "r", "ᵤ": "u", "ᵥ": "v", "ᵦ": "β", "ᵧ": "γ", "ᵨ": "ρ", "ᵩ": "φ", "ᵪ": "χ",
    ]
}
