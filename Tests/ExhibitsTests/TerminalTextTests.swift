import Exhibits
import Recurrent
import Testing

@Suite("Exhibits in the terminal")
struct TerminalTextTests {
    private func text(_ content: some ExhibitContent) -> String { Exhibit(content).text }

    @Test("a network says whether it reads both ways")
    func networks() {
        #expect(text(NetworkExhibit.manyToMany(steps: 3)) == "RNN manyToMany: 3 → 3, layers: 1")
        #expect(
            text(NetworkExhibit.manyToOne(steps: 3, layers: 2, bidirectional: true, cell: "GRU"))
                == "GRU manyToOne: 3 → 1, layers: 2, bidirectional")
    }

    @Test("gates say which direction they are of")
    func gates() {
        let step = GatesExhibit.Step(quantities: [.init(name: "h", symbol: "h", values: [[1, 2]])])
        let tracks = [false, true].map { GatesExhibit.Track(layer: 0, isReverse: $0, steps: [step]) }
        #expect(
            text(GatesExhibit(layer: "RNN", equations: [], tracks: tracks)) == """
                RNN layer 0
                  h_0 = tensor([[1., 2.]])
                RNN layer 0, reverse
                  h_0 = tensor([[1., 2.]])
                """)
    }

    @Test("a worked step and a cell's values say of which direction and sequence they are")
    func places() {
        func titles(isReverse: Bool, sequence: Int) -> [String] {
            let worked = WorkedExhibit(
                layerName: "RNN", layer: 0, isReverse: isReverse, step: 2, sequence: sequence, unit: 1, equations: [])
            let place = CellExhibit.Place(layer: 0, isReverse: isReverse, step: 2, sequence: sequence, unit: 1, input: [1])
            return [text(worked), text(CellExhibit(name: "RNN", diagram: RNN.definition().diagram, place: place))]
        }
        for (isReverse, sequence, title) in [
            (false, 0, "RNN layer 0, step 2, unit 1"), (true, 0, "RNN layer 0, reverse, step 2, unit 1"),
            (false, 3, "RNN layer 0, step 2, unit 1, sequence 3"),
        ] {
            #expect(titles(isReverse: isReverse, sequence: sequence) == [title, title + ": input [1.0]"])
        }
    }

    @Test("the worked query's weights stand beside its scores")
    func attention() {
        let exhibit = AttentionExhibit(
            queries: ["a", "b"], keys: ["k", "l"], weights: [[0.5, 0.5], [0.25, 0.75]], query: 1, scores: [3, 4],
            exponentials: [1, 1], values: [[8], [4]], output: [5])
        #expect(
            text(exhibit) == """
                a: [0.5, 0.5]
                b: [0.25, 0.75]
                b = [5.0]
                  k: score 3.0, weight 0.25
                  l: score 4.0, weight 0.75
                """)
    }

    @Test("shapes stand one below the other, however long the names are")
    func shapes() {
        let rows = [("x", [3, 5]), ("output", [3, 6])].map { ShapesExhibit.Row(name: $0, shape: $1) }
        #expect(text(ShapesExhibit(rows: rows)) == "x       (3, 5)\noutput  (3, 6)")
    }

    @Test("powers, roots and fractions are plain characters")
    func equations() {
        let equations = [#"y_t = x_t^2 + x_t^3"#, #"h_t = \sqrt{1 + y_t} \odot h_{t-1} + \frac{1}{y_t}"#]
        #expect(
            text(EquationsExhibit(name: "Cube", equations: equations)) == """
                Cube
                  y_t = x_t² + x_t³
                  h_t = √(1 + y_t) ⊙ hₜ₋₁ + 1/y_t
                """)
    }
}
