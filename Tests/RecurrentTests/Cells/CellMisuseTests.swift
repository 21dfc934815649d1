import Recurrent
import Testing

@Suite("A misuse of a cell says who was misused, what was expected and what came")
struct CellMisuseTests {
    @Test("equations that are none: the line itself, with a mark below the fault")
    func equations() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CellDefinition("Wrong", "f_t = σ(W x_t)\nh_t = f_t ⊙ (U h_{t-1}")
        }
        expectMessage(
            result, "CellDefinition(\"Wrong\"), line 2, column 13: this “(” is never closed",
            "h_t = f_t ⊙ (U h_{t-1}\n            ^")
    }

    @Test("the size of a quantity that the equations fix, or of none")
    func sizes() async {
        let fixed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.mgu, inputSize: 3, hiddenSize: 4, sizes: ["f": 8])
        }
        expectMessage(fixed, "MGU: sizes may tell those of no quantity: all follow from x_t and the output; got “f”")
        let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.memory, inputSize: 3, hiddenSize: 4, sizes: ["c": 8])
        }
        expectMessage(unknown, "Memory: sizes may tell those of m; got “c”")
        let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.memory, inputSize: 3, hiddenSize: 4, sizes: ["m": 0])
        }
        expectMessage(none, "Memory: the size of m must be at least 1; got 0")
        let hidden = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.memory, inputSize: 3, hiddenSize: 0)
        }
        expectMessage(hidden, "Memory: hiddenSize must be at least 1; got 0")
    }

    @Test("a state that would have another size in every layer")
    func statesOfLayers() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let cell = CellDefinition("Delay", "v_t = x_t\nh_t = W v_{t-1}")
            _ = CustomCell(cell, inputSize: 4, hiddenSize: 4, numLayers: 2)  // as large by chance
            _ = CustomCell(cell, inputSize: 3, hiddenSize: 4, numLayers: 2)
        }
        expectMessage(
            result, "Delay: the state v must have one size in all layers; got 3 in the first and 4 in one above it",
            "Bring it to a size of its own with a matrix: v_t = W x_t"
        )
    }

    @Test("a state of another name, and of another shape")
    func states() async {
        let name = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.mgu, inputSize: 3, hiddenSize: 4)(.zeros(2, 1, 3), ["c": .zeros(1, 1, 4)])
        }
        expectMessage(name, "MGU(3, 4): a state must be one of h; got “c”")
        let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let layer = CustomCell(CustomCellTests.memory, inputSize: 3, hiddenSize: 4, sizes: ["m": 5])
            _ = layer(.zeros(2, 1, 3), ["m": .zeros(1, 1, 4)])
        }
        expectMessage(shape, "Memory(3, 4): m must have shape (1, 1, 5)", "got (1, 1, 4)")
    }

    @Test("an input of another number of features, or of one axis")
    func input() async {
        let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.mgu, inputSize: 3, hiddenSize: 4)(.zeros(2, 1, 4))
        }
        expectMessage(features, "MGU(3, 4): input must have 3 features on its last axis (L, N, input_size); got 4 in (2, 1, 4)")
        let axes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.mgu, inputSize: 3, hiddenSize: 4)(.zeros(3))
        }
        expectMessage(
            axes, "MGU(3, 4): input must have 3 axes (L, N, input_size), or 2 for one sequence (L, input_size); got 1 axis (3)")
    }

    @Test("a derivation of several layers, of several sequences, or of a loss that is more than one number")
    func derivation() async {
        let layers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.mgu, inputSize: 3, hiddenSize: 4, bidirectional: true).derivation(.zeros(2, 1, 3)) {
                $0.sum()
            }
        }
        expectMessage(layers, "MGU(3, 4, bidirectional=True).derivation: follows one layer in one direction; got 2 of them")
        let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTM(inputSize: 3, hiddenSize: 4).derivation(.zeros(2, 5, 3)) { $0.sum() }
        }
        expectMessage(batch, "LSTM(3, 4).derivation: follows one sequence, N = 1; got 5 in (2, 5, 3)", "input[.all, 0..<1]")
        let loss = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 3, hiddenSize: 4).derivation(.zeros(2, 1, 3)) { $0 }
        }
        expectMessage(loss, "GRU(3, 4).derivation: the loss must be one number; got shape (2, 1, 4)")
    }

    @Test("a quantity, a state or a step that the derivation does not have")
    func places() async {
        let quantity = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = CustomCell(CustomCellTests.mgu, inputSize: 3, hiddenSize: 4).derivation(.zeros(2, 1, 3)) { $0.sum() }.steps[0]["c"]
        }
        expectMessage(quantity, "the quantity must be one of a^f, a^n, f, h, n; got “c”")
        let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 3, hiddenSize: 4).derivation(.zeros(2, 1, 3)) { $0.sum() }.jacobian("z", of: 1, by: 0)
        }
        expectMessage(state, "the state must be one of h; got “z”")
        let step = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 3, hiddenSize: 4).derivation(.zeros(2, 1, 3)) { $0.sum() }.jacobian(of: 0, by: 1)
        }
        expectMessage(step, "needs steps 0 ≤ k ≤ t < 2; got t = 0, k = 1")
        let labels = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2).derivation(.zeros(2, 2), labels: [0, 2])
        }
        expectMessage(labels, "the label of step 1 must be a class in 0..<2; got 2")
    }
}
