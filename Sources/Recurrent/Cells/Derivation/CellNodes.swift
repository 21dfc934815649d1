/// A cell's equations taken apart until everything that a gradient passes has a name.
///
/// What stands inside the function that makes f becomes a^f, a quantity of its own; so does every function inside an
/// equation whose argument is more than one name.
struct CellNodes: Sendable {
    struct Node: Sendable {
        enum Kind: Sendable {
            /// One of the cell's own quantities.
            case quantity
            /// a^f, what is inside the function that makes the node named here.
            case inside(CellName)
            /// A function that stood inside an equation.
            case lifted
        }

        let name: CellName
        let expression: CellExpression
        let kind: Kind

        /// f of f(a): what makes this node of its inside.
        var function: CellFunction? {
            if case .apply(let function, .quantity(_, .now)) = expression { function } else { nil }
        }
    }

    /// In the order in which a step computes them.
    private(set) var nodes: [Node] = []
    private var free: [CellName] = []
    /// The letter of a^f: a, unless that is a quantity of the cell.
    private let insideLetter: String

    init(_ definition: CellDefinition) {
        let taken = Set(definition.equations.map { $0.name.letter } + definition.parameters.map { $0.name.letter })
        insideLetter = ["a", "s", "e", "k"].first { !taken.contains($0) } ?? "α"
        let letters = ["u", "v", "w", "s", "y", "q", "p", "k", "m", "r"].filter { !taken.contains($0) && $0 != insideLetter }
        // Where letters do not suffice, they are numbered.
        var functions = 0
        for equation in definition.equations { equation.expression.forEach { if case .apply = $0 { functions += 1 } } }
        let names = definition.equations.map { $0.name } + definition.parameters.map { $0.name }
        free =
            letters.map { CellName(letter: $0) }
            + (1...(functions + names.count + 1)).map { CellName(letter: "u", below: "\($0)") }.filter { !names.contains($0) }
        for equation in definition.equations {
            guard case .apply(let function, let argument) = equation.expression, !argument.isName else {
                nodes.append(Node(name: equation.name, expression: lift(equation.expression), kind: .quantity))
                continue
            }
            let inside = appendInside(of: equation.name, argument)
            nodes.append(Node(name: equation.name, expression: .apply(function, inside), kind: .quantity))
        }
    }

    subscript(name: CellName) -> Node? { nodes.first { $0.name == name } }

    /// What stands inside the function that makes a quantity; nil where nothing but a name does.
    func inside(of name: CellName) -> Node? {
        nodes.first { if case .inside(name) = $0.kind { true } else { false } }
    }

    private mutating func appendInside(of name: CellName, _ argument: CellExpression) -> CellExpression {
        let inside = CellName(letter: insideLetter, above: name.text)
        let expression = lift(argument)
        nodes.append(Node(name: inside, expression: expression, kind: .inside(name)))
        return .quantity(inside, .now)
    }

    /// The same with every function of more than a name replaced by a quantity.
    private mutating func lift(_ expression: CellExpression) -> CellExpression {
        switch expression {
        case .number, .input, .quantity, .vector: return expression
        case .product(let matrix, let operand): return .product(matrix, lift(operand))
        case .sum(let summands):
            return .sum(summands.map { .init(isSubtracted: $0.isSubtracted, expression: lift($0.expression)) })
        case .multiply(let factors): return .multiply(factors.map { lift($0) })
        case .quotient(let above, let below): return .quotient(lift(above), lift(below))
        case .power(let base, let exponent): return .power(lift(base), exponent)
        case .apply(let function, let argument):
            if argument.isName { return expression }
            let name = newName()
            let inside = appendInside(of: name, argument)
            nodes.append(Node(name: name, expression: .apply(function, inside), kind: .lifted))
            return .quantity(name, .now)
        }
    }

    private mutating func newName() -> CellName { free.removeFirst() }
}
