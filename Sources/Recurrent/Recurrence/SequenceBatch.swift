/// Sequences as the layers read them: a batch of them, and what is kept of every step.

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

    func clear(_ t: Int, _ n: Int) {
        self[t, n].update(repeating: 0, count: width)
    }

    /// Its columns cut into blocks of equal width, (L · N, width) each, under their symbols.
    func blocks(_ symbols: String...) -> [(symbol: String, values: MatrixView)] {
        let size = width / symbols.count
        return symbols.enumerated().map { ($1, matrix.view.columns($0 * size..<($0 + 1) * size)) }
    }
}

/// A batch of sequences, read forwards or backwards.
struct SequenceBatch {
    /// (L, N, d)
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

/// A state before and after every step: L + 1 matrices (N, width) in time order.
struct StateHistory {
    private let blocks: Steps
    private let isReverse: Bool

    init(startingAt initial: [Double], of x: SequenceBatch, width: Int) {
        blocks = Steps(count: x.count + 1, batch: x.batch, width: width)
        isReverse = x.isReverse
        let start = isReverse ? x.count : 0
        blocks[start, 0].update(from: initial, count: initial.count)
    }

    var width: Int { blocks.width }

    // Read in reverse, step t starts from the state that step t + 1 left.
    private func blockBefore(_ t: Int) -> Int { isReverse ? t + 1 : t }
    private func blockAfter(_ t: Int) -> Int { isReverse ? t : t + 1 }

    subscript(before t: Int, n: Int) -> UnsafeMutablePointer<Double> { blocks[blockBefore(t), n] }
    subscript(after t: Int, n: Int) -> UnsafeMutablePointer<Double> { blocks[blockAfter(t), n] }

    func view(before t: Int) -> MatrixView { blocks.view(at: blockBefore(t)) }
    func view(after t: Int) -> MatrixView { blocks.view(at: blockAfter(t)) }

    /// The states before steps 0, 1, … as one matrix (L · N, width).
    var viewBeforeAll: MatrixView {
        blocks.view(steps: isReverse ? 1..<blocks.count : 0..<blocks.count - 1)
    }

    /// The states after steps 0, 1, … as one matrix (L · N, width).
    var viewAfterAll: MatrixView {
        blocks.view(steps: isReverse ? 0..<blocks.count - 1 : 1..<blocks.count)
    }

    /// (N, width): what the direction ends with.
    var final: [Double] {
        blocks.matrix.values(rows: isReverse ? 0..<blocks.batch : (blocks.count - 1) * blocks.batch..<blocks.count * blocks.batch)
    }

    /// Sequence n has no step t: its state stays.
    func carry(_ n: Int, over t: Int) {
        self[after: t, n].update(from: self[before: t, n], count: blocks.width)
    }
}
