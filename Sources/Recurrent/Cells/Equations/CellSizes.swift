/// The sizes of an equation's vectors while it is read: which of them are equal, and which are the input's and the output's.
struct CellSizes {
    typealias Variable = Int

    /// d, the size of x_t.
    static let input: Variable = 0
    /// h, the size of what a step gives out.
    private static let output: Variable = 1

    private var parents: [Variable] = [0, 1]
    private var variables: [CellName: Variable]
    /// In the order in which they were met.
    private var quantities: [CellName]

    init(output: CellName) {
        quantities = [output]
        variables = [output: Self.output]
    }

    mutating func newVariable() -> Variable {
        parents.append(parents.count)
        return parents.count - 1
    }

    mutating func variable(of quantity: CellName) -> Variable {
        if let known = variables[quantity] { return known }
        let variable = newVariable()
        quantities.append(quantity)
        variables[quantity] = variable
        return variable
    }

    /// False where one is the input's size and the other the output's.
    mutating func unify(_ a: Variable, _ b: Variable) -> Bool {
        let (a, b) = (root(a), root(b))
        if a == b { return true }
        if max(a, b) <= Self.output { return false }
        parents[max(a, b)] = min(a, b)
        return true
    }

    func areEqual(_ a: Variable, _ b: Variable) -> Bool { root(a) == root(b) }

    /// Whether it is the input's or the output's.
    func isKnown(_ variable: Variable) -> Bool { root(variable) <= Self.output }

    /// nil for one that belongs to no quantity.
    func size(_ variable: Variable) -> CellDefinition.Size? {
        switch root(variable) {
        case Self.input: .features
        case Self.output: .units
        case let root: quantities.first { self.root(variables[$0]!) == root }.map { .own($0.text) }
        }
    }

    private func root(_ variable: Variable) -> Variable {
        var variable = variable
        while parents[variable] != variable { variable = parents[variable] }
        return variable
    }
}
