/// The cells: one step of a recurrent layer at a time, for programs that write the loop over time themselves.

/// One step of an ``RNN``: h′ = tanh(W_ih x + b_ih + W_hh h + b_hh)   (S1.4, S1.5).
///
///     var h = Tensor.zeros(3, 20)
///     for t in 0..<8 { h = cell(data[t], h) }
///
/// x is (N, d), h and h′ are (N, H); for one sequence (d) and (H). Parameters as an RNN's of one layer, without `_l0`.
public final class RNNCell: RecurrentCell {
    public let single: SingleStep
    public let layer: RNN

    /// The options are those of ``RNN``. Ends the program if a size is below 1.
    public init(inputSize: Int, hiddenSize: Int, bias: Bool = true, nonlinearity: RNN.Nonlinearity = .tanh) {
        single = SingleStep(name: "RNNCell", inputSize, hiddenSize, bias: bias) {
            RNNDirection(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, nonlinearity: nonlinearity)
        }
        layer = RNN(repeating: single, nonlinearity: nonlinearity)
    }

    /// `h`: zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> Tensor {
        single.step(x, h.map { [$0] })[0]
    }
}

/// One step of an ``LSTM``; gives (h′, c′).
///
/// x is (N, d), all states are (N, H); for one sequence (d) and (H).
/// Parameters as an LSTM's of one layer, without `_l0`.
public final class LSTMCell: RecurrentCell {
    public let single: SingleStep
    public let layer: LSTM

    /// The options are those of ``LSTM``. Ends the program if a size is below 1.
    public init(inputSize: Int, hiddenSize: Int, bias: Bool = true, peepholes: Bool = false) {
        single = SingleStep(name: "LSTMCell", inputSize, hiddenSize, bias: bias) {
            LSTMDirection(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, peepholes: peepholes)
        }
        layer = LSTM(repeating: single, peepholes: peepholes)
    }

    /// `states`: (h, c); zeros if left out.
    public func callAsFunction(_ x: Tensor, _ states: (h: Tensor, c: Tensor)? = nil) -> (h: Tensor, c: Tensor) {
        let next = single.step(x, states.map { [$0.h, $0.c] }) { pass, incoming in
            incoming[0].map { [[Double].zeros($0.count), self.gradientThroughOutput($0, of: pass)] } ?? []
        }
        return (next[0], next[1])
    }

    /// What comes to c′ from the gradient of h′ = o ⊙ tanh(c′), and with peepholes through o = σ(… + p_o ⊙ c′).
    private func gradientThroughOutput(_ dh: [Double], of pass: any RecurrentPass) -> [Double] {
        func values(_ symbol: String) -> [Double] {
            Matrix(copying: pass.quantities.first { $0.symbol == symbol }!.values).values
        }
        let (o, c, size) = (values("o"), values("c"), single.options.hiddenSize)
        let peephole = parameters.tensor(named: "peephole").map { Array($0.values[(2 * size)...]) }
        return dh.indices.map { j in
            let tanhC = Elementary.tanh(c[j])
            let direct = dh[j] * o[j] * (1 - tanhC * tanhC)
            return peephole.map { direct + dh[j] * tanhC * o[j] * (1 - o[j]) * $0[j % size] } ?? direct
        }
    }
}

/// One step of a ``GRU``.
///
/// x is (N, d), h and the result are (N, H); for one sequence (d) and (H).
/// Parameters as a GRU's of one layer, without `_l0`.
public final class GRUCell: RecurrentCell {
    public let single: SingleStep
    public let layer: GRU

    /// The options are those of ``GRU``. Ends the program if a size is below 1.
    public init(
        inputSize: Int, hiddenSize: Int, bias: Bool = true, resetAfter: Bool = true,
        updateGate: GRU.UpdateGate = .keepsPrevious
    ) {
        single = SingleStep(name: "GRUCell", inputSize, hiddenSize, bias: bias) {
            GRUDirection(
                inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, resetAfter: resetAfter, updateGate: updateGate
            )
        }
        layer = GRU(repeating: single, resetAfter: resetAfter, updateGate: updateGate)
    }

    /// `h`: zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> Tensor {
        single.step(x, h.map { [$0] })[0]
    }
}

// MARK: - What the three share

/// RNNCell, LSTMCell or GRUCell.
public protocol RecurrentCell: Layer, CustomStringConvertible, AnyObject {
    /// The layer that repeats the step: ``RNN``, ``LSTM`` or ``GRU``.
    associatedtype Sequences: RecurrentLayer

    /// What computes the step.
    var single: SingleStep { get }

    /// The layer that takes this cell's step at every step of a sequence; its parameters are the cell's own.
    var layer: Sequences { get }
}

extension RecurrentCell {
    public var parameters: Parameters { single.parameters }
    public var description: String { single.description }

    /// The equations of the step.
    public var definition: CellDefinition { layer.definition }

    /// Takes the step and keeps every intermediate value, as of a sequence of one step: `trace.steps[0]`.
    public func trace(_ x: Tensor, _ states: Sequences.States? = nil) -> RecurrentTrace<Sequences> {
        RecurrentTrace(layer, layer.run(x.expandingAxis(0), asSequence(states, for: x), nil))
    }

    /// Back-propagation through the step of one sequence, as equations and as numbers.
    ///
    /// - Parameters:
    ///   - x: (d) or (1, d).
    ///   - states: (H) or (1, H) each, as x; zeros if left out.
    ///   - loss: gives the loss, one number, for h′.
    public func derivation(
        _ x: Tensor, _ states: Sequences.States? = nil, loss: @escaping (_ h: Tensor) -> Tensor
    ) -> CellDerivation {
        let given = asSequence(states, for: x)
        require(
            x.shape.count == 1 || x.shape[0] == 1, "\(description).derivation", "follows one sequence, N = 1",
            got: "\(x.shape[0]) in \(x.shape)", hint: "Take one of them: x[0]"
        )
        return layer.derivation(x.expandingAxis(0), given) { loss($0[0]) }
    }

    /// The states of a step as those that its layer starts from. Ends the program if x or a state does not fit.
    private func asSequence(_ states: Sequences.States?, for x: Tensor) -> [(name: String, tensor: Tensor)] {
        let given = states.map { Sequences.named($0) } ?? []
        single.check(x, given.isEmpty ? nil : given.map { $0.tensor })
        return given.map { ($0.name, $0.tensor.expandingAxis(0)) }
    }
}

/// A direction that runs over sequences of one step.
public final class SingleStep {
    let options: RecurrentOptions
    let parameters: Parameters
    let direction: any RecurrentDirection

    var description: String { options.description }

    init(name: String, _ inputSize: Int, _ hiddenSize: Int, bias: Bool, makeDirection: () -> any RecurrentDirection) {
        options = RecurrentOptions(
            name: name, inputSize: inputSize, hiddenSize: hiddenSize, numLayers: 1, bias: bias, batchFirst: false, dropout: 0,
            bidirectional: false
        )
        direction = makeDirection()
        parameters = direction.parameters
    }

    /// The next states; `given` are (N, width) tensors in the order of the direction's states, or nil for zeros.
    ///
    /// A single sequence's step (d) is a batch of one.
    ///
    /// - Parameter inside: from the gradients of the next states, what comes to each of them inside the step, as to c′ through
    ///   h′ = o ⊙ tanh(c′).
    func step(
        _ x: Tensor, _ given: [Tensor]?, inside: ((_ pass: any RecurrentPass, _ incoming: [[Double]?]) -> [[Double]])? = nil
    ) -> [Tensor] {
        check(x, given)
        let (states, batch) = (direction.states, x.shape.count == 1 ? 1 : x.shape[0])
        let pass = direction.forward(
            SequenceBatch(
                steps: Steps(count: 1, batch: batch, width: options.inputSize, values: x.values), lengths: nil, isReverse: false
            ),
            from: given?.map { $0.values } ?? states.map { .zeros(batch * $0.width) }
        )
        let next = zip(pass.states, states).map { history, state in
            Tensor(shape: x.shape.count == 1 ? [state.width] : [batch, state.width], values: history.final)
        }
        let (outputWidth, hasStates) = (direction.outputWidth, given != nil)
        let insideOfPass = inside.map { inside in { incoming in inside(pass, incoming) } }
        Tensor.record(next, of: [x] + (given ?? []) + parameters.tensors, inside: insideOfPass) { incoming in
            let result = pass.backward(
                OutputGradients(
                    outputs: Steps(count: 1, batch: batch, width: outputWidth),
                    finalStates: zip(incoming, states).map { gradient, state in
                        Matrix(rows: batch, columns: state.width, values: gradient ?? .zeros(batch * state.width))
                    }
                ))
            return [result.x.values] + (hasStates ? result.initialStates.map { $0.values } : []) + result.parameters
        }
        return next
    }

    /// Ends the program if the input or a state does not fit.
    func check(_ x: Tensor, _ given: [Tensor]?) {
        let inputSize = options.inputSize
        let rank = x.shape.count
        let letters = rank == 1 ? "(input_size)" : "(N, input_size)"
        require(
            rank == 2 || rank == 1, description,
            "input must have 2 axes (N, input_size), or 1 for one sequence (input_size)", got: "\(axes(rank)) \(x.shape)",
            hint: rank == 3 ? "Take one time step of a sequence (L, N, input_size): input[t]" : nil
        )
        require(
            x.shape[rank - 1] == inputSize, description, "input must have \(inputSize) features on its last axis \(letters)",
            got: "\(x.shape[rank - 1]) in \(x.shape)"
        )
        require(x.shape[0] > 0, description, "input must have at least one sequence (N)", got: "an empty batch \(x.shape)")
        for (tensor, state) in zip(given ?? [], direction.states) {
            let expected: Shape = rank == 1 ? [state.width] : [x.shape[0], state.width]
            require(
                tensor.shape == expected, description,
                "\(state.name) must have shape \(expected) = \(rank == 1 ? "(hidden_size)" : "(batch, hidden_size)")",
                got: "\(tensor.shape)",
                hint: tensor.shape.count == rank
                    ? nil
                    : "The input \(x.shape) is read as \(letters)" + (rank == 1 ? ", without an axis N; so are its states" : "")
            )
        }
    }
}
