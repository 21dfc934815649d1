import Exhibits

/// A row for each name with its shape; for a layer also in symbols, with what the axes mean and the flow as a diagram.
extension ShapesExhibit: Drawable {
    package var flaw: String? { Rule.broken(Rule.shapes(rows.map { $0.shape })) }

    package mutating func reword(_ words: (String) -> String) {
        for index in rows.indices { rows[index].name = words(rows[index].name) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let words = style.words
        return HTML(.div, .class("exhibit", "shapes")) {
            if let layer {
                HTML.wayIn(
                    words.layers.flow(listed(.input, words), layer, listed(.output, words)), isChinese: words.wayIn.isChinese)
                flow(layer, words).html("diagram")
            }
            HTML.scrollable(named: words.shape) { table(words) }
            if let sizes {
                HTML(.p, .class("sizes")) { sizes.map { $0.html(words.layers) } }
            }
        }
    }

    private func table(_ words: ExhibitVocabulary) -> HTML {
        let hasAxes = rows.contains { $0.axes != nil }
        let headings = [words.name, hasAxes ? words.layers.symbols : nil, words.shape, hasAxes ? words.layers.axes : nil]
        return HTML(.table) {
            HTML(.thead) {
                HTML(.tr) { headings.compactMap { $0 }.map { heading in HTML(.th, .scope("col")) { heading } } }
            }
            HTML(.tbody) {
                for row in rows {
                    HTML(.tr) {
                        HTML(.th, .scope("row")) { HTML(.code) { row.name } }
                        if hasAxes { HTML(.td, .class("shape")) { row.symbols ?? "" } }
                        HTML(.td, .class("shape")) { row.shape.shapeText }
                        if hasAxes {
                            HTML(.td, .class("axes")) { row.axes?.map(words.layers.meaning).joined(separator: " × ") ?? "" }
                        }
                    }
                }
            }
        }
    }

    // MARK: The flow

    /// `input (5, 3, 2), h0 (1, 3, 4)`
    private func listed(_ role: Role, _ words: ExhibitVocabulary) -> String {
        rows.filter { $0.role == role }.map { "\($0.name) \($0.shape.shapeText)" }.joined(separator: words.pictures.comma)
    }

    /// What goes in on the left, the layer, what comes out on the right.
    private func flow(_ layer: String, _ words: ExhibitVocabulary) -> Picture {
        let (width, rowHeight) = (Picture.phoneWidth, 50.0)
        let (inputs, outputs) = (rows.filter { $0.role == .input }, rows.filter { $0.role == .output })
        let height = Double(max(inputs.count, outputs.count, 1)) * rowHeight + 4
        func side(_ rows: [Row], x: Double, isInput: Bool) -> [HTML] {
            zip(0..., rows).flatMap { index, row -> [HTML] in
                let y = height / 2 + (Double(index) - Double(rows.count - 1) / 2) * rowHeight
                let (left, right) = isInput ? (89.0, 107.0) : (243.0, 261.0)
                return [
                    .rectangle(at: Point(x: x, y: y - 21), width: 88, height: 42, radius: 4, class: "block value-block"),
                    .text(row.name.fitting(ems: 7), at: Point(x: x + 44, y: y - 4), .middle, class: "name"),
                    .text(row.shape.shapeText.fitting(ems: 7.8), at: Point(x: x + 44, y: y + 13), .middle, class: "tick"),
                    .arrow(Point(x: left, y: y), Point(x: right, y: y)),
                ]
            }
        }
        return Picture(
            width: width, height: height, title: words.layers.flow(listed(.input, words), layer, listed(.output, words)),
            description: "",
            content: side(inputs, x: 1, isInput: true) + side(outputs, x: 261, isInput: false) + layerBox(layer, height))
    }

    /// `LSTM(5, 6, num_layers=2)`, an option a line.
    private func layerBox(_ layer: String, _ height: Double) -> [HTML] {
        let name = layer.prefix { $0 != "(" }
        let options = layer.dropFirst(name.count).drop { $0 == "(" }.prefix { $0 != ")" }.split(separator: ", ").map(String.init)
        let sizes = options.filter { !$0.contains("=") }.joined(separator: ", ")
        let room = max(0, Int((height - 34) / 14))
        let lines = ([sizes] + options.filter { $0.contains("=") }).prefix(room)
        let start = height / 2 - Double(lines.count) * 7
        return [.rectangle(at: Point(x: 109, y: 2), width: 132, height: height - 4, radius: 6, class: "block")]
            + [.text(String(name), at: Point(x: 175, y: start + 2), .middle, class: "name")]
            + zip(1..., lines).map { index, line in
                .text(line.fitting(ems: 12), at: Point(x: 175, y: start + 2 + Double(index) * 15), .middle, class: "tick")
            }
    }
}

extension ShapesExhibit.Row {
    /// `(L, N, d)`
    fileprivate var symbols: String? {
        axes.map { "(" + $0.map { $0.symbol }.joined(separator: ", ") + ")" }
    }
}

extension LayerSize {
    /// `L = 5 time steps`
    func html(_ words: LayerVocabulary) -> HTML {
        HTML(.span, .class("size")) {
            HTML(.em) { meaning.symbol }
            " = \(value)"
            if meaning.symbol != words.meaning(meaning) { " " + words.meaning(meaning) }
        }
    }
}
