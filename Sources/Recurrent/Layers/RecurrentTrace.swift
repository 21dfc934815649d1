/// Every intermediate value of a recurrent layer.
///
///     let trace = lstm.trace(input)
///     trace.steps[2]["f"]                      // f_2, also trace.steps[2].forgetGate
///     trace.tracks[0].parameters["W_if"]
public struct RecurrentTrace<Layer: RecurrentLayer> {
    /// A tensor under its symbol in the equations.
    public typealias Quantity = (symbol: String, tensor: Tensor)

    /// One layer in one direction.
    public struct Track {
        /// Counts from 0.
        public let layer: Int
        /// Whether it reads from the end.
        public let isReverse: Bool
        /// In time order, also where the direction reads from the end.
        public let steps: [Step]
        /// What the steps were computed with, in the letters of the equations: W_if, …
        public let parameters: Parameters
    }

    /// One step; every tensor has a row for each sequence.
    ///
    /// Past a sequence's end gates and preactivations are 0 and the states stay.
    public struct Step {
        /// x_t (N, d)
        public let input: Tensor
        /// Gates and states, in the order in which the layer computes them.
        public let quantities: [Quantity]
        /// The states of step t − 1.
        package let previous: [Quantity]
        /// What stands inside the functions, by the symbol of what it becomes.
        package let preactivations: [Quantity]

        /// `step["f"]` is f_t (N, H). Ends the program if there is no such quantity.
        public subscript(symbol: String) -> Tensor {
            Self.tensor(symbol, in: quantities, "step[\"\(symbol)\"]")
        }

        /// `step.previous("c")` is c_{t−1} (N, H). Ends the program if there is no such state.
        public func previous(_ symbol: String) -> Tensor {
            Self.tensor(symbol, in: previous, "step.previous(\"\(symbol)\")")
        }

        /// What stands inside the function (N, H): f_t = σ(`step.preactivation("f")`). Ends the program if there is none.
        public func preactivation(_ symbol: String) -> Tensor {
            Self.tensor(symbol, in: preactivations, "step.preactivation(\"\(symbol)\")")
        }

        private static func tensor(_ symbol: String, in quantities: [Quantity], _ who: @autoclosure () -> String) -> Tensor {
            for quantity in quantities where quantity.symbol == symbol { return quantity.tensor }
            let known = quantities.map { $0.symbol }.joined(separator: ", ")
            fail(who(), "the symbol must be one of \(known)", got: symbol)
        }
    }

    /// The first layer's, its reverse direction's, the second layer's, …
    public let tracks: [Track]
    /// What the steps were computed with, under the layer's names.
    public let parameters: Parameters
    /// (L, N, directions · H), with `batchFirst` (N, L, directions · H): what the layer gave.
    public let output: Tensor
    /// (S, N, H) each, the hidden state first.
    public let finalStates: [Tensor]
    /// The number of steps of each sequence; nil if all have L.
    public let lengths: [Int]?
    /// What was traced. Its parameters may have changed since.
    package let layer: Layer

    /// The steps of the last layer, read forwards.
    public var steps: [Step] { tracks.last { !$0.isReverse }!.steps }

    init(_ layer: Layer, _ run: RecurrentStack.Run) {
        self.layer = layer
        parameters = layer.parameters.snapshot
        output = run.output
        finalStates = run.finalStates
        lengths = run.tracks[0].pass.x.lengths
        tracks = zip(layer.stack.directions, run.tracks).map { direction, track in
            Track(
                layer: track.layer, isReverse: track.isReverse, steps: Self.steps(of: track.pass, direction),
                parameters: direction.equationParameters(direction.parameters.snapshot)
            )
        }
    }

    private static func steps(of pass: any RecurrentPass, _ direction: any RecurrentDirection) -> [Step] {
        let (x, quantities, preactivations) = (pass.x, pass.quantities, pass.preactivations)
        let previous = zip(direction.states, pass.states).map { ($0.name, $1.viewBeforeAll) }
        return (0..<x.count).map { t in
            func tensor(_ values: MatrixView) -> Tensor {
                let rows = Matrix(copying: values.rows(t * x.batch..<(t + 1) * x.batch))
                return Tensor(shape: [x.batch, rows.columns], values: rows.values)
            }
            return Step(
                input: tensor(x.steps.matrix.view), quantities: quantities.map { ($0.symbol, tensor($0.values)) },
                previous: previous.map { ($0.0, tensor($0.1)) },
                preactivations: preactivations.map { ($0.symbol, tensor($0.values)) }
            )
        }
    }
}
