// The LSTM and the GRU, derived in full
//
// The program of lessons/06-derived-in-full.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release derived-in-full.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/06-derived-in-full.md:13
show(equations: LSTM.definition)
let signal = Tensor([[[1.0, 0.0]], [[0.0, 1.0]], [[-1.0, 0.0]]])
manualSeed(3)
let lstm = LSTM(inputSize: 2, hiddenSize: 2)
let fromEquations = CustomCell(LSTM.definition, inputSize: 2, hiddenSize: 2)
let weights = lstm.trace(signal).tracks[0].parameters
try fromEquations.load(Dictionary(uniqueKeysWithValues: weights.map { ($0.name, $0.tensor) }))
claim(
    "the equations compute what the hand-written LSTM computes",
    fromEquations(signal).output, equals: lstm(signal).output, within: 1e-15)

// lessons/06-derived-in-full.md:30
let lstmDerivation = lstm.derivation(signal) { output in output[-1].sum() }
show(lstmDerivation, following: ("f", 0, 0))
print(lstmDerivation.steps[0].gradientAlongHighway(of: "c")[0].item)
print(lstmDerivation.steps[0].gradient(of: "c")[0].item)

// lessons/06-derived-in-full.md:39
let first = lstmDerivation.steps[0]
let highway = lstmDerivation.highwayJacobian("c", of: 2, by: 0).highway
let f2 = lstmDerivation.steps[1]["f"]
let f3 = lstmDerivation.steps[2]["f"]
claim("along the highway, ∂c₃/∂c₁ is the product of the forget gates", highway, equals: f2 * f3, within: 1e-15)

// lessons/06-derived-in-full.md:51
manualSeed(2)
let gru = GRU(inputSize: 2, hiddenSize: 2)
let short = signal[0..<2]
show(gru.derivation(short) { output in output[-1].sum() }, following: ("z", 0, 0))

// lessons/06-derived-in-full.md:60
manualSeed(2)
let before = GRU(inputSize: 2, hiddenSize: 2, resetAfter: false)
show(before.derivation(short) { output in output[-1].sum() }, following: ("z", 0, 0))
