/// The right side of a cell's equation.
///
/// All products of vectors are element by element; a matrix multiplies what stands behind it.
package indirect enum CellExpression: Hashable, Sendable {
    case number(Double)
    /// x_t
    case input
    /// A quantity at this step or the one before it: f_t, h_{t−1}.
    case quantity(CellName, CellTime)
    /// A parameter that is a vector: b_f, p_o.
    case vector(CellName)
    /// W e
    case product(CellName, CellExpression)
    case sum([Summand])
    /// e ⊙ e ⊙ …; numbers may be among them.
    case multiply([CellExpression])
    case quotient(CellExpression, CellExpression)
    case power(CellExpression, Int)
    case apply(CellFunction, CellExpression)

    package struct Summand: Hashable, Sendable {
        package var isSubtracted = false
        package var expression: CellExpression
    }
}

/// A function of one number, applied to each element.
package enum CellFunction: String, Hashable, Sendable, CaseIterable {
    case sigmoid, tanh, relu, exp, log, sqrt
    /// 1 where its argument is above 0, else 0: the slope of relu. It stands in derivations only.
    case step
}

extension CellExpression {
    /// e + e + …, or the only one of them; 0 for none.
    static func sum(of expressions: [CellExpression]) -> CellExpression {
        expressions.count == 1 ? expressions[0] : .sum(expressions.map { Summand(expression: $0) })
    }

    /// 1 − e
    static func oneMinus(_ expression: CellExpression) -> CellExpression {
        .sum([Summand(expression: .number(1)), Summand(isSubtracted: true, expression: expression)])
    }

    /// e ⊙ e ⊙ …, its numbers as one in front, which is left out if it is 1; 1 for none.
    static func multiplied(_ factors: [CellExpression]) -> CellExpression {
        var (number, others) = (1.0, [CellExpression]())
        func add(_ factor: CellExpression) {
            switch factor {
            case .number(let value): number *= value
            case .multiply(let inner): for factor in inner { add(factor) }
            default: others.append(factor)
            }
        }
        for factor in factors { add(factor) }
        if others.isEmpty { return .number(number) }
        let all = number == 1 ? others : [.number(number)] + others
        return all.count == 1 ? all[0] : .multiply(all)
    }

    var children: [CellExpression] {
        switch self {
        case .number, .input, .quantity, .vector: []
        case .product(_, let operand), .power(let operand, _), .apply(_, let operand): [operand]
        case .sum(let summands): summands.map { $0.expression }
        case .multiply(let factors): factors
        case .quotient(let above, let below): [above, below]
        }
    }

    var isNumber: Bool { if case .number = self { true } else { false } }
    var isSum: Bool { if case .sum = self { true } else { false } }
    var isProduct: Bool { if case .multiply = self { true } else { false } }
    var isQuotient: Bool { if case .quotient = self { true } else { false } }

    /// Whether it is one name or x_t.
    var isName: Bool {
        switch self {
        case .input, .quantity, .vector: true
        default: false
        }
    }

    /// Itself and all its parts, in reading order.
    func forEach(_ body: (CellExpression) -> Void) {
        body(self)
        for child in children { child.forEach(body) }
    }

    /// The quantities that it reads, each once, in reading order.
    func quantities(at time: CellTime) -> [CellName] {
        var names: [CellName] = []
        forEach { part in
            if case .quantity(let name, time) = part, !names.contains(name) { names.append(name) }
        }
        return names
    }

    /// The same with each part changed by `change` where it gives something; the parts of what was changed are not looked at.
    func mapped(_ change: (CellExpression) -> CellExpression?) -> CellExpression {
        if let changed = change(self) { return changed }
        switch self {
        case .number, .input, .quantity, .vector: return self
        case .product(let matrix, let operand): return .product(matrix, operand.mapped(change))
        case .sum(let summands):
            return .sum(summands.map { Summand(isSubtracted: $0.isSubtracted, expression: $0.expression.mapped(change)) })
        case .multiply(let factors): return .multiply(factors.map { $0.mapped(change) })
        case .quotient(let above, let below): return .quotient(above.mapped(change), below.mapped(change))
        case .power(let base, let exponent): return .power(base.mapped(change), exponent)
        case .apply(let function, let argument): return .apply(function, argument.mapped(change))
        }
    }
}
