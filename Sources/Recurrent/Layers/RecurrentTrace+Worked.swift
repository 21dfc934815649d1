/// A trace's numbers put into the cell's equations.

extension RecurrentTrace.Step {
    /// The numbers of one sequence of the batch.
    func numbers(ofSequence n: Int, _ parameters: [CellName: Tensor]) -> CellNumbers {
        var numbers = CellNumbers(input: input.row(n), before: [:], parameters: parameters)
        for (symbol, tensor) in previous { numbers.before[CellName(symbol)] = tensor.row(n) }
        for (symbol, tensor) in quantities { numbers.now[CellName(symbol)] = tensor.row(n) }
        return numbers
    }
}

extension RecurrentTrace.Track {
    /// The parameters under the names of the equations.
    var namedParameters: [CellName: Tensor] {
        var byName: [CellName: Tensor] = [:]
        for (name, tensor) in parameters { byName[CellName(name)] = tensor }
        return byName
    }
}

extension RecurrentTrace {
    /// Every equation of the cell, worked out for one unit of one sequence at one step of a track; in one that reads backward
    /// what was read before t is t+1.
    ///
    /// Quantities with fewer units than this one are left out.
    package func workedEquations(_ track: Track, step: Int, sequence: Int, unit: Int) -> [WorkedEquation] {
        let definition = layer.definition
        let writer = track.isReverse ? CellWriter.tex.at("t", before: "t+1") : .tex
        let step = track.steps[step]
        let numbers = step.numbers(ofSequence: sequence, track.namedParameters)
        return definition.equations.compactMap { equation in
            guard let values = numbers.now[equation.name], unit < values.count else { return nil }
            let inside = step.preactivations.first { $0.symbol == equation.name.text }.map { quantity in
                quantity.tensor.values[sequence * quantity.tensor.shape[1] + unit]
            }
            let worked = WorkedExpression(numbers: numbers, unit: unit, width: values.count)
            return WorkedEquation(
                symbol: equation.name.text, left: CellWriter.tex.name(equation.name),
                right: writer.write(equation.expression),
                lines: worked.lines(of: equation.expression, inside: inside), value: values[unit]
            )
        }
    }
}
