/// Lines with a head, as diagrams have them.
extension HTML {
    /// Straight lines through the points, with an arrow's head at the last.
    ///
    /// - Parameter quantity: what it carries, for the page's script.
    static func arrow(_ points: Point..., class className: String = "wire", quantity: String? = nil) -> HTML {
        wire(points, hasHead: true, class: className, data: .attribute("data-quantity", quantity))
    }

    /// Straight lines through the points of a diagram's wire.
    ///
    /// - Parameter data: tells the page's script what it carries.
    static func wire(_ points: [Point], hasHead: Bool, class className: String = "wire", data: Attribute?) -> HTML {
        HTML {
            let shaft = hasHead ? points.dropLast() + [back(from: points[points.count - 2], to: points[points.count - 1])] : points
            HTML(.path, .class(className), .attribute("d", shaft.pathCommands), data)
            if hasHead {
                HTML(
                    .path, .class("head"), .attribute("d", head(from: points[points.count - 2], to: points[points.count - 1])), data
                )
            }
        }
    }

    /// Where a line ends below its head: drawn to the tip, its own width would be seen beside that.
    private static func back(from start: Point, to tip: Point) -> Point {
        let (dx, dy) = (tip.x - start.x, tip.y - start.y)
        let length = max((dx * dx + dy * dy).squareRoot(), 0.01), share = min(3, length / 2) / length
        return Point(x: tip.x - dx * share, y: tip.y - dy * share)
    }

    /// An upright wire's way over one that lies across: the paper below it, on which it is then drawn.
    static func bridge(at point: Point) -> HTML {
        .path(
            [Point(x: point.x, y: point.y - 5), Point(x: point.x, y: point.y + 5)].pathCommands, class: "bridge")
    }

    /// A small triangle whose tip is at the end of a line that runs along an axis or aslant.
    static func head(from start: Point, to tip: Point, size: Double = 6) -> String {
        let (dx, dy) = (tip.x - start.x, tip.y - start.y)
        let length = max((dx * dx + dy * dy).squareRoot(), 0.01)
        let (ux, uy) = (dx / length, dy / length)
        let base = Point(x: tip.x - size * ux, y: tip.y - size * uy), half = size / 2
        return [
            tip, Point(x: base.x - half * uy, y: base.y + half * ux), Point(x: base.x + half * uy, y: base.y - half * ux),
        ].pathCommands + "Z"
    }

    /// A box with a centred word.
    static func box(_ word: String, center: Point, width: Double, height: Double = 24, class className: String = "block") -> HTML {
        box(around: HTML.text(word, at: Point(x: center.x, y: center.y + 4), .middle), center, width, height, className)
    }

    /// A box with a name in its middle.
    static func box(_ name: WrappedName, center: Point, width: Double, height: Double, class className: String) -> HTML {
        box(around: HTML.name(name, besideMiddle: center, .middle), center, width, height, className)
    }

    private static func box(
        around text: HTML, _ center: Point, _ width: Double, _ height: Double, _ className: String
    ) -> HTML {
        HTML {
            HTML.rectangle(
                at: Point(x: center.x - width / 2, y: center.y - height / 2), width: width, height: height, radius: 4,
                class: className)
            text
        }
    }
}
