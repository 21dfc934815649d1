/// What must come out the same everywhere: of every layer a forward pass, its trace, all gradients, and ten steps of training.
///
/// Compiled three times: with the tests, as the program `Native.swift`, and with Recurrent's sources as the
/// WebAssembly module `Module.swift`. Each value goes to `report`, under a name that tells where two runs first differ.
#if !hasFeature(Embedded)
import Recurrent
#endif

/// Takes what was computed, and its name.
typealias Report = (String, [Double]) -> Void

/// `loss[0] 3ff0000000000000`: a number's place and its bits, as `run.mjs` writes them.
func line(_ name: String, _ index: Int, _ value: Double) -> String {
    let digits = String(value.bitPattern, radix: 16)
    return "\(name)[\(index)] " + String(repeating: "0", count: 16 - digits.count) + digits
}

func computeEverything(_ report: Report) {
    reportElementaryFunctions(report)

    manualSeed(0)
    let x = Tensor.randn(5, 3, 4)
    let rnn = RNN(inputSize: 4, hiddenSize: 6, numLayers: 2, bidirectional: true)
    study("RNN", rnn.parameters, x, report) { rnn(x).0 }
    for (t, step) in rnn.trace(x).steps.enumerated() { report("RNN trace, step \(t)", step.hiddenState.values) }

    let lstm = LSTM(inputSize: 4, hiddenSize: 7, numLayers: 2, dropout: 0.25, peepholes: true)
    study("LSTM", lstm.parameters, x, report) { lstm(x).0 }
    for (t, step) in lstm.trace(x).steps.enumerated() {
        report("LSTM trace, step \(t): gates", step.inputGate.values + step.forgetGate.values + step.outputGate.values)
        report("LSTM trace, step \(t): states", step.cellState.values + step.hiddenState.values)
    }

    for resetAfter in [true, false] {
        let gru = GRU(inputSize: 4, hiddenSize: 9, resetAfter: resetAfter)
        study(resetAfter ? "GRU" : "GRU, reset before", gru.parameters, x, report) { gru(x).0 }
    }

    let (rnnCell, lstmCell, gruCell) = (
        RNNCell(inputSize: 4, hiddenSize: 3), LSTMCell(inputSize: 4, hiddenSize: 3), GRUCell(inputSize: 4, hiddenSize: 3)
    )
    let row = Tensor.randn(2, 4)
    study("RNNCell", rnnCell.parameters, row, report) { rnnCell(row) }
    study("LSTMCell", lstmCell.parameters, row, report) { lstmCell(row).c }
    study("GRUCell", gruCell.parameters, row, report) { gruCell(row) }

    let linear = Linear(4, 5)
    study("Linear", linear.parameters, row, report) { softmax(linear(row), axis: 1) }
    let (embedding, dropout) = (Embedding(8, 4), Dropout(0.5))
    study("Embedding and Dropout", embedding.parameters, row, report) { dropout(embedding([1, 7])) * row }

    computeAttention(report)
    computeDerivations(report)
}

private func computeAttention(_ report: Report) {
    let (x, memory, mask) = (
        Tensor.randn(2, 3, 8), Tensor.randn(2, 5, 8), Tensor([[1, 1, 0, 1, 1], [0, 1, 1, 1, 1], [1, 1, 1, 1, 0]])
    )
    let attention = Attention(querySize: 8, keySize: 8, valueSize1: 5, valueSize2: 8, outputSize: 6)
    let (query, values) = (Tensor.randn(1, 2, 8), Tensor.randn(1, 5, 8))
    study("Attention", attention.parameters, query, report) { attention(query, query, values).output }
    let additive = AdditiveAttention(querySize: 8, keySize: 8, hiddenSize: 7)
    study("AdditiveAttention", additive.parameters, x, report) { additive(x, memory, memory, mask: mask).output }
    let multihead = MultiheadAttention(embedDim: 8, numHeads: 2, batchFirst: true)
    study("MultiheadAttention", multihead.parameters, x, report) { multihead(x, memory, memory, mask: mask).output }
    report("MultiheadAttention: weights", multihead(x, memory, memory).weights.values)
    memory.requiresGradient = true
    let dotProduct = DotProductAttention(isScaled: false)
    study("DotProductAttention", ["memory": memory], x, report) { dotProduct(x, memory, memory, mask: mask).output }
    study("scaledDotProductAttention", ["memory": memory], x, report) { scaledDotProductAttention(x, memory, memory) }
}

private func computeDerivations(_ report: Report) {
    let elman = ElmanNetwork(inputSize: 3, hiddenSize: 4, outputSize: 5)
    let x = Tensor.randn(6, 3)
    study("ElmanNetwork", elman.parameters, x, report) { elman(x).o }
    let derivation = elman.derivation(x, labels: [0, 4, 2, 1, 1, 3])
    reportDerivation("ElmanNetwork", derivation, ["h", "o"], report)
    report("ElmanNetwork derivation: ∂h_5/∂h_0", derivation.jacobian(of: 5, by: 0).values)

    let sequence = x.reshaped(6, 1, 3)
    let lstm = LSTM(inputSize: 3, hiddenSize: 4, peepholes: true)
    let ofLSTM = lstm.derivation(sequence) { ($0 * $0).sum() }
    reportDerivation("LSTM", ofLSTM, ["c", "h", "i", "f", "g", "o", "a^i", "a^f", "a^g", "a^o"], report)
    let highway = ofLSTM.highwayJacobian("c", of: 5, by: 0)
    report("LSTM derivation: ∂c_5/∂c_0", highway.highway.values + highway.otherPaths.values)

    let ofGRU = GRU(inputSize: 3, hiddenSize: 4).derivation(sequence) { ($0 * $0).sum() }
    reportDerivation("GRU", ofGRU, ["h", "r", "z", "n", "a^r", "a^z", "a^n"], report)

    // A cell of all functions, in a layer made of its equations.
    let definition = CellDefinition(
        "MGU",
        """
        f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
        m_t = \\sqrt{1 + f_t^2} + relu(V h_{t-1}) / (1 + e^{n_{t-1}})
        n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n) ⊙ log(1 + m_t²)
        h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
        """)
    let cell = CustomCell(definition, inputSize: 3, hiddenSize: 4, numLayers: 2, bidirectional: true)
    study("CustomCell", cell.parameters, sequence, report) { cell(sequence).output }
    let single = CustomCell(definition, inputSize: 3, hiddenSize: 4)
    for (t, step) in single.trace(sequence).steps.enumerated() {
        report("CustomCell trace, step \(t)", step.quantities.flatMap { $0.tensor.values })
    }
    let ofCell = single.derivation(sequence) { ($0 * $0).sum() }
    reportDerivation("CustomCell", ofCell, ["f", "m", "n", "h", "u", "v", "a^f", "a^u", "a^v"], report)

    let additive = AdditiveAttention(querySize: 3, keySize: 3, hiddenSize: 4)
    let ofAttention = additive.derivation(Tensor.randn(1, 3), x, x) { ($0 * $0).sum() }
    for (j, place) in ofAttention.places.enumerated() {
        report("AdditiveAttention derivation, place \(j): gradients", [place.weightGradient, place.scoreGradient])
        report("AdditiveAttention derivation, place \(j): contributions", place.contribution.flatMap { $0.tensor.values })
    }
    reportCheck("AdditiveAttention", ofAttention.check(), report)
}

/// Every gradient of every step, each step's contributions, and how far they are from two other ways.
private func reportDerivation(_ name: String, _ derivation: CellDerivation, _ quantities: [String], _ report: Report) {
    for (t, step) in derivation.steps.enumerated() {
        for quantity in quantities {
            report("\(name) derivation, step \(t): ∂ℒ/∂" + quantity, step.gradient(of: quantity).values)
        }
        report("\(name) derivation, step \(t): ∂ℒ/∂x", step.inputGradient.values)
        for (parameter, contribution) in step.contribution {
            report("\(name) derivation, step \(t): contribution to " + parameter, contribution.values)
        }
        if quantities.contains("c") {
            report("\(name) derivation, step \(t): highway", step.gradientAlongHighway(of: "c").values)
        }
    }
    report(name + " derivation: initial states", derivation.initialGradients.flatMap { $0.tensor.values })
    reportCheck(name, derivation.check(), report)
}

/// How far the derivation is from the tape and from central differences: differences of many runs of the layer.
private func reportCheck(_ name: String, _ check: GradientCheck, _ report: Report) {
    report(name + " derivation: check", check.rows.flatMap { [$0.differenceToTape, $0.differenceToCentralDifferences] })
}

/// Random arguments of every size, and special ones.
private func reportElementaryFunctions(_ report: Report) {
    let generator = Generator(seed: 1)
    let moderate = generator.uniform(count: 500, from: -40, to: 40)
    let special = [0, -0.0, 1e-300, Double.leastNonzeroMagnitude, 710, -746, 1e15, 1e300, .infinity, -.infinity]
    let arguments = moderate + special
    report("exp", arguments.map { exp($0) })
    report("tanh", arguments.map { tanh($0) })
    report("sigmoid", arguments.map { sigmoid($0) })
    report("log", arguments.map { log($0.magnitude) })
    report("sqrt", arguments.map { sqrt($0.magnitude) })
    let angles = arguments.filter { $0.isFinite }
    report("sin", angles.map { sin($0) })
    report("cos", angles.map { cos($0) })
}

/// Gradients of a weighted sum of the output, then ten steps of Adam towards an output of ½ everywhere.
private func study(
    _ name: String, _ parameters: Parameters, _ input: Tensor, _ report: Report, output: () -> Tensor
) {
    input.requiresGradient = true
    input.gradient = nil
    let result = output()
    report(name + ": output", result.values)
    (result * Tensor.randn(result.shape)).sum().backward()
    report(name + ": gradient of the input", input.gradient?.values ?? [])
    for (parameter, tensor) in parameters { report(name + ": gradient of " + parameter, tensor.gradient?.values ?? []) }
    input.requiresGradient = false

    let optimizer = Adam(parameters, learningRate: 0.01)
    for step in 1...10 {
        let loss = meanSquaredError(output(), Tensor.full(result.shape, 0.5))
        report("\(name): loss at step \(step)", loss.values)
        optimizer.zeroGradients()
        loss.backward()
        _ = clipGradientNorm(parameters, 0.5)
        optimizer.step()
    }
    for (parameter, tensor) in parameters { report(name + ": trained " + parameter, tensor.values) }
}
