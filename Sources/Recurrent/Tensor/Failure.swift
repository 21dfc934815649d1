/// Ends the program with one sentence on a misuse: who was misused, what was expected, what came, how to mend it.
///
/// `fatalError` and not `precondition`, whose message an optimised build does not print.
func fail(_ who: String, _ expected: String, got: String, hint: String? = nil) -> Never {
    #if hasFeature(Embedded)
    fatalError("Recurrent was misused")
    #else
    let mending = hint.map { ". \($0)" } ?? ""
    fatalError("\(who): \(expected); got \(got)\(mending)")
    #endif
}

/// Checks what a caller promised; on failure ends the program as ``fail(_:_:got:hint:)`` does.
func require(
    _ condition: Bool,
    _ who: @autoclosure () -> String,
    _ expected: @autoclosure () -> String,
    got: @autoclosure () -> String,
    hint: @autoclosure () -> String? = nil
) {
    if !condition { fail(who(), expected(), got: got(), hint: hint()) }
}

/// `1 axis`, `3 axes`.
func axes(_ count: Int) -> String {
    count == 1 ? "1 axis" : "\(count) axes"
}
