// Back-propagation through time
//
// The program of lessons/06-bptt.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release bptt.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/06-bptt.md:23
let numbers = [1.0, 2, 3]

let w = Parameter(Tensor(0.5))
var state = Tensor(0.0)
for number in numbers { state = w * state + number }
state.backward()
print("h3:", state.item)
print("the tape says:", w.gradient!.item)

let alone = Parameter(Tensor(0.5))
var before = Tensor(0.0)
for number in numbers[..<2] { before = alone * before + number }
(alone * before.detach() + numbers[2]).backward()
print("with h2 held fast:", alone.gradient!.item)

let copies = numbers.map { _ in Parameter(Tensor(0.5)) }
var tied = Tensor(0.0)
for (copy, number) in zip(copies, numbers) { tied = copy * tied + number }
tied.backward()
let blame = copies.map { $0.gradient!.item }
show(table: ["use at step": [1, 2, 3], "∂h₃ / ∂(that copy)": blame])

claim(
    "the derivative is not h₂",
    w.gradient!.item, differsFrom: before.item)
claim(
    "the copies' derivatives add up to the shared weight's",
    blame[0] + blame[1] + blame[2], equals: w.gradient!.item)
claim("the first use adds nothing", blame[0], equals: 0)
claim(
    "the last use alone is h₂, as with h₂ held fast",
    blame[2], equals: alone.gradient!.item)
claim("nothing came back across detach", before.gradient == nil)
print(before.item)
print(w.gradient!.item)

// lessons/06-bptt.md:86
show(diagram: .manyToMany(steps: 3))

// lessons/06-bptt.md:105
let slope2 = Parameter(Tensor(0.5))
var h2 = Tensor(0.0)
for number in numbers[..<2] { h2 = slope2 * h2 + number }
h2.backward()
let lastTerm = 0.5 * slope2.gradient!.item
claim("the last term is not nothing", lastTerm, isGreaterThan: 0.1)
claim(
    "immediate + last term = total",
    alone.gradient!.item + lastTerm, equals: w.gradient!.item)
print(lastTerm)
print(alone.gradient!.item)
print(lastTerm)
print(w.gradient!.item)

// lessons/06-bptt.md:134
manualSeed(4)
let network = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
let x = Tensor([[1.0, 0], [0, 1], [0, 1]])
let labels = [0, 0, 1]
let (o, h) = network(x)
let loss = crossEntropy(o, labels, reduction: .sum)
print("loss:", loss.item)
show(
    softmax(o), "ŷ", rows: ["hears A", "hears B", "hears B"],
    columns: ["A", "B"])
claim("no probability is far from a coin's", softmax(o), isLessThan: 0.7)
claim(
    "the loss is about what three tosses of a coin cost",
    loss.item, equals: 3 * log(2.0), within: 0.3)

// lessons/06-bptt.md:198
func gradients(
    _ network: ElmanNetwork, _ x: Tensor, _ labels: [Int]
) -> Parameters {
    let p = network.parameters
    let (o, h) = noGrad { network(x) }
    let error = softmax(o) - oneHot(labels, classes: 2)  // ŷ − y
    let before = cat([.zeros(1, h.shape[1]), h])  // before[t]: what t read
    var (dU, dW, db) = (0 * p["U"], 0 * p["W"], 0 * p["b"])
    var onward = Tensor.zeros(h.shape[1])
    for t in (0..<labels.count).reversed() {
        let delta = matmul(p["V"].transposed(), error[t]) + onward
        let inside = (1 - h[t] * h[t]) * delta  // ∂ℒ/∂a
        dU = dU + outer(inside, x[t])
        dW = dW + outer(inside, before[t])
        db = db + inside
        onward = matmul(p["W"].transposed(), inside)
    }
    let dV = matmul(error.transposed(), h), dc = error.sum(axis: 0)
    return ["U": dU, "W": dW, "b": db, "V": dV, "c": dc]
}

let byHand = noGrad { gradients(network, x, labels) }
loss.backward()
for (name, parameter) in network.parameters {
    claim(
        "∂ℒ/∂\(name) by hand is the tape's",
        parameter.gradient!, equals: byHand[name], within: 1e-15)
}
print("norm of dL/dW:", byHand["W"].norm().item)

// lessons/06-bptt.md:251
let derivation = network.derivation(x, labels: labels)
show(derivation, following: ("W", 0, 1))
let shares = derivation.steps.map { $0.contribution["W"] }
claim(
    "the first step adds nothing to ∂ℒ/∂W, since h₀ is zero",
    shares[0], equals: 0.0)
claim("the second does", shares[1].norm().item, isGreaterThan: 0.01)
claim("the third does", shares[2].norm().item, isGreaterThan: 0.01)
claim(
    "together they are ours",
    shares[1] + shares[2], equals: byHand["W"], within: 1e-15)

// lessons/06-bptt.md:271
func slipped(
    tanh: Bool = true, transposed: Bool = true, shifted: Bool = true, onward keeps: Bool = true
) -> Tensor {
    let p = network.parameters
    let error = softmax(o) - oneHot(labels, classes: 2)
    var dW = Tensor.zeros(3, 3), onward = Tensor.zeros(3)
    for t in (0..<3).reversed() {
        let delta = matmul(p["V"].transposed(), error[t]) + onward
        let inside = tanh ? (1 - h[t] * h[t]) * delta : delta
        if !shifted { dW = dW + outer(inside, h[t]) }
        if shifted, t > 0 { dW = dW + outer(inside, h[t - 1]) }
        onward = matmul(transposed ? p["W"].transposed() : p["W"], inside) * (keeps ? 1 : 0)
    }
    return dW
}
let truth = byHand["W"]
let slips = noGrad {
    [
        ("none", slipped()),
        ("the slope of tanh left out", slipped(tanh: false)),
        ("W where Wᵀ belongs", slipped(transposed: false)),
        ("hₜ where hₜ₋₁ belongs", slipped(shifted: false)),
        ("nothing handed on", slipped(onward: false)),
    ]
}
let errors = slips.map { ($0.1 - truth).norm().item / truth.norm().item }
let cosines = slips.map { ($0.1 * truth).sum().item / truth.norm().item / $0.1.norm().item }
show(table: ["slip": slips.map { $0.0 }, "error": errors, "cosine": cosines])
claim(
    "without a slip nothing is left but rounding",
    errors[0], isLessThan: 1e-14)
let cutEverywhere = Parameter(network.parameters["W"].detach())
let others = network.parameters
var patched = Tensor(0.0), held = Tensor.zeros(3)
for t in 0..<3 {
    let inside = matmul(others["U"], x[t]) + matmul(cutEverywhere, held) + others["b"]
    let said = matmul(others["V"], tanh(inside)) + others["c"]
    patched = patched + crossEntropy(said.unsqueeze(0), [labels[t]], reduction: .sum)
    held = tanh(inside).detach()
}
patched.backward()
claim(
    "the last slip is the tape's answer when every state is detached",
    slips[4].1, equals: cutEverywhere.gradient!, within: 1e-15)
claim(
    "every slip is off by more than a tenth",
    errors[1...].min()!, isGreaterThan: 0.1)
claim(
    "at least three of the four point downhill all the same",
    cosines[1...].filter { $0 > 0.2 }.count, isAtLeast: 3)

// lessons/06-bptt.md:333
func mean(_ values: ArraySlice<Double>) -> Double {
    values.reduce(0, +) / Double(values.count)
}
let text = [0, 1, 1, 0, 1, 0], wanted = [0] + text.dropLast()
let heard = oneHot(text, classes: 2)
func blameTable(_ network: ElmanNetwork) -> [[Tensor]] {
    let p = network.parameters
    let (o, h) = network(heard)
    let error = softmax(o) - oneHot(wanted, classes: 2)
    return (0..<6).map { s in
        var row = [Tensor](repeating: .zeros(3, 3), count: 6)
        var delta = matmul(p["V"].transposed(), error[s])
        for t in (0...s).reversed() {
            let inside = (1 - h[t] * h[t]) * delta
            if t > 0 { row[t] = outer(inside, h[t - 1]) }
            delta = matmul(p["W"].transposed(), inside)
        }
        return row
    }
}
let pairs = noGrad { blameTable(network) }
let sizes = pairs.map { $0.map { $0.norm().item } }
let names = (1...6).map { "\($0)" }
show(
    heatmap: sizes, rows: names, columns: names,
    rowTitle: "loss at s", columnTitle: "use at t")

let sum = pairs.joined().reduce(Tensor.zeros(3, 3)) { $0 + $1 }
let whole6 = noGrad { gradients(network, heard, wanted) }["W"]
claim(
    "all pairs together are the gradient",
    sum, equals: whole6, within: 1e-15)
claim(
    "no loss blames a later use",
    (0..<6).allSatisfy { s in sizes[s][(s + 1)...].allSatisfy { $0 == 0 } })
claim("nor the first use", sizes.allSatisfy { $0[0] == 0 })
let faded = (0...4).map { k in
    mean((k + 1..<6).map { s in sizes[s][s - k] }[...])
}
claim(
    "each step further back gets less than two thirds, on average",
    zip(faded, faded.dropFirst()).allSatisfy { $1 < 0.667 * $0 })

// lessons/06-bptt.md:386
let parrot = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
var losses: [Double] = []
noGrad {
    for _ in 0..<100 {
        let said = Tensor.randint(0, 2, [12]).integers
        let (hears, says) = (oneHot(said, classes: 2), [0] + said.dropLast())
        losses.append(crossEntropy(parrot(hears).o, says).item)
        for (name, gradient) in gradients(parrot, hears, says) {
            parrot.parameters[name] -= 0.1 * gradient
        }
    }
}
show(lines: ["loss": losses], x: "sequence", y: "loss per step")
let answers = noGrad { softmax(parrot(heard).o)[.all, 1] }
claim("it begins near a coin's log 2", losses[0], equals: log(2.0), within: 0.1)
claim(
    "after twenty sequences the loss stays low",
    losses[20...].max()!, isLessThan: 0.05)

// lessons/06-bptt.md:411
let letters = ["A", "B"]
let said = answers.values.map { $0 > 0.5 ? 1 : 0 }
show(table: [
    "hears": text.map { letters[$0] }, "probability of B": answers,
    "says": said.map { letters[$0] },
])
claim(
    "it says every letter a step late",
    said, equals: [0] + text.dropLast())
print(1000 * 1_000_000 * 8 / 1_000_000_000)

// lessons/06-bptt.md:432
func train(cutAt cut: Int?, seed: Int, length: Int = 10, rate: Double = 0.01) -> [Double] {
    manualSeed(UInt64(seed))
    let rnn = RNN(inputSize: 2, hiddenSize: 8), readout = Linear(8, 2)
    let adam = Adam(Parameters(of: [rnn.parameters, readout.parameters]), learningRate: rate)
    let first = cat([Tensor.ones(1, 32), Tensor.zeros(length - 1, 32)])  // a second feature marks the first step
    return (0..<300).map { _ in
        let signs = Tensor.randint(0, 2, [length, 32])
        let input = stack([2 * signs - 1, first], axis: 2)
        var h = Tensor.zeros(1, 32, 8)
        if let cut {
            (_, h) = rnn(input[0..<cut], h)
            h = h.detach()
        }
        (_, h) = rnn(input[(cut ?? 0)...], h)
        let loss = crossEntropy(readout(h[0]), signs[0].integers)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        return loss.item
    }
}
func inTens(_ values: [Double]) -> [Double] { (0..<30).map { mean(values[(10 * $0)..<(10 * $0 + 10)]) } }

// lessons/06-bptt.md:459
let whole = (0..<4).map { inTens(train(cutAt: nil, seed: $0)) }
let cut = (0..<4).map { inTens(train(cutAt: 5, seed: $0)) }
let coin = log(2.0)
show(
    lines: [
        "whole": whole[0], "cut": cut[0],
        "coin": cut[0].map { _ in coin },
    ],
    at: Array(stride(from: 5, to: 300, by: 10)),
    x: "step of training", y: "loss")
claim(
    "four networks, whole gradient: all learn it",
    whole.allSatisfy { $0[29] < 0.01 })
claim(
    "the same four with the cut: none ends better than a coin by a twentieth",
    cut.allSatisfy { $0[29] > 0.95 * coin })
claim("the one drawn never is", cut[0].min()!, isGreaterThan: 0.95 * coin)
let onTheWay = cut.map { $0.min()! }.min()!
claim(
    "others are for moments, but by less than a fifth",
    onTheWay < 0.95 * coin && onTheWay > 0.8 * coin)

// lessons/06-bptt.md:489
let lucky = inTens(train(cutAt: 8, seed: 2, length: 16, rate: 0.02))
let unlucky = inTens(train(cutAt: nil, seed: 2, length: 16, rate: 0.02))
print("sixteen signs, cut in the middle:", lucky[29])
print("sixteen signs, whole gradient:", unlucky[29])
claim("this one learned in spite of the cut", lucky[29], isLessThan: 0.01)
claim(
    "its twin with the whole gradient did not",
    unlucky[29], isGreaterThan: 0.95 * coin)

// lessons/06-bptt.md:505
let all = (0..<6).flatMap { s in (0...s).map { t in (s: s, t: t) } }
let twoBack = all.filter { $0.s - $0.t <= 2 }
let pieces = all.filter { $0.s / 3 == $0.t / 3 }
let elman = all.filter { $0.s == $0.t }
show(table: [
    "way": [
        "no cut", "at most two steps back",
        "two pieces of three", "Elman's",
    ],
    "pairs": [all.count, twoBack.count, pieces.count, elman.count],
])
claim(
    "pieces lose more than a window that moves along",
    pieces.count, isLessThan: twoBack.count)

// lessons/06-bptt.md:532
let pulse = (0..<4).map { _ in Parameter(Tensor(0.5)) }
var echo = Tensor(0.0)
for (copy, input) in zip(pulse, [1.0, 0, 0, 0]) {
    echo = copy * echo + input
}
echo.backward()
let fourShares = pulse.map { $0.gradient!.item }
claim("the uses' shares", fourShares, equals: [0, 0.25, 0.25, 0.25])
claim("their sum is 3w²", fourShares.reduce(0, +), equals: 0.75)
func ofPulse(_ steps: Int) -> Double {
    let weight = Parameter(Tensor(0.5))
    var last = Tensor(1.0)
    for _ in 2...steps { last = weight * last }
    last.backward()
    return weight.gradient!.item
}
let byFormula: [Double] = (2...9).map { Double($0 - 1) * pow(0.5, Double($0 - 2)) }
claim("(L − 1) wᴸ⁻² for L from 2 to 9", (2...9).map { ofPulse($0) }, equals: byFormula)

// lessons/06-bptt.md:560
let slope1 = 1 - h[0] * h[0]
let back = network.parameters["W"].detach().transposed()
let inside1 = slope1.detach() * derivation.steps[0].delta
let gradientOfStart = matmul(back, inside1)
show(gradientOfStart, "∂ℒ/∂h₀")
let start = Parameter(Tensor.zeros(3))
crossEntropy(network(x, start).o, labels, reduction: .sum).backward()
claim(
    "it is what the tape says",
    gradientOfStart, equals: start.gradient!, within: 1e-15)

// lessons/06-bptt.md:581
let unconnected = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
try unconnected.load(network.parameters)
unconnected.parameters["W"][.all] = .zeros(3, 3)
let without = unconnected.derivation(x, labels: labels)
for (t, step) in without.steps.enumerated() {
    let wanted = oneHot([labels[t]], classes: 2)[0]
    let error = Tensor(step.prediction!.probabilities) - wanted
    let V = network.parameters["V"].detach()
    let up = matmul(V.transposed(), error)
    claim(
        "δ_\(t + 1) is “up” alone",
        step.delta, equals: up, within: 1e-15)
}
claim(
    "yet W has a gradient",
    without.gradients["W"].norm().item, isGreaterThan: 0.1)

// lessons/06-bptt.md:607
let kept = 20 * (50 * 51 / 2), inAll = 1000 * 1001 / 2
var counted = 0
for s in 0..<1000 {
    for t in (s / 50 * 50)...s where t / 50 == s / 50 { counted += 1 }
}
claim("counted one by one", counted, equals: kept)
var uncut = 0
for s in 0..<1000 { uncut += s + 1 }
claim("and all of them", uncut, equals: inAll)
claim(
    "about a twentieth",
    Double(kept) / Double(inAll), equals: 0.05, within: 0.002)
print(kept)
print(inAll)
print(Double(kept) / Double(inAll))

// lessons/06-bptt.md:631
let u = Parameter(Tensor(0.5))
var (value, slope, taped) = (0.0, 0.0, Tensor(0.0))
for input in [1.0, -0.5, 0.3, 0.8] {
    let next = tanh(0.5 * value + input)
    slope = (1 - next * next) * (value + 0.5 * slope)
    value = next
    taped = tanh(u * taped + input)
}
taped.backward()
claim(
    "forwards gives what backwards gives",
    slope, equals: u.gradient!.item, within: 1e-15)
let (H, L) = (256, 100)
print("H = 256, L = 100. To carry:", H * H * H, " to keep:", L * H)
claim(
    "far more to carry than to keep",
    H * H * H, isGreaterThan: 100 * L * H)
