// Recurrent networks, number by number
//
// The program of lessons/index.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release index.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/index.md:10
manualSeed(4)
let reader = LSTM(inputSize: 3, hiddenSize: 1), answer = Linear(1, 1)

// What the unit sees of a character: 0 for a letter, 1 for "(", 2 for ")".
func signs(_ text: String) -> [Int] { text.map { $0 == "(" ? 1 : $0 == ")" ? 2 : 0 } }

/// A line by chance, and at each place whether it is inside parentheses.
func drawLine(length: Int) -> (signs: [Int], inside: [Double]) {
    var isInside = false
    var line: (signs: [Int], inside: [Double]) = ([], [])
    for draw in Tensor.rand(length).values {
        let turns = draw < 0.25
        line.signs.append(turns ? (isInside ? 2 : 1) : 0)
        if turns { isInside.toggle() }
        line.inside.append(isInside ? 1 : 0)
    }
    return line
}

let adam = Adam(Parameters(of: [reader.parameters, answer.parameters]), learningRate: 0.05)
for _ in 0..<300 {
    let lines = (0..<16).map { _ in drawLine(length: 12) }
    let input = stack((0..<12).map { t in oneHot(lines.map { $0.signs[t] }, classes: 3) })
    let (output, _) = reader(input)
    let loss = meanSquaredError(answer(output).squeeze(2), Tensor(lines.map { $0.inside }).transposed())
    adam.zeroGrad()
    loss.backward()
    adam.step()
}

let line = "we (all) read (on)."
let trace = reader.trace(oneHot(signs(line), classes: 3).unsqueeze(1))
show(gates: trace, steps: line.map { String($0) })

// lessons/index.md:49
let inside = Set([3, 4, 5, 6, 14, 15, 16])
let states = trace.steps.map { $0.cellState.item }
claim("inside the parentheses the state stays near its value at the first one", inside.map { abs(states[$0] - states[3]) }.max()!, isLessThan: 0.01)
claim("outside it stands near 0", states.indices.filter { !inside.contains($0) }.map { abs(states[$0]) }.max()!, isLessThan: 0.05)
claim(
    "the answer is right at every character",
    answer(trace.output).values.enumerated().allSatisfy { ($1 > 0.5) == inside.contains($0) })
print(states[3])

// lessons/index.md:64
show(worked: trace, step: 3, unit: 0)

// lessons/index.md:77
claim("the new cell state is what was kept plus what was let in", trace.steps[3].cellState.item,
    equals: trace.steps[3].forgetGate.item * states[2] + trace.steps[3].inputGate.item * trace.steps[3].cellGate.item, within: 1e-15)
