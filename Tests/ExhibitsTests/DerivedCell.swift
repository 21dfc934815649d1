import Exhibits
import Recurrent
import Samples
import Testing

/// A cell of any kind with a sequence that it read, its derivation, and its parameters in the letters of the equations.
struct DerivedCell {
    let derivation: CellDerivation
    let parameters: [String: Tensor]
    let gradients: [String: Tensor]
    let initial: [String: Tensor]
    let hiddenSize: Int
    /// nil for a network that leaves no trace.
    let worked: ((TracePlace) throws -> WorkedExhibit)?

    static let stepCount = 4
    private static let (inputSize, hiddenSize) = (2, 3)

    /// A layer with random states before the first step; every number of the output counts differently.
    init<Layer: RecurrentLayer>(
        _ layer: Layer, _ draws: Draws, states: (_ initial: [String: Tensor]) -> Layer.States,
        split: (Parameters) -> [String: Tensor]
    ) throws {
        try layer.load(draws.values(for: layer.parameters))
        let input = draws.tensor([Self.stepCount, 1, layer.inputSize])
        let zeros = layer.trace(input)
        initial = Dictionary(
            uniqueKeysWithValues: zip(layer.definition.stateNames, zeros.finalStates).map { ($0, draws.tensor($1.shape)) })
        let weight = draws.tensor(zeros.output.shape)
        derivation = layer.derivation(input, states(initial)) { (weight * $0 * $0).sum() }
        parameters = split(derivation.parameters)
        gradients = split(derivation.gradients)
        let trace = layer.trace(input, states(initial))
        hiddenSize = layer.hiddenSize
        worked = { try WorkedExhibit(trace, at: $0) }
    }

    /// A cell by its equations.
    init(
        _ definition: CellDefinition, seed: Int = 1, inputSize: Int = inputSize, hiddenSize: Int = hiddenSize,
        sizes: [String: Int] = [:]
    ) throws {
        let layer = CustomCell(definition, inputSize: inputSize, hiddenSize: hiddenSize, sizes: sizes)
        try self.init(layer, Draws(seed: seed)) {
            CustomCell.States($0.map { ($0.key, $0.value) })
        } split: {
            Dictionary(uniqueKeysWithValues: $0.map { ($0.name, $0.tensor) })
        }
    }

    private init(elman network: ElmanNetwork, _ draws: Draws) throws {
        try network.load(draws.values(for: network.parameters))
        initial = ["h": draws.tensor([network.hiddenSize])]
        derivation = network.derivation(draws.tensor([Self.stepCount, network.inputSize]), initial["h"], labels: [0, 1, 1, 0])
        parameters = Dictionary(uniqueKeysWithValues: derivation.parameters.map { ($0.name, $0.tensor) })
        gradients = Dictionary(uniqueKeysWithValues: derivation.gradients.map { ($0.name, $0.tensor) })
        hiddenSize = network.hiddenSize
        worked = nil
    }

    /// A layer's weights in the letters of its equations.
    private static func blocks(_ parameters: Parameters, _ gates: [String]) -> [String: Tensor] {
        EquationWeights(gates: gates, areSeveral: false).blocks(Array(parameters))
    }

    // MARK: Of all kinds

    /// One cell, made anew for each test.
    struct Kind: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let make: @Sendable () throws -> DerivedCell

        init(_ name: String, _ make: @escaping @Sendable () throws -> DerivedCell) {
            testDescription = name
            self.make = make
        }
    }

    static let standard: [Kind] =
        [
            rnn("RNN", .tanh, bias: true), rnn("RNN without bias", .tanh, bias: false), rnn("RNN with relu", .relu, bias: true),
            lstm("LSTM", bias: true, peepholes: false), lstm("LSTM without bias", bias: false, peepholes: false),
            lstm("LSTM with peepholes", bias: true, peepholes: true),
            lstm("LSTM with peepholes, without bias", bias: false, peepholes: true),
        ]
        + [true, false].flatMap { bias in
            [true, false].flatMap { resetAfter in
                [GRU.UpdateGate.keepsPrevious, .takesCandidate].map { updateGate in
                    Kind("GRU, bias \(bias), reset after \(resetAfter), \(updateGate)") {
                        let gru = GRU(
                            inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, resetAfter: resetAfter, updateGate: updateGate
                        )
                        return try DerivedCell(gru, Draws(seed: 3)) {
                            $0["h"]!
                        } split: {
                            blocks($0, ["r", "z", "n"])
                        }
                    }
                }
            }
        }

    /// Leaves no trace.
    static let elman = Kind("Elman") {
        try DerivedCell(elman: ElmanNetwork(inputSize: inputSize, hiddenSize: hiddenSize, outputSize: 2), Draws(seed: 4))
    }

    static let all = standard + [elman] + custom

    private static func rnn(_ name: String, _ nonlinearity: RNN.Nonlinearity, bias: Bool) -> Kind {
        Kind(name) {
            let rnn = RNN(inputSize: inputSize, hiddenSize: hiddenSize, nonlinearity: nonlinearity, bias: bias)
            return try DerivedCell(rnn, Draws(seed: 1)) {
                $0["h"]!
            } split: {
                blocks($0, ["h"])
            }
        }
    }

    private static func lstm(_ name: String, bias: Bool, peepholes: Bool) -> Kind {
        Kind(name) {
            let lstm = LSTM(inputSize: inputSize, hiddenSize: hiddenSize, bias: bias, peepholes: peepholes)
            return try DerivedCell(lstm, Draws(seed: 2)) {
                ($0["h"]!, $0["c"]!)
            } split: {
                blocks($0, ["i", "f", "g", "o"])
            }
        }
    }

    static let custom: [Kind] = [
        kind(
            "MGU",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
            h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
            """),
        kind(
            "coupled gates",
            """
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            i_t = 1 - f_t
            \\tilde{c}_t = tanh(W_c x_t + U_c h_{t-1} + b_c)
            o_t = σ(W_o x_t + U_o h_{t-1} + b_o)
            c_t = f_t ⊙ c_{t-1} + i_t ⊙ \\tilde{c}_t
            h_t = o_t ⊙ tanh(c_t)
            """),
        kind(
            "exp and division",
            """
            i_t = e^{W_i x_t + U_i h_{t-1} + b_i}
            f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
            c_t = f_t ⊙ c_{t-1} + i_t ⊙ tanh(W_z x_t + U_z h_{t-1})
            n_t = f_t ⊙ n_{t-1}² + i_t
            h_t = c_t / (1 + n_t)
            """),
        kind(
            "nested functions",
            """
            h_t = tanh(W σ(U x_t + V h_{t-1} + b) + relu(0.5 h_{t-1} + p ⊙ tanh(q ⊙ h_{t-1} - 1)))
            """),
        kind(
            "coefficients and powers",
            """
            m_t = 2 (W_m x_t + b)³ - 0.25 tanh²(U h_{t-1} - m_{t-1}) ⊙ m_{t-1}
            h_t = 0.5 h_{t-1} + 3 m_t² ⊙ m_t / 4
            """),
        kind(
            "roots and logarithms",
            """
            m_t = √(1 + m_{t-1}²) ⊙ sigmoid(W x_t)
            h_t = log(1 + e^{-m_t} + (U h_{t-1})²) - 1 / √(2 + m_t ⊙ m_t)
            """),
        kind(
            "states of several sizes",
            """
            m_t = tanh(W_m x_t + U_m m_{t-1} + V_m h_{t-1} + b_m)
            s_t = 0.5 s_{t-1} + A x_t
            h_t = σ(V m_t + U h_{t-1} + B s_{t-1})
            """, sizes: ["m": 5, "s": 2]),
        kind(
            "matrices behind one another",
            "h_t = tanh(W (U x_t) + V (R (0.5 h_{t-1})) + Q (P (r_{t-1} ⊙ h_{t-1})) + b)\nr_t = σ(A B h_t)"),
        kind(
            "a state that is read but not given out",
            """
            v_t = x_t
            m_t = V m_{t-1} + W v_{t-1} - U v_t
            y_t = relu(C m_t + d)
            """, output: "y", sizes: ["m": 4]),
        kind(
            "an output that is no state",
            """
            h_t = relu(W h_{t-1} + U x_t + b)
            o_t = V h_t + c
            """, output: "o", sizes: ["h": 4]),
        kind(
            "one parameter in two places",
            """
            z_t = σ(W x_t + U h_{t-1} + b)
            h_t = z_t ⊙ tanh(W x_t + b) - W (V h_{t-1}) + b ⊙ h_{t-1}
            """, shared: ["W", "b"]),
        kind("only a logarithm", "h_t = log(1 + (W x_t + U h_{t-1} + b)²)"),
        kind("only an exponential", "h_t = e^{W x_t - U h_{t-1}}"),
        kind("only a root", "h_t = √(2 + (W x_t + U h_{t-1} + b)²)"),
        kind(
            "a gate that is a parameter",
            """
            g_t = σ(λ)
            l_t = b
            h_t = g_t ⊙ h_{t-1} + (1 - g_t) ⊙ tanh(W x_t + U l_t + A λ)
            """, shared: ["λ"]),
        kind(
            "functions of the state alone",
            """
            c_t = tanh(c_{t-1}) ⊙ σ(W x_t) + c_{t-1} ⊙ c_{t-1}
            h_t = relu(c_t) - V relu(x_t) ⊙ exp(c_{t-1})
            """),
        kind(
            "gates with accents",
            """
            \\hat{f}_t = σ(W_{\\hat{f}} x_t + U_{\\hat{f}} h_{t-1})
            \\beta_t = σ(W_\\beta x_t + U_\\beta h_{t-1})
            \\tilde{h}_t = tanh(W_{\\tilde{h}} x_t + U_{\\tilde{h}} h_{t-1})
            h_t = \\hat{f}_t ⊙ h_{t-1} + \\beta_t ⊙ \\tilde{h}_t
            """),
        kind(
            "three like gates, one of whose matrices stands elsewhere too",
            """
            i_t = σ(W_i x_t + U_i h_{t-1})
            f_t = σ(W_f x_t + U_f h_{t-1})
            o_t = σ(W_o x_t + U_o h_{t-1})
            h_t = f_t ⊙ h_{t-1} + i_t ⊙ o_t + U_o o_t
            """, shared: ["U_o"]),
    ]

    private static func kind(
        _ name: String, _ equations: String, output: String? = nil, shared: [String] = [], sizes: [String: Int] = [:]
    ) -> Kind {
        Kind(name) { try DerivedCell(CellDefinition(name, equations, output: output, shared: shared), sizes: sizes) }
    }
}
