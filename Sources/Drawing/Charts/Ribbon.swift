/// A trace at one glance: a band for each quantity, in it a strip for each unit, in which bars run over time.
///
/// Bars tell a number by their height and its sign by their side, so that nothing depends on colour.
struct Ribbon {
    struct Strip {
        var name: String
        /// A value for each step; nil where there is none.
        var values: [Double?]
    }

    struct Band {
        /// As the equations write it, `f`, and what it is to the page's script.
        var letter: String
        var symbol: String
        /// Between which numbers it lies; nil where its own values say.
        var bounds: ClosedRange<Double>?
        var strips: [Strip]
    }

    var bands: [Band]
    /// What was read at each step.
    var stepNames: [String]
    var stepTitle: String

    var isNumbered: Bool { zip(0..., stepNames).allSatisfy { "\($0)" == $1 } }

    func picture(title: String, description: String) -> Picture {
        RibbonLayout(self).picture(title: title, description: description)
    }
}

extension Ribbon.Band {
    /// Its bounds, or else its greatest size on both sides of zero; on one side where nothing lies on the other.
    var scale: ClosedRange<Double> {
        if let bounds { return bounds }
        let values = strips.flatMap { $0.values.compactMap { $0 } }.filter { $0.isFinite }
        let greatest = values.map { $0.magnitude }.max() ?? 0
        let size = greatest == 0 ? 1 : greatest
        return values.contains { $0 < 0 } ? -size...size : 0...size
    }
}

/// Where the parts of a ribbon lie.
private struct RibbonLayout {
    private let ribbon: Ribbon
    private let axes: Axes<NameAxis, NameAxis>
    private let stripHeight: Double
    private let names: HeatNames

    private static let fontSize = 11.0
    private static let left = 46.0
    /// Steps wider than this look like blocks.
    private static let widestStep = 44.0
    private static let plotWidth = 250.0
    private static let right = 54.0
    private static let gap = 7.0
    /// With more strips than this each is lower.
    private static let manyStrips = 20

    init(_ ribbon: Ribbon) {
        self.ribbon = ribbon
        let strips = ribbon.bands.flatMap { $0.strips }.count
        stripHeight = strips > Self.manyStrips ? 14 : 19
        let stepWidth = min(Self.widestStep, Self.plotWidth / Double(max(1, ribbon.stepNames.count)))
        names = HeatNames(rows: [], columns: ribbon.stepNames) { _ in stepWidth }
        axes = Axes(
            x: NameAxis(names: ribbon.stepNames, start: Self.left, size: stepWidth),
            y: NameAxis(names: [], start: 22 + names.height, size: 0))
    }

    func picture(title: String, description: String) -> Picture {
        var content = [
            HTML.text(ribbon.stepTitle + " →", at: Point(x: 0, y: 12), class: "axis-label")
        ]
        content +=
            ribbon.isNumbered ? numbers : names.html(axes)
        var top = axes.y.start
        for band in ribbon.bands {
            content.append(html(band, top: top))
            top += Double(band.strips.count) * stripHeight + Self.gap
        }
        content.append(frame(height: top - Self.gap - axes.y.start))
        return Picture(
            width: max(300, axes.x.end + Self.right), height: top, title: title, description: description, content: content)
    }

    /// Round numbers, as many as there is room for.
    private var numbers: [HTML] {
        let widest = (ribbon.stepNames.map { $0.widthInEms }.max() ?? 1) * Self.fontSize + 6
        let distances = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
        let distance = distances.first { Double($0) * axes.x.size >= widest } ?? 10_000
        return axes.x.indices.filter { $0 % distance == 0 }.map { step in
            .text(axes.x.names[step], at: Point(x: axes.x.middle(of: step), y: axes.y.start - 6), .middle, class: "tick")
        }
    }

    // MARK: Bands

    private func html(_ band: Ribbon.Band, top: Double) -> HTML {
        let scale = band.scale
        let strips = zip(0..., band.strips).flatMap { index, strip in
            html(strip, scale, top: top + Double(index) * stripHeight)
        }
        let number = { (value: Double) in NumberFormat.brief.format(value).plainText }
        let ends = scale.lowerBound == 0 ? "0…" + number(scale.upperBound) : "±" + number(scale.upperBound)
        return HTML(.g, .class("ribbon-band"), .attribute("data-quantity", band.symbol)) {
            HTML(
                .text, .class("letter"), .attribute("x", "2"), .attribute("y", (top + stripHeight - 4).coordinate)
            ) { HTML.subscripted(band.letter) }
            strips
            HTML.text(ends, at: Point(x: axes.x.end + 5, y: top + stripHeight - 4), class: "tick")
        }
    }

    /// The room that its scale has, the line of zero, and the bars.
    private func html(_ strip: Ribbon.Strip, _ scale: ClosedRange<Double>, top: Double) -> [HTML] {
        let (lower, upper) = (top + stripHeight - 2, top)
        func place(_ value: Double) -> Double {
            let fraction = (value / 2 - scale.lowerBound / 2) / (scale.upperBound / 2 - scale.lowerBound / 2)
            return lower + min(max(fraction, 0), 1) * (upper - lower)
        }
        let zero = place(0)
        let odd = zip(axes.x.indices, strip.values).compactMap { step, value in value.flatMap { OddNumber($0) }.map { (step, $0) } }
        return [
            .rectangle(
                at: Point(x: axes.x.start, y: upper), width: axes.x.end - axes.x.start, height: lower - upper, class: "strip"),
            .path(bars(strip.values, from: zero, place), class: "bars"),
            .line(from: Point(x: axes.x.start, y: zero), to: Point(x: axes.x.end, y: zero), class: "grid"),
            .text(strip.name, at: Point(x: axes.x.start - 5, y: lower - 2), .end, class: "tick"),
        ]
            + odd.map { step, number in
                .text(number.rawValue, at: Point(x: axes.x.middle(of: step), y: lower - 2), .middle, class: "nonfinite")
            }
    }

    /// A bar for each step, from zero to its value; neighbours touch where steps are narrow.
    private func bars(_ values: [Double?], from zero: Double, _ place: (Double) -> Double) -> String {
        let space = axes.x.size > 6 ? 1.0 : 0
        return zip(axes.x.indices, values).compactMap { step, value -> String? in
            guard let value, value.isFinite else { return nil }
            let (start, end) = (axes.x.start(of: step), axes.x.start(of: step) + axes.x.size - space)
            return "M\(start.coordinate) \(zero.coordinate)V\(place(value).coordinate)H\(end.coordinate)V\(zero.coordinate)Z"
        }.joined()
    }

    /// The page's script moves it to the step that is looked at.
    private func frame(height: Double) -> HTML {
        HTML(
            .rect, .class("frame"), .attribute("data-start", axes.x.start.coordinate), .attribute("data-size", "\(axes.x.size)"),
            .attribute("x", axes.x.start.coordinate), .attribute("y", (axes.y.start - 2).coordinate),
            .attribute("width", axes.x.size.coordinate), .attribute("height", (height + 4).coordinate), .attribute("rx", "2"))
    }
}
