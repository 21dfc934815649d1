/// The options that RNN, LSTM and GRU share, and the checks of what comes in.
package struct RecurrentOptions {
    /// `RNN`, `LSTM` or `GRU`.
    let name: String
    package let inputSize: Int
    package let hiddenSize: Int
    package let numLayers: Int
    package let bias: Bool
    package let batchFirst: Bool
    let dropout: Double
    package let bidirectional: Bool
    /// What only this kind of layer has, as it is to be printed: `reset_after=False`.
    let ownOptions: [String]

    init(
        name: String, inputSize: Int, hiddenSize: Int, numLayers: Int, bias: Bool, batchFirst: Bool,
        dropout: Double, bidirectional: Bool, ownOptions: [String] = []
    ) {
        require(inputSize > 0, name, "inputSize must be at least 1", got: "\(inputSize)")
        require(hiddenSize > 0, name, "hiddenSize must be at least 1", got: "\(hiddenSize)")
        require(numLayers > 0, name, "numLayers must be at least 1", got: "\(numLayers)")
        require(dropout >= 0 && dropout <= 1, name, "dropout must be a probability from 0 to 1", got: "\(dropout)")
        self.name = name
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.numLayers = numLayers
        self.bias = bias
        self.batchFirst = batchFirst
        self.dropout = dropout
        self.bidirectional = bidirectional
        self.ownOptions = ownOptions
    }

    package var directions: Int { bidirectional ? 2 : 1 }

    /// As PyTorch prints the layer: `RNN(100, 20, num_layers=2)`.
    var description: String {
        var parts = ["\(inputSize)", "\(hiddenSize)"]
        if numLayers != 1 { parts.append("num_layers=\(numLayers)") }
        if !bias { parts.append("bias=False") }
        if batchFirst { parts.append("batch_first=True") }
        if dropout != 0 { parts.append("dropout=\(dropout)") }
        if bidirectional { parts.append("bidirectional=True") }
        return name + "(" + (parts + ownOptions).joined(separator: ", ") + ")"
    }

    /// The number of steps and of sequences of an input. Ends the program if the input does not fit the layer.
    func stepsAndBatch(of input: Tensor, lengths: [Int]?) -> (steps: Int, batch: Int) {
        let letters = batchFirst ? "(N, L, input_size)" : "(L, N, input_size)"
        require(
            input.shape.count == 3, description, "input must have 3 axes \(letters)",
            got: "\(axes(input.shape.count)) \(input.shape)",
            hint: input.shape.count == 2 ? "Make one sequence a batch: input.expandingAxis(\(batchFirst ? 0 : 1))" : nil
        )
        require(
            input.shape[2] == inputSize, description, "input must have \(inputSize) features on its last axis \(letters)",
            got: "\(input.shape[2]) in \(input.shape)"
        )
        let (steps, batch) = batchFirst ? (input.shape[1], input.shape[0]) : (input.shape[0], input.shape[1])
        require(steps > 0, description, "input must have at least one time step (L)", got: "an empty sequence \(input.shape)")
        require(batch > 0, description, "input must have at least one sequence (N)", got: "an empty batch \(input.shape)")
        if let lengths { check(lengths, steps: steps, batch: batch) }
        return (steps, batch)
    }

    private func check(_ lengths: [Int], steps: Int, batch: Int) {
        require(
            lengths.count == batch, description, "lengths must tell one length for each of the \(batch) sequences",
            got: "\(lengths.count)"
        )
        for (n, length) in lengths.enumerated() {
            require(
                length >= 1 && length <= steps, description, "the length of sequence \(n) must be from 1 to \(steps), the input's L",
                got: "\(length)"
            )
        }
    }

    func check(state: Tensor, named name: String, width: Int, for input: Tensor, batch: Int) {
        let expected: Shape = [numLayers * directions, batch, width]
        require(
            state.shape == expected, description,
            "\(name) must have shape \(expected) = (num_layers × directions, batch, hidden_size)", got: "\(state.shape)",
            hint: hint(on: state, width: width, for: input, batch: batch)
        )
    }

    /// How to mend a state whose batch is not the input's, or that lacks the axis of layers.
    private func hint(on state: Tensor, width: Int, for input: Tensor, batch: Int) -> String? {
        if state.shape == [batch, width] && numLayers * directions == 1 {
            return "Put the axis of layers in front: expandingAxis(0)"
        }
        guard state.shape.count == 3, state.shape[1] != batch else { return nil }
        let axes = batchFirst ? "(N, L, input_size)" : "(L, N, input_size)"
        return "The input \(input.shape) is read as \(axes), so its batch is \(batch)"
            + (batchFirst ? "" : "; if its batch comes first, use batchFirst: true")
    }
}
