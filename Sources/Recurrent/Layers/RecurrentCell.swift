/// The cells: one step of a recurrent layer at a time, for programs that write the loop over time themselves.

/// One step of an ``RNN``: h′ = tanh(W_ih x + b_ih + W_hh h + b_hh)   (S1.4, S1.5).
///
///     var h = Tensor.zeros(3, 20)
///     for t in 0..<8 { h = cell(data[t], h) }
///
/// x is (N, D), h and h′ are (N, H). Parameters as an RNN's of one layer, without `_l0`.
public final class RNNCell: Layer {
    private let cell: RecurrentCell<RNNDirection>

    public init(inputSize: Int, hiddenSize: Int, bias: Bool = true, nonlinearity: RNN.Nonlinearity = .tanh) {
        cell = RecurrentCell(name: "RNNCell", inputSize, hiddenSize, bias: bias) {
            RNNDirection(
                weights: RecurrentWeights(inputSize: inputSize, hiddenSize: hiddenSize, gates: 1, bias: bias),
                nonlinearity: nonlinearity
            )
        }
    }

    public var parameters: Parameters { cell.parameters }

    /// `h`: zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> Tensor {
        cell.step(x, states: h.map { [("h", $0)] } ?? [])[0]
    }
}

/// One step of an ``LSTM``; gives (h′, c′).
///
/// x is (N, D), all states are (N, H). Parameters as an LSTM's of one layer, without `_l0`.
public final class LSTMCell: Layer {
    private let cell: RecurrentCell<LSTMDirection>

    public init(inputSize: Int, hiddenSize: Int, bias: Bool = true, peepholes: Bool = false) {
        cell = RecurrentCell(name: "LSTMCell", inputSize, hiddenSize, bias: bias) {
            LSTMDirection(
                weights: RecurrentWeights(
                    inputSize: inputSize, hiddenSize: hiddenSize, gates: 4, bias: bias, peepholes: peepholes ? 3 : 0
                )
            )
        }
    }

    public var parameters: Parameters { cell.parameters }

    /// `states`: (h, c); zeros if left out.
    public func callAsFunction(_ x: Tensor, _ states: (h: Tensor, c: Tensor)? = nil) -> (h: Tensor, c: Tensor) {
        let next = cell.step(x, states: states.map { [("h", $0.h), ("c", $0.c)] } ?? [])
        return (next[0], next[1])
    }
}

/// One step of a ``GRU``.
///
/// x is (N, D), h and the result are (N, H). Parameters as a GRU's of one layer, without `_l0`.
public final class GRUCell: Layer {
    private let cell: RecurrentCell<GRUDirection>

    public init(
        inputSize: Int, hiddenSize: Int, bias: Bool = true, resetAfter: Bool = true,
        updateGate: GRU.UpdateGate = .keepsPrevious
    ) {
        cell = RecurrentCell(name: "GRUCell", inputSize, hiddenSize, bias: bias) {
            GRUDirection(
                weights: RecurrentWeights(inputSize: inputSize, hiddenSize: hiddenSize, gates: 3, bias: bias),
                resetAfter: resetAfter, updateGate: updateGate
            )
        }
    }

    public var parameters: Parameters { cell.parameters }

    /// `h`: zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> Tensor {
        cell.step(x, states: h.map { [("h", $0)] } ?? [])[0]
    }
}

extension RNNCell: CustomStringConvertible {
    public var description: String { cell.description }
}

extension LSTMCell: CustomStringConvertible {
    public var description: String { cell.description }
}

extension GRUCell: CustomStringConvertible {
    public var description: String { cell.description }
}

// MARK: - What the three share

/// A direction that runs over sequences of one step.
private struct RecurrentCell<Direction: RecurrentDirection> {
    let description: String
    let inputSize: Int
    let hiddenSize: Int
    let direction: Direction

    init(name: String, _ inputSize: Int, _ hiddenSize: Int, bias: Bool, makeDirection: () -> Direction) {
        require(inputSize > 0, name, "inputSize must be at least 1", got: "\(inputSize)")
        require(hiddenSize > 0, name, "hiddenSize must be at least 1", got: "\(hiddenSize)")
        description = "\(name)(\(inputSize), \(hiddenSize)" + (bias ? ")" : ", bias=False)")
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        direction = makeDirection()
    }

    var parameters: Parameters { Parameters(direction.weights.named(suffix: "")) }

    /// The next states; `states` are named (N, H) tensors, h first, or none for zeros.
    func step(_ x: Tensor, states: [(name: String, tensor: Tensor)]) -> [Tensor] {
        let batch = check(x, states)
        let size = batch * hiddenSize
        let pass = direction.forward(
            SequenceBatch(
                steps: Steps(count: 1, batch: batch, width: inputSize, values: x.values), lengths: nil, isReverse: false
            ),
            from: states.isEmpty
                ? Array(repeating: .zeros(size), count: Direction.stateCount) : states.map { $0.tensor.values }
        )
        let next = pass.states.map { Tensor(shape: [batch, hiddenSize], values: $0.final) }
        let hasStates = !states.isEmpty
        Tensor.record(next, of: [x] + states.map { $0.tensor } + direction.weights.parameters) { incoming in
            let result = direction.backward(
                pass,
                OutputGradients(
                    outputs: Steps(count: 1, batch: batch, width: hiddenSize),
                    finalStates: incoming.map { Matrix(rows: batch, columns: hiddenSize, values: $0 ?? [Double].zeros(size)) }
                )
            )
            return [result.x.values] + (hasStates ? result.initialStates.map { $0.values } : []) + result.parameters
        }
        return next
    }

    /// The number of sequences. Ends the program if the input or a state does not fit.
    private func check(_ x: Tensor, _ states: [(name: String, tensor: Tensor)]) -> Int {
        require(
            x.shape.count == 2, description, "input must have 2 axes (N, input_size)",
            got: "\(axes(x.shape.count)) \(x.shape)", hint: "Take one time step of a sequence (L, N, input_size): input[t]"
        )
        require(
            x.shape[1] == inputSize, description, "input must have \(inputSize) features on its last axis (N, input_size)",
            got: "\(x.shape[1]) in \(x.shape)"
        )
        require(x.shape[0] > 0, description, "input must have at least one sequence (N)", got: "an empty batch \(x.shape)")
        let expected: Shape = [x.shape[0], hiddenSize]
        for (name, state) in states {
            require(
                state.shape == expected, description, "\(name) must have shape \(expected) = (batch, hidden_size)",
                got: "\(state.shape)"
            )
        }
        return x.shape[0]
    }
}
