import Drawing
import Exhibits
import Recurrent

/// Draws at least one exhibit of each kind, in both languages: here, and as WebAssembly elsewhere.
func drawEveryKind(_ report: (_ name: String, _ markup: String) -> Void) {
    for (language, words) in [("en", ExhibitVocabulary.english), ("zh", .chinese)] {
        for (index, exhibit) in everyKind().enumerated() {
            report("\(language) \(index) \(exhibit.kind)", exhibit.html(ExhibitStyle(words: words)).markup)
        }
    }
}

/// At least one exhibit of each kind, with odd numbers among them.
func everyKind() -> [Exhibit] {
    let numbers: [Double] = [
        0.5, -1, 1.25e-9, 2, -0.125, 123456.789, .nan, -.infinity, 0.1, 1e22, .leastNonzeroMagnitude, -0.00012344999,
    ]
    let input = Tensor.randn(5, 2, 2)
    let lstm = LSTM(inputSize: 2, hiddenSize: 3, numLayers: 2, bidirectional: true)
    let mgu = CustomCell(
        CellDefinition(
            "MGU",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            ñ_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + β_Α)
            h_t = (1 - f_t) ⊙ h_{t-1} + \\frac{f_t ⊙ ñ_t}{\\sqrt{1 + ñ_t^2}}
            """), inputSize: 2, hiddenSize: 3)
    let (output, (hn, _)) = lstm(input)
    let trace = lstm.trace(input)
    let own = mgu.trace(input)
    let attended = attention(Tensor.randn(1, 4, 6))
    let place = TracePlace(step: 2, sequence: 1, unit: 1)
    return [
        Exhibit(TensorExhibit(name: "numbers", shape: [2, 3, 2], values: numbers)),
        Exhibit(TensorExhibit(name: "", shape: [], values: [0.1 + 0.2])),
        Exhibit(TensorExhibit(name: "ŷ", shape: [2, 1], values: [0.5, 1], rows: ["t = 1", "t = 2"])),
        Exhibit(TensorExhibit(name: "long", shape: [40, 30], values: (0..<1200).map { Double($0) })),
        Exhibit(ShapesExhibit(rows: [.init(name: "output", shape: Array(output.shape))])),
        Exhibit(shapes(lstm, input, output, hn)),
        Exhibit(
            ParametersExhibit(
                layer: lstm.description, rows: [.init(name: "weight_ih_l0", shape: [12, 2], count: 24, formula: #"4H \cdot d"#)],
                total: 24, formula: #"4H \cdot d"#, sizes: [.init(.features, 2), .init(.unitsOfDirections, 6)])),
        Exhibit(EquationsExhibit(name: "MGU", equations: mgu.definition.tex)),
        Exhibit(GatesExhibit(trace)),
        Exhibit(GatesExhibit(own)),
        Exhibit(worked(own, place)),
        Exhibit(derivation(mgu, Tensor.randn(4, 1, 2))),
        Exhibit(attended),
        Exhibit(cell(trace, place)),
        Exhibit(cell(own, place)),
        Exhibit(CellExhibit(name: "GRU", diagram: GRU.definition().diagram)),
        Exhibit(NetworkExhibit.manyToMany(steps: 20, layers: 2, bidirectional: true)),
        Exhibit(NetworkExhibit.encoderDecoder(inputs: 3, outputs: 2, cell: "GRU")),
        Exhibit(lines(.linear)),
        Exhibit(lines(.logarithmic)),
        Exhibit(cutLines),
        Exhibit(
            ScatterExhibit(
                series: [
                    .init(name: "A", x: [1, 2, .nan], y: [2, 5, 0]),
                    .init(name: "B", x: (0..<1500).map { Double($0 % 90) }, y: (0..<1500).map { Double($0 * 37 % 101) }),
                ],
                x: .init(label: "height", upper: 80), y: .init(label: ""), title: "Two kinds", size: .wide)),
        Exhibit(
            HistogramExhibit(
                [("before", numbers), ("", [0.1, 0.3, 0.35, 2])], bins: 4, within: ChartAxis(label: "w", upper: 2), size: .tall)),
        Exhibit(
            TableExhibit(
                title: "Epochs",
                columns: [.init(name: "loss", numbers: numbers), .init(name: "word", words: numbers.map { "\($0)" })])),
        Exhibit(
            BarsExhibit(
                bars: [.init(name: "RNN", value: 78), .init(name: "GRU", value: -234.5), .init(name: "?", value: .nan)], label: "n")
        ),
        Exhibit(
            HeatmapExhibit(
                rows: ["je", "suis"], columns: ["I", "am", "<here>"], values: [[0.25, -0.75, 1.0 / 3], [0, .infinity, 1e-7]],
                rowTitle: "query", title: "Weights")),
        Exhibit(
            HeatmapsExhibit(
                title: "Two",
                maps: ["a", "b"].map { .init(rows: ["0"], columns: ["x", "x"], values: [[0.5, -0.25]], title: $0) })),
        Exhibit(ClaimExhibit(text: "a & b", holds: true, line: 1, column: 2, difference: 1e-17, tolerance: 1e-12)),
    ] + claims.map { Exhibit($0) }
}

private let claims: [ClaimExhibit] = {
    let sides = [
        ("-12345678901234", "1"), ("0.30000000000000004", "-1.2345e-07"), ("inf", "nan"), ("\"text\"", "[1, 2]"), ("1.50", "1e5"),
    ]
    return sides.flatMap { value, claimed in
        [true, false].map { holds in
            ClaimExhibit(
                text: "x", holds: holds, line: 1, column: 1,
                comparison: .init(holds ? .atLeast : .less, value: value, place: [1, 0], claimed: claimed))
        }
    }
}()

private func lines(_ scale: AxisScale) -> LinesExhibit {
    LinesExhibit(
        series: [
            .init(name: "loss", x: [1, 2, 3, 4, 5], y: [0.7, 0.02, 0, 1e-5, 0.003]),
            .init(
                name: "a name that is too long", x: (0..<1500).map { Double($0) }, y: (0..<1500).map { Double($0 * 37 % 101) + 0.5 }
            ),
        ],
        x: .init(label: "epoch"), y: .init(label: "", scale: scale))
}

/// Lines that lead out of the chart, with bands.
private let cutLines = LinesExhibit(
    series: [
        .init(
            name: "loss", x: [0, 1, 2, 3], y: [3, -1, 0.5, 9],
            band: .init(lower: [2, -2, 0, 1], upper: [4, 0, 1, .infinity])),
        .init(name: "other", x: [0, 9], y: [1e300, -1e300]),
    ],
    x: .init(label: "epoch", lower: 0.5), y: .init(label: "", lower: 0, upper: 2), title: "Cut", size: .tall)

private func shapes(_ lstm: LSTM, _ input: Tensor, _ output: Tensor, _ hn: Tensor) -> ShapesExhibit {
    expect { () throws(ShowMisuse) in try ShapesExhibit(lstm, input: input, initial: [], output: output, final: [("h", hn)]) }
}

private func worked(_ trace: RecurrentTrace<CustomCell>, _ place: TracePlace) -> WorkedExhibit {
    expect { () throws(ShowMisuse) in try WorkedExhibit(trace, at: place) }
}

private func cell(_ trace: RecurrentTrace<some RecurrentLayer>, _ place: TracePlace) -> CellExhibit {
    expect { () throws(ShowMisuse) in try CellExhibit(trace, at: place) }
}

private func derivation(_ layer: CustomCell, _ input: Tensor) -> DerivationExhibit {
    expect { () throws(ShowMisuse) in try DerivationExhibit(layer.derivation(input) { $0.sum() }) }
}

private func attention(_ memory: Tensor) -> AttentionExhibit {
    expect { () throws(ShowMisuse) in
        try AttentionExhibit(DotProductAttention().trace(memory, memory, memory), queries: nil, keys: nil, query: 1)
    }
}

/// What these exhibits need is there.
private func expect<Value>(_ value: () throws(ShowMisuse) -> Value) -> Value {
    do { return try value() } catch { fatalError(error.description) }
}
