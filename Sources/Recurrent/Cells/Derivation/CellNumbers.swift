/// The numbers of one sequence at one step, by which a cell's expressions are worked out.
struct CellNumbers {
    var input: [Double]
    var now: [CellName: [Double]] = [:]
    var before: [CellName: [Double]]
    /// Matrices (rows, columns) and vectors.
    let parameters: [CellName: Tensor]

    /// A vector, or one number where the expression is one.
    func value(_ expression: CellExpression) -> [Double] {
        switch expression {
        case .number(let number): return [number]
        case .input: return input
        case .quantity(let name, .now): return now[name]!
        case .quantity(let name, .before): return before[name]!
        case .vector(let name): return parameters[name]!.values
        case .product(let matrix, let operand): return product(matrix, value(operand))
        case .sum(let summands):
            var sum: [Double] = summands[0].isSubtracted ? value(summands[0].expression).map { -$0 } : value(summands[0].expression)
            for summand in summands.dropFirst() {
                sum = Self.combined(sum, value(summand.expression)) { summand.isSubtracted ? $0 - $1 : $0 + $1 }
            }
            return sum
        case .multiply(let factors):
            return factors.dropFirst().reduce(value(factors[0])) { Self.combined($0, value($1)) { $0 * $1 } }
        case .quotient(let above, let below): return Self.combined(value(above), value(below)) { $0 / $1 }
        case .power(let base, let exponent):
            return value(base).map { base in (1..<exponent).reduce(base) { power, _ in power * base } }
        case .apply(let function, let argument): return value(argument).map { function.value($0) }
        }
    }

    /// W v
    private func product(_ matrix: CellName, _ vector: [Double]) -> [Double] {
        let matrix = parameters[matrix]!
        let (rows, columns, values) = (matrix.shape[0], matrix.shape[1], matrix.values)
        return (0..<rows).map { i in
            var sum = 0.0
            for j in 0..<columns { sum += values[i * columns + j] * vector[j] }
            return sum
        }
    }

    /// Wᵀ v
    func transposedProduct(_ matrix: CellName, _ vector: [Double]) -> [Double] {
        let matrix = parameters[matrix]!
        let (rows, columns, values) = (matrix.shape[0], matrix.shape[1], matrix.values)
        var sums = [Double].zeros(columns)
        for i in 0..<rows {
            for j in 0..<columns { sums[j] += values[i * columns + j] * vector[i] }
        }
        return sums
    }

    /// Number by number; one number goes with each of the other's.
    static func combined(_ a: [Double], _ b: [Double], _ combine: (Double, Double) -> Double) -> [Double] {
        if a.count == b.count { return a.indices.map { combine(a[$0], b[$0]) } }
        return a.count == 1 ? b.map { combine(a[0], $0) } : a.map { combine($0, b[0]) }
    }

    /// What the gradient of a term's reader brings through the term's moves; `self` are the numbers of the reader's step.
    func brought(by term: CellGradients.Term, from gradient: [Double]) -> [Double] {
        var result = term.isSubtracted ? gradient.map { -$0 } : gradient
        for move in term.moves {
            switch move {
            case .times(let factor): result = Self.combined(result, value(factor)) { $0 * $1 }
            case .transposed(let matrix): result = transposedProduct(matrix, result)
            }
        }
        return result
    }
}
