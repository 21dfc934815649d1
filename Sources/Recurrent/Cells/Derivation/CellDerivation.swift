/// The whole of back-propagation through time of a cell, as equations and as numbers.
///
///     let derivation = lstm.derivation(x) { output in crossEntropy(fc(output[-1]), [1]) }
///     derivation.steps[2].gradient(of: "c")     // ∂ℒ/∂c_3
///     derivation.gradients["weight_hh_l0"]
///
/// It follows from the cell's equations by the chain rule, quantity by quantity, apart from the kernels and the tape.
/// All tensors are plain numbers that take no part in differentiation. `steps[0]` is the first step, the papers' t = 1.
public struct CellDerivation {
    /// A step: its quantities, what came back to each of them, and what it adds to the gradients of the parameters.
    public struct Step {
        let numbers: CellNumbers
        /// ∂ℒ/∂ of every named quantity.
        let gradients: [CellName: [Double]]
        /// What comes to each of them directly from the loss; empty where nothing does.
        let seeds: [CellName: [Double]]
        /// The share of ∂ℒ/∂ of each state that came along the highway alone.
        let highway: [CellName: [Double]]
        fileprivate let definition: CellDefinition
        fileprivate let equations: CellGradients
        fileprivate let stacked: (Parameters) -> Parameters
        /// ∂ℒ/∂x_t (d)
        public let inputGradient: Tensor
        /// Softmax and loss of this step, where the derivation has them.
        public let prediction: Prediction?

        /// A quantity at this step: `step["f"]`. Ends the program if there is none of that name.
        public subscript(name: String) -> Tensor { Tensor(found(numbers.now, name)) }

        /// ∂ℒ/∂ of a quantity at this step: `step.gradient(of: "c")`; of what is inside f's function with "a^f".
        public func gradient(of name: String) -> Tensor { Tensor(found(gradients, name)) }

        /// The share of a state's gradient that came from step to step through sums and products alone, past no matrix and no gate.
        public func gradientAlongHighway(of state: String) -> Tensor { Tensor(found(highway, state)) }

        /// What this step adds to the gradient of each parameter, worked out when it is asked for: of large layers and long
        /// sequences all of them together would not fit into memory.
        public var contribution: Parameters {
            stacked(
                Parameters(
                    definition.parameters.map { parameter in
                        var sum = Tensor.zeros(numbers.parameters[parameter.name]!.shape)
                        for use in equations.uses where use.parameter == parameter.name {
                            let gradient = Tensor(numbers.brought(by: use.term, from: gradients[use.term.reader]!))
                            sum = sum + (use.operand.map { outer(gradient, Tensor(numbers.value($0))) } ?? gradient)
                        }
                        return (parameter.name.text, sum)
                    }))
        }

        /// δ_t = ∂ℒ/∂h_t
        public var delta: Tensor { gradient(of: "h") }

        private func found(_ values: [CellName: [Double]], _ name: String) -> [Double] {
            if let value = values[CellName(name)] { return value }
            let known = values.keys.map { $0.text }.sorted().joined(separator: ", ")
            fail("CellDerivation.Step", "the quantity must be one of \(known)", got: "“\(name)”")
        }
    }

    /// Softmax and cross entropy at one step.
    public struct Prediction: Sendable {
        /// ŷ_t: a probability for each class.
        public let probabilities: [Double]
        /// y_t, the right class.
        public let label: Int
        /// L_t = −log ŷ_t[y_t]
        public let loss: Double
    }

    /// The equations that it follows from.
    public let definition: CellDefinition
    /// As the layer prints itself.
    public let layer: String
    /// In the order of time.
    public let steps: [Step]
    /// The layer's parameters as they were, under its names.
    public let parameters: Parameters
    /// ∂ℒ/∂ of each parameter: the sums of all steps' contributions.
    public let gradients: Parameters
    /// ∂ℒ/∂ of each state before the first step, under the states' names.
    public let initialGradients: Parameters
    /// L
    public let loss: Double

    let nodes: CellNodes
    let equations: CellGradients
    let writer: GradientWriter
    private let sequence: CellSequence
    private let output: CellOutputLoss
}

/// A loss of the outputs of all steps.
struct CellOutputLoss {
    let value: Double
    /// ∂ℒ/∂output_t
    let gradients: [[Double]]
    /// Softmax and cross entropy of each step, where the loss is their sum.
    let predictions: [CellDerivation.Prediction]
    /// The loss as tensor operations on the outputs (L, outputs).
    let ofOutputs: (Tensor) -> Tensor
}

extension CellDerivation {
    init(_ definition: CellDefinition, _ sequence: CellSequence, _ loss: CellOutputLoss) {
        self.definition = definition
        self.sequence = sequence
        self.output = loss
        let nodes = CellNodes(definition)
        let equations = CellGradients(definition, nodes)
        (self.nodes, self.equations) = (nodes, equations)
        writer = GradientWriter(definition, nodes, equations, isPredicted: !loss.predictions.isEmpty)
        let passes = Self.backward(definition, equations, sequence.steps, seeds: loss.gradients)
        steps = passes.indices.map { t in
            Step(passes[t], definition, equations, sequence, loss.predictions.isEmpty ? nil : loss.predictions[t])
        }
        gradients = steps.dropFirst().reduce(steps[0].contribution) { $0 + $1.contribution }
        initialGradients = Parameters(
            definition.states.map { state in
                let terms = (equations[state]?.terms ?? []).filter { $0.time == .before }
                let sum = Self.sum(terms, count: passes[0].numbers.before[state]!.count) { term in
                    passes[0].numbers.brought(by: term, from: passes[0].gradients[term.reader]!)
                }
                return (state.text, Tensor(sum))
            })
        self.loss = loss.value
        parameters = sequence.parameters
        layer = sequence.layer
    }

    /// The numbers and gradients of one step.
    fileprivate struct Pass {
        let numbers: CellNumbers
        var gradients: [CellName: [Double]] = [:]
        var highway: [CellName: [Double]] = [:]
        var seeds: [CellName: [Double]] = [:]
    }

    /// From the last step to the first; the result is in time order. `seeds`: ∂ℒ/∂ of the output, or of `seeded`, directly.
    private static func backward(
        _ definition: CellDefinition, _ equations: CellGradients, _ steps: [CellNumbers], seeds: [[Double]],
        of seeded: CellName? = nil
    ) -> [Pass] {
        var passes: [Pass] = []
        for (numbers, seed) in zip(steps, seeds).reversed() {
            var pass = Pass(numbers: numbers)
            let next = passes.last
            pass.seeds[seeded ?? definition.output] = seed
            for equation in equations.equations {
                let own = pass.seeds[equation.name]
                let count = numbers.now[equation.name]!.count
                func brought(_ term: CellGradients.Term, _ gradients: (Pass) -> [CellName: [Double]]) -> [Double]? {
                    let reader = term.time == .now ? pass : next
                    return reader.flatMap { reader in
                        gradients(reader)[term.reader].map { reader.numbers.brought(by: term, from: $0) }
                    }
                }
                pass.gradients[equation.name] = sum(equation.terms, count: count, from: own) { brought($0) { $0.gradients } }
                // Between the loss and a state there may be a function, tanh(c); from step to step there is none.
                let isState = seeded == nil && definition.states.contains(equation.name)
                pass.highway[equation.name] = sum(equation.terms.filter { equations.passesNoGate($0) }, count: count, from: own) {
                    term in
                    if equations.isHighway(term) { return brought(term) { $0.highway } }
                    return isState && term.time == .now ? brought(term) { $0.seeds } : nil
                }
            }
            passes.append(pass)
        }
        return passes.reversed()
    }

    /// The sum of what the terms bring, added to `first`.
    private static func sum(
        _ terms: [CellGradients.Term], count: Int, from first: [Double]? = nil, _ brought: (CellGradients.Term) -> [Double]?
    ) -> [Double] {
        var sum = first
        for term in terms {
            guard let part = brought(term) else { continue }
            sum = sum.map { CellNumbers.combined($0, part) { $0 + $1 } } ?? part
        }
        return sum ?? .zeros(count)
    }
}

extension CellDerivation.Step {
    fileprivate init(
        _ pass: CellDerivation.Pass, _ definition: CellDefinition, _ equations: CellGradients, _ sequence: CellSequence,
        _ prediction: CellDerivation.Prediction?
    ) {
        numbers = pass.numbers
        gradients = pass.gradients
        seeds = pass.seeds
        highway = pass.highway
        self.prediction = prediction
        (self.definition, self.equations, stacked) = (definition, equations, sequence.stacked)
        var input = [Double].zeros(pass.numbers.input.count)
        for term in equations.inputTerms {
            input = CellNumbers.combined(input, pass.numbers.brought(by: term, from: pass.gradients[term.reader]!)) { $0 + $1 }
        }
        inputGradient = Tensor(input)
    }
}

extension CellDerivation {
    /// The first state that reaches itself one step later along sums and products alone; nil if there is none.
    package var highwayState: String? { equations.highwayStates.first?.text }

    /// A parameter's name as TeX: W_{hf} for `W_hf`, and W_{ih} for the blocks of `weight_ih_l0`.
    package func symbol(ofParameter name: String) -> String {
        if definition.parameterNames.contains(name) { return CellWriter.tex.name(CellName(name)) }
        let symbols = [
            ("weight_ih", "W_{ih}"), ("weight_hh", "W_{hh}"), ("bias_ih", "b_{ih}"), ("bias_hh", "b_{hh}"), ("weight_hr", "W_{hr}"),
        ]
        for (start, symbol) in symbols where name.hasPrefix(start) { return symbol }
        return name.hasPrefix("peephole") ? "p" : name
    }
}

// MARK: - From step to step

extension CellDerivation {
    /// ∂s_t/∂s_k of a state s, over all paths from step k to step t: the highway, which passes no matrix and no gate,
    /// and the other paths apart. t and k count as `steps` does.
    ///
    /// This is S2's claim in numbers: where the highway does not vanish the sum does not, unless other paths happen to
    /// cancel it.
    public func highwayJacobian(_ state: String, of t: Int, by k: Int) -> HighwayJacobian {
        let rows = jacobianRows(state, of: t, by: k)
        let highway = Tensor(rows.indices.map { rows[$0].highway[$0] })
        let total = Tensor(rows.map { $0.total })
        return HighwayJacobian(highway: highway, otherPaths: total - highway.diag())
    }

    /// ∂h_t/∂h_k (h, h), the product of the Jacobians of the steps k + 1 … t; the identity for t = k.
    ///
    /// t and k count as `steps` does, so that `jacobian(of: 3, by: 0)` takes three factors.
    /// Its norm, `.norm()`, tells how much of a gradient comes from t back to k.
    public func jacobian(_ state: String = "h", of t: Int, by k: Int) -> Tensor {
        Tensor(jacobianRows(state, of: t, by: k).map { $0.total })
    }

    /// Row i: the gradient of s_t[i] by s_k, and its part along the highway.
    private func jacobianRows(_ state: String, of t: Int, by k: Int) -> [(total: [Double], highway: [Double])] {
        let name = CellName(state)
        require(
            definition.states.contains(name), "CellDerivation.jacobian",
            "the state must be one of \(definition.stateNames.joined(separator: ", "))",
            got: "“\(state)”"
        )
        require(
            k >= 0 && k <= t && t < steps.count, "CellDerivation.jacobian(of: t, by: k)", "needs steps 0 ≤ k ≤ t < \(steps.count)",
            got: "t = \(t), k = \(k)"
        )
        let numbers = Array(sequence.steps[k...t])
        let count = numbers[0].now[name]!.count
        return (0..<count).map { i in
            var seeds = [[Double]](repeating: .zeros(count), count: numbers.count)
            seeds[numbers.count - 1][i] = 1
            let first = Self.backward(definition, equations, numbers, seeds: seeds, of: name)[0]
            return (first.gradients[name]!, first.highway[name]!)
        }
    }
}

/// The derivative of a state by an earlier one, (h, h), split by the way that it takes.
public struct HighwayJacobian {
    /// (h), a diagonal matrix: straight along the state, from step to step.
    public let highway: Tensor
    /// (h, h): through the gates and candidates of at least one step.
    public let otherPaths: Tensor

    /// (h, h): the sum over all paths.
    public var total: Tensor { highway.diag() + otherPaths }
}

// MARK: - Two other ways

extension CellDerivation {
    /// Holds the gradients of the input, the initial states and the parameters against the tape's and against central
    /// differences.
    ///
    /// The loss is computed twice for each of these numbers, so this is for layers that fit on a page.
    public func check() -> GradientCheck {
        let first = sequence.steps[0]
        let inputs: Parameters = ["input": stacked(sequence.steps.map { Tensor($0.input) })]
        let states = Parameters(definition.states.map { ("initial " + $0.text, Tensor(first.before[$0]!)) })
        let found = [("input", stacked(steps.map { $0.inputGradient }))] + Array(initialGradients) + Array(gradients)
        let names = parameters.names
        return GradientCheck(
            of: Parameters(Array(inputs) + Array(states) + Array(parameters)), Parameters(found)
        ) { tensors in
            let rest = tensors.dropFirst(1 + definition.states.count)
            let parameters = sequence.unstacked(Parameters(zip(names, rest).map { ($0, $1) }))
            let before = Array(tensors[1..<(1 + definition.states.count)])
            return output.ofOutputs(CellTape(definition, parameters).outputs(tensors[0], before))
        }
    }
}
