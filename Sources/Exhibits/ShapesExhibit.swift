import Recurrent

/// Names and shapes, a row each: `show(shapes: ["input": input, "hn": hn])`, or
/// `show(shapes: lstm, input: input, output: output)` with what the axes mean.
public struct ShapesExhibit: Codable, Hashable, Sendable {
    public enum Role: String, Codable, Hashable, Sendable {
        case input, output
    }

    public struct Row: Codable, Hashable, Sendable {
        public var name: String
        public var shape: [Int]
        /// What each axis is; nil where that is not known.
        public var axes: [LayerSize.Meaning]?
        /// Whether the layer takes it in or gives it out; nil where there is no layer.
        public var role: Role?

        public init(name: String, shape: [Int], axes: [LayerSize.Meaning]? = nil, role: Role? = nil) {
            self.name = name
            self.shape = shape
            self.axes = axes
            self.role = role
        }
    }

    public var rows: [Row]
    /// As the layer prints itself; nil where there is none.
    public var layer: String?
    /// What the letters of the symbolic shapes stand for.
    public var sizes: [LayerSize]?

    public init(rows: [Row], layer: String? = nil, sizes: [LayerSize]? = nil) {
        self.rows = rows
        self.layer = layer
        self.sizes = sizes
    }
}

extension ShapesExhibit: ExhibitContent {
    /// For the terminal: one name and shape a line.
    var terminalText: String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { row in
            let symbols = row.axes.map { "  (" + $0.map(\.symbol).joined(separator: ", ") + ")" } ?? ""
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
    Recorder.current.show(.shapes(ShapesExhibit(rows: rows)))
}

/// Shows the shapes of what an RNN takes in and gives out, what their axes mean, and the flow through the layer.
public func show(shapes layer: RNN, input: Tensor, h0: Tensor? = nil, output: Tensor, hn: Tensor? = nil) {
    show(shapesOf: layer.description, layer.options, input, [("h0", h0)], output, [("hn", hn)])
}

/// Shows the shapes of what an LSTM takes in and gives out, what their axes mean, and the flow through the layer.
public func show(
    shapes layer: LSTM, input: Tensor, h0: Tensor? = nil, c0: Tensor? = nil,
    output: Tensor, hn: Tensor? = nil, cn: Tensor? = nil
) {
    show(shapesOf: layer.description, layer.options, input, [("h0", h0), ("c0", c0)], output, [("hn", hn), ("cn", cn)])
}

/// Shows the shapes of what a GRU takes in and gives out, what their axes mean, and the flow through the layer.
public func show(shapes layer: GRU, input: Tensor, h0: Tensor? = nil, output: Tensor, hn: Tensor? = nil) {
    show(shapesOf: layer.description, layer.options, input, [("h0", h0)], output, [("hn", hn)])
}

private func show(
    shapesOf layer: String, _ options: RecurrentOptions, _ input: Tensor, _ initial: [(String, Tensor?)],
    _ output: Tensor, _ final: [(String, Tensor?)]
) {
    guard input.shape.count == 3, output.shape.count == 3 else {
        fatalError("show(shapes:): input and output must have 3 axes; got \(input.shape) and \(output.shape)")
    }
    let sequence: [LayerSize.Meaning] = options.batchFirst ? [.sequences, .steps] : [.steps, .sequences]
    let state: [LayerSize.Meaning] = [options.directions == 1 ? .layers : .directionsOfLayers, .sequences, .units]
    func row(_ name: String, _ tensor: Tensor, _ axes: [LayerSize.Meaning], _ role: ShapesExhibit.Role) -> ShapesExhibit.Row {
        .init(name: name, shape: Array(tensor.shape), axes: axes, role: role)
    }
    func states(_ tensors: [(String, Tensor?)], _ role: ShapesExhibit.Role) -> [ShapesExhibit.Row] {
        tensors.compactMap { name, tensor in tensor.map { row(name, $0, state, role) } }
    }
    let rows = [row("input", input, sequence + [.features], .input)] + states(initial, .input)
        + [row("output", output, sequence + [options.directions == 1 ? .units : .unitsOfDirections], .output)]
        + states(final, .output)
    let (steps, batch) = options.batchFirst ? (input.shape[1], input.shape[0]) : (input.shape[0], input.shape[1])
    let sizes: [LayerSize] = [
        .init(.steps, steps), .init(.sequences, batch), .init(.features, options.inputSize),
        .init(.units, options.hiddenSize), .init(.layers, options.numLayers), .init(.directions, options.directions),
    ]
    Recorder.current.show(.shapes(ShapesExhibit(rows: rows, layer: layer, sizes: sizes)))
}
