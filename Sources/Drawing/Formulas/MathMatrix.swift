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

/// A cell that is a number in digits, perhaps times a power of ten.
private struct MatrixNumber {
    /// What it takes to the left and to the right of its point.
    struct Extent: Equatable {
        var hasSign = false
        var whole = 0
        /// With the point itself.
        var fraction = 0
        /// Of the power of ten behind it.
        var exponent: Exponent?

        mutating func include(_ other: Extent) {
            hasSign = hasSign || other.hasSign
            whole = max(whole, other.whole)
            fraction = max(fraction, other.fraction)
            exponent = other.exponent.map { $0.joined(with: exponent) } ?? exponent
        }
    }

    struct Exponent: Equatable {
        var hasSign: Bool
        var digits: Int

        func joined(with other: Exponent?) -> Exponent {
            Exponent(hasSign: hasSign || other?.hasSign == true, digits: max(digits, other?.digits ?? 0))
        }
    }

    private let cellAttributes: [Attribute]
    private let styleAttributes: [Attribute]
    private let number: HTML
    let extent: Extent

    init?(_ cell: HTML) {
        guard case .element(.mtd, let outer, let content) = cell, content.count == 1,
            case .element(.mstyle, let inner, let parts) = content[0], let extent = Self.extent(of: parts)
        else { return nil }
        (cellAttributes, styleAttributes) = (outer, inner)
        number = parts.count == 1 ? parts[0] : HTML(.mrow) { parts }
        self.extent = extent
    }

    /// nil for what is no number.
    private static func extent(of parts: [HTML]) -> Extent? {
        if parts.count == 1, case .element(.mrow, _, let inner) = parts[0] { return extent(of: inner) }
        var extent = Extent()
        var parts = parts[...]
        if case .element(.mo, _, _)? = parts.first, parts.first?.plainText == "−" {
            extent.hasSign = true
            parts = parts.dropFirst()
        }
        guard let digits = parts.popFirst(), case .element(.mn, _, _) = digits else { return nil }
        let text = Array(digits.plainText.utf8)
        extent.whole = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
        extent.fraction = text.count - extent.whole
        guard !parts.isEmpty else { return extent }
        // KaTeX raises the last digit of the ten alone.
        guard parts.dropLast().map({ $0.plainText }) == ["×", "1"], case .element(.msup, _, let power)? = parts.last,
            power.first?.plainText == "0", let exponent = power.last?.plainText
        else { return nil }
        let hasSign = exponent.first == "−"
        extent.exponent = Exponent(hasSign: hasSign, digits: exponent.count - (hasSign ? 1 : 0))
        return extent
    }

    /// The number, and unseen before and behind it what makes it as wide as the widest of its column.
    func cell(_ column: Extent) -> HTML {
        guard extent != column else { return whole([number]) }
        let missing = column.fraction - extent.fraction
        let zeros = Self.zeros(extent.fraction == 0 ? missing - 1 : missing)
        let fraction = extent.fraction == 0 && missing > 0 ? "." + zeros : zeros
        let before = Self.unseen(isSigned: column.hasSign && !extent.hasSign, digits: Self.zeros(column.whole - extent.whole))
        let behind = [unseenPower(column.exponent), Self.unseen(isSigned: false, digits: fraction)].compactMap { $0 }
        return whole([HTML(.mrow) { [before].compactMap { $0 } + [number] + behind }])
    }

    /// What its power of ten is narrower by than the column's.
    private func unseenPower(_ column: Exponent?) -> HTML? {
        guard let column, column != extent.exponent else { return nil }
        let isSigned = column.hasSign && extent.exponent?.hasSign != true
        let above = HTML(.mrow) {
            if isSigned { HTML(.mo) { "−" } }
            HTML(.mn) { Self.zeros(column.digits - (extent.exponent?.digits ?? 0)) }
        }
        return HTML(.mphantom) {
            if extent.exponent == nil {
                HTML(.mo, .attribute("lspace", "0.2222em"), .attribute("rspace", "0.2222em")) { "×" }
                HTML(.mn) { "1" }
            }
            HTML(.msup) {
                extent.exponent == nil ? HTML(.mn) { "0" } : HTML(.mrow) {}
                above
            }
        }
    }

    private static func unseen(isSigned: Bool, digits: String) -> HTML? {
        guard isSigned || !digits.isEmpty else { return nil }
        return HTML(.mphantom) {
            if isSigned { HTML(.mo) { "−" } }
            if !digits.isEmpty { HTML(.mn) { digits } }
        }
    }

    private static func zeros(_ count: Int) -> String { String(repeating: "0", count: max(0, count)) }

    private func whole(_ content: [HTML]) -> HTML {
        .element(.mtd, cellAttributes, [.element(.mstyle, styleAttributes, content)])
    }
}

extension HTML {
    fileprivate var cells: [HTML] {
        if case .element(.mtr, _, let cells) = self { cells } else { [] }
    }
}
