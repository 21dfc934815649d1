import Recurrent

/// The parameters of a layer or model with their shapes and counts: `show(parameters: lstm)`.
package struct ParametersExhibit: Codable, Hashable, Sendable {
    package struct Row: Codable, Hashable, Sendable {
        /// As PyTorch calls it: `weight_ih_l0`.
        package var name: String
        package var shape: [Int]
        package var count: Int
        /// The count in the layer's sizes, as TeX: `4h \cdot d`; nil where the sizes have no names.
        package var formula: String?

        package init(name: String, shape: [Int], count: Int, formula: String? = nil) {
            self.name = name
            self.shape = shape
            self.count = count
            self.formula = formula
        }
    }

    /// As the layer prints itself: `LSTM(5, 6)`.
    package var layer: String
    package var rows: [Row]
    package var total: Int
    /// The total in the layer's sizes, as TeX.
    package var formula: String?
    /// What the letters of the formulas stand for.
    package var sizes: [LayerSize]

    package init(layer: String, rows: [Row], total: Int, formula: String? = nil, sizes: [LayerSize] = []) {
        self.layer = layer
        self.rows = rows
        self.total = total
        self.formula = formula
        self.sizes = sizes
    }
}

extension ParametersExhibit: ExhibitContent {
    package static var kind: String { "parameters" }

    /// For the terminal: one parameter a line.
    package var terminalText: String {
        (rows.map { "\($0.name)  \(Shape($0.shape))  \($0.count)" } + ["\(layer)  \(total)"]).joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows the parameters of a recurrent layer, with the formulas of their counts.
public func show(parameters layer: some RecurrentLayer) {
    show(layer.parameters, of: layer)
}

/// Shows the parameters of a cell, with the formulas of their counts.
public func show(parameters cell: some RecurrentCell) {
    show(cell.parameters, of: cell.layer)
}

/// `parameters`: the layer's, perhaps under other names.
private func show(_ parameters: Parameters, of layer: some RecurrentLayer) {
    let (options, counts) = (layer.options, layer.parameterCounts)
    let rows = zip(parameters, counts).map { row($0, formula: $1.formula(readingUnits: $0.name.isOfLaterLayer, options)) }
    show(
        rows: rows, layer: layer.description, formula: total(of: layer),
        sizes: [.init(.features, options.inputSize), .init(.units, options.hiddenSize)]
            + (options.projSize == 0 ? [] : [.init(.projection, options.projSize)])
            + (options.directions == 1 ? [] : [.init(.directions, options.directions)]))
}

/// `2 \cdot \left[…\right]`: all layers and directions; nil where a size has no letter.
private func total(of layer: some RecurrentLayer) -> String? {
    let options = layer.options
    let directions = options.directions == 1 ? "" : "D "
    let isProjected = options.projSize != 0
    guard let first = layer.definition.countFormula(reading: "d", isProjected: isProjected),
        let later = layer.definition.countFormula(reading: directions + options.outputLetter, isProjected: isProjected)
    else { return nil }
    let above = options.numLayers == 2 ? "" : #"\#(options.numLayers - 1) \cdot "#
    let all = options.numLayers == 1 ? first : first + " + " + (above.isEmpty ? later : #"\#(above)\left[\#(later)\right]"#)
    return options.directions == 1 ? all : #"D \left[\#(all)\right]"#
}

extension ParameterCount {
    /// `4H \cdot d`; nil where a size has no letter.
    fileprivate func formula(readingUnits: Bool, _ options: RecurrentOptions) -> String? {
        let (isProjected, output) = (options.projSize != 0, options.outputLetter)
        if isProjected && rows == .units { return #"P \cdot H"# }
        guard isProjected || rows == .units else { return nil }
        let block = blocks == 1 ? "H" : "\(blocks)H"
        switch columns {
        case nil: return isStackOfVectors ? #"\#(blocks) \cdot H"# : block
        case .features where readingUnits: return #"\#(block) \cdot \#(options.directions == 1 ? "" : "D ")\#(output)"#
        case .features: return #"\#(block) \cdot d"#
        case .units: return #"\#(block) \cdot \#(output)"#
        case .own: return nil
        }
    }
}

extension RecurrentOptions {
    /// The letter of the size of what a step gives out.
    fileprivate var outputLetter: String { projSize == 0 ? "H" : "P" }
}

extension String {
    /// A parameter of any layer but the first: `weight_ih_l1_reverse`.
    fileprivate var isOfLaterLayer: Bool { contains("_l") && !contains("_l0") }
}

#if hasFeature(Embedded)
/// Shows the parameters of a layer or model that says what it is called.
public func show(parameters layer: some Layer & CustomStringConvertible) {
    show(layer, name: layer.description)
}
#else
/// Shows the parameters of any layer or model.
public func show(parameters layer: some Layer) {
    show(layer, name: (layer as? any CustomStringConvertible)?.description ?? "\(type(of: layer))")
}
#endif

private func show(_ layer: some Layer, name: String) {
    show(rows: layer.parameters.map { row($0, formula: nil) }, layer: name)
}

private func show(rows: [ParametersExhibit.Row], layer: String, formula: String? = nil, sizes: [LayerSize] = []) {
    Recorder.current.show(
        ParametersExhibit(
            layer: layer, rows: rows, total: rows.reduce(0) { $0 + $1.count }, formula: formula, sizes: sizes))
}

private func row(_ parameter: Parameters.Element, formula: String?) -> ParametersExhibit.Row {
    .init(
        name: parameter.name, shape: Array(parameter.tensor.shape), count: parameter.tensor.shape.elementCount,
        formula: formula)
}
