import Exhibits
import Recurrent
import Samples
import Testing

@Suite("Cells that nobody thought of")
struct RandomCellTests {
    private static func largest(_ tensor: Tensor) -> Double { max(1, tensor.values.map { abs($0) }.max() ?? 1) }

    @Test(
        "gradients of 500 random cells: the derivation's, the tape's, those of central differences and of the layer itself",
        arguments: 0..<10)
    func gradients(hundredth: Int) throws {
        for seed in hundredth * 50..<(hundredth + 1) * 50 {
            let cell = RandomCell(seed: seed)
            let draws = Draws(seed: seed)
            let layer = CustomCell(CellDefinition("cell \(seed)", cell.text), inputSize: 2, hiddenSize: 2)
            try layer.load(draws.values(for: layer.parameters))
            let x = draws.variable([3, 1, 2])
            let states = CustomCell.States(
                layer.definition.stateNames.map { ($0, draws.variable([1, 1, 2])) })
            let weight = draws.tensor([3, 1, 2])
            func loss(_ output: Tensor) -> Tensor { (weight * output * output).sum() }
            let value = loss(layer(x, states).output)
            value.backward()
            let derivation = layer.derivation(x, states, loss: loss)
            #expect(derivation.loss == value.item, "\(seed): \(cell.text)")

            let input = derivation.steps.map { $0.inputGradient }
            let found: [(String, Tensor, Tensor?)] =
                [("input", stacked(input), x.gradient)]
                + zip(derivation.initialGradients, states).map { ("initial " + $0.name, $0.tensor, $1.tensor.gradient) }
                + derivation.gradients.map { ($0.name, $0.tensor, layer.parameters[$0.name].gradient) }
            let check = derivation.check()
            #expect(check.rows.count == found.count)
            for ((name, gradient, ofLayer), row) in zip(found, check.rows) {
                let scale = Self.largest(gradient)
                #expect(row.differenceToTape < 1e-12 * scale, "\(seed), \(name): \(cell.text)")
                #expect(row.differenceToCentralDifferences < 1e-7 * scale, "\(seed), \(name): \(cell.text)")
                let differences = try zip(gradient.values, #require(ofLayer).values).map { abs($0 - $1) }
                #expect(differences.allSatisfy { $0 < 1e-12 * scale }, "\(seed), \(name): \(cell.text)")
            }
        }
    }

    @Test("the printed equations of 100 random cells come to their numbers, in general too", arguments: 0..<10)
    func equations(tenth: Int) throws {
        for seed in tenth * 10..<(tenth + 1) * 10 {
            let text = RandomCell(seed: seed).text
            do {
                let cell = try DerivedCell(CellDefinition("cell \(seed)", text), seed: seed, hiddenSize: 2)
                let (exhibit, printed) = try PrintedEquationTests.exhibit(cell)
                try PrintedEquationTests.expectLines(exhibit, printed)
                try PrintedEquationTests.expectGeneral(exhibit, printed, parameters: Set(cell.derivation.definition.parameterNames))
                try PrintedEquationTests.expectWorked(cell, printed)
            } catch {
                Issue.record("\(seed): \(error)\n\(text)")
            }
        }
    }
}
