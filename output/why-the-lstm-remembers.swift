// Why the LSTM remembers
//
// The program of lessons/09-why-the-lstm-remembers.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release why-the-lstm-remembers.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/09-why-the-lstm-remembers.md:13
func share(_ norms: [Double]) -> [Double] {      // of the last, going back
    norms.reversed().map { $0 / norms.last! }
}
func fresh(_ seed: UInt64) -> (plain: [Double], lstm: [Double]) {
    manualSeed(seed)
    let noise = Tensor.randn(41, 2)
    let plain = RNN(inputSize: 2, hiddenSize: 8)
    let lstm = LSTM(inputSize: 2, hiddenSize: 8)
    let byPlain = plain.derivation(noise) { $0[-1].sum() }.steps
    let byLSTM = lstm.derivation(noise) { $0[-1].sum() }.steps
    return (
        share(byPlain.map { $0.delta.norm().item }),
        share(byLSTM.map { $0.gradient(of: "c").norm().item }))
}
let drawn = fresh(0)
show(
    lines: ["RNN": drawn.plain, "LSTM": drawn.lstm],
    x: "k, steps back", y: "share of the gradient", yScale: .logarithmic)
print(drawn.lstm[30])
print(drawn.plain[30])

// lessons/09-why-the-lstm-remembers.md:39
let draws = (0..<5).map { fresh(UInt64($0)) }
claim("in the plain network of the figure it shrinks with every step", zip(drawn.plain, drawn.plain.dropFirst()).allSatisfy { $0 > $1 })
claim("thirty steps back less than a ten-thousandth is left in each LSTM", draws.map { $0.lstm[30] }.max()!, isLessThan: 1e-4)
claim("and less than a hundred-millionth in each plain network", draws.map { $0.plain[30] }.max()!, isLessThan: 1e-8)
claim("each LSTM keeps more than its plain neighbour", draws.allSatisfy { $0.lstm[30] > $0.plain[30] })

// lessons/09-why-the-lstm-remembers.md:53
manualSeed(2)
let one = LSTM(inputSize: 1, hiddenSize: 1)
let signal = Tensor([[1.0], [-1.0], [0.5]])
let derivation = one.derivation(signal) { output in output[-1].sum() }
show(derivation, following: ("f", 0, 0))

// lessons/09-why-the-lstm-remembers.md:84
/// ∂ℒ/∂ of W_ih, W_hh and a bias; `seeds` come from the loss to each h.
func goBack(_ trace: RecurrentTrace<LSTM>, _ seeds: [Tensor]) -> [Tensor] {
    let W = trace.parameters["weight_hh_l0"], H = W.shape[1]
    var (toIH, toHH, toB) = (Tensor(0), Tensor(0), Tensor(0))
    var (fromH, fromC) = (Tensor.zeros(H), Tensor.zeros(H))   // from step t + 1
    for (step, seed) in zip(trace.steps, seeds).reversed() {
        let (i, f) = (step["i"][0], step["f"][0])
        let (g, o) = (step["g"][0], step["o"][0])
        let tanhC = tanh(step["c"][0])
        let delta = seed + fromH
        let dc = delta * o * (1 - tanhC * tanhC) + fromC
        let da = cat([
            dc * g * i * (1 - i), dc * step.previous("c")[0] * f * (1 - f),
            dc * i * (1 - g * g), delta * tanhC * o * (1 - o),
        ])
        toIH = toIH + outer(da, step.input[0])
        toHH = toHH + outer(da, step.previous("h")[0])
        toB = toB + da
        (fromH, fromC) = (matmul(da, W), dc * f)              // Wᵀ da; the highway
    }
    return [toIH, toHH, toB]
}

manualSeed(0)
let lstm = LSTM(inputSize: 2, hiddenSize: 3)
let x = Tensor.randn(5, 1, 2)
let (output, _) = lstm(x)
(output * output).sum().backward()
let byHand = goBack(lstm.trace(x), (0..<5).map { 2 * output[$0, 0].detach() })
for (name, gradient) in zip(["W_ih", "W_hh", "b"], byHand) {
    print(name, round(gradient.norm().item * 1e6) / 1e6)
}
let layerOwn = lstm.parameters.tensors.map { $0.gradient! }
claim(
    "W_ih, W_hh, b: by hand as by the layer",
    zip(byHand, layerOwn).map { ($0 - $1).abs().max().item }.max()!, isLessThan: 1e-14)
claim("both biases have the same gradient", layerOwn[2], equals: layerOwn[3])

// lessons/09-why-the-lstm-remembers.md:152
let (first, second) = (derivation.steps[0], derivation.steps[1])
let w = one.parameters["weight_hh_l0"].values            // w_i, w_f, w_g, w_o
let (i2, f2, g2) = (second["i"].item, second["f"].item, second["g"].item)
let (c1, o1) = (first["c"].item, first["o"].item)
let B = w[0] * g2 * i2 * (1 - i2) + w[1] * c1 * f2 * (1 - f2)
    + w[2] * i2 * (1 - g2 * g2)
let byHidden = B * o1 * (1 - tanh(c1) * tanh(c1))
let total = derivation.jacobian("c", of: 1, by: 0).item
print("highway    ", f2)
print("by way of h", byHidden)
print("total      ", total)
claim("their sum is the total", f2 + byHidden, equals: total, within: 1e-15)
claim("the highway alone is not", abs(total - f2), isGreaterThan: 0.02)

// lessons/09-why-the-lstm-remembers.md:171
manualSeed(0)
let sameNoise = Tensor.randn(41, 2)
_ = RNN(inputSize: 2, hiddenSize: 8)
let sameLSTM = LSTM(inputSize: 2, hiddenSize: 8)
let sameSteps = sameLSTM.derivation(sameNoise) { $0[-1].sum() }.steps
let freshHighway = sameSteps[10].gradientAlongHighway(of: "c").norm().item / sameSteps[40].gradient(of: "c").norm().item
claim("it is the network of the figure", sameSteps[10].gradient(of: "c").norm().item / sameSteps[40].gradient(of: "c").norm().item, equals: drawn.lstm[30])
claim("the forget gates' mean is near one half at every step", sameSteps.allSatisfy { abs($0["f"].mean().item - 0.5) < 0.05 })
claim("thirty such factors leave next to nothing", freshHighway, isLessThan: 1e-6)
print(freshHighway)

// lessons/09-why-the-lstm-remembers.md:195
let biases = [0.0, 1, 2, 3, 4, 5, 6]
let halfLives = biases.map { log(2.0) / -log(sigmoid($0)) }
show(table: [
    "bias": biases, "f": biases.map { sigmoid($0) },
    "half-life, steps": halfLives,
    "1 / (1 − f)": biases.map { 1 / (1 - sigmoid($0)) },
])
claim(
    "1 / (1 − f) = 1 + e^b", Tensor(biases.map { 1 / (1 - sigmoid($0)) }),
    equals: Tensor(biases.map { 1 + exp($0) }), within: 1e-11)
claim("bias 0: one step", halfLives[0], equals: 1, within: 1e-12)
claim("bias 5: about a hundred", halfLives[5], equals: 100, within: 5)
let ratios = zip(halfLives.dropFirst(), halfLives).map { $0 / $1 }
claim(
    "from 3 on each unit more gives nearly e times as long",
    ratios[3...].allSatisfy { abs($0 / exp(1) - 1) < 0.03 })
claim("the first gives less", ratios[0], isLessThan: 0.9 * exp(1))
print(halfLives[5])

// lessons/09-why-the-lstm-remembers.md:219
func setForgetBias(_ lstm: LSTM, _ bias: Double) {
    let H = lstm.hiddenSize
    noGrad {                                     // rows: i, f, g, o
        lstm.parameters["bias_ih_l0"][H..<2 * H] = .full([H], bias)
        lstm.parameters["bias_hh_l0"][H..<2 * H] = .zeros(H)
    }
}
func draw(_ count: Int, steps: Int) -> (input: Tensor, first: Tensor) {
    let numbers = Tensor.rand(steps, count) * 2 - 1
    let marks = Tensor.zeros(steps, count)
    marks[0] = .ones(count)
    return (stack([numbers, marks], axis: 2), numbers[0])
}
func learn(_ parameters: Parameters, _ say: (Tensor) -> Tensor) -> [Double] {
    manualSeed(1)
    let adam = Adam(parameters, learningRate: 0.01)
    let losses = (0..<200).map { _ in
        let (input, first) = draw(16, steps: 30)
        let loss = meanSquaredError(say(input).squeeze(1), first)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        return loss.item
    }
    return Tensor(losses).reshaped(20, 10).mean(axis: 1).values
}
func learner(
    forgetBias: Double, seed: UInt64 = 0
) -> (lstm: LSTM, voice: Linear, losses: [Double]) {
    manualSeed(seed)
    let lstm = LSTM(inputSize: 2, hiddenSize: 8), voice = Linear(8, 1)
    setForgetBias(lstm, forgetBias)
    let losses = learn(Parameters(of: [lstm.parameters, voice.parameters])) {
        voice(lstm($0).states.hn[0])
    }
    return (lstm, voice, losses)
}
let learners = [0.0, 1, 3, 5].map { learner(forgetBias: $0) }
manualSeed(0)
let plain = RNN(inputSize: 2, hiddenSize: 16), plainVoice = Linear(16, 1)
let both = Parameters(of: [plain.parameters, plainVoice.parameters])
let plainLosses = learn(both) { plainVoice(plain($0).hn[0]) }
show(
    lines: [
        "RNN, 16 units": plainLosses, "bias 0": learners[0].losses,
        "bias 1": learners[1].losses, "bias 3": learners[2].losses,
        "bias 5": learners[3].losses,
    ],
    at: (1...20).map { 10 * $0 }, x: "round of training",
    y: "mean squared error", yScale: .logarithmic, yRange: 0.005...1)
print(learners[0].losses.last!)
print(learners[1].losses.last!)
print(plainLosses.last!)
print(learners[2].losses.last!)
print(learners[3].losses.last!)

// lessons/09-why-the-lstm-remembers.md:277
func ended(_ losses: [Double]) -> Double { losses.last! }
claim("with bias 0 and 1, as with the plain network, nothing is learned", [plainLosses, learners[0].losses, learners[1].losses].map(ended).min()!, isGreaterThan: 0.3)
claim("with bias 3 most of it", ended(learners[2].losses), isLessThan: 0.1)
claim("with bias 5 nearly all", ended(learners[3].losses), isLessThan: 0.02)
claim("less than half of the error that bias 3 leaves", ended(learners[3].losses), isLessThan: 0.5 * ended(learners[2].losses))
claim("saying nothing is off by a third", draw(3000, steps: 2).first.pow(2).mean().item, equals: 1.0 / 3, within: 0.02)

// lessons/09-why-the-lstm-remembers.md:290
func roads(_ lstm: LSTM, _ voice: Linear) -> (all: [Double], highway: [Double]) {
    manualSeed(9)
    let input = draw(1, steps: 30).input
    let steps = lstm.derivation(input) { voice($0[-1]).sum() }.steps
    return (
        steps.reversed().map { $0.gradient(of: "c").norm().item },
        steps.reversed().map { $0.gradientAlongHighway(of: "c").norm().item })
}
manualSeed(0)
let asDrawn = LSTM(inputSize: 2, hiddenSize: 8), itsVoice = Linear(8, 1)
setForgetBias(asDrawn, 0)
let before = roads(asDrawn, itsVoice)
let after = roads(learners[3].lstm, learners[3].voice)
show(
    lines: [
        "all, after": after.all, "highway, after": after.highway,
        "all, before": before.all, "highway, before": before.highway,
    ],
    x: "k, steps back", y: "size of the gradient", yScale: .logarithmic)
claim(
    "before: after 29 steps less than a millionth is left",
    before.all[29], isLessThan: 1e-6 * before.all[0])
claim(
    "after: the highway still brings 85 percent",
    after.highway[29], isGreaterThan: 0.85 * after.highway[0])
claim(
    "and all roads together bring much more",
    after.all[29], isGreaterThan: 2 * after.highway[29])
claim(
    "but less steadily: to the first more than twice as much as to the last",
    after.all[29], isGreaterThan: 2 * after.all[0])
setForgetBias(asDrawn, 5)
let open = roads(asDrawn, itsVoice)
claim(
    "with bias 5 but no training, they bring not twice as much to the first",
    open.all[29], isLessThan: 2 * open.all[0])
print(after.all[29])
print(after.highway[29])
print(after.all[29] / after.all[0])
print(after.highway[29] / after.highway[0])

// lessons/09-why-the-lstm-remembers.md:337
let forgetful = LSTM(inputSize: 2, hiddenSize: 4)
func gateOnNothing(_ other: Double) -> Double {
    noGrad {
        forgetful.parameters["bias_ih_l0"][4..<8] = .ones(4)
        forgetful.parameters["bias_hh_l0"][4..<8] = .full([4], other)
    }
    return forgetful.trace(.zeros(1, 1, 2)).steps[0]["f"][0, 0].item
}
print("one:", round(gateOnNothing(0) * 1e6) / 1e6)
print("both:", round(gateOnNothing(1) * 1e6) / 1e6)
claim("one is σ(1)", gateOnNothing(0), equals: sigmoid(1.0))
claim("both are σ(2)", gateOnNothing(1), equals: sigmoid(2.0))

// lessons/09-why-the-lstm-remembers.md:370
func thirty(_ w: Double) throws -> HighwayJacobian {
    let unit = LSTM(inputSize: 1, hiddenSize: 1)
    try unit.load([
        "weight_ih_l0": .zeros(4, 1),
        "weight_hh_l0": Tensor([[0.0], [0], [w], [0]]),
        "bias_ih_l0": Tensor([0.0, 40, 0, 0]), "bias_hh_l0": .zeros(4),
    ])
    return unit.derivation(.zeros(31, 1)) { $0[-1].sum() }
        .highwayJacobian("c", of: 30, by: 0)
}
let (cancels, alone, doubles) = (try thirty(-4), try thirty(0), try thirty(4))
let three = [cancels, alone, doubles]
show(table: [
    "w": [-4.0, 0, 4], "highway": three.map { $0.highway.item },
    "other roads": three.map { $0.otherPaths.item },
    "total": three.map { $0.total.item },
])
claim("the highway is 1 in all three", three.allSatisfy { $0.highway.item == 1 })
claim("w = −4: the sum is exactly 0", cancels.total.item, equals: 0)
claim(
    "w = 4: the gradient doubles at each of 30 steps",
    doubles.total.item, equals: pow(2, 30.0))

// lessons/09-why-the-lstm-remembers.md:399
typealias Steps = [CellDerivation.Step]                  // going back
func larger(_ factor: Double, seed: UInt64 = 0) -> (lstm: Steps, plain: Steps) {
    manualSeed(seed)
    let lstm = LSTM(inputSize: 2, hiddenSize: 16)
    let noise = Tensor.randn(41, 2)
    let plain = RNN(inputSize: 2, hiddenSize: 16)
    noGrad {
        lstm.parameters["weight_hh_l0"] *= factor
        plain.parameters["weight_hh_l0"] *= factor
    }
    return (
        lstm.derivation(noise) { $0[-1].sum() }.steps.reversed(),
        plain.derivation(noise) { $0[-1].sum() }.steps.reversed())
}
func sizes(_ steps: Steps, _ state: String) -> [Double] {
    steps.map { $0.gradient(of: state).norm().item }
}
let (by1, by5, by15) = (larger(1), larger(5), larger(15))
let wildest = sizes(by15.lstm, "c"), drawnSizes = sizes(by1.lstm, "c")
show(
    lines: [
        "RNN × 5": sizes(by5.plain, "h"), "LSTM × 15": wildest,
        "LSTM × 5": sizes(by5.lstm, "c"), "LSTM × 1": drawnSizes,
    ],
    x: "k, steps back", y: "size of the gradient", yScale: .logarithmic)
claim("as drawn it vanishes", drawnSizes[40], isLessThan: 1e-6 * drawnSizes[0])
claim(
    "15 times as large it explodes",
    wildest[40], isGreaterThan: 1000 * wildest[0])
claim(
    "and next to none of that came along the highway",
    by15.lstm[40].gradientAlongHighway(of: "c").norm().item,
    isLessThan: 1e-6 * wildest[40])

// lessons/09-why-the-lstm-remembers.md:440
let grown = (0..<3).map { seed in
    let (lstm, plain) = larger(5, seed: UInt64(seed))
    return (lstm: sizes(lstm, "c")[40] / sizes(lstm, "c")[0], plain: sizes(plain, "h")[40] / sizes(plain, "h")[0])
}
show(table: ["draw": [0, 1, 2], "RNN": grown.map { $0.plain }, "LSTM": grown.map { $0.lstm }])
claim("in each it grows more than ten times as far in the plain network", grown.allSatisfy { $0.plain > 10 * $0.lstm })
claim("and in the plain network it always grows", grown.map { $0.plain }.min()!, isGreaterThan: 10)

// lessons/09-why-the-lstm-remembers.md:455
manualSeed(0)
let wild = LSTM(inputSize: 2, hiddenSize: 16)
noGrad { wild.parameters["weight_hh_l0"] *= 15 }
wild(Tensor.randn(41, 1, 2)).output[-1].sum().backward()
func whole() -> Tensor {      // all gradients as one vector
    cat(wild.parameters.tensors.map { $0.gradient!.flattened() })
}
let long = whole()
let length = clipGradientNorm(wild.parameters, 1)
claim("it was far longer than 1", length, isGreaterThan: 1000)
claim("that is its length", length, equals: long.norm().item, within: 1e-9)
claim("now it is 1 long", whole().norm().item, equals: 1, within: 1e-6)
claim("in the same direction", whole(), equals: long / length, within: 1e-6)

// lessons/09-why-the-lstm-remembers.md:478
func clock(looking: Double) throws -> LSTM {
    let unit = LSTM(inputSize: 1, hiddenSize: 1, peepholes: true)
    try unit.load([
        "weight_ih_l0": .zeros(4, 1), "weight_hh_l0": .zeros(4, 1),
        "bias_ih_l0": Tensor([-log(9.0), 19000, 40, -19000]),
        "bias_hh_l0": .zeros(4),                  // i = 0.1, g = 1
        "peephole_l0": looking * Tensor([[0.0], [-20000], [20000]]),
    ])
    return unit
}
let ticking = try clock(looking: 1).trace(.zeros(22, 1, 1))
show(gates: ticking)

// lessons/09-why-the-lstm-remembers.md:495
let ticks = ticking.output.values
let loud = ticks.indices.filter { ticks[$0] > 0.5 }
claim("it ticks at t = 10 and t = 20 (steps 9 and 19)", loud, equals: [9, 19])
claim(
    "and is silent between, exactly",
    ticks.indices.allSatisfy { loud.contains($0) || ticks[$0] == 0 })
let blind = try clock(looking: 0).trace(.zeros(22, 1, 1))
claim("without peepholes it never ticks", blind.output, equals: 0)
let its = blind.steps
claim(
    "its gates are the same at every step, to the last digit",
    its.allSatisfy { step in
        ["i", "f", "g", "o"].allSatisfy { step[$0] == its[0][$0] }
    })
claim("though its cell counts on and on", its[21]["c"].item, equals: 2.2, within: 1e-9)

// lessons/09-why-the-lstm-remembers.md:526
let needed = pow(0.9, 1.0 / 50), itsBias = log(needed / (1 - needed))
print("f =", needed, "b =", itsBias)
claim(
    "with this bias 90 percent are left",
    pow(sigmoid(itsBias), 50), equals: 0.9, within: 1e-12)
claim(
    "with one less it would be below 80",
    pow(sigmoid(itsBias - 1), 50), isLessThan: 0.8)

// lessons/09-why-the-lstm-remembers.md:544
let more = [0.0, 3, 5].map { learner(forgetBias: $0, seed: 1).losses.last! }
show(table: ["bias": [0.0, 3, 5], "error": more])
claim("3 is best, 0 worst", more[1] < more[2] && more[2] < more[0])
claim("with 0 nothing is learned", more[0], isGreaterThan: 0.3)
let slope = { (b: Double) in sigmoid(b) * (1 - sigmoid(b)) }
claim(
    "at 5 the slope is below a sixth of that at 3",
    slope(5), isLessThan: slope(3) / 6)

// lessons/09-why-the-lstm-remembers.md:563
func half(_ w: Double, _ steps: Int) throws -> Double {
    let unit = LSTM(inputSize: 1, hiddenSize: 1, bias: false)
    try unit.load([
        "weight_ih_l0": .zeros(4, 1),
        "weight_hh_l0": Tensor([[0.0], [0], [w], [0]]),
    ])
    return unit.derivation(.zeros(steps + 1, 1)) { $0[-1].sum() }
        .jacobian("c", of: steps, by: 0).item
}
claim("w = 2", try half(2, 30) == 1 && half(2, 29) == 1)
claim("w = −6", try half(-6, 30) == 1 && half(-6, 29) == -1)

// lessons/09-why-the-lstm-remembers.md:584
func goBackPeeping(_ trace: RecurrentTrace<LSTM>, _ seeds: [Tensor]) -> [Tensor] {
    let W = trace.parameters["weight_hh_l0"], H = W.shape[1]
    let p = trace.parameters["peephole_l0"]           // p_i, p_f, p_o
    var (toHH, toP) = (Tensor(0), Tensor(0))
    var (fromH, fromC) = (Tensor.zeros(H), Tensor.zeros(H))
    for (step, seed) in zip(trace.steps, seeds).reversed() {
        let (i, f) = (step["i"][0], step["f"][0])
        let (g, o) = (step["g"][0], step["o"][0])
        let (c, earlier) = (step["c"][0], step.previous("c")[0])
        let delta = seed + fromH
        let dao = delta * tanh(c) * o * (1 - o)
        let dc = delta * o * (1 - tanh(c) * tanh(c)) + fromC + p[2] * dao
        let (dai, daf) = (dc * g * i * (1 - i), dc * earlier * f * (1 - f))
        let da = cat([dai, daf, dc * i * (1 - g * g), dao])
        toHH = toHH + outer(da, step.previous("h")[0])
        toP = toP + stack([dai * earlier, daf * earlier, dao * c])
        (fromH, fromC) = (matmul(da, W), dc * f + p[0] * dai + p[1] * daf)
    }
    return [toHH, toP]
}
manualSeed(0)
let peeping = LSTM(inputSize: 2, hiddenSize: 3, peepholes: true)
let (seen, _) = peeping(x)
(seen * seen).sum().backward()
let sent = (0..<5).map { 2 * seen[$0, 0].detach() }
let found = goBackPeeping(peeping.trace(x), sent)
let own = peeping.parameters
claim("W_hh", found[0], equals: own["weight_hh_l0"].gradient!, within: 1e-14)
claim("p", found[1], equals: own["peephole_l0"].gradient!, within: 1e-14)

// lessons/09-why-the-lstm-remembers.md:623
let seven = try clock(looking: 1)
noGrad { seven.parameters["bias_ih_l0"][0] = -log(6.0) }
let sevenTicks = seven(.zeros(30, 1, 1)).output.values
claim(
    "it ticks at t = 7, 14, 21, 28",
    sevenTicks.indices.filter { sevenTicks[$0] > 0.5 }.map { $0 + 1 },
    equals: [7, 14, 21, 28])
