// The RNN by hand — every number of a step
//
// The program of lessons/02-rnn-by-hand.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release rnn-by-hand.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/02-rnn-by-hand.md:17
func unit(_ wih: Double, _ whh: Double) throws(LoadingError) -> RNN {
    let rnn = RNN(inputSize: 1, hiddenSize: 1, bias: false)
    try rnn.load([
        "weight_ih_l0": Tensor([[wih]]), "weight_hh_l0": Tensor([[whh]]),
    ])
    return rnn
}
let silence = [Double](repeating: 0, count: 19)
let nudge = Tensor([1] + silence).reshaped(20, 1, 1)

let half = try unit(1, 0.5)(nudge).output.values
let one = try unit(1, 1)(nudge).output.values
let two = try unit(1, 2)(nudge).output.values
show(
    lines: ["loop weight 2": two, "loop weight 1": one, "loop weight 0.5": half],
    at: 1...20, x: "step t", y: "state h", yRange: 0...1)
print(two[19])

// lessons/02-rnn-by-hand.md:40
func falls(_ h: [Double]) -> Bool { zip(h, h.dropFirst()).allSatisfy { $0 > $1 } }
claim("with 0.5 less than two millionths are left after twenty steps", half[19], isLessThan: 2e-6)
claim("with 1 about a quarter is left", one[19], equals: 0.25, within: 0.02)
claim("and it falls at every step", falls(one))
claim("with 2 the last step changes nothing any more", two[19], equals: two[18], within: 1e-9)
claim("the loop gives back what it gets", tanh(2 * two[19]), equals: two[19], within: 1e-9)
claim("and that is not nothing", two[19], isGreaterThan: 0.9)
claim("also with the other sign", tanh(2 * -two[19]), equals: -two[19], within: 1e-9)
let whispers = Tensor([1e-6, -1e-6]).reshaped(1, 2, 1)
let led = try unit(1, 2)(cat([whispers, Tensor.zeros(40, 2, 1)])).hn.flattened()
claim("from 0 a nudge of a millionth leads to the one or the other", led, equals: Tensor([two[19], -two[19]]), within: 1e-9)
claim("without a nudge 0 stays 0", try unit(1, 2)(.zeros(40, 1, 1)).hn.item, equals: 0)
claim("1 fades more slowly than 0.5", zip(one, half).dropFirst().allSatisfy { $0 > $1 })

// lessons/02-rnn-by-hand.md:62
let switchUnit = try unit(4, 2)
let hands = ["on", "·", "·", "off", "·", "·", "·", "on", "·"]
let pressed = hands.map { $0 == "on" ? 1.0 : $0 == "off" ? -1.0 : 0.0 }
let trace = switchUnit.trace(Tensor(pressed).reshaped(9, 1, 1))
show(gates: trace, steps: hands)

// lessons/02-rnn-by-hand.md:74
show(worked: trace, step: 3, unit: 0)

// lessons/02-rnn-by-hand.md:82
let lamp = trace.output.values
claim("above 0.9 after on, below −0.9 after off, until the other is heard",
    zip(lamp, [1, 1, 1, -1, -1, -1, -1, 1, 1]).allSatisfy { $0 * $1 > 0.9 })
claim("the loop pulls by 2 at most, so a hand of 4 wins", 2 * lamp.map { abs($0) }.max()!, isAtMost: 2)
let longSilence = Tensor([1] + [Double](repeating: 0, count: 499)).reshaped(500, 1, 1)
let rest = try [0.9, 1.1, 1.5, 3].map { whh throws(LoadingError) in try unit(1, whh)(longSilence).hn.item }
claim("after five hundred steps a loop of 0.9 has let go; loops of 1.1, 1.5 and 3 have not", rest[0] < 1e-9 && rest[1...].min()! > 0.5)
let overruled = try [1.1, 2, 5].map { whh throws(LoadingError) in
    try unit(whh + 0.1, whh).trace(Tensor(pressed).reshaped(9, 1, 1)).output.values[3]
}
claim("an input weight that is larger by 0.1 overrules loops of 1.1, 2 and 5", overruled.max()!, isLessThan: 0)
let weak = try unit(1, 2).trace(Tensor(pressed).reshaped(9, 1, 1)).output.values
claim("a hand of 1 would be too weak: the lamp stays on", weak.min()!, isGreaterThan: 0)
let loose = try unit(4, 0.5).trace(Tensor(pressed).reshaped(9, 1, 1)).output.values
claim("a loop of 0.5 would be too weak: two steps after on, less than a third is left", loose[2], isLessThan: 1 / 3.0)

// lessons/02-rnn-by-hand.md:112
manualSeed(0)
let small = RNN(inputSize: 100, hiddenSize: 5)
show(parameters: small)
claim(
    "one row for a unit, one column for a feature",
    small.parameters["weight_ih_l0"].shape, equals: [5, 100])

// lessons/02-rnn-by-hand.md:129
manualSeed(1)
let tiny = RNN(inputSize: 2, hiddenSize: 3)
let w = tiny.parameters
let joint = cat([w["weight_ih_l0"], w["weight_hh_l0"]], axis: 1)   // (3, 5)
show(
    heatmap: joint, rows: ["unit 0", "unit 1", "unit 2"],
    columns: ["x[0]", "x[1]", "h[0]", "h[1]", "h[2]"])

// lessons/02-rnn-by-hand.md:149
let xt = Tensor([0.5, -1]), hBefore = Tensor([0.1, -0.2, 0.3])
let oneBias = w["bias_ih_l0"] + w["bias_hh_l0"]
let fused = tanh(matmul(joint, cat([xt, hBefore])) + oneBias)
let (_, layerState) = tiny(xt.reshaped(1, 2), hBefore.reshaped(1, 3))
claim("the same state", fused, equals: layerState[0], within: 1e-15)
let halfBias = tanh(matmul(joint, cat([xt, hBefore])) + w["bias_ih_l0"])
claim(
    "with one of the two biases it is another",
    abs(halfBias - fused).max().item, isGreaterThan: 0.1)

// lessons/02-rnn-by-hand.md:166
manualSeed(0)
let stacked = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2)
let input = Tensor.randn(1, 3, 5)
let h0 = Tensor.randn(2, 3, 6)
let (output, hn) = stacked(input, h0)
show(shapes: stacked, input: input, h0: h0, output: output, hn: hn)

// lessons/02-rnn-by-hand.md:182
let p = stacked.parameters
var a = p["bias_ih_l0"][0].item + p["bias_hh_l0"][0].item
for j in 0..<5 { a += p["weight_ih_l0"][0, j].item * input[0, 0, j].item }
for k in 0..<6 { a += p["weight_hh_l0"][0, k].item * h0[0, 0, k].item }

func short(_ x: Double) -> Double { (x * 1e6).rounded() / 1e6 }
print("a      =", short(a))
print("tanh a =", short(tanh(a)))
print("layer  =", short(hn[0, 0, 0].item))
claim("by hand as by the layer", tanh(a), equals: hn[0, 0, 0].item, within: 1e-15)

// lessons/02-rnn-by-hand.md:216
show(worked: stacked.trace(input, h0), step: 0, unit: 0, layer: 0)
print(hn[0].values.count)
print(hn[0].values.count * (5 + 6))

// lessons/02-rnn-by-hand.md:224
func step(_ x: Tensor, _ h: Tensor, _ layer: String) -> Tensor {
    tanh(matmul(x, p["weight_ih_" + layer].transposed()) + p["bias_ih_" + layer]
        + matmul(h, p["weight_hh_" + layer].transposed()) + p["bias_hh_" + layer])
}
// The upper layer reads what the lower one has just computed.
let lower = step(input[0], h0[0], "l0")
let upper = step(lower, h0[1], "l1")
claim("all 18 states of the lower layer", lower, equals: hn[0], within: 1e-14)
claim("all 18 of the upper layer", upper, equals: hn[1], within: 1e-14)
claim("and the output is the upper layer's", output[0], equals: hn[1], within: 0)

// lessons/02-rnn-by-hand.md:242
let rnn = RNN(inputSize: 100, hiddenSize: 20, numLayers: 1)
let x = Tensor.randn(10, 3, 100)
let zeros = Tensor.zeros(1, 3, 20)
let (out, h) = rnn(x, zeros)
print("out", out.shape)
print("h", h.shape)
claim("the last step of out is h", out[9], equals: h[0], within: 0)

let r = rnn.parameters
var state = zeros[0], states: [Tensor] = []
for t in 0..<10 {
    let a = matmul(x[t], r["weight_ih_l0"].transposed()) + r["bias_ih_l0"]
        + matmul(state, r["weight_hh_l0"].transposed()) + r["bias_hh_l0"]
    state = tanh(a)
    states.append(state)
}
claim("ten rounds of the loop are out", stack(states), equals: out, within: 1e-14)

// lessons/02-rnn-by-hand.md:274
let drawn = r.tensors.flatMap { $0.values }
claim("no weight of RNN(100, 20) lies outside", drawn.map { abs($0) }.max()!, isLessThan: 1 / 20.0.squareRoot())
claim("and half of them lie in the outer half", Double(drawn.filter { abs($0) > 0.5 / 20.0.squareRoot() }.count) / Double(drawn.count), equals: 0.5, within: 0.03)

// lessons/02-rnn-by-hand.md:284
let deep = RNN(inputSize: 100, hiddenSize: 20, numLayers: 2)
print(deep)
let (deepOut, deepH) = deep(x)
print("out", deepOut.shape)
print("h", deepH.shape)
claim("out has not grown", deepOut.shape, equals: out.shape)
claim(
    "its last step is the upper layer's",
    deepOut[9], equals: deepH[1], within: 0)
claim(
    "and not the lower one's",
    abs(deepOut[9] - deepH[0]).max().item, isGreaterThan: 0.1)
let fromZero = deep(x, .zeros(2, 3, 20)).output
claim("nothing given is zeros given", fromZero, equals: deepOut, within: 0)

// lessons/02-rnn-by-hand.md:314
let sentences = Tensor.randn(2, 3, 5)
let start = Tensor.randn(2, 3, 6)
let (outputs, last) = stacked(sentences, start)
show(shapes: ["input": sentences, "h0": start, "output": outputs, "hn": last])
claim("the output is not (1, 3, 6)", outputs.shape, differsFrom: [1, 3, 6])
claim("nor is hn", last.shape, differsFrom: [1, 3, 6])
claim("both have one shape", last.shape, equals: outputs.shape)
print(outputs.shape)
print(output.shape)
print(hn.shape)

// lessons/02-rnn-by-hand.md:330
expectTrap("h0 must have shape (2, 3, 6)") {
let result = stacked(sentences, Tensor.zeros(1, 3, 6))
}

// lessons/02-rnn-by-hand.md:344
let parity = RNN(inputSize: 1, hiddenSize: 2)
try parity.load([
    "weight_ih_l0": Tensor([[10], [10]]),         // 10 · bit
    "weight_hh_l0": Tensor([[5, -5], [5, -5]]),   // 10 · odd before
    "bias_ih_l0": Tensor([-5, -15]),              // 10 · threshold
    "bias_hh_l0": Tensor([0, 0]),
])
let bits = [1.0, 1, 0, 1, 0, 1]
let counting = parity.trace(Tensor(bits).reshaped(6, 1, 1))
show(gates: counting, steps: bits.map { "\(Int($0))" })

// lessons/02-rnn-by-hand.md:361
func bit(_ t: Int, of number: Int) -> Double { Double(number >> t & 1) }
let all = stack((0..<8).map { t in
    Tensor((0..<256).map { bit(t, of: $0) })
}).unsqueeze(2)                                            // (8, 256, 1)
func oddness(_ output: Tensor) -> Tensor {
    (output[.all, .all, 0] - output[.all, .all, 1]) / 2    // (8, 256)
}
let odd = oddness(parity(all).output)

var ones = [Int](repeating: 0, count: 256), right = 0
for t in 0..<8 {
    for n in 0..<256 {
        ones[n] += all[t, n, 0].item == 1 ? 1 : 0
        if (odd[t, n].item > 0.5) == (ones[n] % 2 == 1) { right += 1 }
    }
}
print("right at", right, "of", 8 * 256, "steps")
claim("right at every step of every sequence", right, equals: 8 * 256)
let doubt = (abs(odd - 0.5) - 0.5).abs().max().item
claim("and every answer within 0.001 of 0 or 1", doubt, isLessThan: 0.001)
let long = Tensor.randint(0, 2, [1000, 1, 1])
var total = 0.0
let sums = long.values.map { bit -> Double in
    total += bit
    return total
}
let afterLong = oddness(parity(long).output).values
claim(
    "right at each of a thousand steps, too",
    zip(afterLong, sums).allSatisfy { ($0 > 0.5) == (Int($1) % 2 == 1) })

// lessons/02-rnn-by-hand.md:395
let lone = RNN(inputSize: 1, hiddenSize: 1), four = all[0..<4, 0..<16]
let wantedSigns = (odd[0..<4, 0..<16] - 0.5).sign()
let grid = stride(from: -10.0, through: 10, by: 2.5).map { $0 }
var tried = 0, successes = 0
for wih in grid {
    for whh in grid {
        for b in grid {
            try lone.load([
                "weight_ih_l0": Tensor([[wih]]), "weight_hh_l0": Tensor([[whh]]),
                "bias_ih_l0": Tensor([b]), "bias_hh_l0": Tensor([0]),
            ])
            let answers = lone(four).output.squeeze(2).sign()
            tried += 1
            if answers == wantedSigns || answers == -wantedSigns { successes += 1 }
        }
    }
}
claim("of \(tried) single units, with weights and a bias from −10 to 10, none gets all of them right", successes, equals: 0)

// lessons/02-rnn-by-hand.md:426
let growing = RNN(inputSize: 1, hiddenSize: 1, nonlinearity: .relu, bias: false)
let bounded = try unit(1, 1.2)
try growing.load(bounded.parameters)
var longNudge = Tensor.zeros(51, 1, 1)
longNudge[0, 0, 0] = 1
let grown = growing(longNudge).hn.item, held = bounded(longNudge).hn.item
print("relu:", grown)
print("tanh:", held)
claim("relu has made 1.2⁵⁰ of 1", grown / pow(1.2, 50), equals: 1, within: 1e-12)
claim("tanh has come to rest", tanh(1.2 * held), equals: held, within: 1e-6)
claim("in doubles it can even reach its bound: tanh 20", tanh(20), equals: 1)
print(RNN(inputSize: 5, hiddenSize: 6).parameters.elementCount - RNN(inputSize: 5, hiddenSize: 6, bias: false).parameters.elementCount)

// lessons/02-rnn-by-hand.md:451
func shapes(_ rnn: RNN) -> (output: Shape, hn: Shape, count: Int) {
    let result = rnn(.zeros(rnn.batchFirst ? [4, 7, 5] : [7, 4, 5]))
    return (result.output.shape, result.hn.shape, rnn.parameters.elementCount)
}
let deepDropping = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2, dropout: 0.5)
let variants: [(String, RNN)] = [
    ("none", RNN(inputSize: 5, hiddenSize: 6)),
    ("nonlinearity", RNN(inputSize: 5, hiddenSize: 6, nonlinearity: .relu)),
    ("bias: false", RNN(inputSize: 5, hiddenSize: 6, bias: false)),
    ("num_layers: 2", RNN(inputSize: 5, hiddenSize: 6, numLayers: 2)),
    ("batch_first", RNN(inputSize: 5, hiddenSize: 6, batchFirst: true)),
    ("bidirectional", RNN(inputSize: 5, hiddenSize: 6, bidirectional: true)),
    ("dropout, 2 layers", deepDropping),
]
let measured = variants.map { shapes($0.1) }
show(table: [
    "option": variants.map { $0.0 },
    "output": measured.map { "\($0.output)" },
    "hn": measured.map { "\($0.hn)" },
    "parameters": measured.map { $0.count },
])

// lessons/02-rnn-by-hand.md:477
claim("without biases zero stays zero", variants[2].1(.zeros(7, 4, 5)).output, equals: 0)
claim("with them it does not", abs(variants[0].1(.zeros(7, 4, 5)).output).max().item, isGreaterThan: 0.1)
claim("two biases of six numbers are gone", measured[0].count - measured[2].count, equals: 12)
claim("weight_ih_l1 reads units", variants[3].1.parameters["weight_ih_l1"].shape, equals: [6, 6])
claim("batch first: the output is (N, L, H)", measured[4].output, equals: [4, 7, 6])
claim("and hn as before", measured[4].hn, equals: measured[0].hn)
claim("two directions: twice as wide", measured[5].output, equals: [7, 4, 12])
claim("and twice the parameters", measured[5].count, equals: 2 * measured[0].count)
claim("dropout has no parameters", measured[6].count, equals: measured[3].count)

// lessons/02-rnn-by-hand.md:493
let dropping = RNN(inputSize: 5, hiddenSize: 6, numLayers: 2, dropout: 0.5)
let signal = Tensor.randn(2, 1, 5)
let training = dropping.trace(signal)
let (below, above) = (training.tracks[0].steps, training.tracks[1].steps)
let handedUp = stack(below.map { $0.hiddenState[0] })           // (2, 6)
let received = stack(above.map { $0.input[0] })
let bothSteps = ["step 0", "step 1"]
show(
    heatmap: handedUp, rows: bothSteps, rowTitle: "computed",
    columnTitle: "unit")
show(
    heatmap: received, rows: bothSteps, rowTitle: "read above",
    columnTitle: "unit")
let pairs = zip(handedUp.values, received.values)
claim(
    "each is gone, or twice as large",
    pairs.allSatisfy { $1 == 0 || $1 == 2 * $0 })
claim("both happen", Set(received.values.map { $0 == 0 }).count, equals: 2)

// lessons/02-rnn-by-hand.md:516
let wide = RNN(inputSize: 5, hiddenSize: 200, numLayers: 2, dropout: 0.2)
let wideTrace = wide.trace(Tensor.randn(20, 1, 5))
func size(_ steps: [Tensor]) -> Double { abs(stack(steps)).sum().item }
let up = size(wideTrace.tracks[0].steps.map { $0.hiddenState })
let through = size(wideTrace.tracks[1].steps.map { $0.input })
claim("4000 numbers, dropout 0.2: the sum of their sizes stays, up to three hundredths", through / up, equals: 1, within: 0.03)
let fifth = wideTrace.tracks[1].steps.flatMap { $0.input.values }.filter { $0 == 0 }.count
claim("a fifth of them are gone", Double(fifth) / 4000, equals: 0.2, within: 0.02)
claim("from step to step nothing is dropped", below[1].previous("h"), equals: below[0].hiddenState, within: 0)
claim("nor from the last layer's output", training.output[1], equals: above[1].hiddenState, within: 0)
dropping.eval()
claim("in eval() nothing is dropped at all", dropping.trace(signal).tracks[1].steps[0].input[0], equals: handedUp[0], within: 0)
let lonely = RNN(inputSize: 5, hiddenSize: 6, dropout: 0.5)
claim("one layer alone drops nothing: two calls, one result", lonely(signal).output, equals: lonely(signal).output, within: 0)
claim("where two layers in training give two results", abs(deepDropping(signal).output - deepDropping(signal).output).max().item, isGreaterThan: 0.01)

// lessons/02-rnn-by-hand.md:544
var wrong = 0
for d in 1...10 {
    for H in 1...10 {
        let count = RNN(inputSize: d, hiddenSize: H).parameters.elementCount
        if count != H * (d + H + 2) { wrong += 1 }
    }
}
claim("H (d + H + 2) is right for all of them", wrong, equals: 0)
claim("RNN(100, 20)", rnn.parameters.elementCount, equals: 2440)

// lessons/02-rnn-by-hand.md:563
let handmade = RNN(inputSize: 2, hiddenSize: 1)
try handmade.load([
    "weight_ih_l0": Tensor([[2, -1]]), "weight_hh_l0": Tensor([[3]]),
    "bias_ih_l0": Tensor([0.5]), "bias_hh_l0": Tensor([-1]),
])
let worked = handmade.trace(Tensor([[1, 2]]), Tensor([[0.5]]))
let now = worked.steps[0]
show(worked: worked, step: 0, unit: 0)
claim("1 stands inside", now.preactivation.item, equals: 1)
try handmade.load([
    "weight_ih_l0": Tensor([[-2, 1]]), "weight_hh_l0": Tensor([[3]]),
    "bias_ih_l0": Tensor([0.5]), "bias_hh_l0": Tensor([-1]),
])
let mirrored = handmade(Tensor([[-1, -2]]), Tensor([[0.5]])).hn
claim(
    "with both signs turned, the same",
    mirrored.item, equals: now.hiddenState.item)
print(tanh(1))

// lessons/02-rnn-by-hand.md:591
manualSeed(2)
let chance = Tensor.randint(0, 2, [20, 1000]) * 2 - 1
let contradiction = Tensor([1.0] + silence.map { _ in -1 }).unsqueeze(1)
let signs = cat([chance, contradiction], axis: 1)              // (20, 1001)
func signsKept(_ wih: Double, _ whh: Double) throws(LoadingError) -> Tensor {
    try unit(wih, whh)(signs.unsqueeze(2)).hn.flattened().sign()
}
claim("1 and 10: the first, always", try signsKept(1, 10), equals: signs[0])
claim("1 and 0: the last, always", try signsKept(1, 0), equals: signs[19])
claim(
    "4 and 2, the light switch: the last, too",
    try signsKept(4, 2), equals: signs[19])
let everyStep = try unit(1, 10)(signs.unsqueeze(2)).output
claim(
    "the loop's pull, at its weakest",
    10 * abs(everyStep).min().item, isGreaterThan: 7)

// lessons/02-rnn-by-hand.md:617
let delay = RNN(inputSize: 1, hiddenSize: 2, bias: false)
try delay.load([
    "weight_ih_l0": Tensor([[0.01], [0]]),
    "weight_hh_l0": Tensor([[0, 0], [1, 0]]),
])
let wave = (Tensor.rand(30) * 2 - 1).reshaped(30, 1, 1)
let echo = 100 * delay(wave).output[.all, 0, 1]
let sent = wave[.all, 0, 0]
claim("back one step later", echo[1...], equals: sent[..<29], within: 1e-3)
claim("not at once", abs(echo - sent).max().item, isGreaterThan: 0.5)

// lessons/02-rnn-by-hand.md:637
let odd0 = Tensor([1.0, -1]).expand(1, 256, 2)
let turned = oddness(parity(all, odd0).output)
claim("odd and even exchanged", turned, equals: 1 - odd, within: 0.01)
let evenUnits = Tensor([-1.0, -1]).expand(1, 256, 2)
let asBefore = oddness(parity(all, evenUnits).output)
claim(
    "both units off is even, as zeros are",
    asBefore, equals: odd, within: 0.01)
