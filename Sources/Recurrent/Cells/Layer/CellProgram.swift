/// A cell's equations as operations on whole rows, in the order in which a step runs them.
///
/// All matrices that multiply the same vector are one product, as the hand-written kernels have it: their blocks stand
/// side by side in one matrix, to which biases and products are added. The rest goes from row to row.
struct CellProgram {
    /// Where a vector of a step lies.
    enum Place: Hashable {
        case input
        /// Columns of the affine blocks, from this one on.
        case affine(Int)
        /// Columns of what the operations leave, from this one on.
        case value(Int)
        /// A state of the step before.
        case state(Int)
        /// A parameter that is a vector.
        case vector(Int)
    }

    struct Source: Hashable {
        let place: Place
        let width: Int
    }

    struct Operation {
        enum Kind {
            /// constant ± a ± b …
            case sum([(source: Source, isSubtracted: Bool)], constant: Double)
            /// factor · a ⊙ b ⊙ …
            case multiply([Source], factor: Double)
            case divide(Operand, Operand)
            case power(Source, Int)
            case apply(CellFunction, Source)
        }

        let kind: Kind
        let result: Source
    }

    /// A vector, or a number.
    enum Operand {
        case number(Double)
        case source(Source)
    }

    /// All that is multiplied with one vector.
    struct Product {
        let operand: Source
        /// The operation after which the operand is there; −1 for the step's beginning.
        let operation: Int
        /// The matrix, an index of the definition's parameters, and the affine block that it is added to.
        var blocks: [(matrix: Int, column: Int, rows: Int)] = []
    }

    private(set) var operations: [Operation] = []
    private(set) var products: [Product] = []
    /// A vector that is added to an affine block.
    private(set) var biases: [(vector: Int, column: Int)] = []
    private(set) var affineWidth = 0
    private(set) var valueWidth = 0
    /// Where each quantity of the step is, and what is inside its function.
    private(set) var quantities: [CellName: Source] = [:]
    private(set) var insides: [CellName: Source] = [:]
    private let definition: CellDefinition
    private let widths: (CellDefinition.Size) -> Int
    /// The operation after which an affine block is complete.
    private var completion: [Int: Int] = [:]

    init(_ definition: CellDefinition, widths: @escaping (CellDefinition.Size) -> Int) {
        self.definition = definition
        self.widths = widths
        for equation in definition.equations {
            quantities[equation.name] = materialised(compile(equation))
        }
    }

    private mutating func compile(_ equation: CellDefinition.Equation) -> Source {
        let width = widths(definition.sizes[equation.name]!)
        if case .apply(let function, let argument) = equation.expression, !argument.isName {
            let inside = source(argument, width)
            insides[equation.name] = inside
            return append(.apply(function, inside), width)
        }
        return source(equation.expression, width)
    }

    /// What is kept of a quantity is a value of the step itself.
    private mutating func materialised(_ source: Source) -> Source {
        switch source.place {
        case .affine, .value: source
        case .input, .state, .vector: append(.sum([(source, false)], constant: 0), source.width)
        }
    }

    private mutating func append(_ kind: Operation.Kind, _ width: Int) -> Source {
        let result = Source(place: .value(valueWidth), width: width)
        valueWidth += width
        operations.append(Operation(kind: kind, result: result))
        return result
    }

    // MARK: Expressions

    /// A vector; a number is spread over one.
    private mutating func source(_ expression: CellExpression, _ width: Int) -> Source {
        switch compile(expression) {
        case .source(let source): source
        case .number(let number): append(.sum([], constant: number), width)
        }
    }

    private mutating func compile(_ expression: CellExpression) -> Operand {
        switch expression {
        case .number(let number): return .number(number)
        case .input: return .source(Source(place: .input, width: widths(.features)))
        case .quantity(let name, .now): return .source(quantities[name]!)
        case .quantity(let name, .before):
            return .source(Source(place: .state(definition.states.firstIndex(of: name)!), width: widths(definition.sizes[name]!)))
        case .vector(let name):
            let index = parameter(name)
            return .source(Source(place: .vector(index), width: widths(definition.parameters[index].rows)))
        case .product(let matrix, let operand): return .source(affine([(matrix, operand)], biases: []))
        case .sum(let summands): return sum(summands)
        case .multiply(let factors): return multiply(factors)
        case .quotient(let above, let below):
            let (above, below) = (compile(above), compile(below))
            switch (above, below) {
            case (.number(let a), .number(let b)): return .number(a / b)
            case (.source(let source), _), (_, .source(let source)): return .source(append(.divide(above, below), source.width))
            }
        case .power(let base, let exponent):
            switch compile(base) {
            case .number(let number): return .number((1..<exponent).reduce(number) { power, _ in power * number })
            case .source(let source): return .source(append(.power(source, exponent), source.width))
            }
        case .apply(let function, let argument):
            switch compile(argument) {
            case .number(let number): return .number(function.value(number))
            case .source(let source): return .source(append(.apply(function, source), source.width))
            }
        }
    }

    /// Matrices and biases that are added go into one affine block; what else there is, is added to it.
    private mutating func sum(_ summands: [CellExpression.Summand]) -> Operand {
        var (products, biases, rest): ([(CellName, CellExpression)], [CellName], [CellExpression.Summand]) = ([], [], [])
        for summand in summands {
            switch summand.expression {
            case .product(let matrix, let operand) where !summand.isSubtracted: products.append((matrix, operand))
            case .vector(let name) where !summand.isSubtracted: biases.append(name)
            default: rest.append(summand)
            }
        }
        var sources: [(source: Source, isSubtracted: Bool)] = []
        if products.isEmpty {
            rest += biases.map { .init(expression: .vector($0)) }
        } else {
            let affine = affine(products, biases: biases)
            if rest.isEmpty { return .source(affine) }
            sources.append((affine, false))
        }
        var constant = 0.0
        for summand in rest {
            switch compile(summand.expression) {
            case .number(let number): constant += summand.isSubtracted ? -number : number
            case .source(let source): sources.append((source, summand.isSubtracted))
            }
        }
        guard let width = sources.first?.source.width else { return .number(constant) }
        return .source(append(.sum(sources, constant: constant), width))
    }

    private mutating func multiply(_ factors: [CellExpression]) -> Operand {
        var (sources, number) = ([Source](), 1.0)
        for factor in factors {
            switch compile(factor) {
            case .number(let value): number *= value
            case .source(let source): sources.append(source)
            }
        }
        guard let width = sources.first?.width else { return .number(number) }
        return .source(append(.multiply(sources, factor: number), width))
    }

    /// A block to which all these products and biases are added.
    private mutating func affine(_ matrices: [(CellName, CellExpression)], biases added: [CellName]) -> Source {
        // The operands first: they may need blocks of their own.
        let operands = matrices.map { matrix, operand in (parameter(matrix), compile(operand)) }
        let width = widths(definition.parameters[operands[0].0].rows)
        let column = affineWidth
        affineWidth += width
        completion[column] = -1
        for (matrix, operand) in operands {
            guard case .source(var source) = operand else { continue }
            // A parameter is one vector; a product needs one for each sequence and step.
            if case .vector = source.place { source = append(.sum([(source, false)], constant: 0), source.width) }
            add(matrix, times: source, to: column, rows: width)
        }
        for name in added { biases.append((parameter(name), column)) }
        return Source(place: .affine(column), width: width)
    }

    private mutating func add(_ matrix: Int, times operand: Source, to column: Int, rows: Int) {
        let index = products.firstIndex { $0.operand == operand } ?? products.count
        if index == products.count { products.append(Product(operand: operand, operation: available(operand))) }
        products[index].blocks.append((matrix, column, rows))
        completion[column] = max(completion[column]!, products[index].operation)
    }

    /// The operation after which a vector is there.
    private func available(_ source: Source) -> Int {
        switch source.place {
        case .input, .state, .vector: -1
        case .affine(let column): completion[column]!
        case .value: operations.lastIndex { $0.result == source }!
        }
    }

    private func parameter(_ name: CellName) -> Int { definition.parameters.firstIndex { $0.name == name }! }
}

extension CellProgram.Product {
    /// Blocks side by side, which one product fills.
    var runs: [[(matrix: Int, column: Int, rows: Int)]] {
        var runs: [[(matrix: Int, column: Int, rows: Int)]] = []
        for block in blocks.sorted(by: { $0.column < $1.column }) {
            if let last = runs.last?.last, last.column + last.rows == block.column {
                runs[runs.count - 1].append(block)
            } else {
                runs.append([block])
            }
        }
        return runs
    }
}
