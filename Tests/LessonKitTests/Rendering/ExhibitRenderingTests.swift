import Exhibits
import LessonKit
import Testing

@Suite("Exhibits on a page")
struct ExhibitRenderingTests {
    private func tensor(_ shape: [Int], _ values: [Double]) -> String {
        Sample.markup(of: .exhibit(.tensor(TensorExhibit(name: "h<0>", shape: shape, values: values))))
    }

    @Test("a scalar stands in the line of its name")
    func scalar() {
        #expect(tensor([], [0.5]).contains("<code>h&lt;0&gt;</code> = <data value=\"0.5\">0.5</data>"))
    }

    @Test("a matrix has a row for each row, headed by its index")
    func matrix() {
        let markup = tensor([2, 2], [1, 2, 3, 4])
        #expect(markup.contains("<tr><th scope=\"row\">1</th><td><data value=\"3.0\">3</data></td>"))
    }

    @Test("three dimensions and more are titled slices, indexed as in code")
    func slices() {
        let markup = tensor([2, 2, 1, 1], [1, 2, 3, 4])
        #expect(markup.contains("<code>h&lt;0&gt;[1][0]</code>"))
        #expect(markup.components(of: "class=\"slice\"") == 4)
    }

    @Test("a long tensor leaves out its middle and tells its size")
    func elides() {
        let markup = tensor([100, 100], (0..<10_000).map { Double($0) / 7 })
        #expect(markup.contains("10000 elements"))
        #expect(markup.contains("⋮ 84 more"))
        #expect(markup.components(of: "<data") == 160)
    }

    @Test("a tensor without elements says so, and one whose values do not fit its shape is not taken apart")
    func oddTensors() {
        #expect(tensor([0, 3], []).contains("no elements"))
        #expect(!tensor([2, 3], [1]).contains("<table"))
    }

    @Test("a column with a power of ten leaves room for it in every row")
    func powers() {
        let markup = tensor([2, 2], [1e-9, 0.5, 0.25, 0.5])
        #expect(markup.contains("<td class=\"powers\"><data value=\"0.25\">"))
        #expect(markup.contains("<td><data value=\"0.5\""))
    }

    @Test("a shape is written as PyTorch writes it")
    func shapes() {
        let markup = Sample.markup(of: .exhibit(.shapes(ShapesExhibit(rows: [.init(name: "input", shape: [1, 3, 5])]))))
        #expect(markup.contains("<th scope=\"row\"><code>input</code></th><td class=\"shape\">(1, 3, 5)</td>"))
    }

    @Test("a claim tells its outcome in words, with the difference found and allowed")
    func claims() {
        let claim = ClaimExhibit(text: "a = b", holds: false, line: 3, column: 1, difference: 0.5, tolerance: 1e-12)
        let markup = Sample.markup(of: .exhibit(.claim(claim)))
        #expect(markup.contains("✗ does not hold"))
        #expect(markup.contains("largest difference <data value=\"0.5\">0.5</data>, allowed <data value=\"1e-12\""))
    }

    // MARK: Gates

    /// - Returns: A gates exhibit whose values tell where they belong: (10 step + unit) / 100.
    private func gates(steps: Int, units: Int, sequences: Int = 1, directions: Int = 1) -> String {
        let tracks = (0..<directions).map { direction in
            GatesExhibit.Track(layer: 0, isReverse: direction == 1, steps: (0..<steps).map { step in
                let values = (0..<sequences).map { _ in (0..<units).map { Double(step * 10 + $0) / 100 } }
                return .init(quantities: [.init(name: "forgetGate", symbol: "f", values: values)])
            })
        }
        return Sample.markup(of: .exhibit(.gates(GatesExhibit(layer: "LSTM", equations: ["f_t"], tracks: tracks))))
    }

    @Test("every step has a group of rows, a row for each unit, its values tinted by size")
    func gateSteps() {
        let markup = gates(steps: 3, units: 2)
        #expect(markup.contains("<th scope=\"rowgroup\" colspan=\"2\">Step 2</th>"))
        #expect(markup.contains("<tr><th scope=\"row\">1</th><td class=\"heat-p2\"><data value=\"0.21\""))
        #expect(markup.components(of: "<data") == 6)
    }

    @Test("each direction and each sequence has a table of its own, the first one open")
    func gateTracks() {
        let markup = gates(steps: 1, units: 1, sequences: 2, directions: 2)
        #expect(markup.components(of: "<table") == 4)
        #expect(markup.components(of: "<details class=\"track\" open") == 1)
        #expect(markup.contains("LSTM, Layer 0, backward, Sequence 1"))
    }

    @Test("200 units over 500 steps are not 100,000 numbers, and no steps are still a table")
    func gateLimits() {
        #expect(gates(steps: 500, units: 200).components(of: "<data") == 24 * 16)
        #expect(gates(steps: 0, units: 1).contains("class=\"exhibit gates\""))
    }
}

extension String {
    /// How often the text occurs.
    fileprivate func components(of text: String) -> Int {
        ranges(of: text).count
    }
}
