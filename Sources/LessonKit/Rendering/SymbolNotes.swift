/// What pages say of the symbols of a library, and where the reference has more of each.
package struct SymbolNotes: Codable, Hashable, Sendable {
    package struct Note: Codable, Hashable, Sendable {
        /// Its place in the reference.
        package var href: String
        package var declaration: String
        /// The first sentence of its documentation.
        package var summary: String
    }

    /// By the compiler's identifiers.
    package var notes: [String: Note]
    /// Of what the reference does not have, such as Swift's own library, the first sentence of each documentation.
    package var summaries: [String: String]

    package init(_ notes: [String: Note] = [:], summaries: [String: String] = [:]) {
        self.notes = notes
        self.summaries = summaries
    }

    package subscript(_ symbol: String) -> Note? { notes[symbol] }
}
