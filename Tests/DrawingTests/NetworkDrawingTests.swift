import Drawing
import Exhibits
import Testing

@Suite("Unrolled networks")
struct NetworkDrawingTests {
    static let networks: [NetworkExhibit] = [
        NetworkExhibit.Arrangement.manyToMany, .manyToOne, .oneToMany, .encoderDecoder,
    ].flatMap { arrangement in
        (1...3).flatMap { layers in
            [false, true].flatMap { isBidirectional in
                [1, 3].map { steps in
                    NetworkExhibit(
                        arrangement: arrangement, inputs: arrangement == .oneToMany ? 1 : steps,
                        outputs: arrangement == .manyToOne ? 1 : arrangement == .encoderDecoder ? 2 : steps, layers: layers,
                        isBidirectional: isBidirectional, cell: "RNN")
                }
            }
        }
    }

    /// Without what is drawn for a phone besides.
    private static func onPage(_ network: NetworkExhibit) -> HTML {
        let html = Drawn.html(network)
        return html.elements(.div, class: "on-page").first.map { .fragment($0.content) } ?? html
    }

    @Test("the drawn arrows are those of the arrangement: read back, they are its graph", arguments: networks)
    func graph(network: NetworkExhibit) {
        let drawing = NetworkReader(Self.onPage(network))
        #expect(drawing.arrows.sorted() == Self.arrows(of: network).sorted())
    }

    @Test("arrows and letters tell what they carry: inputs, states, outputs", arguments: networks)
    func quantities(network: NetworkExhibit) {
        let html = Self.onPage(network)
        for (arrow, quantity) in zip(NetworkReader(html).arrows, NetworkReader(html).quantities) {
            let (from, to) = (arrow.split(separator: " ")[0], arrow.split(separator: " ")[2])
            let isInput = from.hasPrefix("x"), isOutput = from.hasPrefix("y") || to.hasPrefix("y")
            #expect(quantity == (isInput ? "x" : isOutput ? "y" : "h"), "\(arrow)")
        }
        for label in html.elements(.text) where label.text.hasPrefix("x") || label.text.hasPrefix("y") {
            #expect(label["data-quantity"] == String(label.text.prefix(1)))
        }
    }

    @Test(
        "a long name of a cell stands whole in every box, within it; one that is too long is told below", arguments: [false, true])
    func longNames(isBidirectional: Bool) {
        func network(_ cell: String) -> HTML {
            Drawn.html(
                NetworkExhibit(
                    arrangement: .manyToMany, inputs: 4, outputs: 4, layers: 2, isBidirectional: isBidirectional, cell: cell))
        }
        let html = network("Long cell name")
        let boxes = html.elements(.rect, class: "block")
        let names = html.elements(.text).filter { !$0.elements(.tspan).isEmpty }
        #expect(boxes.count == names.count && boxes.count == (isBidirectional ? 16 : 8))
        for (box, name) in zip(boxes, names) {
            let lines = name.elements(.tspan)
            #expect(lines.map(\.text).joined(separator: " ") == "Long cell name")
            for line in lines {
                let y = line.number("y"), x = line.number("x")
                #expect(y - 10 >= box.number("y") && y <= box.number("y") + box.number("height"))
                #expect(abs(x - (box.number("x") + box.number("width") / 2)) < 0.01)
                #expect(line.text.widthInEms * 12 <= box.number("width"))
            }
        }
        // Boxes above one another do not touch.
        for (first, second) in zip(boxes, boxes.dropFirst()) where first["x"] == second["x"] {
            #expect(abs(first.number("y") - second.number("y")) > first.number("height") + 10)
        }
        let long = "A cell whose name is so long that no box of any network has room for it"
        #expect(network(long).elements(.p, class: "picture-note").map(\.text) == ["Each box is one “\(long)”."])
        #expect(html.elements(.p, class: "picture-note").isEmpty)
    }

    @Test("the cells that read backwards are set apart", arguments: networks)
    func reverseCells(network: NetworkExhibit) {
        let cells = Self.onPage(network).elements(.rect, class: "block")
        let steps = network.arrangement == .encoderDecoder ? network.inputs + network.outputs : max(network.inputs, network.outputs)
        let rows = network.layers * steps
        #expect(cells.count == (network.isBidirectional ? 2 * rows : rows))
        #expect(cells.count { $0.classes.contains("reverse") } == (network.isBidirectional ? rows : 0))
    }

    @Test("the first sentence tells how many inputs, layers and outputs there are, and which way states go", arguments: networks)
    func wayIn(network: NetworkExhibit) {
        for words in [ExhibitVocabulary.english, .chinese] {
            let sentence = Drawn.html(network, words: words).elements(.p, class: "way-in")[0].text
            let numbers = [
                network.arrangement == .oneToMany ? 1 : network.inputs, network.layers,
                network.arrangement == .manyToOne || network.arrangement == .manyToMany ? 1 : network.outputs,
            ]
            let told = sentence.split { !$0.isNumber }.map(String.init)
            for number in numbers where number > 1 { #expect(told.contains("\(number)"), "\(number) in: \(sentence)") }
            #expect(sentence.contains("[h→; h←]") == network.isBidirectional)
        }
    }

    @Test("steps that have no column are counted where the dots are explained")
    func hidden() {
        let html = Drawn.html(NetworkExhibit.encoderDecoder(inputs: 500, outputs: 20))
        let drawn = html.elements(.div, class: "on-page")[0].elements(.rect, class: "block").count
        #expect(html.elements(.p, class: "way-in")[0].text.contains("⋯ stands for \(520 - drawn) more steps."))
        #expect(html.elements(.text).contains { $0.text == "⋯" })
        let whole = Drawn.html(NetworkExhibit.manyToMany(steps: 4))
        #expect(!whole.elements(.p, class: "way-in")[0].text.contains("⋯"))
    }

    @Test("four steps fit a phone, and six that read one way")
    func narrow() {
        func width(_ network: NetworkExhibit) -> Double {
            #expect(Drawn.html(network).elements(.div, class: "on-phone").isEmpty || network.inputs == 500)
            return Drawn.html(network).elements(.svg)[0].number("width")
        }
        for layers in 1...3 {
            #expect(width(.manyToMany(steps: 4, layers: layers, bidirectional: true)) <= 350)
            #expect(width(.manyToOne(steps: 6, layers: layers)) <= 350)
            #expect(width(.encoderDecoder(inputs: 3, outputs: 3, layers: layers)) <= 350)
        }
        #expect(width(.manyToMany(steps: 500)) <= 714)
    }

    @Test("what is too wide for a phone is drawn once more for it, no wider, with the steps that are left out there told beside it")
    func phone() {
        for network in [
            NetworkExhibit.manyToOne(steps: 500), .oneToMany(steps: 9, layers: 2),
            .manyToMany(steps: 7, layers: 3, bidirectional: true), .encoderDecoder(inputs: 9, outputs: 30, layers: 3),
        ] {
            let html = Drawn.html(network)
            let phone = html.elements(.div, class: "on-phone")[0], page = html.elements(.div, class: "on-page")[0]
            #expect(phone.elements(.svg)[0].number("width") <= 350 && page.elements(.svg)[0].number("width") > 350)
            let rows = network.layers * (network.isBidirectional ? 2 : 1)
            let steps =
                network.arrangement == .encoderDecoder ? network.inputs + network.outputs : max(network.inputs, network.outputs)
            for (picture, place) in [(phone, "on-phone"), (page, "on-page")] {
                let hidden = steps - picture.elements(.rect, class: "block").count / rows
                let told = html.elements(.span, class: place)[0].text
                #expect(told == (hidden == 0 ? "" : " ⋯ stands for \(hidden) more steps."))
            }
        }
        #expect(Drawn.html(NetworkExhibit.manyToMany(steps: 4)).elements(.div, class: "on-phone").isEmpty)
    }

    @Test("on a phone the encoder's last states come round to the decoder below it, row by row, and no way crosses another")
    func stacked() {
        for (layers, isBidirectional) in [(1, false), (3, false), (2, true)] {
            let network = NetworkExhibit(
                arrangement: .encoderDecoder, inputs: 7, outputs: 5, layers: layers, isBidirectional: isBidirectional, cell: "RNN")
            let phone = Drawn.html(network).elements(.div, class: "on-phone")[0]
            let rows = Dictionary(grouping: phone.elements(.rect, class: "block")) { $0.number("y") }
                .sorted { $0.key < $1.key }.map { $0.value.sorted { $0.number("x") < $1.number("x") } }
            let rowCount = layers * (isBidirectional ? 2 : 1)
            #expect(rows.count == 2 * rowCount)
            #expect(
                rows.suffix(rowCount).allSatisfy {
                    $0.allSatisfy { $0.classes.contains("decoder") || $0.classes.contains("reverse") }
                })

            let ways = phone.elements(.path, class: "wire").map(\.corners).filter { $0.count == 6 }
            #expect(ways.count == rowCount)
            for (row, way) in ways.enumerated() {
                // The first layer is the lowest row of each part.
                let encoder = rows[rowCount - 1 - row].last!, decoder = rows[2 * rowCount - 1 - row].first!
                let isReverse = isBidirectional && row % 2 == 1
                let (start, end) = isReverse ? (way[5], way[0]) : (way[0], way[5])
                // A shaft ends within its head, half its length before the tip.
                #expect(abs(start.x - (isReverse ? 3 : 0) - encoder.number("x") - encoder.number("width")) < 0.02)
                #expect(abs(start.y - encoder.number("y") - encoder.number("height") / 2) < 0.02)
                #expect(abs(end.x + (isReverse ? 0 : 3) - decoder.number("x")) < 0.02)
                #expect(abs(end.y - decoder.number("y") - decoder.number("height") / 2) < 0.02)
            }
            for first in ways.indices {
                for second in ways.indices where second > first { #expect(!Self.cross(ways[first], ways[second])) }
            }
        }
    }

    /// Whether two ways along the axes have a point in common.
    private static func cross(_ first: [Corner], _ second: [Corner]) -> Bool {
        func boxes(_ way: [Corner]) -> [(x: ClosedRange<Double>, y: ClosedRange<Double>)] {
            zip(way, way.dropFirst()).map { (min($0.x, $1.x)...max($0.x, $1.x), min($0.y, $1.y)...max($0.y, $1.y)) }
        }
        return boxes(first).contains { one in
            boxes(second).contains { one.x.overlaps($0.x) && one.y.overlaps($0.y) }
        }
    }

    // MARK: What is meant

    /// The arrows of a network by its meaning, from and to, as the reader writes them.
    private static func arrows(of network: NetworkExhibit) -> [String] {
        let steps = network.arrangement == .encoderDecoder ? network.inputs + network.outputs : max(network.inputs, network.outputs)
        let first = network.arrangement == .encoderDecoder ? network.inputs : 0
        let inputs: Set<Int> =
            switch network.arrangement {
            case .manyToMany, .manyToOne, .encoderDecoder: Set(0..<network.inputs)
            case .oneToMany: [0]
            }
        let outputs: [Int] =
            switch network.arrangement {
            case .manyToMany, .oneToMany: Array(0..<steps)
            case .manyToOne: [steps - 1]
            case .encoderDecoder: Array(first..<steps)
            }
        let feeds = network.arrangement == .oneToMany || network.arrangement == .encoderDecoder
        let directions = network.isBidirectional ? ["forward", "backward"] : ["forward"]
        func cell(_ layer: Int, _ direction: String, _ step: Int) -> String {
            0..<steps ~= step ? "\(direction)[\(layer)][\(step)]" : "outside"
        }
        var arrows: [String] = []
        for layer in 0..<network.layers {
            for step in 0...steps {
                arrows.append("\(cell(layer, "forward", step - 1)) → \(cell(layer, "forward", step))")
                if network.isBidirectional {
                    arrows.append("\(cell(layer, "backward", step)) → \(cell(layer, "backward", step - 1))")
                }
            }
        }
        for step in 0..<steps {
            for direction in directions {
                if inputs.contains(step) { arrows.append("x[\(step)] → \(cell(0, direction, step))") }
                if feeds, step > first { arrows.append("y[\(step - 1)] → \(cell(0, direction, step))") }
                for layer in 1..<network.layers where network.layers > 1 {
                    if network.isBidirectional {
                        arrows.append("\(cell(layer - 1, direction, step)) → joint[\(layer - 1)][\(step)]")
                        arrows.append("joint[\(layer - 1)][\(step)] → \(cell(layer, direction, step))")
                    } else {
                        arrows.append("\(cell(layer - 1, direction, step)) → \(cell(layer, direction, step))")
                    }
                }
            }
        }
        let last = network.layers - 1
        for step in outputs {
            guard network.isBidirectional else {
                arrows.append("\(cell(last, "forward", step)) → y[\(step)]")
                continue
            }
            // The last state of the way back is that of the first step.
            let back = network.arrangement == .manyToOne ? 0 : step
            arrows.append("\(cell(last, "forward", step)) → joint[\(last)][\(step)]")
            arrows.append("\(cell(last, "backward", back)) → joint[\(last)][\(step)]")
            arrows.append("joint[\(last)][\(step)] → y[\(step)]")
        }
        return arrows
    }
}

/// Reads a drawn network back: which box or letter each arrow begins at, and which it points to.
private struct NetworkReader {
    private struct Place {
        var name: String
        var x: ClosedRange<Double>
        var y: ClosedRange<Double>

        var middle: Double { (x.lowerBound + x.upperBound) / 2 }

        func touches(_ corner: Corner) -> Bool {
            let (x, y) = (self.x.lowerBound - 0.02...self.x.upperBound + 0.02, self.y.lowerBound - 0.02...self.y.upperBound + 0.02)
            return x.contains(corner.x) && y.contains(corner.y)
        }
    }

    /// `x[0] → forward[0][0]`
    private(set) var arrows: [String] = []
    /// What each carries.
    private(set) var quantities: [String?] = []

    init(_ html: HTML) {
        func places(_ elements: [DrawnElement]) -> [Place] {
            elements.map { box in
                let (x, y) = (box.number("x"), box.number("y"))
                return Place(name: "", x: x...x + box.number("width"), y: y...y + box.number("height"))
            }
        }
        let cells = places(html.elements(.rect, class: "block")), joints = places(html.elements(.rect, class: "joint"))
        // A row of boxes is a layer's direction; the lowest is the first.
        let rows = Set(cells.map(\.y.lowerBound)).sorted(by: >).map { row in
            cells.filter { $0.y.lowerBound == row }.sorted { $0.middle < $1.middle }
        }
        let isBidirectional = html.elements(.rect, class: "block").contains { $0.classes.contains("reverse") }
        var all: [Place] = []
        for (row, boxes) in rows.enumerated() {
            for (step, box) in boxes.enumerated() {
                var place = box
                let direction = isBidirectional && row % 2 == 1 ? "backward" : "forward"
                place.name = "\(direction)[\(isBidirectional ? row / 2 : row)][\(step)]"
                all.append(place)
            }
        }
        /// The column that is nearest.
        func step(_ x: Double) -> Int {
            let distances = rows[0].indices.map { step in
                let both = rows.prefix(isBidirectional ? 2 : 1).map { $0[step].middle }
                return abs(both.reduce(0, +) / Double(both.count) - x)
            }
            return distances.firstIndex(of: distances.min()!)!
        }
        for (layer, row) in Set(joints.map(\.y.lowerBound)).sorted(by: >).enumerated() {
            for var joint in joints where joint.y.lowerBound == row {
                joint.name = "joint[\(layer)][\(step(joint.middle))]"
                all.append(joint)
            }
        }
        for letter in html.elements(.text) where ["x", "y"].contains(letter.text.prefix(1)) {
            let (x, y) = (letter.number("x"), letter.number("y"))
            all.append(Place(name: "\(letter.text.prefix(1))[\(step(x))]", x: x - 12...x + 12, y: y - 14...y + 5))
        }
        let paths = html.elements(.path)
        for (path, head) in zip(paths, paths.dropFirst()) where head.classes == ["head"] {
            let ends = [path.corners[0], head.corners[0]].map { corner in
                let touched = all.filter { $0.touches(corner) }
                // An arrow that touches two boxes, or a letter and a box, would be no arrow of a network.
                return touched.isEmpty ? "outside" : touched.map(\.name).joined(separator: "+")
            }
            arrows.append("\(ends[0]) → \(ends[1])")
            quantities.append(path["data-quantity"])
        }
    }
}
