/// A cell as a graph: what enters a step, what is made of it, what leaves, and the wires between.
///
/// One box stands for a function with the matrices and biases inside it, one node for arithmetic element by element:
/// `c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t` is two nodes × and a node +.
package struct CellDiagram: Hashable, Sendable {
    package struct Node: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            /// x_t, or a state of the step before.
            case entry
            /// A state or the output.
            case exit
            /// A function with what is added up inside it.
            case function
            /// Matrices and biases that stand in no function.
            case affine
            /// Arithmetic with a constant: `1 −`, `0.9 ·`.
            case constant
            /// Arithmetic between wires: ×, +, −, ÷. The wires of the last two come in order.
            case operation
        }

        /// What it makes: `f`, `f_t ⊙ c_{t-1}`, without the names of parameters; `previous-c` and `next-c` for the ends.
        package let id: String
        package let kind: Kind
        /// As plain text: `σ`, `×`, `h_{t-1}`.
        package let label: String
        /// What its result is called, as plain text: `f_t`; empty where that has no name.
        package let name: String
    }

    package struct Wire: Hashable, Sendable {
        package let from: String
        package let to: String
        /// What it carries: `f`, `previous-c`, or the plain text of what has no name of its own.
        package let symbol: String
        /// What happens to it as it enters: `p_f ⊙` of a peephole, `−` where it is subtracted; empty if nothing.
        package let mark: String
    }

    package let nodes: [Node]
    package let wires: [Wire]
}

#if !hasFeature(Embedded)
extension CellDiagram: Codable {}
extension CellDiagram.Node: Codable {}
extension CellDiagram.Node.Kind: Codable {}
extension CellDiagram.Wire: Codable {}
#endif

extension CellDefinition {
    /// What is drawn of the cell.
    package var diagram: CellDiagram {
        let builder = DiagramBuilder(self)
        return CellDiagram(nodes: builder.nodes, wires: builder.wires)
    }

    /// What the wires of the diagram carry, by their symbols and in the order in which it is computed; what takes a product
    /// with a matrix is left out.
    ///
    /// - Parameter quantities: the units' values of each quantity, `f`, and of each state before, `previous-c`.
    package func wireValues(from quantities: [String: [Double]]) -> [(symbol: String, values: [Double])] {
        var numbers = CellNumbers(input: [], before: [:], parameters: [:])
        for (symbol, values) in quantities {
            if symbol.hasPrefix("previous-") {
                numbers.before[CellName(String(symbol.dropFirst("previous-".count)))] = values
            } else {
                numbers.now[CellName(symbol)] = values
            }
        }
        return DiagramBuilder(self).carried.filter { numbers.suffice(for: $0.expression) }
            .map { ($0.symbol, numbers.value($0.expression)) }
    }

    /// Between which numbers a quantity lies because of the function that it is of: 0 and 1 for σ, −1 and 1 for tanh; nil for
    /// what has no such bounds.
    package func bounds(of quantity: String) -> ClosedRange<Double>? {
        guard case .apply(let function, _)? = equations.first(where: { $0.name == CellName(quantity) })?.expression else {
            return nil
        }
        switch function {
        case .sigmoid: return 0...1
        case .tanh: return -1...1
        default: return nil
        }
    }
}

extension CellNumbers {
    /// Whether they are all that an expression reads: no parameter, no input and no other quantity.
    fileprivate func suffice(for expression: CellExpression) -> Bool {
        var suffice = true
        expression.forEach { part in
            switch part {
            case .input, .vector, .product: suffice = false
            case .quantity(let name, let time): if (time == .now ? now : before)[name] == nil { suffice = false }
            default: break
            }
        }
        return suffice
    }
}

extension CellFunction {
    fileprivate var diagramLabel: String {
        switch self {
        case .sqrt: "√"
        case .step: "[· > 0]"
        default: CellWriter.text.name(of: self)
        }
    }
}

// MARK: - From equations to wires

private struct DiagramBuilder {
    typealias Node = CellDiagram.Node
    typealias Summand = CellExpression.Summand

    private(set) var nodes: [Node] = []
    private(set) var wires: [CellDiagram.Wire] = []
    /// What each symbol of a wire stands for.
    private(set) var carried: [(symbol: String, expression: CellExpression)] = []
    /// Where a wire begins, by what it carries: equal expressions are computed once.
    private var sources: [CellExpression: Source] = [:]

    private struct Source {
        let node: String
        let symbol: String
    }

    private struct Input {
        let expression: CellExpression
        var mark = ""
    }

    init(_ definition: CellDefinition) {
        let expressions = definition.equations.map { $0.expression }
        if expressions.contains(where: { $0.readsInput }) { enter(.input, "x") }
        for state in definition.states { enter(.quantity(state, .before), "previous-" + state.text) }
        for equation in definition.equations {
            let source = make(equation.expression, name: equation.name)
            sources[.quantity(equation.name, .now)] = source
            carried.append((source.symbol, .quantity(equation.name, .now)))
        }
        let output = definition.states.contains(definition.output) ? [] : [definition.output]
        for name in definition.states + output {
            let source = source(of: .quantity(name, .now))
            let letter = CellWriter.text.quantity(name)
            nodes.append(Node(id: "next-" + name.text, kind: .exit, label: letter, name: letter))
            wires.append(.init(from: source.node, to: "next-" + name.text, symbol: source.symbol, mark: ""))
        }
    }

    private mutating func enter(_ expression: CellExpression, _ symbol: String) {
        let letter = CellWriter.text.write(expression)
        nodes.append(Node(id: symbol, kind: .entry, label: letter, name: letter))
        sources[expression] = Source(node: symbol, symbol: symbol)
        carried.append((symbol, expression))
    }

    private mutating func source(of expression: CellExpression) -> Source { make(expression, name: nil) }

    /// Adds what computes an expression, unless it is there, and gives the place where it can be read.
    private mutating func make(_ expression: CellExpression, name: CellName?) -> Source {
        if let known = sources[expression] { return known }
        let source: Source
        if expression.isConstant {
            source = add(.constant, CellWriter.text.write(expression), [], expression, name)
        } else {
            switch expression {
            case .sum(let summands): source = sum(summands, expression, name)
            case .multiply(let factors): source = product(factors, expression, name)
            case .quotient(let above, let below): source = quotient(above, below, expression, name)
            case .product: source = box(of: expression, name)
            case .power(let base, let exponent):
                let sign = String(Character(["²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"][exponent - 2]))
                source = add(.function, "(·)" + sign, [Input(expression: base)], expression, name)
            case .apply(let function, let argument):
                let inputs = argument.isParametric ? Self.inputs(of: argument) : [Input(expression: argument)]
                source = add(.function, function.diagramLabel, inputs, expression, name)
            case .number, .vector, .input, .quantity: fatalError("it is constant, or stood at its place before")
            }
        }
        sources[expression] = source
        return source
    }

    /// Constants and products with matrices are one box; what else there is meets at a node.
    private mutating func sum(_ summands: [Summand], _ expression: CellExpression, _ name: CellName?) -> Source {
        let constants = summands.filter { $0.expression.isConstant }
        let affine = summands.filter { !$0.expression.isConstant && $0.expression.hasMatrix }
        let others = summands.filter { !$0.expression.isConstant && !$0.expression.hasMatrix }
        if others.isEmpty { return box(of: expression, name) }
        if affine.isEmpty, !constants.isEmpty || others.count == 1 {
            let text = constants.isEmpty ? "" : CellWriter.text.write(Self.sum(constants))
            guard others.allSatisfy({ $0.isSubtracted }) else {
                let label = text.hasPrefix("-") ? "− " + text.dropFirst() : "+ " + text
                return add(.constant, label, [Input(expression: Self.sum(others))], expression, name)
            }
            let inner = CellExpression.sum(of: others.map { $0.expression })
            return add(.constant, text.isEmpty ? "−" : text + " −", [Input(expression: inner)], expression, name)
        }
        var operands = others + (affine.isEmpty ? [] : [Summand(expression: Self.sum(affine + constants))])
        if operands.count == 2, operands[0].isSubtracted != operands[1].isSubtracted {
            if operands[0].isSubtracted { operands.swapAt(0, 1) }
            return add(.operation, "−", operands.map { Input(expression: $0.expression) }, expression, name)
        }
        let inputs = operands.map { Input(expression: $0.expression, mark: $0.isSubtracted ? "−" : "") }
        return add(.operation, "+", inputs, expression, name)
    }

    private mutating func product(_ factors: [CellExpression], _ expression: CellExpression, _ name: CellName?) -> Source {
        if expression.hasMatrix { return box(of: expression, name) }
        let (constants, others) = (factors.filter { $0.isConstant }, factors.filter { !$0.isConstant })
        if constants.isEmpty { return add(.operation, "×", others.map { Input(expression: $0) }, expression, name) }
        let label = Self.factorLabel(constants)
        return add(.constant, label, [Input(expression: .multiplied(others))], expression, name)
    }

    private mutating func box(of expression: CellExpression, _ name: CellName?) -> Source {
        add(.affine, Self.affineLabel(expression), Self.inputs(of: expression), expression, name)
    }

    private mutating func quotient(
        _ above: CellExpression, _ below: CellExpression, _ expression: CellExpression, _ name: CellName?
    ) -> Source {
        if above.isConstant { return add(.constant, Self.part(above) + " ÷", [Input(expression: below)], expression, name) }
        if below.isConstant { return add(.constant, "÷ " + Self.part(below), [Input(expression: above)], expression, name) }
        return add(.operation, "÷", [Input(expression: above), Input(expression: below)], expression, name)
    }

    private mutating func add(
        _ kind: Node.Kind, _ label: String, _ inputs: [Input], _ expression: CellExpression, _ name: CellName?
    ) -> Source {
        let origins = inputs.map { (source: source(of: $0.expression), mark: $0.mark) }
        var id = name?.text ?? CellWriter.text.write(expression.withoutParameterNames)
        while nodes.contains(where: { $0.id == id }) { id += "′" }
        let symbol = name?.text ?? CellWriter.text.write(expression)
        nodes.append(Node(id: id, kind: kind, label: label, name: name.map { CellWriter.text.quantity($0) } ?? ""))
        for origin in origins {
            let wire = CellDiagram.Wire(from: origin.source.node, to: id, symbol: origin.source.symbol, mark: origin.mark)
            // W x + V x is one wire into the box; f ⊙ f is two into the node.
            if kind == .operation || !wires.contains(wire) { wires.append(wire) }
        }
        if name == nil { carried.append((symbol, expression)) }
        return Source(node: id, symbol: symbol)
    }

    // MARK: What is inside a box

    /// The wires that enter a box in which an expression is added up.
    private static func inputs(of expression: CellExpression, isSubtracted: Bool = false) -> [Input] {
        if expression.isConstant { return [] }
        switch expression {
        case .sum(let summands):
            return summands.flatMap { inputs(of: $0.expression, isSubtracted: isSubtracted != $0.isSubtracted) }
        // The signs of weights are as good as their opposites.
        case .product(_, let operand): return operand.isParametric ? inputs(of: operand) : [Input(expression: operand)]
        case .multiply(let factors) where expression.isParametric:
            let other = factors.first { !$0.isConstant }!
            if other.isParametric { return inputs(of: other, isSubtracted: isSubtracted) }
            let mark = factorLabel(factors.filter { $0.isConstant })
            return [Input(expression: other, mark: isSubtracted ? "− " + mark : mark)]
        default: return [Input(expression: expression, mark: isSubtracted ? "−" : "")]
        }
    }

    /// `W h_{t-1} + b`: matrices and vectors by their letters, what comes in by a wire without a name as a dot.
    private static func affineLabel(_ expression: CellExpression) -> String {
        func brief(_ part: CellExpression) -> CellExpression {
            switch part {
            case .product(let matrix, let operand): .product(CellName(letter: matrix.letter), brief(operand))
            case .vector(let name): .vector(CellName(letter: name.letter, accent: name.accent))
            case .sum(let summands) where part.isParametric:
                .sum(summands.map { Summand(isSubtracted: $0.isSubtracted, expression: brief($0.expression)) })
            case .multiply(let factors) where part.isParametric: .multiply(factors.map { brief($0) })
            default: part.isName || part.isConstant ? part : .vector(CellName(letter: "·"))
            }
        }
        return CellWriter.text.write(brief(expression))
    }

    /// `0.9 ·`, `p_f ⊙`
    private static func factorLabel(_ constants: [CellExpression]) -> String {
        return part(.multiplied(constants)) + (constants.allSatisfy { $0.isNumber } ? " ·" : " ⊙")
    }

    private static func part(_ expression: CellExpression) -> String {
        if case .sum = expression { return CellWriter.text.inParentheses(expression, if: true) }
        return CellWriter.text.write(expression)
    }

    private static func sum(_ summands: [Summand]) -> CellExpression {
        summands.count == 1 && !summands[0].isSubtracted ? summands[0].expression : .sum(summands)
    }
}

extension CellExpression {
    /// Whether it is the same at every step.
    fileprivate var isConstant: Bool {
        switch self {
        case .input, .quantity: false
        default: children.allSatisfy { $0.isConstant }
        }
    }

    fileprivate var readsInput: Bool { self == .input || children.contains { $0.readsInput } }

    /// Whether a matrix multiplies a part of what is added up in it.
    fileprivate var hasMatrix: Bool {
        switch self {
        case .product: true
        case .sum(let summands): summands.contains { $0.expression.hasMatrix }
        case .multiply: isParametric && children.contains { $0.hasMatrix }
        default: false
        }
    }

    /// Whether a part of what is added up in it is a parameter or weighted by one: what stands inside a function's box.
    fileprivate var isParametric: Bool {
        switch self {
        case .product, .vector: return true
        case .sum(let summands): return summands.contains { $0.expression.isParametric }
        case .multiply(let factors):
            let others = factors.filter { !$0.isConstant }
            guard others.count == 1 else { return false }
            return others[0].isParametric || factors.contains { if case .vector = $0 { true } else { false } }
        default: return false
        }
    }

    /// The same for cells that differ in the names of their weights or in having a bias.
    fileprivate var withoutParameterNames: CellExpression {
        switch self {
        case .product(_, let operand): return .product(CellName("W"), operand.withoutParameterNames)
        case .sum(let summands):
            let kept = summands.filter { if case .vector = $0.expression { false } else { true } }
            if kept.count == 1, !kept[0].isSubtracted { return kept[0].expression.withoutParameterNames }
            return .sum(kept.map { Summand(isSubtracted: $0.isSubtracted, expression: $0.expression.withoutParameterNames) })
        default: return mapped { $0 == self ? nil : $0.withoutParameterNames }
        }
    }
}
