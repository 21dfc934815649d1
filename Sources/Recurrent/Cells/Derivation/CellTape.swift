/// A cell composed of tensor operations, each of which the tape knows how to differentiate.
struct CellTape {
    private let definition: CellDefinition
    private let parameters: [CellName: Tensor]

    /// `parameters`: under the names of the equations.
    init(_ definition: CellDefinition, _ parameters: Parameters) {
        self.definition = definition
        var byName: [CellName: Tensor] = [:]
        for (name, tensor) in parameters { byName[CellName(name)] = tensor }
        self.parameters = byName
    }

    /// The outputs (L, outputs) of the steps of x (L, d); `states`: those before the first step, in the definition's order.
    func outputs(_ x: Tensor, _ states: [Tensor]) -> Tensor {
        var before: [CellName: Tensor] = [:]
        for (name, state) in zip(definition.states, states) { before[name] = state }
        return stacked(
            x.unbind().map { x in
                var now: [CellName: Tensor] = [:]
                for equation in definition.equations { now[equation.name] = value(equation.expression, x, now, before) }
                for name in definition.states { before[name] = now[name] }
                return now[definition.output]!
            })
    }

    private func value(_ expression: CellExpression, _ x: Tensor, _ now: [CellName: Tensor], _ before: [CellName: Tensor]) -> Tensor
    {
        func value(_ expression: CellExpression) -> Tensor { self.value(expression, x, now, before) }
        switch expression {
        case .number(let number): return Tensor(number)
        case .input: return x
        case .quantity(let name, let time): return (time == .now ? now : before)[name]!
        case .vector(let name): return parameters[name]!
        case .product(let matrix, let operand): return matmul(parameters[matrix]!, value(operand))
        case .sum(let summands):
            let first = value(summands[0].expression)
            return summands.dropFirst().reduce(summands[0].isSubtracted ? -first : first) {
                $1.isSubtracted ? $0 - value($1.expression) : $0 + value($1.expression)
            }
        case .multiply(let factors): return factors.dropFirst().reduce(value(factors[0])) { $0 * value($1) }
        case .quotient(let above, let below): return value(above) / value(below)
        case .power(let base, let exponent):
            let base = value(base)
            return (1..<exponent).reduce(base) { power, _ in power * base }
        case .apply(let function, let argument): return function.applied(to: value(argument))
        }
    }
}

extension CellFunction {
    func applied(to x: Tensor) -> Tensor {
        switch self {
        case .sigmoid: Recurrent.sigmoid(x)
        case .tanh: Recurrent.tanh(x)
        case .relu: Recurrent.relu(x)
        case .exp: Recurrent.exp(x)
        case .log: Recurrent.log(x)
        case .sqrt: Recurrent.sqrt(x)
        case .step: fail("CellFunction", "the slope of relu has no derivative", got: "one asked for")
        }
    }
}
