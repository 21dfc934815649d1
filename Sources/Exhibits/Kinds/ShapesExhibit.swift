import Recurrent

/// Names and shapes, a row each: `show(shapes: ["input": input, "hn": hn])`, or
/// `show(shapes: lstm, input: input, output: output)` with what the axes mean.
package struct ShapesExhibit: Codable, Hashable, Sendable {
    package enum Role: String, Codable, Hashable, Sendable {
        case input, output
    }

    package struct Row: Codable, Hashable, Sendable {
        package var name: String
        package var shape: [Int]
        /// What each axis is; nil where that is not known.
        package var axes: [LayerSize.Meaning]?
        /// Whether the layer takes it in or gives it out; nil where there is no layer.
        package var role: Role?

        package init(name: String, shape: [Int], axes: [LayerSize.Meaning]? = nil, role: Role? = nil) {
            self.name = name
            self.shape = shape
            self.axes = axes
            self.role = role
        }
    }

    package var rows: [Row]
    /// As the layer prints itself; nil where there is none.
    package var layer: String?
    /// What the letters of the symbolic shapes stand for.
    package var sizes: [LayerSize]?

    package init(rows: [Row], layer: String? = nil, sizes: [LayerSize]? = nil) {
        self.rows = rows
        self.layer = layer
        self.sizes = sizes
    }
}

extension ShapesExhibit: ExhibitContent {
    package static var kind: String { "shapes" }

    /// For the terminal: one name and shape a line.
    package var terminalText: String {
        let width = rows.map { $0.name.count }.max() ?? 0
        return rows.map { row in
            let symbols = row.axes.map { "  (" + $0.map { $0.symbol }.joined(separator: ", ") + ")" } ?? ""
            return row.name + String(repeating: " ", count: width - row.name.count) + "  \(Shape(row.shape))" + symbols
        }.joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows names and shapes as a table, in the order given.
public func show(shapes tensors: KeyValuePairs<String, Tensor>) {
    show(shapes: tensors.map { ($0.key, $0.value.shape) })
}

/// Shows names and shapes as a table, in the order given.
public func show(shapes: KeyValuePairs<String, Shape>) {
    show(shapes: shapes.map { ($0.key, $0.value) })
}

private func show(shapes: [(name: String, shape: Shape)]) {
    let rows = shapes.map { ShapesExhibit.Row(name: $0.name, shape: Array($0.shape)) }
    Recorder.current.show(ShapesExhibit(rows: rows))
}

/// Shows the shapes of what a recurrent layer takes in and gives out, what their axes mean, and the flow through it.
///
/// Ends the program where a shape is not the one that the layer and the input ask for.
public func show(
    shapes layer: some RecurrentLayer, input: Tensor, h0: Tensor? = nil, c0: Tensor? = nil,
    output: Tensor, hn: Tensor? = nil, cn: Tensor? = nil
) {
    do {
        Recorder.current.show(
            try ShapesExhibit(
                layer, input: input, initial: [("h", h0), ("c", c0)], output: output, final: [("h", hn), ("c", cn)]))
    } catch {
        fatalError("show(shapes:): \(error)")
    }
}

extension ShapesExhibit {
    /// States go by their symbols: `h` for h0 and hn.
    package init(
        _ layer: some RecurrentLayer, input: Tensor, initial: [(symbol: String, tensor: Tensor?)],
        output: Tensor, final: [(symbol: String, tensor: Tensor?)]
    ) throws(ShowMisuse) {
        let options = layer.options
        // A single sequence comes without the axis N, and so do its states.
        let isBatched = input.shape.count != 2
        guard 2...3 ~= input.shape.count, input.shape.last == options.inputSize else {
            let shapes = "(\(options.batchFirst ? "N, L" : "L, N"), \(options.inputSize)) or (L, \(options.inputSize))"
            throw ShowMisuse(description: "input must have shape \(shapes), which \(layer) asks for; got \(input.shape)")
        }
        let (steps, batch) = isBatched && options.batchFirst ? (input.shape[1], input.shape[0]) : (input.shape[0], input.shape[1])
        let sequences: [LayerSize.Meaning] = isBatched ? [.sequences] : []
        let sequence = isBatched && options.batchFirst ? sequences + [.steps] : [.steps] + sequences
        let isProjected = options.projSize != 0
        let layersAndSequences = [options.directions == 1 ? .layers : .directionsOfLayers] + sequences

        func row(
            _ name: String, _ tensor: Tensor, _ expected: Shape, _ axes: [LayerSize.Meaning], _ role: Role
        ) throws(ShowMisuse) -> Row {
            guard tensor.shape == expected else {
                throw ShowMisuse(
                    description: "\(name) must have shape \(expected), which \(layer) asks for with an input of shape "
                        + "\(input.shape); got \(tensor.shape)")
            }
            return Row(name: name, shape: Array(tensor.shape), axes: axes, role: role)
        }
        func states(
            _ tensors: [(symbol: String, tensor: Tensor?)], _ ending: String, _ role: Role
        ) throws(ShowMisuse) -> [Row] {
            var rows: [Row] = []
            for case (let symbol, let tensor?) in tensors {
                guard let known = layer.stack.states.first(where: { $0.name == symbol }) else {
                    throw ShowMisuse(description: "\(symbol)\(ending) is no state of \(layer); got one of shape \(tensor.shape)")
                }
                let layers = options.numLayers * options.directions
                let expected: Shape = isBatched ? [layers, batch, known.width] : [layers, known.width]
                let units: LayerSize.Meaning = isProjected && symbol == "h" ? .projection : .units
                rows.append(try row(symbol + ending, tensor, expected, layersAndSequences + [units], role))
            }
            return rows
        }

        let width = layer.stack.outputWidth * options.directions
        let single: LayerSize.Meaning = isProjected ? .projection : .units
        let taken = try states(initial, "0", .input)
        let given = try row(
            "output", output, Shape(input.shape.dropLast() + [width]),
            sequence + [options.directions == 1 ? single : isProjected ? .projectionOfDirections : .unitsOfDirections], .output)
        self.init(
            rows: [Row(name: "input", shape: Array(input.shape), axes: sequence + [.features], role: .input)] + taken
                + [given] + (try states(final, "n", .output)),
            layer: layer.description,
            sizes: [.init(.steps, steps)] + (isBatched ? [.init(.sequences, batch)] : []) + [
                .init(.features, options.inputSize), .init(.units, options.hiddenSize),
            ] + (isProjected ? [.init(.projection, options.projSize)] : []) + [
                .init(.layers, options.numLayers), .init(.directions, options.directions),
            ])
    }
}
