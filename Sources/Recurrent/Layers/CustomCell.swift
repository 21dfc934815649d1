/// A layer made of a cell's equations.
///
///     let mgu = CellDefinition("MGU", "…")
///     let layer = CustomCell(mgu, inputSize: 3, hiddenSize: 4)
///     let (output, states) = layer(x)          // (L, N, d) → (L, N, h)
///     states["h"]                              // (S, N, h)
///     let (next, _) = layer(y, states)         // goes on from there
///
/// | tensor | shape |
/// |---|---|
/// | input | (L, N, d), with `batchFirst` (N, L, d) |
/// | output | (L, N, directions · h), with `batchFirst` (N, L, directions · h) |
/// | states | (S, N, size of the state) each, S = `numLayers` · directions |
/// | W_f, b_f, … | as the equations need them: (rows, columns) and (rows); with several layers or directions `W_f_l0`, `W_f_l0_reverse` |
///
/// One sequence may come without its axis N: input (L, d), states (S, size), output (L, directions · h); `batchFirst`
/// has no effect on it.
///
/// All parameters are drawn uniformly from (−1/√h, 1/√h), in the order in which the equations name them.
public final class CustomCell: RecurrentLayer {
    /// Under the states' names, `["h": h0]`; zeros for those that are left out.
    public typealias States = NamedTensors

    public let stack: RecurrentStack
    public let definition: CellDefinition

    /// - Parameters:
    ///   - definition: the equations.
    ///   - inputSize: d, the number of features of x_t.
    ///   - hiddenSize: h, the size of what a step gives out.
    ///   - sizes: of quantities, and of products as `V x_t` in `W V x_t`, whose size neither x_t nor the output fixes:
    ///     `["m": 8, "V": 2]`; else they have h numbers.
    ///   - numLayers: layers on top of each other; each reads the outputs of the one below.
    ///   - batchFirst: input and output are (N, L, …) instead of (L, N, …); states and single sequences are not affected.
    ///   - dropout: the probability with which an output of every layer but the last is set to zero in training.
    ///   - bidirectional: a second set of units reads from the end; the outputs stand side by side.
    public init(
        _ definition: CellDefinition, inputSize: Int, hiddenSize: Int, sizes: [String: Int] = [:], numLayers: Int = 1,
        batchFirst: Bool = false, dropout: Double = 0, bidirectional: Bool = false
    ) {
        let options = RecurrentOptions(
            name: definition.name, inputSize: inputSize, hiddenSize: hiddenSize, numLayers: numLayers, bias: true,
            batchFirst: batchFirst, dropout: dropout, bidirectional: bidirectional
        )
        definition.check(sizes)
        self.definition = definition
        stack = RecurrentStack(options, namesSingle: false) { features in
            CellDirection(
                definition, features: features, units: hiddenSize, sizes: sizes, bound: 1 / Elementary.sqrt(Double(hiddenSize))
            )
        }
    }

    public static func named(_ states: States) -> [(name: String, tensor: Tensor)] { Array(states) }

    /// Runs over all steps. Ends the program if the shapes of input, states or lengths are not those of the table above.
    ///
    /// - Parameters:
    ///   - input: x_1 … x_L of every sequence.
    ///   - states: what the first step reads as the step before, `["h": h0]`; zeros for what is left out.
    ///   - lengths: the number of steps of each sequence, if not all have L. Outputs past the end are zero,
    ///     the final states are the last real step's, and the reverse direction starts at each sequence's own end.
    public func callAsFunction(
        _ input: Tensor, _ states: States? = nil, lengths: [Int]? = nil
    ) -> (output: Tensor, states: NamedTensors) {
        let run = run(input, states, lengths)
        return (run.output, NamedTensors(zip(definition.stateNames, run.finalStates).map { ($0, $1) }))
    }
}

extension CellDefinition {
    /// Ends the program unless every size is one that the equations leave open.
    fileprivate func check(_ given: [String: Int]) {
        var open: [String] = []
        for size in equations.map({ sizes[$0.name]! }) + parameters.flatMap({ [$0.rows] + ($0.columns.map { [$0] } ?? []) }) {
            if case .own(let name) = size, !open.contains(name) { open.append(name) }
        }
        for (name, size) in given {
            require(
                open.contains(name), self.name,
                "sizes may tell those of \(open.isEmpty ? "no quantity: all follow from x_t and the output" : open.joined(separator: ", "))",
                got: "“\(name)”"
            )
            require(size > 0, self.name, "the size of \(name) must be at least 1", got: "\(size)")
        }
    }
}
