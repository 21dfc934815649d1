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

    package init(_ notes: [String: Note] = [:]) {
        self.notes = notes
    }

    package subscript(_ symbol: String) -> Note? { notes[symbol] }
}
