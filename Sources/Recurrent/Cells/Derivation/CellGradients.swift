/// The derivative of the loss by every quantity and parameter of a cell, as equations.
///
/// They follow from the cell's equations by the chain rule alone, from name to name: ∂ℒ/∂q_t is the sum over all that
/// reads q, of ∂ℒ/∂ of the reader times the reader's derivative by q. What is read at t − 1 has its readers at t + 1.
struct CellGradients: Sendable {
    /// One step of the chain rule from a reader's gradient to what it reads.
    enum Move: Hashable, Sendable {
        /// ⊙ e, e being at the reader's step.
        case times(CellExpression)
        /// Wᵀ
        case transposed(CellName)
    }

    /// One way from a reader's gradient to what it reads.
    struct Term: Hashable, Sendable {
        var isSubtracted: Bool
        /// Whose gradient comes in.
        var reader: CellName
        /// Whether the reader is at this step or, for what is read at t − 1, at the next.
        var time: CellTime
        var moves: [Move]
        /// Whether what is read stands inside a function of the reader's equation.
        var passesFunction = false

        /// No matrix on the way.
        var isElementwise: Bool {
            moves.allSatisfy { if case .times = $0 { true } else { false } }
        }

        /// The product of all factors of a way without a matrix.
        var factor: CellExpression {
            .multiplied(moves.compactMap { if case .times(let factor) = $0 { factor } else { nil } })
        }
    }

    /// ∂ℒ/∂q_t of one quantity.
    struct Equation: Sendable {
        let name: CellName
        var terms: [Term]
        /// Whether the loss reads it directly.
        let isOutput: Bool
    }

    /// Where a parameter stands: in the equation of `reader`, by whose gradient, times `moves`, it is reached.
    struct Use: Sendable {
        let parameter: CellName
        let term: Term
        /// What the matrix multiplies; nil for a vector.
        let operand: CellExpression?
    }

    /// In the order of computation, at each step after those that it needs of the same step; states as early as they can be.
    private(set) var equations: [Equation] = []
    private(set) var uses: [Use] = []
    /// What comes to x_t.
    private(set) var inputTerms: [Term] = []
    private let nodes: CellNodes
    private let states: [CellName]

    init(_ definition: CellDefinition, _ nodes: CellNodes) {
        self.nodes = nodes
        states = definition.states
        var terms: [CellName: [Term]] = [:]
        for node in nodes.nodes {
            var walk = Walk(node)
            walk.run()
            for (name, term) in walk.read { terms[name, default: []].append(term) }
            inputTerms += Self.gathered(walk.input)
            uses += walk.uses
        }
        let unordered = nodes.nodes.map { node in
            Equation(
                name: node.name, terms: arranged(Self.gathered(terms[node.name] ?? [])), isOutput: node.name == definition.output)
        }
        equations = ordered(unordered)
    }

    subscript(name: CellName) -> Equation? { equations.first { $0.name == name } }

    /// Whether a gradient is not worth a line of its own: one term without a matrix, which is put in place where the
    /// gradient of its inside is told.
    func isPutInPlace(_ equation: Equation) -> Bool {
        equation.terms.count == 1 && equation.terms[0].isElementwise && !equation.isOutput && !states.contains(equation.name)
            && nodes.inside(of: equation.name) != nil
    }

    /// The terms of an equation, with that of the function's result put in place.
    func toldTerms(_ equation: Equation) -> [Term] {
        guard equation.terms.count == 1, let term = equation.terms.first, case .inside = nodes[equation.name]?.kind,
            let outer = self[term.reader], isPutInPlace(outer)
        else { return equation.terms }
        var told = outer.terms[0]
        told.moves = Self.merged(told.moves + term.moves)
        return [told]
    }

    // MARK: The highway

    /// Whether a term leads on through sums and products alone, past no matrix and no function.
    func isHighway(_ term: Term) -> Bool { passesNoGate(term) && !term.passesFunction }

    /// Whether a term leads past no matrix, and into no quantity that a function makes.
    func passesNoGate(_ term: Term) -> Bool {
        guard term.isElementwise, let reader = nodes[term.reader], case .quantity = reader.kind else { return false }
        return reader.function == nil
    }

    /// The states that reach themselves one step later along the highway.
    var highwayStates: [CellName] {
        states.filter { state in
            self[state]?.terms.contains { $0.time == .before && $0.reader == state && isHighway($0) } ?? false
        }
    }

    // MARK: Order

    /// First this step's readers, then the next step's; of each the highway first.
    private func arranged(_ terms: [Term]) -> [Term] {
        [CellTime.now, .before].flatMap { time in
            let terms = terms.filter { $0.time == time }
            return terms.filter { isHighway($0) } + terms.filter { !isHighway($0) }
        }
    }

    /// A quantity's gradient comes after those of its readers at the same step.
    private func ordered(_ equations: [Equation]) -> [Equation] {
        var (waiting, result) = (equations, [Equation]())
        while !waiting.isEmpty {
            let open = Set(waiting.map { $0.name })
            func isReady(_ equation: Equation) -> Bool {
                equation.terms.allSatisfy { $0.time == .before || !open.contains($0.reader) }
            }
            let next = waiting.firstIndex { isReady($0) && states.contains($0.name) } ?? waiting.firstIndex { isReady($0) }!
            result.append(waiting.remove(at: next))
        }
        return result
    }

    // MARK: Shared factors

    /// Ways from one reader that differ in their last factors only become one way with the sum of these.
    private static func gathered(_ terms: [Term]) -> [Term] {
        var result: [Term] = []
        var seen: [Term] = []
        for term in terms {
            let key = term.withoutTail
            if seen.contains(key) { continue }
            seen.append(key)
            let alike = terms.filter { $0.withoutTail == key }
            guard alike.count > 1 else {
                result.append(term)
                continue
            }
            // What is added comes before what is subtracted.
            let summands = (alike.filter { !$0.isSubtracted } + alike.filter { $0.isSubtracted }).map {
                CellExpression.Summand(isSubtracted: $0.isSubtracted, expression: $0.tail)
            }
            result.append(
                Term(
                    isSubtracted: false, reader: term.reader, time: term.time, moves: key.moves + [.times(.sum(summands))],
                    passesFunction: term.passesFunction
                ))
        }
        return result
    }

    /// Factors that follow one another are one.
    static func merged(_ moves: [Move]) -> [Move] {
        var result: [Move] = []
        for move in moves {
            if case .times(let next) = move, case .times(let last)? = result.last {
                result[result.count - 1] = .times(.multiplied([last, next]))
            } else {
                result.append(move)
            }
        }
        return result
    }
}

extension CellGradients.Term {
    /// The last factors, which no matrix follows; 1 if there are none.
    fileprivate var tail: CellExpression {
        if case .times(let factor)? = moves.last { factor } else { .number(1) }
    }

    fileprivate var withoutTail: Self {
        var term = self
        term.isSubtracted = false
        if case .times? = moves.last { term.moves.removeLast() }
        return term
    }
}

/// Goes through the expression of one node, from the whole to every name in it.
private struct Walk {
    typealias Term = CellGradients.Term
    typealias Move = CellGradients.Move

    let node: CellNodes.Node
    private(set) var read: [(name: CellName, term: Term)] = []
    private(set) var input: [Term] = []
    private(set) var uses: [CellGradients.Use] = []

    init(_ node: CellNodes.Node) { self.node = node }

    mutating func run() { walk(node.expression, Way(isWhole: true)) }

    /// How a part of the expression was reached.
    private struct Way {
        var moves: [Move] = []
        var isSubtracted = false
        var passesFunction = false
        /// Whether the part is the whole expression.
        var isWhole = false

        func on(_ move: Move) -> Way {
            Way(moves: moves + [move], isSubtracted: isSubtracted, passesFunction: passesFunction)
        }

        func times(_ factor: CellExpression) -> Way {
            factor == .number(1)
                ? Way(moves: moves, isSubtracted: isSubtracted, passesFunction: passesFunction) : on(.times(factor))
        }

        func subtracted(if isSubtracted: Bool = true) -> Way {
            Way(moves: moves, isSubtracted: self.isSubtracted != isSubtracted, passesFunction: passesFunction)
        }
    }

    private mutating func walk(_ expression: CellExpression, _ way: Way) {
        func term(_ time: CellTime) -> Term {
            Term(
                isSubtracted: way.isSubtracted, reader: node.name, time: time, moves: CellGradients.merged(way.moves),
                passesFunction: way.passesFunction
            )
        }
        switch expression {
        case .number: break
        case .input: input.append(term(.now))
        case .quantity(let name, let time): read.append((name, term(time)))
        case .vector(let name): uses.append(.init(parameter: name, term: term(.now), operand: nil))
        case .product(let matrix, let operand):
            // ∂(W e)/∂e = W
            uses.append(.init(parameter: matrix, term: term(.now), operand: operand))
            walk(operand, way.on(.transposed(matrix)))
        case .sum(let summands):
            for summand in summands { walk(summand.expression, way.subtracted(if: summand.isSubtracted)) }
        case .multiply(let factors):
            // ∂(u ⊙ v)/∂u = v
            for index in factors.indices {
                var others = factors
                others.remove(at: index)
                walk(factors[index], way.times(.multiplied(others)))
            }
        case .quotient(let above, let below):
            // ∂(u/v)/∂u = 1/v, ∂(u/v)/∂v = −u/v²
            walk(above, way.times(.quotient(.number(1), below)))
            walk(below, way.times(.quotient(above, .power(below, 2))).subtracted())
        case .power(let base, let exponent):
            // ∂uⁿ/∂u = n uⁿ⁻¹
            let lower = exponent == 2 ? base : .power(base, exponent - 1)
            walk(base, way.times(.multiplied([.number(Double(exponent)), lower])))
        case .apply(let function, let argument):
            let result = way.isWhole ? .quantity(node.name, .now) : expression
            var inner = way.times(function.slope(of: result, at: argument))
            inner.passesFunction = true
            walk(argument, inner)
        }
    }
}

extension CellFunction {
    /// The function's derivative, through its result where that is shorter.
    func slope(of result: CellExpression, at argument: CellExpression) -> CellExpression {
        switch self {
        case .sigmoid: .multiply([result, .oneMinus(result)])  // σ′ = σ (1 − σ)
        case .tanh: .oneMinus(.power(result, 2))  // tanh′ = 1 − tanh²
        case .relu: .apply(.step, result)  // 1 where the result is above 0, else 0
        case .exp: result  // exp′ = exp
        case .log: .quotient(.number(1), argument)  // log′ = 1/a
        case .sqrt: .quotient(.number(1), .multiply([.number(2), result]))  // √′ = 1/(2√)
        case .step: .number(0)
        }
    }

    func value(_ x: Double) -> Double {
        switch self {
        case .sigmoid: Elementary.sigmoid(x)
        case .tanh: Elementary.tanh(x)
        case .relu: x <= 0 ? 0 : x
        case .exp: Elementary.exp(x)
        case .log: Elementary.log(x)
        case .sqrt: Elementary.sqrt(x)
        case .step: x > 0 ? 1 : 0
        }
    }
}
