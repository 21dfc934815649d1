import Recurrent

/// Recurrent layers composed of primitive tensor operations only, to hold the hand-written ones against.
struct ComposedRecurrentLayer {
    enum Kind {
        case rnn(RNN.Nonlinearity)
        case lstm(peepholes: Bool)
        case gru(resetAfter: Bool, updateGate: GRU.UpdateGate)
    }

    let kind: Kind
    let numLayers: Int
    let bidirectional: Bool
    let batchFirst: Bool
    let hiddenSize: Int
    let parameters: Parameters

    /// `states`: h0, and c0 for an LSTM; gives the output and the final states.
    func callAsFunction(_ input: Tensor, states: [Tensor], lengths: [Int]?) -> (output: Tensor, finals: [Tensor]) {
        let x = batchFirst ? input.transposed(0, 1) : input
        var steps = (0..<x.shape[0]).map { x[$0] }
        var finals: [[Tensor]] = states.map { _ in [] }
        for layer in 0..<numLayers {
            var sides: [[Tensor]] = []
            for side in 0..<(bidirectional ? 2 : 1) {
                var current = states.map { $0[finals[0].count] }
                var outputs = [Tensor?](repeating: nil, count: steps.count)
                for t in side == 0 ? Array(steps.indices) : steps.indices.reversed() {
                    let next = step(steps[t], current, suffix: "_l\(layer)" + (side == 1 ? "_reverse" : ""))
                    let mask = mask(t, lengths: lengths, batch: x.shape[1])
                    current = zip(next, current).map { mask * $0 + (1 - mask) * $1 }
                    outputs[t] = mask * current[0]
                }
                sides.append(outputs.map { $0! })
                for index in finals.indices { finals[index].append(current[index]) }
            }
            steps = steps.indices.map { t in concatenated(sides.map { $0[t] }, axis: 1) }
        }
        let output = stacked(steps)
        return (batchFirst ? output.transposed(0, 1) : output, finals.map { stacked($0) })
    }

    /// (N, 1): 1 where a sequence has a step t.
    private func mask(_ t: Int, lengths: [Int]?, batch: Int) -> Tensor {
        Tensor(shape: [batch, 1], values: (0..<batch).map { t < lengths?[$0] ?? Int.max ? 1 : 0 })
    }

    private func step(_ x: Tensor, _ states: [Tensor], suffix: String) -> [Tensor] {
        let h = states[0]
        let fromInput = affine(x, "ih" + suffix)
        let fromHidden = affine(h, "hh" + suffix)
        func block(_ tensor: Tensor, _ index: Int) -> Tensor {
            tensor[.all, .range(index * hiddenSize..<(index + 1) * hiddenSize)]
        }
        switch kind {
        case .rnn(.tanh): return [tanh(fromInput + fromHidden)]
        case .rnn(.relu): return [relu(fromInput + fromHidden)]
        case .lstm:
            let (a, c) = (fromInput + fromHidden, states[1])
            let peepholes = parameter("peephole" + suffix)
            func seeing(_ c: Tensor, _ index: Int) -> Tensor { peepholes.map { $0[index] * c } ?? Tensor(0) }
            let i = sigmoid(block(a, 0) + seeing(c, 0))
            let f = sigmoid(block(a, 1) + seeing(c, 1))
            let next = f * c + i * tanh(block(a, 2))
            let o = sigmoid(block(a, 3) + seeing(next, 2))
            let h = o * tanh(next)
            return [parameter("weight_hr" + suffix).map { matmul(h, $0.transposed()) } ?? h, next]
        case .gru(let resetAfter, let updateGate):
            let r = sigmoid(block(fromInput, 0) + block(fromHidden, 0))
            let z = sigmoid(block(fromInput, 1) + block(fromHidden, 1))
            let hiddenPart = resetAfter ? r * block(fromHidden, 2) : block(affine(r * h, "hh" + suffix), 2)
            let n = tanh(block(fromInput, 2) + hiddenPart)
            return [updateGate == .keepsPrevious ? (1 - z) * n + z * h : (1 - z) * h + z * n]
        }
    }

    private func affine(_ x: Tensor, _ name: String) -> Tensor {
        let product = matmul(x, parameters["weight_" + name].transposed())
        return parameter("bias_" + name).map { product + $0 } ?? product
    }

    private func parameter(_ name: String) -> Tensor? {
        parameters.first { $0.name == name }?.tensor
    }
}
