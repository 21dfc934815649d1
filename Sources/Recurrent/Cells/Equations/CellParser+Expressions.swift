/// The right side of an equation, from sums down to names and numbers.
extension CellParser {
    // MARK: Sums

    mutating func sum() throws(CellError) -> Part {
        let place = rest.first?.place ?? end
        var isSubtracted = take({ $0 == .minus || $0 == .plus })?.kind == .minus
        var all = try products()
        var summands = [CellExpression.Summand(isSubtracted: isSubtracted, expression: all.expression)]
        while let sign = take({ $0 == .minus || $0 == .plus }) {
            isSubtracted = sign.kind == .minus
            let part = try products()
            summands.append(.init(isSubtracted: isSubtracted, expression: part.expression))
            all = try joined(all, with: part)
        }
        if summands.count == 1, !isSubtracted { return all }
        return Part(
            expression: .sum(summands), size: all.size, place: place, text: "this sum", settler: all.settler, height: all.height + 1
        )
    }

    // MARK: Products

    enum Joint: Equatable {
        case elementwise, dot, star, over, none
    }

    /// Factors from left to right. A matrix takes what stands behind it.
    mutating func products() throws(CellError) -> Part {
        var result = try application()
        var factors = [result.expression]
        while let joint = try joint() {
            let place = rest.first?.place ?? end
            let next = try application()
            if joint == .none || joint == .dot, result.size != nil, next.size != nil {
                let dot = joint == .dot ? ", with a dot between them" : ""
                throw CellError(
                    at: place, "\(result.text) and \(next.text) are both vectors and stand side by side\(dot)",
                    hint: "Write ⊙ between them for a product element by element, or a capital letter for a matrix"
                )
            }
            if joint == .none, case .number = next.expression {
                throw CellError(
                    at: place, "a number stands behind what it multiplies",
                    hint: "Write it in front, or a sign between the two"
                )
            }
            let expression: CellExpression
            if joint == .over {
                expression = .quotient(Self.product(factors), next.expression)
                factors = [expression]
            } else {
                factors.append(next.expression)
                expression = Self.product(factors)
            }
            let both = try joined(result, with: next)
            result = Part(
                expression: expression, size: both.size, place: result.place,
                text: joint == .over ? "this quotient" : "this product",
                settler: both.settler, height: max(result.height + (joint == .over ? 1 : 0), next.height + 1)
            )
            guard result.height <= Self.highest else { throw tooDeep(place) }
        }
        return result
    }

    static func product(_ factors: [CellExpression]) -> CellExpression {
        factors.count == 1 ? factors[0] : .multiply(factors)
    }

    /// What stands between two factors; nil after the last.
    mutating func joint() throws(CellError) -> Joint? {
        guard let token = rest.first else { return nil }
        switch token.kind {
        case .elementwise, .dot, .star, .over:
            rest.removeFirst()
            return switch token.kind {
            case .elementwise: .elementwise
            case .dot: .dot
            case .star: .star
            default: .over
            }
        case .name, .number, .function, .open, .openBrace, .fraction: return Joint.none
        default: return nil
        }
    }

    /// W e, or one factor.
    mutating func application() throws(CellError) -> Part {
        guard let token = rest.first, case .name(let name, let time) = token.kind, name.isMatrix else { return try power() }
        let text = CellWriter.text.name(name)
        rest.removeFirst()
        guard time == nil else {
            throw CellError(
                at: token.place, "\(text) is a matrix, for it is a capital, and matrices are the same at every step",
                hint: "Write \(text) without a step, or a small letter for a quantity"
            )
        }
        if let sign = rest.first, sign.kind == .elementwise {
            throw CellError(
                at: sign.place, "a matrix multiplies a vector without ⊙",
                hint: "Write \(text) and what it multiplies side by side"
            )
        }
        if let sign = rest.first, sign.kind == .power {
            throw CellError(
                at: sign.place, "a matrix has no powers here and is not transposed",
                hint: "Write a matrix of its own, \(freshMatrix)"
            )
        }
        _ = take { $0 == .dot || $0 == .star }
        guard let next = rest.first, Self.startsFactor(next.kind) else {
            throw CellError(
                at: token.place, "\(text) is a matrix, for it is a capital, and multiplies nothing",
                hint: "Write what it multiplies behind it, \(text) x_t, or a small letter for a vector"
            )
        }
        try descend(next.place)
        let operand = try application()
        depth -= 1
        guard let columns = operand.size else {
            throw CellError(
                at: next.place, "the matrix \(text) multiplies a number", hint: "Write the number in front of the matrix")
        }
        let product = "\(text) \(operand.text)"
        let known = places[name].map { parameters[$0] }
        let rows = try use(name, at: token.place, columns: columns)
        if let knownColumns = known?.columns, !sizes.unify(columns, knownColumns) {
            let isWide = sizes.areEqual(columns, CellSizes.input)
            throw CellError(
                at: token.place,
                "\(text) multiplies \(isWide ? "d" : "h") numbers here and \(isWide ? "h" : "d") numbers where it stood before",
                hint: "One matrix multiplies vectors of one size: write another one here, \(freshMatrix)"
            )
        }
        return Part(
            expression: .product(name, operand.expression), size: rows, place: token.place, text: product,
            settler: known == nil ? nil : settler(product, token.place, rows), height: operand.height + 1
        )
    }

    static func startsFactor(_ kind: Token.Kind) -> Bool {
        switch kind {
        case .name, .number, .function, .open, .openBrace, .fraction: true
        default: false
        }
    }

    mutating func power() throws(CellError) -> Part {
        var base = try factor()
        guard take({ $0 == .power }) != nil else { return base }
        base.expression = .power(base.expression, try exponent())
        base.height += 1
        if let second = rest.first, second.kind == .power {
            throw CellError(
                at: second.place, "a second power stands on the first", hint: "Write one power, or parentheses: (a^2)^3")
        }
        return base
    }

    mutating func exponent() throws(CellError) -> Int {
        let place = rest.first?.place ?? end
        let opening = take { $0 == .openBrace }
        let signs = rest
        guard let token = rest.popFirst(), case .number(let value) = token.kind, value >= 2, value <= 9, value == Double(Int(value))
        else {
            let isNegative = signs.first?.kind == .minus
            throw CellError(
                at: place, "a power must be a whole number from 2 to 9",
                hint: isNegative
                    ? "Write a fraction: 1 / a^2"
                    : "Write several factors for others, sqrt(…) for a root, exp(…) for the exponential"
            )
        }
        if let opening, take({ $0 == .closeBrace }) == nil {
            throw rest.first.map { unexpected($0, within: opening) }
                ?? CellError(at: opening.place, "this “{” is never closed", hint: "Close it with }")
        }
        return Int(value)
    }

    // MARK: Factors

    mutating func factor() throws(CellError) -> Part {
        guard let token = rest.popFirst() else {
            throw CellError(
                at: end, "the equation of \(told(lines[current].name)) breaks off",
                hint: "Write what belongs behind its last sign"
            )
        }
        switch token.kind {
        case .number(let value): return Part(expression: .number(value), size: nil, place: token.place, text: token.text)
        case .name(let name, let time): return try named(name, time, token)
        case .function(let function): return try apply(function, token)
        case .open, .openBrace: return try grouped(token)
        case .fraction: return try fraction(token)
        default: throw unexpected(token, afterSign: true)
        }
    }

    /// A token at which the expression could not go on.
    func unexpected(_ token: Token, within opening: Token? = nil, afterSign: Bool = false) -> CellError {
        let message = "“\(token.text)” was not expected here"
        if let opening {
            return CellError(
                at: token.place, message,
                hint: "“\(opening.text)” of column \(opening.place.column) is still open: close it first"
            )
        }
        switch token.kind {
        case .close, .closeBrace:
            return CellError(
                at: token.place, message,
                hint: afterSign && depth > 0
                    ? "Something is missing in front of it: a name, a number, a function or ("
                    : "Nothing was opened that it could close: remove it, or open one in front"
            )
        case .equals: return CellError(at: token.place, message, hint: "Write one equation a line, each with one “=”")
        default:
            return CellError(
                at: token.place, message,
                hint: afterSign
                    ? "Here stands a name, a number, a function or (; a minus behind another sign needs parentheses"
                    : "A power stands behind what it is of: a^2"
            )
        }
    }

    /// Behind a parenthesis or a matrix.
    mutating func descend(_ place: CellPlace) throws(CellError) {
        depth += 1
        if depth > Self.deepest { throw tooDeep(place) }
    }

    func tooDeep(_ place: CellPlace) -> CellError {
        CellError(
            at: place, "this stands too deep: in more than \(Self.deepest) parentheses or quotients",
            hint: "Give a part of it an equation of its own"
        )
    }

    mutating func grouped(_ opening: Token) throws(CellError) -> Part {
        let wanted: Token.Kind = opening.kind == .open ? .close : .closeBrace
        if let token = rest.first, token.kind == wanted {
            throw CellError(
                at: token.place, "nothing stands between “\(opening.text)” and “\(token.text)”",
                hint: "Write an expression there"
            )
        }
        try descend(opening.place)
        let isLast = rest.isEmpty
        let inner = isLast ? nil : try sum()
        depth -= 1
        guard let inner, let closing = rest.first else {
            throw CellError(at: opening.place, "this “\(opening.text)” is never closed", hint: "Close it, or remove it")
        }
        guard closing.kind == wanted, Self.closes(closing.text, opening.text) else { throw unexpected(closing, within: opening) }
        rest.removeFirst()
        return Part(
            expression: inner.expression, size: inner.size, place: opening.place, text: inner.text, settler: inner.settler,
            height: inner.height
        )
    }

    static func closes(_ closing: String, _ opening: String) -> Bool {
        switch opening {
        case "(": closing == ")"
        case "[": closing == "]"
        case "\\{": closing == "\\}"
        default: true
        }
    }

    // MARK: Functions and fractions

    mutating func apply(_ function: CellFunction, _ token: Token) throws(CellError) -> Part {
        // tanh²(…) is the square of tanh(…).
        let exponent = take { $0 == .power } == nil ? nil : try exponent()
        let opening = rest.first
        let argument = try argument(of: function, token)
        if let opening, let power = rest.first, power.kind == .power {
            let isEnclosed = opening.kind == .open || (function == .sqrt && opening.kind == .openBrace)
            let isClear = exponent == nil && !Self.isExponential(token) && isEnclosed
            guard isClear else {
                throw CellError(
                    at: power.place, "this power may be meant of \(token.text) or of what stands behind it",
                    hint: Self.isExponential(token)
                        ? "Write exp(a^2) or exp^2(a)" : "Write \(function.rawValue)(a^2) or \(function.rawValue)^2(a)"
                )
            }
        }
        let applied = CellExpression.apply(function, argument.expression)
        return Part(
            expression: exponent.map { .power(applied, $0) } ?? applied, size: argument.size, place: token.place,
            text: "\(function.rawValue)(…)", settler: argument.settler, height: argument.height + (exponent == nil ? 1 : 2)
        )
    }

    static func isExponential(_ token: Token) -> Bool { token.text == "e^" }

    /// (…), {…} or one name; behind e^ and a sign of root one digit too.
    mutating func argument(of function: CellFunction, _ token: Token) throws(CellError) -> Part {
        let isTight = Self.isExponential(token) || token.text == "√" || token.text == "\\sqrt"
        let example = Self.isExponential(token) ? "e^{…}" : token.text == "\\sqrt" ? "\\sqrt{…}" : "\(token.text)(…)"
        guard let next = rest.first else {
            throw CellError(at: end, "\(token.text) has no argument", hint: "Write \(example)")
        }
        if token.text == "\\sqrt", next.text == "[" {
            throw CellError(at: next.place, "there are square roots only", hint: "Write \\sqrt{…}")
        }
        switch next.kind {
        case .open, .openBrace: return try factor()
        case .name(let name, _) where !name.isMatrix: return try factor()
        case .number where isTight && next.text.count == 1: return try factor()
        default:
            throw CellError(
                at: next.place,
                "\(token.text) needs its argument in \(example.hasSuffix("}") ? "braces" : "parentheses"), before “\(next.text)”",
                hint: "Write \(example)"
            )
        }
    }

    /// What stands behind \frac: {…}{…}, or two digits or names.
    mutating func fraction(_ token: Token) throws(CellError) -> Part {
        let (above, below): (Part, Part)
        if let digits = rest.first, case .number = digits.kind, digits.text.count == 2,
            let first = digits.text.first?.wholeNumberValue,
            let second = digits.text.last?.wholeNumberValue
        {
            // TeX reads \frac12 as a half.
            rest.removeFirst()
            above = Part(expression: .number(Double(first)), size: nil, place: digits.place, text: "\(first)")
            below = Part(expression: .number(Double(second)), size: nil, place: digits.place, text: "\(second)")
        } else {
            above = try argument(ofFraction: token)
            below = try argument(ofFraction: token)
        }
        let both = try joined(above, with: below)
        return Part(
            expression: .quotient(above.expression, below.expression), size: both.size, place: token.place, text: "this fraction",
            settler: both.settler, height: both.height + 1
        )
    }

    mutating func argument(ofFraction token: Token) throws(CellError) -> Part {
        let hint = "Write \(token.text){…}{…}"
        guard let next = rest.first else { throw CellError(at: end, "\(token.text) needs two arguments", hint: hint) }
        switch next.kind {
        case .openBrace: return try factor()
        case .number where next.text.count == 1: return try factor()
        case .name(let name, _) where !name.isMatrix: return try factor()
        default: throw CellError(at: next.place, "\(token.text) needs two arguments in braces, before “\(next.text)”", hint: hint)
        }
    }
}
