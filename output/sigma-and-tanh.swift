// σ and tanh — a door and a value
//
// The program of lessons/04-sigma-and-tanh.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release sigma-and-tanh.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/04-sigma-and-tanh.md:13
func afterKick(_ kick: Double, _ f: (Double) -> Double) -> [Double] {
    var h = 0.0, states: [Double] = []
    for t in 1...20 {
        h = f(2 * h + (t == 1 ? kick : 0))
        states.append(h)
    }
    return states
}
let noCurve = afterKick(1) { $0 }
let tanhUp = afterKick(1, tanh), tanhDown = afterKick(-1, tanh)
let sigmaUp = afterKick(1, sigmoid), sigmaDown = afterKick(-1, sigmoid)
show(
    lines: [
        "no curve, up": Array(zip(1...2, noCurve)),
        "tanh, up": Array(zip(1...20, tanhUp)),
        "σ, up": Array(zip(1...20, sigmaUp)),
        "σ, down": Array(zip(1...20, sigmaDown)),
        "tanh, down": Array(zip(1...20, tanhDown)),
    ], x: "t", y: "state", size: .tall)
print(Int(noCurve[19]))
print(tanhUp[19])
print(tanhDown[19])
print(sigmaUp[19])

// lessons/04-sigma-and-tanh.md:39
claim("without a curve the state doubles at every step", noCurve[19], equals: pow(2, 19), within: 0)
claim("downwards it does, too", afterKick(-1) { $0 }[19], equals: -noCurve[19], within: 0)
claim("under tanh all states lie between −1 and 1", Tensor(tanhUp + tanhDown).abs(), isLessThan: 1)
claim("the two kicks end on opposite sides, equally far out", tanhUp[19], equals: -tanhDown[19], within: 1e-15)
claim("the upward kick above", tanhUp[19], isGreaterThan: 0.9)
claim("they have settled", abs(tanhUp[19] - tanhUp[18]), isLessThan: 1e-9)
claim("under σ the two kicks end in the same place", abs(sigmaUp[19] - sigmaDown[19]), isLessThan: 1e-9)
let reluUp = afterKick(1) { max($0, 0) }, reluDown = afterKick(-1) { max($0, 0) }
claim("relu runs away as if there were no curve", Tensor(reluUp), equals: Tensor(noCurve))
claim("and of a downward kick it keeps nothing", Tensor(reluDown), equals: 0)

// lessons/04-sigma-and-tanh.md:58
show(lines: ["σ(a)": sigmoid, "tanh(a)": tanh], from: -6, through: 6, x: "a")

// lessons/04-sigma-and-tanh.md:72
print("sigmoid 1 =", sigmoid(1.0))
print("tanh 1 =", tanh(1.0))
print("2 sigmoid 2 - 1 =", 2 * sigmoid(2.0) - 1)
let grid = Tensor.linspace(-6, 6, 121)
claim(
    "tanh is σ stretched, at all 121 places",
    tanh(grid), equals: 2 * sigmoid(2 * grid) - 1, within: 1e-15)
let rising = zip(grid.values, grid.values.dropFirst())
claim(
    "both rise all the way",
    rising.allSatisfy { sigmoid($0) < sigmoid($1) && tanh($0) < tanh($1) })
claim("in the middle they are at ½ and at 0", sigmoid(0) == 0.5 && tanh(0) == 0)
claim(
    "turn the sign of a, and tanh turns its own",
    tanh(-grid), equals: -tanh(grid), within: 0)
claim(
    "but σ becomes what was missing to 1",
    sigmoid(-grid), equals: 1 - sigmoid(grid), within: 1e-15)

// lessons/04-sigma-and-tanh.md:108
let wave = (0...160).map { sin(0.25 * Double($0)) }
let climb = (0...160).map { 0.075 * Double($0 - 80) }
let door = climb.map { sigmoid($0) }
let passed = zip(wave, door).map { $0 * $1 }
show(
    lines: ["value": wave, "door": door, "value · door": passed],
    x: "step")

// lessons/04-sigma-and-tanh.md:122
let wrong = zip(wave, climb).map { $0 * tanh($1) }
show(
    lines: [
        "value": Array(wave[...80]), "value · σ": Array(passed[...80]),
        "value · tanh": Array(wrong[...80]),
    ], x: "step")

// lessons/04-sigma-and-tanh.md:133
let kept = zip(wave, passed)
claim(
    "the door never closes again",
    zip(door, door.dropFirst()).allSatisfy { $0 < $1 })
claim("σ never turns a value round", kept.allSatisfy { $0 * $1 >= 0 })
claim("σ never makes it larger", kept.allSatisfy { abs($1) <= abs($0) })
let early = passed[0...20].map { abs($0) }.max()!
claim("at the start hardly anything passes", early, isLessThan: 0.02)
claim(
    "at the end nearly all",
    kept.suffix(20).allSatisfy { abs($1) >= 0.98 * abs($0) })
claim(
    "a door of tanh turns every value of the first half round",
    (1..<80).allSatisfy { wave[$0] * wrong[$0] < 0 })
claim(
    "and lets nearly all pass where it should be shut",
    (0...20).allSatisfy { abs(wrong[$0]) >= 0.99 * abs(wave[$0]) })

// lessons/04-sigma-and-tanh.md:156
show(
    lines: [
        "w = 1": { sigmoid($0 - 3) },
        "w = 3": { sigmoid(3 * $0 - 9) },
        "w = 10": { sigmoid(10 * $0 - 30) },
    ],
    from: 0, through: 6, y: "σ(w x + b)")

// lessons/04-sigma-and-tanh.md:168
func opening(_ x: Double, _ w: Double) -> Double { sigmoid(w * x - 3 * w) }
let weights = [1.0, 3, 10]
show(table: [
    "w": weights, "x = 2": weights.map { opening(2, $0) },
    "x = 3": weights.map { opening(3, $0) }, "x = 4": weights.map { opening(4, $0) },
])
claim("all are half open at x = 3", weights.allSatisfy { opening(3, $0) == 0.5 })
claim("the larger the weight, the tighter shut below", opening(2, 10) < opening(2, 3) && opening(2, 3) < opening(2, 1))
claim("and the wider open above", opening(4, 10) > opening(4, 3) && opening(4, 3) > opening(4, 1))

// lessons/04-sigma-and-tanh.md:196
func sigmaSlope(_ a: Double) -> Double { sigmoid(a) * (1 - sigmoid(a)) }
func tanhSlope(_ a: Double) -> Double { 1 - tanh(a) * tanh(a) }
show(
    lines: ["σ′(a)": sigmaSlope, "tanh′(a)": tanhSlope],
    from: -6, through: 6, x: "a", y: "slope")

// lessons/04-sigma-and-tanh.md:206
let at = Tensor([-3, -1, 0, 0.5, 2, 5]), e = 1e-5
claim(
    "σ′ is what σ does around six places",
    sigmoid(at) * (1 - sigmoid(at)),
    equals: (sigmoid(at + e) - sigmoid(at - e)) / (2 * e), within: 1e-10)
claim(
    "so is tanh′", 1 - tanh(at) * tanh(at),
    equals: (tanh(at + e) - tanh(at - e)) / (2 * e), within: 1e-10)
claim("σ′ is exactly ¼ at 0", sigmaSlope(0), equals: 0.25)
claim("tanh′ is exactly 1 at 0", tanhSlope(0), equals: 1)
let elsewhere = grid.values.filter { $0 != 0 }
claim(
    "elsewhere on the grid both are smaller",
    elsewhere.allSatisfy { sigmaSlope($0) < 0.25 && tanhSlope($0) < 1 })
print(sigmaSlope(0))
print(tanhSlope(0))
print(sigmaSlope(3))
print(tanhSlope(3))
print(4 / pow(exp(30.0) + exp(-30.0), 2))

// lessons/04-sigma-and-tanh.md:230
var low = 1.0, high = 3.0
for _ in 0..<60 {
    let middle = (low + high) / 2
    let isInside = tanhSlope(middle) > sigmaSlope(middle)
    if isInside { low = middle } else { high = middle }
}
let crossing = low
let inside = (-99...99).map { 0.01 * Double($0) * crossing }
let outside = (1..<100).map { crossing + 0.1 * Double($0) }
claim(
    "inside, tanh is the steeper",
    inside.allSatisfy { tanhSlope($0) > sigmaSlope($0) })
claim(
    "outside, on both sides, σ is",
    outside.allSatisfy {
        sigmaSlope($0) > tanhSlope($0) && sigmaSlope(-$0) > tanhSlope(-$0)
    })
claim("at a = 3 by far", sigmaSlope(3), isGreaterThan: 4 * tanhSlope(3))
print(crossing)

// lessons/04-sigma-and-tanh.md:258
func arrives(from start: Double, _ f: (Tensor) -> Tensor) -> [Double] {
    (1...10).map { k in
        let h0 = Parameter(Tensor(start))
        var h = f(h0)
        for _ in 1..<k { h = f(h) }
        h.backward()
        return h0.gradient!.item
    }
}
let bySigma = arrives(from: 0.5, sigmoid)
let byTanh = arrives(from: 0.5, tanh), atRest = arrives(from: 0, tanh)
show(
    lines: ["σ from ½": bySigma, "tanh from ½": byTanh, "tanh from 0": atRest],
    at: Array(1...10), x: "k, steps", y: "share that arrives",
    yScale: .logarithmic)
claim(
    "after k steps of σ at most (¼)ᵏ is left",
    (1...10).allSatisfy { bySigma[$0 - 1] <= pow(0.25, Double($0)) })
claim("tanh at rest hands the nudge on whole", Tensor(atRest), equals: 1)
claim("ten steps of tanh leave over a fifth", byTanh[9], isGreaterThan: 0.2)
claim("ten of σ leave less than a millionth", bySigma[9], isLessThan: 1e-6)
print(bySigma[9])
print(byTanh[9])

// lessons/04-sigma-and-tanh.md:293
/// The smallest a ≥ 0 of which `isRounded` is true, as it stays from there on.
func first(_ isRounded: (Double) -> Bool) -> Double {
    var low = 0.0, high = 1000.0
    for _ in 0..<100 {
        let middle = (low + high) / 2
        if isRounded(middle) { high = middle } else { low = middle }
    }
    return high
}
let tanhIsOne = first { tanh($0) == 1 }, sigmaIsOne = first { sigmoid($0) == 1 }
let sigmaIsZero = first { sigmoid(-$0) == 0 }
let tanhIsOne32 = first { Float(tanh($0)) == 1 }
let sigmaIsOne32 = first { Float(sigmoid($0)) == 1 }
let sigmaIsZero32 = first { Float(sigmoid(-$0)) == 0 }
show(table: [
    "exactly": ["tanh(a) = 1", "σ(a) = 1", "σ(−a) = 0"],
    "64 bits": [tanhIsOne, sigmaIsOne, sigmaIsZero],
    "32 bits": [tanhIsOne32, sigmaIsOne32, sigmaIsZero32],
])

// lessons/04-sigma-and-tanh.md:317
let typedIsOne = first { 1 / (1 + exp(-$0)) == 1 }, typedIsZero = first { 1 / (1 + exp($0)) == 0 }
print(tanhIsOne)
print(sigmaIsOne)
print(sigmaIsZero)
print(tanhIsOne32)
print(typedIsOne)
print(typedIsZero)

// lessons/04-sigma-and-tanh.md:326
claim("tanh rounds to 1 at about half the a at which σ does", tanhIsOne, equals: sigmaIsOne / 2, within: 1)
claim("σ(−a) becomes 0 about twenty times as far out as σ(a) becomes 1", sigmaIsZero / sigmaIsOne, equals: 20, within: 1)
claim("typed as it stands, σ gets to both ends sooner, by less than a twentieth", typedIsOne < sigmaIsOne && typedIsZero < sigmaIsZero && typedIsOne > 0.95 * sigmaIsOne && typedIsZero > 0.95 * sigmaIsZero)
claim("to 0 where the exponential becomes infinite", exp(typedIsZero) == .infinity && exp(typedIsZero - 0.001) < .infinity)
claim("with 32 bits all three come sooner", tanhIsOne32 < tanhIsOne && sigmaIsOne32 < sigmaIsOne && sigmaIsZero32 < sigmaIsZero)
claim("the next number below 1 is 1.1 · 10⁻¹⁶ away", 1 - 1.0.nextDown, equals: 1.11e-16, within: 1e-18)
claim("the next number above 0 is below 10⁻³⁰⁰", 0.0.nextUp, isLessThan: 1e-300)

// lessons/04-sigma-and-tanh.md:340
let a = Parameter(Tensor([0.0, 3.0, 20.0]))
tanh(a).sum().backward()
print("tanh 20 =", tanh(20.0))
print("slopes =", a.gradient!.values)
print("sigmoid 40 =", sigmoid(40.0))
print("1 - sigmoid 40 =", 1 - sigmoid(40.0))
print("sigmoid -40 =", sigmoid(-40.0))
claim("at a = 20 the slope is exactly 0", a.gradient![2].item, equals: 0)
claim("there, a small change of a changes nothing", tanh(20.01), equals: tanh(20))
claim("1 − σ(40) is 0", 1 - sigmoid(40), equals: 0)
claim("σ(−40), which it should be, is not", sigmoid(-40), isGreaterThan: 4e-18)

// lessons/04-sigma-and-tanh.md:375
let b = -log(99.0), w = 2 * log(99.0)
print("w =", w)
print("b =", b)
claim("shut at 0", sigmoid(b), equals: 0.01, within: 1e-12)
claim("open at 1", sigmoid(w + b), equals: 0.99, within: 1e-12)
let biases = (-400...400).map { b + 0.01 * Double($0) }
claim(
    "with a weight smaller by 1 % none of 801 biases does both",
    biases.allSatisfy {
        sigmoid($0) > 0.01 + 1e-12 || sigmoid(0.99 * w + $0) < 0.99
    })

// lessons/04-sigma-and-tanh.md:396
let nudged = arrives(from: 0.5) { sigmoid(4 * $0 - 2) }
claim("½ stays ½", sigmoid(4 * 0.5 - 2), equals: 0.5)
claim("the nudge arrives whole, ten times", Tensor(nudged), equals: 1)

// lessons/04-sigma-and-tanh.md:409
func typedTanh(_ a: Double) -> Double {
    (exp(a) - exp(-a)) / (exp(a) + exp(-a))
}
func saferTanh(_ a: Double) -> Double {
    let u = exp(-2 * abs(a)), y = (1 - u) / (1 + u)
    return a < 0 ? -y : y
}
print("safer:", saferTanh(800))
claim("as typed it is not a number", typedTanh(800).isNaN)
claim("the safer one is 1", saferTanh(800), equals: 1)
claim("and −1 on the other side", saferTanh(-800), equals: -1)
let onGrid = Tensor(grid.values.map { saferTanh($0) })
claim("and agrees on the grid", onGrid, equals: tanh(grid), within: 1e-15)

// lessons/04-sigma-and-tanh.md:432
func latch(_ w: Double, kick: Double) -> (state: Double, nudge: Double) {
    var h = tanh(kick), nudge = 1.0
    for _ in 2...20 {
        h = tanh(w * h)
        nudge *= w * (1 - h * h)
    }
    return (h, nudge)
}
let bound = 0.5 * log(1.9 / 0.1) / 0.9
let answer = (bound * 100).rounded(.up) / 100
print("bound =", bound)
print("w =", answer)
let up = latch(answer, kick: 2), down = latch(answer, kick: -2)
print("h₂₀ =", up.state)
print("of a nudge =", up.nudge)
claim("up is remembered", up.state, isAtLeast: 0.9)
claim("down is remembered", down.state, isAtMost: -0.9)
claim(
    "a hundredth less does not do",
    latch(answer - 0.01, kick: 2).state, isLessThan: 0.9)
claim("a nudge is as good as gone", up.nudge, isLessThan: 1e-8)
claim(
    "half the kick ends in the same place",
    latch(answer, kick: 1).state, equals: up.state, within: 1e-8)
print(Int(tanhIsOne))
print(Int(sigmaIsOne))
