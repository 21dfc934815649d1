import Recurrent

/// A drawing of a cell, whose lines may carry the values of one unit at one step: `show(diagram: trace, step: 2, unit: 0)`.
package struct CellExhibit: Codable, Hashable, Sendable {
    package struct Value: Codable, Hashable, Sendable {
        /// As the diagram's wires call it: `f`, `previous-c`, `f_t ⊙ c_{t-1}`.
        package var symbol: String
        package var value: Double

        package init(symbol: String, value: Double) {
            self.symbol = symbol
            self.value = value
        }
    }

    /// Where the values are from.
    package struct Place: Codable, Hashable, Sendable {
        package var layer: Int
        package var isReverse: Bool
        package var step: Int
        package var sequence: Int
        package var unit: Int
        package var input: [Double]

        package init(layer: Int, isReverse: Bool, step: Int, sequence: Int, unit: Int, input: [Double]) {
            self.layer = layer
            self.isReverse = isReverse
            self.step = step
            self.sequence = sequence
            self.unit = unit
            self.input = input
        }
    }

    /// What the cell is called.
    package var name: String
    package var diagram: CellDiagram
    /// nil for a cell without values.
    package var place: Place?
    package var values: [Value]
    /// What tells a layer's cell from others of its name.
    package var variants: [CellVariant]?

    package init(
        name: String, diagram: CellDiagram, place: Place? = nil, values: [Value] = [], variants: [CellVariant]? = nil
    ) {
        self.name = name
        self.diagram = diagram
        self.place = place
        self.values = values
        self.variants = variants
    }
}

extension CellExhibit: ExhibitContent {
    package static var kind: String { "cell" }

    /// For the terminal: one value a line.
    package var terminalText: String {
        let title = place.map { "\($0.tracePlace.text(of: name)): input \($0.input)" } ?? name
        let lines =
            place == nil
            ? diagram.wires.map { "  \($0.from) → \($0.to)" } : values.map { "  \($0.symbol) = \($0.value)" }
        return ([title] + lines).joined(separator: "\n")
    }
}

extension CellExhibit.Place {
    fileprivate var tracePlace: TracePlace {
        TracePlace(layer: layer, isReverse: isReverse, step: step, sequence: sequence, unit: unit)
    }
}

// MARK: - Showing

/// Draws a cell as its equations have it, without values.
public func show(diagram definition: CellDefinition) {
    Recorder.current.show(CellExhibit(name: definition.name, diagram: definition.diagram, variants: definition.variants))
}

/// Draws a recurrent layer's cell with the values of one unit at one step; `layer` is the last one if left out.
public func show(
    diagram trace: RecurrentTrace<some RecurrentLayer>, step: Int, unit: Int = 0, layer: Int? = nil, reverse: Bool = false,
    sequence: Int = 0
) {
    let place = TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit)
    do {
        Recorder.current.show(try CellExhibit(trace, at: place))
    } catch {
        fatalError("show(diagram:): \(error)")
    }
}

extension CellExhibit {
    package init(_ trace: RecurrentTrace<some RecurrentLayer>, at place: TracePlace) throws(ShowMisuse) {
        let (track, step) = try trace.find(place)
        var values: [String: [Double]] = [:]
        func add(_ symbol: String, _ tensor: Tensor) {
            if place.unit < tensor.shape[1] { values[symbol] = [tensor.row(place.sequence)[place.unit]] }
        }
        for (symbol, tensor) in step.quantities { add(symbol, tensor) }
        for (symbol, tensor) in step.previous { add("previous-" + symbol, tensor) }
        let definition = trace.layer.definition
        self.init(
            name: definition.name, diagram: definition.diagram,
            place: Place(
                layer: track.layer, isReverse: track.isReverse, step: place.step, sequence: place.sequence, unit: place.unit,
                input: step.input.row(place.sequence)),
            values: definition.wireValues(from: values).sorted { $0.symbol < $1.symbol }
                .map { Value(symbol: $0.symbol, value: $0.values[0]) }, variants: definition.variants)
    }
}
