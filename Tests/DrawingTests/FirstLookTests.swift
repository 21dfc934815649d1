import Drawing
import Exhibits
import Recurrent
import Samples
import Testing

@Suite("The sentence that opens an exhibit")
struct FirstLookTests {
    private func sentence(_ exhibit: some Drawable, words: ExhibitVocabulary = .english) -> String? {
        Drawn.html(exhibit, words: words).elements(.p, class: "way-in").first?.text
    }

    @Test("a large tensor's tells the largest and the smallest number and where each stands", arguments: 0..<20)
    func tensor(seed: UInt64) throws {
        let tensor = Generator.$current.withValue(Generator(seed: seed)) { Tensor.randn(2, 3, 4) }
        let told = try #require(sentence(TensorExhibit(name: "t", shape: [2, 3, 4], values: tensor.values)))
        func place(_ value: Double) -> String? {
            for i in 0..<2 { for j in 0..<3 { for k in 0..<4 where tensor[i, j, k].item == value { return "[\(i), \(j), \(k)]" } } }
            return nil
        }
        let (least, greatest) = (tensor.values.min()!, tensor.values.max()!)
        let number = { (value: Double) in NumberFormat.brief.format(value).plainText }
        #expect(
            told
                == "The largest value is \(number(greatest)): \(place(greatest)!). The smallest is \(number(least)): \(place(least)!)."
        )
    }

    @Test("a small tensor needs none; of equal numbers and of what is no number is said what is true")
    func otherTensors() {
        func told(_ values: [Double]) -> String? { sentence(TensorExhibit(name: "t", shape: [values.count], values: values)) }
        #expect(told(Array(repeating: 1, count: 20)) == nil)
        #expect(told(Array(repeating: 0.5, count: 30)) == "All 30 numbers are 0.5.")
        #expect(
            told([.nan] + Array(repeating: 0.5, count: 23) + [2])
                == "The largest value is 2: [24]. The smallest, 0.5, stands in 23, first at [1]. One value is no finite number.")
    }

    @Test("of parameters the largest is told, or how many are")
    func parameters() {
        func told(_ counts: [Int]) -> String? {
            let rows = zip(0..., counts).map { ParametersExhibit.Row(name: "w\($0)", shape: [$1], count: $1) }
            return sentence(ParametersExhibit(layer: "N", rows: rows, total: counts.reduce(0, +)))
        }
        #expect(told([120, 144, 24, 24]) == "w1 is the largest: 144 of all 312 numbers.")
        #expect(told([9, 9, 3]) == "2 parameters are the largest, with 9 of all 21 numbers each.")
        #expect(told([9]) == nil && told([]) == nil)
    }

    @Test("of equations is told how many read the input, and how many the step before")
    func equations() {
        let told = { (definition: CellDefinition) in self.sentence(EquationsExhibit(name: "N", equations: definition.tex)) }
        // The four gates read both, c_t reads c_{t−1}, h_t neither.
        #expect(told(LSTM.definition) == "Of 6 equations 4 read the input, 5 what the step before left.")
        #expect(told(RNN.definition()) == "Of 1 equation 1 reads the input, 1 what the step before left.")
        #expect(told(GRU.definition()) == "Of 4 equations 3 read the input, 4 what the step before left.")
    }

    @Test("a cell's tells its strongest and its weakest wire")
    func cell() throws {
        let values = [("f", 0.5), ("previous-c", -2.0), ("h", 0.125), ("f_t ⊙ c_{t-1}", -1)].map {
            CellExhibit.Value(symbol: $0, value: $1)
        }
        let place = CellExhibit.Place(layer: 0, isReverse: false, step: 1, sequence: 0, unit: 0, input: [1])
        let cell = CellExhibit(name: "LSTM", diagram: LSTM.definition.diagram, place: place, values: values)
        #expect(
            sentence(cell)
                == "Apart from the input, the number of greatest size on a wire is cₜ₋₁, −2.000; that of least size is h, 0.1250.")
    }

    @Test("without values a cell's tells what a state must pass on its way, those first that pass no function")
    func roads() throws {
        func told(_ definition: CellDefinition, _ words: ExhibitVocabulary = .english) -> String? {
            sentence(CellExhibit(name: "N", diagram: definition.diagram), words: words)
        }
        let cell = "The way from cₜ₋₁ to cₜ can pass ×, + alone, past every function; that from hₜ₋₁ to hₜ passes at least σ."
        #expect(told(LSTM.definition) == cell && told(LSTM.definition(peepholes: true)) == cell)
        #expect(told(RNN.definition()) == "The way from hₜ₋₁ to hₜ passes at least tanh.")
        #expect(told(GRU.definition()) == "The way from hₜ₋₁ to hₜ can pass ×, + alone, past every function.")
        #expect(told(GRU.definition(), .chinese) == "从 hₜ₋₁ 到 hₜ 可只经过 ×、+，避开所有函数。")
        #expect(told(LSTM.definition(projection: true))?.hasSuffix("that from hₜ₋₁ to hₜ passes at least σ, W ·.") == true)
        #expect(told(CellDefinition("N", "s_t = s_{t-1}\nh_t = tanh(W x_t + s_t)"))?.contains("passes nothing") == true)
        #expect(told(CellDefinition("N", "h_t = tanh(W x_t)")) == nil)
    }

    @Test("of an attention's derivation is told which place adds most to the query's gradient", arguments: 0..<6)
    func attentionDerivation(seed: UInt64) throws {
        let derivation = Generator.$current.withValue(Generator(seed: seed)) {
            DotProductAttention().derivation(.randn(1, 3), .randn(4, 3), .randn(4, 2)) { ($0 * $0).sum() }
        }
        let sizes = derivation.places.map { $0.queryContribution.values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        let largest = try #require(sizes.max()), place = try #require(sizes.firstIndex(of: largest))
        let size = NumberFormat.short.format(largest).plainText
        #expect(
            sentence(DerivationExhibit(derivation))
                == "Look first at j\u{A0}=\u{A0}\(place + 1): of all 4 places it adds most to ∂ℒ/∂query, \(size) in size.")
    }

    @Test("a worked step's tells what the last equation comes to, a layer's shapes what goes in and comes out")
    func workedAndShapes() throws {
        let trace = Generator.$current.withValue(Generator(seed: 2)) { LSTM(inputSize: 2, hiddenSize: 2).trace(.randn(3, 1, 2)) }
        let worked = try WorkedExhibit(trace, at: TracePlace(step: 2, unit: 1))
        let h = NumberFormat.brief.format(trace.steps[2].hiddenState[0, 1].item).plainText
        #expect(sentence(worked) == "Read downwards, equation by equation: unit 1 comes to h = \(h).")
        let rnn = RNN(inputSize: 2, hiddenSize: 3), x = Tensor.zeros(4, 1, 2)
        let (output, hn) = rnn(x)
        let shapes = try ShapesExhibit(rnn, input: x, initial: [("h", nil)], output: output, final: [("h", hn)])
        #expect(sentence(shapes) == "RNN(2, 3) takes input (4, 1, 2) and gives output (4, 1, 3), hn (1, 1, 3).")
    }
}
