// LSTM — the gates, step by step
//
// The program of lessons/02-lstm-gates.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release lstm-gates.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/02-lstm-gates.md:35
manualSeed(0)
let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
let input = Tensor.randn(1, 3, 5)
let h0 = Tensor.randn(2, 3, 6)
let c0 = Tensor.randn(2, 3, 6)
let (output, (hn, cn)) = lstm(input, (h0, c0))
show(shapes: lstm, input: input, h0: h0, c0: c0, output: output, hn: hn, cn: cn)
claim(
    "the output is the top layer's hidden state, never its cell state",
    output[0], equals: hn[1], within: 0)
print(lstm.parameters["weight_ih_l0"].shape[0])

// lessons/02-lstm-gates.md:57
let batchFirst = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 1, batchFirst: true)
let sequences = Tensor.randn(4, 3, 5)
let (out, (h, c)) = batchFirst(sequences)
show(shapes: ["input": sequences, "output": out, "hn": h, "cn": c])
claim("hn is (layers, batch, units) all the same", h.shape, equals: [1, 4, 6])

// lessons/02-lstm-gates.md:71
manualSeed(3)
let tiny = LSTM(inputSize: 2, hiddenSize: 3)
let signal = Tensor([[[1.0, 0.0]], [[0.0, 1.0]], [[-1.0, 0.0]], [[0.0, -1.0]]])
let trace = tiny.trace(signal)
show(gates: trace)
print(trace.steps[1].forgetGate[0, 0].item)

// lessons/02-lstm-gates.md:83
let before = trace.steps[0]
let now = trace.steps[1]
let remaining = now.forgetGate * before.cellState
let added = now.inputGate * now.cellGate
claim(
    "c = f ⊙ c₋₁ + i ⊙ c̃ at step 1",
    remaining + added, equals: now.cellState, within: 1e-15)
claim(
    "h = o ⊙ tanh(c) at step 1",
    now.outputGate * tanh(now.cellState), equals: now.hiddenState, within: 1e-15)
show(remaining, "kept")
show(added, "added")

// lessons/02-lstm-gates.md:100
show(worked: trace, step: 1, unit: 0)

// lessons/02-lstm-gates.md:108
let w = tiny.parameters
var z = w["bias_ih_l0"][3].item + w["bias_hh_l0"][3].item
for j in 0..<2 { z += w["weight_ih_l0"][3, j].item * signal[1, 0, j].item }
for k in 0..<3 { z += w["weight_hh_l0"][3, k].item * before.hiddenState[0, k].item }
claim(
    "the forget gate of unit 0, from its row of weights",
    sigmoid(z), equals: now.forgetGate[0, 0].item, within: 1e-15)
print(z)
print(sigmoid(z))

// lessons/02-lstm-gates.md:127
manualSeed(0)
let keeper = LSTM(inputSize: 2, hiddenSize: 2), answer = Linear(2, 1)
let adam = Adam(Parameters(of: [keeper.parameters, answer.parameters]), learningRate: 0.02)
func examples(_ count: Int, steps: Int) -> (input: Tensor, wanted: Tensor) {
    let numbers = Tensor.randint(0, 2, [steps, count]) * 2 - 1
    let marks = oneHot(Tensor.randint(0, steps, [count]), classes: steps).transposed()
    return (stack([numbers, marks], axis: 2), (numbers * marks).sum(axis: 0))
}
for _ in 0..<400 {
    let (input, wanted) = examples(32, steps: 8)
    let (_, (hn, _)) = keeper(input)
    let loss = meanSquaredError(answer(hn[0]).squeeze(1), wanted)
    adam.zeroGrad()
    loss.backward()
    adam.step()
}

// lessons/02-lstm-gates.md:146
let numbers = [-1.0, 1, -1, 1, 1, -1, 1, 1], marked = 2
let passage = Tensor(numbers.enumerated().map { [[$1, $0 == marked ? 1 : 0]] })
let kept = keeper.trace(passage)
show(gates: kept, steps: numbers.enumerated().map { ($1 < 0 ? "−1" : "1") + ($0 == marked ? " ⚑" : "") })
claim("the answer is the number beside the mark", answer(kept.output[7]).item, equals: -1, within: 0.2)

// lessons/02-lstm-gates.md:158
func gate(_ step: Int) -> [Double] { kept.steps[step].forgetGate.values }
claim("at the mark both units forget most of what they had", gate(marked).max()!, isLessThan: 0.3)
claim("after it they keep nine tenths and more at every step", (3...7).flatMap(gate).min()!, isAtLeast: 0.9)
claim("and the marked number is let in", kept.steps[marked].inputGate.values.min()!, isAtLeast: 0.9)

// lessons/02-lstm-gates.md:169
expectTrap {
let wide = Tensor.randn(3, 5, 5)
let states = (Tensor.randn(2, 3, 6), Tensor.randn(2, 3, 6))
let result = lstm(wide, states)
}

// lessons/02-lstm-gates.md:178
let mendedInput = Tensor.randn(3, 5, 5)
let mendedStates = (Tensor.randn(2, 5, 6), Tensor.randn(2, 5, 6))
let (mended, (mendedH, mendedC)) = lstm(mendedInput, mendedStates)
show(shapes: ["input": mendedInput, "output": mended, "hn": mendedH, "cn": mendedC])
claim("output (3, 5, 6)", mended.shape, equals: [3, 5, 6])

// lessons/02-lstm-gates.md:192
let plain = RNN(inputSize: 5, hiddenSize: 6)
let gated = LSTM(inputSize: 5, hiddenSize: 6)
func size(_ layer: some Layer) -> Int {
    layer.parameters.map { $0.tensor.values.count }.reduce(0, +)
}
print("RNN  ", size(plain), "numbers")
print("LSTM ", size(gated), "numbers")
show(parameters: gated)
claim(
    "an LSTM has four times an RNN's parameters",
    size(gated), equals: 4 * size(plain))
