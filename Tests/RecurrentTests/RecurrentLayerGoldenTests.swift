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

    @Test("RNN: every gradient", arguments: ["00-rnn", "01-rnn", "02-rnn", "03-rnn"])
    func rnnGradients(name: String) throws {
        let golden = try Golden.named(name)
        let rnn = try RNN(golden)
        let (input, h0) = (golden.input.variable, golden.h0.variable)
        let (output, hn) = rnn(input, h0)
        let loss = (golden.lossWeight.tensor * output).sum() + hn.sum()
        loss.backward()
        #expect(abs(loss.item - golden.loss) < 1e-11)
        golden.expectGradients(of: rnn.parameters, ["input": input, "h0": h0])
    }

    @Test("LSTM: every gradient", arguments: ["04-lstm", "05-lstm", "06-lstm", "07-lstm"])
    func lstmGradients(name: String) throws {
        let golden = try Golden.named(name)
        let lstm = try LSTM(golden)
        let (input, h0, c0) = (golden.input.variable, golden.h0.variable, try #require(golden.c0).variable)
        let (output, (hn, cn)) = lstm(input, (h0, c0))
        let loss = (golden.lossWeight.tensor * output).sum() + hn.sum() + (cn * cn).sum()
        loss.backward()
        #expect(abs(loss.item - golden.loss) < 1e-11)
        golden.expectGradients(of: lstm.parameters, ["input": input, "h0": h0, "c0": c0])
    }

    @Test("GRU: every gradient", arguments: ["08-gru", "09-gru", "10-gru", "11-gru"])
    func gruGradients(name: String) throws {
        let golden = try Golden.named(name)
        let gru = try GRU(golden)
        let (input, h0) = (golden.input.variable, golden.h0.variable)
        let (output, hn) = gru(input, h0)
        let loss = (golden.lossWeight.tensor * output).sum() + hn.sum()
        loss.backward()
        #expect(abs(loss.item - golden.loss) < 1e-11)
        golden.expectGradients(of: gru.parameters, ["input": input, "h0": h0])
    }
}

extension Golden {
    /// Expects the gradients that PyTorch found, all of them and no others.
    fileprivate func expectGradients(of parameters: Parameters, _ inputs: [String: Tensor]) {
        #expect(Set(gradients.keys) == Set(parameters.names).union(inputs.keys))
        for (name, gradient) in gradients {
            expectClose((inputs[name] ?? parameters[name]).gradient, gradient.tensor, within: 1e-10, "\(name)")
        }
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
