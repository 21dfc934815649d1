/// Layers on top of each other, each in one or two directions: what RNN, LSTM and GRU have in common.
///
/// Layer k > 0 reads the outputs of layer k − 1, those of both directions side by side.
public final class RecurrentStack {
    package let options: RecurrentOptions
    /// l0, l0_reverse, l1, l1_reverse, … (without the reverse ones if there is one direction).
    let directions: [any RecurrentDirection]
    /// Of all directions, in this order, each name with its layer and direction: `weight_ih_l1_reverse`.
    let parameters: Parameters
    /// What ends the names of each direction's parameters: `_l0`, `_l0_reverse`, …
    let suffixes: [String]
    /// What a step of any direction hands to the next, (N, width) each.
    package let states: [(name: String, width: Int)]
    /// What every step of any direction gives out.
    package let outputWidth: Int
    /// Whether dropout takes place.
    var isTraining = true

    /// What one layer in one direction did.
    struct Track {
        let layer: Int
        let isReverse: Bool
        let pass: any RecurrentPass
    }

    struct Run {
        let output: Tensor
        /// (num_layers · directions, N, width) each, in the order of the states.
        let finalStates: [Tensor]
        let tracks: [Track]
    }

    /// `makeDirection` is called with the number of features that the direction reads; all give out equally many.
    /// PyTorch's layers end parameters' names in `_l0` even if there is one direction only, `namesSingle`.
    init(_ options: RecurrentOptions, namesSingle: Bool = true, makeDirection: (Int) -> any RecurrentDirection) {
        var (directions, entries, suffixes) = ([any RecurrentDirection](), [Parameters.Element](), [String]())
        var features = options.inputSize
        for layer in 0..<options.numLayers {
            for side in 0..<options.directions {
                let direction = makeDirection(features)
                for (state, first) in zip(direction.states, (directions.first ?? direction).states) {
                    require(
                        state.width == first.width, options.name, "the state \(state.name) must have one size in all layers",
                        got: "\(first.width) in the first and \(state.width) in one above it, as their inputs have",
                        hint: "Bring it to a size of its own with a matrix: \(state.name)_t = W x_t"
                    )
                }
                let isNamed = namesSingle || options.numLayers * options.directions > 1
                let suffix = isNamed ? "_l\(layer)" + (side == 1 ? "_reverse" : "") : ""
                suffixes.append(suffix)
                entries += direction.parameters.map { ($0.name + suffix, $0.tensor) }
                directions.append(direction)
            }
            features = directions[0].outputWidth * options.directions
        }
        self.options = options
        self.directions = directions
        self.suffixes = suffixes
        parameters = Parameters(entries)
        states = directions[0].states
        outputWidth = directions[0].outputWidth
    }

    // MARK: Forward

    /// `states`: named (num_layers · directions, N, width) tensors, or none for zeros.
    ///
    /// A single sequence (L, d) is a batch of one, whose axis N comes and goes on the tape.
    func run(_ input: Tensor, states given: [(name: String, tensor: Tensor)], lengths: [Int]?) -> Run {
        let extent = options.extent(of: input, lengths: lengths)
        check(given, for: input, extent)
        guard !extent.isBatched else { return run(input, given, lengths, extent) }
        let run = run(
            input.expandingAxis(options.batchFirst ? 0 : 1), given.map { ($0.name, $0.tensor.expandingAxis(1)) }, lengths, extent
        )
        return Run(
            output: run.output.reshaped(extent.steps, outputWidth * options.directions),
            finalStates: run.finalStates.map { $0.reshaped($0.shape[0], $0.shape[2]) }, tracks: run.tracks
        )
    }

    private func run(
        _ input: Tensor, _ given: [(name: String, tensor: Tensor)], _ lengths: [Int]?, _ extent: SequenceExtent
    ) -> Run {
        let (count, batch) = (extent.steps, extent.batch)
        let initial = completed(given, batch: batch)
        var x = Steps(count: count, batch: batch, width: options.inputSize, values: timeFirst(input))
        if let lengths { x.clear(past: lengths) }
        var tracks: [Track] = []
        var dropouts: [Matrix?] = []
        for layer in 0..<options.numLayers {
            let passes = (0..<options.directions).map { side in
                let index = layer * options.directions + side
                return directions[index].forward(
                    SequenceBatch(steps: x, lengths: lengths, isReverse: side == 1),
                    from: initialStates(initial, index: index, batch: batch)
                )
            }
            x = outputs(of: passes)
            let drops = isTraining && options.dropout > 0 && layer < options.numLayers - 1
            dropouts.append(drops ? dropOut(of: x) : nil)
            for (side, pass) in passes.enumerated() { tracks.append(Track(layer: layer, isReverse: side == 1, pass: pass)) }
        }

        let output = outputTensor(x)
        let finalStates = finalStates(of: tracks, batch: batch)
        let hasStates = !initial.isEmpty
        Tensor.record([output] + finalStates, of: [input] + initial.map { $0.tensor } + parameters.tensors) { gradients in
            self.backward(gradients, through: tracks, dropouts: dropouts, hasStates: hasStates)
        }
        return Run(output: output, finalStates: finalStates, tracks: tracks)
    }

    /// Ends the program unless every state is one of the direction's, in the shape that goes with the input.
    private func check(_ given: [(name: String, tensor: Tensor)], for input: Tensor, _ extent: SequenceExtent) {
        for (name, tensor) in given {
            guard let state = states.first(where: { name == $0.name || name == $0.name + "0" }) else {
                let known = states.map { $0.name }.joined(separator: ", ")
                fail(options.description, "a state must be one of \(known)", got: "“\(name)”")
            }
            options.check(state: tensor, named: name, width: state.width, for: input, extent)
        }
    }

    /// The states in their order, zeros for those that were left out; none if none was given.
    private func completed(_ given: [(name: String, tensor: Tensor)], batch: Int) -> [(name: String, tensor: Tensor)] {
        guard !given.isEmpty else { return [] }
        return states.map { state in
            given.first { $0.name == state.name || $0.name == state.name + "0" }
                ?? (state.name, .zeros(options.numLayers * options.directions, batch, state.width))
        }
    }

    /// The initial states (N, width) of one direction.
    private func initialStates(_ initial: [(name: String, tensor: Tensor)], index: Int, batch: Int) -> [[Double]] {
        if initial.isEmpty { return states.map { .zeros(batch * $0.width) } }
        return zip(initial, states).map { initial, state in
            let size = batch * state.width
            return Array(initial.tensor.values[index * size..<(index + 1) * size])
        }
    }

    /// What every step gives out, the directions side by side; zeros past a sequence's end.
    private func outputs(of passes: [any RecurrentPass]) -> Steps {
        let x = passes[0].x
        let result = Steps(count: x.count, batch: x.batch, width: outputWidth * passes.count)
        for (side, pass) in passes.enumerated() {
            let output = pass.output
            for t in 0..<x.count {
                for n in 0..<x.batch where x.hasStep(t, of: n) {
                    (result[t, n] + side * outputWidth).update(from: output.row(t * x.batch + n), count: outputWidth)
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
        states.enumerated().map { index, state in
            Tensor(shape: [tracks.count, batch, state.width], values: tracks.flatMap { $0.pass.states[index].final })
        }
    }

    // MARK: Backward

    /// From the gradients of the output and the final states to those of the input, the initial states
    /// (if they were given) and the parameters.
    private func backward(
        _ gradients: [[Double]?], through tracks: [Track], dropouts: [Matrix?], hasStates: Bool
    ) -> [[Double]] {
        let (sides, x, width) = (options.directions, tracks[0].pass.x, outputWidth)
        var outer = Steps(
            count: x.count, batch: x.batch, width: width * sides,
            values: gradients[0].map { timeFirst($0, batch: x.batch, count: x.count, width: width * sides) }
                ?? .zeros(x.count * x.batch * width * sides)
        )
        var initialStates = Array(repeating: [[Double]](), count: states.count)
        var parameters: [[[Double]]] = []

        for layer in (0..<options.numLayers).reversed() {
            if let factors = dropouts[layer] { outer.matrix.multiply(by: factors) }
            let inner = Steps(count: x.count, batch: x.batch, width: tracks[layer * sides].pass.x.steps.width)
            for side in (0..<sides).reversed() {
                let index = layer * sides + side
                let result = tracks[index].pass.backward(
                    OutputGradients(
                        outputs: outer.columns(side * width..<(side + 1) * width),
                        finalStates: zip(gradients.dropFirst(), states).map { gradient, state in
                            finalGradient(gradient, index: index, rows: x.batch, columns: state.width)
                        }
                    ))
                inner.matrix.add(result.x)
                for state in states.indices { initialStates[state].append(result.initialStates[state].values) }
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

    private func finalGradient(_ gradient: [Double]?, index: Int, rows: Int, columns: Int) -> Matrix {
        guard let gradient else { return Matrix(rows: rows, columns: columns) }
        let size = rows * columns
        return Matrix(rows: rows, columns: columns, values: Array(gradient[index * size..<(index + 1) * size]))
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
