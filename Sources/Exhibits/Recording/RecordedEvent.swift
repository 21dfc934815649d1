#if !hasFeature(Embedded)
/// One line of the log that a lesson's program writes while it runs, read back when it has ended.
///
/// It is written wherever exhibits are, and read only where their kinds are known.
package struct RecordedEvent<Exhibit: Sendable>: Sendable {
    package enum Kind: Sendable {
        /// A cell, counted from 0, begins.
        case cell(Int)
        case exhibit(Exhibit)
        /// An inline value, counted from 0, begins.
        case inline(Int)
        /// The inline value that began; `number` when it is a single number.
        case value(text: String, number: Double?)
        /// The message with which an `error: true` cell trapped.
        case trap(String)
        /// An `error: true` cell ran to its end.
        case noTrap
        /// The program ran to its end.
        case end
    }

    package var kind: Kind
    /// Bytes of standard output so far: puts what was printed in its place among the exhibits.
    package var printed: Int
}

extension RecordedEvent: Encodable where Exhibit: Encodable {}
extension RecordedEvent: Decodable where Exhibit: Decodable {}
extension RecordedEvent.Kind: Encodable where Exhibit: Encodable {}
extension RecordedEvent.Kind: Decodable where Exhibit: Decodable {}
#endif
