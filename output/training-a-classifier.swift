// Training a classifier — five epochs and after
//
// The program of lessons/14-training-a-classifier.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release training-a-classifier.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/14-training-a-classifier.md:10
show(diagram: .manyToOne(steps: 5, cell: "LSTM"))
print(log(2.0))

// lessons/14-training-a-classifier.md:24
final class Classifier: Layer {
    let lstm = LSTM(inputSize: 1, hiddenSize: 64, numLayers: 1, batchFirst: true)
    let fc = Linear(64, 2)
    var parameters: Parameters {
        Parameters(of: ["lstm": lstm.parameters, "fc": fc.parameters])
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
        let h0 = Tensor.zeros(1, x.shape[0], 64)
        let c0 = Tensor.zeros(1, x.shape[0], 64)
        let (output, _) = lstm(x, (h0, c0))     // (N, L, 64)
        return fc(output[.all, -1])             // of the last step (N, 64): (N, 2)
    }
}

manualSeed(0)
let model = Classifier()
let inputs = Tensor.randn(3, 5, 1), labels = [0, 1, 1]
let adam = Adam(model.parameters, learningRate: 0.001)
var losses: [Double] = []
for _ in 0..<5 {
    let loss = crossEntropy(model(inputs), labels)
    losses.append(loss.item)
    adam.zeroGrad()
    loss.backward()
    adam.step()
}
let logits = model(inputs)
print("h0", Tensor.zeros(1, 3, 64).shape)
print("losses", Tensor(losses))
print("logits", logits)
print("classes", logits.argmax(axis: 1).integers)
print(losses[0])
print(losses[4])

// lessons/14-training-a-classifier.md:97
let shares = -(log(1.0 / 3) + 2 * log(2.0 / 3)) / 3   // of always saying 1/3, 2/3
claim("the loss fell in every epoch",
    zip(losses, losses.dropFirst()).allSatisfy { $0 > $1 })
claim("by less than 2 % in all", losses[4], isGreaterThan: 0.98 * losses[0])
claim("all three are called 1", logits.argmax(axis: 1).integers, equals: [1, 1, 1])
claim("always saying 1/3 and 2/3 without looking would be better",
    shares, isLessThan: losses[4])
print(shares)

// lessons/14-training-a-classifier.md:114
manualSeed(0)
let patient = Classifier(), steps = Adam(patient.parameters, learningRate: 0.001)
var right: [[Double]] = [[], [], []], longLosses: [Double] = []
for _ in 0...150 {
    let logits = patient(inputs), loss = crossEntropy(logits, labels)
    let p = softmax(logits.detach())
    for n in 0..<3 { right[n].append(p[n, labels[n]].item) }
    longLosses.append(loss.item)
    steps.zeroGrad()
    loss.backward()
    steps.step()
}
show(
    lines: ["0, label 0": right[0], "1, label 1": right[1], "2, label 1": right[2]],
    x: "epoch", y: "probability of the right class", yRange: 0...1)

// lessons/14-training-a-classifier.md:134
let bottom = right[0].indices.min { right[0][$0] < right[0][$1] }!
let belowShares = longLosses.firstIndex { $0 < shares }!
let allRight = right[0].indices.first { epoch in (0..<3).allSatisfy { right[$0][epoch] > 0.5 } }!
claim("five epochs are long before it", 3 * 5, isLessThan: belowShares)
claim("from there on all stay right", (allRight...150).allSatisfy { epoch in (0..<3).allSatisfy { right[$0][epoch] > 0.5 } })
claim("it is the run of the published program", Array(longLosses[0..<5]) == losses)
claim("sequence 0 goes down first, by more than a quarter", right[0][bottom], isLessThan: 0.75 * right[0][0])
claim("there the commoner class has about 2/3 for every sequence, its own or not", [1 - right[0][bottom], right[1][bottom], right[2][bottom]].allSatisfy { abs($0 - 2.0 / 3) < 0.06 })
claim("the loss is below the entropy of the labels long before all are right", 2 * belowShares, isLessThan: allRight)
claim("in the end each right class has nearly all", right.map { $0[150] }.min()!, isGreaterThan: 0.99)
print(belowShares)
print(allRight)
print(longLosses[150])

// lessons/14-training-a-classifier.md:159
manualSeed(5)
let fresh = Tensor.randn(200, 5, 1)
var names: [String] = [], ends: [Double] = [], sure: [Double] = []
var calledOne: [Int] = [], answers: [[Int]] = []
for code in 0..<8 {
    let labelling = [code / 4, code / 2 % 2, code % 2]
    manualSeed(0)
    let network = Classifier(), adam = Adam(network.parameters, learningRate: 0.01)
    var last = 0.0
    for _ in 0..<40 {
        let loss = crossEntropy(network(inputs), labelling)
        last = loss.item
        adam.zeroGrad()
        loss.backward()
        adam.step()
    }
    let p = noGrad { softmax(network(fresh)) }
    names.append(labelling.map { "\($0)" }.joined(separator: " "))
    ends.append(last)
    answers.append(p.argmax(axis: 1).integers)
    sure.append(p.max(axis: 1).mean().item)
    calledOne.append(answers[code].reduce(0, +))
}
func disagreement(_ one: Int, _ other: Int) -> Int {
    zip(answers[one], answers[other]).filter { $0 != $1 }.count
}
show(table: ["labels": names, "loss": ends, "sure": sure, "called 1": calledOne])
claim("all eight labellings are learned", ends.max()!, isLessThan: 0.001)
claim("each is more than 90 % sure about new sequences",
    sure.min()!, isGreaterThan: 0.9)
claim("opposite labellings contradict each other about most of them",
    (0..<4).map { disagreement($0, 7 - $0) }.min()!, isGreaterThan: 140)
print(model.parameters.elementCount)

// lessons/14-training-a-classifier.md:204
func largestInSecondHalf(_ count: Int) -> (x: Tensor, labels: [Int]) {
    let x = Tensor.randn(count, 8, 1)
    return (x, x.squeeze(2).argmax(axis: 1).integers.map { $0 >= 4 ? 1 : 0 })
}
manualSeed(1)
let validation = largestInSecondHalf(300), test = largestInSecondHalf(300)
manualSeed(2)
let few = largestInSecondHalf(64)
let shown = [0, few.labels.firstIndex(of: 0)!, 1, few.labels.lastIndex(of: 0)!]
show(
    heatmap: few.x[shown].squeeze(2),
    rows: zip(["A", "B", "C", "D"], shown).map { "\($0), label \(few.labels[$1])" },
    columns: (1...8).map { "\($0)" }, columnTitle: "t")

// lessons/14-training-a-classifier.md:222
final class SmallClassifier: Layer {
    let lstm = LSTM(inputSize: 1, hiddenSize: 16, batchFirst: true)
    let dropout: Dropout, fc = Linear(16, 2)
    init(dropout: Double = 0) { self.dropout = Dropout(dropout) }
    var parameters: Parameters {
        Parameters(of: ["lstm": lstm.parameters, "fc": fc.parameters])
    }
    func train() { dropout.train() }
    func eval() { dropout.eval() }
    func callAsFunction(_ x: Tensor) -> Tensor {
        fc(dropout(lstm(x).output[.all, -1]))
    }
}

struct Course {
    var epochs: [Int] = [], training: [Double] = []
    var validation: [Double] = [], accuracy: [Double] = []
    /// Where the validation loss was lowest, and the share of right answers
    /// in the third set there.
    var best = 0, testAccuracy = 0.0, trainingAccuracy = 0.0
}

func accuracy(_ logits: Tensor, _ labels: [Int]) -> Double {
    let right = zip(logits.argmax(axis: 1).integers, labels).filter { $0 == $1 }
    return Double(right.count) / Double(labels.count)
}

typealias Examples = (x: Tensor, labels: [Int])
func train(
    _ model: SmallClassifier, on examples: Examples, epochs: Int = 120
) -> Course {
    let adam = Adam(model.parameters, learningRate: 0.01)
    var course = Course()
    for epoch in 0...epochs {
        if epoch % 5 == 0 {
            model.eval()
            noGrad {
                let logits = model(validation.x)
                course.epochs.append(epoch)
                let known = model(examples.x)
                course.training.append(crossEntropy(known, examples.labels).item)
                course.trainingAccuracy = accuracy(known, examples.labels)
                let loss = crossEntropy(logits, validation.labels)
                course.validation.append(loss.item)
                course.accuracy.append(accuracy(logits, validation.labels))
                if course.validation.last! <= course.validation.min()! {
                    course.best = course.validation.count - 1
                    course.testAccuracy = accuracy(model(test.x), test.labels)
                }
            }
            model.train()
        }
        let loss = crossEntropy(model(examples.x), examples.labels)
        adam.zeroGrad()
        loss.backward()
        adam.step()
    }
    return course
}
print("weights of a small classifier:", SmallClassifier().parameters.elementCount)

// lessons/14-training-a-classifier.md:287
manualSeed(2)
let overfitted = SmallClassifier(), plain = train(overfitted, on: few)
show(
    lines: ["64 trained on": plain.training, "300 others": plain.validation],
    at: plain.epochs, x: "epoch", y: "loss", yRange: 0...)

// lessons/14-training-a-classifier.md:297
for look in 1...plain.best {
    claim("up to the best epoch what is trained on falls", plain.training[look], isLessThan: plain.training[look - 1])
    claim("and so do the others", plain.validation[look], isLessThan: plain.validation[look - 1])
}
claim("in the end every one of the 64 is right", plain.trainingAccuracy, equals: 1)
claim("what is trained on ends near zero", plain.training.last!, isLessThan: 0.01)
claim("the others' loss turns round", plain.epochs[plain.best] > 20 && plain.epochs[plain.best] < 80)
claim("and rises above where it began", plain.validation.last!, isGreaterThan: 1.3 * plain.validation[0])
claim("the share of right answers is what it was at the best epoch", plain.accuracy.last!, equals: plain.accuracy[plain.best], within: 0.01)
let finalShares = noGrad { softmax(overfitted(validation.x)) }, chosen = finalShares.argmax(axis: 1).integers
let faults = validation.labels.indices.filter { chosen[$0] != validation.labels[$0] }
let conviction = faults.map { finalShares[$0, chosen[$0]].item }.reduce(0, +) / Double(faults.count)
claim("its wrong answers have more than 0.9 on average", conviction, isGreaterThan: 0.9)
claim("and is no higher than at the best epoch", plain.accuracy.last!, isAtMost: plain.accuracy[plain.best])
print(plain.epochs[plain.best])
print((100 * plain.accuracy.last!))
print((100 * plain.accuracy[plain.best]))
print(conviction)

// lessons/14-training-a-classifier.md:326
manualSeed(2)
let dropping = train(SmallClassifier(dropout: 0.5), on: few)
manualSeed(2)
let fourTimes = largestInSecondHalf(256)
let many = train(SmallClassifier(), on: fourTimes)
show(
    lines: [
        "64 examples": plain.validation, "64, dropout": dropping.validation,
        "256 examples": many.validation,
    ], at: plain.epochs, x: "epoch", y: "loss of the others", yRange: 0...)

// lessons/14-training-a-classifier.md:343
let courses = [plain, dropping, many]
show(table: [
    "trained with": ["64 examples", "64, dropout ½", "256 examples"],
    "epoch": courses.map { $0.epochs[$0.best] },
    "loss": courses.map { $0.validation[$0.best] },
    "at the end": courses.map { $0.validation.last! },
    "right": courses.map { $0.testAccuracy },
])

// lessons/14-training-a-classifier.md:358
claim("dropout ends with a smaller loss than the network without, though still a risen one", dropping.validation.last! < plain.validation.last! && dropping.validation.last! > 1.2 * dropping.validation[dropping.best])
claim("dropout puts off the turn", dropping.epochs[dropping.best], isGreaterThan: plain.epochs[plain.best])
claim("at their best epochs the two differ by less than 2 %", dropping.validation[dropping.best], equals: plain.validation[plain.best], within: 0.02 * plain.validation[plain.best])
claim("256 examples bring the lowest loss to less than half of that of 64", many.validation[many.best], isLessThan: 0.5 * plain.validation[plain.best])
claim("and more right answers in the third set", many.testAccuracy, isGreaterThan: plain.testAccuracy + 0.05)

// lessons/14-training-a-classifier.md:375
manualSeed(0)
let forgetful = SmallClassifier(dropout: 0.5), one = test.x[..<1]
let (call, again) = (forgetful(one), forgetful(one))
print("training   ", call, again)
forgetful.eval()
print("evaluation ", forgetful(one), forgetful(one))
claim("while it trains, two calls give two answers", call != again)
claim("after eval() they give one", forgetful(one), equals: forgetful(one))
let single = LSTM(inputSize: 1, hiddenSize: 16, batchFirst: true, dropout: 0.5)
let double = LSTM(
    inputSize: 1, hiddenSize: 16, numLayers: 2, batchFirst: true, dropout: 0.5)
claim("a single layer drops nothing, though it was told to and trains",
    single(one).output, equals: single(one).output)
claim("two layers drop between them", double(one).output != double(one).output)

// lessons/14-training-a-classifier.md:397
typealias Start = (losses: [Double], others: Double, model: SmallClassifier)
func start(_ weights: (Tensor) -> Tensor) -> Start {
    manualSeed(2)
    let model = SmallClassifier()
    for (_, p) in model.parameters { p[.all] = weights(p.detach()) }
    let adam = Adam(model.parameters, learningRate: 0.01)
    var losses: [Double] = []
    for _ in 0...60 {
        let loss = crossEntropy(model(few.x), few.labels)
        losses.append(loss.item)
        adam.zeroGrad()
        loss.backward()
        adam.step()
    }
    let logits = noGrad { model(validation.x) }
    return (losses, crossEntropy(logits, validation.labels).item, model)
}
let zeros = start { .zeros($0.shape) }
let drawn = start { $0 }
let alike = start { .full($0.shape, 0.1) }
let large = start { 16 * $0 }
show(
    lines: [
        "all 0": zeros.losses, "as drawn": drawn.losses,
        "all 0.1": alike.losses, "16 × drawn": large.losses,
    ],
    x: "epoch", y: "training loss", yRange: 0...2)
print(large.losses[60])
print(large.others)
print(drawn.others)

// lessons/14-training-a-classifier.md:437
let states = noGrad { alike.model.lstm(few.x).output[0, -1] }
print(states)
claim("all alike: one value, sixteen times",
    states, equals: states[0].item, within: 1e-12)
claim("all zero: the state is still exactly zero",
    noGrad { zeros.model.lstm(few.x).output[0, -1] }, equals: .zeros(16))

// lessons/14-training-a-classifier.md:447
let p = Double(few.labels.reduce(0, +)) / 64
claim("all zero: the last layer's weights have not moved", zeros.model.fc.weight.detach(), equals: .zeros(2, 16))
func gatesAtTheirEnds(_ model: SmallClassifier) -> Double {
    let gates = model.lstm.trace(few.x).steps.flatMap { $0.inputGate.values + $0.forgetGate.values + $0.outputGate.values }
    return Double(gates.filter { $0 < 0.05 || $0 > 0.95 }.count) / Double(gates.count)
}
claim("too large: more than half of its gates stand within 0.05 of an end", gatesAtTheirEnds(large.model), isGreaterThan: 0.5)
claim("drawn: less than a tenth do", gatesAtTheirEnds(drawn.model), isLessThan: 0.1)
claim("and the loss is the entropy of the labels", zeros.losses[60], equals: -p * log(p) - (1 - p) * log(1 - p), within: 1e-3)
claim("drawn ones learn more than twice as much as the alike", log(2.0) - drawn.losses[60], isGreaterThan: 2 * (log(2.0) - alike.losses[60]))
claim("all alike learns: its loss is below the entropy of the labels", alike.losses[60], isLessThan: zeros.losses[60] - 0.01)
claim("too large fits the 64: more than nine of ten are right", accuracy(noGrad { large.model(few.x) }, few.labels), isGreaterThan: 0.9)
claim("too large begins worst", large.losses[0], isGreaterThan: 2 * drawn.losses[0])
claim("and ends lowest", large.losses[60], isLessThan: 0.8 * drawn.losses[60])
claim("but on the others it is worse than knowing nothing", large.others, isGreaterThan: 1.5 * log(2.0))
claim("while the drawn ones are better", drawn.others, isLessThan: 0.8 * log(2.0))
for units in [16, 256] {
    let drawnWeights = LSTM(inputSize: 1, hiddenSize: units).parameters["weight_hh_l0"]
    let sums = matmul(drawnWeights, Tensor.randint(0, 2, [units]) * 2 - 1)      // states of −1 and 1
    claim("H = \(units): within ±1/√H", drawnWeights.abs().max().item, isAtMost: 1 / sqrt(Double(units)))
    claim("H = \(units): sums spread by about 1/√3", sums.std().item, equals: 1 / sqrt(3), within: 0.12)
}

// lessons/14-training-a-classifier.md:483
let count = 4 * 64 * (1 + 64 + 2) + (2 * 64 + 2)
print(count)
claim("the model has so many", model.parameters.elementCount, equals: count)

// lessons/14-training-a-classifier.md:496
let floor = crossEntropy(Tensor([[1.0, 0.0]]), [0]).item
print(floor)
claim("it is log(1 + 1/e)", floor, equals: log(1 + exp(-1.0)), within: 1e-15)
let twice = crossEntropy(softmax(patient(inputs)), labels).item
claim("the trained network, through two softmaxes, stands just above",
    twice > floor && twice < floor + 0.01)
let wrong = [0, 1].map { _ in Parameter(Tensor([[0.0, 10.0]])) }    // label 0
crossEntropy(wrong[0], [0]).backward()
crossEntropy(softmax(wrong[1]), [0]).backward()
print(wrong[0].gradient!, wrong[1].gradient!)
claim("sure and wrong: one softmax sends nearly 1 back",
    wrong[0].gradient!.abs().min().item, isGreaterThan: 0.99)
claim("two send back less than a thousandth of it",
    wrong[1].gradient!.abs().max().item, isLessThan: 0.001)

// lessons/14-training-a-classifier.md:520
expectTrap("needs one label for each of the 5 examples; got 3") {
let rows = model.fc(model.lstm(inputs).output[-1])
let loss = crossEntropy(rows, labels)
}

// lessons/14-training-a-classifier.md:529
let five = Tensor.randn(5, 5, 1)
let fiveLabels = [0, 1, 1, 0, 1]
let nonsense = crossEntropy(model.fc(model.lstm(five).output[-1]), fiveLabels)
print(nonsense.item)
claim("a loss comes out, and it is not the right one",
    nonsense.item, differsFrom: crossEntropy(model(five), fiveLabels).item)

// lessons/14-training-a-classifier.md:545
manualSeed(3)
let reader = LSTM(inputSize: 1, hiddenSize: 64, batchFirst: true)
let ten = Linear(64, 10)
let tenLabels = Tensor.randint(10, [300]).integers
let tenStates = noGrad { reader(test.x).output[.all, -1] }
let first = crossEntropy(ten(tenStates), tenLabels).item
let blown = crossEntropy(100 * ten(tenStates), tenLabels).item
print("log 10    ", log(10.0))
print("untrained ", first)
print("blown up  ", blown)
claim("an untrained network's loss is about log 10",
    first, equals: log(10.0), within: 0.1)
claim("large logits cost far more", blown, isGreaterThan: 3 * first)
print(losses[4])
print(shares)
