import Recurrent
import Samples
import Testing

@Suite("Derivations of recurrent layers")
struct DerivationTests {
    /// A random sequence for a layer, and a loss in which every number of the output counts differently.
    struct Case {
        let sizes: (L: Int, D: Int, H: Int)
        let bias: Bool
        let batchFirst: Bool
        let input: Tensor
        let states: (h0: Tensor, c0: Tensor)
        /// 0, or the size of a projected hidden state.
        let projSize: Int
        let draws: Draws
        let outputWeight: Tensor

        /// `isBatched`: whether the sequence has an axis N of length 1, or none.
        init(seed: Int, L: Int? = nil, projects: Bool = false, isBatched: Bool = true) {
            draws = Draws(seed: seed)
            sizes = (L ?? draws.int(1...5), draws.int(1...4), draws.int(1...4))
            (bias, batchFirst) = (draws.bool(), draws.bool())
            projSize = projects && sizes.H > 1 ? draws.int(1...sizes.H - 1) : 0
            let P = projSize == 0 ? sizes.H : projSize
            let shape = { [batchFirst] (length: Int, width: Int) -> Shape in
                isBatched ? batchFirst ? [1, length, width] : [length, 1, width] : [length, width]
            }
            input = draws.tensor(shape(sizes.L, sizes.D))
            states = (draws.tensor(isBatched ? [1, 1, P] : [1, P]), draws.tensor(isBatched ? [1, 1, sizes.H] : [1, sizes.H]))
            outputWeight = draws.tensor(shape(sizes.L, P))
        }

        func loss(_ output: Tensor) -> Tensor { (outputWeight * output * output).sum() }

        /// ∂ℒ/∂output_t = 2 w_t ⊙ h_t
        func outputGradient(_ step: CellDerivation.Step, _ t: Int) -> Tensor {
            2 * outputWeight.reshaped(sizes.L, sizes.H)[t] * step["h"]
        }

        func lstm(peepholes: Bool) throws -> LSTM {
            let lstm = LSTM(
                inputSize: sizes.D, hiddenSize: sizes.H, bias: bias, batchFirst: batchFirst, projSize: projSize,
                peepholes: peepholes
            )
            try lstm.load(draws.values(for: lstm.parameters))
            return lstm
        }

        /// 0 … 3: the four conventions.
        func gru(convention: Int) throws -> GRU {
            let gru = GRU(
                inputSize: sizes.D, hiddenSize: sizes.H, bias: bias, batchFirst: batchFirst,
                resetAfter: convention % 2 == 0, updateGate: convention < 2 ? .keepsPrevious : .takesCandidate
            )
            try gru.load(draws.values(for: gru.parameters))
            return gru
        }
    }

    /// The derivation's gradients must be those that `backward()` finds.
    func expectGradients(_ gradients: Parameters, of layer: some Layer) {
        #expect(gradients.names == layer.parameters.names)
        for (name, gradient) in gradients {
            expectClose(gradient, layer.parameters[name].gradient!, within: 1e-12, "\(name)")
        }
    }

    func expectAgreement(_ check: GradientCheck, rows: [String]) {
        #expect(check.rows.map(\.name) == rows)
        #expect(check.largestDifferenceToTape < 1e-12)
        #expect(check.largestDifferenceToCentralDifferences < 1e-7)
    }

    @Test("LSTM: the gradients are those of the layer, of the tape and of central differences", arguments: 0..<16)
    func lstm(seed: Int) throws {
        let test = Case(seed: seed)
        let lstm = try test.lstm(peepholes: seed % 2 == 1)
        let loss = test.loss(lstm(test.input, test.states).output)
        loss.backward()
        let derivation = lstm.derivation(test.input, test.states, loss: test.loss)
        #expect(derivation.loss == loss.item)
        expectGradients(derivation.gradients, of: lstm)
        expectAgreement(derivation.check(), rows: ["input", "initial h", "initial c"] + lstm.parameters.names)
    }

    @Test("LSTM with a projection, and sequences without an axis N", arguments: 0..<16)
    func projectedLSTM(seed: Int) throws {
        let test = Case(seed: seed, projects: seed % 4 < 3, isBatched: seed % 2 == 0)
        let lstm = try test.lstm(peepholes: seed % 3 == 1)
        let loss = test.loss(lstm(test.input, test.states).output)
        loss.backward()
        let derivation = lstm.derivation(test.input, test.states, loss: test.loss)
        #expect(derivation.loss == loss.item)
        expectGradients(derivation.gradients, of: lstm)
        expectAgreement(derivation.check(), rows: ["input", "initial h", "initial c"] + lstm.parameters.names)
    }

    @Test(
        "GRU, in all four conventions: the gradients are those of the layer, of the tape and of central differences",
        arguments: 0..<16)
    func gru(seed: Int) throws {
        let test = Case(seed: seed)
        let gru = try test.gru(convention: seed % 4)
        let loss = test.loss(gru(test.input, test.states.h0).output)
        loss.backward()
        let derivation = gru.derivation(test.input, test.states.h0, loss: test.loss)
        #expect(derivation.loss == loss.item)
        expectGradients(derivation.gradients, of: gru)
        expectAgreement(derivation.check(), rows: ["input", "initial h"] + gru.parameters.names)
    }

    @Test("LSTM: what does not come to ∂ℒ/∂c along the highway comes through gates", arguments: 0..<8)
    func highwayShares(seed: Int) throws {
        let test = Case(seed: seed)
        let lstm = try test.lstm(peepholes: seed % 2 == 1)
        let derivation = lstm.derivation(test.input, test.states, loss: test.loss)
        let p = seed % 2 == 1 ? lstm.parameters["peephole_l0"] : Tensor.zeros(3, test.sizes.H)
        var (highway, others) = (Tensor.zeros(test.sizes.H), Tensor.zeros(test.sizes.H))
        for (t, step) in derivation.steps.enumerated().reversed() {
            let direct = test.outputGradient(step, t)
            let slope = step["o"] * (1 - tanh(step["c"]) * tanh(step["c"]))  // ∂h_t/∂c_t
            if t + 1 < derivation.steps.count {
                let next = derivation.steps[t + 1]
                highway = highway * next["f"]
                others = others * next["f"] + p[0] * next.gradient(of: "a^i") + p[1] * next.gradient(of: "a^f")
            }
            highway = highway + direct * slope
            others = others + (step.delta - direct) * slope + p[2] * step.gradient(of: "a^o")
            expectClose(step.gradientAlongHighway(of: "c"), highway, within: 1e-13)
            expectClose(step.gradient(of: "c") - step.gradientAlongHighway(of: "c"), others, within: 1e-13)
        }
    }

    @Test("LSTM: the highway between two steps is the product of the forget gates")
    func highway() throws {
        let test = Case(seed: 3, L: 4)
        let derivation = try test.lstm(peepholes: false).derivation(test.input, test.states, loss: test.loss)
        let forgetGates = derivation.steps.map { $0["f"] }
        let jacobian = derivation.highwayJacobian("c", of: 3, by: 0)
        expectClose(jacobian.highway, forgetGates[1] * forgetGates[2] * forgetGates[3], within: 1e-15)
        #expect(jacobian.otherPaths.norm().item > 1e-4)
        let own = derivation.highwayJacobian("c", of: 2, by: 2)
        #expect(own.highway.values.allSatisfy { $0 == 1 } && own.otherPaths.norm().item == 0)
    }

    @Test("over 40 steps open forget gates keep the highway's gradient where a plain RNN's vanishes: S2's claim")
    func longHighway() throws {
        let draws = Draws(seed: 10)
        let x = draws.tensor([41, 1, 2])
        let lstm = LSTM(inputSize: 2, hiddenSize: 3)
        try lstm.load(draws.values(for: lstm.parameters).mapValues { 0.5 * $0 })
        lstm.parameters["bias_ih_l0"][.range(3..<6)] = Tensor([9, 9, 9])  // f = σ(9 + …) ≈ 1
        let jacobian = lstm.derivation(x) { $0[-1].sum() }.highwayJacobian("c", of: 40, by: 0)
        #expect(jacobian.highway.values.allSatisfy { $0 > 0.9 })
        #expect(jacobian.total.norm().item > 0.9)

        let network = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2)
        try network.load(draws.values(for: network.parameters).mapValues { 0.5 * $0 })
        let plain = network.derivation(x[.all, 0], labels: [Int](repeating: 0, count: 41))
        #expect(plain.jacobian(of: 40, by: 0).norm().item < 1e-3)
    }

    @Test("LSTM: highway and other paths together are the derivative of c_t by c_k", arguments: [false, true])
    func cellJacobian(peepholes: Bool) throws {
        let test = Case(seed: 5, L: 4)
        let lstm = try test.lstm(peepholes: peepholes)
        let derivation = lstm.derivation(test.input, test.states, loss: test.loss)
        let total = derivation.highwayJacobian("c", of: 3, by: 0).total
        let H = test.sizes.H
        // Started after step 0 with another c_0, whose h_0 = o_0 ⊙ tanh c_0 moves along. With peepholes o_0 does too.
        func lastCell(after c: Tensor) -> Tensor {
            let step = derivation.steps[0]
            let peephole = peepholes ? lstm.parameters["peephole_l0"][2] * (c - step["c"]) : Tensor.zeros(H)
            let h = sigmoid(step["a^o"] + peephole) * tanh(c)
            let rest = test.batchFirst ? test.input[.all, .range(1..<4)] : test.input[1..<4]
            return lstm(rest, (h.reshaped(1, 1, H), c.reshaped(1, 1, H))).states.cn
        }
        for unit in 0..<H {
            let c = derivation.steps[0]["c"].detached()
            c.requiresGradient = true
            c.gradient = total[unit]
            expectCentralDifferences(c, "row \(unit)") { lastCell(after: $0)[0, 0, unit].item }
        }
    }

    @Test("GRU: state and gates together are the derivative of h_t by h_k", arguments: 0..<4)
    func hiddenJacobian(convention: Int) throws {
        let test = Case(seed: 6, L: 4)
        let gru = try test.gru(convention: convention)
        let derivation = gru.derivation(test.input, test.states.h0, loss: test.loss)
        let jacobian = derivation.highwayJacobian("h", of: 3, by: 0)
        let z = derivation.steps.map { $0["z"] }
        let kept = convention < 2 ? z : z.map { 1 - $0 }
        expectClose(jacobian.highway, kept[1] * kept[2] * kept[3], within: 1e-15)
        let rest = test.batchFirst ? test.input[.all, .range(1..<4)] : test.input[1..<4]
        for unit in 0..<test.sizes.H {
            let h = derivation.steps[0]["h"].detached()
            h.requiresGradient = true
            h.gradient = jacobian.total[unit]
            expectCentralDifferences(h, "row \(unit)") { gru(rest, $0.reshaped(1, 1, test.sizes.H)).hn[0, 0, unit].item }
        }
    }

    @Test(
        "LSTM: every δ is what the loss gives and W_hhᵀ times the next step's gates; the last has no recurrent part",
        arguments: 0..<4)
    func deltasOfLSTM(seed: Int) throws {
        let test = Case(seed: seed, L: 3)
        let lstm = try test.lstm(peepholes: seed % 2 == 1)
        let steps = lstm.derivation(test.input, test.states, loss: test.loss).steps
        let recurrent = lstm.parameters["weight_hh_l0"].transposed()
        for t in 0..<3 {
            let gates = t == 2 ? nil : concatenated(["i", "f", "g", "o"].map { steps[t + 1].gradient(of: "a^" + $0) })
            let next = gates.map { matmul(recurrent, $0) } ?? .zeros(test.sizes.H)
            expectClose(steps[t].delta, test.outputGradient(steps[t], t) + next, within: 1e-14)
            #expect(t == 2 || next.norm().item > 0)
        }
    }

    @Test("GRU: every δ is what the loss gives, the state's share of the next and that of its gates", arguments: 0..<4)
    func deltasOfGRU(convention: Int) throws {
        let test = Case(seed: 7, L: 3)
        let gru = try test.gru(convention: convention)
        let steps = gru.derivation(test.input, test.states.h0, loss: test.loss).steps
        let (W, H) = (gru.parameters["weight_hh_l0"], test.sizes.H)
        func recurrent(_ block: Int, _ gradient: Tensor) -> Tensor {
            matmul(W[(block * H)..<((block + 1) * H)].transposed(), gradient)
        }
        expectClose(steps[2].delta, test.outputGradient(steps[2], 2), within: 1e-14)
        for t in 0..<2 {
            let next = steps[t + 1]
            let (r, z, n) = (next["r"], next["z"], next.gradient(of: "a^n"))
            let kept = next.delta * (convention < 2 ? z : 1 - z)
            let candidate = convention % 2 == 0 ? recurrent(2, n * r) : r * recurrent(2, n)
            let gates = recurrent(0, next.gradient(of: "a^r")) + recurrent(1, next.gradient(of: "a^z"))
            expectClose(steps[t].delta, test.outputGradient(steps[t], t) + kept + gates + candidate, within: 1e-14)
        }
    }

    @Test("every gate's gradient follows from its local gradient and its slope")
    func localGradients() throws {
        let test = Case(seed: 8, L: 3)
        let derivation = try test.lstm(peepholes: false).derivation(test.input, test.states, loss: test.loss)
        for (t, step) in derivation.steps.enumerated() {
            let previousCell = t == 0 ? test.states.c0.flattened() : derivation.steps[t - 1]["c"]
            let local = ["i": step["g"], "f": previousCell, "g": step["i"]].mapValues { step.gradient(of: "c") * $0 }
                .merging(["o": step.delta * tanh(step["c"])]) { $1 }
            for (gate, gradient) in local {
                expectClose(step.gradient(of: gate), gradient, within: 1e-15, "\(gate)")
                let slope = gate == "g" ? 1 - step["g"] * step["g"] : step[gate] * (1 - step[gate])
                expectClose(step.gradient(of: "a^" + gate), gradient * slope, within: 1e-15, "\(gate)")
            }
            expectClose(step["h"], step["o"] * tanh(step["c"]), within: 1e-15)
        }
    }

    @Test("the check tells how far a gradient is off, and NaN passes for no agreement")
    func check() throws {
        let test = Case(seed: 8)
        var runs = 0
        let derivation = try test.lstm(peepholes: false).derivation(test.input, test.states) { output in
            runs += 1
            return Double(runs) * test.loss(output)
        }
        // In its second run the loss is twice as large, so that the tape's gradients are off by what was derived.
        let check = derivation.check()
        for (row, gradient) in zip(check.rows.dropFirst(3), derivation.gradients) {
            #expect(row.name == gradient.name)
            #expect(abs(row.differenceToTape - gradient.tensor.values.map(abs).max()!) < 1e-12, "\(row.name)")
        }
        #expect(check.largestDifferenceToTape == check.rows.map(\.differenceToTape).max())
        // In two runs in turn it differs by itself, and that is divided by 2ε = 2 · 10⁻⁵.
        #expect(check.largestDifferenceToCentralDifferences > abs(derivation.loss) / 4e-5)
        #expect([0, 2, 1].largestDifference == 2 && [1, .nan, 2].largestDifference.isNaN && [Double]().largestDifference == 0)
    }

    @Test("a loss with layers of its own leaves their gradients alone")
    func leavesGradients() throws {
        let test = Case(seed: 9)
        let lstm = try test.lstm(peepholes: false)
        let fc = Linear(test.sizes.H, 2)
        _ = lstm.derivation(test.input) { output in crossEntropy(fc(output.reshaped(-1, test.sizes.H)[0]), [1]) }
        #expect(fc.parameters.allSatisfy { $0.tensor.gradient == nil })
        #expect(lstm.parameters.allSatisfy { $0.tensor.gradient == nil })
    }
}

@Suite("Derivations of attention")
struct AttentionDerivationTests {
    /// A random query, memory, and a loss in which every number of the output counts differently.
    struct Case {
        let q: Tensor
        let k: Tensor
        let v: Tensor
        private let outputWeight: Tensor
        let additive: AdditiveAttention

        init(seed: Int) throws {
            let draws = Draws(seed: seed)
            let (memory, querySize, size, H) = (draws.int(1...5), draws.int(1...4), draws.int(1...4), draws.int(1...4))
            q = draws.variable([1, querySize])
            k = draws.variable([memory, querySize])
            v = draws.variable([memory, size])
            outputWeight = draws.tensor([1, size])
            additive = AdditiveAttention(querySize: querySize, keySize: querySize, hiddenSize: H)
            try additive.load(draws.values(for: additive.parameters))
        }

        func loss(_ output: Tensor) -> Tensor { (outputWeight * output * output).sum() }
    }

    func expectAgreement(_ derivation: AttentionDerivation, _ test: Case) {
        expectClose(derivation.queryGradient, test.q.gradient![0], within: 1e-12)
        expectClose(stacked(derivation.places.map(\.keyGradient)), test.k.gradient!, within: 1e-12)
        expectClose(stacked(derivation.places.map(\.valueGradient)), test.v.gradient!, within: 1e-12)
        let check = derivation.check()
        #expect(check.rows.map(\.name) == ["query", "keys", "values"] + derivation.parameters.names)
        #expect(check.largestDifferenceToTape < 1e-12)
        #expect(check.largestDifferenceToCentralDifferences < 1e-7)
    }

    @Test("additive: the gradients are those of the layer, of the tape and of central differences", arguments: 0..<8)
    func additive(seed: Int) throws {
        let test = try Case(seed: seed)
        test.loss(test.additive(test.q, test.k, test.v).output).backward()
        let derivation = test.additive.derivation(test.q, test.k, test.v, loss: test.loss)
        expectAgreement(derivation, test)
        for (name, gradient) in derivation.gradients {
            expectClose(gradient, test.additive.parameters[name].gradient!, within: 1e-12, "\(name)")
        }
    }

    @Test("dot product: the gradients are those of the layer, of the tape and of central differences", arguments: 0..<8)
    func dotProduct(seed: Int) throws {
        let test = try Case(seed: seed)
        let attention = DotProductAttention(isScaled: seed % 2 == 0)
        test.loss(attention(test.q, test.k, test.v).output).backward()
        expectAgreement(attention.derivation(test.q, test.k, test.v, loss: test.loss), test)
    }

    @Test("the weighted values add up to the context, the scores' gradients to zero")
    func sums() throws {
        let test = try Case(seed: 3)
        let derivation = test.additive.derivation(test.q, test.k, test.v, loss: test.loss)
        let sum = derivation.places.dropFirst().reduce(derivation.places[0].weightedValue) { $0 + $1.weightedValue }
        expectClose(sum, derivation.context, within: 1e-15)
        // Softmax does not notice a number added to all scores.
        #expect(abs(derivation.places.map(\.scoreGradient).reduce(0, +)) < 1e-15)
        let weightGradients = Tensor(derivation.places.map(\.weightGradient))
        expectClose(
            matmul(derivation.softmaxJacobian, weightGradients), Tensor(derivation.places.map(\.scoreGradient)), within: 1e-15
        )
    }
}
