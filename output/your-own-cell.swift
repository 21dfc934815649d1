// Your own cell — from equations alone
//
// The program of lessons/11-your-own-cell.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release your-own-cell.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/11-your-own-cell.md:17
let mgu = CellDefinition("MGU", """
    f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
    n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
    h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
    """)
show(equations: mgu)

// lessons/11-your-own-cell.md:42
let sizes = [mgu, GRU.definition(), LSTM.definition].map {
    CustomCell($0, inputSize: 3, hiddenSize: 4).parameters.elementCount
}
manualSeed(1)
let layer = CustomCell(mgu, inputSize: 3, hiddenSize: 4)
show(parameters: layer)
claim("two sums of one input matrix, one state matrix and one bias each",
    sizes[0], equals: 2 * (4 * 3 + 4 * 4 + 4))
claim("PyTorch's GRU three, its LSTM four, with two biases each",
    Array(sizes[1...]), equals: [3, 4].map { $0 * (4 * 3 + 4 * 4 + 2 * 4) })
print(sizes[0])
print(sizes[1])
print(sizes[2])

// lessons/11-your-own-cell.md:59
show(diagram: mgu)

// lessons/11-your-own-cell.md:71
func left(_ definition: CellDefinition, _ weights: [String: Double]) -> Double {
    let unit = CustomCell(definition, inputSize: 1, hiddenSize: 1)
    for (name, tensor) in unit.parameters {
        tensor[.all] = .filled(tensor.shape, with: weights[name] ?? 0)
    }
    let steps = unit.derivation(Tensor.zeros(2, 1, 1)) { output in output.sum() }
    return steps.jacobian("h", of: 1, by: 0).item
}
func inverseSigmoid(_ f: Double) -> Double { log(f / (1 - f)) }
let gates = Array(stride(from: 0.02, through: 0.981, by: 0.04))
let leftByMGU = gates.map { left(mgu, ["b_f": inverseSigmoid($0), "U_n": 1]) }
let leftByGRU = gates.map {
    left(GRU.definition(), ["b_ir": -40, "b_iz": inverseSigmoid(1 - $0), "W_hn": 1])
}
show(lines: ["MGU": leftByMGU, "GRU, r = 0": leftByGRU], at: gates,
    x: "f", y: "∂hₜ/∂hₜ₋₁", xRange: 0...1, yRange: 0...1)

// lessons/11-your-own-cell.md:95
let f = Tensor(gates)
claim("MGU: 1 − f + f²", Tensor(leftByMGU), equals: 1 - f + f * f, within: 1e-12)
claim("nowhere below three quarters", leftByMGU.min()!, isAtLeast: 0.75)
claim("at one half it is three quarters",
    left(mgu, ["b_f": 0, "U_n": 1]), equals: 0.75, within: 1e-12)
claim("GRU with r closed: 1 − f",
    Tensor(leftByGRU), equals: 1 - f, within: 1e-12)

// lessons/11-your-own-cell.md:108
typealias Tapes = (input: Tensor, wanted: Tensor)

func tapes(_ count: Int, steps: Int) -> Tapes {
    let numbers = Tensor.rand(steps, count) - 0.5, draw = Tensor.rand(steps, count)
    let hold = draw .< 1.0 / 3, new = draw .> 7.0 / 8
    var sum = Tensor.zeros(count)
    for t in 0..<steps {
        sum = hold[t] * sum + (1 - hold[t]) * ((1 - new[t]) * sum + numbers[t])
    }
    return (stack([numbers, hold, new], axis: 2), sum)
}

struct Network {
    let layer: CustomCell, answer: Linear

    func error(on tapes: Tapes) -> Tensor {
        let last = layer(tapes.input).output[-1]
        return meanSquaredError(answer(last).squeeze(1), tapes.wanted)
    }

    func train(_ count: Int, _ examples: () -> Tapes) {
        let parameters = Parameters(of: [layer.parameters, answer.parameters])
        let adam = Adam(parameters, learningRate: 0.05)
        for _ in 0..<count {
            adam.zeroGrad()
            error(on: examples()).backward()
            adam.step()
        }
    }
}

// lessons/11-your-own-cell.md:143
let network = Network(layer: layer, answer: Linear(4, 1))
network.train(200) { tapes(32, steps: 8) }

let words = ["+0.3", "hold", "+0.2", "new", "+0.4", "hold"]
let tape = Tensor([
    [[0.3, 0, 0]], [[0.5, 1, 0]], [[0.2, 0, 0]], [[-0.1, 0, 1]], [[0.4, 0, 0]],
    [[-0.5, 1, 0]],
])
let trace = layer.trace(tape)
show(gates: trace, steps: words, units: [1, 3])

// lessons/11-your-own-cell.md:158
let heldOut = tapes(300, steps: 8)
let spread = (heldOut.wanted * heldOut.wanted).mean().item
let mguError = network.error(on: heldOut).item
print(mguError)
print(spread)

// lessons/11-your-own-cell.md:169
claim("its error is below a thirtieth of what always answering 0 costs", mguError, isLessThan: spread / 30)
func gate(_ step: Int) -> [Double] { [1, 3].map { trace.steps[step]["f"][0, $0].item } }
claim("in units 1 and 3 f is below 0.15 at hold", (gate(1) + gate(5)).max()!, isLessThan: 0.15)
claim("between 0.2 and 0.6 at an addition", (gate(0) + gate(2) + gate(4)).allSatisfy { $0 > 0.2 && $0 < 0.6 })
claim("and above 0.7 at new", gate(3).min()!, isGreaterThan: 0.7)

// lessons/11-your-own-cell.md:181
show(worked: trace, step: 3, unit: 1)

// lessons/11-your-own-cell.md:189
manualSeed(7)
let plain = CustomCell(mgu, inputSize: 3, hiddenSize: 2)
let four = Tensor.randn(4, 1, 3)
let (output, states) = plain(four)
print("parameters", plain.parameters.elementCount)
print("output", output.shape)
print("h", (states["h"][0, 0, 0].item * 1e9).rounded() / 1e9)

// lessons/11-your-own-cell.md:239
manualSeed(5)
let small = CustomCell(mgu, inputSize: 2, hiddenSize: 2)
let signal = Tensor([[[1.0, 0.0]], [[0.0, 1.0]]])
let derivation = small.derivation(signal) { output in (output * output).sum() }
show(derivation, following: ("f", 0, 0))

// lessons/11-your-own-cell.md:251
let (one, two) = (derivation.steps[0], derivation.steps[1])
let p = small.parameters
let (Uf, Un) = (p["U_f"].detach(), p["U_n"].detach())
let delta2 = two.delta
let an = delta2 * two["f"] * (1 - two["n"] * two["n"])
let seen = matmul(Un.transposed(), an)          // what comes back to f ⊙ h
let df = delta2 * (two["n"] - one["h"]) + seen * one["h"]
let af = df * two["f"] * (1 - two["f"])
let terms = [
    2 * one["h"],                               // the loss: ℒ = Σ h²
    delta2 * (1 - two["f"]),                    // kept
    seen * two["f"],                            // through the candidate
    matmul(Uf.transposed(), af),                // through the gate
]
claim("their sum is δ₁",
    terms[0] + terms[1] + terms[2] + terms[3], equals: one.delta, within: 1e-15)
claim("none of them is negligible",
    terms.map { $0.norm().item }.min()!, isGreaterThan: 0.01)

let read = small(signal).output
(read * read).sum().backward()
for (name, parameter) in p {
    claim("∂ℒ/∂\(name)",
        parameter.gradient!, equals: derivation.gradients[name], within: 1e-13)
}
print(p.count)

// lessons/11-your-own-cell.md:286
let ledger = CellDefinition("Ledger", """
    k_t = σ(W_k x_t + b_k)
    w_t = σ(W_w x_t + b_w)
    h_t = k_t ⊙ h_{t-1} + w_t ⊙ (W_h x_t)
    """)
show(diagram: ledger)

// lessons/11-your-own-cell.md:300
let book = CustomCell(ledger, inputSize: 3, hiddenSize: 1)
try book.load([
    "W_k": Tensor([[0, 0, -80]]), "b_k": Tensor([40]),    // dropped at “new”
    "W_w": Tensor([[0, -80, 0]]), "b_w": Tensor([40]),    // silent at “hold”
    "W_h": Tensor([[1, 0, 0]]),                           // the number
])
let entries = book.trace(tape)
show(gates: entries, steps: words)
let (keeps, writes) = (
    entries.steps.map { $0["k"].item }, entries.steps.map { $0["w"].item })
claim("k is 0 at new alone, w at hold alone",
    Tensor(keeps + writes),
    equals: Tensor([1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0]), within: 1e-17)
claim("0.3, held, + 0.2, then −0.1 anew, + 0.4, held",
    entries.output.flattened(), equals: Tensor([0.3, 0.3, 0.5, -0.1, 0.3, 0.3]),
    within: 1e-15)

// lessons/11-your-own-cell.md:323
func trained(_ definition: CellDefinition, seed: UInt64) -> Network {
    manualSeed(seed)
    let cell = CustomCell(definition, inputSize: 3, hiddenSize: 4)
    let network = Network(layer: cell, answer: Linear(4, 1))
    network.train(150) { tapes(24, steps: 8) }
    return network
}
let grus = [1, 2, 3].map { trained(GRU.definition(), seed: $0) }
let ledgers = [1, 2, 3].map { trained(ledger, seed: $0) }

let lengths = [4, 8, 16, 32, 64]
manualSeed(9)
let exams = lengths.map { tapes(200, steps: $0) }
func errors(_ networks: [Network]) -> Tensor {           // (3, lengths)
    Tensor(networks.map { network in exams.map { network.error(on: $0).item } })
}
let (ofGRU, ofLedger) = (errors(grus), errors(ledgers))
func band(_ t: Tensor) -> LineBand { (t.min(axis: 0), t.max(axis: 0)) }
show(
    lines: ["GRU": ofGRU.mean(axis: 0), "ledger": ofLedger.mean(axis: 0)],
    at: lengths, bands: ["GRU": band(ofGRU), "ledger": band(ofLedger)],
    x: "steps", y: "error", yScale: .logarithmic)
claim("at every length the ledgers' mean is lower",
    ofLedger.mean(axis: 0), isLessThan: ofGRU.mean(axis: 0))
claim("at 8 and at 64 steps each ledger beats the GRU of its start",
    [1, 4].allSatisfy { (ofLedger .< ofGRU)[.all, $0].all() })
let lead = (ofGRU.mean(axis: 0) / ofLedger.mean(axis: 0)).values
print(ledgers[0].layer.parameters.elementCount)
print(grus[0].layer.parameters.elementCount)
print(ofLedger[.all, 4].mean().item)
print(ofGRU[.all, 4].mean().item)
print(lead[1])
print(lead[4])

// lessons/11-your-own-cell.md:357
claim("the lead is smaller at 64 steps than at 8", lead[4], isLessThan: lead[1])
let allSix = cat([ofGRU, ofLedger])
claim("all six are more than five times as wrong at 64 steps as at 8", (allSix[.all, 4] / allSix[.all, 1]).min().item, isGreaterThan: 5)
let learnedKeep = ledgers.map { $0.layer.trace(tape).steps[1]["k"].max().item }
claim("no gate that was learned keeps all at hold", learnedKeep.max()!, isLessThan: 0.999)
let byHand = exams.map { meanSquaredError(book($0.input).output[-1].squeeze(1), $0.wanted).item }
claim("the ledger set by hand is right at every length", byHand.max()!, isLessThan: 1e-28)
claim("it has fewer parameters", ledgers[0].layer.parameters.elementCount, isLessThan: grus[0].layer.parameters.elementCount)

// lessons/11-your-own-cell.md:372
let exam = tapes(1, steps: 8).input
func ends(_ network: Network) -> [Double] {
    [0.0, 1, 2].map { start in
        let h0 = Tensor.filled([1, 1, network.layer.hiddenSize], with: start)
        return network.layer(exam, ["h": h0]).output[-1].values[0]
    }
}
let (ledgerEnds, gruEnds) = (ends(ledgers[0]), ends(grus[0]))
show(table: [
    "from": ["0 to 1", "1 to 2"],
    "ledger": [ledgerEnds[1] - ledgerEnds[0], ledgerEnds[2] - ledgerEnds[1]],
    "GRU": [gruEnds[1] - gruEnds[0], gruEnds[2] - gruEnds[1]],
])
func bend(_ ends: [Double]) -> Double { abs(ends[2] - 2 * ends[1] + ends[0]) }
claim("the ledger: equal differences", bend(ledgerEnds), isAtMost: 1e-14)
claim("though not none", ledgerEnds[1] - ledgerEnds[0], isGreaterThan: 0.01)
claim("the GRU: not", bend(gruEnds), isGreaterThan: 0.01)

// lessons/11-your-own-cell.md:400
let zoo = [
    RNN.definition(),
    // A leaky unit keeps a fixed share.
    CellDefinition("Leaky", """
        h_t = 0.9 h_{t-1} + 0.1 tanh(W x_t + U h_{t-1} + b)
        """),
    // One update gate, no reset: Collins and others 2017.
    CellDefinition("UGRNN", """
        z_t = σ(W_z x_t + U_z h_{t-1} + b_z)
        n_t = tanh(W_n x_t + U_n h_{t-1} + b_n)
        h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ n_t
        """),
    mgu,
    // The candidate does not see the state: Chen 2017.
    CellDefinition("MinimalRNN", """
        v_t = tanh(W_v x_t + b_v)
        u_t = σ(U_h h_{t-1} + U_v v_t + b_u)
        h_t = u_t ⊙ h_{t-1} + (1 - u_t) ⊙ v_t
        """),
    // Each unit sees its own state alone: Lei and others 2018,
    // who have x_t itself for R x_t where the sizes agree.
    CellDefinition("SRU", """
        f_t = σ(W_f x_t + v_f ⊙ c_{t-1} + b_f)
        r_t = σ(W_r x_t + v_r ⊙ c_{t-1} + b_r)
        c_t = f_t ⊙ c_{t-1} + (1 - f_t) ⊙ (W x_t)
        h_t = r_t ⊙ c_t + (1 - r_t) ⊙ (R x_t)
        """),
    // Nothing but the mixture sees the state: Feng and others 2024.
    CellDefinition("minGRU", """
        z_t = σ(W_z x_t + b_z)
        h_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ (W_h x_t + b_h)
        """),
    // What is forgotten is replaced: the coupled LSTM.
    CellDefinition("Coupled LSTM", """
        f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
        g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
        o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
        c_t = f_t ⊙ c_{t-1} + (1 - f_t) ⊙ g_t
        h_t = o_t ⊙ tanh(c_t)
        """),
    GRU.definition(), LSTM.definition,
]

// lessons/11-your-own-cell.md:450
let jacobians = zoo.map { definition in
    manualSeed(1)
    let cell = CustomCell(definition, inputSize: 4, hiddenSize: 4)
    let steps = cell.derivation(Tensor.randn(2, 1, 4)) { output in output.sum() }
    return steps.highwayJacobian(definition.stateNames.last!, of: 1, by: 0)
}
let roads = jacobians.map { $0.highway.mean().item }
let mixing = jacobians.map { ($0.total * (1 - Tensor.eye(4))).norm().item }
let costs = zoo.map {
    CustomCell($0, inputSize: 4, hiddenSize: 4).parameters.elementCount
}
show(table: [
    "cell": zoo.map { $0.name }, "parameters": costs, "highway": roads,
    "on others": mixing,
])
func names(_ isMeant: (Int) -> Bool) -> [String] {
    zoo.indices.filter(isMeant).map { zoo[$0].name }
}
claim("the leaky unit's is fixed", jacobians[1].highway, equals: 0.9)
claim("only the RNN has no highway", names { roads[$0] == 0 }, equals: ["RNN"])
claim("in two cells no unit acts on another",
    names { mixing[$0] == 0 }, equals: ["SRU", "minGRU"])

// lessons/11-your-own-cell.md:479
/// Numbers and marks, and the number beside the last mark.
func notes(_ count: Int) -> Tapes {
    let numbers = Tensor.rand(10, count) - 0.5
    let marks = Tensor.rand(10, count) .< 0.15
    marks[0] = Tensor.ones(count)
    var last = numbers[0]
    for t in 1..<10 { last = marks[t] * numbers[t] + (1 - marks[t]) * last }
    return (stack([numbers, marks], axis: 2), last)
}
manualSeed(3)
let batches = (0..<120).map { _ in notes(16) }, unseen = notes(300)
let race = zoo.map { definition in
    manualSeed(1)
    let cell = CustomCell(definition, inputSize: 2, hiddenSize: 6)
    let network = Network(layer: cell, answer: Linear(6, 1))
    var next = batches.makeIterator()
    network.train(120) { next.next()! }
    return network
}
let errorsAfter = race.map { $0.error(on: unseen).item }
let answering0 = unseen.wanted.pow(2).mean().item
show(
    bars: zip(zoo, errorsAfter).map { ($0.name, $1) }
        + [("answering 0", answering0)],
    label: "mean squared error")

// lessons/11-your-own-cell.md:509
claim("without a gate: more than half of what answering 0 costs",
    min(errorsAfter[0], errorsAfter[1]), isGreaterThan: answering0 / 2)
claim("with a gate, any of the eight: less than a tenth",
    errorsAfter[2...].max()!, isLessThan: answering0 / 10)
let numbersOf = race.map { $0.layer.parameters.elementCount }
claim("the LSTM has the most parameters", numbersOf[9] == numbersOf.max()! && zoo[9].name == "LSTM")
claim("and comes last of the eight", errorsAfter[9], equals: errorsAfter[2...].max()!)
claim("ten cells, eight of them with a gate",
    [zoo.count, names { zoo[$0].description.contains("σ") }.count],
    equals: [10, 8])

// lessons/11-your-own-cell.md:529
var faults: [CellError] = []
for text in [
    "h_t = tanh(W x_t + W h_{t-1})",
    "h_t = f_t ⊙ h_{t-1}\nf_t = σ(W x_t)",
    "h_t = tanh(W x_t + U h_{t-2})",
] {
    do {
        _ = try CellDefinition("mine", parsing: text)
    } catch {
        faults.append(error)
        print(error.message)
    }
}
claim("each is told at its column", faults.map { $0.column }, equals: [20, 7, 23])

// lessons/11-your-own-cell.md:549
let tied = CellDefinition("Tied", """
    z_t = σ(W_z x_t + U h_{t-1})
    h_t = z_t ⊙ h_{t-1} + (1 - z_t) ⊙ tanh(W_h x_t + U h_{t-1})
    """, shared: ["U"])
let tall = CustomCell(
    mgu, inputSize: 3, hiddenSize: 4, numLayers: 2, bidirectional: true)
print(tied.parameterNames.joined(separator: ", "))
print(tall(tape).output.shape)
claim("one U", tied.parameterNames, equals: ["W_z", "U", "W_h"])
claim("two directions of four units", tall(tape).output.shape, equals: [6, 1, 8])

// lessons/11-your-own-cell.md:571
let gated = CellDefinition("LSTM with one bias a gate", """
    i_t = σ(W_i x_t + U_i h_{t-1} + b_i)
    f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
    g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
    o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)
    """)
let saved = CustomCell(gated, inputSize: 3, hiddenSize: 4).parameters.elementCount
    - CustomCell(zoo[7], inputSize: 3, hiddenSize: 4).parameters.elementCount
print(saved, "numbers")
claim("32", saved, equals: 32)

// lessons/11-your-own-cell.md:593
func remaining(_ factor: String, _ steps: Int) -> Double {
    let leaky = CellDefinition("Average", "h_t = \(factor) h_{t-1} + 0.1 W x_t")
    let cell = CustomCell(leaky, inputSize: 1, hiddenSize: 1)
    return cell(Tensor.zeros(steps, 1, 1), ["h": Tensor.ones(1, 1, 1)]).states["h"].item
}
claim("six steps leave more than half", remaining("0.9", 6), isGreaterThan: 0.5)
claim("seven leave less", remaining("0.9", 7), isLessThan: 0.5)
claim("0.993 leaves half after a hundred", remaining("0.993", 100), equals: 0.5, within: 0.01)
claim("which is the hundredth root of a half", pow(0.5, 0.01), equals: 0.993, within: 2e-4)

// lessons/11-your-own-cell.md:612
let notebook = CustomCell(ledger, inputSize: 2, hiddenSize: 1)
try notebook.load([
    "W_k": Tensor([[0, -80]]), "b_k": Tensor([40]), "W_w": Tensor([[0, 80]]),
    "b_w": Tensor([-40]), "W_h": Tensor([[1, 0]]),
])
let noted = notebook(unseen.input).output[-1].squeeze(1)
claim("right to the last digits, every time", noted, equals: unseen.wanted, within: 1e-15)

// lessons/11-your-own-cell.md:629
let delay = CellDefinition("Delay", """
    v_t = W x_t
    u_t = v_{t-1}
    h_t = u_{t-1}
    """)
let line = CustomCell(delay, inputSize: 1, hiddenSize: 1)
try line.load(["W": Tensor([[1]])])
let passed = line(Tensor([[[5]], [[6]], [[7]], [[8]]])).output.flattened()
show(passed, "given out")
claim("0, 0, 5, 6", passed, equals: Tensor([0, 0, 5, 6]))

// lessons/11-your-own-cell.md:654
let lone = CustomCell(mgu, inputSize: 1, hiddenSize: 1)
try lone.load([
    "W_f": Tensor([[0]]), "U_f": Tensor([[0]]), "b_f": Tensor([log(3)]),   // σ(log 3) = ¾
    "W_n": Tensor([[1]]), "U_n": Tensor([[2]]), "b_n": Tensor([0]),
])
let input = Tensor([[[-0.75]]]), half = Tensor([[[0.5]]])
let back = lone.derivation(input, ["h": half]) { output in output.sum() }
claim("f is three quarters", back.steps[0]["f"].item, equals: 0.75, within: 1e-15)
claim("n is 0", back.steps[0]["n"].item, equals: 0, within: 1e-15)
claim("∂ℒ/∂f = 0.25", back.steps[0].gradient(of: "f").item, equals: 0.25, within: 1e-15)
