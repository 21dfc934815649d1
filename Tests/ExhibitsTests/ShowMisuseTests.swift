import Exhibits
import Recurrent
import Testing

/// What a misuse prints on standard error must hold `message`.
private func expectMessage(
    _ result: ExitTest.Result?, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    let printed = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(printed.contains(message), "\(message) is not in: \(printed)", sourceLocation: sourceLocation)
}

@Suite("What cannot be shown ends the program with what was expected and what came")
struct ShowMisuseTests {
    @Test("shapes that contradict the layer and the input")
    func shapes() async {
        let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
            let input = Tensor.zeros(3, 4, 5)
            let (output, (hn, _)) = lstm(input)
            show(shapes: lstm, input: input, output: output, hn: hn[0..<1])
        }
        expectMessage(
            state,
            "show(shapes:): hn must have shape (2, 4, 6), which LSTM(5, 6, num_layers=2) asks for with an input of "
                + "shape (3, 4, 5); got (1, 4, 6)")
        let output = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let gru = GRU(inputSize: 5, hiddenSize: 6, bidirectional: true)
            show(shapes: gru, input: .zeros(3, 4, 5), output: .zeros(3, 4, 6))
        }
        expectMessage(output, "output must have shape (3, 4, 12), which GRU(5, 6, bidirectional=True) asks for")
        let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let rnn = RNN(inputSize: 5, hiddenSize: 6, batchFirst: true)
            show(shapes: rnn, input: .zeros(3, 4, 4), output: .zeros(3, 4, 6))
        }
        expectMessage(
            input,
            "show(shapes:): input must have shape (N, L, 5) or (L, 5), which RNN(5, 6, batch_first=True) asks for; got (3, 4, 4)")
        let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let gru = GRU(inputSize: 5, hiddenSize: 6)
            show(shapes: gru, input: .zeros(3, 4, 5), c0: .zeros(1, 4, 6), output: .zeros(3, 4, 6))
        }
        expectMessage(unknown, "show(shapes:): c0 is no state of GRU(5, 6); got one of shape (1, 4, 6)")
    }

    @Test("a step past the end of a padded sequence")
    func pastTheEnd() async {
        let worked = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let trace = RNN(inputSize: 1, hiddenSize: 1).trace(.ones(4, 2, 1), lengths: [4, 2])
            show(worked: trace, step: 3, unit: 0, sequence: 1)
        }
        expectMessage(worked, "show(worked:): sequence 1 has 2 steps, so step must be in 0..<2; got 3")
        let diagram = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let trace = LSTM(inputSize: 1, hiddenSize: 1, bidirectional: true).trace(.ones(4, 2, 1), lengths: [1, 4])
            show(diagram: trace, step: 1, reverse: true)
        }
        expectMessage(diagram, "show(diagram:): sequence 0 has 1 step, so step must be in 0..<1; got 1")
    }

    @Test("names for rows or columns that a tensor does not have")
    func tensorNames() async {
        let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(Tensor.zeros(2, 3), "ŷ", rows: ["t = 1"])
        }
        expectMessage(rows, "show(_:_:rows:columns:): needs a name for each row, 2 in all; got 1")
        let columns = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(Tensor.zeros(4, 2, 3), columns: ["a", "b"])
        }
        expectMessage(columns, "show(_:_:rows:columns:): needs a name for each column, 3 in all; got 2")
        let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(Tensor.zeros(3), rows: ["a", "b", "c"])
        }
        expectMessage(vector, "show(_:_:rows:columns:): a tensor of shape (3) has no rows to name")
    }

    @Test("a place that the trace does not have")
    func place() async {
        let step = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(worked: GRU(inputSize: 1, hiddenSize: 1).trace(.ones(4, 2, 1)), step: 4, unit: 0)
        }
        expectMessage(step, "show(worked:): step must be in 0..<4; got 4")
        let layer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(diagram: GRU(inputSize: 1, hiddenSize: 1).trace(.ones(4, 2, 1)), step: 0, reverse: true)
        }
        expectMessage(layer, "show(diagram:): the trace has no layer 0 that reads in reverse; it has 1 track(s)")
    }
}

extension ShowMisuseTests {
    @Test("a number of a derivation that is not there")
    func following() async {
        let name = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(RNN(inputSize: 2, hiddenSize: 3).derivation(.ones(2, 1, 2)) { $0.sum() }, following: ("W_f", 0, 0))
        }
        expectMessage(
            name,
            "show(derivation, following:): needs a parameter, or a quantity with a matrix, of W_ih, b_ih, W_hh, b_hh, h; got W_f")
        let place = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(LSTM(inputSize: 2, hiddenSize: 3).derivation(.ones(2, 1, 2)) { $0.sum() }, following: ("f", 1, 3))
        }
        expectMessage(
            place, "show(derivation, following:): needs a row and a column of W_hf, which has shape (3, 3); got row 1, column 3")
    }
}

extension ShowMisuseTests {
    @Test("names for more steps than a trace has, and units that it has not")
    func gates() async {
        let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(gates: LSTM(inputSize: 1, hiddenSize: 2).trace(.ones(3, 1, 1)), steps: ["天", "安"])
        }
        expectMessage(steps, "show(gates:): needs a name for each step, 3 in all; got 2")
        let unit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(gates: LSTM(inputSize: 1, hiddenSize: 2).trace(.ones(3, 1, 1)), units: [0, 2])
        }
        expectMessage(unit, "show(gates:): each unit must be in 0..<2; got 2")
        let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(gates: LSTM(inputSize: 1, hiddenSize: 2).trace(.ones(3, 1, 1)), units: [1, 1])
        }
        expectMessage(twice, "show(gates:): each unit is named once; got [1, 1]")
        let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(gates: LSTM(inputSize: 1, hiddenSize: 2).trace(.ones(3, 1, 1)), units: [])
        }
        expectMessage(none, "show(gates:): needs at least one unit, or none named for all 2; got []")
    }

    @Test("a band that fits no line")
    func bands() async {
        let name = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(lines: ["loss": [1, 2]], bands: ["los": ([0, 1], [2, 3])])
        }
        expectMessage(name, "show(lines:): bands must name lines, of loss; got \"los\"")
        let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(lines: ["loss": [1, 2]], bands: ["loss": ([0, 1], [2])])
        }
        expectMessage(
            count, "the band of \"loss\" needs two edges with a value at each of the line's 2 points; got 2 and 1")
        let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(lines: ["loss": [1, 2]], bands: ["loss": ([0, 3.5], [2, 3])])
        }
        expectMessage(order, "the band of \"loss\" needs its lower edge first, and nowhere above the upper one; got 3.5 and 3.0")
    }

    @Test("a range in which no axis lies")
    func ranges() async {
        let same = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(lines: ["loss": [1, 2]], yRange: 1...1)
        }
        expectMessage(same, "show(lines:): yRange must have its ends apart; got 1.0...1.0")
        let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(scatter: ["a": [(1, 2)]], xScale: .logarithmic, xRange: 0...)
        }
        expectMessage(zero, "show(scatter:): xRange must lie above zero on a logarithmic axis; got 0.0...")
        let infinite = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(histogram: [1.0], xRange: 0...Double.infinity)
        }
        expectMessage(infinite, "show(histogram:): xRange must end at numbers of at most 1e300; got 0.0...inf")
    }

    @Test("points, bins and columns that are none")
    func data() async {
        let points = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(scatter: ["a": Tensor.zeros(2, 3)])
        }
        expectMessage(points, "show(scatter:): the points \"a\" must have shape (n, 2); got (2, 3)")
        let bins = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(histogram: [1.0], bins: 0)
        }
        expectMessage(bins, "show(histogram:): bins must be in 1...1000; got 0")
        let columns = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            show(table: ["epoch": [1, 2, 3], "loss": [0.5, 0.25]])
        }
        expectMessage(
            columns, "show(table:): the column \"loss\" needs 3 values, as many as \"epoch\" has; got 2")
    }
}
