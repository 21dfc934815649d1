import Recurrent

extension Block {
    /// An indented block of a cell's equations as formulas, each with the words behind it: what `CellDefinition` reads is an
    /// equation. Every other block as it is.
    var withFormulas: Block {
        guard case .code(nil, let text) = self, let tex = DocumentedEquations(text)?.tex else { return self }
        return .math(DisplayMath(tex: TeX(source: tex, position: .start), label: nil))
    }
}

/// `h_t = o_t ⊙ tanh(c_t)      hidden state`, for each quantity of a cell.
private struct DocumentedEquations {
    private let equations, remarks: [String]

    /// nil where the lines do not define a cell.
    init?(_ text: String) {
        let lines = text.split(separator: "\n").map { line in
            let end = line.firstRange(of: "  ")?.lowerBound ?? line.endIndex
            return (equation: String(line[..<end]), remark: line[end...].drop { $0 == " " })
        }
        let written = lines.map(\.equation).joined(separator: "\n")
        guard !written.contains("\""), let cell = try? CellDefinition("documented", parsing: written),
            cell.tex.count == lines.count
        else { return nil }
        equations = cell.tex
        remarks = lines.map { String($0.remark) }
    }

    /// Aligned at the sign of equality.
    var tex: String {
        let lines = zip(equations, remarks).map { equation, remark in
            equation.replacing("=", with: "&=", maxReplacements: 1) + (remark.isEmpty ? "" : #" &&\text{\#(remark.escapedInTeX)}"#)
        }
        return #"\begin{aligned}"# + lines.joined(separator: #"\\"#) + #"\end{aligned}"#
    }
}
