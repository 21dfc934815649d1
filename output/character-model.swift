// A character model — one letter after another
//
// The program of lessons/16-character-model.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release character-model.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/16-character-model.md:10
show(diagram: .oneToMany(steps: 5, cell: "LSTM"))

// lessons/16-character-model.md:24
let tail = [
    "the house that jack built.", "the malt that lay in ", "the rat that ate ",
    "the cat that killed ", "the dog that worried ", "the cow that tossed ",
]
let verses = tail.indices.map { n in
    "this is " + tail[0...n].reversed().joined()
}
let text = (verses.joined(separator: "\n") + "\n").map { String($0) }
let alphabet = Vocabulary(Array(Set(text)).sorted())
let ids = alphabet.numbers(of: text), V = alphabet.count
for verse in verses[..<3] {
    print(verse.replacing(" that ", with: "\n    that "))
}
print("…")
print(text.count, "characters,", V, "different ones")

// lessons/16-character-model.md:43
func visible(_ letter: String) -> String {
    letter == " " ? "␣" : letter == "\n" ? "⏎" : letter
}
show(table: [
    "reads": text[8..<16].map { visible($0) },
    "is asked for": text[9..<17].map { visible($0) },
    "as numbers": (8..<16).map { "\(ids[$0]) → \(ids[$0 + 1])" },
])

// lessons/16-character-model.md:68
var before = Array(repeating: 0.0, count: V), came = before
var pairs = Array(repeating: before, count: V)
for (a, b) in zip(ids, ids.dropFirst()) {
    before[a] += 1
    came[b] += 1
    pairs[a][b] += 1
}
let total = Double(ids.count - 1)
var ladder = [log(Double(V)), 0.0, 0.0]
for (a, b) in zip(ids, ids.dropFirst()) {
    ladder[1] -= log(came[b] / total) / total
    ladder[2] -= log(pairs[a][b] / before[a]) / total
}
show(table: [
    "who knows": ["nothing", "frequencies", "the letter before"],
    "perplexity": ladder.map { exp($0) },
    "bits per letter": ladder.map { $0 / log(2) },
])
claim("each rung is lower", ladder[2] < ladder[1] && ladder[1] < ladder[0])
claim("the letter before leaves a choice among about three",
    exp(ladder[2]), equals: 3, within: 0.25)
claim("knowing nothing is as many choices as letters",
    exp(ladder[0]), equals: Double(V), within: 1e-9)

// lessons/16-character-model.md:102
final class CharacterModel: Layer {
    let embedding = Embedding(V, 12), lstm = LSTM(inputSize: 12, hiddenSize: 32)
    let fc = Linear(32, V)
    var parameters: Parameters {
        Parameters(of: [
            "embedding": embedding.parameters, "lstm": lstm.parameters,
            "fc": fc.parameters,
        ])
    }
    func callAsFunction(_ letters: Tensor, _ states: (Tensor, Tensor)? = nil)
        -> (logits: Tensor, states: (Tensor, Tensor))
    {
        let (output, states) = lstm(embedding(letters), states)
        return (fc(output), states)
    }
}

manualSeed(1)
let model = CharacterModel(), adam = Adam(model.parameters, learningRate: 0.02)
let endless = ids + ids                     // the text goes on where it began
var place = 0, carried: (Tensor, Tensor)?, curve: [Double] = []
for _ in 0..<120 {
    let starts = (0..<8).map { (place + $0 * ids.count / 8) % ids.count }
    let pieces = Tensor(starts.map { Array(endless[$0...$0 + 32]) }).transposed()
    let (logits, states) = model(pieces[..<(-1)], carried)          // (32, 8, V)
    let loss = crossEntropy(logits.reshaped(32 * 8, V), pieces[1...].flattened())
    carried = (states.0.detach(), states.1.detach())
    place += 32
    curve.append(exp(loss.item))
    adam.zeroGrad()
    loss.backward()
    clipGradientNorm(model.parameters, 1)
    adam.step()
}
let flat = { (rung: Int) in Array(repeating: exp(ladder[rung]), count: 120) }
show(
    lines: [
        "the model": curve, "knows nothing": flat(0), "frequencies": flat(1),
        "letter before": flat(2),
    ], x: "training step", y: "perplexity", yScale: .logarithmic, yRange: 1...30)
print(curve[119])
print(exp(ladder[2]))
print(Double(120 * 32 * 8) / Double(ids.count))

// lessons/16-character-model.md:149
func below(_ rung: Int) -> Int { curve.firstIndex { $0 < exp(ladder[rung]) }! }
claim("it passes the rungs in their order, one after the other", below(0) < below(1) && below(1) < below(2))
claim("it ends near 1", curve[119], isLessThan: 1.2)
claim("far below the letter before", exp(ladder[2]), isGreaterThan: 1.8 * curve[119])

// lessons/16-character-model.md:161
let seventh = "this is the maid that milked "
    + tail.reversed().joined() + "\n"
let line = ["\n"] + seventh.map { String($0) }
let read = Tensor(ids.dropLast()), next = Tensor(alphabet.numbers(of: line))
let warm = noGrad { model(read) }.states            // it has just read the six
let (newLogits, _) = noGrad { model(next[..<(-1)], warm) }
let surprise = crossEntropy(newLogits, next[1...], reduction: .none).values
show(
    heatmap: [Array(surprise[12..<41])], rows: ["−log p"],
    columns: line[13..<42].map { visible($0) })

// lessons/16-character-model.md:178
let unknown = surprise[12..<28].reduce(0, +) / 16
let rest = surprise[36...]
let known = rest.reduce(0, +) / Double(rest.count)
print("new words:", unknown)
print("the chain:", known)
claim("the new words cost more than a guess among all letters",
    unknown, isGreaterThan: ladder[0])
claim("the chain costs less than a tenth of the letter before",
    known, isLessThan: 0.1 * ladder[2])
print(exp(known))

// lessons/16-character-model.md:193
claim("the seventh line is none of the six", !verses.contains(seventh.split(separator: "\n").map { String($0) }[0]))
claim("the figure shows the middle of the line", line[13..<42].joined(), equals: "maid that milked the cow that")
claim("the stretches are what they are said to be", line[13..<29].joined() == "maid that milked" && line[37...].joined().hasPrefix(" that tossed the dog"))
claim("after ma it expects an l", alphabet.words[newLogits[14].argmax()], equals: "l")
claim("and is surprised by i", surprise[14], isGreaterThan: 5)
let costly = (17..<21).filter { surprise[$0] > 0.1 }
claim("of that, the a alone costs something, for it had bet on the", costly.map { line[$0 + 1] } == ["a"] && alphabet.words[newLogits[19].argmax()] == "e")
claim("of milked, five letters in six are a surprise", line[23..<29].joined() == "milked" && surprise[22..<28].filter { $0 > 2 }.count == 5)

// lessons/16-character-model.md:215
let three = Tensor([2.0, 1.0, 0.0])
for tau in [0.3, 1.0, 3.0] { print("tau", tau, softmax(three / tau)) }
claim("colder, the likeliest gains and the others lose",
    softmax(three / 0.3)[0].item > softmax(three)[0].item
        && softmax(three / 0.3)[1].item < softmax(three)[1].item)
claim("near 0 only the likeliest is left",
    softmax(three / 0.01), equals: Tensor([1.0, 0, 0]), within: 1e-12)
claim("hot, all three come near a third",
    softmax(three / 1000), equals: 1.0 / 3, within: 0.001)

// lessons/16-character-model.md:239
func write(_ length: Int, temperature tau: Double) -> String {
    var letter = alphabet.number(of: "\n"), states: (Tensor, Tensor)? = warm
    var written = ""
    noGrad {
        for _ in 0..<length {
            let (logits, after) = model(Tensor([Double(letter)]), states)
            letter = multinomial(softmax(logits[0] / tau), 1).integers[0]
            states = after
            written += alphabet.words[letter]
        }
    }
    return written
}
let dictionary = Set(text.joined().split { $0 == " " || $0 == "\n" })
func wrapped(_ text: String) -> String {            // long lines go on below
    var out = "", width = 0
    for letter in text {
        if letter == " " && width > 30 {
            out += "\n   "
            width = 3
        } else {
            out.append(letter)
            width = letter == "\n" ? 0 : width + 1
        }
    }
    return out
}
var shares: [Double] = [], writings: [String] = []
for tau in [0.3, 1.0, 2.0] {
    manualSeed(3)
    let written = write(160, temperature: tau)
    let words = written.split { $0 == " " || $0 == "\n" }.dropLast()
    let known = words.filter { dictionary.contains($0) }
    shares.append(Double(known.count) / Double(words.count))
    writings.append(written)
    print("τ =", tau, " known words:", shares.last!)
    print(wrapped(written))
    print("")
}
/// Whole lines that are none of the rhyme's.
func inventions(_ writing: Int) -> [String] {
    writings[writing].split(separator: "\n").dropLast().map { String($0) }
        .filter { !verses.contains($0) }
}
print(inventions(1)[0])

// lessons/16-character-model.md:290
claim("at 0.3 all words are the rhyme's", shares[0], equals: 1)
claim("and each whole line is one of the six", inventions(0).isEmpty && writings[0].split(separator: "\n").count > 1)
claim("at 1 all words are the rhyme's too", shares[1], equals: 1)
claim("but not all lines", !inventions(1).isEmpty)
claim("at 2 most words are not", shares[2], isLessThan: 0.5)

// lessons/16-character-model.md:305
let catLine = "this is the cat that ".map { String($0) }
let ratLine = "this is the rat that ".map { String($0) }
func states(of line: [String]) -> LSTMTrace {
    let letters = Tensor(alphabet.numbers(of: line))
    return noGrad { model.lstm.trace(model.embedding(letters), warm) }
}
let cat = states(of: catLine), rat = states(of: ratLine)
let difference = stack(zip(cat.steps, rat.steps).map { a, b in
    (a.cellState - b.cellState).squeeze(0)
})                                                      // (21, 32)
let kept = difference[12...].abs().min(axis: 0)         // (32)
let order = kept.argsort(descending: true).integers
show(
    heatmap: difference.transposed()[Array(order[..<6])],
    rows: order[..<6].map { "unit \($0)" },
    columns: zip(catLine, ratLine).map { $0 == $1 ? visible($0) : "?" })
print(order[0])

// lessons/16-character-model.md:328
let keeper = order[0], span = 11..<21
func ribbon(_ trace: LSTMTrace, _ name: String) -> [Double] {
    span.map { trace.steps[$0][name][0, keeper].item }
}
let under = span.map { $0 == 12 ? "?" : visible(catLine[$0]) }
show(
    heatmap: [ribbon(cat, "f"), ribbon(rat, "f")], rows: ["f, cat", "f, rat"],
    columns: under)
show(
    heatmap: [ribbon(cat, "c"), ribbon(rat, "c")], rows: ["c, cat", "c, rat"],
    columns: under)

// lessons/16-character-model.md:344
claim("the lines differ in one letter, step 12", zip(catLine, ratLine).enumerated().filter { $1.0 != $1.1 }.map { $0.offset }, equals: [12])
claim("before it there is no difference", difference[..<12].abs().max().item, equals: 0)
claim("the keeper's difference stays above half of what came in", difference[12..., keeper].abs().min().item, isGreaterThan: 0.5 * abs(difference[12, keeper].item))
claim("at c it erases", ribbon(cat, "f")[1], isLessThan: 0.1)
claim("at r it keeps more than half", ribbon(rat, "f")[1], isGreaterThan: 0.5)
let later = ribbon(cat, "f")[2...] + ribbon(rat, "f")[2...]
claim("later the gate is never below 0.7", later.min()!, isGreaterThan: 0.7)
let laterMean = later.reduce(0, +) / Double(later.count)
claim("and above 0.9 on average", laterMean, isGreaterThan: 0.9)
claim("eight letters stand between the one that differs and the one that depends on it", catLine.count - 13, equals: 8)
claim("in the pictured units it stays largest", order[..<6].map { kept[$0].item }.min()!, isAtLeast: order[6...].map { kept[$0].item }.max()!)
print(ribbon(cat, "f")[1])
print(ribbon(rat, "f")[1])
print(laterMean)
print(later.min()!)

// lessons/16-character-model.md:365
let last = (cat: cat.steps[20].hiddenState, rat: rat.steps[20].hiddenState)
func told(_ replaced: Int) -> Tensor {
    let h = last.rat.clone()
    for unit in order[..<replaced] { h[0, unit] = last.cat[0, unit] }
    return noGrad { softmax(model.fc(h)[0]) }
}
let amounts = [0, 1, 2, 4, 8, 16, 32]
let (k, a) = (alphabet.number(of: "k"), alphabet.number(of: "a"))
show(table: [
    "units exchanged": amounts, "p(a), ate": amounts.map { told($0)[a].item },
    "p(k), killed": amounts.map { told($0)[k].item },
])

// lessons/16-character-model.md:384
let toK = amounts.map { told($0)[k].item }, toA = amounts.map { told($0)[a].item }
claim("unchanged, the rat eats", toA[0], isGreaterThan: 0.8)
claim("one unit changes p(k) by less than 0.05", toK[1] - toK[0], isLessThan: 0.05)
claim("two make it undecided", min(toK[2], toA[2]), isGreaterThan: 0.3)
claim("up to eight, a is still ahead", (0...4).allSatisfy { toA[$0] > toK[$0] })
claim("with half of the units k wins", toK[5], isGreaterThan: 2 * toA[5])
claim("with all of them it is the cat's line", toK[6], isGreaterThan: 0.9)

// lessons/16-character-model.md:405
let bytes = 1000 * (log(4.0) / log(2)) / 8
print(bytes)
let packed = total * ladder[2] / log(2) / 8
print("the rhyme:", packed, "of", text.count)
claim("250 bytes", bytes, equals: 250, within: 1e-9)
claim("a fifth of the rhyme's bytes", packed / Double(text.count), equals: 0.2, within: 0.01)

// lessons/16-character-model.md:421
let pair = Tensor([log(0.9), log(0.1)])
let sharp = softmax(pair / 0.5)[0].item, blunt = softmax(pair / 1000)[0].item
print(sharp, blunt)
claim("0.9878", sharp, equals: 0.81 / 0.82, within: 1e-12)
claim("one half in the end", blunt, equals: 0.5, within: 0.001)

// lessons/16-character-model.md:436
expectTrap("goes through every operation once") {
let first = model(read[..<32])
crossEntropy(first.logits, ids[1...32].map { $0 }).backward()
print("the first step ran")
let second = model(read[32..<64], first.states)
crossEntropy(second.logits, ids[33...64].map { $0 }).backward()
}

// lessons/16-character-model.md:452
let table = 23 * 12, cell = 4 * 32 * (12 + 32 + 2), top = 33 * 23
print(table + cell + top, Double(table + cell + top) / Double(text.count))
let all = model.parameters.elementCount
claim("it is the model's", all, equals: table + cell + top)
claim("more than 13 a letter", all, isGreaterThan: 13 * text.count)

// lessons/16-character-model.md:467
func trainAgain(carrying: Bool) -> (first: Double, last: Double) {
    manualSeed(1)
    let model = CharacterModel()
    let adam = Adam(model.parameters, learningRate: 0.02)
    var place = 0, carried: (Tensor, Tensor)?, first = 0.0, last = 0.0
    for step in 0..<120 {
        let starts = (0..<8).map { (place + $0 * ids.count / 8) % ids.count }
        let pieces = Tensor(starts.map { Array(endless[$0...$0 + 32]) })
            .transposed()
        let (logits, states) = model(pieces[..<(-1)], carrying ? carried : nil)
        let each = crossEntropy(
            logits.reshaped(32 * 8, V), pieces[1...].flattened(),
            reduction: .none)
        if step >= 100 {
            let letters = each.detach().reshaped(32, 8)
            first += letters[..<4].mean().item / 20
            last += letters[16...].mean().item / 20
        }
        carried = (states.0.detach(), states.1.detach())
        place += 32
        adam.zeroGrad()
        each.mean().backward()
        clipGradientNorm(model.parameters, 1)
        adam.step()
    }
    return (exp(first), exp(last))
}
let with = trainAgain(carrying: true), without = trainAgain(carrying: false)
show(table: [
    "states": ["carried", "thrown away"],
    "first four": [with.first, without.first],
    "last sixteen": [with.last, without.last],
])
claim("thrown away, the beginning suffers",
    without.first, isGreaterThan: 1.5 * with.first)
claim("the end hardly does", without.last, isLessThan: 1.1 * with.last)
print(exp(ladder[0]))
print(exp(ladder[1]))
print(exp(ladder[2]))
print(exp(known))
