/// One of a cell's equations with one unit's numbers in the places of its symbols, worked out from line to line.
package struct WorkedEquation {
    /// A part of a line.
    package enum Piece {
        /// TeX between the numbers.
        case tex(String)
        case number(Double)
        /// A sum of products; a term's factors stand together.
        case sum([[Double]])
    }

    /// `f`
    package let symbol: String
    /// The quantity without its step and the right side in symbols, as TeX.
    package let left: String
    package let right: String
    package let lines: [[Piece]]
    package let value: Double
}

/// Puts one unit's numbers into an expression.
struct WorkedExpression {
    typealias Piece = WorkedEquation.Piece

    let numbers: CellNumbers
    let unit: Int
    /// How many units the quantity has.
    let width: Int

    /// Every number in its place; then what stands inside functions and parentheses as one number.
    ///
    /// - Parameter inside: what stands inside the function that the whole expression is, as the layer computed it.
    func lines(of expression: CellExpression, inside: Double?) -> [[Piece]] {
        let whole = pieces(expression)
        if case .apply(let function, let argument) = expression, !argument.isName {
            return [whole, applied(function, [.number(inside ?? number(argument))])]
        }
        let shorter = shortened(expression)
        return shorter.map { [whole, $0] } ?? [whole]
    }

    // MARK: In full

    private func pieces(_ expression: CellExpression) -> [Piece] {
        if let term = term(expression) { return [.sum(term)] }
        switch expression {
        case .sum(let summands): return sum(summands) { pieces($0) }
        case .multiply(let factors): return product(factors.map { inParentheses($0) })
        case .quotient(let above, let below): return fraction(inOneLine(above), inOneLine(below))
        case .power(let base, let exponent): return inParentheses(base, always: true) + [.tex("^\(exponent)")]
        case .apply(let function, let argument):
            return applied(function, function == .sqrt ? inOneLine(argument) : pieces(argument))
        case .number, .input, .quantity, .vector, .product: return [.number(number(expression))]
        }
    }

    /// The products that a matrix's row or a name adds to a sum; nil for what is more than products of numbers.
    private func term(_ expression: CellExpression) -> [[Double]]? {
        switch expression {
        case .input, .quantity, .vector: return [[number(expression)]]
        case .multiply(let factors) where factors.allSatisfy { $0.isName || $0.isNumber }: return [factors.map { number($0) }]
        case .product(let matrix, let operand):
            let row = numbers.parameters[matrix]!
            let columns = row.shape[1]
            let operands: [[Double]]
            if case .multiply(let factors) = operand, factors.allSatisfy({ $0.isName }) {
                operands = factors.map { numbers.value($0) }
            } else {
                operands = [numbers.value(operand)]
            }
            return (0..<columns).map { j in [row.values[unit * columns + j]] + operands.map { $0[j] } }
        default: return nil
        }
    }

    /// Summands that are products of numbers make one sum.
    private func sum(_ summands: [CellExpression.Summand], _ pieces: (CellExpression) -> [Piece]) -> [Piece] {
        var result: [Piece] = []
        // A sum that ends a product, as in (1 - z) · n, takes in nothing that follows.
        var isOpen = false
        for summand in summands {
            if !summand.isSubtracted, let term = term(summand.expression) {
                if isOpen, case .sum(let terms)? = result.last {
                    result[result.count - 1] = .sum(terms + term)
                } else {
                    result += (result.isEmpty ? [] : [.tex("+")]) + [.sum(term)]
                }
                isOpen = true
                continue
            }
            isOpen = false
            if summand.isSubtracted { result.append(.tex("-")) } else if !result.isEmpty { result.append(.tex("+")) }
            let needsParentheses = summand.isSubtracted && (term(summand.expression)?.count ?? 1) > 1 || summand.expression.isSum
            let part = pieces(summand.expression)
            result += needsParentheses ? [.tex("(")] + part + [.tex(")")] : part
        }
        return result
    }

    private func product(_ factors: [[Piece]]) -> [Piece] {
        Array(factors.joined(separator: [.tex("\\cdot")]))
    }

    private func inParentheses(_ expression: CellExpression, always: Bool = false) -> [Piece] {
        let isSum = expression.isSum || (term(expression)?.count ?? 1) > 1
        let inner = pieces(expression)
        return isSum || always ? [.tex("(")] + inner + [.tex(")")] : inner
    }

    private func fraction(_ above: [Piece], _ below: [Piece]) -> [Piece] {
        [.tex("\\frac{")] + above + [.tex("}{")] + below + [.tex("}")]
    }

    /// Sums of a matrix's row, which may take several lines, as one number.
    private func inOneLine(_ expression: CellExpression) -> [Piece] {
        if let term = term(expression), term.count > 3 { return [.number(number(expression))] }
        if case .sum(let summands) = expression {
            return sum(
                summands.map { summand in
                    guard case .product = summand.expression else { return summand }
                    return .init(isSubtracted: summand.isSubtracted, expression: .number(number(summand.expression)))
                }
            ) { inOneLine($0) }
        }
        return pieces(expression)
    }

    private func applied(_ function: CellFunction, _ argument: [Piece]) -> [Piece] {
        if function == .sqrt { return [.tex("\\sqrt{")] + argument + [.tex("}")] }
        return [.tex(CellWriter.tex.name(of: function) + "(")] + argument + [.tex(")")]
    }

    // MARK: Shortened

    /// Functions and parentheses worked out; nil where there are none.
    private func shortened(_ expression: CellExpression) -> [Piece]? {
        switch expression {
        case .number, .input, .quantity, .vector, .product, .apply, .power: return nil
        case .multiply(let factors):
            if factors.allSatisfy({ $0.isName || $0.isNumber }) { return nil }
            return [.sum([factors.map { number($0) }])]
        case .quotient(let above, let below):
            if above.isName && below.isName { return nil }
            return fraction([.number(number(above))], [.number(number(below))])
        case .sum(let summands):
            guard summands.contains(where: { $0.expression.isOpen }) else { return nil }
            return sum(
                summands.map { summand in
                    guard summand.expression.isOpen else { return summand }
                    return .init(isSubtracted: summand.isSubtracted, expression: worked(summand.expression))
                }
            ) { pieces($0) }
        }
    }

    /// A product of the numbers that its factors come to; anything else as one number.
    private func worked(_ expression: CellExpression) -> CellExpression {
        guard case .multiply(let factors) = expression else { return .number(number(expression)) }
        return .multiply(factors.map { .number(number($0)) })
    }

    /// What an expression comes to for this unit.
    private func number(_ expression: CellExpression) -> Double {
        let value = numbers.value(expression)
        return value.count == 1 && width != 1 ? value[0] : value[unit]
    }
}

extension CellExpression {
    /// Whether something in it is still to be worked out.
    fileprivate var isOpen: Bool {
        switch self {
        case .number, .input, .quantity, .vector, .product: false
        case .multiply(let factors): factors.contains { !$0.isName && !$0.isNumber }
        case .sum, .quotient, .power, .apply: true
        }
    }
}
