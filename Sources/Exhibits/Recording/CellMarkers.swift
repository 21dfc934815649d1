#if !hasFeature(Embedded)
/// What `unroll` writes around a lesson's cells when it composes their program.
///
/// The names begin with an underscore so that no cell runs into them.

import Recurrent

/// Begins the cell of this number, counted from 0.
public func _cell(_ index: Int) {
    Recorder.current.record(.cell(index))
}

/// Begins the inline value of this number, counted from 0; `_value` ends it.
public func _inline(_ index: Int) {
    Recorder.current.record(.inline(index))
}

/// An inline value, `` `{swift} hn.shape` ``.
public func _value<Value>(_ value: Value) {
    Recorder.current.record(.value(text: String(describing: value), number: _number(value)))
}

/// A tensor of no axes, such as a loss, stands in a sentence as its number.
public func _value(_ tensor: Tensor) {
    if tensor.shape.isEmpty { return _value(tensor.item) }
    Recorder.current.record(.value(text: tensor.description, number: nil))
}

/// Runs the body of a cell with `error: true`: it must trap; the program goes on afterwards.
///
/// - Parameter message: What the trap's message must have in it.
public func expectTrap(_ message: String = "", _ body: () throws -> Void) {
    Recorder.current.expectTrap(message, body)
}

/// Ends the program: all cells have run.
public func _end() {
    Recorder.current.end()
}

/// The value as a number when it is a single one that a page may round.
private func _number<Value>(_ value: Value) -> Double? {
    switch value {
    case let number as Double: number
    case let number as Float: Double(number)
    default: nil
    }
}
#endif
