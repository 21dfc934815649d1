import Recurrent

/// Matrices that are to be held against one another, as heat maps of one scale: `show(heatmaps: ["before": a, "after": b])`.
package struct HeatmapsExhibit: Codable, Hashable, Sendable {
    package var title: String
    /// Each with what it is as its title.
    package var maps: [HeatmapExhibit]

    package init(title: String = "", maps: [HeatmapExhibit]) {
        self.title = title
        self.maps = maps
    }
}

extension HeatmapsExhibit: ExhibitContent {
    package static var kind: String { "heatmaps" }

    /// For the terminal: one map below the other.
    package var terminalText: String { maps.map { $0.terminalText }.titled(title) }
}

/// Shows matrices as heat maps of one scale, so that a colour means the same number in all of them.
///
/// - Parameters:
///   - matrices: each under its name: (rows, columns); a vector is one row.
///   - rows: a name for each row of every matrix; 0, 1, 2 … if left out.
///   - columns: a name for each column; 0, 1, 2 … if left out.
///   - rowTitle: what the rows are.
///   - columnTitle: what the columns are.
///   - title: what the maps are called together.
public func show(
    heatmaps matrices: KeyValuePairs<String, Tensor>, rows: [String]? = nil, columns: [String]? = nil,
    rowTitle: String = "", columnTitle: String = "", title: String = ""
) {
    do {
        var maps: [HeatmapExhibit] = []
        for (name, matrix) in matrices {
            maps.append(
                try HeatmapExhibit(
                    matrix, rows: rows, columns: columns, rowTitle: rowTitle, columnTitle: columnTitle, title: name))
        }
        Recorder.current.show(HeatmapsExhibit(title: title, maps: maps))
    } catch {
        fatalError("show(heatmaps:): \(error)")
    }
}
