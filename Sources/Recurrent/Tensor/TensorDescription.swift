/// Prints tensors as PyTorch does: four decimals, columns aligned, long tensors elided.
#if !hasFeature(Embedded)
extension Tensor: CustomStringConvertible {
    /// `tensor([[0.1234, -1.5000], …])`
    public var description: String {
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
    let style: NumberStyle
    let width: Int

    init(_ tensor: Tensor) {
        self.tensor = tensor
        strides = tensor.shape.strides
        isElided = tensor.values.count > Self.elisionThreshold
        style = NumberStyle(fitting: tensor.values)
        let style = style
        width = tensor.values.reduce(0) { max($0, style.text($1).count) }
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
            index.map { padded(tensor.values[offset + $0]) } ?? "..."
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
        return String(repeating: " ", count: width - text.count) + text
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

    init(fitting values: [Double]) {
        let sizes = values.lazy.filter { $0.isFinite && $0 != 0 }.map(abs)
        guard let largest = sizes.max(), let smallest = sizes.min() else {
            self = .whole
            return
        }
        if values.allSatisfy({ !$0.isFinite || $0 == $0.rounded() }) {
            self = largest >= 1e8 ? .scientific : .whole
        } else {
            self = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4 ? .scientific : .fixed
        }
    }

    func text(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        let sign = value.sign == .minus ? "-" : ""
        let decimal = DecimalDigits(value)
        switch self {
        case .whole: return sign + decimal.fixed(decimals: 0) + "."
        case .fixed: return sign + decimal.fixed(decimals: 4)
        case .scientific: return sign + decimal.scientific(decimals: 4)
        }
    }
}

/// The size of a finite double as 0.d₁d₂d₃… × 10^exponent, in the fewest digits that tell it from its neighbours.
private struct DecimalDigits {
    private var digits: [Int]
    private var exponent: Int

    init(_ value: Double) {
        let parts = value.magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        digits = mantissa.joined().compactMap { $0.wholeNumberValue }
        exponent = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.first == 0 {
            digits.removeFirst()
            exponent -= 1
        }
        if digits.isEmpty { exponent = 1 }
    }

    func fixed(decimals: Int) -> String {
        let number = rounded(toDigits: exponent + decimals)
        let whole = number.digits(from: 0, count: max(number.exponent, 0))
        let fraction = (0..<decimals).map { String(number.digit(at: number.exponent + $0)) }.joined()
        return (whole.isEmpty ? "0" : whole) + (decimals == 0 ? "" : "." + fraction)
    }

    func scientific(decimals: Int) -> String {
        let number = rounded(toDigits: decimals + 1)
        let power = number.exponent - 1
        let powerDigits = String(power.magnitude)
        return number.digits(from: 0, count: 1) + "." + number.digits(from: 1, count: decimals)
            + "e" + (power < 0 ? "-" : "+") + (powerDigits.count < 2 ? "0" : "") + powerDigits
    }

    private func digit(at position: Int) -> Int {
        digits.indices.contains(position) ? digits[position] : 0
    }

    private func digits(from start: Int, count: Int) -> String {
        (start..<start + count).map { String(digit(at: $0)) }.joined()
    }

    private func rounded(toDigits count: Int) -> DecimalDigits {
        var result = self
        guard count < digits.count else { return result }
        let roundsUp = digit(at: count) >= 5
        result.digits = Array(digits.prefix(max(count, 0)))
        guard roundsUp, count >= 0 else { return result }
        var position = count - 1
        while position >= 0, result.digits[position] == 9 {
            result.digits[position] = 0
            position -= 1
        }
        if position >= 0 {
            result.digits[position] += 1
        } else {
            result.digits.insert(1, at: 0)
            result.exponent += 1
        }
        return result
    }
}
#endif
