import Recurrent
import Testing

@Suite("Parts that are assigned keep their gradients")
struct AssignmentTests {
    private func variable(_ values: [Double]) -> Tensor {
        let tensor = Tensor(values)
        tensor.requiresGradient = true
        return tensor
    }

    @Test("a part computed from w passes its gradient on to w")
    func assignedPart() {
        let w = variable([2, 3])
        let leaf = Tensor.zeros(3)
        leaf[0] = w[0] * 5
        (leaf * Tensor([10, 100, 1000])).sum().backward()
        #expect(w.gradient == Tensor([50, 0]))
        #expect(leaf.values == [10, 0, 0])
    }

    @Test("the states of a loop gathered in one tensor, as in PyTorch")
    func gatheredStates() {
        let w = variable([0.5])
        let states = Tensor.zeros(3, 1)
        var h = Tensor([1])
        for t in 0..<3 {
            h = h * w
            states[t] = h
        }
        states.sum().backward()
        #expect(w.gradient == Tensor([1 + 2 * 0.5 + 3 * 0.25]))
    }

    @Test("what is replaced in a result gets no gradient, what was computed from it before keeps its own")
    func replacedPart() {
        let x = variable([1, 2])
        let y = x * x
        let before = y.sum()
        y[0] = Tensor(7)
        (y.sum() + before).backward()
        #expect(y.values == [7, 2 * 2])
        #expect(x.gradient == Tensor([2, 4 + 4]))
    }

    @Test("a number fills a part, a range takes a tensor, and a single value is read as a number")
    func numbers() {
        let t = Tensor.zeros(2, 3)
        t[0, 0] = 3
        t[1] = 2
        t[.all, 2] = 5
        t[0, 0] += 1
        #expect(t == Tensor([[4, 0, 5], [2, 2, 5]]))
        t[0..<1] = Tensor([[1, 2, 3]])
        #expect(t == Tensor([[1, 2, 3], [2, 2, 5]]))
        t[0..<2] = Tensor([7, 8, 9])
        #expect(t == Tensor([[7, 8, 9], [7, 8, 9]]))
        #expect(t[1, 2].item == 9)
    }

    @Test("numbers put into a tensor whose gradient is asked for leave it one")
    func numbersInVariable() {
        let w = variable([1, 2])
        w[0] = 3
        (w * w).sum().backward()
        #expect(w.gradient == Tensor([6, 4]))
    }

    @Test("requiresGradient switched off and on after the forward pass: the gradient still arrives")
    func switchedOffAndOn() {
        let x = variable([3])
        let y = x * x
        x.requiresGradient = false
        x.requiresGradient = true
        y.sum().backward()
        #expect(x.gradient == Tensor([6]))
    }

    @Test("switched off the tensor is passed by, and keeps the gradient that has gathered")
    func switchedOff() {
        let x = variable([3])
        let y = (x * x).sum()
        y.backward(retainGraph: true)
        x.requiresGradient = false
        y.backward()
        #expect(x.gradient == Tensor([6]))
        #expect(!(x * x).requiresGradient)
    }

    @Test("setting a gradient does not ask for one")
    func setGradient() {
        let x = Tensor([3])
        x.gradient = Tensor([1])
        #expect(!x.requiresGradient)
        #expect(x.gradient == Tensor([1]))
        x.requiresGradient = true
        #expect(x.gradient == Tensor([1]))
    }

    @Test("noGrad computes without a tape, and changes w in place")
    func withoutGradient() {
        var w = variable([2, 3])
        let same = w
        (w * w).sum().backward()
        let (y, isTraced) = noGrad { (w * 2, (w * 2).requiresGradient) }
        #expect(y == Tensor([4, 6]))
        #expect(!isTraced && !y.requiresGradient)
        noGrad { w -= 0.5 * w.gradient! }
        #expect(w === same && w.requiresGradient)
        #expect(w.values == [0, 0])
        #expect((w * 2).requiresGradient)
    }

    @Test("x += y changes x for all its names, a constant too, as PyTorch's does")
    func inPlace() {
        let x = Tensor([1, 2]), same = x
        x += Tensor([1, 1])
        x *= 2
        #expect(same.values == [4, 6])
        var rows = Tensor([[1, 2], [3, 4]])
        var row = rows[0]
        row -= 1
        rows[1] /= Tensor([3, 4])
        rows += row
        #expect(row.values == [0, 1])
        #expect(rows == Tensor([[1, 3], [1, 2]]))
    }

    @Test("a layer's parameters are trained by hand, through whichever name they are taken")
    func trainedByHand() {
        let layer = Linear(2, 1)
        layer.weight[.all] = Tensor([[1, 2]])
        layer(Tensor([3, 4])).sum().backward()
        for (name, p) in layer.parameters where name == "weight" { noGrad { p -= 0.5 * p.gradient! } }
        #expect(layer.weight == Tensor([[-0.5, 0]]))
        noGrad { layer.parameters["weight"] *= 2 }
        noGrad { layer.weight += 1 }
        #expect(layer.weight == Tensor([[0, 1]]))
        #expect(layer.weight.requiresGradient)
    }

    @Test("what was computed before x changed in place keeps its gradient", arguments: 0..<6)
    func computedBefore(operation: Int) {
        func loss(of w: Tensor, changing: Bool) -> Tensor {
            let x = w * 1
            let y: Tensor =
                switch operation {
                case 0: x * x
                case 1: matmul(x, x)
                case 2: softmax(x, axis: 1) * x
                case 3: tanh(x) / x
                case 4: LSTM.seeded(x.unsqueeze(1))
                default: crossEntropy(x, [0, 1])
                }
            let before = (y * y).sum()
            if changing { x += 5 }
            return before
        }
        let w = Parameter(Tensor([[0.5, -0.25], [1.5, 0.75]])), copy = Parameter(w)
        loss(of: w, changing: false).backward()
        loss(of: copy, changing: true).backward()
        #expect(w.gradient == copy.gradient && w.gradient != nil)
    }

    @Test("a sum gathered in place is differentiated through all its summands")
    func gatheredSum() {
        let w = variable([2, 3])
        let total = Tensor(0.0)
        for k in 1...3 { total += (w * Double(k)).sum() }
        let square = w * 1
        square *= square
        (total + square.sum()).backward()
        #expect(w.gradient == Tensor([6 + 4, 6 + 6]))
    }

    @Test("whole numbers and floats, in arrays and one by one, become tensors as doubles do")
    func wholeNumbers() {
        let words = [2, 0], rows = [[1, 2], [3, 4]], n = 3, width: Float = 0.5
        #expect(Tensor(words) == Tensor([2.0, 0]))
        #expect(Tensor(rows) == Tensor([[1.0, 2], [3, 4]]))
        #expect(Tensor([width]) == Tensor([0.5]))
        #expect(Tensor.arange(n) == Tensor([0, 1, 2]))
        #expect(Tensor.arange(1, n) == Tensor([1, 2]))
        #expect(Tensor.arange(0, 1, 0.5) == Tensor([0, 0.5]))
        #expect(Tensor.full([2], n) == Tensor([3, 3]))
        #expect((Tensor(words) .== n - 1) == Tensor([1, 0]))
        let t = Tensor.zeros(2, 2), s = 0.5
        t[0, n - 2] = n
        t[1] = s
        #expect(t == Tensor([[0, 3], [0.5, 0.5]]))
        #expect(t[1] * s == Tensor([0.25, 0.25]))
        #expect((s * t[1] + t[0]).shape == [2])
        #expect(t / n == t / 3.0 && n * t == t * 3.0 && t - width == t - 0.5 && width / (t + 1) == 0.5 / (t + 1.0))
        #expect(
            Tensor([[1, 0], [2, 3]]).all(axis: 1) == Tensor([0, 1]) && Tensor([[1, 0], [0, 0]]).any(axis: 1) == Tensor([1, 0]))
        #expect(pow(2.0, 0.5) == 2.0.squareRoot() && round(2.5) == 2)
    }

    @Test("noGrad covers layers, and passes errors on")
    func layersWithoutGradient() {
        struct Stop: Error {}
        let lstm = LSTM(inputSize: 2, hiddenSize: 3)
        let output = noGrad { lstm(.zeros(4, 1, 2)).output }
        #expect(!output.requiresGradient)
        #expect(throws: Stop.self) { try noGrad { throw Stop() } }
        #expect(lstm(.zeros(4, 1, 2)).output.requiresGradient)
    }

    @Test("a tensor under two names is counted, stepped and clipped once")
    func tiedWeights() {
        let p = variable([3, 4])
        let parameters = Parameters(of: ["a": ["w": p], "b": ["w": p]])
        #expect(parameters.names == ["a.w", "b.w"])
        #expect(parameters.elementCount == 2)
        for optimizer in [0, 1] {
            p[.all] = Tensor([3, 4])
            p.gradient = Tensor([3, 4])
            #expect(clipGradientNorm(parameters, 100) == 5)
            if optimizer == 0 {
                SGD(parameters, learningRate: 1).step()
                #expect(p.values == [0, 0])
            } else {
                Adam(parameters, learningRate: 1).step()
                #expect(p.isClose(to: Tensor([2, 3]), within: 1e-6))
            }
        }
    }

    @Test("a norm of NaN makes all gradients NaN, as in PyTorch")
    func clippingNaN() {
        let (x, y) = (variable([1, 2]), variable([3]))
        x.gradient = Tensor([1, .nan])
        y.gradient = Tensor([2])
        #expect(clipGradientNorm(["x": x, "y": y], 1).isNaN)
        #expect(x.gradient!.values.filter(\.isNaN).count == 2 && y.gradient!.item.isNaN)
    }

    @Test("t[0][1] = 3 would be lost on t: a message; a clone may be changed, and passes gradients on")
    func assignmentToPart() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let t = Tensor.zeros(2, 3)
            t[0][1] = 3
        }
        expectMessage(result, "Write t[0, 1] = … for t[0][1] = …")
        let x = variable([1, 2])
        let copy = x.clone()
        copy[0] = 5
        copy.sum().backward()
        #expect(copy.values == [5, 2] && x.values == [1, 2])
        #expect(x.gradient == Tensor([0, 1]))
    }

    @Test("a part that takes part in differentiation, put into a tensor whose own gradient is asked for: a message")
    func refusedAssignment() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let w = Tensor([1, 2])
            w.requiresGradient = true
            w[0] = w[1] * 2
        }
        expectMessage(result, "Tensor(2)[…] =: a tensor whose own gradient is asked for takes numbers only", "noGrad { }")
    }
}

extension LSTM {
    fileprivate static func seeded(_ x: Tensor) -> Tensor {
        Generator.$current.withValue(Generator(seed: 1)) { LSTM(inputSize: 2, hiddenSize: 2)(x).output }
    }
}
