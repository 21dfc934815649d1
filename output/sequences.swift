// Sequences — one step after the other
//
// The program of lessons/01-sequences.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release sequences.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/01-sequences.md:14
let digits = [2.0, 0, 2, 6]
var kept = 0.0                     // before the first step
var before: [Double] = [], after: [Double] = []
for digit in digits {
    before.append(kept)
    kept = 10 * kept + digit       // the same rule at every step
    after.append(kept)
}
show(table: [
    "step t": 1...4, "kept before": before, "heard": digits, "kept after": after,
])
claim("held after two, zero, two", before[3], equals: 202)
claim("the four digits were read as one number", kept, equals: 2026)

// lessons/01-sequences.md:48
func read(_ digits: [Double]) -> Double {
    var h = 0.0
    for x in digits { h = 10 * h + x }
    return h
}
func sum(_ digits: [Double]) -> Double { digits.reduce(0) { $0 + $1 } }

func written(_ digits: [Double]) -> String {
    digits.map { "\(Int($0))" }.joined(separator: " ")
}

let orders: [[Double]] = [[2, 0, 2, 6], [6, 2, 0, 2], [0, 2, 2, 6]]
let sums = orders.map { sum($0) }, loops = orders.map { read($0) }
show(table: ["digits": orders.map { written($0) }, "sum": sums, "loop": loops])
claim("one sum for all three orders", Set(sums).count, equals: 1)
claim("three results of the loop", Set(loops).count, equals: 3)
let sorted = orders.map { $0.sorted() }
claim("the same four digits", sorted.allSatisfy { $0 == sorted[0] })

// lessons/01-sequences.md:77
let sentence = "我爱北京天安门"
let characters = sentence.map { String($0) }
let words = ["我", "爱", "北京", "天安门"]
print(characters.count, "steps by character:", characters.joined(separator: " "))
print(words.count, "steps by word:", words.joined(separator: " "))
claim("all of it, by character", characters.joined(), equals: sentence)
claim("all of it, by word", words.joined(), equals: sentence)

// lessons/01-sequences.md:90
let alice = """
    alice was beginning to get very tired of sitting by her sister on \
    the bank and of having nothing to do once or twice she had peeped \
    into the book her sister was reading but it had no pictures or \
    conversations in it and what is the use of a book thought alice \
    without pictures or conversations so she was considering in her \
    own mind as well as she could for the hot day made her feel very \
    sleepy and stupid whether the pleasure of making a daisy chain \
    would be worth the trouble of getting up and picking the daisies \
    when suddenly a white rabbit with pink eyes ran close by her
    """
let aliceWords = alice.split(separator: " ").map { String($0) }
print(aliceWords.count, "words,", alice.count, "characters")
print(aliceWords.count)

// lessons/01-sequences.md:111
var seenCharacters: Set<Character> = [], seenWords: Set<String> = []
var characterCurve = [0.0], wordCurve = [0.0]
for word in aliceWords {
    for character in word { seenCharacters.insert(character) }
    seenWords.insert(word)
    characterCurve.append(Double(seenCharacters.count))
    wordCurve.append(Double(seenWords.count))
}
show(
    lines: ["words": wordCurve, "characters": characterCurve],
    x: "words read", y: "different ones met so far")
print(aliceWords.count)
print(seenWords.count)
print(alice.count)
print(seenCharacters.count + 1)

// lessons/01-sequences.md:130
let half = aliceWords.count / 2
let lateCharacters = characterCurve.last! - characterCurve[half], lateWords = wordCurve.last! - wordCurve[half]
claim("the second half of the text brings no more than one new character", lateCharacters, isAtMost: 1)
claim("and more than thirty new words", lateWords, isGreaterThan: 30)
claim("word by word the text is less than a quarter as long", 4 * aliceWords.count, isLessThan: alice.count)
claim("of the last ten words most are new", wordCurve.last! - wordCurve[aliceWords.count - 10], isGreaterThan: 5)
claim("and no character is", characterCurve.last!, equals: characterCurve[aliceWords.count - 10])
claim("more symbols by words than by characters, the space among them", seenWords.count, isGreaterThan: seenCharacters.count + 1)
claim("and fewer steps", aliceWords.count, isLessThan: alice.count)

// lessons/01-sequences.md:148
let known = ["我", "你", "爱", "中", "国", "北", "京", "家"]
let vocabulary = Vocabulary(known)
show(table: ["character": known, "number": vocabulary.numbers(of: known)])
print("你 爱 我 家 →", vocabulary.numbers(of: ["你", "爱", "我", "家"]))
print(vocabulary.number(of: "国"))
print(vocabulary.number(of: "爱"))

// lessons/01-sequences.md:159
manualSeed(0)
let embedding = Embedding(vocabulary.count, 5)
let home = ["我", "爱", "我", "家"]
let embedded = embedding(vocabulary.numbers(of: home))    // (4, 5)
show(heatmap: embedded, rows: home, columnTitle: "feature")
claim("我 is the same vector both times", embedded[0], equals: embedded[2])
let country = vocabulary.number(of: "国"), heart = vocabulary.number(of: "爱")
claim("as a number, 国 is twice 爱", country, equals: 2 * heart)
let apart = abs(embedding(country) - 2 * embedding(heart)).max().item
claim("as a vector it is not", apart, isGreaterThan: 0.1)

// lessons/01-sequences.md:176
let numbers = vocabulary.numbers(of: home)
let places = oneHot(numbers, classes: vocabulary.count)     // (4, 8)
show(places, "one-hot", rows: home, columns: known)
claim(
    "one-hot times table = the rows looked up",
    matmul(places, embedding.weight), equals: embedded, within: 0)

// lessons/01-sequences.md:193
let texts = [
    ["我", "爱", "中", "国"],
    ["我", "爱", "北", "京"],
    ["你", "爱", "我", "家"],
]
func embed(_ texts: [[String]]) -> Tensor {
    stack(texts.map { embedding(vocabulary.numbers(of: $0)) }, axis: 1)
}
let x = embed(texts)
show(table: [
    "step": 0..<4, "sentence 0": texts[0],
    "sentence 1": texts[1], "sentence 2": texts[2],
])
print("x", x.shape)
claim("steps, sentences, features", x.shape, equals: [4, 3, 5])
print(x.shape[0])
print(x.shape[1])
print(x.shape[2])

// lessons/01-sequences.md:262
show(shapes: [
    "x": x,
    "x[2]": x[2],               // one step of all sentences
    "x[.all, 1]": x[.all, 1],   // all steps of one sentence
    "x[2, 1]": x[2, 1],         // one character
])
claim("x[2, 1] is 北", x[2, 1], equals: embedding(vocabulary.number(of: "北")))

// lessons/01-sequences.md:276
let rnn = RNN(inputSize: 5, hiddenSize: 6)
let (output, hn) = rnn(x)
show(shapes: rnn, input: x, output: output, hn: hn)
claim("the last step of the output is hn", output[3], equals: hn[0], within: 0)

// lessons/01-sequences.md:287
let love = embed([["我", "爱", "你"], ["你", "爱", "我"]])      // (3, 2, 5)
let (_, last) = rnn(love)                                       // (1, 2, 6)
let bySum = love.sum(axis: 0), byLoop = last[0]
claim(
    "added up, they are one, but for rounding",
    bySum[0], equals: bySum[1], within: 1e-15)
let distance = (byLoop[0] - byLoop[1]).norm().item
print("read in order:", distance)
claim("the loop knows", distance, isGreaterThan: 0.5)

// lessons/01-sequences.md:304
expectTrap("input must have 5 features on its last axis") {
func numbered(_ text: [String]) -> Tensor {
    Tensor(vocabulary.numbers(of: text).map { Double($0) })
}
let rows = stack(texts.map { numbered($0) })
let states = rnn(rows.transposed())
}

// lessons/01-sequences.md:318
expectTrap("row 1 must be as long as row 0") {
let short = vocabulary.numbers(of: ["我", "爱", "你"])
let long = vocabulary.numbers(of: ["我", "爱", "中", "国"])
let block = embedding([short, long])
}

// lessons/01-sequences.md:333
func moved(_ layer: RNN, _ a: Tensor, _ b: Tensor) -> Tensor {
    abs(layer(a).output - layer(b).output).max(axis: 2)
}
let stepNames = (0..<4).map { "step \($0)" }
let sentenceNames = (0..<3).map { "sentence \($0)" }

var changed = texts
changed[1][2] = "国"
let y = embed(changed)
let right = moved(rnn, x, y)
show(heatmap: right, rows: stepNames, columns: sentenceNames)
claim("sentence 0 does not move", right[.all, 0], equals: 0)
claim("sentence 2 does not move", right[.all, 2], equals: 0)
claim("nor do the steps before the change", right[0..<2, 1], equals: 0)
claim("the change and the step after it do", right[2..., 1], isGreaterThan: 0.1)

// lessons/01-sequences.md:355
let fed = x.transposed(0, 1)                                     // (3, 4, 5)
let wrong = moved(rnn, fed, y.transposed(0, 1))
show(heatmap: wrong, rows: sentenceNames, columns: stepNames)
claim("the changed place moved", wrong[1, 2].item, isGreaterThan: 0.1)
claim(
    "sentence 2 moved, though nobody touched it",
    wrong[2, 2].item, isGreaterThan: 0.1)
claim("step 3, after the change, did not", wrong[1, 3].item, equals: 0)
claim("two places moved in all", wrong.values.filter { $0 > 0 }.count, equals: 2)
let thirdCharacters = rnn(x[2].unsqueeze(1)).output              // (3, 1, 6)
claim(
    "the third characters were read as one text",
    rnn(fed).output[.all, 2], equals: thirdCharacters[.all, 0], within: 1e-15)

// lessons/01-sequences.md:375
let batchFirst = RNN(inputSize: 5, hiddenSize: 6, batchFirst: true)
try batchFirst.load(rnn.parameters)                        // the same weights
let (cured, curedState) = batchFirst(fed)
show(shapes: ["output": cured, "hn": curedState])
claim(
    "axes exchanged, the same output",
    rnn(fed.transposed(0, 1)).output, equals: output, within: 0)
claim(
    "sentences first, the same output",
    cured.transposed(0, 1), equals: output, within: 0)
claim("and the same hn", curedState, equals: hn, within: 0)

// lessons/01-sequences.md:393
let grid = stack(texts.map { text in
    Tensor(vocabulary.numbers(of: text).map { Double($0) })
})
func column(_ t: Tensor, _ n: Int) -> String {
    t[.all, n].integers.map { known[$0] }.joined()
}
let wanted = texts.map { $0.joined() }
let transposed = (0..<3).map { column(grid.transposed(), $0) }
let reshaped = (0..<3).map { column(grid.reshaped(4, 3), $0) }
show(table: [
    "column": sentenceNames, "transposed": transposed, "reshaped": reshaped,
])
claim("transposed, every sentence is whole", transposed, equals: wanted)
claim("reshaped, none is", zip(reshaped, wanted).allSatisfy { $0 != $1 })
claim(
    "the shape is right all the same",
    fed.reshaped(4, 3, 5).shape, equals: x.shape)

// lessons/01-sequences.md:424
show(diagram: .manyToOne(steps: 4, cell: "10h+x"))

// lessons/01-sequences.md:433
show(diagram: .manyToMany(steps: 4, cell: "÷ 7"))

// lessons/01-sequences.md:440
var remainder = 0
var quotient: [Int] = [], remainders: [Int] = []
for digit in [2, 0, 2, 6] {
    let a = 10 * remainder + digit
    quotient.append(a / 7)         // the output of this step
    remainder = a % 7              // the state after it
    remainders.append(remainder)
}
show(table: [
    "step t": 1...4, "x, digit in": [2, 0, 2, 6],
    "y, digit out": quotient, "h, remainder": remainders,
])
let result = quotient.reduce(0) { 10 * $0 + $1 }
claim("result · 7 + remainder", result * 7 + remainder, equals: 2026)
claim("and the remainder is smaller than 7", remainder, isLessThan: 7)

// lessons/01-sequences.md:462
show(diagram: .oneToMany(steps: 4, cell: "x + h"))

// lessons/01-sequences.md:469
var input = 1, state = 0
var rabbits: [Int] = []
for _ in 0..<10 {
    let output = input + state
    state = input                  // the state after this step
    input = output                 // the dashed arrow
    rabbits.append(output)
}
print(rabbits)
let sumsOfTwo = zip(rabbits, rabbits.dropFirst()).map { $0 + $1 }
claim(
    "each is the sum of the two before",
    Array(rabbits[2...]), equals: sumsOfTwo.dropLast())
claim("and they begin with 1, 2", Array(rabbits[..<2]), equals: [1, 2])

// lessons/01-sequences.md:489
show(diagram: .encoderDecoder(inputs: 2, outputs: 4))

// lessons/01-sequences.md:498
func translate(_ decimal: [Int]) -> [Int] {
    var h = 0
    for x in decimal { h = 10 * h + x }      // encoder
    var bits = [h % 2]                       // decoder
    h = (h - bits[0]) / 2
    while h > 0 {
        let y = h % 2
        bits.append(y)
        h = (h - y) / 2                      // the output goes in again
    }
    return bits
}
print(translate([1, 3]))
print(translate([2, 0, 2, 6]))
func value(_ bits: [Int]) -> Int { bits.reversed().reduce(0) { 2 * $0 + $1 } }
claim("the first is thirteen", value(translate([1, 3])), equals: 13)
claim("the second is the year", value(translate([2, 0, 2, 6])), equals: 2026)
claim("two digits became four", translate([1, 3]).count, equals: 4)
claim("four became eleven", translate([2, 0, 2, 6]).count, equals: 11)

// lessons/01-sequences.md:531
let reviews = Tensor.randn(50, 32, 100)
let reader = RNN(inputSize: 100, hiddenSize: 20)
let (afterEach, atTheEnd) = reader(reviews)
claim("output (50, 32, 20)", afterEach.shape, equals: [50, 32, 20])
claim("hn (1, 32, 20)", atTheEnd.shape, equals: [1, 32, 20])
claim("input[9] is (32, 100)", reviews[9].shape, equals: [32, 100])

// lessons/01-sequences.md:547
func loop(_ w: Double, _ u: Double, _ x: [Double]) -> Double {
    x.reduce(0) { w * $0 + u * $1 }
}
claim("w = 2, u = 1 reads binary", loop(2, 1, [1, 0, 1, 1]), equals: 11)
claim("w = 1 is blind", Set(orders.map { loop(1, 1, $0) }).count, equals: 1)
let others = [-2, -1, 0, 0.5, 0.99, 1.01, 2, 10]
claim(
    "eight other weights are not",
    others.allSatisfy { w in Set(orders.map { loop(w, 1, $0) }).count > 1 })
claim(
    "w = 0 keeps the last input",
    orders.map { loop(0, 1, $0) }, equals: orders.map { $0.last! })

// lessons/01-sequences.md:569
var values: Set<Int> = [], mistakes = 0
for number in 0..<10_000 {
    var h = 0
    for power in [1000, 100, 10, 1] {
        h = (10 * h + number / power % 10) % 7
        values.insert(h)
    }
    if (h == 0) != (number % 7 == 0) { mistakes += 1 }
}
claim("seven values of the state", values.count, equals: 7)
claim("no mistake in ten thousand numbers", mistakes, equals: 0)
var alike = 0
for r in 0..<7 {
    for s in 0..<r {
        let isAlike = (0...9).allSatisfy { x in
            ((10 * r + x) % 7 == 0) == ((10 * s + x) % 7 == 0)
        }
        if isAlike { alike += 1 }
    }
}
claim(
    "remainders that answer alike, whatever digit follows",
    alike, equals: 0)

// lessons/01-sequences.md:602
var lucky = 0, surprises = 0
for n in 1...5 {
    for l in 1...5 {
        let block = Tensor.arange(n * l * 2).reshaped(n, l, 2)
        let isEqual = block.reshaped(l, n, 2) == block.transposed(0, 1)
        if isEqual { lucky += 1 }
        if isEqual != (n == 1 || l == 1) { surprises += 1 }
    }
}
print("equal for", lucky, "of 25 sizes")
claim("equal where N = 1 or L = 1, and nowhere else", surprises, equals: 0)
