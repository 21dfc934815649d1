/// Prints tensors as PyTorch does: four decimals, columns aligned, long tensors elided.
#if !hasFeature(Embedded)
extension Tensor: CustomStringConvertible {
    /// `tensor([[0.1234, -1.5000], …])`, to the letter what PyTorch prints for float64 where that is the default type.
    /// (What PyTorch says after the values of a tensor that takes part in differentiation is left out.)
    public var description: String {
        if values.isEmpty { return "tensor([]" + (shape.count == 1 ? "" : ", size=\(shape)") + ")" }
        let printer = TensorPrinter(self)
        return "tensor(" + printer.text(axis: 0, offset: 0, indent: 7) + ")"
    }
}

private struct TensorPrinter {
    private static let lineWidth = 80
    private static let edgeItems = 3
    private static let elisionThreshold = 1000

    let tensor: Tensor
    let strides: [Int]
    let isElided: Bool
    private(set) var style = NumberStyle.whole
    private(set) var width = 1

    init(_ tensor: Tensor) {
        self.tensor = tensor
        strides = tensor.shape.strides
        isElided = tensor.values.count > Self.elisionThreshold
        // Zeros and what is not finite have no say: they may stick out of their column, as in PyTorch.
        let numbers = shownValues.filter { $0.isFinite && $0 != 0 }
        style = NumberStyle(fitting: numbers)
        width = numbers.reduce(1) { max($0, style.text($1).count) }
    }

    /// The values that are not left out: hidden ones must not choose the style of those that a reader sees.
    private var shownValues: [Double] {
        guard isElided else { return tensor.values }
        let offsets = strides.enumerated().map { axis, stride in shownIndices(axis: axis).compactMap { $0 }.map { $0 * stride } }
        return Shape.places(offsets).map { tensor.values[$0] }
    }

    func text(axis: Int, offset: Int, indent: Int) -> String {
        if axis == tensor.shape.count { return padded(tensor.values[offset]) }
        if axis == tensor.shape.count - 1 { return row(offset: offset, indent: indent) }
        let lines = shownIndices(axis: axis).map { index in
            index.map { text(axis: axis + 1, offset: offset + $0 * strides[axis], indent: indent + 1) } ?? "..."
        }
        let blankLines = String(repeating: "\n", count: tensor.shape.count - axis - 1)
        let separator = "," + blankLines + String(repeating: " ", count: indent + 1)
        return "[" + lines.joined(separator: separator) + "]"
    }

    /// The last axis: as many numbers to a line as fit.
    private func row(offset: Int, indent: Int) -> String {
        let items = shownIndices(axis: tensor.shape.count - 1).map { index in
            index.map { padded(tensor.values[offset + $0]) } ?? " ..."
        }
        let perLine = max(1, (Self.lineWidth - indent) / (width + 2))
        let lines = stride(from: 0, to: items.count, by: perLine).map { start in
            items[start..<min(start + perLine, items.count)].joined(separator: ", ")
        }
        return "[" + lines.joined(separator: ",\n" + String(repeating: " ", count: indent + 1)) + "]"
    }

    /// The indices to print along an axis; nil stands for those left out.
    private func shownIndices(axis: Int) -> [Int?] {
        let length = tensor.shape[axis]
        guard isElided, length > 2 * Self.edgeItems else { return Array(0..<length) }
        return Array(0..<Self.edgeItems) + [nil] + Array(length - Self.edgeItems..<length)
    }

    private func padded(_ value: Double) -> String {
        let text = style.text(value)
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

/// PyTorch's three ways to write the numbers of one tensor.
private enum NumberStyle {
    /// `3.`
    case whole
    /// `0.1235`
    case fixed
    /// `1.2346e-05`
    case scientific

    /// For finite numbers that are not 0.
    init(fitting numbers: [Double]) {
        let sizes = numbers.lazy.map(\.magnitude)
        guard let largest = sizes.max(), let smallest = sizes.min() else {
            self = .whole
            return
        }
        if largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4 {
            self = .scientific
        } else {
            self = numbers.allSatisfy { $0 == $0.rounded(.up) } ? .whole : .fixed
        }
    }

    func text(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        let number = DecimalNumber(exact: value)
        let sign = number.sign == .minus ? "-" : ""
        switch self {
        case .whole: return sign + number.rounded(toDecimals: 0).fixed(decimals: 0) + "."
        case .fixed: return sign + number.rounded(toDecimals: 4).fixed(decimals: 4)
        case .scientific:
            let rounded = number.rounded(toDigits: 5)
            let power = String(rounded.power.magnitude)
            let exponent = (rounded.power < 0 ? "e-" : "e+") + (power.count < 2 ? "0" : "") + power
            return sign + rounded.mantissa.fixed(decimals: 4) + exponent
        }
    }
}
#endif
