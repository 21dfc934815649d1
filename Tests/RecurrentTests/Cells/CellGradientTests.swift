import Recurrent
import Samples
import Testing

/// A cell of the kinds that no layer is written for by hand.
struct SampleCell: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let equations: String
    var output: String?
    var shared: [String] = []
    var sizes: [String: Int] = [:]

    init(_ name: String, _ equations: String, output: String? = nil, shared: [String] = [], sizes: [String: Int] = [:]) {
        testDescription = name
        (self.equations, self.output, self.shared, self.sizes) = (equations, output, shared, sizes)
    }

    func layer(_ draws: Draws, numLayers: Int = 1, bidirectional: Bool = false) throws -> CustomCell {
        let definition = CellDefinition(testDescription, equations, output: output, shared: shared)
        let layer = CustomCell(
            definition, inputSize: 2, hiddenSize: 3, sizes: sizes, numLayers: numLayers, bidirectional: bidirectional)
        try layer.load(draws.values(for: layer.parameters))
        return layer
    }

    /// A state as large as the input cannot have one size in several layers.
    static let stackable = all.filter { !$0.equations.contains("v_t = x_t") }

    static let all: [SampleCell] = [
        SampleCell(
            "minimal gated unit",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
            h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
            """),
        SampleCell(
            "coupled gates",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            i_t = 1 - f_t
            g_t = tanh(W_g x_t + U_g h_{t-1} + b_g)
            c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
            o_t = σ(W_o x_t + U_o h_{t-1} + p ⊙ c_t + b_o)
            h_t = o_t ⊙ tanh(c_t)
            """),
        SampleCell(
            "exponential gates and a quotient",
            """
            i_t = e^{W_i x_t + U_i h_{t-1} + b_i}
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            c_t = f_t ⊙ c_{t-1} + i_t ⊙ tanh(W_z x_t + U_z h_{t-1})
            n_t = f_t ⊙ n_{t-1}² + i_t
            h_t = c_t / (1 + n_t)
            """),
        SampleCell("nested functions", "h_t = tanh(W σ(U x_t + V h_{t-1} + b) + relu(0.5 h_{t-1} + p ⊙ tanh(q ⊙ h_{t-1} - 1)))"),
        SampleCell(
            "coefficients and powers",
            """
            m_t = 2 (W_m x_t + b)³ - 0.25 tanh²(U h_{t-1} - m_{t-1}) ⊙ m_{t-1}
            h_t = 0.5 h_{t-1} + 3 m_t² ⊙ m_t / 4 - m_{t-1} ⊙ (2 - m_t) ⊙ h_{t-1}
            """),
        SampleCell(
            "roots and logarithms",
            """
            m_t = sqrt(1 + m_{t-1}²) ⊙ sigmoid(W x_t)
            h_t = log(1 + e^{-m_t} + (U h_{t-1})²) - 1 / sqrt(2 + m_t ⊙ m_t) + 3 / 4
            """),
        SampleCell(
            "states of several sizes",
            """
            m_t = tanh(W_m x_t + U_m m_{t-1} + V_m h_{t-1} + b_m)
            s_t = 0.5 s_{t-1} + A x_t
            h_t = σ(V m_t + U h_{t-1} + B s_{t-1})
            """, sizes: ["m": 5, "s": 2]),
        SampleCell(
            "matrices behind one another",
            """
            h_t = tanh(W (U x_t) + V (R (0.5 h_{t-1})) + Q (P (r_{t-1} ⊙ h_{t-1})) + b)
            r_t = σ(A B h_t)
            """),
        SampleCell(
            "a state that is read but not given out",
            """
            v_t = x_t
            m_t = V m_{t-1} + W v_{t-1} - U v_t
            y_t = relu(C m_t + d)
            """, output: "y", sizes: ["m": 4]),
        SampleCell(
            "an output that is no state",
            """
            h_t = relu(W h_{t-1} + U x_t + b)
            o_t = V h_t + c
            """, output: "o", sizes: ["h": 4]),
        SampleCell(
            "one parameter in two places",
            """
            z_t = σ(W x_t + U h_{t-1} + b)
            h_t = z_t ⊙ tanh(W x_t + b) - U (V h_{t-1}) + b ⊙ h_{t-1}
            """, shared: ["W", "U", "b"]),
        SampleCell(
            "a matrix that multiplies a parameter",
            """
            g_t = σ(p)
            l_t = b
            h_t = g_t ⊙ h_{t-1} + (1 - g_t) ⊙ tanh(W x_t + U l_t - A p + V (2 p))
            """, shared: ["p"]),
        SampleCell(
            "functions of names",
            """
            c_t = tanh(c_{t-1}) ⊙ σ(W x_t) + c_{t-1} ⊙ c_{t-1} - c_{t-1}
            a_t = exp(c_{t-1})
            h_t = relu(c_t) - V relu(x_t) ⊙ a_t
            """),
        SampleCell("matrices taken away", "h_t = tanh(b - W x_t - U h_{t-1} - (V h_{t-1} - p))"),
    ]
}

@Suite("All ways to a cell's gradients agree")
struct CellGradientTests {
    /// (1, 1, size) each, under the states' names.
    func initialStates(of layer: CustomCell, _ x: Tensor, _ draws: Draws) -> CustomCell.States {
        CustomCell.States(layer(x).states.map { ($0.name, draws.variable($0.tensor.shape)) })
    }

    /// The derivation's gradients must be those of `backward()`, which has run, of the tape and of central differences.
    func expectAgreement(
        _ derivation: CellDerivation, _ x: Tensor, _ states: [Tensor], _ gradients: (String) -> Tensor,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let found =
            [("input", stacked(derivation.steps.map { $0.inputGradient }))]
            + derivation.initialGradients.map { ("initial " + $0.name, $0.tensor) } + Array(derivation.gradients)
        let check = derivation.check()
        #expect(check.rows.map { $0.name } == found.map { $0.0 }, sourceLocation: sourceLocation)
        for ((name, gradient), row) in zip(found, check.rows) {
            let scale = max(1, gradient.values.map { abs($0) }.max() ?? 1)
            #expect(row.differenceToTape < 1e-12 * scale, "\(name)", sourceLocation: sourceLocation)
            #expect(row.differenceToCentralDifferences < 1e-7 * scale, "\(name)", sourceLocation: sourceLocation)
        }
        func expectSame(_ a: Tensor, _ b: Tensor?, _ name: String) {
            let scale = max(1, a.values.map { abs($0) }.max() ?? 1)
            expectClose(b?.reshaped(a.shape), a, within: 1e-12 * scale, "\(name)", sourceLocation: sourceLocation)
        }
        expectSame(found[0].1, x.gradient, "input")
        for (gradient, state) in zip(derivation.initialGradients, states) {
            expectSame(gradient.tensor, state.gradient, gradient.name)
        }
        for (name, gradient) in derivation.gradients { expectSame(gradient, gradients(name), name) }
    }

    @Test("backward() of the layer, the derivation, the tape and central differences", arguments: SampleCell.all, 0..<4)
    func sample(cell: SampleCell, seed: Int) throws {
        let draws = Draws(seed: seed)
        let layer = try cell.layer(draws)
        let x = draws.variable([draws.int(1...4), 1, 2])
        let states = initialStates(of: layer, x, draws)
        let (output, _) = layer(x, states)
        let weight = draws.tensor(output.shape)
        func loss(_ output: Tensor) -> Tensor { (weight * output * output).sum() }
        let value = loss(output)
        value.backward()
        let derivation = layer.derivation(x, states, loss: loss)
        #expect(derivation.loss == value.item)
        expectAgreement(derivation, x, states.tensors) { layer.parameters[$0].gradient! }
    }

    @Test("through final states, batches, two layers and both directions: central differences", arguments: SampleCell.stackable)
    func stacks(cell: SampleCell) throws {
        let draws = Draws(seed: 11)
        let layer = try cell.layer(draws, numLayers: 2, bidirectional: true)
        try layer.load(draws.values(for: layer.parameters).mapValues { 0.25 * $0 })
        let (x, lengths) = (draws.variable([3, 2, 2]), [3, 2])
        let states = initialStates(of: layer, x, draws)
        let weights = layer(x).states.tensors.map { draws.tensor($0.shape) }
        func loss(_ x: Tensor, _ states: [Tensor]) -> Tensor {
            let named = CustomCell.States(zip(layer.definition.stateNames, states).map { ($0, $1) })
            let (output, finals) = layer(x, named, lengths: lengths)
            return zip(weights, finals.tensors).reduce((output * output).sum()) { $0 + ($1.0 * $1.1).sum() }
        }
        loss(x, states.tensors).backward()
        expectCentralDifferences(x, "input") { loss($0, states.tensors).item }
        for (index, state) in states.enumerated() {
            expectCentralDifferences(state.tensor, "initial \(state.name)") { shifted in
                var tensors = states.tensors
                tensors[index] = shifted
                return loss(x, tensors).item
            }
        }
        for (name, parameter) in layer.parameters {
            let original = parameter.detached()
            expectCentralDifferences(parameter, "\(name)") { shifted in
                parameter[.all] = shifted
                defer { parameter[.all] = original }
                return loss(x, states.tensors).item
            }
        }
    }

    // MARK: The layers written by hand

    /// The layer's own backward pass, its derivation, and both of a layer made of its equations.
    func expectFiveWays<Layer: RecurrentLayer>(
        _ layer: Layer, gates: [String], seed: Int, _ states: ([Tensor]) -> Layer.States, run: (Tensor, Layer.States) -> Tensor
    ) throws {
        let draws = Draws(seed: seed)
        try layer.load(draws.values(for: layer.parameters))
        let custom = try CustomCell(like: layer, gates: gates)
        let x = draws.variable([4, 1, layer.inputSize])
        let initial = layer.definition.stateNames.map { _ in draws.variable([1, 1, layer.hiddenSize]) }
        let weight = draws.tensor([4, 1, layer.hiddenSize])
        func loss(_ output: Tensor) -> Tensor { (weight * output * output).sum() }
        loss(run(x, states(initial))).backward()
        expectAgreement(layer.derivation(x, states(initial), loss: loss), x, initial) { layer.parameters[$0].gradient! }

        let blocks = EquationWeights(gates: gates, areSeveral: false).blocks(
            layer.parameters.map { ($0.name, $0.tensor.gradient!) })
        let named = CustomCell.States(zip(layer.definition.stateNames, initial).map { ($0, $1) })
        expectAgreement(custom.derivation(x, named, loss: loss), x, initial) { blocks[$0]! }
    }

    @Test("RNN: five ways", arguments: 0..<8)
    func rnn(seed: Int) throws {
        let rnn = RNN(inputSize: 2, hiddenSize: 3, nonlinearity: seed % 2 == 0 ? .tanh : .relu, bias: seed % 4 < 2)
        try expectFiveWays(rnn, gates: ["h"], seed: seed) {
            $0[0]
        } run: {
            rnn($0, $1).output
        }
    }

    @Test("LSTM: five ways", arguments: 0..<8)
    func lstm(seed: Int) throws {
        let lstm = LSTM(inputSize: 2, hiddenSize: 3, bias: seed % 4 < 2, peepholes: seed % 2 == 1)
        try expectFiveWays(lstm, gates: ["i", "f", "g", "o"], seed: seed) {
            ($0[0], $0[1])
        } run: {
            lstm($0, $1).output
        }
    }

    @Test("GRU: five ways", arguments: 0..<8)
    func gru(seed: Int) throws {
        let gru = GRU(
            inputSize: 2, hiddenSize: 3, bias: seed < 4, resetAfter: seed % 2 == 0,
            updateGate: seed % 4 < 2 ? .keepsPrevious : .takesCandidate
        )
        try expectFiveWays(gru, gates: ["r", "z", "n"], seed: seed) {
            $0[0]
        } run: {
            gru($0, $1).output
        }
    }

    // MARK: The highway

    @Test("no function lies on the highway: a state that comes back through tanh only is not on it")
    func highwayPastFunctions() throws {
        let draws = Draws(seed: 12)
        let layer = try SampleCell(
            "",
            """
            f_t = σ(W x_t)
            c_t = f_t ⊙ tanh(c_{t-1}) + 0.5 c_{t-1}
            m_t = f_t ⊙ tanh(m_{t-1})
            h_t = c_t ⊙ m_t
            """
        ).layer(draws)
        let derivation = layer.derivation(draws.tensor([4, 1, 2])) { $0.sum() }
        expectClose(derivation.highwayJacobian("c", of: 3, by: 0).highway, .filled([3], with: 0.125), within: 1e-15)
        #expect(derivation.highwayState == "c")
        #expect(derivation.highwayJacobian("m", of: 3, by: 0).highway.values == [0, 0, 0])
        // Without gates or functions everything is highway: what the loss gives c_t is ∂h_t/∂c_t = m_t.
        var expected = Tensor.zeros(3)
        for step in derivation.steps.reversed() {
            expected = step["m"] + 0.5 * expected
            expectClose(step.gradientAlongHighway(of: "c"), expected, within: 1e-15)
        }
    }

    @Test("what a cell's derivation follows as its highway is a state that reaches itself past no function")
    func highwayState() throws {
        let cells: [(equations: String, state: String?)] = [
            ("h_t = tanh(W x_t + U h_{t-1})", nil),
            ("c_t = σ(W x_t) ⊙ tanh(c_{t-1})\nh_t = c_t", nil),
            ("c_t = σ(W x_t) ⊙ c_{t-1}\nh_t = tanh(c_t)", "c"),
            ("z_t = σ(W x_t)\nh_t = (1 - z_t) ⊙ h_{t-1} + z_t ⊙ tanh(V x_t)", "h"),
        ]
        for cell in cells {
            let draws = Draws(seed: 14)
            let layer = try SampleCell("", cell.equations).layer(draws)
            let derivation = layer.derivation(draws.tensor([2, 1, 2])) { $0.sum() }
            #expect(derivation.highwayState == cell.state, "\(cell.equations)")
        }
    }

    @Test("a highway that goes through another quantity ends where that one's function begins")
    func highwayThroughQuantities() throws {
        let draws = Draws(seed: 13)
        let layer = try SampleCell(
            "",
            """
            k_t = c_{t-1}
            u_t = σ(W x_t) ⊙ k_t
            c_t = u_t + tanh(k_t) + V x_t
            h_t = c_t
            """
        ).layer(draws)
        let x = draws.tensor([3, 1, 2])
        let derivation = layer.derivation(x) { $0[-1].sum() }
        let open = (0..<3).map { sigmoid(matmul(layer.parameters["W"], x[$0, 0])) }
        let jacobian = derivation.highwayJacobian("c", of: 2, by: 0)
        expectClose(jacobian.highway, open[1] * open[2], within: 1e-15)
        let slopes = derivation.steps.map { 1 - tanh($0["k"]) * tanh($0["k"]) }
        let whole = (open[1] + slopes[1]) * (open[2] + slopes[2])
        expectClose(Tensor((0..<3).map { jacobian.total[$0, $0].item }), whole, within: 1e-14)
    }
}
