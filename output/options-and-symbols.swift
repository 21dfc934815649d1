// Options and symbols — the reference
//
// The program of lessons/21-options-and-symbols.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release options-and-symbols.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/21-options-and-symbols.md:15
manualSeed(0)
let foreign = GRU(inputSize: 2, hiddenSize: 9, numLayers: 3, bidirectional: true)
let (seen, state) = foreign(.randn(12, 4, 2))
claim("the output", seen.shape, equals: [12, 4, 18])
claim("and hn", state.shape, equals: [6, 4, 9])

// lessons/21-options-and-symbols.md:30
let lstm = LSTM(inputSize: 3, hiddenSize: 5, numLayers: 4, bidirectional: true)
let x = Tensor.randn(7, 6, 3)
let (output, (hn, cn)) = lstm(x)
show(shapes: lstm, input: x, output: output, hn: hn, cn: cn)

// lessons/21-options-and-symbols.md:41
for batchFirst in [false, true] {
    let x = batchFirst ? Tensor.randn(6, 7, 3) : Tensor.randn(7, 6, 3)
    let rnn = RNN(
        inputSize: 3, hiddenSize: 5, numLayers: 4, batchFirst: batchFirst,
        bidirectional: true)
    let lstm = LSTM(
        inputSize: 3, hiddenSize: 5, numLayers: 4, batchFirst: batchFirst,
        bidirectional: true)
    let gru = GRU(
        inputSize: 3, hiddenSize: 5, numLayers: 4, batchFirst: batchFirst,
        bidirectional: true)
    let (ofRNN, ofLSTM, ofGRU) = (rnn(x), lstm(x), gru(x))
    print("RNN", ofRNN.output.shape, ofRNN.hn.shape)
    print("LSTM", ofLSTM.output.shape, ofLSTM.states.hn.shape)
    print("GRU", ofGRU.output.shape, ofGRU.hn.shape)
}

// lessons/21-options-and-symbols.md:90
// Every combination, against the formulas of the table.
var (combinations, wrong) = (0, 0)
for K in 1...3 { for D in 1...2 { for hasBias in [true, false] { for first in [true, false] {
    let (d, H, L, N) = (3, 5, 7, 6), b = hasBias ? 2 : 0
    let x = Tensor.zeros(first ? [N, L, d] : [L, N, d])
    let wanted: Shape = first ? [N, L, D * H] : [L, N, D * H]
    func check(_ k: Int, _ p: Parameters, _ output: Tensor, _ states: [Tensor], _ alone: Tensor) {
        combinations += 1
        let count = D * k * H * (d + H + b) + (K - 1) * D * k * H * (D * H + H + b)
        let last = "_l\(K - 1)" + (D == 2 ? "_reverse" : "")
        let isRight = output.shape == wanted && states.allSatisfy { $0.shape == [K * D, N, H] }
            && p.elementCount == count && alone.shape == [L, D * H]
            && p["weight_ih_l0"].shape == [k * H, d]
            && p["weight_ih" + last].shape == [k * H, K == 1 ? d : D * H]
            && p["weight_hh" + last].shape == [k * H, H]
            && (!hasBias || p["bias_hh" + last].shape == [k * H])
        if !isRight { wrong += 1 }
    }
    let rnn = RNN(inputSize: d, hiddenSize: H, numLayers: K, bias: hasBias, batchFirst: first, bidirectional: D == 2)
    let gru = GRU(inputSize: d, hiddenSize: H, numLayers: K, bias: hasBias, batchFirst: first, bidirectional: D == 2)
    let lstm = LSTM(inputSize: d, hiddenSize: H, numLayers: K, bias: hasBias, batchFirst: first, bidirectional: D == 2)
    let (r, g, l) = (rnn(x), gru(x), lstm(x)), alone = Tensor.zeros(L, d)
    check(1, rnn.parameters, r.output, [r.hn], rnn(alone).output)
    check(3, gru.parameters, g.output, [g.hn], gru(alone).output)
    check(4, lstm.parameters, l.output, [l.states.hn, l.states.cn], lstm(alone).output)
} } } }
claim("of \(combinations) layers, no shape or count is another",
    wrong, equals: 0)

// lessons/21-options-and-symbols.md:125
let H = 5
claim("the last output, first half: the top layer forwards",
    output[-1, .all, ..<H], equals: hn[-2], within: 0)
claim("the first output, second half: the top layer from the end",
    output[0, .all, H...], equals: hn[-1], within: 0)
claim("layers first, then directions",
    hn.view(4, 2, 6, 5)[3, 1], equals: hn[-1], within: 0)

// lessons/21-options-and-symbols.md:160
struct Row { let option: String, output: Shape, states: [Shape], counts: [String] }
func row(
    _ option: String, layers: Int = 1, bias: Bool = true, first: Bool = false, dropout: Double = 0, both: Bool = false
) -> Row {
    let rnn = RNN(inputSize: 3, hiddenSize: 5, numLayers: layers, bias: bias, batchFirst: first, dropout: dropout, bidirectional: both)
    let gru = GRU(inputSize: 3, hiddenSize: 5, numLayers: layers, bias: bias, batchFirst: first, dropout: dropout, bidirectional: both)
    let lstm = LSTM(inputSize: 3, hiddenSize: 5, numLayers: layers, bias: bias, batchFirst: first, dropout: dropout, bidirectional: both)
    let (output, states) = lstm(.zeros(first ? [6, 7, 3] : [7, 6, 3]))
    return Row(
        option: option, output: output.shape, states: [states.hn.shape],
        counts: [rnn.parameters, gru.parameters, lstm.parameters].map { "\($0.elementCount)" })
}
func own(_ option: String, _ layer: LSTM) -> Row {
    let (output, (hn, cn)) = layer(.zeros(7, 6, 3))
    return Row(option: option, output: output.shape, states: hn.shape == cn.shape ? [hn.shape] : [hn.shape, cn.shape],
        counts: ["", "", "\(layer.parameters.elementCount)"])
}
let options = [
    row("none"), row("numLayers: 4", layers: 4), row("bias: false", bias: false),
    row("batchFirst", first: true), row("dropout, 2 layers", layers: 2, dropout: 0.5),
    row("bidirectional", both: true), row("4 layers, both ways", layers: 4, both: true),
    own("projSize: 2", LSTM(inputSize: 3, hiddenSize: 5, projSize: 2)),
    own("peepholes", LSTM(inputSize: 3, hiddenSize: 5, peepholes: true)),
]
show(table: [
    "option": options.map { $0.option },
    "output": options.map { "\($0.output)" },
    "states": options.map { $0.states.map { "\($0)" }.joined(separator: ", ") },
    "RNN": options.map { $0.counts[0] }, "GRU": options.map { $0.counts[1] },
    "LSTM": options.map { $0.counts[2] },
])

// lessons/21-options-and-symbols.md:197
claim("dropout costs no parameter",
    options[4].counts, equals: row("", layers: 2).counts)
claim("nor does batch first", options[3].counts, equals: options[0].counts)
claim("peepholes are three numbers a unit",
    Int(options[8].counts[2])! - Int(options[0].counts[2])!, equals: 15)
claim("the projection is on h only",
    options[7].states, equals: [[1, 6, 2], [1, 6, 5]])
claim("it makes the matrices on the state narrower, and in a layer above those on the input; one matrix is new",
    ["weight_ih_l0", "weight_hh_l0", "weight_ih_l1", "weight_hh_l1", "weight_hr_l1"].map { LSTM(inputSize: 3, hiddenSize: 5, numLayers: 2, projSize: 2).parameters[$0].shape },
    equals: [[20, 3], [20, 2], [20, 2], [20, 2], [2, 5]])
claim("reset and update conventions change no shape and no count",
    GRU(inputSize: 3, hiddenSize: 5, resetAfter: false, updateGate: .takesCandidate).parameters.elementCount,
    equals: Int(options[0].counts[1])!)
claim("nor does relu",
    RNN(inputSize: 3, hiddenSize: 5, nonlinearity: .relu).parameters.elementCount,
    equals: Int(options[0].counts[0])!)

// lessons/21-options-and-symbols.md:225
let reader = LSTM(inputSize: 3, hiddenSize: 5), p = reader.parameters
let f = 5..<10                                     // the second block of H = 5
noGrad {
    p["bias_ih_l0"][f] = .full([5], 3)
    p["bias_hh_l0"][f] = .zeros(5)                 // the two are added
    p["weight_ih_l0"][f] = .zeros(5, 3)
    p["weight_hh_l0"][f] = .zeros(5, 5)
}
let gate = reader.trace(.randn(7, 6, 3)).steps[3]["f"]
claim("with the rest at zero the gate stands at σ(3)",
    gate, equals: sigmoid(3), within: 0)
let named = reader.trace(.randn(7, 6, 3)).tracks[0].parameters
claim("the trace names the blocks", named["b_if"], equals: 3)

// lessons/21-options-and-symbols.md:253
let (rnnCell, gruCell) = (
    RNNCell(inputSize: 3, hiddenSize: 5), GRUCell(inputSize: 3, hiddenSize: 5))
let lstmCell = LSTMCell(inputSize: 3, hiddenSize: 5)
var (ofRNN, ofGRU) = (Tensor.zeros(6, 5), Tensor.zeros(6, 5))
var (h, c) = (Tensor.zeros(6, 5), Tensor.zeros(6, 5))
for t in 0..<7 {
    ofRNN = rnnCell(x[t], ofRNN)
    ofGRU = gruCell(x[t], ofGRU)
    (h, c) = lstmCell(x[t], (h, c))
}
print("RNNCell", ofRNN.shape)
print("GRUCell", ofGRU.shape)
print("LSTMCell", h.shape, c.shape)
print("weight_hh", lstmCell.parameters["weight_hh"].shape)
claim("a cell's own layer takes the same steps",
    lstmCell.layer(x).states.hn[0], equals: h, within: 1e-15)
let noBatch = gruCell(x[0, 0])
claim("one sequence without N", noBatch.shape, equals: [5])

// lessons/21-options-and-symbols.md:297
show(equations: RNN.definition())
show(equations: LSTM.definition)
show(equations: GRU.definition())

// lessons/21-options-and-symbols.md:307
show(equations: LSTM.definition(peepholes: true))
show(equations: LSTM.definition(projection: true))
show(equations: GRU.definition(resetAfter: false, updateGate: .takesCandidate))

// lessons/21-options-and-symbols.md:320
expectTrap("input must have 3 features") {
let result = lstm(.randn(7, 6, 4))
}

// lessons/21-options-and-symbols.md:326
expectTrap("h0 must have shape (8, 6, 5)") {
let result = lstm(x, (.zeros(4, 6, 5), .zeros(4, 6, 5)))
}

// lessons/21-options-and-symbols.md:332
expectTrap("input must have 3 axes") {
let result = lstm(.randn(3))
}

// lessons/21-options-and-symbols.md:338
expectTrap("input must have 2 axes") {
let result = gruCell(x)
}

// lessons/21-options-and-symbols.md:344
expectTrap("h0 must have shape (8, 5)") {
let start = Tensor.zeros(8, 1, 5)
let result = lstm(x[.all, 0], (start, start))
}

// lessons/21-options-and-symbols.md:395
func units(_ k: Int, _ D: Int, budget: Int = 10_000) -> Int {
    (1...).first { H in D * k * (H + 1) * (32 + H + 1 + 2) > budget }!
}
// name, blocks, directions, states
let kinds = [
    ("RNN", 1, 1, 1), ("GRU", 3, 1, 1), ("LSTM", 4, 1, 2), ("Bi-LSTM", 4, 2, 2),
]
let most = kinds.map { units($0.1, $0.2) }
show(table: [
    "layer": kinds.map { $0.0 }, "units": most,
    "products": zip(kinds, most).map { $0.2 * $0.1 * $1 * (32 + $1) },
    "kept": zip(kinds, most).map { $0.2 * $0.3 * $1 },
])

// lessons/21-options-and-symbols.md:413
func countOf(_ kind: Int, _ H: Int) -> Int {
    switch kind {
    case 0: RNN(inputSize: 32, hiddenSize: H).parameters.elementCount
    case 1: GRU(inputSize: 32, hiddenSize: H).parameters.elementCount
    case 2: LSTM(inputSize: 32, hiddenSize: H).parameters.elementCount
    default: LSTM(inputSize: 32, hiddenSize: H, bidirectional: true).parameters.elementCount
    }
}
for (kind, H) in most.enumerated() {
    claim("\(kinds[kind].0): \(H) units fit",
        countOf(kind, H), isAtMost: 10_000)
    claim("\(kinds[kind].0): one more does not",
        countOf(kind, H + 1), isGreaterThan: 10_000)
}
claim("a GRU of the same price has fewer units than an RNN, an LSTM fewer than a GRU",
    most[0] > most[1] && most[1] > most[2] && most[2] > most[3])
claim("an LSTM keeps about as much as an RNN of the same price, within a fifth",
    Double(2 * most[2]) / Double(most[0]), equals: 1, within: 0.2)

// lessons/21-options-and-symbols.md:672
let guess = GRU(inputSize: 7, hiddenSize: 8, numLayers: 2, bidirectional: true)
let names = ["weight_ih_l0", "weight_hh_l0", "weight_ih_l1"]
claim("these are its shapes", names.map { guess.parameters[$0].shape },
    equals: [[24, 7], [24, 8], [24, 16]])

// lessons/21-options-and-symbols.md:686
let shapesOf = [
    RNN(inputSize: 5, hiddenSize: 12).parameters,
    GRU(inputSize: 5, hiddenSize: 4).parameters,
    LSTM(inputSize: 5, hiddenSize: 3).parameters,
    LSTM(inputSize: 5, hiddenSize: 3, projSize: 2).parameters,
]
claim("all four",
    shapesOf.allSatisfy { $0["weight_ih_l0"].shape == [12, 5] })
claim("one of them",
    shapesOf.map { $0["weight_hh_l0"].shape }, equals: [[12, 12], [12, 4], [12, 3], [12, 2]])

// lessons/21-options-and-symbols.md:706
let counted = GRU(
    inputSize: 10, hiddenSize: 20, numLayers: 2, bias: false, bidirectional: true)
claim("10 800", counted.parameters.elementCount, equals: 10_800)

// lessons/21-options-and-symbols.md:719
func projected(_ P: Int) -> Int { 4 * 512 * (512 + P + 2) + P * 512 }
let whole = 4 * 512 * (512 + 512 + 2)
claim("136 is at most two thirds", 3 * projected(136), isAtMost: 2 * whole)
claim("137 is not", 3 * projected(137), isGreaterThan: 2 * whole)
claim("even P = 1 is more than half", 2 * projected(1), isGreaterThan: whole)
let small = LSTM(inputSize: 8, hiddenSize: 6, projSize: 2)
claim("the formula is the layer's, at a small size",
    small.parameters.elementCount, equals: 4 * 6 * (8 + 2 + 2) + 2 * 6)

// lessons/21-options-and-symbols.md:737
let flags = RNN(inputSize: 1, hiddenSize: 1, bias: false, bidirectional: true)
for name in flags.parameters.names {
    flags.parameters[name][.all] = name.hasPrefix("weight_ih") ? 4 : 2
}
let signal = Tensor([0.0, 0, 1, 0, 1, 0]).reshaped(6, 1, 1)
let answer = flags(signal, .full([2, 1, 1], -1)).output.squeeze(1)
let wanted = Tensor([[-1.0, 1], [-1, 1], [1, 1], [1, 1], [1, 1], [1, -1]])
claim("so far, and from here on", answer * wanted, isGreaterThan: 0.9)
