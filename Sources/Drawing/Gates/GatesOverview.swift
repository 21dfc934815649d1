import Exhibits

/// All units of a trace at one glance, where bars for each would be too many: a line of tints for each unit, the one that moves
/// most at the top, for the gate that the opening sentence speaks of and for what the cell remembers.
struct GatesOverview {
    private let view: GatesView
    private let words: ExhibitVocabulary
    private let units: [Int]
    private let columns: StepColumns

    private static let unitLimit = 128
    private static let mapHeight = 128.0
    private static let widestRow = 6.0
    private static let left = 46.0
    private static let width = 300.0
    private static let top = 20.0
    private static let gap = 10.0

    init(_ view: GatesView, _ words: ExhibitVocabulary) {
        self.view = view
        self.words = words
        units = Array(view.unitsByMovement.prefix(Self.unitLimit))
        columns = StepColumns(count: view.stepCount)
    }

    /// What is told below the picture.
    var note: String {
        [words.gates.rows(units.count, view.units.count), columns.stride > 1 ? words.gates.strongest(columns.stride) : nil]
            .compactMap { $0 }.joined(separator: words.gates.space)
    }

    func picture(title: String, description: String) -> Picture {
        let maps = zip(0..., view.telling).map { place, quantity in
            map(quantity, top: Self.top + Double(place) * (height + Self.gap))
        }
        let end = Self.top + Double(maps.count) * (height + Self.gap) - Self.gap
        let frame = HTML.frame(
            start: Self.left, size: stepWidth, from: Self.top - 2, height: end - Self.top + 4)
        let heading = HTML.text(
            words.gates.axis(words.step, view.track.isReverse), at: Point(x: 0, y: 12), class: "axis-label")
        return Picture(
            width: Self.width, height: end + 2, title: title, description: description, content: [heading] + maps + [frame])
    }

    private var rowHeight: Double { min(Self.widestRow, Self.mapHeight / Double(units.count)) }
    private var height: Double { Double(units.count) * rowHeight }
    private var stepWidth: Double { (Self.width - Self.left - 4) / Double(view.stepCount) }

    // MARK: Maps

    private func map(_ quantity: Int, top: Double) -> HTML {
        let symbol = view.quantities[quantity].symbol
        let heat = view.bounds[symbol].map { Heat([], leastScale: $0.upperBound) } ?? Heat(view.values(of: quantity))
        let frame = HTML.rectangle(
            at: Point(x: Self.left, y: top), width: stepWidth * Double(view.stepCount), height: height, class: "strip")
        return HTML(.g, .class("overview-map"), .attribute("data-quantity", symbol)) {
            HTML(.text, .class("letter"), .attribute("x", "2"), .attribute("y", (top + 12).coordinate)) {
                HTML.subscripted(symbol)
            }
            frame
            tints(quantity, heat, top: top)
        }
    }

    /// A path for each tint: as many elements as tints, however many values there are.
    private func tints(_ quantity: Int, _ heat: Heat, top: Double) -> [HTML] {
        var paths: [String: String] = [:]
        for (row, unit) in zip(0..., units) {
            let strongest = columns.ranges.map { steps in
                steps.compactMap { view.value(quantity, unit: unit, step: $0) }.filter { $0.isFinite }
                    .max { $0.magnitude < $1.magnitude }
            }
            let names = strongest.map { $0.flatMap(heat.className) }
            var start = 0
            while start < names.count {
                var end = start + 1
                while end < names.count, names[end] == names[start] { end += 1 }
                if let name = names[start] {
                    paths[name, default: ""] += run(from: start, to: end, y: top + Double(row) * rowHeight)
                }
                start = end
            }
        }
        return paths.sorted { $0.key < $1.key }.map { .path($0.value, class: "tint " + $0.key) }
    }

    /// Equal tints of neighbouring columns.
    private func run(from start: Int, to end: Int, y: Double) -> String {
        let from = Self.left + Double(columns.ranges[start].lowerBound) * stepWidth
        let to = Self.left + Double(columns.ranges[end - 1].upperBound) * stepWidth
        return "M\(from.coordinate) \(y.coordinate)H\(to.coordinate)v\(rowHeight.coordinate)H\(from.coordinate)Z"
    }
}

extension GatesView {
    /// The gate that moves most, and what the cell remembers: a state that is not what it gives out, if it has one.
    fileprivate var telling: [Int] {
        let gate = largestMove?.quantity ?? gates[0]
        let states = quantities.indices.filter { index in track.initial.contains { $0.symbol == quantities[index].symbol } }
        let state = states.first { quantities[$0].symbol != track.initial[0].symbol } ?? states.first
        return [gate] + (state.map { $0 == gate ? [] : [$0] } ?? [])
    }
}
