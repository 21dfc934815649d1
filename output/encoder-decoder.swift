// Encoder and decoder — a sentence in, a sentence out
//
// The program of lessons/17-encoder-decoder.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release encoder-decoder.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/17-encoder-decoder.md:12
show(diagram: .encoderDecoder(inputs: 3, outputs: 3, cell: "GRU"))

// lessons/17-encoder-decoder.md:36
final class Translator: Layer {
    let source: Vocabulary, target: Vocabulary
    let reading: Embedding, encoder: GRU
    let writing: Embedding, decoder: GRU, output: Linear

    init(_ source: [String], _ target: [String], features: Int, units: Int) {
        self.source = Vocabulary(source)
        self.target = Vocabulary(target + ["⟨end⟩"])
        reading = Embedding(source.count, features)
        encoder = GRU(inputSize: features, hiddenSize: units)
        writing = Embedding(target.count + 1, features)
        decoder = GRU(inputSize: features, hiddenSize: units)
        output = Linear(units, target.count + 1)
    }
    var parameters: Parameters {
        Parameters(of: [
            "reading": reading.parameters, "encoder": encoder.parameters,
            "writing": writing.parameters, "decoder": decoder.parameters,
            "output": output.parameters,
        ])
    }
    var end: Int { target.count - 1 }

    /// m of each sentence: (1, N, H). A padded sentence stops at its own end.
    func encode(_ sentences: [[String]]) -> Tensor {
        let L = sentences.map { $0.count }.max()!
        let words = (0..<L).map { t in
            sentences.map { t < $0.count ? source.number(of: $0[t]) : 0 }
        }
        return encoder(reading(words), lengths: sentences.map { $0.count }).hn
    }
    /// For the words given so far (steps, N): each next word's logits
    /// (steps, N, words), and the state after them.
    func decode(_ given: [[Int]], _ s: Tensor) -> (logits: Tensor, s: Tensor) {
        let (states, last) = decoder(writing(given), s)
        return (output(states), last)
    }
}

// lessons/17-encoder-decoder.md:80
manualSeed(0)
let greeting = ["欢迎", "来", "北京"]
let tiny = Translator(
    greeting, ["Welcome", "to", "Beijing"], features: 8, units: 16)
let m = tiny.encode([greeting])
// given: ⟨end⟩ Welcome to Beijing; wanted: Welcome to Beijing ⟨end⟩
let (logits, s) = tiny.decode([[3], [0], [1], [2]], m)
let untrained = crossEntropy(logits.squeeze(1), [0, 1, 2, 3])
show(shapes: ["m": m, "logits": logits, "last s": s])
print("m", m.shape, "logits", logits.shape)
print("loss", (untrained.item * 1e6).rounded() / 1e6)

// lessons/17-encoder-decoder.md:121
claim("the context vector has the same size for one word as for three", tiny.encode([["来"]]).shape, equals: m.shape)
claim("a padded batch gives each sentence its own context vector", tiny.encode([["来"], ["欢迎", "来", "北京"]])[0, 1], equals: m[0, 0], within: 1e-15)

// lessons/17-encoder-decoder.md:132
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
manualSeed(0)
let lot = Tensor.randperm(pairs.count).integers.map { pairs[$0] }
let unseen = Array(lot[..<17]), seen = Array(lot[17...])
func line(_ words: [String]) -> String { words.joined(separator: " ") }
let kinds = [pairs[0], pairs[1], pairs[3]]
show(table: [
    "Chinese": kinds.map { line($0.chinese) },
    "English": kinds.map { line($0.english) },
])
print(pairs.count)
print(unseen.count)

// lessons/17-encoder-decoder.md:175
claim("68 are left to learn from", seen.count, equals: 68)
claim("three kinds of sentence: 5, 20 and 60 of them", pairs.count, equals: 5 + 5 * 4 + 5 * 4 * 3)
claim("each word of the unseen sentences stands in one that is learned from", Set(unseen.flatMap { $0.chinese + $0.english }).isSubset(of: Set(seen.flatMap { $0.chinese + $0.english })))
claim("the third kind has five words in Chinese and six in English", pairs[3].chinese.count == 5 && pairs[3].english.count == 6)
claim("its city goes from the third place to the last", pairs.filter { $0.chinese.count == 5 }.allSatisfy { pair in cities.contains { $0 == pair.chinese[2] && $1 == pair.english[5] } })
claim("no unseen sentence is among those that are learned from", unseen.allSatisfy { one in !seen.contains { $0.chinese == one.chinese } })

// lessons/17-encoder-decoder.md:190
func batch(_ pairs: [Pair], _ model: Translator) -> (given: [[Int]], wanted: [Int]) {
    let steps = pairs.map { $0.english.count }.max()! + 1
    func word(_ pair: Pair, _ t: Int) -> Int? {
        pair.english.indices.contains(t)
            ? model.target.number(of: pair.english[t]) : nil
    }
    let given = (0..<steps).map { t in pairs.map { word($0, t - 1) ?? model.end } }
    let wanted = (0..<steps).map { t in  // −100 is padding, which crossEntropy leaves out
        pairs.map { word($0, t) ?? (t == $0.english.count ? model.end : -100) }
    }
    return (given, wanted.flatMap { $0 })
}
manualSeed(1)
let model = Translator(
    words(pairs.map { $0.chinese }), words(pairs.map { $0.english }),
    features: 16, units: 32)
let example = batch([pairs[3]], model)
show(table: [
    "t": Array(1...7),
    "given": example.given.map { model.target.words[$0[0]] },
    "wanted": example.wanted.map { model.target.words[$0] },
])
claim(
    "what is wanted at one step is given at the next",
    example.wanted.dropLast() == example.given.dropFirst().map { $0[0] })

// lessons/17-encoder-decoder.md:223
let context = model.encode([pairs[3].chinese])
let honest = model.decode(example.given, context).logits
var tampered = example.given
tampered[4] = [model.end]
let other = model.decode(tampered, context).logits
claim(
    "the first four predictions stay as they were",
    other[..<4], equals: honest[..<4])
claim(
    "the fifth changes", abs(other[4] - honest[4]).max().item, isGreaterThan: 0.1)

// lessons/17-encoder-decoder.md:239
func loss(_ model: Translator, _ pairs: [Pair]) -> Tensor {
    let (given, wanted) = batch(pairs, model)
    let m = model.encode(pairs.map { $0.chinese })
    let logits = model.decode(given, m).logits
    return crossEntropy(logits.view(wanted.count, model.target.count), wanted)
}
func train(
    _ model: Translator, _ pairs: [Pair], batches: Int, of size: Int,
    rate: Double, each: (Int, Double) -> Void = { _, _ in }
) {
    let adam = Adam(model.parameters, learningRate: rate)
    for number in 0..<batches {
        let places = (0..<size).map { (number * size + $0) % pairs.count }
        let loss = loss(model, places.map { pairs[$0] })
        adam.zeroGrad()
        loss.backward()
        adam.step()
        each(number, loss.item)
    }
}
var learned: [(Int, Double)] = [], kept: [(Int, Double)] = []
train(model, seen, batches: 300, of: 17, rate: 0.01) { number, value in
    guard number % 12 == 11 else { return }
    learned.append((number + 1, value))
    kept.append((number + 1, noGrad { loss(model, unseen).item }))
}
show(
    lines: ["learned from": learned, "kept back": kept],
    x: "batches", y: "ℒ per word", yScale: .logarithmic)
claim(
    "on what is kept back the loss falls too, to less than a tenth",
    kept.last!.1, isLessThan: 0.1 * kept[0].1)
claim(
    "but stays above, in the end more than threefold",
    zip(kept, learned).allSatisfy { $0.1 > $1.1 }
        && kept.last!.1 > 3 * learned.last!.1)

// lessons/17-encoder-decoder.md:284
func speak(_ model: Translator, _ m: Tensor, most: Int = 12) -> [String] {
    var (said, s, word) = ([String](), m, model.end)
    while said.count < most {
        let step = model.decode([[word]], s)
        (s, word) = (step.s, step.logits.argmax())
        if word == model.end { break }
        said.append(model.target.words[word])
    }
    return said
}
func translate(_ chinese: [String]) -> [String] {
    speak(model, model.encode([chinese]))
}
func vector(_ sentence: String) -> Tensor {
    model.encode([sentence.split(separator: " ").map { String($0) }])
}
let answers = unseen.map { translate($0.chinese) }
let right = zip(unseen, answers).filter { $0.0.english == $0.1 }
let wrong = zip(unseen, answers).filter { $0.0.english != $0.1 }
let shown = Array(wrong.prefix(2) + right.prefix(5))
show(table: [
    "Chinese": shown.map { line($0.0.chinese) },
    "it says": shown.map { line($0.1) },
    "right": shown.map { $0.0.english == $0.1 },
])
print(unseen.count)
print(right.count)
print(wrong.count)

// lessons/17-encoder-decoder.md:316
claim("most of the unseen sentences are right to the last word", Double(right.count), isAtLeast: 0.8 * Double(unseen.count))
claim("m is 32 numbers wide", vector("来").shape, equals: [1, 1, 32])
claim("what is wrong is wrong in its last word only, the city, for which another city stands", wrong.allSatisfy { one in one.0.english.dropLast() == one.1.dropLast() && one.0.english.count == 6 && cities.contains { $1 == one.1.last! } })
claim("of the sentences learned from not one is wrong", seen.filter { translate($0.chinese) != $0.english }.count, equals: 0)
claim("two are wrong, and three words go in for Welcome to Beijing", wrong.count == 2 && translate(["欢迎", "来", "北京"]) == ["Welcome", "to", "Beijing"])

// lessons/17-encoder-decoder.md:330
func encoderGradient(cut: Bool) -> Double {
    let (given, wanted) = batch(unseen, model)
    let m = model.encode(unseen.map { $0.chinese })
    let logits = model.decode(given, cut ? m.detach() : m).logits
    model.parameters.zeroGradients()
    crossEntropy(logits.view(wanted.count, model.target.count), wanted).backward()
    return model.encoder.parameters["weight_hh_l0"].gradient?.norm().item ?? 0
}
let whole = encoderGradient(cut: false), cut = encoderGradient(cut: true)
show(table: ["m": ["as it is", "detached"], "norm": [whole, cut]])
claim("with the arrow cut nothing comes", whole > 1e-3 && cut == 0)

// lessons/17-encoder-decoder.md:348
func recombined(_ a: String, _ b: String, _ c: String) -> String {
    line(speak(model, vector(a) - vector(b) + vector(c)))
}
let sums = [
    ("我 爱 西安", "我 爱 北京", "他们 爱 北京"),
    ("你 爱 上海", "你 爱 成都", "我们 爱 成都"),
    ("我 爱 北京", "你 爱 北京", "你 在 北京 等 我们"),
]
show(table: [
    "m of": sums.map { $0.0 }, "− m of": sums.map { $0.1 },
    "+ m of": sums.map { $0.2 },
    "it says": sums.map { recombined($0.0, $0.1, $0.2) },
])

// lessons/17-encoder-decoder.md:366
var (hits, tries) = (0, 0)
for (from, _) in cities {
    for (to, name) in cities where to != from {
        for (one, _, _) in people {
            for (two, subject, _) in people where two != one {
                tries += 1
                if recombined("\(one) 爱 \(to)", "\(one) 爱 \(from)", "\(two) 爱 \(from)") == "\(subject) love \(name)" { hits += 1 }
            }
        }
    }
}
claim("the three sums say what they should", sums.map { recombined($0.0, $0.1, $0.2) } == ["they love Xi'an", "we love Shanghai", "I wait for us in Beijing"])
claim("nine sums in ten say what they should", 10 * hits, isAtLeast: 9 * tries)
print(tries)
print(hits)

// lessons/17-encoder-decoder.md:390
func continued(_ first: String, _ chinese: [String]) -> [String] {
    let s = model.decode([[model.end]], model.encode([chinese])).s
    var (said, state, word) = ([first], s, model.target.number(of: first))
    while said.count < 8 {
        let step = model.decode([[word]], state)
        (state, word) = (step.s, step.logits.argmax())
        if word == model.end { break }
        said.append(model.target.words[word])
    }
    return said
}
let forced = ["I", "they", "Welcome", "love", "in", "Beijing", "Chengdu"]
show(table: [
    "forced": forced,
    "it says": forced.map { line(continued($0, ["我", "爱", "北京"])) },
])

// lessons/17-encoder-decoder.md:413
let waiting = pairs.filter { $0.chinese.count == 5 }
var slips: [(pair: Pair, word: Int)] = []
for pair in waiting {
    for word in 0..<model.target.count where word != model.target.number(of: pair.english[0]) { slips.append((pair, word)) }
}
func probabilities(wrongWords: Bool) -> [Double] {
    noGrad {
        var (given, wanted) = batch(slips.map { $0.pair }, model)
        if wrongWords { given[1] = slips.map { $0.word } }
        let p = softmax(model.decode(given, model.encode(slips.map { $0.pair.chinese })).logits)
        let right = p.gather(2, Tensor(wanted.map { Double($0) }).view(given.count, slips.count, 1))
        return right.mean(axis: 1).values
    }
}
let (unhurt, hurt) = (probabilities(wrongWords: false), probabilities(wrongWords: true))
show(lines: ["all right": unhurt, "one wrong": hurt], at: Array(1...7), x: "step", y: "probability of the right word", yRange: 0...1)
print(unhurt[1])
print(hurt[1])

// lessons/17-encoder-decoder.md:437
claim("60 sentences have 等", waiting.count, equals: 60)
claim("the step after the slip is the one that suffers most", hurt[1] < 0.75 && hurt[1] == hurt.min()!)
claim("with right words the same step is all but certain", unhurt[1], isGreaterThan: 0.99)
claim("one right word later it is above 0.95 again", hurt[2], isGreaterThan: 0.95)
claim("though below what it is without the slip, at that step and the next", hurt[2] < unhurt[2] - 0.01 && hurt[3] < unhurt[3] - 0.04)
claim("but the city, at the sixth step, is still less certain than without the slip", hurt[5] < unhurt[5] - 0.03)
claim("they begins sentences that are learned from, Beijing and Chengdu none", seen.contains { $0.english[0] == "they" } && !seen.contains { ["Beijing", "Chengdu"].contains($0.english[0]) })
claim("after I and they all is right", line(continued("they", ["我", "爱", "北京"])) == "they love Beijing" && line(continued("I", ["我", "爱", "北京"])) == "I love Beijing")
claim("after Beijing and Chengdu it stammers", line(continued("Beijing", ["我", "爱", "北京"])) == "Beijing Beijing" && line(continued("Chengdu", ["我", "爱", "北京"])) == "Chengdu Beijing Beijing")

// lessons/17-encoder-decoder.md:458
let versions = [
    "Welcome to Beijing", "Welcome to Beijing", "We welcome you",
    "We greet you in Beijing", "We are happy to see you in Beijing",
].map { $0.split(separator: " ").map { String($0) } }
manualSeed(0)
let translators = Translator(
    greeting, words(versions), features: 8, units: 16)
train(
    translators, versions.map { (greeting, $0) },
    batches: 150, of: 5, rate: 0.02)

let start = translators.encode([greeting])
let longest = versions.map { $0.count + 1 }.max()!
let we = translators.target.number(of: "We")
let opening = softmax(
    translators.decode([[translators.end], [we]], start).logits)
let (first, second) = (opening[0, 0].topk(3), opening[1, 0].topk(3))
func names(_ numbers: Tensor) -> [String] {
    numbers.integers.map { translators.target.words[$0] }
}
show(table: [
    "first word": names(first.indices), "ŷ₁": first.values.values,
    "after We": names(second.indices), "ŷ₂": second.values.values,
])

// lessons/17-encoder-decoder.md:489
func probability(_ words: [String]) -> Double {
    let (given, wanted) = batch([(greeting, words)], translators)
    let logits = translators.decode(given, start).logits.squeeze(1)
    return exp(-crossEntropy(logits, wanted, reduction: .sum).item)
}
let greedy = speak(translators, start)
print("greedy: \(line(greedy))")
claim("greedy says a sentence with We", greedy[0], equals: "We")
claim(
    "which is half as probable as Welcome to Beijing",
    probability(greedy) / probability(versions[0]), equals: 0.5, within: 0.03)
print(translators.target.count)
print(translators.target.count)
print(longest)
print((0..<longest).reduce(1) { product, _ in product * translators.target.count })

// lessons/17-encoder-decoder.md:532
func beam(width: Int) -> [(words: [String], log: Double)] {
    let (end, words) = (translators.end, translators.target.words)
    var open = [(words: [Int](), log: 0.0, s: start)]
    var finished: [(words: [String], log: Double)] = []
    for _ in 0..<12 where !open.isEmpty {
        var candidates = Array(open.prefix(0))
        for one in open {
            let step = translators.decode([[one.words.last ?? end]], one.s)
            for (word, p) in logSoftmax(step.logits).values.enumerated() {
                candidates.append((one.words + [word], one.log + p, step.s))
            }
        }
        candidates.sort { $0.log > $1.log }
        let best = candidates.prefix(width)
        for one in best where one.words.last == end {
            finished.append((one.words.dropLast().map { words[$0] }, one.log))
        }
        open = best.filter { $0.words.last != end }
    }
    return finished.sorted { $0.log > $1.log }
}
let widths = [1, 2, 3, 4], found = widths.map { beam(width: $0)[0] }
show(table: [
    "width": widths, "best sentence": found.map { line($0.words) },
    "probability": found.map { exp($0.log) },
])
claim("a beam of width 1 is greedy decoding", found[0].words, equals: greedy)
claim("a beam of width 2 finds Welcome to Beijing", found[1].words, equals: versions[0])

// lessons/17-encoder-decoder.md:567
let four = Array(Set(versions.map { line($0) })).map { $0.split(separator: " ").map { String($0) } }
claim("Welcome to Beijing is the most probable sentence there is: the four versions leave less than it has", 1 - four.map(probability).reduce(0, +) < probability(versions[0]) && four.allSatisfy { probability($0) <= probability(versions[0]) })
claim("the beam's probability is that of the loss", exp(found[1].log), equals: probability(versions[0]), within: 1e-12)
claim("the first word: We six times in ten, Welcome four", opening[0, 0, translators.target.number(of: "We")].item, equals: 0.6, within: 0.02)
claim("three answers in five begin with We", versions.filter { $0[0] == "We" }.count, equals: 3)
claim("after We there are three ways on, a third each", second.values, equals: 1 / 3.0, within: 0.02)
claim("wider beams find nothing better", found[2].words == versions[0] && found[3].words == versions[0])

// lessons/17-encoder-decoder.md:587
let large = Translator((0..<300).map { "s\($0)" }, (0..<499).map { "w\($0)" }, features: 8, units: 64)
let ten: [Pair] = (0..<10).map { n in ((0...(n % 7)).map { "s\($0)" }, (0...(n + 2)).map { "w\($0)" }) }
let big = batch(ten, large)
let bigM = large.encode(ten.map { $0.chinese }), bigLogits = large.decode(big.given, bigM).logits
show(shapes: ["m": bigM, "logits": bigLogits])
claim("m", bigM.shape, equals: [1, 10, 64])
claim("logits", bigLogits.shape, equals: [13, 10, 500])
claim("steps in sequence", ten.map { $0.chinese.count }.max()! + big.given.count, equals: 20)

// lessons/17-encoder-decoder.md:606
func trained(leaking: Bool) -> (model: Translator, loss: Double) {
    manualSeed(1)
    let model = Translator(translators.source.words, words(versions), features: 8, units: 16)
    let pairs: [Pair] = versions.map { (greeting, $0) }, adam = Adam(model.parameters, learningRate: 0.02)
    var (given, wanted) = batch(pairs, model)
    if leaking { given = (0..<given.count).map { t in pairs.indices.map { max(0, wanted[t * pairs.count + $0]) } } }
    var last = 0.0
    for _ in 0..<30 {
        let logits = model.decode(given, model.encode(pairs.map { $0.chinese })).logits
        let loss = crossEntropy(logits.view(wanted.count, model.target.count), wanted)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        last = loss.item
    }
    return (model, last)
}
let sound = trained(leaking: false), leaky = trained(leaking: true)
show(table: ["trained": ["shifted", "not shifted"], "loss": [sound.loss, leaky.loss],
    "it says": [sound, leaky].map { line(speak($0.model, $0.model.encode([greeting]))) }])
claim("the leak makes the loss smaller", leaky.loss, isLessThan: 0.8 * sound.loss)
claim("and the network mute", speak(leaky.model, leaky.model.encode([greeting])).count, equals: 0)

// lessons/17-encoder-decoder.md:639
let candidates = [versions[0], versions[2], versions[3], versions[4]]
let logs = candidates.map { log(probability($0)) }, means = zip(candidates, logs).map { $1 / Double($0.count + 1) }
show(table: ["sentence": candidates.map(line), "sum": logs, "mean": means])
claim("the sum prefers the first", logs.max()!, equals: logs[0])
claim("the mean the longest", means.max()!, equals: means[3])
let surprises = crossEntropy(
    translators.decode(batch([(greeting, versions[4])], translators).given, start).logits.squeeze(1),
    batch([(greeting, versions[4])], translators).wanted, reduction: .none).values
claim("behind We are the words cost next to nothing", surprises[2...].max()!, isLessThan: 0.01)

// lessons/17-encoder-decoder.md:659
manualSeed(5)
let draws = 1000
var (state, last, alive) = (start.expand(1, draws, 16), [Int](repeating: translators.end, count: draws), [Bool](repeating: true, count: draws))
let wish = versions[0].map { translators.target.number(of: $0) } + [translators.end]
noGrad {
    for word in wish {
        let step = translators.decode([last], state)
        (state, last) = (step.s, softmax(step.logits[0]).multinomial(1).integers)
        for n in 0..<draws where last[n] != word { alive[n] = false }
    }
}
let share = Double(alive.filter { $0 }.count) / Double(draws)
print("drawn in", share, "of all cases; its probability is", probability(versions[0]))
claim("0.4", (probability(versions[0]) * 10).rounded() / 10, equals: 0.4)
claim("the draws agree", share, equals: probability(versions[0]), within: 0.05)
