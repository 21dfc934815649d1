import Exhibits

/// Names as pictures write them: `h_{t-1}` with what stands below as subscripts.
extension String {
    /// Stretches of text, and whether each is to be set lower because Unicode has no subscripts for it.
    package var subscripted: [(text: String, isLower: Bool)] {
        var runs: [(text: String, isLower: Bool)] = []
        func add(_ text: String, isLower: Bool) {
            if runs.last?.isLower != isLower { runs.append(("", isLower)) }
            runs[runs.count - 1].text += text
        }
        var rest = self[...]
        while let character = rest.popFirst() {
            guard character == "_", let first = rest.first else {
                add(String(character), isLower: false)
                continue
            }
            let below = first == "{" ? String(rest.dropFirst().prefix { $0 != "}" }) : String(first)
            rest = rest.dropFirst(first == "{" ? below.count + 2 : 1)
            let signs = below.compactMap { Self.subscripts[$0] }
            if signs.count == below.count { add(String(signs), isLower: false) } else { add(below, isLower: true) }
        }
        return runs
    }

    /// In one line, what has no subscripts in Unicode among the rest; a difference with the sign that is as wide as a plus.
    var subscriptedText: String { subscripted.map { $0.text }.joined().withMinusSign }

    /// The same of a direction that reads from the end: what it read before step t is step t+1.
    func reading(backward isBackward: Bool) -> String { isBackward ? replacing("t-1}", with: "t+1}") : self }

    private static let subscripts: [Character: Character] = Dictionary(
        uniqueKeysWithValues: zip("0123456789+-aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"))
}

extension HTML {
    /// The runs of a name, the lower ones shifted.
    static func subscripted(_ name: String) -> [HTML] {
        var isLower = false
        return name.subscripted.map { run in
            defer { isLower = run.isLower }
            guard run.isLower || isLower else { return .text(run.text) }
            return HTML(.tspan, .class(run.isLower ? "lower" : nil), .attribute("dy", run.isLower ? "3" : "-3")) { run.text }
        }
    }
}
