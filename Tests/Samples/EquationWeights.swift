import Recurrent

/// The weights of a layer under the names of its equations: the blocks of the gates, which stand below one another.
package struct EquationWeights {
    private let gates: [String]
    private let areSeveral: Bool

    /// - Parameter areSeveral: several layers or directions, whose names end in `_l0`, `_l0_reverse`, …
    package init(gates: [String], areSeveral: Bool) {
        (self.gates, self.areSeveral) = (gates, areSeveral)
    }

    /// `W_if`, or `W_if_l0_reverse`; peepholes are rows.
    package func blocks(_ tensors: [(name: String, tensor: Tensor)]) -> [String: Tensor] {
        var blocks: [String: Tensor] = [:]
        for (name, tensor) in tensors {
            let words = name.split(separator: "_").map { String($0) }
            let isPeephole = words[0] == "peephole"
            let suffix = areSeveral ? "_" + words.dropFirst(isPeephole ? 1 : 2).joined(separator: "_") : ""
            let owners = isPeephole ? ["i", "f", "o"] : gates
            let count = tensor.shape[0] / owners.count
            for (index, gate) in owners.enumerated() {
                let block = tensor[index * count..<(index + 1) * count]
                if isPeephole {
                    blocks["p_\(gate)\(suffix)"] = block[0]
                } else {
                    blocks["\(words[0] == "weight" ? "W" : "b")_\(words[1].first!)\(gate)\(suffix)"] = block
                }
            }
        }
        return blocks
    }
}
