import Exhibits

/// A row for each name with its shape, the sizes one under the other.
extension ShapesExhibit: PageRenderable {
    func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "shapes")) {
            HTML.scrollable(named: style.words.shape) {
                HTML(.table) {
                    HTML(.thead) {
                        HTML(.tr) {
                            HTML(.th, .scope("col")) { style.words.name }
                            HTML(.th, .scope("col")) { style.words.shape }
                        }
                    }
                    HTML(.tbody) {
                        for row in rows {
                            HTML(.tr) {
                                HTML(.th, .scope("row")) { HTML(.code) { row.name } }
                                HTML(.td, .class("shape")) { row.shape.shapeText }
                            }
                        }
                    }
                }
            }
        }
    }
}
