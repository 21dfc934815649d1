/// TeX to be typeset, in a line of text or on a line of its own.
package struct Formula: Hashable, Sendable {
    package var tex: String
    package var isDisplay: Bool

    package init(_ tex: String, isDisplay: Bool = false) {
        self.tex = tex
        self.isDisplay = isDisplay
    }
}

extension Formula {
    /// Lines one under the other, each with `&` where they align.
    static func aligned(_ lines: [String]) -> Formula {
        Formula(#"\begin{aligned} \#(lines.joined(separator: #" \\ "#)) \end{aligned}"#, isDisplay: true)
    }

    /// Equations one under the other, aligned at the first `=` of each.
    static func aligned(equations: [String]) -> Formula {
        aligned(
            equations.map { equation in
                guard let place = equation.firstIndex(of: "=") else { return "& " + equation }
                return equation[..<place] + "&" + equation[place...]
            })
    }
}
