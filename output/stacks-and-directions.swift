// Stacks and directions — networks made of loops
//
// The program of lessons/03-stacks-and-directions.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release stacks-and-directions.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/03-stacks-and-directions.md:13
let counter = RNN(inputSize: 1, hiddenSize: 2)
try counter.load([
    "weight_ih_l0": Tensor([[10], [10]]),
    "weight_hh_l0": Tensor([[5, -5], [5, -5]]),
    "bias_ih_l0": Tensor([-5, -15]), "bias_hh_l0": Tensor([0, 0]),
])
func isOn(_ output: Tensor) -> Tensor {
    (output[.all, .all, 0] - output[.all, .all, 1]) / 2
}
let button = [0.0, 1, 1, 0, 0, 1, 1, 1, 0]
let buttonSteps = Tensor(button).reshaped(9, 1, 1)
let byCounting = isOn(counter(buttonSteps).output).values
show(table: [
    "step": 0..<9,
    "button": button.map { $0 == 1 ? "down" : "·" },
    "what the counter says": byCounting.map { $0 > 0.5 ? "light" : "·" },
])
claim(
    "right at step 1, wrong at step 2",
    byCounting[1] > 0.5 && byCounting[2] < 0.5)
claim(
    "wrong at the end, too: two presses, and light",
    byCounting[8], isGreaterThan: 0.5)

// lessons/03-stacks-and-directions.md:44
show(diagram: .manyToMany(steps: 4, layers: 2))

// lessons/03-stacks-and-directions.md:55
let lamp = RNN(inputSize: 1, hiddenSize: 2, numLayers: 2)
try lamp.load([
    "weight_ih_l0": Tensor([[10], [10]]),          // both hear the button
    "weight_hh_l0": Tensor([[0, 0], [-5, 0]]),     // unit 1: not if it was down
    "bias_ih_l0": Tensor([-5, -10]),
    "bias_hh_l0": Tensor([0, 0]),
    "weight_ih_l1": Tensor([[0, 5], [0, 5]]),      // reads unit 1 from below
    "weight_hh_l1": Tensor([[5, -5], [5, -5]]),    // counts, as in lesson 2
    "bias_ih_l1": Tensor([0, -10]),
    "bias_hh_l1": Tensor([0, 0]),
])
let off = Tensor.full([2, 1, 2], -1)               // (layers, N, H)
let trace = lamp.trace(buttonSteps, off)
let noticed = trace.tracks[0].steps.map { $0.hiddenState[0, 1].item }
let byStack = isOn(trace.output).values
show(table: [
    "step": 0..<9,
    "button": button.map { $0 == 1 ? "down" : "·" },
    "a press begins": noticed.map { $0 > 0 ? "yes" : "·" },
    "lamp": byStack.map { $0 > 0.5 ? "light" : "·" },
])
claim(
    "presses begin at steps 1 and 5",
    (0..<9).filter { noticed[$0] > 0 }, equals: [1, 5])
claim(
    "light from 1 to 4",
    (0..<9).filter { byStack[$0] > 0.5 }, equals: [1, 2, 3, 4])

// lessons/03-stacks-and-directions.md:87
show(gates: trace, steps: button.map { $0 == 1 ? "▼" : "·" })
let upperUnits = trace.tracks[1].steps.map { $0.hiddenState[0].values }
claim(
    "light is: unit 0 on and unit 1 off, above",
    upperUnits.map { $0[0] > 0 && $0[1] < 0 }, equals: byStack.map { $0 > 0.5 })

// lessons/03-stacks-and-directions.md:99
func bit(_ t: Int, of number: Int) -> Double { Double(number >> t & 1) }
let hands = stack((0..<8).map { t in
    Tensor((0..<256).map { bit(t, of: $0) })
}).unsqueeze(2)                                            // (8, 256, 1)
let stackSays = isOn(lamp(hands, .full([2, 256, 2], -1)).output)
let counterSays = isOn(counter(hands).output)
var rightStack = 0, rightCounter = 0, wrongAtShortPresses = 0
for n in 0..<256 {
    var light = false, before = 0.0
    for t in 0..<8 {
        let down = bit(t, of: n)
        if down > before { light.toggle() }
        before = down
        if (stackSays[t, n].item > 0.5) == light { rightStack += 1 }
        if (counterSays[t, n].item > 0.5) == light {
            rightCounter += 1
        } else if n & (n >> 1) == 0 {          // no two steps down in a row
            wrongAtShortPresses += 1
        }
    }
}
print("two layers: right at", rightStack, "of", 8 * 256, "steps")
print("the counter alone: right at", rightCounter)
claim("two layers are always right", rightStack, equals: 8 * 256)
claim(
    "the counter is never wrong where no press lasts two steps",
    wrongAtShortPresses, equals: 0)
let share = Double(rightCounter) / (8 * 256)
claim(
    "the counter alone is right at two thirds of the steps",
    share, equals: 2 / 3.0, within: 0.02)

// lessons/03-stacks-and-directions.md:139
manualSeed(0)
let cell = RNNCell(inputSize: 10, hiddenSize: 20)
let data = Tensor.randn(8, 3, 10)
var h = Tensor.zeros(3, 20)
for t in 0..<8 { h = cell(data[t], h) }
print("h", h.shape)

// lessons/03-stacks-and-directions.md:162
expectTrap("input must have 2 axes (N, input_size)") {
let refused = cell(data, h)
}

// lessons/03-stacks-and-directions.md:170
/// One layer with the weights that `p` has under names with this ending.
func layer(
    of p: Parameters, _ ending: String = ""
) throws(LoadingError) -> RNN {
    let shape = p["weight_ih" + ending].shape              // (H, d)
    let layer = RNN(inputSize: shape[1], hiddenSize: shape[0])
    try layer.load([
        "weight_ih_l0": p["weight_ih" + ending],
        "weight_hh_l0": p["weight_hh" + ending],
        "bias_ih_l0": p["bias_ih" + ending],
        "bias_hh_l0": p["bias_hh" + ending],
    ])
    return layer
}
let (_, byLayer) = try layer(of: cell.parameters)(data)
claim("eight steps by cell or by layer", h, equals: byLayer[0], within: 1e-14)

// lessons/03-stacks-and-directions.md:194
let lowerCell = RNNCell(inputSize: 40, hiddenSize: 30)
let upperCell = RNNCell(inputSize: 30, hiddenSize: 20)
let steps = Tensor.randn(8, 3, 40)
var h1 = Tensor.zeros(3, 30)
var h2 = Tensor.zeros(3, 20)
for t in 0..<8 {
    h1 = lowerCell(steps[t], h1)
    h2 = upperCell(h1, h2)
}
print("h1", h1.shape)
print("h2", h2.shape)

// lessons/03-stacks-and-directions.md:227
let (below, lowerLast) = try layer(of: lowerCell.parameters)(steps)
let (_, upperLast) = try layer(of: upperCell.parameters)(below)
claim("the lower state", lowerLast[0], equals: h1, within: 1e-14)
claim("the upper state", upperLast[0], equals: h2, within: 1e-14)

// lessons/03-stacks-and-directions.md:239
let whole = RNN(inputSize: 10, hiddenSize: 20, numLayers: 2)
let (output, hn) = whole(data)
let (lowerOut, lowerH) = try layer(of: whole.parameters, "_l0")(data)
let (upperOut, upperH) = try layer(of: whole.parameters, "_l1")(lowerOut)
show(shapes: ["output": output, "hn": hn])
claim("output is the upper layer's", output, equals: upperOut, within: 0)
claim(
    "hn[0] is the lower layer's last state",
    hn[0], equals: lowerH[0], within: 0)
claim("hn[1] is the upper layer's", hn[1], equals: upperH[0], within: 0)

// lessons/03-stacks-and-directions.md:260
show(diagram: .manyToMany(steps: 4, bidirectional: true))

// lessons/03-stacks-and-directions.md:269
manualSeed(3)
let characters = ["我", "爱", "中", "国"]
let embedding = Embedding(5, 5)
let sentence = embedding([0, 1, 2, 3]).unsqueeze(1)       // (4, 1, 5)

/// How far each half of each output moves: [changed, step].
typealias Halves = (forwards: Tensor, backwards: Tensor)
func reach(_ layer: some RecurrentLayer) -> Halves {
    let output = layer.trace(sentence).output
    let H = layer.hiddenSize
    var rows: [Tensor] = []
    for changed in 0..<4 {
        var numbers = [0, 1, 2, 3]
        numbers[changed] = 4
        let other = layer.trace(embedding(numbers).unsqueeze(1)).output
        rows.append(abs(other - output).squeeze(1))       // (4, 2 H)
    }
    let moved = stack(rows)                               // (4, 4, 2 H)
    return (
        moved[.all, .all, ..<H].max(axis: 2),
        moved[.all, .all, H...].max(axis: 2)
    )
}
let biRNN = RNN(inputSize: 5, hiddenSize: 6, bidirectional: true)
let (forwards, backwards) = reach(biRNN)
let changedNames = characters.map { $0 + " changed" }
show(heatmap: forwards, rows: changedNames, columns: characters)
show(heatmap: backwards, rows: changedNames, columns: characters)

// lessons/03-stacks-and-directions.md:304
let biLSTM = LSTM(inputSize: 5, hiddenSize: 6, bidirectional: true)
let biGRU = GRU(inputSize: 5, hiddenSize: 6, bidirectional: true)
let (rnnOut, rnnH) = biRNN(sentence)
let (lstmOut, (lstmH, _)) = biLSTM(sentence)
let (gruOut, gruH) = biGRU(sentence)
print("Bi-RNN", rnnOut.shape, rnnH.shape)
print("Bi-LSTM", lstmOut.shape, lstmH.shape)
print("Bi-GRU", gruOut.shape, gruH.shape)

// lessons/03-stacks-and-directions.md:325
func knows(_ reach: Tensor, _ rule: (_ changed: Int, _ step: Int) -> Bool) -> Bool {
    (0..<4).allSatisfy { s in (0..<4).allSatisfy { t in rule(s, t) ? reach[s, t].item > 1e-6 : reach[s, t].item == 0 } }
}
let reaches = [reach(biRNN), reach(biLSTM), reach(biGRU)]
for (name, halves) in zip(["Bi-RNN", "Bi-LSTM", "Bi-GRU"], reaches) {
    claim("\(name): forwards, a change moves its own step and the later ones, no other", knows(halves.forwards) { $1 >= $0 })
    claim("\(name): backwards, its own step and the earlier ones, no other", knows(halves.backwards) { $1 <= $0 })
}

// lessons/03-stacks-and-directions.md:342
let ahead = try layer(of: biRNN.parameters, "_l0")
let back = try layer(of: biRNN.parameters, "_l0_reverse")
let (aheadOut, aheadH) = ahead(sentence)
let (backOut, backH) = back(sentence.flip(axis: 0))
let (biOut, biH) = biRNN(sentence)
let joined = cat([aheadOut, backOut.flip(axis: 0)], axis: 2)
claim("both outputs side by side", joined, equals: biOut, within: 0)
claim("hn[0] reads forwards", biH[0], equals: aheadH[0], within: 0)
claim("hn[1] reads from the end", biH[1], equals: backH[0], within: 0)

// lessons/03-stacks-and-directions.md:358
let lastOutput = biOut[3, 0], firstOutput = biOut[0, 0]
claim(
    "last output, first half: hn[0]",
    lastOutput[..<6], equals: biH[0, 0], within: 0)
claim(
    "first output, second half: hn[1]",
    firstOutput[6...], equals: biH[1, 0], within: 0)
let gap = abs(lastOutput[6...] - biH[1, 0]).max().item
claim("last output, second half: not hn[1]", gap, isGreaterThan: 0.1)
let afterOne = back(sentence[3...]).hn[0, 0]               // has read 国 alone
claim(
    "but the state after one character",
    lastOutput[6...], equals: afterOne, within: 0)
claim("what it has read of 我: nothing", backwards[0, 3].item, equals: 0)

// lessons/03-stacks-and-directions.md:378
show(diagram: .manyToMany(steps: 3, layers: 2, bidirectional: true))

// lessons/03-stacks-and-directions.md:385
let deepBi = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2, bidirectional: true)
show(shapes: [
    "weight_ih_l0": deepBi.parameters["weight_ih_l0"],
    "weight_ih_l0_reverse": deepBi.parameters["weight_ih_l0_reverse"],
    "weight_ih_l1": deepBi.parameters["weight_ih_l1"],
    "weight_ih_l1_reverse": deepBi.parameters["weight_ih_l1_reverse"],
])
claim(
    "twelve columns above, in both directions",
    ["", "_reverse"].allSatisfy {
        deepBi.parameters["weight_ih_l1" + $0].shape == [6, 12]
    })
let (deepOut, deepH) = deepBi(sentence)
let order = deepH.view(2, 2, 1, 6)                      // [layer, direction]
let (atEnd, atStart) = (deepOut[3, .all, ..<6], deepOut[0, .all, 6...])
claim("the upper layer forwards", order[1, 0], equals: atEnd, within: 0)
claim("the upper layer from the end", order[1, 1], equals: atStart, within: 0)

// lessons/03-stacks-and-directions.md:411
let marker = RNN(inputSize: 1, hiddenSize: 1, bias: false, bidirectional: true)
for name in marker.parameters.names {
    marker.parameters[name][.all] = name.hasPrefix("weight_ih") ? 4 : 2
}
let text = ["we", "⚑read", "from", "both", "ends⚑", "of", "it"]
let raised = text.map { $0.contains { $0 == "⚑" } ? 1.0 : 0 }
let flags = Tensor(raised).reshaped(7, 1, 1)
let bothOff = Tensor.full([2, 1, 1], -1)
let (seen, _) = marker(flags, bothOff)
show(
    heatmap: seen.squeeze(1).transposed(),
    rows: ["has come", "will come"], columns: text)
let marked = text.indices.filter { seen[$0].min().item > 0 }
print("marked:", marked.map { text[$0] }.joined(separator: " "))
claim("from flag to flag, both included", marked, equals: [1, 2, 3, 4])
claim("and no unit is in doubt", abs(seen).min().item, isGreaterThan: 0.9)

// lessons/03-stacks-and-directions.md:434
let oneFlag = Tensor([0.0, 1, 0, 0, 0, 0, 0]).reshaped(7, 1, 1)
let (seenOne, _) = marker(oneFlag, bothOff)
let (with, without) = (seen[2, 0], seenOne[2, 0])          // at "from"
claim("forwards: no difference", without[0], equals: with[0], within: 0)
claim("backwards: on with it", with[1].item, isGreaterThan: 0.9)
claim("off without it", without[1].item, isLessThan: -0.9)

// lessons/03-stacks-and-directions.md:449
func sizes(_ layers: Int, both: Bool, bias: Bool = true) -> [Int] {
    let rnn = RNN(
        inputSize: 5, hiddenSize: 6, numLayers: layers, bias: bias,
        bidirectional: both)
    let gru = GRU(
        inputSize: 5, hiddenSize: 6, numLayers: layers, bias: bias,
        bidirectional: both)
    let lstm = LSTM(
        inputSize: 5, hiddenSize: 6, numLayers: layers, bias: bias,
        bidirectional: both)
    return [rnn.parameters, gru.parameters, lstm.parameters]
        .map { $0.elementCount }
}
let one = sizes(1, both: false), oneBoth = sizes(1, both: true)
let two = sizes(2, both: false), twoBoth = sizes(2, both: true)
show(table: [
    "layer": ["RNN", "GRU", "LSTM"],
    "one": one, "one, both": oneBoth, "two": two, "two, both": twoBoth,
])
claim("one layer: exactly twice", oneBoth, equals: one.map { 2 * $0 })
let growth = zip(twoBoth, two).map { Double($0) / Double($1) }
claim("two layers: more than 2.4 times", growth.min()!, isGreaterThan: 2.4)

// lessons/03-stacks-and-directions.md:479
let products = [sizes(1, both: false, bias: false), sizes(1, both: true, bias: false), sizes(2, both: false, bias: false), sizes(2, both: true, bias: false)]
show(table: [
    "layer": ["RNN", "GRU", "LSTM"],
    "one": products[0], "one, both": products[1], "two": products[2], "two, both": products[3],
])
claim("one layer: exactly twice", products[1], equals: products[0].map { 2 * $0 })
claim("two layers: more than two and a half times", zip(products[3], products[2]).allSatisfy { 2 * $0 > 5 * $1 })

// lessons/03-stacks-and-directions.md:494
let (prefixOut, _) = biRNN(sentence[0..<2])
let shift = abs(prefixOut - biOut[0..<2]).squeeze(1)      // (2, 12)
claim("forwards nothing has changed", shift[.all, ..<6], equals: 0)
claim(
    "backwards both outputs have",
    shift[.all, 6...].max(axis: 1), isGreaterThan: 0.1)

// lessons/03-stacks-and-directions.md:512
let (o1, hn1) = deepBi(Tensor.randn(7, 4, 5))
claim("output (7, 4, 12)", o1.shape, equals: [7, 4, 12])
claim("hn (4, 4, 6)", hn1.shape, equals: [4, 4, 6])
let vectors = cat([hn1[-2], hn1[-1]], axis: 1)
claim(
    "one vector of twelve for each sentence",
    vectors.shape, equals: [4, 12])
let ends = cat([o1[6, .all, ..<6], o1[0, .all, 6...]], axis: 1)
claim("its halves stand at the two ends", vectors, equals: ends, within: 0)

// lessons/03-stacks-and-directions.md:531
func formula(_ d: Int, _ H: Int, _ K: Int) -> Int {
    2 * H * (d + H + 2) + 2 * (K - 1) * H * (3 * H + 2)
}
var wrong = 0
for d in 1...4 {
    for H in 1...4 {
        for K in 1...4 {
            let layer = RNN(
                inputSize: d, hiddenSize: H, numLayers: K, bidirectional: true)
            if layer.parameters.elementCount != formula(d, H, K) { wrong += 1 }
        }
    }
}
claim("right for 64 networks", wrong, equals: 0)
let threeBoth = RNN(
    inputSize: 10, hiddenSize: 20, numLayers: 3, bidirectional: true)
let all = threeBoth.parameters.elementCount
claim("RNN(10, 20, 3, bidirectional)", all, equals: 6240)
claim("as the formula says", formula(10, 20, 3), equals: all)

// lessons/03-stacks-and-directions.md:560
lamp.parameters["weight_ih_l0"][1, 0] = -10
lamp.parameters["weight_hh_l0"][1, 0] = 5
lamp.parameters["bias_ih_l0"][1] = 0
let onRelease = isOn(lamp(hands, .full([2, 256, 2], -1)).output)
var mistakes = 0
for n in 0..<256 {
    var light = false, before = 0.0
    for t in 0..<8 {
        let down = bit(t, of: n)
        if down < before { light.toggle() }
        before = down
        if (onRelease[t, n].item > 0.5) != light { mistakes += 1 }
    }
}
claim("no mistake in 2048 steps", mistakes, equals: 0)

// lessons/03-stacks-and-directions.md:585
func pulse(at step: Int) -> Tensor {
    Tensor((0..<6).map { $0 == step ? 0.01 : 0 })
}
let input = pulse(at: 0).reshaped(6, 1, 1)
let loopless = RNN(inputSize: 1, hiddenSize: 1, numLayers: 3, bias: false)
for name in loopless.parameters.names {
    loopless.parameters[name][.all] = name.hasPrefix("weight_ih") ? 1 : 0
}
let delays = RNN(inputSize: 1, hiddenSize: 2, numLayers: 3, bias: false)
for name in delays.parameters.names { delays.parameters[name][.all] = 0 }
delays.parameters["weight_ih_l0"][0, 0] = 1
for layer in 0..<3 { delays.parameters["weight_hh_l\(layer)"][1, 0] = 1 }
for layer in 1..<3 { delays.parameters["weight_ih_l\(layer)"][0, 1] = 1 }
let direct = loopless(input).output[.all, 0, 0]
let late = delays(input).output[.all, 0, 1]
claim(
    "without loops: at step 0",
    direct, equals: pulse(at: 0), within: 1e-5)
claim("three delays: at step 3", late, equals: pulse(at: 3), within: 1e-5)
