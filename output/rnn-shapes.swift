// RNN — shapes, and one step by hand
//
// The program of lessons/01-rnn-shapes.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release rnn-shapes.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/01-rnn-shapes.md:23
manualSeed(0)
let small = RNN(inputSize: 100, hiddenSize: 5)
show(parameters: small)
claim(
    "weight_ih_l0 maps 100 features to 5 units",
    small.parameters["weight_ih_l0"].shape, equals: [5, 100])
print(small.parameters["weight_ih_l0"].shape)

// lessons/01-rnn-shapes.md:49
let rnn = RNN(inputSize: 100, hiddenSize: 20, numLayers: 1)
let x = Tensor.randn(10, 3, 100)
let h0 = Tensor.zeros(1, 3, 20)
let (out, h) = rnn(x, h0)
show(shapes: rnn, input: x, h0: h0, output: out, hn: h)

// lessons/01-rnn-shapes.md:61
claim("out[9] is h[0]", out[9], equals: h[0], within: 0)
claim("every unit stayed below 1", out, isLessThan: 1)
claim("and above −1", out, isGreaterThan: -1)
print(out.max().item)

// lessons/01-rnn-shapes.md:76
let stacked = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2)
let input = Tensor.randn(1, 3, 5)
let start = Tensor.randn(2, 3, 6)
let (output, hn) = stacked(input, start)
show(shapes: stacked, input: input, h0: start, output: output, hn: hn)

// lessons/01-rnn-shapes.md:88
let p = stacked.parameters
var z = p["bias_ih_l0"][0].item + p["bias_hh_l0"][0].item
for j in 0..<5 { z += p["weight_ih_l0"][0, j].item * input[0, 0, j].item }
for k in 0..<6 { z += p["weight_hh_l0"][0, k].item * start[0, 0, k].item }
print("z      =", z)
print("tanh z =", tanh(z))
print("layer  =", hn[0, 0, 0].item)
claim(
    "unit 0 by hand equals the layer's",
    tanh(z), equals: hn[0, 0, 0].item, within: 1e-15)
print(z)
print(tanh(z))

// lessons/01-rnn-shapes.md:105
let byHand = tanh(
    matmul(input[0], p["weight_ih_l0"].transposed()) + p["bias_ih_l0"]
        + matmul(start[0], p["weight_hh_l0"].transposed()) + p["bias_hh_l0"])
claim(
    "all 18 units by hand equal the lower layer's state",
    byHand, equals: hn[0], within: 1e-14)
show(byHand, "h₁ of the lower layer")

// lessons/01-rnn-shapes.md:119
show(diagram: .manyToMany(steps: 4, layers: 2))

// lessons/01-rnn-shapes.md:128
let deep = RNN(inputSize: 100, hiddenSize: 20, numLayers: 2)
print(deep)
let (deepOut, deepH) = deep(x)
show(shapes: ["x": x, "output": deepOut, "hn": deepH])
claim("the output is the top layer's", deepOut[9], equals: deepH[1], within: 0)

// lessons/01-rnn-shapes.md:142
let cell = RNNCell(inputSize: 10, hiddenSize: 20)
let data = Tensor.randn(8, 3, 10)
var state = Tensor.zeros(3, 20)
for t in 0..<8 { state = cell(data[t], state) }
print("after 8 steps:", state.shape)

// lessons/01-rnn-shapes.md:152
let lower = RNNCell(inputSize: 40, hiddenSize: 30)
let upper = RNNCell(inputSize: 30, hiddenSize: 20)
let words = Tensor.randn(8, 3, 40)
var h1 = Tensor.zeros(3, 30)
var h2 = Tensor.zeros(3, 20)
for t in 0..<8 {
    h1 = lower(words[t], h1)
    h2 = upper(h1, h2)
}
show(shapes: ["h1": h1, "h2": h2])
print(h1.shape[1])
print(h2.shape[1])

// lessons/01-rnn-shapes.md:171
let sentences = Tensor.randn(2, 3, 5)
let first = Tensor.randn(2, 3, 6)
let (states, last) = stacked(sentences, first)
show(shapes: ["input": sentences, "h0": first, "output": states, "hn": last])
claim("the output has as many steps as the input", states.shape, equals: [2, 3, 6])
claim("the hidden state has one entry for each layer", last.shape, equals: [2, 3, 6])
print(states.shape)
print(last.shape)
print(output.shape)
print(hn.shape)

// lessons/01-rnn-shapes.md:190
let both = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2, bidirectional: true)
let (twoWay, finals) = both(Tensor.randn(7, 4, 5))
show(shapes: ["output": twoWay, "hn": finals])
claim("output (7, 4, 12)", twoWay.shape, equals: [7, 4, 12])
claim("final state (4, 4, 6)", finals.shape, equals: [4, 4, 6])
