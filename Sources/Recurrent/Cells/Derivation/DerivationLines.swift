/// A derivation line by line: each equation in symbols, the numbers in their places, and its value.
package struct DerivationLine {
    /// What the right side adds up.
    package struct Term {
        /// Multiplied element by element, or a matrix with a vector.
        package let isElementwise: Bool
        package let factors: [Tensor]
        package let isSubtracted: Bool

        init(_ factors: [Tensor], isElementwise: Bool = true, isSubtracted: Bool = false) {
            self.factors = factors
            self.isElementwise = isElementwise
            self.isSubtracted = isSubtracted
        }
    }

    /// One of the ways by which the loss comes back to a state.
    package struct Road {
        package enum Source: Hashable {
            /// Straight from the loss, or through the output alone.
            case loss
            /// From the gradient of a state, at this step or, for what is read at t − 1, at the next.
            case state(String, isLater: Bool)
            /// Through what else a step computes, its gates.
            case gates(isLater: Bool)
        }

        package let source: Source
        /// TeX.
        package let symbols: String
    }

    /// TeX.
    package let left: String
    /// TeX; empty where the terms say all.
    package let right: String
    package let terms: [Term]
    /// What each of several terms brings; empty for one.
    package let parts: [Tensor]
    package let value: Tensor
    /// The state whose gradient it is; nil for all else.
    package var state: String?
    /// How each of the terms, and so each of the parts, comes to the state; empty for all else.
    package var roads: [Road] = []

    init(_ left: String, _ right: String, _ value: Tensor) { self.init(left, right, [], value) }

    init(_ left: String, _ right: String, _ terms: [Term], parts: [Tensor] = [], _ value: Tensor) {
        self.left = left
        self.right = right
        self.terms = terms
        self.parts = parts
        self.value = value
    }
}

extension CellDerivation {
    /// The names of the steps around the step at `index`: papers count from 1.
    private func names(_ index: Int) -> (now: CellWriter, next: CellWriter) {
        let (tex, t) = (CellWriter.tex, index + 1)
        return (tex.at("\(t)", before: "\(t - 1)"), tex.at("\(t + 1)", before: "\(t)"))
    }

    // MARK: In symbols

    /// The whole derivation in symbols, as TeX: the cell, every gradient of a step, and every parameter's.
    package var symbolicEquations: [String] {
        let tex = CellWriter.tex
        let (next, last) = (tex.at("t+1", before: "t"), tex.at("L", before: "L-1"))
        var lines = writer.forwardEquations()
        if writer.isPredicted {
            lines.append("\\hat y_t = \\operatorname{softmax}(\(tex.quantity(definition.output)))")
            lines.append(
                "\(GradientWriter.loss) = \\sum_t \(GradientWriter.loss)_t, \\qquad \(GradientWriter.loss)_t = -\\log \\hat y_t[y_t]"
            )
        }
        for equation in equations.equations where !equations.isPutInPlace(equation) && writer.diagonal(equation.name) == nil {
            if writer.isPredicted, equation.isOutput, equation.terms.isEmpty {
                lines.append(writer.symbol(equation.name, tex) + " = " + writer.difference(tex))
                continue
            }
            let groups = writer.groups(equations.toldTerms(equation))
            let hasSeed = equation.isOutput
            // The last step, where the recursion begins.
            if definition.states.contains(equation.name), groups.contains(where: { $0.terms[0].time == .before }) {
                let first = groups.filter { $0.terms[0].time == .now }
                lines.append(writer.symbol(equation.name, last) + " = " + writer.sum(first, hasSeed: hasSeed, last, next: last))
            }
            lines.append(writer.symbol(equation.name, tex) + " = " + writer.sum(groups, hasSeed: hasSeed, tex, next: next))
        }
        return lines + writer.parameterEquations()
    }

    // MARK: In numbers

    /// What was computed at one step before anything was differentiated.
    package func forwardLines(step index: Int) -> [DerivationLine] {
        let names = names(index).now
        let step = steps[index]
        var lines = [DerivationLine(names.quantity(CellName("x")), "", Tensor(step.numbers.input))]
        for node in nodes.nodes where writer.diagonal(node.name) == nil {
            let value = Tensor(step.numbers.now[node.name]!)
            let (left, own) = (names.quantity(node.name), definition.equation(of: node.name))
            if let inside = nodes.inside(of: node.name), writer.diagonal(inside.name) != nil, let own {
                lines.append(DerivationLine(left, names.write(own), value))
            } else if case .inside = node.kind {
                lines.append(DerivationLine(left, names.write(node.expression), value))
            } else {
                lines.append(
                    DerivationLine(left, names.write(node.expression), step.summands(of: node.expression, like: value), value))
            }
        }
        if let prediction = step.prediction {
            let (hat, output) = (names.atStep("\\hat y"), names.quantity(definition.output))
            lines.append(DerivationLine(hat, "\\operatorname{softmax}(\(output))", Tensor(prediction.probabilities)))
            lines.append(
                DerivationLine(names.atStep(GradientWriter.loss), "-\\log \(hat)[\(prediction.label)]", Tensor(prediction.loss)))
        }
        return lines
    }

    /// Every gradient of one step, in the order in which they are found.
    package func backwardLines(step index: Int) -> [DerivationLine] {
        let (names, next) = names(index)
        return equations.equations.filter { !equations.isPutInPlace($0) }.map { equation in
            let value = Tensor(steps[index].gradients[equation.name]!)
            let left = writer.symbol(equation.name, names)
            if let prediction = steps[index].prediction, equation.isOutput, equation.terms.isEmpty {
                let probabilities = Tensor(prediction.probabilities)
                return DerivationLine(
                    left, writer.difference(names), [.init([probabilities]), .init([probabilities - value], isSubtracted: true)],
                    value
                )
            }
            let told = self.told(equation, index)
            let groups = writer.groups(told)
            let seed = steps[index].seeds[equation.name].map { Tensor($0) }
            let terms = (seed.map { [DerivationLine.Term([$0])] } ?? []) + groups.map { numbers($0, index) }
            let parts =
                (seed.map { [$0] } ?? [])
                + groups.map { group in
                    group.terms.dropFirst().reduce(brought(group.terms[0], index)) { $0 + brought($1, index) }
                }
            // What is written as diag(f′) δ says by its left side what it is.
            let right = writer.diagonal(equation.name) == nil ? writer.sum(groups, hasSeed: seed != nil, names, next: next) : ""
            var line = DerivationLine(
                left, right, terms.count == 1 && seed != nil ? [] : terms, parts: parts.count > 1 ? parts : [], value)
            if definition.states.contains(equation.name) {
                line.state = equation.name.text
                line.roads =
                    (seed == nil ? [] : [.init(source: .loss, symbols: writer.seed(names))])
                    + groups.map { group in
                        let symbols = writer.sum([group], hasSeed: false, names, next: next)
                        return .init(source: source(of: group.terms[0]), symbols: symbols)
                    }
            }
            return line
        }
    }

    /// The terms that there are at a step: after the last none comes from the next.
    private func told(_ equation: CellGradients.Equation, _ index: Int) -> [CellGradients.Term] {
        equations.toldTerms(equation).filter { $0.time == .now || index + 1 < steps.count }
    }

    /// Where a way to a state begins.
    private func source(of term: CellGradients.Term) -> DerivationLine.Road.Source {
        let isLater = term.time == .before
        if definition.states.contains(term.reader) { return .state(term.reader.text, isLater: isLater) }
        // What is inside the only function is told by the gradient of its result.
        if let result = writer.diagonal(term.reader) { return .state(result.name.text, isLater: isLater) }
        return term.reader == definition.output && !isLater ? .loss : .gates(isLater: isLater)
    }

    private func reader(_ term: CellGradients.Term, _ index: Int) -> Step { steps[term.time == .now ? index : index + 1] }

    private func brought(_ term: CellGradients.Term, _ index: Int) -> Tensor {
        let reader = reader(term, index)
        return Tensor(reader.numbers.brought(by: term, from: reader.gradients[term.reader]!))
    }

    /// The numbers of a term as its symbols order them.
    private func numbers(_ group: GradientWriter.Group, _ index: Int) -> DerivationLine.Term {
        switch group {
        case .single(let term):
            let reader = reader(term, index)
            return reader.numbersOfTerm(term)
        case .gates(_, _, let terms):
            let reader = reader(terms[0], index)
            let matrices: [Tensor] = terms.map { term in
                guard case .transposed(let matrix) = term.moves[0] else { return Tensor(0) }
                return reader.numbers.parameters[matrix]!
            }
            let gradients = terms.map { Tensor(reader.gradients[$0.reader]!) }
            return .init([concatenated(matrices).transposed(), concatenated(gradients)], isElementwise: false)
        }
    }
}

extension CellDerivation.Step {
    /// The reader's gradient and what it is multiplied by; behind the last matrix, that matrix's product is one number.
    fileprivate func numbersOfTerm(_ term: CellGradients.Term) -> DerivationLine.Term {
        var rest = term.moves[...]
        var before: [CellGradients.Move] = []
        while rest.contains(where: { if case .transposed = $0 { true } else { false } }) { before.append(rest.removeFirst()) }
        func factors(_ moves: ArraySlice<CellGradients.Move>) -> [Tensor] {
            moves.flatMap { move -> [Tensor] in
                guard case .times(let factor) = move else { return [] }
                return self.factors(of: factor)
            }
        }
        guard case .transposed(let matrix)? = before.popLast() else {
            return .init([Tensor(gradients[term.reader]!)] + factors(rest), isSubtracted: term.isSubtracted)
        }
        var inner = term
        inner.isSubtracted = false
        inner.moves = before
        let vector = numbers.brought(by: inner, from: gradients[term.reader]!)
        if rest.isEmpty {
            return .init(
                [numbers.parameters[matrix]!.transposed(), Tensor(vector)], isElementwise: false, isSubtracted: term.isSubtracted)
        }
        return .init(factors(rest) + [Tensor(numbers.transposedProduct(matrix, vector))], isSubtracted: term.isSubtracted)
    }

    /// The numbers of factors that are multiplied element by element.
    private func factors(of expression: CellExpression) -> [Tensor] {
        guard case .multiply(let factors) = expression else { return [tensor(of: expression)] }
        return factors.map { tensor(of: $0) }
    }

    private func tensor(of expression: CellExpression) -> Tensor {
        if case .number(let number) = expression { return Tensor(number) }
        return Tensor(numbers.value(expression))
    }

    /// What a quantity's equation adds up; empty for one name.
    fileprivate func summands(of expression: CellExpression, like value: Tensor) -> [DerivationLine.Term] {
        if expression.isName { return [] }
        if case .apply = expression { return [] }
        guard case .sum(let summands) = expression else { return [term(of: expression, isSubtracted: false, like: value)] }
        return summands.map { term(of: $0.expression, isSubtracted: $0.isSubtracted, like: value) }
    }

    private func term(of expression: CellExpression, isSubtracted: Bool, like value: Tensor) -> DerivationLine.Term {
        switch expression {
        case .multiply(let factors): return .init(factors.map { tensor(of: $0) }, isSubtracted: isSubtracted)
        case .product(let matrix, let operand):
            return .init(
                [numbers.parameters[matrix]!, Tensor(numbers.value(operand))], isElementwise: false, isSubtracted: isSubtracted)
        case .number(let number): return .init([Tensor.filled(value.shape, with: number)], isSubtracted: isSubtracted)
        default: return .init([Tensor(numbers.value(expression))], isSubtracted: isSubtracted)
        }
    }
}

// MARK: - One number followed

extension CellDerivation {
    /// The parameter that a name means: itself, or the matrix by which a quantity's equation reads a state.
    ///
    /// Without a name, the first matrix that multiplies a state.
    package func followed(_ name: String?) -> String? {
        func isRecurrent(_ use: CellGradients.Use) -> Bool { !(use.operand?.quantities(at: .before).isEmpty ?? true) }
        guard let name else { return equations.uses.first(where: isRecurrent)?.parameter.text ?? definition.parameterNames.first }
        if definition.parameterNames.contains(name) { return name }
        let quantity = CellName(name)
        let readers = [quantity] + (nodes.inside(of: quantity).map { [$0.name] } ?? [])
        let uses = equations.uses.filter { readers.contains($0.term.reader) && $0.operand != nil }
        return (uses.first(where: isRecurrent) ?? uses.first)?.parameter.text
    }

    /// The shape of a parameter of the cell's equations.
    package func shape(ofParameter name: String) -> Shape { steps[0].numbers.parameters[CellName(name)]!.shape }

    /// How one number of one parameter's gradient comes about from the loss on; `place` has a column for a matrix.
    package func trail(of name: String, row: Int, column: Int?, steps shown: [Int]) -> [DerivationLine] {
        let uses = equations.uses.filter { $0.parameter == CellName(name) }
        let passed = uses.flatMap { passedGradients($0.term.reader) }
        let order = equations.equations.filter { passed.contains($0.name) && writer.diagonal($0.name) == nil }
        let start =
            steps[0].prediction == nil
            ? DerivationLine(GradientWriter.loss, "", Tensor(loss))
            : DerivationLine(
                GradientWriter.loss, "\\sum_t \(GradientWriter.loss)_t",
                steps.compactMap { $0.prediction }.map { .init([Tensor($0.loss)]) }, Tensor(loss))
        return [start]
            + shown.reversed().flatMap { index in order.map { entry($0, index, row) } }
            + [gradientEntry(name, uses, row, column)]
    }

    /// Whose gradients a number passes on its way without leaving its row, those put in place left out.
    private func passedGradients(_ name: CellName) -> [CellName] {
        var (pending, found): ([CellName], [CellName]) = ([name], [])
        while let name = pending.popLast() {
            guard !found.contains(name), let equation = equations[name] else { continue }
            found.append(name)
            pending += equations.toldTerms(equation).filter { $0.isElementwise }.map { $0.reader }
        }
        // An inside whose gradient is one product is told in the last line.
        return found.filter { found in
            guard found == name, let equation = equations[found], case .inside? = nodes[found]?.kind else { return true }
            return equations.toldTerms(equation) == equation.terms
        }
    }

    /// One number of one gradient: `δ_3[0] = ∂ℒ/∂output_3[0] + Σ_m W[m, 0] ∂ℒ/∂a_4[m]`.
    private func entry(_ equation: CellGradients.Equation, _ index: Int, _ i: Int) -> DerivationLine {
        let (names, next) = names(index)
        let value = Tensor(steps[index].gradients[equation.name]![i])
        let left = writer.symbol(equation.name, names) + "[\(i)]"
        var (right, terms): (String, [DerivationLine.Term]) = ("", [])
        if let prediction = steps[index].prediction, equation.isOutput, equation.terms.isEmpty {
            let label: Double = prediction.label == i ? 1 : 0
            return DerivationLine(
                left, "(\(writer.difference(names)))[\(i)]",
                [.init([Tensor(prediction.probabilities[i])]), .init([Tensor(label)], isSubtracted: true)], value
            )
        }
        if let seed = steps[index].seeds[equation.name] {
            right = writer.seed(names) + "[\(i)]"
            terms.append(.init([Tensor(seed[i])]))
        }
        for group in writer.groups(told(equation, index)) {
            for term in group.terms {
                let (symbols, numbers) = entry(term, index, i, term.time == .now ? names : next)
                right += (right.isEmpty ? (term.isSubtracted ? "-" : "") : term.isSubtracted ? " - " : " + ") + symbols
                terms += numbers
            }
        }
        return DerivationLine(
            left, right.isEmpty ? "0" : right, terms.count == 1 && steps[index].seeds[equation.name] != nil ? [] : terms, value)
    }

    private func entry(
        _ term: CellGradients.Term, _ index: Int, _ i: Int, _ names: CellWriter
    ) -> (symbols: String, numbers: [DerivationLine.Term]) {
        let reader = reader(term, index)
        guard case .transposed(let matrix)? = term.moves.last else {
            return (symbols(term, i, names), [.init(reader.entries(of: term, i), isSubtracted: term.isSubtracted)])
        }
        var inner = term
        inner.isSubtracted = false
        inner.moves.removeLast()
        let vector = reader.numbers.brought(by: inner, from: reader.gradients[term.reader]!)
        let weights = reader.numbers.parameters[matrix]!
        let operand = inner.moves.isEmpty ? writer.usedWhole(term.reader, names) : names.parentheses(writer.write(inner, names))
        return (
            "\\sum_m \(names.name(matrix))[m, \(i)]\\, \(operand)[m]",
            vector.indices.map { .init([Tensor(weights[$0, i].item), Tensor(vector[$0])], isSubtracted: term.isSubtracted) }
        )
    }

    /// `\frac{…}{…}[0]\, f_4[0]`
    private func symbols(_ term: CellGradients.Term, _ i: Int, _ names: CellWriter) -> String {
        guard term.isElementwise else { return names.parentheses(writer.write(term, names)) + "[\(i)]" }
        return
            ([writer.usedWhole(term.reader, names)]
            + term.factor.factors.map { factor in
                if case .number = factor { return names.write(factor) }
                return names.inParentheses(factor, if: !factor.isName && !factor.isApplied)
            }).enumerated().map { place, text in
                text + (place > 0 && Self.isOneNumber(term.factor.factors[place - 1]) ? "" : "[\(i)]")
            }
            .joined(separator: "\\, ")
    }

    /// Whether it is the same number in every place, as 1 + 0.5 is.
    private static func isOneNumber(_ expression: CellExpression) -> Bool {
        var hasName = false
        expression.forEach { if $0.isName { hasName = true } }
        return !hasName
    }

    /// ∂ℒ/∂W[i, j] = Σ_t ∂ℒ/∂c_t[i] … h_{t−1}[j]
    private func gradientEntry(_ name: String, _ uses: [CellGradients.Use], _ i: Int, _ j: Int?) -> DerivationLine {
        let names = CellWriter.tex
        let place = j.map { "[\(i), \($0)]" } ?? "[\(i)]"
        let told = uses.map { use in (use: use, term: inPlace(use.term)) }
        let symbols = told.enumerated().map { index, told in
            (told.term.isSubtracted ? "-" : index == 0 ? "" : "+ ") + self.symbols(told.term, i, names)
                + (told.use.operand.map { "\\, " + names.inParentheses($0, if: !$0.isName) + "[\(j ?? 0)]" } ?? "")
        }.joined(separator: " ")
        let terms = steps.flatMap { step in
            told.map { told in
                DerivationLine.Term(
                    step.entries(of: told.term, i)
                        + (told.use.operand.map { [Tensor(step.numbers.value($0)[j ?? 0])] } ?? []),
                    isSubtracted: told.term.isSubtracted
                )
            }
        }
        // Added up as the contributions are, so that the same number stands here as in the gradient.
        let shares = steps.map { step in
            uses.reduce(0) { sum, use in
                let gradient = step.numbers.brought(by: use.term, from: step.gradients[use.term.reader]!)[i]
                return sum + (use.operand.map { gradient * step.numbers.value($0)[j ?? 0] } ?? gradient)
            }
        }
        let value = shares.dropFirst().reduce(shares[0]) { $0 + $1 }
        return DerivationLine(
            GradientWriter.fraction(names.name(CellName(name))) + place,
            "\\sum_t " + (told.count > 1 ? names.parentheses(symbols) : symbols), terms, Tensor(value)
        )
    }

    /// A parameter's term with the reader's gradient put in place, where that is one product.
    private func inPlace(_ term: CellGradients.Term) -> CellGradients.Term {
        guard let equation = equations[term.reader], case .inside? = nodes[term.reader]?.kind,
            let told = equations.toldTerms(equation).first,
            equations.toldTerms(equation) != equation.terms || writer.diagonal(term.reader) != nil
        else { return term }
        var result = told
        result.isSubtracted = told.isSubtracted != term.isSubtracted
        result.moves = CellGradients.merged(told.moves + term.moves)
        return result
    }
}

extension CellExpression {
    fileprivate var isApplied: Bool { if case .apply = self { true } else { false } }

    /// What is multiplied, one by one.
    fileprivate var factors: [CellExpression] {
        if case .multiply(let factors) = self { return factors }
        return self == .number(1) ? [] : [self]
    }
}

extension CellDerivation.Step {
    /// The factors of one number of a term.
    fileprivate func entries(of term: CellGradients.Term, _ i: Int) -> [Tensor] {
        guard term.isElementwise else {
            var positive = term
            positive.isSubtracted = false
            return [Tensor(numbers.brought(by: positive, from: gradients[term.reader]!)[i])]
        }
        return [Tensor(gradients[term.reader]![i])]
            + term.factor.factors.map { factor in
                let value = numbers.value(factor)
                return Tensor(value.count == 1 ? value[0] : value[i])
            }
    }
}
