/// One layer of a cell in one direction: the parameters of its equations, and the program made of them.
final class CellDirection: RecurrentDirection {
    let definition: CellDefinition
    let program: CellProgram
    let parameters: Parameters
    let states: [(name: String, width: Int)]
    let outputWidth: Int

    /// Parameters are drawn uniformly from (−`bound`, `bound`) in the order of the equations.
    init(_ definition: CellDefinition, features: Int, units: Int, sizes: [String: Int], bound: Double) {
        func width(_ size: CellDefinition.Size) -> Int {
            switch size {
            case .features: features
            case .units: units
            case .own(let name): sizes[name] ?? units
            }
        }
        self.definition = definition
        program = CellProgram(definition, widths: width)
        parameters = Parameters(
            definition.parameters.map { parameter in
                let shape = Shape([width(parameter.rows)] + (parameter.columns.map { [width($0)] } ?? []))
                return (parameter.name.text, .parameter(shape, uniformWithin: bound))
            })
        states = definition.states.map { ($0.text, width(definition.sizes[$0]!)) }
        outputWidth = width(definition.sizes[definition.output]!)
    }

    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> any RecurrentPass {
        CellPass(x, from: initial, self)
    }

    func equationParameters(_ parameters: Parameters) -> Parameters { parameters }
    func equationNames(of parameter: String) -> [String] { [parameter] }
    func stackedParameters(_ byEquation: Parameters) -> Parameters { byEquation }
}
