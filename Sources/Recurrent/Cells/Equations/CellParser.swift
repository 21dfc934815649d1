/// Reads a cell's equations and finds the size of every vector and matrix in them.
struct CellParser {
    typealias Token = CellLexer.Token

    /// One equation as it stands in the text.
    struct Line {
        let name: CellName
        let place: CellPlace
        /// What stands behind the sign of equality.
        let tokens: ArraySlice<Token>
    }

    /// What an expression comes to.
    struct Part {
        var expression: CellExpression
        /// nil for a number.
        var size: CellSizes.Variable?
        let place: CellPlace
        let text: String
        /// The part of it that settles its size, which a fault of sizes tells.
        var settler: Settler?
        /// How many expressions stand in one another, itself among them.
        var height = 1
    }

    /// x_t, a quantity or a parameter met before.
    struct Settler {
        let text: String
        let place: CellPlace
        let size: CellSizes.Variable
        /// Whether the size is known to be the input's or the output's.
        let isKnown: Bool
    }

    /// How deep parentheses, and matrices behind one another, may stand: what reads them calls itself.
    static let deepest = 50
    /// How many expressions may stand in one another: what writes and computes them calls itself.
    static let highest = 200

    /// What came of a text.
    struct Result {
        var equations: [CellDefinition.Equation] = []
        var parameters: [CellDefinition.Parameter] = []
        /// The quantities that are read one step later.
        var states: [CellName] = []
        var sizes: [CellName: CellDefinition.Size] = [:]
        var output: CellName
    }

    let shared: [String]
    var lines: [Line] = []
    var order: [CellName: Int] = [:]
    let output: CellName
    var sizes: CellSizes
    var parameters: [(name: CellName, rows: CellSizes.Variable, columns: CellSizes.Variable?)] = []
    var places: [CellName: Int] = [:]
    var states: Set<CellName> = []
    var current = 0
    var rest: ArraySlice<Token> = []
    var depth = 0

    /// - Parameters:
    ///   - output: what a step gives out; h, or the last equation's quantity, if left out.
    ///   - shared: names of parameters that may stand in several places.
    static func parse(_ text: String, output: String?, shared: [String]) throws(CellError) -> Result {
        var parser = try CellParser(try CellLexer.tokens(of: text), output: output, shared: shared)
        return try parser.result()
    }

    init(_ tokens: [Token], output: String?, shared: [String]) throws(CellError) {
        self.shared = shared
        lines = try Self.lines(tokens)
        guard let last = lines.last else {
            throw CellError(
                at: CellPlace(line: 1, column: 1), "there is no equation",
                hint: "Write one a line: h_t = tanh(W x_t + U h_{t-1} + b)"
            )
        }
        for (index, line) in lines.enumerated() {
            guard order[line.name] == nil else {
                throw CellError(
                    at: line.place, "\(Self.told(line.name)) has an equation already",
                    hint: "Give each quantity one equation and a name of its own"
                )
            }
            order[line.name] = index
        }
        let h = CellName("h")
        self.output = output.map { CellName($0) } ?? (order[h] == nil ? last.name : h)
        guard order[self.output] != nil else {
            throw CellError(
                at: last.place, "the output is \(self.output.text), and no equation defines it",
                hint: "Name one of \(lines.map { $0.name.text }.joined(separator: ", ")), or write its equation"
            )
        }
        sizes = CellSizes(output: self.output)
    }

    mutating func result() throws(CellError) -> Result {
        var result = Result(output: output)
        for (index, line) in lines.enumerated() {
            current = index
            rest = line.tokens
            let part = try sum()
            if let token = rest.first { throw unexpected(token) }
            guard part.size != nil else {
                throw CellError(
                    at: part.place, "\(told(line.name)) would be one number, the same at every step",
                    hint: "Let it depend on x_t or on a state"
                )
            }
            let variable = sizes.variable(of: line.name)
            try fit(part, Part(expression: .input, size: variable, place: line.place, text: told(line.name)), isDefinition: true)
            result.equations.append(.init(name: line.name, expression: part.expression))
        }
        result.states = lines.compactMap { states.contains($0.name) ? $0.name : nil }
        result.parameters = parameters.map { parameter in
            .init(name: parameter.name, rows: size(of: parameter.rows), columns: parameter.columns.map { size(of: $0) })
        }
        for line in lines { result.sizes[line.name] = size(of: sizes.variable(of: line.name)) }
        return result
    }

    /// Of a quantity, or else of the parameter that comes first in an equation: of V in W V x_t.
    func size(of variable: CellSizes.Variable) -> CellDefinition.Size {
        sizes.size(variable) ?? .own(parameters.first { sizes.areEqual($0.rows, variable) }?.name.text ?? "")
    }

    // MARK: Lines

    /// The tokens of each equation. A line that begins with a sign goes on with the one before.
    static func lines(_ tokens: [Token]) throws(CellError) -> [Line] {
        var lines: [Line] = []
        var rest = tokens[...]
        while let first = rest.first {
            guard case .name(let name, let time) = first.kind else {
                throw CellError(
                    at: first.place, "an equation begins with what it defines, not with “\(first.text)”",
                    hint: "Write f_t = …"
                )
            }
            try check(left: name, time, first.place)
            rest.removeFirst()
            while rest.count > 1, rest.first?.kind == .lineEnd, rest[rest.startIndex + 1].kind == .equals { rest.removeFirst() }
            let equals = rest.removeFirst()
            guard equals.kind == .equals else {
                throw CellError(
                    at: equals.place,
                    "“=” must follow \(told(name)), not \(equals.kind == .lineEnd ? equals.text : "“\(equals.text)”")",
                    hint: "Write \(told(name)) = …"
                )
            }
            var right: [Token] = []
            var depth = 0
            while let token = rest.popFirst() {
                switch token.kind {
                case .open, .openBrace: depth += 1
                case .close, .closeBrace: depth -= 1
                case .lineEnd:
                    let goesOn = depth > 0 || right.isEmpty || right.last.map { isSign($0.kind) } ?? false
                    if let next = rest.first, isSign(next.kind) || (goesOn && !startsEquation(rest)) { continue }
                default: break
                }
                if token.kind == .lineEnd {
                    guard !right.isEmpty else {
                        throw CellError(
                            at: token.place, "nothing stands behind the “=” of \(told(name))",
                            hint: "Write what \(told(name)) is computed from"
                        )
                    }
                    break
                }
                right.append(token)
            }
            lines.append(Line(name: name, place: first.place, tokens: right[...]))
        }
        return lines
    }

    /// A parenthesis that was never closed must not swallow the next equation.
    static func startsEquation(_ tokens: ArraySlice<Token>) -> Bool {
        guard tokens.count > 1, case .name = tokens[tokens.startIndex].kind else { return false }
        return tokens[tokens.startIndex + 1].kind == .equals
    }

    static func isSign(_ kind: Token.Kind) -> Bool {
        switch kind {
        case .plus, .minus, .over, .elementwise, .dot, .star, .equals: true
        default: false
        }
    }

    static func check(left name: CellName, _ time: CellTime?, _ place: CellPlace) throws(CellError) {
        if name.isMatrix {
            let capital = name.letter.unicodeScalars.first!.value
            let small = capital < 0x80 && capital != 0x58 ? String(Character(Unicode.Scalar(capital + 32)!)) : "f"
            throw CellError(
                at: place,
                "\(CellWriter.text.name(name)) is a matrix, a parameter, for it is a capital; an equation defines a quantity",
                hint: "Write it as a small letter with its step: \(small)_t = …"
            )
        }
        if name == CellName("x") {
            throw CellError(at: place, "x_t is the input; no equation defines it", hint: "Take another letter")
        }
        switch time {
        case nil:
            throw CellError(at: place, "\(CellWriter.text.name(name)) has no step", hint: "Write \(told(name)) = …")
        case .before:
            throw CellError(
                at: place, "an equation defines this step's value, not that of the step before",
                hint: "Write \(told(name)) = …"
            )
        case .now: return
        }
    }

    // MARK: Tokens

    mutating func take(_ isWanted: (Token.Kind) -> Bool) -> Token? {
        guard let token = rest.first, isWanted(token.kind) else { return nil }
        return rest.popFirst()
    }

    /// Behind the last token of the equation.
    var end: CellPlace {
        guard let last = lines[current].tokens.last else { return lines[current].place }
        return CellPlace(line: last.place.line, column: last.place.column + last.text.count)
    }
}
