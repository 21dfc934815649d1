// GRU — one state, two gates
//
// The program of lessons/10-gru.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release gru.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/10-gru.md:15
// A step is three numbers: the tape's, 1 at “hold”, 1 at “new”.
let calculator = GRU(inputSize: 3, hiddenSize: 1)
let own = calculator.parameters
own["weight_ih_l0"][.all] = Tensor([
    [0, 0, -20],                                     // r: closed by “new”
    [0, 20, 0],                                      // z: opened by “hold”
    [1, 0, 0],                                       // n: takes the number
])
own["weight_hh_l0"][.all] = Tensor([[0], [0], [1]])  // n: adds the state
own["bias_ih_l0"][.all] = Tensor([10, -10, 0])       // at “+”: r open, z closed
own["bias_hh_l0"][.all] = Tensor([0, 0, 0])

func command(_ number: Double, _ word: String) -> [Double] {
    [number, word == "hold" ? 1 : 0, word == "new" ? 1 : 0]
}
let words = ["+", "hold", "hold", "+", "+", "new", "+", "hold"]
let numbers = [0.2, 0.9, -0.7, 0.3, 0.1, -0.4, 0.2, 0.8]
let tape = Tensor(zip(numbers, words).map { [command($0, $1)] })
let tick = calculator.trace(tape)
let names = ["+0.2", "hold", "hold", "+0.3", "+0.1", "new", "+0.2", "hold"]
show(gates: tick, steps: names)

// lessons/10-gru.md:41
let z = tick.steps.map { $0.updateGate.item }, r = tick.steps.map { $0.resetGate.item }
let h = tick.steps.map { $0.hiddenState.item }
print(z[1])
print(r[5])
print(h[3])

// lessons/10-gru.md:51
let isHold = words.map { $0 == "hold" }, isNew = words.map { $0 == "new" }
claim("z is above 0.999 at hold and below 0.001 elsewhere", zip(z, isHold).allSatisfy { $1 ? $0 > 0.999 : $0 < 0.001 })
claim("r is below 0.001 at new and above 0.999 elsewhere", zip(r, isNew).allSatisfy { $1 ? $0 < 0.001 : $0 > 0.999 })
claim("at hold the state moves by less than 0.0001, whatever number stands there",
    isHold.indices.filter { isHold[$0] }.map { abs(h[$0] - h[$0 - 1]) }.max()!, isLessThan: 1e-4)
claim("at new the state is tanh(−0.4), as if nothing had been before", h[5], equals: tanh(-0.4), within: 1e-4)
claim("after +0.2 and +0.3 it is short of 0.5", h[3], isLessThan: 0.47)

// lessons/10-gru.md:67
show(diagram: GRU.definition())

// lessons/10-gru.md:91
show(worked: tick, step: 5, unit: 0)
print(sigmoid(-40))

// lessons/10-gru.md:99
func corner(r: Double, z: Double) -> Double {
    let unit = GRU(inputSize: 1, hiddenSize: 1)
    unit.parameters["weight_ih_l0"][.all] = Tensor([[0], [0], [1]])
    unit.parameters["weight_hh_l0"][.all] = Tensor([[0], [0], [1]])
    unit.parameters["bias_ih_l0"][.all] = Tensor([80 * r - 40, 80 * z - 40, 0])
    unit.parameters["bias_hh_l0"][.all] = Tensor([0, 0, 0])
    return unit(Tensor([[[0.3]]]), Tensor([[[0.5]]])).hn.item
}
let corners = [corner(r: 1, z: 0), corner(r: 0, z: 0), corner(r: 1, z: 1), corner(r: 0, z: 1)]
show(table: [
    "r": [1, 0, 1, 0], "z": [0, 0, 1, 1], "new state": corners,
    "which is": ["tanh(0.3 + 0.5): a plain RNN", "tanh(0.3): a fresh start", "0.5: kept", "0.5: kept"],
])
claim("an RNN's step", corners[0], equals: tanh(0.8), within: 0)
claim("a fresh start", corners[1], equals: tanh(0.3), within: 0)
claim("kept to the last bit", corners[2] == 0.5 && corners[3] == 0.5)
claim("σ(40) is exactly 1 in doubles", sigmoid(40), equals: 1)
claim("σ(−40) is not 0, but below 10⁻¹⁷", sigmoid(-40) > 0 && sigmoid(-40) < 1e-17)

// lessons/10-gru.md:127
manualSeed(0)
let gru = GRU(inputSize: 5, hiddenSize: 6, numLayers: 2, batchFirst: true)
let input = Tensor.randn(1, 3, 5)
let (output, hn) = gru(input)
show(shapes: gru, input: input, output: output, hn: hn)
claim("output (1, 3, 6)", output.shape, equals: [1, 3, 6])
claim("hn (2, 1, 6)", hn.shape, equals: [2, 1, 6])
claim("the last output is the top layer's state", output[0, 2], equals: hn[1, 0])
claim("and not the bottom layer's", output[0, 2] != hn[0, 0])

// lessons/10-gru.md:143
print("output", output.shape)
print("hn", hn.shape)
print("weight_ih_l0", gru.parameters["weight_ih_l0"].shape)
print("first unit", (output[0, 2, 0].item * 1e9).rounded() / 1e9)
print(gru.parameters["weight_ih_l0"].shape[0])

// lessons/10-gru.md:190
typealias Tapes = (input: Tensor, wanted: Tensor)

/// Random tapes, and what the calculator should have at their ends.
func tapes(_ count: Int, steps: Int) -> Tapes {
    let numbers = Tensor.rand(steps, count) - 0.5, draw = Tensor.rand(steps, count)
    let hold = draw .< 1.0 / 3, new = draw .> 7.0 / 8
    var sum = Tensor.zeros(count)
    for t in 0..<steps {
        sum = hold[t] * sum + (1 - hold[t]) * ((1 - new[t]) * sum + numbers[t])
    }
    return (stack([numbers, hold, new], axis: 2), sum)
}

func train(_ gru: GRU, _ answer: Linear) {
    let parameters = Parameters(of: [gru.parameters, answer.parameters])
    let adam = Adam(parameters, learningRate: 0.03)
    for _ in 0..<300 {
        adam.zeroGrad()
        error(of: gru, answer, on: tapes(32, steps: 8)).backward()
        adam.step()
    }
}

func error(of gru: GRU, _ answer: Linear, on tapes: Tapes) -> Tensor {
    let last = gru(tapes.input).output[-1]
    return meanSquaredError(answer(last).squeeze(1), tapes.wanted)
}

manualSeed(1)
let learner = GRU(inputSize: 3, hiddenSize: 4), answer = Linear(4, 1)
train(learner, answer)

// lessons/10-gru.md:227
let fresh = tapes(500, steps: 8)
func loaded(resetAfter: Bool, _ z: GRU.UpdateGate) throws(LoadingError) -> Double {
    let reader = GRU(
        inputSize: 3, hiddenSize: 4, resetAfter: resetAfter, updateGate: z)
    try reader.load(learner.parameters)
    return error(of: reader, answer, on: fresh).item
}
let asTrained = try loaded(resetAfter: true, .keepsPrevious)
let resetMoved = try loaded(resetAfter: false, .keepsPrevious)
let gateTurned = try loaded(resetAfter: true, .takesCandidate)
let bothChanged = try loaded(resetAfter: false, .takesCandidate)
let always0 = (fresh.wanted * fresh.wanted).mean().item
show(bars: [
    "after, kept (as trained)": asTrained, "before, kept": resetMoved,
    "after, taken": gateTurned, "before, taken": bothChanged,
    "always answering 0": always0,
], label: "mean squared error")
claim("as trained, the error is below a fiftieth of the constant answer's",
    asTrained, isLessThan: always0 / 50)
claim("with the reset gate moved it is more than twenty times as large",
    resetMoved, isGreaterThan: 20 * asTrained)
claim("with z turned round, always answering 0 would be better",
    gateTurned, isGreaterThan: always0)
claim("with both, too", bothChanged, isGreaterThan: always0)
print(asTrained)
print(resetMoved)

// lessons/10-gru.md:260
manualSeed(1)
let original = GRU(inputSize: 3, hiddenSize: 4, resetAfter: false)
let originalAnswer = Linear(4, 1)
train(original, originalAnswer)
let trainedBefore = error(of: original, originalAnswer, on: fresh).item
print("reset after: ", asTrained)
print("reset before:", trainedBefore)
claim("this one, too, is below a fiftieth of the constant answer's",
    trainedBefore, isLessThan: always0 / 50)

// lessons/10-gru.md:277
func gap(mixing: Bool, bias: Bool) throws(LoadingError) -> Double {
    manualSeed(3)
    let after = GRU(inputSize: 2, hiddenSize: 3)
    let before = GRU(inputSize: 2, hiddenSize: 3, resetAfter: false)
    let p = after.parameters
    noGrad {
        if !mixing { p["weight_hh_l0"][6..<9] *= Tensor.eye(3) }   // W_hn
        if !bias { p["bias_hh_l0"][6..<9] = Tensor.zeros(3) }      // b_hn
    }
    try before.load(p)
    let x = Tensor([[[1, 0]], [[0, 1]], [[-1, 0]], [[0, -1]]])
    return (after(x).output - before(x).output).abs().max().item
}
let both = try gap(mixing: true, bias: true)
let onlyMixing = try gap(mixing: true, bias: false)
let onlyBias = try gap(mixing: false, bias: true)
let neither = try gap(mixing: false, bias: false)
show(table: [
    "units read each other": ["yes", "yes", "no", "no"],
    "b_hn": ["drawn", "0", "drawn", "0"],
    "largest gap": [both, onlyMixing, onlyBias, neither],
])
claim("without both there is one function", neither, isAtMost: 1e-15)
claim("either is enough to part the two",
    min(both, onlyMixing, onlyBias), isGreaterThan: 1e-3)

// lessons/10-gru.md:309
let calculatorBefore = GRU(inputSize: 3, hiddenSize: 1, resetAfter: false)
try calculatorBefore.load(own)
claim("the calculator reads its tape alike under both resets", calculatorBefore(tape).output, equals: calculator(tape).output, within: 1e-15)
let calculatorTurned = GRU(inputSize: 3, hiddenSize: 1, updateGate: .takesCandidate)
try calculatorTurned.load(own)
claim("but not with z turned round", (calculatorTurned(tape).output - calculator(tape).output).abs().max().item, isGreaterThan: 0.1)

// lessons/10-gru.md:324
let turned = GRU(inputSize: 3, hiddenSize: 4, updateGate: .takesCandidate)
try turned.load(learner.parameters)
for name in turned.parameters.names {                  // rows 4 to 7 are z's
    noGrad { turned.parameters[name][4..<8] *= -1 }
}
let (mine, theirs) = (learner.trace(tape), turned.trace(tape))
claim("the states are the same",
    theirs.output, equals: mine.output, within: 1e-14)
claim("and each z is 1 minus the other's",
    theirs.steps[3].updateGate + mine.steps[3].updateGate,
    equals: 1.0, within: 1e-14)

// lessons/10-gru.md:363
let W = learner.parameters["weight_hh_l0"].detach()
let bhn = learner.parameters["bias_hh_l0"].detach()[8..<12]
let (Wr, Wz, Wn) = (W[0..<4], W[4..<8], W[8..<12])
func back(_ w: Tensor, _ v: Tensor) -> Tensor { matmul(w.transposed(), v) }

let read = learner.trace(tape)
var delta = Tensor.ones(4)               // ℒ: the sum of the last state's units
var (dWn, dbin, dbhn) = (Tensor.zeros(4, 4), Tensor.zeros(4), Tensor.zeros(4))
for step in read.steps.reversed() {
    let (r, z, n) = (step.resetGate[0], step.updateGate[0], step.newGate[0])
    let before = step.previousHidden[0]
    let an = delta * (1 - z) * (1 - n * n)
    let az = delta * (before - n) * z * (1 - z)
    let ar = an * (matmul(Wn, before) + bhn) * r * (1 - r)
    dWn = dWn + outer(r * an, before)
    dbin = dbin + an
    dbhn = dbhn + r * an
    delta = delta * z + back(Wn, r * an) + back(Wz, az) + back(Wr, ar)
}

learner.parameters.zeroGradients()
let h0 = Parameter(Tensor.zeros(1, 1, 4))
learner(tape, h0).output[-1].sum().backward()
let found = learner.parameters
claim("∂ℒ/∂h₀", delta, equals: h0.gradient![0, 0], within: 1e-13)
let (dWhh, dbih, dbhh) = (
    found["weight_hh_l0"].gradient!, found["bias_ih_l0"].gradient!,
    found["bias_hh_l0"].gradient!)
claim("∂ℒ/∂W_hn", dWn, equals: dWhh[8..<12], within: 1e-13)
claim("∂ℒ/∂b_in", dbin, equals: dbih[8..<12], within: 1e-13)
claim("∂ℒ/∂b_hn", dbhn, equals: dbhh[8..<12], within: 1e-13)

// lessons/10-gru.md:400
let lstm = LSTM(inputSize: 3, hiddenSize: 4)
lstm(tape).output[-1].sum().backward()
claim("all four sums of an LSTM: the two biases get the same gradient",
    lstm.parameters["bias_ih_l0"].gradient!,
    equals: lstm.parameters["bias_hh_l0"].gradient!)
claim("r and z of the GRU: the same, too",
    dbih[0..<8], equals: dbhh[0..<8])
claim("n: not the same",
    (dbih[8..<12] - dbhh[8..<12]).abs().max().item, isGreaterThan: 0.01)
original.parameters.zeroGradients()
original(tape).output[-1].sum().backward()
let theirOwn = original.parameters
claim("n with the reset gate before the product: the same",
    theirOwn["bias_ih_l0"].gradient!, equals: theirOwn["bias_hh_l0"].gradient!)

// lessons/10-gru.md:422
let commands = [
    "+", "hold", "hold", "hold", "+", "+", "hold", "+", "new", "+", "hold",
]
let long = Tensor(commands.map { [command(0.25, $0)] })
let derivation = calculator.derivation(long) { output in output[-1].sum() }
let roads = commands.indices.map {
    derivation.highwayJacobian("h", of: $0, by: 0)
}
let total = roads.map { $0.total.item }, highway = roads.map { $0.highway.item }
show(
    lines: ["in all": total, "highway": highway], at: Array(1...11), x: "step t",
    y: "∂hₜ/∂h₁", yRange: 0...1)
print(total[7])
print(total[8])

// lessons/10-gru.md:441
claim("three holds pass on more than 0.999, nearly all of it along the highway", total[3] > 0.999 && total[3] - highway[3] < 0.001)
claim("the first + after them closes the highway", highway[4], isLessThan: 1e-4)
claim("while the candidate still carries more than half", total[4], isGreaterThan: 0.5)
claim("each + takes something away", total[5] < total[4] && total[7] < total[6])
claim("a hold takes away less than a thousandth of it", total[6] / total[5], isGreaterThan: 0.999)
claim("at every + the highway is closed", [4, 5, 7].map { highway[$0] / highway[$0 - 1] }.max()!, isLessThan: 1e-3)
claim("and new ends it for good", total[8...].map { abs($0) }.max()!, isLessThan: 1e-3)

// lessons/10-gru.md:457
let counts = [
    RNN(inputSize: 5, hiddenSize: 6).parameters.elementCount,
    GRU(inputSize: 5, hiddenSize: 6).parameters.elementCount,
    LSTM(inputSize: 5, hiddenSize: 6).parameters.elementCount,
]
show(
    bars: ["RNN": counts[0], "GRU": counts[1], "LSTM": counts[2]],
    label: "parameters")
claim("RNN : GRU : LSTM = 1 : 3 : 4",
    counts, equals: [1, 3, 4].map { $0 * counts[0] })
func products(_ p: Parameters) -> Int {          // multiplications a step
    p["weight_ih_l0"].values.count + p["weight_hh_l0"].values.count
}
let multiplied = [
    products(RNN(inputSize: 5, hiddenSize: 6).parameters),
    products(GRU(inputSize: 5, hiddenSize: 6).parameters),
    products(LSTM(inputSize: 5, hiddenSize: 6).parameters),
]
claim("the entries of the matrices, too",
    multiplied, equals: [1, 3, 4].map { $0 * (6 * 5 + 6 * 6) })

// lessons/10-gru.md:489
let ones = Tensor(Array(repeating: [command(0.2, "+")], count: 30))
let bounded = calculator.trace(ones).steps.map { $0.hiddenState.item }

let counter = LSTM(inputSize: 3, hiddenSize: 1)              // rows: i, f, g, o
let set = counter.parameters
set["weight_ih_l0"][.all] = Tensor([[0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 0, 0]])
set["weight_hh_l0"][.all] = Tensor.zeros(4, 1)
set["bias_ih_l0"][.all] = Tensor([40, 40, 0, 40])            // i = f = o = 1
set["bias_hh_l0"][.all] = Tensor.zeros(4)
let unbounded = counter.trace(ones).steps.map { $0.cellState.item }
show(
    lines: ["LSTM: c": unbounded, "GRU: h": bounded],
    at: Array(1...30), x: "step", y: "state")
claim("the LSTM counts: t times tanh(0.2) at every step t", Tensor(unbounded),
    equals: Tensor((1...30).map { Double($0) * tanh(0.2) }), within: 1e-12)
claim("the GRU has stopped short of 1", bounded[29], isLessThan: 1)
claim("and ends at less than 0.75",
    bounded[29], isLessThan: 0.75)
claim("its last ten steps added less than the first alone",
    bounded[29] - bounded[19], isLessThan: bounded[0])
print(bounded[29])
print(unbounded[29])

// lessons/10-gru.md:516
manualSeed(5)
var largest = 0.0
for _ in 0..<20 {
    let wild = GRU(inputSize: 4, hiddenSize: 8)
    noGrad { for (_, tensor) in wild.parameters { tensor[.all] *= 20 } }
    let output = wild(Tensor.randn(40, 4, 4) * 10).output
    largest = max(largest, output.abs().max().item)
}
claim("of twenty GRUs with huge weights and inputs no state leaves [−1, 1]",
    largest, isAtMost: 1)
claim("though some come within a millionth", largest, isAtLeast: 0.999999)

// lessons/10-gru.md:541
let twoWay = GRU(inputSize: 5, hiddenSize: 6, numLayers: 2, batchFirst: true, bidirectional: true)
let (twoWayOutput, twoWayState) = twoWay(input)
print(twoWayOutput.shape, twoWayState.shape)
claim("output (1, 3, 12), hn (4, 1, 6)", twoWayOutput.shape == [1, 3, 12] && twoWayState.shape == [4, 1, 6])

// lessons/10-gru.md:555
func remembered(_ bias: Double, _ first: Double) -> Double {
    let unit = GRU(inputSize: 2, hiddenSize: 1)
    unit.parameters["weight_ih_l0"][.all] = Tensor([[0, 0], [0, -2 * bias], [1, 0]])
    unit.parameters["weight_hh_l0"][.all] = Tensor([[0], [0], [0]])
    unit.parameters["bias_ih_l0"][.all] = Tensor([0, bias, 0])
    unit.parameters["bias_hh_l0"][.all] = Tensor([0, 0, 0])
    manualSeed(2)
    var values = Tensor.rand(20).values.map { 2 * $0 - 1 }
    values[0] = first
    let x = Tensor(values.enumerated().map { [[$1, $0 == 0 ? 1 : 0]] })
    return unit(x).hn.item
}
for first in [-0.8, 0.1, 0.6] {
    claim("twenty steps later it still has tanh(\(first))", remembered(20, first), equals: tanh(first), within: 0.001)
}
claim("with a bias of 5 it has lost more than that", abs(remembered(5, 0.6) - tanh(0.6)), isGreaterThan: 0.001)
claim("what a step loses is about two billionths", sigmoid(-20), equals: 2e-9, within: 1e-10)

// lessons/10-gru.md:582
func inside(resetAfter: Bool) -> Double {
    let unit = GRU(inputSize: 1, hiddenSize: 1, resetAfter: resetAfter)
    unit.parameters["weight_ih_l0"][.all] = Tensor([[0], [0], [0.3]])
    unit.parameters["weight_hh_l0"][.all] = Tensor([[0], [0], [0.7]])
    unit.parameters["bias_ih_l0"][.all] = Tensor([log(0.25 / 0.75), 0, 0])   // σ⁻¹(0.25)
    unit.parameters["bias_hh_l0"][.all] = Tensor([0, 0, 2])
    return unit.trace(Tensor([[[1.0]]]), Tensor([[[0.5]]])).steps[0].preactivation("n").item
}
let differenceInside = inside(resetAfter: false) - inside(resetAfter: true)
print(differenceInside)
claim("(1 − r) b = 1.5", differenceInside, equals: 1.5, within: 1e-14)

// lessons/10-gru.md:603
let V = original.parameters["weight_hh_l0"].detached()
var deltaBefore = Tensor.ones(4)
for step in original.trace(tape).steps.reversed() {
    let (r, z, n, before) = (step.resetGate[0], step.updateGate[0], step.newGate[0], step.previousHidden[0])
    let p = back(V[8..<12], deltaBefore * (1 - z) * (1 - n * n))
    let az = deltaBefore * (before - n) * z * (1 - z)
    let ar = p * before * r * (1 - r)
    deltaBefore = deltaBefore * z + r * p + back(V[4..<8], az) + back(V[0..<4], ar)
}
let start = Parameter(Tensor.zeros(1, 1, 4))
original(tape, start).output[-1].sum().backward()
claim("∂ℒ/∂h₀ of the GRU with the reset gate before the product", deltaBefore, equals: start.gradient![0, 0], within: 1e-13)

// lessons/10-gru.md:625
let previous = read.steps[4].previousHidden[0]
let atOnce = matmul(W, previous)
claim("one product with 3H rows has all three",
    atOnce, equals: cat([matmul(Wr, previous), matmul(Wz, previous), matmul(Wn, previous)]), within: 1e-15)
let gate = read.steps[4].resetGate[0]
claim("with the reset gate before, its third part is of no use",
    (gate * atOnce[8...] - matmul(Wn, gate * previous)).norm().item, isGreaterThan: 0.01)
print("one after the other, in 100 steps:", 100, "and", 2 * 100)
