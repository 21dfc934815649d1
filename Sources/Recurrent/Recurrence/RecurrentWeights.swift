/// The weights of one layer in one direction, the blocks of its gates below one another.
package struct RecurrentWeights {
    /// (gates · H, d)
    let weightIH: Tensor
    /// (gates · H, H), with a projection (gates · H, P)
    let weightHH: Tensor
    /// (gates · H) each, or nil without bias.
    let biases: (ih: Tensor, hh: Tensor)?
    /// (count, H): how gates see the cell state, or nil without peepholes.
    let peepholes: Tensor?
    /// (P, H): what the hidden state is projected by, or nil without.
    let projection: Tensor?
    let hiddenSize: Int
    /// The letters of the blocks in the equations, from the first down: `["i", "f", "g", "o"]`.
    private let gates: [String]
    private let peepholeGates: [String]

    /// Drawn uniformly from (−1/√H, 1/√H) in PyTorch's order, peepholes last.
    /// `gates` and `peepholes` are the letters of the blocks.
    package init(
        inputSize: Int, hiddenSize: Int, gates: [String], bias: Bool, peepholes: [String] = [], projSize: Int = 0
    ) {
        let bound = 1 / Elementary.sqrt(Double(hiddenSize))
        func draw(_ shape: Shape) -> Tensor { .parameter(shape, uniformWithin: bound) }
        let rows = ([gates.count, hiddenSize] as Shape).elementCount
        weightIH = draw([rows, inputSize])
        weightHH = draw([rows, projSize == 0 ? hiddenSize : projSize])
        biases = bias ? (draw([rows]), draw([rows])) : nil
        projection = projSize == 0 ? nil : draw([projSize, hiddenSize])
        self.peepholes = peepholes.isEmpty ? nil : draw([peepholes.count, hiddenSize])
        self.hiddenSize = hiddenSize
        self.gates = gates
        peepholeGates = peepholes
    }

    /// The number of features of the hidden state: P with a projection, else H.
    var outputWidth: Int { weightHH.shape[1] }

    /// `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, `weight_hr`, `peephole`, as far as there are such.
    package var parameters: Parameters {
        var entries: [Parameters.Element] = [("weight_ih", weightIH), ("weight_hh", weightHH)]
        if let biases { entries += [("bias_ih", biases.ih), ("bias_hh", biases.hh)] }
        if let projection { entries.append(("weight_hr", projection)) }
        if let peepholes { entries.append(("peephole", peepholes)) }
        return Parameters(entries)
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

// MARK: - In the letters of the equations

extension RecurrentWeights {
    /// Where each of the equations' parameters lies, W_if in block 1 of `weight_ih`: gate by gate, then projection and peepholes.
    private var equationNames: [(name: String, parameter: String, block: Int)] {
        gates.enumerated().flatMap { block, gate in
            [
                ("W_i" + gate, "weight_ih", block), ("b_i" + gate, "bias_ih", block),
                ("W_h" + gate, "weight_hh", block), ("b_h" + gate, "bias_hh", block),
            ]
        } + (projection == nil ? [] : [("W_hr", "weight_hr", 0)])
            + peepholeGates.enumerated().map { ("p_" + $1, "peephole", $0) }
    }

    /// Tensors of the names and shapes of ``parameters``, block by block under the equations' names:
    /// W_i· (H, d), W_h· (H, H), b_i·, b_h· and p_· (H), W_hr (P, H).
    package func equationParameters(_ parameters: Parameters) -> Parameters {
        Parameters(
            equationNames.compactMap { name, parameter, block in
                guard let blocks = parameters.tensor(named: parameter) else { return nil }
                switch parameter {
                case "peephole": return (name, blocks[block])
                case "weight_hr": return (name, blocks)
                default: return (name, blocks[block * hiddenSize..<(block + 1) * hiddenSize])
                }
            })
    }

    /// `["W_ii", "W_if", "W_ig", "W_io"]` for `weight_ih`.
    func equationNames(of parameter: String) -> [String] {
        equationNames.filter { $0.parameter == parameter }.map { $0.name }
    }

    /// The other way round: blocks under the equations' names, below one another again.
    package func stackedParameters(_ byEquation: Parameters) -> Parameters {
        Parameters(
            parameters.names.map { parameter in
                let blocks = equationNames.filter { $0.parameter == parameter }.map { byEquation[$0.name] as Tensor }
                return (parameter, parameter == "peephole" ? stacked(blocks) : concatenated(blocks))
            })
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
