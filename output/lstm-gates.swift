// LSTM — gate by gate
//
// The program of lessons/08-lstm-gates.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release lstm-gates.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/08-lstm-gates.md:10
let numbers = [0.3, 0.8, -0.9, 0.5, 0.2, -0.6, 0.7, -0.2, 0.9, -0.4]
let isWritten = [0.0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
let isAsked = [0.0, 0, 0, 1, 0, 0, 0, 1, 0, 1]
var remembered = 0.0
let wanted = numbers.indices.map { t in
    if isWritten[t] == 1 { remembered = numbers[t] }
    return isAsked[t] == 1 ? remembered : 0
}
let names = numbers.indices.map { t in
    (numbers[t] < 0 ? "−" : "") + "\(abs(numbers[t]))"
        + (isWritten[t] == 1 ? " ✎" : "") + (isAsked[t] == 1 ? " ?" : "")
}
show(table: ["t": Array(1...10), "read": names, "to be said": wanted])
claim(
    "0.8 once, then −0.6 twice",
    wanted.filter { $0 != 0 }, equals: [0.8, -0.6, -0.6])

// lessons/08-lstm-gates.md:42
/// Random lines of the game: inputs (L, N, 3), what is to be said (L, N).
func game(_ count: Int, steps: Int) -> (input: Tensor, wanted: Tensor) {
    let numbers = Tensor.rand(steps, count) * 2 - 1
    let writes = Tensor.rand(steps, count) .< 0.3
    let asks = Tensor.rand(steps, count) .< 0.4
    var stored = Tensor.zeros(count), wanted: [Tensor] = []
    for t in 0..<steps {
        stored = Tensor.where(writes[t], numbers[t], stored)
        wanted.append(stored * asks[t])
    }
    return (stack([numbers, writes, asks], axis: 2), stack(wanted))
}

/// Trains on new lines each time, and gives each round's loss.
func train(_ parameters: Parameters, _ say: (Tensor) -> Tensor) -> [Double] {
    let adam = Adam(parameters, learningRate: 0.05)
    return (0..<400).map { _ in
        let (input, wanted) = game(32, steps: 12)
        let loss = meanSquaredError(say(input), wanted)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        return loss.item
    }
}

manualSeed(4)
let notebook = LSTM(inputSize: 3, hiddenSize: 1), voice = Linear(1, 1)
let losses = train(Parameters(of: [notebook.parameters, voice.parameters])) {
    voice(notebook($0).output).squeeze(2)
}

manualSeed(4)
let plain = RNN(inputSize: 3, hiddenSize: 4), plainVoice = Linear(4, 1)
let both = Parameters(of: [plain.parameters, plainVoice.parameters])
let plainLosses = train(both) { plainVoice(plain($0).output).squeeze(2) }
show(
    lines: ["LSTM, 1 unit": losses, "RNN, 4 units": plainLosses],
    x: "round of training", y: "mean squared error", yScale: .logarithmic)

// lessons/08-lstm-gates.md:87
manualSeed(0)
let exam = game(200, steps: 30)
func error(_ said: Tensor) -> Double { sqrt(meanSquaredError(said, exam.wanted).item) }
func errorOfNotebook(_ layer: LSTM) -> Double {
    error(voice(layer(exam.input).output).squeeze(2))
}
let intact = errorOfNotebook(notebook)
let plainError = error(plainVoice(plain(exam.input).output).squeeze(2))
let silence = error(.zeros(30, 200))
claim(
    "one unit of an LSTM has fewer parameters than the plain network",
    notebook.parameters.elementCount + voice.parameters.elementCount,
    isLessThan: both.elementCount)
claim(
    "and on new, longer lines its error is below a fifth",
    intact, isLessThan: plainError / 5)
claim("which is still better than saying nothing", plainError, isLessThan: silence)
claim(
    "the unit's loss is below a hundredth from round 200 on",
    losses[199...].max()!, isLessThan: 0.01)
claim("the plain network's never is", plainLosses.min()!, isGreaterThan: 0.02)
print(notebook.parameters.elementCount + voice.parameters.elementCount)
print(intact)
print(both.elementCount)
print(plainError)
print(silence)

// lessons/08-lstm-gates.md:122
let line = Tensor(numbers.indices.map { t in
    [[numbers[t], isWritten[t], isAsked[t]]]
})
let trace = notebook.trace(line)
let said = voice(trace.output).values
show(gates: trace, steps: names)

// lessons/08-lstm-gates.md:133
let marked = [1, 5], unmarked = [0, 2, 3, 4, 6, 7, 8, 9], asked = [3, 7, 9], quiet = [0, 1, 2, 4, 5, 6, 8]
func gate(_ symbol: String, _ places: [Int]) -> [Double] { places.map { trace.steps[$0][symbol].item } }
claim("at ✎ the input gate is above 0.75, elsewhere below 0.02",
    gate("i", marked).min()! > 0.75 && gate("i", unmarked).max()! < 0.02)
claim("at ✎ the forget gate is below 0.05, elsewhere above 0.95",
    gate("f", marked).max()! < 0.05 && gate("f", unmarked).min()! > 0.95)
claim("at ? the output gate is above 0.7, elsewhere below 0.03",
    gate("o", asked).min()! > 0.7 && gate("o", quiet).max()! < 0.03)
claim("what it says is within 0.05 of what is wanted, at every step", Tensor(said), equals: Tensor(wanted), within: 0.05)
let steps = (1...9).map { abs(trace.steps[$0]["c"].item - trace.steps[$0 - 1]["c"].item) }
let (atMark, elsewhere) = ([steps[0], steps[4]], Array(steps[1...3] + steps[5...]))
claim("c moves more than ten times as far at ✎ as at any other step",
    atMark.min()!, isGreaterThan: 10 * elsewhere.max()!)
print(trace.steps[1]["f"].item)
print(trace.steps[1]["i"].item)
print(trace.steps[3]["o"].item)
print(said[3])
print(trace.steps[1]["f"].item)
print(trace.steps[1]["i"].item)
print(trace.steps[1]["g"].item)

// lessons/08-lstm-gates.md:180
show(worked: trace, step: 1, unit: 0)
let (before, now) = (trace.steps[0], trace.steps[1])
claim(
    "c = f ⊙ c₋₁ + i ⊙ g", now["c"],
    equals: now["f"] * before["c"] + now["i"] * now["g"], within: 1e-15)
claim(
    "h = o ⊙ tanh(c)", now["h"], equals: now["o"] * tanh(now["c"]),
    within: 1e-15)
claim(
    "nobody asked: h is less than a twentieth of c",
    abs(now["h"].item), isLessThan: 0.05 * abs(now["c"].item))

// lessons/08-lstm-gates.md:205
/// A copy of a layer, one of whose gates depends on nothing any more.
func holding(_ gate: String, of layer: LSTM, at bias: Double) throws -> LSTM {
    let copy = LSTM(inputSize: layer.inputSize, hiddenSize: layer.hiddenSize)
    try copy.load(layer.parameters)
    let H = layer.hiddenSize
    let block = ["i", "f", "g", "o"].firstIndex(of: gate)!   // their order
    let rows = block * H..<(block + 1) * H
    noGrad {
        copy.parameters["weight_ih_l0"][rows] = .zeros(H, layer.inputSize)
        copy.parameters["weight_hh_l0"][rows] = .zeros(H, H)
        copy.parameters["bias_ih_l0"][rows] = .full([H], bias)
        copy.parameters["bias_hh_l0"][rows] = .zeros(H)
    }
    return copy
}
let (open, shut) = (40.0, -1000.0)    // σ of them is exactly 1 and 0
let broken = [
    ("f = 1", try holding("f", of: notebook, at: open)),
    ("f = 0", try holding("f", of: notebook, at: shut)),
    ("i = 1", try holding("i", of: notebook, at: open)),
    ("i = 0", try holding("i", of: notebook, at: shut)),
    ("o = 1", try holding("o", of: notebook, at: open)),
    ("o = 0", try holding("o", of: notebook, at: shut)),
    ("g = 1", try holding("g", of: notebook, at: open)),
]
let saidBroken = broken.map { voice($0.1(line).output).values }
show(
    heatmap: Tensor([wanted, said] + saidBroken),
    rows: ["wanted", "trained"] + broken.map { $0.0 }, columns: names)
print(saidBroken[0][7])
print(saidBroken[1][3])
print(saidBroken[2][3])
print(saidBroken[2][7])
print(saidBroken[2][9])
print(saidBroken[6][3])
print(saidBroken[6][7])
print(saidBroken[6][9])

// lessons/08-lstm-gates.md:247
claim("f = 1: the second answer is nearly the sum of both numbers", saidBroken[0][7], equals: 0.2, within: 0.03)
claim("f = 1: the first is as good as before", saidBroken[0][3], equals: 0.8, within: 0.03)
claim("f = 0: what is said at ? is near 0 each time", asked.map { abs(saidBroken[1][$0]) }.max()!, isLessThan: 0.03)
let forgotten = broken[1].1.trace(line).steps
claim("f = 0: a step after ✎ less than a twentieth of the cell state is left",
    marked.allSatisfy { abs(forgotten[$0 + 1]["c"].item) < 0.05 * abs(forgotten[$0]["c"].item) })
claim("i = 1: the answers to 0.8, −0.6, −0.6 are off by more than 0.05 each, the first by more than 0.5",
    asked.allSatisfy { abs(saidBroken[2][$0] - wanted[$0]) > 0.05 } && abs(saidBroken[2][3] - 0.8) > 0.5)
claim("i = 0: nothing is said", Tensor(saidBroken[3]), equals: 0, within: 0.01)
claim("o = 1: at every step from the first ✎ on it says what it holds, with the right sign",
    (1...4).allSatisfy { saidBroken[4][$0] > 0.7 } && (5...9).allSatisfy { saidBroken[4][$0] < -0.6 })
claim("o = 1: the cell state is what it was, to 0.05",
    stack(broken[4].1.trace(line).steps.map { $0["c"] }), equals: stack(trace.steps.map { $0["c"] }), within: 0.05)
claim("o = 0: nothing is said", Tensor(saidBroken[5]), equals: 0, within: 0.01)
claim("g = 1: the three answers are nearly equal",
    asked.map { saidBroken[6][$0] }.max()! - asked.map { saidBroken[6][$0] }.min()!, isLessThan: 0.1)
claim("g = 1: and far from 0, whatever was written", asked.map { abs(saidBroken[6][$0]) }.min()!, isGreaterThan: 0.5)
let heldAt: [(gate: String, value: Double)] = [("f", 1), ("f", 0), ("i", 1), ("i", 0), ("o", 1), ("o", 0), ("g", 1)]
claim("what is held is exactly 1 or 0 at every step", zip(broken, heldAt).allSatisfy { unit, held in
    unit.1.trace(line).steps.allSatisfy { $0[held.gate].item == held.value }
})
claim("the trained unit's own gates never are", trace.steps.allSatisfy { step in
    ["i", "f", "o"].allSatisfy { step[$0].item > 0 && step[$0].item < 1 }
})
let counter = try holding("f", of: holding("i", of: broken[6].1, at: open), at: open).trace(line).steps
claim("with f, i and g at 1, c counts the steps, and h stays below 1",
    counter.map { $0["c"].item } == (1...10).map { Double($0) } && counter.allSatisfy { abs($0["h"].item) < 1 })

// lessons/08-lstm-gates.md:282
let errors = broken.map { ($0.0, errorOfNotebook($0.1)) }
show(
    bars: [("trained", intact), ("says nothing", silence)] + errors,
    label: "error")
claim(
    "each is needed: without it the error is at least ten times as large",
    errors.map { $0.1 }.min()!, isAtLeast: 10 * intact)
claim(
    "f = 1, i = 1, o = 1 and g = 1 are each worse than saying nothing",
    [0, 2, 4, 6].map { errors[$0].1 }.min()!, isGreaterThan: silence)

// lessons/08-lstm-gates.md:301
claim("σ(37) is below 1, σ(38) is 1", sigmoid(37.0) < 1 && sigmoid(38.0) == 1)
claim("σ(−38) is not 0: near 0 doubles are finer", sigmoid(-38.0) > 0)
claim("σ(−1000) is 0", sigmoid(-1000.0), equals: 0)
let sealed = try holding("i", of: broken[0].1, at: shut)    // f = 1, i = 0
let secret = Tensor([[[0.123456789]]])
let (_, (_, after)) = sealed(Tensor.randn(1000, 1, 3), (.zeros(1, 1, 1), secret))
claim(
    "f = 1 and i = 0: a thousand steps of noise change no digit",
    after, equals: secret)
print(trace.steps[2]["f"].item)

// lessons/08-lstm-gates.md:320
manualSeed(0)
let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
let input = Tensor.randn(1, 3, 5)
let h0 = Tensor.randn(2, 3, 6)
let c0 = Tensor.randn(2, 3, 6)
let (output, (hn, cn)) = lstm(input, (h0, c0))
show(shapes: lstm, input: input, h0: h0, c0: c0, output: output, hn: hn, cn: cn)
claim("the output is the top layer's hidden state", output[0] == hn[1])
claim(
    "not its cell state",
    (output[0] - cn[1]).abs().max().item, isGreaterThan: 0.1)

// lessons/08-lstm-gates.md:338
let (again, _) = lstm(input, (hn, cn))
claim("the shapes are right", again.shape, equals: output.shape)
let drift = (again - output).abs().max().item
claim("the numbers are not", drift, isGreaterThan: 0.1)
print(drift)
print(lstm.parameters["weight_ih_l0"].shape[0])

// lessons/08-lstm-gates.md:350
let p = lstm.parameters
let a = matmul(input[0], p["weight_ih_l0"].transposed()) + p["bias_ih_l0"]
    + matmul(h0[0], p["weight_hh_l0"].transposed()) + p["bias_hh_l0"]
let blocks = a.chunk(4, axis: 1)
let (i, f) = (sigmoid(blocks[0]), sigmoid(blocks[1]))
let (g, o) = (tanh(blocks[2]), sigmoid(blocks[3]))
let c = f * c0[0] + i * g
let h = o * tanh(c)
let (dc, dh) = ((c - cn[0]).abs().max().item, (h - hn[0]).abs().max().item)
print("as the layer does:", dc < 1e-15, dh < 1e-15)
print("f of unit 0:", round(f[0, 0].item * 1e6) / 1e6)
print("output", output.shape, "hn", hn.shape, "cn", cn.shape)
claim("this is the layer", dc < 1e-15 && dh < 1e-15)
let swapped = sigmoid(blocks[2]) * c0[0] + i * tanh(blocks[1])
claim(
    "were the order i, g, f, o, it would be another",
    (swapped - cn[0]).abs().max().item, isGreaterThan: 0.1)

// lessons/08-lstm-gates.md:399
manualSeed(0)
let batchFirst = LSTM(
    inputSize: 5, hiddenSize: 6, numLayers: 1, batchFirst: true)
let sentences = Tensor.randn(4, 3, 5)
let (out, (last, lastCell)) = batchFirst(sentences)
print("output", out.shape, "hn", last.shape, "cn", lastCell.shape)
let (fromZeros, _) = batchFirst(sentences, (.zeros(1, 4, 6), .zeros(1, 4, 6)))
claim("left out means zeros", fromZeros, equals: out)
claim(
    "output (4, 3, 6), but hn and cn (1, 4, 6)",
    out.shape == [4, 3, 6] && last.shape == [1, 4, 6]
        && lastCell.shape == [1, 4, 6])

// lessons/08-lstm-gates.md:425
expectTrap("h0 must have shape (2, 5, 6)") {
let sentence = Tensor.randn(3, 5, 5)
let (h, c) = (Tensor.randn(2, 3, 6), Tensor.randn(2, 3, 6))
let result = lstm(sentence, (h, c))
}

// lessons/08-lstm-gates.md:435
let sentence = Tensor.randn(3, 5, 5)
let states = (Tensor.randn(2, 5, 6), Tensor.randn(2, 5, 6))
let (mended, (mendedH, mendedC)) = lstm(sentence, states)
show(shapes: ["input": sentence, "output": mended, "hn": mendedH, "cn": mendedC])
claim(
    "output (3, 5, 6), hn and cn (2, 5, 6)",
    mended.shape == [3, 5, 6] && mendedH.shape == [2, 5, 6]
        && mendedC.shape == [2, 5, 6])
print(4 * 6 * (5 + 6))
print(6 * (5 + 6))

// lessons/08-lstm-gates.md:452
let gated = LSTM(inputSize: 5, hiddenSize: 6)
show(parameters: gated)
let ungated = RNN(inputSize: 5, hiddenSize: 6)
claim(
    "four times a plain network's", gated.parameters.elementCount,
    equals: 4 * ungated.parameters.elementCount)
func products(_ parameters: Parameters) -> Int {  // one for each number of a matrix
    parameters.filter { $0.name.hasPrefix("weight") }.map { $0.tensor.shape.elementCount }.reduce(0, +)
}
claim("4 · 6 · (5 + 6) products a step", products(gated.parameters), equals: 4 * 6 * (5 + 6))
claim("and 6 · (5 + 6)", products(ungated.parameters), equals: 6 * (5 + 6))

// lessons/08-lstm-gates.md:478
func fromSeed3(_ units: Int) -> (layer: LSTM, error: Double) {
    manualSeed(3)
    let layer = LSTM(inputSize: 3, hiddenSize: units), voice = Linear(units, 1)
    _ = train(Parameters(of: [layer.parameters, voice.parameters])) {
        voice(layer($0).output).squeeze(2)
    }
    return (layer, error(voice(layer(exam.input).output).squeeze(2)))
}
let (unlucky, four) = (fromSeed3(1), fromSeed3(4))
let its = unlucky.layer.trace(line).steps
show(
    heatmap: stack(["i", "f", "o"].map { name in
        cat(its.map { $0[name][0] })
    }),
    rows: ["i", "f", "o"], columns: names)
print("one unit    ", unlucky.error)
print("says nothing", silence)
print("four units  ", four.error)
claim(
    "one unit is better than silence, but by less than a tenth",
    unlucky.error < silence && unlucky.error > 0.9 * silence)
claim("four units' error is below a tenth of silence's", four.error, isLessThan: silence / 10)
claim(
    "the output gate stays between 0.1 and 0.4",
    its.allSatisfy { $0["o"].item > 0.1 && $0["o"].item < 0.4 })
claim(
    "the forget gate is below one half at eight steps or more",
    its.filter { $0["f"].item < 0.5 }.count, isAtLeast: 8)
let widest = its.indices.max { its[$0]["i"].item < its[$1]["i"].item }!
claim(
    "the input gate is widest where there is no mark, and shut at the first",
    isWritten[widest] == 0 && its[1]["i"].item < 0.05)
let widths = { (isNegative: Bool) in
    its.indices.filter { (numbers[$0] < 0) == isNegative }.map { its[$0]["i"].item }
}
claim(
    "it is wider for every negative number than for any positive one",
    widths(true).min()!, isGreaterThan: widths(false).max()!)

// lessons/08-lstm-gates.md:527
let large = LSTM(
    inputSize: 10, hiddenSize: 20, numLayers: 2, bidirectional: true)
claim("(80, 40)", large.parameters["weight_ih_l1"].shape, equals: [80, 40])
claim(
    "both layers, both directions", large.parameters.elementCount,
    equals: 2 * 80 * (10 + 20 + 2) + 2 * 80 * (40 + 20 + 2))
claim("15040 in all", large.parameters.elementCount, equals: 15040)

// lessons/08-lstm-gates.md:544
let wait = Tensor([[[0.8, 1, 0]]] + Array(repeating: [[0.0, 0, 0]], count: 60))
let waiting = notebook.trace(wait).steps.map {
    (c: $0["c"].item, f: $0["f"].item, leak: $0["i"].item * $0["g"].item)
}
let (stored, f1) = (waiting[0].c, waiting[1].f)
let fromForgetting = Int((log(0.5) / log(f1)).rounded(.up))
let rest = waiting[1].leak / (1 - f1)
let faded = (stored / 2 - rest) / (stored - rest)
let withLeak = Int((log(faded) / log(f1)).rounded(.up))
let measured = waiting.firstIndex { abs($0.c) < abs(stored) / 2 }!
print("stored", stored, "drawn to", rest)
print("from f alone:", fromForgetting)
print("with the leak:", withLeak, "measured:", measured)
claim(
    "f alone is off by more than five steps",
    abs(measured - fromForgetting), isGreaterThan: 5)
claim("with the leak it is right to one step", measured, equals: withLeak, within: 1)

// lessons/08-lstm-gates.md:571
manualSeed(1)
let free = LSTM(inputSize: 2, hiddenSize: 3)
let shows = try holding("o", of: free, at: open)
let nearlyPlain = try holding("i", of: holding("f", of: shows, at: shut), at: open)
let reading = nearlyPlain.trace(Tensor.randn(5, 1, 2)).steps
let (cs, gs) = (stack(reading.map { $0["c"] }), stack(reading.map { $0["g"] }))
claim("c is the candidate at every step", cs, equals: gs)
claim(
    "h is its tanh", stack(reading.map { $0["h"] }), equals: tanh(gs),
    within: 1e-15)

// lessons/08-lstm-gates.md:591
let made = LSTM(inputSize: 3, hiddenSize: 1), madeVoice = Linear(1, 1)
try made.load([
    "weight_ih_l0": Tensor([
        [0, 80, 0], [0, -80, 0], [0.01, 0, 0], [0, 0, 80],
    ]),
    "bias_ih_l0": Tensor([-40.0, 40, 0, -40]),
    "weight_hh_l0": .zeros(4, 1), "bias_hh_l0": .zeros(4),
])
try madeVoice.load(["weight": Tensor([[100.0]]), "bias": Tensor([0.0])])
let madeError = error(madeVoice(made(exam.input).output).squeeze(2))
print("error", madeError)
claim("the error is below 0.001", madeError, isLessThan: 0.001)

// lessons/08-lstm-gates.md:613
let pair = LSTM(inputSize: 3, hiddenSize: 2), pairVoice = Linear(2, 1)
try pair.load([
    "weight_ih_l0": Tensor([        // rows: i i f f g g o o
        [0, 80, 0], [0, 0, 80], [0, -80, 0], [0, 0, 0],
        [0.01, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0],
    ]),
    "bias_ih_l0": Tensor([-40.0, -40, 40, shut, 0, 0, open, open]),
    "weight_hh_l0": Tensor([
        [0.0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [1, 0], [0, 0], [0, 0],
    ]),
    "bias_hh_l0": .zeros(8),
])
try pairVoice.load(["weight": Tensor([[0.0, 100]]), "bias": Tensor([0.0])])
let (values, writes) = (exam.input[.all, .all, 0], exam.input[.all, .all, 1])
let asks = exam.input[.all, .all, 2] * (1 - writes)      // never both
let polite = stack([values, writes, asks], axis: 2)
let answers = pairVoice(pair(polite).output).squeeze(2)
let politeError = sqrt(meanSquaredError(answers, exam.wanted * asks).item)
print("error", politeError)
claim(
    "both output gates are 1 at every step",
    pair.trace(polite).steps.allSatisfy { $0["o"].min().item == 1 })
claim("the error is below 0.001", politeError, isLessThan: 0.001)
