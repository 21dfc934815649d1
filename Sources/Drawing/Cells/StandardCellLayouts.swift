import Recurrent

/// The pictures of RNN, LSTM and GRU, which everybody knows: the states run along the top and the bottom.
extension CellLayout {
    /// With the signs of the nodes that compute.
    static let standard: [(layout: CellLayout, signs: [String: String])] =
        [rnn, lstm] + [true, false].flatMap { after in [true, false].map { gru(resetAfter: after, keepsPrevious: $0) } }

    private static let rnn: (CellLayout, [String: String]) = {
        var drawing = Drawing(width: 350, height: 130)
        drawing.ends(["previous-h": (6, 50), "x": (44, 120), "next-h": (346, 50)])
        drawing.box("h", 190, 50, width: 60)
        drawing.line(["previous-h"], nil, (6, 50), (44, 50))
        drawing.line(["x"], nil, (44, 120), (44, 50))
        drawing.line(["previous-h", "x"], "h", (44, 50), (160, 50))
        drawing.line(["h"], "next-h", (220, 50), (346, 50))
        drawing.label("previous-h", 6, 30)
        drawing.label("x", 51, 118)
        drawing.label("next-h", 346, 38, .end)
        return drawing.result
    }()

    /// The labels of neighbouring gates stand at different heights, so that also long numbers keep apart.
    private static let lstm: (CellLayout, [String: String]) = {
        var drawing = Drawing(width: 350, height: 300)
        drawing.ends([
            "previous-c": (6, 45), "next-c": (346, 45), "previous-h": (6, 252), "next-h": (346, 252), "x": (24, 292),
        ])
        let (kept, added) = ("f_t ⊙ c_{t-1}", "i_t ⊙ g_t")
        for (gate, x, label) in [("f", 72.0, 154.0), ("i", 134, 181), ("g", 198, 154), ("o", 258, 181)] {
            drawing.box(gate, x, 200, width: 40)
            drawing.label(gate, x + 5, label, isStacked: true)
        }
        drawing.node(kept, "×", 72, 45)
        drawing.node("c", "+", 198, 45)
        drawing.node(added, "×", 198, 105)
        drawing.box("tanh(c_t)", 318, 90, width: 40)
        drawing.node("h", "×", 318, 145)

        drawing.line(["previous-h"], nil, (6, 252), (24, 252))
        drawing.line(["x"], nil, (24, 292), (24, 252))
        drawing.line(["previous-h", "x"], "o", (24, 252), (258, 252), (258, 212))
        for (gate, x) in [("f", 72.0), ("i", 134), ("g", 198)] {
            drawing.line(["previous-h", "x"], gate, (x, 252), (x, 212))
        }
        drawing.line(["previous-c"], kept, (6, 45), (63, 45))
        drawing.line(["f"], kept, (72, 188), (72, 54))
        drawing.line([kept], "c", (81, 45), (189, 45))
        drawing.line(["i"], added, (134, 188), (134, 105), (189, 105))
        drawing.line(["g"], added, (198, 188), (198, 114))
        drawing.line([added], "c", (198, 96), (198, 54))
        drawing.line(["c"], "next-c", (207, 45), (346, 45))
        drawing.line(["c"], "tanh(c_t)", (318, 45), (318, 78))
        drawing.line(["tanh(c_t)"], "h", (318, 102), (318, 136))
        drawing.line(["o"], "h", (258, 188), (258, 145), (309, 145))
        drawing.line(["h"], "next-h", (318, 154), (318, 252), (346, 252))

        drawing.label("previous-c", 6, 26)
        drawing.label("next-c", 346, 30, .end)
        drawing.label(kept, 85, 62, letter: "f ⊙ c")
        drawing.label(added, 205, 84, letter: "i ⊙ g", isStacked: true)
        drawing.label("tanh(c_t)", 312, 126, .end)
        drawing.label("previous-h", 6, 243, isStacked: true)
        drawing.label("next-h", 346, 269, .end)
        drawing.label("x", 31, 290)
        return drawing.result
    }()

    /// h_{t−1} runs along the top, and down to the gates and to the candidate.
    private static func gru(resetAfter: Bool, keepsPrevious: Bool) -> (CellLayout, [String: String]) {
        var drawing = Drawing(width: 350, height: 300)
        drawing.ends(["previous-h": (6, 45), "next-h": (346, 45), "x": (36, 292)])
        let reset = resetAfter ? "r_t ⊙ W h_{t-1}" : "r_t ⊙ h_{t-1}"
        let (kept, new) = keepsPrevious ? ("z_t ⊙ h_{t-1}", "(1 - z_t) ⊙ n_t") : ("(1 - z_t) ⊙ h_{t-1}", "z_t ⊙ n_t")
        drawing.box("z", 64, 205, width: 40)
        drawing.box("r", 178, 205, width: 40)
        drawing.box("n", 286, 205, width: 44)
        drawing.node(reset, "×", 178, 150)
        drawing.node(kept, "×", 64, 45)
        drawing.node(new, "×", 286, 105)
        drawing.node("h", "+", 286, 45)

        drawing.line(["previous-h"], kept, (6, 45), (55, 45))
        drawing.line(["previous-h"], nil, (16, 45), (16, 252), (36, 252))
        drawing.line(["x"], nil, (36, 292), (36, 252))
        drawing.line(["previous-h", "x"], "r", (36, 252), (178, 252), (178, 217))
        drawing.line(["previous-h", "x"], "z", (64, 252), (64, 217))
        drawing.line(["x"], "n", (36, 272), (286, 272), (286, 217))
        drawing.line(["r"], reset, (178, 193), (178, 159))
        if resetAfter {
            drawing.box("W h_{t-1}", 119, 150, width: 70)
            drawing.line(["previous-h"], "W h_{t-1}", (16, 150), (84, 150))
            drawing.line(["W h_{t-1}"], reset, (154, 150), (169, 150))
        } else {
            drawing.line(["previous-h"], reset, (16, 150), (169, 150))
            drawing.label(reset, 191, 143, letter: "r ⊙ h", isStacked: true)
        }
        drawing.line([reset], "n", (187, 150), (254, 150), (254, 205), (264, 205))
        drawing.line(["n"], new, (286, 193), (286, 114))
        drawing.line([kept], "h", (73, 45), (277, 45))
        drawing.line([new], "h", (286, 96), (286, 54))
        drawing.line(["h"], "next-h", (295, 45), (346, 45))
        if keepsPrevious {
            drawing.constant("1 - z_t", "1 −", 112, 105)
            drawing.line(["z"], kept, (64, 193), (64, 54))
            drawing.line(["z"], "1 - z_t", (64, 105), (99, 105))
            drawing.line(["1 - z_t"], new, (125, 105), (277, 105))
            drawing.label("1 - z_t", 131, 98, letter: "1 − z")
        } else {
            drawing.constant("1 - z_t", "1 −", 64, 70)
            drawing.line(["z"], "1 - z_t", (64, 193), (64, 78))
            drawing.line(["z"], new, (64, 105), (277, 105))
            drawing.line(["1 - z_t"], kept, (64, 62), (64, 54))
            drawing.label("1 - z_t", 82, 82, letter: "1 − z")
        }

        drawing.label("previous-h", 6, 26)
        drawing.label("next-h", 346, 32, .end)
        drawing.label(kept, 78, 62, letter: keepsPrevious ? "z ⊙ h" : "(1 − z) ⊙ h")
        drawing.label(new, 281, 76, .end, letter: keepsPrevious ? "(1 − z) ⊙ n" : "z ⊙ n")
        drawing.label("r", 183, 186, isStacked: true)
        drawing.label("z", 69, 188, isStacked: true)
        drawing.label("n", 291, 164, isStacked: true)
        drawing.label("x", 43, 290)
        return drawing.result
    }
}

/// A picture that is put together part by part.
private struct Drawing {
    private var layout: CellLayout
    private var signs: [String: String] = [:]

    init(width: Double, height: Double) {
        layout = CellLayout(width: width, height: height, frames: [:], lines: [], labels: [])
    }

    var result: (CellLayout, [String: String]) { (layout, signs) }

    mutating func ends(_ places: [String: (x: Double, y: Double)]) {
        for (id, place) in places { layout.frames[id] = .init(center: Point(x: place.x, y: place.y)) }
    }

    mutating func box(_ id: String, _ x: Double, _ y: Double, width: Double, height: Double = 24) {
        layout.frames[id] = .init(center: Point(x: x, y: y), width: width, height: height)
    }

    mutating func node(_ id: String, _ sign: String, _ x: Double, _ y: Double) {
        box(id, x, y, width: 18, height: 18)
        signs[id] = sign
    }

    mutating func constant(_ id: String, _ sign: String, _ x: Double, _ y: Double) {
        box(id, x, y, width: 26, height: 16)
        signs[id] = sign
    }

    mutating func line(_ sources: [String], _ target: String?, _ points: (x: Double, y: Double)...) {
        layout.lines.append(.init(sources: sources, target: target, points: points.map { Point(x: $0.x, y: $0.y) }))
    }

    mutating func label(
        _ node: String, _ x: Double, _ y: Double, _ anchor: HTML.Anchor = .start, letter: String? = nil, isStacked: Bool = false
    ) {
        layout.labels.append(
            .init(node: node, point: Point(x: x, y: y), anchor: anchor, isStacked: isStacked, letter: letter))
    }
}
