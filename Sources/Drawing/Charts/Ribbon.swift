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

    /// Of a long trace several steps share a bar.
    var columns: StepColumns { StepColumns(count: stepNames.count) }

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

    /// `0…1`, `±0.33`
    fileprivate var ends: String {
        let (scale, number) = (scale, NumberFormat.brief.format(scale.upperBound).plainText)
        return (scale.lowerBound == 0 ? "0…" : "±") + number
    }
}

/// Where the parts of a ribbon lie.
private struct RibbonLayout {
    private let ribbon: Ribbon
    private let axes: Axes<NameAxis, NameAxis>
    private let columns: StepColumns
    private let stripHeight: Double
    private let names: HeatNames
    /// Beside the steps at the right: the ends of the scales.
    private let right: Double

    private static let fontSize = 11.0
    private static let leastLeft = 46.0
    /// Steps wider than this look like blocks.
    private static let widestStep = 44.0
    private static let plotWidth = 250.0
    private static let leastPlotWidth = 120.0
    private static let gap = 7.0
    /// With more strips than this each is lower.
    private static let manyStrips = 20

    init(_ ribbon: Ribbon) {
        self.ribbon = ribbon
        columns = ribbon.columns
        let strips = ribbon.bands.flatMap { $0.strips }.count
        stripHeight = strips > Self.manyStrips ? 14 : 19
        func room(_ texts: [String]) -> Double { Self.fontSize * (texts.map { $0.widthInEms }.max() ?? 0) }
        right = 8 + room(ribbon.bands.map { $0.ends })
        let (letters, units) = (ribbon.bands.map { $0.letter.subscriptedText }, ribbon.bands.flatMap { $0.strips.map { $0.name } })
        let left = max(Self.leastLeft, 15 + room(letters) * 1.2 + room(units))
        let plotWidth = max(Self.leastPlotWidth, min(Self.plotWidth, Picture.phoneWidth - left - right))
        let stepWidth = min(Self.widestStep, plotWidth / Double(max(1, ribbon.stepNames.count)))
        names = HeatNames(rows: [], columns: ribbon.stepNames) { _ in stepWidth }
        axes = Axes(
            x: NameAxis(names: ribbon.stepNames, start: left, size: stepWidth),
            y: NameAxis(names: [], start: 22 + names.height, size: 0))
    }

    func picture(title: String, description: String) -> Picture {
        var content = [
            HTML.text(ribbon.stepTitle, at: Point(x: 0, y: 12), class: "axis-label")
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
            width: max(300, axes.x.end + right), height: top, title: title, description: description, content: content)
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
        return HTML(.g, .class("ribbon-band"), .attribute("data-quantity", band.symbol)) {
            HTML(
                .text, .class("letter"), .attribute("x", "2"), .attribute("y", (top + stripHeight - 4).coordinate)
            ) { HTML.subscripted(band.letter) }
            strips
            HTML.text(band.ends, at: Point(x: axes.x.end + 5, y: top + stripHeight - 4), class: "tick")
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
        let bars = columns.stride > 1 ? reaches(strip.values, place) : bars(strip.values, from: zero, place)
        return [
            .rectangle(
                at: Point(x: axes.x.start, y: upper), width: axes.x.end - axes.x.start, height: lower - upper, class: "strip"),
            .path(bars, class: "bars"),
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

    /// A bar for each column of several steps, from their least value to their greatest, at least half a unit high.
    private func reaches(_ values: [Double?], _ place: (Double) -> Double) -> String {
        columns.ranges.compactMap { steps -> String? in
            let found = values[steps].compactMap { $0 }.filter { $0.isFinite }
            guard let least = found.min(), let greatest = found.max() else { return nil }
            let (lower, upper) = (place(least) + 0.25, place(greatest) - 0.25)
            let (start, end) = (axes.x.start(of: steps.lowerBound), axes.x.start(of: steps.upperBound))
            return "M\(start.coordinate) \(lower.coordinate)V\(upper.coordinate)H\(end.coordinate)V\(lower.coordinate)Z"
        }.joined()
    }

    private func frame(height: Double) -> HTML {
        HTML.frame(start: axes.x.start, size: axes.x.size, from: axes.y.start - 2, height: height + 4)
    }
}

extension HTML {
    /// The page's script moves it to the step that is looked at.
    static func frame(start: Double, size: Double, from top: Double, height: Double) -> HTML {
        HTML(
            .rect, .class("frame"), .attribute("data-start", start.coordinate), .attribute("data-size", "\(size)"),
            .attribute("x", start.coordinate), .attribute("y", top.coordinate),
            .attribute("width", size.coordinate), .attribute("height", height.coordinate), .attribute("rx", "2"))
    }
}
