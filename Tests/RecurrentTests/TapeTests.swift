import Recurrent
import Samples
import Testing

@Suite("Tape")
struct TapeTests {
    /// An operation with one or two operands, small enough for central differences at every place.
    struct Operation: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let shapes: [Shape]
        let apply: @Sendable ([Tensor]) -> Tensor

        init(_ name: String, _ shapes: Shape..., apply: @escaping @Sendable ([Tensor]) -> Tensor) {
            testDescription = name
            self.shapes = shapes
            self.apply = apply
        }
    }

    static let operations: [Operation] = [
        Operation("a + b", [2, 3], [2, 3]) { $0[0] + $0[1] },
        Operation("a + b, b stretched", [2, 3], [3]) { $0[0] + $0[1] },
        Operation("a - b, both stretched", [2, 1], [1, 3]) { $0[0] - $0[1] },
        Operation("a * b, a stretched", [1], [2, 3]) { $0[0] * $0[1] },
        Operation("a / b", [2, 2], [2, 2]) { $0[0] / ($0[1] + 2) },
        Operation("a / b, b stretched", [2, 2], [2, 1]) { $0[0] / ($0[1] + 2) },
        Operation("-a", [3]) { -$0[0] },
        Operation("a with numbers", [3]) { 2 * $0[0] - 1 / ($0[0] + 3) },
        Operation("a with itself", [3]) { $0[0] * $0[0] * $0[0] },
        Operation("matrix · matrix", [2, 3], [3, 4]) { matmul($0[0], $0[1]) },
        Operation("matrix · vector", [2, 3], [3]) { matmul($0[0], $0[1]) },
        Operation("vector · matrix", [3], [3, 2]) { matmul($0[0], $0[1]) },
        Operation("vector · vector", [3], [3]) { matmul($0[0], $0[1]) },
        Operation("batch · batch", [2, 2, 3], [2, 3, 1]) { matmul($0[0], $0[1]) },
        Operation("batch · matrix", [2, 2, 3], [3, 2]) { matmul($0[0], $0[1]) },
        Operation("matrix · batch", [2, 3], [2, 3, 2]) { matmul($0[0], $0[1]) },
        Operation("a[1]", [3, 2]) { $0[0][1] },
        Operation("a[0..<2]", [3, 2]) { $0[0][0..<2] },
        Operation("a[.all, -1]", [3, 2]) { $0[0][.all, -1] },
        Operation("reshaped", [3, 2]) { $0[0].reshaped(2, 3) },
        Operation("transposed", [3, 2]) { $0[0].transposed() },
        Operation("permuted", [2, 3, 2]) { $0[0].permuted([2, 0, 1]) },
        Operation("concatenated", [2, 3], [2, 1]) { concatenated($0, axis: 1) },
        Operation("stacked", [2, 3], [2, 3]) { stacked($0, axis: 1) },
        Operation("sum", [2, 3]) { $0[0].sum() },
        Operation("sum along an axis", [2, 3, 2]) { $0[0].sum(axis: 1) },
        Operation("sum along a kept axis", [2, 3]) { $0[0].sum(axis: 0, keepingAxis: true) },
        Operation("mean", [2, 3]) { $0[0].mean() },
        Operation("mean along an axis", [2, 3]) { $0[0].mean(axis: -1) },
        Operation("max", [2, 3]) { $0[0].max() },
        Operation("max along an axis", [2, 3]) { $0[0].max(axis: 0) },
        Operation("min along an axis", [2, 3]) { $0[0].min(axis: 1) },
        Operation("norm", [2, 3]) { $0[0].norm() },
        Operation("tanh", [3]) { tanh($0[0]) },
        Operation("sigmoid", [3]) { sigmoid($0[0]) },
        Operation("relu", [3]) { relu($0[0]) },
        Operation("exp", [3]) { exp($0[0]) },
        Operation("log", [3]) { log($0[0] + 2) },
        Operation("sqrt", [3]) { sqrt($0[0] + 2) },
        Operation("abs", [4]) { abs($0[0]) },
        Operation("pow", [3]) { pow($0[0] + 2, 2.5) },
        Operation("pow of tensors, stretched", [2, 3], [3]) { pow($0[0] + 2, $0[1]) },
        Operation("clamp", [2, 3]) { clamp($0[0], min: -0.5, max: 0.5) },
        Operation("where", [2, 3], [3]) { Tensor.where(Tensor([[1, 0, 1], [0, 0, 1]]), $0[0], $0[1]) },
        Operation("std", [2, 3]) { $0[0].std() },
        Operation("std along an axis", [2, 3]) { $0[0].std(axis: 0, unbiased: false) },
        Operation("var along a kept axis", [2, 3]) { $0[0].var(axis: 1, keepingAxis: true) },
        Operation("cumsum", [2, 3]) { $0[0].cumsum(axis: 1) },
        Operation("topk", [2, 4]) { $0[0].topk(2).values },
        Operation("einsum", [2, 3, 4], [2, 4, 2]) { einsum("bij,bjk->kb", $0[0], $0[1]) },
        Operation("rows by number", [3, 2]) { $0[0][[2, 0, 2]] },
        Operation("padSequence", [2, 3], [4, 3]) { padSequence($0) },
        Operation("LayerNorm", [2, 4]) { LayerNorm(4)($0[0]) },
        Operation("assigned parts", [2, 3], [3]) { operands in
            let y = operands[0] * operands[0]
            y[0] = operands[1] * y[1]
            y[.all, 1] = 3
            return y
        },
        Operation("softmax", [2, 3]) { softmax($0[0]) },
        Operation("softmax along the first axis", [2, 3]) { softmax($0[0], axis: 0) },
        Operation("log softmax", [2, 3]) { logSoftmax($0[0]) },
        Operation("cross entropy", [3, 4]) { crossEntropy($0[0], [0, 3, 1]) },
        Operation("summed cross entropy", [3, 4]) { crossEntropy($0[0], [0, 3, 1], reduction: .sum) },
        Operation("cross entropy of every place", [2, 3, 2]) {
            crossEntropy(
                $0[0], [[0, 2], [-1, 1]], weight: Tensor([0.5, 2, 1]), ignoreIndex: -1, labelSmoothing: 0.2, reduction: .none)
        },
        Operation("cross entropy of probabilities", [3, 4], [3, 4]) {
            crossEntropy($0[0], $0[1], weight: Tensor([0.5, 2, 1, 3]), labelSmoothing: 0.2)
        },
        Operation("mean squared error", [3, 2], [3, 2]) { meanSquaredError($0[0], $0[1]) },
    ]

    @Test("an operation's gradients are those of central differences", arguments: operations)
    func centralDifferences(operation: Operation) {
        let draws = Draws(seed: 11)
        let operands = operation.shapes.map { draws.variable($0) }
        let weight = draws.tensor(operation.apply(operands).shape)
        (weight * operation.apply(operands)).sum().backward()
        for (index, operand) in operands.enumerated() {
            expectCentralDifferences(operand, "operand \(index)") { shifted in
                var changed = operands
                changed[index] = shifted
                return (weight * operation.apply(changed)).sum().item
            }
        }
    }

    @Test("an embedding's rows gather the gradients of all their uses")
    func embedding() throws {
        let embedding = Embedding(4, 2)
        (embedding([1, 3, 1]) * Tensor([[1, 2], [3, 4], [5, 6]])).sum().backward()
        #expect(try #require(embedding.parameters["weight"].gradient).values == [0, 0, 6, 8, 0, 0, 3, 4])
    }

    @Test("the row of padding gets no gradient, whatever stands in it")
    func padding() throws {
        let embedding = Embedding(4, 2, paddingIndex: 1)
        noGrad { embedding.weight[.all] = Tensor([[1, 2], [3, 4], [5, 6], [7, 8]]) }
        embedding([1, 3, 1, 3]).sum().backward()
        #expect(try #require(embedding.weight.gradient).values == [0, 0, 0, 0, 0, 0, 2, 2])
    }

    /// The limit of xʸ log x as x comes down to 0, where 0 · log 0 would be NaN.
    @Test("a power of 0 does not change with an exponent that is not negative")
    func powerOfZero() {
        let y = Tensor([0, 0.5, 2])
        y.requiresGradient = true
        pow(Tensor([0, 0, 0]), y).sum().backward()
        #expect(y.gradient?.values == [0, 0, 0])
    }

    @Test("gradients of several backward passes add up until they are forgotten")
    func accumulation() {
        let x = Tensor([1, 2])
        x.requiresGradient = true
        (x * x).sum().backward()
        (3 * x).sum().backward()
        #expect(x.gradient?.values == [5, 7])
        x.gradient = nil
        #expect(x.gradient == nil)
    }

    @Test("a result in between has a gradient too")
    func intermediateGradient() {
        let x = Tensor([2])
        x.requiresGradient = true
        let y = x * x
        (y * y).sum().backward()
        #expect(y.gradient?.item == 8)
        #expect(x.gradient?.item == 32)
    }

    @Test("a tensor used on two paths gets the sum of both, each path followed once")
    func diamond() {
        let x = Tensor([3])
        x.requiresGradient = true
        let y = 2 * x
        var sum = y + y
        for _ in 0..<60 { sum = (sum + sum) / 2 }  // followed path by path this would never end
        sum.sum().backward()
        #expect(x.gradient?.item == 4)
    }

    @Test("nothing flows into a detached tensor")
    func detached() {
        let x = Tensor([3])
        x.requiresGradient = true
        (x * x.detached()).sum().backward()
        #expect(x.gradient?.item == 3)
    }

    @Test("changing a tensor after its use does not change the gradient of that use")
    func changeAfterUse() {
        let (x, w) = (Tensor([1, 1]), Tensor([2, 3]))
        x.requiresGradient = true
        let loss = (x * w).sum()
        w[0] = Tensor(100)
        loss.backward()
        #expect(x.gradient?.values == [2, 3])
    }

    @Test("a chain of many thousand operations does not exhaust the stack")
    func longChain() {
        let x = Tensor([1])
        x.requiresGradient = true
        var y = x
        for _ in 0..<20_000 { y = y + 0 }
        y.sum().backward()
        #expect(x.gradient?.item == 1)
    }
}
