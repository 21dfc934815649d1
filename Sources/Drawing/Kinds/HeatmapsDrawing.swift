import Exhibits

/// Heat maps of one scale, one beside the other where there is room.
extension HeatmapsExhibit: Drawable {
    package var flaw: String? { maps.lazy.compactMap { $0.flaw }.first }

    package mutating func reword(_ words: (String) -> String) {
        title = words(title)
        for index in maps.indices { maps[index].reword(words) }
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let values = maps.flatMap { $0.values.flatMap { $0 } }
        return HTML(.div, .class("exhibit", "heatmap")) {
            HTML(.p, .class("way-in")) {
                style.words.heat.extremes(of: values) { value in
                    let map = maps.first { $0.values.contains { $0.contains(value) } }
                    return map.map { $0.title.quoted + style.words.comma + $0.firstPlace(of: value, style.words.heat) } ?? ""
                }
            }
            if !title.isEmpty { HTML(.p, .class("chart-title")) { title } }
            HTML(.div, .class("heatmaps")) {
                maps.map { map in
                    HTML(.div) {
                        HTML(.p, .class("chart-title")) { map.title }
                        map.figure(style, scaled: values)
                    }
                }
            }
        }
    }
}
