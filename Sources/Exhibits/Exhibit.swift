/// One thing that a cell showed, as plain data: tables, pictures and alternative texts are all made from it.
///
/// It holds content of any kind; where kinds must be told apart, as for drawing, one table lists them.
package struct Exhibit: Sendable {
    private let content: AnyContent

    package init<Content: ExhibitContent>(_ content: Content) {
        self.content = KnownContent(content)
    }

    /// nil for an exhibit of another kind.
    package func content<Content: ExhibitContent>(as type: Content.Type) -> Content? {
        (content as? KnownContent<Content>)?.content
    }

    /// What its content calls its kind.
    package var kind: String { content.kind }

    #if !hasFeature(Embedded)
    /// For the terminal.
    package var text: String { content.text }
    #endif
}

/// What one kind of exhibit holds: data that can be coded, and a form for the terminal.
package protocol ExhibitContent: Codable, Sendable {
    /// What the kind is called where exhibits are written down: `tensor`.
    static var kind: String { get }
    /// For the terminal.
    var terminalText: String { get }
}

/// Content of a kind that is not told. An object, for Embedded Swift knows no values of unknown types.
private class AnyContent: @unchecked Sendable {
    var kind: String { fatalError() }
    #if !hasFeature(Embedded)
    var text: String { fatalError() }
    func encode(to encoder: any Encoder) throws { fatalError() }
    #endif
}

private final class KnownContent<Content: ExhibitContent>: AnyContent, @unchecked Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }

    override var kind: String { Content.kind }
    #if !hasFeature(Embedded)
    override var text: String { content.terminalText }
    override func encode(to encoder: any Encoder) throws { try content.encode(to: encoder) }
    #endif
}

#if !hasFeature(Embedded)
/// The kind stands beside the content's own keys: `{"kind": "tensor", "name": "hn", …}`.
extension Exhibit: Encodable {
    package enum CodingKeys: CodingKey {
        case kind
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try content.encode(to: encoder)
    }
}
#endif
