import Recurrent
import Testing

@Suite("Misusing PyTorch's names says what was expected and what came")
struct PyTorchNamesMisuseTests {
    /// The message must hold `part`.
    private func expect(_ part: String, _ result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation) {
        let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(message.contains(part), "\(part) is not in: \(message)", sourceLocation: sourceLocation)
    }

    @Test("shapes and axes")
    func shapes() async {
        expect(
            "view: only one length can be −1",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).view(-1, -1)
            })
        expect(
            "unsqueeze: the new axis must be in -3..<3",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).unsqueeze(3)
            })
        expect(
            "squeeze: axis must be in -2..<2",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).squeeze(2)
            })
        expect(
            "got (2, 2)",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = LayerNorm(3)(.zeros(2, 2))
            })
        expect(
            "padSequence: apart from its length, sequence 1",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = padSequence([.zeros(2, 3), .zeros(2, 4)])
            })
        expect(
            "maskedFill: the mask must have shape (3)",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(3).maskedFill(.zeros(2), 0)
            })
        expect(
            "the part must have shape (3), or stretch to it; got (2)",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let t = Tensor.zeros(2, 3)
                t[0] = Tensor([1, 2])
            })
        expect(
            "topk: the count must be from 0 to 3",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(2, 3).topk(4)
            })
        expect(
            "clamp: needs min, max or both; got neither",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.zeros(3).clamp()
            })
    }

    @Test("numbers and draws")
    func numbers() async {
        expect(
            "the step must lead from start to end; got 5.0, 0.0",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.arange(5, 0)
            })
        expect(
            "Tensor.randint: needs low < high; got 3, 3",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = Tensor.randint(3, 3, [2])
            })
        expect(
            "Draw with replacement: true",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = multinomial(Tensor([1, 0, 2]), 3)
            })
        expect(
            "weights must be finite numbers, 0 or more; got -1.0",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = multinomial(Tensor([1, -1]), 1)
            })
        expect(
            "oneHot: a label must be a class in 0..<2; got 2",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = oneHot([0, 2], classes: 2)
            })
        expect(
            "Tensor.integers: the values must be whole numbers; got 0.5",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = oneHot(Tensor([0.5]))
            })
        expect(
            "AdamW: learningRate must be",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = AdamW(Linear(1, 1).parameters, learningRate: -1)
            })
        expect(
            "RMSprop.step(): at least one parameter must have a gradient",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                RMSprop(Linear(1, 1).parameters).step()
            })
    }

    @Test("einsum")
    func einsums() async {
        expect(
            "needs a letter for each axis of shape (2, 3); got ijk",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ijk,kl->il", .zeros(2, 3), .zeros(3, 4))
            })
        expect(
            "j must have one length; got 3 and 4",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ij,jk->ik", .zeros(2, 3), .zeros(4, 5))
            })
        expect(
            "every letter after the arrow must stand before it; got z",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ij,jk->iz", .zeros(2, 3), .zeros(3, 5))
            })
        expect(
            "needs two operands of letters",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("...ij,jk->ik", .zeros(2, 3), .zeros(3, 5))
            })
        expect(
            "an operand's axes must have different letters; got ii",
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                _ = einsum("ii,ij->j", .zeros(2, 2), .zeros(2, 3))
            })
    }
}
