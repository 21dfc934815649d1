import Foundation
import Recurrent
import Testing

/// Numbers at the ends of what a double can hold. Expected values follow from algebra and the C library.
@Suite("Extreme numbers")
struct ExtremeNumberTests {
    @Test("cross entropy of huge and of tiny logits neither overflows nor loses the small ones")
    func crossEntropyOfHugeLogits() {
        let tiny = Double.leastNonzeroMagnitude
        let logits = Tensor([[1e300, 0, -1e300], [1e4, 1e4 - 1, -1e4], [-tiny, 0, tiny]])
        logits.requiresGradient = true
        let loss = crossEntropy(logits, [0, 1, 2])
        loss.backward()
        // The first costs nothing, the second log(1 + e) for a logit that is 1 too small, the third log 3; their mean is taken.
        let e = Foundation.exp(1.0)
        #expect(abs(loss.item - (Foundation.log(1 + e) + Foundation.log(3.0)) / 3) < 1e-15)
        let share = e / (1 + e) / 3  // σ(1) / 3
        expectClose(
            logits.gradient, Tensor([[0, 0, 0], [share, -share, 0], [1.0 / 9, 1.0 / 9, -2.0 / 9]]), within: 1e-15
        )
    }

    @Test("the loss of a wrong answer given with certainty is as large as its logit")
    func certainlyWrong() {
        #expect(crossEntropy(Tensor([[1e300, 0]]), [1]).item == 1e300)
        #expect(crossEntropy(Tensor([[0, -Double.infinity]]), [1]).item == .infinity)
    }

    @Test("softmax gives a class at −∞ the probability 0 and shares the rest")
    func impossibleClass() {
        let logits = Tensor([-Double.infinity, 0, 1])
        let e = Foundation.exp(1.0)
        expectClose(softmax(logits), Tensor([0, 1 / (1 + e), e / (1 + e)]), within: 1e-15)
        #expect(logSoftmax(logits).values[0] == -.infinity)
        let log = Foundation.log(1 + e)
        expectClose(logSoftmax(logits)[1..<3], Tensor([-log, 1 - log]), within: 1e-15)
    }

    @Test("log softmax does not notice a number added to all logits", arguments: [0, 700, -1e6, 0x1p40])
    func shifted(by shift: Double) {
        // Whole numbers, whose sums are exact.
        let logits = Tensor([3, -4, 0, 11])
        #expect(logSoftmax(logits + shift).values == logSoftmax(logits).values)
    }

    /// Two steps of two features, one of them extreme; weights of ±½ make every gate's sum as extreme.
    private func check(
        _ layer: some Layer, _ extreme: Double, _ output: (Tensor) -> Tensor, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try layer.load(
            Dictionary(
                uniqueKeysWithValues: layer.parameters.map { name, tensor in
                    (name, Tensor(shape: tensor.shape, values: tensor.values.indices.map { $0 % 3 == 0 ? -0.5 : 0.5 }))
                }))
        let x = Tensor([[[extreme, 0]], [[0.5, -extreme]]])
        x.requiresGradient = true
        let y = output(x)
        y.sum().backward()
        #expect(y.values.allSatisfy { abs($0) <= 1 }, sourceLocation: sourceLocation)
        #expect(y.values.contains { $0 != 0 }, sourceLocation: sourceLocation)
        #expect(x.gradient!.values.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
        #expect(
            layer.parameters.allSatisfy { $0.tensor.gradient!.values.allSatisfy { $0.isFinite } }, sourceLocation: sourceLocation)
    }

    @Test(
        "inputs of any finite size leave states within ±1 and gradients finite",
        arguments: [1e300, -1e300, 1e17, 1e-300, .leastNonzeroMagnitude, -.leastNormalMagnitude]
    )
    func extremeInputs(extreme: Double) throws {
        let rnn = RNN(inputSize: 2, hiddenSize: 3)
        try check(rnn, extreme) { rnn($0).output }
        let lstm = LSTM(inputSize: 2, hiddenSize: 3)
        try check(lstm, extreme) { lstm($0).output }
        let peephole = LSTM(inputSize: 2, hiddenSize: 3, peepholes: true)
        try check(peephole, extreme) { peephole($0).output }
        for resetAfter in [true, false] {
            let gru = GRU(inputSize: 2, hiddenSize: 3, resetAfter: resetAfter)
            try check(gru, extreme) { gru($0).output }
        }
    }

    @Test("gates that are wide open and shut pass a subnormal cell state on, bit by bit")
    func subnormalState() throws {
        let lstm = LSTM(inputSize: 1, hiddenSize: 1)
        try lstm.load([
            "weight_ih_l0": .zeros(4, 1), "weight_hh_l0": .zeros(4, 1), "bias_hh_l0": .zeros(4),
            "bias_ih_l0": Tensor([-1000, 1000, 0, 1000]),  // i = 0, f = 1, g = 0, o = 1
        ])
        let tiny = Double.leastNonzeroMagnitude
        let c0 = Tensor([[[tiny]]])
        let (output, (_, cn)) = lstm(Tensor.zeros(50, 1, 1), (.zeros(1, 1, 1), c0))
        #expect(cn.item == tiny)
        #expect(output[-1].item == tiny)  // tanh x = x
    }

    @Test("the norm of zeros has the gradient 0, not 0 / 0")
    func normOfZeros() {
        let x = Tensor.zeros(2)
        x.requiresGradient = true
        x.norm().backward()
        #expect(x.gradient?.values == [0, 0])
    }
}
