// Tutorials mended — a check list
//
// The program of lessons/20-tutorials-mended.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release tutorials-mended.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/20-tutorials-mended.md:12
manualSeed(0)
let reader = GRU(inputSize: 4, hiddenSize: 8, bidirectional: true)
let answer = Linear(16, 2)

/// Eight sentences of eight words each (8, 8, 4).
func logits(_ sentences: Tensor) -> Tensor {
    let (states, _) = reader(sentences)     // every word's, both ways
    return softmax(answer(states[-1]))      // the last one's: (8, 2)
}

// lessons/20-tutorials-mended.md:28
func draw(_ count: Int) -> [(x: Tensor, labels: [Int])] {
    (0..<count).map { _ in
        let x = Tensor.randn(8, 8, 4)
        return (x, (x[.all, 0, 0] .> 0).integers)
    }
}
typealias Report = (losses: [Double], seen: Double, unseen: Double)

func train(_ parameters: Parameters, _ logits: (Tensor) -> Tensor) -> Report {
    manualSeed(1)
    let (new, known) = (draw(25), draw(10))
    let adam = Adam(parameters, learningRate: 0.02)
    let losses = (0..<25).map { _ in
        known.map { x, labels in
            let loss = crossEntropy(logits(x), labels)
            adam.zeroGrad()
            loss.backward()
            adam.step()
            return loss.item
        }.reduce(0, +) / 10
    }
    func right(_ batches: [(x: Tensor, labels: [Int])]) -> Double {
        noGrad {
            batches.map { x, labels in
                let told = logits(x).argmax(axis: 1).integers
                return Double(zip(told, labels).filter { $0 == $1 }.count)
            }.reduce(0, +) / Double(8 * batches.count)
        }
    }
    return (losses, right(known), right(new))
}

// lessons/20-tutorials-mended.md:64
let both = Parameters(of: [reader.parameters, answer.parameters])
let found = train(both, logits)
show(lines: ["loss": found.losses], x: "epoch", y: "loss", yRange: 0...0.8)
print(found.losses[0])
print(found.losses.last!)
print(100 * found.seen)
print(100 * found.unseen)

// lessons/20-tutorials-mended.md:74
func version(mended: Int) -> Report {
    manualSeed(0)
    let reader = GRU(
        inputSize: 4, hiddenSize: 8, batchFirst: true, bidirectional: true)
    let answer = Linear(16, 2)
    let both = Parameters(of: [reader.parameters, answer.parameters])
    return train(both) { x in
        let (states, hn) = reader(x)
        let ends = mended < 2 ? states[.all, -1] : cat([hn[0], hn[1]], axis: 1)
        return mended < 3 ? softmax(answer(ends)) : answer(ends)
    }
}
let versions = [found] + (1...3).map { version(mended: $0) }
show(table: [
    "mended": [
        "nothing", "batchFirst: true, and [.all, -1]",
        "and both ends, from hn", "and no softmax",
    ],
    "seen, %": versions.map { 100 * $0.seen },
    "new, %": versions.map { 100 * $0.unseen },
    "loss": versions.map { $0.losses.last! },
])

// lessons/20-tutorials-mended.md:102
claim("its loss ends at less than two thirds of where it began",
    found.losses.last!, isLessThan: 2 / 3.0 * found.losses[0])
claim("nine of ten seen sentences are right",
    found.seen, isGreaterThan: 0.9)
claim("new ones are a coin's, within a tenth",
    found.unseen, equals: 0.5, within: 0.1)
claim("batch first lifts new sentences by more than a fifth",
    versions[1].unseen, isGreaterThan: found.unseen + 0.2)
claim("both ends lift them further",
    versions[2].unseen, isGreaterThan: versions[1].unseen)
claim("with a softmax too many no loss is below its floor",
    versions[0..<3].allSatisfy { $0.losses.min()! > log(1 + exp(-1)) })
claim("without it the loss falls to less than a hundredth",
    versions[3].losses.last!, isLessThan: 0.01)
claim("and the share of right answers is the same within a twentieth",
    versions[3].unseen, equals: versions[2].unseen, within: 0.05)
print(log(1 + exp(-1.0)))

// lessons/20-tutorials-mended.md:136
manualSeed(0)
let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
let input = Tensor.randn(1, 3, 5)
var (hn, cn) = (Tensor.zeros(2, 3, 6), Tensor.zeros(2, 3, 6))
var runs: [Tensor] = []
for run in 1...3 {
    let (output, states) = lstm(input, (hn, cn))      // as published
    (hn, cn) = states
    runs.append(output)
    print("run", run, output.shape, round(output[0, 0, 0].item * 1e6) / 1e6)
}
let (thrice, _) = lstm(cat([input, input, input]))    // (3, 3, 5)
claim("three runs are one sentence, read three times over",
    cat(runs), equals: thrice, within: 1e-15)
let moved = zip(runs, runs.dropFirst()).map { abs($1 - $0).max().item }
claim("every run gives another output", moved.min()!, isGreaterThan: 0.01)

// lessons/20-tutorials-mended.md:180
expectTrap("h0 must have shape") {
let states23 = (Tensor.zeros(2, 3, 6), Tensor.zeros(2, 3, 6))
let result = lstm(.randn(3, 5, 5), states23)
}

// lessons/20-tutorials-mended.md:189
let block = Tensor.randn(3, 5, 5)
let nudged = block.clone()
nudged[0, 0] = .full([5], 3)
let batchFirst = LSTM(
    inputSize: 5, hiddenSize: 6, numLayers: 2, batchFirst: true)
try batchFirst.load(lstm.parameters)
func moves(_ layer: LSTM, _ sequences: Int) -> Tensor {
    let zeros = Tensor.zeros(2, sequences, 6)
    let (before, _) = layer(block, (zeros, zeros))
    let (after, _) = layer(nudged, (zeros, zeros))
    return abs(after - before).max(axis: 2)               // (3, 5)
}
let (timeFirst, sentenceFirst) = (moves(lstm, 5), moves(batchFirst, 3))
let rows = (0..<3).map { "input[\($0), ·]" }
let columns = (0..<5).map { "[·, \($0)]" }
show(
    heatmap: timeFirst, rows: rows, columns: columns, rowTitle: "time first")
show(
    heatmap: sentenceFirst, rows: rows, columns: columns,
    rowTitle: "batch first")
claim("time first: the column below it moves, nothing else",
    timeFirst .> 0, equals: Tensor(Array(repeating: [1, 0, 0, 0, 0], count: 3)))
claim("batch first: its row, nothing else",
    sentenceFirst .> 0, equals: cat([.ones(1, 5), .zeros(2, 5)]))
claim("both give (3, 5, 6)",
    [lstm(block).output.shape, batchFirst(block).output.shape],
    equals: [[3, 5, 6], [3, 5, 6]])

// lessons/20-tutorials-mended.md:227
func shapes(words: Int, layers: Int) -> [Shape] {
    let rnn = RNN(inputSize: 5, hiddenSize: 6, numLayers: layers)
    let (output, hn) = rnn(.zeros(words, 3, 5), .zeros(layers, 3, 6))
    return [output.shape, hn.shape]
}
claim("as published: (2, 3, 6) and (2, 3, 6)",
    shapes(words: 2, layers: 2), equals: [[2, 3, 6], [2, 3, 6]])
claim("two words, one layer: the comment is right of hn alone",
    shapes(words: 2, layers: 1), equals: [[2, 3, 6], [1, 3, 6]])
claim("one word, two layers: of the output alone",
    shapes(words: 1, layers: 2), equals: [[1, 3, 6], [2, 3, 6]])
claim("one word and one layer: of both",
    shapes(words: 1, layers: 1), equals: [[1, 3, 6], [1, 3, 6]])

// lessons/20-tutorials-mended.md:250
manualSeed(2)
// Twelve words, numbered by their sentence: three sentences of four.
let sentenceOf = Tensor([[0.0, 0, 0, 0], [1, 1, 1, 1], [2, 2, 2, 2]])
let wrongPlaces = sentenceOf.reshaped(4, 3) .!= sentenceOf.transposed()
let displaced = Int(wrongPlaces.sum().item)

let twoWays = GRU(inputSize: 5, hiddenSize: 6, bidirectional: true)
let words = Tensor.randn(8, 1, 5), otherFirst = words.clone()
otherFirst[0] = .zeros(1, 5)
let lastMoves = abs(twoWays(words).output[-1] - twoWays(otherFirst).output[-1])
let reversedMoves = lastMoves[0, 6...].max().item

let classes = [2, 10, 100, 1000, 10_000, 100_000]
let floors = classes.map { C in
    crossEntropy(oneHot([0], classes: C), [0]).item      // (1, 0, 0, …)
}

let padded = cat([words, .zeros(10, 1, 5)])
let reader5 = GRU(inputSize: 5, hiddenSize: 6)
let padMoves = abs(reader5(padded).hn - reader5(words).hn).max().item
let paddedLoss = Tensor([2.0, 0]).mean().item

func apart(_ layers: Int) -> Double {
    let rnn = RNN(inputSize: 5, hiddenSize: 6, numLayers: layers, dropout: 0.5)
    return abs(rnn(words).output - rnn(words).output).max().item
}
let (dropped, droppedTwo) = (apart(1), apart(2))

claim("half of the words stand in a wrong sentence", displaced, equals: 6)
claim("the second half of the last output has read one word only",
    reversedMoves, equals: 0)
claim("while the first half has read all",
    lastMoves[0, ..<6].max().item, isGreaterThan: 0)
claim("read to the last bit as without PADs, if told the length",
    reader5(padded, lengths: [8]).hn, equals: reader5(words).hn, within: 0)
claim("and far from it, if not", padMoves, isGreaterThan: 0.05)
claim("one layer drops nothing", dropped, equals: 0)
claim("two do", droppedTwo, isGreaterThan: 0.01)
print(displaced)
print(reversedMoves)
print(floors[1])
print(padMoves)
print(paddedLoss)
print(dropped)
print(droppedTwo)
print(sigmoid(2.0))
print(sigmoid(1.0))

// lessons/20-tutorials-mended.md:315
show(
    lines: [
        "knows nothing": classes.map { log(Double($0)) }, "is perfect": floors,
    ],
    at: classes, x: "classes", y: "loss", xScale: .logarithmic, yRange: 0...)

// lessons/20-tutorials-mended.md:325
claim("the floor is the formula's",
    Tensor(floors),
    equals: Tensor(classes.map { log(1 + Double($0 - 1) / exp(1)) }), within: 1e-12)
claim("between the two lies less than 1 at any number of classes, for the formula falls short of log C by less than log e",
    zip(classes, floors).allSatisfy { log(Double($0)) - $1 < 1 && $1 < log(Double($0)) })
claim("with 100 000 classes the perfect one is within a tenth of knowing nothing",
    floors[5], isGreaterThan: 0.9 * log(1e5))
claim("a true cross entropy is 0 there",
    crossEntropy(1000 * oneHot([0], classes: 100_000), [0]).item, equals: 0)

// lessons/20-tutorials-mended.md:344
func slope(_ a: Double) -> (sigma: Double, tanh: Double) {
    (sigmoid(a) * (1 - sigmoid(a)), 1 - tanh(a) * tanh(a))
}
// Three units, every weight 0.5: the size of W³⁰, as a share of the identity's.
let halves = Tensor.full([3, 3], 0.5)
let power30 = (0..<30).reduce(Tensor.eye(3)) { W, _ in matmul(halves, W) }
let grew = power30.norm().item / Tensor.eye(3).norm().item

// One unit with the weight 3, pushed to its side: ∂h₃₀/∂h₀.
var (state, back) = (tanh(1.0), 1.0)
for _ in 0..<30 {
    state = tanh(3 * state)
    back *= 3 * (1 - state * state)
}

// One unit that holds the sign of x₁ against 999 contradictions.
let holder = RNN(inputSize: 1, hiddenSize: 1, bias: false)
try holder.load(["weight_ih_l0": Tensor([[1]]), "weight_hh_l0": Tensor([[10]])])
let against = Tensor([1.0] + Array(repeating: -1.0, count: 999)).reshaped(1000, 1, 1)
let held = holder(against).hn.item

// One LSTM unit that reads zeros, f = 1, and w_g = −4: lesson 9's knife.
let knife = LSTM(inputSize: 1, hiddenSize: 1)
try knife.load([
    "weight_ih_l0": .zeros(4, 1), "weight_hh_l0": Tensor([[0.0], [0], [-4], [0]]),
    "bias_ih_l0": Tensor([0.0, 40, 0, 0]), "bias_hh_l0": .zeros(4),
])
let cut = knife.derivation(.zeros(31, 1)) { $0[-1].sum() }
    .highwayJacobian("c", of: 30, by: 0)

// A fresh unit's ∂c₁/∂c₀, the immediate and the total one.
manualSeed(2)
let fresh = LSTM(inputSize: 1, hiddenSize: 1)
let step = fresh.derivation(Tensor([[1.0], [-1.0]])) { $0[-1].sum() }
let (immediate, total) = (step.steps[1]["f"].item, step.jacobian("c", of: 1, by: 0).item)

// The order of a product, and W for Wᵀ.
manualSeed(1)
let elman = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
let heard = Tensor.randn(4, 2)
let states = noGrad { elman(heard).h }, W = elman.parameters["W"].detach()
let J = (0..<4).map { (1 - states[$0] * states[$0]).unsqueeze(1) * W }
let truth = elman.derivation(heard, labels: [0, 1, 0, 1]).jacobian(of: 3, by: 0)
func off(_ product: Tensor) -> Double { (product - truth).norm().item / truth.norm().item }
let (descending, ascending) = (off(matmul(matmul(J[3], J[2]), J[1])), off(matmul(matmul(J[1], J[2]), J[3])))
let v = Tensor.ones(3)
let transposedOff = (matmul(W, v) - matmul(W.transposed(), v)).norm().item / matmul(W.transposed(), v).norm().item

func count(_ layers: Int, _ both: Bool) -> Double {
    Double(LSTM(inputSize: 5, hiddenSize: 6, numLayers: layers, bidirectional: both).parameters.elementCount)
}
let growth = [1, 2, 3].map { count($0, true) / count($0, false) }

// Thirty times 0.2: a GRU's unit that adds what it reads, and an LSTM's that counts.
let adder = GRU(inputSize: 1, hiddenSize: 1), counter = LSTM(inputSize: 1, hiddenSize: 1)
try adder.load([
    "weight_ih_l0": Tensor([[0], [0], [1]]), "weight_hh_l0": Tensor([[0], [0], [1]]),
    "bias_ih_l0": Tensor([40, -40, 0]), "bias_hh_l0": .zeros(3),
])
try counter.load([
    "weight_ih_l0": Tensor([[0], [0], [1], [0]]), "weight_hh_l0": .zeros(4, 1),
    "bias_ih_l0": Tensor([40, 40, 0, 40]), "bias_hh_l0": .zeros(4),
])
let fifths = Tensor.full([30, 1, 1], 0.2)
let (added, counted) = (adder(fifths).hn.item, counter(fifths).states.cn.item)
print(slope(0).sigma)
print(slope(0).tanh)
print(slope(18).tanh)
print(tanh(20.0))
print(sigmoid(40.0))
print(slope(3).tanh)
print(slope(3).sigma)
print(grew)
print(back)
print(100 * ascending)
print(100 * transposedOff)
print(immediate)
print(total)
print(pow(0.5, 30))
print(cut.highway.item)
print(cut.total.item)
print(held)
print(added)
print(counted)
print(growth[0])
print(growth[1])
print(growth[2])

// lessons/20-tutorials-mended.md:434
claim("both maxima are reached",
    slope(0).sigma == 0.25 && slope(0).tanh == 1)
claim("the slope of tanh is above 0 at 18 and at 19, and rounds to 0 at 19.1",
    slope(18).tanh > 0 && slope(19).tanh > 0 && slope(19.1).tanh == 0)
claim("both bounds are reached in doubles",
    tanh(20) == 1 && sigmoid(40) == 1)
claim("at 3 σ is the steeper",
    slope(3).sigma, isGreaterThan: 4 * slope(3).tanh)
claim("near 0 tanh is",
    slope(0.1).tanh, isGreaterThan: 3 * slope(0.1).sigma)
claim("every weight is below 1, and the product grows more than a hundred-thousandfold",
    grew, isGreaterThan: 1e5)
claim("w is above 1, and the product vanishes", back, isLessThan: 1e-30)
claim("latest on the left is right", descending, isLessThan: 1e-14)
claim("the other order is off by more than a tenth",
    ascending, isGreaterThan: 0.1)
claim("so is W for its transpose", transposedOff, isGreaterThan: 0.1)
claim("immediate and total differ",
    abs(immediate - total), isGreaterThan: 0.02)
claim("the highway is whole and the sum is nothing",
    cut.highway.item == 1 && cut.total.item == 0)
claim("the sign is held for a thousand steps", held, isGreaterThan: 0.9)
claim("the GRU stays below 1, the LSTM has counted",
    added < 1 && abs(counted - 30 * tanh(0.2)) < 1e-12)
claim("one layer: twice. More: more than twice, and more with each layer",
    growth[0] == 2 && growth[1] > 2.4 && growth[2] > growth[1])
claim("self-attention multiplies less than an LSTM below L = 2H, and more above",
    [16, 64, 256].allSatisfy { H in
        func attends(_ L: Int) -> Int { 4 * L * H * H + 2 * L * L * H }
        return (1..<2 * H).allSatisfy { attends($0) < 8 * $0 * H * H }
            && (2 * H + 1...4 * H).allSatisfy { attends($0) > 8 * $0 * H * H }
    })
let sized = [
    RNN(inputSize: 64, hiddenSize: 64).parameters, GRU(inputSize: 64, hiddenSize: 64).parameters,
    LSTM(inputSize: 64, hiddenSize: 64).parameters,
]
claim("weights are as 1 : 3 : 4, exactly",
    sized.map { $0.elementCount }, equals: [1, 3, 4].map { $0 * sized[0].elementCount })
// A step multiplies with each number of a matrix, and three times between vectors in a GRU and an LSTM.
let multiplied = zip(sized, [0, 3 * 64, 3 * 64]).map { p, between in
    p.filter { $0.tensor.shape.count == 2 }.reduce(between) { $0 + $1.tensor.shape.elementCount }
}
claim("multiplications to 1 %, but not exactly",
    zip(multiplied, [1, 3, 4]).allSatisfy { abs(Double($0) / Double(multiplied[0] * $1) - 1) < 0.01 }
        && multiplied[1] != 3 * multiplied[0] && multiplied[2] != 4 * multiplied[0])

// lessons/20-tutorials-mended.md:522
/// Weights numbered 1, 2, 3, … in Keras's shapes; each is a number's sine.
func sines(_ shapes: [Shape]) -> [Tensor] {
    var first = 1
    return shapes.map { shape in
        defer { first += shape.elementCount }
        let numbers = Tensor.arange(shape.elementCount) + Double(first)
        return sin(numbers).reshaped(shape)
    }
}
/// `order[i]` is the place that our block i has in Keras.
func fromKeras(_ weights: [Tensor], order: [Int]) -> Parameters {
    func rows(_ w: Tensor) -> Tensor {              // (…, kH) → (kH, …)
        let blocks = w.chunk(order.count, axis: -1)
        return cat(order.map { blocks[$0] }, axis: -1).transposed()
    }
    let biases = weights[2].shape.count == 2
        ? weights[2] : stack([weights[2], 0 * weights[2]])
    let both = rows(biases)                         // (kH, 2)
    return [
        "weight_ih_l0": rows(weights[0]), "weight_hh_l0": rows(weights[1]),
        "bias_ih_l0": both[.all, 0], "bias_hh_l0": both[.all, 1],
    ]
}
let three = Tensor([[[1, 0]], [[0, 1]], [[-1, 0.5]]])
let ofGRU = sines([[2, 9], [3, 9], [2, 9]])
let rnn = RNN(inputSize: 2, hiddenSize: 3)
let lstm3 = LSTM(inputSize: 2, hiddenSize: 3)
let gru = GRU(inputSize: 2, hiddenSize: 3)
let unordered = GRU(inputSize: 2, hiddenSize: 3)
let before = GRU(inputSize: 2, hiddenSize: 3, resetAfter: false)
try rnn.load(fromKeras(sines([[2, 3], [3, 3], [3]]), order: [0]))
try lstm3.load(
    fromKeras(sines([[2, 12], [3, 12], [12]]), order: [0, 1, 2, 3]))
try gru.load(fromKeras(ofGRU, order: [1, 0, 2]))    // z r h → r z n
try unordered.load(fromKeras(ofGRU, order: [0, 1, 2]))
try before.load(fromKeras(sines([[2, 9], [3, 9], [9]]), order: [1, 0, 2]))

func last(_ output: Tensor) -> [Double] {
    output[-1, 0].values.map { round($0 * 1e6) / 1e6 }
}
print("RNN", last(rnn(three).output))
print("LSTM", last(lstm3(three).output))
print("GRU", last(gru(three).output))
print("GRU, blocks not reordered", last(unordered(three).output))

// lessons/20-tutorials-mended.md:621
// What Keras 3.15 answered, to seven places. (PyTorch lacks the last.)
let kerasSaid = [
    (rnn(three).output, Tensor([-0.9473951, -0.9941803, -0.8735538])),
    (lstm3(three).output, Tensor([-0.2883592, -0.1624201, 0.0665006])),
    (gru(three).output, Tensor([-0.1724214, -0.8094284, -0.7227081])),
    (before(three).output, Tensor([0.4126333, -0.6029440, -0.8740488])),
]
let names = ["SimpleRNN", "LSTM", "GRU", "GRU, reset_after=False"]
for (name, pair) in zip(names, kerasSaid) {
    claim("\(name): ours is Keras's answer",
        pair.0[-1, 0], equals: pair.1, within: 1e-7)
}
claim("not reordered, a number is off by more than a half",
    abs(unordered(three).output - gru(three).output)[-1].max().item, isGreaterThan: 0.5)

// lessons/20-tutorials-mended.md:648
func reach<Layer: RecurrentLayer>(_ make: () -> Layer, keras blocks: Int? = nil) -> [Double] {
    var shares = Tensor.zeros(31)
    for seed in 0..<3 {
        manualSeed(UInt64(seed))
        let layer = make(), p = layer.parameters
        if let blocks {
            let bound = sqrt(6 / Double(8 + 32 * blocks))         // Glorot's
            noGrad {
                p["weight_ih_l0"][.all] = (Tensor.rand(32 * blocks, 8) * 2 - 1) * bound
                p["weight_hh_l0"][.all] = .orthogonal(32 * blocks, 32)
                p["bias_ih_l0"][.all] = .zeros(32 * blocks)
                p["bias_hh_l0"][.all] = .zeros(32 * blocks)
                if blocks == 4 { p["bias_ih_l0"][32..<64] = .ones(32) }
            }
        }
        let x = Parameter(0.1 * Tensor.randn(31, 1, 8))
        (layer.trace(x).output[-1] * Tensor.randn(32)).sum().backward()
        let sizes = x.gradient!.squeeze(1).norm(axis: 1)
        shares = shares + sizes.flip(axis: 0) / sizes[30] / 3
    }
    return shares.values
}
let starts = [
    ("RNN, Keras", reach({ RNN(inputSize: 8, hiddenSize: 32) }, keras: 1)),
    ("LSTM, Keras", reach({ LSTM(inputSize: 8, hiddenSize: 32) }, keras: 4)),
    ("RNN, PyTorch", reach { RNN(inputSize: 8, hiddenSize: 32) }),
    ("LSTM, PyTorch", reach { LSTM(inputSize: 8, hiddenSize: 32) }),
]
show(
    lines: starts.map { (name: $0.0, values: $0.1) },
    x: "k, steps back", y: "share", yScale: .logarithmic)

// lessons/20-tutorials-mended.md:685
let left = starts.map { $0.1[30] }
claim("Keras's RNN keeps more than a million times as much as PyTorch's over thirty steps",
    left[0], isGreaterThan: 1e6 * left[2])
claim("Keras's LSTM more than a thousand times as much",
    left[1], isGreaterThan: 1000 * left[3])
claim("and Keras's plain RNN more than its LSTM",
    left[0], isGreaterThan: left[1])
claim("more than a fifth is left in it", left[0], isGreaterThan: 0.2)
print(left[2])
print(left[0])

// lessons/20-tutorials-mended.md:705
// Scores (2, 1), the first is right. Taken for probabilities, as by default
// in Keras, they are divided by their sum.
let asScores = crossEntropy(Tensor([2.0, 1]), 0).item
let asProbabilities = -log(2.0 / (2 + 1))
claim("as scores: log(1 + 1/e)",
    asScores, equals: log(1 + exp(-1)), within: 1e-15)
claim("taken for probabilities it is more than a quarter larger",
    asProbabilities / asScores, isGreaterThan: 1.25)

// Two gradients, clipped together (PyTorch) and each by itself (clipnorm).
let two: Parameters = [
    "a": Parameter(Tensor([3.0, 4])), "b": Parameter(Tensor([0.6, 0.8])),
]
for (_, p) in two { p.gradient = p.detach() }
clipGradientNorm(two, 1)
let lengths2 = two.map { $0.tensor.gradient!.norm().item }
let apartClipped = [5.0, 1].map { min($0, 1) }
claim("together: a stays five times as long as b",
    lengths2[0] / lengths2[1], equals: 5, within: 1e-9)
claim("each by itself: both are equally long, the step is turned",
    apartClipped, equals: [1, 1])

// z taken for z kept: one sign decides.
let taken = GRU(inputSize: 2, hiddenSize: 3, updateGate: .takesCandidate)
try taken.load(gru.parameters)
let misread = abs(taken(three).output - gru(three).output).max().item
claim("the same weights, read by the other z: off by more than a tenth",
    misread, isGreaterThan: 0.1)
for name in taken.parameters.names {
    noGrad { taken.parameters[name][3..<6] *= -1 }      // rows r r r z z z n n n
}
claim("with the signs of z's rows turned, the same layer",
    taken(three).output, equals: gru(three).output, within: 1e-14)

// Told the lengths: past the end 0, and hn is the last real state.
let (told, toldState) = gru(cat([three, three]), lengths: [3])
claim("past the end 0", told[3...], equals: 0)
claim("hn is the output at the end", toldState[0], equals: told[2])
let (every, states3) = lstm3(three)
claim("every step's output, and a pair of last states",
    every.shape == [3, 1, 3] && states3.hn.shape == [1, 1, 3] && states3.cn.shape == [1, 1, 3])
claim("what Keras returns by default is the last of them",
    every[-1], equals: states3.hn[0])

// lessons/20-tutorials-mended.md:799
let deep = LSTM(
    inputSize: 10, hiddenSize: 20, numLayers: 3, batchFirst: true,
    bidirectional: true)
let start = Tensor.zeros(6, 8, 20)
let (deepOut, (deepH, _)) = deep(.randn(8, 15, 10), (start, start))
let vector = cat([deepH[-2], deepH[-1]], axis: 1)
claim("(6, 8, 20) is accepted, and comes back",
    deepH.shape, equals: [6, 8, 20])
claim("one vector of 40 for each sentence", vector.shape, equals: [8, 40])
let ends = cat([deepOut[.all, -1, ..<20], deepOut[.all, 0, 20...]], axis: 1)
claim("its halves stand at the two ends", vector, equals: ends, within: 0)

// lessons/20-tutorials-mended.md:820
func count(batchFirst: Bool) -> Int {
    let layer = RNN(inputSize: 5, hiddenSize: 6, batchFirst: batchFirst)
    let a = Tensor.randn(4, 4, 5), b = a.clone()
    b[1, 2] = .zeros(5)
    let moved = abs(layer(a).output - layer(b).output).max(axis: 2) .> 0
    return Int(moved.sum().item)
}
claim("batch first: two", count(batchFirst: true), equals: 2)
claim("time first: three", count(batchFirst: false), equals: 3)

// lessons/20-tutorials-mended.md:839
func hundredSteps(_ w: Double) -> Double {
    let W = Tensor.full([50, 50], w)
    let last = (0..<100).reduce(Tensor.ones(50)) { v, _ in matmul(W, v) }
    return last.norm().item
}
let one = Tensor.ones(50).norm().item
claim("at 0.02 it stays",
    hundredSteps(0.02) / one, equals: 1, within: 1e-9)
claim("at 0.021 it has grown a hundredfold",
    hundredSteps(0.021) / one, isGreaterThan: 100)
claim("at 0.019 it has shrunk as far",
    hundredSteps(0.019) / one, isLessThan: 0.01)

// lessons/20-tutorials-mended.md:861
func difference(
    moving rows: Range<Int>, resetOpen: Bool = false, secondZero: Bool = false
) throws -> Double {
    let kept = GRU(inputSize: 2, hiddenSize: 3)
    let added = GRU(inputSize: 2, hiddenSize: 3)
    try kept.load(gru.parameters)
    let p = kept.parameters
    if resetOpen { noGrad { p["bias_ih_l0"][0..<3] = .full([3], 60) } }
    if secondZero { noGrad { p["bias_hh_l0"][6..<9] = .zeros(3) } }
    try added.load(p)
    let q = added.parameters
    noGrad {
        q["bias_ih_l0"][rows] += p["bias_hh_l0"][rows]
        q["bias_hh_l0"][rows] = .zeros(3)
    }
    return abs(kept(three).output - added(three).output).max().item
}
claim("r: the same", try difference(moving: 0..<3), isLessThan: 1e-14)
claim("z: the same", try difference(moving: 3..<6), isLessThan: 1e-14)
claim("n: not", try difference(moving: 6..<9), isGreaterThan: 0.01)
claim("n with r = 1: the same",
    try difference(moving: 6..<9, resetOpen: true), isLessThan: 1e-14)
claim("n with b_hn = 0: the same",
    try difference(moving: 6..<9, secondZero: true), isLessThan: 1e-14)

// lessons/20-tutorials-mended.md:903
let bi = LSTM(
    inputSize: 100, hiddenSize: 64, batchFirst: true, bidirectional: true)
let drop = Dropout(0.5), fc = Linear(128, 5)
func scores(_ x: Tensor, _ lengths: [Int]) -> Tensor {
    let (_, (hn, _)) = bi(x, lengths: lengths)
    return fc(drop(cat([hn[0], hn[1]], axis: 1)))
}
let (texts, ends7) = (Tensor.randn(3, 7, 100), [7, 4, 2])
claim("in training two calls differ",
    scores(texts, ends7) != scores(texts, ends7))
drop.eval()
let answers = scores(texts, ends7)
claim("five scores for each sentence", answers.shape, equals: [3, 5])
let wider = cat([texts, .ones(3, 2, 100)], axis: 1)
claim("more filling, of anything, changes nothing",
    scores(wider, ends7), equals: answers, within: 0)
let alone = scores(texts[1..<2, 0..<4], [4])
claim("nor does company", alone[0], equals: answers[1], within: 1e-14)
let loss = crossEntropy(1000 * oneHot([0, 1, 4], classes: 5), [0, 1, 4]).item
claim("and the loss of right and certain scores is 0", loss, equals: 0)

// lessons/20-tutorials-mended.md:929
expectTrap("input must have 64 features") {
let refused = Linear(64, 5)(bi(texts).output[.all, -1])
}
