import Exhibits

/// A matrix's rows; the numbers of a column stand with their points below one another.
///
/// Each number gets, unseen, what the longest of its column has more: a sign, digits before the point, digits behind it.
/// Then all are equally wide, and MathML's columns, which know only the middle, align them.
struct MathMatrix {
    private let rows: [HTML]
    private let isCentred: Bool

    init(_ rows: [HTML], _ attributes: [Attribute]) {
        self.rows = rows
        isCentred = attributes.contains { attribute in
            attribute.name == "columnalign" && (attribute.value ?? "").split(separator: " ").allSatisfy { $0 == "center" }
        }
    }

    var aligned: [HTML] {
        guard isCentred else { return rows }
        let numbers = rows.map { $0.cells.map { MatrixNumber($0) } }
        let extents = (0..<numbers.reduce(0) { max($0, $1.count) }).map { column in
            numbers.reduce(into: MatrixNumber.Extent()) { extent, row in
                if column < row.count, let number = row[column] { extent.include(number.extent) }
            }
        }
        return zip(rows, numbers).map { row, numbers in
            guard case .element(let tag, let attributes, let cells) = row else { return row }
            return .element(tag, attributes, cells.indices.map { numbers[$0]?.cell(extents[$0]) ?? cells[$0] })
        }
    }
}

/// A cell that is a number in digits.
private struct MatrixNumber {
    /// What it takes to the left and to the right of its point.
    struct Extent: Equatable {
        var hasSign = false
        var whole = 0
        /// With the point itself.
        var fraction = 0

        mutating func include(_ other: Extent) {
            hasSign = hasSign || other.hasSign
            whole = max(whole, other.whole)
            fraction = max(fraction, other.fraction)
        }
    }

    private let cellAttributes: [Attribute]
    private let styleAttributes: [Attribute]
    private let number: HTML
    let extent: Extent

    init?(_ cell: HTML) {
        guard case .element(.mtd, let outer, let content) = cell, content.count == 1,
            case .element(.mstyle, let inner, let parts) = content[0], parts.count == 1
        else { return nil }
        var digits = parts[0]
        var extent = Extent()
        if case .element(.mrow, _, let signed) = digits, signed.count == 2, case .element(.mo, _, _) = signed[0],
            signed[0].plainText == "−"
        {
            extent.hasSign = true
            digits = signed[1]
        }
        guard case .element(.mn, _, _) = digits else { return nil }
        let text = Array(digits.plainText.utf8)
        extent.whole = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
        extent.fraction = text.count - extent.whole
        (cellAttributes, styleAttributes) = (outer, inner)
        number = parts[0]
        self.extent = extent
    }

    func cell(_ column: Extent) -> HTML {
        guard extent != column else { return whole([number]) }
        let zeros = { (count: Int) in String(repeating: "0", count: count) }
        let before = zeros(column.whole - extent.whole)
        let missing = column.fraction - extent.fraction
        let behind = extent.fraction == 0 && missing > 0 ? "." + zeros(missing - 1) : zeros(missing)
        return whole([
            HTML(.mrow) {
                if column.hasSign && !extent.hasSign || !before.isEmpty {
                    HTML(.mphantom) {
                        if column.hasSign && !extent.hasSign { HTML(.mo) { "−" } }
                        if !before.isEmpty { HTML(.mn) { before } }
                    }
                }
                number
                if !behind.isEmpty { HTML(.mphantom) { HTML(.mn) { behind } } }
            }
        ])
    }

    private func whole(_ content: [HTML]) -> HTML {
        .element(.mtd, cellAttributes, [.element(.mstyle, styleAttributes, content)])
    }
}

extension HTML {
    fileprivate var cells: [HTML] {
        if case .element(.mtr, _, let cells) = self { cells } else { [] }
    }
}
