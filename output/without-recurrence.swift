// Without recurrence — all places at once
//
// The program of lessons/19-without-recurrence.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release without-recurrence.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/19-without-recurrence.md:21
final class SelfAttention: Layer {
    let query, key, value: Linear
    init(_ d: Int) {
        query = Linear(d, d, bias: false)
        key = Linear(d, d, bias: false)
        value = Linear(d, d, bias: false)
    }
    var parameters: Parameters {
        Parameters(of: [
            "query": query.parameters, "key": key.parameters,
            "value": value.parameters,
        ])
    }
    func trace(_ x: Tensor, mask: Tensor? = nil) -> AttentionTrace {
        DotProductAttention().trace(query(x), key(x), value(x), mask: mask)
    }
    func callAsFunction(_ x: Tensor, mask: Tensor? = nil) -> Tensor {
        trace(x, mask: mask).output
    }
}
manualSeed(0)
let layer = SelfAttention(4)
let sentence = Tensor.randn(3, 4)
let output = layer(sentence)
show(output, "output", rows: ["我", "爱", "中国"])
func rounded(_ t: Tensor) -> [Double] {
    t.values.map { ($0 * 1e6).rounded() / 1e6 }
}
print("love:", rounded(output[1]))
let backwards = layer(sentence.flip(axis: 0))
print("turned around:", rounded(backwards[1]))
claim(
    "爱 becomes the same in both sentences",
    backwards[1], equals: output[1], within: 1e-15)

// lessons/19-without-recurrence.md:80
manualSeed(1)
let six = Tensor.randn(6, 4), lot = Tensor.randperm(6).integers
let gru = GRU(inputSize: 4, hiddenSize: 4)
claim("the lot is not the old order", lot, differsFrom: [0, 1, 2, 3, 4, 5])
claim("self-attention of shuffled words is shuffled self-attention", layer(six[lot]), equals: layer(six)[lot], within: 1e-14)
claim("a GRU's is not", abs(gru(six[lot]).output - gru(six).output[lot]).max().item, isGreaterThan: 0.1)

// lessons/19-without-recurrence.md:97
func positions(_ L: Int, _ d: Int) -> Tensor {
    Tensor((0..<L).map { t in
        (0..<d).map { feature in
            let angle = Double(t) * pow(10000, -Double(feature / 2 * 2) / Double(d))
            return feature % 2 == 0 ? sin(angle) : cos(angle)
        }
    })
}
show(heatmap: positions(12, 8), rowTitle: "t", columnTitle: "feature")

// lessons/19-without-recurrence.md:113
let far = positions(200, 64)
let likeness = (matmul(far, far[0]) / 32).values
show(
    lines: ["alike": Array(likeness[..<80])], x: "k", y: "p₀ · pₖ / p₀ · p₀",
    yRange: 0...1)
claim(
    "it depends on the distance only: from 0, or from 100",
    matmul(far[100...], far[100]), equals: matmul(far[..<100], far[0]),
    within: 1e-10)
let cosines = (0..<32).map { i in cos(7 * pow(10000, -Double(2 * i) / 64)) }
claim(
    "for k = 7 it is the sum of cosines",
    32 * likeness[7], equals: cosines.reduce(0, +), within: 1e-10)
claim(
    "the nearest is the most alike",
    likeness[1...].max()!, equals: likeness[1])

// lessons/19-without-recurrence.md:136
let placed = layer(sentence + positions(3, 4))
let placedBackwards = layer(sentence.flip(axis: 0) + positions(3, 4))
claim(
    "now 爱 does become something else when the sentence is turned around",
    abs(placedBackwards[1] - placed[1]).max().item, isGreaterThan: 0.01)

// lessons/19-without-recurrence.md:149
manualSeed(2)
let text = Tensor.randn(10, 4)
let atOnce = layer(text, mask: .causalMask(10))

var (keys, values, oneByOne): ([Tensor], [Tensor], [Tensor]) = ([], [], [])
for x in text.unbind() {
    keys.append(layer.key(x))
    values.append(layer.value(x))
    let q = layer.query(x).unsqueeze(0)
    oneByOne.append(DotProductAttention()(q, stack(keys), stack(values)).output[0])
}
claim(
    "both ways give the same outputs",
    stack(oneByOne), equals: atOnce, within: 1e-14)
let kept = (keys + values).map { $0.values.count }.reduce(0, +)
print("numbers kept after ten steps:", kept)
print("a GRU of four units keeps:", gru(text).hn.values.count)

// lessons/19-without-recurrence.md:181
let H = 64
func recurrent(_ gates: Int, _ L: Int) -> Int { gates * 2 * L * H * H }
func attending(_ L: Int) -> Int { 4 * L * H * H + 2 * L * L * H }
let lengths = (2...12).map { 1 << $0 }
show(
    lines: [
        "self-attention": lengths.map { attending($0) },
        "LSTM": lengths.map { recurrent(4, $0) },
        "RNN": lengths.map { recurrent(1, $0) },
    ], at: lengths, x: "L", y: "multiplications", xScale: .logarithmic,
    yScale: .logarithmic)
claim(
    "below L = 128 = 2 H the LSTM costs more, above it self-attention",
    (1..<128).allSatisfy { attending($0) < recurrent(4, $0) }
        && (129...4096).allSatisfy { attending($0) > recurrent(4, $0) })
claim(
    "than an RNN self-attention costs more at any length",
    (1...4096).allSatisfy { attending($0) > recurrent(1, $0) })

// lessons/19-without-recurrence.md:206
func weights(_ layer: some Layer) -> Int { layer.parameters.filter { $0.tensor.shape.count == 2 }.map { $0.tensor.values.count }.reduce(0, +) }
claim("each weight of a recurrent layer multiplies once a step: RNN", weights(RNN(inputSize: H, hiddenSize: H)), equals: recurrent(1, 1))
claim("GRU", weights(GRU(inputSize: H, hiddenSize: H)), equals: recurrent(3, 1))
claim("LSTM", weights(LSTM(inputSize: H, hiddenSize: H)), equals: recurrent(4, 1))
claim("twice the length is nearly four times the cost where L is large", Double(attending(100_000)) / Double(attending(50_000)), equals: 4, within: 0.01)
claim("self-attention with its output matrix has 4 H² weights", weights(MultiheadAttention(embedDim: H, numHeads: 1)), equals: 4 * H * H)

// lessons/19-without-recurrence.md:219
let L = 1000
show(table: [
    "layer": ["RNN", "LSTM", "self-attention"],
    "products": [recurrent(1, L), recurrent(4, L), attending(L)],
    "steps": [L, L, 4], "way": [L - 1, L - 1, 1],
    "kept": [H, 2 * H, 2 * L * H],
])
print(2 * L * H / (2 * H))

// lessons/19-without-recurrence.md:237
let distances = [2, 4, 8, 16, 32, 64]
func mean(_ L: Int, _ last: (Tensor) -> Tensor) -> Double {
    var sum = 0.0
    for _ in 0..<10 {
        let x = Tensor.randn(L, 32)
        x.requiresGradient = true
        (last(x) * Tensor.randn(32)).sum().backward()
        sum += x.gradient![0].norm().item / 10
    }
    return sum
}
manualSeed(3)
let rnn = RNN(inputSize: 32, hiddenSize: 32)
let lstm = LSTM(inputSize: 32, hiddenSize: 32)
let look = SelfAttention(32)
let ofRNN = distances.map { L in mean(L) { rnn($0).output[-1] } }
let ofLSTM = distances.map { L in mean(L) { lstm($0).output[-1] } }
let ofLook = distances.map { L in mean(L) { look($0)[-1] } }
show(
    lines: ["self-attention": ofLook, "LSTM": ofLSTM, "RNN": ofRNN],
    at: distances, x: "L", y: "gradient", xScale: .logarithmic, yScale: .logarithmic)
claim(
    "from 2 words to 64 RNN and LSTM lose more than ten powers of ten",
    min(ofRNN[0] / ofRNN[5], ofLSTM[0] / ofLSTM[5]), isGreaterThan: 1e10)
func leftPerStep(_ norms: [Double], after place: Int, steps: Double) -> Double {
    pow(norms[place + 1] / norms[place], 1 / steps)
}
claim(
    "what is left per step is the same from 16 to 32 and from 32 to 64, to 0.02",
    Tensor([ofRNN, ofLSTM].map { leftPerStep($0, after: 3, steps: 16) }),
    equals: Tensor([ofRNN, ofLSTM].map { leftPerStep($0, after: 4, steps: 32) }), within: 0.02)
claim(
    "self-attention loses as 1/L: a factor of 32, to within a tenth",
    ofLook[0] / ofLook[5] / 32, equals: 1, within: 0.1)

// lessons/19-without-recurrence.md:288
final class Attending: Layer {
    let first: Linear, look: SelfAttention, up: Linear, down: Linear, last: Linear
    init(_ features: Int, _ classes: Int, width: Int = 16) {
        first = Linear(features, width)
        look = SelfAttention(width)
        up = Linear(width, 2 * width)
        down = Linear(2 * width, width)
        last = Linear(width, classes)
    }
    var parameters: Parameters {
        Parameters(of: [
            "first": first.parameters, "look": look.parameters,
            "up": up.parameters, "down": down.parameters, "last": last.parameters,
        ])
    }
    /// What each place is before it looks: its input and its position.
    func places(_ x: Tensor) -> Tensor { first(x) + positions(x.shape[1], 16) }
    func callAsFunction(_ x: Tensor) -> Tensor {
        let a = places(x)
        let b = a + look(a, mask: .causalMask(x.shape[1]))
        return last(b + down(relu(up(b))))
    }
}
final class Recurring: Layer {
    let gru: GRU, last: Linear
    init(_ features: Int, _ classes: Int) {
        gru = GRU(inputSize: features, hiddenSize: 22, batchFirst: true)
        last = Linear(22, classes)
    }
    var parameters: Parameters {
        Parameters(of: ["gru": gru.parameters, "last": last.parameters])
    }
    func callAsFunction(_ x: Tensor) -> Tensor { last(gru(x).output) }
}

// lessons/19-without-recurrence.md:326
typealias Examples = (x: Tensor, wanted: [Int])
/// Six cards and a sign: features 0–7 are the sign, 8–11 the number. Wanted is said at the last place; −100 counts nothing.
func cards(_ count: Int) -> Examples {
    var (rows, wanted): ([[[Double]]], [Int]) = ([], [])
    let numbers = Tensor.randint(4, [count, 6]).integers, asked = Tensor.randint(6, [count]).integers
    for n in 0..<count {
        let signs = Tensor.randperm(8).integers
        rows.append((0...6).map { t in
            var row = [Double](repeating: 0, count: 12)
            row[signs[t < 6 ? t : asked[n]]] = 1
            if t < 6 { row[8 + numbers[n * 6 + t]] = 1 }
            return row
        })
        wanted += [Int](repeating: -100, count: 6) + [numbers[n * 6 + asked[n]]]
    }
    return (Tensor(rows), wanted)
}
func parity(_ count: Int, _ L: Int = 10) -> Examples {
    let bits = Tensor.randint(2, [count, L])
    return (bits.unsqueeze(2), bits.cumsum(axis: 1).values.map { Int($0) % 2 })
}
func share(_ read: (Tensor) -> Tensor, _ examples: Examples) -> Double {
    let said = noGrad { read(examples.x).argmax(axis: 2).integers }
    let counted = zip(said, examples.wanted).filter { $0.1 >= 0 }
    return Double(counted.filter { $0.0 == $0.1 }.count) / Double(counted.count)
}
func learn(
    _ parameters: Parameters, _ read: (Tensor) -> Tensor, classes: Int, batches: Int, rate: Double, _ draw: (Int) -> Examples
) -> [(Int, Double)] {
    let adam = Adam(parameters, learningRate: rate), exam = draw(200)
    var progress = [(0, share(read, exam))]
    for number in 1...batches {
        let batch = draw(16)
        let loss = crossEntropy(read(batch.x).view(batch.wanted.count, classes), batch.wanted)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        if number % 15 == 0 { progress.append((number, share(read, exam))) }
    }
    return progress
}
manualSeed(1)
let (cardsA, cardsR) = (Attending(12, 4), Recurring(12, 4))
let (parityA, parityR) = (Attending(1, 2), Recurring(1, 2))
let cardsOfA = learn(cardsA.parameters, { cardsA($0) }, classes: 4, batches: 210, rate: 0.01) { cards($0) }
let cardsOfR = learn(cardsR.parameters, { cardsR($0) }, classes: 4, batches: 210, rate: 0.01) { cards($0) }
let parityOfA = learn(parityA.parameters, { parityA($0) }, classes: 2, batches: 150, rate: 0.02) { parity($0) }
let parityOfR = learn(parityR.parameters, { parityR($0) }, classes: 2, batches: 150, rate: 0.02) { parity($0) }
show(lines: ["attention": cardsOfA, "GRU": cardsOfR], x: "batches", y: "right, cards", yRange: 0...1)
show(lines: ["attention": parityOfA, "GRU": parityOfR], x: "batches", y: "right, parity", yRange: 0...1)

// lessons/19-without-recurrence.md:384
show(table: [
    "network": ["self-attention", "GRU"],
    "weights": [
        cardsA.parameters.elementCount, cardsR.parameters.elementCount,
    ],
    "cards": [cardsOfA.last!.1, cardsOfR.last!.1],
    "parity": [parityOfA.last!.1, parityOfR.last!.1],
])
print(cardsOfR.last!.1)
print(parityOfA.last!.1)

// lessons/19-without-recurrence.md:399
claim("at cards attention is right nine times in ten and more", cardsOfA.last!.1, isAtLeast: 0.9)
claim("the GRU not half the time, and after 210 batches hardly more often than after 60", cardsOfR.last!.1 < 0.5 && cardsOfR.last!.1 - cardsOfR[4].1 < 0.05)
claim("at parity the GRU makes no mistake", parityOfR.last!.1, equals: 1)
claim("attention is hardly better than a guess", parityOfA.last!.1, isLessThan: 0.65)
claim("both have between two and two and a half thousand weights", min(cardsA.parameters.elementCount, cardsR.parameters.elementCount) >= 2000 && max(cardsA.parameters.elementCount, cardsR.parameters.elementCount) <= 2500)

// lessons/19-without-recurrence.md:411
manualSeed(8)
let table = cards(200)
let glance = noGrad {
    cardsA.look.trace(cardsA.places(table.x), mask: .causalMask(7)).weights
}
func sign(_ n: Int, _ t: Int) -> Int { table.x[n, t, 0..<8].argmax() }
show(table: [
    "card": (0..<7).map { "sign \(sign(0, $0))" + ($0 < 6 ? "" : " ?") },
    "number": (0..<7).map { $0 < 6 ? "\(table.x[0, $0, 8...].argmax())" : "" },
    "weight": glance[0, 6].values,
])
let same = (0..<200).filter { n in
    sign(n, glance[n, 6, 0..<6].argmax()) == sign(n, 6)
}
claim(
    "of 200 questions 190 and more look, of the six cards, most at the right one",
    same.count, isAtLeast: 190)
let sought = (0..<6).first { sign(0, $0) == sign(0, 6) }!
claim(
    "here nearly all goes to that card and to the question itself",
    glance[0, 6, sought].item + glance[0, 6, 6].item, isGreaterThan: 0.9)
print(same.count)

// lessons/19-without-recurrence.md:441
func byPlace(_ read: (Tensor) -> Tensor) -> [Double] {
    manualSeed(6)
    let (bits, wanted) = parity(200)
    let said = noGrad { read(bits).argmax(axis: 2) }
    let right = Tensor(wanted.map { Double($0) }).view(200, 10)
    return (said .== right).mean(axis: 0).values
}
let placesA = byPlace { parityA($0) }, placesR = byPlace { parityR($0) }
show(
    lines: ["attention": placesA, "GRU": placesR], at: Array(1...10),
    x: "bits read", y: "right", yRange: 0...1)
let (thousand, odd) = parity(1, 1000)
let heard = noGrad { parityR(thousand).argmax(axis: 2).integers }
claim(
    "the GRU, trained on ten bits, makes no mistake in a thousand", heard == odd)

// lessons/19-without-recurrence.md:461
claim("one bit attention can tell", placesA[0], isGreaterThan: 0.99)
claim("from the third bit on it hardly does better than a guess", placesA[2...].allSatisfy { $0 > 0.4 && $0 < 0.6 })
claim("the GRU is right at all places", placesR.min()!, equals: 1)

// lessons/19-without-recurrence.md:471
let growing = [4, 8, 16, 32, 64, 128]
func moves(_ read: (Tensor) -> Tensor) -> [Double] {
    growing.map { L in
        manualSeed(4)
        let (bits, _) = parity(20, L)
        let turned = bits.clone()
        turned[.all, 0] = 1 - bits[.all, 0]
        let move = noGrad { read(turned)[.all, -1] - read(bits)[.all, -1] }
        return move.norm(axis: 1).mean().item
    }
}
func looked(_ net: Attending, _ x: Tensor) -> Tensor {
    net.look(net.places(x), mask: .causalMask(x.shape[1]))
}
manualSeed(1)
let drawn = Attending(1, 2)
let ofDrawn = moves { looked(drawn, $0) }
let ofGRU = moves { parityR.gru($0).output }
show(
    lines: ["attention": ofDrawn, "GRU": ofGRU], at: growing, x: "L", y: "move",
    xScale: .logarithmic, yScale: .logarithmic)
claim(
    "from 4 bits to 128 attention's move falls as 1/L, to within a tenth",
    ofDrawn[0] / ofDrawn[5] / 32, equals: 1, within: 0.1)
claim(
    "the GRU's stays as large as it was, to a tenth",
    ofGRU[5] / ofGRU[0], equals: 1, within: 0.1)
let trainedMove = moves { looked(parityA, $0) }
print(trainedMove[5])

// lessons/19-without-recurrence.md:506
manualSeed(4)
let evenly = noGrad { drawn.look.trace(drawn.places(parity(1, 128).x), mask: .causalMask(128)).weights[0, 127] }
claim("as it is drawn, the layer gives none of 128 bits more than twice its share, nor less than half", evenly.max().item < 2.0 / 128 && evenly.min().item > 0.5 / 128)
claim("the first of 128 bits moves the trained layer less than the one as it was drawn", trainedMove[5], isLessThan: ofDrawn[5])

// lessons/19-without-recurrence.md:525
manualSeed(5)
let long = Tensor.randn(50, 4)
let (Q, K, V) = (layer.query(long), layer.key(long), layer.value(long))
let allAtOnce = matmul(matmul(Q, K.transposed()).tril(), V)

var S = Tensor.zeros(4, 4)
var written: [Tensor] = []
for t in 0..<50 {
    S = S + outer(V[t], K[t])
    written.append(matmul(S, Q[t]))
}
claim("the same outputs", stack(written), equals: allAtOnce, within: 1e-12)
print("kept after 50 steps:", S.values.count)
print("by keys and values:", 2 * long.values.count)

// lessons/19-without-recurrence.md:553
let shift = Tensor([[cos(3.0), sin(3.0)], [-sin(3.0), cos(3.0)]])
show(shift, "shift")
func hand(_ t: Int) -> Tensor { Tensor([sin(Double(t)), cos(Double(t))]) }
claim("from t to t + 3, for twenty t", (0..<20).allSatisfy { matmul(shift, hand($0)).isClose(to: hand($0 + 3), within: 1e-12) })

// lessons/19-without-recurrence.md:568
let counter = RNN(inputSize: 1, hiddenSize: 2, nonlinearity: .relu)
counter.parameters["weight_ih_l0"][.all] = Tensor([[1.0], [1]])
counter.parameters["weight_hh_l0"][.all] = Tensor([[1.0, -2], [1, -2]])
counter.parameters["bias_ih_l0"][.all] = Tensor([0, -1.0])
counter.parameters["bias_hh_l0"][.all] = Tensor([0, 0.0])
let (bits, parities) = parity(1, 10_000)
let h = noGrad { counter(bits[0].unsqueeze(1)).output[.all, 0] }
claim("h[0] − 2 h[1] is the parity after every bit", h[.all, 0] - 2 * h[.all, 1], equals: Tensor(parities.map { Double($0) }))

// lessons/19-without-recurrence.md:586
claim("as a GRU at 64", attending(64), equals: recurrent(3, 64))
claim("its parts are equal at 128", 4 * 128 * H * H, equals: 2 * 128 * 128 * H)

// lessons/19-without-recurrence.md:598
let once = (1...100).reduce(0, +), again = (1...100).map { $0 * ($0 + 1) / 2 }.reduce(0, +)
print("kept", once, "again", again)
claim("5050 and 171700, 34 times as many", once == 5050 && again == 171_700 && again == 34 * once)
