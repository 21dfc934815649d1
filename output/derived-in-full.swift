// Derived in full — the LSTM and the GRU
//
// The program of lessons/12-derived-in-full.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release derived-in-full.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/12-derived-in-full.md:13
// A step is a number and its mark; the rows are i, f, g, o.
let keeper = LSTM(inputSize: 2, hiddenSize: 1)
let own = keeper.parameters
own["weight_ih_l0"][.all] = Tensor([[0, 8], [0, -8], [1, 0], [0, 0]])
own["weight_hh_l0"][.all] = Tensor.zeros(4, 1)
own["bias_ih_l0"][.all] = Tensor([-4, 4, 0, 4])    // i opens, f closes: a mark
own["bias_hh_l0"][.all] = Tensor.zeros(4)

let numbers = [-0.4, 0.7, -0.5, 0.9, 0.2, -0.8]
let passage = Tensor(numbers.enumerated().map { [[$1, $0 == 1 ? 1 : 0]] })
let kept = keeper.derivation(passage) { output in output[-1].sum() }
let sums = ["i", "f", "g", "o"]
let blame = Tensor(sums.map { k in
    kept.steps.map { $0.gradient(of: "a^" + k).item }
})
show(
    heatmap: blame, rows: sums,
    columns: ["−0.4", "0.7 ⚑", "−0.5", "0.9", "0.2", "−0.8"],
    rowTitle: "sum", columnTitle: "number read")

// lessons/12-derived-in-full.md:37
let said = kept.steps[5]["h"].item
let atMark = blame[2, 1].item
let sizes = blame.abs().values
let others = sizes.indices.filter { $0 != 2 * 6 + 1 }.map { sizes[$0] }
print(said)
print(atMark)
print(others.max()!)

// lessons/12-derived-in-full.md:49
claim("it says too little: less than 0.55 where 0.7 was marked", said, isLessThan: 0.55)
claim("but something: more than 0.45", said, isGreaterThan: 0.45)
claim("the candidate at the mark is the largest, more than ten times any other", atMark, isGreaterThan: 10 * others.max()!)
claim("there are twenty-three others", others.count, equals: 23)
claim("what stands at the mark is right: central differences say so", kept.check().largestDifferenceToCentralDifferences, isLessThan: 1e-8)
claim("and it is positive: it should grow", atMark, isGreaterThan: 0.3)
claim("before the mark nothing matters: less than a hundredth at every sum", sums.indices.map { abs(blame[$0, 0].item) }.max()!, isLessThan: 0.01)

// lessons/12-derived-in-full.md:76
let a = Parameter(Tensor([0.3, -0.6])), b = Tensor([2, 0.5])
let W = Parameter(Tensor([[1, 2], [3, 4]])), v = Parameter(Tensor([0.2, 0.1]))
let bar = Tensor([1, -2])
func gradient(of x: Tensor, _ y: Tensor) -> Tensor {
    x.gradient = nil
    (bar * y).sum().backward()
    return x.gradient!
}
let (t, s) = (tanh(a).detach(), sigmoid(a).detach())
claim("⊙: ȳ ⊙ b", gradient(of: a, a * b), equals: bar * b, within: 1e-15)
claim("tanh: ȳ ⊙ (1 − y²)",
    gradient(of: a, tanh(a)), equals: bar * (1 - t * t), within: 1e-15)
claim("σ: ȳ ⊙ y ⊙ (1 − y)",
    gradient(of: a, sigmoid(a)), equals: bar * s * (1 - s), within: 1e-15)
claim("W v, to v: Wᵀ ȳ, which is (−5, −6)",
    gradient(of: v, matmul(W, v)), equals: Tensor([-5, -6]), within: 1e-15)
claim("W v, to W: ȳ vᵀ",
    gradient(of: W, matmul(W, v)), equals: outer(bar, v.detach()), within: 1e-15)

// lessons/12-derived-in-full.md:105
func readers(
    of name: String, _ cell: CellDefinition, _ time: String
) -> [String] {
    cell.description.split(separator: "\n").filter { line in
        let right = line[line.firstIndex(of: "=")!...]
        return right.indices.contains {
            right[$0...].hasPrefix(name + "_" + time)
        }
    }.map { String($0.prefix(1)) }
}
func plan(_ cell: CellDefinition) {
    func list(_ time: String) -> [String] {
        cell.quantities.map {
            let all = readers(of: $0, cell, time)
            return all.isEmpty ? "–" : all.joined(separator: ", ")
        }
    }
    show(table: [
        "quantity": cell.quantities, "read by, at t": list("t"),
        "read by, at t + 1": list("{t-1}"),
    ])
}
func allReaders(of name: String, _ cell: CellDefinition) -> [String] {
    readers(of: name, cell, "t") + readers(of: name, cell, "{t-1}")
}
show(equations: LSTM.definition)
plan(LSTM.definition)
claim("c is read twice: by h, and by the next c",
    allReaders(of: "c", LSTM.definition), equals: ["h", "c"])
claim("h is read by the next step's four sums",
    allReaders(of: "h", LSTM.definition), equals: ["i", "f", "g", "o"])

// lessons/12-derived-in-full.md:167
let three = keeper.derivation(passage[1..<4]) { output in output[-1].sum() }
show(three, following: ("g", 0, 0))

// lessons/12-derived-in-full.md:176
let dc = three.steps.map { $0.gradient(of: "c") }
let f = three.steps.map { $0["f"] }
let alongHighway = three.steps[0].gradientAlongHighway(of: "c")
claim("∂ℒ/∂c₁ along the highway = ∂ℒ/∂c₃ ⊙ f₃ ⊙ f₂",
    alongHighway, equals: dc[2] * f[2] * f[1], within: 1e-15)
claim("nothing comes by another road, for W_hh is 0",
    dc[0], equals: alongHighway, within: 1e-15)
claim("two steps cost less than four per cent of it",
    alongHighway.item / dc[2].item, isGreaterThan: 0.96)
print(dc[2].item)
print(dc[1].item)
print(dc[0].item)

// lessons/12-derived-in-full.md:195
enum Slip {
    case none, noTanhSlope, tanhForSigma, newState, earlyGate, noTranspose
}

func backward(_ lstm: LSTM, _ x: Tensor, slip: Slip = .none) -> [Tensor] {
    let H = lstm.hiddenSize, d = lstm.inputSize
    let Whh = lstm.parameters["weight_hh_l0"].detach()
    var (dWih, dWhh) = (Tensor.zeros(4 * H, d), Tensor.zeros(4 * H, H))
    var (db, dh) = (Tensor.zeros(4 * H), Tensor.zeros(H))
    var (laterC, laterF) = (Tensor.zeros(H), Tensor.zeros(H))  // of step t + 1
    func slope(_ y: Tensor) -> Tensor {
        slip == .tanhForSigma ? 1 - y * y : y * (1 - y)
    }

    for step in lstm.trace(x).steps.reversed() {
        let (i, f) = (step["i"][0], step["f"][0])
        let (g, o) = (step["g"][0], step["o"][0])
        let (c, cBefore) = (step["c"][0], step.previous("c")[0])
        let th = tanh(c)
        dh = dh + 1
        let through = slip == .noTanhSlope ? dh * o : dh * o * (1 - th * th)
        let dc = through + laterC * (slip == .earlyGate ? f : laterF)
        let a = cat([
            dc * g * slope(i),
            dc * (slip == .newState ? c : cBefore) * slope(f),
            dc * i * (1 - g * g),
            dh * th * slope(o),
        ])
        dWih = dWih + outer(a, step.input[0])
        dWhh = dWhh + outer(a, step.previous("h")[0])
        db = db + a
        dh = Tensor.zeros(H)
        for k in 0..<4 {
            let Wk = Whh[k * H..<(k + 1) * H], ak = a[k * H..<(k + 1) * H]
            dh = dh + matmul(slip == .noTranspose ? Wk : Wk.transposed(), ak)
        }
        (laterC, laterF) = (dc, f)
    }
    return [dWih, dWhh, db]
}

// lessons/12-derived-in-full.md:241
manualSeed(3)
let lstm = LSTM(inputSize: 2, hiddenSize: 3)
noGrad { for (_, tensor) in lstm.parameters { tensor[.all] *= 2 } }
let x = Tensor([
    [[1, 0]], [[0, 1]], [[-1, 0]], [[0, -1]], [[1, 1]], [[-1, 1]],
])
let right = backward(lstm, x)
lstm(x).output.sum().backward()
let p = lstm.parameters
let found = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0"].map {
    p[$0].gradient!
}
let names = ["W_ih", "W_hh", "b"]
for (name, mine) in zip(names, right) {
    print(name, (mine.sum().item * 1e9).rounded() / 1e9)
}
for (name, (mine, tape)) in zip(names, zip(right, found)) {
    claim("∂ℒ/∂\(name)", mine, equals: tape, within: 1e-13)
}
let check = lstm.derivation(x) { output in output.sum() }.check()
claim("the derivation agrees with the tape",
    check.largestDifferenceToTape, isLessThan: 1e-13)
claim("and with central differences, to within a billionth",
    check.largestDifferenceToCentralDifferences, isLessThan: 1e-9)
print(p.elementCount)

// lessons/12-derived-in-full.md:293
let one = x[0..<1]
let rightAtOne = backward(lstm, one)
func length(_ tensors: [Tensor]) -> Double {
    cat(tensors.map { $0.flattened() }).norm().item
}
func share(_ wrong: [Tensor], _ right: [Tensor]) -> Double {
    length(zip(wrong, right).map { $0 - $1 }) / length(right)
}
let slips: [(Slip, String)] = [
    (.noTanhSlope, "tanh′(c) forgotten: δ ⊙ o"),
    (.tanhForSigma, "1 − y² for σ′"),
    (.newState, "c at t instead of t − 1 in ∂f"),
    (.earlyGate, "f at t instead of t + 1 in ∂c"),
    (.noTranspose, "W instead of Wᵀ"),
]
let onOne = slips.map { share(backward(lstm, one, slip: $0.0), rightAtOne) }
let onSix = slips.map { share(backward(lstm, x, slip: $0.0), right) }
show(table: ["slip": slips.map { $0.1 }, "1 step": onOne, "6 steps": onSix])
claim("three show at once: more than a twentieth off",
    onOne[..<3].min()!, isGreaterThan: 0.05)
claim("two are invisible on one step", onOne[3...].max()!, equals: 0)
claim("on six steps every one shows: more than a twentieth off",
    onSix.min()!, isGreaterThan: 0.05)
let rightAtTwo = backward(lstm, x[0..<2])
claim("on two steps already", slips.map {
    share(backward(lstm, x[0..<2], slip: $0.0), rightAtTwo)
}.min()!, isGreaterThan: 0.001)

// lessons/12-derived-in-full.md:331
show(equations: GRU.definition())
plan(GRU.definition())
claim("h is read by r, z, n and the next h",
    readers(of: "h", GRU.definition(), "{t-1}"), equals: ["r", "z", "n", "h"])
claim("r by n alone", readers(of: "r", GRU.definition(), "t"), equals: ["n"])

// lessons/12-derived-in-full.md:355
manualSeed(2)
let gru = GRU(inputSize: 2, hiddenSize: 2)
let signal = Tensor([[[1.0, 0.0]], [[0.0, 1.0]]])
let gruDerivation = gru.derivation(signal) { output in output[-1].sum() }
show(gruDerivation, following: ("z", 0, 0))

// lessons/12-derived-in-full.md:367
let (s1, s2) = (gruDerivation.steps[0], gruDerivation.steps[1])
let whh = gru.parameters["weight_hh_l0"].detach()
let bhn = gru.parameters["bias_hh_l0"].detach()[4..<6]
let (r, z, n) = (s2["r"], s2["z"], s2["n"])
let an = s2.delta * (1 - z) * (1 - n * n)
let az = s2.delta * (s1["h"] - n) * z * (1 - z)
let ar = an * (matmul(whh[4..<6], s1["h"]) + bhn) * r * (1 - r)
let roads = [                                    // the loss reads h₂ alone
    s2.delta * z, matmul(whh[0..<2].transposed(), ar),
    matmul(whh[2..<4].transposed(), az), matmul(whh[4..<6].transposed(), r * an),
]
claim("∂ℒ/∂aⁿ₂", an, equals: s2.gradient(of: "a^n"), within: 1e-15)
claim("∂ℒ/∂aᶻ₂", az, equals: s2.gradient(of: "a^z"), within: 1e-15)
claim("∂ℒ/∂aʳ₂", ar, equals: s2.gradient(of: "a^r"), within: 1e-15)
claim("δ₁, the sum of the four roads",
    roads[0] + roads[1] + roads[2] + roads[3], equals: s1.delta, within: 1e-15)
claim("the highway brings more than any other",
    roads[0].norm().item, isGreaterThan: roads[1...].map { $0.norm().item }.max()!)

// lessons/12-derived-in-full.md:391
manualSeed(6)
let Wn = Tensor.randn(4, 4), bn = Tensor.randn(4)
let h = Tensor([0.8, -0.5, 0.6, 0.9])
let gate = Tensor([0.5, 0.5, 0.5, 0.5])
func reach(_ candidate: (Tensor) -> Tensor) -> Tensor {
    stack((0..<4).map { i in
        let r = Parameter(gate)
        candidate(r)[i].backward()
        return r.gradient!
    })
}
let reachAfter = reach { r in tanh(r * (matmul(Wn, h) + bn)) }
show(heatmap: reachAfter, rowTitle: "candidate", columnTitle: "reset gate")
claim("beside the diagonal all is 0",
    reachAfter * (1 - Tensor.eye(4)), equals: 0.0)
claim("on it nothing is",
    (0..<4).map { abs(reachAfter[$0, $0].item) }.min()!, isGreaterThan: 0.01)

// lessons/12-derived-in-full.md:415
let reachBefore = reach { r in tanh(matmul(Wn, r * h) + bn) }
show(heatmap: reachBefore, rowTitle: "candidate", columnTitle: "reset gate")
claim("nothing is 0", reachBefore.abs().min().item, isGreaterThan: 0)
let candidate = tanh(matmul(Wn, gate * h) + bn)
let bent = 1 - candidate * candidate
claim("it is W_hn, its rows scaled by 1 − n², its columns by h",
    reachBefore, equals: bent.unsqueeze(1) * Wn * h, within: 1e-14)

// lessons/12-derived-in-full.md:433
func resetGradients(
    resetAfter: Bool
) -> (found: Tensor, after: Tensor, before: Tensor) {
    manualSeed(2)
    let gru = GRU(inputSize: 2, hiddenSize: 2, resetAfter: resetAfter)
    let step = gru.derivation(signal) { output in output[-1].sum() }.steps
    let W = gru.parameters["weight_hh_l0"].detach()[4..<6]
    let b = gru.parameters["bias_hh_l0"].detach()[4..<6]
    let an = step[1].gradient(of: "a^n"), h1 = step[0]["h"]
    return (
        step[1].gradient(of: "r"), an * (matmul(W, h1) + b),
        matmul(W.transposed(), an) * h1
    )
}
let ofAfter = resetGradients(resetAfter: true)
let ofBefore = resetGradients(resetAfter: false)
claim("after", ofAfter.found, equals: ofAfter.after, within: 1e-15)
claim("before", ofBefore.found, equals: ofBefore.before, within: 1e-15)
claim("they are not interchangeable", min(
    (ofAfter.found - ofAfter.before).norm().item,
    (ofBefore.found - ofBefore.after).norm().item), isGreaterThan: 0.001)

// lessons/12-derived-in-full.md:466
let peeping = LSTM.definition(peepholes: true)
let all = allReaders(of: "c", peeping)
print(all.joined(separator: ", "))
claim("five", all.count, equals: 5)

// lessons/12-derived-in-full.md:480
let unit = LSTM(inputSize: 1, hiddenSize: 1)
for (_, tensor) in unit.parameters { tensor[.all] = .zeros(tensor.shape) }
unit.parameters["bias_ih_l0"][.all] = Tensor([-40, 0, 0, 40])
let single = unit.derivation(
    Tensor.zeros(1, 1, 1), (Tensor.zeros(1, 1, 1), Tensor.filled([1, 1, 1], with: 2))
) { output in output.sum() }
let af = single.steps[0].gradient(of: "a^f").item
print(af)
claim("(1 − tanh²(1)) / 2", af, equals: (1 - tanh(1) * tanh(1)) / 2, within: 1e-14)
claim("about 0.21", af, equals: 0.21, within: 0.001)

// lessons/12-derived-in-full.md:500
func held(_ bias: Double) -> CellDerivation {
    let copy = LSTM(inputSize: 2, hiddenSize: 3)    // the network of the checked program
    for name in copy.parameters.names {
        let tensor = lstm.parameters[name].detach()
        tensor[3..<6] = .zeros(tensor[3..<6].shape)
        if name == "bias_ih_l0" { tensor[3..<6] = .filled([3], with: bias) }
        copy.parameters[name][.all] = tensor
    }
    return copy.derivation(x) { output in output[-1].sum() }
}
let (open, closed) = (held(40), held(-800))
claim("f = 1: five steps later it is the same number",
    open.steps[0].gradientAlongHighway(of: "c"), equals: open.steps[5].gradient(of: "c"))
claim("f = 0: nothing along the highway", closed.steps[0].gradientAlongHighway(of: "c"), equals: 0.0)
claim("but something by the other roads", closed.steps[0].gradient(of: "c").norm().item, isGreaterThan: 1e-6)

// lessons/12-derived-in-full.md:525
let coupled = CellDefinition("Coupled LSTM", """
    f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
    g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
    o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
    c_t = f_t ⊙ c_{t-1} + (1 - f_t) ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)
    """)
manualSeed(1)
let pair = CustomCell(coupled, inputSize: 2, hiddenSize: 2)
    .derivation(signal) { output in output.sum() }.steps
claim("∂ℒ/∂f = ∂ℒ/∂c ⊙ (c₋₁ − g)", pair[1].gradient(of: "f"),
    equals: pair[1].gradient(of: "c") * (pair[0]["c"] - pair[1]["g"]), within: 1e-15)
let tc = tanh(pair[0]["c"])
claim("∂ℒ/∂c₁ as in the LSTM", pair[0].gradient(of: "c"),
    equals: pair[0].delta * pair[0]["o"] * (1 - tc * tc)
        + pair[1].gradient(of: "c") * pair[1]["f"],
    within: 1e-15)
claim("the same readers", allReaders(of: "c", coupled), equals: ["h", "c"])

// lessons/12-derived-in-full.md:553
func transposeError(_ units: Int) -> Double {
    manualSeed(4)
    let lstm = LSTM(inputSize: 2, hiddenSize: units)
    return share(backward(lstm, x, slip: .noTranspose), backward(lstm, x))
}
claim("one unit: no difference at all", transposeError(1), equals: 0)
claim("two units: it shows", transposeError(2), isGreaterThan: 0.001)
