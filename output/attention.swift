// Attention — looking back
//
// The program of lessons/18-attention.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release attention.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/18-attention.md:19
let places = ["我", "爱", "北京"]
let keys = Tensor([[1.0, 0], [0, 0], [0, 1]])
let values = Tensor([[10.0, 0], [0, 10], [10, 10]])
let city = Tensor([[0.0, 3]])
let look = DotProductAttention(isScaled: false).trace(city, keys, values)
show(attention: look, queries: ["a city?"], keys: places)
print("weights", look.weights[0].values.map { ($0 * 1e6).rounded() / 1e6 })
print("output", look.output[0].values.map { ($0 * 1e6).rounded() / 1e6 })

// lessons/18-attention.md:50
func weight(_ place: Int) -> (Double) -> Double {
    { x in softmax(matmul(keys, Tensor([0, x])))[place].item }
}
show(
    lines: ["我": weight(0), "北京": weight(2)], from: -5, through: 5,
    x: "x", y: "α")
claim(
    "with the query 0 the answer is the plain mean of the values",
    DotProductAttention(isScaled: false)(city * 0, keys, values).output[0],
    equals: values.mean(axis: 0), within: 1e-12)
claim(
    "with a query ten times as long it is the city's value",
    DotProductAttention(isScaled: false)(city * 10, keys, values).output[0],
    equals: values[2], within: 1e-9)

// lessons/18-attention.md:69
claim("the weights add up to 1", look.weights.sum().item, equals: 1, within: 1e-15)
claim("nine tenths of the look go to the city", look.weights[0, 2].item, equals: 0.9, within: 0.02)
claim("我 and 爱 get the same weight, whatever is asked of the second feature", (-5...5).allSatisfy { weight(0)(Double($0)) == weight(1)(Double($0)) } && look.weights[0, 0].item == look.weights[0, 1].item)
claim("at −5 the city gets less than a hundredth", weight(2)(-5), isLessThan: 0.01)
claim("and the city's weight grows with x all the way", (-5..<5).allSatisfy { weight(2)(Double($0)) < weight(2)(Double($0 + 1)) })

// lessons/18-attention.md:93
manualSeed(7)
let additive = AdditiveAttention(querySize: 2, keySize: 3, hiddenSize: 5)
let (asked, held) = (Tensor.randn(1, 2), Tensor.randn(4, 3))
let scored = additive.trace(asked, held, held)
let w = additive.parameters
let W_q = w["W_q.weight"], W_k = w["W_k.weight"], w_v = w["w_v.weight"]
let inside = matmul(W_q, asked[0]) + matmul(W_k, held[2])
show(scored.weights, "α")
claim(
    "the third score is w_v · tanh(W_q q + W_k k₃)",
    scored.scores[0, 2].item,
    equals: matmul(w_v[0], tanh(inside)).item, within: 1e-15)

// lessons/18-attention.md:115
manualSeed(0)
let widths = [4, 16, 64, 256]
var deviation: [Double] = [], plain: [Double] = []
var scaled: [Double] = [], slope: [Double] = []
for d in widths {
    let (q, k) = (Tensor.randn(200, 1, d), Tensor.randn(200, 10, d))
    let scores = matmul(q, k.transposed(1, 2)).squeeze(1)
    deviation.append(scores.std().item)
    let largest = softmax(scores).max(axis: 1)
    plain.append(largest.mean().item)
    slope.append((largest * (1 - largest)).mean().item)
    let calm = softmax(scores / Double(d).squareRoot()).max(axis: 1)
    scaled.append(calm.mean().item)
}
show(
    lines: ["q · k": plain, "q · k / √d": scaled], at: widths,
    x: "d", y: "largest weight", xScale: .logarithmic, yRange: 0...1)
show(table: [
    "d": widths, "spread of q · k": deviation, "slope": slope,
])
print(plain[3])

// lessons/18-attention.md:142
claim("the standard deviation is √d for each of the four, to a twentieth", zip(deviation, widths).allSatisfy { abs($0 / Double($1).squareRoot() - 1) < 0.05 })
claim("with 4 features the largest weight is about a half", plain[0], equals: 0.5, within: 0.08)
claim("with 256 it is nearly all", plain[3], isGreaterThan: 0.9)
claim("the slope falls with every step of d, to less than a third", slope[3] < slope[0] / 3 && zip(slope, slope.dropFirst()).allSatisfy { $0 > $1 })
claim("scaled, it is about the same for every d", scaled.max()! - scaled.min()!, isLessThan: 0.05)

// lessons/18-attention.md:158
manualSeed(0)
let module = Attention(
    querySize: 32, keySize: 32, valueSize1: 32, valueSize2: 64, outputSize: 64)
let (Q, K) = (Tensor.randn(1, 1, 32), Tensor.randn(1, 1, 32))
let V = Tensor.randn(1, 32, 64)
let (output, weights) = module(Q, K, V)
show(shapes: ["Q": Q, "K": K, "V": V, "output": output, "weights": weights])
print("output", output.shape, "weights", weights.shape)
print("largest weight", (weights.max().item * 1e6).rounded() / 1e6)
claim(
    "output (1, 1, 64), weights (1, 32)",
    output.shape == [1, 1, 64] && weights.shape == [1, 32])

// lessons/18-attention.md:191
let turned = module(Q, K, V.flip(axis: 1))
claim("this module's weights do not notice", turned.weights, equals: weights)
let followed = DotProductAttention(isScaled: false)
    .trace(city, keys.flip(axis: 0), values.flip(axis: 0))
claim(
    "the look-up by keys turns its weights around too",
    followed.weights, equals: look.weights.flip(axis: 1), within: 1e-15)
claim(
    "and gets the same answer",
    followed.output, equals: look.output, within: 1e-12)

// lessons/18-attention.md:207
expectTrap("V must have shape (1, 32, 64)") {
let longer = module(Q, K, Tensor.randn(1, 33, 64))
}

// lessons/18-attention.md:221
struct Batch { let source: [[Int]], lengths: [Int], given: [[Int]], wanted: [Int] }

final class Translator: Layer {
    let reading: Embedding, encoder: GRU
    let writing: Embedding, decoder: GRU, output: Linear
    let attends: Bool, words: Int
    var isScaled = false

    init(
        _ source: Int, _ target: Int, attends: Bool,
        features: Int = 16, units: Int = 24
    ) {
        reading = Embedding(source, features)
        encoder = GRU(inputSize: features, hiddenSize: units)
        writing = Embedding(target, features)
        decoder = GRU(inputSize: features, hiddenSize: units)
        output = Linear(attends ? 2 * units : units, target)
        (self.attends, words) = (attends, target)
    }
    var parameters: Parameters {
        Parameters(of: [
            "reading": reading.parameters, "encoder": encoder.parameters,
            "writing": writing.parameters, "decoder": decoder.parameters,
            "output": output.parameters,
        ])
    }
    func callAsFunction(
        _ batch: Batch
    ) -> (logits: Tensor, look: AttentionTrace?, x: Tensor) {
        let x = reading(batch.source)
        let (states, last) = encoder(x, lengths: batch.lengths)
        let (s, _) = decoder(writing(batch.given), last)
        guard attends else { return (output(s), nil, x) }
        // attention wants its sequences first: (N, steps, H)
        let (q, h) = (s.transposed(0, 1), states.transposed(0, 1))
        let look = DotProductAttention(isScaled: isScaled)
            .trace(q, h, h, mask: padding(batch.lengths))
        let both = cat([s, look.output.transposed(0, 1)], axis: 2)
        return (output(both), look, x)
    }
}
/// (N, 1, places): 1 where a sentence has a word, 0 where it is padded.
func padding(_ lengths: [Int]) -> Tensor {
    Tensor(lengths.map { n in [(0..<lengths.max()!).map { $0 < n ? 1.0 : 0.0 }] })
}

// lessons/18-attention.md:272
typealias Pair = (chinese: [String], english: [String])
let cities = [
    ("北京", "Beijing"), ("上海", "Shanghai"), ("西安", "Xi'an"),
    ("天津", "Tianjin"), ("成都", "Chengdu"),
]
let people = [
    ("我", "I", "me"), ("你", "you", "you"),
    ("我们", "we", "us"), ("他们", "they", "them"),
]
var pairs: [Pair] = []
for (city, name) in cities {
    pairs.append((["欢迎", "来", city], ["Welcome", "to", name]))
    for (who, subject, _) in people {
        pairs.append(([who, "爱", city], [subject, "love", name]))
        for (whom, _, object) in people where whom != who {
            pairs.append((
                [who, "在", city, "等", whom],
                [subject, "wait", "for", object, "in", name]))
        }
    }
}
func words(_ sentences: [[String]]) -> [String] {
    sentences.joined().reduce(into: []) {
        if !$0.contains($1) { $0.append($1) }
    }
}
let chinese = Vocabulary(words(pairs.map { $0.chinese }))
let english = Vocabulary(words(pairs.map { $0.english }) + ["⟨end⟩"])
manualSeed(0)
let lot = Tensor.randperm(pairs.count).integers.map { pairs[$0] }
let unseen = Array(lot[..<17]), seen = Array(lot[17...])

func batch(_ pairs: [Pair]) -> Batch {
    let (places, steps, end) = (
        pairs.map { $0.chinese.count }.max()!, pairs.map { $0.english.count }.max()! + 1, english.count - 1)
    func word(_ pair: Pair, _ t: Int) -> Int? {
        pair.english.indices.contains(t) ? english.number(of: pair.english[t]) : nil
    }
    return Batch(
        source: (0..<places).map { t in pairs.map { t < $0.chinese.count ? chinese.number(of: $0.chinese[t]) : 0 } },
        lengths: pairs.map { $0.chinese.count },
        given: (0..<steps).map { t in pairs.map { word($0, t - 1) ?? end } },
        wanted: (0..<steps).flatMap { t in pairs.map { word($0, t) ?? (t == $0.english.count ? end : -100) } })
}
/// How many sentences are right at every step, given the right words before: those that greedy decoding gets right.
func right(_ model: Translator, _ pairs: [Pair]) -> Int {
    let batch = batch(pairs)
    let said = noGrad { model(batch).logits.argmax(axis: 2).integers }
    return pairs.indices.filter { n in
        stride(from: n, to: said.count, by: pairs.count).allSatisfy { batch.wanted[$0] < 0 || batch.wanted[$0] == said[$0] }
    }.count
}
func trained(attends: Bool) -> (model: Translator, right: [(Int, Int)]) {
    manualSeed(1)
    let model = Translator(chinese.count, english.count, attends: attends)
    let adam = Adam(model.parameters, learningRate: 0.02)
    var progress = [(0, right(model, unseen))]
    for number in 0..<100 {
        let chosen = batch((0..<17).map { seen[(number * 17 + $0) % seen.count] })
        let logits = model(chosen).logits.view(chosen.wanted.count, english.count)
        let loss = crossEntropy(logits, chosen.wanted)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        if number % 10 == 9 { progress.append((number + 1, right(model, unseen))) }
    }
    return (model, progress)
}
let (model, withAttention) = trained(attends: true)
let (blindModel, without) = trained(attends: false)
show(
    lines: ["attention": withAttention, "without": without],
    x: "batches", y: "sentences right", yRange: 0...17)

// lessons/18-attention.md:351
claim(
    "with attention every unseen sentence is right",
    withAttention.last!.1, equals: unseen.count)
claim("and was so after half of the batches", withAttention.filter { $0.0 >= 50 }.allSatisfy { $0.1 == unseen.count })
claim("without it hardly any", without.last!.1, isLessThan: 4)
claim(
    "the new weights: 24 columns for each of the words",
    model.parameters.elementCount - blindModel.parameters.elementCount,
    equals: 24 * english.count)
print(withAttention.last!.1)
print(without.last!.1)

// lessons/18-attention.md:370
let sentence = pairs.first { $0.chinese == ["我", "在", "北京", "等", "他们"] }!
let alignment = model(batch([sentence])).look!
show(
    heatmap: alignment.weights[0], rows: sentence.english + ["⟨end⟩"],
    columns: sentence.chinese)

// lessons/18-attention.md:384
let exchange = pairs.first { $0.chinese == ["他们", "在", "北京", "等", "我"] }!
func read(_ pair: Pair) -> (states: Tensor, last: Tensor) {
    let one = batch([pair])
    let (states, last) = model.encoder(model.reading(one.source))
    return (states[.all, 0], last)
}
let (ours, theirs) = (read(sentence), read(exchange))
let s0 = model.decoder(model.writing([[english.count - 1]]), ours.last).output[0]
let opening = (0..<5).map { place in
    var states = ours.states.unbind()
    states[place] = theirs.states[place]
    let h = stack(states)
    let m = DotProductAttention(isScaled: false)(s0, h, h).output
    return softmax(model.output(cat([s0, m], axis: 1)))[0]
}
func chance(_ word: String) -> [Double] {
    opening.map { $0[english.number(of: word)].item }
}
show(table: [
    "state": sentence.chinese, "weight": alignment.weights[0, 0].values,
    "I": chance("I"), "they": chance("they"),
])

// lessons/18-attention.md:413
let most = alignment.weights[0].argmax(axis: 1).integers.map { sentence.chinese[$0] }
claim("wait and for → 等, them → 他们, in → 在, Beijing → 北京", most[1..<6] == ["等", "等", "他们", "在", "北京"])
claim("I → 在", most[0], equals: "在")
claim("the state after 在 exchanged: they, all but certainly", chance("they")[1], isGreaterThan: 0.95)
claim("the state after 我 exchanged: they before I, though its weight was below a tenth", chance("they")[0] > chance("I")[0] && alignment.weights[0, 0, 0].item < 0.1)
claim("any other exchanged: I all the same", chance("I")[2...].min()!, isGreaterThan: 0.95)
claim("Beijing looks nowhere else", alignment.weights[0, 5, 2].item, isGreaterThan: 0.95)

// lessons/18-attention.md:429
let mixed = batch([pairs[0], sentence])
let masked = model(mixed)
let shared = masked.look!.weights[0]
show(
    heatmap: shared[0..<4], rows: pairs[0].english + ["⟨end⟩"],
    columns: pairs[0].chinese + ["pad", "pad"])
claim("padding has weight 0, to the last bit", shared[.all, 3...], equals: 0)
claim(
    "and the sentence is translated as if it were alone",
    masked.logits[0..<4, 0],
    equals: model(batch([pairs[0]])).logits[.all, 0], within: 1e-12)

// lessons/18-attention.md:447
manualSeed(3)
let written = Tensor.randn(6, 4)
let mask = Tensor.causalMask(6)
let causal = DotProductAttention().trace(written, written, written, mask: mask)
let steps = (1...6).map { "\($0)" }
show(
    heatmap: causal.weights, rows: steps, columns: steps, rowTitle: "step",
    columnTitle: "looks at")
let rewritten = cat([written[..<4], Tensor.randn(2, 4)])
let after = DotProductAttention()(rewritten, rewritten, rewritten, mask: mask)
claim(
    "with other vectors at the last two places the first four outputs stay",
    after.output[..<4], equals: causal.output[..<4])
claim(
    "and the last two do not",
    abs(after.output[4...] - causal.output[4...]).min().item, isGreaterThan: 0)
claim("each step looks at nothing later", causal.weights.triu(1), equals: 0)
claim(
    "so the first can look at nothing but itself",
    causal.weights[0, 0].item, equals: 1)

// lessons/18-attention.md:480
let heads = MultiheadAttention(embedDim: 10, numHeads: 2, bias: false)
let (place, none) = (Tensor.eye(5), Tensor.zeros(5, 5))
// Column p: whom place p looks for.
let back = Tensor([
    [1.0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0],
    [0, 0, 0, 0, 1], [0, 0, 0, 0, 0],
])
let first = cat([Tensor.ones(1, 5), .zeros(4, 5)])
func side(_ a: Tensor, _ b: Tensor) -> Tensor { cat([a, b], axis: 1) }
heads.parameters["in_proj_weight"][.all] = cat([
    side(back * 20, none), side(first * 20, none),  // query: whom do I seek?
    side(place, none), side(place, none),           // key: where am I?
    side(none, place), side(none, place),           // value: which letter?
])
heads.parameters["out_proj.weight"][.all] = .eye(10)

let spelt = ["D", "A", "C", "B", "E"]
let alphabet = Vocabulary(["A", "B", "C", "D", "E"])
let x = side(place, oneHot(alphabet.numbers(of: spelt), classes: 5))
let twoHeads = heads.trace(x, x, x)
for head in 0..<2 {
    show(heatmap: twoHeads.headWeights[0, head], rows: spelt, columns: spelt)
}

// lessons/18-attention.md:510
func letters(_ found: Tensor) -> [String] {
    found.argmax(axis: 1).integers.map { alphabet.words[$0] }
}
let found = twoHeads.output
show(table: [
    "place": spelt, "head 1: the one before": letters(found[.all, 0..<5]),
    "head 2: the first": letters(found[.all, 5...]),
])
claim(
    "head 1 finds the letter before",
    letters(found[.all, 0..<5]).dropFirst() == spelt.dropLast())
claim("to within a thousandth each looks at one place only", twoHeads.headWeights.max(axis: 3).min().item, isGreaterThan: 0.999)
claim(
    "head 2 the first", letters(found[.all, 5...]).allSatisfy { $0 == "D" })
let both = DotProductAttention(isScaled: false)(
    (back + first).transposed() * 20, place, x[.all, 5...]).output[4]
claim(
    "one head that asks for both finds, at the last place, half a B and half a D",
    both, equals: Tensor([0, 0.5, 0, 0.5, 0]), within: 1e-3)

// lessons/18-attention.md:536
manualSeed(0)
let multihead = MultiheadAttention(embedDim: 8, numHeads: 2)
let (q, kv) = (Tensor.randn(3, 1, 8), Tensor.randn(5, 1, 8))
let (answer, attention) = multihead(q, kv, kv)
print("output", answer.shape, "weights", attention.shape)
print("largest weight", (attention.max().item * 1e6).rounded() / 1e6)

// lessons/18-attention.md:565
let derivation = DotProductAttention(isScaled: false)
    .derivation(city, keys, values) { output in
        meanSquaredError(output[0], Tensor([10.0, 0]))
    }
show(derivation)
print(derivation.places[0].scoreGradient)

// lessons/18-attention.md:577
let slopes = derivation.places.map { $0.scoreGradient }
claim("the score of 我 should rise, that of 北京 fall", slopes[0] < 0 && slopes[2] > 0)
claim("the scores' gradients add up to 0", slopes.reduce(0, +), equals: 0, within: 1e-14)
let tape = (city.clone(), keys.clone(), values.clone())
for tensor in [tape.0, tape.1, tape.2] { tensor.requiresGradient = true }
let spoken = DotProductAttention(isScaled: false)(tape.0, tape.1, tape.2).output
meanSquaredError(spoken[0], Tensor([10.0, 0])).backward()
claim("the query's gradient is the tape's", derivation.queryGradient, equals: tape.0.gradient![0], within: 1e-14)
claim("so are the keys'", stack(derivation.places.map { $0.keyGradient }), equals: tape.1.gradient!, within: 1e-14)
claim("and the values'", stack(derivation.places.map { $0.valueGradient }), equals: tape.2.gradient!, within: 1e-14)
func nudged(_ x: Double) -> Double { meanSquaredError(DotProductAttention(isScaled: false)(Tensor([[x, 3.0]]), keys, values).output[0], Tensor([10.0, 0])).item }
claim("the central difference agrees", (nudged(1e-5) - nudged(-1e-5)) / 2e-5, equals: derivation.queryGradient[0].item, within: 1e-7)

// lessons/18-attention.md:599
func reversal(_ count: Int) -> Batch {
    let letters = Tensor.randint(6, [8, count]), wanted = letters.flip(axis: 0)
    func rows(_ t: Tensor) -> [[Int]] { t.unbind().map { $0.integers } }
    return Batch(
        source: rows(letters), lengths: [Int](repeating: 8, count: count),
        given: rows(cat([Tensor.full([1, count], 6), wanted[..<(-1)]])),
        wanted: wanted.integers)
}
func reach(attends: Bool) -> [Double] {
    manualSeed(2)
    let net = Translator(6, 7, attends: attends, features: 8), batch = reversal(16)
    return (0..<8).map { t in
        let (logits, _, x) = net(batch)
        let wanted = Array(batch.wanted[t * 16..<(t + 1) * 16])
        crossEntropy(logits[t], wanted).backward()
        return x.gradient![7 - t].norm().item
    }
}
let (direct, long) = (reach(attends: true), reach(attends: false))
let between = (0..<8).map { 2 * $0 + 1 }
show(
    lines: ["attention": direct, "without": long], at: between,
    x: "steps between", y: "gradient", yScale: .logarithmic)
print(long[7] / long[0])
print(direct[7] / direct[0])

// lessons/18-attention.md:629
claim("without attention less than a five-hundredth arrives", long[7] / long[0], isLessThan: 1 / 500.0)
claim("and with every step between less", zip(long, long.dropFirst()).allSatisfy { $0 > $1 })
claim("with it more than a quarter", direct[7] / direct[0], isGreaterThan: 0.25)

// lessons/18-attention.md:644
func learnReversal(
    attends: Bool, scaled: Bool = false
) -> (model: Translator, right: [(Int, Double)]) {
    manualSeed(2)
    let net = Translator(6, 7, attends: attends, features: 8)
    net.isScaled = scaled
    let adam = Adam(net.parameters, learningRate: 0.02)
    var (progress, sum): ([(Int, Double)], Double) = ([], 0)
    for number in 1...250 {
        let batch = reversal(16), logits = net(batch).logits.view(128, 7)
        let loss = crossEntropy(logits, batch.wanted)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        let said = logits.argmax(axis: 1).integers
        sum += Double(zip(said, batch.wanted).filter { $0 == $1 }.count) / 128
        if number % 25 == 0 {
            progress.append((number, sum / 25))
            sum = 0
        }
    }
    return (net, progress)
}
let (looking, steep) = learnReversal(attends: true)
let (blind, flat) = learnReversal(attends: false)
let (_, timid) = learnReversal(attends: true, scaled: true)
show(
    lines: ["attention": steep, "scaled": timid, "without": flat],
    x: "batches", y: "letters right", yRange: 0...1)

// lessons/18-attention.md:680
manualSeed(9)
let fresh = reversal(200)
func rightByPlace(_ net: Translator) -> [Double] {
    noGrad {
        let said = net(fresh).logits.argmax(axis: 2)
        return (said .== Tensor(fresh.wanted.map { Double($0) }).view(8, 200)).mean(axis: 1).values
    }
}
let (byLooking, byHeart) = (rightByPlace(looking), rightByPlace(blind))
show(lines: ["attention": byLooking, "without": byHeart], at: Array(1...8), x: "letter said", y: "right", yRange: 0...1)

// lessons/18-attention.md:698
let mirror = noGrad { looking(fresh).look!.weights.mean(axis: 0) }
show(heatmap: mirror, rows: (1...8).map { "says \($0)" }, columns: (1...8).map { "read \($0)" })

// lessons/18-attention.md:708
claim("with attention 98 letters in 100 are right at every place", byLooking.min()!, isAtLeast: 0.98)
claim("without, the first letter said is nearly always right", byHeart[0], isGreaterThan: 0.95)
claim("and those from the fourth on are wrong more than a quarter of the time", byHeart[3...].max()!, isLessThan: 0.75)
claim("the fifth and the sixth are the worst", max(byHeart[4], byHeart[5]), isLessThan: (byHeart[..<4] + byHeart[6...]).min()!)
claim("the last is better again", byHeart[7], isGreaterThan: byHeart[5] + 0.05)
claim("though all are better than a guess", byHeart.min()!, isGreaterThan: 2.0 / 6)
claim("each step looks most at the mirrored place", mirror.argmax(axis: 1).integers, equals: [7, 6, 5, 4, 3, 2, 1, 0])

// lessons/18-attention.md:722
manualSeed(2)
let untrained = Translator(6, 7, attends: true, features: 8)
let quiet = reversal(200)
let spread = noGrad { untrained(quiet).look!.scores.std().item }
let asleep = noGrad { untrained.encoder(untrained.reading(quiet.source)).output }
claim("a fresh state's features are less than 0.3, as a root of their mean square", (asleep * asleep).mean().item.squareRoot(), isLessThan: 0.3)
print("standard deviation of the scores:", spread)
print("after division by the root of 24:", spread / 24.0.squareRoot())
claim(
    "the rule reckons with √24, and it is not a tenth of that",
    spread, isLessThan: 24.0.squareRoot() / 10)
claim(
    "scaled, the network is far behind at the end",
    timid.last!.1, isLessThan: steep.last!.1 - 0.15)

// lessons/18-attention.md:750
let three = Tensor([[1.0, 0], [0, 1], [-1, 0]])
let chosen = DotProductAttention(isScaled: false)(Tensor([[0, 5.3]]), three, three).weights[0]
show(chosen, "α")
claim("the second gets 0.99", chosen[1].item, isAtLeast: 0.99)
claim("the others the same", chosen[0].item, equals: chosen[2].item)
claim("5.28 would be too little", softmax(Tensor([0, 5.28, 0]))[1].item, isLessThan: 0.99)

// lessons/18-attention.md:767
let raw = Tensor([log(2.0), 0, 0])
raw.requiresGradient = true
softmax(raw)[0].backward()
show(raw.gradient!, "∂α₁")
claim("¼ and −⅛", raw.gradient!, equals: Tensor([0.25, -0.125, -0.125]), within: 1e-15)
claim("all scores alike change nothing", softmax(raw.detach() + 1), equals: softmax(raw.detach()), within: 1e-15)

// lessons/18-attention.md:784
let eight = MultiheadAttention(embedDim: 512, numHeads: 8).parameters.elementCount
let wide = AdditiveAttention(querySize: 512, keySize: 512, hiddenSize: 512).parameters.elementCount
print("multi-head", eight, "additive", wide)
claim("4 E² + 4 E, whatever the heads", eight == 4 * 512 * 512 + 4 * 512 && eight == MultiheadAttention(embedDim: 512, numHeads: 1).parameters.elementCount)
claim("2 H² + H", wide, equals: 2 * 512 * 512 + 512)

// lessons/18-attention.md:799
let (padded, atEnd) = model.encoder(model.reading(mixed.source), lengths: mixed.lengths)
let asking = model.decoder(model.writing(mixed.given), atEnd).output
let leaking = DotProductAttention(isScaled: false)(asking.transposed(0, 1), padded.transposed(0, 1), padded.transposed(0, 1)).weights
let lost = leaking[0, 0..<4, 3...].sum(axis: 1)
show(table: ["step": pairs[0].english + ["⟨end⟩"], "weight of the padding": lost.values])
claim("padded states are zeros", padded[3..., 0], equals: 0)
claim("Beijing gives it more than a quarter, Welcome hardly any", lost[2].item > 0.25 && lost[0].item < 0.01)
print(lost[0].item)
print(lost[2].item)
