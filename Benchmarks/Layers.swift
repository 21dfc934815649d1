/// Times one forward and one backward pass of each recurrent layer; `run` holds the times against PyTorch's.
///
/// Prints lines `layer L N d H microseconds`, of processor time, which other programs disturb least. All
/// gradients are asked for, those of the input too.
import Recurrent

@main
struct Layers {
    static func main() {
        for size in sizes {
            manualSeed(0)
            let rnn = RNN(inputSize: size.d, hiddenSize: size.H)
            let lstm = LSTM(inputSize: size.d, hiddenSize: size.H)
            let gru = GRU(inputSize: size.d, hiddenSize: size.H)
            time("RNN", size, rnn.parameters) { rnn($0).0 }
            time("LSTM", size, lstm.parameters) { lstm($0).0 }
            time("GRU", size, gru.parameters) { gru($0).0 }
        }
    }

    /// Steps, batch, input size, hidden size: the sizes of `pytorch.py`.
    static let sizes = [
        (L: 3, N: 4, d: 5, H: 6), (L: 10, N: 3, d: 100, H: 20), (L: 50, N: 16, d: 32, H: 64), (L: 100, N: 32, d: 128, H: 256),
    ]

    /// The median of many passes within about half a second, after one pass that is not timed.
    static func time(
        _ layer: String, _ size: (L: Int, N: Int, d: Int, H: Int), _ parameters: Parameters, _ output: (Tensor) -> Tensor
    ) {
        let x = Tensor.randn(size.L, size.N, size.d)
        x.requiresGradient = true
        let weight = Tensor.randn(size.L, size.N, size.H)
        func pass() -> Double {
            let start = processorTime()
            parameters.zeroGradients()
            x.gradient = nil
            (output(x) * weight).sum().backward()
            return processorTime() - start
        }
        _ = pass()
        var durations: [Double] = []
        let start = processorTime()
        while durations.count < 3 || processorTime() - start < 0.5e6 { durations.append(pass()) }
        let median = durations.sorted()[durations.count / 2]
        print(layer, size.L, size.N, size.d, size.H, median)
    }
}
