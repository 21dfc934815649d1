// Back-propagation through time
//
// The program of lessons/04-bptt.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release bptt.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/04-bptt.md:23
manualSeed(5)
let network = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
let x = Tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.5]])
let labels = [0, 1, 1]
let (o, h) = network(x)
let loss = crossEntropy(o, labels, reduction: .sum)
print("loss:", loss.item)
show(softmax(o), "ŷ", rows: ["t = 1", "t = 2", "t = 3"])

// lessons/04-bptt.md:78
let derivation = network.derivation(x, labels: labels)
show(derivation, following: (0, 1))
claim("the derivation's loss is the loss", derivation.loss, equals: loss.item, within: 1e-15)

// lessons/04-bptt.md:90
loss.backward()
for (name, parameter) in network.parameters {
    let byHand = derivation.gradients[name]
    claim("∂L/∂\(name)", parameter.gradient!, equals: byHand, within: 1e-14)
}

// lessons/04-bptt.md:106
func reach(_ scale: Double) throws -> [Double] {
    manualSeed(1)
    let n = ElmanNetwork(inputSize: 2, hiddenSize: 8, outputSize: 2)
    let p = n.parameters
    try n.load([
        "U": 0.1 * p["U"], "W": scale * p["W"], "b": .zeros(8), "V": p["V"], "c": p["c"],
    ])
    let x = 0.1 * Tensor.randn(31, 2)
    let d = n.derivation(x, labels: Array(repeating: 0, count: 31))
    return (0...30).map { k in d.jacobian(of: 30, by: 30 - k).norm().item }
}
let small = try reach(0.5)
let plain = try reach(1)
let large = try reach(3)
show(
    lines: ["W / 2": small, "W": plain, "3 W": large],
    x: "k, steps back", y: "norm", yScale: .logarithmic)
claim(
    "half of W vanishes: thirty steps back, less than a billionth is left",
    small[30], isLessThan: 1e-9 * small[0])
claim("three times W explodes", large[30], isGreaterThan: 10 * large[0])
print(plain[30])
