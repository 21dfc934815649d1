/// What a number is that is none a chart has a place for, and the sign that stands for it where there is no room to write it.
enum OddNumber: String, CaseIterable {
    case notANumber = "×"
    case infinite = "↑"
    case negativeInfinite = "↓"

    /// nil for a finite number.
    init?(_ value: Double) {
        guard !value.isFinite else { return nil }
        self = value.isNaN ? .notANumber : value > 0 ? .infinite : .negativeInfinite
    }

    private var name: String {
        switch self {
        case .notANumber: "NaN"
        case .infinite: "∞"
        case .negativeInfinite: "−∞"
        }
    }

    /// `× is NaN, ↑ is ∞`: of those that are among the values; nil where none is.
    static func legend(of values: some Sequence<Double>, _ words: PictureVocabulary) -> String? {
        let found = Set(values.compactMap { OddNumber($0) })
        let told = allCases.filter { found.contains($0) }.map { words.stands($0.rawValue, $0.name) }
        return told.isEmpty ? nil : told.joined(separator: words.comma)
    }

    /// The sign around a point.
    func outline(at point: Point) -> String {
        func stroke(_ corners: (Double, Double)...) -> String {
            corners.map { Point(x: point.x + $0.0, y: point.y + $0.1) }.pathCommands
        }
        return switch self {
        case .notANumber: stroke((-3, -3), (3, 3)) + stroke((-3, 3), (3, -3))
        case .infinite: stroke((0, 5), (0, -4)) + stroke((-3, -1), (0, -4), (3, -1))
        case .negativeInfinite: stroke((0, -5), (0, 4)) + stroke((-3, 1), (0, 4), (3, 1))
        }
    }
}
