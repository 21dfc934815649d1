import Recurrent

/// The parameters of a layer or model with their shapes and counts: `show(parameters: lstm)`.
public struct ParametersExhibit: Codable, Hashable, Sendable {
    public struct Row: Codable, Hashable, Sendable {
        /// As PyTorch calls it: `weight_ih_l0`.
        public var name: String
        public var shape: [Int]
        public var count: Int
        /// The count in the layer's sizes, as TeX: `4h \cdot d`; nil where the sizes have no names.
        public var formula: String?

        public init(name: String, shape: [Int], count: Int, formula: String? = nil) {
            self.name = name
            self.shape = shape
            self.count = count
            self.formula = formula
        }
    }

    /// As the layer prints itself: `LSTM(5, 6)`.
    public var layer: String
    public var rows: [Row]
    public var total: Int
    /// The total in the layer's sizes, as TeX.
    public var formula: String?
    /// What the letters of the formulas stand for.
    public var sizes: [LayerSize]

    public init(layer: String, rows: [Row], total: Int, formula: String? = nil, sizes: [LayerSize] = []) {
        self.layer = layer
        self.rows = rows
        self.total = total
        self.formula = formula
        self.sizes = sizes
    }
}

extension ParametersExhibit: ExhibitContent {
    /// For the terminal: one parameter a line.
    var terminalText: String {
        (rows.map { "\($0.name)  \(Shape($0.shape))  \($0.count)" } + ["\(layer)  \(total)"]).joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows the parameters of an RNN, with the formulas of their counts.
public func show(parameters layer: RNN) { show(parameters: layer, layer.options, gates: 1) }

/// Shows the parameters of an LSTM, with the formulas of their counts.
public func show(parameters layer: LSTM) { show(parameters: layer, layer.options, gates: 4) }

/// Shows the parameters of a GRU, with the formulas of their counts.
public func show(parameters layer: GRU) { show(parameters: layer, layer.options, gates: 3) }

/// Shows the parameters of any layer or model.
public func show(parameters layer: some Layer) {
    let name = (layer as? any CustomStringConvertible)?.description ?? "\(type(of: layer))"
    show(rows: layer.parameters.map { row($0, formula: nil) }, layer: name)
}

private func show(rows: [ParametersExhibit.Row], layer: String, formula: String? = nil, sizes: [LayerSize] = []) {
    Recorder.current.show(.parameters(ParametersExhibit(
        layer: layer, rows: rows, total: rows.reduce(0) { $0 + $1.count }, formula: formula, sizes: sizes)))
}

private func row(_ parameter: Parameters.Element, formula: String?) -> ParametersExhibit.Row {
    .init(
        name: parameter.name, shape: Array(parameter.tensor.shape), count: parameter.tensor.shape.elementCount,
        formula: formula)
}

private func show(parameters layer: some Layer & CustomStringConvertible, _ options: RecurrentOptions, gates: Int) {
    let block = gates == 1 ? "h" : "\(gates)h"
    let directions = options.directions == 1 ? "" : "D "
    let hasPeepholes = layer.parameters.names.contains { $0.hasPrefix("peephole") }
    func formula(_ name: String) -> String {
        if name.hasPrefix("weight_ih") { return name.contains("_l0") ? #"\#(block) \cdot d"# : #"\#(block) \cdot \#(directions)h"# }
        if name.hasPrefix("weight_hh") { return #"\#(block) \cdot h"# }
        return name.hasPrefix("peephole") ? #"3 \cdot h"# : block
    }
    /// Of one layer in one direction that reads so many features.
    func direction(reading features: String) -> String {
        "\(block)(\(features) + h\(options.bias ? " + 2" : ""))" + (hasPeepholes ? " + 3h" : "")
    }
    let first = direction(reading: "d"), later = direction(reading: directions + "h")
    let above = options.numLayers == 2 ? "" : #"\#(options.numLayers - 1) \cdot "#
    let all = options.numLayers == 1 ? first : first + " + " + (above.isEmpty ? later : #"\#(above)\left[\#(later)\right]"#)
    show(
        rows: layer.parameters.map { row($0, formula: formula($0.name)) }, layer: layer.description,
        formula: options.directions == 1 ? all : #"D \left[\#(all)\right]"#,
        sizes: [.init(.features, options.inputSize), .init(.units, options.hiddenSize)]
            + (options.directions == 1 ? [] : [.init(.directions, options.directions)]))
}
