// Memory, measured — how far back each cell reaches
//
// The program of lessons/15-memory-measured.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release memory-measured.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/15-memory-measured.md:17
func recall(_ count: Int, noise k: Int) -> (x: Tensor, labels: [Int]) {
    let first = Tensor.randint(0, 4, [1, count])        // A, B, C or D
    let noise = Tensor.randint(4, 6, [k, count])        // · or :
    return (oneHot(cat([first, noise]), classes: 6), first.integers)
}
manualSeed(3)
let example = recall(1, noise: 16), signs = Array("ABCD·:")
print(String(example.x.squeeze(1).argmax(axis: 1).integers.map { signs[$0] }))
print("answer:", signs[example.labels[0]])

// lessons/15-memory-measured.md:32
struct Reader {
    let name: String, parameters: Parameters, read: (Tensor) -> Tensor
}

func readers(_ d: Int, _ H: Int, seed: UInt64) -> [Reader] {
    manualSeed(seed)
    let rnn = RNN(inputSize: d, hiddenSize: H)
    let lstm = LSTM(inputSize: d, hiddenSize: H)
    let open = LSTM(inputSize: d, hiddenSize: H)
    let gru = GRU(inputSize: d, hiddenSize: H)
    // the rows are those of i, f, g, o
    open.parameters["bias_ih_l0"][H..<2 * H] = .full([H], 3)
    return [
        Reader(name: "RNN", parameters: rnn.parameters) { rnn($0).output },
        Reader(name: "LSTM", parameters: lstm.parameters) { lstm($0).output },
        Reader(name: "LSTM, b = 3", parameters: open.parameters) {
            open($0).output
        },
        Reader(name: "GRU", parameters: gru.parameters) { gru($0).output },
    ]
}

func train(
    _ reader: Reader, _ answer: Linear, steps: Int, loss: () -> Tensor
) -> [Double] {
    let all = Parameters(of: [reader.parameters, answer.parameters])
    let adam = Adam(all, learningRate: 0.03)
    manualSeed(100)                             // everyone sees the same examples
    return (0..<steps).map { _ in
        let loss = loss()
        adam.zeroGrad()
        loss.backward()
        clipGradientNorm(all, 1)
        adam.step()
        return loss.item
    }
}
for reader in readers(6, 8, seed: 0) {
    print(reader.name, reader.parameters.elementCount)
}

// lessons/15-memory-measured.md:78
let gaps = [4, 8, 16, 24]
var reach: [String: [Double]] = [:]
var taught: [(reader: Reader, right: Double)] = []      // at k = 8, for later
for seed in [0, 1] as [UInt64] {
    for (place, k) in gaps.enumerated() {
        for reader in readers(6, 8, seed: seed) {
            let answer = Linear(8, 4)
            _ = train(reader, answer, steps: 100) {
                let (x, labels) = recall(16, noise: k)
                return crossEntropy(answer(reader.read(x)[-1]), labels)
            }
            let (x, labels) = recall(200, noise: k)
            let logits = noGrad { answer(reader.read(x)[-1]) }
            let pairs = zip(logits.argmax(axis: 1).integers, labels)
            let right = pairs.filter { $0 == $1 }.count
            reach[reader.name, default: [0, 0, 0, 0]][place] += Double(right) / 400
            if k == 8 { taught.append((reader, Double(right) / 200)) }
        }
    }
}
let names = readers(6, 8, seed: 0).map { $0.name }
show(
    lines: names.map { (name: $0, values: reach[$0]!) }
        + [(name: "guessing", values: [0.25, 0.25, 0.25, 0.25])],
    at: gaps, x: "noisy steps", y: "right answers", yRange: 0...1)

// lessons/15-memory-measured.md:111
claim("over four steps all kinds are right", names.map { reach[$0]![0] }.min()!, isGreaterThan: 0.98)
claim("over eight the LSTM as PyTorch makes it is not, and the others are", reach["LSTM"]![1] < 0.5 && ["RNN", "LSTM, b = 3", "GRU"].allSatisfy { reach[$0]![1] > 0.98 })
claim("over sixteen it only guesses", reach["LSTM"]![2], equals: 0.25, within: 0.05)
claim("and the RNN, the LSTM with a bias of 3 and the GRU still answer", ["RNN", "LSTM, b = 3", "GRU"].allSatisfy { reach[$0]![2] > 0.98 })
claim("over twenty-four no kind is right in six cases of ten", names.map { reach[$0]![3] }.max()!, isLessThan: 0.6)

// lessons/15-memory-measured.md:127
func influence(_ reader: Reader, _ H: Int, steps L: Int) -> [Double] {
    // The same sequence H times; copy j asks for the gradient of unit j.
    manualSeed(9)
    let x = recall(1, noise: L - 1).x.repeat(1, H, 1)
    x.requiresGradient = true
    (reader.read(x)[-1] * Tensor.eye(H)).sum().backward()
    let squares = (x.gradient! * x.gradient!).sum(axes: [1, 2])
    return (0..<L).map { k in sqrt(squares[L - 1 - k].item) }
}
let born = readers(6, 32, seed: 0).map { reader in
    (name: reader.name, values: influence(reader, 32, steps: 31))
}
show(lines: born, x: "k, steps back", y: "norm", yScale: .logarithmic)

// lessons/15-memory-measured.md:147
let share = born.map { pow($0.values[30] / $0.values[10], 1.0 / 20) }
show(table: [
    "fresh": born.map { $0.name }, "k = 0": born.map { $0.values[0] },
    "left per step": share,
])
claim("an LSTM begins with about a quarter of the RNN's influence",
    born[1].values[0] / born[0].values[0], equals: 0.25, within: 0.03)
claim("RNN, LSTM and GRU all lose between 0.3 and 0.5 of it per step",
    [share[0], share[1], share[3]].allSatisfy { $0 > 0.5 && $0 < 0.7 })
claim("with a bias of 3 nothing is lost on average, and nothing explodes",
    share[2] > 1 && share[2] < 1.1)

// lessons/15-memory-measured.md:163
claim("PyTorch draws a forget bias near 0", readers(6, 8, seed: 0)[1].parameters["bias_ih_l0"][8..<16].abs().max().item, isLessThan: 0.36)
manualSeed(0)
let fresh = LSTM(inputSize: 6, hiddenSize: 32).trace(recall(20, noise: 16).x)
for name in ["i", "f", "o"] {
    let gates = fresh.steps.flatMap { $0[name].values }
    claim("fresh \(name) is about a half", gates.reduce(0, +) / Double(gates.count), equals: 0.5, within: 0.05)
    claim("and never far from it", gates.allSatisfy { abs($0 - 0.5) < 0.2 })
}
claim("on the road alone a fresh LSTM would lose more than it does", share[1], isGreaterThan: 0.55)
print(pow(0.5, 16))
print(sigmoid(0.0))
print(pow(sigmoid(0.0), 16))
print(pow(sigmoid(0.0), 100))
print(sigmoid(1.0))
print(pow(sigmoid(1.0), 16))
print(pow(sigmoid(1.0), 100))
print(sigmoid(3.0))
print(pow(sigmoid(3.0), 16))
print(pow(sigmoid(3.0), 100))
print(sigmoid(5.0))
print(pow(sigmoid(5.0), 16))
print(pow(sigmoid(5.0), 100))

// lessons/15-memory-measured.md:197
let before = ([0, 1] as [UInt64]).flatMap { seed in
    readers(6, 8, seed: seed).map { influence($0, 8, steps: 9)[8] }
}
let after = taught.map { influence($0.reader, 8, steps: 9)[8] }
show(table: [
    "taught": taught.map { $0.reader.name }, "before": before, "after": after,
    "right": taught.map { $0.right },
])
claim("whoever answers has an influence of more than 0.01",
    taught.indices.allSatisfy { taught[$0].right < 0.9 || after[$0] > 0.01 })
claim("whoever does not, of less than 0.001",
    taught.indices.allSatisfy { taught[$0].right > 0.9 || after[$0] < 0.001 })

// lessons/15-memory-measured.md:214
claim("from the second beginning the RNN has less than the LSTM", before[4], isLessThan: 0.5 * before[5])
claim("the second LSTM with a bias of 3 ends narrower than it began", after[6], isLessThan: 0.5 * before[6])
for (place, one) in taught.enumerated() {
    switch one.reader.name {
    case "RNN", "GRU": claim("opened", after[place], isGreaterThan: 20 * before[place])
    case "LSTM": claim("closed", after[place], isLessThan: before[place])
    default: claim("open from the start", before[place], isGreaterThan: 0.1)
    }
}

// lessons/15-memory-measured.md:235
let holder = LSTM(inputSize: 2, hiddenSize: 1), w = holder.parameters
// rows i, f, g, o; columns value, mark
w["weight_ih_l0"][.all] = Tensor([[0.0, 20], [0, -20], [1, 0], [0, 0]])
w["weight_hh_l0"][.all] = .zeros(4, 1)
w["bias_ih_l0"][.all] = Tensor([-10.0, 10, 0, 10])
w["bias_hh_l0"][.all] = .zeros(4)
let values = [0.8] + (1..<100).map { $0 % 2 == 0 ? 1.0 : -1.0 }
let marks = [1.0] + Array(repeating: 0.0, count: 99)
let marked = stack([Tensor(values), Tensor(marks)], axis: 1)
let (_, (_, written)) = holder(marked[..<1])
let (_, (_, held)) = holder(marked)
print("written", written)
print("held", held)
claim("what is written is the tanh of the marked number",
    written.item, equals: tanh(0.8), within: 0.001)
claim("more than 99 % of it is left, and no more than all",
    held.item > 0.99 * written.item && held.item <= written.item)
print(1.0 / 6)

// lessons/15-memory-measured.md:280
func adding(_ count: Int, steps L: Int) -> (x: Tensor, sums: Tensor) {
    let numbers = Tensor.rand(L, count)
    let early = oneHot(Tensor.randint(0, L / 2, [count]), classes: L)
    let late = oneHot(Tensor.randint(L / 2, L, [count]), classes: L)
    let marks = (early + late).transposed()
    return (stack([numbers, marks], axis: 2), (numbers * marks).sum(axis: 0))
}
let learning = readers(2, 16, seed: 0).map { reader in
    let answer = Linear(16, 1)
    let losses = train(reader, answer, steps: 200) {
        let (x, sums) = adding(64, steps: 8)
        return meanSquaredError(answer(reader.read(x)[-1]).squeeze(1), sums)
    }
    let means = Tensor(losses).reshaped(20, 10).mean(axis: 1)
    return (name: reader.name, values: means.values)
}
let tens = (0..<20).map { 10 * $0 + 5 }
show(
    lines: learning + [(name: "always 1", values: tens.map { _ in 1.0 / 6 })],
    at: tens, x: "training step", y: "squared error", yRange: 0...0.4)

// lessons/15-memory-measured.md:307
let endings = learning.map { $0.values[19] }, leaving = learning.map { $0.values.firstIndex { $0 < 0.1 } ?? 99 }
manualSeed(5)
let many = adding(5000, steps: 8).sums
claim("answering 1 every time costs 1/6", meanSquaredError(many, .ones([5000])).item, equals: 1.0 / 6, within: 0.01)
claim("at first all stand near it", learning.allSatisfy { abs($0.values[1] - 1.0 / 6) < 0.03 && abs($0.values[2] - 1.0 / 6) < 0.03 })
claim("below 0.1 comes the GRU first, then the LSTM with a bias of 3", leaving[3], isLessThan: leaving[2])
claim("the other LSTM needs more than twice as long", leaving[1], isGreaterThan: 2 * leaving[2])
claim("and the RNN longer still", leaving[0], isGreaterThan: leaving[1])
claim("in the end the gated ones are nearly right", endings[1...].max()!, isLessThan: 0.02)
claim("the RNN has more than five times the error of any of them", endings[0], isGreaterThan: 5 * endings[1...].max()!)

// lessons/15-memory-measured.md:326
func brackets(
    _ count: Int, length L: Int, deepest: Int
) -> (x: Tensor, depths: Tensor) {
    var signs: [[Int]] = [], depths: [[Double]] = []
    for _ in 0..<count {
        var depth = 0
        var line: (signs: [Int], depths: [Double]) = ([], [])
        for draw in Tensor.rand(L).values {
            let up = draw < 0.35 && depth < deepest
            let down = draw > 0.35 && draw < 0.7 && depth > 0
            let turn = up ? 1 : down ? -1 : 0
            depth += turn
            line.signs.append(turn == 0 ? 0 : turn == 1 ? 1 : 2)
            line.depths.append(Double(depth))
        }
        signs.append(line.signs)
        depths.append(line.depths)
    }
    let x = oneHot(Tensor(signs).transposed(), classes: 3)
    return (x, Tensor(depths).transposed())
}
manualSeed(0)
let counter = LSTM(inputSize: 3, hiddenSize: 1)
let rnnUnit = RNN(inputSize: 3, hiddenSize: 1)
let gruUnit = GRU(inputSize: 3, hiddenSize: 1)
let units = [
    Reader(name: "LSTM", parameters: counter.parameters) { counter($0).output },
    Reader(name: "GRU", parameters: gruUnit.parameters) { gruUnit($0).output },
    Reader(name: "RNN", parameters: rnnUnit.parameters) { rnnUnit($0).output },
]
let lines = (0..<8).map { _ in brackets(32, length: 16, deepest: 3) }
let depthOf = units.map { _ in Linear(1, 1) }
let errors = zip(units, depthOf).map { unit, depth in
    var turn = 0
    return train(unit, depth, steps: 240) {
        turn += 1
        let (x, depths) = lines[turn % 8]
        return meanSquaredError(depth(unit.read(x)).squeeze(2), depths)
    }
}
show(table: [
    "one unit": units.map { $0.name }, "first error": errors.map { $0[0] },
    "last error": errors.map { $0.last! },
])

// lessons/15-memory-measured.md:378
let text = "a(b(c(d)e)f)g((h))i".map { String($0) }
func asInput(_ text: [String]) -> Tensor {
    oneHot(text.map { $0 == "(" ? 1 : $0 == ")" ? 2 : 0 }, classes: 3)
}
let reading = counter.trace(asInput(text))
func ribbon(_ name: String) -> [Double] { reading.steps.map { $0[name].item } }
let told = depthOf[0](reading.output).values
show(
    heatmap: [ribbon("f"), ribbon("i")], rows: ["forget f", "input i"],
    columns: text)
show(heatmap: [ribbon("c"), told], rows: ["state c", "answer"], columns: text)

// lessons/15-memory-measured.md:396
let opening = text.indices.filter { text[$0] == "(" }, closing = text.indices.filter { text[$0] == ")" }
let letters = text.indices.filter { text[$0] != "(" && text[$0] != ")" }
let (fs, gates, cs) = (ribbon("f"), ribbon("i"), ribbon("c"))
claim("the input gate is widest open at (", opening.map { gates[$0] }.min()!, isGreaterThan: 2 * (letters + closing).map { gates[$0] }.max()!)
claim("the forget gate falls at ), below all others", closing.map { fs[$0] }.max()!, isLessThan: (letters + opening).map { fs[$0] }.min()! - 0.1)
let moves = cs.indices.map { abs(cs[$0]) - ($0 == 0 ? 0 : abs(cs[$0 - 1])) }
claim("each ( takes the state away from 0", opening.map { moves[$0] }.min()!, isGreaterThan: 0.15)
claim("each ) takes it back", closing.map { moves[$0] }.max()!, isLessThan: -0.15)
for (back, forth) in [(7, 5), (9, 3), (11, 1), (16, 14), (17, 13)] {
    let taken = abs(cs[back] - cs[back - 1]), added = abs(cs[forth] - cs[forth - 1])
    claim("what ) number \(back) takes away is about what ( number \(forth) had added", taken, equals: added, within: 0.08)
}
claim("letters move it little", letters.dropFirst().map { abs(cs[$0] - cs[$0 - 1]) }.max()!, isLessThan: 0.1)
let realDepths = [0.0, 1, 1, 2, 2, 3, 3, 2, 2, 1, 1, 0, 0, 1, 2, 2, 1, 0, 0]
let levels = [11, 9, 7, 6].map { abs(cs[$0]) }      // depths 0, 1, 2, 3
let rises = zip(levels.dropFirst(), levels).map { $0 - $1 }
claim("the levels lie further apart the deeper they are", rises[0] < rises[1] && rises[1] < rises[2])
let answered = [11, 9, 7, 6].map { told[$0] }, evener = zip(answered.dropFirst(), answered).map { $0 - $1 }
claim("the answers' levels are more evenly spaced", evener.max()! / evener.min()!, isLessThan: 0.8 * rises.max()! / rises.min()!)
claim("the count is negative, and more so at each (", cs.max()! < 0 && opening.allSatisfy { cs[$0] < cs[$0 - 1] })
claim("at letters the input gate is nearly shut and the forget gate open", letters.allSatisfy { gates[$0] < 0.15 && fs[$0] > 0.65 })
claim("every answer rounds to the depth", zip(told, realDepths).allSatisfy { abs($0 - $1) < 0.5 })
claim("LSTM and GRU have nearly no error left, the RNN a large one", max(errors[0].last!, errors[1].last!) < 0.05 && errors[2].last! > 0.2)

// lessons/15-memory-measured.md:428
func shareRight(_ unit: Int, length: Int, deepest: Int) -> Double {
    manualSeed(8)
    let (x, depths) = brackets(30, length: length, deepest: deepest)
    let answers = noGrad { depthOf[unit](units[unit].read(x)).squeeze(2) }
    return ((answers - depths).abs() .< 0.5).mean().item
}
let asTrained = (0..<3).map { shareRight($0, length: 16, deepest: 3) }
let longer = (0..<3).map { shareRight($0, length: 200, deepest: 3) }
let deeper = (0..<3).map { shareRight($0, length: 60, deepest: 6) }
show(table: [
    "one unit": units.map { $0.name }, "as trained": asTrained,
    "200 long": longer, "6 deep": deeper,
])
print(200.0 / 16)

// lessons/15-memory-measured.md:448
claim("as trained, the LSTM and the GRU are right nearly always", min(asTrained[0], asTrained[1]), isGreaterThan: 0.98)
claim("on lines of 200 they lose less than a tenth", max(asTrained[0] - longer[0], asTrained[1] - longer[1]), isLessThan: 0.1)
claim("6 deep, they are wrong at more than a third", max(deeper[0], deeper[1]), isLessThan: 0.67)
claim("the RNN's one unit is wrong at more than half of them everywhere", max(asTrained[2], longer[2], deeper[2]), isLessThan: 0.5)

// lessons/15-memory-measured.md:462
let sized = readers(64, 64, seed: 0)
let weights = [0, 1, 3].map { sized[$0].parameters.elementCount }
let matrices = [0, 1, 3].map { kind in
    sized[kind].parameters.filter { $0.tensor.shape.count == 2 }
        .reduce(0) { $0 + $1.tensor.shape.elementCount }
}
// and between vectors: f⊙c, i⊙g, o⊙tanh(c); r⊙…, (1−z)⊙n, z⊙h
let products = [matrices[0], matrices[1] + 3 * 64, matrices[2] + 3 * 64]
show(table: [
    "cell": ["RNN", "LSTM", "GRU"], "weights": weights,
    "multiplications": products,
    "RNN = 1": weights.map { Double($0) / Double(weights[0]) },
])
claim("an LSTM has four times the weights", weights[1], equals: 4 * weights[0])
claim("a GRU three times", weights[2], equals: 3 * weights[0])
let ratios = products.map { Double($0) / Double(products[0]) }
claim("an LSTM multiplies four times as often, to 1 %", ratios[1], equals: 4, within: 0.04)
claim("a GRU three times", ratios[2], equals: 3, within: 0.03)

// lessons/15-memory-measured.md:487
let layer = RNN(inputSize: 64, hiddenSize: 64), p = layer.parameters
let xs = Tensor.randn(100, 64)
let (Wih, Whh) = (p["weight_ih_l0"].transposed(), p["weight_hh_l0"].transposed())
let fromInputs = matmul(xs, Wih) + p["bias_ih_l0"]      // 100 steps at once
var state = Tensor.zeros(1, 64)
for t in 0..<100 {                                      // one after the other
    let fromState = matmul(state, Whh) + p["bias_hh_l0"]
    state = tanh(fromInputs[t] + fromState)
}
claim("it is the layer's result", state, equals: layer(xs).hn, within: 1e-13)

// lessons/15-memory-measured.md:503
func stepsInSequence(_ L: Int, layers: Int, bidirectional: Bool = false) -> Int {
    var ready = Array(repeating: 0, count: L)   // when its input is there
    for _ in 0..<layers {
        let below = ready
        var last = 0
        for t in 0..<L {
            last = max(last, below[t]) + 1
            ready[t] = last
        }
        guard bidirectional else { continue }
        last = 0
        for t in (0..<L).reversed() {
            last = max(last, below[t]) + 1
            ready[t] = max(ready[t], last)
        }
    }
    return ready.max()!
}
show(table: [
    "network": ["RNN, LSTM or GRU", "three layers", "three, both directions"],
    "steps in sequence": [
        stepsInSequence(100, layers: 1), stepsInSequence(100, layers: 3),
        stepsInSequence(100, layers: 3, bidirectional: true),
    ],
])
claim("one layer: L", stepsInSequence(100, layers: 1), equals: 100)
claim("a stack: one more for each further layer",
    stepsInSequence(100, layers: 3), equals: 102)
claim("both directions: L for each layer",
    stepsInSequence(100, layers: 3, bidirectional: true), equals: 300)

// lessons/15-memory-measured.md:548
manualSeed(1)
let threes = Tensor.rand(20_000, 3).sum(axis: 1)
print(threes.var().item)
claim("a quarter", threes.var().item, equals: 0.25, within: 0.01)

// lessons/15-memory-measured.md:562
let p100 = pow(0.5, 0.01), b = log(p100 / (1 - p100))
print(b)
claim("half is left", pow(sigmoid(b), 100), equals: 0.5, within: 1e-12)
claim("4.97 to two decimals", (100 * b).rounded(), equals: 497)

// lessons/15-memory-measured.md:576
let adder = LSTM(inputSize: 2, hiddenSize: 1)
for (name, weight) in adder.parameters { weight[.all] = w[name].detach() }
adder.parameters["weight_ih_l0"][1, 1] = 0.0
let ten = Tensor([0.8, 1, -1, 1, -0.3, 1, -1, 1, -1, 1])
let two = Tensor([1.0, 0, 0, 0, 1, 0, 0, 0, 0, 0])
let (_, (_, sum)) = adder(stack([ten, two], axis: 1))
print(sum.item)
let wanted = tanh(0.8) + tanh(-0.3)
claim("the sum of the two values of tanh", sum.item, equals: wanted, within: 0.01)

// lessons/15-memory-measured.md:595
let budget = LSTM(inputSize: 6, hiddenSize: 16).parameters.elementCount
func off(_ H: Int) -> Int { abs(H * (6 + H + 2) - budget) }
let best = (1...64).min { off($0) < off($1) }!
print(budget, best, RNN(inputSize: 6, hiddenSize: best).parameters.elementCount)
claim("35 units", best, equals: 35)
let eights = readers(6, 8, seed: 0).map { $0.parameters.elementCount }
claim("the LSTM of the figure has four times the RNN's", eights[1], equals: 4 * eights[0])

// lessons/15-memory-measured.md:612
let twoLayers = stepsInSequence(50, layers: 2, bidirectional: true)
print(twoLayers)
claim("100", twoLayers, equals: 100)
