/// What went wrong in Unroll itself: no lesson can mend it.
package struct InternalFault: Error, CustomStringConvertible {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    package var description: String { "error: \(reason) (a fault of Unroll, not of the lesson)" }
}
