import Recurrent

/// A cell's equations: `show(equations: mgu)`.
package struct EquationsExhibit: Codable, Hashable, Sendable {
    /// What the cell is called.
    package var name: String
    /// As TeX, in the order in which a step computes them.
    package var equations: [String]
    /// What tells a layer's cell from others of its name.
    package var variants: [CellVariant]?

    package init(name: String, equations: [String], variants: [CellVariant]? = nil) {
        self.name = name
        self.equations = equations
        self.variants = variants
    }
}

extension EquationsExhibit: ExhibitContent {
    package static var kind: String { "equations" }

    /// For the terminal: one equation a line.
    package var terminalText: String {
        ([name] + equations.map { "  \(PlainFormula($0))" }).joined(separator: "\n")
    }
}

/// Shows the equations of a cell, in the order in which a step computes them.
public func show(equations definition: CellDefinition) {
    Recorder.current.show(EquationsExhibit(name: definition.name, equations: definition.tex, variants: definition.variants))
}
