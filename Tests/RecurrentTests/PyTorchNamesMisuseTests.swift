import Recurrent
import Testing

@Suite("Misusing PyTorch's names says what was expected and what came")
struct PyTorchNamesMisuseTests {
    @Test("shapes and axes")
    func shapes() async {
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).view(-1, -1)
            },
            "view: only one length can be −1")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).unsqueeze(3)
            },
            "unsqueeze: the new axis must be in -3..<3")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).squeeze(2)
            },
            "squeeze: axis must be in -2..<2")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = LayerNorm(3)(.zeros(2, 2))
            },
            "got (2, 2)")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = padSequence([.zeros(2, 3), .zeros(2, 4)])
            },
            "padSequence: apart from its length, sequence 1")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(3).maskedFill(.zeros(2), 0)
            },
            "maskedFill: the mask must have shape (3)")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let t = Tensor.zeros(2, 3)
                t[0] = Tensor([1, 2])
            },
            "the part must have shape (3), or stretch to it; got (2)")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).topk(4)
            },
            "topk: the count must be from 0 to 3")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(3).clamp()
            },
            "clamp: needs min, max or both; got neither")
    }

    @Test("numbers and draws")
    func numbers() async {
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.arange(5, 0)
            },
            "the step must lead from start to end; got 5.0, 0.0")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.randint(3, 3, [2])
            },
            "Tensor.randint: needs low < high; got 3, 3")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = multinomial(Tensor([1, 0, 2]), 3)
            },
            "Draw with replacement: true")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = multinomial(Tensor([1, -1]), 1)
            },
            "weights must be finite numbers, 0 or more; got -1.0")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = oneHot([0, 2], classes: 2)
            },
            "oneHot: a label must be a class in 0..<2; got 2")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = oneHot(Tensor([0.5]))
            },
            "Tensor.integers: the values must be whole numbers; got 0.5")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = AdamW(Linear(1, 1).parameters, learningRate: -1)
            },
            "AdamW: learningRate must be")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                RMSprop(Linear(1, 1).parameters).step()
            },
            "RMSprop.step(): at least one parameter must have a gradient")
    }

    @Test("einsum")
    func einsums() async {
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ijk,kl->il", .zeros(2, 3), .zeros(3, 4))
            },
            "needs a letter for each axis of shape (2, 3); got ijk")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ij,jk->ik", .zeros(2, 3), .zeros(4, 5))
            },
            "j must have one length; got 3 and 4")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ij,jk->iz", .zeros(2, 3), .zeros(3, 5))
            },
            "every letter after the arrow must stand before it; got z")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("...ij,jk->ik", .zeros(2, 3), .zeros(3, 5))
            },
            "needs two operands of letters")
        expectMessage(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ii,ij->j", .zeros(2, 2), .zeros(2, 3))
            },
            "an operand's axes must have different letters; got ii")
    }
}
