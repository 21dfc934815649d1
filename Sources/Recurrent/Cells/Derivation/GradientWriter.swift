/// Writes a cell's derivation as TeX, as a textbook prints it.
///
/// ∂ℒ/∂h_t is δ_t. Of a cell with one function alone, as Elman's, ∂ℒ/∂ of what is inside is diag(f′) times its result's;
/// the gradient of outputs that go into softmax and cross entropy is ŷ_t − y_t.
struct GradientWriter {
    let definition: CellDefinition
    let nodes: CellNodes
    let equations: CellGradients
    /// Whether the output's gradient is ŷ_t − y_t.
    let isPredicted: Bool
    /// What stands for the letter of any of several gates; no name of the cell.
    let index: String

    init(_ definition: CellDefinition, _ nodes: CellNodes, _ equations: CellGradients, isPredicted: Bool) {
        self.definition = definition
        self.nodes = nodes
        self.equations = equations
        self.isPredicted = isPredicted
        let names = nodes.nodes.map { $0.name } + definition.parameters.map { $0.name }
        let taken = names.flatMap { Array($0.letter + $0.below) }
        index = ["k", "j", "m", "q", "l", "s", "v"].first { !taken.contains(Character($0)) } ?? "κ"
    }

    // MARK: Symbols

    /// `\delta_t`, `\frac{\partial \mathcal{L}}{\partial c_t}`: how the gradient is called where it stands by itself.
    func symbol(_ name: CellName, _ writer: CellWriter) -> String {
        if let outer = diagonal(name) { return Self.diagonal(slope(of: outer, writer)) + symbol(outer.name, writer) }
        return isDelta(name) ? writer.atStep("\\delta") : Self.fraction(writer.quantity(name))
    }

    /// The same where it stands in an equation: the output's own may be told by what it is.
    func use(_ name: CellName, _ writer: CellWriter) -> String {
        isPredicted && name == definition.output ? "(\(difference(writer)))" : symbol(name, writer)
    }

    /// ŷ_t − y_t
    func difference(_ writer: CellWriter) -> String { writer.atStep("\\hat y") + " - " + writer.atStep("y") }

    /// ∂ℒ/∂output_t, directly from the loss.
    func seed(_ writer: CellWriter) -> String { Self.fraction(writer.atStep("\\mathrm{output}")) }

    /// The gradient where a place of it is told behind: in parentheses unless it is one sign or a fraction.
    func usedWhole(_ name: CellName, _ writer: CellWriter) -> String {
        diagonal(name) == nil ? use(name, writer) : "(\(use(name, writer)))"
    }

    static func fraction(_ below: String) -> String { "\\frac{\\partial \(loss)}{\\partial \(below)}" }
    /// ℒ: L is the length of a sequence.
    static let loss = #"\mathcal{L}"#

    private static func diagonal(_ slope: String) -> String { "\\operatorname{diag}(\(slope))\\, " }

    private func isDelta(_ name: CellName) -> Bool {
        name == CellName("h") && !definition.equations.contains { $0.name.letter == "δ" }
    }

    /// The result of the cell's only function, if `name` is what is inside it.
    func diagonal(_ name: CellName) -> CellNodes.Node? {
        guard case .inside(let result)? = nodes[name]?.kind, definition.states.contains(result) else { return nil }
        let functions = nodes.nodes.filter { $0.function != nil }
        // log′ = 1/a needs what is inside by a name of its own.
        return functions.count == 1 && functions[0].function != .log ? functions[0] : nil
    }

    private func slope(of node: CellNodes.Node, _ writer: CellWriter) -> String {
        guard case .apply(let function, let argument) = node.expression else { return "" }
        return writer.write(function.slope(of: .quantity(node.name, .now), at: argument))
    }

    // MARK: Terms

    /// One term, or those of several gates that differ in the gate's letter alone.
    enum Group {
        case single(CellGradients.Term)
        /// `matrix`: of any of them, the gate's letter being `index`.
        case gates([CellName], matrix: CellName, [CellGradients.Term])

        var terms: [CellGradients.Term] {
            switch self {
            case .single(let term): [term]
            case .gates(_, _, let terms): terms
            }
        }
    }

    /// The terms of a gradient, like gates gathered where there are at least three.
    func groups(_ terms: [CellGradients.Term]) -> [Group] {
        var (groups, done): ([Group], [CellName]) = ([], [])
        for term in terms {
            guard let pattern = pattern(term) else {
                groups.append(.single(term))
                continue
            }
            let alike = terms.filter { self.pattern($0) == pattern && $0.time == term.time }
            if alike.count < 3 {
                groups.append(.single(term))
            } else if !done.contains(pattern) {
                done.append(pattern)
                groups.append(.gates(alike.compactMap { gate($0.reader) }, matrix: pattern, alike))
            }
        }
        return groups
    }

    /// f of a^f.
    private func gate(_ inside: CellName) -> CellName? {
        if case .inside(let gate)? = nodes[inside]?.kind { gate } else { nil }
    }

    /// W_hk for W_hfᵀ ∂ℒ/∂a^f: the matrix with the index in the gate's place; nil for other terms.
    private func pattern(_ term: CellGradients.Term) -> CellName? {
        guard !term.isSubtracted, term.moves.count == 1, case .transposed(let matrix) = term.moves[0] else { return nil }
        return indexed(matrix, of: term.reader)
    }

    /// A parameter's name with the index in the place of its gate's letter.
    private func indexed(_ parameter: CellName, of inside: CellName) -> CellName? {
        guard let gate = gate(inside)?.text, parameter.below.hasSuffix(gate) else { return nil }
        var name = parameter
        name.below = String(parameter.below.dropLast(gate.count)) + index
        return name
    }

    /// `+ W^\top \frac{…}{…}`: the sum of all groups, the loss's own part first.
    func sum(_ groups: [Group], hasSeed: Bool, _ now: CellWriter, next: CellWriter) -> String {
        var text = hasSeed ? seed(now) : ""
        for group in groups {
            let writer = group.terms[0].time == .now ? now : next
            let isSubtracted = group.terms.count == 1 && group.terms[0].isSubtracted
            text += text.isEmpty ? (isSubtracted ? "-" : "") : (isSubtracted ? " - " : " + ")
            text += write(group, writer)
        }
        return text.isEmpty ? "0" : text
    }

    private func write(_ group: Group, _ writer: CellWriter) -> String {
        switch group {
        case .single(let term): return write(term, writer)
        case .gates(let gates, let matrix, let terms):
            let reader = CellName(letter: terms[0].reader.letter, above: index)
            return "\\sum_{\(range(gates, writer))} \(writer.name(matrix))^\\top \(Self.fraction(writer.quantity(reader)))"
        }
    }

    /// `k \in \{i, f, g, o\}`
    func range(_ gates: [CellName], _ writer: CellWriter) -> String {
        "\(index) \\in \\{" + gates.map { writer.name($0) }.joined(separator: ", ") + "\\}"
    }

    /// The reader's gradient with all that the term does to it, without the term's sign.
    func write(_ term: CellGradients.Term, _ writer: CellWriter) -> String {
        var (text, isAtom, isPassed) = (use(term.reader, writer), true, false)
        for move in term.moves {
            switch move {
            case .times(let factor):
                let factor = writer.inParentheses(factor, if: factor.isSum)
                text = isPassed ? factor + " \\odot " + text : text + " \\odot " + factor
                isAtom = false
            case .transposed(let matrix):
                text = writer.name(matrix) + "^\\top " + (isAtom ? text : writer.parentheses(text))
                (isAtom, isPassed) = (true, true)
            }
        }
        return text
    }

    // MARK: Parameters

    /// ∂ℒ/∂ of each parameter as a sum over the steps; those of like gates in one equation.
    func parameterEquations() -> [String] {
        let writer = CellWriter.tex
        var told: [(left: [String], right: String, range: String)] = []
        func add(_ left: String, _ right: String, _ range: String) {
            if let place = told.firstIndex(where: { $0.right == right && $0.range == range }) {
                if !told[place].left.contains(left) { told[place].left.append(left) }
            } else {
                told.append(([left], right, range))
            }
        }
        for parameter in definition.parameters.map({ $0.name }) {
            let uses = equations.uses.filter { $0.parameter == parameter }
            if uses.count == 1, let like = likeGates(uses[0]) {
                var term = uses[0].term
                term.reader = CellName(letter: term.reader.letter, above: index)
                add(
                    Self.fraction(writer.name(like.parameter)), "\\sum_t " + contribution(term, uses[0].operand, writer),
                    ", \\quad " + range(like.gates, writer)
                )
            } else {
                let sum = uses.enumerated().map { place, use in
                    (use.term.isSubtracted ? "-" : place == 0 ? "" : "+ ") + contribution(use.term, use.operand, writer)
                }.joined(separator: " ")
                add(Self.fraction(writer.name(parameter)), "\\sum_t " + (uses.count > 1 ? writer.parentheses(sum) : sum), "")
            }
        }
        return told.map { $0.left.joined(separator: " = ") + " = " + $0.right + $0.range }
    }

    /// The gates in whose equations a parameter of the same pattern stands in the same way; nil for fewer than three.
    private func likeGates(_ use: CellGradients.Use) -> (parameter: CellName, gates: [CellName])? {
        guard use.term.moves.isEmpty, !use.term.isSubtracted, let pattern = indexed(use.parameter, of: use.term.reader) else {
            return nil
        }
        func isAlone(_ parameter: CellName) -> Bool { equations.uses.filter { $0.parameter == parameter }.count == 1 }
        let alike = equations.uses.filter {
            isAlone($0.parameter) && $0.term.moves.isEmpty && !$0.term.isSubtracted && $0.operand == use.operand
                && indexed($0.parameter, of: $0.term.reader) == pattern
        }
        return alike.count < 3 ? nil : (pattern, alike.compactMap { gate($0.term.reader) })
    }

    /// `\frac{…}{…}\, h_{t-1}^\top`
    private func contribution(_ term: CellGradients.Term, _ operand: CellExpression?, _ writer: CellWriter) -> String {
        let gradient = write(term, writer)
        guard let operand else { return gradient }
        let isBare = term.moves.isEmpty
        return (isBare ? gradient : writer.parentheses(gradient)) + "\\, " + transposed(operand, writer)
    }

    /// `h_{t-1}^\top`
    func transposed(_ operand: CellExpression, _ writer: CellWriter) -> String {
        writer.inParentheses(operand, if: !operand.isName) + "^\\top"
    }

    // MARK: The cell's own equations

    /// The definition with what is inside each function named: alike ones once, functions side by side.
    func forwardEquations() -> [String] {
        let writer = CellWriter.tex
        var lines: [String] = []
        var functions: [CellNodes.Node] = []
        var done: [CellName] = []
        func flush() {
            let told = functions.map { writer.quantity($0.name) + " = " + writer.write($0.expression) }
            if !told.isEmpty { lines.append(told.joined(separator: ", \\qquad ")) }
            functions = []
        }
        for node in nodes.nodes where !done.contains(node.name) {
            if diagonal(node.name) != nil { continue }
            if let inside = nodes.inside(of: node.name), diagonal(inside.name) != nil {
                lines.append(definition.equations.first { $0.name == node.name }!.written(writer))
                continue
            }
            if node.function != nil {
                functions.append(node)
                continue
            }
            let alike = likeInsides(node)
            if alike.count >= 3 {
                let name = CellName(letter: node.name.letter, above: index)
                lines.append(
                    writer.quantity(name) + " = " + writer.write(indexed(node)) + ", \\quad "
                        + range(alike.compactMap { gate($0.name) }, writer))
                done += alike.map { $0.name }
            } else {
                // A function is told after what is inside it, before what reads it.
                let read = node.expression.quantities(at: .now)
                if functions.contains(where: { read.contains($0.name) }) { flush() }
                lines.append(writer.quantity(node.name) + " = " + writer.write(node.expression))
            }
        }
        flush()
        return lines
    }

    /// The insides of functions whose equations differ from this one's in the gate's letter alone, itself among them.
    private func likeInsides(_ node: CellNodes.Node) -> [CellNodes.Node] {
        guard case .inside = node.kind else { return [] }
        let pattern = indexed(node)
        return nodes.nodes.filter { other in
            if case .inside = other.kind { indexed(other) == pattern } else { false }
        }
    }

    /// What is inside a gate's function, the gate's letter in parameters being the index.
    private func indexed(_ node: CellNodes.Node) -> CellExpression {
        node.expression.mapped { part in
            switch part {
            case .product(let matrix, let operand): indexed(matrix, of: node.name).map { .product($0, operand) }
            case .vector(let name): indexed(name, of: node.name).map { .vector($0) }
            default: nil
            }
        }
    }
}
