import Recurrent
import Testing

@Suite("Recurrent layers agree with PyTorch")
struct RecurrentLayerGoldenTests {
    @Test("RNN: outputs and final states", arguments: ["00-rnn", "01-rnn", "02-rnn", "03-rnn"])
    func rnn(name: String) throws {
        let golden = try Golden.named(name)
        let (output, hn) = try RNN(golden)(golden.input.tensor, golden.h0.tensor)
        expectClose(output, golden.output.tensor, within: 1e-12)
        expectClose(hn, golden.hn.tensor, within: 1e-12)
    }

    @Test("LSTM: outputs and final states", arguments: ["04-lstm", "05-lstm", "06-lstm", "07-lstm"])
    func lstm(name: String) throws {
        let golden = try Golden.named(name)
        let (output, (hn, cn)) = try LSTM(golden)(golden.input.tensor, (golden.h0.tensor, #require(golden.c0).tensor))
        expectClose(output, golden.output.tensor, within: 1e-12)
        expectClose(hn, golden.hn.tensor, within: 1e-12)
        expectClose(cn, try #require(golden.cn).tensor, within: 1e-12)
    }

    @Test("GRU: outputs and final states", arguments: ["08-gru", "09-gru", "10-gru", "11-gru"])
    func gru(name: String) throws {
        let golden = try Golden.named(name)
        let (output, hn) = try GRU(golden)(golden.input.tensor, golden.h0.tensor)
        expectClose(output, golden.output.tensor, within: 1e-12)
        expectClose(hn, golden.hn.tensor, within: 1e-12)
    }
}

extension RNN {
    convenience init(_ golden: Golden) throws {
        let options = golden.options
        self.init(
            inputSize: options.inputSize, hiddenSize: options.hiddenSize, numLayers: options.numLayers,
            nonlinearity: options.nonlinearity == "relu" ? .relu : .tanh, bias: options.bias ?? true,
            batchFirst: options.batchFirst ?? false, bidirectional: options.bidirectional ?? false
        )
        try load(golden.weights)
    }
}

extension LSTM {
    convenience init(_ golden: Golden) throws {
        let options = golden.options
        self.init(
            inputSize: options.inputSize, hiddenSize: options.hiddenSize, numLayers: options.numLayers,
            bias: options.bias ?? true, batchFirst: options.batchFirst ?? false, bidirectional: options.bidirectional ?? false
        )
        try load(golden.weights)
    }
}

extension GRU {
    convenience init(_ golden: Golden) throws {
        let options = golden.options
        self.init(
            inputSize: options.inputSize, hiddenSize: options.hiddenSize, numLayers: options.numLayers,
            bias: options.bias ?? true, batchFirst: options.batchFirst ?? false, bidirectional: options.bidirectional ?? false
        )
        try load(golden.weights)
    }
}
