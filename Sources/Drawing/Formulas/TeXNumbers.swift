import Exhibits

extension FormattedNumber {
    /// The number as TeX: `-1.2340 \times 10^{-5}`.
    package var tex: String {
        guard value.isFinite else { return value.isNaN ? #"\mathrm{NaN}"# : value < 0 ? #"{-\infty}"# : #"\infty"# }
        let number = text.replacing("\u{2212}", with: "-") + (power.map { #" \times 10^{\#($0)}"# } ?? "")
        // In braces the minus is the number's sign, not an operator with room around it.
        return value < 0 ? "{\(number)}" : number
    }

    /// The same with its full value as data, in KaTeX's words: the page's script tells it, and where else it stands.
    var linkedTeX: String { value.isFinite ? #"\htmlData{value=\#(value.description)}{\#(tex)}"# : tex }
}

extension DerivationExhibit.Numbers {
    /// A number, a column or a matrix as TeX; the middle of a long one is left out.
    var tex: String {
        switch shape.count {
        case 0: tex(at: 0)
        case 1: Self.brackets(Self.picked(shape[0]).map { [$0.map { tex(at: $0) } ?? #"\vdots"#] })
        default: Self.brackets(matrix)
        }
    }

    private var matrix: [[String]] {
        let (rows, columns) = (Self.picked(shape[0]), Self.picked(shape[1]))
        return rows.map { row in
            columns.map { column in
                guard let row else { return column == nil ? #"\ddots"# : #"\vdots"# }
                return column.map { tex(at: row * shape[1] + $0) } ?? #"\cdots"#
            }
        }
    }

    private func tex(at index: Int) -> String { NumberFormat.fitting(values).format(values[index]).linkedTeX }

    /// Rows and columns of what stands in brackets at most.
    private static let limit = 6

    private static func picked(_ count: Int) -> [Int?] {
        Elision.indices(of: count, limit: limit).map { $0.index }
    }

    private static func brackets(_ rows: [[String]]) -> String {
        let body = rows.map { $0.joined(separator: " & ") }.joined(separator: #" \\ "#)
        return #"\begin{pmatrix} \#(body) \end{pmatrix}"#
    }
}
