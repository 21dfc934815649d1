import Recurrent

/// Shows a tensor: its name, its shape and its values.
public func show(_ tensor: Tensor, _ name: String) {
    Recorder.current.show(.tensor(TensorExhibit(name: name, shape: Array(tensor.shape), values: tensor.values)))
}

/// States a sentence that must be true: a false one fails the build at this line.
public func claim(_ text: String, _ condition: Bool, line: Int = #line, column: Int = #column) {
    Recorder.current.show(.claim(ClaimExhibit(text: text, holds: condition, line: line, column: column)))
}

/// States that two numbers are equal within a tolerance; a NaN equals nothing.
public func claim(
    _ text: String, _ value: Double, equals expected: Double, within tolerance: Double,
    line: Int = #line, column: Int = #column
) {
    claim(text, difference: abs(value - expected), tolerance: tolerance, line: line, column: column)
}

/// States that two tensors have the same shape and equal elements within a tolerance; a NaN equals nothing.
public func claim(
    _ text: String, _ value: Tensor, equals expected: Tensor, within tolerance: Double,
    line: Int = #line, column: Int = #column
) {
    guard value.shape == expected.shape else {
        let shapes = "\(text) (shapes \(value.shape) and \(expected.shape) differ)"
        return claim(shapes, false, line: line, column: column)
    }
    let differences = zip(value.values, expected.values).map { abs($0 - $1) }
    claim(text, difference: differences.largestDifference, tolerance: tolerance, line: line, column: column)
}

private func claim(_ text: String, difference: Double, tolerance: Double, line: Int, column: Int) {
    Recorder.current.show(.claim(ClaimExhibit(
        text: text, holds: difference <= tolerance, line: line, column: column,
        difference: difference, tolerance: tolerance)))
}
