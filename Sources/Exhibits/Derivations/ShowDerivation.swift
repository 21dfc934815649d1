import Recurrent

/// Shows back-propagation through time of a recurrent cell, every equation in symbols and in numbers, and how much of a
/// state's gradient came along the state alone.
///
/// - Parameter entry: The number of a gradient that is followed from the loss on: the parameter `"W_hf"`, or a gate `"f"`,
///   which means the matrix by which it reads a state; then row and column, which vectors leave out of account.
public func show(_ derivation: CellDerivation, following entry: (name: String, row: Int, column: Int)) {
    show(derivation, entry.name, entry.row, entry.column)
}

/// Shows back-propagation through time of a recurrent cell, every equation in symbols and in numbers.
///
/// - Parameter entry: The number of the gradient of the first matrix that multiplies a state which is followed from the
///   loss on, by row and column.
public func show(_ derivation: CellDerivation, following entry: (row: Int, column: Int) = (0, 0)) {
    show(derivation, nil, entry.row, entry.column)
}

private func show(_ derivation: CellDerivation, _ name: String?, _ row: Int, _ column: Int) {
    do {
        Recorder.current.show(try DerivationExhibit(derivation, following: name, row: row, column: column))
    } catch {
        fatalError("show(derivation, following:): \(error)")
    }
}

extension DerivationExhibit {
    package init(
        _ derivation: CellDerivation, following name: String? = nil, row: Int = 0, column: Int = 0
    ) throws(ShowMisuse) {
        let shown = Self.shownSteps(of: derivation.steps.count)
        self.init(
            network: derivation.layer, equations: derivation.symbolicEquations, stepCount: derivation.steps.count,
            forward: shown.map { Step(t: $0 + 1, lines: derivation.forwardLines(step: $0).map(Line.init)) },
            backward: shown.reversed().map { Step(t: $0 + 1, lines: derivation.backwardLines(step: $0).map(Line.init)) },
            trail: try Self.trail(derivation, name, row, column, shown),
            gradients: Self.gradients(
                derivation.gradients, of: derivation.steps.lazy.map { $0.contribution },
                symbol: { derivation.symbol(ofParameter: $0) }, check: derivation.check),
            paths: Self.paths(derivation, shown))
    }

    private static func trail(
        _ derivation: CellDerivation, _ name: String?, _ row: Int, _ column: Int, _ shown: [Int]
    ) throws(ShowMisuse) -> [Line] {
        guard let parameter = derivation.followed(name) else {
            let names = (derivation.definition.parameterNames + derivation.definition.quantities).joined(separator: ", ")
            throw ShowMisuse(description: "needs a parameter, or a quantity with a matrix, of \(names); got \(name ?? "none")")
        }
        let shape = derivation.shape(ofParameter: parameter)
        guard (0..<shape[0]).contains(row), shape.count == 1 || (0..<shape[1]).contains(column) else {
            throw ShowMisuse(
                description: "needs a row and a column of \(parameter), which has shape \(shape); got row \(row), column \(column)")
        }
        return derivation.trail(of: parameter, row: row, column: shape.count == 1 ? nil : column, steps: shown).map(Line.init)
    }

    /// Of the first state that reaches itself along sums and products alone.
    private static func paths(_ derivation: CellDerivation, _ shown: [Int]) -> [Paths] {
        guard let state = derivation.highwayState else { return [] }
        return shown.reversed().map { index in
            let step = derivation.steps[index]
            let highway = step.gradientAlongHighway(of: state)
            return Paths(t: index + 1, state: state, highway: .init(highway), others: .init(step.gradient(of: state) - highway))
        }
    }
}

extension DerivationExhibit.Line {
    fileprivate init(_ line: DerivationLine) {
        // A matrix that no page can hold would be kept again at every step.
        let areReadable = line.terms.allSatisfy { term in term.factors.allSatisfy { $0.values.count <= 400 } }
        self.init(
            left: line.left, right: line.right, terms: areReadable ? line.terms.map { .init($0) } : [],
            parts: line.parts.map { .init($0) }, value: .init(line.value),
            arrival: line.state.map { DerivationExhibit.Arrival(of: $0, line) })
    }
}

extension DerivationExhibit.Arrival {
    /// What comes by each road is a part of the sum, or all of it where there is one road.
    fileprivate init(of state: String, _ line: DerivationLine) {
        let parts = line.parts.isEmpty ? [line.value] : line.parts
        self.init(
            state: state, size: line.value.norm().item,
            roads: zip(line.roads, parts).map { road, part in
                let size = part.norm().item
                return switch road.source {
                case .loss: .init(source: .loss, isLater: false, symbols: road.symbols, size: size)
                case .state(let name, let isLater):
                    .init(source: .state, from: name, isLater: isLater, symbols: road.symbols, size: size)
                case .gates(let isLater): .init(source: .gates, isLater: isLater, symbols: road.symbols, size: size)
                }
            })
    }
}

extension DerivationExhibit.Term {
    fileprivate init(_ term: DerivationLine.Term) {
        let isElementwise = term.isElementwise && !term.factors.allSatisfy { $0.shape.isEmpty }
        self.init(isElementwise ? .elementwise : .plain, term.factors.map { .init($0) }, isSubtracted: term.isSubtracted)
    }
}
