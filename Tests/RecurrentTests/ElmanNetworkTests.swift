import Recurrent
import Samples
import Testing

@Suite("ElmanNetwork, S1's network")
struct ElmanNetworkTests {
    /// A random network with a sequence and labels for it.
    struct Case {
        let network: ElmanNetwork
        let x: Tensor
        let h0: Tensor
        let labels: [Int]

        init(seed: Int) throws {
            let draws = Draws(seed: seed)
            let (T, D, H, K) = (draws.int(1...6), draws.int(1...4), draws.int(1...4), draws.int(2...4))
            network = ElmanNetwork(inputSize: D, hiddenSize: H, outputSize: K)
            try network.load(draws.values(for: network.parameters))
            x = draws.variable([T, D])
            h0 = draws.variable([H])
            labels = (0..<T).map { _ in draws.int(0...K - 1) }
        }

        var derivation: CellDerivation { network.derivation(x, h0, labels: labels) }

        /// The same network composed of primitive operations.
        func composed() -> (o: Tensor, h: Tensor) {
            let p = network.parameters
            var (h, outputs, states): (Tensor, [Tensor], [Tensor]) = (h0, [], [])
            for t in 0..<x.shape[0] {
                h = tanh(matmul(p["U"], x[t]) + matmul(p["W"], h) + p["b"])
                states.append(h)
                outputs.append(matmul(p["V"], h) + p["c"])
            }
            return (stacked(outputs), stacked(states))
        }
    }

    @Test("one step by hand")
    func oneStep() throws {
        let network = ElmanNetwork(inputSize: 1, hiddenSize: 1, outputSize: 2)
        try network.load([
            "U": Tensor([[2]]), "W": Tensor([[3]]), "b": Tensor([-1]), "V": Tensor([[1], [0]]), "c": Tensor([0, 0]),
        ])
        // a = 2 · 0.5 + 3 · 0.25 − 1 = 0.75; tanh 0.75 = 0.6351489523872873
        let step = network.derivation(Tensor([[0.5]]), Tensor([0.25]), labels: [1]).steps[0]
        let h = 0.6351489523872873
        let probability = 0.6536560529750104  // e^h / (e^h + 1)
        expectClose(step["h"], Tensor([h]), within: 1e-15)
        let prediction = try #require(step.prediction)
        expectClose(Tensor(prediction.probabilities), Tensor([probability, 1 - probability]), within: 1e-15)
        #expect(abs(prediction.loss - 1.060322931135158) < 1e-12)  // −log(1 − probability)
        expectClose(step.delta, Tensor([probability]), within: 1e-15)  // V's first row times ŷ₁ − 0
        expectClose(step.contribution["U"], Tensor([[(1 - h * h) * probability * 0.5]]), within: 1e-15)
        expectClose(step.contribution["W"], Tensor([[(1 - h * h) * probability * 0.25]]), within: 1e-15)
        expectClose(step.contribution["V"], Tensor([[probability * h], [-probability * h]]), within: 1e-15)
    }

    @Test("its hidden states are those of an RNN of the same weights", arguments: 0..<4)
    func hiddenStates(seed: Int) throws {
        let test = try Case(seed: seed)
        let (p, H) = (test.network.parameters, test.network.hiddenSize)
        let rnn = RNN(inputSize: test.network.inputSize, hiddenSize: H)
        try rnn.load(["weight_ih_l0": p["U"], "weight_hh_l0": p["W"], "bias_ih_l0": p["b"], "bias_hh_l0": .zeros(H)])
        let output = rnn(test.x.expandingAxis(1), test.h0.reshaped(1, 1, H)).output
        expectClose(test.network(test.x, test.h0).h, output[.all, 0], within: 1e-14)
    }

    @Test("three ways to each gradient agree", arguments: 0..<12)
    func gradients(seed: Int) throws {
        let test = try Case(seed: seed)
        let draws = Draws(seed: seed + 100)
        let (o, h) = test.network(test.x, test.h0)
        let (outputWeight, stateWeight) = (draws.tensor(o.shape), draws.tensor(h.shape))
        func loss(_ result: (o: Tensor, h: Tensor)) -> Tensor {
            (outputWeight * result.o * result.o).sum() + (stateWeight * result.h).sum()
        }
        let variables = [("x", test.x), ("h0", test.h0)] + test.network.parameters.map { ($0.name, $0.tensor) }
        loss((o, h)).backward()
        let handWritten = variables.map { $0.1.gradient! }
        for (_, tensor) in variables { tensor.gradient = nil }
        loss(test.composed()).backward()
        for ((name, tensor), gradient) in zip(variables, handWritten) {
            expectClose(gradient, tensor.gradient!, within: 1e-12, "\(name)")
        }
        for (name, tensor) in variables {
            let original = tensor.detached()
            expectCentralDifferences(tensor, "\(name)") { shifted in
                tensor[.all] = shifted
                defer { tensor[.all] = original }
                return loss(test.network(test.x, test.h0)).item
            }
        }
    }

    @Test("the derivation's gradients are those of the summed cross entropy", arguments: 0..<8)
    func derivationAgainstTape(seed: Int) throws {
        let test = try Case(seed: seed)
        let loss = crossEntropy(test.network(test.x, test.h0).o, test.labels, reduction: .sum)
        loss.backward()
        let derivation = test.derivation
        #expect(abs(derivation.loss - loss.item) < 1e-12)
        for (name, gradient) in derivation.gradients {
            expectClose(gradient, test.network.parameters[name].gradient!, within: 1e-12, "\(name)")
        }
    }

    @Test("the derivation checks itself against the tape and against central differences", arguments: 0..<8)
    func check(seed: Int) throws {
        let check = try Case(seed: seed).derivation.check()
        #expect(check.rows.map(\.name) == ["input", "initial h", "U", "W", "b", "V", "c"])
        #expect(check.largestDifferenceToTape < 1e-12)
        #expect(check.largestDifferenceToCentralDifferences < 1e-7)
        #expect(check.largestDifferenceToCentralDifferences > 0)
    }

    @Test("every δ is S1's: Vᵀ(ŷ_t − y_t) + Wᵀ diag(1 − h_{t+1}²) δ_{t+1}; the last has no recurrent part", arguments: 0..<8)
    func deltas(seed: Int) throws {
        let test = try Case(seed: seed)
        let (p, steps) = (test.network.parameters, test.derivation.steps)
        for (t, step) in steps.enumerated() {
            let direct = try matmul(p["V"].transposed(), outputGradient(step))
            let recurrent =
                t + 1 == steps.count
                ? Tensor.zeros(test.network.hiddenSize)
                : matmul(p["W"].transposed(), (1 - steps[t + 1]["h"] * steps[t + 1]["h"]) * steps[t + 1].delta)
            expectClose(step.delta, direct + recurrent, within: 1e-14)
        }
    }

    @Test(
        "every step's contributions are S1's: δ_t with diag(1 − h_t²), times x_tᵀ, h_{t−1}ᵀ and 1; ŷ_t − y_t times h_tᵀ and 1",
        arguments: 0..<8)
    func contributions(seed: Int) throws {
        let test = try Case(seed: seed)
        let (H, D) = (test.network.hiddenSize, test.network.inputSize)
        var previous = test.h0.detached()
        for (t, step) in test.derivation.steps.enumerated() {
            let (inner, output) = ((1 - step["h"] * step["h"]) * step.delta, try outputGradient(step))
            expectClose(step.contribution["U"], inner.reshaped(H, 1) * test.x.detached()[t].reshaped(1, D), within: 1e-14)
            expectClose(step.contribution["W"], inner.reshaped(H, 1) * previous.reshaped(1, H), within: 1e-14)
            expectClose(step.contribution["b"], inner, within: 1e-14)
            expectClose(step.contribution["V"], output.reshaped(-1, 1) * step["h"].reshaped(1, H), within: 1e-14)
            expectClose(step.contribution["c"], output, within: 1e-14)
            previous = step["h"]
        }
    }

    /// ŷ_t − y_t
    func outputGradient(_ step: CellDerivation.Step) throws -> Tensor {
        let prediction = try #require(step.prediction)
        return Tensor(prediction.probabilities.enumerated().map { $1 - ($0 == prediction.label ? 1 : 0) })
    }

    @Test("every δ is the derivative of the loss of this and later steps by the hidden state")
    func deltaByDifferences() throws {
        let test = try Case(seed: 4)
        let derivation = test.derivation
        #expect(derivation.steps.count > 2)
        for k in 0..<derivation.steps.count - 1 {
            // What follows step k, started from h_k, is a sequence of its own.
            func loss(from h: Tensor) -> Double {
                let rest = test.x.detached()[(k + 1)..<test.x.shape[0]]
                let own = crossEntropy(matmul(test.network.parameters["V"], h) + test.network.parameters["c"], [test.labels[k]])
                return own.item + test.network.derivation(rest, h, labels: Array(test.labels[(k + 1)...])).loss
            }
            let h = derivation.steps[k]["h"].detached()
            h.requiresGradient = true
            h.gradient = derivation.steps[k].delta
            expectCentralDifferences(h, "δ of step \(k)") { loss(from: $0) }
        }
    }

    @Test("the Jacobian between two steps is the product of those in between, and the derivative of h_t by h_k")
    func jacobians() throws {
        let test = try Case(seed: 4)
        let derivation = test.derivation
        let last = derivation.steps.count - 1
        #expect(last >= 2)
        expectClose(
            derivation.jacobian(of: last, by: 0), matmul(derivation.jacobian(of: last, by: 1), derivation.jacobian(of: 1, by: 0)),
            within: 1e-14
        )
        let jacobian = derivation.jacobian(of: last, by: 0)
        let rest = test.x.detached()[1..<test.x.shape[0]]
        for unit in 0..<jacobian.shape[0] {
            let h = derivation.steps[0]["h"].detached()
            h.requiresGradient = true
            h.gradient = jacobian[unit]
            expectCentralDifferences(h, "row \(unit)") { test.network(rest, $0).h[-1, unit].item }
        }
    }

    @Test("a derivation leaves gradients alone that have gathered")
    func leavesGradients() throws {
        let test = try Case(seed: 1)
        test.network(test.x).o.sum().backward()
        let before = test.network.parameters.map { $0.tensor.gradient!.values }
        _ = test.derivation.check()
        #expect(test.network.parameters.map { $0.tensor.gradient!.values } == before)
    }

    @Test("steps of descent on the derivation's gradients lower the loss")
    func learning() throws {
        let test = try Case(seed: 4)
        let optimizer = SGD(test.network.parameters, learningRate: 0.2)
        let before = test.derivation.loss
        for _ in 0..<50 {
            for (name, gradient) in test.derivation.gradients { test.network.parameters[name].gradient = gradient }
            optimizer.step()
        }
        #expect(test.derivation.loss < before / 2)
    }
}
