/// A recurrent network unrolled over its time steps: `show(diagram: .manyToOne(steps: 4))`.
public struct NetworkExhibit: Codable, Hashable, Sendable {
    package enum Arrangement: String, Codable, Hashable, Sendable {
        /// N→N: an output at every step.
        case manyToMany
        /// N→1: one output, at the last step.
        case manyToOne
        /// 1→N: one input, at the first step.
        case oneToMany
        /// N→M: an encoder reads all inputs, a decoder then writes all outputs.
        case encoderDecoder
    }

    package var arrangement: Arrangement
    /// How many inputs are read; an encoder's steps.
    package var inputs: Int
    /// How many outputs are given; a decoder's steps.
    package var outputs: Int
    package var layers: Int
    package var isBidirectional: Bool
    /// What the cells are called.
    package var cell: String

    package init(
        arrangement: Arrangement, inputs: Int, outputs: Int, layers: Int, isBidirectional: Bool, cell: String
    ) {
        self.arrangement = arrangement
        self.inputs = inputs
        self.outputs = outputs
        self.layers = layers
        self.isBidirectional = isBidirectional
        self.cell = cell
    }
}

extension NetworkExhibit {
    /// N→N: an output at every step.
    public static func manyToMany(
        steps: Int, layers: Int = 1, bidirectional: Bool = false, cell: String = "RNN"
    ) -> NetworkExhibit {
        NetworkExhibit(
            arrangement: .manyToMany, inputs: steps, outputs: steps, layers: layers, isBidirectional: bidirectional, cell: cell)
    }

    /// N→1: one output, from the last states.
    public static func manyToOne(
        steps: Int, layers: Int = 1, bidirectional: Bool = false, cell: String = "RNN"
    ) -> NetworkExhibit {
        NetworkExhibit(
            arrangement: .manyToOne, inputs: steps, outputs: 1, layers: layers, isBidirectional: bidirectional, cell: cell)
    }

    /// 1→N: one input, an output at every step, each fed back as the next input.
    public static func oneToMany(steps: Int, layers: Int = 1, cell: String = "RNN") -> NetworkExhibit {
        NetworkExhibit(
            arrangement: .oneToMany, inputs: 1, outputs: steps, layers: layers, isBidirectional: false, cell: cell)
    }

    /// N→M: an encoder reads all inputs, then a decoder writes all outputs.
    public static func encoderDecoder(inputs: Int, outputs: Int, layers: Int = 1, cell: String = "RNN") -> NetworkExhibit {
        NetworkExhibit(
            arrangement: .encoderDecoder, inputs: inputs, outputs: outputs, layers: layers, isBidirectional: false,
            cell: cell)
    }
}

extension NetworkExhibit: ExhibitContent {
    package static var kind: String { "network" }

    /// For the terminal.
    package var terminalText: String {
        "\(cell) \(arrangement.rawValue): \(inputs) → \(outputs), layers: \(layers)" + (isBidirectional ? ", bidirectional" : "")
    }
}

// MARK: - Showing

/// Draws a recurrent network unrolled over its steps.
public func show(diagram network: NetworkExhibit) {
    for (name, count) in [("steps", network.inputs), ("steps", network.outputs), ("layers", network.layers)] where count < 1 {
        fatalError("show(diagram:): \(name) must be at least 1; got \(count)")
    }
    Recorder.current.show(network)
}
