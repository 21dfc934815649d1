import Recurrent

/// The pictures of RNN, LSTM and GRU, which everybody knows: the states run along the top and the bottom.
extension CellLayout {
    /// With the signs of the nodes that compute.
    static let standard: [(layout: CellLayout, signs: [String: String])] =
        [rnn, lstm] + [true, false].flatMap { after in [true, false].map { gru(resetAfter: after, keepsPrevious: $0) } }

    private static let rnn: (CellLayout, [String: String]) = {
        var drawing = Drawing(width: 430, height: 130)
        drawing.ends(["previous-h": (10, 50), "x": (60, 120), "next-h": (425, 50)])
        drawing.box("h", 215, 50, width: 60)
        drawing.line(["previous-h"], nil, (10, 50), (60, 50))
        drawing.line(["x"], nil, (60, 120), (60, 50))
        drawing.line(["previous-h", "x"], "h", (60, 50), (185, 50))
        drawing.line(["h"], "next-h", (245, 50), (425, 50))
        drawing.label("previous-h", 8, 25)
        drawing.label("x", 67, 116)
        drawing.label("next-h", 425, 40, .end)
        return drawing.result
    }()

    private static let lstm: (CellLayout, [String: String]) = {
        var drawing = Drawing(width: 470, height: 300)
        drawing.ends([
            "previous-c": (10, 45), "next-c": (465, 45), "previous-h": (10, 245), "next-h": (465, 245), "x": (40, 290),
        ])
        let (kept, added) = ("f_t ⊙ c_{t-1}", "i_t ⊙ g_t")
        for (gate, x) in [("f", 85.0), ("i", 160), ("g", 235), ("o", 310)] {
            drawing.box(gate, x, 200, width: 40)
            drawing.label(gate, x + 5, 180)
        }
        drawing.node(kept, "×", 85, 45)
        drawing.node("c", "+", 235, 45)
        drawing.node(added, "×", 235, 105)
        drawing.box("tanh(c_t)", 390, 90, width: 40)
        drawing.node("h", "×", 390, 145)

        drawing.line(["previous-h"], nil, (10, 245), (40, 245))
        drawing.line(["x"], nil, (40, 290), (40, 245))
        drawing.line(["previous-h", "x"], "o", (40, 245), (310, 245), (310, 212))
        for (gate, x) in [("f", 85.0), ("i", 160), ("g", 235)] {
            drawing.line(["previous-h", "x"], gate, (x, 245), (x, 212))
        }
        drawing.line(["previous-c"], kept, (10, 45), (76, 45))
        drawing.line(["f"], kept, (85, 188), (85, 54))
        drawing.line([kept], "c", (94, 45), (226, 45))
        drawing.line(["i"], added, (160, 188), (160, 105), (226, 105))
        drawing.line(["g"], added, (235, 188), (235, 114))
        drawing.line([added], "c", (235, 96), (235, 54))
        drawing.line(["c"], "next-c", (244, 45), (465, 45))
        drawing.line(["c"], "tanh(c_t)", (390, 45), (390, 78))
        drawing.line(["tanh(c_t)"], "h", (390, 102), (390, 136))
        drawing.line(["o"], "h", (310, 188), (310, 145), (381, 145))
        drawing.line(["h"], "next-h", (390, 154), (390, 245), (465, 245))

        drawing.label("previous-c", 8, 20)
        drawing.label("next-c", 465, 36, .end)
        drawing.label(kept, 102, 62, letter: "f ⊙ c")
        drawing.label(added, 242, 78, letter: "i ⊙ g")
        drawing.label("tanh(c_t)", 396, 122)
        drawing.label("previous-h", 8, 236)
        drawing.label("next-h", 465, 263, .end)
        drawing.label("x", 47, 292)
        return drawing.result
    }()

    /// h_{t−1} runs along the top, and down to the gates and to the candidate.
    private static func gru(resetAfter: Bool, keepsPrevious: Bool) -> (CellLayout, [String: String]) {
        var drawing = Drawing(width: 430, height: 300)
        drawing.ends(["previous-h": (10, 45), "next-h": (425, 45), "x": (50, 290)])
        let reset = resetAfter ? "r_t ⊙ W h_{t-1}" : "r_t ⊙ h_{t-1}"
        let (kept, new) = keepsPrevious ? ("z_t ⊙ h_{t-1}", "(1 - z_t) ⊙ n_t") : ("(1 - z_t) ⊙ h_{t-1}", "z_t ⊙ n_t")
        drawing.box("r", 120, 200, width: 40)
        drawing.box("z", 260, 200, width: 40)
        drawing.box("n", 340, 200, width: 44)
        drawing.node(reset, "×", 120, 110)
        drawing.node(kept, "×", 260, 45)
        drawing.node(new, "×", 340, 92)
        drawing.node("h", "+", 340, 45)

        drawing.line(["previous-h"], kept, (10, 45), (251, 45))
        drawing.line(["previous-h"], nil, (20, 45), (20, 245), (50, 245))
        drawing.line(["x"], nil, (50, 290), (50, 245))
        drawing.line(["previous-h", "x"], "z", (50, 245), (260, 245), (260, 212))
        drawing.line(["previous-h", "x"], "r", (120, 245), (120, 212))
        drawing.line(["x"], "n", (50, 268), (340, 268), (340, 212))
        drawing.line(["r"], reset, (120, 188), (120, 119))
        if resetAfter {
            drawing.box("W h_{t-1}", 69, 110, width: 70)
            drawing.line(["previous-h"], "W h_{t-1}", (20, 110), (34, 110))
            drawing.line(["W h_{t-1}"], reset, (104, 110), (111, 110))
        } else {
            drawing.line(["previous-h"], reset, (20, 110), (111, 110))
        }
        drawing.line([reset], "n", (129, 110), (300, 110), (300, 200), (318, 200))
        drawing.line(["n"], new, (340, 188), (340, 101))
        drawing.line([kept], "h", (269, 45), (331, 45))
        drawing.line([new], "h", (340, 83), (340, 54))
        drawing.line(["h"], "next-h", (349, 45), (425, 45))
        if keepsPrevious {
            drawing.constant("1 - z_t", "1 −", 298, 92)
            drawing.line(["z"], kept, (260, 188), (260, 54))
            drawing.line(["z"], "1 - z_t", (260, 92), (285, 92))
            drawing.line(["1 - z_t"], new, (311, 92), (331, 92))
            drawing.label("1 - z_t", 298, 80, .middle)
        } else {
            drawing.constant("1 - z_t", "1 −", 260, 70)
            drawing.line(["z"], "1 - z_t", (260, 188), (260, 78))
            drawing.line(["z"], new, (260, 92), (331, 92))
            drawing.line(["1 - z_t"], kept, (260, 62), (260, 54))
            drawing.label("1 - z_t", 243, 74, .end)
        }

        drawing.label("previous-h", 8, 20)
        drawing.label("next-h", 425, 34, .end)
        drawing.label("r", 126, 160)
        drawing.label("z", 254, 160, .end)
        drawing.label("n", 347, 160)
        drawing.label("x", 57, 292)
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

    mutating func label(_ node: String, _ x: Double, _ y: Double, _ anchor: HTML.Anchor = .start, letter: String? = nil) {
        layout.labels.append(.init(node: node, point: Point(x: x, y: y), anchor: anchor, letter: letter))
    }
}
