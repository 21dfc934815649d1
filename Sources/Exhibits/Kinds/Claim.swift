/// Sentences that must be true: a false one fails the build at its line, and tells both sides of what it compares.

import Recurrent

/// States a sentence that must be true. Where the condition is a comparison, the forms below tell its sides when it fails.
public func claim(_ text: String, _ condition: Bool, line: Int = #line, column: Int = #column) {
    record(ClaimExhibit(text: text, holds: condition, line: line, column: column))
}

// MARK: - Values: Int, Double, String, Shape …

/// States that a value equals another; an infinity equals itself, NaN nothing.
public func claim<Value: Equatable & Tellable>(
    _ text: String, _ value: Value, equals expected: Value, line: Int = #line, column: Int = #column
) {
    record(text, value, .equal, expected, holds: value == expected, line, column)
}

/// States that a value does not equal another; NaN differs from everything.
public func claim<Value: Equatable & Tellable>(
    _ text: String, _ value: Value, differsFrom other: Value, line: Int = #line, column: Int = #column
) {
    record(text, value, .unequal, other, holds: value != other, line, column)
}

/// States that `value < bound`.
public func claim<Value: Comparable & Tellable>(
    _ text: String, _ value: Value, isLessThan bound: Value, line: Int = #line, column: Int = #column
) {
    record(text, value, .less, bound, holds: value < bound, line, column)
}

/// States that `value <= bound`.
public func claim<Value: Comparable & Tellable>(
    _ text: String, _ value: Value, isAtMost bound: Value, line: Int = #line, column: Int = #column
) {
    record(text, value, .atMost, bound, holds: value <= bound, line, column)
}

/// States that `value > bound`.
public func claim<Value: Comparable & Tellable>(
    _ text: String, _ value: Value, isGreaterThan bound: Value, line: Int = #line, column: Int = #column
) {
    record(text, value, .greater, bound, holds: value > bound, line, column)
}

/// States that `value >= bound`.
public func claim<Value: Comparable & Tellable>(
    _ text: String, _ value: Value, isAtLeast bound: Value, line: Int = #line, column: Int = #column
) {
    record(text, value, .atLeast, bound, holds: value >= bound, line, column)
}

/// States that two numbers are equal within a tolerance; an infinity equals itself, NaN nothing.
public func claim(
    _ text: String, _ value: Double, equals expected: Double, within tolerance: Double,
    line: Int = #line, column: Int = #column
) {
    claim(text, Tensor(value), equals: Tensor(expected), within: tolerance, line: line, column: column)
}

/// States that two whole numbers are equal within a tolerance.
public func claim(
    _ text: String, _ value: Int, equals expected: Int, within tolerance: Int, line: Int = #line, column: Int = #column
) {
    // As Double, whose differences do not overflow, only for telling; whether it holds is decided on whole numbers.
    let distance = value > expected ? value.subtractingReportingOverflow(expected) : expected.subtractingReportingOverflow(value)
    let holds = !distance.overflow && distance.partialValue <= tolerance
    record(
        ClaimExhibit(
            text: text, holds: holds, line: line, column: column,
            difference: abs(Double(value) - Double(expected)), tolerance: Double(tolerance),
            comparison: holds ? nil : .init(.equal, value: "\(value)", claimed: "\(expected)")))
}

// MARK: - Tensors: every element with the one at its place, or all with one number

/// States that two tensors have the same shape and equal elements; an infinity equals itself, NaN nothing.
public func claim(_ text: String, _ value: Tensor, equals expected: Tensor, line: Int = #line, column: Int = #column) {
    record(text, value, .equal, expected, line, column)
}

/// States that all elements of a tensor equal a number.
public func claim(_ text: String, _ value: Tensor, equals expected: Double, line: Int = #line, column: Int = #column) {
    record(text, value, .equal, value.filled(with: expected), line, column)
}

/// States that two tensors have the same shape and equal elements within a tolerance; an infinity equals itself, NaN nothing.
public func claim(
    _ text: String, _ value: Tensor, equals expected: Tensor, within tolerance: Double,
    line: Int = #line, column: Int = #column
) {
    guard value.shape == expected.shape else { return record(text, value, .shape, expected, line, column) }
    let differences = zip(value.values, expected.values).map { $0 == $1 ? 0 : abs($0 - $1) }
    record(
        ClaimExhibit(
            text: text, holds: differences.largestDifference <= tolerance, line: line, column: column,
            difference: differences.largestDifference, tolerance: tolerance,
            comparison: differences.firstIndex { !($0 <= tolerance) }.map { .init(.equal, value, expected, at: $0) }))
}

/// States that all elements of a tensor equal a number within a tolerance.
public func claim(
    _ text: String, _ value: Tensor, equals expected: Double, within tolerance: Double,
    line: Int = #line, column: Int = #column
) {
    claim(text, value, equals: value.filled(with: expected), within: tolerance, line: line, column: column)
}

#if !hasFeature(Embedded)
/// States that two tensors differ: in shape, or in at least one element.
public func claim(_ text: String, _ value: Tensor, differsFrom other: Tensor, line: Int = #line, column: Int = #column) {
    record(text, value, .unequal, other, holds: value != other, line, column)
}
#endif

/// States that every element is less than the other tensor's at its place.
public func claim(_ text: String, _ value: Tensor, isLessThan bound: Tensor, line: Int = #line, column: Int = #column) {
    record(text, value, .less, bound, line, column)
}

/// States that every element is less than a number.
public func claim(_ text: String, _ value: Tensor, isLessThan bound: Double, line: Int = #line, column: Int = #column) {
    record(text, value, .less, value.filled(with: bound), line, column)
}

/// States that every element is at most the other tensor's at its place.
public func claim(_ text: String, _ value: Tensor, isAtMost bound: Tensor, line: Int = #line, column: Int = #column) {
    record(text, value, .atMost, bound, line, column)
}

/// States that every element is at most a number.
public func claim(_ text: String, _ value: Tensor, isAtMost bound: Double, line: Int = #line, column: Int = #column) {
    record(text, value, .atMost, value.filled(with: bound), line, column)
}

/// States that every element is greater than the other tensor's at its place.
public func claim(_ text: String, _ value: Tensor, isGreaterThan bound: Tensor, line: Int = #line, column: Int = #column) {
    record(text, value, .greater, bound, line, column)
}

/// States that every element is greater than a number.
public func claim(_ text: String, _ value: Tensor, isGreaterThan bound: Double, line: Int = #line, column: Int = #column) {
    record(text, value, .greater, value.filled(with: bound), line, column)
}

/// States that every element is at least the other tensor's at its place.
public func claim(_ text: String, _ value: Tensor, isAtLeast bound: Tensor, line: Int = #line, column: Int = #column) {
    record(text, value, .atLeast, bound, line, column)
}

/// States that every element is at least a number.
public func claim(_ text: String, _ value: Tensor, isAtLeast bound: Double, line: Int = #line, column: Int = #column) {
    record(text, value, .atLeast, value.filled(with: bound), line, column)
}

// MARK: - Recording

private func record(_ claim: ClaimExhibit) {
    Recorder.current.show(claim)
}

private func record<Value: Tellable>(
    _ text: String, _ value: Value, _ relation: ClaimExhibit.Relation, _ other: Value, holds: Bool,
    _ line: Int, _ column: Int
) {
    record(
        ClaimExhibit(
            text: text, holds: holds, line: line, column: column,
            comparison: .init(relation, value: told(value), claimed: told(other))))
}

private func record(
    _ text: String, _ value: Tensor, _ relation: ClaimExhibit.Relation, _ other: Tensor, _ line: Int, _ column: Int
) {
    let comparison = ClaimExhibit.Comparison(firstFailureOf: relation, value, other)
    record(ClaimExhibit(text: text, holds: comparison == nil, line: line, column: column, comparison: comparison))
}

extension ClaimExhibit.Comparison {
    /// nil if the relation holds between all elements.
    fileprivate init?(firstFailureOf relation: ClaimExhibit.Relation, _ a: Tensor, _ b: Tensor) {
        guard a.shape == b.shape else {
            self.init(.shape, value: "\(a.shape)", claimed: "\(b.shape)")
            return
        }
        guard let index = zip(a.values, b.values).enumerated().first(where: { !relation.holds($1.0, $1.1) })?.offset
        else { return nil }
        self.init(relation, a, b, at: index)
    }

    /// Of the elements at an index in row-major order.
    fileprivate init(_ relation: ClaimExhibit.Relation, _ a: Tensor, _ b: Tensor, at index: Int) {
        var (rest, place) = (index, [Int]())
        for length in a.shape.reversed() {
            place.insert(rest % length, at: 0)
            rest /= length
        }
        self.init(
            relation, value: "\(a.values[index])", place: place.isEmpty ? nil : place, claimed: "\(b.values[index])")
    }
}

extension ClaimExhibit.Relation {
    fileprivate func holds(_ a: Double, _ b: Double) -> Bool {
        switch self {
        case .equal: a == b
        case .unequal: a != b
        case .less: a < b
        case .atMost: a <= b
        case .greater: a > b
        case .atLeast: a >= b
        case .shape: true
        }
    }
}

extension Tensor {
    fileprivate func filled(with number: Double) -> Tensor { .filled(shape, with: number) }
}
