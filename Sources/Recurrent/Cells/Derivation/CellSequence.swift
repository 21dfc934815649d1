/// One sequence that a layer read, and the parameters by which it did.
struct CellSequence {
    /// x_t, the quantities and what is inside their functions, in time order.
    let steps: [CellNumbers]
    /// Under the layer's names.
    let parameters: Parameters
    /// From the names of the equations to those of the layer; gradients are stacked alike.
    let stacked: (Parameters) -> Parameters
    /// From the layer's names to those of the equations.
    let unstacked: (Parameters) -> Parameters
    let layer: String
}

extension CellSequence {
    /// What a direction did with its only sequence; `suffix` ends the names of its parameters in the layer.
    init(
        _ pass: any RecurrentPass, _ direction: any RecurrentDirection, _ definition: CellDefinition, suffix: String,
        _ layer: String
    ) {
        func renamed(_ parameters: Parameters, _ rename: (String) -> String) -> Parameters {
            Parameters(parameters.map { (rename($0.name), $0.tensor) })
        }
        let snapshot = direction.parameters.snapshot
        var byName: [CellName: Tensor] = [:]
        for (name, tensor) in direction.equationParameters(snapshot) { byName[CellName(name)] = tensor }
        let nodes = CellNodes(definition)
        let previous = zip(definition.states, pass.states).map { ($0, $1.viewBeforeAll) }
        steps = (0..<pass.x.count).map { t in
            func row(_ view: MatrixView) -> [Double] { Array(UnsafeBufferPointer(start: view.row(t), count: view.columns)) }
            var numbers = CellNumbers(input: row(pass.x.steps.matrix.view), before: [:], parameters: byName)
            for (name, view) in previous { numbers.before[name] = row(view) }
            for (symbol, view) in pass.quantities { numbers.now[CellName(symbol)] = row(view) }
            for (symbol, view) in pass.preactivations {
                if let inside = nodes.inside(of: CellName(symbol)) { numbers.now[inside.name] = row(view) }
            }
            for node in nodes.nodes where numbers.now[node.name] == nil { numbers.now[node.name] = numbers.value(node.expression) }
            return numbers
        }
        parameters = renamed(snapshot) { $0 + suffix }
        stacked = { renamed(direction.stackedParameters($0)) { $0 + suffix } }
        unstacked = { direction.equationParameters(renamed($0) { String($0.dropLast(suffix.count)) }) }
        self.layer = layer
    }
}
