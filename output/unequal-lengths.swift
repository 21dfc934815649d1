// Unequal lengths — the PAD that leaks
//
// The program of lessons/13-unequal-lengths.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release unequal-lengths.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/13-unequal-lengths.md:10
let words = Vocabulary(["PAD", "好", "坏", "不"])
let sentences: [[Int]] = (0...4).flatMap { count in
    ["好", "坏"].map { last in
        words.numbers(of: Array(repeating: "不", count: count) + [last])
    }
}
let lengths = sentences.map { $0.count }
// 好 is 1 and 坏 is 2; each 不 before it turns the meaning round.
let isBad = sentences.map { ($0.last! + $0.count) % 2 }

/// For each step a word of every sentence; short sentences end in PAD, 0.
func box(_ sentences: [[Int]], wider: Int = 0) -> [[Int]] {
    (0..<sentences.map { $0.count }.max()! + wider).map { t in
        sentences.map { t < $0.count ? $0[t] : 0 }
    }
}
func column(_ t: Int) -> [String] { box(sentences)[t].map { words.words[$0] } }
show(table: [
    "t = 1": column(0), "t = 2": column(1), "t = 3": column(2),
    "t = 4": column(3), "t = 5": column(4),
    "means": isBad.map { $0 == 1 ? "bad" : "good" },
])
claim("half of the ten are good", isBad.filter { $0 == 0 }.count, equals: 5)

// lessons/13-unequal-lengths.md:40
/// An embedding whose PAD is zero, a recurrent layer with six units, a verdict from its last state.
final class Reader: Layer {
    let embedding = Embedding(4, 3, paddingIndex: 0), verdict = Linear(6, 2)
    let inner: Parameters
    let read: (Tensor, [Int]?) -> Tensor

    init(_ inner: Parameters, _ read: @escaping (Tensor, [Int]?) -> Tensor) {
        self.inner = inner
        self.read = read
    }
    var parameters: Parameters {
        Parameters(of: ["embedding": embedding.parameters, "inner": inner, "verdict": verdict.parameters])
    }
    func callAsFunction(_ steps: [[Int]], lengths: [Int]? = nil) -> Tensor {
        verdict(read(embedding(steps), lengths))
    }
}
func train(_ reader: Reader, lengths: [Int]?) -> Double {
    let adam = Adam(reader.parameters, learningRate: 0.03)
    var last = 0.0
    for _ in 0..<150 {
        let loss = crossEntropy(reader(box(sentences), lengths: lengths), isBad)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        last = loss.item
    }
    return last
}
func countRight(_ verdicts: Tensor) -> Int {
    zip(verdicts.argmax(axis: 1).integers, isBad).filter { $0 == $1 }.count
}
manualSeed(1)
let naiveGRU = GRU(inputSize: 3, hiddenSize: 6)
let naive = Reader(naiveGRU.parameters) { naiveGRU($0, lengths: $1).hn[0] }
let naiveLoss = train(naive, lengths: nil)
print("loss:", naiveLoss, " right:", countRight(naive(box(sentences))), "of 10")
claim("it has learned all ten", countRight(naive(box(sentences))), equals: 10)
claim("and is sure of them", naiveLoss, isLessThan: 0.01)

// lessons/13-unequal-lengths.md:87
let rightly = (0...8).map { countRight(naive(box(sentences, wider: $0))) }
show(
    lines: ["right, of ten": rightly],
    x: "more PADs", y: "sentences", yRange: 0...10)
let company = box(sentences + [[3, 3, 3, 3, 3, 1]])
claim("beside 不不不不不好, none", countRight(naive(company)), equals: 0)
claim(
    "every further PAD turns all ten round",
    rightly, equals: [10, 0, 10, 0, 10, 0, 10, 0, 10])

// lessons/13-unequal-lengths.md:103
let nots = sentences.map { row in row.filter { $0 == 3 }.count }
let pads = lengths.map { 5 - $0 }
claim(
    "PADs and 不 are four together in every row",
    zip(nots, pads).allSatisfy { $0 + $1 == 4 })
let alone = sentences.map { naive(box([$0])).argmax(axis: 1).integers[0] }
show(table: [
    "不": nots, "last word": sentences.map { words.words[$0.last!] },
    "means": isBad.map { $0 == 1 ? "bad" : "good" },
    "read alone": alone.map { $0 == 1 ? "bad" : "good" },
])
claim(
    "alone, each is read as if its last word were all",
    alone, equals: sentences.map { $0.last! == 2 ? 1 : 0 })

// lessons/13-unequal-lengths.md:130
manualSeed(1)
let rnn = RNN(inputSize: 3, hiddenSize: 6)
let rnnReader = Reader(rnn.parameters) { rnn($0, lengths: $1).hn[0] }
manualSeed(1)
let lstm = LSTM(inputSize: 3, hiddenSize: 6)
let lstmReader = Reader(lstm.parameters) { lstm($0, lengths: $1).states.hn[0] }
manualSeed(1)
let gru = GRU(inputSize: 3, hiddenSize: 6)
let reader = Reader(gru.parameters) { gru($0, lengths: $1).hn[0] }
let readers = [rnnReader, lstmReader, reader]
let finalLosses = readers.map { train($0, lengths: lengths) }

func afterPads(_ reader: Reader) -> [Double] {
    (0...10).map { count in
        // Each sentence by itself: all get the same number of PADs.
        sentences.indices.map { n in
            let steps = box([sentences[n]], wider: count)
            return softmax(reader(steps))[0, isBad[n]].item
        }.reduce(0, +) / 10
    }
}
let leaks = readers.map { afterPads($0) }
show(
    lines: ["RNN": leaks[0], "LSTM": leaks[1], "GRU": leaks[2]],
    x: "PADs after the sentence", y: "p of the right verdict", yRange: 0...1)
claim("all three have learned", finalLosses.allSatisfy { $0 < 0.01 })
claim("without PADs all are sure", leaks.allSatisfy { $0[0] > 0.99 })
claim(
    "ten PADs later none knows more than a coin",
    leaks.allSatisfy { abs($0[10] - 0.5) < 0.05 })
claim(
    "PAD's embedding is zero to the end",
    reader.embedding.weight[0], equals: 0)

// lessons/13-unequal-lengths.md:179
let rightlyTold = (0...8).map {
    countRight(reader(box(sentences, wider: $0), lengths: lengths))
}
claim(
    "ten of ten, nine times",
    rightlyTold, equals: Array(repeating: 10, count: 9))

// lessons/13-unequal-lengths.md:191
manualSeed(0)
let layer = GRU(inputSize: 3, hiddenSize: 4)
let x = (Tensor.arange(45).reshaped(5, 3, 3) - 22) / 22
let (output, hn) = layer(x, lengths: [5, 3, 2])
print("output", output.shape)
print("hn", hn.shape)
print("third, last state", hn[0, 2].values)
print("third, output at its end", output[1, 2].values)
print("third, output past its end", output[4, 2].values)

// lessons/13-unequal-lengths.md:225
let given = [5, 3, 2]
let eachAlone = given.indices.map { n in layer(x[0..<given[n], n]).hn[0] }
claim(
    "each as if alone, to the last bit",
    stack(eachAlone), equals: hn[0], within: 0)

let cell = GRUCell(inputSize: 3, hiddenSize: 4)
let names = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"]
try cell.parameters.load(
    Parameters(names.map { ($0, layer.parameters[$0 + "_l0"]) }))
var state = Tensor.zeros(3, 4)
for t in 0..<5 {
    let μ = Tensor(given.map { t < $0 ? 1.0 : 0.0 }).unsqueeze(1)
    state = μ * cell(x[t], state) + (1 - μ) * state
}
claim("the mask by hand gives the same", state, equals: hn[0], within: 1e-15)

let nonsense = x.clone()
nonsense[3..., 1] = Tensor.full([2, 3], 1e6)
claim(
    "what stands past the end is not read",
    layer(nonsense, lengths: given).hn, equals: hn, within: 0)
claim(
    "without lengths the short ones change",
    (layer(x).hn - hn)[0, 1...].abs().max(axis: 1), isGreaterThan: 0.01)
claim("and only they", layer(x).hn[0, 0], equals: hn[0, 0], within: 0)

// lessons/13-unequal-lengths.md:257
func gradientAtSteps(_ lengths: [Int]?) -> [Double] {
    let input = Parameter(x)
    let hn = layer(input, lengths: lengths).hn
    (hn * hn).sum().backward()
    return input.gradient![.all, 2].norm(axis: 1).values
}
let withLengths = gradientAtSteps(given), without = gradientAtSteps(nil)
show(
    lines: ["with lengths": withLengths, "without": without],
    at: Array(1...5), x: "t", y: "size of ∂ℒ/∂x")
claim(
    "with lengths nothing reaches the three PADs",
    Tensor(Array(withLengths[2...])), equals: 0)
claim(
    "both real steps get something",
    Tensor(Array(withLengths[..<2])), isGreaterThan: 0.001)
func weightGradients(_ hns: () -> [Tensor]) -> [Tensor] {
    layer.parameters.zeroGradients()
    for hn in hns() { (hn * hn).sum().backward() }
    return names.map { layer.parameters[$0 + "_l0"].gradient! }
}
let ofBatch = weightGradients { [layer(x, lengths: given).hn] }
let ofEach = weightGradients {
    given.indices.map { n in layer(x[0..<given[n], n]).hn }
}
let unmasked = weightGradients { [layer(x).hn] }
for (name, (batch, each)) in zip(names, zip(ofBatch, ofEach)) {
    claim("\(name): the sum over the sequences alone",
        batch, equals: each, within: 1e-14)
}
claim(
    "without lengths it is another",
    (unmasked[1] - ofEach[1]).norm().item, isGreaterThan: 0.01)
claim(
    "without, the last PAD gets more than the first word",
    without[4], isGreaterThan: without[0])

// lessons/13-unequal-lengths.md:301
claim(
    "output[-1] is zero for the short ones", output[-1][1...], equals: 0)
let ends = stack(given.indices.map { n in output[given[n] - 1, n] })
claim(
    "the output at each one's end is hn", ends, equals: hn[0], within: 0)

// lessons/13-unequal-lengths.md:317
let twoWays = GRU(inputSize: 3, hiddenSize: 6, bidirectional: true)
// The trained reader's weights in both directions.
try twoWays.parameters.load(
    Parameters(
        gru.parameters.map { ($0.name, $0.tensor) }
            + gru.parameters.map { ($0.name + "_reverse", $0.tensor) }))
let spoken = reader.embedding(box([[3, 3, 2]], wider: 5))
let told = twoWays(spoken, lengths: [3]).output
let untold = twoWays(spoken).output
let off = (untold - told)[0..<3, 0]
let forwards = off[.all, 0..<6].norm(axis: 1)
let backwards = off[.all, 6...].norm(axis: 1)
show(
    lines: ["forwards": forwards.values, "backwards": backwards.values],
    at: Array(1...3), x: "t", y: "distance from the right output", yRange: 0...)
claim("forwards all three are right", forwards, equals: 0)
claim("backwards none is", backwards, isGreaterThan: 0.1)
claim(
    "told the length, both are as in a box of three",
    told[0..<3], equals: twoWays(reader.embedding(box([[3, 3, 2]]))).output,
    within: 0)

// lessons/13-unequal-lengths.md:349
let texts = ["我爱北京天安门", "欢迎来北京", "你好吗", "你好", "谢谢", "再见"]
var signs = ["PAD", "^", "。"]
for sign in texts.joined() where !signs.contains(String(sign)) {
    signs.append(String(sign))
}
let alphabet = Vocabulary(signs)
let phrases = texts.map { text in
    alphabet.numbers(of: text.map { String($0) })
}
let inputs = box(phrases.map { [1] + $0 })       // ^ 你 好
let targets = box(phrases.map { $0 + [2] })      // 你 好 。
let flat = targets.flatMap { $0 }
let padShare = Double(flat.filter { $0 == 0 }.count) / Double(flat.count)
func row(_ n: Int) -> [String] { targets.map { signs[$0[n]] } }
show(table: [
    "t": Array(1...8), "1st": row(0), "2nd": row(1), "3rd": row(2),
    "4th": row(3), "5th": row(4), "6th": row(5),
])
claim("more than four of ten places are PAD", padShare, isGreaterThan: 0.4)

// lessons/13-unequal-lengths.md:378
typealias Course = (printed: [Double], real: [Double], logits: Tensor)
func learn(isMasked: Bool) -> Course {
    manualSeed(3)
    let embedding = Embedding(signs.count, 8, paddingIndex: 0)
    let gru = GRU(inputSize: 8, hiddenSize: 16)
    let readout = Linear(16, signs.count)
    let adam = Adam(
        Parameters(of: [
            embedding.parameters, gru.parameters, readout.parameters,
        ]), learningRate: 0.02)
    var (printed, real, logits) = ([Double](), [Double](), Tensor(0))
    for _ in 0..<60 {
        let output = gru(embedding(inputs)).output
        logits = readout(output).reshaped(flat.count, signs.count)
        let onReal = crossEntropy(logits, flat, ignoreIndex: 0)
        let loss = isMasked ? onReal : crossEntropy(logits, flat)
        printed.append(loss.item)
        real.append(onReal.item)
        adam.zeroGrad()
        loss.backward()
        adam.step()
    }
    return (printed, real, logits)
}
let leaky = learn(isMasked: false), clean = learn(isMasked: true)
show(
    lines: [
        "leaky, printed": leaky.printed,
        "leaky, real": leaky.real,
        "masked, real": clean.real,
    ], x: "step", y: "loss", size: .tall)
let middle = 15..<60
claim(
    "from step 15 on the leaky one prints the smaller loss",
    middle.allSatisfy { leaky.printed[$0] < clean.printed[$0] })
let padLoss = (leaky.printed[15] - (1 - padShare) * leaky.real[15]) / padShare
claim(
    "by then PAD is all but learned",
    padLoss, isLessThan: 0.1 * leaky.real[15])
claim(
    "and it is the worse on real characters",
    middle.allSatisfy { leaky.real[$0] > clean.real[$0] })
print(leaky.real.firstIndex { $0 < clean.real[20] }!)
print(padLoss)

// lessons/13-unequal-lengths.md:427
// Four beginnings of six come once, 你 twice; after 你好 comes 吗 or 。
let real = Double(flat.filter { $0 != 0 }.count)
let floor = (4 * log(6.0) + 2 * log(3.0) + 2 * log(2.0)) / real
show(bars: ["floor": floor, "masked": clean.real[59], "leaky": leaky.real[59]])
claim("neither gets below it", leaky.real[59] > floor && clean.real[59] > floor)
claim("the masked one is within 3 %", clean.real[59], isLessThan: 1.03 * floor)
claim("the leaky one within 10 %", leaky.real[59], isLessThan: 1.1 * floor)
claim(
    "what is printed of the leaky one is far below",
    leaky.printed[59], isLessThan: 0.7 * floor)

// lessons/13-unequal-lengths.md:446
let perPlace = crossEntropy(clean.logits, flat, reduction: .none)
let mask = Tensor(flat.map { $0 == 0 ? 0.0 : 1.0 })
let byHand = (mask * perPlace).sum() / mask.sum()
let ignoring = crossEntropy(clean.logits, flat, ignoreIndex: 0)
claim(
    "mask by hand = ignoreIndex",
    byHand.item, equals: ignoring.item, within: 1e-14)
claim(
    "dividing by all places instead is a smaller number, by the share of PAD",
    (mask * perPlace).mean().item, equals: (1 - padShare) * ignoring.item,
    within: 1e-14)
claim(
    "where all is PAD there is no mean: not a number",
    crossEntropy(clean.logits[0..<2], [0, 0], ignoreIndex: 0).item.isNaN)

// lessons/13-unequal-lengths.md:466
let shared = inputs.map { row in row.map { $0 == 0 ? 1 : $0 } }.flatMap { $0 }
let struck = shared.filter { $0 == 1 }.count
let fillings = inputs.flatMap { $0 }.filter { $0 == 0 }.count
print("struck out:", struck, " of which filling:", fillings)
claim("all six beginnings are struck out too", struck, equals: fillings + 6)

// lessons/13-unequal-lengths.md:479
let votes = (mask * perPlace).reshaped(8, 6), present = mask.reshaped(8, 6)
let sums = votes.sum(axis: 0), counts = present.sum(axis: 0)
let overSentences = (sums / counts).mean().item
func overWords(_ range: Range<Int>) -> Double {
    sums[range].sum().item / counts[range].sum().item
}
let halves = [overWords(0..<3), overWords(3..<6)]
show(table: [
    "mean": ["over words", "over sentences", "over two half batches"],
    "loss": [overWords(0..<6), overSentences, (halves[0] + halves[1]) / 2],
])
claim(
    "over words is what ignoreIndex gives",
    overWords(0..<6), equals: ignoring.item, within: 1e-14)
claim(
    "over sentences it is more than a tenth higher here",
    overSentences, isGreaterThan: 1.1 * ignoring.item)
claim(
    "the mean of two halves' means is not the whole's",
    (halves[0] + halves[1]) / 2, isGreaterThan: 1.1 * ignoring.item)
let words0 = counts[0..<3].sum().item, words1 = counts[3...].sum().item
let weighted = (words0 * halves[0] + words1 * halves[1]) / (words0 + words1)
claim(
    "weighted by their words it is",
    weighted, equals: ignoring.item, within: 1e-14)

// lessons/13-unequal-lengths.md:515
manualSeed(0)
let drawn = Tensor.randint(1, 41, [256]).integers
func waste(_ lengths: [Int]) -> Double {
    let places = stride(from: 0, to: lengths.count, by: 16).map { start in
        16 * lengths[start..<start + 16].max()!
    }.reduce(0, +)
    return 1 - Double(lengths.reduce(0, +)) / Double(places)
}
show(
    bars: ["by chance": waste(drawn), "sorted": waste(drawn.sorted())],
    label: "share of PAD")
claim(
    "by chance almost half of all places is filling",
    waste(drawn), equals: 0.46, within: 0.01)
claim("sorted less than a tenth", waste(drawn.sorted()), isLessThan: 0.1)

let order = [2, 0, 1]
let reordered = stack(order.map { x[.all, $0] }, axis: 1)
let permuted = layer(reordered, lengths: order.map { given[$0] })
claim(
    "the order within a batch changes no result",
    permuted.hn[0], equals: hn[0][order], within: 0)

// lessons/13-unequal-lengths.md:552
func padding(_ lengths: [Int]) -> Int {
    lengths.map { lengths.max()! - $0 }.reduce(0, +)
}
claim("one box", padding([7, 3, 5, 1]), equals: 12)
claim("two boxes", padding([7, 5]) + padding([3, 1]), equals: 4)

// lessons/13-unequal-lengths.md:567
let oneWord = [3.0], nineWords = Array(repeating: 1.0, count: 9)
func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
}
claim("over words", mean(oneWord + nineWords), equals: 1.2, within: 1e-15)
claim("over sentences", mean([mean(oneWord), mean(nineWords)]), equals: 2)
let perplexity = exp(mean(oneWord + nineWords))
print("perplexity:", perplexity)
claim("perplexity", perplexity, equals: 3.32, within: 0.001)

// lessons/13-unequal-lengths.md:586
for bias in [true, false] {
    manualSeed(2)
    let rnn = RNN(inputSize: 3, hiddenSize: 4, bias: bias)
    let lstm = LSTM(inputSize: 3, hiddenSize: 4, bias: bias)
    let gru = GRU(inputSize: 3, hiddenSize: 4, bias: bias)
    let sequence = Tensor.randn(4, 1, 3)
    let filled = cat([Tensor.zeros(3, 1, 3), sequence])
    let off = [
        rnn(filled).hn - rnn(sequence).hn,
        lstm(filled).states.hn - lstm(sequence).states.hn,
        gru(filled).hn - gru(sequence).hn,
    ].map { $0.norm().item }
    print(bias ? "with biases:" : "without:", off)
    if bias {
        claim(
            "(a) with biases none is right", off.allSatisfy { $0 > 1e-4 })
    } else {
        claim(
            "(b) without them all three are, exactly",
            off, equals: [0, 0, 0])
    }
}

// lessons/13-unequal-lengths.md:618
let still = GRU(inputSize: 4, hiddenSize: 6)
var flag = Array(repeating: 0.0, count: 18)
for unit in 6..<12 { flag[unit] = 1000 }
var weights = Dictionary(
    uniqueKeysWithValues: gru.parameters.map { ($0.name, $0.tensor) })
weights["weight_ih_l0"] = cat(
    [gru.parameters["weight_ih_l0"], Tensor(flag).unsqueeze(1)], axis: 1)
try still.load(weights)
let wanted = gru(reader.embedding(box(sentences)), lengths: lengths).hn
for wider in [0, 1, 10] {
    let steps = box(sentences, wider: wider)
    let flags = Tensor(steps.map { $0.map { $0 == 0 ? 1.0 : 0.0 } })
    let flagged = cat(
        [reader.embedding(steps), flags.unsqueeze(2)], axis: 2)
    let reached = still(flagged).hn
    claim(
        "wider by \(wider): the same states",
        reached, equals: wanted, within: 0)
    claim(
        "and ten right verdicts",
        countRight(reader.verdict(reached[0])), equals: 10)
}
