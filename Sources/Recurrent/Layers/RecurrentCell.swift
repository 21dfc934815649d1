/// The cells: one step of a recurrent layer at a time, for programs that write the loop over time themselves.

/// One step of an ``RNN``: h′ = tanh(W_ih x + b_ih + W_hh h + b_hh)   (S1.4, S1.5).
///
///     var h = Tensor.zeros(3, 20)
///     for t in 0..<8 { h = cell(data[t], h) }
///
/// x is (N, D), h and h′ are (N, H); for one sequence (D) and (H). Parameters as an RNN's of one layer, without `_l0`.
public final class RNNCell: RecurrentCell {
    public let single: SingleStep

    public init(inputSize: Int, hiddenSize: Int, bias: Bool = true, nonlinearity: RNN.Nonlinearity = .tanh) {
        single = SingleStep(name: "RNNCell", inputSize, hiddenSize, bias: bias) {
            RNNDirection(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, nonlinearity: nonlinearity)
        }
    }

    /// `h`: zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> Tensor {
        single.step(x, h.map { [$0] })[0]
    }
}

/// One step of an ``LSTM``; gives (h′, c′).
///
/// x is (N, D), all states are (N, H); for one sequence (D) and (H).
/// Parameters as an LSTM's of one layer, without `_l0`.
public final class LSTMCell: RecurrentCell {
    public let single: SingleStep

    public init(inputSize: Int, hiddenSize: Int, bias: Bool = true, peepholes: Bool = false) {
        single = SingleStep(name: "LSTMCell", inputSize, hiddenSize, bias: bias) {
            LSTMDirection(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, peepholes: peepholes)
        }
    }

    /// `states`: (h, c); zeros if left out.
    public func callAsFunction(_ x: Tensor, _ states: (h: Tensor, c: Tensor)? = nil) -> (h: Tensor, c: Tensor) {
        let next = single.step(x, states.map { [$0.h, $0.c] })
        return (next[0], next[1])
    }
}

/// One step of a ``GRU``.
///
/// x is (N, D), h and the result are (N, H); for one sequence (D) and (H).
/// Parameters as a GRU's of one layer, without `_l0`.
public final class GRUCell: RecurrentCell {
    public let single: SingleStep

    public init(
        inputSize: Int, hiddenSize: Int, bias: Bool = true, resetAfter: Bool = true,
        updateGate: GRU.UpdateGate = .keepsPrevious
    ) {
        single = SingleStep(name: "GRUCell", inputSize, hiddenSize, bias: bias) {
            GRUDirection(
                inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, resetAfter: resetAfter, updateGate: updateGate
            )
        }
    }

    /// `h`: zeros if left out.
    public func callAsFunction(_ x: Tensor, _ h: Tensor? = nil) -> Tensor {
        single.step(x, h.map { [$0] })[0]
    }
}

// MARK: - What the three share

/// RNNCell, LSTMCell or GRUCell.
public protocol RecurrentCell: Layer, CustomStringConvertible, AnyObject {
    /// What computes the step.
    var single: SingleStep { get }
}

extension RecurrentCell {
    public var parameters: Parameters { single.parameters }
    public var description: String { single.description }
}

/// A direction that runs over sequences of one step.
public final class SingleStep {
    let description: String
    let parameters: Parameters
    private let inputSize: Int
    private let direction: any RecurrentDirection

    init(name: String, _ inputSize: Int, _ hiddenSize: Int, bias: Bool, makeDirection: () -> any RecurrentDirection) {
        require(inputSize > 0, name, "inputSize must be at least 1", got: "\(inputSize)")
        require(hiddenSize > 0, name, "hiddenSize must be at least 1", got: "\(hiddenSize)")
        description = "\(name)(\(inputSize), \(hiddenSize)" + (bias ? ")" : ", bias=False)")
        self.inputSize = inputSize
        direction = makeDirection()
        parameters = direction.parameters
    }

    /// The next states; `given` are (N, width) tensors in the order of the direction's states, or nil for zeros.
    ///
    /// A single sequence's step (D) is a batch of one, whose axis N comes and goes on the tape.
    func step(_ x: Tensor, _ given: [Tensor]?) -> [Tensor] {
        check(x, given)
        guard x.shape.count == 1 else { return next(x, given) }
        return next(x.expandingAxis(0), given?.map { $0.expandingAxis(0) }).map { $0.reshaped($0.shape[1]) }
    }

    private func next(_ x: Tensor, _ given: [Tensor]?) -> [Tensor] {
        let (states, batch) = (direction.states, x.shape[0])
        let pass = direction.forward(
            SequenceBatch(
                steps: Steps(count: 1, batch: batch, width: inputSize, values: x.values), lengths: nil, isReverse: false
            ),
            from: given?.map { $0.values } ?? states.map { .zeros(batch * $0.width) }
        )
        let next = zip(pass.states, states).map { Tensor(shape: [batch, $1.width], values: $0.final) }
        let (outputWidth, hasStates) = (direction.outputWidth, given != nil)
        Tensor.record(next, of: [x] + (given ?? []) + parameters.tensors) { incoming in
            let result = pass.backward(OutputGradients(
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
    private func check(_ x: Tensor, _ given: [Tensor]?) {
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
                hint: tensor.shape.count == rank ? nil
                    : "The input \(x.shape) is read as \(letters)" + (rank == 1 ? ", without an axis N; so are its states" : "")
            )
        }
    }
}
