// GRU — one idea, two conventions
//
// The program of lessons/03-gru-conventions.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release gru-conventions.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/03-gru-conventions.md:29
manualSeed(0)
let gru = GRU(inputSize: 5, hiddenSize: 6, numLayers: 2, batchFirst: true)
let input = Tensor.randn(1, 3, 5)
let (output, hn) = gru(input)
show(shapes: gru, input: input, output: output, hn: hn)
claim(
    "the last step of the output is the top layer's state",
    output[0, 2], equals: hn[1, 0], within: 0)

// lessons/03-gru-conventions.md:50
manualSeed(1)
let after = GRU(inputSize: 2, hiddenSize: 3, resetAfter: true)
let before = GRU(inputSize: 2, hiddenSize: 3, resetAfter: false)
try before.load([
    "weight_ih_l0": after.parameters["weight_ih_l0"],
    "weight_hh_l0": after.parameters["weight_hh_l0"],
    "bias_ih_l0": after.parameters["bias_ih_l0"],
    "bias_hh_l0": after.parameters["bias_hh_l0"],
])
let signal = Tensor([[[1.0, 0.0]], [[0.0, 1.0]], [[-1.0, 0.0]]])
let h0 = Tensor([[[0.5, -0.5, 0.25]]])
let pytorch = after.trace(signal, h0)
let cho = before.trace(signal, h0)

// lessons/03-gru-conventions.md:66
show(gates: pytorch)

// lessons/03-gru-conventions.md:72
show(gates: cho)

// lessons/03-gru-conventions.md:80
claim(
    "the reset gates of step 0 agree",
    pytorch.steps[0].resetGate, equals: cho.steps[0].resetGate, within: 0)
let difference = pytorch.steps[2].hiddenState - cho.steps[2].hiddenState
let gap = difference.values.map { abs($0) }.max()!
claim("after three steps the two conventions have parted", gap, isGreaterThan: 1e-3)
print(gap)

// lessons/03-gru-conventions.md:95
let step = pytorch.steps[1]
let previous = pytorch.steps[0].hiddenState
let z = step.updateGate
let keepsOld = (1 - z) * step.newGate + z * previous
let swapped = 1 - z
let takesNew = (1 - swapped) * previous + swapped * step.newGate
claim(
    "PyTorch's formula gives the layer's state",
    keepsOld, equals: step.hiddenState, within: 1e-15)
claim(
    "the other formula gives it too, with z replaced by 1 − z",
    takesNew, equals: step.hiddenState, within: 1e-15)

// lessons/03-gru-conventions.md:116
func size(_ layer: some Layer) -> Int {
    layer.parameters.map { $0.tensor.values.count }.reduce(0, +)
}
let rnnSize = size(RNN(inputSize: 5, hiddenSize: 6))
let gruSize = size(GRU(inputSize: 5, hiddenSize: 6))
let lstmSize = size(LSTM(inputSize: 5, hiddenSize: 6))
show(bars: ["RNN": rnnSize, "GRU": gruSize, "LSTM": lstmSize], label: "parameters")
claim("1 : 3 : 4", [rnnSize, gruSize, lstmSize], equals: [rnnSize, 3 * rnnSize, 4 * rnnSize])
