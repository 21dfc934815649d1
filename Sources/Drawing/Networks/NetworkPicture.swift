import Exhibits

/// The drawing of an unrolled network, for a page or for a phone, which sees fewer steps. A decoder that has no room beside its
/// encoder stands below it; the last states come round to it.
struct NetworkPicture {
    private let network: NetworkExhibit
    private let words: NetworkVocabulary
    private let measures: NetworkMeasures
    /// Of each band, which are below one another.
    private let columns: [[NetworkColumn]]
    let hiddenSteps: Int

    /// On a page.
    init(_ network: NetworkExhibit, _ words: NetworkVocabulary) {
        self.init(network, words, width: Picture.pageWidth, limit: Self.stepLimit)
    }

    /// The same for a phone; nil where that is wide enough for all of it.
    init?(forPhone network: NetworkExhibit, _ words: NetworkVocabulary) {
        guard NetworkPicture(network, words).width > Picture.phoneWidth else { return nil }
        let edge = Self.edge(of: network, isStacked: network.arrangement == .encoderDecoder)
        // Of the columns that have room one is for dots.
        let limit = max(2, Int((Picture.phoneWidth - 2 * edge) / network.leastPitch) - 1)
        self.init(network, words, width: Picture.phoneWidth, limit: limit)
    }

    /// - Parameter limit: How many steps of each part are shown at most.
    private init(_ network: NetworkExhibit, _ words: NetworkVocabulary, width: Double, limit: Int) {
        let all = network.columns(limit: limit)
        let isStacked =
            network.arrangement == .encoderDecoder && 2 * Self.margin + Double(all.count) * network.leastPitch > width
        columns = isStacked ? [NetworkColumn.Part.encoder, .decoder].map { part in all.filter { $0.part == part } } : [all]
        measures = NetworkMeasures(
            network, columns: columns.map { $0.count }.max() ?? 1, margin: Self.edge(of: network, isStacked: isStacked))
        hiddenSteps = network.hiddenSteps(limit: limit)
        (self.network, self.words) = (network, words)
    }

    /// What is left free at each side: the room for what comes round from one band to the next.
    private static func edge(of network: NetworkExhibit, isStacked: Bool) -> Double {
        let margin = network.isBidirectional ? 15 : margin
        return isStacked ? max(margin, Double(network.rowCount) * space) : margin
    }

    private static let stepLimit = 12
    private static let margin = 6.0
    /// Between the wires around the sides.
    private static let space = 6.0

    /// The cells' name where they have no room for all of it.
    var cutName: String? { measures.name.isCut ? measures.name.full : nil }

    var picture: Picture {
        let bands = self.bands
        return Picture(
            width: width, height: bandTop(columns.count) - between, title: words.picture(network), description: "",
            content: zip(bands, bands.dropFirst()).flatMap(joints) + bands.flatMap { $0.content })
    }

    private var width: Double { measures.width(columns: columns.map { $0.count }.max() ?? 1) }

    /// Room for each row's wire.
    private var between: Double { Double(network.rowCount + 1) * Self.space }

    private func bandTop(_ index: Int) -> Double { Double(index) * (measures.height + between) }

    private var bands: [NetworkBand] {
        columns.indices.map { index in
            var open: NetworkBand.OpenSides = []
            if index == 0 { open.insert(.left) }
            if index == columns.count - 1 { open.insert(.right) }
            return NetworkBand(network, columns[index], measures, open: open, top: bandTop(index), words)
        }
    }

    /// The states' ways from one band to that below it, around the sides. None crosses another: the outermost at the right is
    /// the innermost at the left.
    private func joints(_ upper: NetworkBand, _ lower: NetworkBand) -> [HTML] {
        (0..<network.rowCount).map { row in
            let (start, end) = (upper.ends(row).right, lower.ends(row).left)
            let right = width - 3 - Double(network.rowCount - 1 - row) * Self.space
            let left = 3 + Double(row) * Self.space
            let y = measures.height + Double(row + 1) * Self.space
            let way = [
                start, Point(x: right, y: start.y), Point(x: right, y: y), Point(x: left, y: y), Point(x: left, y: end.y), end,
            ]
            return .wire(
                network.isReverse(row: row) ? way.reversed() : way, hasHead: true, data: .attribute("data-quantity", "h"))
        }
    }
}
