/// Times one forward and one backward pass of cells that are interpreted from their equations against the hand-written
/// kernels of the same cells; fails where a ratio misses its target.
///
/// Prints the median of the ratios of pairs of passes, of processor time: whatever else the machine does at a time slows
/// down both of a pair.
import Glibc
import Recurrent

@main
struct Cells {
    static func main() {
        var isMissed = false
        print("cell  L N d H               ratio   target")
        for size in sizes {
            let cells: [(String, any RecurrentLayer, CellDefinition)] = [
                ("RNN", RNN(inputSize: size.d, hiddenSize: size.H), RNN.definition()),
                ("LSTM", LSTM(inputSize: size.d, hiddenSize: size.H), LSTM.definition),
                ("GRU", GRU(inputSize: size.d, hiddenSize: size.H), GRU.definition()),
            ]
            for (name, layer, definition) in cells {
                let custom = CustomCell(definition, inputSize: size.d, hiddenSize: size.H)
                let ratio = ratio(of: custom, to: layer, size)
                let isOver = size.target.map { ratio > $0 } ?? false
                let columns = [
                    name, "\(size.L) \(size.N) \(size.d) \(size.H)", "\(tenths(ratio))", size.target.map { "\($0)" } ?? "–",
                ]
                print(columns.joined(separator: "   ") + (isOver ? "  missed" : ""))
                isMissed = isMissed || isOver
            }
        }
        exit(isMissed ? 1 : 0)
    }

    /// The target holds where a lesson trains; a tiny layer's time is that of the interpreter.
    static let sizes: [(L: Int, N: Int, d: Int, H: Int, target: Double?)] = [
        (3, 4, 5, 6, nil), (10, 3, 100, 20, nil), (50, 16, 32, 64, 4), (100, 32, 128, 256, nil),
    ]

    private static func tenths(_ ratio: Double) -> Double { (ratio * 100).rounded() / 100 }

    private static func ratio(
        of custom: CustomCell, to layer: any RecurrentLayer, _ size: (L: Int, N: Int, d: Int, H: Int, target: Double?)
    ) -> Double {
        let (x, weight) = (Tensor.randn(size.L, size.N, size.d), Tensor.randn(size.L, size.N, size.H))
        x.requiresGradient = true
        func time(_ parameters: Parameters, _ output: () -> Tensor) -> Double {
            let start = processorTime()
            parameters.zeroGradients()
            x.gradient = nil
            (output() * weight).sum().backward()
            return processorTime() - start
        }
        func output(of layer: some RecurrentLayer) -> Tensor {
            switch layer {
            case let rnn as RNN: rnn(x).output
            case let lstm as LSTM: lstm(x).output
            case let gru as GRU: gru(x).output
            default: fatalError("no hand-written kernel for \(layer)")
            }
        }
        func pair() -> Double {
            let byHand = time(layer.parameters) { output(of: layer) }
            return time(custom.parameters) { custom(x).output } / byHand
        }
        _ = pair()
        var ratios: [Double] = []
        let start = processorTime()
        while ratios.count < 5 || processorTime() - start < 1e6 { ratios.append(pair()) }
        return ratios.sorted()[ratios.count / 2]
    }
}
