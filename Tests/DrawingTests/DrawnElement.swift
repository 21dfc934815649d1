import Drawing

/// A place in a drawing, as its path has it.
struct Corner: Hashable {
    var x: Double
    var y: Double
}

/// An element of a drawing, read back.
struct DrawnElement {
    let attributes: [Attribute]
    let content: [HTML]

    /// The value of an attribute.
    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

    /// The value of an attribute that is a number.
    func number(_ name: String) -> Double { self[name].flatMap { Double($0) } ?? .nan }

    var classes: [String] { (self["class"] ?? "").split(separator: " ").map(String.init) }

    /// All text in it.
    var text: String { content.map(\.plainText).joined() }

    /// The corners of a path of straight lines.
    var corners: [Corner] { (self["d"] ?? "").numbers.inPairs.map { Corner(x: $0, y: $1) } }

    /// The full values of the numbers in it.
    var values: [Double] { HTML.fragment(content).elements(.data).map { $0.number("value") } }

    func elements(_ tag: Tag, class name: String? = nil) -> [DrawnElement] { HTML.fragment(content).elements(tag, class: name) }
}

extension HTML {
    /// The elements of a tag in the order in which they are written: all, or those of a class.
    func elements(_ tag: Tag, class name: String? = nil) -> [DrawnElement] {
        switch self {
        case .element(let own, let attributes, let content):
            let element = DrawnElement(attributes: attributes, content: content)
            let isMeant = own == tag && (name.map { element.classes.contains($0) } ?? true)
            return (isMeant ? [element] : []) + content.flatMap { $0.elements(tag, class: name) }
        case .fragment(let content): return content.flatMap { $0.elements(tag, class: name) }
        case .text, .trusted, .formula: return []
        }
    }

    var plainText: String {
        switch self {
        case .text(let text): text
        case .element(_, _, let content), .fragment(let content): content.map(\.plainText).joined()
        case .trusted, .formula: ""
        }
    }

    /// The pictures' alternative texts.
    var descriptions: [String] { elements(.desc).map(\.text) }
}

extension String {
    /// The numbers in a path's commands.
    var numbers: [Double] { split { !"-.0123456789".contains($0) }.compactMap { Double($0) } }
}

extension [Double] {
    var inPairs: [(Double, Double)] { stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) } }
}
