// Vanishing and exploding gradients
//
// The program of lessons/07-vanishing-gradients.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release vanishing-gradients.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/07-vanishing-gradients.md:13
let distances = Array(0...100)
let weak = distances.map { pow(0.9, Double($0)) }
let strong = distances.map { pow(1.1, Double($0)) }
show(
    lines: [
        "w = 0.9": weak, "w = 1": weak.map { _ in 1.0 }, "w = 1.1": strong,
    ],
    x: "k, steps back", y: "what is left", yScale: .logarithmic)
let apart30 = strong[30] / weak[30], apart100 = strong[100] / weak[100]
claim(
    "after thirty steps: about four hundred times",
    apart30, equals: 400, within: 20)
claim(
    "after a hundred: about five hundred million times",
    apart100, equals: 5e8, within: 0.5e8)
print(weak[30])
print(strong[30])
print(apart30)
print(apart100)

// lessons/07-vanishing-gradients.md:47
manualSeed(1)
let small = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
let x = Tensor.randn(4, 2)
let h = noGrad { small(x).h }
let W = small.parameters["W"].detach()

func jacobian(_ W: Tensor, _ state: Tensor) -> Tensor {
    (1 - state * state).unsqueeze(1) * W  // each row times its unit's slope
}
let J = (0...3).map { jacobian(W, h[$0]) }
let derivation = small.derivation(x, labels: [0, 1, 0, 1])
let true3 = derivation.jacobian(of: 3, by: 0)
let readings = [
    ("latest on the left", matmul(matmul(J[3], J[2]), J[1])),
    ("earliest on the left", matmul(matmul(J[1], J[2]), J[3])),
    (
        "Wᵀ for W",
        (1...3).reversed().reduce(Tensor.eye(3)) {
            matmul($0, jacobian(W.transposed(), h[$1]))
        }
    ),
]
let largest = true3.abs().max().item
let apart = readings.map { ($0.1 - true3).abs().max().item / largest }
show(table: ["reading": readings.map { $0.0 }, "off by": apart])
claim("the latest on the left is right", apart[0], isLessThan: 1e-14)
claim("the other order is not", apart[1], isGreaterThan: 0.1)
claim("nor is the transpose", apart[2], isGreaterThan: 0.1)

// lessons/07-vanishing-gradients.md:92
func size(_ m: Tensor) -> Double { m.norm().item / sqrt(Double(m.shape[0])) }
func powers(_ m: Tensor, _ count: Int) -> [Double] {
    var (product, sizes) = (Tensor.eye(m.shape[0]), [Double]())
    for _ in 0...count {
        sizes.append(size(product))
        product = matmul(m, product)
    }
    return sizes
}
let (cosine, sine) = (0.9 * cos(0.5), 0.9 * sin(0.5))
let A = Tensor([[cosine, -sine], [sine, cosine]])
let B = Tensor([[0.9, 1], [0, 0.9]])
let (ofA, ofB) = (powers(A, 80), powers(B, 80))
show(
    lines: ["A, turns": ofA, "B, shears": ofB],
    x: "k", y: "size", yScale: .logarithmic)
let pace = zip(ofA.dropFirst(), ofA).map { $0 / $1 }
claim(
    "A shrinks every vector to 0.9 of its length",
    matmul(A.transposed(), A), equals: 0.81 * .eye(2), within: 1e-12)
claim(
    "so its powers shrink by 0.9 at every step",
    Tensor(pace), equals: 0.9, within: 1e-12)
claim("B grows first, to more than twice", ofB.max()!, isGreaterThan: 2)
claim(
    "at last it dies nearly as A does",
    ofB[80] / ofB[79], equals: 0.9, within: 0.02)
print(ofB.max()!)
print(pow(1.1, 60))

// lessons/07-vanishing-gradients.md:140
/// The size of the product k steps back, and the mean slope of tanh on the way.
func reach(
    gain: Double, loudness: Double, seed: Int = 2
) -> (sizes: [Double], slope: Double) {
    manualSeed(UInt64(seed))
    let rnn = RNN(inputSize: 4, hiddenSize: 32, bias: false)
    let W = Tensor.orthogonal(32, 32, gain: gain)
    rnn.parameters["weight_hh_l0"][.all] = W
    let h = noGrad { rnn(loudness * Tensor.randn(161, 4)).0 }
    var (product, sizes) = (Tensor.eye(32), [1.0])
    for t in (101...160).reversed() {
        product = matmul(product, jacobian(W, h[t]))  // latest on the left
        sizes.append(size(product))
    }
    let passed = h[101...160]
    return (sizes, (1 - passed * passed).mean().item)
}
let gains = [0.8, 0.9, 1, 1.1, 1.5, 3]
let quietRuns = gains.map { reach(gain: $0, loudness: 0.01) }
let loudRuns = gains.map { reach(gain: $0, loudness: 1) }
let (quiet, loud) = (quietRuns.map { $0.sizes }, loudRuns.map { $0.sizes })
show(
    lines: zip(gains, quiet).map { (name: "g = \($0)", values: $1) },
    x: "k, steps back", y: "size", yScale: .logarithmic)
print(quiet[3][60])

// lessons/07-vanishing-gradients.md:171
let noTanh = gains.map { pow($0, 60) }
let (quiet60, loud60) = (quiet.map { $0[60] }, loud.map { $0[60] })
show(table: ["g": gains, "quiet": quiet60, "loud": loud60, "g⁶⁰": noTanh])

// lessons/07-vanishing-gradients.md:179
claim(
    "up to 1, never above gᵏ, loud or quiet",
    (0...2).allSatisfy { i in
        (0...60).allSatisfy { k in
            let bound = pow(gains[i], Double(k)) * (1 + 1e-12)
            return max(quiet[i][k], loud[i][k]) <= bound
        }
    })
let Q = Tensor.orthogonal(32, 32, gain: 1.1)
claim(
    "with g = 1.1 every direction is stretched by 1.1",
    matmul(Q.transposed(), Q), equals: 1.1 * 1.1 * .eye(32), within: 1e-12)
claim(
    "with g = 1 it has no need to, and the slope is nearly 1 itself",
    quietRuns[2].slope, isGreaterThan: 0.99)
claim(
    "g = 1.5 grows, quiet or loud",
    min(quiet60[4], loud60[4]), isGreaterThan: 10)
print(quietRuns[3].slope)
print(loudRuns[3].slope)
print(quietRuns[4].slope)
print(loudRuns[4].slope)

// lessons/07-vanishing-gradients.md:205
func ofAlone(_ i: Int) -> [Double] {  // size over gᵏ, for each k
    quiet[i].indices.map { quiet[i][$0] / pow(gains[i], Double($0)) }
}
claim(
    "up to 1, quiet: within a twentieth of gᵏ at every k",
    (0...2).allSatisfy { i in ofAlone(i).min()! > 0.95 })
claim(
    "above 1, quiet: further below gᵏ with every step",
    (3...5).allSatisfy { i in
        zip(ofAlone(i), ofAlone(i).dropFirst()).allSatisfy { $1 < $0 }
    })
claim(
    "g = 1.1, quiet: the product stays near 1",
    quiet60[3], equals: 1, within: 0.5)
claim(
    "for tanh's slope makes up for g: 1.1 times its mean is nearly 1",
    1.1 * quietRuns[3].slope, equals: 1, within: 0.02)
claim(
    "g = 1.1, loud: a flatter tanh",
    loudRuns[3].slope, isLessThan: quietRuns[3].slope - 0.05)
claim("and it vanishes", loud60[3], isLessThan: 0.1)
claim(
    "g = 3 explodes, quiet or loud",
    min(quiet60[5], loud60[5]), isGreaterThan: 1e6)
claim(
    "yet it stays below a billionth of 3⁶⁰",
    max(quiet60[5], loud60[5]), isLessThan: 1e-9 * noTanh[5])
claim(
    "g = 1.5 and 3: loud inputs change the mean slope by less than 0.01",
    (4...5).allSatisfy { abs(loudRuns[$0].slope - quietRuns[$0].slope) < 0.01 })
claim(
    "so the draw decides: loud is larger here, quiet is with another seed",
    (4...5).allSatisfy { i in
        let again = [0.01, 1].map {
            reach(gain: gains[i], loudness: $0, seed: 4).sizes[60]
        }
        return quiet60[i] < loud60[i] && again[0] > again[1]
    })

// lessons/07-vanishing-gradients.md:251
let places = [0.0, 5, 10, 18, 20]
let slopes = places.map { 1 - tanh($0) * tanh($0) }
show(table: ["a": places, "slope": slopes])
claim("1 at the middle", slopes[0], equals: 1)
claim("small but there at 18", slopes[3], isGreaterThan: 0)
claim("gone at 20", slopes[4], equals: 0)

// lessons/07-vanishing-gradients.md:266
func spectralRadius(_ matrix: Tensor) -> Double {
    var power = matrix
    for _ in 0..<6 { power = matmul(power, power) }  // W², W⁴, … W⁶⁴
    return pow(power.norm().item, 1.0 / 64)
}
var radii: [Double] = []
for units in [16, 64, 128] {
    manualSeed(0)
    let fresh = RNN(inputSize: 8, hiddenSize: units)
    radii.append(spectralRadius(fresh.parameters["weight_hh_l0"].detach()))
    print("units:", units, "radius:", radii.last!)
}
let drawn = RNN(inputSize: 8, hiddenSize: 128).parameters["weight_hh_l0"]
let meanSquare = (drawn * drawn).mean().item
claim("the mean square is 1/(3H)", meanSquare * 3 * 128, equals: 1, within: 0.03)
claim(
    "all within 0.1 of 1/√3",
    radii.allSatisfy { abs($0 - 1 / sqrt(3.0)) < 0.1 })
claim(
    "after thirty steps less than a hundred-thousandth is left",
    pow(radii.max()!, 30), isLessThan: 1e-5)
print(pow(radii[2], 30))

// lessons/07-vanishing-gradients.md:309
func makeInput(_ signs: Tensor) -> Tensor {  // a second feature marks the first step
    let (L, N) = (signs.shape[0], signs.shape[1])
    return stack([2 * signs - 1, cat([Tensor.ones(1, N), Tensor.zeros(L - 1, N)])], axis: 2)
}
func train(units: Int, length: Int, seed: Int, isOrthogonal: Bool, steps: Int = 200) -> (rnn: RNN, readout: Linear, losses: [Double]) {
    manualSeed(UInt64(seed))
    let rnn = RNN(inputSize: 2, hiddenSize: units), readout = Linear(units, 2)
    if isOrthogonal { rnn.parameters["weight_hh_l0"][.all] = .orthogonal(units, units) }
    let adam = Adam(Parameters(of: [rnn.parameters, readout.parameters]), learningRate: 0.01)
    manualSeed(UInt64(100 + seed))  // the same examples for either start
    let losses = (0..<steps).map { _ in
        let signs = Tensor.randint(0, 2, [length, 32])
        let (_, h) = rnn(makeInput(signs))
        let loss = crossEntropy(readout(h[0]), signs[0].integers)
        adam.zeroGrad()
        loss.backward()
        adam.step()
        return loss.item
    }
    return (rnn, readout, losses)
}
func reach(_ rnn: RNN, steps: Int) -> [Double] {
    manualSeed(9)
    let W = rnn.parameters["weight_hh_l0"].detach()
    let h = noGrad { rnn(makeInput(.randint(0, 2, [steps + 1, 1]))).0 }
    var (product, sizes) = (Tensor.eye(W.shape[0]), [1.0])
    for t in (1...steps).reversed() {
        product = matmul(product, jacobian(W, h[t, 0]))
        sizes.append(size(product))
    }
    return sizes
}
func inTens(_ values: [Double]) -> [Double] {
    (0..<values.count / 10).map { i in values[(10 * i)..<(10 * i + 10)].reduce(0, +) / 10 }
}

// lessons/07-vanishing-gradients.md:349
let plain = (0..<3).map {
    train(units: 16, length: 30, seed: $0, isOrthogonal: false)
}
let turned = (0..<3).map {
    train(units: 16, length: 30, seed: $0, isOrthogonal: true)
}
let plainLoss = inTens(plain[0].losses)
let turnedLoss = inTens(turned[0].losses)
let coin = log(2.0)
show(
    lines: [
        "plain": plainLoss, "orthogonal": turnedLoss,
        "coin": plainLoss.map { _ in coin },
    ],
    at: Array(stride(from: 5, to: 200, by: 10)),
    x: "step of training", y: "loss")
claim(
    "of three plain ones, none is better than a coin by a twentieth",
    plain.allSatisfy { inTens($0.losses)[19] > 0.95 * coin })
claim(
    "of three orthogonal ones, all have learned it",
    turned.allSatisfy { inTens($0.losses)[19] < 0.01 })

// lessons/07-vanishing-gradients.md:378
func fresh(isOrthogonal: Bool) -> [Double] {
    let start = train(
        units: 16, length: 30, seed: 0, isOrthogonal: isOrthogonal, steps: 0)
    return reach(start.rnn, steps: 30)
}
let plainFresh = fresh(isOrthogonal: false)
let turnedFresh = fresh(isOrthogonal: true)
let trained = reach(turned[0].rnn, steps: 30)
show(
    lines: [
        "plain": plainFresh, "orthogonal": turnedFresh,
        "trained": trained,
    ],
    x: "k, steps back", y: "size", yScale: .logarithmic)
claim(
    "plain: less than a millionth comes from the last step to the first",
    plainFresh[29], isLessThan: 1e-6)
claim(
    "orthogonal: more than a thousand times as much",
    turnedFresh[29], isGreaterThan: 1000 * plainFresh[29])
claim(
    "trained: more again",
    trained[29], isGreaterThan: 10 * turnedFresh[29])

// lessons/07-vanishing-gradients.md:415
let latch = train(units: 8, length: 10, seed: 0, isOrthogonal: false)
func accuracy(length: Int) -> Double {
    noGrad {
        manualSeed(7)
        let signs = Tensor.randint(0, 2, [length, 200])
        let (_, h) = latch.rnn(makeInput(signs))
        let told = latch.readout(h[0]).argmax(axis: 1)
        return (told .== signs[0]).mean().item
    }
}
print("right after 10 signs:", accuracy(length: 10))
print("right after 100 signs:", accuracy(length: 100))
let latchReach = reach(latch.rnn, steps: 30)
let start = train(
    units: 8, length: 10, seed: 0, isOrthogonal: false, steps: 0)
let freshEight = reach(start.rnn, steps: 30)
show(
    lines: ["fresh": freshEight, "trained": latchReach],
    x: "k, steps back", y: "size", yScale: .logarithmic)
claim("it tells the sign after ten", accuracy(length: 10), isGreaterThan: 0.95)
claim(
    "and still after a hundred, in all two hundred texts",
    accuracy(length: 100), equals: 1)
claim(
    "at every distance its product is smaller than the fresh one's",
    zip(latchReach, freshEight).dropFirst().allSatisfy { $0 < $1 })
claim(
    "ten steps back, less than a billionth",
    latchReach[10], isLessThan: 1e-9)
claim(
    "nine steps back, the fresh one's was a million times as large",
    freshEight[9], isGreaterThan: 1e6 * latchReach[9])

// lessons/07-vanishing-gradients.md:454
manualSeed(7)
let heard = makeInput(.randint(0, 2, [100, 200]))
let (calmStates, pushed) = noGrad {
    let (states, h20) = latch.rnn(heard[0..<20])
    let (rest, _) = latch.rnn(heard[20...], h20)
    let (moved, _) = latch.rnn(heard[20...], h20 + 0.1)
    return (cat([states, rest]), cat([states, moved]))
}
let gap = (calmStates - pushed).abs()
func gap(after k: Int) -> Double { gap[19 + k].max().item }
let later = [1, 5, 10, 20]
let gaps = later.map { gap(after: $0) }
show(table: ["steps later": later, "largest gap": gaps])
claim(
    "after one step the push still shows",
    gap(after: 1), isGreaterThan: 0.01)
claim("after ten, not a millionth of it", gap(after: 10), isLessThan: 1e-7)
let outside = (calmStates[20...].abs() .> 0.9).mean().item
claim("most states are pressed beyond ±0.9", outside, isGreaterThan: 0.5)
print(outside)
print(freshEight[9])

// lessons/07-vanishing-gradients.md:486
func unroll(_ w: Double) -> (loss: Double, slope: Double) {
    var (h, dh) = (-0.8, 0.0)
    for _ in 0..<50 {
        let next = tanh(w * h + 0.5)
        dh = (1 - next * next) * (h + w * dh)  // total, forwards
        h = next
    }
    return ((h - 0.9) * (h - 0.9), 2 * (h - 0.9) * dh)
}
show(
    lines: ["loss": { unroll($0).loss }], from: 1, through: 3,
    x: "w", y: "loss")

let everywhere = stride(from: 1.0, through: 3, by: 0.0005)
let wall = everywhere.max { unroll($0).slope < unroll($1).slope }!
let steepest = unroll(wall).slope
let calm = unroll(1.5).slope
print("steepest at w =", wall, "with slope", steepest)
print("slope at 1.5:", calm)
claim(
    "the wall is a hundred thousand times as steep as the plain at 1.5",
    steepest, isGreaterThan: 1e5 * abs(calm))
claim(
    "and thousands of times as steep as at 2.5",
    steepest, isGreaterThan: 5000 * abs(unroll(2.5).slope))
claim(
    "low on the left, high on the right",
    unroll(1.5).loss < 0.1 && unroll(2.5).loss > 3)
let straight = (unroll(wall + 1e-7).loss - unroll(wall - 1e-7).loss) / 2e-7
claim(
    "the slope is what central differences say",
    steepest, equals: straight, within: 1e-3 * straight)

// lessons/07-vanishing-gradients.md:527
func descend(clip: Double?) -> (places: [Double], losses: [Double]) {
    let w = Parameter(Tensor(wall))
    let sgd = SGD(["w": w], learningRate: 0.05)
    var (places, losses) = ([wall], [unroll(wall).loss])
    for _ in 0..<50 {
        w.gradient = Tensor(unroll(w.item).slope)
        if let clip { clipGradientNorm(["w": w], clip) }
        sgd.step()
        places.append(w.item)
        losses.append(unroll(w.item).loss)
    }
    return (places, losses)
}
let free = descend(clip: nil), held = descend(clip: 1)
show(
    lines: ["as it is": free.losses, "clipped": held.losses],
    x: "step", y: "loss")
print("as it is, w goes to", free.places[1], "and ends at", free.places[50])
print("clipped, w goes to", held.places[1], "and ends at", held.places[50])

// lessons/07-vanishing-gradients.md:553
claim(
    "the free step flies further than the whole figure is wide",
    abs(free.places[1] - wall), isGreaterThan: 2)
claim(
    "and from there nothing moves it",
    free.places[50], equals: free.places[1])
claim("for the slope there is 0", unroll(free.places[1]).slope, equals: 0)
let far = free.places[1]
claim(
    "there h flips between −1 and 1",
    tanh(far + 0.5) == -1 && tanh(-far + 0.5) == 1)
claim("clipped, it ends low", held.losses[50], isLessThan: 0.01)
claim(
    "after a walk to the left of less than 0.1",
    held.places[50] < wall && wall - held.places[50] < 0.1)
claim("unclipped, it does not", free.losses[50], isGreaterThan: 1)

// lessons/07-vanishing-gradients.md:576
manualSeed(0)
let wild = RNN(inputSize: 3, hiddenSize: 4)
let text = Tensor.rand(20, 1, 3)
(10 * wild(text).0).sum().backward()
let directions = wild.parameters.map { $0.tensor.gradient! }
let before = clipGradientNorm(wild.parameters, 1)
let clipped = wild.parameters.map { $0.tensor.gradient! }
let after = sqrt(clipped.reduce(0) { $0 + ($1 * $1).sum().item })
print("norm before:", before)
print("norm after:", after)
claim("it was too long", before, isGreaterThan: 10)
claim("now it is 1", after, equals: 1, within: 1e-6)
let errors = zip(directions, clipped).map { ($1 * before - $0).norm().item }
claim(
    "every number is scaled alike",
    errors.max()!, isLessThan: 1e-6 * before)
let faint = Parameter(Tensor([1e-9, 2e-9]))
faint.gradient = Tensor([1e-9, 2e-9])
clipGradientNorm(["faint": faint], 1)
claim(
    "a faint gradient stays faint",
    faint.gradient!.norm().item, isLessThan: 1e-8)

// lessons/07-vanishing-gradients.md:632
let half = pow(0.5, 0.01)
print("w =", half)
claim("half is left", pow(half, 100), equals: 0.5, within: 1e-12)
claim(
    "with a hundredth less, not a fifth",
    pow(half - 0.01, 100), isLessThan: 0.2)

// lessons/07-vanishing-gradients.md:648
let sheared = Tensor([[0.5, 8], [0, 0.5]])
var (power, corners) = (Tensor.eye(2), [Double]())
var largestEntries: [Double] = []
for _ in 1...8 {
    power = matmul(power, sheared)
    corners.append(power[0, 1].item)
    largestEntries.append(power.max().item)
}
show(table: ["k": Array(1...8), "corner": corners])
claim("8 twice", Array(corners[..<2]), equals: [8, 8])
let byFormula: [Double] = (1...8).map { 8 * Double($0) * pow(0.5, Double($0 - 1)) }
claim("the corner is 8 k 0.5ᵏ⁻¹", corners, equals: byFormula)
claim(
    "no entry above 1 for the first time at k = 7",
    largestEntries.firstIndex { $0 <= 1 }! + 1, equals: 7)
// λ² − trace λ + determinant = 0 has the double root trace / 2
let trace = 0.5 + 0.5, determinant = 0.5 * 0.5 - 8 * 0
claim(
    "one eigenvalue, twice",
    trace * trace - 4 * determinant, equals: 0)
claim("the radius", trace / 2, equals: 0.5)

// lessons/07-vanishing-gradients.md:680
func keep(
    _ w: Double, _ u: Double, sign: Double
) -> (h: Double, back: Double) {
    var (h, back) = (tanh(u * sign), 1.0)
    for _ in 0..<20 {
        h = tanh(w * h - u * 0.2 * sign)
        back *= w * (1 - h * h)
    }
    return (h, back)
}
claim(
    "a state that keeps itself",
    tanh(2 * 0.9575), equals: 0.9575, within: 1e-4)
print("after +1:", keep(2, 1, sign: 1).h)
print("after −1:", keep(2, 1, sign: -1).h)
print("comes back:", keep(2, 1, sign: 1).back)
claim("+1 is remembered", keep(2, 1, sign: 1).h, isGreaterThan: 0.8)
claim("−1 is remembered", keep(2, 1, sign: -1).h, isLessThan: -0.8)
claim("w = 1 forgets", keep(1, 1, sign: 1).h, isLessThan: 0)
claim(
    "less than a billionth comes back",
    keep(2, 1, sign: 1).back, isLessThan: 1e-9)
print(keep(2, 1, sign: 1).back)

// lessons/07-vanishing-gradients.md:714
let g = Tensor([3.0, 0.3])
let byValue = clamp(g, min: -1, max: 1), byNorm = g / g.norm()
func cosine(_ a: Tensor, _ b: Tensor) -> Double {
    (a * b).sum().item / (a.norm().item * b.norm().item)
}
print("by value:", cosine(g, byValue), " by norm:", cosine(g, byNorm))
claim(
    "the norm's way keeps the direction",
    cosine(g, byNorm), equals: 1, within: 1e-15)
let c = cosine(g, byValue), tangent = sqrt(1 / (c * c) - 1)
claim(
    "the other turns by eleven degrees",
    tangent, equals: 0.1944, within: 0.001)
let slopes2 = (0.3 - 0.1) / (1 + 0.3 * 0.1)  // from the slopes of both
claim(
    "which their slopes say too",
    tangent, equals: slopes2, within: 1e-9)

// lessons/07-vanishing-gradients.md:741
func reluReach(_ gain: Double) -> Double {
    let rnn = RNN(
        inputSize: 4, hiddenSize: 4, nonlinearity: .relu, bias: false)
    rnn.parameters["weight_ih_l0"][.all] = .eye(4)
    rnn.parameters["weight_hh_l0"][.all] = gain * .eye(4)
    let x = Tensor.rand(31, 4)  // nothing negative: all stay active
    let h = noGrad { rnn(x).0 }
    var product = Tensor.eye(4)
    for t in (1...30).reversed() {
        let isActive = (h[t] .> 0).unsqueeze(1)
        product = matmul(product, isActive * (gain * .eye(4)))
    }
    return size(product)
}
print("identity:", reluReach(1), " 1.1:", reluReach(1.1))
claim(
    "the identity keeps everything",
    reluReach(1), equals: 1, within: 1e-15)
claim(
    "1.1 grows unchecked",
    reluReach(1.1), equals: pow(1.1, 30), within: 1e-10)
