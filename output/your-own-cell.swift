// Your own cell
//
// The program of lessons/05-your-own-cell.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release your-own-cell.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/05-your-own-cell.md:15
let mgu = CellDefinition("MGU", """
    f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
    n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
    h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
    """)
show(equations: mgu)

// lessons/05-your-own-cell.md:28
manualSeed(7)
let layer = CustomCell(mgu, inputSize: 3, hiddenSize: 4)
show(parameters: layer)
let sizes = [
    "MGU": layer.parameters.elementCount,
    "GRU": CustomCell(GRU.definition(), inputSize: 3, hiddenSize: 4).parameters.elementCount,
    "LSTM": CustomCell(LSTM.definition, inputSize: 3, hiddenSize: 4).parameters.elementCount,
]
print(sizes["MGU"]!)
print(sizes["GRU"]!)
print(sizes["LSTM"]!)

// lessons/05-your-own-cell.md:45
show(diagram: mgu)

// lessons/05-your-own-cell.md:55
let x = Tensor([[[1, 0, 0]], [[0, 1, 0]], [[0, 0, 1]], [[1, 0, 0]]])
let (output, states) = layer(x)
let trace = layer.trace(x)
show(gates: trace)
claim("the output of the last step is the final state", output[3], equals: states["h"][0], within: 0)

// lessons/05-your-own-cell.md:65
show(worked: trace, step: 2, unit: 0)

// lessons/05-your-own-cell.md:73
func isBetween(_ h: Double, _ a: Double, _ b: Double) -> Bool {
    min(a, b) - 1e-15 <= h && h <= max(a, b) + 1e-15
}
var count = 0
for step in trace.steps {
    let (h, n, before) = (step["h"].values, step["n"].values, step.previous("h").values)
    for unit in 0..<4 where isBetween(h[unit], n[unit], before[unit]) { count += 1 }
}
claim("every unit's state lies between its past and its candidate, at all four steps", count, equals: 16)

// lessons/05-your-own-cell.md:92
manualSeed(5)
let small = CustomCell(mgu, inputSize: 2, hiddenSize: 2)
let signal = Tensor([[[1.0, 0.0]], [[0.0, 1.0]], [[-1.0, 0.0]]])
let derivation = small.derivation(signal) { output in (output * output).sum() }
show(derivation, following: ("f", 0, 0))

// lessons/05-your-own-cell.md:106
let read = small(signal).output
(read * read).sum().backward()
for (name, parameter) in small.parameters {
    claim("∂L/∂\(name)", parameter.gradient!, equals: derivation.gradients[name], within: 1e-13)
}

// lessons/05-your-own-cell.md:118
for text in [
    "h_t = tanh(W x_t + W h_{t-1})",
    "h_t = f_t ⊙ h_{t-1}\nf_t = σ(W x_t)",
    "h_t = tanh(W x_t + U h_{t-2})",
] {
    do {
        _ = try CellDefinition("mine", parsing: text)
    } catch {
        print(error)
    }
}

// lessons/05-your-own-cell.md:138
let coupled = CellDefinition("Coupled LSTM", """
    f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
    g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
    o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
    c_t = f_t ⊙ c_{t-1} + (1 - f_t) ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)
    """)
show(diagram: coupled)
let gated = CellDefinition("LSTM with one bias a gate", """
    i_t = σ(W_i x_t + U_i h_{t-1} + b_i)
    f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
    g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
    o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)
    """)
let saved = CustomCell(gated, inputSize: 3, hiddenSize: 4).parameters.elementCount
    - CustomCell(coupled, inputSize: 3, hiddenSize: 4).parameters.elementCount
claim("one gate is a quarter of the LSTM", saved, equals: 4 * (3 + 4 + 1))
print(saved)

// lessons/05-your-own-cell.md:168
manualSeed(1)
let coupledLayer = CustomCell(coupled, inputSize: 2, hiddenSize: 2)
let coupledDerivation = coupledLayer.derivation(signal[0..<2]) { output in output.sum() }
show(coupledDerivation, following: ("f", 0, 0))
let last = coupledDerivation.steps[1]
claim(
    "∂L/∂f = ∂L/∂c ⊙ (c₋₁ − g)", last.gradient(of: "f"),
    equals: last.gradient(of: "c") * (coupledDerivation.steps[0]["c"] - last["g"]), within: 1e-15)
