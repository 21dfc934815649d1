// Loss and learning — how wrong, and which way is better
//
// The program of lessons/05-loss-and-learning.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release loss-and-learning.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/05-loss-and-learning.md:15
let bold = [0.9, 0.01], cautious = [0.4, 0.4]
func surprise(_ p: Double) -> Double { -log(p) }
show(table: [
    "reader": ["bold", "cautious"],
    "Monday": [bold[0], cautious[0]],
    "Tuesday": [bold[1], cautious[1]],
    "product": [bold[0] * bold[1], cautious[0] * cautious[1]],
    "surprise": [bold, cautious].map { surprise($0[0]) + surprise($0[1]) },
])
claim(
    "the cautious one thought more than ten times likelier what happened",
    cautious[0] * cautious[1], isGreaterThan: 10 * bold[0] * bold[1])
claim(
    "the sum of the surprises is −log of the product",
    surprise(bold[0]) + surprise(bold[1]), equals: -log(bold[0] * bold[1]),
    within: 1e-12)
claim(
    "what Tuesday cost the bold one is more than what Monday brought",
    surprise(bold[1]) - surprise(cautious[1]),
    isGreaterThan: surprise(cautious[0]) - surprise(bold[0]))
claim("though on Monday alone the bold one was better", bold[0] > cautious[0])

// lessons/05-loss-and-learning.md:47
let percent = (1...100).map { Double($0) / 100 }
show(
    lines: ["−log p": percent.map { surprise($0) }], at: percent,
    x: "p, the probability that the right class got", y: "surprise")
claim("0.4 a thousand times over is 0 to a computer", pow(0.4, 1000), equals: 0)
claim("certainty is no surprise", surprise(1), equals: 0)
claim(
    "each halving of p adds the same, log 2",
    percent.allSatisfy {
        abs(surprise($0 / 2) - surprise($0) - log(2)) < 1e-12
    })
claim(
    "what was excluded surprises without bound",
    surprise(0), equals: .infinity)

// lessons/05-loss-and-learning.md:78
let characters = ["门", "全", "静"]
let o = Tensor([2, 0.5, -1])
let y = softmax(o)
show(bars: (0..<3).map { (characters[$0], y[$0].item) }, label: "probability")

// lessons/05-loss-and-learning.md:87
claim("they add up to 1", y.sum().item, equals: 1, within: 1e-15)
claim(
    "the order of the scores stays",
    y[0].item > y[1].item && y[1].item > y[2].item)
claim(
    "1.5 more in the score is e^1.5 times the probability",
    y[0].item / y[1].item, equals: exp(1.5), within: 1e-12)
claim(
    "100 added to all scores changes nothing",
    softmax(o + 100), equals: y, within: 1e-12)
claim(
    "with two classes it is σ of the difference",
    softmax(Tensor([2, 0.5]))[0].item, equals: sigmoid(1.5), within: 1e-15)

// lessons/05-loss-and-learning.md:111
func typedSoftmax(_ o: Tensor) -> Tensor { exp(o) / exp(o).sum() }
let asTyped = typedSoftmax(Tensor([1000, 0]))
claim("as typed, the first is not a number", asTyped[0].item.isNaN)
// The largest score taken away from all, so that no exponential exceeds 1.
print("softmax =", softmax(Tensor([1000, 0])).values)

// The second score is right by far, and the first is what happened.
let far = Tensor([0, 800])
print("log of softmax =", log(softmax(far))[0].item)
print("logSoftmax =", logSoftmax(far)[0].item)
print("crossEntropy =", crossEntropy(far, 0).item)
claim(
    "the logarithm of a rounded 0 says: infinitely wrong",
    log(softmax(far))[0].item, equals: -.infinity)
claim("logSoftmax says by how much", logSoftmax(far)[0].item, equals: -800)

// lessons/05-loss-and-learning.md:148
let perfect = softmax(Tensor([1000, 0, 0, 0, 0, 0, 0]))
let rightly = crossEntropy(Tensor([1000, 0, 0, 0, 0, 0, 0]), 0).item
let twice = crossEntropy(perfect, 0).item
print("from scores:", rightly)
print("from probabilities:", twice)
claim("from scores the loss is 0", rightly, equals: 0)
claim(
    "from probabilities it stays at log(1 + 6/e)",
    twice, equals: log(1 + 6 / exp(1.0)), within: 1e-12)

// lessons/05-loss-and-learning.md:169
let scores = Parameter(o)
crossEntropy(scores, 1).backward()
let push = scores.gradient!
show(bars: (0..<3).map { (characters[$0], push[$0].item) }, label: "∂ℒ/∂o")
claim(
    "it is ŷ − y",
    push, equals: y - oneHot([1], classes: 3)[0], within: 1e-15)
claim(
    "what is asked of one is taken from the others",
    push.sum().item, equals: 0, within: 1e-15)
claim(
    "only the right one is to rise",
    push[1].item < 0 && push[0].item > 0 && push[2].item > 0)

// lessons/05-loss-and-learning.md:189
func squaredPush(_ a: Double) -> Double {
    2 * (1 - sigmoid(a)) * sigmoid(a) * (1 - sigmoid(a))
}
show(
    lines: [
        "cross entropy": { 1 - sigmoid($0) },
        "squared error": squaredPush,
    ], from: -8, through: 8, x: "a, score of the right class", y: "push")
let wrong = Parameter(Tensor([-8]))
meanSquaredError(sigmoid(wrong), Tensor([1])).backward()
let byIt = -wrong.gradient![0].item
claim(
    "at a = −8 the squared error pushes by less than a thousandth",
    byIt, isLessThan: 1e-3)
let two = Parameter(Tensor([-8, 0]))
crossEntropy(two, 0).backward()
let byEntropy = -two.gradient![0].item
claim("cross entropy by more than 0.999", byEntropy, isGreaterThan: 0.999)
claim(
    "the drawn curves are the tape's",
    abs(byIt - squaredPush(-8)) < 1e-15
        && abs(byEntropy - (1 - sigmoid(-8))) < 1e-15)

// lessons/05-loss-and-learning.md:224
let twister = "吃葡萄不吐葡萄皮不吃葡萄倒吐葡萄皮".map { String($0) }
let kinds = Set(twister).count
let pairs = Array(zip(twister.dropLast(), twister.dropFirst()))
func count(_ isCounted: ((String, String)) -> Bool) -> Double {
    Double(pairs.filter(isCounted).count)
}
func perplexity(_ p: [Double]) -> Double {
    exp(p.map { surprise($0) }.reduce(0, +) / Double(p.count))
}
let nothing = pairs.map { _ in 1 / Double(kinds) }
let often = pairs.map { next in count { $0.1 == next.1 } / Double(pairs.count) }
let after = pairs.map { next in
    count { $0 == next } / count { $0.0 == next.0 }
}
show(
    bars: [
        "nothing": perplexity(nothing),
        "how often": perplexity(often),
        "what after what": perplexity(after),
    ], label: "perplexity")
claim(
    "who knows nothing is as unsure as among all seven",
    perplexity(nothing), equals: 7, within: 1e-12)
claim(
    "counting helps a little: by less than a fifth",
    perplexity(often) < 6.5 && perplexity(often) > 0.8 * 7)
claim(
    "looking one character back helps far more",
    perplexity(after), isLessThan: 2)
claim(
    "one pair never seen before, and it is infinite",
    perplexity(after + [0]), equals: .infinity)
print(kinds)
print(perplexity(after))

// lessons/05-loss-and-learning.md:271
func loss(_ w: Tensor, steps: Int = 10) -> Tensor {
    var h = tanh(Tensor([1]))
    for _ in 2...steps { h = tanh(w * h) }
    return meanSquaredError(h, Tensor([0.5]))
}
func slope(_ w: Double, steps: Int = 10) -> Double {
    let weight = Parameter(Tensor([w]))
    loss(weight, steps: steps).backward()
    return weight.gradient![0].item
}
show(
    lines: [
        "3 steps": { loss(Tensor([$0]), steps: 3).item },
        "10 steps": { loss(Tensor([$0])).item },
        "30 steps": { loss(Tensor([$0]), steps: 30).item },
    ], from: 0, through: 3, x: "w", y: "loss, (h − ½)²")

// lessons/05-loss-and-learning.md:292
let counts = [3, 10, 30]
let places = (0...60).map { Double($0) / 20 }
let steepest = counts.map { steps in
    places.map { abs(slope($0, steps: steps)) }.max()!
}
let widths = counts.map { steps in
    (0...300).filter { w in
        var h = tanh(1.0)
        for _ in 2...steps { h = tanh(Double(w) / 100 * h) }
        return (h - 0.5) * (h - 0.5) < 0.125
    }.count
}
claim("more steps, a narrower valley", widths[0] > widths[1] && widths[1] > widths[2])
claim(
    "more steps, steeper walls",
    steepest[0] < steepest[1] && steepest[1] < steepest[2])
let atHalf = counts.map { abs(slope(0.5, steps: $0)) }
claim(
    "and at w = ½ less slope: each time below a tenth of the one before",
    atHalf[1] < atHalf[0] / 10 && atHalf[2] < atHalf[1] / 10)

// lessons/05-loss-and-learning.md:320
func descend(from start: Double, rate: Double, steps: Int = 24) -> [Double] {
    var w = [start]
    for _ in 0..<steps { w.append(w.last! - rate * slope(w.last!)) }
    return w
}
let rates = [0.05, 0.2, 0.5, 5]
let paths = rates.map { descend(from: 0.7, rate: $0) }
show(
    lines: zip(["0.05", "0.2", "0.5", "5"], paths).map { ("η = " + $0, $1) },
    x: "step", y: "w", size: .tall)

// lessons/05-loss-and-learning.md:335
let stalled = descend(from: 0.3, rate: 0.2)
print(stalled[24])

// lessons/05-loss-and-learning.md:344
let best = paths[1][24]
claim("0.2 has arrived", loss(Tensor([best])).item, isLessThan: 1e-20)
claim("after ten steps 0.05 is still on its way, below the others' goal", paths[0][10], isLessThan: best - 0.05)
claim("but comes nearer at each step", zip(paths[0], paths[0].dropFirst()).allSatisfy { $0 < $1 && $1 < best })
claim("0.5 changes sides in each of the last eight steps", (16..<24).allSatisfy { (paths[2][$0] - best) * (paths[2][$0 + 1] - best) < 0 })
claim("and is hardly nearer than sixteen steps before", abs(paths[2][24] - best), isGreaterThan: 0.9 * abs(paths[2][8] - best))
claim("5 ends with a negative weight", paths[3][24], isLessThan: 0)
claim("where the slope is next to nothing", abs(slope(paths[3][24])), isLessThan: 1e-3)
claim("the plains on both sides are flatter than the valley's walls by far", abs(slope(0.2)) < 0.01 * abs(slope(0.9)) && abs(slope(3)) < 0.05 * abs(slope(0.9)))
claim("on the left the kick has faded", loss(Tensor([0.2])).item, equals: 0.25, within: 0.001)
claim("on the right the state is near 1", loss(Tensor([3])).item, equals: 0.25, within: 0.01)
claim("from 0.3 the weight moves by less than a hundredth", abs(stalled[24] - 0.3), isLessThan: 0.01)

// lessons/05-loss-and-learning.md:363
let curvature = (slope(best + 1e-4) - slope(best - 1e-4)) / 2e-4
print("κ =", curvature)
print("2/κ =", 2 / curvature)
claim("0.2 is allowed, 0.5 is not", 0.2 < 2 / curvature && 2 / curvature < 0.5)

// lessons/05-loss-and-learning.md:381
manualSeed(1)
let h = Tensor.randn(5, 3), V = Parameter(.randn(4, 3))
let labels = [2, 0, 3, 3, 1]
func sequenceLoss(_ V: Tensor) -> Tensor {
    crossEntropy(matmul(h, V.transposed()), labels, reduction: .sum)
}
let said = softmax(matmul(h, V.detach().transposed()))
let byHand = matmul((said - oneHot(labels, classes: 4)).transposed(), h)
sequenceLoss(V).backward()
let byTape = V.gradient!

func difference(_ row: Int, _ column: Int, _ e: Double) -> Double {
    let up = V.detach(), down = V.detach()
    up[row, column] = up[row, column].item + e
    down[row, column] = down[row, column].item - e
    return (sequenceLoss(up).item - sequenceLoss(down).item) / (2 * e)
}
show(table: [
    "weight": ["V[0, 0]", "V[0, 1]", "V[0, 2]"],
    "by hand": byHand[0], "by the tape": byTape[0],
    "by differences": (0..<3).map { difference(0, $0, 1e-5) },
])
let byDifferences = Tensor((0..<4).map { row in
    (0..<3).map { difference(row, $0, 1e-5) }
})
claim(
    "by hand and by the tape: all twelve agree",
    byHand, equals: byTape, within: 1e-14)
claim(
    "by differences: to nine places",
    byDifferences, equals: byTape, within: 1e-9)

// lessons/05-loss-and-learning.md:419
let noTarget = matmul(said.transposed(), h)
let doubled = matmul((said - 2 * oneHot(labels, classes: 4)).transposed(), h)
let offBy = [byHand, noTarget, doubled].map {
    ($0 - byDifferences).abs().max().item
}
show(table: ["gradient": ["right", "y forgotten", "y twice"], "off by": offBy])
claim("the right one is off by less than 10⁻⁹", offBy[0], isLessThan: 1e-9)
claim("the slips by more than 0.1", offBy[1] > 0.1 && offBy[2] > 0.1)
claim("and both by the same", offBy[1], equals: offBy[2], within: 1e-8)
let before = sequenceLoss(V.detach()).item
let stepped = sequenceLoss(V.detach() - 0.01 * doubled).item
claim(
    "a step along the second slip lowers the loss all the same",
    stepped, isLessThan: before)

// lessons/05-loss-and-learning.md:442
let epsilons = (-12...(-1)).map { pow(10.0, Double($0)) }
let here = sequenceLoss(V.detach()).item
func oneSided(_ e: Double) -> Double {
    let up = V.detach()
    up[0, 0] = up[0, 0].item + e
    return (sequenceLoss(up).item - here) / e
}
let exact = byHand[0, 0].item
let both = epsilons.map { abs(difference(0, 0, $0) - exact) }
let one = epsilons.map { abs(oneSided($0) - exact) }
show(
    lines: ["both sides": both, "one side": one], at: epsilons,
    x: "ε", y: "error", xScale: .logarithmic, yScale: .logarithmic)
let bestOf = both.indices.min { both[$0] < both[$1] }!
claim(
    "a tenth of ε: a hundredth of the error, with both sides",
    both[10] / both[9], equals: 100, within: 10)
claim("a tenth of the error with one", one[10] / one[9], equals: 10, within: 1)
claim(
    "the best lies between 10⁻⁷ and 10⁻⁴",
    epsilons[bestOf] > 1e-7 && epsilons[bestOf] < 1e-4)
claim(
    "the smallest is worse by more than a thousand times",
    both[0], isGreaterThan: 1000 * both[bestOf])
claim(
    "at their best, both sides beat one side",
    both.min()!, isLessThan: one.min()! / 10)

// lessons/05-loss-and-learning.md:478
let sentence = "我爱北京天安门".map { String($0) }
let input = oneHot(Array(0..<6), classes: 7), next = Array(1..<7)

manualSeed(0)
let rnn = RNN(inputSize: 7, hiddenSize: 8), readout = Linear(8, 7)   // scores
let model = Parameters(of: [rnn.parameters, readout.parameters])
let adam = Adam(model, learningRate: 0.05)
var losses: [Double] = []
for _ in 0..<60 {
    let loss = crossEntropy(readout(rnn(input).output), next)
    adam.zeroGrad()
    loss.backward()
    adam.step()
    losses.append(loss.item)                       // for the record
}
print("first loss", losses[0])
print("last loss", losses[59])

// lessons/05-loss-and-learning.md:520
manualSeed(0)
let rnn2 = RNN(inputSize: 7, hiddenSize: 8), readout2 = Linear(8, 7)
let model2 = Parameters(of: [rnn2.parameters, readout2.parameters])
let sgd = SGD(model2, learningRate: 0.05)
var plain: [Double] = []
for _ in 0..<60 {
    let loss = crossEntropy(readout2(rnn2(input).output), next)
    sgd.zeroGrad()
    loss.backward()
    sgd.step()
    plain.append(loss.item)
}
show(
    lines: ["plain": plain.map { exp($0) }, "Adam": losses.map { exp($0) }],
    x: "step", y: "perplexity", yScale: .logarithmic)
claim("both begin in the same place", plain[0], equals: losses[0])
claim("which is about 7", exp(losses[0]), equals: 7, within: 0.7)
claim("Adam ends below 1.1", exp(losses[59]), isLessThan: 1.1)
claim("the plain rule still above 3", exp(plain[59]), isGreaterThan: 3)

// lessons/05-loss-and-learning.md:546
let trained = softmax(readout(rnn(input).output))
let last = (0..<7).map { (sentence[$0], trained[5, $0].item) }
show(bars: last, label: "probability")
claim("门 gets more than nine tenths", trained[5, 6].item, isGreaterThan: 0.9)
claim("no other gets a hundredth", trained[5, ..<6], isLessThan: 0.01)
claim(
    "at every step the right character is the likeliest",
    trained.argmax(axis: 1).integers, equals: next)

// lessons/05-loss-and-learning.md:564
adam.zeroGrad()
crossEntropy(readout(rnn(input).output), next).backward()
let once = readout.parameters["bias"].gradient!
crossEntropy(readout(rnn(input).output), next).backward()
let again = readout.parameters["bias"].gradient!
claim("it has doubled", again, equals: 2 * once, within: 1e-15)

// lessons/05-loss-and-learning.md:582
let given = [0.5, 0.5, 0.5, 1.0 / 16]
print("perplexity =", perplexity(given))
let product = given.reduce(1, *), sum = given.reduce(0, +)
claim(
    "2 to the 7/4",
    perplexity(given), equals: pow(2, 1.75), within: 1e-12)
claim(
    "1 / geometric mean",
    perplexity(given), equals: 1 / pow(product, 0.25), within: 1e-12)
claim(
    "1 / arithmetic mean is smaller",
    4 / sum, isLessThan: perplexity(given))

// lessons/05-loss-and-learning.md:604
let wanted = Tensor([0.7, 0.2, 0.1])
let answer = log(wanted) - log(0.7)
print(answer.values)
claim(
    "softmax gives them back",
    softmax(answer), equals: wanted, within: 1e-15)
claim("the first is 0", answer[0].item, equals: 0)
claim("shifted too", softmax(answer - 5), equals: wanted, within: 1e-14)

// lessons/05-loss-and-learning.md:622
func after(_ steps: Int, _ rate: Double) -> Double {
    (0..<steps).reduce(0.0) { w, _ in w - rate * 6 * (3 * w - 6) }
}
claim("one step of 1/18", after(1, 1.0 / 18), equals: 2, within: 1e-15)
claim("below 1/9 it arrives", after(500, 0.11), equals: 2, within: 1e-4)
claim("at 1/9 it hops to 4", after(7, 1.0 / 9), equals: 4, within: 1e-12)
claim("and back to 0", after(8, 1.0 / 9), equals: 0, within: 1e-12)
claim(
    "above, it flies apart", abs(after(500, 0.112)), isGreaterThan: 1000)

// lessons/05-loss-and-learning.md:641
func train(rate: Double) -> Double {
    manualSeed(0)
    let rnn = RNN(inputSize: 7, hiddenSize: 8), readout = Linear(8, 7)
    let model = Parameters(of: [rnn.parameters, readout.parameters])
    let sgd = SGD(model, learningRate: rate)
    for _ in 0..<60 {
        sgd.zeroGrad()
        crossEntropy(readout(rnn(input).output), next).backward()
        sgd.step()
    }
    return exp(crossEntropy(readout(rnn(input).output), next).item)
}
let tried = [0.05, 0.1, 0.2, 0.5, 1, 2]
let rated = tried.map { train(rate: $0) }
show(table: ["η": tried, "perplexity": rated])
claim("0.2 is not enough", rated[2], isGreaterThan: 1.1)
claim("0.5, 1 and 2 are", rated[3...].allSatisfy { $0 < 1.1 })

// lessons/05-loss-and-learning.md:669
let names = Vocabulary(["吃", "葡", "萄", "不", "吐", "皮", "倒"])
let heard = names.numbers(of: Array(twister.dropFirst()))
let c = Parameter(.zeros(7))
func biasLoss() -> Tensor {
    crossEntropy(c.unsqueeze(0).expand(pairs.count, kinds), heard)
}
let descent = SGD(["c": c], learningRate: 5)
for _ in 0..<300 {
    descent.zeroGrad()
    biasLoss().backward()
    descent.step()
}
let shares = Tensor(names.words.map { name in
    count { $0.1 == name } / Double(pairs.count)
})
show(table: ["character": names.words, "ŷ": softmax(c), "share": shares])
claim("ŷ is the frequencies", softmax(c), equals: shares, within: 1e-6)
let reached = exp(biasLoss().item)
claim(
    "the perplexity is the second bar",
    reached, equals: perplexity(often), within: 1e-9)
