/// The options that RNN, LSTM and GRU share, and the checks of what comes in.
package struct RecurrentOptions {
    /// `RNN`, `LSTM` or `GRU`.
    let name: String
    package let inputSize: Int
    package let hiddenSize: Int
    /// P, to which an LSTM's hidden state is projected; 0 where it is not.
    package let projSize: Int
    package let numLayers: Int
    package let bias: Bool
    package let batchFirst: Bool
    let dropout: Double
    package let bidirectional: Bool
    /// What only this kind of layer has, as it is to be printed: `reset_after=False`.
    let ownOptions: [String]

    init(
        name: String, inputSize: Int, hiddenSize: Int, numLayers: Int, bias: Bool, batchFirst: Bool,
        dropout: Double, bidirectional: Bool, projSize: Int = 0, ownOptions: [String] = []
    ) {
        require(inputSize > 0, name, "inputSize must be at least 1", got: "\(inputSize)")
        require(hiddenSize > 0, name, "hiddenSize must be at least 1", got: "\(hiddenSize)")
        require(numLayers > 0, name, "numLayers must be at least 1", got: "\(numLayers)")
        require(dropout >= 0 && dropout <= 1, name, "dropout must be a probability from 0 to 1", got: "\(dropout)")
        require(
            projSize >= 0 && projSize < hiddenSize || projSize == 0, name,
            "projSize must be 0 for none, or less than hiddenSize \(hiddenSize)", got: "\(projSize)"
        )
        self.name = name
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        self.projSize = projSize
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
        if projSize != 0 { parts.append("proj_size=\(projSize)") }
        if numLayers != 1 { parts.append("num_layers=\(numLayers)") }
        if !bias { parts.append("bias=False") }
        if batchFirst { parts.append("batch_first=True") }
        if dropout != 0 { parts.append("dropout=\(dropout)") }
        if bidirectional { parts.append("bidirectional=True") }
        return name + "(" + (parts + ownOptions).joined(separator: ", ") + ")"
    }

    /// What an input holds. Ends the program if the input does not fit the layer.
    func extent(of input: Tensor, lengths: [Int]?) -> SequenceExtent {
        let rank = input.shape.count
        let isBatched = rank != 2
        require(
            rank == 3 || rank == 2, description, "input must have 3 axes \(letters), or 2 for one sequence (L, input_size)",
            got: "\(axes(rank)) \(input.shape)", hint: rank == 1 ? "Make one step a sequence: input.expandingAxis(0)" : nil
        )
        require(
            input.shape[rank - 1] == inputSize, description,
            "input must have \(inputSize) features on its last axis \(isBatched ? letters : "(L, input_size)")",
            got: "\(input.shape[rank - 1]) in \(input.shape)"
        )
        let batch = isBatched ? input.shape[batchFirst ? 0 : 1] : 1
        let steps = input.shape[isBatched && batchFirst ? 1 : 0]
        require(steps > 0, description, "input must have at least one time step (L)", got: "an empty sequence \(input.shape)")
        require(batch > 0, description, "input must have at least one sequence (N)", got: "an empty batch \(input.shape)")
        if let lengths { check(lengths, steps: steps, batch: batch) }
        return SequenceExtent(steps: steps, batch: batch, isBatched: isBatched)
    }

    /// The axes of a batch, as PyTorch names them.
    private var letters: String { batchFirst ? "(N, L, input_size)" : "(L, N, input_size)" }

    private func check(_ lengths: [Int], steps: Int, batch: Int) {
        require(
            lengths.count == batch, description, "lengths must tell one length for each of the \(batch) sequences",
            got: "\(lengths.count)"
        )
        for (n, length) in lengths.enumerated() {
            require(
                length >= 1 && length <= steps, description,
                "the length of sequence \(n) must be from 1 to \(steps), the input's L",
                got: "\(length)"
            )
        }
    }

    /// Ends the program unless a state is (S, N, width), or (S, width) where the input has no axis N either.
    func check(state: Tensor, named name: String, width: Int, for input: Tensor, _ extent: SequenceExtent) {
        let layers = numLayers * directions
        let expected: Shape = extent.isBatched ? [layers, extent.batch, width] : [layers, width]
        let size = projSize != 0 && width == projSize ? "proj_size" : "hidden_size"
        require(
            state.shape == expected, description,
            "\(name) must have shape \(expected) = (num_layers × directions, \(extent.isBatched ? "batch, " : "")\(size))",
            got: "\(state.shape)", hint: hint(on: state, width: width, for: input, extent)
        )
    }

    /// How to mend a state whose batch is not the input's, or that lacks an axis or has one too many.
    private func hint(on state: Tensor, width: Int, for input: Tensor, _ extent: SequenceExtent) -> String? {
        let layers = numLayers * directions
        guard extent.isBatched else {
            guard state.shape.count == 3 else { return nil }
            return "The input \(input.shape) is read as (L, input_size), one sequence without an axis N; so are its states"
                + (state.shape == [layers, 1, width] ? ": take state[.all, 0]" : "")
        }
        if state.shape == [extent.batch, width] && layers == 1 {
            return "Put the axis of layers in front: expandingAxis(0)"
        }
        if state.shape == [layers, width] && extent.batch == 1 {
            return "Put in the axis of sequences: expandingAxis(1)"
        }
        guard state.shape.count == 3, state.shape[1] != extent.batch else { return nil }
        return "The input \(input.shape) is read as \(letters), so its batch is \(extent.batch)"
            + (batchFirst ? "" : "; if its batch comes first, use batchFirst: true")
    }
}

/// How many steps and sequences an input holds.
struct SequenceExtent {
    let steps: Int
    let batch: Int
    /// Whether the input has an axis N; a single sequence may come without.
    let isBatched: Bool
}

extension RecurrentOptions {
    /// Ends the program unless one layer reads one sequence in one direction.
    func requireOneSequence(_ input: Tensor) {
        require(
            numLayers == 1 && !bidirectional, "\(description).derivation", "follows one layer in one direction",
            got: "\(numLayers * directions) of them", hint: "Derive each of them with a layer of its own"
        )
        let batch = extent(of: input, lengths: nil).batch
        require(
            batch == 1, "\(description).derivation", "follows one sequence, N = 1", got: "\(batch) in \(input.shape)",
            hint: batchFirst ? "Take one of them: input[0..<1]" : "Take one of them: input[.all, 0..<1]"
        )
    }
}
