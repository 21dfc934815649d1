/// Runs a cell's equations over a batch of sequences, and back through time.

/// All steps of one run, kept for the way back.
final class CellPass: RecurrentPass {
    typealias Row = UnsafeMutablePointer<Double>
    typealias Source = CellProgram.Source

    let x: SequenceBatch
    let states: [StateHistory]
    private let program: CellProgram
    private let definition: CellDefinition
    /// (L, N, affine blocks): biases and products.
    private let affine: Steps
    /// (L, N, values): what the operations leave.
    private let values: Steps
    /// As they were in the forward pass; vectors have one row.
    private let parameters: [Matrix]

    var output: MatrixView { view(of: program.quantities[definition.output]!) }

    var quantities: [(symbol: String, values: MatrixView)] {
        definition.equations.map { ($0.name.text, view(of: program.quantities[$0.name]!)) }
    }

    var preactivations: [(symbol: String, values: MatrixView)] {
        definition.equations.compactMap { equation in
            program.insides[equation.name].map { (equation.name.text, view(of: $0)) }
        }
    }

    // MARK: Forward

    init(_ x: SequenceBatch, from initial: [[Double]], _ direction: CellDirection) {
        self.x = x
        definition = direction.definition
        program = direction.program
        states = zip(direction.states, initial).map { StateHistory(startingAt: $1, of: x, width: $0.width) }
        affine = Steps(count: x.count, batch: x.batch, width: program.affineWidth)
        values = Steps(count: x.count, batch: x.batch, width: program.valueWidth)
        parameters = direction.parameters.tensors.map { tensor in
            tensor.shape.count == 2 ? Matrix(tensor) : Matrix(rows: 1, columns: tensor.shape[0], values: tensor.values)
        }
        run()
    }

    private func run() {
        let factors = program.products.map { product in product.runs.map { stacked($0).view.transposed.packed } }
        addBiases()
        for (product, factors) in zip(program.products, factors) where product.operand.place == .input {
            for (run, factor) in zip(product.runs, factors) {  // W x_t of all steps at once
                affine.matrix.view.columns(columns(of: run)).add(x.steps.matrix.view, times: factor)
            }
        }
        for t in x.readingOrder {
            multiply(at: t, after: -1, factors)
            for (index, operation) in program.operations.enumerated() {
                for n in 0..<x.batch where x.hasStep(t, of: n) { run(operation, t, n) }
                multiply(at: t, after: index, factors)
            }
            for n in 0..<x.batch { finish(t, n) }
        }
    }

    private func addBiases() {
        guard !program.biases.isEmpty else { return }
        var sums = [Double].zeros(program.affineWidth)
        for bias in program.biases {
            let vector = parameters[bias.vector]
            for j in 0..<vector.columns { sums[bias.column + j] += vector.row(0)[j] }
        }
        affine.matrix.fillRows(with: sums)
    }

    /// W v of a step for all v that are there after an operation.
    private func multiply(at t: Int, after operation: Int, _ factors: [[PackedMatrix]]) {
        for (product, factors) in zip(program.products, factors)
        where product.operation == operation && product.operand.place != .input {
            let operand = view(of: product.operand, at: t)
            for (run, factor) in zip(product.runs, factors) {
                affine.view(at: t).columns(columns(of: run)).add(operand, times: factor)
            }
        }
    }

    /// Hands the states on; a sequence that has ended keeps them, and has nothing else.
    private func finish(_ t: Int, _ n: Int) {
        guard x.hasStep(t, of: n) else {
            affine.clear(t, n)
            for state in states { state.carry(n, over: t) }
            return
        }
        for (state, name) in zip(states, definition.states) {
            let source = program.quantities[name]!
            state[after: t, n].update(from: row(source, t, n), count: source.width)
        }
    }

    private func run(_ operation: CellProgram.Operation, _ t: Int, _ n: Int) {
        let (result, width) = (row(operation.result, t, n), operation.result.width)
        switch operation.kind {
        case .sum(let sources, let constant):
            if constant != 0 { result.update(repeating: constant, count: width) }
            for (source, isSubtracted) in sources {
                let a = row(source, t, n)
                if isSubtracted { for j in 0..<width { result[j] -= a[j] } } else { for j in 0..<width { result[j] += a[j] } }
            }
        case .multiply(let sources, let factor):
            result.update(from: row(sources[0], t, n), count: width)
            for source in sources.dropFirst() {
                let a = row(source, t, n)
                for j in 0..<width { result[j] *= a[j] }
            }
            if factor != 1 { for j in 0..<width { result[j] *= factor } }
        case .divide(let above, let below):
            switch (above, below) {
            case (.source(let a), .source(let b)):
                let (a, b) = (row(a, t, n), row(b, t, n))
                for j in 0..<width { result[j] = a[j] / b[j] }
            case (.source(let a), .number(let b)):
                let a = row(a, t, n)
                for j in 0..<width { result[j] = a[j] / b }
            case (.number(let a), .source(let b)):
                let b = row(b, t, n)
                for j in 0..<width { result[j] = a / b[j] }
            case (.number, .number): break
            }
        case .power(let base, let exponent):
            let a = row(base, t, n)
            for j in 0..<width {
                var power = a[j]
                for _ in 1..<exponent { power *= a[j] }
                result[j] = power
            }
        case .apply(let function, let argument):
            let a = row(argument, t, n)
            switch function {
            case .sigmoid: result.assignSigmoid(of: a, count: width)
            case .tanh: result.assignTanh(of: a, count: width)
            default: for j in 0..<width { result[j] = function.value(a[j]) }
            }
        }
    }

    // MARK: Backward

    func backward(_ gradients: OutputGradients) -> InputGradients { backward(gradients, also: []) }

    /// `also`: the gradients (L, N, width) that come directly to quantities other than the output.
    func backward(_ gradients: OutputGradients, also others: [(name: CellName, gradients: Steps)]) -> InputGradients {
        let d = CellPassGradients(self, gradients)
        let factors = program.products.map { product in product.runs.map { stacked($0).view.packed } }
        for t in x.unreadingOrder {
            d.values.clear()
            for n in 0..<x.batch where x.hasStep(t, of: n) {
                for (name, gradients) in [(definition.output, gradients.outputs)] + others {
                    let source = program.quantities[name]!
                    d.row(source, t, n).add(gradients[t, n], count: source.width)
                }
                takeStates(t, n, d)
            }
            for (index, operation) in program.operations.enumerated().reversed() {
                multiplyBack(at: t, after: index, factors, d)
                for n in 0..<x.batch where x.hasStep(t, of: n) { runBack(operation, t, n, d) }
            }
            multiplyBack(at: t, after: -1, factors, d)
        }
        for (product, factors) in zip(program.products, factors) where product.operand.place == .input {
            for (run, factor) in zip(product.runs, factors) {  // ∂ℒ/∂x_t = Wᵀ ∂ℒ/∂(W x_t)
                d.x.matrix.view.add(d.affine.matrix.view.columns(columns(of: run)), times: factor)
            }
        }
        collectParameters(d)
        return InputGradients(x: d.x.matrix, initialStates: d.states, parameters: d.parameters.map { $0.values })
    }

    /// The gradients of the states that a step handed on come to what they were.
    private func takeStates(_ t: Int, _ n: Int, _ d: CellPassGradients) {
        for (index, name) in definition.states.enumerated() {
            let (source, dState) = (program.quantities[name]!, d.states[index].row(n))
            d.row(source, t, n).add(dState, count: source.width)
            dState.update(repeating: 0, count: source.width)
        }
    }

    /// ∂ℒ/∂v = Wᵀ ∂ℒ/∂(W v)
    private func multiplyBack(at t: Int, after operation: Int, _ factors: [[PackedMatrix]], _ d: CellPassGradients) {
        for (product, factors) in zip(program.products, factors).reversed()
        where product.operation == operation && product.operand.place != .input {
            let operand = d.view(of: product.operand, at: t)
            for (run, factor) in zip(product.runs, factors) {
                operand.add(d.affine.view(at: t).columns(columns(of: run)), times: factor)
            }
        }
    }

    private func runBack(_ operation: CellProgram.Operation, _ t: Int, _ n: Int, _ d: CellPassGradients) {
        let (result, g, width) = (row(operation.result, t, n), d.row(operation.result, t, n), operation.result.width)
        switch operation.kind {
        case .sum(let sources, _):
            for (source, isSubtracted) in sources {
                let da = d.row(source, t, n)
                if isSubtracted { for j in 0..<width { da[j] -= g[j] } } else { for j in 0..<width { da[j] += g[j] } }
            }
        case .multiply(let sources, let factor): multiplyBack(sources, factor, g, t, n, d)
        case .divide(let above, let below): divideBack(above, below, result, g, width, t, n, d)
        case .power(let base, let exponent):
            let (a, da) = (row(base, t, n), d.row(base, t, n))
            for j in 0..<width {
                var slope = Double(exponent)
                for _ in 1..<exponent { slope *= a[j] }
                da[j] += g[j] * slope  // (aᵏ)′ = k aᵏ⁻¹
            }
        case .apply(let function, let argument):
            let (a, da) = (row(argument, t, n), d.row(argument, t, n))
            switch function {
            case .sigmoid: for j in 0..<width { da[j] += g[j] * result[j] * (1 - result[j]) }  // σ′ = σ (1 − σ)
            case .tanh: for j in 0..<width { da[j] += g[j] * (1 - result[j] * result[j]) }  // tanh′ = 1 − tanh²
            case .relu: for j in 0..<width { da[j] += result[j] > 0 ? g[j] : 0 }
            case .exp: for j in 0..<width { da[j] += g[j] * result[j] }  // exp′ = exp
            case .log: for j in 0..<width { da[j] += g[j] / a[j] }  // log′ = 1/a
            case .sqrt: for j in 0..<width { da[j] += g[j] / (2 * result[j]) }  // √′ = 1/(2√)
            case .step: break
            }
        }
    }

    /// ∂(a ⊙ b ⊙ c)/∂a = b ⊙ c
    private func multiplyBack(_ sources: [Source], _ factor: Double, _ g: Row, _ t: Int, _ n: Int, _ d: CellPassGradients) {
        let width = sources[0].width
        for (index, source) in sources.enumerated() {
            let da = d.row(source, t, n)
            if sources.count == 2 {
                let b = row(sources[1 - index], t, n)
                for j in 0..<width { da[j] += factor * g[j] * b[j] }
                continue
            }
            let others = sources.indices.filter { $0 != index }.map { row(sources[$0], t, n) }
            for j in 0..<width {
                var product = factor * g[j]
                for other in others { product *= other[j] }
                da[j] += product
            }
        }
    }

    /// ∂(a/b)/∂a = 1/b, ∂(a/b)/∂b = −a/b²
    private func divideBack(
        _ above: CellProgram.Operand, _ below: CellProgram.Operand, _ result: Row, _ g: Row, _ width: Int, _ t: Int, _ n: Int,
        _ d: CellPassGradients
    ) {
        if case .source(let a) = above {
            let da = d.row(a, t, n)
            switch below {
            case .number(let b): for j in 0..<width { da[j] += g[j] / b }
            case .source(let b):
                let b = row(b, t, n)
                for j in 0..<width { da[j] += g[j] / b[j] }
            }
        }
        if case .source(let b) = below {
            let (b, db) = (row(b, t, n), d.row(b, t, n))
            for j in 0..<width { db[j] -= g[j] * result[j] / b[j] }
        }
    }

    /// Of all steps at once: ∂ℒ/∂W = Σ ∂ℒ/∂(W v) vᵀ, ∂ℒ/∂b = Σ ∂ℒ/∂(… + b).
    private func collectParameters(_ d: CellPassGradients) {
        for product in program.products {
            let operand = view(of: product.operand)
            for run in product.runs {
                let gradient = d.affine.matrix.view.columns(columns(of: run)).transposed.times(operand)
                for block in run {
                    let start = block.column - run[0].column
                    d.parameters[block.matrix].add(Matrix(copying: gradient.view(rows: start..<start + block.rows)))
                }
            }
        }
        guard !program.biases.isEmpty else { return }
        let sums = d.affine.matrix.columnSums
        for bias in program.biases {
            let vector = d.parameters[bias.vector]
            for j in 0..<vector.columns { vector.row(0)[j] += sums[bias.column + j] }
        }
    }

    // MARK: Places

    private func row(_ source: Source, _ t: Int, _ n: Int) -> Row {
        switch source.place {
        case .input: x.steps[t, n]
        case .affine(let column): affine[t, n] + column
        case .value(let column): values[t, n] + column
        case .state(let index): states[index][before: t, n]
        case .vector(let index): parameters[index].base
        }
    }

    /// (N, width) at one step.
    private func view(of source: Source, at t: Int) -> MatrixView {
        view(of: source).rows(t * x.batch..<(t + 1) * x.batch)
    }

    /// (L · N, width)
    private func view(of source: Source) -> MatrixView {
        switch source.place {
        case .input: x.steps.matrix.view
        case .affine(let column): affine.matrix.view.columns(column..<column + source.width)
        case .value(let column): values.matrix.view.columns(column..<column + source.width)
        case .state(let index): states[index].viewBeforeAll
        case .vector: fatalError("a vector multiplies no matrix alone")
        }
    }

    private func columns(of run: [(matrix: Int, column: Int, rows: Int)]) -> Range<Int> {
        run[0].column..<run[run.count - 1].column + run[run.count - 1].rows
    }

    /// The matrices of a run below one another.
    private func stacked(_ run: [(matrix: Int, column: Int, rows: Int)]) -> Matrix {
        if run.count == 1 { return parameters[run[0].matrix] }
        let stacked = Matrix(rows: run.reduce(0) { $0 + $1.rows }, columns: parameters[run[0].matrix].columns)
        for block in run {
            stacked.row(block.column - run[0].column).update(
                from: parameters[block.matrix].base, count: block.rows * stacked.columns)
        }
        return stacked
    }
}

/// ∂ℒ/∂ of all that a pass computed and read.
private final class CellPassGradients {
    /// (L, N, affine blocks)
    let affine: Steps
    /// (N, values): of one step.
    let values: Matrix
    let x: Steps
    /// (N, width) each: of the states after a step, then of those before it.
    let states: [Matrix]
    let parameters: [Matrix]

    init(_ pass: CellPass, _ gradients: OutputGradients) {
        (affine, values, x, parameters) = pass.emptyGradients
        states = gradients.finalStates
    }

    func row(_ source: CellProgram.Source, _ t: Int, _ n: Int) -> CellPass.Row {
        switch source.place {
        case .input: x[t, n]
        case .affine(let column): affine[t, n] + column
        case .value(let column): values.row(n) + column
        case .state(let index): states[index].row(n)
        case .vector(let index): parameters[index].base
        }
    }

    /// (N, width) at one step.
    func view(of source: CellProgram.Source, at t: Int) -> MatrixView {
        switch source.place {
        case .input: x.view(at: t)
        case .affine(let column): affine.view(at: t).columns(column..<column + source.width)
        case .value(let column): values.view.columns(column..<column + source.width)
        case .state(let index): states[index].view
        case .vector: fatalError("a vector multiplies no matrix alone")
        }
    }
}

extension CellPass {
    fileprivate var emptyGradients: (Steps, Matrix, Steps, [Matrix]) {
        (
            Steps(count: x.count, batch: x.batch, width: program.affineWidth),
            Matrix(rows: x.batch, columns: program.valueWidth), Steps(count: x.count, batch: x.batch, width: x.steps.width),
            parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
        )
    }
}

extension UnsafeMutablePointer<Double> {
    fileprivate func add(_ other: UnsafeMutablePointer<Double>, count: Int) {
        for j in 0..<count { self[j] += other[j] }
    }
}
