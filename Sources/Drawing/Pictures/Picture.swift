/// An SVG picture with its alternative texts. Its text is text: it can be selected and found.
struct Picture {
    /// How wide it may be to be read on a phone without scrolling.
    static let phoneWidth = 350.0
    /// What is no wider fits wherever it stands, in a list or a note on a phone too.
    private static let narrowest = 240.0
    /// How wide it may be to be read on a page without scrolling.
    static let pageWidth = 714.0

    /// In the picture's own units. These are never smaller than CSS pixels, so that text of 11 units can be read everywhere;
    /// where the page has room they are somewhat larger.
    var width: Double
    var height: Double
    /// Names the picture in a few words.
    var title: String
    /// Tells what can be read from it.
    var description: String
    var content: [HTML]

    /// Nothing in it is drawn on hover, so the title is not repeated as a tooltip: it stands in `aria-label`.
    func html(_ className: String) -> HTML {
        // Whole pixels, so that a browser has nothing to round.
        let (width, height) = (width.rounded(.up), height.rounded(.up))
        let svg = HTML(
            // What can be pressed in it is hidden in an image from those who do not see it.
            .svg, .class("picture", className), .role(content.contains { $0.hasLinks } ? nil : "img"), .aria("label", title),
            .attribute("viewBox", "0 0 \(width.coordinate) \(height.coordinate)"),
            .attribute("width", width.coordinate), .attribute("height", height.coordinate),
            .attribute("style", "--width: " + width.coordinate)
        ) {
            if !description.isEmpty { HTML(.desc) { description } }
            content
        }
        return width <= Self.narrowest ? svg : HTML.scrollable(named: title) { svg }
    }
}

extension HTML {
    fileprivate var hasLinks: Bool {
        switch self {
        case .element(let tag, _, let content): tag == .a || content.contains { $0.hasLinks }
        case .fragment(let nodes): nodes.contains { $0.hasLinks }
        case .text, .trusted, .formula: false
        }
    }
}

extension Double {
    /// A place in a picture, to a hundredth: enough for the eye, and the same text on every machine.
    var coordinate: String {
        let hundredths = Int((self * 100).nearestInteger)
        let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
        return (hundredths < 0 ? "-" : "") + "\(whole)" + fraction
    }
}

package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double

    var text: String { x.coordinate + " " + y.coordinate }
}

/// Shapes in a picture.
extension HTML {
    enum Anchor: String, Sendable {
        case start, middle, end

        var opposite: Anchor { self == .start ? .end : self == .end ? .start : .middle }
    }

    /// - Parameter point: Where the text's baseline begins, is centred or ends.
    static func text(_ text: String, at point: Point, _ anchor: Anchor = .start, class className: String? = nil) -> HTML {
        HTML(
            .text, .class(className), .attribute("x", point.x.coordinate), .attribute("y", point.y.coordinate),
            anchor == .start ? nil : .attribute("text-anchor", anchor.rawValue)
        ) { text }
    }

    static func line(from start: Point, to end: Point, class className: String? = nil) -> HTML {
        HTML(
            .line, .class(className), .attribute("x1", start.x.coordinate), .attribute("y1", start.y.coordinate),
            .attribute("x2", end.x.coordinate), .attribute("y2", end.y.coordinate))
    }

    static func rectangle(
        at corner: Point, width: Double, height: Double, radius: Double = 0, class className: String? = nil
    ) -> HTML {
        HTML(
            .rect, .class(className), .attribute("x", corner.x.coordinate), .attribute("y", corner.y.coordinate),
            .attribute("width", width.coordinate), .attribute("height", height.coordinate),
            radius == 0 ? nil : .attribute("rx", radius.coordinate))
    }

    static func circle(at center: Point, radius: Double, class className: String? = nil) -> HTML {
        HTML(
            .circle, .class(className), .attribute("cx", center.x.coordinate), .attribute("cy", center.y.coordinate),
            .attribute("r", radius.coordinate))
    }

    static func path(_ commands: String, class className: String? = nil) -> HTML {
        HTML(.path, .class(className), .attribute("d", commands))
    }
}

extension [Point] {
    /// Straight lines from each point to the next.
    var pathCommands: String {
        zip(0..., self).map { ($0 == 0 ? "M" : "L") + $1.text }.joined(separator: " ")
    }
}

extension String {
    /// Roughly how wide the text is in the pages' sans serif, in units of the font's size.
    package var widthInEms: Double {
        unicodeScalars.reduce(0) { width, scalar in
            switch scalar {
            case "i", "j", "l", ".", ",", ":", ";", "|", "!", "'", "(", ")", "[", "]", " ", "′": width + 0.36
            case "m", "w", "M", "W", "<", ">", "−", "×", "∞", "…": width + 0.86
            case "A"..."Z": width + 0.7
            default: width + (scalar.value >= 0x2E80 ? 1 : 0.64)
            }
        }
    }

    /// The text, or its beginning and an ellipsis where it is wider than this.
    func fitting(ems limit: Double) -> String {
        guard widthInEms > limit else { return self }
        var short = self
        while !short.isEmpty, short.widthInEms + 1 > limit { short.removeLast() }
        return short + "…"
    }
}
