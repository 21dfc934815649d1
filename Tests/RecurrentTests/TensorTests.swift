import Foundation
import Recurrent
import Testing

@Suite("Tensor")
struct TensorTests {
    @Test("numbers from one to another end at the other to the last bit")
    func linspace() {
        for count in 2..<40 {
            for end in [0.1, 0.3, 0.7, 0.9, 1.1] {
                let numbers = Tensor.linspace(0, end, count)
                #expect(numbers[-1].item == end && numbers[0].item == 0 && numbers.shape == [count])
            }
        }
    }

    @Test("a tensor like another has its shape")
    func like() {
        let other = Tensor([[1, 2, 3], [4, 5, 6]])
        #expect(Tensor.ones(like: other) == Tensor([[1, 1, 1], [1, 1, 1]]))
        #expect(Tensor.zeros(like: other) == Tensor([[0, 0, 0], [0, 0, 0]]))
        #expect(Tensor.randn(like: other).shape == [2, 3])
    }

    @Test("among NaN and equal values the order is PyTorch's: NaN is the largest, equal ones stay as they stood")
    func orderWithNaN() {
        let x = Tensor([2, .nan, 1, 2, .nan])
        #expect(x.sort().indices == Tensor([2, 0, 3, 1, 4]))
        #expect(x.sort(descending: true).indices == Tensor([1, 4, 0, 3, 2]))
        #expect(x.topk(2).indices == Tensor([1, 4]) && x.topk(2, largest: false).indices == Tensor([2, 0]))
        #expect(x.argmax(axis: 0).item == 1)
    }

    @Test("how close two tensors must be is measured by the second")
    func allClose() {
        // They differ by 0.1; of 1.1 that is 9.1 %, of 1 it is 10 %.
        #expect(allclose(Tensor(1), Tensor(1.1), rtol: 0.095, atol: 0))
        #expect(!allclose(Tensor(1.1), Tensor(1), rtol: 0.095, atol: 0))
    }

    let matrix = Tensor([[1, 2, 3], [4, 5, 6]])

    @Test("a shape prints as in PyTorch", arguments: [([2, 3], "(2, 3)"), ([3], "(3)"), ([], "()")] as [(Shape, String)])
    func shapeDescription(shape: Shape, text: String) {
        #expect("\(shape)" == text)
    }

    @Test("nested arrays give as many axes as levels")
    func nestedArrays() {
        #expect(Tensor(3).shape == [])
        #expect(Tensor([1, 2]).shape == [2])
        #expect(Tensor([[[1, 2], [3, 4], [5, 6]]]).shape == [1, 3, 2])
        #expect(Tensor([[[[1]], [[2]]]]).shape == [1, 2, 1, 1])
        #expect(Tensor([[[[[[1, 2.5]], [[3, 4]]]]]]) == Tensor([1, 2.5, 3, 4]).reshaped(1, 1, 1, 2, 1, 2))
        let (labels, rows, single): ([Int], [[Int]], [Float]) = ([1, 2], [[3], [4]], [0.5])
        #expect(Tensor(labels) == Tensor([1, 2]) && Tensor(rows) == Tensor([[3], [4]]) && Tensor(single) == Tensor([0.5]))
        #expect(Tensor((0..<2).map { i in (0..<2).map { i * $0 } }) == Tensor([[0, 0], [0, 1]]))
        #expect(matrix.values == [1, 2, 3, 4, 5, 6])
    }

    @Test("a short tensor prints with four decimals and aligned columns")
    func description() {
        #expect("\(Tensor([[0.12345, -1.5], [10, 2]]))" == "tensor([[ 0.1235, -1.5000],\n        [10.0000,  2.0000]])")
        #expect("\(Tensor([1, 2]))" == "tensor([1., 2.])")
        #expect("\(Tensor(2.5))" == "tensor(2.5000)")
        #expect("\(Tensor([0.00001, 1.5]))" == "tensor([1.0000e-05, 1.5000e+00])")
        #expect("\(Tensor([.nan, -.infinity]))" == "tensor([nan, -inf])")
    }

    @Test("a long tensor prints its first and last three values")
    func elidedDescription() {
        let text = "\(Tensor((0..<2000).map(Double.init)))"
        #expect(text == "tensor([0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 1.9970e+03, 1.9980e+03,\n        1.9990e+03])")
    }

    @Test("arithmetic works place by place and with numbers on either side")
    func arithmetic() {
        let a = Tensor([1, 2, 4])
        #expect((a + a).values == [2, 4, 8])
        #expect((a - 1).values == [0, 1, 3])
        #expect((1 - a).values == [0, -1, -3])
        #expect((2 * a / a).values == [2, 2, 2])
        #expect((8 / a).values == [8, 4, 2])
        #expect((-a).values == [-1, -2, -4])
    }

    @Test("axes of length 1 and missing axes are stretched")
    func broadcasting() {
        #expect((matrix + Tensor([10, 20, 30])).values == [11, 22, 33, 14, 25, 36])
        #expect((matrix * Tensor([[1], [10]])).values == [1, 2, 3, 40, 50, 60])
        #expect((Tensor([[1], [2]]) + Tensor([10, 20])).values == [11, 21, 12, 22])
        #expect((Tensor.ones(2, 1, 3) + Tensor.ones(4, 1)).shape == [2, 4, 3])
    }

    @Test("indices take parts")
    func indexing() {
        #expect(matrix[1].values == [4, 5, 6])
        #expect(matrix[0, 2].item == 3)
        #expect(matrix[-1, -1].item == 6)
        #expect(matrix[.all, 1].values == [2, 5])
        #expect(matrix[.all, .range(1..<3)].values == [2, 3, 5, 6])
        #expect(matrix[1..<2].shape == [1, 3])
    }

    @Test("positions, ranges and whole axes mix in any order, with variables as with literals")
    func mixedIndices() {
        let t = Tensor.arange(24).view(2, 3, 4), i = 1, words = 1..<3
        #expect(t[.all, i] == Tensor([[4, 5, 6, 7], [16, 17, 18, 19]]))
        #expect(t[i, words, 0] == Tensor([16, 20]))
        #expect(t[i, i...i + 1, i - 1] == Tensor([16, 20]))
        #expect(t[.all, -1, 2...] == Tensor([[10, 11], [22, 23]]))
        #expect(t[0, ..<(-1), (-1)...] == Tensor([[3], [7]]))
        #expect(t[0, 3...].shape == [0, 4])
        #expect(t.view(1, 2, 3, 4)[0, i, .all, i] == Tensor([13, 17, 21]))
        #expect(t[i, i, i].item == 17)
    }

    @Test("parts in a column, a row and a block are assigned where they stand")
    func assignedIndices() {
        let t = Tensor.zeros(2, 3), i = 2
        t[.all, i] = Tensor([1, 2])
        t[0, 0..<i] = 7
        t[1..., ..<1] = Tensor([[9]])
        #expect(t == Tensor([[7, 7, 1], [9, 0, 2]]))
    }

    @Test("a part of a tensor made by hand can be replaced")
    func replacing() {
        let copy = matrix.detached()
        copy[1] = Tensor([7, 8, 9])
        copy[0, 0] = Tensor(0)
        #expect(copy.values == [0, 2, 3, 7, 8, 9])
        #expect(matrix.values == [1, 2, 3, 4, 5, 6])
    }

    @Test("products of matrices, vectors and batches of matrices")
    func products() {
        #expect(matmul(matrix, Tensor([[1, 0], [0, 1], [1, 1]])).values == [4, 5, 10, 11])
        #expect(matmul(matrix, Tensor([1, 1, 1])).values == [6, 15])
        #expect(matmul(Tensor([1, 1]), matrix).values == [5, 7, 9])
        #expect(matmul(Tensor([1, 2]), Tensor([3, 4])).item == 11)
        let batch = matmul(Tensor([[[1, 2]], [[3, 4]]]), Tensor([[1], [10]]))
        #expect(batch.shape == [2, 1, 1])
        #expect(batch.values == [21, 43])
    }

    @Test("reductions over all values and along an axis")
    func reductions() {
        #expect(matrix.sum().item == 21)
        #expect(matrix.mean().item == 3.5)
        #expect(matrix.sum(axis: 0).values == [5, 7, 9])
        #expect(matrix.mean(axis: -1).values == [2, 5])
        #expect(matrix.sum(axis: 1, keepingAxis: true).shape == [2, 1])
        #expect(Tensor([[1, 9, 2], [7, 3, 7]]).max(axis: 1).values == [9, 7])
        #expect(Tensor([[1, 9, 2], [7, 3, 7]]).argmax(axis: 1).values == [1, 0])
        #expect(matrix.max().item == 6)
        #expect(matrix.argmax() == 5)
    }

    @Test("reshaping, transposing and joining move no value to a wrong place")
    func reshaping() {
        #expect(matrix.reshaped(3, -1).shape == [3, 2])
        #expect(matrix.transposed().values == [1, 4, 2, 5, 3, 6])
        #expect(matrix.permuted([1, 0]).values == [1, 4, 2, 5, 3, 6])
        #expect(concatenated([matrix, Tensor([[0], [0]])], axis: 1).values == [1, 2, 3, 0, 4, 5, 6, 0])
        #expect(stacked([Tensor([1, 2]), Tensor([3, 4])], axis: 1).values == [1, 3, 2, 4])
    }

    @Test("softmax adds up to 1 along its axis and does not overflow")
    func softmaxSums() {
        let probabilities = softmax(Tensor([[1000, 1001], [-5, -5]]))
        #expect(probabilities.sum(axis: 1).isClose(to: Tensor([1, 1]), within: 1e-15))
        #expect(probabilities[1].values == [0.5, 0.5])
        let log2 = Foundation.log(2.0)
        #expect(logSoftmax(Tensor([0, 0])).isClose(to: Tensor([-log2, -log2]), within: 1e-15))
    }

    @Test("a variable's place on a later axis, read and differentiated as a literal one")
    func variablePlaces() {
        let x = Tensor([[[1, 2], [3, 4], [5, 6]]])
        x.requiresGradient = true
        let (step, unit) = (1, 0)
        #expect(x[.all, step].values == [3, 4] && x[.all, step].shape == [1, 2])
        #expect(x[.all, .all, unit].values == [1, 3, 5])
        (2 * x[.all, step]).sum().backward()
        #expect(x.gradient?.values == [0, 0, 2, 2, 0, 0])
    }

    @Test("words as a tensor of whole numbers keep its shape, and give gradients to their rows")
    func embeddedTensor() {
        let embedding = Embedding(3, 2)
        let rows = embedding.weight.values
        let words = embedding(Tensor([[2, 0], [2, 1]]))
        #expect(words.shape == [2, 2, 2])
        #expect(words.values == Array(rows[4...5] + rows[0...1] + rows[4...5] + rows[2...3]))
        words.sum().backward()
        #expect(embedding.weight.gradient?.values == [1, 1, 1, 1, 2, 2])
    }
}
