/// Layers on top of each other, each in one or two directions: what RNN, LSTM and GRU have in common.
///
/// Layer k > 0 reads the outputs of layer k − 1, those of both directions side by side.
struct RecurrentStack<Direction: RecurrentDirection> {
    let options: RecurrentOptions
    /// l0, l0_reverse, l1, l1_reverse, … (without the reverse ones if there is one direction).
    let directions: [Direction]

    /// What one layer in one direction did.
    struct Track {
        let layer: Int
        let isReverse: Bool
        let pass: Direction.Pass
    }

    struct Run {
        let output: Tensor
        /// (num_layers · directions, N, H) each, h first.
        let finalStates: [Tensor]
        let tracks: [Track]
    }

    /// `makeDirection` is called with the number of features that the direction reads.
    init(_ options: RecurrentOptions, makeDirection: (Int) -> Direction) {
        self.options = options
        var directions: [Direction] = []
        for layer in 0..<options.numLayers {
            for _ in 0..<options.directions {
                directions.append(makeDirection(layer == 0 ? options.inputSize : options.hiddenSize * options.directions))
            }
        }
        self.directions = directions
    }

    var parameters: Parameters {
        var entries: [Parameters.Element] = []
        for layer in 0..<options.numLayers {
            for side in 0..<options.directions {
                entries += self[layer, side].weights.named(suffix: "_l\(layer)" + (side == 1 ? "_reverse" : ""))
            }
        }
        return Parameters(entries)
    }

    private subscript(layer: Int, side: Int) -> Direction {
        directions[layer * options.directions + side]
    }

    // MARK: Forward

    /// `states`: named (num_layers · directions, N, H) tensors, h first, or none for zeros.
    func run(_ input: Tensor, states: [(name: String, tensor: Tensor)], lengths: [Int]?, isTraining: Bool) -> Run {
        let (count, batch) = options.stepsAndBatch(of: input, lengths: lengths)
        for (name, state) in states { options.check(state: state, named: name, for: input, batch: batch) }

        var x = Steps(count: count, batch: batch, width: options.inputSize, values: timeFirst(input))
        if let lengths { x.clear(past: lengths) }
        var tracks: [Track] = []
        var dropouts: [Matrix?] = []
        for layer in 0..<options.numLayers {
            let passes = (0..<options.directions).map { side in
                self[layer, side].forward(
                    SequenceBatch(steps: x, lengths: lengths, isReverse: side == 1),
                    from: initialStates(states.map { $0.tensor }, layer: layer, side: side, batch: batch)
                )
            }
            x = outputs(of: passes)
            let drops = isTraining && options.dropout > 0 && layer < options.numLayers - 1
            dropouts.append(drops ? dropOut(of: x) : nil)
            for (side, pass) in passes.enumerated() { tracks.append(Track(layer: layer, isReverse: side == 1, pass: pass)) }
        }

        let output = outputTensor(x)
        let finalStates = finalStates(of: tracks, batch: batch)
        let hasStates = !states.isEmpty
        let inputs = [input] + states.map { $0.tensor } + directions.flatMap { $0.weights.parameters }
        Tensor.record([output] + finalStates, of: inputs) { gradients in
            backward(gradients, through: tracks, dropouts: dropouts, hasStates: hasStates)
        }
        return Run(output: output, finalStates: finalStates, tracks: tracks)
    }

    /// The initial states (N, H) of one direction.
    private func initialStates(_ states: [Tensor], layer: Int, side: Int, batch: Int) -> [[Double]] {
        let size = batch * options.hiddenSize
        if states.isEmpty { return Array(repeating: Array(repeating: 0, count: size), count: Direction.stateCount) }
        let start = (layer * options.directions + side) * size
        return states.map { Array($0.values[start..<start + size]) }
    }

    /// h of every step, the directions side by side; zeros past a sequence's end.
    private func outputs(of passes: [Direction.Pass]) -> Steps {
        let (H, x) = (options.hiddenSize, passes[0].x)
        let result = Steps(count: x.count, batch: x.batch, width: H * passes.count)
        for (side, pass) in passes.enumerated() {
            for t in 0..<x.count {
                for n in 0..<x.batch where x.hasStep(t, of: n) {
                    (result[t, n] + side * H).update(from: pass.states[0][after: t, n], count: H)
                }
            }
        }
        return result
    }

    /// Sets each value to zero with probability `dropout` and divides the others by 1 − dropout; gives the factors.
    private func dropOut(of x: Steps) -> Matrix {
        let (rows, columns) = (x.matrix.rows, x.matrix.columns)
        let factors = Matrix(
            rows: rows, columns: columns, values: Dropout.factors(rows * columns, probability: options.dropout)
        )
        x.matrix.multiply(by: factors)
        return factors
    }

    private func finalStates(of tracks: [Track], batch: Int) -> [Tensor] {
        (0..<Direction.stateCount).map { state in
            Tensor(
                shape: [tracks.count, batch, options.hiddenSize],
                values: tracks.flatMap { $0.pass.states[state].final }
            )
        }
    }

    // MARK: Backward

    /// From the gradients of the output and the final states to those of the input, the initial states
    /// (if they were given) and the parameters.
    private func backward(
        _ gradients: [[Double]?], through tracks: [Track], dropouts: [Matrix?], hasStates: Bool
    ) -> [[Double]] {
        let (H, sides, x) = (options.hiddenSize, options.directions, tracks[0].pass.x)
        var outer = Steps(
            count: x.count, batch: x.batch, width: H * sides,
            values: gradients[0].map { timeFirst($0, batch: x.batch, count: x.count, width: H * sides) }
                ?? .zeros(x.count * x.batch * H * sides)
        )
        var initialStates = Array(repeating: [[Double]](), count: Direction.stateCount)
        var parameters: [[[Double]]] = []

        for layer in (0..<options.numLayers).reversed() {
            if let factors = dropouts[layer] { outer.matrix.multiply(by: factors) }
            let inner = Steps(count: x.count, batch: x.batch, width: tracks[layer * sides].pass.x.steps.width)
            for side in (0..<sides).reversed() {
                let index = layer * sides + side
                let result = directions[index].backward(
                    tracks[index].pass,
                    OutputGradients(
                        outputs: outer.columns(side * H..<(side + 1) * H),
                        finalStates: gradients.dropFirst().map { finalGradient($0, index: index, batch: x.batch) }
                    )
                )
                inner.matrix.add(result.x)
                for state in 0..<Direction.stateCount { initialStates[state].append(result.initialStates[state].values) }
                parameters.append(result.parameters)
            }
            outer = inner
        }
        // Collected from the last layer to the first.
        var result = [options.batchFirst ? outer.batchFirstValues : outer.matrix.values]
        if hasStates {
            for gradients in initialStates { result.append(Array(gradients.reversed().joined())) }
        }
        return result + parameters.reversed().joined()
    }

    private func finalGradient(_ gradient: [Double]?, index: Int, batch: Int) -> Matrix {
        let size = batch * options.hiddenSize
        let values = gradient.map { Array($0[index * size..<(index + 1) * size]) } ?? [Double].zeros(size)
        return Matrix(rows: batch, columns: options.hiddenSize, values: values)
    }

    // MARK: Batch first

    private func timeFirst(_ input: Tensor) -> [Double] {
        guard options.batchFirst else { return input.values }
        return timeFirst(input.values, batch: input.shape[0], count: input.shape[1], width: input.shape[2])
    }

    private func timeFirst(_ values: [Double], batch: Int, count: Int, width: Int) -> [Double] {
        // Read as steps of the other order, (N, L, ·) becomes (L, N, ·).
        options.batchFirst ? Steps(count: batch, batch: count, width: width, values: values).batchFirstValues : values
    }

    private func outputTensor(_ x: Steps) -> Tensor {
        options.batchFirst
            ? Tensor(shape: [x.batch, x.count, x.width], values: x.batchFirstValues)
            : Tensor(shape: [x.count, x.batch, x.width], values: x.matrix.values)
    }
}

extension Steps {
    /// (N, L, width)
    fileprivate var batchFirstValues: [Double] {
        var values: [Double] = []
        values.reserveCapacity(count * batch * width)
        for n in 0..<batch {
            for t in 0..<count { values.append(contentsOf: UnsafeBufferPointer(start: self[t, n], count: width)) }
        }
        return values
    }

    /// What lies past a sequence's end may be anything, even NaN; it must not reach a product.
    fileprivate func clear(past lengths: [Int]) {
        for (n, length) in lengths.enumerated() {
            for t in length..<count { self[t, n].update(repeating: 0, count: width) }
        }
    }

    fileprivate func columns(_ range: Range<Int>) -> Steps {
        if range.count == width { return self }
        let result = Steps(count: count, batch: batch, width: range.count)
        for row in 0..<matrix.rows {
            result.matrix.row(row).update(from: matrix.row(row) + range.lowerBound, count: range.count)
        }
        return result
    }
}
