/// The names of a heat field's rows and columns, wrapped, turned or left out as there is room.
struct HeatNames {
    /// How the names of columns are written above cells of some width.
    private enum Columns {
        /// Numbers, one of so many: they must not touch.
        case thinned(stride: Int)
        case upright([WrappedName])
        /// Read upwards; nil for names that stand upright whatever their length, as Chinese ones do.
        case turned([WrappedName?], upright: [WrappedName])
    }

    static let fontSize = 11.0
    private static let rowEms = 10.0
    private static let turnedEms = 14.0
    private static let lines = 3
    /// Chinese names in narrow columns: a character a line.
    private static let uprightLines = 8

    let rows: [WrappedName]
    private let names: [String]
    private let columns: Columns

    /// - Parameter cellWidth: of a column, by the width of the rows' names.
    init(rows: [String], columns: [String], cellWidth: (Double) -> Double) {
        self.rows = rows.wrapped(ems: Self.rowEms, lines: rows.count <= 12 ? Self.lines : rows.count <= 20 ? 2 : 1)
        names = columns
        let cell = cellWidth(Self.width(of: self.rows))
        let ems = max(1, (cell - 4) / Self.fontSize)
        let widest = columns.map { $0.widthInEms }.max() ?? 0
        if columns.allSatisfy({ $0.isIndex }) {
            self.columns = .thinned(stride: widest * Self.fontSize + 2 <= cell ? 1 : Int((widest * Self.fontSize + 4) / cell) + 1)
            return
        }
        let latin = columns.filter { !$0.hasIdeographs }
        let upright = columns.wrapped(ems: ems, lines: Self.uprightLines)
        let fits = latin.allSatisfy {
            $0.hasWords(within: ems) && WrappedName($0, ems: ems, lines: Self.lines + 1).lines.count <= Self.lines
        }
        if fits {
            self.columns = .upright(upright)
        } else {
            let lines = min(Self.lines, max(1, Int((cell - 2) / HTML.height(ofNameLines: 1))))
            let turned = columns.wrapped(ems: Self.turnedEms, lines: lines)
            self.columns = .turned(zip(columns, turned).map { $0.hasIdeographs ? nil : $1 }, upright: upright)
        }
    }

    var rowWidth: Double { Self.width(of: rows) }

    /// The most lines that a row's name has.
    var rowLines: Int { rows.map { $0.lines.count }.max() ?? 1 }

    private static func width(of names: [WrappedName]) -> Double { fontSize * (names.map { $0.widthInEms }.max() ?? 0) }

    /// Above the columns.
    var height: Double {
        switch columns {
        case .thinned: HTML.height(ofNameLines: 1)
        case .upright(let names): names.map { HTML.height(ofNameLines: $0.lines.count) }.max() ?? 0
        case .turned(let turned, let upright):
            zip(turned, upright).map { turned, upright in
                turned.map { $0.widthInEms * Self.fontSize } ?? HTML.height(ofNameLines: upright.lines.count)
            }.max() ?? 0
        }
    }

    func html(_ axes: Axes<NameAxis, NameAxis>) -> [HTML] {
        let beside = axes.y.indices.map { row in
            HTML.name(rows[row], besideMiddle: Point(x: axes.x.start - 6, y: axes.y.middle(of: row)), .end)
        }
        return beside + axes.x.indices.compactMap { above($0, Point(x: axes.x.middle(of: $0), y: axes.y.start - 6)) }
    }

    private func above(_ column: Int, _ point: Point) -> HTML? {
        switch columns {
        case .thinned(let stride): column % stride == 0 ? .text(names[column], at: point, .middle) : nil
        case .upright(let names): .name(names[column], endingAt: point, .middle)
        case .turned(let turned, let upright):
            turned[column].map { HTML.name($0, upwardsFrom: point) } ?? HTML.name(upright[column], endingAt: point, .middle)
        }
    }
}

extension String {
    /// Whether it counts, so that its neighbours tell it where it is left out.
    fileprivate var isIndex: Bool { self == "⋯" || utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }
}
