import Exhibits

/// A drawing of an RNN's, an LSTM's or a GRU's cell whose lines carry values.
struct CellPicture {
    let form: CellForm
    /// What the lines carry, as text, by symbol: `f`, `c`, `previous-c`; lines without a value carry only their letter.
    let values: [String: String]
    /// What x_t is; empty where it is not told.
    let input: String

    func picture(title: String, description: String) -> Picture {
        let (height, content) = switch form.kind {
        case .rnn: (170.0, rnn)
        case .lstm: (300.0, lstm)
        case .gru: (300.0, gru)
        }
        return Picture(width: Self.width, height: height, title: title, description: description, content: content)
    }

    private static let width = 430.0

    /// A letter and, where there is one, its value, which the page's script can change.
    private func label(_ symbol: String, _ letter: String, _ x: Double, _ y: Double, _ anchor: HTML.Anchor = .start) -> HTML {
        HTML(
            .text, .class("wire-label"), .attribute("x", x.coordinate), .attribute("y", y.coordinate),
            anchor == .start ? nil : .attribute("text-anchor", anchor.rawValue)
        ) {
            HTML(.tspan, .class("letter")) { letter }
            if let value = values[symbol] {
                " "
                HTML(.tspan, .attribute("data-quantity", symbol)) { value }
            }
        }
    }

    private func point(_ x: Double, _ y: Double) -> Point { Point(x: x, y: y) }

    private var xLabel: HTML {
        label("x", input.isEmpty ? "xₜ" : "xₜ = \(input)", 66, form.kind == .rnn ? 160 : 292)
    }

    // MARK: RNN

    private var rnn: [HTML] {
        [
            .arrow(point(10, 80), point(141, 80)), .arrow(point(60, 165), point(60, 120), point(150, 120), point(150, 89)),
            .arrow(point(159, 80), point(268, 80)), .arrow(point(312, 80), point(425, 80)),
            .arrow(point(365, 80), point(365, 22)),
            .box("W", center: point(95, 80), width: 32), .box("W", center: point(105, 120), width: 32),
            .text("hh", at: point(113, 100), class: "tick"), .text("ih", at: point(123, 138), class: "tick"),
            .node("+", center: point(150, 80)), .text("b", at: point(150, 62), .middle, class: "tick"),
            .box(form.function, center: point(290, 80), width: 44),
            label("previous-h", "hₜ₋₁", 8, 60), label("a", "aₜ", 168, 72),
            label("h", "hₜ", 425, 72, .end), xLabel,
        ]
    }

    // MARK: LSTM

    private var lstm: [HTML] {
        let gates: [(name: String, letter: String, function: String, x: Double)] = [
            ("f", "fₜ", "σ", 85), ("i", "iₜ", "σ", 160), ("g", "gₜ", "tanh", 235), ("o", "oₜ", "σ", 310),
        ]
        let wires: [HTML] = [
            .arrow(point(10, 45), point(76, 45)), .arrow(point(94, 45), point(226, 45)), .arrow(point(244, 45), point(425, 45)),
            .arrow(point(10, 245), point(30, 245)), .wire(point(30, 245), point(310, 245)),
            .arrow(point(50, 285), point(50, 247)),
            .arrow(point(85, 188), point(85, 54)), .arrow(point(160, 188), point(160, 105), point(226, 105)),
            .arrow(point(235, 188), point(235, 114)), .arrow(point(235, 96), point(235, 54)),
            .arrow(point(345, 45), point(345, 78)), .arrow(point(345, 102), point(345, 136)),
            .arrow(point(310, 188), point(310, 145), point(336, 145)),
            .arrow(point(345, 154), point(345, 245), point(425, 245)),
        ] + gates.map { .arrow(point($0.x, 245), point($0.x, 212)) }
        let parts: [HTML] = gates.map { .box($0.function, center: point($0.x, 200), width: 40) } + [
            .node("×", center: point(85, 45)), .node("+", center: point(235, 45)), .node("×", center: point(235, 105)),
            .box("tanh", center: point(345, 90), width: 40), .node("×", center: point(345, 145)),
        ]
        let labels = gates.map { label($0.name, $0.letter, $0.x + ($0.name == "o" ? -5 : 5), 180, $0.name == "o" ? .end : .start) } + [
            label("previous-c", "cₜ₋₁", 8, 20), label("c", "cₜ", 425, 36, .end),
            label("kept", "f ⊙ c", 102, 62), label("added", "i ⊙ g", 242, 78),
            label("tanh-c", "", 352, 122), label("previous-h", "hₜ₋₁", 8, 268), label("h", "hₜ", 425, 263, .end), xLabel,
        ]
        return wires + parts + labels
    }

    // MARK: GRU

    private var gru: [HTML] {
        let resetPath: [HTML] = form.resetAfter
            ? [.box("W hₜ₋₁ + b", center: point(62, 110), width: 74)]
            : [.box("W", center: point(190, 110), width: 28)]
        let wires: [HTML] = [
            // h_{t−1} along the top, and down to the gates and to the candidate.
            .arrow(point(10, 45), point(251, 45)), .arrow(point(269, 45), point(331, 45)), .arrow(point(349, 45), point(425, 45)),
            .wire(point(20, 45), point(20, 245)), .wire(point(20, 245), point(260, 245)), .wire(point(20, 110), point(106, 110)),
            .arrow(point(100, 110), point(111, 110)),
            .arrow(point(50, 285), point(50, 247)), .wire(point(50, 262), point(340, 262)),
            .arrow(point(120, 245), point(120, 212)), .arrow(point(260, 245), point(260, 212)),
            .arrow(point(340, 262), point(340, 212)), .arrow(point(120, 188), point(120, 119)),
            .wire(point(260, 188), point(260, 54)),
            .wire(point(129, 110), point(300, 110), class: "bridge"),
            .arrow(point(129, 110), point(300, 110), point(300, 200), point(318, 200)),
            .arrow(point(260, 60), point(260, 54)), .arrow(point(340, 188), point(340, 94)), .arrow(point(340, 76), point(340, 54)),
            .arrow(point(260, 85), point(331, 85)),
        ]
        let complement = form.updateTakesCandidate ? point(260, 68) : point(298, 85)
        let parts: [HTML] = resetPath + [
            .box("σ", center: point(120, 200), width: 40), .box("σ", center: point(260, 200), width: 40),
            .box("tanh", center: point(340, 200), width: 44), .node("×", center: point(120, 110)),
            .node("×", center: point(260, 45)), .node("+", center: point(340, 45)), .node("×", center: point(340, 85)),
            .box("1 −", center: complement, width: 26, height: 16),
        ]
        let labels: [HTML] = [
            label("previous-h", "hₜ₋₁", 8, 20), label("h", "hₜ", 425, 34, .end), label("r", "rₜ", 126, 160),
            label("z", "zₜ", 254, 160, .end), label("n", "nₜ", 347, 160),
            form.updateTakesCandidate ? label("rest", "", 244, 72, .end) : label("rest", "", 298, 72, .middle), xLabel,
        ]
        return wires + parts + labels
    }
}
