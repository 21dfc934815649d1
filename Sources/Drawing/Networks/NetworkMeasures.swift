import Exhibits

/// How large the parts of an unrolled network are drawn: what each of its columns has in common with the others.
struct NetworkMeasures {
    private let network: NetworkExhibit
    /// From the middle of a column to that of the next.
    let pitch: Double
    let margin: Double
    let cellWidth: Double
    /// Of every cell, on as many lines as it needs.
    let name: WrappedName

    static let jointSize = (width: 56.0, height: 18.0)
    private static let leastCellHeight = 26.0
    private static let nameLines = 4
    private static let fontSize = 12.0

    /// - Parameters:
    ///   - count: How many columns are beside one another.
    ///   - margin: Left and right of them.
    init(_ network: NetworkExhibit, columns count: Int, margin: Double) {
        self.network = network
        self.margin = margin
        func fitting(_ width: Double) -> Double { (width - 2 * margin) / Double(count) }
        let narrowest = network.leastPitch, onPhone = fitting(Picture.phoneWidth)
        pitch = onPhone >= narrowest ? min(80, onPhone) : max(narrowest, min(74, fitting(Picture.pageWidth)))
        cellWidth = network.isBidirectional ? 40 : min(48, pitch - 16)
        name = WrappedName(network.cell, ems: (cellWidth - 2) / Self.fontSize, lines: Self.nameLines)
    }

    var cellHeight: Double {
        name.lines.count == 1 ? Self.leastCellHeight : HTML.height(ofNameLines: name.lines.count) + 10
    }

    /// What a long name makes each row higher by.
    private var growth: Double { cellHeight - Self.leastCellHeight }

    /// Of the middle of a row above the lower edge; the first layer is the lowest.
    func rise(_ row: Int) -> Double {
        59 + growth / 2
            + (network.isBidirectional
                ? Double(row / 2) * (124 + 2 * growth) + Double(row % 2) * (44 + growth) : Double(row) * (52 + growth))
    }

    /// Of the middle of a joint above that of the cell below it.
    var jointRise: Double { 40 + growth / 2 }

    var highest: Double {
        rise(network.rowCount - 1) + (network.isBidirectional ? jointRise + Self.jointSize.height / 2 : cellHeight / 2)
    }

    var height: Double { highest + 42 }

    func width(columns count: Int) -> Double { 2 * margin + Double(count) * pitch }
}

extension NetworkExhibit {
    /// From below upwards, each layer's directions.
    var rowCount: Int { layers * (isBidirectional ? 2 : 1) }

    func isReverse(row: Int) -> Bool { isBidirectional && row % 2 == 1 }

    /// How near two columns may be.
    var leastPitch: Double {
        let isFed = outputs > 1 && (arrangement == .oneToMany || arrangement == .encoderDecoder)
        return isBidirectional ? 80 : isFed ? 56 : 54
    }
}
