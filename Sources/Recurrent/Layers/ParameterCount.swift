/// How many numbers a parameter holds, in the sizes of its cell.
package struct ParameterCount {
    /// How many of the equations' parameters stand below one another in it.
    package let blocks: Int
    package let rows: CellDefinition.Size
    /// nil for vectors.
    package let columns: CellDefinition.Size?
    /// Whether each vector has a row of its own, as peepholes have.
    package let isStackOfVectors: Bool
}

extension RecurrentLayer {
    /// Of each of the layer's parameters, in their order.
    package var parameterCounts: [ParameterCount] {
        stack.directions.flatMap { direction in
            direction.parameters.map { name, tensor in
                let names = direction.equationNames(of: name)
                let first = definition.parameters.first { $0.name.text == names[0] }!
                return ParameterCount(
                    blocks: names.count, rows: first.rows, columns: first.columns,
                    isStackOfVectors: first.columns == nil && tensor.shape.count == 2
                )
            }
        }
    }
}

extension CellDefinition {
    /// `4h(d + h + 2)`, the count of all parameters of one layer in one direction that reads so many features, as TeX;
    /// nil where a size has no letter.
    ///
    /// `isProjected`: what a step gives out is made by one matrix (p, h) of the units, as an LSTM's with a projection;
    /// then the equations' own size is h, and the output's p: `4h(d + p + 2) + p \cdot h`.
    package func countFormula(reading features: String, isProjected: Bool = false) -> String? {
        var (ofInput, ofUnits, vectors) = (0, 0, 0)
        for parameter in parameters where !isProjected || parameter.rows != .units {
            guard isProjected || parameter.rows == .units else { return nil }
            switch parameter.columns {
            case nil: vectors += 1
            case .features: ofInput += 1
            case .units: ofUnits += 1
            case .own: return nil
            }
        }
        let common = max(1, Self.greatestCommonDivisor(ofInput, ofUnits))
        func times(_ count: Int, _ letter: String) -> String { count == 1 ? letter : "\(count)\(letter)" }
        var terms: [String] = []
        if ofInput > 0 { terms.append(times(ofInput / common, features)) }
        if ofUnits > 0 { terms.append(times(ofUnits / common, isProjected ? "P" : "H")) }
        if vectors / common > 0 { terms.append("\(vectors / common)") }
        let rest = vectors % common
        return "\(times(common, "H"))(\(terms.joined(separator: " + ")))" + (rest > 0 ? " + \(times(rest, "H"))" : "")
            + (isProjected ? #" + P \cdot H"# : "")
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }
}
