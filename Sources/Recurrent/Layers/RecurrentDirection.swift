/// What one layer in one direction works with: its batch of sequences, its weights, the states it keeps.

/// The part of a recurrent layer that RNN, LSTM and GRU each write out themselves.
///
/// ``RecurrentStack`` adds layers, directions, dropout and variable lengths to it.
protocol RecurrentDirection {
    associatedtype Pass: RecurrentPass

    var weights: RecurrentWeights { get }

    /// How many states a step hands to the next: 1 (h), or 2 (h and c).
    static var stateCount: Int { get }

    /// Runs over all steps. `initial` holds a (N, H) matrix for each state.
    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> Pass

    /// Back-propagation through time over all steps of `pass`.
    func backward(_ pass: Pass, _ gradients: OutputGradients) -> InputGradients
}

/// What a forward pass keeps for the backward pass; the traces show the same.
protocol RecurrentPass {
    var x: SequenceBatch { get }
    /// h first.
    var states: [StateHistory] { get }
}

/// ∂L/∂ of what a direction gives out.
struct OutputGradients {
    /// (L, N, H): of the output of every step.
    let outputs: Steps
    /// (N, H) each: of the final states.
    let finalStates: [Matrix]
}

/// ∂L/∂ of what a direction takes in.
struct InputGradients {
    /// (L, N, D)
    let x: Matrix
    /// (N, H) each.
    let initialStates: [Matrix]
    /// In the order of ``RecurrentWeights/parameters``.
    let parameters: [[Double]]
}

// MARK: - Sequences

/// (L, N, width) doubles: `steps[t, n]` is the row of sequence n at step t.
struct Steps {
    let count: Int
    let batch: Int
    let matrix: Matrix

    init(count: Int, batch: Int, width: Int) {
        self.count = count
        self.batch = batch
        matrix = Matrix(rows: count * batch, columns: width)
    }

    init(count: Int, batch: Int, width: Int, values: [Double]) {
        self.count = count
        self.batch = batch
        matrix = Matrix(rows: count * batch, columns: width, values: values)
    }

    var width: Int { matrix.columns }

    subscript(t: Int, n: Int) -> UnsafeMutablePointer<Double> {
        matrix.row(t * batch + n)
    }

    /// Step t as a matrix (N, width).
    func view(at t: Int) -> MatrixView {
        matrix.view(rows: t * batch..<(t + 1) * batch)
    }

    /// Steps of a range as a matrix (steps · N, width).
    func view(steps range: Range<Int>) -> MatrixView {
        matrix.view(rows: range.lowerBound * batch..<range.upperBound * batch)
    }

    /// Step t cut into blocks of equal width, (N, width / blocks) each.
    func tensors(at t: Int, blocks: Int) -> [Tensor] {
        let size = width / blocks
        return (0..<blocks).map { block in
            let values = (0..<batch).flatMap { n in UnsafeBufferPointer(start: self[t, n] + block * size, count: size) }
            return Tensor(shape: [batch, size], values: values)
        }
    }

    func clear(_ t: Int, _ n: Int) {
        self[t, n].update(repeating: 0, count: width)
    }

    func tensor(at t: Int) -> Tensor {
        Tensor(shape: [batch, width], values: matrix.values(rows: t * batch..<(t + 1) * batch))
    }
}

/// A batch of sequences, read forwards or backwards.
struct SequenceBatch {
    /// (L, N, D)
    let steps: Steps
    /// The number of steps of each sequence; nil if all have L. Later steps are not read.
    let lengths: [Int]?
    let isReverse: Bool

    var count: Int { steps.count }
    var batch: Int { steps.batch }

    /// The steps in the order in which they are read.
    var readingOrder: StrideTo<Int> {
        isReverse ? stride(from: count - 1, to: -1, by: -1) : stride(from: 0, to: count, by: 1)
    }

    /// The other way round: the order of back-propagation through time.
    var unreadingOrder: StrideTo<Int> {
        isReverse ? stride(from: 0, to: count, by: 1) : stride(from: count - 1, to: -1, by: -1)
    }

    /// Whether sequence n has a step t.
    ///
    /// Where it has none its state stays as it is. So a sequence ends with its last real step's state,
    /// and read in reverse it starts at its own end.
    func hasStep(_ t: Int, of n: Int) -> Bool {
        lengths.map { t < $0[n] } ?? true
    }
}

/// A state (h or c) before and after every step: L + 1 matrices (N, H) in time order.
struct StateHistory {
    private let blocks: Steps
    private let isReverse: Bool

    init(startingAt initial: [Double], of x: SequenceBatch, width: Int) {
        blocks = Steps(count: x.count + 1, batch: x.batch, width: width)
        isReverse = x.isReverse
        let start = isReverse ? x.count : 0
        blocks[start, 0].update(from: initial, count: initial.count)
    }

    // Read in reverse, step t starts from the state that step t + 1 left.
    private func blockBefore(_ t: Int) -> Int { isReverse ? t + 1 : t }
    private func blockAfter(_ t: Int) -> Int { isReverse ? t : t + 1 }

    subscript(before t: Int, n: Int) -> UnsafeMutablePointer<Double> { blocks[blockBefore(t), n] }
    subscript(after t: Int, n: Int) -> UnsafeMutablePointer<Double> { blocks[blockAfter(t), n] }

    func view(before t: Int) -> MatrixView { blocks.view(at: blockBefore(t)) }
    func tensor(before t: Int) -> Tensor { blocks.tensor(at: blockBefore(t)) }
    func tensor(after t: Int) -> Tensor { blocks.tensor(at: blockAfter(t)) }

    /// The states before steps 0, 1, … as one matrix (L · N, H).
    var viewBeforeAll: MatrixView {
        blocks.view(steps: isReverse ? 1..<blocks.count : 0..<blocks.count - 1)
    }

    /// (N, H): what the direction ends with.
    var final: [Double] {
        blocks.matrix.values(rows: isReverse ? 0..<blocks.batch : (blocks.count - 1) * blocks.batch..<blocks.count * blocks.batch)
    }

    /// Sequence n has no step t: its state stays.
    func carry(_ n: Int, over t: Int) {
        self[after: t, n].update(from: self[before: t, n], count: blocks.width)
    }
}

// MARK: - Weights

/// The weights of one layer in one direction, the blocks of its gates below one another.
struct RecurrentWeights {
    /// (gates · H, D)
    let weightIH: Tensor
    /// (gates · H, H)
    let weightHH: Tensor
    /// (gates · H) each, or nil without bias.
    let biases: (ih: Tensor, hh: Tensor)?
    /// (count, H): how gates see the cell state, or nil without peepholes.
    let peepholes: Tensor?
    let hiddenSize: Int

    /// Drawn uniformly from (−1/√H, 1/√H) in PyTorch's order, peepholes last.
    init(inputSize: Int, hiddenSize: Int, gates: Int, bias: Bool, peepholes: Int = 0) {
        let bound = 1 / Elementary.sqrt(Double(hiddenSize))
        func draw(_ shape: Shape) -> Tensor { .parameter(shape, uniformWithin: bound) }
        let rows = ([gates, hiddenSize] as Shape).elementCount
        weightIH = draw([rows, inputSize])
        weightHH = draw([rows, hiddenSize])
        biases = bias ? (draw([rows]), draw([rows])) : nil
        self.peepholes = peepholes > 0 ? draw([peepholes, hiddenSize]) : nil
        self.hiddenSize = hiddenSize
    }

    var parameters: [Tensor] { named(suffix: "").map { $0.tensor } }

    /// `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, `peephole`, as far as there are such, each with `suffix`.
    func named(suffix: String) -> [Parameters.Element] {
        var entries: [Parameters.Element] = [("weight_ih" + suffix, weightIH), ("weight_hh" + suffix, weightHH)]
        if let biases { entries += [("bias_ih" + suffix, biases.ih), ("bias_hh" + suffix, biases.hh)] }
        if let peepholes { entries.append(("peephole" + suffix, peepholes)) }
        return entries
    }

    var matrixIH: Matrix { Matrix(weightIH) }
    var matrixHH: Matrix { Matrix(weightHH) }

    /// W_ih x_t + b_ih of all steps in one product: (L, N, gates · H).
    func inputPart(of x: SequenceBatch) -> Steps {
        let result = Steps(count: x.count, batch: x.batch, width: weightIH.shape[0])
        if let biases { result.matrix.fillRows(with: biases.ih.values) }
        result.matrix.view.add(x.steps.matrix.view, times: matrixIH.view.transposed.packed)
        return result
    }
}

extension Tensor {
    /// A parameter to be trained, drawn uniformly from (−bound, bound).
    static func parameter(_ shape: Shape, uniformWithin bound: Double) -> Tensor {
        let values = Generator.default.uniform(count: shape.elementCount, from: -bound, to: bound)
        let tensor = Tensor(shape: shape, values: values)
        tensor.requiresGradient = true
        return tensor
    }
}

extension Matrix {
    /// The values of a tensor with two axes.
    convenience init(_ tensor: Tensor) {
        self.init(rows: tensor.shape[0], columns: tensor.shape[1], values: tensor.values)
    }
}
